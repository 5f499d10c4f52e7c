"""Who submits, reviews, edits, follows an item: predicates with reasons (features rows 55, 58)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information.enums import ITEM_GOOD, Channel, ItemState
from luoshi.desks.information.models import (
    BOOK_ROLES,
    EDITING_ROLES,
    SENDING_ROLES,
    EngagedOfficer,
    Item,
)
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused, Text
from luoshi.supervision.matters import rules as matter_rules


def engagements(actor: Actor) -> list[EngagedOfficer]:
    """The person's engagements, the latest first; one query. None for whoever acts in a post."""
    if actor.person_id is None or actor.role:
        return []
    rows = EngagedOfficer.objects.filter(person_id=actor.person_id).select_related("office", "unit")
    return list(rows.order_by("-since", "pk"))


def engaged(actor: Actor, on: date) -> EngagedOfficer | None:
    """The engagement of the person on a day, the latest where there are several; one query."""
    return next((row for row in engagements(actor) if row.holds(on)), None)


def not_desk(what: Text) -> Denied:
    """Another office's book, or a post that does not edit."""
    return Denied(
        Forbidden(
            what,
            _("The information officers and the secretary-general of the office do this."),
            next_steps=(_("Tell the information officer of the office."),),
            code="not-information-desk",
        )
    )


def edits(actor: Actor, item: Item, what: Text) -> Decision:
    """An editing post of the office whose book it is; a merged item goes on in the other."""
    if actor.unit_id is None or actor.unit_id != item.office_id or actor.role not in EDITING_ROLES:
        return not_desk(what)
    if item.state == ItemState.MERGED:
        return Denied(
            Refused(
                what,
                _("It was merged into %(number)s.") % {"number": str(item.merged_into)},
                next_steps=(_("Go on there."),),
                code="merged",
            )
        )
    return ALLOWED


def in_state(item: Item, states: tuple[str, ...], what: Text, code: str) -> Decision:
    """Allowed in these states alone."""
    if item.state in states:
        return ALLOWED
    return Denied(
        Refused(
            what,
            _("The item stands at “%(state)s”.") % {"state": item.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code=code,
        )
    )


@rule
def may_submit(actor: Actor, on: date, held: Sequence[EngagedOfficer] | None = None) -> Decision:
    """Posts of a unit but leaders, and officers while they are engaged (S3-99); `held` are the
    actor's engagements where a page has asked for them already."""
    if actor.unit_id is not None and actor.role in SENDING_ROLES:
        return ALLOWED
    if any(row.holds(on) for row in (engagements(actor) if held is None else held)):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not submitted."),
            _("Units, direct-report points, members and engaged officers submit information."),
            next_steps=(_("Ask the information desk to engage you."),),
            code="not-submitting",
        )
    )


@rule
def may_see_items(actor: Actor, held: Sequence[EngagedOfficer] | None = None) -> Decision:
    """The list: who submits or keeps a book, each what its sight gives; a former officer still
    sees what became of the items that were sent in. `held` as in `may_submit`."""
    if actor.unit_id is not None and actor.role in {*BOOK_ROLES, *SENDING_ROLES}:
        return ALLOWED
    if engagements(actor) if held is None else held:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("Information is read by those who submit it and by the office it is sent to."),
            code="no-post",
        )
    )


@rule
def may_see_book(actor: Actor) -> Decision:
    """An office's bulletins, figures and scores: those who keep or read its book."""
    if actor.unit_id is not None and actor.role in BOOK_ROLES:
        return ALLOWED
    return not_desk(_("Not shown."))


@rule
def may_open_desk(actor: Actor) -> Decision:
    """What only editors need: near-duplicates, engaged officers, quotas."""
    if actor.unit_id is not None and actor.role in EDITING_ROLES:
        return ALLOWED
    return not_desk(_("Not shown."))


@rule
def may_edit(actor: Actor, item: Item) -> Decision:
    """The desk, until an issue with it is out."""
    decision = edits(actor, item, _("Not changed."))
    open_states = (ItemState.SUBMITTED, ItemState.ACCEPTED)
    if decision:
        return in_state(item, open_states, _("Not changed."), "not-editable")
    return decision


@rule
def may_review(actor: Actor, item: Item) -> Decision:
    """The desk, once; whoever sent it, or sent it again in the author's place, does not judge it. A
    judgement is a person's."""
    what = _("Not reviewed.")
    decision = edits(actor, item, what)
    if not decision:
        return decision
    if not actor.is_person:
        return Denied(Forbidden(what, _("A person reviews an item."), code="person-needed"))
    if item.author_id == actor.person_id or resent_by(actor, item):
        return Denied(
            Forbidden(
                what,
                _("You submitted this item yourself."),
                next_steps=(_("Another editor of the office reviews it."),),
                code="own-item",
            )
        )
    return in_state(item, (ItemState.SUBMITTED,), what, "reviewed")


def resent_by(actor: Actor, item: Item) -> bool:
    """Whether the words as they stand are the actor's, sent again for a colleague of the unit."""
    if item.version == 1 or item.unit_id != actor.unit_id:
        return False
    newest = item.versions.filter(number=item.version, by_author=True)
    return bool(newest.filter(by_name=actor.person_name).exists())


@rule
def may_resend(actor: Actor, item: Item) -> Decision:
    """The author, or a colleague of the unit, while it is sent back; a member's or an officer's
    words are nobody else's (S3-99)."""
    own = item.author_id is not None and item.author_id == actor.person_id
    unit = item.unit_id is not None and item.unit_id == actor.unit_id
    shared = unit and item.officer_id is None and item.channel != Channel.MEMBER
    if not own and not (shared and actor.role in SENDING_ROLES):
        return not_desk(_("Not sent."))
    return in_state(item, (ItemState.RETURNED,), _("Not sent."), "not-returned")


@rule
def may_merge_items(actor: Actor, item: Item) -> Decision:
    """The desk, before it went out."""
    what = pgettext_lazy("information", "Not merged.")
    decision = edits(actor, item, what)
    if decision:
        return in_state(item, (ItemState.SUBMITTED, ItemState.ACCEPTED), what, "not-mergeable")
    return decision


@rule
def may_follow(actor: Actor, item: Item) -> Decision:
    """Note an adoption, a leader's words or a result: the desk, of what was accepted."""
    what = _("Not written down.")
    decision = edits(actor, item, what)
    if decision:
        return in_state(item, ITEM_GOOD, what, "not-accepted")
    return decision


@rule
def may_hand(actor: Actor, item: Item) -> Decision:
    """Send a request: the desk; those who register matters of the office may as well."""
    what = pgettext_lazy("item", "Not handed over.")
    own = actor.unit_id is not None and actor.unit_id == item.office_id
    decision = ALLOWED if own and matter_rules.may_draft(actor) else edits(actor, item, what)
    if decision:
        return in_state(item, ITEM_GOOD, what, "not-accepted")
    return decision


@rule
def may_become_matter(actor: Actor, item: Item) -> Decision:
    """Those who register matters in the office whose book it is."""
    if actor.unit_id is None or actor.unit_id != item.office_id:
        return not_desk(_("Not registered."))
    decision = matter_rules.may_draft(actor)
    if decision:
        return in_state(item, ITEM_GOOD, _("Not registered."), "not-accepted")
    return decision


@rule
def may_answer(actor: Actor, item: Item) -> Decision:
    """Say what became of it: the desk, or a unit it was handed to."""
    sends = actor.unit_id is not None and actor.role in SENDING_ROLES
    if sends and item.handovers.filter(unit_id=actor.unit_id).exists():
        return ALLOWED
    return may_follow(actor, item)
