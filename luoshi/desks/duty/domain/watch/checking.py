"""Check by surprise whether somebody is there: called when, answered after how many seconds, by
whom (R-DUT-6, S3-92, features row 64).

Changes: a check with its result, worked out from the answer; the unit's duty desk is told of a bad
one. Refused: a time to come, more than a day back, a unit that is neither this office nor below it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.now import on_duty_at
from luoshi.desks.duty.domain.queries.offices import may_call
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.enums import CheckResult, Post
from luoshi.desks.duty.models import DutyCheck
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit

NOT_NOTED = _("Not written down.")
OLDEST, LONGEST = timedelta(days=1), 3600


@dataclass(frozen=True)
class Call:
    """The call. `seconds`: to the answer, None = nobody answered; `answered_by`: the name given."""

    unit: Unit
    called_at: datetime
    seconds: int | None
    answered_by: str = ""
    words: str = ""


def check(call: Call, *, actor: Actor, at: datetime) -> DutyCheck:
    """Write it down; the result follows from the answer and the roster."""
    ensure(rules.may_write_books(actor, at))
    office = Unit.objects.get(pk=actor.unit_id)
    refuse_wrong(call, office, at)
    allowed = scheme_of(actor.unit_id).answer_seconds
    there = [one.name for one in on_duty_at(call.unit, call.called_at) if one.post == Post.OFFICER]
    result = judged(call, allowed, there)
    with acting(actor=actor, at=at):
        row = DutyCheck.objects.create(
            office=office,
            unit=call.unit,
            called_at=call.called_at,
            seconds=call.seconds,
            allowed=allowed,
            expected="、".join(there)[:60],
            answered_by=call.answered_by.strip(),
            result=result,
            words=call.words.strip(),
            checked_by_name=actor.person_name,
            noted_at=at,
        )
        if result != CheckResult.GOOD:
            tell(row, at)
        after = {"unit": str(call.unit), "outcome": str(result.value), "seconds": call.seconds}
        record("duty.checked", actor=actor, at=at, obj=row, after=after)
    return row


def judged(call: Call, allowed: int, there: list[str]) -> CheckResult:
    """The result: none, somebody who is not on the roster, too late, or good. Where no roster of
    the unit is known, who answers is believed."""
    if call.seconds is None:
        return CheckResult.ABSENT
    if there and call.answered_by.strip() and call.answered_by.strip() not in there:
        return CheckResult.OTHER_PERSON
    return CheckResult.SLOW if call.seconds > allowed else CheckResult.GOOD


def refuse_wrong(call: Call, office: Unit, at: datetime) -> None:
    """What cannot be."""
    words = {"answered_by": call.answered_by, "words": call.words}
    errors: dict[str, list[Text]] = too_long(DutyCheck, words)
    if call.called_at > at:
        errors["called_at"] = [_("This is still to come: give a time not after now.")]
    elif call.called_at < at - OLDEST:
        errors["called_at"] = [_("More than a day ago: checks are written down at once.")]
    if call.seconds is not None and not 0 <= call.seconds <= LONGEST:
        errors["seconds"] = [_("Between %(low)d and %(high)d.") % {"low": 0, "high": LONGEST}]
    if not may_call(office, call.unit):
        errors["unit"] = [_("An office checks itself and those below it.")]
    if errors:
        raise Invalid(NOT_NOTED, errors)


def tell(row: DutyCheck, at: datetime) -> None:
    """The unit's duty desk hears of it, at any hour."""
    roles = (Role.DUTY_OFFICER, Role.SECRETARY_GENERAL)
    message = Message(
        kind="duty",
        title_zh=f"查岗：{row.office}，{CheckResult(row.result).label}",
        title_en=f"Duty check by {row.office}: {row.result}",
        url="/duty/checks/",
        key=f"check|{row.pk}",
        urgent=True,
    )
    send(message, to=people_in(row.unit_id, roles, office_date(at)), unit_id=row.unit_id, at=at)
