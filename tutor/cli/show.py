"""A coded reply, written for a person at a terminal."""

import unicodedata
from collections.abc import Iterator
from itertools import starmap

from tutor.domain.coding import Coding, Evidence
from tutor.domain.text import Span
from tutor.domain.vocabulary import Code, Level, Move

#: Control and format characters that are part of ordinary writing: joiners hold emoji together.
PLAIN = "\n\t\u200c\u200d"


def printable(text: str) -> str:
    r"""`text` with control characters, which could command a terminal, shown as escapes.

    >>> printable("a\x1b[2J")
    'a\\x1b[2J'
    """
    return "".join(repr(c)[1:-1] if _commands(c) else c for c in text)


def _commands(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cf", "Cs") and character not in PLAIN


def marked(coding: Coding) -> str:
    """The reply with each stretch of evidence in brackets: ``[own 2: I rushed you]``.

    A stretch inside another is bracketed inside it; one that would cross a longer one is left out.
    """
    labels: dict[Span, dict[Code, Level]] = {}
    for found in coding.evidence:
        here = labels.setdefault(found.span, {})
        here[found.code] = max(found.level, here.get(found.code, found.level))
    nested: list[Span] = []
    for span in sorted(labels, key=lambda s: (-len(s), s.start)):
        if all(not s.overlaps(span) or s.contains(span) for s in nested):
            nested.append(span)
    opened = {span.start: "" for span in nested}
    closed = {span.end: "" for span in nested}
    for span in nested:  # longest first, so that an outer bracket opens before an inner one
        opened[span.start] += f"[{', '.join(starmap(_label, labels[span].items()))}: "
        closed[span.end] += "]"
    return "".join(
        closed.get(i, "") + opened.get(i, "") + printable(coding.reply[i : i + 1])
        for i in range(len(coding.reply) + 1)
    )


def _label(code: Code, level: Level) -> str:
    return f"{code} {level:d}" if isinstance(code, Move) else f"{code}"


def report(coding: Coding) -> Iterator[str]:
    """The marked reply, the levels, the evidence and the near misses, line by line."""
    yield marked(coding)
    yield ""
    for move, level in coding.moves.items():
        yield f"{move:<15}{level:d}  {level.name.lower().replace('_', ' ')}"
    for misstep in coding.missteps:
        yield f"{misstep:<15}misstep"
    if not coding.evidence:
        yield "No move and no misstep found."
    else:
        yield from ("", "Evidence")
        for found in coding.evidence:
            yield from _evidence(coding, found)
    if coding.near_misses:
        yield from ("", "Nearly")
        for miss in coding.near_misses:
            quoted = printable(miss.span.of(coding.reply))
            yield f"  {miss.code:<15}{miss.rule}  “{quoted}”: {printable(miss.why)}"


def _evidence(coding: Coding, found: Evidence) -> Iterator[str]:
    where = f"{found.span.start}-{found.span.end}"
    similarity = "" if found.similarity == 100 else f", similarity {found.similarity:.0f}"
    quoted = printable(found.span.of(coding.reply))
    yield f"  {found.code:<15}{found.rule}  {where}{similarity}  “{quoted}”"
    if found.said:
        yield f"  {'':<15}by its words, most of all {', '.join(found.said)}"
    for change in found.changes:
        why = printable(change.why)
        yield f"  {'':<15}{change.modifier}: {change.before:d} to {change.after:d}, {why}"
