"""What became of an item, and the rule or document it led to (S2-57, features row 74).

Changes: a result; the item's first day of being handled; its sender and the desk are told. Refused:
others than the desk and the units it was handed to, a unit in another's place, no words, no
evidence, a day to come.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.fate.evidence import Shown, columns, faults, keep_files
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.domain.items.telling import tell_desk, tell_senders
from luoshi.desks.information.models import Handover, Item, ItemResult
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid


@dataclass(frozen=True)
class Outcome:
    """What became of it; the rule or document, where it led to one."""

    text: str
    rule_title: str = ""
    rule_number: str = ""
    handover: Handover | None = None


def answer(*, item: Item, outcome: Outcome, shown: Shown, actor: Actor, at: datetime) -> ItemResult:
    """Write a result down."""
    ensure(rules.may_answer(actor, item))
    words = {
        "text": outcome.text.strip(),
        "rule_title": outcome.rule_title.strip().strip("《》"),
        "rule_number": outcome.rule_number.strip(),
    }
    errors = faults(ItemResult, item, shown, words, at)
    if not words["text"]:
        errors["text"] = [_("Say what became of it.")]
    if words["rule_number"] and not words["rule_title"]:
        errors["rule_title"] = [_("Name the rule or document.")]
    handover = outcome.handover
    if handover is not None and not may_be_answered(handover, item, actor):
        errors["handover"] = [_("Choose one of the list.")]
    if errors:
        raise Invalid(_("Not written down: something is missing."), errors)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_answer(actor, row))
        made = ItemResult.objects.create(
            item=row,
            handover=handover or own_handover(row, actor),
            unit_name=str(handover.unit) if handover else actor.unit_name,
            **words,
            **columns(shown, actor, at),
        )
        keep_files(made, shown, actor=actor, at=at)
        row.handled_on = min(filter(None, (row.handled_on, made.on)))
        row.save(update_fields=("handled_on",))
        told = ("信息办理有结果", "Result of your information")
        tell_senders(row, told, f"result{made.pk}", at=at)
        if actor.unit_id != row.office_id:
            tell_desk(row, ("信息办理反馈", "Answer on an item"), f"answer{made.pk}", at=at)
        after = {"text": made.text[:200], "rule": made.rule_title, "on": made.on.isoformat()}
        record("information.answered", actor=actor, at=at, obj=row, after=after)
    return made


def may_be_answered(handover: Handover, item: Item, actor: Actor) -> bool:
    """A unit answers what it was asked itself; the desk notes what any of them said."""
    own = handover.unit_id == actor.unit_id
    return handover.item_id == item.pk and (own or bool(rules.may_follow(actor, item)))


def own_handover(item: Item, actor: Actor) -> Handover | None:
    """The latest handing over to the actor's unit."""
    rows = item.handovers.filter(unit_id=actor.unit_id)
    found: Handover | None = rows.order_by("-noted_at", "pk").first()
    return found
