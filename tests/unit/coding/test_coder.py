import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.coding.conftest import coder, rule
from tutor.domain.coding import Context, Shortfall
from tutor.domain.rules import Effect, Modifier, Mood, Reach, Where
from tutor.domain.vocabulary import Level, Misstep, Move, Rupture
from tutor.errors import ContentError

RUSHED = rule("own.rushed", "i (rushed|hurried) ..2")
SORRY = rule("own.sorry", "i am sorry", level=Level.EMERGING)
NON_APOLOGY = rule("defend.you_feel", "sorry you feel ..2", absorbs=(Move.OWN,))
AGREED = rule("defend.agreed", "you agreed ..3")
TOLD = rule("notice.told", "you said ..4 <echo>")
ASKS = rule("invite.how", "how was it ..3", where=Where(mood=Mood.QUESTION))
COUPLE = rule("balance.both", "both of you", where=Where(setting=("couple",)))
EXEMPLAR = rule("own.clock", exemplars=("that was my clock and not yours",), similarity=80)


def modifier(**changes: object) -> Modifier:
    given_fields: dict[str, object] = {
        "id": "negation",
        "effect": Effect.SUPPRESS,
        "reach": Reach.FORWARD,
        "cues": ("not",),
        "touches": (Move.OWN,),
        "why": "It is said with a 'not' before it.",
        "source": "test",
    }
    return Modifier(**(given_fields | changes))  # type: ignore[arg-type]


BUT = modifier(
    id="but",
    effect=Effect.CAP,
    reach=Reach.BACKWARD,
    cues=("but",),
    across_clauses=True,
    tokens=40,
    only_with=(Misstep.DEFEND,),
    why="What follows the 'but' takes it back.",
)
RULES = {
    Move.OWN: (RUSHED, SORRY, EXEMPLAR),
    Move.NOTICE: (TOLD,),
    Move.INVITE: (ASKS,),
    Move.BALANCE: (COUPLE,),
    Misstep.DEFEND: (NON_APOLOGY, AGREED),
}
CODER = coder(RULES, modifier(), BUT)


def test_evidence_quotes_the_reply_as_typed_with_its_rule() -> None:
    reply = "Well…  I RUSHED you there!"
    (evidence,) = CODER.code(reply).evidence
    assert (evidence.code, evidence.rule, evidence.level) == (Move.OWN, "own.rushed", Level.CLEAR)
    assert evidence.span.of(reply) == "I RUSHED you there"
    assert evidence.changes == ()


@pytest.mark.parametrize(
    ("reply", "level"),
    [
        ("I rushed you.", Level.CLEAR),
        ("It is not that I rushed you.", Level.NOT_YET),
        ("I am not sure. I rushed you.", Level.CLEAR),
        ("I rushed you, but you agreed to it.", Level.EMERGING),
        ("I rushed you. But you agreed to it.", Level.EMERGING),
        ("I rushed you, but I see it now.", Level.CLEAR),
        ("You agreed to it, but I rushed you.", Level.CLEAR),
        ("You rushed me.", Level.NOT_YET),
        ("I am sorry.", Level.EMERGING),
        ("I am sorry you feel that way.", Level.NOT_YET),
    ],
)
def test_levels_after_modifiers(reply: str, level: Level) -> None:
    assert CODER.code(reply).level(Move.OWN) is level


def test_a_change_keeps_its_reason_its_cue_and_both_levels() -> None:
    reply = "I rushed you, but you agreed to it."
    evidence = CODER.code(reply).of(Move.OWN)[0]
    (change,) = evidence.changes
    assert (evidence.found, change.before, change.after) == (2, 2, 1)
    assert change.cue is not None
    assert change.cue.of(reply) == "but"
    assert change.why == "What follows the 'but' takes it back."


def test_what_fell_is_a_near_miss_with_its_reason() -> None:
    coding = CODER.code("It is not that I rushed you.")
    (miss,) = coding.near_misses
    assert coding.evidence == ()
    assert (miss.rule, miss.shortfall) == ("own.rushed", Shortfall.SUPPRESSED)
    assert miss.why == "It is said with a 'not' before it."


def test_a_rule_may_be_immune() -> None:
    immune = rule("own.never", "i rushed ..2", immune=("negation",))
    assert coder({Move.OWN: (immune,)}, modifier()).code("not that i rushed you").evidence


