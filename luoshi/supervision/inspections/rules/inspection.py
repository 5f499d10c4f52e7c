"""Who may do what to an inspection."""

from datetime import datetime

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import date_text, office_date
from luoshi.foundation.organizations.enums import HANDLING_ROLES, OFFICER_CLASS, Role
from luoshi.supervision.inspections.enums import SENT_OUT, InspectionState, Part, ReviewState
from luoshi.supervision.inspections.models import (
    ConclusionReview,
    Inspection,
    InspectionObject,
)
from luoshi.supervision.inspections.rules.reasons import (
    not_the_unit,
    not_your_inspection,
    other_state,
)
from luoshi.supervision.matters import rules as matter_rules


def office_person(actor: Actor, inspection: Inspection, what: object) -> Decision:
    """A person of the inspecting office in a registering post."""
    registering = actor.role in matter_rules.REGISTERING_ROLES
    if not registering or actor.unit_id != inspection.office_id:
        return not_your_inspection(what)
    if not actor.is_person:
        return matter_rules.person_needed(what)
    return ALLOWED


def in_state(
    actor: Actor, inspection: Inspection, what: object, *states: InspectionState
) -> Decision:
    """A person of the office, while the inspection is in one of these states."""
    allowed = office_person(actor, inspection, what)
    if allowed and inspection.state not in states:
        return other_state(inspection, what)
    return allowed


@rule
def may_change(actor: Actor, inspection: Inspection) -> Decision:
    """Change the plan of an inspection, or its group, before it starts."""
    return in_state(actor, inspection, _("Not changed."), InspectionState.PLANNED)


@rule
def may_except(actor: Actor, inspection: Inspection) -> Decision:
    """Grant an exception from the frequency rules: a secretary-general who did not plan it."""
    allowed = in_state(
        actor, inspection, pgettext_lazy("exception", "Not granted."), InspectionState.PLANNED
    )
    second = actor.person_id != inspection.created_by_id
    if allowed and not (actor.role == Role.SECRETARY_GENERAL and second):
        return Denied(
            Forbidden(
                pgettext_lazy("exception", "Not granted."),
                _("An exception is granted by a secretary-general who did not plan it."),
                next_steps=(_("Ask for it with the reason, or merge the inspections."),),
                source="R-CUT-6",
                code="second-person",
            )
        )
    return allowed


@rule
def may_start(actor: Actor, inspection: Inspection) -> Decision:
    """Start a planned inspection."""
    return in_state(actor, inspection, _("Not started."), InspectionState.PLANNED)


@rule
def may_record(actor: Actor, inspection: Inspection) -> Decision:
    """Record what was found, while the inspection is under way: the office's registering posts and,
    whatever their post there, the people of the group."""
    if in_group(actor, inspection):
        if not actor.is_person:
            return matter_rules.person_needed(_("Not recorded."))
        if inspection.state != InspectionState.UNDER_WAY:
            return other_state(inspection, _("Not recorded."))
        return ALLOWED
    return in_state(actor, inspection, _("Not recorded."), InspectionState.UNDER_WAY)


def in_group(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor was named into the group, and still works in the inspecting office."""
    if actor.person_id is None or actor.unit_id != inspection.office_id:
        return False
    if actor.role in OFFICER_CLASS:
        return False
    return inspection.group.filter(person_id=actor.person_id).exists()


@rule
def may_conclude(actor: Actor, inspection: Inspection, at: datetime) -> Decision:
    """Send the conclusion to the objects: from the first day on for which it was announced; before
    it nothing has taken place."""
    allowed = in_state(actor, inspection, _("Not sent."), InspectionState.UNDER_WAY)
    if allowed and office_date(at) < inspection.starts_on:
        day = date_text(inspection.starts_on, get_language() or "zh-hans")
        return Denied(
            Refused(
                _("Not sent: the inspection has not taken place yet."),
                _("It is announced from %(day)s.") % {"day": day},
                next_steps=(
                    _("Write the conclusion from that day on."),
                    _("Call the inspection off if it does not take place."),
                ),
                source="R-SUP-7",
                code="not-begun",
            )
        )
    return allowed


@rule
def may_call_off(actor: Actor, inspection: Inspection) -> Decision:
    """Call off what has not been concluded."""
    states = (InspectionState.PLANNED, InspectionState.UNDER_WAY)
    return in_state(actor, inspection, _("Not called off."), *states)


@rule
def may_close(actor: Actor, inspection: Inspection) -> Decision:
    """Close after the conclusion."""
    return in_state(actor, inspection, _("Not closed."), InspectionState.CONCLUDED)


@rule
def may_receive(actor: Actor, row: InspectionObject) -> Decision:
    """Sign for the conclusion: a person of the inspected unit, once."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != row.unit_id:
        return not_the_unit(_("Not signed for."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not signed for."))
    if row.inspection.state not in SENT_OUT:
        return other_state(row.inspection, _("Not signed for."))
    if row.received_at is not None:
        return Denied(
            Refused(
                _("Not signed for again."),
                _("%(name)s has already signed for it.") % {"name": row.received_by_name},
                code="already-signed",
            )
        )
    return ALLOWED


@rule
def may_ask_review(actor: Actor, row: InspectionObject) -> Decision:
    """Ask for review of the conclusion: the inspected unit, after signing for it, once."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != row.unit_id:
        return not_the_unit(_("Not asked."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not asked."))
    if row.received_at is None:
        return Denied(
            Refused(
                _("Not asked: the conclusion is not signed for."),
                next_steps=(_("Sign for it first; the time counts from there."),),
                source="R-SUP-7",
                code="sign-first",
            )
        )
    if ConclusionReview.objects.filter(inspection=row.inspection_id, unit=row.unit_id).exists():
        return Denied(
            Refused(
                _("Not asked again."),
                _("A unit may ask for review of a conclusion once."),
                source="R-SUP-7",
                code="review-asked",
            )
        )
    return ALLOWED


@rule
def may_decide_review(actor: Actor, review: ConclusionReview) -> Decision:
    """Decide on a review: neither the group's leader nor the writer of the conclusion."""
    inspection = review.inspection
    allowed = office_person(actor, inspection, _("Not decided."))
    if not allowed:
        return allowed
    if review.state != ReviewState.ASKED:
        return other_state(review, _("Not decided again."))
    leads = inspection.group.filter(part=Part.LEADER, person_id=actor.person_id).exists()
    if leads or inspection.conclusion.written_by_id == actor.person_id:
        return Denied(
            Forbidden(
                _("Not decided: somebody else decides on it."),
                _("Neither the leader of the group nor the writer of the conclusion reviews it."),
                next_steps=(_("Leave it to a colleague who took no part."),),
                source="R-SUP-7",
                code="own-conclusion",
            )
        )
    return ALLOWED
