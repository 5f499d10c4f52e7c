"""Split one draft into two where its sentence holds two duties (ui.md 5.4)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.domain.noting import note
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.checking import ensure_unchanged, locked
from luoshi.desks.meetings.domain.uploading import item_of
from luoshi.desks.meetings.models import DraftItem
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.reading.drafts import Draft
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions

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
    place that is none of `places`, a draft decided meanwhile, a draft that is a matter."""
    ensure(rules.may_decide(actor, item))
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_decide(actor, row))
        ensure_unchanged(row, item.revision)
        document = row.document
        if offset not in cuts(row, document.text):
            raise Invalid(_("Not split."), {"offset": [_("Choose one of the places shown.")]})
        last = document.items.aggregate(last=Max("number"))["last"]
        second = part(row, offset, row.end, last + 1)
        second.save(force_insert=True)
        first = part(row, row.start, offset, row.number)
        first.pk, first.revision, first.original = row.pk, row.revision + 1, row.original
        first.save(force_update=True)
        note(first, at=at)
        after = {"draft": row.number, "second": second.number}
        record("meetings.split", actor=actor, at=at, obj=document, after=after)
    return second


def part(row: DraftItem, start: int, end: int, number: int) -> DraftItem:
    """One part of a draft, read by itself; a part without a subject keeps the whole's units."""
    text = row.document.text[start:end]
    draft = Draft(
        start=start,
        end=end,
        text=text,
        band="draft",
        score=0.0,
        times=tuple(
            replace(one, start=one.start + start, end=one.end + start) for one in find_times(text)
        ),
        units=tuple(
            replace(one, start=one.start + start, end=one.end + start) for one in mentions(text)
        ),
        why=(("由经办人拆分", "split by the officer"),),
    )
    made = item_of(row.document, number, draft)
    made.units = made.units or row.units
    return made
