"""What the Experience API 1.0.3 asks of a statement, rule by rule, with the place that says so.

Sections are those of Part Two (https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md); the
letters behind a section are the anchors there. Each rule finds what breaks it and nothing else.
What the specification only recommends (SHOULD) is held as strictly as what it requires.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = Any
Found = Iterator[str]

#: RFC 3987, as far as characters go: a scheme, and nothing that an IRI cannot hold.
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\x00-\x20\x7f<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})+")
IRL = re.compile(r"https?://[^/?#]+.*")
#: RFC 4122: the standard string form, variant 2 (8, 9, a or b).
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.I)
#: RFC 5646, 2.1: language, script, region, variants, extensions, private use.
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+",
    re.I,
)
#: RFC 3339 with a zone and milliseconds or more.
TIMESTAMP = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)\.\d{3,}(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
)
#: ISO 8601:2004, 4.4.3.2: with designators, weeks by themselves, no finer than 0.01 seconds.
DURATION = re.compile(
    r"P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?"
    r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,2})?S)?)?)"
)
INTERACTIONS = {
    *("true-false", "choice", "fill-in", "long-fill-in", "matching"),
    *("performance", "sequencing", "likert", "numeric", "other"),
}
IDENTIFIERS = {"mbox", "mbox_sha1sum", "openid", "account"}
COMPONENTS = {"choices", "scale", "source", "target", "steps"}
CONTEXTS = {"parent", "grouping", "category", "other"}

#: Which properties there may be, of what the statements here are made of.
STATEMENT = {
    *("id", "actor", "verb", "object", "result", "context", "timestamp"),
    *("stored", "authority", "version", "attachments"),
}
AGENT = {"objectType", "name", *IDENTIFIERS}
ACCOUNT = {"homePage", "name"}
VERB = {"id", "display"}
ACTIVITY = {"objectType", "id", "definition"}
DEFINITION = {
    *("name", "description", "type", "moreInfo", "extensions"),
    *("interactionType", "correctResponsesPattern", *COMPONENTS),
}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
SCORE = {"scaled", "raw", "min", "max"}
CONTEXT = {
    *("registration", "instructor", "team", "contextActivities", "revision"),
    *("platform", "language", "statement", "extensions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`section` of Part Two says that `asks`; `find` names everything that breaks it."""

    section: str
    asks: str
    find: Callable[[Json], Found]


RULES: dict[str, Rule] = {}


def rule(section: str, asks: str) -> Callable[[Callable[[Json], Found]], Callable[[Json], Found]]:
    def kept(find: Callable[[Json], Found]) -> Callable[[Json], Found]:
        RULES[find.__name__] = Rule(section=section, asks=asks, find=find)
        return find

    return kept


def problems(statement: Json) -> list[str]:
    """Everything in the statement that breaks a rule, with the section that it breaks."""
    return [
        f"{one.section} ({name}): {found}"
        for name, one in RULES.items()
        for found in one.find(statement)
    ]


def parts(
    part: Json, path: str = "", *, into_extensions: bool = False
) -> Iterator[tuple[str, Json]]:
    """Every value under its path; what extensions hold is free, and left out by default."""
    yield path, part
    if isinstance(part, dict):
        for key, value in part.items():
            if into_extensions or not path.endswith(".extensions"):
                yield from parts(value, f"{path}.{key}", into_extensions=into_extensions)
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from parts(value, f"{path}[{number}]", into_extensions=into_extensions)


def dictionaries(statement: Json, key: str) -> Iterator[tuple[str, dict[str, Json]]]:
    """Every object that stands under that key, with its path."""
    for path, part in parts(statement):
        if path.endswith(f".{key}") and isinstance(part, dict):
            yield path, part


def is_activity(part: Json) -> bool:
    return isinstance(part, dict) and part.get("objectType", "Activity") == "Activity"


