"""The simulated client: from where an attempt stands and a coded reply to what the client does.

Pure: the same scenario, attempt and coding give the same response, always.
"""

from tutor.client.lines import choose
from tutor.client.reception import receive
from tutor.domain.attempt import Attempt, Reception, Response
from tutor.domain.coding import Coding
from tutor.domain.conditions import holds
from tutor.domain.scenario import Alliance, Moment, Scenario, Transition
from tutor.domain.vocabulary import Manner, progress
from tutor.errors import AttemptError


def place(scenario: Scenario, attempt: Attempt) -> str:
    """The id of the moment or ending at which the attempt stands."""
    standing = attempt.standing
    return standing[-1].response.to if standing else scenario.first.id


def alliance(scenario: Scenario, attempt: Attempt) -> Alliance:
    """The alliance as it stands; the scenario's own before any reply."""
    standing = attempt.standing
    return standing[-1].response.alliance if standing else scenario.alliance


def step(scenario: Scenario, attempt: Attempt, coding: Coding) -> Response:
    """What the client does with the reply coded in `coding`, as the attempt's next turn.

    The first transition that holds and is allowed is taken; `alliance_below` is read against the
    alliance before the reply.

    Raises:
        AttemptError: the attempt stands at an ending, or at a moment the scenario no longer has.
    """
    moment = scenario.moment(place(scenario, attempt))
    if moment is None:
        raise AttemptError("This conversation has come to its end.")
    before = alliance(scenario, attempt)
    reception = receive(moment, attempt.standing, coding)
    transition = next(
        t
        for t in moment.transitions
        if t.when is None
        or (
            holds(t.when, reception, coding, before)
            and _allowed(scenario, moment, t, reception, coding)
        )
    )
    variant = choose(transition, attempt, len(attempt.turns) + 1)
    return Response(
        transition=transition.id,
        to=transition.to,
        variant=variant,
        line=transition.lines[variant],
        shift=transition.alliance,
        alliance=before.shifted(transition.alliance),
        reception=reception,
    )


def _allowed(
    scenario: Scenario,
    moment: Moment,
    transition: Transition,
    reception: Reception,
    coding: Coding,
) -> bool:
    """Whether the reply may lead where `transition` goes: no client is won over cheaply.

    Nothing brings a client forward that holds a misstep (giving in is one) or only repeats, and
    stock phrases bring one out of the first state of a path at most. Every other way is open.

    Source: simulated clients fail as practice partners by giving in too easily; over-accommodation
    gets false compliance (3RS, Eubanks, Muran & Safran 2015).
    """
    if not scenario.is_forward(moment.id, transition.to):
        return True
    if coding.missteps or Manner.REPEATED in reception.manner:
        return False
    return Manner.STOCK not in reception.manner or progress(moment.state) == 0
