"""The practice loop: a reply is coded, answered and stored, once, or refused with a reason."""

import re
import shutil
import sqlite3
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tutor import conversation, supervise
from tutor.domain.coding import Coding, Context, Evidence
from tutor.domain.library import Library
from tutor.domain.people import Client, Setting
from tutor.domain.rubric import Call, Caution, Comparison, Criterion, Headline, Rubric
from tutor.domain.rules import Bank, Lexicon, Spelling
from tutor.domain.scenario import (
    Alliance,
    AnnotatedReply,
    Condition,
    Ending,
    Line,
    Moment,
    ReplyKind,
    Scenario,
    Shift,
    Transition,
)
from tutor.domain.script import Retry, Script
from tutor.domain.text import Span
from tutor.domain.vocabulary import (
    CODES,
    ClientState,
    Component,
    Format,
    Level,
    Marker,
    Misstep,
    Move,
    Outcome,
    Rupture,
)
from tutor.errors import AttemptError, AttemptMovedOn, ContentError, ReplyError, StoreError
from tutor.practice import Practice, open_practice
from tutor.settings import MAX_REPLY, ROOT, Settings
from tutor.store.repository import Store


def words(*said: str) -> tuple[Line, ...]:
    return tuple(Line(demeanour="sits still", says=line) for line in said)


def transition(to: str, points: int, *said: str, when: Condition | None = None) -> Transition:
    shift = Shift(bond=points, because=f"It came to {to}.")
    return Transition(id=f"to-{to}", to=to, when=when, alliance=shift, lines=words(*said))


def moment(name: str, state: ClientState, *transitions: Transition) -> Moment:
    model = AnnotatedReply(
        kind=ReplyKind.MODEL, text="I own it", moves={Move.OWN: Level.CLEAR}, comment="Short."
    )
    poor = AnnotatedReply(kind=ReplyKind.POOR, text="I defend it", comment="No.")
    return Moment(
        id=name,
        state=state,
        calls_for=(Move.OWN,),
        why="The client waits.",
        transitions=transitions,
        replies=(poor, model),
    )


def when(**conditions: object) -> Condition:
    return Condition(**conditions)


OWNED = when(at_least={Move.OWN: Level.CLEAR})
INVITED = when(at_least={Move.INVITE: Level.CLEAR})
SCENARIO = Scenario(
    schema_version=1,
    id="the-log",
    title="The log",
    client=Client(name="Ines", age=41, avatar="ines", about="A baker."),
    setting=Setting(format=Format.INDIVIDUAL, modality="CBT", session=4),
    rupture=Rupture.WITHDRAWAL,
    markers=(Marker.MINIMAL_RESPONSE,),
    strained=(Component.TASKS,),
    difficulty=1,
    practises="Owning a slip.",
    background="Ines keeps a log.",
    before="So, your log again.",
    opening=words("Fine.", "Sure.", "If you say so."),
    alliance=Alliance(bond=40, goals=50, tasks=20),
    moments=(
        moment(
            "start",
            ClientState.HESITANT,
            transition("lost", -20, "I had better go.", when=when(missteps=(Misstep.CONFRONT,))),
            transition("open", 10, "Well.", "It was a lot.", "You noticed.", when=OWNED),
            transition("start", 0, "Mm.", "Okay.", "I guess."),
        ),
        moment(
            "open",
            ClientState.ASSERTING,
            transition("repaired", 10, "Thank you.", "Good.", "Yes.", when=INVITED),
            transition("open", 0, "And?", "So?", "Then?"),
        ),
    ),
    endings=(
        Ending(
            id="repaired", outcome=Outcome.REPAIRED, state=ClientState.REENGAGED, text="Mended."
        ),
        Ending(id="lost", outcome=Outcome.LOST, state=ClientState.LEFT, text="She left."),
    ),
    debrief="She needed to be heard.",
    source="Written for this test.",
)
RUBRIC = Rubric(
    schema_version=1,
    criteria=tuple(
        Criterion(
            move=move,
            label=f"The {move} row",
            step="1",
            asks="?",
            levels=("no", "some", "yes"),
            next_steps=(f"Try to {move}.", f"Say more to {move}."),
            early="Later.",
            source="test",
        )
        for move in Move
    ),
    cautions=tuple(
        Caution(misstep=m, label=f"The {m} note", why="It hurts.", instead="Do not.", source="test")
        for m in Misstep
    ),
    headlines=(Headline(when=Condition(), text="{client} heard you."),),
    when_all_is_there="Go on.",
)
LIBRARY = Library(
    bank=Bank(
        files=(),
        modifiers=(),
        lexicon=Lexicon(schema_version=1, lists={}, verbs={}),
        spelling=Spelling(common=frozenset(), variants={}),
    ),
    rubric=RUBRIC,
    scenarios=(SCENARIO, replace(SCENARIO, id="another")),
)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
Open = Callable[..., Practice]


