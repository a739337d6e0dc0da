"""What the coder is measured against: one plain comparison, and a bank ten times as large."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz, process

from tutor.coding.clauses import read_text
from tutor.coding.coder import Coder
from tutor.coding.compiler import lexemes_of
from tutor.coding.exemplars import FEWEST_WORDS, _stretches
from tutor.coding.patterns import FREQUENT
from tutor.domain.rules import Bank, Lexicon, Rule

#: Of the content words of a copied rule so many stay words that replies really use: a vocabulary
#: grows about as the square root of the text it is taken from (Heaps' law), so in a bank ten
#: times as large about a third of the words are known from the small one.
SHARE_KNOWN = 1 / 3

CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwz", "aeiou"
WORD = re.compile(r"[a-z][a-z']*")


def plain_comparison(coder: Coder, reply: str) -> Callable[[], object]:
    """One unfiltered comparison, on one core, of the stretches of `reply` with every exemplar."""
    text = read_text(coder._normalizer, reply)
    stretches = [s for s in _stretches(text) if len(s) >= FEWEST_WORDS]
    clauses = [text.words(stretch) for stretch in stretches]
    exemplars = [exemplar.words for exemplar in coder._exemplars.exemplars]
    return lambda: process.cdist(clauses, exemplars, scorer=fuzz.ratio)


def grown(bank: Bank, times: int) -> Bank:
    """A bank `times` as large: each rule with copies in which every content word is another one.

    The copies share their frequent words with the rules they are made from, name word lists of
    their own, and have no examples of their own. The same bank grows in the same way each time.
    """
    copies = [_Copy(bank, number) for number in range(1, times)]
    lists, verbs = dict(bank.lexicon.lists), dict(bank.lexicon.verbs)
    for copy in copies:
        lists |= {copy.name(name): copy.list(words) for name, words in bank.lexicon.lists.items()}
        verbs |= {copy.name(name): copy.verbs(words) for name, words in bank.lexicon.verbs.items()}
    return replace(
        bank,
        files=tuple(
            replace(f, rules=(*f.rules, *(copy.rule(rule) for copy in copies for rule in f.rules)))
            for f in bank.files
        ),
        lexicon=Lexicon(schema_version=bank.lexicon.schema_version, lists=lists, verbs=verbs),
    )


class _Copy:
    """One copy of a bank: the words it says in place of the bank's own."""

    def __init__(self, bank: Bank, number: int) -> None:
        self._suffix = "_" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
        self._random = random.Random(number)  # noqa: S311
        self._vocabulary = sorted(_content_words(bank))
        self._words: dict[str, str] = {}

    def name(self, name: str) -> str:
        """The name of this copy's own word list."""
        return name + self._suffix

    def list(self, entries: tuple[str, ...]) -> tuple[str, ...]:
        """A word list in other words; a list within it becomes this copy's own."""
        return tuple(self.name(e) if e.startswith("@") else self._text(e) for e in entries)

    def verbs(self, entries: tuple[str, ...]) -> tuple[str, ...]:
        """A list of other verbs, all of them regular."""
        return tuple(self._text(entry.split()[0]) + _particle(entry) for entry in entries)

    def rule(self, rule: Rule) -> Rule:
        """The rule in other words."""
        return replace(
            rule,
            id=rule.id + self._suffix,
            phrases=tuple(map(self._pattern, rule.phrases)),
            patterns=tuple(map(self._pattern, rule.patterns)),
            exemplars=tuple(map(self._text, rule.exemplars)),
        )

    def _pattern(self, source: str) -> str:
        """A pattern with other words; one that has none of its own names this copy's lists."""
        lexemes = lexemes_of(source)
        others = [self._text(lexeme) if lexeme[0].isalnum() else lexeme for lexeme in lexemes]
        if others == lexemes:
            others = [self._slot(lexeme) if lexeme[0] == "@" else lexeme for lexeme in lexemes]
        if others == lexemes:
            others.append(self._word(source))
        return " ".join(others)

    def _slot(self, lexeme: str) -> str:
        name, dot, tense = lexeme[1:].partition(".")
        return f"@{self.name(name)}{dot}{tense}"

    def _text(self, text: str) -> str:
        return WORD.sub(lambda match: self._word(match.group()), text.casefold())

    def _word(self, word: str) -> str:
        """Always the same word in place of `word`; frequent words stay."""
        if word in FREQUENT:
            return word
        if word not in self._words:
            known = self._random.random() < SHARE_KNOWN
            self._words[word] = (
                self._random.choice(self._vocabulary) if known else self._invented(len(word))
            )
        return self._words[word]

    def _invented(self, size: int) -> str:
        letters = (CONSONANTS, VOWELS)
        return "".join(self._random.choice(letters[i % 2]) for i in range(max(size, 3)))


def _particle(entry: str) -> str:
    _, plus, particle = entry.partition("+")
    return f" {plus}{particle}" if plus else ""


def _content_words(bank: Bank) -> set[str]:
    """The words that the rules and lists of a bank speak of, without the frequent ones."""
    texts = [
        *(text for _, rule in bank.rules for text in (*rule.phrases, *rule.exemplars)),
        *(text for words in bank.lexicon.lists.values() for text in words if text[0] != "@"),
        *(text for verbs in bank.lexicon.verbs.values() for text in verbs),
    ]
    words = {word for text in texts for word in WORD.findall(text.casefold())}
    for _, rule in bank.rules:
        for source in rule.patterns:
            words.update(lexeme for lexeme in lexemes_of(source) if WORD.fullmatch(lexeme))
    return words - FREQUENT
