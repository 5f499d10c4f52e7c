"""Goals of the design as gates: a name, the value, its limit, and whether it holds.

At 10k and 100k the ratios have 50 % margin; at 1m none. A gate that was not measured has failed.
Seconds and rates are goals of a machine on which Django's own page takes 7 ms; on a slower one, or
a shared one at a busy hour, they are as much wider as that page takes longer, and never narrower.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.site.trials.bench.timing import Timing

Timings = dict[str, Timing]
MARGIN = {1_000_000: 1.0}
QUERIES = {
    "list_p1": 8,
    "list_p500": 8,
    "list_unit_p1": 8,
    "overdue_by_owner": 8,
    "overdue_by_unit": 8,
    "detail": 12,
    "board": 5,
}
PAGE = 2.5
PAGE_MS = 7.0  # Django's page of 50 rows where the seconds and rates of `WORK` were set as goals
RATIOS = (
    ("list_p1", 2.5, "page"),
    ("list_unit_p1", 2.5, "page"),
    ("overdue_by_owner", 2.5, "page"),
    ("overdue_by_unit", 2.5, "page"),
    ("detail", 2.0, "page"),
    ("api_list_p1", 2.5, "json"),
    ("api_list_p500", 2.5, "json"),
    ("api_detail", 2.5, "json"),
    ("api_create", 12.0, "insert"),
)
SUMS = (
    ("search_rare", 20, "search_rare"),
    ("search_common", 20, "search_common"),
    ("board", 10, "summary"),
)
SWEEP = 6.0  # the first night of all that is due, against the bare rows it writes
GROWTH = 1.3
DISPATCH = 4.0  # one document of 1 MiB to every unit
FOLLOWING = ("list_numbers",)  # comes after its page, exact at any size: shown, not a page itself
COUNTING = ("list_p1", "list_unit_p1", "overdue_by_owner", "overdue_by_unit")
SEARCH_GROWTH = 3.0
WORK = (
    ("sweep_select_s", 0.5, "at most"),
    ("sweep_night_s", 5.0, "at most"),
    ("sweep_again_s", 0.3, "at most"),
    ("import_10000_rows_s", 6.0, "at most"),
    ("import_preview_s", 1.5, "at most"),
    ("typesetting_ms", 30.0, "at most"),
    ("roster_year_s", 20.0, "at most"),
    ("reading_chars_per_s", 50_000.0, "at least"),
    ("trail_entries_per_s", 50_000.0, "at least"),
)


@dataclass(frozen=True)
class Gate:
    """One goal."""

    name: str
    value: float | None
    limit: float
    ok: bool

    def as_json(self) -> dict[str, object]:
        """As the JSON output shows it."""
        value = None if self.value is None else round(self.value, 3)
        return {"name": self.name, "value": value, "limit": round(self.limit, 3), "ok": self.ok}


def at_most(name: str, value: float | None, limit: float) -> Gate:
    """A gate with an upper limit."""
    return Gate(name, value, limit, value is not None and value <= limit)


def gates(
    size: int,
    found: Timings,
    floors: Timings,
    small: Timings,
    small_floors: Timings,
    work: dict[str, float],
) -> list[Gate]:
    """Every gate of a run; `small` are the same requests with few rows, beside floors of their own:
    how much slower the machine was in one of the two runs is no growth."""
    margin = MARGIN.get(size, 1.5)
    made = list(query_gates(found, small))
    for name, limit, floor in RATIOS:
        value = ratio(found, name, floors, floor)
        made.append(at_most(f"{name} / {floor}", value, limit * margin))
    deep = ratio(found, "list_p500", found, "list_p1")
    made.append(at_most("list_p500 / list_p1", deep, 1.15 * margin))
    for name, times, floor in SUMS:
        value, limit = sum_of(found, floors, name, times, floor)
        made.append(at_most(f"{name} ≤ page + {times} × raw", value, limit * margin))
    made += growth_gates(found, floors, small, small_floors, margin)
    made += work_gates(work, margin, slower(floors, work))
    return made


def slower(floors: Timings, work: dict[str, float]) -> float:
    """How many times slower this machine is than the one the goals in seconds were set on, by the
    floor's page beside the pages and beside the work; 1 for a faster one, and where the page was
    not measured."""
    pages = [floors["page"].fastest] if "page" in floors else []
    return max(1.0, *(ms / PAGE_MS for ms in (*pages, work.get("page_again_ms", 0.0))))


def growth_gates(
    found: Timings, floors: Timings, small: Timings, small_floors: Timings, margin: float
) -> Iterator[Gate]:
    """How much dearer each request is than in the small run, for a floor of the same run."""
    drift = ratio(floors, "page", small_floors, "page")
    for name in (one for one in found if one not in FOLLOWING):
        limit = SEARCH_GROWTH if name.startswith("search") else GROWTH
        value = ratio(found, name, small, name)
        grown = value / drift if value is not None and drift else None
        yield at_most(f"{name} growth", grown, limit * margin)


def work_gates(work: dict[str, float], margin: float, slow: float) -> Iterator[Gate]:
    """The work beside the pages, in its own units, for a machine `slow` times slower than that of
    the goals; the first night of all that is due only at a million, where what a night costs by
    itself does not weigh against a handful of rows."""
    if margin == MARGIN[1_000_000]:
        night, bare = work.get("sweep_first_night_s"), work.get("sweep_first_night_rows_s")
        times = night / bare if night is not None and bare else None
        yield at_most("sweep_first_night / its bare rows", times, SWEEP * margin)
    sent, bare = work.get("dispatch_s"), work.get("dispatch_bare_s")
    times = sent / bare if sent is not None and bare else None
    yield at_most("dispatch / its bare transaction", times, DISPATCH * margin)
    for name, limit, kind in WORK:
        amount = work.get(name)
        bound = limit * margin * slow if kind == "at most" else limit / margin / slow
        ok = amount is not None and (amount <= bound if kind == "at most" else amount >= bound)
        yield Gate(name, amount, bound, ok)


def query_gates(found: Timings, small: Timings) -> Iterator[Gate]:
    """Counts within their limits, and the same at every size; page 500, which few rows do not
    have, asks what page 1 asks. A ledger too large to be counted at once asks one less: its numbers
    follow the page (`FOLLOWING`), which is told by the ledger asking fewer, never more."""
    for name, limit in QUERIES.items():
        count = found[name].queries if name in found else None
        yield at_most(f"{name} queries", count, limit)
    for name, timing in found.items():
        first = name.replace("p500", "p1")
        like, where = (small, "with few rows") if first == name else (found, "on page 1")
        expected = like[first].queries if first in like else 0
        fewer = 1 if name in COUNTING else 0
        yield Gate(
            f"{name} queries as {where}",
            timing.queries,
            expected,
            expected - fewer <= timing.queries <= expected,
        )


def ratio(above: Timings, name: str, below: Timings, floor: str) -> float | None:
    """Fastest over fastest; None when one is missing."""
    if name not in above or floor not in below:
        return None
    return above[name].fastest / below[floor].fastest


def sum_of(
    found: Timings, floors: Timings, name: str, times: int, floor: str
) -> tuple[float | None, float]:
    """(value, limit) in milliseconds: our own page (2.5 × Django's) and so many raw reads."""
    page = PAGE * floors["page"].fastest if "page" in floors else 0.0
    raw = floors[floor].fastest if floor in floors else 0.0
    return (found[name].fastest if name in found else None), page + times * raw
