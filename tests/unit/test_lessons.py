"""What weights are learned from, and what of it the figures must not have seen."""

import importlib
from types import ModuleType

import pytest

from scripts.agreement import REPLIES, read
from tutor.domain.vocabulary import Move
from tutor.settings import ROOT

ONLY_MEASURE = ("check.jsonl", "fresh.jsonl", "talk.jsonl")


@pytest.fixture
def lessons(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("lessons")


def moments(name: str) -> set[tuple[str, str]]:
    """What the replies of that set answer, and where."""
    return {(row["setting"], row["client"]) for row in read(REPLIES / name).values()}


@pytest.mark.parametrize("name", ONLY_MEASURE)
def test_nothing_is_learned_from_a_set_that_only_measures(lessons: ModuleType, name: str) -> None:
    learned = {moment for words in lessons.WORDS_FROM for moment in moments(words)}
    assert len(learned) > 1000
    assert not learned & moments(name)


def test_what_is_trusted_is_learned_from(lessons: ModuleType) -> None:
    assert {*lessons.TRUST_FROM, lessons.RATED} <= {*lessons.WORDS_FROM}


def test_an_owned_share_with_its_persons_swapped_owns_nothing(lessons: ModuleType) -> None:
    row = {
        "reply": "I rushed you there. What was that like?",
        "moves": {"own": 2, "invite": 2},
        "missteps": [],
        "evidence": {"own": ["I rushed you there."]},
        "contested": [],
    }
    (swapped,) = lessons.swapped(row)
    assert swapped["reply"] == "you rushed I there."
    assert not swapped["moves"]
    assert Move.OWN not in swapped["contested"]


def test_a_reply_that_owns_nothing_is_not_swapped(lessons: ModuleType) -> None:
    row = {"reply": "You rushed me.", "moves": {}, "missteps": [], "evidence": {}, "contested": []}
    assert not list(lessons.swapped(row))
