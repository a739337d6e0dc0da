"""Demonstrating: a way through a scenario, played for a room, and left at any point for its own.

Pure, and over the same conversation as everything else: nothing that is said in a demonstration is
stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor import conversation
from tutor.conversation import Coded
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.coding import Coding, Context
from tutor.domain.demo import Beat, Demo, How, Take
from tutor.domain.library import Library
from tutor.domain.scenario import Line, Scenario
from tutor.domain.showing import Came, Showing, Step, Version
from tutor.domain.transcript import Said, Transcript
from tutor.domain.vocabulary import Level, Misstep, Move
from tutor.errors import AttemptError, DemoError, ReplyError

Made = Demo | Transcript


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


def from_attempt(
    library: Library, code: Coded, attempt: Attempt, *, demo_id: str, title: str
) -> Demo:
    """A demonstration of the attempt as it stands, still without a word on any of its replies.

    Tries that were taken back are left out. The client may then say another variant of a line, but
    does the same at every reply.

    Raises:
        DemoError: there is no reply, or playing it does not go the way that the attempt went.
    """
    if not attempt.standing:
        raise DemoError("There is no reply in this conversation to demonstrate.")
    demo = Demo(
        id=demo_id,
        title=title,
        shows="",
        scenario=attempt.scenario,
        seed=attempt.seed,
        beats=tuple(Beat(reply=turn.reply) for turn in attempt.standing),
    )
    try:
        played = play(library, code, demo)
    except (AttemptError, ReplyError):
        played = None
    if played is None or _way(played) != _way(attempt):
        raise DemoError(
            "This conversation does not go the same way any more: the scenario or the rules have "
            "changed since. Play the scenario again, and make a demonstration of that."
        )
    return demo


def _way(attempt: Attempt) -> list[tuple[str, str, str]]:
    return [(t.moment, t.response.transition, t.response.to) for t in attempt.standing]


def annotated(made: Made, step: int, *, ask: str, comment: str) -> Made:
    """The same with that question before the reply of that number (from 1), and that comment on it.

    Raises:
        IndexError: there is no such reply.
    """
    if isinstance(made, Demo):
        beats = list(made.beats)
        beats[_index(step)] = replace(beats[_index(step)], ask=ask, comment=comment)
        return replace(made, beats=tuple(beats))
    lines = list(made.lines)
    place = made.spoken[_index(step)]
    lines[place] = replace(lines[place], ask=ask, comment=comment)
    return replace(made, lines=tuple(lines))


def _index(step: int) -> int:
    if step < 1:
        raise IndexError(step)
    return step - 1


def shown_demo(library: Library, code: Coded, demo: Demo) -> Showing:
    """The demonstration as a room sees it: played, each reply coded, the versions beside it.

    Raises:
        AttemptError, ReplyError: it cannot be played to its end.
    """
    scenario = conversation.scenario_of(library, demo.scenario)
    attempt = play(library, code, demo)
    steps = []
    heard, state = scenario.opening[attempt.opening], scenario.first.state
    for number, (beat, turn) in enumerate(zip(demo.beats, attempt.turns, strict=True), start=1):
        chosen = _version(
            scenario, fork(attempt, number), turn, beat.comment, How.WELL if beat.takes else None
        )
        others = tuple(
            _version(
                scenario,
                fork(attempt, number),
                play_take(library, code, demo, number, take),
                take.comment,
                take.how,
            )
            for take in sorted(beat.takes, key=lambda take: list(How).index(take.how))
        )
        steps.append(Step(heard=(heard,), ask=beat.ask, chosen=chosen, others=others, state=state))
        heard, state = turn.response.line, scenario.state_at(turn.response.to)
    return Showing(
        id=demo.id,
        title=demo.title,
        shows=demo.shows,
        before=scenario.before,
        steps=tuple(steps),
        scenario=scenario,
        ending=scenario.ending(attempt.turns[-1].response.to),
        discuss=demo.discuss,
    )


def _version(
    scenario: Scenario, before: Attempt, turn: Turn, comment: str, how: How | None
) -> Version:
    """The turn as one version of the moment at which the conversation stood `before` it."""
    return Version(
        reply=turn.reply,
        coding=turn.coding,
        comment=comment,
        how=how,
        answer=(turn.response.line,),
        came=came(scenario, before, turn),
    )


def came(scenario: Scenario, before: Attempt, turn: Turn) -> Came:
    """What came of that turn, in a conversation that stood as `before` when it was said."""
    standing = before.standing
    return Came(
        state=scenario.state_at(turn.response.to),
        shift=turn.response.shift,
        before=standing[-1].response.alliance if standing else scenario.alliance,
        after=turn.response.alliance,
    )


def shown_transcript(code: Coded, transcript: Transcript) -> Showing:
    """The transcript as a room sees it: each line of the counselor's coded as an answer.

    The speakers who are the counselor go by that name, whatever they are called in it.
    """
    lines, spoken = transcript.lines, transcript.spoken
    names = list(dict.fromkeys(lines[n].speaker for n in spoken))
    steps = []
    for n, after in zip(spoken, [*spoken[1:], len(lines)], strict=True):
        line = lines[n]
        before = max((k for k in spoken if k < n), default=-1)
        steps.append(
            Step(
                heard=tuple(_line(said) for said in lines[before + 1 : n]),
                ask=line.ask,
                speaker=f"Counselor {names.index(line.speaker) + 1}" if len(names) > 1 else "",
                chosen=Version(
                    reply=line.text,
                    coding=code(line.text, context_at(transcript, n)),
                    comment=line.comment,
                    answer=tuple(_line(said) for said in lines[n + 1 : after]),
                ),
            )
        )
    return Showing(id=transcript.id, title=transcript.title, steps=tuple(steps))


def context_at(transcript: Transcript, place: int) -> Context:
    """What the coder knows of the moment before line `place` (from 0)."""
    before, client = transcript.before(place)
    return Context(before=before, client=client)


def _line(said: Said) -> Line:
    return Line(demeanour="", says=said.text, speaker=said.speaker)


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
