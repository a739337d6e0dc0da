"""Cues: what a sentence says, broken down into words, pairs and triples, and kinds of words.

A cue is a string: words in a row (``my clock``), two words with one between (``i _ you``), a word
list of the bank (``@hurry``), a family of words used alike (``~rush``). ``^`` is the beginning of a
sentence, ``$`` its end and ``?`` the end of a question; ``<echo>``, ``<task>`` and ``<name>`` stand
for the client's words, those of the counselor's last line, and names. Beside its sentences a reply
has what it answers: ``setting:couple``, ``rupture:mixed``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from tutor.coding.clauses import Stretch
from tutor.coding.compiler import TOLD
from tutor.coding.lexicon import Slots
from tutor.coding.patterns import Scene
from tutor.coding.where import Circumstances
from tutor.domain.rules import Lexicon

#: A shorter list is better said by its words.
SHORTEST_LIST = 6

#: A sentence's words beyond this are not read for cues: nobody says so many in one.
LONGEST_SENTENCE = 120


class Cues:
    """Reads the cues of sentences, with the word lists of a bank and families of words."""

    def __init__(self, lexicon: Lexicon, families: Mapping[str, str]) -> None:
        self._families = families
        lists: defaultdict[str, set[str]] = defaultdict(set)
        slots = Slots(lexicon)
        for name in (*lexicon.lists, *lexicon.verbs):
            words = {wording[0] for wording in slots.wordings(name) if len(wording) == 1}
            for word in words if len(words) >= SHORTEST_LIST else ():
                lists[word].add(f"@{name}")
        self._lists = dict(lists)

    def of(self, scene: Scene, sentence: Stretch) -> set[str]:
        """The cues of one sentence of the scene's text."""
        return set(self._each(scene, sentence))

    @staticmethod
    def about(around: Circumstances) -> set[str]:
        """The cues of what the reply answers; none where nothing is known of it."""
        setting = {f"setting:{form}" for form in around.setting.text.at}
        return setting | ({f"rupture:{around.rupture}"} if around.rupture else set())

    def _each(self, scene: Scene, sentence: Stretch) -> Iterator[str]:
        said: list[tuple[str, ...]] = []
        last = min(sentence.last, sentence.first + LONGEST_SENTENCE)
        for position in range(sentence.first, last):
            token = scene.text.tokens[position]
            if token is None:
                continue
            for form in token.forms:
                yield from self._lists.get(form, ())
                if form in self._families:
                    yield f"~{self._families[form]}"
            told = next((f"<{kind}>" for kind in TOLD if scene.told[kind] >> position & 1), None)
            said.append((told,) if told else tuple(token.forms))
        for forms in said:
            yield from forms
        row = [("^",), *said, ("?" if sentence.question else "$",)]
        for pair in pairwise(row):
            yield from map(" ".join, product(*pair))
        for one, two, three in zip(row, row[1:], row[2:], strict=False):
            yield from map(" ".join, product(one, two, three))
            yield from (f"{first} _ {last}" for first, last in product(one, three))
