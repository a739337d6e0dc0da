"""What a learner sees differently is kept with the turn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.store.store_samples import STARTED, a_turn, an_attempt
from tutor.domain.attempt import Dispute
from tutor.domain.vocabulary import Misstep, Move
from tutor.errors import StoreError
from tutor.store.repository import Store

OWN = Dispute(number=1, code=Move.OWN, why="It was <b>irony</b> 🙏🏽", made_at=STARTED)


@pytest.fixture
def with_attempt(store: Store) -> Store:
    store.add(replace(an_attempt(), turns=(a_turn(1), a_turn(2))))
    return store


def test_disputes_come_back_as_they_were_by_turn_and_time(with_attempt: Store) -> None:
    attempt = an_attempt().id
    later = Dispute(number=1, code=Misstep.DEFEND, why="no", made_at=STARTED + timedelta(seconds=1))
    second = Dispute(number=2, code=Move.OWN, why="yes", made_at=STARTED)
    for dispute in (second, later, OWN):
        with_attempt.dispute(attempt, dispute)
    assert with_attempt.disputes(attempt) == (OWN, later, second)
    assert with_attempt.disputed() == (attempt,)
    assert with_attempt.disputes("another") == ()


def test_the_latest_word_on_a_code_is_kept(with_attempt: Store) -> None:
    attempt = an_attempt().id
    with_attempt.dispute(attempt, OWN)
    with_attempt.dispute(attempt, replace(OWN, why="after all"))
    assert [d.why for d in with_attempt.disputes(attempt)] == ["after all"]


def test_there_is_no_dispute_about_a_turn_that_never_was(with_attempt: Store) -> None:
    with pytest.raises(StoreError):
        with_attempt.dispute(an_attempt().id, replace(OWN, number=9))
    assert with_attempt.disputes(an_attempt().id) == ()
