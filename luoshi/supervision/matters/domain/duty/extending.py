"""Ask for a later limit and decide on it (延期): asked before the limit with a reason and a new
date, decided by the assigner (R-SUP-4; features row 19).

Changes: an `Extension` row; granted, the duty's running limit and its warning, while the original
limit and its trace stay. Refused: asked after the limit, no reason, an earlier or equal date,
deciding on one's own request, deciding twice.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import at_clock, date_text, last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import EXTENSION_MOVES, locked, move
from luoshi.supervision.matters.enums import DutyState, ExtensionState
from luoshi.supervision.matters.models import Assignment, Extension, ReportDuty

LONGEST = timedelta(days=370)
HOUR_WARNING = timedelta(minutes=30)
ANSWER_WORKDAYS = 3
FULL = ("duty__assignment__matter__office", "duty__assignment__unit", "duty__rule_version")


def ask_extension(
    *,
    duty: ReportDuty,
    wanted_at: datetime,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Extension:
    """Ask for a later limit of one duty; `wanted_at` is the instant the new limit would pass, `key`
    the number the request has where it was made."""
    ensure(rules.may_ask_extension(actor, duty, at))
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter", "unit"), duty.assignment_id)
        duty = locked(ReportDuty.objects.select_related("assignment__matter"), duty.pk)
        ensure(rules.may_ask_extension(actor, duty, at))
        limit = rules.running_limit(duty) or at
        refuse_bad(duty, limit, wanted_at, reason)
        extension = Extension.objects.create(
            id=key or uuid4(),
            duty=duty,
            reason=reason.strip(),
            limit_at=limit,
            wanted_at=wanted_at,
            asked_by_id=actor.person_id,
            asked_by_name=actor.person_name,
            asked_at=at,
        )
        after = {"duty": duty.title_zh, "reason": reason.strip(), "wanted": wanted_at.isoformat()}
        tell_asked(extension, share, duty)
        record("matters.extension_asked", actor=actor, at=at, obj=share.matter, after=after)
    return extension


def tell_asked(extension: Extension, share: Assignment, duty: ReportDuty) -> None:
    """Those who decide are told; a request is answered within a few working days (R-SUP-4)."""
    at, office_id = extension.asked_at, share.matter.office_id
    wanted = last_day(extension.wanted_at)
    message = Message(
        kind="extension_asked",
        title_zh=f"{share.unit}申请延期至{date_text(wanted, 'zh')}：{duty.title_zh}",
        title_en=f"{share.unit} asks for {date_text(wanted, 'en')}: {duty.title_en}",
        url=f"/duties/{duty.pk}/extensions/",
        key=f"extension_asked|{extension.pk}",
    )
    people = people_in(office_id, rules.REGISTERING_ROLES, office_date(at))
    send(message, to=people, unit_id=office_id, at=at)


def answer_by(asked_at: datetime) -> date:
    """The working day by which a request is answered: the office's default, not in the source."""
    return current_calendar().add_workdays(office_date(asked_at), ANSWER_WORKDAYS)


def refuse_bad(duty: ReportDuty, limit: datetime, wanted_at: datetime, reason: str) -> None:
    """Refuse a second open request, a missing reason, and a date that is not later or more than a
    year after the present limit."""
    if duty.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Refused(
            _("Not asked again."),
            _("A request for this report waits for a decision already."),
            next_steps=(_("Withdraw it first if it should say something else."),),
            code="asked-already",
        )
    errors: dict[str, list[object]] = {}
    if not reason.strip():
        errors["reason"] = [_("Give the reason; the assigning office decides on it.")]
    if not limit < wanted_at <= limit + LONGEST:
        errors["wanted"] = [_("Choose a date after the present limit, within a year of it.")]
    if errors:
        raise Invalid(_("Not asked yet: something is missing."), errors)  # type: ignore[arg-type]


