"""What is seen of many learners at once, beside the practice loop and over the same store."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutor import conversation
from tutor.domain.attempt import Dispute
from tutor.domain.coding import Coding, Context
from tutor.domain.library import Library
from tutor.store.repository import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What a learner sees differently, with the coding it is about and what the reply answered."""

    dispute: Dispute
    coding: Coding
    context: Context


def disputed(library: Library, store: Store) -> Iterator[Disputed]:
    """Everything that is disputed in attempts at the library's scenarios, attempt by attempt.

    Raises:
        StoreError: an attempt cannot be read.
    """
    for attempt_id in store.disputed():
        attempt = store.get(attempt_id)
        scenario = library.scenario(attempt.scenario) if attempt else None
        if attempt is None or scenario is None:
            continue
        turns = {turn.number: turn for turn in attempt.turns}
        for dispute in store.disputes(attempt_id):
            turn = turns[dispute.number]
            context = conversation.context_of(scenario, attempt, turn)
            yield Disputed(dispute=dispute, coding=turn.coding, context=context)
