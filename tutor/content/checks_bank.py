"""Checks of the rule bank: its names, its patterns, and its own examples."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tutor.content.loaded import Loaded
from tutor.content.reading import LEXICON, MODIFIERS, RULES
from tutor.content.validate import closest
from tutor.domain.coding import Coding, Context, Shortfall
from tutor.domain.problems import Problem, Severity
from tutor.domain.rules import Modifier, ModifierExamples, Rule, Where, as_example
from tutor.domain.vocabulary import CODES

#: The coder, as a function of a reply and what it answers.
Code: TypeAlias = Callable[[str, Context], Coding]
#: The names of the lists in a token pattern; ValueError where it cannot be read.
References: TypeAlias = Callable[[str], tuple[str, ...]]

#: A pattern, with its file and path.
Located: TypeAlias = tuple[str, str, str]


def check_bank(loaded: Loaded, references: References) -> Iterator[Problem]:
    """Whether every code has rules, every name is defined once, and every pattern can be read."""
    for code in CODES:
        file = loaded.file(f"{RULES}/{code.value}.yaml")
        if file not in loaded.lines:
            yield loaded.problem(file, "", "missing-file", f"there are no rules for {code.value}")
    yield from _check_names(loaded)
    yield from _check_patterns(loaded, references)
    yield from _check_cycles(loaded)
    yield from _check_shadows(loaded)


def check_examples(loaded: Loaded, code: Code) -> Iterator[Problem]:
    """Whether rules and modifiers do in their own examples what their authors say they do."""
    for file, path, rule in _rules(loaded):
        kinds = (("match", rule.examples.match, True), ("no_match", rule.examples.no_match, False))
        for kind, examples, wanted in kinds:
            for number, given in enumerate(examples):
                example = as_example(given)
                coding = code(example.reply, example.context)
                if any(e.rule == rule.id for e in coding.evidence) is not wanted:
                    place = f"{path}.examples.{kind}[{number}]"
                    yield _failed(loaded, file, place, rule.id, example.reply, wanted)
    for file, path, modifier in _modifiers(loaded):
        pairs = modifier.examples or ModifierExamples()
        for kind, replies, wanted in (
            ("match", pairs.match, True),
            ("no_match", pairs.no_match, False),
        ):
            for number, reply in enumerate(replies):
                if _acted(modifier, code(reply, Context())) is not wanted:
                    place = f"{path}.examples.{kind}[{number}]"
                    yield _failed(loaded, file, place, modifier.id, reply, wanted)


def _acted(modifier: Modifier, coding: Coding) -> bool:
    """Whether a modifier changed evidence; what it suppressed is known by its own reason."""
    return any(
        change.modifier == modifier.id for e in coding.evidence for change in e.changes
    ) or any(
        miss.shortfall is Shortfall.SUPPRESSED and miss.why == modifier.why
        for miss in coding.near_misses
    )


def _failed(loaded: Loaded, file: str, path: str, name: str, reply: str, wanted: bool) -> Problem:
    found = f"{name} {'finds nothing' if wanted else 'finds something'} in {reply!r}"
    return loaded.problem(file, path, "example-fails", found)


def _check_names(loaded: Loaded) -> Iterator[Problem]:
    """Ids of rules and modifiers are one namespace: both may stand as the reason of a change."""
    modifiers = [modifier.id for _, _, modifier in _modifiers(loaded)]
    seen: dict[str, tuple[str, str]] = {}
    named = [(file, f"{path}.id", rule.id) for file, path, rule in _rules(loaded)]
    named += [(file, f"{path}.id", modifier.id) for file, path, modifier in _modifiers(loaded)]
    for file, path, name in named:
        if name in seen:
            found = f"{name!r} again, first at {loaded.where(*seen[name])}"
            yield loaded.problem(file, path, "duplicate-id", found)
        seen.setdefault(name, (file, path))
    known = loaded.file(MODIFIERS) not in {problem.file for problem in loaded.problems}
    for file, path, rule in _rules(loaded):
        for number, name in enumerate(rule.immune):
            if known and name not in modifiers:
                yield loaded.problem(
                    file,
                    f"{path}.immune[{number}]",
                    "unknown-modifier",
                    repr(name),
                    allowed=", ".join(modifiers),
                    suggestion=closest(name, modifiers),
                )
        if not (rule.examples.match or rule.weighed):  # what is learned is tried by agreement
            found = "no reply that the rule finds"
            yield loaded.problem(file, f"{path}.examples.match", "missing-example", found)
        if not rule.examples.no_match:
            yield _untried(loaded, file, f"{path}.examples")
    for file, path, modifier in _modifiers(loaded):
        if not (modifier.examples and modifier.examples.match and modifier.examples.no_match):
            yield _untried(loaded, file, f"{path}.examples")


def _untried(loaded: Loaded, file: str, path: str) -> Problem:
    found = "not every side is tried"
    allowed = "examples for match and for no_match"
    return loaded.problem(
        file, path, "missing-example", found, allowed=allowed, severity=Severity.WARNING
    )


def _check_patterns(loaded: Loaded, references: References) -> Iterator[Problem]:
    lexicon = loaded.library.bank.lexicon
    names = [*lexicon.lists, *lexicon.verbs]
    # A file of lists that could not be read would make every pattern look wrong.
    folder = loaded.file(LEXICON) + "/"
    whole = not any(problem.file.startswith(folder) for problem in loaded.problems)
    for file, path, pattern in _patterns(loaded):
        try:
            used = references(pattern)
        except ValueError as error:
            yield loaded.problem(file, path, "bad-pattern", str(error))
            continue
        for slot in used:
            name = slot.removeprefix("@").partition(".")[0]
            if whole and name not in names:
                suggestion = closest(name, names)
                yield loaded.problem(
                    file,
                    path,
                    "unknown-list",
                    f"@{name}",
                    suggestion=suggestion and f"@{suggestion}",
                )


def _check_cycles(loaded: Loaded) -> Iterator[Problem]:
    """A list that names itself, by whatever way, stands for nothing."""
    for file, lexicon in loaded.lexica:
        for name in lexicon.lists:
            reached, ahead = set[str](), [name]
            while ahead:
                for entry in loaded.library.bank.lexicon.lists.get(ahead.pop(), ()):
                    if entry.startswith("@") and entry[1:] not in reached:
                        reached.add(entry[1:])
                        ahead.append(entry[1:])
            if name in reached:
                yield loaded.problem(file, f"lists.{name}", "list-cycle", f"@{name} names itself")


def _check_shadows(loaded: Loaded) -> Iterator[Problem]:
    """The same words twice for one code: the second never adds anything."""
    seen: dict[tuple[str, str], str] = {}
    for file, path, rule in _rules(loaded):
        for kind, texts in (("phrases", rule.phrases), ("exemplars", rule.exemplars)):
            for number, text in enumerate(texts):
                place = f"{path}.{kind}[{number}]"
                key = (file, " ".join(text.casefold().split()))
                if key in seen:
                    found = f"{text!r} again, first in {seen[key]}"
                    yield loaded.problem(file, place, "shadowed", found, severity=Severity.WARNING)
                seen.setdefault(key, rule.id)


def _rules(loaded: Loaded) -> Iterator[tuple[str, str, Rule]]:
    for file, rules in loaded.rule_files:
        for number, rule in enumerate(rules.rules):
            yield file, f"rules[{number}]", rule


def _modifiers(loaded: Loaded) -> Iterator[tuple[str, str, Modifier]]:
    file = loaded.file(MODIFIERS)
    for number, modifier in enumerate(loaded.library.bank.modifiers):
        yield file, f"modifiers[{number}]", modifier


def _patterns(loaded: Loaded) -> Iterator[Located]:
    for file, path, rule in _rules(loaded):
        yield from _each(file, f"{path}.phrases", rule.phrases)
        yield from _each(file, f"{path}.patterns", rule.patterns)
        yield from _where(file, f"{path}.where", rule.where)
    for file, path, modifier in _modifiers(loaded):
        yield from _each(file, f"{path}.cues", modifier.cues)
        yield from _each(file, f"{path}.stops", modifier.stops)
        yield from _where(file, f"{path}.where", modifier.where)
    for file, lexicon in loaded.lexica:
        for name, entries in lexicon.lists.items():
            for located in _each(file, f"lists.{name}", entries):
                # Other entries are plain words, which may hold signs that a pattern may not.
                if located[-1].startswith("@"):
                    yield located


def _where(file: str, path: str, where: Where) -> Iterator[Located]:
    for name in ("setting", "client", "not_client", "before"):
        yield from _each(file, f"{path}.{name}", getattr(where, name))


def _each(file: str, path: str, patterns: tuple[str, ...]) -> Iterator[Located]:
    for number, pattern in enumerate(patterns):
        yield file, f"{path}[{number}]", pattern
