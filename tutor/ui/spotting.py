"""What do you see? The question about a client's line, and the answer to it."""

import streamlit as st

from tutor.domain.exercise import Seen, Sight, Sighting
from tutor.domain.vocabulary import Component, Marker
from tutor.ui import cards, words
from tutor.ui.highlight import escaped


def ask(key: str) -> Seen | None:
    """Ask what is to be seen; the answer once it is complete and given, else None."""
    answer = st.pills(
        "What do you see?",
        list(Sight),
        format_func=words.SIGHTS.__getitem__,
        key=f"{key}-sight",
        wrap=True,  # on a phone the last answer would be out of sight
    )
    marker: Marker | None = None
    component: Component | None = None
    complete = answer is Sight.NONE
    if answer not in (None, Sight.NONE):
        marker = st.selectbox(
            "Which marker?",
            _markers(answer),
            index=None,
            format_func=words.marker,
            key=f"{key}-marker-{answer}",
            placeholder="Choose one",
        )
        component = st.radio(
            "What is strained?",
            list(Component),
            index=None,
            format_func=words.component,
            key=f"{key}-component",
        )
        complete = marker is not None and component is not None
    given = st.button("Check", type="primary", disabled=not complete, key=f"{key}-check")
    if not given or answer is None:
        return None
    return Seen(answer=answer, marker=marker, component=component)


def _markers(answer: Sight) -> list[Marker]:
    if answer is Sight.WITHDRAWAL:
        return list(words.WITHDRAWAL)
    if answer is Sight.CONFRONTATION:
        return [marker for marker in Marker if marker not in words.WITHDRAWAL]
    return list(Marker)


def told(there: Sighting, seen: Seen) -> str:
    """What there is to see, against what the learner saw."""
    right = seen.agrees(there)
    rows = [_row("Rupture", words.SIGHTS[there.answer], words.SIGHTS[seen.answer])]
    if there.markers:
        markers = " or ".join(words.marker(marker) for marker in there.markers)
        rows.append(
            _row("Marker", markers, words.marker(seen.marker), seen.marker in there.markers)
        )
        parts = " or ".join(words.component(part) for part in there.strained)
        good = seen.component in there.strained
        rows.append(_row("Strained", parts, words.component(seen.component), good))
    lead = "You saw it." if right else "Look again."
    shows = f"<p>What shows it: <b>“{escaped(there.shows)}”</b></p>" if there.shows else ""
    return (
        f'<div class="{"bar-teal" if right else "bar-amber"}" role="status"><h2>{lead}</h2>'
        f"{shows}<p>{escaped(there.why)}</p></div>"
        "<table><thead><tr><th scope='col'></th><th scope='col'>There</th>"
        f"<th scope='col'>You said</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _row(name: str, there: str, seen: str, good: bool | None = None) -> str:
    good = there == seen if good is None else good
    return (
        f"<tr><th scope='row'>{name}</th><td>{escaped(there)}</td>"
        f"<td>{'✓' if good else '✗'} {escaped(seen) or 'nothing'}</td></tr>"
    )


def line(item: Sighting) -> str:
    """The client's line, with what came before it."""
    return cards.wrap(
        f'<p class="facts">{escaped(item.setting)}</p>',
        cards.bubble("Counselor", cards.said(item.before), mine=True),
        cards.bubble(
            "Client", f'<em class="does">{escaped(item.demeanour)}</em>{cards.said(item.says)}'
        ),
    )
