"""Who may do what to accounts: the three officers (security.md 4)."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.enums import AccountState, OfficerRole
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused


def officer(actor: Actor, role: OfficerRole) -> Decision:
    """The installation itself, or a signed-in person holding that officer's post."""
    if actor.kind == "system" or (actor.role == role and actor.is_person):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not done."),
            _("Only the %(officer)s does this.") % {"officer": role.label},
            source="GB/T 22239 5.1",
            code="other-officer",
        )
    )


@rule
def may_create(actor: Actor) -> Decision:
    """Accounts are created, inactive, by the system administrator."""
    return officer(actor, OfficerRole.SYSTEM)


@rule
def may_activate(actor: Actor, user: User) -> Decision:
    """Activation, unlocking and suspension: the security administrator, never for oneself."""
    decision = officer(actor, OfficerRole.SECURITY)
    if decision and actor.person_id == user.pk:
        return Denied(Forbidden(_("Not done."), _("Nobody grants to himself."), code="own-account"))
    return decision


@rule
def may_set_policy(actor: Actor) -> Decision:
    """Password, session and factor policy: the security administrator (security.md 4)."""
    return officer(actor, OfficerRole.SECURITY)


@rule
def may_reveal(actor: Actor) -> Decision:
    """A telephone number in full: the officers who keep accounts, each time into the trail."""
    decision = officer(actor, OfficerRole.SECURITY)
    return decision if decision else officer(actor, OfficerRole.SYSTEM)


@rule
def may_reseal(actor: Actor) -> Decision:
    """A new field key is made on the machine itself, not on a page."""
    if actor.kind == "system":
        return ALLOWED
    return Denied(Refused(_("Not done."), _("Field keys are changed on the machine.")))


@rule
def may_enrol(actor: Actor, user: User) -> Decision:
    """One's own second factor, while the account is active."""
    if actor.person_id != user.pk or not actor.is_person:
        return Denied(Forbidden(_("Not done."), _("Everyone enrols only their own factor.")))
    if user.state != AccountState.ACTIVE:
        return Denied(Refused(_("Not done: the account is not active."), code="not-active"))
    return ALLOWED


@rule
def may_change_password(actor: Actor, user: User) -> Decision:
    """One's own password, while the account is active."""
    if actor.kind != "system" and actor.person_id != user.pk:
        return Denied(Forbidden(_("Not changed."), _("Everyone changes only their own password.")))
    if user.state != AccountState.ACTIVE:
        return Denied(Refused(_("Not changed: the account is not active."), code="not-active"))
    return ALLOWED
