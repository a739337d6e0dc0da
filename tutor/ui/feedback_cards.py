"""What is said about a reply, as HTML strings for `st.html`: every piece is escaped here."""

from collections.abc import Callable

from tutor.domain.attempt import Dispute, Turn
from tutor.domain.rubric import Call, Comparison, Feedback, Mark, MisstepNote, Score, WhyNot
from tutor.domain.scenario import AnnotatedReply
from tutor.domain.teaching import Comment, Override
from tutor.domain.vocabulary import Code, Level, Misstep
from tutor.ui.cards import marked_reply, wrap
from tutor.ui.highlight import LEVEL_WORDS, escaped


def both_tries(
    before: tuple[str, tuple[Mark, ...]],
    after: tuple[str, tuple[Mark, ...]],
    changes: tuple[Comparison, ...],
) -> str:
    """Two tries at one moment side by side, and what changed, code by code."""
    missteps = {m.label for m in (*before[1], *after[1]) if isinstance(m.code, Misstep)}
    rows = "".join(_change(change, change.label in missteps) for change in changes)
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("What", "Before", "Now", "Change"))
    return wrap(
        '<div class="card"><h2>Both tries at this moment</h2><div class="tries">',
        f'<div><p class="who">Before</p>{marked_reply(*before)}</div>',
        f'<div><p class="who">Now</p>{marked_reply(*after)}</div></div>',
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else "<p class='quiet'>Neither try showed a move or a misstep that could be found.</p>",
        "</div>",
    )


def _change(change: Comparison, misstep: bool) -> str:
    def words(level: Level) -> str:
        if misstep:
            return "there" if level else "not there"
        return LEVEL_WORDS[level]

    if change.after == change.before:
        how = "as before"
    elif misstep:
        how = "new" if change.after else "gone"
    else:
        how = "more" if change.after > change.before else "less"
    return (
        f"<tr><th scope='row'>{escaped(change.label)}</th><td>{words(change.before)}</td>"
        f"<td>{words(change.after)}</td><td>{how}</td></tr>"
    )


def feedback(told: Feedback, reply: str) -> str:
    """Everything there is to say about a reply, in the order in which it is read."""
    return "".join(
        (
            f'<div class="card lead">{escaped(told.headline)}</div>' if told.headline else "",
            '<div class="card"><h2>What this reply did</h2><ul class="ladder">',
            *(_rung(score) for score in told.scores),
            "</ul></div>",
            *(_misstep(note, reply, told.next_step) for note in told.missteps),
            next_step(told.next_step),
        )
    )


def why_differently() -> str:
    """What becomes of a dispute, before one is made."""
    return wrap(
        "<p>The rules can be wrong. What you write here is kept with your reply, on this machine, "
        "and stands in what you download. It changes neither the marks nor the conversation.</p>"
    )


def seen_differently(disputes: list[Dispute], label: Callable[[Code], str]) -> str:
    """What the learner has said against the coding of a reply; nothing where nothing was said."""
    rows = "".join(f"<p><b>{escaped(label(d.code))}:</b> {escaped(d.why)}</p>" for d in disputes)
    return f'<div class="card"><h2>You see it differently</h2>{rows}</div>' if rows else ""


def disputed_by(name: str, disputes: list[Dispute], label: Callable[[Code], str]) -> str:
    """What a learner has said against the coding of a reply, for their supervisor."""
    rows = "".join(f"<p><b>{escaped(label(d.code))}:</b> {escaped(d.why)}</p>" for d in disputes)
    head = f"<h2>{escaped(name)} sees it differently</h2>"
    return f'<div class="card">{head}{rows}</div>' if rows else ""


def overridden(
    who: str, overrides: tuple[Override, ...], turn: Turn, label: Callable[[Code], str]
) -> str:
    """A supervisor's levels beside the coder's, both, with the reasons; nothing for none."""
    rows = "".join(
        f"<p><b>{escaped(label(o.code))}: {_level(o.code, o.level)}</b>, where the coder says "
        f"{_level(o.code, turn.coding.level(o.code)).lower()}.<br>{escaped(o.why)}</p>"
        for o in overrides
    )
    head = f"<h2>{escaped(who)} it differently</h2>"
    return f'<div class="bar-blue">{head}{rows}</div>' if rows else ""


def _level(code: Code, level: Level) -> str:
    """A level in words; a misstep is there or not."""
    if isinstance(code, Misstep):
        return "Made" if level else "Not made"
    return LEVEL_WORDS[level]


def comment(who: str, said: Comment) -> str:
    """What a supervisor says of a reply."""
    text = f'<div class="said" dir="auto">{escaped(said.text)}</div>'
    return f'<div class="bar-blue"><p class="who">{escaped(who)}</p>{text}</div>'


def next_step(words: str) -> str:
    """The one thing to try."""
    return f'<div class="bar-amber"><b>One thing to try.</b> {escaped(words)}</div>'


def _rung(score: Score) -> str:
    chip, style = "", ""
    if score.call is Call.CALLED_FOR:
        chip, style = ' <span class="chip">asked for now</span>', "now"
    elif score.call is Call.EARLY:
        chip, style = ' <span class="chip later">can wait</span>', "later"
    return rung(f'<span class="{style}">{escaped(score.criterion.label)}{chip}</span>', score.level)


def rung(name: str, level: Level) -> str:
    """A row of the ladder; `name` is finished HTML."""
    steps = "".join(f"<i{' class=on' if level > n else ''}></i>" for n in range(Level.CLEAR))
    return (
        f'<li><span>{name}</span><span class="steps" aria-hidden="true">{steps}</span>'
        f'<span class="level">{LEVEL_WORDS[level]}</span></li>'
    )


def _misstep(note: MisstepNote, reply: str, next_step: str) -> str:
    """The misstep, with another way to say it unless that is the one thing to try anyway."""
    quotes = " … ".join(f"“{escaped(span.of(reply))}”" for span in note.spans)
    instead = f"<p><b>Another way:</b> {escaped(note.caution.instead)}</p>"
    return (
        f'<div class="bar-rose"><p><b>{escaped(note.caution.label)}.</b> {quotes}</p>'
        f"<p>{escaped(note.caution.why)}</p>"
        f"{'' if note.caution.instead == next_step else instead}</div>"
    )


def model_replies(models: tuple[tuple[AnnotatedReply, tuple[Mark, ...]], ...]) -> str:
    """Replies that would have helped here, with what makes them work."""
    if not models:
        return wrap('<div class="card">No model reply has been written for this moment.</div>')
    return wrap(
        *(
            f'<div class="card">{marked_reply(model.text, marks)}'
            f'<p class="quiet" style="margin-top:.5rem">{escaped(model.comment)}</p></div>'
            for model, marks in models
        ),
    )


def why_not(rows: tuple[WhyNot, ...]) -> str:
    """Why a move did not count, or not fully, and what would have."""
    return wrap(*(_why_not(row) for row in rows))


def _why_not(row: WhyNot) -> str:
    nearly = "".join(f"<p>{escaped(words)}</p>" for words in row.nearly)
    return (
        f'<div class="card"><p><b>{escaped(row.criterion.label)}</b> · '
        f"{LEVEL_WORDS[row.level].lower()}</p>"
        f"{nearly or '<p>Nothing in the reply came near it.</p>'}"
        f"<p><b>It would be clear if:</b> {escaped(row.would_count)}</p></div>"
    )
