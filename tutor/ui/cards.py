"""The pieces of a page as HTML strings: what is said to the learner, and about a reply.

Every function escapes what it is given; each returns one string for `st.html`.
"""

import base64

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.rubric import Mark
from tutor.domain.scenario import Ending, Line, Scenario
from tutor.domain.vocabulary import Format, Outcome, Rupture
from tutor.ui.highlight import Finished, escaped, marked
from tutor.ui.state import Kind, Notice

RUPTURES = {
    Rupture.WITHDRAWAL: "Withdrawal",
    Rupture.CONFRONTATION: "Confrontation",
    Rupture.MIXED: "Withdrawal and confrontation",
    Rupture.SAFETY: "Is there a rupture?",
    Rupture.NONE_ENGAGED: "Is there a rupture?",
    Rupture.NONE_CULTURE: "Is there a rupture?",
    Rupture.NONE_TRANSFERENCE: "Is there a rupture?",
    Rupture.NONE_DISAGREEMENT: "Is there a rupture?",
}
DIFFICULTIES = {1: "gentle", 2: "moderate", 3: "demanding"}
OUTCOMES = {
    Outcome.REPAIRED: "Repaired",
    Outcome.KEPT: "The work goes on",
    Outcome.FALSE_COMPLIANCE: "Agreement on the surface",
    Outcome.LOST: "Lost, for now",
}


def replies(count: int) -> str:
    """So many replies, in words."""
    return "1 reply" if count == 1 else f"{count} replies"


def wrap(*pieces: str) -> Finished:
    """Finished HTML inside the element that the style applies to."""
    return Finished(f'<div class="rr">{"".join(pieces)}</div>')


def said(text: str) -> str:
    """Words as they were typed or written, line breaks kept, in their own direction."""
    return f'<div class="said" dir="auto">{escaped(text)}</div>'


def line(spoken: Line) -> str:
    """What the client does and says."""
    who = f'<p class="who">{escaped(spoken.speaker)}</p>' if spoken.speaker else ""
    does = f'<em class="does">{escaped(spoken.demeanour)}</em>' if spoken.demeanour else ""
    return who + does + said(spoken.says)


def marked_reply(reply: str, marks: tuple[Mark, ...]) -> str:
    """A reply with its evidence marked, and below it what was held back, and why."""
    held = dict.fromkeys(
        f"<p class='quiet'><b>{escaped(mark.label)}:</b> {escaped(why)}</p>"
        for mark in marks
        for why in mark.changes
    )
    return f'<div class="said" dir="auto">{marked(reply, marks)}</div>' + "".join(held)


