"""A reply as positions: tokens, clauses and sentences, each a run of bits in one integer.

Position i is the i-th token; after each sentence one empty position stands between it and the next,
so that nothing can match across a sentence unless it says so. Sets of positions are integers, which
makes matching a pattern a handful of shifts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product

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

    def __len__(self) -> int:
        """How many positions there are in it."""
        return self.last - self.first


class SlotIndex:
    """Every slot of a bank, by the words that may fill it.

    A text looks its few words up here once, instead of each of thousands of slots in the text.
    """

    def __init__(self) -> None:
        self.by_word: defaultdict[str, list[int]] = defaultdict(list)
        self.by_pair: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._size = 0

    def slot(self, wordings: Iterable[tuple[str, ...]]) -> "Slot":
        """A new slot, which any of `wordings` fills."""
        number, self._size = self._size, self._size + 1
        longer: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for first, *rest in wordings:
            if rest:
                longer[first].append(tuple(rest))
            else:
                self.by_word[first].append(number)
        for first, rests in longer.items():
            for second in {rest[0] for rest in rests}:
                self.by_pair[first, second].append(number)
        return Slot(self, number, dict(longer) or None)


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One place in a pattern, and the wordings of several words for it, by the first of them."""

    index: SlotIndex
    number: int
    longer: Mapping[str, list[tuple[str, ...]]] | None


class Filled:
    """Where the words of one text fill the slots of one index.

    `single` gives, by a slot's number, the positions where one word fills it; `possible` are all
    slots that are filled, or may be: the first two words of a longer wording occur in a row.
    """

    __slots__ = ("_at", "_longer", "possible", "single")

    def __init__(
        self, index: SlotIndex, at: Mapping[str, int], pairs: Iterable[tuple[str, str]]
    ) -> None:
        self._at = at
        self._longer: dict[int, tuple[tuple[int, int], ...]] = {}
        self.single: dict[int, int] = {}
        for word, positions in at.items():
            for number in index.by_word.get(word, ()):
                self.single[number] = self.single.get(number, 0) | positions
        self.possible = set(self.single)
        for pair in pairs:
            self.possible.update(index.by_pair.get(pair, ()))

    def longer(self, slot: Slot) -> tuple[tuple[int, int], ...]:
        """For each length over one, the positions where words that fill the slot begin."""
        found = self._longer.get(slot.number)
        if found is None:
            starts: defaultdict[int, int] = defaultdict(int)
            wordings = slot.longer or {}
            for first in self._at.keys() & wordings.keys():
                for rest in wordings[first]:
                    at = self._at[first]
                    for distance, word in enumerate(rest, start=1):
                        at &= self._at.get(word, 0) >> distance
                        if not at:
                            break
                    starts[len(rest) + 1] |= at
            found = tuple((length, at) for length, at in starts.items() if at)
            self._longer[slot.number] = found
        return found


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
    filled: dict[SlotIndex, Filled] = field(default_factory=dict, compare=False)

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

    def slots_of(self, index: SlotIndex) -> Filled:
        """What the text fills of the slots in `index`; looked up once."""
        found = self.filled.get(index)
        if found is None:
            found = self.filled[index] = Filled(index, self.at, self._pairs())
        return found

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Every two words in a row."""
        for first, second in pairwise(self.tokens):
            if first and second:
                yield from product(first.forms, second.forms)

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
