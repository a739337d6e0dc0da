"""What learners handed in, as statements of the Experience API (xAPI) 1.0.3.

Pure: statements come out, and nothing is sent anywhere. `docs/xapi.md` says what each verb and
extension means; sections in comments are those of the specification's Part Two.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.library import Library
from tutor.domain.scenario import Scenario
from tutor.domain.teaching import Returned
from tutor.domain.vocabulary import CODES, Code, Level, Misstep
from tutor.errors import SettingsError

Statement = dict[str, Any]

PLATFORM = "Rupture & Repair"
#: The language of the scenarios, and of the replies that the coder reads.
LANGUAGE = "en"
#: Nobody knows in which language a class was named (4.2: what is not known is not guessed).
ANY_LANGUAGE = "und"
#: Every id is made from it, so it never changes.
NAMESPACE = UUID("3ac53cb6-02a4-4e8a-b437-7f0ad1054e74")

#: Verbs and types that others have defined: nothing new where there is something (3.1).
VERBS = {
    "attempted": "http://adlnet.gov/expapi/verbs/attempted",
    "responded": "http://adlnet.gov/expapi/verbs/responded",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "terminated": "http://adlnet.gov/expapi/verbs/terminated",
    "submitted": "http://activitystrea.ms/schema/1.0/submit",
}
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
GROUP = "http://activitystrea.ms/schema/1.0/group"

#: What may stand between the slashes of an address here.
_SIGN = r"[^\s\x00-\x1f\x7f<>\"{}|\\^`%@\[\]/?#]"
_HOME = re.compile(rf"https?://{_SIGN}+(/{_SIGN}*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An attempt that was handed in, with what a statement says around it.

    `learner` tells a person from others and nothing of them; `name` is empty where names are
    hidden. `class_id` and `class_name` are those of the class that it was handed in to.
    """

    attempt: Attempt
    learner: str
    name: str = ""
    class_id: str
    class_name: str
    submitted_at: datetime
    returned: Returned = field(default_factory=Returned)


def check_home(home: str) -> None:
    """Whether statements can be made under that address.

    Raises:
        SettingsError: it is no http(s) address, or has a query, a fragment or a login.
    """
    if not _HOME.fullmatch(home):
        raise SettingsError(
            f"The home of xAPI statements is {home!r}; it has to be an address like "
            "https://practice.example.edu, without a login, '?' or '#'."
        )


def statements(library: Library, handed_in: Iterable[Record], *, home: str) -> list[Statement]:
    """The statements of those attempts, attempt by attempt, each in the order of what happened.

    `home` is an http(s) address of those who run the tutor. The ids of activities and extensions,
    and with them those of statements, hang on it: it is chosen once. The same attempts give the
    same statements with the same ids; a statement that says something else has another id. No
    statement has a score: the levels order one reply against a codebook and grade nobody.

    Raises:
        SettingsError: `home` is no such address, or has a query, a fragment or a login.
    """
    check_home(home)
    return [
        statement
        for record in handed_in
        for statement in _Teller(
            home=home.rstrip("/"),
            record=record,
            scenario=library.scenario(record.attempt.scenario),
        ).tell()
    ]


