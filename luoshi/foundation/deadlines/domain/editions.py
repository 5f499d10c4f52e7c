"""Enter the notice about a year's rest days and make-up working days (R-CAL-3)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unicodedata import normalize

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import typed_day
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.queries.current import (
    current_calendar,
    every_edition,
    look_again,
)
from luoshi.foundation.deadlines.engine.editions import Edition, spans
from luoshi.foundation.deadlines.models import CalendarEdition

SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:/|至|~|–|to)\s*(\d{4}-\d{2}-\d{2}))?")
FIRST_YEAR, LAST_YEAR = 1990, 2099
LONGEST = 20
LOCK = 7_316_042  # the number of this lock among the database's advisory locks


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


def add_edition(
    *, typed: Notice, actor: Actor, at: datetime, corrects: bool = False
) -> CalendarEdition:
    """Add an edition; the newest of a year counts, the earlier ones stay. Refused as `checked`
    and `unrepeated` refuse."""
    ensure(rules.may_add_edition(actor))
    with acting(actor=actor, at=at):
        one_notice_at_a_time()
        found = unrepeated(typed, corrects=corrects)
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


def one_notice_at_a_time() -> None:
    """Two administrators with the same notice: the second sees what the first entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    look_again()


def unrepeated(typed: Notice, *, corrects: bool) -> Edition:
    """The notice as the edition it would make. Refused: a notice that is in force already with the
    same days; and, unless the administrator says that it corrects what was entered, one whose
    number or whose days are those of an edition there is (R-CAL-3: one notice, one edition)."""
    found = checked(typed)
    known = repeated(found)
    if known is None:
        return found
    now = current_calendar().editions.get(found.year)
    same_days = now is not None and (now.rest, now.work) == (found.rest, found.work)
    words = {"notice": known.notice, "edition": f"{known.year}-{known.number}"}
    if same_days and now == known and written(known.notice) == written(found.notice):
        said = _("%(notice)s is entered already, as edition %(edition)s, with the same days.")
        raise Invalid(_("Not entered: there is nothing to change."), {"notice": [said % words]})
    if corrects:
        return found
    if same_days:
        said = _("Edition %(edition)s, %(notice)s, already has exactly these days.")
    else:
        said = _("%(notice)s is entered already, as edition %(edition)s, with other days.")
    different = [] if now is None or same_days else differences(now, found)
    tick = _("If it was entered wrongly, tick that this corrects it.")
    raise Invalid(
        _("Not entered: it would be the same notice twice."),
        {"notice": [said % words, *different], "corrects": [tick]},
        code="repeated-notice",
    )


def repeated(found: Edition) -> Edition | None:
    """The edition with this notice's number, the newest first; else the one in force in its year
    if its days are the same."""
    for one in sorted(every_edition(), key=lambda one: (one.year, one.number), reverse=True):
        if written(one.notice) == written(found.notice):
            return one
    now = current_calendar().editions.get(found.year)
    return now if now and (now.rest, now.work) == (found.rest, found.work) else None


def differences(now: Edition, found: Edition) -> list[Text]:
    """What the notice would change in the edition in force, day by day."""
    pairs = (
        (_("Rest days added: %(days)s."), found.rest - now.rest),
        (_("Rest days left out: %(days)s."), now.rest - found.rest),
        (_("Make-up working days added: %(days)s."), found.work - now.work),
        (_("Make-up working days left out: %(days)s."), now.work - found.work),
    )
    listed = [(words, " ".join(spans(days))) for words, days in pairs]
    return [words % {"days": days} for words, days in listed if days]


def written(notice: str) -> str:
    """A notice's number without the differences of typing: brackets, spaces, full-width digits."""
    return re.sub(r"[\s〔〕()\[\]【】]", "", normalize("NFKC", notice)).casefold()


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
