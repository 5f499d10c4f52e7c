"""The daily report of a sensitive period, even if nothing happened (R-DUT-7, features row 65).

It is due every day of the period at the hour the office has set, by the deadline engine; hours
never roll. Changes: a row in the own book and in that of the office that declared the period, here
at once, elsewhere by `duty.daily`. Refused: a day outside the period or still to come, twice,
something that happened without words, a period without daily reports or revoked.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.arriving import a_day, key, words
from luoshi.desks.duty.domain.queries.daily import due_of
from luoshi.desks.duty.models import DailyReport, SensitivePeriod
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, served_here
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.commitments.domain.fulfilling import kept_by

DAILY = "duty.daily"
DAYS = "duty.daily_report"  # the kind of commitment a day's report keeps (TR-22)
SYSTEM = Actor.system("exchange")
NOT_SENT = _("Not sent.")
LONGEST = 20_000
SLACK = timedelta(hours=1)  # so far the clock of another node may go ahead


def report(
    period: SensitivePeriod, *, day: date, nothing: bool, text: str, actor: Actor, at: datetime
) -> DailyReport:
    """Send the day's report to who declared the period."""
    ensure(rules.may_write_books(actor, at))
    refuse_wrong(period, day, actor, at)
    missing = "" if nothing else _("Say what happened.")
    said = fitted(DailyReport, "text", text, what=NOT_SENT, missing=missing)
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        if DailyReport.objects.filter(period=period, unit_code=office.code, day=day).exists():
            raise Refused(NOT_SENT, _("This day is reported already."), code="reported")
        row = DailyReport.objects.create(
            office=office,
            period=period,
            unit_code=office.code,
            unit_name=str(office),
            day=day,
            nothing=nothing,
            text=said,
            due_at=due_of(office.pk, day),
            sent_at=at,
            by_name=actor.person_name,
        )
        deliver(row, period, office, actor=actor, at=at)
        after = {"day": str(day), "outcome": "nothing" if nothing else said[:100]}
        record("duty.daily_sent", actor=actor, at=at, obj=row, after=after)
        kept_by(DAYS, office.pk, at, str(row), period=day.isoformat(), actor=actor)
    return row


def refuse_wrong(period: SensitivePeriod, day: date, actor: Actor, at: datetime) -> None:
    """A report nobody asked for."""
    if period.office_id != actor.unit_id or period.revoked_at is not None or not period.daily:
        raise Refused(NOT_SENT, _("No daily report is asked for in this period."), code="not-asked")
    if not period.starts_on <= day <= period.ends_on:
        raise Invalid(NOT_SENT, {"day": [_("The day lies outside the period.")]})
    if day > office_date(at):
        raise Invalid(NOT_SENT, {"day": [_("This day is still to come.")]})


def deliver(
    row: DailyReport, period: SensitivePeriod, office: Unit, *, actor: Actor, at: datetime
) -> None:
    """To the office that declared it; its own reports stay in its own book."""
    to = Unit.objects.filter(code=period.from_code).first() if period.from_code else None
    if to is None:
        return
    payload = {
        "chain": period.chain.hex,
        "day": row.day.isoformat(),
        "nothing": row.nothing,
        "text": row.text,
        "by_name": row.by_name,
    }
    if served_here([to.code]):
        enter(payload, to, office, at=at)
    elif find_own() is not None:
        send(kind=DAILY, content=Content(payload), sender=office, units=[to], actor=actor, at=at)


def enter(payload: Mapping[str, Any], office: Unit, sender: Unit, *, at: datetime) -> None:
    """Into the book of who declared the period, due at the hour that office has set; said twice, it
    stands once. Declined: a period this office does not know, a day outside it or still to come,
    something that happened without words."""
    chain, day = key(payload.get("chain"), "daily"), a_day(payload.get("day"), "daily")
    period = SensitivePeriod.objects.filter(office=office, chain=chain).first()
    nothing, text = payload.get("nothing") is True, words(payload.get("text", ""), LONGEST)
    if period is None or not (nothing or text.strip()):
        raise Declined("daily")
    if not period.starts_on <= day <= min(period.ends_on, office_date(at + SLACK)):
        raise Declined("daily")
    DailyReport.objects.get_or_create(
        office=office,
        period=period,
        unit_code=sender.code,
        day=day,
        defaults={
            "unit_name": str(sender),
            "nothing": nothing,
            "text": text,
            "due_at": due_of(office.pk, day),
            "sent_at": at,
            "by_name": words(payload.get("by_name", ""), 60),
        },
    )


def take_daily(arrived: Arrived) -> None:
    """From a node below."""
    sender = Unit.objects.filter(code=arrived.opened.manifest.sender_unit).first()
    if sender is None:
        raise Declined("sender")
    for office in Unit.objects.filter(code__in=arrived.row.units):
        enter(arrived.payload, office, sender, at=arrived.at)
    record("duty.daily_arrived", actor=SYSTEM, at=arrived.at, obj=arrived.row)