def activities(statement: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """The object, where it is an activity, and every context activity."""
    if is_activity(statement.get("object")):
        yield ".object", statement["object"]
    context = statement.get("context", {}).get("contextActivities", {})
    for kind, held in context.items():
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield f".context.contextActivities.{kind}", one


def language_maps(statement: Json) -> Iterator[tuple[str, Json]]:
    yield ".verb.display", statement.get("verb", {}).get("display", {})
    for path, activity in activities(statement):
        for key in ("name", "description"):
            if key in activity.get("definition", {}):
                yield f"{path}.definition.{key}", activity["definition"][key]


def matches(pattern: re.Pattern[str], value: Json) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def section_of(statement: Json, key: str) -> Json:
    return statement.get(key, {}) if isinstance(statement.get(key, {}), dict) else {}


@rule("2.2.s2.b3", "a statement MUST use actor, verb and object")
def has_its_parts(statement: Json) -> Found:
    yield from (key for key in ("actor", "verb", "object") if key not in statement)


@rule("2.2.s4.b1.b1", "no null values; here not inside extensions either")
def has_no_null(statement: Json) -> Found:
    yield from (p for p, part in parts(statement, into_extensions=True) if part is None)


@rule("2.2.s2.b1", "no properties with a value of an empty object; here no empty array either")
def has_nothing_empty(statement: Json) -> Found:
    yield from (p for p, part in parts(statement, into_extensions=True) if part in ({}, []))


@rule("2.2.s4.b1.b4", "no empty string where a format is asked for; here nowhere")
def has_no_empty_string(statement: Json) -> Found:
    yield from (p for p, part in parts(statement) if part == "")


@rule("2.2.s4.b1.b7", "no property that the specification does not know, in its own case (b5)")
def knows_its_properties(statement: Json) -> Found:
    result, context = section_of(statement, "result"), section_of(statement, "context")
    account = section_of(section_of(statement, "actor"), "account")
    groups = [
        *((STATEMENT, statement), (AGENT, section_of(statement, "actor")), (ACCOUNT, account)),
        *((VERB, section_of(statement, "verb")), (RESULT, result), (CONTEXT, context)),
        (SCORE, section_of(result, "score")),
    ]
    for _, activity in activities(statement):
        groups += [(ACTIVITY, activity), (DEFINITION, section_of(activity, "definition"))]
    yield from (key for known, group in groups for key in group if key not in known)


@rule("2.4.1", "the id is a UUID of variant 2 in standard string form, set by the provider")
def has_an_id(statement: Json) -> Found:
    if not matches(UUID, statement.get("id")):
        yield repr(statement.get("id"))


@rule("2.4.2.1.s2.b1", "an agent MUST be identified by exactly one inverse functional identifier")
def has_one_identifier(statement: Json) -> Found:
    found = IDENTIFIERS & section_of(statement, "actor").keys()
    if len(found) != 1:
        yield f"{sorted(found)}"


@rule("2.4.2.1.s2.table1", "an agent's objectType is Agent, and its name a string")
def is_an_agent(statement: Json) -> Found:
    actor = section_of(statement, "actor")
    if actor.get("objectType", "Agent") != "Agent":
        yield actor["objectType"]
    if not isinstance(actor.get("name", ""), str):
        yield "name"


@rule("2.4.2.4.s2.table1", "an account has a homePage, which is an IRL, and a name")
def has_an_account(statement: Json) -> Found:
    actor = section_of(statement, "actor")
    if "account" in actor:
        account = section_of(actor, "account")
        home = account.get("homePage")
        if not (matches(IRI, home) and matches(IRL, home)):
            yield "homePage"
        if not isinstance(account.get("name"), str):
            yield "name"


@rule("2.4.3.s3.table1", "a verb's id is an IRI")
def has_a_verb(statement: Json) -> Found:
    if not matches(IRI, section_of(statement, "verb").get("id")):
        yield "id"


@rule("2.4.3.s5.b1", "display SHOULD be used by all statements")
def displays_its_verb(statement: Json) -> Found:
    if not section_of(statement, "verb").get("display"):
        yield "display"


@rule("2.2.s3.b2, 4.2", "the keys of language maps MUST be language tags of RFC 5646")
def tags_its_languages(statement: Json) -> Found:
    for path, found in language_maps(statement):
        for key in found if isinstance(found, dict) else ["no map"]:
            if not matches(LANGUAGE, key):
                yield f"{path}: {key!r}"


@rule("4.2", "the values of language maps are strings")
def says_it_in_strings(statement: Json) -> Found:
    for path, found in language_maps(statement):
        if isinstance(found, dict) and not all(isinstance(v, str) for v in found.values()):
            yield path


@rule("2.4.4.s2, 2.2.s4.b1.b6", "objectType is one of five words, exactly")
def says_what_the_object_is(statement: Json) -> Found:
    known = {"Activity", "Agent", "Group", "SubStatement", "StatementRef"}
    found = section_of(statement, "object").get("objectType", "none")
    if found not in known:
        yield found


@rule("2.4.4.1.s1.table1", "an activity's id is an IRI")
def names_its_activities(statement: Json) -> Found:
    yield from (path for path, one in activities(statement) if not matches(IRI, one.get("id")))


@rule("2.4.4.1.s2.table1", "an activity's type is an IRI")
def types_its_activities(statement: Json) -> Found:
    for path, one in activities(statement):
        kind = section_of(one, "definition").get("type", "urn:none")
        if not matches(IRI, kind):
            yield f"{path}: {kind!r}"


@rule("2.4.4.1.s13.b1", "interaction activities MUST have a valid interactionType")
def names_its_interaction(statement: Json) -> Found:
    for path, one in activities(statement):
        definition = section_of(one, "definition")
        asked = definition.get("type", "").endswith("/cmi.interaction") or (
            definition.keys() & {"correctResponsesPattern", "interactionType", *COMPONENTS}
        )
        if asked and definition.get("interactionType") not in INTERACTIONS:
            yield path


@rule("2.4.4.1.s10.table1", "where there is one response to a fill-in, [,] MUST NOT be used")
def keeps_a_response_whole(statement: Json) -> Found:
    kind = section_of(section_of(statement, "object"), "definition").get("interactionType", "")
    if kind.endswith("fill-in") and "[,]" in section_of(statement, "result").get("response", ""):
        yield kind


@rule("2.4.5.s2.table1", "success and completion are booleans (2.2.s4.b1.b3: no strings)")
def says_yes_or_no(statement: Json) -> Found:
    result = section_of(statement, "result")
    yield from (
        key for key in ("success", "completion") if not isinstance(result.get(key, True), bool)
    )


@rule("2.4.5.s2.table1", "a response is a string")
def responds_in_words(statement: Json) -> Found:
    if not isinstance(section_of(statement, "result").get("response", ""), str):
        yield "response"


@rule("2.4.5.1.s2.table1", "a score's numbers are numbers: scaled in -1 to 1, min ≤ raw ≤ max")
def scores_in_range(statement: Json) -> Found:
    score = section_of(section_of(statement, "result"), "score")
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in score.values()):
        yield "no number"
        return
    if not -1 <= score.get("scaled", 0) <= 1:
        yield "scaled"
    in_order = [score[key] for key in ("min", "raw", "max") if key in score]
    if in_order != sorted(in_order) or ("min" in score and score["min"] == score.get("max")):
        yield "raw, min, max"


