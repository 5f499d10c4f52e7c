"""Ask units to a meeting, and call it off (B6, R-CUT-3): the meeting stands in the burden ledger of
every unit that has to come.

Changes: one `AskedMeeting` with its units, a notice to each; or the calling-off with its reason.
Refused: other posts than those who assign, no title, no basis, no length, a day long past or more
than a year ahead, no unit, one's own office, units outside the office's sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import date_text, office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden import rules
from luoshi.insight.burden.enums import Attends
from luoshi.insight.burden.models import AskedMeeting, Attendance

MOST_MINUTES = 3 * 24 * 60
NEAR = timedelta(days=366)


@dataclass(frozen=True)
class Invitation:
    """What units are asked to come to; `minutes` is how long it takes."""

    title: str
    on: date | None
    minutes: int | None
    attends: str
    basis: str
    units: Sequence[Unit]


def check(invitation: Invitation, actor: Actor, at: datetime) -> None:
    """Collect what is missing and refuse once."""
    words = {"title": invitation.title.strip(), "basis": invitation.basis.strip()}
    errors: dict[str, list[Text]] = dict(too_long(AskedMeeting, words))
    today = office_date(at)
    if not words["title"]:
        errors["title"] = [_("Say what the meeting is about.")]
    if not words["basis"]:
        errors["basis"] = [_("Name the basis: a unit is asked for nothing without one.")]
    if invitation.on is None or not today - NEAR <= invitation.on <= today + NEAR:
        errors["on"] = [_("Give the day, within a year of today.")]
    if invitation.minutes is None or not 0 < invitation.minutes <= MOST_MINUTES:
        errors["minutes"] = [_("Give the length in minutes, at most three days.")]
    if invitation.attends not in Attends.values:
        errors["attends"] = [_("Choose who has to come.")]
    seen = set(units_in_sight(actor).values_list("pk", flat=True)) - {actor.unit_id}
    outside = "、".join(str(unit) for unit in invitation.units if unit.pk not in seen)
    if outside:
        errors["units"] = [_("Not within this office's scope: %(units)s.") % {"units": outside}]
    elif not invitation.units:
        errors["units"] = [_("Name at least one unit.")]
    if errors:
        raise Invalid(_("Not asked: something is missing."), errors)


def ask_to_meeting(*, invitation: Invitation, actor: Actor, at: datetime) -> AskedMeeting:
    """Put the meeting into the ledger and tell the units."""
    ensure(rules.may_ask_to_meetings(actor))
    check(invitation, actor, at)
    with acting(actor=actor, at=at):
        row = AskedMeeting.objects.create(
            office_id=actor.unit_id,
            title=invitation.title.strip(),
            on=invitation.on,
            minutes=invitation.minutes,
            attends=invitation.attends,
            basis=invitation.basis.strip(),
            noted_by_name=actor.person_name,
            noted_at=at,
        )
        ordered = sorted({unit.pk: unit for unit in invitation.units}.items())
        Attendance.objects.bulk_create(Attendance(meeting=row, unit=one) for _pk, one in ordered)
        tell(row, ("会议通知", "Meeting"), at)
        after = {
            "title": row.title,
            "on": row.on.isoformat(),
            "basis": row.basis,
            "units": [str(unit) for _pk, unit in ordered],
        }
        record("burden.meeting_asked", actor=actor, at=at, obj=row, after=after)
    return row


def call_off(*, meeting: AskedMeeting, reason: str, actor: Actor, at: datetime) -> AskedMeeting:
    """The meeting does not take place; it counts no longer and stays readable."""
    ensure(rules.may_call_off(actor, meeting))
    why = fitted(
        AskedMeeting,
        "called_off_reason",
        reason,
        what=_("Not called off."),
        missing=_("Give the reason; it stays readable."),
        field="reason",
    )
    with acting(actor=actor, at=at):
        row = AskedMeeting.objects.select_for_update().get(pk=meeting.pk)
        if row.called_off_at is not None:
            raise Refused(
                _("Not called off again."),
                _("%(name)s has called it off.") % {"name": row.called_off_by_name},
                code="called-off-already",
            )
        row.called_off_at, row.called_off_by_name = at, actor.person_name
        row.called_off_reason = why
        row.save()
        tell(row, ("会议取消", "Meeting called off"), at)
        record("burden.meeting_called_off", actor=actor, at=at, obj=row, after={"reason": why})
    return row


def tell(row: AskedMeeting, words: tuple[str, str], at: datetime) -> None:
    """A notice to the handlers of every unit asked."""
    zh, en = words
    message = Message(
        kind="meeting",
        title_zh=f"{zh}：{row.title}（{date_text(row.on, 'zh')}）",
        title_en=f"{en}: {row.title} ({date_text(row.on, 'en')})",
        url="/burden/meetings/",
        key=f"meeting|{row.pk}|{zh}",
    )
    for unit_id in row.attendances.order_by("unit_id").values_list("unit_id", flat=True):
        people = people_in(unit_id, HANDLING_ROLES, office_date(at))
        send(message, to=people, unit_id=unit_id, at=at)
