"""Locks of this desk, in one order: the issue, then its items."""

from luoshi.desks.publications.models import Issue, Item


def locked(issue: Issue) -> Issue:
    """The issue as it is now, until the act ends."""
    rows = Issue.objects.select_for_update(no_key=True, of=("self",))
    found: Issue = rows.select_related("publication", "office").get(pk=issue.pk)
    return found


def locked_item(item: Item, into: Issue | None = None) -> Item:
    """The item as it is now, behind the locks of its issue and of the one it goes into, held in
    the order of their keys: two people who move two items the opposite ways wait, and go on."""
    keys = {item.issue_id, into.pk if into else None} - {None}
    list(Issue.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    rows = Item.objects.select_for_update(no_key=True, of=("self",))
    found: Item = rows.select_related("issue__publication", "publication").get(pk=item.pk)
    return found
