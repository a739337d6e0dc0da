"""Demonstrating: a way through a scenario, played for a room, and left at any point for its own.

Pure, and over the same conversation as everything else: nothing that is said in a demonstration is
stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor import conversation
from tutor.conversation import Coded
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.coding import Coding
from tutor.domain.demo import Beat, Demo, Take
from tutor.domain.library import Library
from tutor.domain.vocabulary import Level, Misstep, Move
from tutor.errors import AttemptError, ReplyError


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Where playing a demonstration does not give what its author says."""

    path: str
    found: str
    allowed: str


def play(library: Library, code: Coded, demo: Demo) -> Attempt:
    """The demonstration as an attempt, one turn for each beat; always the same.

    Raises:
        AttemptError, ReplyError: it cannot be played to its end; the message says at which reply.
    """
    return conversation.replay(library, code, demo.script)


def play_take(library: Library, code: Coded, demo: Demo, number: int, take: Take) -> Turn:
    """What comes of another reply to the moment of beat `number` (from 1).

    Raises:
        AttemptError, ReplyError: it cannot be played.
    """
    return conversation.replay(library, code, demo.script_with(number, take)).turns[-1]


def fork(attempt: Attempt, number: int) -> Attempt:
    """The conversation as it stood before the reply of that number (from 1), open to another."""
    return replace(attempt, turns=attempt.turns[: number - 1], finished_at=None, outcome=None)


def say(library: Library, code: Coded, attempt: Attempt, reply: str) -> Attempt:
    """The forked conversation with one more reply, coded and answered like any other.

    Raises:
        ReplyError: the reply cannot be taken as it is.
        AttemptError: the conversation has ended.
    """
    scenario = conversation.scenario_of(library, attempt.scenario)
    turn = conversation.next_turn(code, scenario, attempt, reply)
    return conversation.with_turn(scenario, attempt, turn, now=attempt.started_at)


def mismatches(library: Library, code: Coded, demo: Demo) -> Iterator[Mismatch]:
    """Every place where the demonstration is not played as its author has annotated it."""
    try:
        attempt = play(library, code, demo)
    except (AttemptError, ReplyError) as error:
        yield Mismatch(path="beats", found=str(error), allowed="a way that can be played")
        return
    for number, (beat, turn) in enumerate(zip(demo.beats, attempt.turns, strict=True), start=1):
        path = f"beats[{number - 1}]"
        yield from _differs(path, beat, turn.coding)
        for n, take in enumerate(beat.takes):
            try:
                coding = play_take(library, code, demo, number, take).coding
            except (AttemptError, ReplyError) as error:
                yield Mismatch(path=path, found=str(error), allowed="a reply that can be played")
                continue
            yield from _differs(f"{path}.takes[{n}]", take, coding)


def _differs(path: str, said: Beat | Take, coding: Coding) -> Iterator[Mismatch]:
    if said.moves is None:
        return
    wanted = {move: said.moves[move] for move in Move if said.moves.get(move)}
    missteps = tuple(misstep for misstep in Misstep if misstep in said.missteps)
    if (coding.moves, coding.missteps) != (wanted, missteps):
        yield Mismatch(
            path=path,
            found=f"the coder gives {_told(coding.moves, coding.missteps)}",
            allowed=f"{_told(wanted, missteps)}, as annotated",
        )


def _told(moves: dict[Move, Level], missteps: tuple[Misstep, ...]) -> str:
    words = [f"{move.value} {int(level)}" for move, level in moves.items()]
    return ", ".join([*words, *(misstep.value for misstep in missteps)]) or "nothing"
