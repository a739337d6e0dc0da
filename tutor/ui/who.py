"""Who is at the keyboard of this tab."""

from tutor.domain.access import LOCAL, Person


def me() -> Person:
    """The person whose session this is."""
    return LOCAL
