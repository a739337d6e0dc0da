"""The scenarios together cover what a course needs."""

from collections import Counter

import pytest

from tutor.content.coverage import MINIMUM, coverage, short, told
from tutor.content.loader import library
from tutor.domain.scenario import ReplyKind
from tutor.domain.vocabulary import Manner, Rupture
from tutor.settings import ROOT

SCENARIOS = library(ROOT / "data").scenarios
LEAST_MOMENTS, LEAST_VARIANTS, LEAST_MODELS = 5, 3, 2


def test_nothing_that_a_course_needs_is_missing() -> None:
    assert short(SCENARIOS) == ()


def test_there_are_thirty_six_of_the_kinds_they_should_be() -> None:
    kinds = Counter(s.rupture if s.rupture.strains else "none" for s in SCENARIOS)
    assert kinds == {Rupture.WITHDRAWAL: 13, Rupture.CONFRONTATION: 13, Rupture.MIXED: 4, "none": 6}


def test_every_kind_of_nothing_strained_is_there() -> None:
    assert {rupture for rupture in Rupture if not rupture.strains} <= {s.rupture for s in SCENARIOS}


def test_what_falls_short_is_named() -> None:
    (one, *_) = SCENARIOS
    assert "rupture: mixed" in short([one])
    assert any(line.endswith("SHORT") for line in told((one,)))
    assert coverage([one])["rupture"].total() == 1
    assert set(coverage(())) == set(MINIMUM)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_a_scenario_is_whole(scenario) -> None:
    assert len(scenario.moments) >= LEAST_MOMENTS
    assert all(line.shows for line in scenario.opening)
    for moment in scenario.moments:
        assert moment.look, moment.id
        assert moment.stem, moment.id
        kinds = Counter(reply.kind for reply in moment.replies)
        assert kinds[ReplyKind.MODEL] >= LEAST_MODELS, moment.id
        assert kinds[ReplyKind.POOR] >= 1, moment.id
        assert all(len(t.lines) >= LEAST_VARIANTS for t in moment.transitions), moment.id
        assert any(t.when and t.when.missteps for t in moment.transitions), moment.id
    answered = {
        manner
        for moment in scenario.moments
        for transition in moment.transitions
        if transition.when
        for manner in transition.when.manner
    }
    assert {Manner.CRAMMED, Manner.REPEATED} <= answered
