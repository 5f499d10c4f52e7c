"""Who may do what to a matter: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.enums import (
    MATTER_ENDED,
    MATTER_OPEN,
    MatterState,
)
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.matters.rules.reasons import (
    APPROVING_ROLES,
    REGISTERING_ROLES,
    already,
    not_your_office,
    person_needed,
    stands_still,
)


@rule
def may_draft(actor: Actor) -> Decision:
    """Drafting and registering: supervision officers and the secretary-general of an office."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id is None:
        return not_your_office(_("Not drafted."))
    return ALLOWED


@rule
def may_register(actor: Actor, matter: Matter) -> Decision:
    """Propose for registration, in one's own office, what is still drafted."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not registered."))
    if matter.state != MatterState.DRAFTED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_approve(actor: Actor, matter: Matter, *, officer_registers: bool) -> Decision:
    """Approve for registration (立项): the secretary-general, or the officer where the office's
    setting says so (R-SUP-1)."""
    if actor.unit_id != matter.office_id:
        return not_your_office(_("Not registered."))
    if not actor.is_person:
        return person_needed(_("Not registered."))
    if matter.state not in {MatterState.DRAFTED, MatterState.PROPOSED}:
        return Denied(already(matter))
    approves = actor.role in APPROVING_ROLES
    if approves or (officer_registers and actor.role == Role.SUPERVISION_OFFICER):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not registered yet."),
            _("In this office the secretary-general approves registration."),
            next_steps=(_("Propose it; it will wait for approval."),),
            source="R-SUP-1",
            code="approval-needed",
        )
    )


@rule
def may_refuse_registration(actor: Actor, matter: Matter) -> Decision:
    """Refuse a proposal (不予立项): the one who approves; it goes back to drafted (R-SUP-1)."""
    if actor.unit_id != matter.office_id or actor.role not in APPROVING_ROLES:
        return not_your_office(_("Not refused."))
    if not actor.is_person:
        return person_needed(_("Not refused."))
    if matter.state != MatterState.PROPOSED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_edit(actor: Actor, matter: Matter) -> Decision:
    """Edit the plan: the assigning office, until the matter has ended."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not changed."))
    if matter.state in MATTER_ENDED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_assign(actor: Actor, matter: Matter) -> Decision:
    """Assign: the assigning office, once registered, with a complete plan (S2-92)."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not assigned."))
    if matter.state not in MATTER_OPEN:
        return Denied(already(matter))
    if matter.stopped_at is not None:
        return Denied(stands_still(_("Not assigned."), office_date(matter.stopped_at)))
    missing = missing_plan(matter)
    if missing:
        return Denied(
            Refused(
                _("Cannot assign yet: %(missing)s missing.")
                % {"missing": _(", ").join(str(name) for name in missing)},
                _("A plan comes first: content, method, purpose and end date."),
                next_steps=(_("Fill in the plan, then assign."),),
                source="S2-92",
                code="plan-missing",
            )
        )
    return ALLOWED


@rule
def may_combine(actor: Actor, matter: Matter) -> Decision:
    """Ask within the quarterly report: the assigning office, while no unit is under the requests
    (B6)."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not merged."))
    if matter.state in MATTER_ENDED:
        return Denied(already(matter))
    if matter.assignments.exists():
        return Denied(
            Refused(
                _("Not merged: units are under these requests already."),
                _("What was issued stays as it was issued."),
                next_steps=(_("Change the rule and apply it to open duties."),),
                source="R-CUT-3",
                code="issued-already",
            )
        )
    return ALLOWED


def missing_plan(matter: Matter) -> list[object]:
    """The plan fields that are still empty, as words (S2-92)."""
    fields = (
        (matter.content, _("content")),
        (matter.method, _("method")),
        (matter.purpose, _("purpose")),
        (matter.end_on or matter.task_rules, _("end date")),
    )
    return [word for value, word in fields if not value]


@rule
def may_conclude(actor: Actor, matter: Matter) -> Decision:
    """Conclude (办结): somebody else's act, never the responder's (S3-61, decision 5)."""
    if actor.role in REGISTERING_ROLES and actor.unit_id == matter.joint_office_id:
        return Denied(
            Forbidden(
                _("Not concluded."),
                _("Of the two general offices the lead office concludes; both may review."),
                source="S3-55",
                code="lead-office-concludes",
            )
        )
    if actor.unit_id != matter.office_id or actor.role not in REGISTERING_ROLES:
        return Denied(
            Forbidden(
                _("The handling unit cannot conclude this matter."),
                _("The assigning office concludes it after review."),
                next_steps=(_("You can send the final report."),),
                source="S3-61",
                code="responder-cannot-conclude",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not concluded."))
    if any(share.unit_id == actor.unit_id for share in matter.assignments.all()):
        return Denied(
            Forbidden(
                _("Not concluded."),
                _("Your own unit handles a share of this matter; another office concludes it."),
                source="S3-61",
                code="responder-cannot-conclude",
            )
        )
    if matter.state != MatterState.ASSIGNED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_reopen(actor: Actor, matter: Matter) -> Decision:
    """Reopen (B9): a person of the assigning office, once the matter is concluded."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not reopened."))
    if not actor.is_person:
        return person_needed(_("Not reopened."))
    if matter.state != MatterState.CONCLUDED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_revoke(actor: Actor, matter: Matter) -> Decision:
    """Revoke: a person of the assigning office, while the matter is open."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not revoked."))
    if not actor.is_person:
        return person_needed(_("Not revoked."))
    if matter.state in MATTER_ENDED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_archive(actor: Actor, matter: Matter) -> Decision:
    """Archive (归档): a person of the assigning office, once the matter has ended (R-SUP-1)."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not archived."))
    if not actor.is_person:
        return person_needed(_("Not archived."))
    if matter.state not in MATTER_ENDED:
        return Denied(already(matter))
    found = matter.archivings.in_force().first()
    if found is None:
        return ALLOWED
    return Denied(
        Refused(
            _("Not archived again."),
            _("%(name)s has archived it.") % {"name": found.archived_by_name},
            code="archived-already",
        )
    )
