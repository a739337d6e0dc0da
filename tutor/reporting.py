"""A class as a whole, counted; how far coder and supervisor agree; and all of it to take away.

Whose it is, `tutor.supervise` checks, in every use case.
"""

import json
from dataclasses import replace

from tutor.domain.access import Person
from tutor.domain.library import Library
from tutor.domain.teaching import ClassPicture, Tally
from tutor.feedback import class_picture, class_rows, tables, xapi
from tutor.feedback.class_rows import Whole
from tutor.respond import Respond
from tutor.store.repository import Store
from tutor.supervise import class_of


class Reporting:
    """The use cases; whether the person may, is checked in each.

    Where names are hidden, learners are called by numbers, in everything.
    """

    def __init__(self, *, library: Library, store: Store) -> None:
        self._library = library
        self._store = store
        self._respond = Respond(library=library, store=store)

    def picture(self, person: Person, cohort_id: str, *, named: bool) -> ClassPicture:
        """The class by step and marker, and person by person; without names, by number.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        names = self._names(person, cohort_id, named=named)
        inbox = [
            replace(one, name=names[one.submission.learner])
            for one in self._respond.inbox(person, cohort_id)
            if one.submission.learner in names
        ]
        scenarios = {scenario.id: scenario for scenario in self._library.scenarios}
        return class_picture.picture(scenarios, inbox, tuple(names.values()))

    def agreement(self, person: Person, cohort_id: str) -> tuple[Tally, ...]:
        """How coder and supervisor agree, by code, in the replies of the class that were checked.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        return class_picture.tallies(
            (one.attempt, one.returned) for one in self._respond.inbox(person, cohort_id)
        )

    def as_csv(self, person: Person, cohort_id: str, *, named: bool) -> str:
        """Everything that was handed in, one row for each reply.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        rows = class_rows.as_rows(cohort.name, self._wholes(person, cohort_id, named=named))
        return tables.as_csv(rows, empty="class")

    def as_json(self, person: Person, cohort_id: str, *, named: bool) -> str:
        """The same rows as a JSON list.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        rows = class_rows.as_rows(cohort.name, self._wholes(person, cohort_id, named=named))
        return json.dumps(rows, ensure_ascii=False, indent=1)

    def as_xapi(self, person: Person, cohort_id: str, *, named: bool, home: str) -> str:
        """Everything that was handed in, as xAPI statements under the address `home`.

        Raises:
            AccessError: it is not the person's class.
            SettingsError: `home` is no address to make statements under.
            StoreError: it cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        records = [
            xapi.Record(
                attempt=whole.attempt,
                learner=whole.submission.learner,
                name=whole.name if named else "",
                class_id=cohort.id,
                class_name=cohort.name,
                submitted_at=whole.submission.submitted_at,
                returned=whole.returned,
            )
            for whole in self._wholes(person, cohort_id, named=named)
        ]
        return xapi.as_json(xapi.statements(self._library, records, home=home))

    def _wholes(self, person: Person, cohort_id: str, *, named: bool) -> tuple[Whole, ...]:
        names = self._names(person, cohort_id, named=named)
        return tuple(
            replace(whole, name=names.get(whole.submission.learner, ""))
            for whole in self._respond.wholes(person, cohort_id)
        )

    def _names(self, person: Person, cohort_id: str, *, named: bool) -> dict[str, str]:
        """What each learner of the class is to be called, in that order.

        Without names they are numbered in the order of joining, which says nothing of the name; of
        two with the same name, the second gets a number behind it.
        """
        members = self._store.members(class_of(self._store, person, cohort_id).id)
        if not named:
            joined = sorted(members, key=lambda member: (member.joined_at, member.learner))
            return {m.learner: f"Learner {number}" for number, m in enumerate(joined, start=1)}
        found: dict[str, str] = {}
        for member in members:
            same = sum(other.name == member.name for other in members[: len(found)])
            found[member.learner] = f"{member.name} ({same + 1})" if same else member.name
        return found
