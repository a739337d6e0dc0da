"""The audit counts what it says it counts, on three rules and five replies made for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.coding.conftest import coder, rule
from tutor.cli import main
from tutor.cli.auditing import Audit, audit, told
from tutor.cli.gold import read_gold
from tutor.domain.vocabulary import Code, Misstep, Move
from tutor.errors import TutorError
from tutor.practice import open_practice
from tutor.settings import from_environment

RULES = {
    Move.OWN: (rule("own.wide", "i"), rule("own.narrow", "i hurried"), rule("own.never", "zebra")),
    Misstep.DEFEND: (rule("defend.only", "i only"),),
}
REPLIES = [
    {"id": "a", "reply": "I hurried.", "moves": {"own": 2}, "missteps": []},
    {"id": "b", "reply": "I was late.", "moves": {"own": 1}, "missteps": []},
    {"id": "c", "reply": "I only asked.", "moves": {}, "missteps": ["defend"]},
    {"id": "d", "reply": "You hurried.", "moves": {"own": 2}, "missteps": []},
    {"id": "e", "reply": "I see.", "moves": {}, "missteps": [], "contested": ["own"]},
]


def written(folder: Path, rows: list[dict[str, object]]) -> Path:
    file = folder / "coded.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def found(tmp_path: Path) -> Audit:
    names: list[tuple[str, Code]] = [(r.id, code) for code, rules in RULES.items() for r in rules]
    return audit(coder(RULES), names, read_gold(written(tmp_path, REPLIES)))


def test_each_rule_has_its_hits_right_wrong_and_alone(found: Audit) -> None:
    figures = {r.rule: (r.hits, r.right, r.wrong, r.alone) for r in found.rules}
    assert figures == {
        "own.wide": (3, 2, 1, 1),
        "own.narrow": (1, 1, 0, 0),
        "own.never": (0, 0, 0, 0),
        "defend.only": (1, 1, 0, 1),
    }


def test_a_rule_that_adds_nothing_names_the_one_that_makes_it_needless(found: Audit) -> None:
    assert {r.rule: r.shadow for r in found.rules if r.shadow} == {"own.narrow": "own.wide"}


def test_a_rule_wrong_more_often_than_it_alone_is_right_does_harm(tmp_path: Path) -> None:
    replies = [{"id": n, "reply": "I see.", "moves": {}, "missteps": []} for n in range(2)]
    rules = {Move.OWN: (rule("own.wide", "i"),)}
    gold = read_gold(written(tmp_path, replies))
    made = audit(coder(rules), [("own.wide", Move.OWN)], gold)
    assert made.as_json()["harmful"] == ["own.wide"]
    assert any("more harm than good" in line for line in told(made))


def test_conflicts_name_the_right_rule_first(found: Audit) -> None:
    assert [(c.right, c.wrong, c.replies) for c in found.conflicts] == [
        ("defend.only", "own.wide", 1)
    ]


def test_what_is_read_otherwise_is_worth_reading(found: Audit) -> None:
    assert [(u.id, u.line, u.missed, u.given) for u in found.read_next] == [
        ("c", 3, (), ("own",)),
        ("d", 4, ("own",), ()),
    ]


def test_a_code_missed_where_another_is_given_is_a_confusion(tmp_path: Path) -> None:
    rules = {Move.OWN: (rule("own.wide", "i"),)}
    replies = [{"id": 1, "reply": "I see.", "moves": {}, "missteps": ["defend"]}]
    gold = read_gold(written(tmp_path, replies))
    (confusion,) = audit(coder(rules), [("own.wide", Move.OWN)], gold).confusions
    assert (confusion.missed, confusion.given, confusion.replies) == ("defend", "own", 1)


def test_the_command_prints_it_for_a_person_and_as_json(tmp_path: Path) -> None:
    file = str(written(tmp_path, REPLIES))
    shown = CliRunner().invoke(main, ["audit", file])
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("5 coded replies, ")
    plain = CliRunner().invoke(main, ["audit", "--json", file])
    made = json.loads(plain.output)
    assert set(made) == {"replies", "rules", "conflicts", "confusions", "read_next", "harmful"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no coded replies"),
        ('{"id": 1, "reply": "Hm."}', "line 1: no moves"),
        ('\n{"id": 1}', "line 2: no reply"),
        ('{"id": 1, "reply": "Hm.", "moves": [], "missteps": []}', "line 1: no moves"),
    ],
)
def test_what_is_no_coded_reply_is_told_by_its_line(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "coded.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TutorError, match=why):
        read_gold(file)


def test_disputes_come_in_a_form_that_can_be_coded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_DATABASE_URL", f"sqlite:///{(tmp_path / 'tutor.db').as_posix()}")
    assert CliRunner().invoke(main, ["audit", "--disputes"]).output == ""
    practice = open_practice(from_environment())
    attempt = practice.start_attempt(scenario_id="breathing-log", learner="local", seed=1)
    attempt = practice.submit_reply(
        attempt_id=attempt.id, learner="local", revision=0, reply="I rushed you.\nSorry."
    )
    practice.dispute(
        attempt_id=attempt.id, learner="local", number=1, code=Move.NOTICE, why="I saw her."
    )
    practice.close()
    printed = CliRunner().invoke(main, ["audit", "--disputes"])
    (row,) = map(json.loads, printed.output.splitlines())
    assert (row["disputed"], row["why"], row["level"]) == ("notice", "I saw her.", 0)
    assert row["reply"] == "I rushed you.\nSorry."
    assert row["before"].startswith("Good to see you, Ana.")
    again = CliRunner().invoke(main, ["code", "--in", "-"], input=printed.output)
    assert again.exit_code == 0, again.output
    assert json.loads(again.output)["id"] == row["id"]


def test_disputes_go_with_nothing_else() -> None:
    assert CliRunner().invoke(main, ["audit", "--disputes", "--json"]).exit_code == 2
