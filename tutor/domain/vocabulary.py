"""The words of the field, exactly as the codebook spells them.

Everything that can be coded, shown or strained is a member of one of these enumerations; nothing
else in the project keeps a second list of codes.

Source: the project's codebook (docs/codebook.md), after the Rupture Resolution Rating System
(Eubanks, Muran & Safran 2015; Eubanks & Muran 2022) and Bordin (1979).
"""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How far a move is present in a reply: 0 not yet, 1 emerging, 2 clear."""

    NOT_YET = 0
    EMERGING = 1
    CLEAR = 2


class Move(StrEnum):
    """What a reply can do for the alliance; each is coded at a `Level`."""

    NOTICE = "notice"
    NAME = "name"
    INVITE = "invite"
    OWN = "own"
    RENEGOTIATE = "renegotiate"
    FEEDBACK = "feedback"
    EMPATHY = "empathy"
    SAFETY = "safety"
    HUMILITY = "humility"
    BALANCE = "balance"


class Misstep(StrEnum):
    """What a reply can do against the alliance; present or absent."""

    DEFEND = "defend"
    CONFRONT = "confront"
    OVER_APOLOGIZE = "over_apologize"
    PUSH = "push"
    INTERPRET = "interpret"
    MINIMIZE = "minimize"
    RETREAT = "retreat"
    TAKE_SIDE = "take_side"
    STEREOTYPE = "stereotype"


Code = Move | Misstep

CODES: tuple[Code, ...] = (*Move, *Misstep)

#: The five steps (name and invite are one step in two rows) and empathy, in the order shown.
LADDER: tuple[Move, ...] = (
    Move.NOTICE,
    Move.NAME,
    Move.INVITE,
    Move.OWN,
    Move.RENEGOTIATE,
    Move.FEEDBACK,
    Move.EMPATHY,
)
#: Moves that are shown only where the moment asks for them or the reply makes them.
AS_CALLED_FOR: tuple[Move, ...] = (Move.SAFETY, Move.HUMILITY, Move.BALANCE)


def code_of(name: str) -> Code:
    """The move or misstep of that name.

    Raises:
        ValueError: there is no such code.

    >>> code_of("own")
    <Move.OWN: 'own'>
    """
    try:
        return Move(name)
    except ValueError:
        return Misstep(name)


class Rupture(StrEnum):
    """The kind of strain a scenario plays, or why there is none."""

    WITHDRAWAL = "withdrawal"
    CONFRONTATION = "confrontation"
    MIXED = "mixed"
    SAFETY = "safety"
    NONE_ENGAGED = "none-engaged"
    NONE_CULTURE = "none-culture"
    NONE_TRANSFERENCE = "none-transference"
    NONE_DISAGREEMENT = "none-disagreement"

    @property
    def strains(self) -> bool:
        """Whether the alliance is strained here, so that there is something to repair.

        >>> Rupture.MIXED.strains, Rupture.SAFETY.strains
        (True, False)
        """
        return self in (Rupture.WITHDRAWAL, Rupture.CONFRONTATION, Rupture.MIXED)


class Component(StrEnum):
    """The three linked parts of the alliance. Source: Bordin (1979)."""

    BOND = "bond"
    GOALS = "goals"
    TASKS = "tasks"


class Format(StrEnum):
    """Who is in the room."""

    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"


class Approach(StrEnum):
    """The model a counselor works in; the alliance looks different in each."""

    CBT = "cbt"
    PSYCHODYNAMIC = "psychodynamic"
    PERSON_CENTERED = "person_centered"
    MOTIVATIONAL = "motivational"
    FAMILY_SYSTEMS = "family_systems"


class Circumstance(StrEnum):
    """What a client's life or way into counseling asks a counselor to keep in mind."""

    ADOLESCENT = "adolescent"
    OLDER_ADULT = "older_adult"
    VETERAN = "veteran"
    PARENT = "parent"
    STUDENT = "student"
    MANDATED = "mandated"
    TELEHEALTH = "telehealth"


class Identity(StrEnum):
    """Which side of who the client is matters to what happens between the two."""

    CULTURE = "culture"
    FAITH = "faith"
    RACE = "race"
    GENDER = "gender"
    DISABILITY = "disability"
    CLASS = "class"
    LANGUAGE = "language"


