import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.coding.conftest import SPELLING
from tutor.coding.clauses import read_text
from tutor.coding.normalize import Normalizer, Token

NORMALIZER = Normalizer(SPELLING, {"apologize", "rushed", "listening", "really"})


def forms(text: str) -> list[set[str]]:
    return [set(p.forms) for p in NORMALIZER.pieces(text) if isinstance(p, Token)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't", [{"i"}, {"do"}, {"not"}]),
        ("won't", [{"will"}, {"not"}]),
        ("I’m", [{"i"}, {"am"}]),
        ("IM", [{"i"}, {"am"}]),
        ("let's go", [{"let"}, {"us"}, {"go"}]),
        ("you'd", [{"you"}, {"would", "had"}]),
        ("Ana's", [{"ana"}, {"is", "has", "'s"}]),
        ("appologize", [{"appologize", "apologize"}]),
        ("lisening", [{"lisening", "listening"}]),
        ("brushed", [{"brushed"}]),
        ("gushed", [{"gushed"}]),
        ("ｒｕｓｈｅｄ", [{"rushed"}]),
        ("check-in", [{"check"}, {"in"}]),
        ("🙂 !!", []),
        ("", []),
    ],
)
def test_forms(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


def test_offsets_are_those_of_the_text_as_typed() -> None:
    text = "🙂 I’m  soRRy, you’d\tgone"
    spans = [p.span.of(text) for p in NORMALIZER.pieces(text) if isinstance(p, Token)]
    assert spans == ["I", "’m", "soRRy", "you", "’d", "gone"]


@example("ʼ")
@example("ʼʼ so")
@example("N'T")
@given(st.text(max_size=300))
def test_any_text_gives_tokens_inside_it_in_order(text: str) -> None:
    pieces = NORMALIZER.pieces(text)
    starts = [piece.span.start for piece in pieces]
    assert starts == sorted(starts)
    assert all(piece.span.end <= len(text) for piece in pieces)
    assert all(form for p in pieces if isinstance(p, Token) for form in p.forms)


@given(st.text(alphabet="ab '’.?!,;:\"“”\n()-", max_size=120))
def test_every_token_lies_in_one_clause_of_one_sentence(text: str) -> None:
    read = read_text(NORMALIZER, text)
    for position, token in enumerate(read.tokens):
        inside = [s for s in read.sentences if s.first <= position < s.last]
        clauses = [c for c in read.clauses if c.first <= position < c.last]
        assert len(inside) == len(clauses) == (1 if token else 0)
    assert read.real.bit_count() == sum(token is not None for token in read.tokens)


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("what was it like for you", True),
        ("What a day.", False),
        ("is it me", True),
        ("It is me.", False),
        ("how you went quiet", False),
        ("you went quiet?", True),
        ("do you want to stop", True),
    ],
)
def test_questions_are_known_by_mark_or_opening(sentence: str, asks: bool) -> None:
    assert read_text(NORMALIZER, sentence).sentences[0].question is asks


def test_a_proper_name_has_a_capital_and_is_no_known_word() -> None:
    read = read_text(NORMALIZER, "Priya's right. The apologize, priya, PRIYA, M4rk")
    named = [
        read.span(at, at + 1) for at, token in enumerate(read.tokens) if token and token.proper
    ]
    assert [(span.start, span.end) for span in named] == [(0, 5)]


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("Maria: You cut me off.", {"maria"}),
        ("Dana: You always ask Sam. Sam: (looking at phone) See?", {"dana", "sam"}),
        ("Mei (14): Just stop. (pause) Foster father: Enough.", {"mei", "foster", "father"}),
        ("I will say one thing: no.", set()),
    ],
)
def test_speakers_are_known_by_the_colon_after_their_names(line: str, speakers: set[str]) -> None:
    assert read_text(NORMALIZER, line).speakers == speakers
