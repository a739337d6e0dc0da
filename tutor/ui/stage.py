"""The pieces of a demonstration as HTML strings for `st.html`: every text is escaped here."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from tutor.domain.coding import Coding
from tutor.domain.demo import How
from tutor.domain.rubric import Mark
from tutor.domain.scenario import Line, Shift
from tutor.domain.showing import Came, Phase, Place, Showing, Step, Version
from tutor.domain.vocabulary import ClientState, Code, Component
from tutor.feedback.handout import HOWS, NOTE_ON_TRANSCRIPTS, facts, speaker
from tutor.feedback.states import STATES
from tutor.ui import cards
from tutor.ui.feedback_cards import rung
from tutor.ui.highlight import escaped

#: What finds the marks of a reply, and what gives a code its name.
Marks = Callable[[Coding], tuple[Mark, ...]]
Label = Callable[[Code], str]


def heading(showing: Showing, face: str, place: Place) -> str:
    """What is shown, with whom, and where in it the room is."""
    count = len(showing.steps)
    where = f"reply {place.step} of {count}" if place.step and place.phase != Phase.END else ""
    picture = cards.face(face) if face else ""
    return cards.wrap(
        f'<div class="head">{picture}<div><h1>{escaped(showing.title)}</h1>'
        f'<span class="quiet">{escaped(facts(showing))}</span></div>'
        f'<div class="where quiet">{where or cards.replies(count)}</div></div>'
    )


def beginning(showing: Showing, *, tell: bool = True) -> str:
    """What there is to know before the first line; with `tell`, also what it shows."""
    scenario = showing.scenario
    pieces = []
    if showing.shows and tell:
        pieces.append(
            f'<div class="card"><h2>What this shows</h2>{cards.said(showing.shows)}</div>'
        )
    if scenario:
        pieces.append(
            f'<div class="card"><h2>Before it begins</h2><p>{escaped(scenario.client.about)}</p>'
            f"{cards.said(scenario.background)}</div>"
        )
    else:
        pieces.append(f'<div class="card"><p>{escaped(NOTE_ON_TRANSCRIPTS)}</p></div>')
    return cards.wrap(*pieces)


def earlier(showing: Showing, place: Place) -> str:
    """What was said before this step, closed until it is wanted; empty where nothing was."""
    told = showing.steps[: max(0, place.step - 1)]
    if not told:
        return ""
    bubbles = "".join(
        lines(showing, step.heard) + counselor(step.speaker, cards.said(step.chosen.reply))
        for step in told
    )
    return cards.wrap(
        f"<details><summary>Earlier in this conversation ({cards.replies(len(told))})</summary>"
        f"{_before(showing)}{bubbles}</details>"
    )


def heard(showing: Showing, step: Step) -> str:
    """What the reply answers; before the first one, also what the counselor had said."""
    first = _before(showing) if step is showing.steps[0] else ""
    return cards.wrap(f'<div class="heard">{first}{lines(showing, step.heard)}</div>')


def lines(showing: Showing, said: Iterable[Line]) -> str:
    """Lines of the client's, or of others in the room."""
    return "".join(
        cards.bubble(speaker(showing, line), _does(line) + cards.said(line.says)) for line in said
    )


def _does(line: Line) -> str:
    return f'<em class="does">{escaped(line.demeanour)}</em>' if line.demeanour else ""


def _before(showing: Showing) -> str:
    if not showing.before:
        return ""
    return cards.bubble("Counselor, a moment ago", cards.said(showing.before), mine=True)


def counselor(name: str, body: str) -> str:
    """A reply of the counselor's; `body` is finished HTML."""
    return cards.bubble(name or "Counselor", body, mine=True)


def question(step: Step) -> str:
    """What is asked of the room."""
    return cards.wrap(
        '<div class="bar-blue" role="status"><h2>Ask the room</h2>'
        f'<p class="question">{escaped(step.question)}</p></div>'
    )


def codes(coding: Coding, label: Label) -> str:
    """Each code of the reply with its level; a misstep is called one."""
    rows = [rung(escaped(label(move)), level) for move, level in coding.moves.items()]
    rows += [
        f"<li><span>{escaped(label(misstep))}</span><span></span>"
        '<span class="level">misstep</span></li>'
        for misstep in coding.missteps
    ]
    found = f'<ul class="ladder">{"".join(rows)}</ul>'
    return found if rows else "<p>Nothing in this reply is coded.</p>"


def comment(version: Version, label: Label, *, tell: bool) -> str:
    """What the reply did; with `tell`, also what there is to say of it."""
    said = f'<div class="card">{cards.said(version.comment)}</div>' if version.comment else ""
    return (
        f'<div class="card"><h2>What this reply does</h2>{codes(version.coding, label)}</div>'
        f"{said if tell else ''}"
    )


