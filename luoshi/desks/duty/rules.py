"""Who keeps the roster, who approves it, who writes the books of duty: predicates with reasons."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty.enums import OPEN_SWAPS, RosterState, SwapState
from luoshi.desks.duty.models import DutyPerson, Handover, LogNote, Roster, Shift, Swap
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role

KEEPING_ROLES = (Role.DUTY_OFFICER, Role.SECRETARY_GENERAL)
BOOK_ROLES = (*KEEPING_ROLES, Role.INFORMATION_OFFICER, Role.LEADER)
READING_ROLES = (*BOOK_ROLES, Role.SUPERVISION_OFFICER, Role.DOCUMENT_CLERK, *HANDLING_ROLES)
EARLY, LATE = timedelta(hours=1), timedelta(hours=2)
FEED_BACK = timedelta(days=31)  # so far back a calendar address shows duties
NOT_DONE = _("Not done.")


def forbidden(why: Text, step: Text, *, code: str, what: Text = NOT_DONE) -> Denied:
    """The post does not allow it."""
    return Denied(Forbidden(what, why, next_steps=(step,), code=code))


def refused(why: Text, step: Text, *, code: str, what: Text = NOT_DONE) -> Denied:
    """The state does not allow it."""
    return Denied(Refused(what, why, next_steps=(step,), code=code))


def keeps(actor: Actor, office_id: object) -> Decision:
    """The duty officer or the secretary-general of the office."""
    if actor.unit_id is not None and actor.unit_id == office_id and actor.role in KEEPING_ROLES:
        return ALLOWED
    return forbidden(
        _("The roster is kept by the duty officer and the secretary-general of the office."),
        _("Tell the duty officer."),
        code="not-keeping",
    )


def answers(actor: Actor, office_id: object) -> Decision:
    """The secretary-general in person."""
    if actor.unit_id == office_id and actor.role == Role.SECRETARY_GENERAL and actor.is_person:
        return ALLOWED
    return forbidden(
        _("The secretary-general of the office decides this."),
        _("Ask the secretary-general."),
        code="not-secretary-general",
    )


@rule
def may_see(actor: Actor) -> Decision:
    """Roster and people of the own office."""
    if actor.unit_id is not None and actor.role in READING_ROLES:
        return ALLOWED
    return forbidden(
        _("The roster is read by the posts of the office."),
        _("Choose another post."),
        code="no-post",
    )


@rule
def may_keep(actor: Actor) -> Decision:
    """People, leave, drafts."""
    return keeps(actor, actor.unit_id)


@rule
def may_set(actor: Actor) -> Decision:
    """The way the office is on duty."""
    return answers(actor, actor.unit_id)


@rule
def may_declare(actor: Actor) -> Decision:
    """A sensitive period for the office, and where it stands for its level all below it."""
    return answers(actor, actor.unit_id)


@rule
def may_keep_person(actor: Actor, person: DutyPerson) -> Decision:
    """A person on the office's own list."""
    return keeps(actor, person.office_id)


@rule
def may_feed(actor: Actor, person: DutyPerson) -> Decision:
    """One's own calendar address."""
    if holds(actor, person):
        return ALLOWED
    return forbidden(
        _("A calendar address belongs to the person alone."),
        _("Let that person make it."),
        code="not-yours",
    )


@rule
def may_end_feed(actor: Actor, person: DutyPerson) -> Decision:
    """One's own calendar address; who keeps the list ends anybody's."""
    return ALLOWED if holds(actor, person) else keeps(actor, person.office_id)


@rule
def may_draft(actor: Actor, roster: Roster) -> Decision:
    """While it is a draft nobody is working on."""
    decision = keeps(actor, roster.office_id)
    if not decision:
        return decision
    if roster.state == RosterState.SOLVING:
        return refused(
            _("The roster is being worked out at this moment."),
            _("Wait for the result; the page shows how far it is."),
            code="solving",
        )
    if roster.state != RosterState.DRAFT:
        return refused(
            _("The roster is %(state)s already.") % {"state": roster.get_state_display()},
            _("Take it back to draft, or change single shifts with a reason."),
            code="not-draft",
        )
    return ALLOWED


@rule
def may_edit(actor: Actor, shift: Shift) -> Decision:
    """One shift by hand: any roster that is not being worked out and a shift not over yet."""
    decision = keeps(actor, shift.office_id)
    if decision and shift.roster.state == RosterState.SOLVING:
        return refused(
            _("The roster is being worked out at this moment."),
            _("Wait for the result; the page shows how far it is."),
            code="solving",
        )
    return decision


@rule
def may_approve(actor: Actor, roster: Roster) -> Decision:
    """The secretary-general, not for a roster drawn up by the same person."""
    decision = answers(actor, roster.office_id)
    if not decision:
        return decision
    if roster.state != RosterState.DRAFT:
        return refused(
            _("The roster is %(state)s already.") % {"state": roster.get_state_display()},
            _("Reload the page to see what happened."),
            code="not-draft",
        )
    if roster.drafted_by_id is not None and roster.drafted_by_id == actor.person_id:
        return refused(
            _("Who drew the roster up does not approve it."),
            _("Let the duty officer draw it up, or another deputy approve it."),
            code="own-draft",
        )
    return ALLOWED


@rule
def may_publish(actor: Actor, roster: Roster) -> Decision:
    """Once approved."""
    decision = keeps(actor, roster.office_id)
    if decision and roster.state != RosterState.APPROVED:
        return refused(
            _("Only an approved roster is published."),
            _("Let the secretary-general approve it."),
            code="not-approved",
        )
    return decision


