"""What each rule does for the agreement with coded replies, and where to read next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TypeVar

from tutor.cli.gold import Gold
from tutor.coding.coder import Coder
from tutor.domain.coding import Coding, Evidence
from tutor.domain.vocabulary import CODES, Code

Pair = TypeVar("Pair", bound=tuple[str, str])

#: How many rows of each list are shown.
SHOWN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigures:
    """One rule over all replies, each counted once.

    `hits` are the replies in which it leaves evidence, `right` those in which the code is there,
    `alone` those of the right ones in which no other rule of the code finds anything. `shadow` is
    another rule that finds all of `right` too, and more. What raters differed on is in none.
    """

    rule: str
    code: str
    hits: int
    right: int
    wrong: int
    alone: int
    shadow: str

    @property
    def harmful(self) -> bool:
        """Whether it is wrong more often than it alone is right."""
        return self.wrong > self.alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two rules that read the same words, so many times, of which only the one is right."""

    right: str
    wrong: str
    replies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """A code that was missed in replies that were given another one instead."""

    missed: str
    given: str
    replies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """A reply that the coder reads otherwise than its raters."""

    id: str
    line: int
    missed: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The whole, each list with what matters most first."""

    replies: int
    rules: tuple[RuleFigures, ...]
    conflicts: tuple[Conflict, ...]
    confusions: tuple[Confusion, ...]
    read_next: tuple[Unlike, ...]

    def as_json(self) -> dict[str, object]:
        """Plain data, with what harms marked."""
        harmful = [rule.rule for rule in self.rules if rule.harmful]
        return asdict(self) | {"harmful": harmful}


def audit(coder: Coder, names: Iterable[tuple[str, Code]], gold: tuple[Gold, ...]) -> Audit:
    """Compare the coder with the coded replies, rule by rule.

    `names` are the id and the code of each rule of the coder's bank, in its order.
    """
    right: defaultdict[str, set[int]] = defaultdict(set)
    wrong: defaultdict[str, set[int]] = defaultdict(set)
    finders: defaultdict[tuple[int, Code], set[str]] = defaultdict(set)
    conflicts: Counter[tuple[str, str]] = Counter()
    confusions: Counter[tuple[str, str]] = Counter()
    unlike: list[Unlike] = []
    for number, reply in enumerate(gold):
        coding = coder.code(reply.request.reply, reply.request.context)
        for found in coding.evidence:
            if found.code in reply.contested:
                continue
            (right if found.code in reply.present else wrong)[found.rule].add(number)
            finders[number, found.code].add(found.rule)
        conflicts.update(set(_conflicts(coding, reply)))
        missed, given = _unlike(coding, reply)
        confusions.update((m.value, g.value) for m in missed for g in given)
        if missed or given:
            unlike.append(
                Unlike(
                    id=str(reply.request.id),
                    line=reply.request.line,
                    missed=tuple(code.value for code in missed),
                    given=tuple(code.value for code in given),
                )
            )
    rules = [
        RuleFigures(
            rule=name,
            code=code.value,
            hits=len(right[name]) + len(wrong[name]),
            right=len(right[name]),
            wrong=len(wrong[name]),
            alone=sum(len(finders[number, code]) == 1 for number in right[name]),
            shadow=_shadow(name, code, right, finders),
        )
        for name, code in names
    ]
    return Audit(
        replies=len(gold),
        rules=tuple(sorted(rules, key=lambda r: (r.alone - r.wrong, r.rule))),
        conflicts=tuple(
            Conflict(right=pair[0], wrong=pair[1], replies=n) for pair, n in _most(conflicts)
        ),
        confusions=tuple(
            Confusion(missed=pair[0], given=pair[1], replies=n) for pair, n in _most(confusions)
        ),
        read_next=tuple(sorted(unlike, key=lambda u: (-len(u.missed) - len(u.given), u.line))),
    )


def _conflicts(coding: Coding, reply: Gold) -> Iterator[tuple[str, str]]:
    """The rules of overlapping evidence of two codes, of which one is there and the other not."""
    there = [e for e in coding.evidence if e.code in reply.present]
    for good in there:
        for bad in coding.evidence:
            absent = bad.code not in reply.present and bad.code not in reply.contested
            if absent and _overlap(good, bad):
                yield good.rule, bad.rule


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.span.overlaps(other.span)


def _unlike(coding: Coding, reply: Gold) -> tuple[list[Code], list[Code]]:
    """The codes that the coder misses, and those that it gives and the raters do not."""
    coded = {found.code for found in coding.evidence}
    settled = [code for code in CODES if code not in reply.contested]
    return (
        [code for code in settled if code in reply.present and code not in coded],
        [code for code in settled if code not in reply.present and code in coded],
    )


def _shadow(
    name: str,
    code: Code,
    right: dict[str, set[int]],
    finders: dict[tuple[int, Code], set[str]],
) -> str:
    """A rule of the same code that is right wherever this one is, and elsewhere too; or nothing."""
    places = right[name]
    if not places:
        return ""
    common = set.intersection(*(finders[number, code] for number in places)) - {name}
    return min((other for other in common if len(right[other]) > len(places)), default="")


def _most(counted: Counter[Pair]) -> list[tuple[Pair, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def told(found: Audit) -> Iterator[str]:
    """The audit for a person, line by line; the longer lists are cut to what matters most."""
    yield f"{found.replies} coded replies, {len(found.rules)} rules"
    yield ""
    yield f"{'rule':<34}{'hits':>5}{'right':>6}{'wrong':>6}{'alone':>6}"
    for rule in found.rules:
        remarks = [
            "more harm than good" if rule.harmful else "",
            f"shadowed by {rule.shadow}" if rule.shadow else "",
            "" if rule.hits else "finds nothing here",
        ]
        remark = "; ".join(filter(None, remarks))
        row = f"{rule.rule:<34}{rule.hits:>5}{rule.right:>6}{rule.wrong:>6}{rule.alone:>6}"
        yield f"{row}  {remark}".rstrip()
    yield from ("", "The same words read by two rules, of which only the first is right")
    for conflict in found.conflicts[:SHOWN]:
        yield f"{conflict.replies:>5}  {conflict.right}, {conflict.wrong}"
    yield from ("", "Missed, and something else given")
    for confusion in found.confusions[:SHOWN]:
        yield f"{confusion.replies:>5}  {confusion.missed} missed, {confusion.given} given"
    yield from ("", "Most worth reading next")
    for unlike in found.read_next[:SHOWN]:
        missed = f"misses {', '.join(unlike.missed)}" if unlike.missed else ""
        given = f"gives {', '.join(unlike.given)}" if unlike.given else ""
        yield f"  {unlike.id} (line {unlike.line}): {'; '.join(filter(None, (missed, given)))}"
