"""How checks went in a year, by unit; every number opens its rows (features row 64)."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from luoshi.desks.duty.domain.queries.listing import CheckFilters, checks
from luoshi.desks.duty.enums import CheckResult
from luoshi.foundation.core.actors import Actor


def checks_by_unit(actor: Actor, year: int) -> list[dict[str, Any]]:
    """Per unit: checks, each result, the median of seconds to the answer; worst first."""
    rows = checks(actor, CheckFilters(year=year)).order_by()
    found = rows.values("unit__code", "unit__short_name", "unit__sort_key").annotate(
        checks=Count("pk"),
        bad=Count("pk", filter=~Q(result=CheckResult.GOOD)),
        waits=ArrayAgg("seconds", filter=Q(seconds__isnull=False)),
        **{one: Count("pk", filter=Q(result=one)) for one in CheckResult.values},
    )
    lines = list(found.order_by("-bad", "-checks", "unit__sort_key"))
    for line in lines:
        waits = sorted(line.pop("waits") or [])
        line["median"] = waits[len(waits) // 2] if waits else None
        line["results"] = [(one, line.pop(one)) for one in CheckResult.values]
    return lines
