"""A small scenario, and codings and attempts made by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tutor.domain.attempt import Attempt, Reception, Response, Turn
from tutor.domain.coding import Coding, Evidence, NearMiss, Shortfall
from tutor.domain.people import Client, Setting
from tutor.domain.scenario import Alliance, Ending, Line, Moment, Scenario, Shift, Transition
from tutor.domain.text import Span
from tutor.domain.vocabulary import (
    ClientState,
    Code,
    Component,
    Format,
    Level,
    Manner,
    Marker,
    Misstep,
    Move,
    Outcome,
    Rupture,
)

STARTED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def evidence(reply: str, code: Code, level: int, words: str, *whys: str) -> Evidence:
    """Evidence at `words` of `reply`; each of `whys` is a modifier that took one level from it."""
    start = reply.index(words)
    found = Evidence(
        code=code,
        span=Span(start, start + len(words)),
        rule=f"{code}.sample.01",
        found=Level(level + len(whys)),
        level=Level(level + len(whys)),
    )
    for why in whys:
        found = found.changed("but", why, Level(found.level - 1))
    return found


def near_miss(reply: str, code: Code, words: str, why: str) -> NearMiss:
    start = reply.index(words)
    return NearMiss(
        code=code,
        span=Span(start, start + len(words)),
        rule=f"{code}.sample.02",
        shortfall=Shortfall.SIMILARITY,
        why=why,
    )


def coding_with(moves: Mapping[Move, int], missteps: tuple[Misstep, ...] = ()) -> Coding:
    """A reply of one made-up sentence for each code, coded as asked."""
    levels: dict[Code, int] = {**moves, **dict.fromkeys(missteps, 2)}
    reply = " ".join(f"Some {code} words." for code in levels) or "Well then."
    found = (
        evidence(reply, code, level, f"Some {code} words.")
        for code, level in levels.items()
        if level
    )
    return Coding(reply=reply, evidence=tuple(found))


def moment(moment_id: str, state: ClientState, calls_for: tuple[Move, ...], **more) -> Moment:
    held = Transition(
        id="held",
        to=moment_id,
        alliance=Shift(because="Nothing moved."),
        lines=(Line(demeanour="waits", says="Well."),),
    )
    return Moment(
        id=moment_id,
        state=state,
        calls_for=calls_for,
        why="This is what Ana needs now.",
        transitions=(held,),
        **more,
    )


SCENARIO = Scenario(
    schema_version=1,
    id="breathing-log",
    title="The breathing log",
    client=Client(name="Ana", age=29, avatar="ana", about="A cook, in her sixth week."),
    setting=Setting(format=Format.INDIVIDUAL, modality="CBT for panic", session=6),
    rupture=Rupture.WITHDRAWAL,
    markers=(Marker.MISSED_WORK,),
    strained=(Component.TASKS,),
    difficulty=1,
    practises="Seeing a surface yes.",
    background="Six weeks in.",
    before="How did the breathing log go this week?",
    opening=(
        Line(demeanour="looks at the window", says="Fine. I mean, I didn't really get to it."),
        Line(demeanour="shrugs", says="It's fine."),
    ),
    alliance=Alliance(bond=50, goals=50, tasks=40),
    moments=(
        moment(
            "flat",
            ClientState.WITHDRAWN,
            (Move.NOTICE, Move.INVITE),
            welcome=(Move.NAME, Move.EMPATHY),
            early=(Move.RENEGOTIATE, Move.SAFETY),
        ),
        moment("careful", ClientState.HESITANT, (Move.NAME, Move.INVITE, Move.OWN)),
        moment("says it", ClientState.DISCONTENT, (Move.OWN, Move.RENEGOTIATE)),
        moment("polite", ClientState.FALSE_COMPLIANCE, (Move.NAME,)),
    ),
    endings=(
        Ending(
            id="together",
            outcome=Outcome.REPAIRED,
            state=ClientState.REENGAGED,
            text="Ana plans the week with you.",
        ),
        Ending(
            id="gone", outcome=Outcome.LOST, state=ClientState.LEFT, text="Ana does not come back."
        ),
    ),
    debrief="She had said it three times.",
    source="Written for these tests.",
)


def turn_of(
    number: int,
    coding: Coding,
    *,
    at: str = "flat",
    to: str = "careful",
    alliance: Alliance = SCENARIO.alliance,
    because: str = "You asked.",
    manner: frozenset[Manner] = frozenset(),
    rewound: bool = False,
) -> Turn:
    return Turn(
        number=number,
        moment=at,
        reply=coding.reply,
        coding=coding,
        response=Response(
            transition="held",
            to=to,
            variant=0,
            line=Line(demeanour="looks up", says="Well. Maybe."),
            shift=Shift(because=because),
            alliance=alliance,
            reception=Reception(levels=coding.moves, fresh=frozenset(coding.moves), manner=manner),
        ),
        rewound=rewound,
    )


def attempt_of(*turns: Turn, outcome: Outcome | None = None) -> Attempt:
    return Attempt(
        id="a1",
        learner="me",
        scenario=SCENARIO.id,
        seed=3,
        opening=0,
        started_at=STARTED,
        finished_at=STARTED if outcome else None,
        outcome=outcome,
        turns=turns,
    )
