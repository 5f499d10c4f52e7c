"""A joint unit gives its opinion to the lead unit, not to the assigner (会办意见, R-PRO-5).

Changes: a `JointOpinion` row, the joint share's one duty is fulfilled (with its late mark), the
lead unit is told. Refused: other parts, before signing for, an empty opinion.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.lateness import mark_late
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import DUTY_MOVES, locked, move
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DutyState, Part
from luoshi.supervision.matters.models import Assignment, JointOpinion, ReportDuty
from luoshi.supervision.rulebook.enums import DutyKind


@dataclass(frozen=True)
class Joint:
    """A joint share as its lead sees it: the opinions in order of time, the duty, what is due."""

    share: Assignment
    opinions: tuple[JointOpinion, ...]
    duty: ReportDuty | None

    @property
    def missing(self) -> bool:
        """No opinion has come yet."""
        return not self.opinions


def lead_of(share: Assignment) -> Assignment | None:
    """The open lead share of the same matter."""
    rows = Assignment.objects.filter(
        matter_id=share.matter_id, part=Part.LEAD, state__in=ASSIGNMENT_OPEN
    )
    return rows.select_related("unit", "matter").first()


def advise(
    *, assignment: Assignment, text: str, actor: Actor, at: datetime, key: UUID | None = None
) -> JointOpinion:
    """Give, or supplement, the opinion of a joint share; `key` is the number it has where it was
    given."""
    ensure(rules.may_advise(actor, assignment))
    errors = too_long(JointOpinion, {"text": text})
    if not text.strip() or errors:
        empty = {"text": [_("Write your opinion; the lead unit works with it.")]}
        raise Invalid(_("No opinion given."), errors or empty)  # type: ignore[arg-type]
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter", "unit"), assignment.pk)
        ensure(rules.may_advise(actor, share))
        lead = lead_of(share)
        if lead is None:
            raise Refused(
                _("No opinion given: there is no lead unit now."),
                next_steps=(_("Ask the assigning office which unit leads."),),
                source="R-PRO-5",
                code="no-lead",
            )
        row = JointOpinion.objects.create(
            id=key or uuid4(),
            assignment=share,
            lead=lead,
            text=text.strip(),
            given_by_name=actor.person_name,
            given_at=at,
        )
        for duty in share.duties.filter(kind=DutyKind.OPINION, state=DutyState.OPEN):
            move(duty, DutyState.SUBMITTED, DUTY_MOVES)
            move(duty, DutyState.ACCEPTED, DUTY_MOVES)
            duty.submitted_at = at
            mark_late(duty, at=at, reason="")
            duty.save()
        share.last_heard_at = at
        refresh(share, at=at)
        words = (f"收到{share.unit}会办意见", f"Opinion of {share.unit} received")
        tell_unit(lead, kind="opinion", words=words, key=row.pk, at=at, page="opinions/")
        after = {"unit": f"{share.unit} → {lead.unit}"}
        record("matters.advised", actor=actor, at=at, obj=share.matter, after=after)
    return row


def joints_of(lead: Assignment) -> list[Joint]:
    """The joint shares beside a lead share with what they have said; two queries."""
    rows = Assignment.objects.filter(matter_id=lead.matter_id, part=Part.JOINT)
    rows = rows.filter(state__in=ASSIGNMENT_OPEN).select_related("unit")
    found = []
    for share in rows.prefetch_related("opinions", "duties").order_by("unit__sort_key"):
        said = tuple(sorted(share.opinions.all(), key=lambda one: one.given_at))
        duty = next((one for one in share.duties.all() if one.kind == DutyKind.OPINION), None)
        found.append(Joint(share, said, duty))
    return found
