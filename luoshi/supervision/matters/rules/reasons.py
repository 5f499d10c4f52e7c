"""Reasons that several rules give."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import Denied
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.models import Matter, Report

REGISTERING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)

APPROVING_ROLES = (Role.SECRETARY_GENERAL,)


def co_owns(actor: Actor, matter: Matter) -> bool:
    """Whether the actor's office is the matter's lead office or its joint office (S3-55)."""
    owners = {matter.office_id, matter.joint_office_id} - {None}
    return actor.unit_id in owners


def stands_still(what: object, since: object) -> Refused:
    """The act does not fit a stopped clock."""
    return Refused(
        str(what),
        _("The clock has stood still since %(since)s.") % {"since": since},
        next_steps=(_("It goes on when the assigning office lets the clock run again."),),
        code="clock-stopped",
    )


def person_needed(what: object) -> Denied:
    """A token or a job tried what needs a person's decision."""
    return Denied(
        Forbidden(
            str(what),
            _("This decision needs a person signed in; a token cannot take it."),
            next_steps=(_("Sign in and decide on the page of the matter."),),
            code="person-needed",
        )
    )


def not_your_office(what: object) -> Denied:
    """Somebody outside the assigning office tried an act of the assigning office."""
    return Denied(
        Forbidden(
            str(what),
            _("Only the supervision office that assigned the matter does this."),
            source="S3-61",
            code="not-your-office",
        )
    )


def already(matter: Matter) -> Refused:
    """The act does not fit the matter's state; say which state that is."""
    return Refused(
        _("Not done: the matter is in another state."),
        _("Its state is now “%(state)s”.") % {"state": matter.get_state_display()},
        next_steps=(_("Reload the page to see what happened."),),
        code="wrong-state",
    )


def reviewed_already(report: Report) -> Refused:
    """Two people acted at once: say who won and when."""
    review = getattr(report, "review", None)
    why: object = _("The report is in another state now.")
    if review is not None:
        why = _("%(name)s decided “%(verdict)s” on it.") % {
            "name": review.reviewer_name,
            "verdict": review.get_verdict_display(),
        }
    return Refused(
        _("Not reviewed again."),
        str(why),
        next_steps=(_("Reload the page to see the decision."),),
        code="already-reviewed",
    )
