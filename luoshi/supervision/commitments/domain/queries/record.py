"""The office's commitments with what is due next, and the record of a year: kept, late, missed,
excused, by commitment and by month. Every number has the address of its rows."""

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractMonth, JSONObject

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.commitments.domain.queries.listing import counted_as
from luoshi.supervision.commitments.enums import Outcome
from luoshi.supervision.commitments.models import Commitment, CommitmentVersion, Occurrence
from luoshi.supervision.matters.enums import Light

RECORDED = (Outcome.KEPT, Outcome.LATE, Outcome.MISSED, Outcome.EXCUSED)
KEYS = tuple(one.value for one in RECORDED)
NOTHING = dict.fromkeys(KEYS, 0)
ORDER = ("next_due_at", "title", "id")


def commitments(actor: Actor, at: datetime) -> "QuerySet[Any]":
    """The office's commitments, each with the occurrence that is due next (neither settled nor
    missed), what holds now (`said`; else what held last) and the numbers of the year (`numbers`);
    no row asks for another query."""
    waiting = Occurrence.objects.waiting(at).filter(commitment=OuterRef("pk")).order_by("due_at")
    today = office_date(at)
    holding = CommitmentVersion.objects.filter(commitment=OuterRef("pk"))
    versions = holding.order_by("-number").values(
        said=JSONObject(rule="rule", basis="basis", role="role", person_name="person_name")
    )
    now = versions.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    year = Occurrence.objects.filter(commitment=OuterRef("pk"), due_on__year=today.year)
    sums = year.order_by().values("commitment").annotate(**numbers(at))
    return Commitment.objects.visible_to(actor).annotate(
        next_id=Subquery(waiting.values("pk")[:1]),
        next_due_at=Subquery(waiting.values("due_at")[:1]),
        next_hourly=Subquery(waiting.values("hourly")[:1]),
        next_attention_at=Subquery(waiting.values("attention_at")[:1]),
        said_now=Subquery(now.values("said")[:1]),
        said_last=Subquery(versions.values("said")[:1]),
        numbers=Subquery(sums.values(found=JSONObject(**{one: one for one in KEYS}))),
    )


def held(row: Any) -> CommitmentVersion:
    """What holds of a row of `commitments`, without a query."""
    return CommitmentVersion(commitment_id=row.pk, **(row.said_now or row.said_last))


def year_of(row: Any) -> dict[str, int]:
    """The numbers of the year of a row of `commitments`, without a query."""
    return dict(row.numbers or NOTHING)


def shown(light: str, at: datetime) -> Q:
    """The rows of `commitments` that show a light (ui.md 3); grey: nothing is owed any more."""
    red, near = Q(next_due_at__lte=at), Q(next_attention_at__lte=at)
    return {
        Light.RED: red,
        Light.YELLOW: Q(next_due_at__gt=at) & near,
        Light.GREEN: Q(next_due_at__gt=at) & ~near,
        Light.GREY: Q(next_due_at=None),
    }.get(light, Q())  # type: ignore[call-overload]


def light_of(row: Any, at: datetime) -> Light:
    """The light of a row of `commitments`."""
    if row.next_due_at is None:
        return Light.GREY
    if row.next_due_at <= at:
        return Light.RED
    return Light.YELLOW if row.next_attention_at <= at else Light.GREEN


def counts(rows: "QuerySet[Any]", at: datetime) -> dict[str, int]:
    """How many rows each light has; one query."""
    lights = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)
    found: dict[str, int] = rows.aggregate(
        total=Count("pk"),
        **{light.value: Count("pk", filter=shown(light, at)) for light in lights},
    )
    return found


def by_month(actor: Actor, year: int, at: datetime, commitment: Any = None) -> list[dict[str, Any]]:
    """Twelve months of a year, of the office or of one commitment; one query."""
    rows = Occurrence.objects.visible_to(actor).filter(due_on__year=year)
    if commitment is not None:
        rows = rows.filter(commitment=commitment)
    sums = rows.annotate(month=ExtractMonth("due_on")).values("month").annotate(**numbers(at))
    known = {line["month"]: line for line in sums}
    return [known.get(month, {"month": month, **NOTHING}) for month in range(1, 13)]


def numbers(at: datetime) -> dict[str, Count]:
    """One count for each way the record counts."""
    return {one.value: Count("pk", filter=counted_as(one, at)) for one in RECORDED}


def totals(lines: list[dict[str, Any]]) -> dict[str, int]:
    """The sums of lines."""
    return {one.value: sum(line[one.value] for line in lines) for one in RECORDED}


def first_year(actor: Actor, at: datetime) -> int:
    """The year of the oldest commitment, for the choice of years."""
    rows = Commitment.objects.visible_to(actor).order_by("starts_on")
    first = rows.values_list("starts_on", flat=True).first()
    return min(first.year if first else office_date(at).year, office_date(at).year)