@rule("4.6.s1.b1", "a duration MUST have the format of ISO 8601:2004, 4.4.3.2; 0.01 s at most (b2)")
def measures_duration(statement: Json) -> Found:
    duration = section_of(statement, "result").get("duration", "P1D")
    if not matches(DURATION, duration):
        yield repr(duration)


@rule("2.4.6.s3.table1, 4.4", "a registration is a UUID")
def has_a_registration(statement: Json) -> Found:
    context = section_of(statement, "context")
    if "registration" in context and not matches(UUID, context["registration"]):
        yield repr(context["registration"])


@rule("2.4.6.s4.b1, b2", "revision and platform MUST only be used where the object is an activity")
def speaks_of_an_activity(statement: Json) -> Found:
    if not is_activity(statement.get("object")):
        yield from {"revision", "platform"} & section_of(statement, "context").keys()


@rule("2.4.6.s3.table1", "the language is a tag of RFC 5646")
def speaks_a_language(statement: Json) -> Found:
    language = section_of(statement, "context").get("language", "en")
    if not matches(LANGUAGE, language):
        yield repr(language)


@rule("2.4.6.2.s4.b1", "every key of contextActivities MUST be parent, grouping, category or other")
def knows_its_contexts(statement: Json) -> Found:
    held = section_of(section_of(statement, "context"), "contextActivities")
    yield from held.keys() - CONTEXTS


@rule("2.4.6.2.s4.b2, b5", "every value of contextActivities is an array of activities")
def lists_its_contexts(statement: Json) -> Found:
    held = section_of(section_of(statement, "context"), "contextActivities")
    for key, value in held.items():
        if not isinstance(value, list) or not all(map(is_activity, value)):
            yield key


@rule("4.5.s1", "a timestamp has the format of RFC 3339 (b2), milliseconds (b3) and a zone (b4)")
def tells_the_time(statement: Json) -> Found:
    if not matches(TIMESTAMP, statement.get("timestamp", "")):
        yield repr(statement.get("timestamp"))


@rule("2.4.8.s3.b2, 2.4.9.s3.b4", "stored and authority are the record store's to set")
def leaves_to_the_store_what_is_its(statement: Json) -> Found:
    yield from {"stored", "authority"} & statement.keys()


@rule("2.4.10.s4", "a version SHOULD NOT be set (b2), and MUST be 1.0.0 where it is (b1)")
def sets_no_version(statement: Json) -> Found:
    if "version" in statement:
        yield repr(statement["version"])


@rule("4.1.s3.b1", "the keys of an extensions map MUST be IRIs")
def keys_its_extensions(statement: Json) -> Found:
    for path, found in dictionaries(statement, "extensions"):
        yield from (f"{path}: {key!r}" for key in found if not matches(IRI, key))


@rule("2.3.2", "the verb voided is reserved for voiding another statement, by its StatementRef")
def voids_nothing(statement: Json) -> Found:
    voided = section_of(statement, "verb").get("id") == "http://adlnet.gov/expapi/verbs/voided"
    if voided and section_of(statement, "object").get("objectType") != "StatementRef":
        yield "voided"
