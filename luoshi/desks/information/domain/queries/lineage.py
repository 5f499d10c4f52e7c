"""The lineage of an item: suggestion → item → bulletin → adoption → instruction → matter → result
or rule, every link with its day and its evidence (B10, features row 74)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information.domain.fate.evidence import OWNER
from luoshi.desks.information.enums import ItemState
from luoshi.desks.information.models import Item
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.models import Matter

Text = str | Promise


@dataclass(frozen=True)
class Link:
    """One link: what, when, the words that say it, what shows it, its page ("" = none)."""

    step: Text
    on: date | None
    words: str
    evidence: str = ""
    url: str = ""
    files: tuple[Any, ...] = ()
    by: str = ""


def lineage(item: Item, actor: Actor) -> list[Link]:
    """The links by day, of a day in the order of the chain; nine queries at most. Matters are
    linked for those who see them."""
    adoptions = list(item.adoptions.order_by("on", "noted_at"))
    words = list(item.instructions.order_by("on", "noted_at"))
    handed = list(
        item.handovers.select_related("unit", "matter", "instruction").order_by("on", "noted_at")
    )
    results = list(item.results.order_by("on", "noted_at"))
    files = files_of(row.pk for row in (*adoptions, *words, *results) if row.files)
    matters = {row.matter_id for row in handed if row.matter_id}
    seen = (
        Matter.objects.visible_to(actor).filter(pk__in=matters)
        if matters
        else Matter.objects.none()
    )
    open_to = {matter.pk for matter in seen}
    found = [*beginnings(item), *issues(item)]
    for one in adoptions:
        step = _("Adopted, merged with others") if one.merged else _("Adopted")
        kept = files.get(one.pk, ())
        found.append(Link(step, one.on, str(one), one.evidence, files=kept, by=one.noted_by_name))
    for said in words:
        who = f"{said.leader_title}{said.leader_name}"
        told = f"{who}：{said.text}"
        kept = files.get(said.pk, ())
        found.append(
            Link(_("Instruction"), said.on, told, said.evidence, "", kept, said.noted_by_name)
        )
    for row in handed:
        matter = row.matter
        url = reverse("matters:matter", args=[matter.pk]) if matter and matter.pk in open_to else ""
        step = _("Became a matter") if matter else _("Handed to a unit")
        told = f"{row.unit}" + (f" · {matter}" if matter else "")
        found.append(Link(step, row.on, told, row.words, url, (), row.noted_by_name))
    for end in results:
        rule = f"《{end.rule_title}》{end.rule_number}" if end.rule_title else ""
        step = _("Rule or document") if rule else _("Result")
        told = " ".join(filter(None, (rule, end.text)))
        kept = files.get(end.pk, ())
        found.append(Link(step, end.on, told, end.evidence, "", kept, end.unit_name))
    return sorted(found, key=lambda link: link.on or item.submitted_on)


def beginnings(item: Item) -> Iterator[Link]:
    """The suggestion as it was sent in, with those that were merged into it."""
    first = item.versions.order_by("number").first()
    words = first.suggestion or first.title if first else item.title
    yield Link(_("Suggestion"), item.submitted_on, words, item.number, by=item.source)
    for one in item.merged.order_by("submitted_at"):
        yield Link(_("Merged into it"), one.submitted_on, one.title, one.number, by=one.source)
    if item.reviewed_at is not None:
        on, by = office_date(item.reviewed_at), item.reviewed_by_name
        back = item.state == ItemState.RETURNED
        state = str((ItemState.RETURNED if back else ItemState.ACCEPTED).label)
        yield Link(_("Reviewed"), on, state, item.reason, by=by)


def issues(item: Item) -> Iterator[Link]:
    """The issues it went out in, each with the digest of what was printed."""
    rows = item.entries.filter(issue__number__isnull=False).select_related("issue__series")
    for entry in rows.order_by("issue__issued_at"):
        issue = entry.issue
        url = reverse("information:issue", args=[issue.pk])
        told = f"SHA-256 {issue.digest[:16]}…"
        step, by = pgettext_lazy("issue", "Issued"), issue.issued_by_name
        yield Link(step, issue.issued_on, str(issue), told, url, (), by)


def files_of(keys: Iterator[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """The files that hang on rows, by row; one query."""
    found: dict[UUID, tuple[Any, ...]] = {}
    rows = Attachment.objects.filter(owner_kind=OWNER, owner_id__in=list(keys))
    for one in rows.defer("text", "search").order_by("created_at", "pk"):
        if one.owner_id is not None:
            found[one.owner_id] = (*found.get(one.owner_id, ()), one)
    return found


def fate_visible(actor: Actor, owner_id: UUID) -> bool:
    """Who may open a file of a link: whoever sees the item."""
    rows = Item.objects.visible_to(actor)
    return any(
        rows.filter(**{f"{name}__pk": owner_id}).exists()
        for name in ("adoptions", "instructions", "results")
    )
