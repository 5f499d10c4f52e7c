"""One exception for a held nudge: an officer asks with a reason, the section chief or the
secretary-general grants or refuses as second person; both stay on the matter for ever (S3-68, B7).

Refused: a second request; deciding one's own; granting after the share ended or answered.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import current, people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.telling import handlers
from luoshi.supervision.chasing.domain.urging import deliver, refuse_nobody
from luoshi.supervision.chasing.enums import ExceptionState, UrgeState
from luoshi.supervision.chasing.models import NudgeException, Urge
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

FULL = ("assignment__matter__office", "assignment__unit")


def ask_exception(*, urge: Urge, reason: str, actor: Actor, at: datetime) -> NudgeException:
    """Ask for the one exception; who decides on it is told."""
    ensure(rules.may_ask_exception(actor, urge))
    if not reason.strip():
        raise Invalid(_("Not asked."), {"reason": [_("Say why it cannot wait.")]})
    with acting(actor=actor, at=at):
        urge = locked(Urge.objects.select_related(*FULL), urge.pk)
        ensure(rules.may_ask_exception(actor, urge))
        row = NudgeException.objects.create(
            urge=urge,
            reason=reason.strip(),
            asked_by_id=actor.person_id,
            asked_by_name=actor.person_name,
            asked_at=at,
        )
        share, matter = urge.assignment, urge.assignment.matter
        message = Message(
            kind="exception",
            title_zh=f"特批申请：{matter.number} {share.unit} {row.reason}",
            title_en=f"Exception asked: {matter.number} {share.unit}: {row.reason}",
            url="/urging/?show=exceptions",
            key=f"exception|{row.pk}",
        )
        people = [one for one in deciders(matter.office_id, at) if one.pk != actor.person_id]
        send(message, to=people, unit_id=matter.office_id, at=at)
        after = {"unit": str(share.unit), "reason": row.reason}
        record("chasing.exception_asked", actor=actor, at=at, obj=matter, after=after)
    return row


def deciders(office_id: UUID, at: datetime) -> list[User]:
    """The secretary-general and the holder of the section chief's post."""
    on = office_date(at)
    found = {one.pk: one for one in people_in(office_id, (Role.SECRETARY_GENERAL,), on)}
    held = current(on).filter(post_id=settings_of(office_id).chief_post_id)
    found |= {row.person_id: row.person for row in held.select_related("person")}
    return list(found.values())


def grant_exception(*, exception: NudgeException, actor: Actor, at: datetime) -> NudgeException:
    """Grant: the held nudge goes out beside the budget, at once, in the words it was held in."""
    return decided(exception, ExceptionState.GRANTED, "", actor=actor, at=at)


def refuse_exception(
    *, exception: NudgeException, remark: str, actor: Actor, at: datetime
) -> NudgeException:
    """Refuse with a reason: the nudge stays held."""
    if not remark.strip():
        raise Invalid(_("Not decided."), {"remark": [_("Say why.")]})
    return decided(exception, ExceptionState.REFUSED, remark.strip(), actor=actor, at=at)


def decided(
    exception: NudgeException, verdict: str, remark: str, *, actor: Actor, at: datetime
) -> NudgeException:
    """The decision, once, with its trace on the matter."""
    ensure(rules.may_decide_exception(actor, exception))
    with acting(actor=actor, at=at):
        share_id = exception.urge.assignment_id
        share = locked(Assignment.objects.select_related("matter__office", "unit"), share_id)
        row = locked(NudgeException.objects.select_related("urge"), exception.pk)
        ensure(rules.may_decide_exception(actor, row))
        row.state, row.remark = verdict, remark
        row.decided_by_id, row.decided_by_name = actor.person_id, actor.person_name
        row.decided_at = at
        row.save()
        after = {"unit": str(share.unit), "reason": remark or row.reason}
        action = f"chasing.exception_{verdict}"
        if verdict == ExceptionState.GRANTED:
            ensure(rules.may_still_nudge(share))
            release(row.urge, share, actor=actor, at=at)
        record(action, actor=actor, at=at, obj=share.matter, after=after)
    return row


def release(urge: Urge, share: Assignment, *, actor: Actor, at: datetime) -> None:
    """Send the held nudge as an exception."""
    urge.assignment = share
    people = handlers(share.unit_id, urge.tone, at)
    refuse_nobody(share, people)
    urge.state, urge.sent_at, urge.by_exception = UrgeState.SENT, at, True
    urge.save(update_fields=("state", "sent_at", "by_exception"))
    deliver(urge, people, actor=actor, at=at)
