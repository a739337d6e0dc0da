"""How fast the coder is on this machine."""

import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tutor.cli.jsonl import Request, read_requests
from tutor.cli.pool import cores, outcomes
from tutor.coding.bench import grown, plain_comparison
from tutor.coding.coder import Coder
from tutor.content.kept import content
from tutor.content.loader import library
from tutor.domain.coding import Context
from tutor.errors import TutorError

WORDS = 60
REPLIES = 150
ROUNDS = 3
MANY = 10_000

Case = tuple[str, Context]


def figures(data: Path) -> dict[str, float | int | None]:
    """Times of coding a 60-word reply in ms, ratios, and replies a second over every core.

    `content_s` is how long the whole content takes to read, `content_kept_s` how long once it has
    been read and nothing has changed; both in seconds, the median of `ROUNDS`.
    `ratio_raw` compares with one plain comparison of the same clauses and exemplars, and is None
    for a bank without exemplars; `ratio_tenfold` compares the bank grown tenfold with the bank.
    Both are medians over single replies, the two sides of each measured one after the other.

    Raises:
        ContentError: the content cannot be used.
        TutorError: it has no replies to measure with.
    """
    bank = library(data).bank
    requests = _requests(data / "replies" / "train.jsonl")
    cases = _of_equal_length(requests)
    coder, large = Coder(bank), Coder(grown(bank, 10))

    def alone(case: Case) -> float:
        return _seconds(lambda: coder.code(*case))

    raw = _side_by_side(cases, alone, lambda case: _seconds(plain_comparison(coder, case[0])))
    tenfold = _side_by_side(cases, alone, lambda case: _seconds(lambda: large.code(*case)))
    times = [once for once, _ in raw]
    exemplars = any(rule.exemplars for _, rule in bank.rules)
    processes = cores()
    many = list(islice(cycle(requests), MANY))
    taken = _seconds(lambda: sum(1 for _ in outcomes(bank, many, processes=processes)))
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "content.pickle"
        cold = [_seconds(lambda: content(data)) for _ in range(ROUNDS)]
        content(data, kept)
        warm = [_seconds(lambda: content(data, kept)) for _ in range(ROUNDS)]
    return {
        "content_s": round(median(cold), 2),
        "content_kept_s": round(median(warm), 2),
        "median_ms": round(median(times) * 1000, 3),
        "p95_ms": round(quantiles(times, n=20)[-1] * 1000, 3),
        "ratio_raw": round(median(once / plain for once, plain in raw), 2) if exemplars else None,
        "ratio_tenfold": round(median(ten / once for once, ten in tenfold), 2),
        "replies_per_s": round(MANY / taken),
        "rules": len(bank.rules),
        "cores": processes,
    }


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _side_by_side(
    cases: Sequence[Case], one: Callable[[Case], float], other: Callable[[Case], float]
) -> list[tuple[float, float]]:
    """The seconds of both for every case, `ROUNDS` times over, after one round that warms up."""
    rounds = [[(one(case), other(case)) for case in cases] for _ in range(ROUNDS + 1)]
    return [pair for pairs in rounds[1:] for pair in pairs]


def _requests(file: Path) -> list[Request]:
    try:
        with file.open("rb") as lines:
            found = [item for item in read_requests(lines) if isinstance(item, Request)]
    except FileNotFoundError:
        found = []
    if not found:
        raise TutorError(f"There are no replies to measure with in {file}.")
    return found


def _of_equal_length(requests: Sequence[Request]) -> list[Case]:
    """Replies of `WORDS` words, each filled up from those that follow it, in its own context."""
    words = [word for request in requests for word in request.reply.split()]
    found: list[Case] = []
    start = 0
    for request in requests:
        reply = words[start : start + WORDS]
        if len(reply) == WORDS and len(found) < REPLIES:
            found.append((" ".join(reply), request.context))
        start += len(request.reply.split())
    return found
