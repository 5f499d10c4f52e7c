"""Who may nudge, except, decide and set the ladder: predicates with reasons."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import SUPERVISING_ROLES, Role
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.chasing.enums import ExceptionState, UrgeState
from luoshi.supervision.chasing.models import NudgeException, Urge
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, AWAITING_UNIT, Turn
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.matters.rules import REGISTERING_ROLES, not_your_office, person_needed
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


@rule
def may_sweep(actor: Actor) -> Decision:
    """Only the product itself."""
    if actor.kind == "system":
        return ALLOWED
    return Denied(Forbidden(_("Not done."), _("The sweep runs by itself.")))


@rule
def may_see_nudges(actor: Actor) -> Decision:
    """The office's list of nudges: who supervises for it, and its leaders."""
    if actor.role in SUPERVISING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("The supervision office keeps this list; a unit sees its own on each matter."),
            code="nudges",
        )
    )


@rule
def may_urge(actor: Actor, share: Assignment) -> Decision:
    """Nudge by hand: the assigning office, while it is the unit's turn; none after the end."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != share.matter.office_id:
        return not_your_office(pgettext_lazy("nudge", "Not sent."))
    return may_still_nudge(share)


@rule
def may_still_nudge(share: Assignment) -> Decision:
    """None after the item ended, none while the unit has answered (S3-69)."""
    if share.state not in ASSIGNMENT_OPEN:
        return Denied(
            Refused(
                _("Not sent: this share has ended."),
                _("Its state is now “%(state)s”.") % {"state": share.get_state_display()},
                source="S3-69",
                code="share-ended",
            )
        )
    if share.stopped_at is not None:
        return Denied(
            Refused(
                _("Not sent: the clock of this share stands still."),
                next_steps=(_("Resume the matter first."),),
                source="R-SUP-4",
                code="clock-stopped",
            )
        )
    if share.state not in AWAITING_UNIT:
        return Denied(
            Refused(
                _("Not sent: it is not this unit's turn."),
                _("Its report waits for your review."),
                next_steps=(_("Review the report first."),),
                source="S3-69",
                code="not-the-units-turn",
            )
        )
    if share.turn != Turn.UNIT:
        return Denied(
            Refused(
                _("Not sent: this unit owes nothing now."),
                _("It has done what was asked; the next step is the assigning office's."),
                source="S3-69",
                code="nothing-owed",
            )
        )
    return ALLOWED


@rule
def may_ask_exception(actor: Actor, urge: Urge) -> Decision:
    """Ask to send a held nudge all the same: a person of the office, once."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != urge.assignment.matter.office_id:
        return not_your_office(_("Not asked."))
    if not actor.is_person:
        return person_needed(_("Not asked."))
    if urge.state != UrgeState.HELD or NudgeException.objects.filter(urge=urge).exists():
        return Denied(
            Refused(
                _("Not asked again."),
                _("There is one exception for a held nudge, and it has been asked for or decided."),
                source="S3-68",
                code="one-exception",
            )
        )
    return may_urge(actor, urge.assignment)


@rule
def may_decide_exception(actor: Actor, found: NudgeException) -> Decision:
    """Grant or refuse: the section chief or the secretary-general of the office, never who asked
    (second person)."""
    if not decides(actor, found.urge.assignment.matter.office_id):
        return Denied(
            Forbidden(
                _("Not decided."),
                _(
                    "The section chief or the Secretary-General of the office, as second person, "
                    "decides on exceptions."
                ),
                source="S3-68",
                code="not-second-person",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not decided."))
    if actor.person_id == found.asked_by_id:
        return Denied(
            Forbidden(
                _("Not decided."), _("Who asked for an exception does not grant it."), code="own"
            )
        )
    if found.state != ExceptionState.ASKED:
        return Denied(
            Refused(
                _("Not decided again."),
                _("%(name)s decided “%(verdict)s” on it.")
                % {"name": found.decided_by_name, "verdict": found.get_state_display()},
                code="already-decided",
            )
        )
    return ALLOWED


@rule
def may_set_ladder(actor: Actor, office_id: UUID) -> Decision:
    """The secretary-general sets the ladder of the own office."""
    if actor.role == Role.SECRETARY_GENERAL and actor.unit_id == office_id and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not changed."),
            _("The secretary-general decides the office's settings."),
            code="not-secretary-general",
        )
    )


@rule
def may_name_leader(actor: Actor, office_id: UUID) -> Decision:
    """Name the leader in charge of a unit or matter: the section chief or the secretary-general of
    the office that chases it."""
    if decides(actor, office_id):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not named."),
            _(
                "The section chief or the Secretary-General of the office names the leaders in "
                "charge."
            ),
            code="not-chief",
        )
    )


def decides(actor: Actor, office_id: UUID) -> bool:
    """Whether the actor decides for the supervision of this office (exceptions, leaders in charge):
    its secretary-general, or who holds the section chief's post."""
    if actor.unit_id != office_id:
        return False
    if actor.role == Role.SECRETARY_GENERAL:
        return True
    post_id = settings_of(office_id).chief_post_id
    held = Appointment.objects.filter(pk=actor.appointment_id, post_id=post_id)
    return post_id is not None and actor.role == Role.SUPERVISION_OFFICER and held.exists()
