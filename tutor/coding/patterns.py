"""Token patterns: a small language over words, compiled to steps over sets of positions.

    i (have|had)? @missed.past ..4 you      words, alternatives, slots, options, gaps
    ^ (is|was) it <task> .. $               sentence edges, words of the counselor's last line
    you said ..3 <echo>                     words of the client's line told back
    i am sorry !@if                         any one word but these
    i moved on .. // you ..3 tell           over a sentence break

A step takes the set of positions reached so far and gives those reachable through it. Nothing goes
back, so the time for one pattern is its length times a few operations on one integer, whatever the
text: no pattern can run away.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce

from tutor.coding.clauses import Text
from tutor.coding.lexicon import Slots

#: Words a gap without a number may skip.
DEFAULT_GAP = 4
#: Words so frequent that they make a poor key for finding the patterns worth trying.
FREQUENT = frozenset(
    "a about am an and are as at be been but by can could did do does for from get had has have "
    "how i if in is it just like me might more my not now of on or so some that the them there "
    "they this to too up us was we were what when where which who will with would you your "
    "'s".split()
)

LEXEMES = re.compile(r"\s*(//|\.\.\d*|@[a-z_]+(?:\.[a-z]+)?|<[a-z]+>|[()|?!^$_]|[a-z0-9']+)")


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with what it answers: `told` gives the positions of words of `echo` and `task`."""

    text: Text
    told: dict[str, int]


#: From the positions reached to the positions reachable.
Step = Callable[[int, Scene], int]


@dataclass(frozen=True, slots=True)
class Part:
    """A step with the words of which one must occur for it to succeed; None if any will do."""

    step: Step
    needs: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `needs` is the choicest set of words of which one must occur."""

    source: str
    steps: tuple[Step, ...]
    needs: frozenset[str] | None

    def ends(self, starts: int, scene: Scene) -> int:
        """The positions right after a match that begins at one of `starts`."""
        reached = starts
        for step in self.steps:
            reached = step(reached, scene)
            if not reached:
                return 0
        return reached

    def occurs(self, scene: Scene) -> bool:
        """Whether it matches anywhere."""
        return bool(self.ends(scene.text.real, scene))

    def matches(self, scene: Scene) -> Iterator[tuple[int, int]]:
        """Matches as positions, half-open: leftmost first, each the longest, not overlapping."""
        if not self.ends(scene.text.real, scene):
            return
        start, size = 0, len(scene.text.tokens)
        while start < size:
            bit = 1 << start
            ends = self.ends(bit, scene) if scene.text.real & bit else 0
            last = ends.bit_length() - 1
            if last > start:
                yield start, last
                start = last
            else:
                start += 1


class Compiler:
    """Compiles pattern sources with one lexicon; equal word sets become one object."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every pattern compiled so far."""
        return frozenset().union(*self._sets)

    def compile(self, source: str) -> Pattern:
        """The pattern that `source` describes.

        Raises:
            ValueError: it is empty, cannot be read, or names a list that does not exist.
        """
        lexemes = _lexemes(source)
        parts, rest = self._sequence(lexemes, 0)
        if rest != len(lexemes):
            raise ValueError(f"{lexemes[rest]!r} has no opening bracket in {source!r}")
        if not parts:
            raise ValueError("an empty pattern")
        needs = [part.needs for part in parts if part.needs]
        return Pattern(
            source, tuple(part.step for part in parts), min(needs, key=_cost, default=None)
        )

    def _sequence(self, lexemes: list[str], at: int) -> tuple[list[Part], int]:
        parts: list[Part] = []
        while at < len(lexemes) and lexemes[at] not in ("|", ")"):
            part, at = self._part(lexemes, at)
            if at < len(lexemes) and lexemes[at] == "?":
                part, at = Part(_maybe(part.step), None), at + 1
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
                _other(self._words(_singles(self._wordings(lexemes[at + 1])))), None
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
        needs = [
            min((part.needs for part in parts if part.needs), key=_cost, default=None)
            for parts in alternatives
        ]
        known = [need for need in needs if need]
        every = frozenset().union(*known) if len(known) == len(needs) else None
        step = _either([_chain([part.step for part in parts]) for parts in alternatives])
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
            return Part(_gap(int(lexeme[2:] or DEFAULT_GAP)), None)
        if lexeme.startswith("<"):
            return Part(_told(lexeme[1:-1]), None)
        return self._slot(self._wordings(lexeme))

    def _wordings(self, lexeme: str) -> tuple[tuple[str, ...], ...]:
        return self._slots.wordings(lexeme[1:]) if lexeme[0] == "@" else ((lexeme,),)

    def _slot(self, wordings: tuple[tuple[str, ...], ...]) -> Part:
        single = _singles(wordings)
        steps = [_words(self._words(single))] if single else []
        longer = [wording for wording in wordings if len(wording) > 1]
        steps += [_chain([_words(self._words(frozenset((w,)))) for w in ws]) for ws in longer]
        needs = single | {min(ws, key=lambda w: (w in FREQUENT, w)) for ws in longer}
        return Part(steps[0] if len(steps) == 1 else _either(steps), frozenset(needs))

    def _words(self, words: frozenset[str]) -> frozenset[str]:
        return self._sets.setdefault(words, words)


def slots_of(source: str) -> tuple[str, ...]:
    """The lists that a pattern names, without the ``@``, in order.

    Raises:
        ValueError: the pattern cannot be read.

    >>> slots_of("i @missed.past you")
    ('missed.past',)
    """
    return tuple(lexeme[1:] for lexeme in _lexemes(source) if lexeme[0] == "@")


def words_of(source: str) -> frozenset[str]:
    """The words that stand in a pattern itself."""
    return frozenset(lexeme for lexeme in _lexemes(source) if lexeme[0].isalnum())


def _lexemes(source: str) -> list[str]:
    lexemes: list[str] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        match = LEXEMES.match(source, at)
        if match is None:
            raise ValueError(f"cannot read {source[at:].strip()[:20]!r} in the pattern {source!r}")
        lexeme = match.group(1)
        if lexeme[0] == "<" and lexeme not in ("<echo>", "<task>"):
            raise ValueError(f"{lexeme} is not <echo> or <task>")
        lexemes.append(lexeme)
        at = match.end()
    return lexemes


def _singles(wordings: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(wording[0] for wording in wordings if len(wording) == 1)


def _cost(needs: frozenset[str]) -> int:
    """How many texts a set of words will be found in, roughly."""
    return sum(50 if word in FREQUENT else 1 for word in needs)


def _words(words: frozenset[str]) -> Step:
    return lambda reached, scene: (reached & scene.text.mask(words)) << 1


def _other(words: frozenset[str]) -> Step:
    return lambda reached, scene: (reached & scene.text.real & ~scene.text.mask(words)) << 1


def _told(what: str) -> Step:
    return lambda reached, scene: (reached & scene.told[what]) << 1


def _maybe(step: Step) -> Step:
    return lambda reached, scene: reached | step(reached, scene)


def _chain(steps: list[Step]) -> Step:
    return lambda reached, scene: reduce(lambda at, step: step(at, scene), steps, reached)


def _either(steps: list[Step]) -> Step:
    def step(reached: int, scene: Scene) -> int:
        found = 0
        for alternative in steps:
            found |= alternative(reached, scene)
        return found

    return step


def _gap(most: int) -> Step:
    def step(reached: int, scene: Scene) -> int:
        found = reached
        for _ in range(most):
            reached = (reached & scene.text.real) << 1
            found |= reached
        return found

    return step