def as_json(statements: Iterable[Mapping[str, Any]]) -> str:
    """The statements as the JSON array that a record store takes."""
    return json.dumps(list(statements), ensure_ascii=False, indent=1, allow_nan=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """What is told of one attempt; `scenario` is None where it is no longer there."""

    home: str
    record: Record
    scenario: Scenario | None

    def tell(self) -> Iterator[Statement]:
        attempt = self.record.attempt
        whole = self._whole()
        yield self._statement("attempted", whole, attempt.started_at)
        for turn in attempt.turns:
            # The time of a single reply is not kept; a timestamp may be any point of it (2.4.7).
            reply = self._reply(turn)
            yield self._statement(
                "responded", self._moment(turn), attempt.started_at, reply, parent=whole
            )
        if attempt.finished_at is not None:
            verb = "terminated" if attempt.outcome is None else "completed"
            yield self._statement(verb, whole, attempt.finished_at, self._ending())
        yield self._statement("submitted", whole, self.record.submitted_at)

    def _statement(
        self,
        verb: str,
        activity: Statement,
        at: datetime,
        result: Statement | None = None,
        *,
        parent: Statement | None = None,
    ) -> Statement:
        actor = {"homePage": self.home, "name": self.record.learner}
        name = {"name": self.record.name} if self.record.name.strip() else {}
        said = {
            "actor": {"objectType": "Agent", **name, "account": actor},
            "verb": {"id": VERBS[verb], "display": {LANGUAGE: verb}},
            "object": activity,
            **({"result": result} if result else {}),
            "context": {
                "registration": str(uuid5(NAMESPACE, self.record.attempt.id)),
                "contextActivities": {
                    **({"parent": [parent]} if parent else {}),
                    "grouping": [self._class()],
                },
                "platform": PLATFORM,
                "language": LANGUAGE,
            },
            "timestamp": _time(at),
        }
        # A store refuses other words under an id that it knows (Part Three, 2.1.2).
        key = json.dumps(_without_definitions(said), sort_keys=True)
        return {"id": str(uuid5(NAMESPACE, key)), **said}

    def _whole(self) -> Statement:
        path = ("scenarios", self.record.attempt.scenario)
        if self.scenario is None:
            return self._activity(path)
        return self._activity(
            path,
            type=SIMULATION,
            name={LANGUAGE: self.scenario.title},
            description={LANGUAGE: self.scenario.practises},
        )

    def _moment(self, turn: Turn) -> Statement:
        path = ("scenarios", self.record.attempt.scenario, "moments", turn.moment)
        moment = self.scenario.moment(turn.moment) if self.scenario else None
        if self.scenario is None or moment is None:
            return self._activity(path)
        return self._activity(
            path,
            type=INTERACTION,
            # No fill-in: there "[,]" parts a response in two (2.4.4.1), and it may be typed.
            interactionType="other",
            name={LANGUAGE: f"{self.scenario.title}: {moment.id}"},
            description={LANGUAGE: f"Where the client stands: {moment.state.replace('_', ' ')}."},
        )

    def _class(self) -> Statement:
        name = {ANY_LANGUAGE: self.record.class_name}
        return self._activity(("classes", self.record.class_id), type=GROUP, name=name)

    def _activity(self, path: tuple[str, ...], **definition: str | dict[str, str]) -> Statement:
        iri = "/".join((self.home, *(quote(part, safe="") for part in path)))
        there = {"definition": definition} if definition else {}
        return {"objectType": "Activity", "id": iri, **there}

    def _reply(self, turn: Turn) -> Statement:
        by_hand = {
            override.code.value: _level(override.code, override.level)
            for override in self.record.returned.overrides_of(turn.number)
        }
        return {
            "response": turn.reply,
            "extensions": self._extensions(
                {
                    "reply-number": turn.number,
                    "moment": turn.moment,
                    "taken-back": turn.rewound,
                    "levels": {c.value: _level(c, turn.coding.level(c)) for c in CODES},
                    "checked-by-hand": turn.number in self.record.returned.checked,
                    **({"levels-by-hand": by_hand} if by_hand else {}),
                }
            ),
        }

    def _ending(self) -> Statement:
        """How it ended. Success is said where there is some; its absence is no failure."""
        attempt = self.record.attempt
        outcome = attempt.outcome
        told: Statement = {"completion": outcome is not None}
        if outcome is not None:
            told["extensions"] = self._extensions({"outcome": outcome.value})
            if outcome.good:
                told["success"] = True
        if attempt.finished_at and attempt.finished_at >= attempt.started_at:
            seconds = (attempt.finished_at - attempt.started_at).total_seconds()
            told["duration"] = f"PT{f'{seconds:.2f}'.rstrip('0').rstrip('.')}S"  # 4.6: 0.01 s
        return told

    def _extensions(self, values: Statement) -> Statement:
        return {f"{self.home}/xapi/extensions/{key}": value for key, value in values.items()}


def _level(code: Code, level: Level) -> int:
    """0-2 for a move; a misstep is there (1) or not (0)."""
    return int(bool(level)) if isinstance(code, Misstep) else int(level)


def _time(at: datetime) -> str:
    """In UTC, to the millisecond (4.5)."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _without_definitions(part: object) -> object:
    """The statement proper: what things are called is none of it, and may change (2.3.1)."""
    if isinstance(part, dict):
        left_out = ("definition", "display")
        return {k: _without_definitions(v) for k, v in part.items() if k not in left_out}
    return [_without_definitions(one) for one in part] if isinstance(part, list) else part
