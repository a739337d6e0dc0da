"""A stretch of a past conversation as HTML, wherever one is looked back on."""

from tutor.domain.attempt import Attempt, Turn
from tutor.practice import Practice
from tutor.ui import cards


def around(practice: Practice, attempt: Attempt, turn: Turn, counselor: str) -> str:
    """What the client said, the reply with its evidence marked, and what the client answered."""
    scenario = practice.scenario(attempt.scenario)
    name = scenario.client.name
    before = [t for t in attempt.turns if t.number < turn.number and not t.rewound]
    client = before[-1].response.line if before else scenario.opening[attempt.opening]
    again = '<span class="chip later">taken back later</span>' if turn.rewound else ""
    marks = practice.feedback(attempt, turn).marks
    said_before = cards.said(scenario.before)
    opening = cards.bubble(counselor, said_before, mine=True) if not before else ""
    return (
        opening
        + cards.bubble(name, cards.line(client))
        + cards.bubble(counselor, cards.marked_reply(turn.reply, marks) + again, mine=True)
        + cards.bubble(name, cards.line(turn.response.line))
    )
