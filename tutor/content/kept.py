"""The content as it was read last, kept in a file until anything that it hangs on changes."""

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutor.content.loader import load
from tutor.domain.library import Library
from tutor.domain.problems import Problem

#: What content is made of, and the code that reads it.
CONTENT = ("*.yaml", "*/*.yaml", "scenarios/*/*.yaml", "lexicon/*.txt", "weights/*.csv")
CODE = ("content/*.py", "domain/*.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All content that could be read, and the problems with the rest; as of `Loaded`."""

    library: Library
    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]


def content(data: Path, kept: Path | None = None) -> Content:
    """What is in the folder `data`: from the file `kept` where nothing has changed since.

    Anything else in that file, or none, is as good as none: the folder is read, and the file
    written anew where that can be done. The file holds Python objects, and is to be as safe from
    others as the code itself.
    """
    state = _state(data)
    if kept is not None and (found := _read(kept, state)):
        return found
    loaded = load(data)
    found = Content(library=loaded.library, problems=loaded.problems, blocking=loaded.blocking)
    if kept is not None:
        _write(kept, state, found)
    return found


def _state(data: Path) -> str:
    """A digest of the name, size and time of every file that the content hangs on.

    The working directory is part of it, because problems name their files from there.
    """
    told = hashlib.sha256(f"{sys.version} {data.resolve()} {Path.cwd()}".encode())
    for file in _files(data):
        with suppress(FileNotFoundError):
            status = file.stat()
            told.update(f"{file} {status.st_size} {status.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _files(data: Path) -> Iterator[Path]:
    code = Path(__file__).resolve().parent.parent
    for folder, patterns in ((data, CONTENT), (code, CODE)):
        for pattern in patterns:
            yield from sorted(folder.glob(pattern))


def _read(kept: Path, state: str) -> Content | None:
    """What the file holds; None where it is not of that state, or nothing that can be used."""
    try:
        with kept.open("rb") as file:
            if file.readline().decode().strip() != state:
                return None
            return _unpickled(file.read())
    except (OSError, UnicodeDecodeError):
        return None


def _unpickled(raw: bytes) -> Content | None:
    # Many small objects are made at once, of which none is garbage: without collection in half
    # the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        found = pickle.loads(raw)  # noqa: S301 - written by this module, as safe as the code
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of itself
        return None
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, Content) else None


def _write(kept: Path, state: str, found: Content) -> None:
    """Write the file whole or not at all; that it cannot be written costs time only."""
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            part.unlink()
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(f"{state}\n".encode())
            pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)
        part.replace(kept)
