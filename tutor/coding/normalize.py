"""From characters to tokens, keeping for every token where in the reply it stood.

A token carries several *forms* (the word itself, the spelling it probably meant, what a contraction
stands for), so that typos, dialect and informal English cost nothing (codebook, close call 13).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tutor.domain.rules import Spelling
from tutor.domain.text import Span

#: A word with inner apostrophes, or a run of one kind of punctuation. Each branch takes at least
#: one character and none can be matched in two ways, so the time is linear in the text.
PIECES = re.compile(
    r"[^\W_]+(?:['’ʼ`´][^\W_]+)*|[.!?…]+|\n+|[\"“”«»]|(?<!\w)['‘`]|['’](?!\w)|[,;:–—-]+|[()\[\]]"
)
APOSTROPHES = str.maketrans("’ʼ`´", "''''")

#: What the part after the apostrophe may stand for.
CLITICS: dict[str, tuple[str, ...]] = {
    "m": ("am",),
    "re": ("are",),
    "ve": ("have",),
    "ll": ("will",),
    "d": ("would", "had"),
    "s": ("is", "has", "'s"),
}
NEGATED = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}

#: A shorter word is never corrected: too many others are one letter away.
SHORTEST_CORRECTED = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the reply: its forms in lower case, and the characters it stands on.

    `proper` says that it is written like a name: a capital, and no word of the language.
    """

    forms: frozenset[str]
    span: Span
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Punctuation between words: `mark` is its first character."""

    mark: str
    span: Span


class Normalizer:
    """Turns text into tokens and stops. `vocabulary` is every word the rule bank speaks of."""

    def __init__(self, spelling: Spelling, vocabulary: Iterable[str]) -> None:
        self._variants = {word: tuple(text.split()) for word, text in spelling.variants.items()}
        words = frozenset(vocabulary)
        self._common = spelling.common
        self._own = words | frozenset(self._variants)
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= SHORTEST_CORRECTED - 1 and word.isalpha():
                by_letter[word[0]].append(word)
        self._by_letter = dict(by_letter)
        self._words_of = lru_cache(maxsize=4096)(self._look_up)

    def pieces(self, text: str) -> list[Token | Stop]:
        """Tokens and stops in the order of the text; empty for a text without either."""
        found: list[Token | Stop] = []
        for match in PIECES.finditer(text):
            raw, start, end = match.group(), match.start(), match.end()
            if not raw[0].isalnum():
                found.append(Stop(raw[0], Span(start, end)))
                continue
            for forms, head, tail in self._words_of(raw):
                word = raw[head:tail]
                found.append(Token(forms, Span(start + head, start + tail), self._is_proper(word)))
        return found

    def _is_proper(self, word: str) -> bool:
        """Whether it is written "Priya": not "PRIYA", not "priya", and no word that is known."""
        return word.istitle() and word.isalpha() and not self._knows(word.casefold())

    def _knows(self, word: str) -> bool:
        return word in self._own or word in self._common

    def _look_up(self, raw: str) -> tuple[tuple[frozenset[str], int, int], ...]:
        """The tokens that one written word stands for: forms and offsets inside the word."""
        word = unicodedata.normalize("NFKC", raw).casefold().translate(APOSTROPHES)
        size = len(raw)
        if not word.strip("'"):  # apostrophes alone: one of them is a letter in Unicode
            return ((frozenset((word,)), 0, size),)
        if word in self._variants:
            return tuple((frozenset((w,)), 0, size) for w in self._variants[word])
        if "'" not in word:
            return ((self._forms(word), 0, size),)
        if word == "let's":
            return ((frozenset(("let",)), 0, 3), (frozenset(("us",)), 3, size))
        if word == "n't":
            return ((frozenset(("not",)), 0, size),)
        if word.endswith("n't"):
            stem = NEGATED.get(word, word[:-3])
            cut = max(1, size - 3)
            return ((frozenset((stem,)), 0, cut), (frozenset(("not",)), cut, size))
        head, _, tail = word.partition("'")
        cut = min(max(1, len(head)), size - 1)
        forms = frozenset(CLITICS.get(tail, (tail.replace("'", ""), word.replace("'", ""))))
        return ((self._forms(head) if head else forms, 0, cut), (forms, cut, size))

    def _forms(self, word: str) -> frozenset[str]:
        if self._knows(word) or len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return frozenset((word,))
        allowed = 1 if len(word) < 8 else 2
        best = process.extractOne(
            word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed
        )
        return frozenset((word, best[0])) if best else frozenset((word,))
