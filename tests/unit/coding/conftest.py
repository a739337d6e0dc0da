"""A small bank for the engine's tests: what matters here is the machine, not the words."""

import pytest

from tutor.coding.coder import Coder
from tutor.coding.compiler import Compiler
from tutor.coding.lexicon import Slots
from tutor.coding.normalize import Normalizer
from tutor.domain.rules import Bank, Examples, Lexicon, Modifier, Rule, RuleFile, Spelling
from tutor.domain.vocabulary import Code

LEXICON = Lexicon(
    schema_version=1,
    lists={"sorry": ("sorry", "my apologies"), "regret": ("@sorry", "i regret"), "if": ("if",)},
    verbs={"hurry": ("hurry", "rush", "brush + past"), "take": ("take took taken",)},
)
SPELLING = Spelling(
    common=frozenset("a the you me not brushed gushed was said it".split()),
    variants={"im": "i am", "dont": "do not", "rly": "really"},
)


def rule(rule_id: str, *patterns: str, **more: object) -> Rule:
    """A rule with these patterns and nothing that a test does not name."""
    return Rule(
        id=rule_id,
        source="test",
        patterns=patterns,
        examples=Examples(match=()),
        **more,  # type: ignore[arg-type]
    )


def coder(rules: dict[Code, tuple[Rule, ...]], *modifiers: Modifier) -> Coder:
    """A coder with these rules and modifiers alone."""
    return Coder(
        Bank(
            files=tuple(
                RuleFile(schema_version=1, code=code, rules=these) for code, these in rules.items()
            ),
            modifiers=modifiers,
            lexicon=LEXICON,
            spelling=SPELLING,
        )
    )


@pytest.fixture
def compiler() -> Compiler:
    return Compiler(Slots(LEXICON))


@pytest.fixture
def normalizer() -> Normalizer:
    return Normalizer(SPELLING, {"apologize", "rushed", "listening", "really"})
