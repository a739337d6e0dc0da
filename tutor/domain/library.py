"""All content, read and validated: what the use cases work from."""

from dataclasses import dataclass

from tutor.domain.demo import Demo
from tutor.domain.exercise import CheckIn, Question, Sighting
from tutor.domain.rubric import Rubric
from tutor.domain.rules import Bank
from tutor.domain.scenario import Scenario
from tutor.domain.trust import Agreement, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The rule bank, the rubric and the scenarios, in order of rupture, difficulty and id.

    `agreement` and `trust` are None where the content folder does not have them; an exercise that
    it does not have, or not in order, is empty.
    """

    bank: Bank
    rubric: Rubric
    scenarios: tuple[Scenario, ...]
    agreement: Agreement | None = None
    trust: Trust | None = None
    drill: tuple[Sighting, ...] = ()
    quiz: tuple[Question, ...] = ()
    checkins: tuple[CheckIn, ...] = ()
    demos: tuple[Demo, ...] = ()

    def scenario(self, scenario_id: str) -> Scenario | None:
        """The scenario of that id, or None."""
        return next((s for s in self.scenarios if s.id == scenario_id), None)
