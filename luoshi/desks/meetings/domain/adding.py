"""Add an obligation the reading missed: by its place in the text, or by its words alone."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.rereading import reread
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.enums import DraftState, Shape
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused

SHORTEST, LONGEST = 4, 2000
WHY = ("由督查人员补充", "added by the officer")


def place_of(document: SourceDocument, words: str) -> tuple[int, int]:
    """Where copied words stand: at their first place that no draft holds yet, else at their first.
    Refused: words that are not in the text."""
    wanted = words.replace("\r\n", "\n").strip()
    spans = list(document.items.exclude(state=DraftState.MERGED).values_list("start", "end"))
    found = []
    at = document.text.find(wanted) if len(wanted) >= SHORTEST else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = document.text.find(wanted, at + 1)
    if not found:
        raise Invalid(
            _("Not added."), {"words": [_("Copy the sentence exactly as it stands in the text.")]}
        )
    free = [(s, e) for s, e in found if not any(low < e and high > s for low, high in spans)]
    return (free or found)[0]


def selected(document: SourceDocument, start: int, end: int, words: str) -> tuple[int, int]:
    """The selected place without blanks at its ends. Refused: words that stand elsewhere, as when
    the page was not the present one; nothing selected, or far too much."""
    text = document.text[start:end] if 0 <= start < end <= len(document.text) else ""
    if "".join(text.split()) != "".join(words.split()):
        raise Invalid(
            _("Not added: these words do not stand at the selected place."),
            {"words": [_("Open the page again and select the sentence once more.")]},
        )
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    if not SHORTEST <= end - start <= LONGEST:
        raise Invalid(_("Not added."), {"words": [_("Select the sentence in the text first.")]})
    return start, end


def add_missed(
    *, document: SourceDocument, start: int, end: int, words: str, actor: Actor, at: datetime
) -> DraftItem:
    """Add an obligation the reading missed, by its span; `words` are what the officer saw there.
    It is to check. Refused: a span whose words are others, one that is a draft already."""
    ensure(rules.may_check(actor, document))
    with acting(actor=actor, at=at):
        step = opened(document.pk, actor, at)
        low, high = selected(step.document, start, end, words)
        rows = step.document.items.exclude(state=DraftState.MERGED)
        same = rows.filter(start=low, end=high).first()
        if same is not None:
            raise Refused(
                _("Not added: this is draft %(number)d already.") % {"number": same.number},
                next_steps=(_("Open that draft; a rejected one can be undone."),),
                code="drafted-already",
            )
        last = step.document.items.aggregate(last=Max("number"))["last"] or 0
        row = reread(step.document, low, high, last + 1, WHY)
        row.shape = Shape.ADDED
        step.put(row)
        after = {"draft": row.number}
        record("meetings.added", actor=actor, at=at, obj=step.document, after=after)
        step.close("meetings.added", reshaped=True)
    return row
