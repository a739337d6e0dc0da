"""Where a client stands, in words for a room."""

from tutor.domain.vocabulary import ClientState

#: A word for each state, and what can be seen of it.
STATES: dict[ClientState, tuple[str, str]] = {
    ClientState.WITHDRAWN: ("Withdrawn", "pulling away, and giving little"),
    ClientState.HESITANT: ("Hesitant", "not saying it yet, but closer to it"),
    ClientState.DISCONTENT: ("Discontent", "saying that something is wrong"),
    ClientState.ASSERTING: ("Asserting", "saying plainly what is wanted or needed"),
    ClientState.ATTACKING: ("Attacking", "against the counselor or the work"),
    ClientState.GUARDED: ("Guarded", "less heated, and watching what comes next"),
    ClientState.HURT: ("Hurt", "letting the hurt or disappointment under it be seen"),
    ClientState.REENGAGED: ("Re-engaged", "back in the work, together"),
    ClientState.WORKING: ("Working", "at the work; nothing is strained"),
    ClientState.OPENING: ("Opening", "bringing more of what matters"),
    ClientState.DEEPENING: ("Deepening", "going further into it"),
    ClientState.ENGAGED: ("Engaged", "fully in the work, together"),
    ClientState.FALSE_COMPLIANCE: ("Agreeing on the surface", "polite, and not really there"),
    ClientState.ESCALATING: ("Escalating", "further away or more heated than before"),
    ClientState.LEFT: ("Gone", "out of reach for now"),
}


def standing(state: ClientState) -> str:
    """The state in a phrase.

    >>> standing(ClientState.GUARDED)
    'Guarded: less heated, and watching what comes next'
    """
    return ": ".join(STATES[state])
