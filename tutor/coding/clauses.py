"""A reply as positions: tokens, clauses and sentences, each a run of bits in one integer.

Position i is the i-th token; after each sentence one empty position stands between it and the next,
so that nothing can match across a sentence unless it says so. Sets of positions are integers, which
makes matching a pattern a handful of shifts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tutor.coding.normalize import Normalizer, Stop, Token
from tutor.domain.text import Span

ENDS_SENTENCE = frozenset(".!?…\n")
ENDS_CLAUSE = frozenset(",;:()[]–—")
BRACKETS = frozenset("()[]")
OPENING_BRACKETS = frozenset("([")
DOUBLE_QUOTES = frozenset('"“”«»')
SINGLE_QUOTES = frozenset("'‘’`")
OPENS_CLAUSE = frozenset(("but", "because", "so", "although", "though", "while", "yet", "unless"))
ASKS = frozenset(("what", "how", "why", "when", "where", "which", "who", "whose"))
OPENERS = frozenset(("so", "and", "but", "well", "okay", "then", "or", "yes", "no", "oh"))
AUXILIARIES = frozenset(
    "is are was were am do does did have has had can could "
    "would will should shall may might".split()
)
SUBJECTS = frozenset("i you we it that this he she they there the your my".split())

#: Words at the end of a clause that are too few to be left out of a quotation.
FEW_WORDS = 3

#: Words before a colon that may still be the name of somebody who speaks.
LONGEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Positions `first` up to, not including, `last`; `question` is set on sentences."""

    first: int
    last: int
    question: bool = False

    @property
    def mask(self) -> int:
        """The stretch as a set of positions."""
        return (1 << self.last) - (1 << self.first)


class Slot:
    """What one place in a pattern may be filled with: wordings, found by their first word."""

    __slots__ = ("by_first",)

    def __init__(self, wordings: Iterable[tuple[str, ...]]) -> None:
        self.by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for wording in wordings:
            self.by_first[wording[0]].append(wording[1:])


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready for matching. All `int`s but `size` are sets of positions.

    `at` gives for a form the positions where it stands; `real` is every token, `starts` the first
    token of each sentence, `gaps` the empty positions after sentences, `quoted` the tokens between
    quotation marks. `speakers` are the one or two words before a colon that opens a sentence, as in
    "Maria: Can I say something?" or "Mei (14): Just stop.".
    """

    tokens: tuple[Token | None, ...]
    sentences: tuple[Stretch, ...]
    clauses: tuple[Stretch, ...]
    at: dict[str, int]
    real: int
    starts: int
    gaps: int
    quoted: int
    speakers: frozenset[str]
    masks: dict[int, int] = field(default_factory=dict, compare=False)
    slots: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False)

    @property
    def size(self) -> int:
        """How many words there are."""
        return self.real.bit_count()

    def mask(self, words: frozenset[str]) -> int:
        """The positions of any of `words`; remembered by the identity of the set."""
        key = id(words)
        found = self.masks.get(key)
        if found is None:
            found = 0
            for form in self.at.keys() & words:
                found |= self.at[form]
            self.masks[key] = found
        return found

    def starts_of(self, slot: Slot) -> tuple[tuple[int, int], ...]:
        """For each length in words, the positions where a wording of that length begins."""
        found = self.slots.get(id(slot))
        if found is None:
            starts: defaultdict[int, int] = defaultdict(int)
            for first in self.at.keys() & slot.by_first.keys():
                for rest in slot.by_first[first]:
                    at = self.at[first]
                    for distance, word in enumerate(rest, start=1):
                        at &= self.at.get(word, 0) >> distance
                        if not at:
                            break
                    starts[len(rest) + 1] |= at
            found = tuple((length, at) for length, at in starts.items() if at)
            self.slots[id(slot)] = found
        return found

    def span(self, first: int, last: int) -> Span:
        """The characters of positions `first` up to, not including, `last`."""
        tokens = [token for token in self.tokens[first:last] if token]
        return Span(tokens[0].span.start, tokens[-1].span.end)

    def sentence(self, position: int) -> Stretch:
        """The sentence in which the position lies."""
        return next(s for s in self.sentences if s.first <= position <= s.last)

    def clause(self, position: int) -> Stretch:
        """The clause in which the position lies, or which ends right before it."""
        if not self.real >> position & 1:
            position -= 1
        return next(c for c in self.clauses if c.first <= position < c.last)

    def rounded(self, last: int) -> int:
        """Where a quotation that ends before `last` is better ended: at a clause's near end."""
        end = self.clause(last - 1).last
        return end if end - last <= FEW_WORDS else last

    def words(self, stretch: Stretch) -> str:
        """The first form of each token, in alphabetical order of forms, joined by blanks."""
        return " ".join(min(t.forms) for t in self.tokens[stretch.first : stretch.last] if t)


