"""Charts, as Vega-Lite takes them.

The specifications stand here as they are: a library that makes them from Python's calls costs each
process 28 MB of memory, and each chart several milliseconds in which everybody else waits.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from tutor.domain.progress import AttemptProgress
from tutor.domain.scenario import Alliance
from tutor.domain.vocabulary import Component, Move

Spec = dict[str, Any]

_GREEN, _BLUE, _RED = "#23918A", "#3F7DC4", "#C4566A"


def show(spec: Spec, alt: str, *, key: str | None = None, width: int | None = None) -> None:
    """Draw it, `width` pixels wide or as wide as there is room; `alt` says what it shows."""
    ink = "#AEB8B4" if st.context.theme.type == "dark" else "#57625F"
    labels = {"labelColor": ink, "titleColor": ink}
    st.vega_lite_chart(
        spec=spec | {"config": {"axis": labels, "legend": labels, "title": {"color": ink}}},
        width=width or "stretch",
        key=key,
        alt=alt,
    )


def alliance(path: tuple[Alliance, ...]) -> Spec:
    """The parts of the alliance (0-100) at the start and after each reply."""
    names = [c.capitalize() for c in Component]
    values = [alliance.of(c) for alliance in path for c in Component]
    bounds = [max(0, min(values) - 10), min(100, max(values) + 10)]
    return {
        **_data(
            {"reply": n, "part": c.capitalize(), "value": alliance.of(c)}
            for n, alliance in enumerate(path)
            for c in Component
        ),
        "height": 230,
        "mark": {"type": "line", "point": True, "strokeWidth": 2.5},
        "encoding": {
            "x": _number("reply", title="reply (0 is the start)", axis={"tickMinStep": 1}),
            "y": _number("value", title=None, scale={"domain": bounds}),
            "color": _named("part", title=None, sort=names, legend={"orient": "top"}),
            "shape": _named("part", title=None, sort=names),
        },
    }


def step(attempts: Iterable[AttemptProgress], move: Move, label: str) -> Spec:
    """How often the step was clear (percent of the tries), attempt by attempt."""
    return {
        **_data(
            {
                "attempt": attempt.number,
                "clear": attempt.steps[move].percent,
                "tries": attempt.steps[move].tries,
                "client": attempt.title,
            }
            for attempt in attempts
            if move in attempt.steps
        ),
        "title": label,
        "height": 210,
        "encoding": {
            "x": _number("attempt", axis=_WHOLE),
            "y": _number("clear", title="clear, %", scale={"domain": [0, 100]}, axis=_WHOLE),
        },
        "layer": [
            {"mark": {"type": "line", "color": _GREEN, "strokeWidth": 2}},
            {
                "mark": {"type": "circle", "color": _GREEN, "opacity": 1},
                "encoding": {
                    "size": _number("tries", legend=None, scale={"range": [30, 240]}),
                    "tooltip": [_named("client"), _number("clear"), _number("tries")],
                },
            },
        ],
    }


def missteps(attempts: Iterable[AttemptProgress]) -> Spec:
    """Replies with a misstep, and hints, for every ten replies, attempt by attempt."""
    told: Spec = {"title": None, "legend": {"orient": "top"}}
    return {
        **_data(
            {
                "attempt": a.number,
                "what": what,
                "per ten replies": round(10 * count / a.replies, 1),
            }
            for a in attempts
            for what, count in (("replies with a misstep", a.missteps), ("hints", a.hints))
        ),
        "height": 240,
        "mark": {"type": "line", "point": True, "strokeWidth": 2},
        "encoding": {
            "x": _number("attempt", axis=_WHOLE),
            "y": _number("per ten replies", scale={"domainMin": 0}, axis=_WHOLE),
            "color": _named("what", scale={"range": [_BLUE, _RED]}, **told),
            "strokeDash": _named("what", **told),
        },
    }


_WHOLE = {"tickMinStep": 1, "tickCount": 4, "format": "d"}


def _data(rows: Iterable[Mapping[str, object]]) -> Spec:
    # By a name: values inside `data` Streamlit would take out, and make a data frame of them.
    return {"data": {"name": "rows"}, "datasets": {"rows": list(rows)}}


def _number(field: str, **rest: object) -> Spec:
    return {"field": field, "type": "quantitative"} | rest


def _named(field: str, **rest: object) -> Spec:
    return {"field": field, "type": "nominal"} | rest
