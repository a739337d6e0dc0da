"""Files written whole or not at all."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written(name: str) -> Iterator[BinaryIO]:
    """A stream into the file `name`, which is replaced only once the block has ended well.

    ``-`` is standard output; it and devices are written to as it comes.

    Raises:
        OSError: the file cannot be written.
    """
    target = Path(name).resolve()
    if name == "-":
        yield sys.stdout.buffer
    elif target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
    else:
        beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with beside.open("xb") as stream:
                yield stream
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