def is_question(tokens: list[Token], mark: str) -> bool:
    """Whether a sentence asks: by its mark, or, unmarked, by how it opens."""
    if mark == "?":
        return True
    heads = [token.forms for token in tokens if not token.forms & OPENERS][:2]
    if len(heads) < 2:
        return False
    first, second = heads
    asks, inverted = first & ASKS, first & AUXILIARIES
    return bool((asks and second & AUXILIARIES) or (inverted and second & SUBJECTS))


def read(pieces: Iterable[Token | Stop]) -> Text:
    """The text that tokens and stops make up."""
    tokens: list[Token | None] = []
    sentences: list[Stretch] = []
    clauses: list[Stretch] = []
    at: defaultdict[str, int] = defaultdict(int)
    real = starts = gaps = quoted = 0
    sentence_from = clause_from = 0
    speakers: set[str] = set()
    heading: list[Token] = []
    in_quotes = in_brackets = False

    def end_clause() -> None:
        nonlocal clause_from
        if len(tokens) > clause_from:
            clauses.append(Stretch(clause_from, len(tokens)))
            clause_from = len(tokens)

    def end_sentence(mark: str) -> None:
        nonlocal sentence_from, clause_from, gaps, heading
        end_clause()
        heading = []
        if len(tokens) == sentence_from:
            return
        heads = [token for token in tokens[sentence_from : sentence_from + 5] if token]
        sentences.append(Stretch(sentence_from, len(tokens), is_question(heads, mark)))
        gaps |= 1 << len(tokens)
        tokens.append(None)
        sentence_from = clause_from = len(tokens)

    for piece in pieces:
        if isinstance(piece, Stop):
            if piece.mark in ENDS_SENTENCE:
                end_sentence(piece.mark)
            elif piece.mark in ENDS_CLAUSE:
                if piece.mark == ":" and len(heading) <= LONGEST_NAME:
                    speakers.update(*(token.forms for token in heading))
                if piece.mark in BRACKETS:
                    in_brackets = piece.mark in OPENING_BRACKETS
                end_clause()
            elif piece.mark in DOUBLE_QUOTES or piece.mark in SINGLE_QUOTES:
                end_clause()
                in_quotes = not in_quotes and piece.mark != "’"
            continue
        if piece.forms & OPENS_CLAUSE:
            end_clause()
        bit = 1 << len(tokens)
        real |= bit
        if len(tokens) == sentence_from:
            starts |= bit
        if in_quotes:
            quoted |= bit
        for form in piece.forms:
            at[form] |= bit
        tokens.append(piece)
        if not in_brackets:
            heading.append(piece)
    end_sentence("")
    return Text(
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        clauses=tuple(clauses),
        at=dict(at),
        real=real,
        starts=starts,
        gaps=gaps,
        quoted=quoted,
        speakers=frozenset(speakers),
    )


def read_text(normalizer: Normalizer, text: str) -> Text:
    """Normalize and read in one go."""
    return read(normalizer.pieces(text))
