"""Everything kept in a browser tab's session state, typed.

A reload loses all of it: what must last is in the store, and the attempt's id in the address.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import streamlit as st

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.coding import Coding
from tutor.domain.exercise import Exercise, Seen

#: The key of the chat box; text put there before it is drawn comes up as a draft.
REPLY = "reply"
#: The name of the attempt's id in the address.
ATTEMPT = "attempt"
#: The key of the box in which a room says what it would say.
ROOM = "room"
#: The names, in the address, of a demonstration's id, of the place in it, and of how it is shown.
DEMO, AT, PRESENT = "demo", "at", "present"

_KEY = "tutor"


class Kind(StrEnum):
    """How a notice is meant."""

    HINT = "hint"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell the learner once."""

    kind: Kind
    text: str


@dataclass(slots=True, kw_only=True)
class Asked:
    """An item of an exercise that is on the page: since when, and what was answered, if it was.

    `since` is in seconds of a clock that only runs forward.
    """

    item: str
    since: float
    answer: Any = None
    seconds: int | None = None


@dataclass(slots=True, kw_only=True)
class Fork:
    """Where a room says its own replies, in place of the one of that step of a demonstration.

    `attempt` goes on from there; of a transcript, which nobody answers, there is only what the
    replies were `coded` as, the latest last.
    """

    demo: str
    step: int
    attempt: Attempt | None = None
    coded: tuple[Coding, ...] = ()

    @property
    def said(self) -> int:
        """How many replies the room has said."""
        return len(self.attempt.turns) - self.step + 1 if self.attempt else len(self.coded)


@dataclass(slots=True, kw_only=True)
class State:
    """What this tab shows. `put_away` is the revision whose feedback the learner has closed.

    `asked_focus` counts how often the chat box was asked to take the focus. `spotted` is what the
    learner saw in the first line of an attempt, None where they went past the question, and
    `spot_first` whether they want to be asked. `visitor` stands in for the cookie that knows a
    visitor again, in a browser that keeps none.

    `called` is whether Streamlit has called back, and `heard` whether it did before this run of the
    page, so that what was sent or clicked has been taken. `unheard` is a reply that was not, and
    `unsent` what stood in the box when the page lost its server. `going` is the way to another page
    that was clicked, to be taken before this one is drawn.
    """

    attempt: Attempt | None = None
    notice: Notice | None = None
    put_away: int | None = None
    asked_focus: int = 0
    asked: dict[Exercise, Asked] = field(default_factory=dict)
    spotted: dict[str, Seen | None] = field(default_factory=dict)
    spot_first: bool = True
    called: bool = False
    heard: bool = False
    going: Callable[[], None] | None = None
    unheard: str = ""
    unsent: str = ""
    fork: Fork | None = None
    visitor: str = field(default_factory=secrets.token_urlsafe)

    def show(self, attempt: Attempt) -> None:
        """Go over to that attempt, or to its next revision."""
        self.attempt = attempt
        self.put_away = None

    def tell(self, kind: Kind, text: str) -> None:
        """Say this on the next page that is drawn."""
        self.notice = Notice(kind=kind, text=text)

    def told(self) -> Notice | None:
        """The notice that waits, taken away so that it is said once."""
        notice, self.notice = self.notice, None
        return notice


def state() -> State:
    """This tab's state, made on first use."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = State()
    kept: State = st.session_state[_KEY]
    return kept


def keep_draft(text: str, key: str = REPLY) -> None:
    """Have the chat box come up with `text` in it."""
    st.session_state[key] = text


def repeated(attempt: Attempt) -> Turn | None:
    """The rewound try that the learner is about to replace, or None."""
    last = attempt.turns[-1] if attempt.turns else None
    return last if last and last.rewound and not attempt.finished else None
