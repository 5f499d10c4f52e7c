"""Who takes ledgers over: people of the office who may draft; confirming is a person's act."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers.enums import LedgerState
from luoshi.desks.ledgers.models import Ledger
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Refused
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_upload(actor: Actor) -> Decision:
    """Whoever may draft a matter."""
    return matter_rules.may_draft(actor)


def in_state(actor: Actor, ledger: Ledger, *states: LedgerState) -> Decision:
    """The office's own people, while the import is in one of these states."""
    if actor.unit_id != ledger.office_id:
        return matter_rules.not_your_office(_("Not changed."))
    allowed = matter_rules.may_draft(actor)
    if not allowed:
        return allowed
    if ledger.state not in states:
        return Denied(
            Refused(
                _("Not changed."),
                _("Its state is now “%(state)s”.") % {"state": ledger.get_state_display()},
                next_steps=(_("Reload the page to see what happened."),),
                code="wrong-state",
            )
        )
    return ALLOWED


@rule
def may_correct(actor: Actor, ledger: Ledger) -> Decision:
    """Match columns, correct and leave out rows: until it is confirmed."""
    return in_state(actor, ledger, LedgerState.CHECKED)


@rule
def may_confirm(actor: Actor, ledger: Ledger) -> Decision:
    """Confirm: a person, once."""
    if not actor.is_person:
        return matter_rules.person_needed(_("Not taken over."))
    return in_state(actor, ledger, LedgerState.CHECKED)


@rule
def may_assign(actor: Actor, ledger: Ledger) -> Decision:
    """Assign what was taken over: a person; again for rows that were refused before."""
    if not actor.is_person:
        return matter_rules.person_needed(_("Not assigned."))
    return in_state(actor, ledger, LedgerState.WRITTEN, LedgerState.ASSIGNED)


@rule
def may_undo(actor: Actor, ledger: Ledger) -> Decision:
    """Undo: a person, while nothing was assigned."""
    if not actor.is_person:
        return matter_rules.person_needed(_("Not undone."))
    return in_state(actor, ledger, LedgerState.WRITTEN)
