"""Plan an issue under the next number of its publication, and set the day it is to be out.

Changes: an issue being collected; its planned day with the light. A number is given once for ever,
whoever asks at once; a journal is numbered in the year it is planned for. Refused: by others, a day
before today, an issue that is out.
"""

from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.locking import locked
from luoshi.desks.publications.models import Issue, IssueSeries, Publication
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import at_clock, end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar

NOT_PLANNED = pgettext_lazy("issue", "Not planned.")
LEAD = 5  # working days before the planned day from which it shows yellow
LAST_YEAR = 2098  # the calendar ends with 2099


def plan(
    *,
    publication: Publication,
    theme: str,
    planned_on: date | None,
    actor: Actor,
    at: datetime,
) -> Issue:
    """The next issue."""
    ensure(rules.may_keep(actor))
    if publication.office_id != actor.unit_id:
        ensure(rules.not_yours(NOT_PLANNED))
    words = fitted(Issue, "theme", theme, what=NOT_PLANNED)
    refuse_day(planned_on, at, NOT_PLANNED)
    year = (planned_on or office_date(at)).year
    with acting(actor=actor, at=at):
        series_year = year if publication.by_year else 0
        row = Issue(
            office_id=publication.office_id,
            publication=publication,
            year=year,
            series_year=series_year,
            number=next_number(publication, series_year),
            theme=words,
            made_by_name=actor.person_name,
            made_at=at,
        )
        set_day(row, planned_on)
        row.save(force_insert=True)
        record("publications.planned", actor=actor, at=at, obj=row, after=said(row))
    return row


def date_issue(*, issue: Issue, planned_on: date | None, actor: Actor, at: datetime) -> Issue:
    """Another planned day; None = none."""
    ensure(rules.may_move(actor, issue))
    refuse_day(planned_on, at, _("Not changed."))
    with acting(actor=actor, at=at):
        row = locked(issue)
        ensure(rules.may_move(actor, row))
        before = said(row)
        set_day(row, planned_on)
        row.save()
        record("publications.dated", actor=actor, at=at, obj=row, before=before, after=said(row))
    return row


def next_number(publication: Publication, year: int) -> int:
    """A serial of the publication and year, never given twice."""
    IssueSeries.objects.get_or_create(publication=publication, year=year)
    series = IssueSeries.objects.select_for_update().get(publication=publication, year=year)
    series.last += 1
    series.save(update_fields=("last",))
    return series.last


def refuse_day(planned_on: date | None, at: datetime, what: Text) -> None:
    """A plan is for a day to come, within the calendar."""
    if planned_on is not None and not office_date(at) <= planned_on < date(LAST_YEAR, 1, 1):
        raise Invalid(what, {"planned_on": [_("Plan a day that is still to come.")]})


def set_day(issue: Issue, planned_on: date | None) -> None:
    """The planned day and the clock that runs to its end (ui.md 3)."""
    issue.planned_on, issue.on_clock = planned_on, planned_on is not None
    issue.attention_at = issue.overdue_at = None
    if planned_on is not None:
        warn_on = current_calendar().add_workdays(planned_on, -LEAD)
        issue.attention_at = at_clock(warn_on, time(0))
        issue.overdue_at = end_of_day(planned_on)


def said(issue: Issue) -> dict[str, str]:
    """What the trail keeps of a plan."""
    return {"on": issue.planned_on.isoformat() if issue.planned_on else "", "text": issue.theme}
