"""Merge a draft with one that follows it, where two sentences hold one duty."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.enums import DraftState, Shape
from luoshi.desks.meetings.models import DraftItem
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused

WHY = ["由督查人员合并", "merged by the officer"]
CHOICES = 3
TITLE = 200


def partners(item: DraftItem) -> list[DraftItem]:
    """What a draft may be merged with: the next ones in the order of the text that are neither
    matters nor rejected; the nearest full draft first."""
    later = Q(start__gt=item.start) | Q(start=item.start, number__gt=item.number)
    rows = item.document.items.filter(later, matter=None)
    found = rows.exclude(state__in=(DraftState.MERGED, DraftState.REJECTED))[:CHOICES]
    return sorted(found, key=lambda one: one.band != "draft")


def merge(*, item: DraftItem, other: DraftItem, actor: Actor, at: datetime) -> DraftItem:
    """Join `other` to `item`: its words, limits, units and addressees are united there, to check;
    `other` stays as merged. Returns the joined draft. Refused: a draft with itself, one of another
    document, either changed meanwhile, either a matter already."""
    ensure(rules.may_decide(actor, item))
    ensure(rules.may_decide(actor, other))
    if item.pk == other.pk or item.document_id != other.document_id:
        raise Refused(
            _("Not merged: choose another draft of this document."), code="nothing-to-merge"
        )
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        row, second = step.take(item), step.take(other)
        join(row, second)
        second.state, second.reason = DraftState.MERGED, ""
        second.decided_by_name = actor.person_name
        step.put(row, second)
        after = {"draft": row.number, "second": second.number}
        record("meetings.merged", actor=actor, at=at, obj=step.document, after=after)
        step.close("meetings.merged", reshaped=True)
    return row


def join(row: DraftItem, second: DraftItem) -> None:
    """Unite two drafts in the first; the text between them belongs to it."""
    first_in_text, later = sorted((row, second), key=lambda one: (one.start, one.number))
    row.title = united_title(first_in_text.title, later.title)
    row.start, row.end = first_in_text.start, max(row.end, second.end)
    row.band, row.state, row.reason, row.decided_by_name = "draft", DraftState.TO_CHECK, "", ""
    row.rules = united(row.rules, second.rules)
    unsaid = united(*(one.original.get("assumed", []) for one in (row, second)))
    row.original = row.original | {"assumed": unsaid}
    row.units = units_of(row.units, second.units)
    row.report_to = united(row.report_to, second.report_to)
    row.copy_to = united(row.copy_to, second.copy_to)
    row.spans = united(row.spans, second.spans)
    row.vague = united(row.vague, second.vague)
    row.why = united(united(row.why, second.why), [WHY])
    row.edited = row.edited or second.edited
    row.shape = Shape.JOINED


def united_title(first: str, second: str) -> str:
    """Both titles; the same words stand once."""
    return (first if second in first else f"{first}；{second}")[:TITLE]


def united(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Everything once, in order."""
    found = list(first)
    found.extend(one for one in second if one not in found)
    return found


def units_of(first: Sequence[dict[str, str]], second: Sequence[dict[str, str]]) -> list[Any]:
    """Each unit once; who leads in one of them leads."""
    roles: dict[str, str] = {}
    for unit in [*first, *second]:
        joint = unit["role"] == "cooperating"
        if unit["name"] not in roles or (roles[unit["name"]] == "cooperating" and not joint):
            roles[unit["name"]] = unit["role"]
    return [{"name": name, "role": role} for name, role in roles.items()]