def grant_extension(
    *,
    extension: Extension,
    actor: Actor,
    at: datetime,
    granted_at: datetime | None = None,
    remark: str = "",
) -> Extension:
    """Grant the wanted limit, or another one after the present limit."""
    ensure(rules.may_decide_extension(actor, extension))
    until = granted_at or extension.wanted_at
    if not extension.limit_at < until <= extension.limit_at + LONGEST:
        raise Invalid(
            _("Not extended."),
            {"granted": [_("Choose a date after the present limit, within a year of it.")]},
        )
    with acting(actor=actor, at=at):
        extension = locked_request(extension)
        ensure(rules.may_decide_extension(actor, extension))
        decided(extension, ExtensionState.GRANTED, remark, actor, at)
        extension.granted_at = until
        extension.save()
        put_limit(extension.duty, until)
        refresh(extension.duty.assignment, at=at)
        answer(extension, actor=actor, at=at)
    return extension


def refuse_extension(*, extension: Extension, remark: str, actor: Actor, at: datetime) -> Extension:
    """Refuse with a reason; the limit stays."""
    ensure(rules.may_decide_extension(actor, extension))
    if not remark.strip():
        raise Invalid(
            _("Not decided: no reason given."),
            {"remark": [_("Say why; the unit reads these words.")]},
        )
    with acting(actor=actor, at=at):
        extension = locked_request(extension)
        ensure(rules.may_decide_extension(actor, extension))
        decided(extension, ExtensionState.REFUSED, remark, actor, at)
        extension.save()
        answer(extension, actor=actor, at=at)
    return extension


def withdraw_extension(*, extension: Extension, actor: Actor, at: datetime) -> Extension:
    """Take an undecided request back."""
    ensure(rules.may_withdraw_extension(actor, extension))
    with acting(actor=actor, at=at):
        extension = locked_request(extension)
        ensure(rules.may_withdraw_extension(actor, extension))
        decided(extension, ExtensionState.WITHDRAWN, "", actor, at)
        extension.save()
        matter = extension.duty.assignment.matter
        after = {"duty": extension.duty.title_zh}
        record("matters.extension_withdrawn", actor=actor, at=at, obj=matter, after=after)
    return extension


def locked_request(extension: Extension) -> Extension:
    """The request with its duty and share, locked share first as every verb of a share does."""
    share = locked(Assignment.objects, extension.duty.assignment_id)
    found: Extension = locked(Extension.objects.select_related(*FULL), extension.pk)
    found.duty = locked(ReportDuty.objects.select_related("rule_version"), found.duty_id)
    found.duty.assignment = share
    return found


def decided(
    extension: Extension, to: ExtensionState, remark: str, actor: Actor, at: datetime
) -> None:
    """Write who decided what."""
    move(extension, to, EXTENSION_MOVES)
    extension.remark = remark.strip()
    extension.decided_by_id, extension.decided_by_name = actor.person_id, actor.person_name
    extension.decided_at = at


def put_limit(duty: ReportDuty, until: datetime) -> None:
    """Move the running limit; the original one and its trace stay."""
    if duty.state == DutyState.RETURNED and duty.redo_due_at is not None:
        duty.redo_due_at = until
    else:
        duty.due_at = until
        warning = duty.rule_version.warning_workdays if duty.rule_version else 3
        day = current_calendar().add_workdays(last_day(until), -warning)
        duty.warn_at = until - HOUR_WARNING if duty.hourly else at_clock(day, time(0))
    duty.save()


def answer(extension: Extension, *, actor: Actor, at: datetime) -> None:
    """Record the decision and tell the unit."""
    duty = extension.duty
    share = duty.assignment
    granted = extension.state == ExtensionState.GRANTED
    until = last_day(extension.granted_at) if extension.granted_at else last_day(extension.limit_at)
    message = Message(
        kind="extension",
        title_zh=f"{'同意延期至' if granted else '未同意延期，仍应于'}{date_text(until, 'zh')}"
        f"{'' if granted else '前报送'}：{duty.title_zh}",
        title_en=f"{'Extended to' if granted else 'Not extended, still due'} "
        f"{date_text(until, 'en')}: {duty.title_en}",
        url=f"/duties/{duty.pk}/extensions/",
        key=f"extension|{extension.pk}|{extension.state}",
    )
    people = people_in(share.unit_id, HANDLING_ROLES, office_date(at))
    send(message, to=people, unit_id=share.unit_id, at=at)
    record(
        "matters.extension_granted" if granted else "matters.extension_refused",
        actor=actor,
        at=at,
        obj=share.matter,
        after={
            "unit": str(share.unit),
            "duty": duty.title_zh,
            "reason": extension.remark,
            "until": until.isoformat(),
        },
    )
