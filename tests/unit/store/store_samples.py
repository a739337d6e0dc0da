"""An attempt with something of everything in it."""

from datetime import UTC, datetime

from tutor.domain.attempt import Attempt, Reception, Response, Turn
from tutor.domain.coding import Coding, Evidence, NearMiss, Shortfall
from tutor.domain.scenario import Alliance, Line, Shift
from tutor.domain.text import Span
from tutor.domain.vocabulary import Level, Manner, Misstep, Move

REPLY = "I rushed you — 对不起 🙏🏽, and I can see it didn't help."
STARTED = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)


def a_turn(number: int, *, rewound: bool = False) -> Turn:
    coding = Coding(
        reply=REPLY,
        evidence=(
            Evidence(
                code=Move.OWN,
                span=Span(0, 12),
                rule="own.rushed.01",
                found=Level.CLEAR,
                level=Level.CLEAR,
                similarity=91.5,
            ).changed("but", "an opening undone", Level.EMERGING, Span(22, 25)),
            Evidence(
                code=Misstep.OVER_APOLOGIZE,
                span=Span(15, 18),
                rule="over_apologize.sorry.01",
                found=Level.CLEAR,
                level=Level.CLEAR,
            ),
        ),
        near_misses=(
            NearMiss(
                code=Move.INVITE,
                span=Span(30, 35),
                rule="invite.open.02",
                shortfall=Shortfall.SIMILARITY,
                why="close, but no question",
            ),
        ),
    )
    response = Response(
        transition="heard",
        to="second",
        variant=1,
        line=Line(demeanour="looks up", says="Well. Maybe."),
        shift=Shift(bond=5, because="You took your share."),
        alliance=Alliance(bond=45, goals=50, tasks=30),
        reception=Reception(
            levels={Move.OWN: Level.EMERGING},
            fresh=frozenset({Move.OWN}),
            manner=frozenset({Manner.OVER_ACCOMMODATING, Manner.CRAMMED}),
        ),
    )
    return Turn(
        number=number,
        moment="first",
        reply=REPLY,
        coding=coding,
        response=response,
        rewound=rewound,
    )


def an_attempt(attempt_id: str = "a1", *, turns: int = 0, learner: str = "mira") -> Attempt:
    return Attempt(
        id=attempt_id,
        learner=learner,
        scenario="quiet-since-the-diary",
        seed=7,
        opening=2,
        started_at=STARTED,
        turns=tuple(a_turn(number) for number in range(1, turns + 1)),
    )
