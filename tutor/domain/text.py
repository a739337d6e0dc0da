"""Spans of characters in a reply exactly as it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end`; 0-based offsets into the reply as typed.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    >>> Span(0, 4).overlaps(Span(4, 6))
    False

    Raises:
        ValueError: a span that is negative or empty.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def joined(self, other: "Span") -> "Span":
        """The least span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, without those that overlap a longer one already taken.

    >>> disjoint([Span(0, 3), Span(2, 9), Span(10, 12)])
    (Span(start=2, end=9), Span(start=10, end=12))
    """
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (-len(s), s.start)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
    return tuple(sorted(taken))


def quotations(words: tuple[str, ...]) -> str:
    """One word or more, quoted, as they are listed in a sentence.

    >>> quotations(("my clock", "not", "yours"))
    '“my clock”, “not” and “yours”'
    """
    *others, last = (f"“{word}”" for word in words)
    return f"{', '.join(others)} and {last}" if others else last