CLEAR = {"found": Level.CLEAR, "level": Level.CLEAR}


def spelled_out(reply: str, _: Context) -> Coding:
    """A coder for these tests: a reply does what it names, clearly."""
    return Coding(
        reply=reply,
        evidence=tuple(
            Evidence(code=code, span=Span(at, at + len(code)), rule="named", **CLEAR)
            for code in CODES
            if (at := reply.find(code)) >= 0
        ),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tutor.db"


@pytest.fixture
def open_one(file: Path) -> Iterator[Open]:
    """Opens the practice on `file`, each time as a new process would; a minute passes per look."""
    opened = []
    minutes = iter(range(10_000))

    def open_practice_again(*, library: Library = LIBRARY, code=spelled_out) -> Practice:
        store = Store.open(f"sqlite:///{file.as_posix()}", busy_timeout=0.05)
        practice = Practice(
            library=library,
            code=code,
            store=store,
            now=lambda: NOON + timedelta(minutes=next(minutes)),
        )
        opened.append(practice)
        return practice

    yield open_practice_again
    for practice in opened:
        practice.close()


@pytest.fixture
def practice(open_one: Open) -> Practice:
    return open_one()


class Learner:
    """Works on one attempt in one tab, which shows what it last got back."""

    def __init__(self, practice: Practice, *, name: str = "mira", attempt_id: str = "") -> None:
        self.practice = practice
        self.name = name
        if attempt_id:
            self.sees = practice.open_attempt(attempt_id=attempt_id, learner=name)
        else:
            self.sees = practice.start_attempt(scenario_id="the-log", learner=name, seed=7)

    def tab(self) -> "Learner":
        return Learner(self.practice, name=self.name, attempt_id=self.sees.id)

    def stored(self):
        return self.practice.open_attempt(attempt_id=self.sees.id, learner=self.name)

    def at(self) -> dict[str, object]:
        return {
            "attempt_id": self.sees.id,
            "learner": self.name,
            "revision": self.sees.revision,
        }

    def says(self, reply: str) -> None:
        self.sees = self.practice.submit_reply(**self.at(), reply=reply)

    def tries_again(self) -> None:
        self.sees = self.practice.retry_moment(**self.at())

    def stops(self) -> None:
        self.sees = self.practice.finish_attempt(**self.at())


@pytest.fixture
def mira(practice: Practice) -> Learner:
    return Learner(practice)


def test_an_attempt_begins_with_the_clients_first_line(mira: Learner) -> None:
    attempt = mira.sees
    assert attempt == mira.stored()
    assert (attempt.scenario, attempt.learner, attempt.seed) == ("the-log", "mira", 7)
    assert attempt.turns == ()
    assert not attempt.finished
    assert len(attempt.id) >= 22


def test_ids_and_seeds_differ(practice: Practice) -> None:
    begun = [practice.start_attempt(scenario_id="the-log", learner="mira") for _ in range(20)]
    assert len({attempt.id for attempt in begun}) == 20
    assert len({attempt.seed for attempt in begun}) > 15


def test_from_the_start_to_repair(mira: Learner) -> None:
    for reply, place in (("hello", "start"), ("I own it", "open"), ("I invite you", "repaired")):
        mira.says(reply)
        assert mira.sees == mira.stored()
        assert mira.sees.turns[-1].reply == reply
        assert mira.sees.turns[-1].response.to == place
    assert [turn.number for turn in mira.sees.turns] == [1, 2, 3]
    assert [turn.moment for turn in mira.sees.turns] == ["start", "start", "open"]
    assert mira.sees.outcome is Outcome.REPAIRED
    assert mira.sees.finished_at > mira.sees.started_at


def test_the_coder_is_told_what_the_reply_answers(open_one: Open) -> None:
    contexts = []

    def code(reply: str, context: Context) -> Coding:
        contexts.append(context)
        return spelled_out(reply, context)

    mira = Learner(open_one(code=code))
    mira.says("hello")
    mira.says("I own it")
    first, second = mira.sees.turns
    opening = SCENARIO.opening[mira.sees.opening]
    setting, strained = "individual, CBT, session 4", "tasks"
    known = {"setting": setting, "rupture": Rupture.WITHDRAWAL, "strained": strained}
    assert contexts == [
        Context(before="So, your log again.", client=opening.says, **known),
        Context(before="hello", client=first.response.line.says, **known),
    ]
    mira.tries_again()
    mira.says("I own it, again")
    assert contexts[2] == contexts[1]
    assert second.rewound is False
    assert mira.sees.turns[1] == replace(second, rewound=True)


def test_a_moment_is_tried_again(mira: Learner) -> None:
    mira.says("I confront you")
    assert mira.sees.outcome is Outcome.LOST
    mira.tries_again()
    assert mira.sees == mira.stored()
    assert (mira.sees.outcome, mira.sees.finished_at, mira.sees.standing) == (None, None, ())
    mira.says("I own it")
    assert mira.sees == mira.stored()
    lost, won = mira.sees.turns
    assert lost.rewound
    assert not won.rewound
    assert (won.number, won.moment, won.response.to) == (2, "start", "open")
    assert won.response.alliance.bond == 50
    assert mira.sees.earlier_try(won) == lost
    assert mira.practice.comparison(mira.sees, won) == (
        Comparison(label="The own row", before=Level.NOT_YET, after=Level.CLEAR),
        Comparison(label="The confront note", before=Level.CLEAR, after=Level.NOT_YET),
    )
    assert mira.practice.comparison(mira.sees, lost) == ()


def test_there_is_nothing_to_try_again_yet(mira: Learner) -> None:
    with pytest.raises(AttemptError, match="no reply to go back behind"):
        mira.tries_again()
    mira.says("hello")
    mira.tries_again()
    with pytest.raises(AttemptError, match="no reply to go back behind"):
        mira.tries_again()
    assert mira.sees == mira.stored()


def test_a_learner_may_stop_before_an_ending(mira: Learner) -> None:
    mira.says("hello")
    mira.stops()
    assert mira.sees == mira.stored()
    assert mira.sees.finished
    assert mira.sees.outcome is None
    for go_on in (mira.stops, lambda: mira.says("I own it")):
        with pytest.raises(AttemptError, match="has ended"):
            go_on()
    assert mira.sees == mira.stored()


@pytest.mark.parametrize("reply", ["I invite you", "I confront you"])
def test_nothing_follows_an_ending(mira: Learner, reply: str) -> None:
    mira.says("I own it")
    mira.says(reply)
    if not mira.sees.finished:
        mira.stops()
    with pytest.raises(AttemptError, match="has ended"):
        mira.says("one more thing")
    assert len(mira.stored().turns) == 2


REFUSED = {
    "empty": ("", "no words in it"),
    "blanks": (" \n\t\u00a0\u2003\r\n", "no words in it"),
    "invisible": ("\u200b\u2060\ufeff\u202e", "no words in it"),
    "too long": ("sorry " * 400, r"2,400 characters long; 2,000 is the most"),
    "one too long": ("\U0001f64f" * (MAX_REPLY + 1), r"2,001 characters long"),
    "NUL": ("I am sorry\0", r"Character 11 .*U\+0000"),
    "escape": ("sorry \x1b[2J", r"Character 7 .*U\+001B"),
    "C1": ("sorry\x92", r"Character 6 .*U\+0092"),
    "delete": ("sorry\x7f", r"Character 6 .*U\+007F"),
    "half an emoji": ("sorry \ud83d", r"Character 7 .*U\+D83D"),
}


@pytest.mark.parametrize(("reply", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_refused_reply_stores_nothing(mira: Learner, reply: str, reason: str) -> None:
    mira.says("hello")
    with pytest.raises(ReplyError, match=reason) as refused:
        mira.says(reply)
    assert "sorry" not in str(refused.value)
    assert mira.stored() == mira.sees


TAKEN = {
    "just short enough": "x" * MAX_REPLY,
    "several lines": "I pushed you.\n\n\tAnd I see it.\r\n",
    "emoji": "👩🏽‍⚕️🙏🏽",
    "one joined letter": "e\u0301",
    "right to left": "\u202eאני מצטער\u202c — آسف",
    "markup": "<script>alert(1)</script> **own** ![](http://x) $x$ :red[x]",
    "quotes": "'); DROP TABLE turn; --",
    "blanks around": "  I own it  ",
    "question mark": "?",
}


@pytest.mark.parametrize("reply", TAKEN.values(), ids=TAKEN)
def test_a_reply_is_kept_exactly_as_typed(mira: Learner, reply: str) -> None:
    mira.says(reply)
    assert mira.stored().turns[0].reply == reply
    assert mira.stored().turns[0].coding.reply == reply


@examples(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reply=st.text(st.characters()) | st.sampled_from(["I own it", "I invite you"]))
def test_any_text_is_kept_or_refused_with_a_reason(mira: Learner, reply: str) -> None:
    if mira.sees.finished:
        mira.tries_again()
    before = mira.sees
    reason = None
    try:
        mira.says(reply)
    except ReplyError as refused:
        reason = str(refused)
    if reason is not None:
        assert len(reason) > 20
        assert mira.stored() == before
    else:
        assert mira.stored().turns == (*before.turns, mira.sees.turns[-1])
        assert mira.sees.turns[-1].reply == reply


LATE = {
    "reply": lambda tab: tab.says("I confront you"),
    "blank after all": lambda tab: tab.says("hello"),
    "retry": lambda tab: tab.tries_again(),
    "stop": lambda tab: tab.stops(),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
@pytest.mark.parametrize("first", LATE.values(), ids=LATE)
def test_the_second_of_two_tabs_is_told(
    mira: Learner, first: Callable[[Learner], None], late: Callable[[Learner], None]
) -> None:
    mira.says("hello")
    other = mira.tab()
    first(mira)
    with pytest.raises(AttemptMovedOn, match="another tab"):
        late(other)
    assert mira.stored() == mira.sees


def test_two_tabs_at_the_very_same_time(open_one: Open) -> None:
    tabs: list[Learner] = []

    def code(reply: str, context: Context) -> Coding:
        # While this tab's reply is being coded, the other tab's is coded and stored.
        if tabs:
            tabs.pop().says("from the other tab")
        return spelled_out(reply, context)

    mira = Learner(open_one(code=code))
    tabs.append(mira.tab())
    with pytest.raises(AttemptMovedOn):
        mira.says("from this tab")
    assert [turn.reply for turn in mira.stored().turns] == ["from the other tab"]


def test_unknown_ids_and_other_peoples_get_the_same_words(mira: Learner) -> None:
    messages = set()
    for attempt_id, learner in (
        (mira.sees.id, "ada"),
        (mira.sees.id, ""),
        (mira.sees.id + "x", "mira"),
        ("", "mira"),
        ("x" * 100_000, "mira"),
        ("\0", "mira"),
        ("\ud83d", "mira"),
        ("' OR 1=1 --", "mira"),
        ("../../etc/passwd", "mira"),
    ):
        at = {"attempt_id": attempt_id, "learner": learner}
        for use in (
            lambda at=at: mira.practice.open_attempt(**at),
            lambda at=at: mira.practice.submit_reply(**at, revision=0, reply="hello"),
            lambda at=at: mira.practice.retry_moment(**at, revision=0),
            lambda at=at: mira.practice.finish_attempt(**at, revision=0),
        ):
            with pytest.raises(AttemptError) as refused:
                use()
            assert type(refused.value) is AttemptError
            messages.add(str(refused.value))
    assert len(messages) == 1
    assert mira.stored() == mira.sees


def test_after_a_restart_the_attempt_goes_on(open_one: Open) -> None:
    mira = Learner(open_one())
    mira.says("I own it")
    mira.practice.close()
    again = Learner(open_one(), attempt_id=mira.sees.id)
    assert again.sees == mira.sees
    again.says("I invite you")
    assert again.sees.outcome is Outcome.REPAIRED


def test_unfinished_attempts(practice: Practice) -> None:
    begun = [
        practice.start_attempt(scenario_id=name, learner="mira")
        for name in ("the-log", "another") * 6
    ]
    Learner(practice, name="ada")
    stopped = begun.pop()
    practice.finish_attempt(attempt_id=stopped.id, learner="mira", revision=0)
    assert practice.unfinished(learner="mira") == tuple(reversed(begun))[:10]
    assert practice.unfinished(learner="nobody") == ()


def without_moment(name: str) -> Library:
    moments = tuple(m for m in SCENARIO.moments if m.id != name)
    return replace(LIBRARY, scenarios=(replace(SCENARIO, moments=moments),))


CHANGED = {
    "gone": (replace(LIBRARY, scenarios=()), "no such scenario"),
    "its first moment is gone": (without_moment("start"), "rewritten"),
    "the moment it is at is gone": (without_moment("open"), "rewritten"),
    "its first line is gone": (
        replace(LIBRARY, scenarios=(replace(SCENARIO, opening=()),)),
        "rewritten",
    ),
}


@pytest.mark.parametrize(("library", "reason"), CHANGED.values(), ids=CHANGED)
def test_a_scenario_that_changed(open_one: Open, library: Library, reason: str) -> None:
    mira = Learner(open_one())
    mira.says("I own it")
    later = open_one(library=library)
    with pytest.raises(AttemptError, match=reason):
        Learner(later, attempt_id=mira.sees.id)
    with pytest.raises(AttemptError, match=reason):
        later.submit_reply(**mira.at(), reply="I invite you")
    assert later.unfinished(learner="mira") == ()
    assert mira.stored() == mira.sees


def test_no_such_scenario(practice: Practice) -> None:
    for use in (
        lambda: practice.scenario("nowhere"),
        lambda: practice.start_attempt(scenario_id="nowhere", learner="mira"),
    ):
        with pytest.raises(AttemptError, match="no such scenario"):
            use()


def test_a_reply_that_cannot_be_stored_is_not_answered(mira: Learner, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            mira.says("I own it")
    assert mira.stored() == mira.sees
    mira.says("I own it")
    assert len(mira.stored().turns) == 1


def test_what_is_said_about_a_turn_and_an_attempt(mira: Learner) -> None:
    mira.says("I own it and defend it")
    mira.says("I invite you")
    first, last = mira.sees.turns
    feedback = mira.practice.feedback(mira.sees, first)
    assert feedback.headline == "Ines heard you."
    assert {mark.code for mark in feedback.marks} == {Move.OWN, Misstep.DEFEND}
    assert [s.call for s in feedback.scores if s.criterion.move is Move.OWN] == [Call.CALLED_FOR]
    assert mira.practice.comparison(mira.sees, last) == ()

    ((model, marks),) = mira.practice.model_replies(mira.sees, first)
    assert model.kind is ReplyKind.MODEL
    assert [mark.span.of(model.text) for mark in marks] == ["own"]

    summary = mira.practice.summary(mira.sees)
    assert len(summary.path) == 3
    report = mira.practice.report(mira.sees)
    assert "I own it and defend it" in report
    assert "Ines" in report


def test_summary_and_report_of_an_attempt_without_a_turn(mira: Learner) -> None:
    mira.stops()
    assert mira.practice.summary(mira.sees).best_turn is None
    assert "# The log" in mira.practice.report(mira.sees)


STEPS = ("hello", "I confront you", Retry(), "I own it", "mm", "I invite you")


def test_a_replay_is_the_same_conversation_as_in_practice(mira: Learner) -> None:
    played = conversation.replay(
        LIBRARY, spelled_out, Script(scenario="the-log", seed=7, steps=STEPS)
    )
    for step in STEPS:
        if isinstance(step, Retry):
            mira.tries_again()
        else:
            mira.says(step)
    assert played.outcome is Outcome.REPAIRED
    assert played.turns == mira.sees.turns
    assert (played.opening, played.revision) == (mira.sees.opening, mira.sees.revision)
    again = conversation.replay(
        LIBRARY, spelled_out, Script(scenario="the-log", seed=7, steps=STEPS)
    )
    assert again == played


BAD_STEPS = {
    "retry first": ((Retry(),), AttemptError, "Step 1: There is no reply"),
    "blank": (("hello", " "), ReplyError, "Step 2: There are no words"),
    "after the end": (("I confront you", "wait"), AttemptError, "Step 2: .*has ended"),
}


@pytest.mark.parametrize(("steps", "kind", "reason"), BAD_STEPS.values(), ids=BAD_STEPS)
def test_a_step_that_cannot_be_replayed_is_named(
    steps: tuple[str | Retry, ...], kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind, match=reason):
        conversation.replay(LIBRARY, spelled_out, Script(scenario="the-log", steps=steps))


def test_a_replay_of_no_scenario() -> None:
    with pytest.raises(AttemptError, match="no such scenario"):
        conversation.replay(LIBRARY, spelled_out, Script(scenario="nowhere"))


FIRST, SECOND = SCENARIO.moments
DEAD_ENDS = {
    "no opening": replace(SCENARIO, opening=()),
    "no moments": replace(SCENARIO, moments=()),
    "nowhere to go": replace(SCENARIO, moments=(FIRST,)),
    "no transition": replace(SCENARIO, moments=(FIRST, replace(SECOND, transitions=()))),
    "not for every reply": replace(
        SCENARIO, moments=(FIRST, replace(SECOND, transitions=SECOND.transitions[:1]))
    ),
    "nothing to say": replace(
        SCENARIO,
        moments=(FIRST, replace(SECOND, transitions=(transition("open", 0),))),
    ),
}


@pytest.mark.parametrize("scenario", DEAD_ENDS.values(), ids=DEAD_ENDS)
def test_a_scenario_with_a_dead_end_is_not_playable(scenario: Scenario) -> None:
    assert not conversation.playable(scenario)
    assert conversation.playable(SCENARIO)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the product's own content, to be spoilt."""
    return shutil.copytree(
        ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("replies")
    )


@pytest.fixture
def opened(content: Path, file: Path) -> Iterator[Callable[[], Practice]]:
    practices = []

    def open_it() -> Practice:
        url = f"sqlite:///{file.as_posix()}"
        practices.append(open_practice(Settings(data=content, database_url=url)))
        return practices[-1]

    yield open_it
    for practice in practices:
        practice.close()


def test_every_scenario_of_the_product_can_be_begun(opened: Callable[[], Practice]) -> None:
    practice = opened()
    assert practice.notices == ()
    assert practice.scenarios
    for scenario in practice.scenarios:
        attempt = practice.start_attempt(scenario_id=scenario.id, learner="mira", seed=1)
        after = practice.submit_reply(
            attempt_id=attempt.id,
            learner="mira",
            revision=0,
            reply="I moved on before I had really heard you. What was that like for you?",
        )
        turn = after.turns[0]
        assert turn.coding.moves
        assert practice.feedback(after, turn).headline
        assert practice.model_replies(after, turn)
        assert practice.open_attempt(attempt_id=attempt.id, learner="mira") == after


def test_a_broken_scenario_is_left_out_and_told_of(
    opened: Callable[[], Practice], content: Path
) -> None:
    broken = sorted((content / "scenarios").rglob("*.yaml"))[0]
    broken.write_text(broken.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    practice = opened()
    assert broken.stem not in {scenario.id for scenario in practice.scenarios}
    assert practice.scenarios
    assert any(broken.name in notice for notice in practice.notices)


def test_a_scenario_with_a_dead_end_is_left_out_and_told_of(
    opened: Callable[[], Practice], content: Path
) -> None:
    dead = sorted((content / "scenarios").rglob("*.yaml"))[0]
    text = dead.read_text(encoding="utf-8")
    text = re.sub(r"^( +to:) \S+$", r"\1 nowhere", text, count=1, flags=re.MULTILINE)
    dead.write_text(text, encoding="utf-8")
    practice = opened()
    assert dead.stem not in {scenario.id for scenario in practice.scenarios}
    assert f"The scenario {dead.stem} comes to a dead end and was left out." in practice.notices


def test_a_broken_rubric_stops_everything(
    opened: Callable[[], Practice], content: Path, file: Path
) -> None:
    (content / "rubric.yaml").write_text("[", encoding="utf-8")
    with pytest.raises(ContentError, match=r"rubric\.yaml"):
        opened()
    assert not file.exists()


def test_with_a_pattern_that_cannot_be_read_no_conversation_is_ready(
    opened: Callable[[], Practice], content: Path
) -> None:
    rules = """
        schema_version: 1
        code: own
        rules:
          - id: own.test
            level: 2
            source: test
            phrases: ["@no_such_list"]
            examples: {match: ["mine"]}
    """
    (content / "rules" / "own.yaml").write_text(textwrap.dedent(rules), encoding="utf-8")
    practice = opened()
    with pytest.raises(ContentError, match="no_such_list"):
        practice.get_ready()


def test_what_is_seen_differently_is_kept_with_what_the_reply_answered(mira: Learner) -> None:
    mira.says("own2")
    mira.says("own1")
    made = mira.practice.dispute(
        attempt_id=mira.sees.id, learner="mira", number=2, code=Move.NOTICE, why=" I saw it. "
    )
    assert mira.practice.disputes(mira.sees) == (made,)
    (disputed,) = supervise.disputed(mira.practice.library, mira.practice.store)
    assert disputed.dispute.why == "I saw it."
    assert disputed.coding.reply == "own1"
    assert disputed.context.before == "own2"
    assert disputed.context.client == mira.sees.turns[0].response.line.says
    assert "> I saw it." in mira.practice.report(mira.sees)
    assert mira.stored() == mira.sees  # neither the marks nor the conversation have changed


@pytest.mark.parametrize(("why", "reason"), [(" \n", "in a few words"), ("x" * 501, "501 char")])
def test_a_dispute_needs_a_reason_of_some_length(mira: Learner, why: str, reason: str) -> None:
    mira.says("own2")
    with pytest.raises(ReplyError, match=reason):
        mira.practice.dispute(
            attempt_id=mira.sees.id, learner="mira", number=1, code=Move.OWN, why=why
        )
    assert mira.practice.disputes(mira.sees) == ()


def test_nobody_disputes_another_ones_coding_or_a_reply_that_is_not_there(mira: Learner) -> None:
    mira.says("own2")
    for learner, number in (("joe", 1), ("mira", 2)):
        with pytest.raises(AttemptError):
            mira.practice.dispute(
                attempt_id=mira.sees.id, learner=learner, number=number, code=Move.OWN, why="no"
            )
    assert mira.practice.disputes(mira.sees) == ()
