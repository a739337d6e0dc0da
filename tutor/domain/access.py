"""Who is at the keyboard, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase

_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


class Role(StrEnum):
    """What somebody does here. A supervisor may do everything that a learner may."""

    LEARNER = "learner"
    SUPERVISOR = "supervisor"


class Access(StrEnum):
    """How people come in.

    Alone, on one's own machine, there are no accounts and everything is open; `open` lets anybody
    practise without one, and shuts the supervisor's side; with accounts everybody logs in.
    """

    ALONE = "alone"
    OPEN = "open"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who uses the tutor. `id` stands in the store; `name` is what others read.

    `id` is "local" alone on a machine, and otherwise made of what the login, or a cookie, says; it
    tells nothing of its own.
    """

    id: str
    name: str
    role: Role = Role.LEARNER

    @property
    def supervises(self) -> bool:
        """Whether classes, what was handed in, and demonstrations are open to them."""
        return self.role is Role.SUPERVISOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """By what in their login somebody is a supervisor; without any of it nobody is.

    `supervisors` are e-mail addresses, as `mailbox` writes them. `claim` names something else that
    the login says, such as "groups", and one of `values` has to be among it.
    """

    supervisors: frozenset[str] = frozenset()
    claim: str = ""
    values: frozenset[str] = frozenset()


def mailbox(address: str) -> str:
    r"""The e-mail address as it is compared: A to Z are a to z, and every other sign is itself.

    Casefolding would take somebody else's for it, with a sign that is only written like another.

    >>> mailbox("Kim@Example.edu"), mailbox("\u212aim@example.edu") == mailbox("kim@example.edu")
    ('kim@example.edu', False)
    """
    return address.translate(_SMALL)


#: The person at the keyboard of their own machine.
LOCAL = Person(id="local", name="You", role=Role.SUPERVISOR)
