"""The coder: one reply and what it answers in, one `Coding` out.

Find evidence by every rule; let the modifiers take from it; let rules absorb what is really theirs;
let the words weigh, against what a rule found and where none finds anything; keep what stands as
evidence and what fell as near misses. Pure and deterministic.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from tutor.coding.clauses import Text, read_text
from tutor.coding.compiler import TOLD, Compiler
from tutor.coding.cues import Cues
from tutor.coding.exemplars import Exemplar, Exemplars
from tutor.coding.lexicon import Slots
from tutor.coding.modifiers import Found, absorb, compile_modifier, modify
from tutor.coding.near import fallen, nearly_like, out_of_place, unique
from tutor.coding.normalize import Normalizer
from tutor.coding.patterns import Hit, Pattern, Scene, longest
from tutor.coding.weighing import Findings, Scales, Weighed, cost_of_length, findings
from tutor.coding.where import Circumstances, CompiledWhere, compile_where, named, told
from tutor.domain.coding import Coding, Context, Evidence, NearMiss
from tutor.domain.problems import Problem
from tutor.domain.rules import Bank, Rule
from tutor.domain.text import Span
from tutor.domain.vocabulary import Code, Level, Misstep
from tutor.errors import ContentError

#: Of the sentences that speak for a code, those count that weigh at most so much less than the one
#: that weighs most (100 to a unit of log-odds).
NEARLY = 50

#: Beside other evidence, a sentence of fewer words than this shows nothing: "Okay."
FEWEST_BESIDE = 2


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its code and circumstances."""

    code: Code
    rule: Rule
    where: CompiledWhere

    @property
    def level(self) -> Level:
        """The level that its evidence is found at; a misstep is there or not."""
        return Level.CLEAR if isinstance(self.code, Misstep) else self.rule.level


