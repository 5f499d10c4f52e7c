"""Enter the notice about a year's rest days and make-up working days (R-CAL-3)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import typed_day
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.queries.current import current_calendar, look_again
from luoshi.foundation.deadlines.engine.editions import Edition
from luoshi.foundation.deadlines.models import CalendarEdition

SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:/|至|~|–|to)\s*(\d{4}-\d{2}-\d{2}))?")
FIRST_YEAR, LAST_YEAR = 1990, 2099
LONGEST = 20


@dataclass(frozen=True)
class Notice:
    """A notice as typed: days one a line or separated by commas, spans as 2027-02-05/2027-02-11."""

    year: str
    notice: str
    published_on: str
    rest: str
    work: str


def checked(typed: Notice) -> Edition:
    """The notice as the edition it would make. Refused: a day that both rests and works, days of
    another year (December before it excepted), weekdays as make-up days, no rest day at all, an
    unnamed notice."""
    errors: dict[str, list[Text]] = {}
    year = int(typed.year) if typed.year.strip().isdigit() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        errors["year"] = [_("A year from 1990 to 2099.")]
    if not typed.notice.strip():
        errors["notice"] = [_("The number of the notice, e.g. 国办发明电〔2025〕7号.")]
    published = one_day(typed.published_on)
    if published is None:
        errors["published_on"] = [_("Write the date as 2026-3-6.")]
    rest, work = days_of("rest", typed.rest, errors), days_of("work", typed.work, errors)
    if not errors:
        errors = faults(year, rest, work)
    if errors or published is None:
        raise Invalid(_("Not entered."), errors)
    known = current_calendar().editions.get(year)
    number = known.number + 1 if known else 1
    notice = typed.notice.strip()[:60]
    return Edition(year, number, notice, published, frozenset(rest), frozenset(work))


def add_edition(*, typed: Notice, actor: Actor, at: datetime) -> CalendarEdition:
    """Add an edition; the newest of a year counts, the earlier ones stay. Refused as `checked`
    refuses."""
    ensure(rules.may_add_edition(actor))
    found = checked(typed)
    with acting(actor=actor, at=at):
        row = CalendarEdition.objects.create(
            year=found.year,
            number=found.number,
            notice=found.notice,
            published_on=found.published,
            rest_days=[day.isoformat() for day in sorted(found.rest)],
            work_days=[day.isoformat() for day in sorted(found.work)],
        )
        look_again()
        record(
            "deadlines.edition_added",
            actor=actor,
            at=at,
            obj=row,
            after={"notice": row.notice, "rest": row.rest_days, "work": row.work_days},
        )
    return row


def one_day(text: str) -> date | None:
    """A date, or None."""
    try:
        return typed_day(text)
    except (ValueError, OverflowError):
        return None


def days_of(name: str, text: str, errors: dict[str, list[Text]]) -> list[date]:
    """The days of a field; what cannot be read goes to `errors`."""
    found: set[date] = set()
    for part in re.split(r"[\n,，、;；]+", text):
        if not part.strip():
            continue
        match = SPAN.fullmatch(part.strip())
        first = one_day(match[1]) if match else None
        last = one_day(match[2] or match[1]) if match else None
        if first is None or last is None or not 0 <= (last - first).days < LONGEST:
            words = _("“%(part)s”: write 2027-02-05, or a span as 2027-02-05/2027-02-11.")
            errors.setdefault(name, []).append(words % {"part": part.strip()})
            continue
        found.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted(found)


def faults(year: int, rest: list[date], work: list[date]) -> dict[str, list[Text]]:
    """What no notice says."""
    errors: dict[str, list[Text]] = {}
    if not rest:
        errors["rest"] = [_("The rest days of the notice, New Year first.")]
    for name, days in (("rest", rest), ("work", work)):
        for day in days:
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                words = _("%(day)s is not a day of %(year)s.")
                errors.setdefault(name, []).append(words % {"day": day, "year": year})
    for day in work:
        if day in rest:
            errors.setdefault("work", []).append(_("%(day)s is a rest day too.") % {"day": day})
        elif day.weekday() < 5:
            words = _("%(day)s is a weekday: only Saturdays and Sundays are made up.")
            errors.setdefault("work", []).append(words % {"day": day})
    return errors
