"""What the page on trust says is so of the bank as it stands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.domain.trust import BlindSpot
from tutor.settings import from_environment

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = library(from_environment().data)
AGAIN = "run python scripts/agreement.py --write"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(LIBRARY.bank)


def test_the_figures_are_of_the_bank_in_use() -> None:
    assert LIBRARY.agreement is not None
    assert LIBRARY.agreement.bank == LIBRARY.bank.version, AGAIN


def test_the_weights_were_learned_with_the_rules_in_use() -> None:
    assert LIBRARY.bank.weights is not None
    assert LIBRARY.bank.weights.rules == LIBRARY.bank.rules_version, "run python scripts/learn.py"


def test_the_figures_are_those_that_the_script_finds() -> None:
    command = [sys.executable, "scripts/agreement.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = dict(re.findall(r"^(\w+)\.jsonl: macro F1 all +(\S+)", done.stdout, re.MULTILINE))
    assert LIBRARY.agreement is not None
    given = {figures.name: figures.f1 / 100 for figures in LIBRARY.agreement.sets}
    assert given == pytest.approx({n: float(f) for n, f in found.items()}, abs=0.006), AGAIN


def test_another_word_in_a_rule_is_another_version(tmp_path: Path) -> None:
    for version in ("one", "two"):
        rules = tmp_path / version / "rules"
        rules.mkdir(parents=True)
        (rules / "own.yaml").write_text(f"# {version}\nschema_version: 1\n", encoding="utf-8")
    from tutor.content.loader import load

    one, two = (load(tmp_path / name).library.bank.version for name in ("one", "two"))
    assert one != two


@pytest.mark.parametrize(
    "spot",
    LIBRARY.trust.blind_spots if LIBRARY.trust else (),
    ids=lambda spot: spot.what,
)
def test_a_blind_spot_is_still_blind(coder: Coder, spot: BlindSpot) -> None:
    coding = coder.code(spot.example.reply, spot.example.context)
    assert coding.moves == spot.moves
    assert coding.missteps == spot.missteps
