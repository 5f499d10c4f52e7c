"""Put an issue together: a series, a draft, items in their order (S2-53, features row 55).

Changes: a series; a draft issue; an item's place in it. Refused: other offices, an item that is not
accepted, one that has gone out in this series, a near-duplicate without a reason.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.knowing import know_likeness
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.enums import ITEM_GOOD
from luoshi.desks.information.models import BulletinSeries, Issue, IssueItem, Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused


def make_series(
    *, title: str, mark: str, copies: str, actor: Actor, at: datetime
) -> BulletinSeries:
    """A bulletin of the office; `mark` is what its red head says, empty: its title."""
    ensure(rules.may_put_together(actor))
    what = _("Not saved.")
    name = title.strip().strip("《》")
    name = fitted(
        BulletinSeries, "title", name, what=what, missing=_("Give the bulletin its name.")
    )
    head = fitted(BulletinSeries, "mark", mark.strip() or name, what=what)
    to = fitted(BulletinSeries, "copies", copies, what=what)
    with acting(actor=actor, at=at):
        if BulletinSeries.objects.filter(office_id=actor.unit_id, title=name).exists():
            raise Invalid(what, {"title": [_("There is a bulletin of this name.")]})
        row = BulletinSeries.objects.create(
            office_id=actor.unit_id,
            title=name,
            mark=head,
            copies=to,
            made_by_name=actor.person_name,
            made_at=at,
        )
        record("information.series_made", actor=actor, at=at, obj=row, after={"title": name})
    return row


def begin(*, series: BulletinSeries, actor: Actor, at: datetime) -> Issue:
    """The next issue of a series; the one that is being put together, where there is one."""
    ensure(rules.may_put_together(actor))
    if series.office_id != actor.unit_id:
        raise Invalid(_("Not saved."), {"series": [_("Choose a bulletin of your office.")]})
    with acting(actor=actor, at=at):
        BulletinSeries.objects.select_for_update(no_key=True).get(pk=series.pk)
        found: Issue | None = series.issues.filter(number=None).first()
        if found is not None:
            return found
        row = Issue.objects.create(series=series, begun_by_name=actor.person_name, begun_at=at)
        record("information.issue_begun", actor=actor, at=at, obj=row)
    return row


def put_in(*, issue: Issue, item: Item, actor: Actor, at: datetime, despite: str = "") -> IssueItem:
    """An item as the last of an issue."""
    ensure(rules.may_put_together(actor, issue))
    with acting(actor=actor, at=at):
        draft = locked_issue(issue)
        ensure(rules.may_put_together(actor, draft))
        row = locked(item)
        refuse_unfit(draft, row)
        know_likeness(row, despite, actor=actor, at=at)
        last = draft.entries.order_by("-place").first()
        made = IssueItem.objects.create(
            issue=draft,
            series=draft.series,
            item=row,
            place=(last.place if last else 0) + 1,
            placed_by_name=actor.person_name,
        )
        record("information.placed", actor=actor, at=at, obj=row, after={"issue": str(draft)})
    return made


def refuse_unfit(issue: Issue, item: Item) -> None:
    """Refuse what cannot stand in this issue."""
    what = _("Not placed.")
    if item.office_id != issue.series.office_id or item.state not in ITEM_GOOD:
        raise Invalid(what, {"item": [_("Choose an item of this office that was accepted.")]})
    known = IssueItem.objects.filter(series=issue.series, item=item).select_related("issue__series")
    found = known.first()
    if found is not None:
        raise Refused(
            what,
            _("It stands in %(issue)s: an item goes out once in a series.")
            % {"issue": str(found.issue)},
            next_steps=(_("Another bulletin of the office may still issue it."),),
            code="once-per-series",
        )


def take_out(*, issue: Issue, item: Item, actor: Actor, at: datetime) -> None:
    """Take an item out of a draft; the others keep their order."""
    ensure(rules.may_put_together(actor, issue))
    with acting(actor=actor, at=at):
        draft = locked_issue(issue)
        ensure(rules.may_put_together(actor, draft))
        gone, _rows = draft.entries.filter(item=item).delete()
        if not gone:
            raise Invalid(_("Not changed."), {"item": [_("It does not stand in this issue.")]})
        order(draft, [one.pk for one in draft.entries.order_by("place", "pk")])
        record("information.taken_out", actor=actor, at=at, obj=item, after={"issue": str(draft)})


def move_up(*, issue: Issue, item: Item, actor: Actor, at: datetime) -> None:
    """One place forward; the first stays where it is."""
    ensure(rules.may_put_together(actor, issue))
    with acting(actor=actor, at=at):
        draft = locked_issue(issue)
        ensure(rules.may_put_together(actor, draft))
        entries = list(draft.entries.order_by("place", "pk"))
        at_place = next((n for n, one in enumerate(entries) if one.item_id == item.pk), None)
        if at_place is None:
            raise Invalid(_("Not changed."), {"item": [_("It does not stand in this issue.")]})
        keys = [one.pk for one in entries]
        if at_place:
            keys[at_place - 1], keys[at_place] = keys[at_place], keys[at_place - 1]
        order(draft, keys)
        after = {"issue": str(draft), "place": max(1, at_place)}
        record("information.moved", actor=actor, at=at, obj=item, after=after)


def order(issue: Issue, keys: list[UUID]) -> None:
    """Places 1, 2, 3 … in the order of the keys."""
    rows = {one.pk: one for one in issue.entries.all()}
    for place, key in enumerate(keys, 1):
        rows[key].place = place
    IssueItem.objects.bulk_update(rows.values(), ["place"])


def locked_issue(issue: Issue) -> Issue:
    """The issue under lock."""
    rows = Issue.objects.select_for_update(no_key=True, of=("self",))
    found: Issue = rows.select_related("series__office").get(pk=issue.pk)
    return found
