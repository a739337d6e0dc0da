"""The pattern language: token patterns as rule authors write them, compiled to steps.

i (have|had)? @missed.past ..4 you      words, alternatives, slots, options, gaps
^ (is|was) it <task> .. $               sentence edges, words of the counselor's last line
you said ..3 <echo>                     words of the client's line told back
and <name>                              a person in the room
i am sorry !@if                         any one word but these
i moved on .. // you ..3 tell           over a sentence break
"""

import re
from dataclasses import dataclass

from tutor.coding.clauses import SlotIndex
from tutor.coding.lexicon import Slots, Wording
from tutor.coding.patterns import (
    FREQUENT,
    Pattern,
    Step,
    chain,
    either,
    maybe,
    through_gap,
    through_other,
    through_slot,
    through_told,
)

#: What the words of a reply may have from what it answers.
TOLD = ("echo", "task", "name")

#: Words a gap without a number may skip.
DEFAULT_GAP = 4

LEXEMES = re.compile(r"\s*(//|\.\.\d*|@[a-z_]+(?:\.[a-z]+)?|<[a-z]+>|[()|?!^$_]|[a-z0-9']+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A step with the words of which one must occur for it to succeed; None if any will do.

    `wordings`, and the number of its `slot`, are set where the part is no more than a choice
    between wordings.
    """

    step: Step
    needs: frozenset[str] | None
    wordings: tuple[Wording, ...] | None = None
    slot: int | None = None


class Compiler:
    """Compiles pattern sources with one lexicon; equal word sets become one object."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._index = SlotIndex()
        self._atoms: dict[str, Part] = {}
        self._slots_made: dict[tuple[Wording, ...], Part] = {}

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every pattern compiled so far."""
        said = (word for slot in self._slots_made for wording in slot for word in wording)
        return frozenset(said).union(*self._sets)

    def compile(self, source: str) -> Pattern:
        """The pattern that `source` describes.

        Raises:
            ValueError: it is empty, cannot be read, or names a list that does not exist.
        """
        lexemes = lexemes_of(source)
        tail = 0
        if len(lexemes) > 1 and lexemes[-1].startswith(".."):
            tail = _width(lexemes.pop())
        parts, rest = self._sequence(lexemes, 0)
        if rest != len(lexemes):
            raise ValueError(f"{lexemes[rest]!r} has no opening bracket in {source!r}")
        if not parts:
            raise ValueError("an empty pattern")
        needs = [part.needs for part in parts if part.needs]
        return Pattern(
            source=source,
            steps=tuple(part.step for part in parts),
            needs=min(needs, key=_cost, default=None),
            index=self._index,
            slots=frozenset(part.slot for part in parts if part.slot is not None),
            tail=tail,
        )

    def _sequence(self, lexemes: list[str], at: int) -> tuple[list[Part], int]:
        parts: list[Part] = []
        while at < len(lexemes) and lexemes[at] not in ("|", ")"):
            part, at = self._part(lexemes, at)
            if at < len(lexemes) and lexemes[at] == "?":
                part, at = Part(maybe(part.step), None), at + 1
            parts.append(part)
        return parts, at

    def _part(self, lexemes: list[str], at: int) -> tuple[Part, int]:
        lexeme = lexemes[at]
        if lexeme == "(":
            return self._group(lexemes, at + 1)
        if lexeme == "!":
            if at + 1 == len(lexemes) or not re.match(r"[@a-z0-9']", lexemes[at + 1]):
                raise ValueError("'!' stands before a word or a list")
            return Part(
                through_other(self._words(_singles(self._wordings(lexemes[at + 1])))), None
            ), at + 2
        if lexeme == "?":
            raise ValueError("'?' has nothing to make optional")
        return self._atom(lexeme), at + 1

    def _group(self, lexemes: list[str], at: int) -> tuple[Part, int]:
        alternatives: list[list[Part]] = []
        while True:
            parts, at = self._sequence(lexemes, at)
            if not parts:
                raise ValueError("an empty alternative")
            alternatives.append(parts)
            if at == len(lexemes):
                raise ValueError("a bracket is not closed")
            at += 1
            if lexemes[at - 1] == ")":
                break
        choices = [_choice(parts) for parts in alternatives]
        if all(choices):
            return self._slot(tuple(dict.fromkeys(w for choice in choices for w in choice))), at
        needs = [
            min((part.needs for part in parts if part.needs), key=_cost, default=None)
            for parts in alternatives
        ]
        known = [need for need in needs if need]
        every = frozenset().union(*known) if len(known) == len(needs) else None
        step = either([chain([part.step for part in parts]) for parts in alternatives])
        return Part(step, every), at

    def _atom(self, lexeme: str) -> Part:
        if lexeme == "//":
            return Part(lambda reached, scene: (reached & scene.text.gaps) << 1, None)
        if lexeme == "^":
            return Part(lambda reached, scene: reached & scene.text.starts, None)
        if lexeme == "$":
            return Part(lambda reached, scene: reached & scene.text.gaps, None)
        if lexeme == "_":
            return Part(lambda reached, scene: (reached & scene.text.real) << 1, None)
        if lexeme.startswith(".."):
            return Part(through_gap(_width(lexeme)), None)
        if lexeme.startswith("<"):
            return Part(through_told(lexeme[1:-1]), None)
        if lexeme not in self._atoms:  # a bank says the same words over and over
            self._atoms[lexeme] = self._slot(self._wordings(lexeme))
        return self._atoms[lexeme]

    def _wordings(self, lexeme: str) -> tuple[Wording, ...]:
        return self._slots.wordings(lexeme[1:]) if lexeme[0] == "@" else ((lexeme,),)

    def _slot(self, wordings: tuple[Wording, ...]) -> Part:
        part = self._slots_made.get(wordings)
        if part is None:
            rarest = frozenset(min(words, key=_rarity) for words in wordings)
            slot = self._index.slot(wordings)
            part = Part(through_slot(slot), rarest, wordings, slot.number)
            self._slots_made[wordings] = part
        return part

    def _words(self, words: frozenset[str]) -> frozenset[str]:
        return self._sets.setdefault(words, words)


def slots_of(source: str) -> tuple[str, ...]:
    """The lists that a pattern names, without the ``@``, in order.

    Raises:
        ValueError: the pattern cannot be read.

    >>> slots_of("i @missed.past you")
    ('missed.past',)
    """
    return tuple(lexeme[1:] for lexeme in lexemes_of(source) if lexeme[0] == "@")


def lexemes_of(source: str) -> list[str]:
    """A pattern cut into words, slots and signs, in order.

    Raises:
        ValueError: something in it cannot be read.
    """
    lexemes: list[str] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        match = LEXEMES.match(source, at)
        if match is None:
            raise ValueError(f"cannot read {source[at:].strip()[:20]!r} in the pattern {source!r}")
        lexeme = match.group(1)
        if lexeme[0] == "<" and lexeme[1:-1] not in TOLD:
            raise ValueError(f"{lexeme} is not one of <{'>, <'.join(TOLD)}>")
        lexemes.append(lexeme)
        at = match.end()
    return lexemes


def _width(gap: str) -> int:
    """How many words a gap may skip."""
    return int(gap[2:] or DEFAULT_GAP)


def _choice(parts: list[Part]) -> tuple[Wording, ...]:
    """The wordings that an alternative comes to: one slot, or words in a row; empty if neither."""
    if len(parts) == 1:
        return parts[0].wordings or ()
    row: list[str] = []
    for part in parts:
        if part.wordings is None or len(part.wordings) != 1:
            return ()
        row += part.wordings[0]
    return (tuple(row),)


def _rarity(word: str) -> tuple[bool, int, str]:
    return (word in FREQUENT, -len(word), word)


def _singles(wordings: tuple[Wording, ...]) -> frozenset[str]:
    return frozenset(wording[0] for wording in wordings if len(wording) == 1)


def _cost(needs: frozenset[str]) -> int:
    """How many texts a set of words will be found in, roughly."""
    return sum(50 if word in FREQUENT else 1 for word in needs)