def test_words_claimed_by_a_misstep_are_no_longer_a_move() -> None:
    coding = CODER.code("I am sorry you feel that way.")
    assert coding.missteps == (Misstep.DEFEND,)
    assert [(m.code, m.why) for m in coding.near_misses] == [
        (Move.OWN, "These words are read as defend here.")
    ]


def test_of_two_rules_that_claim_each_others_words_one_keeps_them() -> None:
    asks = rule("invite.want", "what do you want", absorbs=(Move.RENEGOTIATE,))
    works = rule("renegotiate.want", "do you want", absorbs=(Move.INVITE,))
    both = coder({Move.INVITE: (asks,), Move.RENEGOTIATE: (works,)})
    assert len(both.code("What do you want?").moves) == 1


def test_an_exemplar_is_found_by_likeness_and_nearly_found() -> None:
    (evidence,) = CODER.code("That was my clock, and not yours.").evidence
    assert evidence.rule == "own.clock"
    assert 80 <= evidence.similarity <= 100
    near = CODER.code("That was my clock and not quite yours then.")
    assert [m.shortfall for m in near.near_misses] in ([], [Shortfall.SIMILARITY])
    assert CODER.code("My clock.").evidence == ()


@pytest.mark.parametrize(
    ("reply", "context", "moves"),
    [
        ("You said it was fine.", Context(client="It's fine."), {Move.NOTICE}),
        ("You said it was fine.", Context(client="Whatever."), set()),
        ("How was it for you?", Context(), {Move.INVITE}),
        ("That is how was it.", Context(), set()),
        ("Both of you matter.", Context(setting="couple, session 2"), {Move.BALANCE}),
        ("Both of you matter.", Context(setting="individual"), set()),
    ],
)
def test_circumstances(reply: str, context: Context, moves: set[Move]) -> None:
    assert set(CODER.code(reply, context).moves) == moves


def test_a_rule_out_of_place_is_a_near_miss() -> None:
    (miss,) = CODER.code("Both of you matter.", Context(setting="individual")).near_misses
    assert (miss.code, miss.shortfall) == (Move.BALANCE, Shortfall.CONTEXT)


def test_the_kind_of_strain_counts_only_where_it_is_known() -> None:
    where = Where(rupture=(Rupture.WITHDRAWAL,))
    only = coder({Move.OWN: (rule("own.x", "i rushed", where=where),)})
    assert only.code("I rushed").evidence
    assert only.code("I rushed", Context(rupture=Rupture.WITHDRAWAL)).evidence
    assert not only.code("I rushed", Context(rupture=Rupture.NONE_ENGAGED)).evidence


def test_a_quotation_changes_only_what_lies_wholly_inside_it() -> None:
    quoting = coder(
        RULES, modifier(id="quotation", reach=Reach.QUOTE, cues=("_",), why="Quoted words.")
    )
    assert quoting.code('You told me, "I rushed you".').level(Move.OWN) is Level.NOT_YET
    assert quoting.code('I rushed "us".').level(Move.OWN) is Level.CLEAR


@pytest.mark.parametrize("reply", ["", "   ", "🙂🙂", "...?!", "\n\n"])
def test_nothing_there_is_nothing(reply: str) -> None:
    coding = CODER.code(reply)
    assert (coding.evidence, coding.near_misses) == ((), ())


@given(st.text(alphabet=st.sampled_from("iI rushedyoutag.,?!'\"\n🙂مbnfw"), max_size=200))
def test_any_reply_is_coded_the_same_twice_with_spans_inside_it(reply: str) -> None:
    coding = CODER.code(reply)
    assert coding == CODER.code(reply)
    for evidence in coding.evidence:
        assert evidence.span.of(reply).strip()
    for miss in coding.near_misses:
        assert miss.span.end <= len(reply)


def test_a_long_reply_of_cues_takes_no_more_than_its_length() -> None:
    reply = "i not but " * 2_000
    assert CODER.code(reply).moves == {}


def test_a_pattern_that_names_no_list_leaves_no_coder() -> None:
    with pytest.raises(ContentError, match="there is no list @nowhere"):
        coder({Move.OWN: (rule("own.a", "i @nowhere you"),)})
