"""The rule bank: what a rule author writes, as data.

The engine that runs these is `tutor.coding`; the files they are read from are `data/rules/*.yaml`,
`data/lexicon/*.yaml` and `data/modifiers.yaml`. The pattern language is described in docs/rules.md.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from tutor.domain.coding import Context
from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import Code, Level, Misstep, Rupture
from tutor.domain.weights import Weights


class Mood(StrEnum):
    """The form of the sentence in which a rule may match."""

    QUESTION = "question"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The circumstances in which a rule holds; an empty field asks for nothing.

    `setting`, `client` and `before` are token patterns of which one must occur in that text;
    `not_client` must not occur. `rupture` asks for one of these kinds where the kind is known.
    `mood` is the form of the sentence the evidence lies in. `max_tokens` bounds the whole reply.
    """

    __pydantic_config__: ClassVar = STRICT

    setting: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    not_client: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    rupture: tuple[Rupture, ...] = ()
    mood: Mood | None = None
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A reply, with as much of its context as the rule needs."""

    __pydantic_config__: ClassVar = STRICT

    reply: str
    client: str = ""
    before: str = ""
    setting: str = ""
    rupture: Rupture | None = None

    @property
    def context(self) -> Context:
        """The context in which the example is coded."""
        return Context(
            before=self.before, client=self.client, setting=self.setting, rupture=self.rupture
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Replies in which the rule must leave standing evidence, and in which it must leave none."""

    __pydantic_config__: ClassVar = STRICT

    match: tuple[str | Example, ...]
    no_match: tuple[str | Example, ...] = ()


def as_example(example: str | Example) -> Example:
    """A bare string is an example without context."""
    return Example(reply=example) if isinstance(example, str) else example


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which a reply shows a code.

    `phrases` and `patterns` are token patterns (a phrase is one without any slot); `exemplars` are
    whole clauses compared by similarity, 0-100, at least `similarity`. `absorbs` names codes whose
    evidence inside this rule's span is really this rule's (a non-apology absorbs the apology).
    `immune` names modifiers that do not touch this rule. `level` is 1 or 2; a misstep has 2.
    `missing` says, to a learner, what near misses of the rule lack.

    A `weighed` rule finds nothing by itself: where no other rule of its code does, it says which
    words a sentence must at least have for what its words weigh to count, and where
    (`tutor.domain.weights`).

    Raises:
        ValueError: a rule without anything to match, or a level outside 1-2.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    level: Level = Level.CLEAR
    source: str
    note: str = ""
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    similarity: int = 84
    where: Where = Where()
    absorbs: tuple[Code, ...] = ()
    immune: tuple[str, ...] = ()
    missing: str = ""
    weighed: bool = False
    examples: Examples

    def __post_init__(self) -> None:
        if not (self.phrases or self.patterns or self.exemplars):
            raise ValueError("a rule needs phrases, patterns or exemplars")
        if self.weighed and (self.phrases or self.exemplars):
            raise ValueError("a weighed rule has patterns alone")
        if self.level == Level.NOT_YET:
            raise ValueError("a rule's level is 1 or 2")
        if not 50 <= self.similarity <= 100:
            raise ValueError("similarity is 50-100")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """One file of `data/rules/`: every rule of one code."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    code: Code
    rules: tuple[Rule, ...]


class Effect(StrEnum):
    """What a modifier does to the evidence in its scope."""

    SUPPRESS = "suppress"
    LOWER = "lower"
    CAP = "cap"
    RAISE = "raise"


class Reach(StrEnum):
    """Where a modifier's scope lies, seen from its cue."""

    FORWARD = "forward"
    BACKWARD = "backward"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    REPLY = "reply"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A cue that changes the level of evidence in its scope, after ConText (Harkema et al. 2009).

    `cues` are token patterns. A forward or backward scope ends at the clause, at one of `stops`, or
    after `tokens`; `across_clauses` lets it run to the sentence's end. `only_with` makes the effect
    hang on one of these missteps having evidence after the cue (an opening undone by a 'but').
    A cue within the evidence itself counts only with `inside`: as a rule the rule knew of it.
    A reach of `quote` is the words in quotation marks in the cue's sentence.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    effect: Effect
    reach: Reach
    cues: tuple[str, ...]
    stops: tuple[str, ...] = ()
    tokens: int = 8
    across_clauses: bool = False
    inside: bool = False
    touches: tuple[Code, ...]
    only_with: tuple[Misstep, ...] = ()
    where: Where = Where()
    why: str
    source: str
    examples: "ModifierExamples | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierExamples:
    """Replies in which the modifier must change some evidence, and in which it must not."""

    __pydantic_config__: ClassVar = STRICT

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierFile:
    """`data/modifiers.yaml`."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    modifiers: tuple[Modifier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Shared word lists (`data/lexicon/*.yaml`).

    `lists` holds words and short phrases, `@name` in a pattern; `verbs` holds verbs by their base
    form, whose inflections are made by the engine (`@name`, `@name.base`, `.s`, `.past`, `.part`,
    `.ing`), with irregular forms written out: ``take took taken``. Lists may name other lists.
    """

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """What is known of English spelling: `common` words are never corrected, `variants` always."""

    common: frozenset[str]
    variants: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Everything the coder knows, in one immutable value.

    `version` names the wording of its files: another word in them, another version;
    `rules_version` the same without the weights, which are learned with the rules as they are.
    """

    files: tuple[RuleFile, ...]
    modifiers: tuple[Modifier, ...]
    lexicon: Lexicon
    spelling: Spelling
    weights: Weights | None = None
    rules_version: str = ""
    version: str = ""

    @property
    def rules(self) -> tuple[tuple[Code, Rule], ...]:
        """Each rule with the code it is for, in the order of the files."""
        return tuple((file.code, rule) for file in self.files for rule in file.rules)
