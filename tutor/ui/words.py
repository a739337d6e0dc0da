"""What learners read for the words of the vocabulary, and for times."""

from datetime import datetime

from tutor.domain.exercise import Sight
from tutor.domain.vocabulary import Approach, Circumstance, Component, Format, Identity, Marker

SIGHTS = {
    Sight.WITHDRAWAL: "Withdrawal",
    Sight.CONFRONTATION: "Confrontation",
    Sight.BOTH: "Both",
    Sight.NONE: "No rupture",
}
COMPONENTS = {
    Component.BOND: "Bond: trust, being understood",
    Component.GOALS: "Goals: what we are here for",
    Component.TASKS: "Tasks: what we do about it",
}
APPROACHES = {
    Approach.CBT: "CBT",
    Approach.PSYCHODYNAMIC: "Psychodynamic",
    Approach.PERSON_CENTERED: "Person-centered",
    Approach.MOTIVATIONAL: "Motivational",
    Approach.FAMILY_SYSTEMS: "Family systems",
}
MARKERS = {
    Marker.DENIAL: "Denial that closes the subject",
    Marker.MINIMAL_RESPONSE: "Minimal response",
    Marker.ABSTRACT_TALK: "Abstract talk",
    Marker.TOPIC_SHIFT: "Story-telling or change of subject",
    Marker.DEFERENCE: "Deference and appeasing",
    Marker.CONTENT_AFFECT_MISMATCH: "Words and feeling do not match",
    Marker.SELF_CRITICISM: "Self-criticism or hopelessness about the work",
    Marker.MISSED_WORK: "Undone task or missed session",
    Marker.SURFACE_COMPLIANCE: "Agreement on the surface",
    Marker.YES_BUT: "Yes, but",
    Marker.COMPLAINT_COUNSELOR: "Complaint about the counselor",
    Marker.REJECTS_INTERVENTION: "Rejects what is proposed",
    Marker.COMPLAINT_ACTIVITIES: "Complaint about the activities",
    Marker.COMPLAINT_PARAMETERS: "Complaint about time, fee or setting",
    Marker.COMPLAINT_PROGRESS: "Complaint about progress",
    Marker.DEFENDS_SELF: "Defends self against the counselor",
    Marker.CONTROL: "Tries to control or pressure",
}
#: The markers of movement away; the others are of movement against. Source: 3RS.
WITHDRAWAL = tuple(Marker)[: list(Marker).index(Marker.COMPLAINT_COUNSELOR)]


def when(moment: datetime) -> str:
    """A moment in time, in UTC.

    >>> from datetime import UTC
    >>> when(datetime(2026, 3, 2, 9, 5, tzinfo=UTC))
    'March 2, 09:05 UTC'
    """
    return f"{moment:%B} {moment.day}, {moment:%H:%M} UTC"


def due(moment: datetime | None) -> str:
    """By when something is due; empty where it never is."""
    return f"due by the end of {moment:%B} {moment.day}, UTC" if moment else ""


def marker(member: Marker | None) -> str:
    """The marker in words."""
    return MARKERS[member] if member else ""


def component(member: Component | None) -> str:
    """The component, with what it is."""
    return COMPONENTS[member] if member else ""


def kind(member: Format | Identity | Circumstance | str) -> str:
    """Any other member of the vocabulary, as a word or two.

    >>> kind(Circumstance.OLDER_ADULT)
    'Older adult'
    """
    return str(member).replace("_", " ").capitalize()
