"""Turn accepted drafts into matters: drafted, and registered where the officer registers.

Refused: drafts still to check, numbered points neither linked nor waived (S2-93),
edits of accepted drafts that were not sent.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.domain.queries.knowing import units_named
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.covering import uncovered
from luoshi.desks.meetings.domain.dating import Days
from luoshi.desks.meetings.domain.keeping import unsent_in
from luoshi.desks.meetings.domain.queries.sampling import known_days
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register, propose
from luoshi.supervision.matters.domain.queries.addressing import LONGEST, MOST, names_in
from luoshi.supervision.matters.domain.queries.similar import similar_to
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def submit(
    *, document: SourceDocument, method: str, purpose: str, actor: Actor, at: datetime
) -> list[Matter]:
    """Make a matter of every accepted draft that is none yet; returns the new matters. One that
    looks like a matter there is stays drafted, until somebody says why both are needed
    (R-SUP-1)."""
    ensure(rules.may_check(actor, document))
    left = document.items.filter(state=DraftState.TO_CHECK, band="draft").count()
    if left:
        raise Refused(
            _("Not submitted: %(count)d draft(s) are still to check.") % {"count": left},
            next_steps=(_("Accept or reject them first."),),
            code="drafts-to-check",
        )
    open_points = uncovered(document)
    if open_points:
        names = "、".join(point.number for point in open_points[:12])
        raise Refused(
            _("Not submitted: some numbered points are neither linked nor waived."),
            names,
            next_steps=(_("Accept a draft inside them, or waive them with a reason."),),
            source="S2-93",
            code="points-uncovered",
        )
    made = []
    registers = settings_of(document.office_id).officer_registers
    with acting(actor=actor, at=at):
        step = opened(document.pk, actor, at)
        refuse_unsent(step.document, actor, at)
        items = document.items.select_for_update().filter(state=DraftState.ACCEPTED, matter=None)
        for item in items:
            matter = matter_of(document, item, method, purpose, actor, at)
            act = approve_to_register if registers else propose
            if not similar_to(matter):
                matter = act(matter=matter, actor=actor, at=at)
            made.append(matter)
            item.matter = matter
            item.save(update_fields=("matter",))
        document.submitted_at = at
        document.save(update_fields=("submitted_at",))
        after = {"matters": len(made)}
        record("meetings.submitted", actor=actor, at=at, obj=document, after=after)
        step.touch(reshaped=True)
    return made


def refuse_unsent(document: SourceDocument, actor: Actor, at: datetime) -> None:
    """Refuse while an accepted draft has words that were typed and not sent: a matter made now
    would lose them."""
    typed = unsent_in(document, actor, at)
    items = document.items.filter(pk__in={*typed.mine, *typed.held}, state=DraftState.ACCEPTED)
    numbers = [str(item.number) for item in items.filter(matter=None)]
    if numbers:
        raise Refused(
            _("Not submitted: an accepted draft has an edit that was not sent."),
            "、".join(numbers),
            next_steps=(_("Save that edit, or drop it; a colleague's is free in five minutes."),),
            code="edits-unsent",
        )


def matter_of(
    document: SourceDocument,
    item: DraftItem,
    method: str,
    purpose: str,
    actor: Actor,
    at: datetime,
) -> Matter:
    """One accepted draft as a drafted matter with its origin."""
    days = replace(Days.of(document), received_on=None)
    known = known_days(days, document.title, office_date(at))
    anchors = {name: day.isoformat() for name, day in known.items()}
    plan = Plan(
        title=item.title,
        regime=document.regime,
        content=document.text[item.start : item.end].replace("\t", " "),
        method=method,
        purpose=purpose,
        basis=document.reference or document.title,
        end_on=None if item.rules else date(office_date(at).year, 12, 31),
        task_rules=list(item.rules),
        anchors=anchors,
        proposed_shares=shares(item),
        report_to=addressees(document, item.report_to),
        copy_to=addressees(document, item.copy_to),
    )
    origin = Origin(
        kind="meetings",
        title=document.title,
        reference=document.reference,
        quote=document.text[item.start : item.end],
        start=item.start,
        end=item.end,
        source_id=document.pk,
    )
    return draft(plan=plan, actor=actor, at=at, origin=origin)


def addressees(document: SourceDocument, names: list[str]) -> list[str]:
    """The unit of each name that means one unit, as this office knows names, else the words."""
    found = []
    for name in names_in("、".join(names)):
        units = units_named(document.office_id, name)
        found.append(units[0].code if len(units) == 1 else name[:LONGEST])
    return found[:MOST]


def shares(item: DraftItem) -> list[dict[str, str]]:
    """The units of a draft as rows of the assigning form; collective names are expanded."""
    found: list[dict[str, Any]] = []
    for named in item.units:
        joint = named["role"] == "cooperating"
        units = units_named(item.document.office_id, named["name"])
        found.extend(
            {"unit": unit.short_name, "part": Part.JOINT if joint else Part.LEAD, "task": ""}
            for unit in units
        )
    leads = [row for row in found if row["part"] == Part.LEAD]
    if len(leads) > 1:
        for row in leads:
            row["part"] = Part.SEPARATE
    elif len(found) == 1:
        found[0]["part"] = Part.SOLE
    if any(row["part"] == Part.JOINT for row in found) and not any(
        row["part"] == Part.LEAD for row in found
    ):
        for row in found:
            row["part"] = Part.SEPARATE
    unique = {row["unit"]: row for row in reversed(found)}
    return list(reversed(unique.values()))
