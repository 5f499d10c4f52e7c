"""The same event twice in one book: offered, and merged by a person (row 57, S3-94).

Changes: what was told and written goes over to the event that stays; the other keeps its number and
leads there. Refused: into itself, one that is merged already, another office's.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.counting import (
    next_report,
    one_at_a_time,
    recount,
)
from luoshi.desks.information.domain.urgent.ending import follow_ending
from luoshi.desks.information.enums import EventState
from luoshi.desks.information.models import Event
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import tokens
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

AROUND, MOST, ENOUGH = timedelta(hours=12), 200, 35


def alike(event: Event) -> list[tuple[Event, int]]:
    """Events of the same book within twelve hours that say nearly the same, the most alike first
    (percent of shared bigrams of title and place); one query."""
    near = (event.happened_at - AROUND, event.happened_at + AROUND)
    rows = Event.objects.filter(office_id=event.office_id, happened_at__range=near)
    rows = rows.exclude(pk=event.pk).exclude(state=EventState.MERGED)
    own = words(event)
    found = [(row, shared(own, words(row))) for row in rows.order_by("-happened_at")[:MOST]]
    return sorted((pair for pair in found if pair[1] >= ENOUGH), key=lambda pair: -pair[1])[:5]


def words(event: Event) -> set[str]:
    """What it is and where, as bigrams."""
    return set(tokens(f"{event.title} {event.place}"))


def shared(one: set[str], other: set[str]) -> int:
    """Dice's measure in percent."""
    return round(200 * len(one & other) / (len(one) + len(other))) if one and other else 0


def merge(*, event: Event, into: Event, actor: Actor, at: datetime) -> Event:
    """Let one event go on in another."""
    ensure(rules.may_merge(actor, event))
    ensure(rules.may_merge(actor, into))
    if event.pk == into.pk or event.office_id != into.office_id:
        why = _("Choose another event of this office that is not merged.")
        raise Invalid(pgettext_lazy("information", "Not merged."), {"into": [why]})
    with acting(actor=actor, at=at):
        one_at_a_time()
        rows = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("office")
        both = {row.pk: row for row in rows.filter(pk__in=(event.pk, into.pk)).order_by("pk")}
        row, kept = both[event.pk], both[into.pk]
        ensure(rules.may_merge(actor, row))
        ensure(rules.may_merge(actor, kept))
        carry_over(row, kept)
        row.state, row.merged_into, row.ended_at = EventState.MERGED, kept, at
        row.next_leg, row.next_due_at = "", None
        row.save()
        recount(kept, at=at)
        follow_ending(kept, at=at)
        after = {"into": kept.number}
        record("information.merged", actor=actor, at=at, obj=row, after=after)
        record("information.merged", actor=actor, at=at, obj=kept, after={"from": row.number})
    return kept


def carry_over(row: Event, kept: Event) -> None:
    """What was told, written and found goes over; tellings and findings that are there already stay
    where they are, reports under a number that is taken count on. The event that stays was known as
    early as the earlier of both, and by whom."""
    known = set(kept.passages.values_list("way", "sender_code", "receiver_code", "at"))
    for one in row.passages.all():
        if (one.way, one.sender_code, one.receiver_code, one.at) not in known:
            one.event = kept
            one.save(update_fields=("event",))
    steps = set(kept.reports.values_list("unit_code", "step", "number"))
    for report in row.reports.order_by("number"):
        if (report.unit_code, report.step, report.number) in steps:
            report.number = next_report(kept, report.unit_code, report.step)
        report.event = kept
        report.save(update_fields=("event", "number"))
        steps.add((report.unit_code, report.step, report.number))
    found = set(kept.findings.values_list("fault", "unit_code", "leg"))
    for finding in row.findings.all():
        if (finding.fault, finding.unit_code, finding.leg) not in found:
            finding.event = kept
            finding.save(update_fields=("event",))
    if row.aware_at < kept.aware_at:
        kept.aware_at, kept.first_code, kept.first_name = (
            *(row.aware_at, row.first_code, row.first_name),
        )
        kept.revision += 1
    if not kept.from_code:
        kept.from_code, kept.from_name = row.from_code, row.from_name
