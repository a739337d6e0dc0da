"""A small sound content folder for a test to bend, and a coder made of its phrases."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tutor.content.checks import check
from tutor.content.loaded import Loaded
from tutor.content.loader import load
from tutor.domain.coding import Coding, Context, Evidence, NearMiss, Shortfall
from tutor.domain.problems import Problem
from tutor.domain.rules import Bank
from tutor.domain.text import Span
from tutor.domain.vocabulary import CODES, Level, Misstep, Move

SCENARIO = "scenarios/withdrawal/first.yaml"


def lines(stem: str) -> list[dict[str, str]]:
    return [
        {"demeanour": "waits", "says": f"{stem}, said the {n} way."}
        for n in ("one", "two", "third")
    ]


def transition(name: str, to: str, stem: str, when: object = None) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "to": to}
    if when is not None:
        made["when"] = when
    return made | {"alliance": {"bond": 3, "because": "heard"}, "lines": lines(stem)}


def moment(name: str, state: str, onward: str, otherwise: str, stem: str) -> dict[str, Any]:
    reply = {
        "kind": "model",
        "text": "These are own words.",
        "moves": {"own": 2},
        "comment": "good",
    }
    poor = {"kind": "poor", "text": "Just push words.", "missteps": ["push"], "comment": "poor"}
    return {
        "id": name,
        "state": state,
        "calls_for": ["own"],
        "welcome": ["empathy"],
        "early": ["feedback"],
        "why": "it is time",
        "transitions": [
            transition("onward", onward, f"{stem} goes on", {"at_least": {"own": 2}}),
            transition("otherwise", otherwise, f"{stem} stays"),
        ],
        "replies": [reply, reply | {"text": "More own words."}, poor],
    }


def scenario(name: str = "first") -> dict[str, Any]:
    stem = f"In the {name} scenario she"
    return {
        "schema_version": 1,
        "id": name,
        "title": "A first one",
        "client": {"name": "Mira", "age": 30, "avatar": "mira", "about": "a person"},
        "setting": {"format": "individual", "modality": "CBT", "session": 3},
        "rupture": "withdrawal",
        "markers": ["minimal_response"],
        "strained": ["tasks"],
        "difficulty": 1,
        "practises": "owning",
        "background": "some weeks",
        "before": "Did you do the sheet?",
        "opening": lines(f"{stem} opens"),
        "alliance": {"bond": 50, "goals": 50, "tasks": 30},
        "moments": [
            moment("start", "withdrawn", "second", "pleasing", f"{stem} at the start"),
            moment("second", "hesitant", "third", "gone", f"{stem} at the second"),
            moment("third", "discontent", "fourth", "third", f"{stem} at the third"),
            moment("fourth", "asserting", "mended", "fourth", f"{stem} at the fourth"),
            moment("pleasing", "false_compliance", "second", "pleased", f"{stem} pleasing"),
        ],
        "endings": [
            {"id": "mended", "outcome": "repaired", "state": "re-engaged", "text": "Mended."},
            {
                "id": "pleased",
                "outcome": "false_compliance",
                "state": "false_compliance",
                "text": "No.",
            },
            {"id": "gone", "outcome": "lost", "state": "left", "text": "Gone."},
        ],
        "debrief": "talk",
        "source": "written for the tests",
    }


def rule_file(code: str) -> dict[str, Any]:
    words = f"{code} words"
    rule = {
        "id": f"{code}.words",
        "source": "test",
        "phrases": [words],
        "patterns": ["@plain"],
        "examples": {"match": [f"Some {words}."], "no_match": ["Nothing."]},
    }
    return {"schema_version": 1, "code": code, "rules": [rule]}


def rubric() -> dict[str, Any]:
    told = {"step": "s", "asks": "a", "levels": ["0", "1", "2"], "next_steps": ["0", "1"]}
    return {
        "schema_version": 1,
        "criteria": [
            {"move": m.value, "label": "l", **told, "early": "e", "source": "s"} for m in Move
        ],
        "cautions": [
            {"misstep": m.value, "label": "l", "why": "w", "instead": "i", "source": "s"}
            for m in Misstep
        ],
        "headlines": [{"when": {}, "text": "So."}],
        "when_all_is_there": "All there.",
    }


def sound() -> dict[str, Any]:
    modifier = {
        "id": "negation",
        "effect": "suppress",
        "reach": "forward",
        "cues": ["never"],
        "touches": ["own"],
        "why": "It is said with a never.",
        "source": "test",
        "examples": {"match": ["Never own words."], "no_match": ["Own words."]},
    }
    spelling = {"schema_version": 1, "variants": {"becuase": "because"}}
    return {
        **{f"rules/{code.value}.yaml": rule_file(code.value) for code in CODES},
        "lexicon/base.yaml": {"schema_version": 1, "lists": {"plain": ["zzz"]}, "verbs": {}},
        "lexicon/spelling.yaml": spelling,
        "lexicon/common_words.txt": "# words\nable\n\nbecause\n",
        "modifiers.yaml": {"schema_version": 1, "modifiers": [modifier]},
        "rubric.yaml": rubric(),
        SCENARIO: scenario(),
        "avatars/mira.svg": "<svg/>",
    }


class Content:
    """A content folder that a test bends before it is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, Any] = copy.deepcopy(sound())

    def write(self) -> Path:
        for name, data in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML, and has every value on a line of its own.
            text = data if isinstance(data, str | bytes) else json.dumps(data, indent=1)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.root

    def load(self) -> Loaded:
        return load(self.write())

    def check(self) -> tuple[Problem, ...]:
        loaded = self.load()
        return check(loaded, coder(loaded.library.bank), references)

    def line(self, name: str, text: str) -> int:
        """The line of a written file that holds `text`, the first."""
        rows = (self.root / name).read_text(encoding="utf-8").splitlines()
        return 1 + next(n for n, row in enumerate(rows) if text in row)

    def told(self) -> set[tuple[str, str, str]]:
        """File (inside the folder), code and path of each problem."""
        found = self.check()
        return {(self.name(p.file), p.code, p.path) for p in found}

    def name(self, file: str) -> str:
        return Path(file).relative_to(self.root.as_posix()).as_posix()


def references(pattern: str) -> tuple[str, ...]:
    if "((" in pattern:
        raise ValueError("a bracket is not closed")
    return tuple(word[1:] for word in pattern.split() if word.startswith("@"))


def coder(bank: Bank) -> Callable[[str, Context], Coding]:
    """Codes by the phrases alone, and suppresses whatever a modifier touches in the reply."""

    def code(reply: str, context: Context) -> Coding:
        text = reply.casefold()
        evidence: list[Evidence] = []
        near: list[NearMiss] = []
        for kind, rule in bank.rules:
            for phrase in rule.phrases:
                at = text.find(phrase)
                if at < 0:
                    continue
                span = Span(at, at + len(phrase))
                why = next(
                    (
                        m.why
                        for m in bank.modifiers
                        if kind in m.touches and any(cue in text for cue in m.cues)
                    ),
                    None,
                )
                if why is None:
                    level = Level.CLEAR if isinstance(kind, Misstep) else rule.level
                    evidence.append(
                        Evidence(code=kind, span=span, rule=rule.id, found=level, level=level)
                    )
                else:
                    near.append(
                        NearMiss(
                            code=kind,
                            span=span,
                            rule=rule.id,
                            shortfall=Shortfall.SUPPRESSED,
                            why=why,
                        )
                    )
        return Coding(reply=reply, evidence=tuple(evidence), near_misses=tuple(near))

    return code
