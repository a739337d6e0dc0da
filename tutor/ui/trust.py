"""How far to trust this: what was measured of the coder, and what is known to go wrong."""

from collections.abc import Callable

import streamlit as st

from tutor.domain.trust import Agreement, BlindSpot, CodeFigures, SetFigures, Trust
from tutor.domain.vocabulary import Code, Move
from tutor.ui import cards, frame, resources
from tutor.ui.highlight import escaped

#: The set that stands for replies nobody wrote rules from, and what each set is called.
JUDGED_BY = "check"
SETS = {
    "train": "replies that rules were written and weights learned from",
    "dev": "replies that rules were revised with and weights learned from",
    "check": "replies by other authors, to other clients",
    "fresh": "replies that nobody looked at while rules were written",
    "talk": "ordinary turns, most of them without any strain",
}
#: Codes with fewer cases than this have no figure worth showing.
FEWEST_CASES = 5

_TITLE = "<h1>How far to trust this</h1>"
_WHAT = """<p>Every mark and every word of feedback comes from rules and from what words weigh. Both
can be read, and both are wrong now and then. They were compared with what trained raters saw in the
same replies; "the rules" below are both together. <b>Right</b> is the share of what the rules saw
that the raters saw too; <b>found</b> the share of what the raters saw that the rules found;
<b>agreement</b> (F1, from 0 to 1) counts both.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    practice = resources.practice()
    st.html(cards.wrap(_TITLE, _WHAT))
    if practice.agreement is None:
        st.html(cards.wrap("<p>Nothing has been measured of the rules in use.</p>"))
    else:
        st.html(cards.wrap(*_measured(practice.agreement, practice.label)))
        if practice.agreement.bank != practice.bank_version:
            st.html(cards.wrap(_STALE))
    if practice.trust is not None:
        st.html(cards.wrap(*_told(practice.trust, practice.label)))


_STALE = """<div class="bar-amber"><p>The rules in use are not those that were measured; the figures
are of an earlier wording.</p></div>"""


def _measured(agreement: Agreement, name: Callable[[Code], str]) -> list[str]:
    pieces = ["<h2>All codes together</h2>", _sets(agreement)]
    judged = agreement.of(JUDGED_BY)
    if judged is not None:
        pieces += ["<h2>Code by code</h2>", _praise(judged, name), _codes(judged, name)]
    pieces.append(f'<p class="quiet">Rules, version {escaped(agreement.bank)}.</p>')
    return pieces


def _sets(agreement: Agreement) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escaped(SETS.get(s.name, s.name)).capitalize()}</th>"
        f"<td>{s.replies}</td><td>{_agreement(s.f1, s.low, s.high)}</td></tr>"
        for s in agreement.sets
    )
    rate = f"{agreement.adversarial_passed} of {agreement.adversarial_cases}"
    return (
        "<table><thead><tr><th scope='col'>What was coded</th><th scope='col'>Replies</th>"
        "<th scope='col'>Agreement (95 % interval)</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><p>Of the replies written to mislead the rules, by "
        f"negation, quotation, mockery or stuffing, {rate} were read as they must be.</p>"
    )


def _praise(judged: SetFigures, name: Callable[[Code], str]) -> str:
    """How often praise is right, in a sentence."""
    moves = [c for c in judged.codes if isinstance(c.code, Move) and c.cases >= FEWEST_CASES]
    known = sorted((c for c in moves if c.precision is not None), key=lambda c: c.precision or 0)
    if not known:
        return ""
    least, most = known[0], known[-1]
    return (
        f"<p>On {escaped(SETS[JUDGED_BY])}. Of 100 credits the raters agree with "
        f"{most.precision} for <i>{escaped(name(most.code))}</i>, the surest move, and with "
        f"{least.precision} for <i>{escaped(name(least.code))}</i>, the least sure.</p>"
    )


def _codes(judged: SetFigures, name: Callable[[Code], str]) -> str:
    shown = [c for c in judged.codes if c.cases >= FEWEST_CASES]
    left = [name(c.code) for c in judged.codes if c.cases < FEWEST_CASES]
    rows = "".join(_code(c, name(c.code)) for c in shown)
    rest = f"<p class='quiet'>Too few cases to say: {escaped(', '.join(left))}.</p>" if left else ""
    return (
        "<table><thead><tr><th scope='col'>Code</th><th scope='col'>Cases</th>"
        "<th scope='col'>Right</th><th scope='col'>Found</th>"
        f"<th scope='col'>Agreement</th></tr></thead><tbody>{rows}</tbody></table>{rest}"
    )


def _code(figures: CodeFigures, label: str) -> str:
    return (
        f"<tr><th scope='row'>{escaped(label)}</th><td>{figures.cases}</td>"
        f"<td>{_figure(figures.precision)}</td><td>{_figure(figures.recall)}</td>"
        f"<td>{_agreement(figures.f1, figures.low, figures.high)}</td></tr>"
    )


def _figure(hundredths: int | None) -> str:
    return "none" if hundredths is None else f"{hundredths / 100:.2f}"


def _agreement(f1: int | None, low: int, high: int) -> str:
    return f"<b>{_figure(f1)}</b> ({_figure(low)} to {_figure(high)})"


def _told(trust: Trust, name: Callable[[Code], str]) -> list[str]:
    made = [f"<p>{escaped(paragraph)}</p>" for paragraph in trust.made]
    spots = [_spot(spot, name) for spot in trust.blind_spots]
    return ["<h2>How the replies were made</h2>", *made, "<h2>Known blind spots</h2>", *spots]


def _spot(spot: BlindSpot, name: Callable[[Code], str]) -> str:
    coded = [*map(name, spot.moves), *map(name, spot.missteps)]
    sees = escaped(", ".join(coded)) or "nothing"
    return (
        f'<div class="card"><h3>{escaped(spot.what)}</h3><p>“{escaped(spot.example.reply)}”</p>'
        f"<p>The rules see here: {sees}. {escaped(spot.meant)}</p></div>"
    )


if __name__ == "__main__":
    render()
