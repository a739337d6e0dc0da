"""A tutor server of one's own for measuring: started, watched through /proc, and ended."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Server:
    """`streamlit run app.py` on a free port of this machine, with a database of its own."""

    def __init__(self, database: Path, environment: Mapping[str, str]) -> None:
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "TUTOR_DATABASE_URL": f"sqlite:///{database.as_posix()}",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self, timeout: float = 60) -> float:
        """Seconds from the start of the process until it says that it is healthy."""
        while time.perf_counter() < self.started + timeout:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with {self.process.returncode}")
            if self.healthy():
                return time.perf_counter() - self.started
            time.sleep(0.01)
        raise SystemExit(f"the server was not healthy within {timeout} s")

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def memory_mb(self) -> float | None:
        """Resident memory in MB (10^6 bytes); None where there is no /proc."""
        with contextlib.suppress(OSError):
            pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
            return round(int(pages) * PAGE / 1e6, 1)
        return None

    def cpu_s(self) -> float | None:
        """Seconds of processor time used so far; None where there is no /proc."""
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / TICKS
        return None

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=8)


@contextlib.contextmanager
def running(
    fill: Callable[[Path], None] | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server, not waited for, that is ended with the block; `fill` gets its database first."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "tutor.db"
        if fill:
            fill(database)
        server = Server(database, environment or {})
        try:
            yield server
        finally:
            server.stop()


def other_load(seconds: float = 1.0) -> float | None:
    """Cores that others on this machine use just now; above 0.2 the times mean little."""

    def busy() -> float:
        fields = [int(x) for x in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        return (sum(fields[:8]) - fields[3] - fields[4]) / TICKS

    with contextlib.suppress(OSError):
        before = busy()
        time.sleep(seconds)
        return round((busy() - before) / seconds, 2)
    return None


def percentile(values: list[float], share: float) -> float | None:
    """The value below which `share` (0-1) of the values lie, interpolated; None for no values."""
    if not values:
        return None
    place = (len(values) - 1) * share
    low = int(place)
    ordered = sorted(values)
    high = ordered[min(low + 1, len(ordered) - 1)]
    return round(ordered[low] + (high - ordered[low]) * (place - low), 1)


def told(values: list[float]) -> dict[str, float | int | None]:
    """Number, median, 95th percentile and largest of the values."""
    return {
        "n": len(values),
        "median": percentile(values, 0.5),
        "p95": percentile(values, 0.95),
        "max": percentile(values, 1.0),
    }
