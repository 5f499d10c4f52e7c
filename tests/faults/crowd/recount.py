"""After the crowd has gone: every acknowledged act is there once, nothing twice, figures exact."""

from collections import Counter
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Q

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import REPORT_UNSENT
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Closure,
    Matter,
    Report,
    ReportDuty,
    Review,
)
from tests.faults.crowd.browser import Notebook
from tests.faults.table import Row
from tests.supervision.matters.test_summaries import check_matter, check_unit

TRACES = {
    "receipt": ("matters.signed_for",),
    "report": ("matters.reported",),
    "review": ("matters.accepted", "matters.returned", "matters.supplement_asked"),
    "stop": ("matters.stopped",),
    "resume": ("matters.resumed",),
    "conclude": ("matters.concluded",),
}


def acknowledged(row: Row, book: Notebook) -> None:
    """Each act that was acknowledged is there once, under the name of who did it."""
    for act in book.of("receipt"):
        found = Assignment.objects.filter(pk=act.target, signed_by_name=act.who)
        row.count(found.count(), f"receipt of {act.target} by {act.who}")
    for act in book.of("report"):
        sent = Report.objects.exclude(state__in=REPORT_UNSENT).filter(progress=act.mark)
        row.count(sent.filter(written_by_name=act.who).count(), f"report {act.target}")
    for act in book.of("review"):
        found_reviews = Review.objects.filter(report_id=act.target, reviewer_name=act.who)
        row.count(found_reviews.filter(verdict=act.mark).count(), f"review of {act.target}")
    for act in book.of("resume"):
        ended = ClockStop.objects.filter(pk=act.target, resumed_by_name=act.who)
        row.count(ended.count(), f"resumption of {act.target}")
    for act in book.of("conclude"):
        closed = Closure.objects.filter(matter_id=act.target, concluded_by_name=act.who)
        row.count(closed.count(), f"conclusion of {act.target}")
    stops = Counter((act.target, act.who) for act in book.of("stop"))
    for (matter, who), count in stops.items():
        found_stops = ClockStop.objects.filter(matter_id=matter, decided_by_name=who).count()
        row.check(found_stops == count, f"{who} stopped {matter} {count}×, there {found_stops}×")


def once(row: Row, book: Notebook) -> None:
    """Nothing is there twice, and nothing that was not acknowledged."""
    signed = Counter(act.target for act in book.of("receipt"))
    row.check(all(n == 1 for n in signed.values()), "a slip was signed for twice")
    waiting = Count("reports", filter=Q(reports__state="submitted"))
    duties = ReportDuty.objects.annotate(n=waiting).filter(n__gt=1)
    row.check(not duties.exists(), f"{duties.count()} duties with two open reports")
    drafts = Assignment.objects.annotate(n=Count("reports", filter=Q(reports__state="draft")))
    row.check(not drafts.filter(n__gt=1).exists(), "a share with two drafts")
    running = Matter.objects.annotate(n=Count("stops", filter=Q(stops__state="running")))
    row.check(not running.filter(n__gt=1).exists(), "a matter stopped twice at once")
    rounds = ReportDuty.objects.filter(state="accepted").annotate(
        n=Count("reports", filter=Q(reports__review__verdict="accepted"))
    )
    row.check(not rounds.filter(n__gt=1).exists(), "a duty with two accepted reports")
    for kind, names in TRACES.items():
        found = Entry.objects.filter(action__in=names).count()
        told = len(book.of(kind))
        row.check(found == told, f"{kind}: {told} acknowledged, {found} in the trail")


def exact(row: Row) -> None:
    """Summaries of units and clocks of matters against a plain recount."""
    at = datetime.now(tz=UTC)
    shares = list(Assignment.objects.select_related("matter", "unit"))
    for unit in Unit.objects.all():
        own = [share for share in shares if share.unit_id == unit.pk]
        row.check(holds(lambda u=unit, o=own: check_unit(u, o, at)), f"summary of {unit}")
    for matter in Matter.objects.all():
        own = [share for share in shares if share.matter_id == matter.pk]
        row.check(holds(lambda m=matter, o=own: check_matter(m, o)), f"clock of {matter}")


def holds(check: object) -> bool:
    """Whether a check of the summaries' test passes."""
    try:
        check()  # type: ignore[operator]
    except AssertionError:
        return False
    return True


def quiet(row: Row) -> int:
    """Nobody waits for a lock any more; returns how many deadlocks the database undid."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        row.check(cursor.fetchone()[0] == 0, "somebody still waits for a lock")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
