"""What the scenarios cover, counted."""

from collections import Counter
from collections.abc import Iterable

from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import (
    Approach,
    Circumstance,
    Component,
    Format,
    Identity,
    Marker,
    Rupture,
)

#: The least that a full set of scenarios has of each. Source: the curriculum's own aims.
MINIMUM: dict[str, dict[str, int]] = {
    "rupture": {"withdrawal": 13, "confrontation": 13, "mixed": 4, "none": 6},
    "strained": {component.value: 10 for component in Component},
    "format": {kind.value: 1 for kind in Format},
    "approach": {approach.value: 1 for approach in Approach},
    "circumstances": {circumstance.value: 1 for circumstance in Circumstance},
    "identity": {"any": 8},
    "markers": {marker.value: 2 for marker in Marker},
    "difficulty": {"1": 1, "2": 1, "3": 1},
    "session": {"first": 1, "thirtieth": 1},
}


def coverage(scenarios: Iterable[Scenario]) -> dict[str, Counter[str]]:
    """How many scenarios there are of each kind; the keys are those of `MINIMUM`.

    `none` counts every scenario without a rupture, `any` those in which some side of who the client
    is matters.
    """
    table: dict[str, Counter[str]] = {name: Counter() for name in MINIMUM}
    for scenario in scenarios:
        rupture = scenario.rupture
        table["rupture"][rupture.value if rupture.strains else "none"] += 1
        table["strained"].update(part.value for part in scenario.strained)
        table["format"][scenario.setting.format.value] += 1
        if scenario.setting.approach:
            table["approach"][scenario.setting.approach.value] += 1
        table["circumstances"].update(kind.value for kind in scenario.circumstances)
        table["identity"].update(side.value for side in scenario.identity)
        table["identity"]["any"] += bool(scenario.identity)
        if rupture.strains:
            table["markers"].update(marker.value for marker in scenario.markers)
        table["difficulty"][str(scenario.difficulty)] += 1
        session = scenario.setting.session
        table["session"]["first" if session == 1 else str(session)] += 1
        table["session"]["thirtieth"] += session >= 30
    return table


def told(scenarios: tuple[Scenario, ...]) -> Iterable[str]:
    """The table in lines: what there is, how often, and the least there should be."""
    order = {
        name: [member.value for member in kinds]
        for name, kinds in (("rupture", Rupture), ("identity", Identity), ("markers", Marker))
    }
    for name, counts in coverage(scenarios).items():
        yield f"{name}:"
        least = MINIMUM[name]
        for kind in dict.fromkeys((*least, *order.get(name, ()), *counts)):
            if kind in least or counts[kind]:
                wanted = f"  (at least {least[kind]})" if kind in least else ""
                short = "  SHORT" if counts[kind] < least.get(kind, 0) else ""
                yield f"  {kind:<24}{counts[kind]:>4}{wanted}{short}"


def short(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """What there is too little of, as `table: kind`."""
    table = coverage(scenarios)
    return tuple(
        f"{name}: {kind}"
        for name, least in MINIMUM.items()
        for kind, wanted in least.items()
        if table[name][kind] < wanted
    )
