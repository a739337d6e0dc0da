"""How a coded reply reaches this client, who remembers what was said before in the same moment."""

from itertools import takewhile

from tutor.domain.attempt import Reception, Turn
from tutor.domain.coding import Coding
from tutor.domain.scenario import Moment
from tutor.domain.vocabulary import LADDER, Level, Manner, Misstep, Move

#: From so many moves of the ladder on, a reply is too much to be heard at once.
CRAMMED_FROM = 5
#: Up to so many emerging moves, beside a stock phrase of empathy, leave a reply without a clear
#: move a stock reply; one more, and it is a start that meets the client.
STOCK_UP_TO = 2

GIVES_IN = (Misstep.OVER_APOLOGIZE, Misstep.RETREAT)


def receive(moment: Moment, earlier: tuple[Turn, ...], coding: Coding) -> Reception:
    """How the reply coded in `coding` is heard at `moment`, after the standing turns `earlier`.

    A move is fresh when it is at a higher level than the client remembers from this moment, and
    then counts in full. Any other move counts as what is left of the memory: a move that was clear
    stays with the client as emerging, one that was only emerging is gone. So the same move again
    counts less, and saying it again never counts for less than leaving it out.
    """
    memory = _memory(moment, earlier)
    said = coding.moves
    fresh = frozenset(m for m, level in said.items() if level > memory.get(m, Level.NOT_YET))
    kept = {move: Level.EMERGING for move, level in memory.items() if level is Level.CLEAR}
    heard = kept | {move: said[move] for move in fresh}
    return Reception(
        levels={move: heard[move] for move in Move if move in heard},
        fresh=fresh,
        manner=_manner(coding, fresh),
    )


def _memory(moment: Moment, earlier: tuple[Turn, ...]) -> dict[Move, Level]:
    """The best level of each move said in this moment since it was entered or last undone.

    A misstep undoes ground: what was said up to it, and in the same reply, is forgotten. A crammed
    reply was too much to be heard, so a learner who then says less of it says something fresh.
    """
    here = takewhile(lambda turn: turn.moment == moment.id, reversed(earlier))
    memory: dict[Move, Level] = {}
    for turn in takewhile(lambda turn: not turn.coding.missteps, here):
        if not _crammed(turn.coding):
            for move, level in turn.coding.moves.items():
                memory[move] = max(level, memory.get(move, Level.NOT_YET))
    return memory


def _crammed(coding: Coding) -> bool:
    """Whether the reply makes more moves of the ladder, at any level, than can be heard at once."""
    return sum(move in coding.moves for move in LADDER) >= CRAMMED_FROM


def _manner(coding: Coding, fresh: frozenset[Move]) -> frozenset[Manner]:
    """How the reply as a whole meets the client.

    Stock is a reply without a clear move and with at most `STOCK_UP_TO` emerging ones beside
    empathy; one without any move is stock too. Repeated is a reply whose moves were all said
    before, none of them less clearly.
    """
    said = coding.moves
    emerging = [move for move in said if move is not Move.EMPATHY]
    found = {
        Manner.STOCK: Level.CLEAR not in said.values() and len(emerging) <= STOCK_UP_TO,
        Manner.CRAMMED: _crammed(coding),
        Manner.REPEATED: bool(said) and not fresh,
        Manner.OVER_ACCOMMODATING: any(misstep in coding.missteps for misstep in GIVES_IN),
    }
    return frozenset(manner for manner, so in found.items() if so)
