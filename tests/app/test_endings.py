"""In every scenario a learner can come to a good end, and can fail to."""

import pytest
from streamlit.testing.v1 import AppTest

from tutor.content.loader import load
from tutor.domain.access import LOCAL
from tutor.domain.scenario import ReplyKind, Scenario
from tutor.domain.vocabulary import Outcome
from tutor.settings import ROOT
from tutor.ui import frame, resources

#: More replies than any way through a scenario needs.
ENOUGH = 16
SCENARIOS = load(ROOT / "data").library.scenarios


def play(app: AppTest, scenario: Scenario, kind: ReplyKind) -> Outcome | None:
    """Answer with the replies of that kind written for each moment, in turn, to the end."""
    attempt = resources.practice().start_attempt(scenario_id=scenario.id, learner=LOCAL.id, seed=1)
    app.switch_page(frame.PRACTICE)
    app.query_params["attempt"] = attempt.id
    app.run()
    place, seen = scenario.first.id, dict.fromkeys((m.id for m in scenario.moments), 0)
    for _ in range(ENOUGH):
        moment = scenario.moment(place)
        if moment is None:
            break
        replies = [r.text for r in moment.replies if r.kind is kind]
        reply = replies[seen[place] % len(replies)]
        seen[place] += 1
        app.chat_input[0].set_value(reply).run()
        assert not app.exception
        attempt = app.session_state["tutor"].attempt
        assert attempt.turns[-1].reply == reply
        place = attempt.turns[-1].response.to
    if attempt.finished:
        assert app.chat_input[0].disabled
        assert any(b.label == "See the summary" for b in app.button)
    return attempt.outcome


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_the_model_replies_come_to_a_good_end(app, scenario):
    app.run()
    outcome = play(app, scenario, ReplyKind.MODEL)
    assert outcome is (Outcome.REPAIRED if scenario.rupture.strains else Outcome.KEPT)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_the_poor_replies_do_not(app, scenario):
    app.run()
    assert play(app, scenario, ReplyKind.POOR) in (Outcome.LOST, Outcome.FALSE_COMPLIANCE)
