"""Verify the whole store: files against digests, the trail, stored dates against recomputed ones.

Reads only. Each problem is named so that it can be looked for; the rest is still checked.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from luoshi.foundation.attachments.models import StoredFile
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of
from luoshi.foundation.deadlines.engine.stops import recompute, without_stops
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.site.domain.backing_up import row_counts, stored_path
from luoshi.site.domain.manifests import digest
from luoshi.supervision.matters.models import ReportDuty

BATCH = 2000
Progress = Callable[[str, int, int], None]


@dataclass
class Report:
    """What was read and what is wrong."""

    files: int = 0
    entries: int = 0
    dates: int = 0
    trail_code: int = 0
    head: str = ""
    problems: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


def verify_site(progress: Progress = lambda _what, _done, _all: None) -> Report:
    """Check everything there is; `progress` is told what, how many are done, and of how many."""
    found = Report(rows=row_counts())
    check_files(found, progress)
    check_trail(found, progress)
    check_dates(found, progress)
    return found


def check_files(found: Report, progress: Progress) -> None:
    """Every stored file is there and is what its digest says."""
    total = StoredFile.objects.count()
    rows = StoredFile.objects.order_by("sha256").values_list("sha256", "size")
    for sha256, size in rows.iterator(chunk_size=BATCH):
        path = stored_path(sha256)
        if not path.exists():
            found.problems.append(f"file missing: {sha256}")
        elif path.stat().st_size != size:
            found.problems.append(f"file cut: {sha256}")
        elif digest(path) != sha256:
            found.problems.append(f"file changed: {sha256}")
        found.files += 1
        progress("files", found.files, total)


def check_trail(found: Report, progress: Progress) -> None:
    """The trail is complete and unchanged."""
    result = verify_stored()
    found.entries, found.trail_code, found.head = result.count, result.code, result.head
    if result.code:
        found.problems.append(f"trail: chain {result.chain}, entry {result.seq}, {result.why}")
    progress("trail", result.count, result.count)


def check_dates(found: Report, progress: Progress) -> None:
    """Every computed date follows from its own trace under the editions it was computed with: the
    original limit without stops, the trace's own date with them."""
    rows = ReportDuty.objects.filter(trace__isnull=False)
    total = rows.count()
    columns = rows.order_by("pk").values_list("pk", "trace", "original_due_at")
    for key, raw, stored in columns.iterator(chunk_size=BATCH):
        trace = Trace.from_json(raw or {})
        try:
            calendar = calendar_as_of(trace.editions)
            again, bare = recompute(trace, calendar).at, without_stops(trace, calendar).at
        except (LookupError, ValueError) as error:
            found.problems.append(f"date of duty {key}: {error}")
        else:
            if bare != stored or again.isoformat() != trace.due:
                found.problems.append(
                    f"date of duty {key}: {stored} ≠ {bare}, {trace.due} ≠ {again}"
                )
        found.dates += 1
        if found.dates % BATCH == 0 or found.dates == total:
            progress("dates", found.dates, total)