class Coder:
    """A rule bank, compiled once, that codes any number of replies."""

    def __init__(self, bank: Bank) -> None:
        """Compile the bank.

        Raises:
            ContentError: a pattern cannot be read, or names a list that does not exist.
        """
        try:
            self._compile(bank)
        except ValueError as error:
            problem = Problem(file="rules", line=0, code="bad-pattern", path="", found=str(error))
            raise ContentError((problem,)) from None

    def _compile(self, bank: Bank) -> None:
        compiler = Compiler(Slots(bank.lexicon))
        self._scales: Scales | None = None
        if bank.weights:
            self._scales = Scales(bank.weights, Cues(bank.lexicon, bank.weights.families))
        self._rules = [
            CompiledRule(code, rule, compile_where(rule.where, compiler))
            for code, rule in bank.rules
        ]
        self._modifiers = [compile_modifier(modifier, compiler) for modifier in bank.modifiers]
        self._patterns: list[tuple[int, Pattern]] = [
            (number, compiler.compile(source))
            for number, compiled in enumerate(self._rules)
            if not compiled.rule.weighed
            for source in (*compiled.rule.phrases, *compiled.rule.patterns)
        ]
        self._weighed: defaultdict[Code, list[tuple[CompiledRule, Pattern]]] = defaultdict(list)
        for compiled in self._rules:
            for source in compiled.rule.patterns if compiled.rule.weighed else ():
                self._weighed[compiled.code].append((compiled, compiler.compile(source)))
        self._normalizer = Normalizer(bank.spelling, compiler.vocabulary)
        self._exemplars = Exemplars(
            tuple(
                Exemplar(self._in_words(source), number, compiled.rule.similarity)
                for number, compiled in enumerate(self._rules)
                for source in compiled.rule.exemplars
            )
        )
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, (_, pattern) in enumerate(self._patterns):
            if pattern.needs is None:
                self._always.append(number)
            for word in pattern.needs or ():
                self._by_word[word].append(number)
        self._read = lru_cache(maxsize=512)(self._read_context)

    def code(self, reply: str, context: Context | None = None) -> Coding:
        """Code one reply as an answer in `context`.

        An empty or wordless reply has an empty coding. Offsets are characters of `reply` as given.
        """
        context = context or Context()
        text = read_text(self._normalizer, reply)
        if not text.size:
            return Coding(reply=reply)
        around = self._circumstances(text, context)
        found, near = self._by_rules(around)
        if self._scales:
            found = self._weigh(self._scales, around, found, near)
        standing = [item.evidence for item in found if item.evidence.stands]
        lost = [fallen(item.evidence) for item in found if not item.evidence.stands]
        return Coding(
            reply=reply,
            evidence=tuple(sorted(standing, key=_place)),
            near_misses=unique([*lost, *near], standing),
        )

    def examine(self, reply: str, context: Context) -> tuple[Circumstances, dict[Code, Findings]]:
        """What weights are learned from: the reply ready for reading, and what the rules say."""
        around = self._circumstances(read_text(self._normalizer, reply), context)
        return around, findings(*self._by_rules(around))

    def _by_rules(self, around: Circumstances) -> tuple[list[Found], list[NearMiss]]:
        found, near = self._find(around)
        return absorb(self._modify(found, around)), near

    def _weigh(
        self, scales: Scales, around: Circumstances, found: list[Found], near: list[NearMiss]
    ) -> list[Found]:
        """What the rules found, without what the words weigh against, and what words alone find.

        Words alone count only for codes of which no rule has found anything, or lost anything: what
        a modifier took from a rule, no weight gives back.
        """
        scene, said = around.reply, findings(found, near)
        weighed = scales.weigh(around, said)
        left = [scales.left(item, weighed[item.evidence.code][0], scene) for item in found]
        length = cost_of_length(len(scene.text.sentences))
        by_rule: defaultdict[Code, int] = defaultdict(int)  # at which positions
        for item in left:
            if item.evidence.stands:
                by_rule[item.evidence.code] |= item.mask
        speaking: list[Weighed] = []
        for code, sentences in weighed.items():
            least, taken = length, by_rule[code]
            if taken:
                least = max(length, sentences[0].sum - NEARLY)
            elif said[code].rules or said[code].taken_back:
                continue
            speaking += [
                one
                for one in sentences
                if one.sum > least and not one.sentence.mask & taken
                if len(one.sentence) >= FEWEST_BESIDE or (one is sentences[0] and not taken)
            ]
        return absorb([*left, *self._by_words(scales, around, left, speaking)])

    def _by_words(
        self, scales: Scales, around: Circumstances, found: list[Found], speaking: list[Weighed]
    ) -> Iterator[Found]:
        """For each code that the words speak for, its sentences whose anchors hold.

        Those are the first, and others that weigh nearly as much; beside what a rule has found they
        are at no higher level. An anchor is what a weighed rule finds in the sentence, and what a
        modifier can take away; the sentence stands as its middle anchor does.
        """
        scene = around.reply
        anchors = [anchor for one in speaking for anchor in self._anchors(one, around)]
        if not anchors:
            return
        modified = self._modify([*found, *anchors], around)[len(found) :]
        sums = {(one.code, one.sentence): one.sum for one in speaking}
        most: dict[Code, float] = {}
        lost: dict[Code, Found] = {}
        for (code, sentence), group in groupby(
            modified, key=lambda item: (item.evidence.code, scene.text.sentence(item.first))
        ):
            held = sorted(group, key=lambda item: -item.evidence.level)
            middle = held[len(held) // 2]
            beside = [item.evidence.level for item in found if item.evidence.code == code]
            at_most = max(beside, default=Level.NOT_YET) or Level.CLEAR
            evidence = replace(
                middle.evidence,
                span=scene.text.span(sentence.first, sentence.last),
                found=min(middle.evidence.found, at_most),
                level=min(middle.evidence.level, at_most),
                said=scales.says(scene, sentence, code),
            )
            item = Found(evidence, middle.rule, sentence.first, sentence.last)
            total = sums[code, sentence]
            if not evidence.stands:
                if not any(beside):
                    lost.setdefault(code, item)
            elif total >= most.setdefault(code, total) - NEARLY:
                yield item
        yield from (item for code, item in lost.items() if code not in most)

    def _anchors(self, weighed: Weighed, around: Circumstances) -> Iterator[Found]:
        """What the weighed rules of its code find in the sentence."""
        for compiled, pattern in self._weighed.get(weighed.code, ()):
            for first, last in pattern.matches(around.reply):
                inside = weighed.sentence.first <= first < weighed.sentence.last
                if inside and compiled.where.holds(around, first):
                    evidence = Evidence(
                        code=weighed.code,
                        span=around.reply.text.span(first, last),
                        rule=compiled.rule.id,
                        found=weighed.level,
                        level=weighed.level,
                    )
                    yield Found(evidence, compiled.rule, first, last)

    def _circumstances(self, text: Text, context: Context) -> Circumstances:
        client, before = self._read(context.client), self._read(context.before)
        nothing = dict.fromkeys(TOLD, 0)
        said = {
            "echo": told(text, client),
            "task": told(text, before),
            "name": named(text, client),
        }
        return Circumstances(
            reply=Scene(text, said),
            client=Scene(client, {**nothing, "task": told(client, before)}),
            before=Scene(before, nothing),
            setting=Scene(self._read(context.setting), nothing),
            rupture=context.rupture,
        )

    def _find(self, around: Circumstances) -> tuple[list[Found], list[NearMiss]]:
        """Everything any rule finds, in the order of the bank, and what only nearly is."""
        hits: list[Hit] = []
        candidates = set(self._always)
        for form in around.reply.text.at:
            candidates.update(self._by_word.get(form, ()))
        for number in candidates:
            rule, pattern = self._patterns[number]
            for first, last in pattern.matches(around.reply):
                hits.append((rule, first, around.reply.text.rounded(last), 100.0))
        near: list[NearMiss] = []
        for like in self._exemplars.like(around.reply.text):
            rule, stretch = like.exemplar.rule, like.stretch
            if like.similarity >= like.exemplar.similarity:
                hits.append((rule, stretch.first, stretch.last, like.similarity))
            else:
                compiled, span = (
                    self._rules[rule],
                    around.reply.text.span(stretch.first, stretch.last),
                )
                near.append(nearly_like(compiled.code, compiled.rule, span))
        found: list[Found] = []
        for rule, first, last, similarity in longest(hits):
            compiled, span = self._rules[rule], around.reply.text.span(first, last)
            if compiled.where.holds(around, first):
                evidence = Evidence(
                    code=compiled.code,
                    span=span,
                    rule=compiled.rule.id,
                    found=compiled.level,
                    level=compiled.level,
                    similarity=similarity,
                )
                found.append(Found(evidence, compiled.rule, first, last))
            else:
                near.append(out_of_place(compiled.code, compiled.rule, span))
        return found, near

    def _modify(self, found: list[Found], around: Circumstances) -> list[Found]:
        """Modifiers in their order; those that wait for a misstep after the others."""
        scene = around.reply
        for modifier in sorted(self._modifiers, key=lambda m: bool(m.modifier.only_with)):
            if not any(item.evidence.code in modifier.modifier.touches for item in found):
                continue
            cues = [cue for cue in modifier.cues_in(scene) if modifier.where.holds(around, cue[0])]
            found = modify(found, modifier, cues, scene)
        return found

    def _read_context(self, text: str) -> Text:
        return read_text(self._normalizer, text)

    def _in_words(self, source: str) -> str:
        text = read_text(self._normalizer, source)
        return " ".join(text.words(sentence) for sentence in text.sentences)


def _place(evidence: Evidence) -> tuple[Span, str, str]:
    return (evidence.span, evidence.code.value, evidence.rule)
