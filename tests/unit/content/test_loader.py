"""The folder as a whole: what is left out, what blocks, and what a problem says."""

import os
from pathlib import Path

import pytest

from tests.unit.content.sound_content import SCENARIO, Content, scenario
from tutor.content.loader import library, load
from tutor.domain.rules import Example
from tutor.domain.vocabulary import CODES, Level, Move, Rupture
from tutor.errors import ContentError


def test_sound_content_becomes_domain_types(content: Content) -> None:
    loaded = content.load()
    assert loaded.problems == loaded.blocking == ()
    found = loaded.library
    assert [file.code for file in found.bank.files] == list(CODES)
    assert found.bank.lexicon.lists == {"plain": ("zzz",)}
    assert found.bank.spelling.common == {"able", "because"}
    assert found.bank.spelling.variants == {"becuase": "because"}
    assert found.bank.modifiers[0].id == "negation"
    first = found.scenarios[0]
    assert first.rupture is Rupture.WITHDRAWAL
    assert first.moments[0].transitions[0].when is not None
    assert first.moments[0].transitions[0].when.at_least == {Move.OWN: Level.CLEAR}
    assert isinstance(first.moments[0].replies[0].moves[Move.OWN], Level)
    assert library(content.root) == found


def test_an_example_may_be_text_or_a_mapping(content: Content) -> None:
    examples = content.files["rules/own.yaml"]["rules"][0]["examples"]
    examples["match"] = ["Own words.", {"reply": "Own words.", "rupture": "mixed"}]
    match = content.load().library.bank.files[3].rules[0].examples.match
    assert match == ("Own words.", Example(reply="Own words.", rupture=Rupture.MIXED))


def test_scenarios_stand_in_the_order_of_rupture_difficulty_and_id(content: Content) -> None:
    for name, rupture, difficulty in (
        ("zeta", "withdrawal", 1),
        ("beta", "withdrawal", 2),
        ("alpha", "confrontation", 1),
    ):
        made = scenario(name) | {"rupture": rupture, "difficulty": difficulty}
        content.files[f"scenarios/{rupture}/{name}.yaml"] = made
    found = content.load()
    assert [s.id for s in found.library.scenarios] == ["first", "zeta", "beta", "alpha"]
    assert found.problems == ()


def test_a_broken_scenario_is_left_out_and_the_others_load(content: Content) -> None:
    content.files["scenarios/withdrawal/second.yaml"] = "id: [\n"
    found = content.load()
    assert [s.id for s in found.library.scenarios] == ["first"]
    assert [p.code for p in found.problems] == ["syntax"]
    assert found.blocking == ()
    assert library(content.root).scenarios == found.library.scenarios


def test_without_one_sound_scenario_there_is_no_library(content: Content) -> None:
    content.files[SCENARIO] = "id: [\n"
    content.write()
    with pytest.raises(ContentError) as caught:
        library(content.root)
    assert [p.code for p in caught.value.problems] == ["syntax"]


@pytest.mark.parametrize(
    "name", ["rules/own.yaml", "lexicon/base.yaml", "modifiers.yaml", "rubric.yaml"]
)
def test_a_broken_bank_or_rubric_raises_with_every_problem(content: Content, name: str) -> None:
    content.files[name]["more"] = 1
    content.files["scenarios/withdrawal/second.yaml"] = "id: [\n"
    content.write()
    with pytest.raises(ContentError) as caught:
        library(content.root)
    assert {p.code for p in caught.value.problems} == {"unknown-key", "syntax"}
    assert f"{name}:{content.line(name, 'more')}: error unknown-key" in str(caught.value)


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("rubric.yaml", "rubric.yaml"),
        ("modifiers.yaml", "modifiers.yaml"),
        ("lexicon/spelling.yaml", "lexicon/spelling.yaml"),
        ("lexicon/common_words.txt", "lexicon/common_words.txt"),
        (SCENARIO, "scenarios"),
    ],
)
def test_what_is_missing_is_told(content: Content, gone: str, told: str) -> None:
    del content.files[gone]
    found = content.load()
    assert [(content.name(p.file), p.line, p.code) for p in found.blocking] == [
        (told, 0, "missing-file")
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = load(tmp_path / "none")
    assert {p.code for p in found.blocking} == {"missing-file"}
    assert [Path(p.file).name for p in found.blocking] == [
        "lexicon",
        "common_words.txt",
        "spelling.yaml",
        "modifiers.yaml",
        "rubric.yaml",
        "rules",
        "scenarios",
    ]


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("scenarios/withdrawal/other.yaml", "id", "scenarios/withdrawal/third.yaml"),
        ("scenarios/confrontation/third.yaml", "id", "scenarios/withdrawal/third.yaml"),
        ("scenarios/third.yaml", "id", "scenarios/withdrawal/third.yaml"),
    ],
)
def test_a_scenario_lies_where_its_id_and_rupture_say(
    content: Content, name: str, path: str, allowed: str
) -> None:
    content.files[name] = scenario("third")
    (problem,) = content.load().problems
    assert (content.name(problem.file), problem.code) == (name, "file-name")
    assert (problem.path, problem.allowed) == (path, allowed)
    assert problem.line == content.line(name, '"id": "third"')


def test_a_file_with_the_wrong_ending_is_not_passed_over(content: Content) -> None:
    content.files["rules/more.yml"] = "schema_version: 1\n"
    (problem,) = content.load().problems
    assert (problem.code, problem.allowed) == ("file-name", "*.yaml")


def test_a_large_or_foreign_file_does_not_stop_the_rest(content: Content) -> None:
    content.files["lexicon/common_words.txt"] = b"caf\xe9\n"
    content.files["scenarios/withdrawal/big.yaml"] = "- a\n" * 2_500_000
    content.files["scenarios/withdrawal/wide.yaml"] = "moments:\n" + "- {a: 1}\n" * 10_000
    found = content.load()
    assert {p.code for p in found.problems} == {"not-utf8", "too-large", "unknown-key"} | {
        "missing-key"
    }
    assert len(found.problems) < 500
    assert [s.id for s in found.library.scenarios] == ["first"]


def test_names_are_those_from_the_working_directory(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.files["modifiers.yaml"] = "[]"
    content.write()
    monkeypatch.chdir(content.root.parent)
    assert [p.file for p in load(content.root).problems] == ["data/modifiers.yaml"]
    assert [p.file for p in load(Path("data")).problems] == ["data/modifiers.yaml"]
    monkeypatch.chdir(os.path.sep)
    assert load(content.root).problems[0].file.endswith("data/modifiers.yaml")


def test_a_problem_says_what_is_meant(content: Content) -> None:
    content.files[SCENARIO]["moments"][1]["calls_for"] = ["invit"]
    content.files[SCENARIO]["clientt"] = content.files[SCENARIO].pop("client")
    told = {p.path: p for p in content.load().problems}
    assert told["moments[1].calls_for[0]"].suggestion == "invite"
    assert "notice, name, invite, own" in told["moments[1].calls_for[0]"].allowed
    assert told["clientt"].suggestion == "client"
    assert told["client"].code == "missing-key"
    assert told["client"].allowed == "a mapping with name, age, avatar, about"
