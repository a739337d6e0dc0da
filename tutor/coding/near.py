"""Near misses: what came close to evidence, or was taken from it, and why it does not count."""

from tutor.domain.coding import Evidence, NearMiss, Shortfall
from tutor.domain.rules import Rule
from tutor.domain.text import Span, quotations
from tutor.domain.vocabulary import Code, Level


def nearly_like(code: Code, rule: Rule, span: Span) -> NearMiss:
    """What resembles an exemplar of `rule`, but not enough."""
    return NearMiss(
        code=code,
        span=span,
        rule=rule.id,
        shortfall=Shortfall.SIMILARITY,
        why=rule.missing or "It comes close to a wording that counts, but not enough.",
    )


def out_of_place(code: Code, rule: Rule, span: Span) -> NearMiss:
    """What `rule` finds in circumstances in which it does not hold."""
    return NearMiss(
        code=code,
        span=span,
        rule=rule.id,
        shortfall=Shortfall.CONTEXT,
        why=rule.missing or "These words would count in another place, not in this one.",
    )


def fallen(evidence: Evidence) -> NearMiss:
    """Evidence of which the modifiers left nothing."""
    return NearMiss(
        code=evidence.code,
        span=evidence.span,
        rule=evidence.rule,
        shortfall=Shortfall.SUPPRESSED,
        why=evidence.changes[-1].why,
    )


def outweighed(against: tuple[str, ...], at_most: Level) -> str:
    """Why what a rule found stands no higher, where the words of the reply weigh against it."""
    if at_most:
        least = f", {quotations(against)} the least" if against else ""
        return f"A rule counts this as clear, but the words of the reply speak for less{least}."
    most = f", {quotations(against)} the most" if against else ""
    return f"A rule finds it here, but the words of the reply weigh against it{most}."


def unique(near: list[NearMiss], standing: list[Evidence]) -> tuple[NearMiss, ...]:
    """Near misses in the order of the text, without those under evidence for the same code."""
    kept = [
        miss
        for miss in dict.fromkeys(near)
        if not any(e.code == miss.code and e.span.overlaps(miss.span) for e in standing)
    ]
    return tuple(sorted(kept, key=lambda m: (m.span, m.code, m.rule)))