class Marker(StrEnum):
    """What the client shows. Source: 3RS (Eubanks, Muran & Safran 2015; Eubanks & Muran 2022)."""

    # Withdrawal: movements away.
    DENIAL = "denial"
    MINIMAL_RESPONSE = "minimal_response"
    ABSTRACT_TALK = "abstract_talk"
    TOPIC_SHIFT = "topic_shift"
    DEFERENCE = "deference"
    CONTENT_AFFECT_MISMATCH = "content_affect_mismatch"
    SELF_CRITICISM = "self_criticism"
    MISSED_WORK = "missed_work"
    SURFACE_COMPLIANCE = "surface_compliance"
    YES_BUT = "yes_but"
    # Confrontation: movements against.
    COMPLAINT_COUNSELOR = "complaint_counselor"
    REJECTS_INTERVENTION = "rejects_intervention"
    COMPLAINT_ACTIVITIES = "complaint_activities"
    COMPLAINT_PARAMETERS = "complaint_parameters"
    COMPLAINT_PROGRESS = "complaint_progress"
    DEFENDS_SELF = "defends_self"
    CONTROL = "control"


class ClientState(StrEnum):
    """Where the client stands on the way out of the rupture, or away from it.

    Source: the stages of the exploratory route (Safran & Muran 2000): withdrawal goes by way of a
    clearer discontent to self-assertion; confrontation by way of hurt to vulnerability. The third
    path, where nothing is strained, is ours: a client at work opens up, and goes deeper.
    """

    WITHDRAWN = "withdrawn"
    HESITANT = "hesitant"
    DISCONTENT = "discontent"
    ASSERTING = "asserting"
    ATTACKING = "attacking"
    GUARDED = "guarded"
    HURT = "hurt"
    REENGAGED = "re-engaged"
    WORKING = "working"
    OPENING = "opening"
    DEEPENING = "deepening"
    ENGAGED = "engaged"
    FALSE_COMPLIANCE = "false_compliance"
    ESCALATING = "escalating"
    LEFT = "left"


#: The paths, each state one step further than the one before it.
PATHS: tuple[tuple[ClientState, ...], ...] = (
    (
        ClientState.WITHDRAWN,
        ClientState.HESITANT,
        ClientState.DISCONTENT,
        ClientState.ASSERTING,
        ClientState.REENGAGED,
    ),
    (ClientState.ATTACKING, ClientState.GUARDED, ClientState.HURT, ClientState.REENGAGED),
    (ClientState.WORKING, ClientState.OPENING, ClientState.DEEPENING, ClientState.ENGAGED),
)


def progress(state: ClientState) -> int:
    """How many steps along its path a state lies, from 0; -1 for a state off all paths.

    Re-engaged ends two paths and counts as the end of the longer one.

    >>> progress(ClientState.GUARDED), progress(ClientState.REENGAGED)
    (1, 4)
    """
    return max((path.index(state) for path in PATHS if state in path), default=-1)


class Outcome(StrEnum):
    """How an attempt can end: well in one of two ways, since not every hard moment is a rupture."""

    REPAIRED = "repaired"
    KEPT = "kept"
    FALSE_COMPLIANCE = "false_compliance"
    LOST = "lost"

    @property
    def good(self) -> bool:
        """Whether the alliance holds at the end: a strain was repaired, or none was made."""
        return self in (Outcome.REPAIRED, Outcome.KEPT)

    @staticmethod
    def possible(rupture: Rupture) -> tuple["Outcome", ...]:
        """The three ways in which a scenario with that rupture, or none, can end.

        >>> [outcome.value for outcome in Outcome.possible(Rupture.NONE_CULTURE)]
        ['kept', 'false_compliance', 'lost']
        """
        well = Outcome.REPAIRED if rupture.strains else Outcome.KEPT
        return (well, Outcome.FALSE_COMPLIANCE, Outcome.LOST)


class Manner(StrEnum):
    """How a reply as a whole met the client, over and above its single codes.

    stock: nothing in it is specific to this client.  crammed: it makes too many moves at once to be
    heard.  repeated: it does only what the reply before it already did.  over_accommodating: it
    gives in or apologizes without measure, so that the client has to look after the counselor.
    """

    STOCK = "stock"
    CRAMMED = "crammed"
    REPEATED = "repeated"
    OVER_ACCOMMODATING = "over_accommodating"
