"""What words weigh where no rule finds anything, and against what a rule has found."""

from dataclasses import replace

import pytest

from tests.unit.coding.conftest import LEXICON, coder, rule
from tests.unit.coding.test_coder import modifier
from tutor.coding.clauses import read_text
from tutor.coding.coder import Coder
from tutor.coding.cues import LONGEST_SENTENCE, Cues
from tutor.coding.normalize import Normalizer
from tutor.coding.patterns import Scene
from tutor.domain.coding import Context, Shortfall
from tutor.domain.rules import Bank, Modifier, Rule, RuleFile, Spelling
from tutor.domain.vocabulary import CODES, Code, Level, Move, Rupture
from tutor.domain.weights import CodeWeights, Row, Weights

FAMILIES = {"galloped": "ran", "ran": "ran"}
WORDS = rule("own.words", "(i|me)", weighed=True)
SORRY = rule("own.sorry", "i am sorry", level=Level.EMERGING)
SO_SORRY = rule("own.so_sorry", "i am so sorry", level=Level.EMERGING)


def row(**weights: int) -> Row:
    return tuple(weights.get(code.value, 0) for code in CODES)


def weights(sentence: dict[str, Row], reply: dict[str, Row] | None = None, **own: int) -> Weights:
    never = CodeWeights(
        start=-9999, found=0, clear=0, agreed=0, taken_back=0, nearly=0, unstrained=0
    )
    codes: dict[Code, CodeWeights] = dict.fromkeys(CODES, never)
    codes[Move.OWN] = replace(never, start=-100, **own)
    return Weights(
        rules="test", codes=codes, sentence=sentence, reply=reply or {}, families=FAMILIES
    )


def weighing(given: Weights, *rules: Rule, modifiers: tuple[Modifier, ...] = ()) -> Coder:
    return Coder(
        Bank(
            files=(RuleFile(schema_version=1, code=Move.OWN, rules=rules),),
            modifiers=modifiers,
            lexicon=LEXICON,
            spelling=Spelling(common=frozenset(), variants={}),
            weights=given,
        )
    )


def cues(text: str, **told: int) -> set[str]:
    scene = Scene(
        read_text(Normalizer(Spelling(common=frozenset(), variants={}), ()), text),
        {"echo": 0, "task": 0, "name": 0} | told,
    )
    found = Cues(LEXICON, FAMILIES)
    return {cue for sentence in scene.text.sentences for cue in found.of(scene, sentence)}


def test_a_sentence_says_words_pairs_triples_and_gaps() -> None:
    said = cues("I ran on.")
    assert {"i", "ran", "on", "i ran", "ran on", "i ran on", "i _ on"} <= said
    assert {"^ i", "on $", "~ran"} <= said
    assert cues("I galloped.") & {"~ran"}
    assert "on ?" in cues("Ran I on?")


def test_the_clients_words_stand_as_an_echo() -> None:
    said = cues("The worksheet again.", echo=0b10)
    assert {"the <echo>", "<echo> again"} <= said
    assert "worksheet" not in said


def test_only_the_beginning_of_an_endless_sentence_is_read() -> None:
    assert "last" not in cues("word " * LONGEST_SENTENCE + "last")


@pytest.mark.parametrize(("weight", "level"), [(300, 0), (600, 1), (900, 2)])
def test_a_level_needs_weight(weight: int, level: int) -> None:
    made = weighing(weights({"galloped": row(own=weight)}, clear_from=100), WORDS)
    assert made.code("I galloped.").level(Move.OWN) == level


def test_the_whole_sentence_is_quoted_and_its_words_are_told() -> None:
    made = weighing(weights({"galloped": row(own=900)}), WORDS)
    (evidence,) = made.code("Hello there. I galloped on. Bye.").evidence
    assert evidence.span.of("Hello there. I galloped on. Bye.") == "I galloped on"
    assert (evidence.rule, evidence.said) == ("own.words", ("galloped",))


def test_the_words_of_the_whole_reply_weigh_too() -> None:
    made = weighing(weights({"galloped": row(own=300)}, {"dear": row(own=400)}), WORDS)
    assert made.code("I galloped.").level(Move.OWN) == Level.NOT_YET
    assert made.code("Oh dear. I galloped.").level(Move.OWN) == Level.CLEAR


@pytest.mark.parametrize(("weight", "stands"), [(-200, True), (-1800, False)])
def test_what_a_rule_found_falls_where_the_words_weigh_against_it(
    weight: int, stands: bool
) -> None:
    made = weighing(weights({"so sorry": row(own=weight)}, falls_below=-300), SO_SORRY)
    coding = made.code("I am so sorry.")
    assert bool(coding.evidence) == stands
    if not stands:
        (miss,) = coding.near_misses
        assert (miss.rule, miss.shortfall) == ("own.so_sorry", Shortfall.SUPPRESSED)
        assert miss.why == (
            "A rule finds it here, but the words of the reply weigh against it, "
            "“so sorry” the most."
        )


