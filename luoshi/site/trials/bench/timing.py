"""Time one piece of work: fastest and median of several rounds, CPU of this process and of the
database's backend, number of queries."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import sysconf
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 9
TICKS = sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Timing:
    """Milliseconds; `queries` of one round."""

    fastest: float
    median: float
    cpu: float
    queries: int

    def as_json(self) -> dict[str, float | int]:
        """Rounded values."""
        return {
            "fastest_ms": round(self.fastest, 2),
            "median_ms": round(self.median, 2),
            "cpu_ms": round(self.cpu, 2),
            "queries": self.queries,
        }


def backend_seconds(pid: int | None) -> float:
    """CPU seconds the database's backend has used; 0 where it cannot be read."""
    if pid is None:
        return 0.0
    with suppress(OSError, ValueError, IndexError):
        parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / TICKS
    return 0.0


def backend() -> int | None:
    """The process id of our connection's backend, when it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def timed(work: Callable[[], object], *, rounds: int = ROUNDS) -> Timing:
    """Time one piece of work."""
    return race({"": work}, rounds=rounds)[""]


def race(works: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, Timing]:
    """Time several pieces of work in alternating rounds, so that a busy machine slows all of them
    alike: once unmeasured, once counting queries, then `rounds` times measured, each beginning
    without the garbage of the one before (else the collector always stops the same one)."""
    queries = {name: counted(work) for name, work in works.items()}
    spent: dict[str, list[float]] = {name: [] for name in works}
    cpu = dict.fromkeys(works, 0.0)
    pid = backend()
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            before, began = backend_seconds(pid), time.process_time()
            start = time.perf_counter()
            work()
            spent[name].append((time.perf_counter() - start) * 1000)
            cpu[name] += time.process_time() - began + backend_seconds(pid) - before
    gc.unfreeze()
    return {
        name: Timing(min(s), statistics.median(s), cpu[name] * 1000 / rounds, queries[name])
        for name, s in spent.items()
    }


def counted(work: Callable[[], object]) -> int:
    """Run once to warm up, twice to count its queries: the first of a minute opens a counter."""
    work()
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            work()
        found.append(len(seen))  # at once: the next request clears the log
    return min(found)


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
