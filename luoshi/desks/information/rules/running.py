"""Who runs the desk of ordinary information: bulletins, officers, quotas, topics, scores."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.enums import IssueState
from luoshi.desks.information.models import EDITING_ROLES, Issue
from luoshi.desks.information.rules.ordinary import not_desk
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text
from luoshi.foundation.organizations.enums import Role


def desk(actor: Actor, what: Text) -> Decision:
    """An editing post of an office."""
    if actor.unit_id is not None and actor.role in EDITING_ROLES:
        return ALLOWED
    return not_desk(what)


def chief(actor: Actor, what: Text) -> Decision:
    """The secretary-general in person."""
    if actor.unit_id is not None and actor.role == Role.SECRETARY_GENERAL and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(
            what,
            _("The secretary-general of the office changes this."),
            code="not-secretary-general",
        )
    )


@rule
def may_put_together(actor: Actor, issue: Issue | None = None) -> Decision:
    """Begin an issue, or change one that is not out yet."""
    what = _("Not changed.")
    decision = desk(actor, what)
    if not decision or issue is None:
        return decision
    if issue.series.office_id != actor.unit_id:
        return not_desk(what)
    if issue.state == IssueState.ISSUED:
        return Denied(
            Refused(
                what,
                _("%(issue)s went out and stays as it is.") % {"issue": str(issue)},
                next_steps=(_("A correction is printed in the next issue."),),
                code="issued",
            )
        )
    return decision


@rule
def may_issue(actor: Actor, issue: Issue) -> Decision:
    """Send an issue out: a person of the desk."""
    if not actor.is_person:
        return Denied(
            Forbidden(_("Not issued."), _("A person issues a bulletin."), code="person-needed")
        )
    return may_put_together(actor, issue)


@rule
def may_engage(actor: Actor) -> Decision:
    """Engage officers and end it: it opens the office's book to an account, a person's decision."""
    what = _("Not changed.")
    decision = desk(actor, what)
    if decision and not actor.is_person:
        return Denied(Forbidden(what, _("A person engages an officer."), code="person-needed"))
    return decision


@rule
def may_set_quota(actor: Actor) -> Decision:
    """Set what is asked of units."""
    return desk(actor, _("Not changed."))


@rule
def may_ask_topic(actor: Actor) -> Decision:
    """Ask for items on a topic."""
    return desk(actor, _("Not sent."))


@rule
def may_publish_scores(actor: Actor) -> Decision:
    """The month's sheet is the secretary-general's word."""
    return chief(actor, _("Not published."))


@rule
def may_set_weights(actor: Actor) -> Decision:
    """So are the weights."""
    return chief(actor, _("Not changed."))
