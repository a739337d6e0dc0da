"""What weights are learned from: coded replies, as cues and as what the rules find in them.

The replies in data/replies, those that are annotated in scenarios and demonstrations, and the
examples of the rules. `scripts/learn.py` does the learning.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from typing import Any
from zlib import crc32

import agreement  # which also makes the product importable

from tutor.coding.coder import Coder
from tutor.coding.cues import Cues
from tutor.coding.weighing import Findings
from tutor.domain.coding import Context
from tutor.domain.library import Library
from tutor.domain.rules import as_example
from tutor.domain.vocabulary import CODES, Code, Level, Misstep, Move, Rupture

#: Read by the authors of the rules: good for words, not for how far the rules can be trusted.
WORDS_FROM = (
    "train.jsonl",
    "dev.jsonl",
    "wider.jsonl",
    "broad.jsonl",
    "slanted.jsonl",
    "ordinary.jsonl",
    "sessions.jsonl",
    "later.jsonl",
)
#: In which every code is about as frequent as in practice, and from which no rule was written:
#: what the rules can be trusted with, and how sums are to be read, is learned from these alone.
TRUST_FROM = ("later.jsonl", "sessions.jsonl")
#: Coded by the raters whose agreement is the measure: how readily they see a code.
RATED = "train.jsonl"

ANNOTATED = 3.0  # what a reply of a scenario or demonstration counts for: it is to be coded so
TAUGHT = 4.0  # what an example of a rule counts for: what is taught is to be credited
WITHOUT_SETTING = 3  # of so many replies, one is learned from as if its setting were not known


@dataclass
class Reply:
    """One coded reply, as cues and as what the rules find in it."""

    row: Mapping[str, Any]
    author: str
    trusted: bool
    rated: bool
    weight: float
    unstrained: bool
    findings: Mapping[Code, Findings]
    about: set[str] = field(default_factory=set)
    sentences: list[set[str]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def level(self, code: Code) -> int:
        return agreement.level(self.row, code)

    def settled(self, code: Code) -> bool:
        return not agreement.contested(self.row, code)

    def levelled(self, code: Code) -> bool:
        return self.settled(code) and not agreement.contested(self.row, f"{code}:level")

    def quoted(self, code: Code, span: tuple[int, int]) -> bool | None:
        """Whether a rater quotes that stretch of the reply for the code, for the most part.

        None where that cannot be known: the raters differed, or the reply came without quotations.
        """
        if not self.settled(code):
            return None
        if self.level(code) and not self.row["evidence"]:
            return True if len(self.spans) == 1 else None
        for quote in self.row["evidence"].get(code, ()):
            start = self.row["reply"].find(quote)
            shared = min(span[1], start + len(quote)) - max(span[0], start)
            if start >= 0 and shared * 2 >= min(span[1] - span[0], len(quote)):
                return True
        return False


def replies(library: Library, words: Mapping[str, str]) -> Iterator[Reply]:
    """Every reply that is learned from."""
    bank = library.bank
    coder, cues = Coder(replace(bank, weights=None)), Cues(bank.lexicon, words)

    def read(row: Mapping[str, Any], name: str, weight: float) -> Reply:
        around, found = coder.examine(row["reply"], context_of(row))
        about = cues.about(around) if crc32(row["reply"].encode()) % WITHOUT_SETTING else set()
        author = f"{name} {row.get('group', '')}"
        reply = Reply(
            row=row,
            author=author,
            trusted=name in TRUST_FROM,
            rated=name == RATED,
            weight=weight,
            unstrained=around.unstrained,
            findings=found,
            about=about,
        )
        scene = around.reply
        for sentence in scene.text.sentences:
            span = scene.text.span(sentence.first, sentence.last)
            reply.sentences.append(cues.of(scene, sentence))
            reply.spans.append((span.start, span.end))
        return reply

    for row in annotated(library):
        yield read(row, "scenarios", ANNOTATED)
    for row in examples(library):
        yield read(row, "rules", TAUGHT)
    for name in WORDS_FROM:
        rows = agreement.read_gold(agreement.REPLIES / name).values()
        for row in [*rows, *chain.from_iterable(map(swapped, rows))]:
            reply = read(row, name, 1.0)
            if reply.sentences:
                yield reply


def context_of(row: Mapping[str, Any]) -> Context:
    return Context(
        before=row["before"],
        client=row["client"],
        setting=row["setting"],
        rupture=Rupture(row["rupture"]) if row["rupture"] else None,
    )


def examples(library: Library) -> Iterator[dict[str, Any]]:
    """The examples of the rules: what counts for its code and what does not; no more is known."""
    for code, rule in library.bank.rules:
        for there, examples in ((True, rule.examples.match), (False, rule.examples.no_match)):
            for example in map(as_example, examples):
                moves = {code: rule.level} if there and isinstance(code, Move) else {}
                missteps = (code,) if there and isinstance(code, Misstep) else ()
                yield {
                    **said_in(example.context, example.reply, moves, missteps),
                    "contested": [other for other in CODES if other is not code],
                }


def annotated(library: Library) -> Iterator[dict[str, Any]]:
    """The replies of scenarios and demonstrations, whose authors say how they are to be coded."""
    for scenario in library.scenarios:
        for number, moment in enumerate(scenario.moments):
            into = scenario.lines_into(moment.id)
            context = scenario.context(
                before="" if number else scenario.before, client=into[0].says if into else ""
            )
            for reply in moment.replies:
                yield said_in(context, reply.text, reply.moves, reply.missteps)
    scenarios = {scenario.id: scenario for scenario in library.scenarios}
    for demo in library.demos:
        # What the client says before it comes of playing, and so of the coding that is learned.
        context = scenarios[demo.scenario].context(before="", client="")
        for beat in demo.beats:
            if beat.moves is not None:
                yield said_in(context, beat.reply, beat.moves, beat.missteps)
            for take in beat.takes:
                yield said_in(context, take.reply, take.moves, take.missteps)


def said_in(
    context: Context, reply: str, moves: Mapping[Move, Level], missteps: Sequence[Misstep]
) -> dict[str, Any]:
    """A coded reply without quotations."""
    return {
        **asdict(context),
        "reply": reply,
        "moves": moves,
        "missteps": missteps,
        "evidence": {},
    }


#: "I rushed you" is taken responsibility, "you rushed me" is not; each teaches the other.
SWAPPED = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "we": "you",
    "you": "I",
    "your": "my",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "you've": "I've",
}


def swapped(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a reply says of the counselor's own part, said of the client: nothing is owned in it."""
    for quote in row["evidence"].get(Move.OWN, ()):
        words = re.findall(r"[\w'’]+|\W+", quote)
        other = [SWAPPED.get(word.casefold().replace("’", "'"), word) for word in words]
        if {"I", "i", "my", "My", "me"} & set(words):
            others = [code.value for code in CODES if code is not Move.OWN]
            nothing = {"moves": {}, "missteps": [], "evidence": {}, "contested": others}
            yield {**row, "reply": "".join(other), "swapped": True} | nothing
