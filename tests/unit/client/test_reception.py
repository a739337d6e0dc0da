"""How a reply is heard: memory within a moment, and the manner of the whole."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_coding, a_moment, a_turn
from tutor.client.reception import receive
from tutor.domain.attempt import Reception
from tutor.domain.coding import Coding
from tutor.domain.vocabulary import ClientState, Level, Manner, Misstep, Move

TABLE = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "reception.yaml").read_text(encoding="utf-8")
)
HERE = a_moment("here", ClientState.HESITANT)


def coded(row: dict[str, Any]) -> Coding:
    return a_coding(
        *row.get("missteps", ()), **{k: v for k, v in row.items() if k not in ("at", "missteps")}
    )


def heard(row: dict[str, Any]) -> Reception:
    turns = tuple(a_turn(e.get("at", "here"), coded(e)) for e in row.get("earlier", ()))
    return receive(HERE, turns, coded(row["reply"]))


@pytest.mark.parametrize("row", TABLE["memory"], ids=lambda row: row["what"])
def test_memory(row: dict[str, Any]) -> None:
    reception = heard(row)
    assert reception.levels == row["levels"]
    assert reception.fresh == set(row["fresh"])


@pytest.mark.parametrize("row", TABLE["manner"], ids=lambda row: row["what"])
def test_manner(row: dict[str, Any]) -> None:
    assert heard(row).manner == set(row["manner"])


def test_every_manner_is_in_the_table() -> None:
    assert {manner for row in TABLE["manner"] for manner in row["manner"]} == set(Manner)


codings = st.builds(
    lambda moves, missteps: a_coding(*missteps, **moves),
    st.dictionaries(st.sampled_from(list(Move)), st.integers(0, 2), max_size=5),
    st.lists(st.sampled_from(list(Misstep)), max_size=1),
)
histories = st.lists(
    st.builds(a_turn, st.sampled_from(["here", "here", "elsewhere"]), codings), max_size=5
).map(tuple)


@given(histories, codings)
def test_nothing_is_heard_more_clearly_than_it_was_said(
    earlier: tuple[Any, ...], coding: Coding
) -> None:
    reception = receive(HERE, earlier, coding)
    for move, level in reception.levels.items():
        said = [turn.coding.level(move) for turn in earlier if turn.moment == "here"]
        assert Level.NOT_YET < level <= max(coding.level(move), *said, 0)
        assert move in reception.fresh or level == Level.EMERGING
    assert all(reception.levels[move] == coding.level(move) for move in reception.fresh)


@given(histories, codings, st.sampled_from(list(Move)), st.sampled_from([1, 2]))
def test_saying_a_move_never_counts_for_less_than_leaving_it_out(
    earlier: tuple[Any, ...], coding: Coding, move: Move, level: int
) -> None:
    others = {m: n for m, n in coding.moves.items() if m is not move}
    without = receive(HERE, earlier, a_coding(*coding.missteps, **others))
    with_it = receive(HERE, earlier, a_coding(*coding.missteps, **others, **{move: level}))
    assert all(with_it.levels.get(m, 0) >= n for m, n in without.levels.items())
