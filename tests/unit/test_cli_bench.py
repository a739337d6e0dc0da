"""The measuring itself: that what is measured is what is said. No figure is judged here."""

import json

import pytest
from click.testing import CliRunner

from tutor.cli import main, measuring
from tutor.coding.bench import grown, plain_comparison
from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.domain.rules import Bank
from tutor.settings import from_environment


@pytest.fixture(scope="module")
def bank() -> Bank:
    return library(from_environment().data).bank


def test_a_grown_bank_is_as_large_as_it_says_and_no_rule_is_there_twice(bank: Bank) -> None:
    larger = grown(bank, 3)
    assert len(larger.rules) == 3 * len(bank.rules)
    assert len({rule.id for _, rule in larger.rules}) == len(larger.rules)
    for file, original in zip(larger.files, bank.files, strict=True):
        assert file.rules[: len(original.rules)] == original.rules
        said = [(rule.phrases, rule.patterns, rule.exemplars) for rule in file.rules]
        assert len(set(said)) == len(said)
    assert grown(bank, 3) == larger
    assert Coder(larger).code("That's on me.").moves


def test_the_plain_comparison_is_of_every_stretch_with_every_exemplar(bank: Bank) -> None:
    exemplars = sum(len(rule.exemplars) for _, rule in bank.rules)
    table = plain_comparison(Coder(bank), "I rushed you there. You went very quiet.")()
    assert table.shape == (2, exemplars)  # type: ignore[attr-defined]


def test_bench_prints_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "REPLIES", 3)
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    monkeypatch.setattr(measuring, "MANY", 20)
    result = CliRunner().invoke(main, ["bench"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output)
    assert list(figures) == [
        "content_s",
        "content_kept_s",
        "median_ms",
        "p95_ms",
        "ratio_raw",
        "ratio_tenfold",
        "replies_per_s",
        "rules",
        "cores",
    ]
    assert 0 < figures["median_ms"] <= figures["p95_ms"]


def test_measured_replies_are_sixty_words_long() -> None:
    data = from_environment().data
    cases = measuring._of_equal_length(measuring._requests(data / "replies" / "train.jsonl"))
    assert len(cases) == measuring.REPLIES
    assert {len(reply.split()) for reply, _ in cases} == {60}