def face(svg: str) -> str:
    """An avatar as a picture; it stands beside the name, so it needs no words."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="face" alt="" src="data:image/svg+xml;base64,{data}">'


def notice(told: Notice) -> str:
    """Something to tell the learner once; a problem is announced at once."""
    style, role = ("bar-rose", "alert") if told.kind is Kind.PROBLEM else ("bar-blue", "status")
    return wrap(f'<div class="{style}" role="{role}">{escaped(told.text)}</div>')


def cannot_go_on(why: str) -> str:
    """In place of a page that cannot be shown."""
    return wrap(
        '<div class="card" role="alert"><h2>The tutor cannot go on just now</h2>',
        said(why),
        '<p class="quiet">Nothing you have written so far was changed. Try again in a moment; if '
        "it stays like this, tell the person who looks after this installation.</p></div>",
    )


def left_out(notices: tuple[str, ...]) -> str:
    """Which content is not offered, because its files have problems."""
    return wrap(
        "<details><summary>Some content was left out, because its files have problems</summary>",
        *(f"<p class='quiet'>{escaped(notice)}</p>" for notice in notices),
        "</details>",
    )


def heading(scenario: Scenario, svg: str, where: str, again: str) -> str:
    """Who the client is, where the two meet, and where the learner stands."""
    client = scenario.client
    return wrap(
        f'<div class="head">{face(svg)}<div>'
        f"<h1>{escaped(client.name)}, {client.age} · {escaped(scenario.title)}</h1>"
        f'<span class="quiet">{escaped(setting(scenario))}</span></div>'
        f'<div class="where quiet">{escaped(where)}<br><b>{escaped(again)}</b></div></div>'
    )


def setting(scenario: Scenario) -> str:
    """Where, how and when the two meet, in a line."""
    place = scenario.setting
    parts = (place.format.value.capitalize(), place.modality, f"session {place.session}")
    return " · ".join(part for part in (*parts, place.place) if part)


def scenario_card(scenario: Scenario, svg: str, *, done: bool = False, tell: bool = True) -> str:
    """A scenario on the start page; unless `tell`, it does not say which rupture it is."""
    client = scenario.client
    difficulty = DIFFICULTIES.get(scenario.difficulty, f"level {scenario.difficulty}")
    rupture = f'<span class="chip">{RUPTURES[scenario.rupture]}</span> ' if tell else ""
    return wrap(
        f'<div style="display:flex;gap:.8rem;align-items:center;margin-bottom:.5rem">{face(svg)}'
        f"<h3 style='margin:0'>{escaped(client.name)}, {client.age}<br>{escaped(scenario.title)}"
        "</h3></div>",
        f'<p class="facts">{escaped(setting(scenario))}</p>',
        f"<p>{rupture}"
        f'<span class="chip later">{escaped(difficulty)}</span>'
        f"{' <span class=chip>done</span>' if done else ''}</p>",
        f"<p>{escaped(scenario.practises)}</p>",
    )


def background(scenario: Scenario) -> str:
    """What the learner knows before the first reply."""
    return wrap(
        f'<div class="card"><h2>Before you begin</h2><p>{escaped(scenario.client.about)}</p>'
        f"<p>{escaped(scenario.background)}</p></div>"
    )


def bubble(who: str, body: str, *, mine: bool = False) -> str:
    """A line of the conversation, drawn plainly; `body` is finished HTML."""
    style = "bubble me" if mine else "bubble"
    name = f'<p class="who">{escaped(who)}</p>' if who else ""
    return f'<div class="{style}">{name}{body}</div>'


def earlier(scenario: Scenario, opening: Line, turns: tuple[Turn, ...]) -> str:
    """The older part of the conversation in one piece, closed until it is wanted."""
    name = scenario.client.name
    bubbles = [bubble(name, line(opening))]
    for turn in turns:
        bubbles.append(bubble("You", said(turn.reply), mine=True))
        bubbles.append(bubble(name, line(turn.response.line)))
    return wrap(
        f"<details><summary>Earlier in this conversation ({replies(len(turns))})</summary>",
        f'<p class="quiet">{escaped(scenario.background)}</p>',
        *bubbles,
        "</details>",
    )


def tried_before(client: str, turn: Turn) -> str:
    """The words of the try that is about to be replaced."""
    return wrap(
        '<div class="bar-blue"><b>Your earlier try at this moment</b>',
        said(turn.reply),
        f'<p class="quiet">{escaped(client)} answered: {escaped(turn.response.line.says)}</p>',
        "</div>",
    )


def ending(found: Ending) -> str:
    """Where the conversation stopped, and what to make of it."""
    style = "bar-teal" if found.outcome.good else "bar-amber"
    return wrap(
        f'<div class="{style}" role="status"><h2>{OUTCOMES[found.outcome]}</h2>'
        f"<p>{escaped(found.text)}</p></div>"
    )


def addressed(scenario: Scenario) -> str:
    """Whom a reply goes to: the client, or everybody who is in the room."""
    name = scenario.client.name
    return {
        Format.INDIVIDUAL: name,
        Format.COUPLE: "both of them",
        Format.FAMILY: f"{name} and the family",
        Format.GROUP: f"{name} and the group",
    }[scenario.setting.format]


def your_turn(scenario: Scenario) -> str:
    """What there is to do where no feedback is shown."""
    return (
        f'<div class="card"><h2>Your turn</h2><p>Answer {escaped(addressed(scenario))} in your '
        "own words. What you practice here:</p>"
        f"<p>{escaped(scenario.practises)}</p></div>"
    )


def attempt_line(scenario: Scenario, attempt: Attempt) -> str:
    """An unfinished attempt on the start page."""
    taken_back = "every try taken back" if attempt.turns else "no reply yet"
    count = replies(len(attempt.standing)) if attempt.standing else taken_back
    begun = f"{attempt.started_at:%B} {attempt.started_at.day}, {attempt.started_at:%H:%M} UTC"
    return wrap(
        f"<p><b>{escaped(scenario.client.name)} · {escaped(scenario.title)}</b>"
        f'<br><span class="quiet">{count} · begun {begun}</span></p>'
    )
