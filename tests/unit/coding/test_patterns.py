import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.coding.conftest import LEXICON, SPELLING
from tutor.coding.clauses import read_text
from tutor.coding.compiler import TOLD, Compiler, slots_of
from tutor.coding.lexicon import Slots, verb
from tutor.coding.normalize import Normalizer
from tutor.coding.patterns import Scene

COMPILER = Compiler(Slots(LEXICON))
NORMALIZER = Normalizer(SPELLING, set())


def found(pattern: str, text: str, **told_words: str) -> list[str]:
    read = read_text(NORMALIZER, text)
    told = {
        what: sum(read.at.get(word, 0) for word in told_words.get(what, "").split())
        for what in TOLD
    }
    matches = COMPILER.compile(pattern).matches(Scene(read, told))
    return [read.span(first, last).of(text) for first, last in matches]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("i rushed", "Well, I rushed you.", ["I rushed"]),
        ("i rushed", "You rushed.", []),
        ("i @hurry.past", "I hurried and I brushed past you", ["I hurried", "I brushed past"]),
        ("i @hurry.past", "I hurry", []),
        ("i @take.part", "I taken it", ["I taken"]),
        ("@regret", "My apologies. I regret it", ["My apologies", "I regret"]),
        ("(i was|we were) wrong", "We were wrong", ["We were wrong"]),
        ("i really? rushed", "I rushed, i rly rushed", ["I rushed", "i rly rushed"]),
        ("i ..2 you", "I just rushed you", ["I just rushed you"]),
        ("i ..1 you", "I just rushed you", []),
        ("i ..3 you", "I rushed you and you", ["I rushed you and you"]),
        ("i rushed ..3", "I rushed you there and then", ["I rushed you there and"]),
        ("i rushed ..3", "I rushed you, but you know", ["I rushed you"]),
        ("i .. you", "I rushed. You know", []),
        ("i rushed // you know", "I rushed. You know", ["I rushed. You know"]),
        ("^ sorry", "Sorry. I am sorry.", ["Sorry"]),
        ("sorry $", "Sorry that. I am sorry.", ["sorry"]),
        ("sorry !if", "sorry if so, sorry you", ["sorry you"]),
        ("you said _", "you said fine", ["you said fine"]),
        ("you said ..2 <echo>", "you said it was fine", []),
        ("back to <task>", "back to the log", []),
    ],
)
def test_what_a_pattern_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_words_told_back_are_those_of_the_client_or_the_line_before() -> None:
    assert found("you said ..2 <echo>", "you said it was fine", echo="fine") == [
        "you said it was fine"
    ]
    assert found("the <task>", "the log, the window", task="log") == ["the log"]


def test_a_name_is_where_the_text_has_one() -> None:
    text = "Maria, I cut you off. And Tom, you too. And Lee?"
    assert found("and <name>", text, name="maria tom") == ["And Tom"]


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "   ",
        "(a|b",
        "a)",
        "(a|)",
        "?a",
        "@nothing",
        "@hurry.future",
        "!",
        "! (a)",
        "<word>",
        "a+",
    ],
)
def test_a_pattern_that_cannot_be_read_says_so(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        COMPILER.compile(pattern)


def test_a_list_that_names_itself_is_refused() -> None:
    lexicon = type(LEXICON)(schema_version=1, lists={"a": ("@b",), "b": ("@a",)})
    with pytest.raises(ValueError, match="names itself"):
        Compiler(Slots(lexicon)).compile("@a")


def test_the_lists_of_a_pattern() -> None:
    assert slots_of("i (@hurry.past|never) .. @sorry") == ("hurry.past", "sorry")


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("rush", ("rush", "rushes", "rushed", "rushed", "rushing")),
        ("carry", ("carry", "carries", "carried", "carried", "carrying")),
        ("stop", ("stop", "stops", "stopped", "stopped", "stopping")),
        ("impose", ("impose", "imposes", "imposed", "imposed", "imposing")),
        ("tie", ("tie", "ties", "tied", "tied", "tying")),
        ("write wrote written", ("write", "writes", "wrote", "written", "writing")),
        ("delay", ("delay", "delays", "delayed", "delayed", "delaying")),
        ("begin began begun beginning", ("begin", "begins", "began", "begun", "beginning")),
    ],
)
def test_inflection(entry: str, forms: tuple[str, ...]) -> None:
    made = verb(entry)
    assert (made.base, made.s, made.past, made.part, made.ing) == forms


@given(
    st.lists(st.sampled_from(["a", "b", "x?", "..3", "_", "(a|b c)", "!a", "^", "$"]), min_size=1),
    st.lists(st.sampled_from(["a", "b", "c", "x", "."]), max_size=40),
)
def test_matches_are_in_order_apart_and_start_where_the_pattern_can(
    pattern: list[str], words: list[str]
) -> None:
    read = read_text(NORMALIZER, " ".join(words))
    scene = Scene(read, dict.fromkeys(TOLD, 0))
    compiled = COMPILER.compile(" ".join(pattern))
    last_end = 0
    for first, last in compiled.matches(scene):
        assert last_end <= first < last <= len(read.tokens)
        reached = compiled.ends(1 << first, scene).bit_length() - 1
        assert reached <= last <= reached + compiled.tail
        last_end = last


@given(st.lists(st.sampled_from(["a", "b", ".", "a b a b"]), max_size=60))
def test_the_words_a_pattern_needs_are_in_every_text_it_matches(words: list[str]) -> None:
    read = read_text(NORMALIZER, " ".join(words))
    compiled = COMPILER.compile("(a|b) ..2 b")
    if compiled.occurs(Scene(read, dict.fromkeys(TOLD, 0))):
        assert compiled.needs
        assert compiled.needs & read.at.keys()
