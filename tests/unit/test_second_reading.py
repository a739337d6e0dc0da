"""What a second rater saw in coded replies, and what of a reply is contested because of it."""

from collections import Counter
from pathlib import Path

from scripts.agreement import REPLIES, SECOND, doubly_coded, read, read_gold
from tutor.domain.vocabulary import Misstep, Move

CODED_ALONE = ("dev", "wider", "broad", "slanted", "ordinary", "sessions", "later", "fresh", "talk")


def test_what_two_raters_differ_on_is_contested() -> None:
    first = {"moves": {"own": 2, "notice": 1}, "missteps": ["push"], "contested": ["name"]}
    second = {"moves": {"own": 1, "notice": 1, "invite": 2}, "missteps": []}
    assert doubly_coded(first, second)["contested"] == ["name", "invite", "own:level", "push"]


def test_each_reply_was_read_a_second_time_with_codes_of_the_codebook() -> None:
    second = read(REPLIES / SECOND)
    replies = Counter(i for name in CODED_ALONE for i in read(REPLIES / f"{name}.jsonl"))
    assert replies.keys() == second.keys()
    assert set(replies.values()) == {1}
    for row in second.values():
        assert row["moves"].keys() <= set(Move)
        assert set(row["moves"].values()) <= {1, 2}
        assert set(row["missteps"]) <= set(Misstep)


def test_a_set_that_two_raters_coded_from_the_start_is_read_as_it_is(tmp_path: Path) -> None:
    line = '{"id": "x", "moves": {"own": 2}, "missteps": [], "contested": ["own:level"]}'
    (tmp_path / "some.jsonl").write_text(line, encoding="utf-8")
    assert read_gold(tmp_path / "some.jsonl")["x"]["contested"] == ["own:level"]
