"""What `data/rubric.yaml` must have, and how it may not sound."""

import re
from dataclasses import asdict

import pytest

from tutor.domain.rubric import Rubric
from tutor.domain.vocabulary import LADDER, Level, Misstep, Move

LABELS = {
    Move.NOTICE: "Notice",
    Move.NAME: "Name",
    Move.INVITE: "Invite",
    Move.OWN: "Take responsibility",
    Move.RENEGOTIATE: "Renegotiate",
    Move.FEEDBACK: "Solicit feedback",
    Move.EMPATHY: "Empathy",
    Move.SAFETY: "Safety and privacy",
    Move.HUMILITY: "Cultural humility",
    Move.BALANCE: "Balance",
}
#: Empty praise, marks out of a hundred, technical words, and British spelling.
NOT_SAID = re.compile(
    r"\b(great|good job|well done|excellent|perfect|awesome|amazing|nice work|bravo|congrat\w*"
    r"|score\w*|percent|\d+ points?|similarity|regex|evidence|coder|resistan(t|ce) client"
    r"|\w*(apologis|minimis|recognis|practis|counsell|behaviour|defence|judgement)\w*)\b|%|/ ?100",
    re.IGNORECASE,
)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for v in value.values() for s in _strings(v)]
    return [s for v in value for s in _strings(v)] if isinstance(value, list | tuple) else []


def test_every_move_has_its_row_and_label(rubric: Rubric) -> None:
    assert {c.move: c.label for c in rubric.criteria} == LABELS
    assert [c.move for c in rubric.criteria] == list(Move)


def test_every_misstep_has_its_caution(rubric: Rubric) -> None:
    assert [c.misstep for c in rubric.cautions] == list(Misstep)
    assert len({c.label for c in rubric.cautions}) == len(Misstep)


def test_the_five_steps_are_numbered_in_order(rubric: Rubric) -> None:
    numbers = [re.match(r"Step (\d) · ", rubric.criterion(move).step) for move in LADDER[:6]]
    assert [int(n[1]) for n in numbers if n] == [1, 2, 2, 3, 4, 5]


def test_every_row_names_where_it_comes_from(rubric: Rubric) -> None:
    for row in (*rubric.criteria, *rubric.cautions):
        code = row.move if hasattr(row, "move") else row.misstep
        assert row.source.startswith("Codebook, m"), code
        assert code in row.source


def test_over_apologizing_says_that_its_definition_is_the_tutors_own(rubric: Rubric) -> None:
    caution = rubric.caution(Misstep.OVER_APOLOGIZE)
    assert "no published definition" in caution.why
    assert "own" in caution.why


def test_the_next_step_is_one_sentence_with_a_stem(rubric: Rubric) -> None:
    tips = [tip for c in rubric.criteria for tip in c.next_steps]
    tips += [caution.instead for caution in rubric.cautions]
    for tip in tips:
        assert re.fullmatch(r"[^.“”]+: “[^“”]+”", tip), tip
        assert len(tip) <= 110, tip


def test_levels_describe_three_different_replies(rubric: Rubric) -> None:
    for criterion in rubric.criteria:
        assert len(set(criterion.levels)) == len(Level)
        assert all(text.endswith((".", "”).")) for text in criterion.levels)


def test_headlines_are_short_and_not_repeated(rubric: Rubric) -> None:
    texts = [headline.text for headline in rubric.headlines]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert len(text) <= 115, text
        assert text.endswith(".")
        assert text.count(".") <= 2
        assert set(re.findall(r"\{(.*?)\}", text)) <= {"client"}


def test_the_last_headline_always_holds(rubric: Rubric) -> None:
    last = rubric.headlines[-1]
    assert last.advanced is None
    assert not any(asdict(last.when)[k] for k in asdict(last.when) if k != "enough")


def test_only_headlines_and_the_last_word_name_the_client(rubric: Rubric) -> None:
    others = [*_strings([asdict(c) for c in rubric.criteria])]
    others += _strings([asdict(c) for c in rubric.cautions])
    assert not [text for text in others if "{" in text]
    assert "{client}" in rubric.when_all_is_there


def test_nothing_praises_counts_or_sounds_like_a_machine(rubric: Rubric) -> None:
    texts = [text for text in _strings(asdict(rubric)) if not text.startswith("Codebook")]
    assert len(texts) > 150
    assert [(text, NOT_SAID.search(text)) for text in texts if NOT_SAID.search(text)] == []


@pytest.mark.parametrize("text", ["Great job!", "8 points", "60 %", "You apologised", "70/100"])
def test_the_word_list_catches_what_it_should(text: str) -> None:
    assert NOT_SAID.search(text)