@rule
def may_take_back(actor: Actor, roster: Roster) -> Decision:
    """An approved or published roster becomes a draft again, by the secretary-general; one that is
    being worked out is stopped by who keeps it."""
    if roster.state == RosterState.SOLVING:
        return keeps(actor, roster.office_id)
    decision = answers(actor, roster.office_id)
    if decision and roster.state not in (RosterState.APPROVED, RosterState.PUBLISHED):
        return refused(
            _("It is a draft already."), _("Change it as it stands."), code="not-published"
        )
    return decision


def is_of(actor: Actor, person: DutyPerson | None) -> bool:
    """Whether the actor acts for this person, at a page or by a token."""
    if person is None or actor.person_id is None:
        return False
    return person.account_id == actor.person_id


def holds(actor: Actor, person: DutyPerson | None) -> bool:
    """Whether a shift's person is the actor in person."""
    return actor.is_person and is_of(actor, person)


@rule
def may_ask_swap(actor: Actor, shift: Shift) -> Decision:
    """Whose shift it is, or who keeps the roster for somebody without an account."""
    if actor.unit_id != shift.office_id or shift.roster.state != RosterState.PUBLISHED:
        return refused(
            _("Shifts of a published roster are swapped."),
            _("A draft is changed by hand."),
            code="not-published",
        )
    if holds(actor, shift.person) or (shift.person is not None and keeps(actor, shift.office_id)):
        return ALLOWED
    return forbidden(
        _("Whose shift it is asks for the swap."), _("Tell the duty officer."), code="not-yours"
    )


@rule
def may_answer_swap(actor: Actor, swap: Swap) -> Decision:
    """Who is asked; the keeper of the roster for somebody without an account."""
    if swap.state != SwapState.ASKED:
        return gone(swap)
    taker = swap.taker
    for_other = taker.account_id is None and bool(keeps(actor, taker.office_id))
    if holds(actor, taker) or for_other:
        return ALLOWED
    return forbidden(
        _("Who is asked answers."), _("Wait for the answer of the other."), code="not-yours"
    )


@rule
def may_decide_swap(actor: Actor, swap: Swap) -> Decision:
    """The office approves what both agreed to (R-DUT-5); not one of the two in person."""
    decision = keeps(actor, swap.shift.office_id)
    if not decision:
        return decision
    if swap.state != SwapState.AGREED:
        return gone(swap)
    if is_of(actor, swap.asker) or is_of(actor, swap.taker):
        return refused(
            _("Who swaps does not approve it."),
            _("Let another keeper of the roster decide."),
            code="own-swap",
        )
    return ALLOWED


@rule
def may_withdraw_swap(actor: Actor, swap: Swap) -> Decision:
    """Who asked, while nothing is decided."""
    if swap.state not in OPEN_SWAPS:
        return gone(swap)
    if holds(actor, swap.asker) or keeps(actor, swap.shift.office_id):
        return ALLOWED
    return forbidden(_("Who asked withdraws it."), _("Tell the duty officer."), code="not-yours")


def gone(swap: Swap) -> Denied:
    """It is in another state by now."""
    return refused(
        _("The swap is in another state: %(state)s.") % {"state": swap.get_state_display()},
        _("Reload the page to see what happened."),
        code="swap-moved",
    )


def on_duty(actor: Actor, at: datetime) -> bool:
    """Whether the actor is on duty at that instant, an hour before and two after included."""
    if not actor.is_person or actor.unit_id is None:
        return False
    rows = Shift.objects.in_force().filter(
        office_id=actor.unit_id,
        person__account_id=actor.person_id,
        starts_at__lte=at + EARLY,
        ends_at__gte=at - LATE,
    )
    return rows.exists()


@rule
def may_see_books(actor: Actor, at: datetime) -> Decision:
    """Log, hand-overs and checks: who answers for them, and whoever is on duty."""
    if actor.unit_id is not None and (actor.role in BOOK_ROLES or on_duty(actor, at)):
        return ALLOWED
    return forbidden(
        _("The log is read by those who are on duty and those who answer for it."),
        _("The roster says who is on duty."),
        code="not-on-duty",
    )


@rule
def may_write_books(actor: Actor, at: datetime) -> Decision:
    """The duty desk, and whoever is on duty."""
    if actor.unit_id is not None and (actor.role in KEEPING_ROLES or on_duty(actor, at)):
        return ALLOWED
    return forbidden(
        _("The log is written by who is on duty and by the duty desk."),
        _("Tell the duty officer."),
        code="not-on-duty",
    )


@rule
def may_settle(actor: Actor, note: LogNote, at: datetime) -> Decision:
    """An open line of the office's own log."""
    if actor.unit_id != note.office_id:
        return may_write_books(Actor.system("nobody"), at)
    if note.settled_at is not None or not note.pending:
        return refused(_("Nothing is open about this line."), _("Reload the page."), code="settled")
    return may_write_books(actor, at)


@rule
def may_hand_over(actor: Actor, shift: Shift) -> Decision:
    """Whose shift it is; the duty desk for somebody without an account."""
    if holds(actor, shift.person):
        return ALLOWED
    without = shift.person is not None and shift.person.account_id is None
    if without and keeps(actor, shift.office_id):
        return ALLOWED
    return forbidden(
        _("Who was on duty hands over."), _("The roster says who that is."), code="not-yours"
    )


@rule
def may_take_over(actor: Actor, handover: Handover) -> Decision:
    """Who comes on duty; the duty desk for somebody without an account; once."""
    if handover.taken_at is not None:
        return refused(_("It is signed by both already."), _("Reload the page."), code="taken")
    if holds(actor, handover.taker):
        return ALLOWED
    if handover.taker.account_id is None and keeps(actor, handover.office_id):
        return ALLOWED
    return forbidden(
        _("Who comes on duty signs for it."), _("The roster says who that is."), code="not-yours"
    )
