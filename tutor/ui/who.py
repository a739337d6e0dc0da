"""Who is at the keyboard."""

from tutor.domain.access import LOCAL, Person


def me() -> Person:
    """The person of this session."""
    return LOCAL
