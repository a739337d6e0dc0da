"""Weighing: what the words and the rules together say of each code.

A sum for each code: where it starts, what the rules found, whether anything is strained, the cues
of the whole reply and its setting, and the cues of the sentence that speaks for the code most
(`domain/weights.py`). Above 0 the code is there; far below, not even what a rule has found stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import log2, sqrt

from tutor.coding.clauses import Stretch
from tutor.coding.cues import Cues
from tutor.coding.modifiers import Found
from tutor.coding.near import outweighed
from tutor.coding.patterns import FREQUENT, Scene
from tutor.coding.where import Circumstances
from tutor.domain.coding import NearMiss, Shortfall
from tutor.domain.vocabulary import CODES, Code, Level, Misstep
from tutor.domain.weights import Row, Weights

#: Added to the number of cues before its root is taken, so that few words do not weigh too much.
DAMPING = 4

#: A reply of more sentences than these gives words more chances to be found by accident: each
#: doubling costs one unit of log-odds.
FEW_SENTENCES = 4

#: Signs of cues that are no words of the reply.
NO_WORDS = frozenset("@~<^$?_:")

#: Of the cues that speak for a code, so many are told.
TOLD_CUES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the rules left of one code: how many of them, whether clear, and what fell."""

    rules: int = 0
    clear: bool = False
    taken_back: bool = False
    nearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One sentence and the sum for a code with it (100 to a unit of log-odds)."""

    code: Code
    sentence: Stretch
    sum: float
    level: Level


class Scales:
    """Weighs replies with one set of weights."""

    def __init__(self, weights: Weights, cues: Cues) -> None:
        self._weights = weights
        self._cues = cues

    def weigh(
        self, around: Circumstances, findings: Mapping[Code, Findings]
    ) -> dict[Code, list[Weighed]]:
        """For each code the sentences of a reply that has any, the weightiest first."""
        sentences = around.reply.text.sentences
        cues = [self._cues.of(around.reply, sentence) for sentence in sentences]
        whole = _weights(set().union(*cues, self._cues.about(around)), self._weights.reply)
        parts = [_weights(said, self._weights.sentence) for said in cues]
        return {
            code: [
                Weighed(code=code, sentence=sentence, sum=total, level=self._level(code, total))
                for total, sentence in sorted(
                    ((before + part[number], s) for part, s in zip(parts, sentences, strict=True)),
                    key=lambda pair: (-pair[0], pair[1].first),
                )
            ]
            for number, code in enumerate(CODES)
            for before in [
                self._beside_words(code, findings[code], around.unstrained) + whole[number]
            ]
        }

    def left(self, item: Found, most: Weighed, scene: Scene) -> Found:
        """What is left of a rule's finding, by the sentence that weighs most for its code."""
        below, evidence = self._weights.codes[most.code].falls_below, item.evidence
        at_most = Level.NOT_YET if below is not None and most.sum < below else most.level
        if evidence.level <= at_most:
            return item
        why = outweighed(self.says(scene, most.sentence, most.code, against=True), at_most)
        return replace(item, evidence=evidence.changed("words", why, at_most))

    def _level(self, code: Code, total: float) -> Level:
        clear = isinstance(code, Misstep) or total >= self._weights.codes[code].clear_from
        return Level.CLEAR if clear else Level.EMERGING

    def says(
        self, scene: Scene, sentence: Stretch, code: Code, *, against: bool = False
    ) -> tuple[str, ...]:
        """The words of the sentence that speak for the code most, several in a row before one.

        With `against`, those that speak against it.
        """
        number, sign = CODES.index(code), -1 if against else 1
        weights = self._weights.sentence
        rated = sorted(
            (" " not in cue, -sign * weights[cue][number], cue)
            for cue in self._cues.of(scene, sentence)
            if cue in weights and sign * weights[cue][number] > 0
            if not set(cue) & NO_WORDS and not set(cue.split()) <= FREQUENT
        )
        told: list[str] = []
        for *_, cue in rated:
            if not any(f" {cue} " in f" {other} " or f" {other} " in f" {cue} " for other in told):
                told.append(cue)
        return tuple(told[:TOLD_CUES])

    def _beside_words(self, code: Code, findings: Findings, unstrained: bool) -> int:
        weights = self._weights.codes[code]
        return weights.start + sum(
            weight
            for weight, holds in (
                (weights.found, findings.rules > 0),
                (weights.clear, findings.clear),
                (weights.agreed, findings.rules > 1),
                (weights.taken_back, findings.taken_back),
                (weights.nearly, findings.nearly),
                (weights.unstrained, unstrained),
            )
            if holds
        )


def cost_of_length(sentences: int) -> float:
    """What words alone must weigh more in a reply of so many sentences."""
    return 100 * log2(max(1.0, sentences / FEW_SENTENCES))


def _weights(cues: set[str], weights: Mapping[str, Row]) -> list[float]:
    """What those of the cues weigh for each code that are known, damped by the number of all."""
    rows = [weights[cue] for cue in cues if cue in weights]
    if not rows:
        return [0.0] * len(CODES)
    return [sum(column) / sqrt(len(cues) + DAMPING) for column in zip(*rows, strict=True)]


def findings(found: Iterable[Found], near: Iterable[NearMiss]) -> dict[Code, Findings]:
    """What the rules say of each code, of their evidence after the modifiers and what came near."""
    standing = [item.evidence for item in found if item.evidence.stands]
    fallen = {item.evidence.code for item in found if not item.evidence.stands}
    close = {miss.code for miss in near if miss.shortfall is not Shortfall.SUPPRESSED}
    return {
        code: Findings(
            rules=len({e.rule for e in standing if e.code == code}),
            clear=any(e.code == code and e.level == Level.CLEAR for e in standing),
            taken_back=code in fallen,
            nearly=code in close,
        )
        for code in CODES
    }
