"""Who may change units, posts and tokens."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.enums import FactorFrom
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import LEVEL_ORDER, OFFICER_CLASS, Level, Role


def needs_factor(*, role: str, level: str, policy: str) -> bool:
    """Whether a post needs a second factor: the three officers and leaders who sign always, others
    from the policy's level on (row 4; ASVS 6.3.3)."""
    if role in OFFICER_CLASS or role == Role.LEADER:
        return True
    if policy == FactorFrom.NEVER:
        return False
    return LEVEL_ORDER[Level(level)] <= LEVEL_ORDER[Level(policy)]


@rule
def may_change_units(actor: Actor) -> Decision:
    """The tree: the system administrator, or the installation."""
    if actor.kind == "system" or (actor.role == Role.SYSTEM_ADMIN and actor.is_person):
        return ALLOWED
    return Denied(
        Forbidden(_("Not changed."), _("The system administrator keeps the units."), code="units")
    )


@rule
def may_grant(actor: Actor, person: User) -> Decision:
    """Posts and tokens: the security administrator, never to oneself."""
    if actor.kind == "system":
        return ALLOWED
    if actor.role != Role.SECURITY_ADMIN or not actor.is_person:
        return Denied(
            Forbidden(
                _("Not granted."), _("The security administrator grants posts."), code="grants"
            )
        )
    if actor.person_id == person.pk:
        return Denied(
            Forbidden(_("Not granted."), _("Nobody grants to himself."), code="own-grant")
        )
    return ALLOWED


def officers_page(actor: Actor, roles: tuple[Role, ...]) -> Decision:
    """A page of these officers."""
    if actor.role in roles and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(_("Not shown."), _("This page belongs to the administrators."), code="officers")
    )


@rule
def may_see_business(actor: Actor) -> Decision:
    """Pages of the office's work: whoever holds a business post; officers hold none (4.2a)."""
    if actor.role and actor.role not in OFFICER_CLASS:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("These pages belong to those with a post in an office's work."),
            next_steps=(_("The security administrator appoints to a post."),),
            code="no-post",
        )
    )


@rule
def may_overlook(actor: Actor) -> Decision:
    """The overview of a whole office (ui.md 5.17): who answers for it, and its supervision officers
    who prepare the answers."""
    if actor.unit_id and actor.role in {Role.SECRETARY_GENERAL, Role.SUPERVISION_OFFICER}:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("The overview belongs to those who answer for an office."),
            code="overview",
        )
    )


@rule
def may_see_people(actor: Actor) -> Decision:
    """The list of accounts: the system and the security administrator."""
    return officers_page(actor, (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))


@rule
def may_see_tokens(actor: Actor) -> Decision:
    """The list of tokens: the security administrator."""
    return officers_page(actor, (Role.SECURITY_ADMIN,))
