"""Idioms that no pattern catches, found by likeness to written-out clauses.

Only whole clauses and sentences are compared, and only with exemplars that share their rarer words:
a short reply inside a long exemplar, or "my fault" inside "not my fault", is therefore no match.
"""

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tutor.coding.clauses import Stretch, Text
from tutor.coding.patterns import FREQUENT

#: Clauses with fewer words than this are too little to compare.
FEWEST_WORDS = 3
#: How far under its rule's similarity (0-100) a clause is still told as a near miss.
NEAR = 8


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A clause in normalized words, and the place of its rule in the bank."""

    words: str
    rule: int
    similarity: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stretch of the reply and how like an exemplar it is, 0-100."""

    stretch: Stretch
    exemplar: Exemplar
    similarity: float


class Exemplars:
    """All exemplars of a bank, found by their rarer words."""

    def __init__(self, exemplars: tuple[Exemplar, ...]) -> None:
        self.exemplars = exemplars
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._needed: list[int] = []
        for number, exemplar in enumerate(exemplars):
            rare = set(exemplar.words.split()) - FREQUENT
            self._needed.append(min(2, len(rare)))
            for word in rare:
                self._by_word[word].add(number)

    def like(self, text: Text) -> list[Likeness]:
        """How near each stretch comes to the exemplars it is near to, in the order of the text."""
        stretches = [s for s in _stretches(text) if len(s) >= FEWEST_WORDS]
        if not stretches or not self.exemplars:
            return []
        counts: defaultdict[int, int] = defaultdict(int)
        for form in text.at:
            for number in self._by_word.get(form, ()):
                counts[number] += 1
        chosen = sorted(n for n, count in counts.items() if count >= self._needed[n])
        if not chosen:
            return []
        floor = min(self.exemplars[n].similarity for n in chosen) - NEAR
        choices = {n: self.exemplars[n].words for n in chosen}
        found: list[Likeness] = []
        for stretch in stretches:
            # Not `cdist`: that needs numpy, and for a handful of exemplars gains nothing.
            for _, similarity, number in process.extract(
                text.words(stretch), choices, scorer=fuzz.ratio, score_cutoff=floor, limit=None
            ):
                exemplar = self.exemplars[number]
                if similarity >= exemplar.similarity - NEAR:
                    found.append(Likeness(stretch, exemplar, round(similarity, 1)))
        return found


def _stretches(text: Text) -> list[Stretch]:
    """Sentences and, where they differ, their clauses."""
    whole = {(s.first, s.last) for s in text.sentences}
    return [*text.sentences, *(c for c in text.clauses if (c.first, c.last) not in whole)]
