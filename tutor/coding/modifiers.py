"""Modifiers: cues that take from, or add to, the evidence in their scope.

In the manner of ConText (Harkema et al. 2009): a cue, a direction, a reach, and words that end it.
Source: codebook, close calls 1-5 (negation and report, whose words, condition, 'but', intent).
"""

from dataclasses import dataclass, replace

from tutor.coding.compiler import Compiler
from tutor.coding.patterns import Pattern, Scene
from tutor.coding.where import CompiledWhere, compile_where
from tutor.domain.coding import Evidence
from tutor.domain.rules import Effect, Modifier, Reach, Rule
from tutor.domain.vocabulary import Level, Misstep


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence on its way through the coder, with the positions `first` to `last` it stands on."""

    evidence: Evidence
    rule: Rule
    first: int
    last: int

    @property
    def mask(self) -> int:
        """Its positions as a set."""
        return (1 << self.last) - (1 << self.first)


@dataclass(frozen=True, slots=True)
class CompiledModifier:
    """A modifier ready to run; the patterns of one modifier are alternatives."""

    modifier: Modifier
    cues: tuple[Pattern, ...]
    stops: tuple[Pattern, ...]
    where: CompiledWhere

    def cues_in(self, scene: Scene) -> list[tuple[int, int]]:
        """Where its cues stand, as positions, in the order of the text."""
        if self.modifier.reach is Reach.QUOTE and not scene.text.quoted:
            return []
        return sorted({match for cue in self.cues for match in cue.matches(scene)})

    def scope(self, scene: Scene, first: int, last: int) -> int:
        """The positions in reach of a cue that stands on `first` up to `last`."""
        text, modifier = scene.text, self.modifier
        sentence = text.sentence(first)
        match modifier.reach:
            case Reach.REPLY:
                return text.real
            case Reach.SENTENCE:
                return sentence.mask
            case Reach.CLAUSE:
                return text.clause(first).mask
            case Reach.QUOTE:
                return sentence.mask & text.quoted
            case Reach.FORWARD:
                end = (sentence if modifier.across_clauses else text.clause(last - 1)).last
                end = min(end, last + modifier.tokens)
                reach = ((1 << end) - 1) & ~((1 << last) - 1)
                return reach & self._before_stop(scene, reach)
            case Reach.BACKWARD:
                begin = (sentence if modifier.across_clauses else text.clause(first)).first
                if modifier.across_clauses and begin == first and first:
                    begin = text.sentence(first - 1).first
                begin = max(begin, first - modifier.tokens)
                return ((1 << first) - 1) & ~((1 << begin) - 1)

    def _before_stop(self, scene: Scene, reach: int) -> int:
        """Every position before the first stop inside `reach`."""
        firsts = [
            first for stop in self.stops for first, _ in stop.matches(scene) if reach >> first & 1
        ]
        return (1 << min(firsts)) - 1 if firsts else -1


def compile_modifier(modifier: Modifier, compiler: Compiler) -> CompiledModifier:
    """The modifier with its patterns compiled.

    Raises:
        ValueError: a pattern cannot be compiled.
    """
    return CompiledModifier(
        modifier=modifier,
        cues=tuple(map(compiler.compile, modifier.cues)),
        stops=tuple(map(compiler.compile, modifier.stops)),
        where=compile_where(modifier.where, compiler),
    )


def level_after(effect: Effect, level: Level) -> Level:
    """The level that an effect leaves; a misstep, present or absent, knows only suppress."""
    match effect:
        case Effect.SUPPRESS:
            return Level.NOT_YET
        case Effect.CAP:
            return min(level, Level.EMERGING)
        case Effect.LOWER:
            return Level(max(level - 1, Level.NOT_YET))
        case Effect.RAISE:
            return Level(min(level + 1, Level.CLEAR)) if level else level


def modify(
    found: list[Found], modifier: CompiledModifier, cues: list[tuple[int, int]], scene: Scene
) -> list[Found]:
    """The evidence after one modifier; the order and number stay as they are.

    A cue that is itself part of the evidence changes nothing, for the rule knew of it, unless the
    modifier says otherwise. A quotation
    changes only evidence that lies wholly inside it; what is said of the whole reply holds for all.
    """
    spec = modifier.modifier
    quoting = spec.reach is Reach.QUOTE
    its_own_too = quoting or spec.inside or spec.reach is Reach.REPLY
    found = list(found)
    # What it may change, once each: looked up here, for a reply can be made of hundreds of cues.
    left = {
        number: (item.mask, after)
        for number, item in enumerate(found)
        if item.evidence.code in spec.touches and spec.id not in item.rule.immune
        if (after := level_after(spec.effect, item.evidence.level)) != item.evidence.level
        if not any(change.modifier == spec.id for change in item.evidence.changes)
    }
    for first, last in cues:
        if not left:
            break
        if spec.only_with and not _misstep_after(found, spec.only_with, last):
            continue
        scope = modifier.scope(scene, first, last)
        cue = (1 << last) - (1 << first)
        reached = [
            number
            for number, (mask, _) in left.items()
            if (not mask & ~scope if quoting else mask & scope) and (its_own_too or not mask & cue)
        ]
        span = scene.text.span(first, last)
        for number in reached:
            _, after = left.pop(number)
            evidence = found[number].evidence.changed(spec.id, spec.why, after, span)
            found[number] = replace(found[number], evidence=evidence)
    return found


def _misstep_after(found: list[Found], missteps: tuple[Misstep, ...], position: int) -> bool:
    return any(
        item.evidence.stands and item.evidence.code in missteps and item.last > position
        for item in found
    )


def absorb(found: list[Found]) -> list[Found]:
    """Evidence under the words of a rule that claims them for its own code is taken away."""
    for number in range(len(found)):
        owner = found[number]  # as it now is: what was itself taken away claims nothing
        if not (owner.rule.absorbs and owner.evidence.stands):
            continue
        why = f"These words are read as {owner.evidence.code.value} here."
        found = [
            Found(
                item.evidence.changed(owner.rule.id, why, Level.NOT_YET, owner.evidence.span),
                item.rule,
                item.first,
                item.last,
            )
            if item.evidence.code in owner.rule.absorbs
            and item.evidence.stands
            and item.mask & owner.mask
            else item
            for item in found
        ]
    return found
