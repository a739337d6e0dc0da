"""Small valid values for tests: a scenario of six moments, codings without a coder, attempts.

`a_scenario()` has both ways out of the path (false compliance, escalation) and all three endings:

    quiet (withdrawn) → unsure (hesitant) → plain (discontent) → clear (asserting) → mended
    any of them: over-apologizing → yes-yes (false compliance), confronting → off (escalating)
"""

from dataclasses import replace
from datetime import UTC, datetime

from tutor.client.machine import place, step
from tutor.domain.attempt import Attempt, Reception, Response, Turn
from tutor.domain.coding import Coding, Evidence
from tutor.domain.people import Client, Setting
from tutor.domain.scenario import (
    Alliance,
    Condition,
    Ending,
    Line,
    Moment,
    Scenario,
    Shift,
    Transition,
)
from tutor.domain.text import Span
from tutor.domain.vocabulary import (
    ClientState,
    Component,
    Format,
    Level,
    Manner,
    Marker,
    Misstep,
    Move,
    Outcome,
    Rupture,
    code_of,
)

STARTED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REPLY = "A reply whose words do not matter here, since its coding is given."


def a_coding(*missteps: str, reply: str = REPLY, **moves: int) -> Coding:
    """A coding with those missteps and moves: ``a_coding("push", own=2, invite=1)``."""
    levels = {code_of(name): Level(level) for name, level in moves.items()}
    levels |= {Misstep(name): Level.CLEAR for name in missteps}
    return Coding(
        reply=reply,
        evidence=tuple(
            Evidence(code=code, span=Span(0, 7), rule=f"{code}.test.01", found=level, level=level)
            for code, level in levels.items()
            if level
        ),
    )


def lines(what: str, variants: int = 3) -> tuple[Line, ...]:
    """That many lines which all differ."""
    return tuple(Line(demeanour=f"{what} {n}", says=f"{what}, said {n}") for n in range(variants))


def a_transition(
    transition_id: str,
    to: str,
    when: Condition | None = None,
    *,
    bond: int = 0,
    tasks: int = 0,
    variants: int = 3,
) -> Transition:
    """A transition with `variants` lines of its own."""
    return Transition(
        id=transition_id,
        to=to,
        when=when,
        alliance=Shift(bond=bond, tasks=tasks, because=f"because of {transition_id}"),
        lines=lines(transition_id, variants),
    )


def a_moment(
    moment_id: str, state: ClientState, *transitions: Transition, otherwise: str = ""
) -> Moment:
    """A moment with those transitions and a last one that always holds, by default to itself."""
    return Moment(
        id=moment_id,
        state=state,
        calls_for=(Move.NOTICE, Move.INVITE),
        welcome=(Move.OWN, Move.EMPATHY),
        early=(Move.RENEGOTIATE,),
        why=f"why {moment_id} calls for what it calls for",
        transitions=(
            *transitions,
            a_transition(f"{moment_id}-otherwise", otherwise or moment_id, bond=-2),
        ),
    )


def a_scenario(*moments: Moment, **changes: object) -> Scenario:
    """The scenario of this module's docstring, with other moments or fields where given."""
    scenario = Scenario(
        schema_version=1,
        id="test-diary",
        title="The diary",
        client=Client(name="Kai", age=34, avatar="kai", about="A baker who sleeps badly."),
        setting=Setting(format=Format.INDIVIDUAL, modality="CBT", session=4),
        rupture=Rupture.WITHDRAWAL,
        markers=(Marker.MISSED_WORK,),
        strained=(Component.TASKS,),
        difficulty=1,
        practises="Asking about an undone task.",
        background="Kai has stopped writing the diary.",
        before="Shall we look at your diary?",
        opening=lines("opening"),
        alliance=Alliance(bond=50, goals=55, tasks=40),
        moments=moments or _moments(),
        endings=(
            Ending(
                id="mended",
                outcome=Outcome.REPAIRED,
                state=ClientState.REENGAGED,
                text="Kai stays.",
            ),
            Ending(
                id="polite",
                outcome=Outcome.FALSE_COMPLIANCE,
                state=ClientState.FALSE_COMPLIANCE,
                text="Kai says thank you and writes the diary in the car.",
            ),
            Ending(id="gone", outcome=Outcome.LOST, state=ClientState.LEFT, text="Kai leaves."),
        ),
        debrief="The diary was never Kai's idea.",
        source="Written for this project. MIT.",
    )
    return replace(scenario, **changes)  # type: ignore[arg-type]


