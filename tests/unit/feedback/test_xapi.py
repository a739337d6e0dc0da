"""Statements as they are made, and as the specification of the Experience API 1.0.3 wants them."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

from tests.unit.feedback.feedback_samples import (
    SCENARIO,
    STARTED,
    attempt_of,
    coding_with,
    turn_of,
)
from tests.unit.feedback.xapi_rules import RULES, problems
from tutor.domain.coding import Coding
from tutor.domain.library import Library
from tutor.domain.teaching import Comment, Override, Returned
from tutor.domain.vocabulary import CODES, Code, Level, Misstep, Move, Outcome
from tutor.errors import SettingsError
from tutor.feedback.xapi import VERBS, Record, Statement, as_json, statements

ROOT = Path(__file__).parents[3]
HOME = "https://practice.example.edu/tutor"
KEY = f"{HOME}/xapi/extensions/"
HANDED_IN = STARTED + timedelta(days=1)
LIBRARY = Library(bank=Mock(), rubric=Mock(), scenarios=(SCENARIO,))
#: Everything that somebody might type, and that means something in JSON, xAPI or HTML.
AWKWARD = 'I said "no"[,]{lang=fr}\\ <b>\u2028\n\t\u202eהי 🙂 null'

CODING = coding_with({Move.NOTICE: 1}, (Misstep.PUSH,))
FIRST = turn_of(1, replace(CODING, reply=CODING.reply + AWKWARD), rewound=True)
SECOND = turn_of(2, coding_with({Move.OWN: 2, Move.INVITE: 1}), to="together")
THIRD = turn_of(3, Coding(reply=AWKWARD), at="a moment that went away")


def override(number: int, code: Code, level: int) -> Override:
    return Override(
        attempt="a1",
        number=number,
        code=code,
        author="the-supervisor",
        level=Level(level),
        why="A reason of nobody else's concern.",
        made_at=HANDED_IN,
    )


COMMENT = Comment(
    id="c1", attempt="a1", number=0, author="the-supervisor", text="A comment.", made_at=HANDED_IN
)
RETURNED = Returned(
    comments=(COMMENT,),
    overrides=(override(2, Move.OWN, 1), override(2, Misstep.DEFEND, 2)),
    checked=frozenset({2}),
)


def ended(outcome: Outcome | None, *, minutes: float = 12.5):
    attempt = attempt_of(FIRST, SECOND, THIRD, outcome=outcome)
    return replace(attempt, finished_at=STARTED + timedelta(minutes=minutes, seconds=0.12345))


def a_record(**changes: Any) -> Record:
    record = Record(
        attempt=ended(Outcome.REPAIRED),
        learner="p-4f2c",
        name="Robin Example",
        class_id="class/1",
        class_name="Practicum, spring",
        submitted_at=HANDED_IN,
        returned=RETURNED,
    )
    return replace(record, **changes)


RECORDS = {
    "repaired": a_record(),
    "lost": a_record(attempt=ended(Outcome.LOST)),
    "stopped": a_record(attempt=ended(None)),
    "not yet ended": a_record(attempt=attempt_of(FIRST, SECOND)),
    "without a name": a_record(name=""),
    "not looked at": a_record(returned=Returned()),
    "another scenario": a_record(attempt=replace(ended(Outcome.LOST), scenario="no longer/here")),
    "ended before it began": a_record(attempt=ended(Outcome.LOST, minutes=-1)),
}


def told(record: Record, verb: str = "", home: str = HOME) -> list[Statement]:
    """The statements on one attempt; those with that verb alone, where one is given."""
    found = statements(LIBRARY, [record], home=home)
    return [s for s in found if not verb or s["verb"]["id"] == VERBS[verb]]


def refused_by_ralph(statement: Any) -> bool:
    """Whether the models of a record store in use refuse it."""
    try:
        BaseXapiStatement(**statement)
    except (ValidationError, ValueError):
        return True
    return False


def put(path: str, value: Any) -> Callable[[Any], None]:
    """Sets what stands at a path of keys."""

    def change(statement: Any) -> None:
        *way, last = path.split(" ")
        for key in way:
            statement = statement.setdefault(key, {})
        statement[last] = value

    return change


def cut(path: str) -> Callable[[Any], None]:
    """Takes away what stands at a path of keys."""

    def change(statement: Any) -> None:
        *way, last = path.split(" ")
        for key in way:
            statement = statement[key]
        del statement[last]

    return change


def fill_in(statement: Any) -> None:
    statement["object"]["definition"]["interactionType"] = "long-fill-in"
    statement["result"]["response"] = "One[,]or two?"


def agent_as_object(statement: Any) -> None:
    statement["object"] = {"objectType": "Agent", "mbox": "mailto:somebody@example.edu"}


ACTIVITY = {"id": f"{HOME}/scenarios/one"}
#: A rule, what breaks it in a valid statement, and whether Ralph is known to refuse that too.
BROKEN = [
    ("has_its_parts", cut("verb"), True),
    ("has_its_parts", cut("actor"), True),
    ("has_no_null", put("result", None), True),
    ("has_no_null", put(f"result extensions {KEY}moment", None), False),
    ("has_nothing_empty", put("context extensions", {}), True),
    ("has_nothing_empty", put("context contextActivities parent", []), False),
    ("has_no_empty_string", put("context platform", ""), True),
    ("knows_its_properties", put("Timestamp", "2026-03-02T09:30:00.000Z"), True),
    ("knows_its_properties", put("result grade", "B"), True),
    ("knows_its_properties", put("object definition title", {"en": "A moment"}), True),
    ("has_an_id", cut("id"), False),
    ("has_an_id", put("id", "{fd41c918-b88b-4b20-a0a5-a4c32391aaa0}"), False),
    ("has_an_id", put("id", "fd41c918b88b4b20a0a5a4c32391aaa0"), False),
    ("has_an_id", put("id", "fd41c918-b88b-4b20-c0a5-a4c32391aaa0"), False),
    ("has_one_identifier", cut("actor account"), True),
    ("has_one_identifier", put("actor mbox", "mailto:robin@example.edu"), True),
    ("is_an_agent", put("actor objectType", "agent"), True),
    ("is_an_agent", put("actor name", 7), True),
    ("has_an_account", put("actor account homePage", "practice.example.edu"), True),
    ("has_an_account", put("actor account homePage", "urn:uuid:1"), False),
    ("has_an_account", cut("actor account name"), True),
    ("has_a_verb", put("verb id", "responded"), True),
    ("displays_its_verb", cut("verb display"), False),
    ("tags_its_languages", put("verb display", {"english_us": "responded"}), True),
    ("tags_its_languages", put("object definition name", {"": "A moment"}), True),
    ("says_it_in_strings", put("verb display", {"en": ["responded"]}), True),
    ("says_what_the_object_is", put("object objectType", "activity"), True),
    ("names_its_activities", put("object id", "scenarios/one"), True),
    ("names_its_activities", put("context contextActivities parent", [{"id": "one"}]), True),
    ("types_its_activities", put("object definition type", "simulation"), True),
    ("names_its_interaction", put("object definition interactionType", "free-text"), True),
    ("names_its_interaction", cut("object definition interactionType"), False),
    ("keeps_a_response_whole", fill_in, False),
    ("says_yes_or_no", put("result success", "true"), True),
    ("says_yes_or_no", put("result completion", 1), True),
    ("responds_in_words", put("result response", ["I see."]), True),
    ("scores_in_range", put("result score", {"scaled": 1.5}), True),
    ("scores_in_range", put("result score", {"raw": 3, "min": 0, "max": 2}), True),
    ("scores_in_range", put("result score", {"raw": -1, "min": 0}), False),
    ("scores_in_range", put("result score", {"raw": "2"}), False),
    ("measures_duration", put("result duration", "12 minutes"), True),
    ("measures_duration", put("result duration", "P4W1D"), False),
    ("measures_duration", put("result duration", "P0000-00-00T00:12:30"), True),
    ("measures_duration", put("result duration", "PT1.234S"), False),
    ("measures_duration", put("result duration", "PT"), True),
    ("has_a_registration", put("context registration", "attempt-1"), True),
    ("speaks_of_an_activity", agent_as_object, True),
    ("speaks_a_language", put("context language", "en_US"), False),
    ("speaks_a_language", put("context language", "plain English"), True),
    ("knows_its_contexts", put("context contextActivities class", [ACTIVITY]), True),
    ("lists_its_contexts", put("context contextActivities parent", ACTIVITY), False),
    (
        "lists_its_contexts",
        put("context contextActivities parent", [{"objectType": "Agent"}]),
        True,
    ),
    ("tells_the_time", cut("timestamp"), False),
    ("tells_the_time", put("timestamp", "2026-03-02T09:30:00.000"), False),
    ("tells_the_time", put("timestamp", "2026-03-02T09:30:00Z"), False),
    ("tells_the_time", put("timestamp", "2 March 2026"), True),
    ("leaves_to_the_store_what_is_its", put("stored", "2026-03-02T09:30:00.000Z"), False),
    ("sets_no_version", put("version", "1.0.3"), False),
    ("keys_its_extensions", put("result extensions", {"levels": 1}), True),
    ("keys_its_extensions", put("result extensions", {"https://x.example/a b": 1}), True),
    ("voids_nothing", put("verb id", "http://adlnet.gov/expapi/verbs/voided"), False),
]


@pytest.mark.parametrize(("name", "change", "ralph"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_statement_is_refused_by_its_rule(
    name: str, change: Callable[[Any], None], ralph: bool
) -> None:
    broken = deepcopy(told(RECORDS["repaired"], "responded")[1])
    assert not problems(broken)
    assert not refused_by_ralph(broken)
    change(broken)
    assert list(RULES[name].find(broken)), RULES[name].asks
    assert refused_by_ralph(broken) or not ralph


def test_every_rule_is_broken_once_and_names_its_section() -> None:
    assert {name for name, _, _ in BROKEN} == RULES.keys()
    assert all(re.match(r"[2-4]\.\d", one.section) for one in RULES.values())


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_statements_are_as_the_specification_wants_them(record: Record) -> None:
    for statement in told(record):
        assert problems(statement) == []
        BaseXapiStatement(**statement)


@given(
    reply=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    name=st.text(st.characters(exclude_categories=["Cs"])),
    ids=st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), min_size=1)] * 3),
)
def test_whatever_was_typed_comes_through(reply: str, name: str, ids: tuple[str, str, str]) -> None:
    scenario, moment, class_id = ids
    attempt = replace(attempt_of(turn_of(1, Coding(reply=reply), at=moment)), scenario=scenario)
    made = told(a_record(attempt=attempt, name=name, class_id=class_id))
    assert [found for statement in made for found in problems(statement)] == []
    back = json.loads(as_json(made).encode())
    assert back == made
    assert back[1]["result"]["response"] == reply
    assert back[1]["actor"].get("name", "") == (name if name.strip() else "")


@pytest.mark.parametrize(
    ("record", "verbs"),
    [
        ("repaired", "attempted responded responded responded completed submitted"),
        ("lost", "attempted responded responded responded completed submitted"),
        ("stopped", "attempted responded responded responded terminated submitted"),
        ("not yet ended", "attempted responded responded submitted"),
    ],
)
def test_an_attempt_is_told_in_its_order(record: str, verbs: str) -> None:
    made = told(RECORDS[record])
    assert [s["verb"]["display"]["en"] for s in made] == verbs.split()
    times = [s["timestamp"] for s in made]
    assert times == sorted(times)
    assert times[-1] == "2026-03-03T09:30:00.000Z"
    assert len({s["context"]["registration"] for s in made}) == 1


def test_a_reply_carries_both_readings_of_it() -> None:
    first, second, third = (s["result"] for s in told(RECORDS["repaired"], "responded"))
    none = dict.fromkeys(map(str, CODES), 0)
    assert second == {
        "response": SECOND.reply,
        "extensions": {
            f"{KEY}reply-number": 2,
            f"{KEY}moment": "flat",
            f"{KEY}taken-back": False,
            f"{KEY}levels": none | {"own": 2, "invite": 1},
            f"{KEY}checked-by-hand": True,
            f"{KEY}levels-by-hand": {"own": 1, "defend": 1},
        },
    }
    assert first["extensions"][f"{KEY}taken-back"] is True
    assert first["extensions"][f"{KEY}levels"] == none | {"notice": 1, "push": 1}
    assert f"{KEY}levels-by-hand" not in first["extensions"]
    assert third["response"] == AWKWARD


def test_what_a_statement_is_about() -> None:
    statement = told(RECORDS["repaired"], "responded")[1]
    context = statement["context"]["contextActivities"]
    scenario = f"{HOME}/scenarios/breathing-log"
    assert statement["object"]["id"] == f"{scenario}/moments/flat"
    assert statement["object"]["definition"]["name"] == {"en": "The breathing log: flat"}
    assert [one["id"] for one in context["parent"]] == [scenario]
    assert [one["id"] for one in context["grouping"]] == [f"{HOME}/classes/class%2F1"]
    for verb in ("attempted", "completed", "submitted"):
        (statement,) = told(RECORDS["repaired"], verb)
        assert statement["object"] == context["parent"][0]
        assert statement["context"]["contextActivities"] == {"grouping": context["grouping"]}


def test_what_is_no_longer_there_has_an_id_and_no_definition() -> None:
    gone = told(RECORDS["repaired"], "responded")[2]
    assert gone["object"].keys() == {"objectType", "id"}
    assert all("definition" not in s["object"] for s in told(RECORDS["another scenario"]))


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("repaired", {"completion": True, "success": True, "duration": "PT750.12S"}),
        ("lost", {"completion": True, "duration": "PT750.12S"}),
        ("stopped", {"completion": False, "duration": "PT750.12S"}),
        ("ended before it began", {"completion": True}),
    ],
)
def test_success_is_said_of_a_good_ending_alone(record: str, result: dict[str, Any]) -> None:
    (ending,) = told(RECORDS[record], "terminated" if record == "stopped" else "completed")
    outcome = ending["result"].pop("extensions", {})
    assert ending["result"] == result
    attempt = RECORDS[record].attempt
    assert outcome == ({f"{KEY}outcome": attempt.outcome.value} if attempt.outcome else {})


def test_nobody_is_graded_and_no_word_about_them_leaves() -> None:
    for record in RECORDS.values():
        text = as_json(told(record))
        assert '"score"' not in text
        assert '"success": false' not in text
        for kept in ("reason of nobody", "A comment.", "the-supervisor", '"me"'):
            assert kept not in text


@pytest.mark.parametrize("name", ["", "  "])
def test_a_hidden_name_is_nowhere(name: str) -> None:
    (statement, *_) = made = told(a_record(name=name))
    assert statement["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": HOME, "name": "p-4f2c"},
    }
    assert "Robin" not in as_json(made)


def test_the_same_twice_is_the_same() -> None:
    once = as_json(told(RECORDS["repaired"]))
    assert as_json(told(RECORDS["repaired"])) == once
    elsewhere = timezone(timedelta(hours=5, minutes=30))
    attempt = RECORDS["repaired"].attempt
    moved = replace(
        attempt,
        started_at=attempt.started_at.astimezone(elsewhere),
        finished_at=attempt.finished_at and attempt.finished_at.astimezone(elsewhere),
    )
    assert as_json(told(a_record(attempt=moved))) == once


def test_an_id_stays_the_same_between_versions() -> None:
    assert told(RECORDS["repaired"])[0]["id"] == "aced1618-ba25-5cbd-8e72-3c2fb902ef0c"


def test_ids_are_unique_in_an_export() -> None:
    """Part Three, 2.1.2.s2.b6: a batch with two statements of one id is refused."""
    twin = replace(RECORDS["repaired"].attempt, id="a2")
    again = replace(SECOND, number=4)
    more = replace(twin, id="a3", turns=(*twin.turns, again))
    records = [a_record(), a_record(attempt=twin), a_record(attempt=more, class_id="class/2")]
    made = statements(LIBRARY, records, home=HOME)
    assert len({s["id"] for s in made}) == len(made) == 6 + 6 + 7


@pytest.mark.parametrize(
    ("change", "stay"),
    [
        ({"class_name": "Practicum, summer"}, 6),
        ({"returned": Returned()}, 5),
        ({"returned": replace(RETURNED, comments=())}, 6),
        ({"submitted_at": HANDED_IN + timedelta(days=1)}, 5),
        ({"attempt": ended(Outcome.LOST)}, 5),
        ({"name": ""}, 0),
        ({"class_id": "class/2"}, 0),
    ],
    ids=str,
)
def test_what_says_something_else_has_another_id(change: dict[str, Any], stay: int) -> None:
    """Part Three, 2.1.2.s2.b5: other words under a known id are a conflict."""
    before = {s["id"]: s for s in told(RECORDS["repaired"])}
    after = {s["id"]: s for s in told(a_record(**change))}
    assert len(before.keys() & after.keys()) == stay
    for same in before.keys() & after.keys():
        assert before[same].get("result") == after[same].get("result")


def test_a_scenario_may_be_called_something_else() -> None:
    renamed = replace(LIBRARY, scenarios=(replace(SCENARIO, title="Another title"),))
    made = statements(renamed, [a_record()], home=HOME)
    assert [s["id"] for s in made] == [s["id"] for s in told(a_record())]
    assert made != told(a_record())


@pytest.mark.parametrize(
    "home", ["https://practice.example.edu", "http://localhost:8501/a/b", HOME]
)
def test_a_home_is_an_address(home: str) -> None:
    made = told(RECORDS["repaired"], home=home)
    assert made == told(RECORDS["repaired"], home=f"{home}/")
    assert all(problems(s) == [] and not refused_by_ralph(s) for s in made)
    assert made[0]["actor"]["account"]["homePage"] == home


@pytest.mark.parametrize(
    "home",
    [
        *("", "practice.example.edu", "ftp://practice.example.edu", "https://", "https:///tutor"),
        *("https://a.example/?x=1", "https://a.example/#x", "https://a b.example", "urn:uuid:1"),
        *("https://me:secret@a.example", "https://a.example/%zz", "https://a.example/\n"),
    ],
)
def test_no_other_home_is_taken(home: str) -> None:
    with pytest.raises(SettingsError, match="home of xAPI"):
        told(RECORDS["repaired"], home=home)


def test_nothing_handed_in_is_an_empty_array() -> None:
    assert as_json(statements(LIBRARY, [], home=HOME)) == "[]"


def test_the_paper_tells_of_every_verb_and_extension() -> None:
    paper = (ROOT / "docs" / "xapi.md").read_text(encoding="utf-8")
    made = [s for record in RECORDS.values() for s in told(record)]
    keys = {key for s in made for key in s.get("result", {}).get("extensions", {})}
    table = paper.split("## Extensions")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert {key.removeprefix(KEY) for key in keys} == set(rows)
    for iri in VERBS.values():
        assert f"`{iri}`" in paper
