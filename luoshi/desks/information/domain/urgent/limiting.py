"""An office's limits and its line of reporting, as data in versions (R-INF-1, S3-98).

Changes: a new version of the limits and of the hour of the daily report, for events taken in from
now on; the line in force. Refused:
by others, limits out of order or beyond a day, an hour that is
none, no limit for the top where the office reports, a
change without a reason, a line to the office itself, a direct line that passes nobody.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.clock import DEFAULT, Minutes, hour_of, limits_of
from luoshi.desks.information.enums import LADDER, Leg
from luoshi.desks.information.models import LimitVersion, ReportLine
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, unsaid
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.organizations.domain.queries.offices import office_over
from luoshi.foundation.organizations.models import Unit

NOT_CHANGED = _("Not changed.")
DAY, LAST_HOUR = 24 * 60, 23
Limits = Mapping[str, Mapping[str, Minutes]]


def set_limits(
    *, limits: Limits, reason: str, actor: Actor, at: datetime, daily_hour: int | None = None
) -> LimitVersion:
    """A new version; what was taken in before keeps the limits it has. `daily_hour`: None = as it
    is."""
    ensure(rules.may_set_limits(actor))
    checked(limits, daily_hour, reason, Unit.objects.get(pk=actor.unit_id).level)
    words = fitted(LimitVersion, "reason", reason, what=NOT_CHANGED)
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        before = {"limits": limits_of(office.pk), "daily_hour": hour_of(office.pk)}
        known = LimitVersion.objects.filter(office=office).count()
        row = LimitVersion.objects.create(
            office=office,
            version=known + 1,
            limits={level: dict(grades) for level, grades in limits.items()},
            daily_hour=before["daily_hour"] if daily_hour is None else daily_hour,
            reason=words,
            made_by_name=actor.person_name,
            made_at=at,
        )
        after = {"limits": row.limits, "daily_hour": row.daily_hour, "reason": words}
        record("information.limits_set", actor=actor, at=at, obj=row, before=before, after=after)
    return row


def checked(limits: Limits, daily_hour: int | None, reason: str, level: str) -> None:
    """Refuse limits that cannot hold for an office of this level."""
    errors = faults(limits) | without_top(limits, level) | no_hour(daily_hour)
    if errors := errors | unsaid(reason, "reason", _("Say why the limits change.")):
        raise Invalid(NOT_CHANGED, errors)


def faults(limits: Limits) -> dict[str, list[Text]]:
    """What is wrong, by field `level-grade-leg`: from one minute to a day, in the order of legs."""
    errors: dict[str, list[Text]] = {}
    for level, grades in limits.items():
        for grade, minutes in grades.items():
            last = 0
            for leg in LADDER:
                if leg not in minutes:
                    continue
                name = f"{level}-{grade}-{leg.value}"
                if not 1 <= minutes[leg] <= DAY:
                    errors[name] = [_("From 1 minute to 1,440.")]
                elif minutes[leg] < last:
                    errors[name] = [_("Each level comes later than the one before.")]
                last = minutes[leg]
    return errors


def no_hour(hour: int | None) -> dict[str, list[Text]]:
    """What is no full hour of a day."""
    if hour is None or 1 <= hour <= LAST_HOUR:
        return {}
    return {"daily_hour": [_("From 1 to 23, a full hour.")]}


def without_top(limits: Limits, level: str) -> dict[str, list[Text]]:
    """Rows of the office's own level that would let the clock of two hours stand still (TR-10): the
    one without a grade, which holds for all others, and each that has figures of its own."""
    if level not in DEFAULT:
        return {} if limits else {"": [_("Set at least one limit.")]}
    own = {"": {}, **limits.get(level, {})}
    why = _("Say within how many minutes the top is told: without it no clock runs (TR-10).")
    return {
        f"{level}-{grade}-{Leg.TOP.value}": [why]
        for grade, minutes in own.items()
        if Leg.TOP not in minutes
    }


def set_line(
    *, to: Unit | None, direct: bool, trial: bool, basis: str, actor: Actor, at: datetime
) -> ReportLine:
    """To whom this office reports from now on, instead of the line before."""
    ensure(rules.may_set_limits(actor))
    what = _("Not changed.")
    words = fitted(
        ReportLine, "basis", basis, what=what, missing=_("Name the document this rests on.")
    )
    office = Unit.objects.get(pk=actor.unit_id)
    if to is None or to.pk == office.pk:
        raise Invalid(what, {"to": [_("Name another unit.")]})
    next_one = office_over(office.seat_path)
    if direct and next_one is not None and next_one.pk == to.pk:
        why = _("This is the next level: a direct line goes past it.")
        raise Invalid(what, {"direct": [why]})
    with acting(actor=actor, at=at):
        end_lines(office, at)
        row = ReportLine.objects.create(
            office=office,
            to=to,
            direct=direct,
            trial=trial,
            basis=words,
            made_by_name=actor.person_name,
            made_at=at,
        )
        after = {"to": str(to), "direct": direct, "trial": trial, "reason": words}
        record("information.line_set", actor=actor, at=at, obj=row, after=after)
    return row


def end_line(*, line: ReportLine, actor: Actor, at: datetime) -> None:
    """Back to the office of the seat above."""
    ensure(rules.may_set_limits(actor))
    if line.office_id != actor.unit_id:
        ensure(rules.not_yours(_("Not changed.")))
    with acting(actor=actor, at=at):
        end_lines(line.office, at)
        record("information.line_set", actor=actor, at=at, obj=line, after={"to": ""})


def end_lines(office: Unit, at: datetime) -> None:
    """The line in force ends now."""
    ReportLine.objects.filter(office=office, ended_at=None).update(ended_at=at)
