"""docs/scenarios.md names every key there is, and its worked excerpt does what it says."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from tests.factories import a_coding, a_moment, a_scenario, a_transition, an_attempt, answered
from tutor.domain.coding import Coding
from tutor.domain.people import Client, Setting
from tutor.domain.scenario import (
    AnnotatedReply,
    Condition,
    Ending,
    Line,
    Moment,
    Scenario,
    Shift,
    Transition,
)
from tutor.domain.vocabulary import ClientState, Manner

TEXT = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXCERPT = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0])
SCENARIO = a_scenario(
    TypeAdapter(Moment).validate_python(EXCERPT[0]),
    a_moment("unsure", ClientState.HESITANT),
    a_moment("all-good", ClientState.FALSE_COMPLIANCE),
)
KINDS = (Scenario, Client, Setting, Moment, Transition, Shift, Condition, Line, AnnotatedReply)


@pytest.mark.parametrize("kind", [*KINDS, Ending], ids=lambda kind: kind.__name__)
def test_every_key_is_described(kind: type) -> None:
    described = {
        word for code in re.findall(r"`([^`\n]+)`", TEXT) for word in re.findall(r"\w+", code)
    }
    assert {field.name for field in fields(kind)} <= described


def test_every_manner_and_state_is_described() -> None:
    assert all(f"`{manner}`" in TEXT for manner in Manner)
    assert all(re.search(rf"[`→] ?{re.escape(state)}[ `\n]", TEXT) for state in ClientState)


@pytest.mark.parametrize(
    ("replies", "taken"),
    [
        ([a_coding(notice=2, invite=2)], ["seen"]),
        ([a_coding(notice=2), a_coding(invite=2)], ["seen-and-left", "otherwise"]),
        ([a_coding(notice=2), a_coding(notice=2, invite=2)], ["seen-and-left", "otherwise"]),
        ([a_coding("over_apologize", notice=2, own=2)], ["soothed-you"]),
    ],
)
def test_the_table_under_the_excerpt(replies: list[Coding], taken: list[str]) -> None:
    attempt = answered(SCENARIO, an_attempt(SCENARIO), *replies)
    assert [turn.response.transition for turn in attempt.turns] == taken


def test_the_second_way_that_the_page_advises() -> None:
    advised = re.search(r"second way, such as `(.*?)`", TEXT, re.DOTALL)
    assert advised is not None
    when = TypeAdapter(Condition).validate_python(yaml.safe_load(advised[1]))
    first = SCENARIO.first
    ways = (*first.transitions[:-1], a_transition("asked", "unsure", when), first.transitions[-1])
    scenario = replace(SCENARIO, moments=(replace(first, transitions=ways), *SCENARIO.moments[1:]))
    for then in (a_coding(invite=2), a_coding(notice=2, invite=2)):
        attempt = answered(scenario, an_attempt(scenario), a_coding(notice=2), then)
        assert attempt.turns[-1].response.transition == "asked"
