"""The alliance, drawn small beside the conversation: where bond, goals and tasks have gone."""

import base64

from tutor.domain.scenario import Alliance, Shift
from tutor.domain.vocabulary import Component
from tutor.ui.highlight import escaped

_WIDTH, _HEIGHT, _EDGE = 260, 96, 6

#: Mid tones, legible on both papers: a picture inside the page does not know the theme. Dashes tell
#: the lines apart without color.
_STROKES = {Component.BOND: "#3F7DC4", Component.GOALS: "#8A68CC", Component.TASKS: "#23918A"}
_DASHES = {Component.BOND: "none", Component.GOALS: "7 4", Component.TASKS: "2 3"}
_SAMPLES = {Component.BOND: "━", Component.GOALS: "╍", Component.TASKS: "┅"}


def alliance(client: str, path: tuple[Alliance, ...], shift: Shift | None) -> str:
    """A card with a line for each component, its number, and what moved it last and why.

    `path` holds the alliance at the start and after each standing reply; `shift` is the last one's.
    """
    numbers = "".join(
        f'<li class="{c}"><span aria-hidden="true">{_SAMPLES[c]}</span> '
        f"{c.capitalize()} {path[-1].of(c)}{_change(path, c)}</li>"
        for c in sorted(Component, key=lambda c: -path[-1].of(c))
    )
    drawn = ""
    if len(path) > 1:
        values = ". ".join(
            f"{c.capitalize()}: {', '.join(str(a.of(c)) for a in path)}" for c in Component
        )
        drawn = (
            f'<figure><img alt="From the start to now. {values}." src="{_picture(path)}">'
            "<figcaption aria-hidden='true'><span>start</span><span>now</span></figcaption>"
            "</figure>"
        )
    because = f'<p class="quiet">{escaped(shift.because)}</p>' if shift else ""
    return (
        f'<div class="card"><h2>The alliance with {escaped(client)}</h2>'
        f'<div class="alliance">{drawn}<ul>{numbers}</ul></div>{because}</div>'
    )


def moved(path: tuple[Alliance, ...]) -> str:
    """What the last reply changed, in a sentence; empty where nothing has changed."""
    if len(path) < 2:
        return ""
    before, now = path[-2:]
    parts = [
        f"{c.capitalize()} {'rose' if now.of(c) > before.of(c) else 'fell'} "
        f"from {before.of(c)} to {now.of(c)}"
        for c in Component
        if now.of(c) != before.of(c)
    ]
    return "; ".join(parts) + "." if parts else "Bond, goals and tasks stayed where they were."


def _change(path: tuple[Alliance, ...], component: Component) -> str:
    points = path[-1].of(component) - path[-2].of(component) if len(path) > 1 else 0
    return f" ({points:+d})".replace("-", "\N{MINUS SIGN}") if points else ""


def _picture(path: tuple[Alliance, ...]) -> str:
    """The lines as the address of a picture: `st.html` lets no drawing through as elements."""
    values = [a.of(c) for a in path for c in Component]
    low, high = min(values) - 2, max(values) + 2
    across, down = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE

    def line(component: Component) -> str:
        points = " ".join(
            f"{_EDGE + n * across / (len(path) - 1):.1f},"
            f"{_EDGE + (high - a.of(component)) / (high - low) * down:.1f}"
            for n, a in enumerate(path)
        )
        return (
            f'<polyline points="{points}" fill="none" stroke="{_STROKES[component]}" '
            f'stroke-width="3" stroke-dasharray="{_DASHES[component]}" stroke-linejoin="round"/>'
        )

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f"{''.join(line(c) for c in Component)}</svg>"
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
