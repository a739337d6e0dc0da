"""What is wrong only between places: each case bends sound content in one way."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.content.sound_content import (
    SCENARIO,
    Content,
    coder,
    lines,
    moment,
    references,
    scenario,
    transition,
)
from tutor.content.checks import check
from tutor.content.checks_graph import steps_left
from tutor.domain.coding import Coding, Context
from tutor.domain.problems import Problem, Severity
from tutor.domain.vocabulary import ClientState
from tutor.errors import ContentError

Bend = Callable[[dict[str, Any]], object]


def test_sound_content_has_no_problem(content: Content) -> None:
    assert content.check() == ()


def _start(bent: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bent["moments"][0]
    return found


def _onward(bent: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = bent["moments"][number]["transitions"][0]
    return found


def _otherwise(bent: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = bent["moments"][number]["transitions"][1]
    return found


#: How the scenario is bent, and the problems (code, path) that this makes.
BENT: dict[str, tuple[Bend, list[tuple[str, str]]]] = {
    "dangling": (
        lambda s: _otherwise(s, 2).update(to="fourht"),
        [("dangling", "moments[2].transitions[1].to")],
    ),
    "moment that is not come to": (
        lambda s: s["moments"].append(moment("apart", "hesitant", "second", "gone", "apart")),
        [("unreachable", "moments[5]")],
    ),
    "ending that is not come to": (
        lambda s: s["endings"].append(s["endings"][2] | {"id": "never"}),
        [("unreachable", "endings[3]")],
    ),
    "no way to lose": (
        lambda s: _otherwise(s, 1).update(to="second"),
        [("missing-ending", "endings"), ("unreachable", "endings[2]")],
    ),
    "no otherwise": (
        lambda s: _otherwise(s, 1).update(when={"clean": True}),
        [("no-otherwise", "moments[1].transitions[1]")],
    ),
    "no transition at all": (
        lambda s: s["moments"][3].update(transitions=[]),
        [
            ("missing-ending", "endings"),
            ("no-otherwise", "moments[3].transitions[-1]"),
            ("unreachable", "endings[0]"),
        ],
    ),
    "otherwise too soon": (
        lambda s: _onward(s, 2).pop("when"),
        [("always-holds", "moments[2].transitions[0]")],
    ),
    "empty condition too soon": (
        lambda s: _onward(s, 2).update(when={}),
        [("always-holds", "moments[2].transitions[0]")],
    ),
    "two states at once": (
        lambda s: s["moments"][1].update(state="discontent"),
        [("skips-state", "moments[0].transitions[0].to")],
    ),
    "two states at once over to the other path": (
        lambda s: s["moments"][2].update(state="hurt"),
        [("skips-state", "moments[1].transitions[0].to")],
    ),
    "from off the path to its end": (
        lambda s: (
            s["moments"].append(moment("again", "re-engaged", "mended", "again", "again"))
            or _onward(s, 4).update(to="again")
        ),
        [("skips-state", "moments[4].transitions[0].to")],
    ),
    "repaired too early": (
        lambda s: _onward(s, 2).update(to="mended"),
        [
            ("repaired-early", "moments[2].transitions[0].to"),
            ("skips-state", "moments[2].transitions[0].to"),
            ("unreachable", "moments[3]"),
        ],
    ),
    "repaired early by another name": (
        lambda s: (
            _onward(s, 2).update(to="nearly")
            or s["moments"][2]["transitions"].insert(
                1, transition("more", "fourth", "more", {"clean": True})
            )
            or s["endings"].append(s["endings"][0] | {"id": "nearly", "state": "asserting"})
        ),
        [("repaired-early", "moments[2].transitions[0].to")],
    ),
    "any reply at all advances": (
        lambda s: (
            _otherwise(s, 1).update(to="third")
            or s["moments"][2]["transitions"][1].update(to="gone")
        ),
        [("otherwise-advances", "moments[1].transitions[1].to")],
    ),
    "any reply at all brings back": (
        lambda s: (
            s["moments"][4]["transitions"].append(transition("or", "second", "or"))
            or _otherwise(s, 4).update(when={"clean": True})
        ),
        [("otherwise-advances", "moments[4].transitions[2].to")],
    ),
    "any reply at all repairs": (
        lambda s: (
            s["moments"][3].update(state="re-engaged")
            or s["moments"][2].update(state="asserting")
            or s["moments"][1].update(state="discontent")
            or s["moments"][0].update(state="hesitant")
            or _otherwise(s, 3).update(to="mended")
        ),
        [("otherwise-advances", "moments[3].transitions[1].to")],
    ),
    "few moments": (
        lambda s: s["moments"].pop(2) and _onward(s, 1).update(to="second"),
        [
            ("few-moments", "moments"),
            ("missing-ending", "endings"),
            ("unreachable", "endings[0]"),
            ("unreachable", "moments[2]"),
        ],
    ),
    "no moments": (
        lambda s: s["moments"].clear(),
        [("few-moments", "moments")],
    ),
    "few variants": (
        lambda s: _onward(s, 0)["lines"].pop(),
        [("few-lines", "moments[0].transitions[0].lines")],
    ),
    "the same variant again": (
        lambda s: s["opening"].__setitem__(
            1, {"demeanour": "nods", "says": s["opening"][0]["says"].upper() + "!"}
        ),
        [("few-lines", "opening"), ("repeated-line", "opening[1]")],
    ),
    "the same line elsewhere": (
        lambda s: _otherwise(s, 3)["lines"].append(s["opening"][2]),
        [("repeated-line", "moments[3].transitions[1].lines[3]")],
    ),
    "the same move twice": (
        lambda s: _start(s).update(early=["feedback", "own"]),
        [("overlapping-moves", "moments[0].early[1]")],
    ),
    "one model reply": (
        lambda s: _start(s)["replies"].pop(0),
        [("few-replies", "moments[0].replies")],
    ),
    "no poor reply": (
        lambda s: _start(s)["replies"].pop(),
        [("few-replies", "moments[0].replies")],
    ),
    "a reply coded otherwise": (
        lambda s: _start(s)["replies"][1].update(missteps=["push"]),
        [("model-reply-mismatch", "moments[0].replies[1]")],
    ),
    "a level coded otherwise": (
        lambda s: _start(s)["replies"][1].update(moves={"own": 1}),
        [("model-reply-mismatch", "moments[0].replies[1]")],
    ),
    "no such avatar": (
        lambda s: s["client"].update(avatar="nobody"),
        [("missing-avatar", "client.avatar")],
    ),
    "an avatar elsewhere": (
        lambda s: s["client"].update(avatar="../avatars/mira"),
        [("missing-avatar", "client.avatar")],
    ),
    "a large shift": (
        lambda s: _onward(s, 0)["alliance"].update(bond=-16, tasks=15, goals=16),
        [
            ("large-shift", "moments[0].transitions[0].alliance.bond"),
            ("large-shift", "moments[0].transitions[0].alliance.goals"),
        ],
    ),
    "an ending named as a moment": (
        lambda s: s["endings"].append(s["endings"][2] | {"id": "start"}),
        [("duplicate-id", "endings[3].id")],
    ),
    "two moments of one name": (
        lambda s: s["moments"].append(
            moment("fourth", "asserting", "mended", "fourth", "once more")
        ),
        [("duplicate-id", "moments[5].id")],
    ),
    "two transitions of one name": (
        lambda s: _otherwise(s, 0).update(id="onward"),
        [("duplicate-id", "moments[0].transitions[1].id")],
    ),
}


@pytest.mark.parametrize(("bend", "told"), BENT.values(), ids=BENT.keys())
def test_bent_scenario(content: Content, bend: Bend, told: list[tuple[str, str]]) -> None:
    bend(content.files[SCENARIO])
    problems = content.check()
    assert sorted((p.code, p.path) for p in problems) == told
    assert all(p.severity is Severity.ERROR and p.line > 0 for p in problems)


def test_the_lines_are_those_of_the_file(content: Content) -> None:
    content.files[SCENARIO]["client"]["avatar"] = "nobody"
    content.files[SCENARIO]["moments"][3]["transitions"][0]["to"] = "mendid"
    told = {p.code: p for p in content.check()}
    assert told["missing-avatar"].line == content.line(SCENARIO, '"nobody"')
    assert told["dangling"].line == content.line(SCENARIO, '"mendid"')
    assert told["dangling"].suggestion == "mended"


def test_a_mismatch_says_what_the_coder_gives(content: Content) -> None:
    content.files[SCENARIO]["moments"][0]["replies"][0]["moves"] = {"own": 1, "invite": 2}
    (problem,) = content.check()
    assert problem.found == "the coder gives own 2"
    assert problem.allowed == "invite 2, own 1, as annotated"


def test_a_level_of_nothing_is_no_annotation(content: Content) -> None:
    content.files[SCENARIO]["moments"][0]["replies"][0]["moves"] = {"own": 2, "invite": 0}
    assert content.check() == ()


def test_replies_are_coded_in_their_moment(content: Content) -> None:
    loaded = content.load()
    plain, seen = coder(loaded.library.bank), list[tuple[str, Context]]()

    def code(reply: str, context: Context) -> Coding:
        seen.append((reply, context))
        return plain(reply, context)

    assert check(loaded, code, references) == ()
    contexts = {context.client: context.before for _, context in seen if context.strained}
    first = loaded.library.scenarios[0]
    assert contexts == {
        first.lines_into(moment.id)[0].says: "" if number else first.before
        for number, moment in enumerate(first.moments)
    }
    assert {context.setting for _, context in seen if context.strained} == {str(first.setting)}


def test_no_line_comes_again_in_another_scenario(content: Content) -> None:
    other = scenario("other")
    other["opening"][1] = {
        "demeanour": "looks up",
        "says": lines("In the first scenario she opens")[1]["says"],
    }
    content.files["scenarios/withdrawal/other.yaml"] = other
    (problem,) = content.check()
    assert (problem.code, problem.path) == ("repeated-line", "opening[1]")
    where = content.line(SCENARIO, "she opens, said the two way")
    assert problem.found.endswith(f"first.yaml:{where - 2}")


def test_minimal_responses_may_come_again_with_another_demeanour(content: Content) -> None:
    opening = content.files[SCENARIO]["opening"]
    opening += [{"demeanour": "shrugs", "says": "K."}, {"demeanour": "nods", "says": "K."}]
    opening += [{"demeanour": "looks away", "says": "..."}, {"demeanour": "sighs", "says": "..."}]
    assert content.check() == ()
    opening.append({"demeanour": "Nods", "says": "k"})
    assert [(p.code, p.path) for p in content.check()] == [("repeated-line", "opening[7]")]


def test_scenarios_of_one_id(content: Content) -> None:
    content.files["scenarios/mixed/first.yaml"] = scenario("first") | {"rupture": "mixed"}
    told = content.told()
    assert (SCENARIO, "duplicate-id", "id") in told


def _criteria(rubric: dict[str, Any]) -> object:
    rubric["criteria"][0]["move"] = "name"
    return None


@pytest.mark.parametrize(
    ("bend", "told"),
    [
        (_criteria, [("missing-criterion", "criteria"), ("duplicate-id", "criteria[1].move")]),
        (lambda r: r["cautions"].pop(), [("missing-criterion", "cautions")]),
        (
            lambda r: r["cautions"].append(r["cautions"][0]),
            [("duplicate-id", "cautions[9].misstep")],
        ),
        (lambda r: r["headlines"].clear(), [("no-otherwise", "headlines")]),
        (
            lambda r: r["headlines"].append({"when": {"clean": True}, "text": "Clean."}),
            [("no-otherwise", "headlines[1].when")],
        ),
        (
            lambda r: r["headlines"][0].update(advanced=True),
            [("no-otherwise", "headlines[0].when")],
        ),
    ],
)
def test_rubric(content: Content, bend: Bend, told: list[tuple[str, str]]) -> None:
    bend(content.files["rubric.yaml"])
    problems = content.check()
    assert [(p.code, p.path) for p in problems] == told
    assert {content.name(p.file) for p in problems} == {"rubric.yaml"}
    assert content.load().blocking == problems


def test_every_code_has_rules(content: Content) -> None:
    del content.files["rules/stereotype.yaml"]
    (problem,) = content.check()
    assert (content.name(problem.file), problem.line) == ("rules/stereotype.yaml", 0)
    assert (problem.code, problem.found) == ("missing-file", "there are no rules for stereotype")


def test_rules_of_one_id_in_two_files(content: Content) -> None:
    content.files["rules/own.yaml"]["rules"][0]["id"] = "name.words"
    content.files["modifiers.yaml"]["modifiers"][0]["id"] = "push.words"
    told = [p for p in content.check() if p.code == "duplicate-id"]
    assert [(content.name(p.file), p.path) for p in told] == [
        ("modifiers.yaml", "modifiers[0].id"),
        ("rules/own.yaml", "rules[0].id"),
    ]


def _never(reply: str, context: Context) -> Coding:
    raise AssertionError("there is no coder to be had")


@pytest.mark.parametrize(
    ("name", "bend", "told"),
    [
        ("rules/own.yaml", lambda f: f["rules"][0].update(patterns=["((a"]), "bad-pattern"),
        ("rules/own.yaml", lambda f: f["rules"][0].update(patterns=["@none"]), "unknown-list"),
        ("rules/own.yaml", lambda f: f.update(more=1), "unknown-key"),
        ("lexicon/base.yaml", lambda f: f["lists"].update(plain=["@plain"]), "list-cycle"),
        ("lexicon/base.yaml", lambda f: f.update(more=1), "unknown-key"),
    ],
)
def test_nothing_is_coded_with_a_bank_that_cannot_be_used(
    content: Content, name: str, bend: Bend, told: str
) -> None:
    bend(content.files[name])
    problems = check(content.load(), _never, references)
    assert sorted(p.code for p in problems) == sorted([told, "not-coded"])


def test_a_coder_that_cannot_be_made_is_a_problem(content: Content) -> None:
    def fails(reply: str, context: Context) -> Coding:
        raise ContentError((unusable,))

    unusable = Problem(file="rules", line=0, code="bad-pattern", path="", found="no list @x")
    assert check(content.load(), fails, references) == (unusable,)


def test_a_broken_rubric_does_not_keep_replies_from_being_coded(content: Content) -> None:
    content.files["rubric.yaml"] = "[]"
    content.files[SCENARIO]["moments"][0]["replies"][0]["moves"] = {}
    assert [p.code for p in content.check()] == ["wrong-type", "model-reply-mismatch"]


def test_problems_come_by_file_and_line(content: Content) -> None:
    content.files["rubric.yaml"]["more"] = 1
    content.files[SCENARIO]["client"]["avatar"] = "nobody"
    content.files[SCENARIO]["opening"].pop()
    content.files["rules/own.yaml"]["rules"][0]["immune"] = ["nothing"]
    problems: tuple[Problem, ...] = content.check()
    assert len(problems) == 4
    assert [(p.file, p.line) for p in problems] == sorted((p.file, p.line) for p in problems)


@pytest.mark.parametrize(
    ("state", "left"),
    [("withdrawn", 4), ("asserting", 1), ("attacking", 3), ("re-engaged", 0), ("left", None)],
)
def test_steps_left(state: str, left: int | None) -> None:
    assert steps_left(ClientState(state)) == left
