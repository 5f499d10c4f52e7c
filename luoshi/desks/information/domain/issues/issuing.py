"""Send an issue out: its number, its content frozen with its digest (S2-52…54, features row 55).

Changes: the issue has the next number of its series and year, which is never given again; its items
are issued; their senders are told. Refused: an empty issue, no signer, a near-duplicate that came
up meanwhile without a reason, an issue that is out.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.issues.putting_together import locked_issue
from luoshi.desks.information.domain.items.knowing import know_likeness
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.enums import ITEM_GOOD, IssueState, ItemState
from luoshi.desks.information.models import BulletinSeries, Issue, IssueItem, Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.hashing import canonical
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date


def issue_out(*, issue: Issue, signer: str, actor: Actor, at: datetime, despite: str = "") -> Issue:
    """Number it, freeze it, tell the senders."""
    ensure(rules.may_issue(actor, issue))
    what = _("Not issued: something is missing.")
    signed = fitted(Issue, "signer", signer, what=what, missing=_("Name who signs the issue."))
    with acting(actor=actor, at=at):
        series = BulletinSeries.objects.select_for_update(no_key=True).get(pk=issue.series_id)
        row = locked_issue(issue)
        ensure(rules.may_issue(actor, row))
        # held before their words are read: what is printed is what stays saved
        held = Item.objects.select_for_update(no_key=True, of=("self",))
        list(held.filter(entries__issue=row).order_by("pk").values_list("pk"))
        entries = list(row.entries.select_related("item__author").order_by("place", "pk"))
        refuse_unfit(entries)
        for entry in entries:
            know_likeness(entry.item, despite, actor=actor, at=at)
        on = office_date(at)
        row.year, row.number = on.year, next_of(series, on.year)
        row.state, row.signer = IssueState.ISSUED, signed
        row.issued_by_name, row.issued_at, row.issued_on = actor.person_name, at, on
        row.content = content_of(row, entries)
        row.digest = digest_of(row.content)
        row.save()
        for entry in entries:
            go_out(entry.item, row, at)
        after = {"issue": str(row), "items": len(entries), "sha256": row.digest}
        record("information.issued", actor=actor, at=at, obj=row, after=after)
        for entry in entries:
            told = {"issue": str(row)}
            record("information.item_issued", actor=actor, at=at, obj=entry.item, after=told)
    return row


def refuse_unfit(entries: list[IssueItem]) -> None:
    """Refuse an empty issue, and one with an item that was merged or sent back meanwhile."""
    what = _("Not issued.")
    if not entries:
        raise Invalid(what, {"": [_("Place at least one item in the issue.")]})
    bad = [str(entry.item) for entry in entries if entry.item.state not in ITEM_GOOD]
    if bad:
        why = _("No longer accepted: %(items)s. Take it out.") % {"items": "、".join(bad)}
        raise Invalid(what, {"": [why]})


def next_of(series: BulletinSeries, year: int) -> int:
    """The next number of a series in a year; an issue that is out stays, so none comes twice. The
    series is locked."""
    last = series.issues.filter(year=year).order_by("-number").first()
    return (last.number or 0) + 1 if last else 1


def content_of(issue: Issue, entries: list[IssueItem]) -> dict[str, Any]:
    """What goes out, word for word."""
    series = issue.series
    earlier = series.issues.filter(state=IssueState.ISSUED).exclude(pk=issue.pk).count()
    return {
        "title": series.title,
        "mark": series.mark,
        "office": series.office.name,
        "copies": series.copies,
        "year": issue.year,
        "number": issue.number,
        "total": earlier + 1,
        "on": issue.issued_on.isoformat() if issue.issued_on else "",
        "signer": issue.signer,
        "items": [said(entry.item, place) for place, entry in enumerate(entries, 1)],
    }


def said(item: Item, place: int) -> dict[str, Any]:
    """An item as it is printed."""
    return {
        "place": place,
        "item": str(item.pk),
        "number": item.number,
        "version": item.version,
        "title": item.title,
        "text": item.text,
        "analysis": item.analysis,
        "suggestion": item.suggestion,
        "source": item.source,
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the frozen content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def go_out(item: Item, issue: Issue, at: datetime) -> None:
    """The item is issued; its first day is kept."""
    item.state = ItemState.ISSUED
    item.issued_on = item.issued_on or issue.issued_on
    item.save(update_fields=("state", "issued_on"))
    told = f"{issue}"
    tell_senders(item, (f"信息刊发于{told}", f"Issued in {told}"), f"issued{issue.pk}", at=at)
