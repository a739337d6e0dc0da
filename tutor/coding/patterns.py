"""Patterns over a text: steps from sets of positions to sets of positions.

A step takes the positions reached so far and gives those reachable through it. Nothing goes back,
so the time for one pattern is its length times a few operations on one integer, whatever the text:
no pattern can run away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce

from tutor.coding.clauses import Slot, SlotIndex, Text

#: Words so frequent that they make a poor key for finding the patterns worth trying.
FREQUENT = frozenset(
    "a about am an and are as at be been but by can could did do does for from get had has have "
    "how i if in is it just like me might more my not now of on or so some that the them there "
    "they this to too up us was we were what when where which who will with would you your "
    "'s".split()
)


#: A rule by its number, the first position and the one after the last, and how like (0-100).
Hit = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with what it answers.

    `told` gives the positions of words of `echo`, `task` and `name`.
    """

    text: Text
    told: dict[str, int]


#: From the positions reached to the positions reachable.
Step = Callable[[int, Scene], int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    `needs` is the choicest set of words of which one must occur, and `slots` are those of `index`,
    by number, of which each must be filled.
    `tail` is the number of further words that belong to a match as far as its clause goes: a gap at
    the end only shows more of what was said, and must not swallow the 'but' that takes it back.
    """

    source: str
    steps: tuple[Step, ...]
    needs: frozenset[str] | None
    index: SlotIndex
    slots: frozenset[int]
    tail: int = 0

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
        filled = scene.text.slots_of(self.index)
        return self.slots <= filled.possible and bool(self.ends(scene.text.real, scene))

    def matches(self, scene: Scene) -> Iterator[tuple[int, int]]:
        """Matches as positions, half-open: leftmost first, each the longest, not overlapping."""
        if not self.occurs(scene):
            return
        start, size = 0, len(scene.text.tokens)
        while start < size:
            bit = 1 << start
            ends = self.ends(bit, scene) if scene.text.real & bit else 0
            last = ends.bit_length() - 1
            if last > start:
                if self.tail:
                    clause_end = scene.text.clause(last - 1).last
                    last = max(last, min(last + self.tail, clause_end))
                yield start, last
                start = last
            else:
                start += 1


def through_slot(slot: Slot) -> Step:
    """Through any wording of the slot."""
    index, number = slot.index, slot.number
    if slot.longer is None:
        return lambda at, scene: (at & scene.text.slots_of(index).single.get(number, 0)) << 1

    def step(reached: int, scene: Scene) -> int:
        filled = scene.text.slots_of(index)
        found = (reached & filled.single.get(number, 0)) << 1
        if number in filled.possible:
            for length, starts in filled.longer(slot):
                found |= (reached & starts) << length
        return found

    return step


def through_other(words: frozenset[str]) -> Step:
    """Through any one word but these."""
    return lambda reached, scene: (reached & scene.text.real & ~scene.text.mask(words)) << 1


def through_told(what: str) -> Step:
    """Through a word of the client (`echo`) or of the line before (`task`), or a `name`."""
    return lambda reached, scene: (reached & scene.told[what]) << 1


def maybe(step: Step) -> Step:
    """Through the step, or not at all."""
    return lambda reached, scene: reached | step(reached, scene)


def chain(steps: list[Step]) -> Step:
    """Through one step after another."""
    return lambda reached, scene: reduce(lambda at, step: step(at, scene), steps, reached)


def either(steps: list[Step]) -> Step:
    """Through any of the steps."""

    def step(reached: int, scene: Scene) -> int:
        found = 0
        for alternative in steps:
            found |= alternative(reached, scene)
        return found

    return step


def through_gap(most: int) -> Step:
    """Through up to `most` words, whatever they are."""

    def step(reached: int, scene: Scene) -> int:
        found = reached
        for _ in range(most):
            reached = (reached & scene.text.real) << 1
            found |= reached
        return found

    return step


def longest(hits: list[Hit]) -> list[Hit]:
    """For each rule its hits without those inside another, in the order of bank and text."""
    kept: list[Hit] = []
    for hit in sorted(set(hits), key=lambda h: (h[0], h[1], -h[2], -h[3])):
        if not (kept and kept[-1][0] == hit[0] and hit[1] < kept[-1][2]):
            kept.append(hit)
    return kept
