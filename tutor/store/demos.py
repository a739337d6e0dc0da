"""Demonstrations and transcripts that supervisors have made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, select

from tutor.domain.demo import Demo
from tutor.domain.transcript import Transcript
from tutor.store.database import Database, put
from tutor.store.schema import DEMO

_KINDS: Mapping[str, TypeAdapter[Any]] = {
    "demo": TypeAdapter(Demo),
    "transcript": TypeAdapter(Transcript),
}


class Demos(Database):
    """What each supervisor has made to show."""

    def keep_demo(self, owner: str, made: Demo | Transcript, made_at: datetime) -> None:
        """Keep what the owner, who is known, has made; one of the same id is replaced.

        Raises:
            StoreError: the database cannot be written.
        """
        kind = "demo" if isinstance(made, Demo) else "transcript"
        row = {
            "id": made.id,
            "owner": owner,
            "kind": kind,
            "title": made.title,
            "body": _KINDS[kind].dump_json(made, warnings="error").decode(),
            "made_at": made_at,
        }
        with self._writing() as db:
            put(db, DEMO, row)

    def demos(self, owner: str) -> tuple[Demo | Transcript, ...]:
        """What the owner has made, the first made first; what cannot be read is left out.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(DEMO).where(DEMO.c.owner == owner).order_by(DEMO.c.made_at, DEMO.c.id)
        with self._reading() as db:
            rows = db.execute(chosen).all()
        return tuple(made for row in rows if (made := _made(row.kind, row.body)))

    def demo(self, owner: str, demo_id: str) -> Demo | Transcript | None:
        """That one of the owner's; None where they have none of that id, or it cannot be read.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(DEMO).where(DEMO.c.owner == owner, DEMO.c.id == demo_id)
        with self._reading() as db:
            row = db.execute(chosen).first()
        return _made(row.kind, row.body) if row else None

    def delete_demo(self, owner: str, demo_id: str) -> None:
        """Forget that demonstration or transcript of the owner's.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            db.execute(delete(DEMO).where(DEMO.c.owner == owner, DEMO.c.id == demo_id))


def _made(kind: str, body: str) -> Demo | Transcript | None:
    try:
        made: Demo | Transcript = _KINDS[kind].validate_json(body)
    except (KeyError, ValueError):
        return None
    return made