def an_attempt(scenario: Scenario, *, seed: int = 7, turns: tuple[Turn, ...] = ()) -> Attempt:
    """An attempt at the scenario, with those turns."""
    return Attempt(
        id="attempt-1",
        learner="learner-1",
        scenario=scenario.id,
        seed=seed,
        opening=0,
        started_at=STARTED,
        turns=turns,
    )


def a_turn(
    moment: str, coding: Coding, *, number: int = 1, line: Line | None = None, rewound: bool = False
) -> Turn:
    """A turn with that coding at that moment, which left the client where they were."""
    return Turn(
        number=number,
        moment=moment,
        reply=coding.reply,
        coding=coding,
        response=Response(
            transition="any",
            to=moment,
            variant=0,
            line=line or Line(demeanour="waits", says="Mm."),
            shift=Shift(because="nothing changed"),
            alliance=Alliance(bond=50, goals=50, tasks=50),
            reception=Reception(levels=coding.moves, fresh=frozenset(), manner=frozenset()),
        ),
        rewound=rewound,
    )


def answered(scenario: Scenario, attempt: Attempt, *codings: Coding) -> Attempt:
    """The attempt after replies with those codings; each is answered by the real client."""
    for coding in codings:
        turn = Turn(
            number=len(attempt.turns) + 1,
            moment=place(scenario, attempt),
            reply=coding.reply,
            coding=coding,
            response=step(scenario, attempt, coding),
        )
        attempt = replace(attempt, turns=(*attempt.turns, turn))
    return attempt


def rewound(attempt: Attempt) -> Attempt:
    """The attempt after its last standing turn was taken back."""
    last = attempt.standing[-1]
    turns = tuple(replace(t, rewound=True) if t is last else t for t in attempt.turns)
    return replace(attempt, turns=turns)


def _moments() -> tuple[Moment, ...]:
    clear, emerging = Level.CLEAR, Level.EMERGING

    def moment(moment_id: str, state: ClientState, forward: Transition) -> Moment:
        return a_moment(
            moment_id,
            state,
            a_transition(
                f"{moment_id}-soothes",
                "yes-yes",
                Condition(manner=(Manner.OVER_ACCOMMODATING,)),
                bond=-3,
            ),
            a_transition(
                f"{moment_id}-bristles",
                "off",
                Condition(missteps=(Misstep.CONFRONT,)),
                bond=-8,
            ),
            forward,
        )

    return (
        moment(
            "quiet",
            ClientState.WITHDRAWN,
            a_transition("seen", "unsure", Condition(any_of={Move.NOTICE: emerging}), bond=4),
        ),
        moment(
            "unsure",
            ClientState.HESITANT,
            a_transition(
                "asked",
                "plain",
                Condition(at_least={Move.OWN: emerging, Move.INVITE: emerging}),
                bond=4,
            ),
        ),
        moment(
            "plain",
            ClientState.DISCONTENT,
            a_transition("heard", "clear", Condition(any_of={Move.EMPATHY: clear}), bond=6),
        ),
        moment(
            "clear",
            ClientState.ASSERTING,
            a_transition(
                "agreed", "mended", Condition(at_least={Move.RENEGOTIATE: clear}), tasks=20
            ),
        ),
        a_moment(
            "yes-yes",
            ClientState.FALSE_COMPLIANCE,
            a_transition("caught", "unsure", Condition(any_of={Move.NOTICE: emerging}), bond=3),
            otherwise="polite",
        ),
        a_moment(
            "off",
            ClientState.ESCALATING,
            a_transition(
                "walks-out", "gone", Condition(alliance_below={Component.BOND: 30}), bond=-10
            ),
            a_transition("turned-back", "quiet", Condition(any_of={Move.OWN: clear}), bond=5),
        ),
    )
