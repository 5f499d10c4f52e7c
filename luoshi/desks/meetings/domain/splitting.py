"""Split one draft into two where its sentence holds two duties (ui.md 5.4)."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.rereading import LATER, reread
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.enums import Shape
from luoshi.desks.meetings.models import DraftItem
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

WHY = ("由督查人员拆分", "split by the officer")
BREAK = re.compile(r"[，；。：,;]")
SHORTEST = 6


def cuts(item: DraftItem, text: str) -> Iterator[int]:
    """Offsets right after a mark of punctuation, with enough words on both sides."""
    for match in BREAK.finditer(text, item.start, item.end):
        if match.end() - item.start >= SHORTEST and item.end - match.end() >= SHORTEST:
            yield match.end()


def places(item: DraftItem, text: str) -> list[tuple[int, str]]:
    """Where a draft may be cut: the offset and the words of the second part."""
    return [(at, text[at : item.end].strip()) for at in cuts(item, text)]


def split(*, item: DraftItem, offset: int, actor: Actor, at: datetime) -> DraftItem:
    """Cut a draft in two; both are read anew and are to check. Returns the second. Refused: a
    place that is none of `places`, a draft changed meanwhile, a draft that is a matter."""
    ensure(rules.may_decide(actor, item))
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        row = step.take(item)
        document = step.document
        if offset not in cuts(row, document.text):
            raise Invalid(_("Not split."), {"offset": [_("Choose one of the places shown.")]})
        last = document.items.aggregate(last=Max("number"))["last"]
        second = part(row, offset, row.end, last + 1)
        first = part(row, row.start, offset, row.number)
        for name in LATER:
            setattr(row, name, getattr(first, name))
        step.put(row, second)
        after = {"draft": row.number, "second": second.number}
        record("meetings.split", actor=actor, at=at, obj=document, after=after)
        step.close("meetings.split", reshaped=True)
    return second


def part(row: DraftItem, start: int, end: int, number: int) -> DraftItem:
    """One part of a draft, read by itself; a part without a subject or an addressee keeps the
    whole's."""
    made = reread(row.document, start, end, number, WHY)
    made.units = made.units or row.units
    if not (made.report_to or made.copy_to):
        made.report_to, made.copy_to = row.report_to, row.copy_to
    made.shape = Shape.SPLIT
    return made
