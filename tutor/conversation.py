"""How an attempt goes on: the pure half of the practice loop, the same with and without a store."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tutor.client.lines import opening_variant
from tutor.client.machine import place, step
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.coding import Coding, Context
from tutor.domain.library import Library
from tutor.domain.scenario import Moment, Scenario
from tutor.domain.script import Retry, Script
from tutor.errors import AttemptError, ReplyError
from tutor.settings import MAX_REPLY

Coded = Callable[[str, Context], Coding]

#: When a replayed attempt begins and ends, so that it is the same on every day.
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def scenario_of(library: Library, scenario_id: str) -> Scenario:
    """The scenario of that id.

    Raises:
        AttemptError: the library has none.
    """
    scenario = library.scenario(scenario_id)
    if scenario is None:
        raise AttemptError("There is no such scenario here any more. Choose another one.")
    return scenario


def begin(
    scenario: Scenario, *, attempt_id: str, learner: str, seed: int, now: datetime
) -> Attempt:
    """A new attempt, at the client's first line."""
    return Attempt(
        id=attempt_id,
        learner=learner,
        scenario=scenario.id,
        seed=seed,
        opening=opening_variant(scenario, seed),
        started_at=now,
    )


def check_reply(reply: str) -> None:
    """Refuse a reply that nothing could be made of.

    Raises:
        ReplyError: blank, over `MAX_REPLY` characters, or with characters that are no text. The
            message gives counts and places (from 1), and never the reply.
    """
    if len(reply) > MAX_REPLY:
        raise ReplyError(
            f"Your reply is {len(reply):,} characters long; {MAX_REPLY:,} is the most that can be "
            "taken. Shorten it and send it again."
        )
    if number := not_text(reply):
        raise ReplyError(
            f"Character {number} of your reply (U+{ord(reply[number - 1]):04X}) is a control "
            "character or half of a broken one. Delete it, or type the words afresh."
        )
    kinds = [unicodedata.category(character) for character in reply]
    if all(kind[0] == "Z" or kind in ("Cc", "Cf") for kind in kinds):
        raise ReplyError("There are no words in it yet. What would you say to the client now?")


def not_text(text: str) -> int:
    """The place (from 1) of the first control character, or half of a broken one; 0 for none."""
    for number, character in enumerate(text, start=1):
        kind = unicodedata.category(character)
        if kind == "Cs" or (kind == "Cc" and character not in "\n\r\t"):
            return number
    return 0


def next_turn(code: Coded, scenario: Scenario, attempt: Attempt, reply: str) -> Turn:
    """What comes of a reply: its coding, and the client's answer.

    Raises:
        ReplyError: the reply cannot be taken as it is.
        AttemptError: the attempt is finished, or the scenario no longer has the moment it is at.
    """
    check_reply(reply)
    check_open(attempt)
    if not fits(scenario, attempt) or scenario.moment(place(scenario, attempt)) is None:
        raise rewritten()
    coding = code(reply, context_now(scenario, attempt))
    return Turn(
        number=len(attempt.turns) + 1,
        moment=place(scenario, attempt),
        reply=reply,
        coding=coding,
        response=step(scenario, attempt, coding),
    )


def with_turn(scenario: Scenario, attempt: Attempt, turn: Turn, *, now: datetime) -> Attempt:
    """The attempt after that turn; finished where the turn leads to an ending."""
    ending = scenario.ending(turn.response.to)
    return replace(
        attempt,
        turns=(*attempt.turns, turn),
        finished_at=now if ending else None,
        outcome=ending.outcome if ending else None,
        revision=attempt.revision + 1,
    )


def rewound(attempt: Attempt) -> Attempt:
    """The attempt gone back behind its last standing turn; one that had ended is open again.

    Raises:
        AttemptError: no turn stands.
    """
    if not attempt.standing:
        raise AttemptError("There is no reply to go back behind yet.")
    last = attempt.standing[-1]
    return replace(
        attempt,
        turns=tuple(replace(t, rewound=True) if t is last else t for t in attempt.turns),
        finished_at=None,
        outcome=None,
        revision=attempt.revision + 1,
    )


def check_open(attempt: Attempt) -> None:
    """Refuse to go on with what has ended.

    Raises:
        AttemptError: the attempt is finished.
    """
    if attempt.finished:
        raise AttemptError(
            "This conversation has ended. Try its last moment again, or begin another one."
        )


def fits(scenario: Scenario, attempt: Attempt) -> bool:
    """Whether the scenario still has every place where the attempt has been."""
    places = _places(scenario)
    return attempt.opening < len(scenario.opening) and all(
        scenario.moment(turn.moment) and turn.response.to in places for turn in attempt.turns
    )


def playable(scenario: Scenario) -> bool:
    """Whether a conversation can go all its ways without coming to nowhere."""
    places = _places(scenario)
    return bool(scenario.opening and scenario.moments) and all(
        moment.transitions
        and moment.transitions[-1].when is None
        and all(t.lines and t.to in places for t in moment.transitions)
        for moment in scenario.moments
    )


def rewritten() -> AttemptError:
    """What is raised where an attempt no longer fits its scenario."""
    return AttemptError(
        "The scenario has been rewritten since this conversation began, so it cannot go on. "
        "Begin it afresh."
    )


def context_now(scenario: Scenario, attempt: Attempt) -> Context:
    """The coder's context for the reply that comes next."""
    if not attempt.standing:
        opening = scenario.opening[attempt.opening]
        return scenario.context(before=scenario.before, client=opening.says)
    last = attempt.standing[-1]
    return scenario.context(before=last.reply, client=last.response.line.says)


def context_of(scenario: Scenario, attempt: Attempt, turn: Turn) -> Context:
    """What the coder knew when it coded that turn, as far as the turns that stand tell it."""
    earlier = tuple(t for t in attempt.turns if t.number < turn.number)
    return context_now(scenario, replace(attempt, turns=earlier))


def context_of_models(scenario: Scenario, moment: Moment) -> Context:
    """The coder's context for the annotated replies to `moment`: that in which they are checked."""
    into = scenario.lines_into(moment.id)
    before = scenario.before if moment is scenario.first else ""
    return scenario.context(before=before, client=into[0].says if into else "")


def replay(library: Library, code: Coded, script: Script) -> Attempt:
    """The attempt that a script makes, always the same; nothing is stored.

    Raises:
        AttemptError, ReplyError: a step cannot be taken; the message begins with its number.
    """
    scenario = scenario_of(library, script.scenario)
    attempt = begin(scenario, attempt_id="", learner="", seed=script.seed, now=_NO_TIME)
    for number, said in enumerate(script.steps, start=1):
        try:
            if isinstance(said, Retry):
                attempt = rewound(attempt)
            else:
                turn = next_turn(code, scenario, attempt, said)
                attempt = with_turn(scenario, attempt, turn, now=_NO_TIME)
        except (AttemptError, ReplyError) as error:
            raise type(error)(f"Step {number}: {error}") from None
    return attempt


def _places(scenario: Scenario) -> set[str]:
    moments = {moment.id for moment in scenario.moments}
    return moments | {ending.id for ending in scenario.endings}
