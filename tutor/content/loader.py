"""The content folder, read and validated into domain types.

rules/<code>.yaml                   every rule of one code
lexicon/*.yaml                      word lists, merged
lexicon/spelling.yaml               misspellings that are always corrected
lexicon/common_words.txt            words that never are
modifiers.yaml, rubric.yaml
weights/codes.yaml, *.csv           what words weigh; the folder may be missing
lexicon/families.txt                words used alike, a family a line
agreement.yaml, trust.yaml          how far the coder can be trusted; both may be missing
drill.yaml, quiz.yaml, checkin.yaml exercises; each may be missing
scenarios/<rupture>/<id>.yaml       one scenario each
demos/<id>.yaml                     one demonstration each; the folder may be missing
"""

from collections.abc import Iterable
from pathlib import Path

from tutor.content.loaded import Loaded, shown
from tutor.content.reading import (
    AGREEMENT,
    CHECKIN,
    DEMOS,
    DRILL,
    MODIFIERS,
    QUIZ,
    SCENARIOS,
    SCHEMA_VERSION,
    TRUST,
    Reading,
)
from tutor.domain.exercise import CheckInFile, QuestionFile, SightingFile
from tutor.domain.library import Library
from tutor.domain.rubric import Rubric
from tutor.domain.rules import Bank, Lexicon, ModifierFile
from tutor.domain.scenario import Scenario
from tutor.domain.trust import Agreement, Trust
from tutor.domain.vocabulary import CODES, Rupture
from tutor.errors import ContentError

NO_RUBRIC = Rubric(
    schema_version=SCHEMA_VERSION, criteria=(), cautions=(), headlines=(), when_all_is_there=""
)


def library(data: Path) -> Library:
    """The content of the folder `data`, without the scenarios that have problems.

    Raises:
        ContentError: the rule bank, the rubric or the folder itself has problems; it carries all.
    """
    loaded = load(data)
    if loaded.blocking:
        raise ContentError(loaded.problems)
    return loaded.library


def load(data: Path) -> Loaded:
    """Read everything in the folder `data` and collect every problem; nothing is raised."""
    reading = Reading(data)
    rule_files = tuple(reading.rule_files())
    lexica, spelling = tuple(reading.lexica()), reading.spelling()
    modifiers = reading.one(MODIFIERS, ModifierFile)
    rules_version, weights = reading.version, reading.weights()
    rubric = reading.rubric()
    agreement, trust = reading.optional(AGREEMENT, Agreement), reading.optional(TRUST, Trust)
    drill, quiz = reading.optional(DRILL, SightingFile), reading.optional(QUIZ, QuestionFile)
    checkins = reading.optional(CHECKIN, CheckInFile)
    scenarios = tuple(reading.scenarios())
    demos = tuple(reading.demos())
    problems = tuple(sorted(reading.problems))
    spared = tuple(shown(data, name) for name in (DRILL, QUIZ, CHECKIN))
    spared += (shown(data, DEMOS) + "/",)
    if scenarios:
        spared += (shown(data, SCENARIOS) + "/",)
    bank = Bank(
        files=tuple(sorted((f for _, f in rule_files), key=lambda f: CODES.index(f.code))),
        modifiers=modifiers.modifiers if modifiers else (),
        lexicon=_merged(lexicon for _, lexicon in lexica),
        spelling=spelling,
        weights=weights,
        rules_version=rules_version,
        version=reading.version,
    )
    return Loaded(
        data=data,
        library=Library(
            bank=bank,
            rubric=rubric or NO_RUBRIC,
            scenarios=tuple(sorted((s for _, s in scenarios), key=_place)),
            agreement=agreement,
            trust=trust,
            drill=drill.items if drill else (),
            quiz=quiz.items if quiz else (),
            checkins=checkins.items if checkins else (),
            demos=tuple(demo for _, demo in demos),
        ),
        problems=problems,
        blocking=tuple(p for p in problems if not p.file.startswith(spared)),
        lines=reading.lines,
        rule_files=rule_files,
        lexica=lexica,
        scenarios=scenarios,
        demos=demos,
    )


def _merged(lexica: Iterable[Lexicon]) -> Lexicon:
    lists: dict[str, tuple[str, ...]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    for lexicon in lexica:
        lists |= lexicon.lists
        verbs |= lexicon.verbs
    return Lexicon(schema_version=SCHEMA_VERSION, lists=lists, verbs=verbs)


def _place(scenario: Scenario) -> tuple[int, int, str]:
    return list(Rupture).index(scenario.rupture), scenario.difficulty, scenario.id
