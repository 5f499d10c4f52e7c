"""What a changed rule would ask of units in a year, before and after, before it is decided (B6)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.supervision.matters.domain.queries.burden import asked_this_year, often
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Content
from luoshi.supervision.rulebook.models import ReportingRuleVersion


@dataclass(frozen=True)
class Over:
    """A unit above the office's cap: dated reports of this year, and with the change."""

    unit: str
    now: int
    then: int


@dataclass(frozen=True)
class Shift:
    """Reports and tables a year: of one share before and after, and the open shares it is about."""

    before: int
    after: int
    tables_before: int
    tables_after: int
    shares: int
    units: int
    over: tuple[Over, ...]
    cap: int

    @property
    def reports(self) -> int:
        """Reports a year more (less, below nought) for the shares under the rule now."""
        return (self.after - self.before) * self.shares

    @property
    def tables(self) -> int:
        """Tables a year more or less."""
        return (self.tables_after - self.tables_before) * self.shares

    @property
    def fewer(self) -> int:
        """Reports a year saved."""
        return max(0, -self.reports)


def yearly(version: ReportingRuleVersion) -> tuple[int, int]:
    """Reports and tables a year a version asks of one share."""
    if not version.applies or not version.deadline:
        return 0, 0
    number = often(from_json(version.deadline), version.kind)
    return number, number if Content.FIGURES in version.content else 0


def shift_of(
    before: ReportingRuleVersion, after: ReportingRuleVersion, office_id: UUID, at: datetime
) -> Shift:
    """The change's load on the office's open shares under the rule; three queries."""
    rows = Assignment.objects.filter(
        matter__office_id=office_id,
        state__in=ASSIGNMENT_OPEN,
        duties__rule_version__rule_id=after.rule_id,
    )
    counted = rows.values("unit_id", "unit__name").annotate(n=Count("pk", distinct=True))
    shares = {(row["unit_id"], row["unit__name"]): row["n"] for row in counted}
    (old, old_tables), (new, new_tables) = yearly(before), yearly(after)
    cap = settings_of(office_id).report_cap
    asked = asked_this_year(office_id, [key for key, _name in shares], office_date(at).year)
    over = []
    for (key, name), number in shares.items():
        then = asked[key] + (new - old) * number
        if new > old and then > cap:
            over.append(Over(name, asked[key], then))
    return Shift(
        before=old,
        after=new,
        tables_before=old_tables,
        tables_after=new_tables,
        shares=sum(shares.values()),
        units=len(shares),
        over=tuple(sorted(over, key=lambda one: (-one.then, one.unit))),
        cap=cap,
    )
