"""Coding many replies at once, in order, on every core."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context

from tutor.cli.jsonl import Refusal, Request, as_json
from tutor.coding.coder import Coder
from tutor.domain.rules import Bank
from tutor.errors import ReplyError, TutorError

#: Fewer replies than this are coded sooner than other processes would have started.
ALONE = 400
CHUNK = 50
#: Windows waits for at most 63 handles at once.
MOST_PROCESSES = 61

Item = Request | Refusal
Outcome = str | Refusal

# Each worker process compiles the bank once, when it starts.
_coder: Coder | None = None


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(bank: Bank, items: Iterable[Item], *, processes: int) -> Iterator[Outcome]:
    """The coded line, or the refusal, of each item, in order.

    Few items are coded in this process, more in up to `processes` others; only a bounded number of
    them is held in memory.

    Raises:
        TutorError: a process was ended from outside.
    """
    items = iter(items)
    first = list(islice(items, ALONE))
    if processes == 1 or len(first) < ALONE:
        coder = Coder(bank)
        yield from (_outcome(coder, item) for item in chain(first, items))
        return
    try:
        yield from _pooled(bank, chain(first, items), min(processes, MOST_PROCESSES))
    except BrokenProcessPool:
        raise TutorError("A process that was coding replies was ended from outside.") from None


def _pooled(bank: Bank, items: Iterator[Item], processes: int) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start, initargs=(bank,)
    )
    try:
        waiting: deque[Future[list[Outcome]]] = deque()
        while chunk := list(islice(items, CHUNK)):
            with _interrupts_held():
                waiting.append(pool.submit(_code, chunk))
            if len(waiting) > 4 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end of the block; a process started in it never hears of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(bank: Bank) -> None:
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _coder = Coder(bank)


def _code(items: list[Item]) -> list[Outcome]:
    assert _coder is not None, "the initializer has run"  # noqa: S101
    return [_outcome(_coder, item) for item in items]


def _outcome(coder: Coder, item: Item) -> Outcome:
    if isinstance(item, Refusal):
        return item
    try:
        return as_json(item.id, coder.code(item.reply, item.context))
    except ReplyError as error:
        return Refusal(line=item.line, why=str(error))
