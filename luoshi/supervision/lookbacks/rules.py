"""Who may open, fix, name, check, settle and read: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import SUPERVISING_ROLES
from luoshi.supervision.lookbacks.enums import ItemState, RoundState
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound
from luoshi.supervision.matters.models import Closure, Matter
from luoshi.supervision.matters.rules import REGISTERING_ROLES, not_your_office, person_needed


def officer_of(actor: Actor, office_id: object, what: object) -> Decision:
    """A person who registers matters for this office."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != office_id:
        return not_your_office(what)
    if not actor.is_person:
        return person_needed(what)
    return ALLOWED


@rule
def may_read(actor: Actor) -> Decision:
    """The rounds of one's own office: its supervising posts."""
    if actor.role in SUPERVISING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("The supervision office keeps the look-back; results stand on each matter."),
            code="lookback-pages",
        )
    )


@rule
def may_open(actor: Actor) -> Decision:
    """Open the round of a year."""
    return officer_of(actor, actor.unit_id, _("Not opened."))


@rule
def may_fix(actor: Actor, round: LookBackRound) -> Decision:
    """Change the random share, or fix the sample: once (TR-25)."""
    allowed = officer_of(actor, round.office_id, _("Not fixed."))
    if allowed and round.state != RoundState.OPEN:
        return Denied(
            Refused(
                _("Not changed: the sample is fixed."),
                _("%(name)s fixed it; it stays as drawn.") % {"name": round.fixed_by_name},
                source="TR-25",
                code="sample-fixed",
            )
        )
    return allowed


@rule
def may_name(actor: Actor, item: LookBackItem) -> Decision:
    """Name who checks an item, until it is checked."""
    allowed = officer_of(actor, item.matter.office_id, _("Not named."))
    if allowed and item.state != ItemState.TO_CHECK:
        return checked_already(item)
    return allowed


@rule
def may_check(actor: Actor, item: LookBackItem) -> Decision:
    """Write down what was found: the named checker, who did not conclude the matter
    (decision 5)."""
    allowed = officer_of(actor, item.matter.office_id, _("Not written down."))
    if not allowed:
        return allowed
    if actor.person_id == item.closure.concluded_by_id:
        return own_conclusion()
    if actor.person_id != item.checker_id:
        return Denied(
            Forbidden(
                _("Not written down."),
                _("The named checker writes down what was found."),
                next_steps=(_("Name yourself as checker first."),),
                source="TR-25",
                code="not-the-checker",
            )
        )
    return ALLOWED if item.state == ItemState.TO_CHECK else checked_already(item)


@rule
def may_settle(actor: Actor, closure: Closure) -> Decision:
    """Say what became of a promised date: a person of the office who did not conclude."""
    allowed = officer_of(actor, closure.matter.office_id, _("Not settled."))
    if allowed and actor.person_id == closure.concluded_by_id:
        return own_conclusion()
    return allowed


@rule
def may_mark(actor: Actor, matter: Matter) -> Decision:
    """Mark a matter as key, or lift the mark: its office."""
    return officer_of(actor, matter.office_id, _("Not marked."))


def own_conclusion() -> Denied:
    """Whoever concluded a matter does not look back on it."""
    return Denied(
        Forbidden(
            _("Not written down: you concluded this matter."),
            _("Somebody else looks back on it."),
            next_steps=(_("Name another officer as checker."),),
            source="S3-61",
            code="own-conclusion",
        )
    )


def checked_already(item: LookBackItem) -> Denied:
    """Two people at once: say who was first."""
    return Denied(
        Refused(
            _("Not written down again."),
            _("%(name)s has found “%(finding)s”.")
            % {"name": item.checker_name, "finding": item.get_finding_display()},
            next_steps=(_("Reload the page to see it."),),
            code="checked-already",
        )
    )
