"""Items, their versions, their fate and their lineage as JSON objects."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.wording import words_of
from luoshi.desks.information.domain.queries.likeness import Like
from luoshi.desks.information.domain.queries.lineage import Link
from luoshi.desks.information.enums import Criterion
from luoshi.desks.information.models import Handover, Item, ItemVersion
from luoshi.desks.information.models.fate import Evidenced
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.models import Matter

DAYS = ("issued_on", "adopted_on", "instructed_on", "handled_on")


def line(row: Item) -> dict[str, Any]:
    """An item as a JSON object of the list; no query."""
    names = ("number", "kind", "channel", "title", "topic", "state")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "unit": row.unit_name,
        "author": row.author_name,
        "submitted_at": instant(row.submitted_at),
        **{name: day.isoformat() if (day := getattr(row, name)) else None for name in DAYS},
    }


def shaped(row: Item, actor: Actor, at: datetime) -> dict[str, Any]:
    """An item as a JSON object of its own, as far as the actor sees its fate; eight queries."""
    out = row.entries.filter(issue__number__isnull=False).select_related("issue__series")
    desk = bool(rules.may_open_desk(actor)) and actor.unit_id == row.office_id
    said = ("text", "analysis", "suggestion", "research", "version", "reason")
    return (
        line(row)
        | {name: getattr(row, name) for name in said}
        | {
            "characters": words_of(row).characters,
            "office": str(row.office),
            "copied_to": str(row.copied) if row.copied else None,
            "about": list(row.about.order_by("code").values_list("code", flat=True)),
            "topic_id": str(row.request_id) if row.request_id else None,
            "merged_into": str(row.merged_into_id) if desk and row.merged_into_id else None,
            "criteria": [
                {"criterion": one.value, **row.criteria[one.value]}
                for one in Criterion
                if one.value in row.criteria
            ],
            "issues": [str(one.issue) for one in out.order_by("issue__issued_at")],
            **fate(row, actor, at),
        }
    )


def fate(row: Item, actor: Actor, at: datetime) -> dict[str, Any]:
    """What became of it, by day; the keys of matters for those who see them."""
    order = ("on", "noted_at")
    words: list[Any] = list(row.instructions.select_related("matter").order_by(*order))
    handed: list[Any] = list(
        row.handovers.select_related("unit", "matter").prefetch_related("results").order_by(*order)
    )
    keys = {one.matter_id for one in (*words, *handed) if one.matter_id}
    seen = Matter.objects.visible_to(actor).filter(pk__in=keys) if keys else Matter.objects.none()
    open_to = {matter.pk for matter in seen.only("pk")}

    today = office_date(at)
    return {
        "adoptions": [adoption(one) for one in row.adoptions.order_by(*order)],
        "instructions": [
            shown(one)
            | {name: getattr(one, name) for name in ("tier", "leader_title", "text")}
            | {"leader": one.leader_name, **matter(one, open_to)}
            for one in words
        ],
        "handovers": [handover(one, today) | matter(one, open_to) for one in handed],
        "results": [
            shown(one)
            | {name: getattr(one, name) for name in ("text", "rule_title", "rule_number")}
            | {
                "unit": one.unit_name,
                "handover_id": str(one.handover_id) if one.handover_id else None,
            }
            for one in row.results.order_by(*order)
        ],
    }


def matter(one: Any, open_to: Collection[UUID]) -> dict[str, str | None]:
    """The matter a step led to: its number, its key for those who see it."""
    known = one.matter_id is not None
    return {
        "matter": one.matter.number if known else None,
        "matter_id": str(one.matter_id) if one.matter_id in open_to else None,
    }


def handover(one: Handover, today: date) -> dict[str, Any]:
    """Handed to a unit; the unit and the results are read with it."""
    return {
        "id": str(one.pk),
        "unit": str(one.unit),
        "unit_code": one.unit.code,
        "way": one.way,
        "words": one.words,
        "on": one.on.isoformat(),
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "late": one.overdue(today),
        "noted_by": one.noted_by_name,
        "noted_at": instant(one.noted_at),
    }


def shown(row: Evidenced) -> dict[str, Any]:
    """The day and the evidence of a step."""
    return {
        "id": str(row.pk),
        "on": row.on.isoformat(),
        "evidence": row.evidence,
        "files": row.files,
        "noted_by": row.noted_by_name,
        "noted_at": instant(row.noted_at),
    }


def adoption(row: Any) -> dict[str, Any]:
    """An adoption."""
    names = ("tier", "publication", "issue", "merged")
    said = {name: getattr(row, name) for name in names}
    return shown(row) | said | {"adopter": row.adopter_name}


def version(row: ItemVersion) -> dict[str, Any]:
    """The words as they stood."""
    names = ("number", "title", "text", "analysis", "suggestion", "why", "by_author")
    said = {name: getattr(row, name) for name in names}
    return said | {"by": row.by_name, "at": instant(row.at)}


def likes(found: Iterable[Like]) -> dict[str, Any]:
    """Items that say nearly the same."""
    return {
        "items": [
            {
                "id": str(one.item.pk),
                "number": one.item.number,
                "title": one.item.title,
                "unit": one.item.unit_name,
                "state": one.item.state,
                "percent": one.percent,
                "near": one.near,
            }
            for one in found
        ]
    }


def link(one: Link) -> dict[str, Any]:
    """One link of the lineage, in the reader's language."""
    return {
        "step": str(one.step),
        "on": one.on.isoformat() if one.on else None,
        "words": one.words,
        "evidence": one.evidence,
        "page": one.url,
        "files": [file.name for file in one.files],
        "by": one.by,
    }
