"""Everything in a database as one file, from either kind of database and back into either.

The file is a zip: `manifest.json` says which step of the migrations it was written at, and each
table is a text of JSON objects, a row a line.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, Table, func, insert, select

from tutor.errors import StoreError
from tutor.store.database import Database
from tutor.store.migrating import HEAD, migrate
from tutor.store.schema import METADATA

MANIFEST = "manifest.json"
FORMAT = "rupture-repair-tutor backup 1"
#: So many rows are written at once.
AT_ONCE = 500


class Backup(Database):
    """A database that can be written to a file, or filled from one."""

    def save(self, file: Path) -> int:
        """Write everything, as it stands at one moment, to `file`; how many rows that are.

        Others may go on writing. `file` is there whole or not at all, and only for its owner.

        Raises:
            StoreError: the database cannot be read.
            OSError: the file cannot be written.
        """
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        count = 0
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with (
                os.fdopen(opened, "wb") as raw,
                zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made,
                self._reading() as db,
            ):
                made.writestr(MANIFEST, json.dumps({"format": FORMAT, "schema": HEAD}))
                for table in METADATA.sorted_tables:
                    with made.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
                        for row in db.execute(select(table)):
                            out.write(_line(row._mapping))
                            count += 1
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
        return count


def restore(database: Backup, file: Path) -> int:
    """Fill the database, which holds nothing yet, from `file`; how many rows there were.

    A backup of an older version is brought to this one. All of it comes in, or nothing.

    Raises:
        StoreError: the file is no backup, of a newer version, or damaged; or the database holds
            something, or cannot be written.
    """
    with database._writing() as db:
        # Inside, so that whatever is wrong with the file, the transaction ends without a trace.
        try:
            with zipfile.ZipFile(file) as made:
                return _fill(db, made, _schema(made))
        except (zipfile.BadZipFile, KeyError, ValueError):
            raise StoreError(f"{file} is no backup of the tutor, or is damaged.") from None


def _schema(made: zipfile.ZipFile) -> str:
    manifest = json.loads(made.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise KeyError(FORMAT)
    schema = str(manifest["schema"])
    if schema > HEAD:
        raise StoreError(
            f"The backup was made by a newer version of the tutor (schema {schema}; this one knows "
            f"{HEAD}). Update the tutor."
        )
    return schema


def _fill(db: Connection, made: zipfile.ZipFile, schema: str) -> int:
    # An empty database of this version goes back to none, to be made as it was for the backup.
    _empty(db)
    migrate(db, to=schema)
    tables = MetaData()
    tables.reflect(db)
    count = 0
    for table in tables.sorted_tables:
        if table.name not in METADATA.tables or table.name == "meta":
            continue
        rows: list[dict[str, Any]] = []
        with made.open(f"{table.name}.jsonl") as lines:
            for line in lines:
                rows.append(_row(table, json.loads(line)))
                count += 1
                if len(rows) == AT_ONCE:
                    db.execute(insert(table), rows)
                    rows.clear()
        if rows:
            db.execute(insert(table), rows)
    migrate(db)
    return count


def _empty(db: Connection) -> None:
    """Take away the tables of a database that holds nothing.

    Raises:
        StoreError: it holds something.
    """
    for table in METADATA.sorted_tables:
        if table.name != "meta" and db.scalar(select(func.count()).select_from(table)):
            raise StoreError(
                "The database holds something already, and a backup is put into an empty one only. "
                "Choose another address. Nothing was changed."
            )
    METADATA.drop_all(db)
    db.exec_driver_sql("DROP TABLE alembic_version")


def _line(row: Any) -> bytes:  # noqa: ANN401 - a row of SQLAlchemy's
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _row(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    """The row as the database takes it; a number that it gives itself is given anew."""
    return dict(_values(table, told))


def _values(table: Table, told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    given = table.autoincrement_column
    for name, value in told.items():
        column = table.c[name]
        if given is not None and name == given.name:
            continue
        if isinstance(column.type, DateTime) and value is not None:
            time = datetime.fromisoformat(value)
            # SQLite keeps no zone: every time in it is in UTC.
            yield name, time if column.type.timezone else time.astimezone(UTC).replace(tzinfo=None)
        else:
            yield name, value
