"""Which variant of a line the client says: one not yet said, else the one said longest ago.

Choices come from SHA-256 of the attempt's seed, never from Python's own hash or generators, so
that the same seed and the same replies give the same conversation on every platform and version.
"""

import hashlib

from tutor.domain.attempt import Attempt
from tutor.domain.scenario import Line, Scenario, Transition


def opening_variant(scenario: Scenario, seed: int) -> int:
    """The place of the client's first line among the scenario's openings, 0-based."""
    return _draw(len(scenario.opening), seed, scenario.id, "opening")


def choose(transition: Transition, attempt: Attempt, turn_number: int) -> int:
    """The place of the line for turn `turn_number` among the variants of `transition`, 0-based.

    Every turn of the attempt counts, the rewound ones too: a learner who tries a moment again
    hears other words. Among lines equally long unsaid the seed decides.
    """
    last_said = [_last_said(line, attempt) for line in transition.lines]
    longest_ago = min(last_said)
    variants = [i for i, number in enumerate(last_said) if number == longest_ago]
    return variants[_draw(len(variants), attempt.seed, transition.id, turn_number)]


def _last_said(line: Line, attempt: Attempt) -> int:
    """The number of the last turn answered with `line`; 0 where it was not said yet."""
    return max((turn.number for turn in attempt.turns if turn.response.line == line), default=0)


def _draw(size: int, *parts: object) -> int:
    """A number from 0 up to, not including, `size`, the same for the same `parts` always."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % size