def standing(showing: Showing, state: ClientState, came: Came | None) -> str:
    """Where the client is, and the alliance; it moves where a reply has just moved it."""
    word, seen = STATES[state]
    name = showing.scenario.client.name if showing.scenario else "the client"
    why = came.shift.because if came else ""
    because = f'<p class="quiet">{escaped(why)}</p>' if why else ""
    return (
        f'<div class="card standing"><h2>Where {escaped(name)} is</h2>'
        f"<p><b>{word}</b>: {seen}</p>{bars(came) if came else ''}{because}</div>"
    )


def bars(came: Came) -> str:
    """The three parts of the alliance, each a bar from what it was to what it is."""
    rows = []
    for part in Component:
        before, after = came.before.of(part), came.after.of(part)
        change = f" ({after - before:+d})".replace("-", "\N{MINUS SIGN}") if after != before else ""
        rows.append(
            f'<dt>{part.capitalize()}</dt><dd class="{part}"><div class="track" aria-hidden="true">'
            f'<i style="--from:{before}%;--to:{after}%"></i></div></dd>'
            f'<dd class="points">{after}{change}</dd>'
        )
    return f'<dl class="bars">{"".join(rows)}</dl>'


def versions(showing: Showing, step: Step, marks: Marks, label: Label) -> str:
    """The same moment done well, half-way and badly, beside one another."""
    return cards.wrap(
        "<h2>The same moment, three times</h2>",
        f'<div class="heard">{lines(showing, step.heard)}</div><div class="versions">',
        *(_version(showing, v, marks, label) for v in (step.chosen, *step.others)),
        "</div>",
    )


def _version(showing: Showing, version: Version, marks: Marks, label: Label) -> str:
    how = version.how or How.WELL
    came = version.came
    stands = (
        f'<p class="standing"><b>{STATES[came.state][0]}</b>: {STATES[came.state][1]}</p>'
        f"{bars(came)}"
        if came
        else ""
    )
    reply = cards.marked_reply(version.reply, marks(version.coding))
    return (
        f'<section class="{how}"><h2>{HOWS[how]}</h2>{counselor("", reply)}'
        f"{codes(version.coding, label)}"
        f'<div style="margin:.6rem 0">{cards.said(version.comment)}</div>'
        f"{lines(showing, version.answer)}{stands}</section>"
    )


def ending(showing: Showing) -> str:
    """How it came out, and what to talk about."""
    pieces = [cards.ending(showing.ending)] if showing.ending else []
    if showing.discuss:
        rows = "".join(f"<li>{escaped(words)}</li>" for words in showing.discuss)
        pieces.append(
            f'<div class="card"><h2>To talk about</h2><ol class="discuss">{rows}</ol></div>'
        )
    if not pieces:
        pieces.append('<div class="card"><h2>This is the end of it</h2></div>')
    return cards.wrap(*pieces)


def replied(step: Step, marks: Marks) -> str:
    """The counselor's reply with the words that count marked."""
    chosen = step.chosen
    reply = cards.marked_reply(chosen.reply, marks(chosen.coding))
    return cards.wrap(counselor(step.speaker, reply))


def answered(showing: Showing, said: Iterable[Line]) -> str:
    """What is said to a reply."""
    return cards.wrap(f'<div class="heard">{lines(showing, said)}</div>')


def beside(showing: Showing, step: Step, place: Place, label: Label) -> str:
    """What there is to see at this place: where the client is, and what the reply does.

    What there is to say of a reply often says what comes of it; so it waits for the answer.
    """
    chosen = step.chosen
    tell = place.phase is Phase.ANSWER or not chosen.answer
    told = "" if place.phase is Phase.ASK else comment(chosen, label, tell=tell)
    if place.phase is Phase.ANSWER and chosen.came:
        return cards.wrap(standing(showing, chosen.came.state, chosen.came), told)
    if step.state is None:
        return cards.wrap(told or _unknown())
    before = still(step)
    return cards.wrap(told, standing(showing, step.state, before))


def still(step: Step) -> Came | None:
    """The alliance before the reply, as it stands without moving."""
    came = step.chosen.came
    return replace(came, after=came.before, shift=Shift(because="")) if came else None


def _unknown() -> str:
    return f'<div class="card"><p class="quiet">{escaped(NOTE_ON_TRANSCRIPTS)}</p></div>'


def nothing(words: str) -> str:
    """In place of a demonstration that is not there."""
    return cards.wrap("<h1>Demonstration</h1>", f"<p>{escaped(words)}</p>")
