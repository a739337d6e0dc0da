"""Help before a reply, in rungs: each says a little more than the one below it."""

from tutor.domain.attempt import Attempt
from tutor.domain.rubric import Hint, Rubric
from tutor.domain.scenario import ReplyKind, Scenario
from tutor.domain.vocabulary import Manner

LOOK, MOVE, STEM, MODEL = 1, 2, 3, 4


def hints(rubric: Rubric, scenario: Scenario, attempt: Attempt) -> tuple[Hint, ...]:
    """The hints for the moment at which the attempt stands, the lowest first.

    A model reply is among them only after a real try at this moment: one that is not made of stock
    phrases. At an ending there are none.
    """
    standing = attempt.standing
    moment = scenario.moment(standing[-1].response.to) if standing else scenario.first
    if moment is None:
        return ()
    moves = ", ".join(rubric.criterion(move).label for move in moment.calls_for)
    model = next((r.text for r in moment.replies if r.kind is ReplyKind.MODEL), "")
    tried = any(
        turn.moment == moment.id and Manner.STOCK not in turn.response.reception.manner
        for turn in attempt.turns
    )
    rungs = (
        (LOOK, "What to look at", moment.look),
        (MOVE, "What is called for", f"{moves}. {moment.why}"),
        (STEM, "A beginning", moment.stem),
        (MODEL, "How somebody else might say it", model if tried else ""),
    )
    return tuple(Hint(height=h, title=title, text=text) for h, title, text in rungs if text)
