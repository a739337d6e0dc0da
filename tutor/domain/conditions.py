"""Whether a reply did what a `Condition` asks: one reading for the client and for the feedback."""

from tutor.domain.attempt import Reception
from tutor.domain.coding import Coding
from tutor.domain.scenario import Alliance, Condition


def holds(condition: Condition, reception: Reception, coding: Coding, alliance: Alliance) -> bool:
    """Whether every field that `condition` gives holds; an empty condition always does.

    Levels and manner are those of the reception, missteps those of the coding, and `alliance` is
    the alliance that `alliance_below` is to be read against.
    """
    levels, missteps = reception.levels, set(coding.missteps)
    reached = sum(levels.get(move, 0) >= level for move, level in condition.any_of.items())
    return (
        all(levels.get(move, 0) >= level for move, level in condition.at_least.items())
        and (not condition.any_of or reached >= condition.enough)
        and not any(levels.get(move, 0) for move in condition.lacks)
        and (not condition.missteps or not missteps.isdisjoint(condition.missteps))
        and not (condition.clean and missteps)
        and (not condition.manner or not reception.manner.isdisjoint(condition.manner))
        and reception.manner.isdisjoint(condition.not_manner)
        and all(alliance.of(c) < value for c, value in condition.alliance_below.items())
    )
