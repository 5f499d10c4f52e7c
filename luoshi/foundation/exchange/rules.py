"""Who may do what to nodes and keys (security.md 4): the system administrator enters nodes, the
security administrator accepts and revokes keys; both are told, neither does both."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.accounts.enums import OfficerRole
from luoshi.foundation.accounts.rules import officer
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.exchange.enums import HANDLED, Handling, NodeState, Relation
from luoshi.foundation.exchange.models import Arrival, Dispatch, Node, NodeKey
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.organizations.rules import officers_page

OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


@rule
def may_see_nodes(actor: Actor) -> Decision:
    """The pages of nodes: the system and the security administrator. They show numbers, kinds and
    times, never what an envelope says."""
    return officers_page(actor, OFFICERS)


@rule
def may_enter_nodes(actor: Actor) -> Decision:
    """Nodes, their cards and units: the system administrator, or the machine itself."""
    return officer(actor, OfficerRole.SYSTEM)


def accepting(actor: Actor) -> Decision:
    """A person with the security administrator's post; never the machine, never a token: a key
    needs two of the officers."""
    if actor.is_person and actor.role == Role.SECURITY_ADMIN:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not done."),
            _("Only the security administrator accepts and revokes keys."),
            next_steps=(_("The system administrator enters, the security administrator accepts."),),
            source="GB/T 22239 5.1",
            code="other-officer",
        )
    )


@rule
def may_accept_node(actor: Actor, node: Node) -> Decision:
    """A node whose card was matched, by somebody else than who entered it."""
    decision = accepting(actor)
    if not decision:
        return decision
    if node.relation == Relation.OWN or node.state != NodeState.MATCHED:
        return Denied(
            Refused(
                _("Not accepted."),
                _("This node's card has not come yet, or it is accepted already."),
                code="not-matched",
            )
        )
    if node.entered_by is not None and node.entered_by == actor.person_id:
        return Denied(Forbidden(_("Not accepted."), _("Two officers are two persons.")))
    return ALLOWED


@rule
def may_suspend(actor: Actor) -> Decision:
    """Suspension is quick: either officer, or the machine."""
    decision = officer(actor, OfficerRole.SECURITY)
    return decision if decision else officer(actor, OfficerRole.SYSTEM)


@rule
def may_make_key(actor: Actor) -> Decision:
    """A new key of this node is made on the machine, by the system administrator."""
    return officer(actor, OfficerRole.SYSTEM)


@rule
def may_accept_key(actor: Actor, key: NodeKey) -> Decision:
    """A neighbour's new key that waits."""
    decision = accepting(actor)
    if decision and (key.accepted_at is not None or key.revoked_at is not None):
        return Denied(Refused(_("Not accepted: this key does not wait."), code="not-waiting"))
    return decision


@rule
def may_revoke_key(actor: Actor, key: NodeKey) -> Decision:
    """Revocation takes trust away and never gives it: the security administrator, or the machine in
    an emergency."""
    if key.revoked_at is not None:
        return Denied(Refused(_("Not revoked: this key is revoked already."), code="revoked"))
    return officer(actor, OfficerRole.SECURITY)


@rule
def may_carry(actor: Actor) -> Decision:
    """Write waiting envelopes to a medium and read them in: the system administrator."""
    return officer(actor, OfficerRole.SYSTEM)


@rule
def may_decide_reentry(actor: Actor) -> Decision:
    """What was lost with a restore is entered again, or not, by a person who answers for the
    office's work."""
    if actor.is_person and actor.role in {Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL}:
        return ALLOWED
    return Denied(Forbidden(_("Not decided."), _("The supervision office decides on this.")))


SENDING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL, Role.DOCUMENT_CLERK)
RECEIVING_ROLES = (*HANDLING_ROLES, *SENDING_ROLES)


@rule
def may_dispatch(actor: Actor, sender: Unit) -> Decision:
    """Send for a unit: its supervision officers, secretary-general and document clerks."""
    if actor.role in SENDING_ROLES and actor.unit_id == sender.pk:
        return ALLOWED
    return Denied(
        Forbidden(
            pgettext_lazy("document", "Not sent."),
            _("The office's officers, Secretary-General and document clerks send for it."),
            source="S3-110",
            code="not-your-office",
        )
    )


@rule
def may_recall(actor: Actor, dispatch: Dispatch) -> Decision:
    """Recall: who may send for the unit, in person, once."""
    decision = may_dispatch(actor, dispatch.sender_unit)
    if not decision:
        return decision
    if not actor.is_person:
        return Denied(Forbidden(_("Not recalled."), _("A person decides this, signed in.")))
    if dispatch.recalled_at is not None:
        return Denied(
            Refused(
                _("Not recalled again."),
                _("%(name)s has recalled it.") % {"name": dispatch.recalled_by_name},
                code="recalled",
            )
        )
    return ALLOWED


@rule
def may_handle(actor: Actor, arrival: Arrival) -> Decision:
    """Open what arrived: people of the unit; not after a recall."""
    if actor.role not in RECEIVING_ROLES or actor.unit_id != arrival.unit_id:
        return Denied(
            Forbidden(
                pgettext_lazy("document", "Not opened."),
                _("Only the unit it is addressed to opens it."),
                source="S3-110",
                code="not-your-mail",
            )
        )
    if arrival.state == Handling.RECALLED:
        return Denied(
            Refused(_("Not done: the sender has recalled it."), arrival.reason, code="recalled")
        )
    return ALLOWED


@rule
def may_end(actor: Actor, arrival: Arrival) -> Decision:
    """Sign for it or refuse it: a person of the unit, once."""
    decision = may_handle(actor, arrival)
    if not decision:
        return decision
    if not actor.is_person:
        return Denied(Forbidden(_("Not signed for."), _("A person decides this, signed in.")))
    if arrival.state in HANDLED:
        return Denied(
            Refused(
                _("Not done again."),
                _("%(name)s has done it: %(state)s.")
                % {"name": arrival.person, "state": arrival.get_state_display()},
                code="handled",
            )
        )
    return ALLOWED
