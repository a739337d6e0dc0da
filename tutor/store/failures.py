"""What went wrong with the database, in words for the person in front of the page.

No message repeats what the driver said: it might hold a reply.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from tutor.errors import StoreError

_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another program. Try again in a moment",
    sqlite3.SQLITE_LOCKED: "is locked by another program. Try again in a moment",
    sqlite3.SQLITE_READONLY: "is read-only. Make the file and its folder writable",
    sqlite3.SQLITE_PERM: "may not be opened. Check the rights to the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that its folder exists and can be written to",
    sqlite3.SQLITE_CORRUPT: "is damaged. Put back a copy, or move the file away to start afresh",
    sqlite3.SQLITE_NOTADB: "is not a database. Move the file away, or choose another address",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Make room and try again",
    sqlite3.SQLITE_CONSTRAINT: "refused an entry that it has already, or that belongs to nothing",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports a fault",
}

#: By the class of an SQLSTATE; without one, PostgreSQL was not reached at all.
_AWAY = "cannot be reached. Try again in a moment"
_STATES = {
    "": _AWAY,
    "08": _AWAY,
    "22": "met a value that does not fit",
    "23": _REASONS[sqlite3.SQLITE_CONSTRAINT],
    "25": "is read-only. Ask whoever runs it",
    "28": "may not be opened. Check the name and the password that its address gives",
    "3D": "is not there. Make it first, or choose another address",
    "40": "is busy. Try again in a moment",
    "53": "has no room left. Ask whoever runs it",
    "55": "is locked by another program. Try again in a moment",
    "57": _AWAY,
}


def reason(error: Exception) -> str:
    """The end of the sentence "The database ...": what is the matter, and what to do."""
    cause = getattr(error, "orig", None) or error
    if hasattr(cause, "sqlstate"):
        state = (cause.sqlstate or "")[:2]
        if not state and type(cause).__name__ == "DataError":
            state = "22"  # a value that the driver itself would not send
        return _STATES.get(state, f"cannot be used ({type(cause).__name__})")
    # The low byte is the kind of failure; the rest says where inside SQLite it arose.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return _REASONS.get(code, f"cannot be used ({type(cause).__name__})")


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Let no error of the driver out of the block.

    Raises:
        StoreError: for any of them; `place` says which database.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"The database {place} {reason(error)}. Nothing was changed.") from None
    except (OverflowError, ValueError):
        # A number too great, a text that is no Unicode, a date that is none: never SQLite's own.
        raise StoreError(
            f"The database {place} met a value that does not fit. Nothing was changed."
        ) from None
