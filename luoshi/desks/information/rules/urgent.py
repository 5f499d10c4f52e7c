"""Who takes events in, tells the next level, finds faults, sets limits: predicates with reasons."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information.enums import EventState
from luoshi.desks.information.models import DESK_ROLES, TAKING_ROLES, Event, EventInstruction
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules as matter_rules

KEEPING_ROLES = (*DESK_ROLES, Role.SECRETARY_GENERAL)


def not_yours(what: Text) -> Denied:
    """Another office's book, or a post that does not report."""
    return Denied(
        Forbidden(
            what,
            _("Events are reported by the duty and information officers of the office."),
            next_steps=(_("Tell the duty officer by telephone at once."),),
            code="not-reporting",
        )
    )


def acts_on(actor: Actor, event: Event, roles: tuple[str, ...], what: Text) -> Decision:
    """A post of these roles in the office whose book it is; the event is not merged."""
    if actor.unit_id is None or actor.unit_id != event.office_id or actor.role not in roles:
        return not_yours(what)
    if event.state == EventState.MERGED:
        into = str(event.merged_into)
        return Denied(
            Refused(
                what,
                _("It was merged into %(number)s.") % {"number": into},
                next_steps=(_("Go on there."),),
                code="merged",
            )
        )
    return ALLOWED


@rule
def may_take_in(actor: Actor) -> Decision:
    """Any post that answers for its unit: at night whoever is there reports."""
    if actor.unit_id is not None and actor.role in TAKING_ROLES:
        return ALLOWED
    return not_yours(_("Not taken in."))


@rule
def may_tell(actor: Actor, event: Event) -> Decision:
    """By telephone or in writing, while it runs; a closed event takes follow-ups no more."""
    decision = acts_on(actor, event, TAKING_ROLES, _("Not sent."))
    if decision and event.state == EventState.CLOSED:
        return Denied(
            Refused(
                _("Not sent."),
                _("The final report of this event has been sent."),
                next_steps=(_("What is new now is a new event: take it in."),),
                code="closed",
            )
        )
    return decision


@rule
def may_correct(actor: Actor, event: Event) -> Decision:
    """Facts of the event: while it runs."""
    return may_tell(actor, event)


@rule
def may_merge(actor: Actor, event: Event) -> Decision:
    """The desk of the office."""
    return acts_on(actor, event, KEEPING_ROLES, pgettext_lazy("information", "Not merged."))


@rule
def may_find(actor: Actor, event: Event) -> Decision:
    """That a report was missing, false or concealed is a person's word (R-INF-3)."""
    if not actor.is_person:
        return not_yours(_("Not written down."))
    return acts_on(actor, event, KEEPING_ROLES, _("Not written down."))


@rule
def may_instruct(actor: Actor, event: Event) -> Decision:
    """A leader's words on an event: the leader in person, or the office for a leader it names."""
    roles = (*KEEPING_ROLES, Role.LEADER, Role.SUPERVISION_OFFICER)
    if actor.role == Role.LEADER and not actor.is_person:
        return not_yours(_("Not noted."))
    return acts_on(actor, event, roles, _("Not noted."))


@rule
def may_register_words(actor: Actor, instruction: EventInstruction) -> Decision:
    """Those who register matters in the office of the event, once."""
    if actor.unit_id is None or actor.unit_id != instruction.event.office_id:
        return not_yours(_("Not registered."))
    if instruction.matter_id is not None:
        return Denied(
            Refused(
                _("Not registered again."),
                _("It is a matter already: %(matter)s.") % {"matter": instruction.matter},
                next_steps=(_("Reload the page to see what happened."),),
                code="already-filed",
            )
        )
    return matter_rules.may_draft(actor)


@rule
def may_set_limits(actor: Actor) -> Decision:
    """The secretary-general answers for the office's limits and lines of reporting."""
    if actor.unit_id is not None and actor.role == Role.SECRETARY_GENERAL and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not changed."),
            _("The secretary-general of the office changes this."),
            code="not-secretary-general",
        )
    )


@rule
def may_see_events(actor: Actor) -> Decision:
    """The pages of this desk."""
    from_desk = {*TAKING_ROLES, Role.LEADER, Role.SUPERVISION_OFFICER}
    if actor.unit_id is not None and actor.role in from_desk:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Urgent information is read by those who report and decide."),
            code="no-post",
        )
    )
