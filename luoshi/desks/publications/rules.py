"""Who keeps publications, and when an issue and its items may change: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications.enums import OPEN, Production
from luoshi.desks.publications.models import READING_ROLES, WRITING_ROLES, Issue, Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text


def not_yours(what: Text) -> Denied:
    """Another office's, or a post that reads only."""
    return Denied(
        Forbidden(
            what,
            _("The clerk, the information officer or the secretary-general keeps publications."),
            code="not-keeping-publications",
        )
    )


@rule
def may_see(actor: Actor) -> Decision:
    """The pages of this desk: everybody with a business post."""
    if actor.unit_id is not None and actor.role in READING_ROLES:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Publications are read by the posts of the office."),
            code="no-post",
        )
    )


@rule
def may_keep(actor: Actor) -> Decision:
    """Found publications, collect items, note press items, for one's own office."""
    if actor.unit_id is not None and actor.role in WRITING_ROLES:
        return ALLOWED
    return not_yours(_("Not saved."))


@rule
def may_move(actor: Actor, issue: Issue) -> Decision:
    """Forward or back, until it is out: what is out is frozen."""
    what = _("Not moved.")
    if actor.unit_id != issue.office_id or actor.role not in WRITING_ROLES:
        return not_yours(what)
    if issue.state != Production.OUT:
        return ALLOWED
    return Denied(
        Refused(
            what,
            _("This issue is out: it stays as it was printed."),
            next_steps=(_("Print what is to be corrected in the next issue."),),
            code="out",
        )
    )


@rule
def may_fill(actor: Actor, issue: Issue) -> Decision:
    """Change the items of an issue, while it is collected or edited."""
    what = _("Not changed.")
    if actor.unit_id != issue.office_id or actor.role not in WRITING_ROLES:
        return not_yours(what)
    if issue.state in OPEN:
        return ALLOWED
    return Denied(
        Refused(
            what,
            _("The issue is at the printer's or out."),
            next_steps=(_("Move it back first, with the reason."),),
            code="closed-issue",
        )
    )


@rule
def may_edit(actor: Actor, item: Item) -> Decision:
    """An item in the stock, or of an issue that may still change."""
    if actor.unit_id != item.office_id or actor.role not in WRITING_ROLES:
        return not_yours(_("Not changed."))
    return ALLOWED if item.issue is None else may_fill(actor, item.issue)
