"""Looking back: a learner's attempts together, what to take next, downloads, and forgetting."""

import json
from collections.abc import Collection

from tutor import conversation
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding
from tutor.domain.library import Library
from tutor.domain.progress import Advice, Progress
from tutor.domain.vocabulary import CODES, Code, Misstep
from tutor.feedback import path, progress, tables
from tutor.store.records import Records

#: So many of the latest attempts say where a learner stands now; older ones say where they stood.
COUNTED = 200


class Review:
    """The use cases over all attempts of a learner; without state of its own."""

    def __init__(self, *, library: Library, store: Records) -> None:
        self._library = library
        self._store = store
        self._scenarios = {scenario.id: scenario for scenario in library.scenarios}

    def attempts(self, *, learner: str) -> tuple[Attempt, ...]:
        """The learner's attempts at scenarios that are still as they were, the first first.

        Raises:
            StoreError: they cannot be read.
        """
        return tuple(
            attempt
            for attempt in self._store.attempts(learner)
            if attempt.scenario in self._scenarios
            and conversation.fits(self._scenarios[attempt.scenario], attempt)
        )

    def count(self, *, learner: str) -> int:
        """How many attempts of the learner hold a reply.

        Raises:
            StoreError: they cannot be read.
        """
        return self._store.replied(learner, scenarios=self._scenarios)

    def done(self, *, learner: str) -> frozenset[str]:
        """The scenarios that the learner brought to an ending.

        Raises:
            StoreError: they cannot be read.
        """
        return self._store.ended(learner)

    def progress(self, *, learner: str, limit: int = COUNTED, skip: int = 0) -> Progress:
        """What the learner's latest attempts show together, `limit` of them after the last `skip`.

        Raises:
            StoreError: they cannot be read.
        """
        latest = self._store.coded(learner, scenarios=self._scenarios, limit=limit, skip=skip)
        before = self.count(learner=learner) - skip - len(latest)
        return progress.progress(
            self._scenarios, latest[::-1], self._store.hints(learner), before=max(before, 0)
        )

    def next_for(self, *, learner: str) -> Advice | None:
        """The scenario to take next, and how it was chosen.

        Raises:
            StoreError: the attempts so far cannot be read.
        """
        return path.next_for(
            self._library.rubric,
            self._library.scenarios,
            self.done(learner=learner),
            self.progress(learner=learner),
        )

    def transfer(self, attempt: Attempt, *, learner: str) -> Advice | None:
        """The same marker in another setting, where the attempt has made something clear.

        Raises:
            StoreError: the learner's attempts cannot be read.
        """
        return path.transfer(self._library.scenarios, attempt, self.done(learner=learner))

    def delete(self, attempt_id: str, *, learner: str) -> None:
        """Forget one attempt for good.

        Raises:
            StoreError: it cannot be forgotten.
        """
        self._store.delete_attempt(learner, attempt_id)

    def delete_all(self, *, learner: str) -> None:
        """Forget everything of the learner for good.

        Raises:
            StoreError: it cannot be forgotten.
        """
        self._store.delete_all(learner)


def as_rows(attempts: Collection[Attempt]) -> list[dict[str, str | int]]:
    """One row for each reply, with the level of every move and 0 or 1 for every misstep."""
    return [
        {
            "attempt": number,
            "scenario": attempt.scenario,
            "started": attempt.started_at.isoformat(),
            "outcome": attempt.outcome.value if attempt.outcome else "",
            "reply_number": turn.number,
            "moment": turn.moment,
            "taken_back": int(turn.rewound),
            "reply": turn.reply,
            "client_answers": turn.response.line.says,
            **{code.value: _value(turn.coding, code) for code in CODES},
        }
        for number, attempt in enumerate(attempts, start=1)
        for turn in attempt.turns
    ]


def _value(coding: Coding, code: Code) -> int:
    level = coding.level(code)
    return int(bool(level)) if isinstance(code, Misstep) else int(level)


def as_json(attempts: Collection[Attempt]) -> str:
    """The rows as a JSON list."""
    return json.dumps(as_rows(attempts), ensure_ascii=False, indent=1)


def as_csv(attempts: Collection[Attempt]) -> str:
    """The rows as CSV with a header; a cell that a spreadsheet would run gets a quote in front."""
    return tables.as_csv(as_rows(attempts))
