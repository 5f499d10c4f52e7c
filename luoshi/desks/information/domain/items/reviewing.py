"""Review an item by the four criteria 有价值、有见地、有特色、有创新 (S3-93, features row 61).

Changes: the marks, accepted for issuing or sent back with the reason; the sender is told. Refused:
one's own item, a criterion without its mark, a "no" without a word, sending back without a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.enums import MARK_POINTS, Criterion, ItemState, Mark
from luoshi.desks.information.models import Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text

LONGEST = 200


@dataclass(frozen=True)
class Judgement:
    """The review form: a mark and a word for every criterion, what follows, and why."""

    accept: bool
    marks: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def review(*, item: Item, judgement: Judgement, actor: Actor, at: datetime) -> Item:
    """Accept for issuing, or send back."""
    ensure(rules.may_review(actor, item))
    what = _("Not reviewed: something is missing.")
    missing = "" if judgement.accept else _("Say what the author should change.")
    reason = fitted(Item, "reason", judgement.reason, what=what, missing=missing)
    checked(judgement, what)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_review(actor, row))
        row.criteria = {
            one.value: {
                "mark": judgement.marks[one.value],
                "words": judgement.words.get(one.value, "").strip(),
            }
            for one in Criterion
        }
        row.state = ItemState.ACCEPTED if judgement.accept else ItemState.RETURNED
        row.reason = reason
        row.reviewed_by_name, row.reviewed_at = actor.person_name, at
        row.save()
        told = ("信息已采用待编发", "Information accepted for issuing")
        if not judgement.accept:
            told = ("信息退回修改", "Information sent back")
        tell_senders(row, told, f"reviewed{row.version}", at=at)
        after = {"state": row.state, "points": points_of(row), "reason": reason}
        action = "information.accepted" if judgement.accept else "information.sent_back"
        record(action, actor=actor, at=at, obj=row, after=after)
    return row


def checked(judgement: Judgement, what: Text) -> None:
    """Every criterion has its mark, and a "no" says why."""
    errors: dict[str, list[Text]] = {}
    for one in Criterion:
        mark, words = judgement.marks.get(one.value, ""), judgement.words.get(one.value, "")
        if mark not in Mark.values:
            errors[f"mark_{one.value}"] = [_("Choose yes, partly or no.")]
        elif mark == Mark.NO and not words.strip():
            errors[f"words_{one.value}"] = [_("Say in a word why not.")]
        if len(words) > LONGEST:
            errors[f"words_{one.value}"] = [_("At most 200 characters.")]
    if errors:
        raise Invalid(what, errors)


def points_of(item: Item) -> int:
    """The points of the four criteria, 0 to 8."""
    return sum(MARK_POINTS.get(Mark(one["mark"]), 0) for one in item.criteria.values())