def test_what_a_rule_found_stands_where_nothing_says_how_far_it_may_fall() -> None:
    made = weighing(weights({"so sorry": row(own=-9000)}), SO_SORRY)
    assert made.code("I am so sorry.").level(Move.OWN) == Level.EMERGING


def test_the_setting_and_the_kind_of_strain_weigh_too() -> None:
    whole = {"setting:couple": row(own=200), "rupture:mixed": row(own=200)}
    made = weighing(weights({"galloped": row(own=300)}, whole), WORDS)
    couple, mixed = Context(setting="couple, session 2"), Context(rupture=Rupture.MIXED)
    assert made.code("I galloped.").level(Move.OWN) == Level.NOT_YET
    assert made.code("I galloped.", couple).level(Move.OWN) == Level.CLEAR
    assert made.code("I galloped.", mixed).level(Move.OWN) == Level.CLEAR


def test_where_nothing_is_strained_it_takes_more() -> None:
    made = weighing(weights({"galloped": row(own=400)}, unstrained=-200), WORDS)
    assert made.code("I galloped.").level(Move.OWN) == Level.CLEAR
    calm, mixed = Context(rupture=Rupture.NONE_ENGAGED), Context(rupture=Rupture.MIXED)
    assert made.code("I galloped.", mixed).level(Move.OWN) == Level.CLEAR
    assert made.code("I galloped.", calm).level(Move.OWN) == Level.NOT_YET


def test_without_an_anchor_words_weigh_nothing() -> None:
    made = weighing(weights({"galloped": row(own=900)}), WORDS)
    assert not made.code("You galloped.").evidence
    assert not weighing(weights({"galloped": row(own=900)})).code("I galloped.").evidence


def test_a_sentence_that_weighs_nearly_as_much_as_the_first_is_quoted_too() -> None:
    reply = "I galloped. I ran. I trotted."
    said = {"galloped": row(own=900), "ran": row(own=800), "trotted": row(own=600)}
    coding = weighing(weights(said), WORDS).code(reply)
    assert [e.span.of(reply) for e in coding.evidence] == ["I galloped", "I ran"]


def test_beside_a_rule_words_add_other_sentences_at_no_higher_level() -> None:
    made = weighing(weights({"galloped": row(own=900)}), WORDS, SORRY)
    coding = made.code("I am sorry. I galloped.")
    assert [(e.rule, e.level) for e in coding.evidence] == [
        ("own.sorry", Level.EMERGING),
        ("own.words", Level.EMERGING),
    ]
    assert {e.rule for e in made.code("I am sorry I galloped.").evidence} == {"own.sorry"}


def test_a_single_word_is_quoted_where_nothing_else_speaks_and_not_beside_other_evidence() -> None:
    said = {"me": row(own=650), "galloped": row(own=900)}
    made = weighing(weights(said), WORDS, SORRY)
    for reply, quoted in {
        "Me.": ["Me"],
        "I galloped. Me.": ["I galloped"],
        "I am sorry. Me.": ["I am sorry"],
    }.items():
        assert [e.span.of(reply) for e in made.code(reply).evidence] == quoted, reply


@pytest.mark.parametrize(("weight", "level"), [(-300, 2), (-900, 1)])
def test_what_a_rule_finds_clear_is_emerging_where_the_words_leave_no_more(
    weight: int, level: int
) -> None:
    clear = rule("own.sorry", "i am sorry")
    made = weighing(weights({"sorry": row(own=weight)}, found=250, clear_from=0), clear)
    (evidence,) = made.code("I am sorry.").evidence
    assert (evidence.found, evidence.level) == (Level.CLEAR, level)
    if level == Level.EMERGING:
        (change,) = evidence.changes
        assert (change.modifier, change.after) == ("words", Level.EMERGING)
        assert change.why.endswith("speak for less, “sorry” the least.")


def test_what_a_modifier_took_from_a_rule_no_weight_gives_back() -> None:
    negation = modifier(cues=("not",), reach="sentence")
    made = weighing(weights({"galloped": row(own=900)}), WORDS, SORRY, modifiers=(negation,))
    assert not made.code("Not that I am sorry. I galloped.").evidence


def test_a_modifier_takes_away_what_words_say_and_says_why() -> None:
    made = weighing(weights({"galloped": row(own=900)}), WORDS, modifiers=(modifier(),))
    coding = made.code("It is not that I galloped.")
    assert not coding.evidence
    (miss,) = coding.near_misses
    assert (miss.rule, miss.shortfall) == ("own.words", Shortfall.SUPPRESSED)


def test_a_long_reply_must_say_more() -> None:
    made = weighing(weights({"galloped": row(own=900)}), WORDS)
    assert made.code("I galloped.").level(Move.OWN) == Level.CLEAR
    assert made.code("I galloped. " + "So it goes. " * 15).level(Move.OWN) == Level.NOT_YET


def test_without_weights_a_weighed_rule_finds_nothing() -> None:
    assert not coder({Move.OWN: (WORDS,)}).code("I rushed.").evidence


def test_a_weighed_rule_takes_patterns() -> None:
    with pytest.raises(ValueError, match="weighed"):
        rule("own.words", weighed=True, exemplars=("that was my clock and not yours",))
