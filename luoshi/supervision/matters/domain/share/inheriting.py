"""The successor of a unit goes on with its open shares: as they stand, under the same limits.

Changes: the unit of each open share with its duties, drafts and signature; clocks and marks of its
matter, both units' summaries; who gets the reports of an open matter; one notice to the successor.
Ended shares stay with the closed unit.
Refused: the successor has an open share of the same matter, or assigned it itself (only the
assigning office settles that, R-PRO-5); the unit is an office with open matters of its own.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.queries.addressing import COLUMNS as ADDRESSED
from luoshi.supervision.matters.domain.share.assigning import polite
from luoshi.supervision.matters.domain.share.summarising import hold_units, refresh, refresh_unit
from luoshi.supervision.matters.domain.transitions import hold
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, MATTER_ENDED
from luoshi.supervision.matters.models import Assignment, Matter


def inherit(*, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """Hand the open shares of `unit` to `into`, each as it stands."""
    with acting(actor=actor, at=at):
        refuse_office(unit)
        shares = held_shares(unit, into)
        refuse_own(shares, into)
        for share in shares:
            share.unit, share.courteous = into, polite(share.matter, into)
            refresh(share, at=at)
            record(
                "matters.inherited",
                actor=actor,
                at=at,
                obj=share.matter,
                before={"unit": str(unit)},
                after={"unit": str(into)},
            )
        refresh_unit(unit.pk, at=at)
        readdress(unit, into, actor, at)
        if shares:
            tell(unit, into, len(shares), at)


def held_shares(unit: Unit, into: Unit) -> list[Assignment]:
    """The open shares, locked after their matters and both units; nothing is assigned to either
    unit until the act has ended."""
    rows = Assignment.objects.filter(unit=unit, state__in=ASSIGNMENT_OPEN)
    own, parts = Q(assignments__in=rows), Q(sub_matters__assignments__in=rows)
    touched = Matter.objects.filter(own | parts).values("pk")
    hold(Matter.objects.filter(Q(pk__in=touched) | Q(pk__in=addressing(unit).values("pk"))))
    hold_units([unit.pk, into.pk])
    found = rows.select_for_update(of=("self",)).order_by("assigned_at", "pk")
    return list(found.select_related("matter__office", "matter__joint_office", "unit"))


def addressing(unit: Unit) -> "QuerySet[Matter]":
    """The open matters that name the unit as an addressee."""
    named = [{"unit": unit.code}]
    rows = Matter.objects.filter(Q(report_to__contains=named) | Q(copy_to__contains=named))
    return rows.exclude(state__in=MATTER_ENDED)


def readdress(unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """Reports of open matters go to the successor from now on; no addressee stands twice."""
    for matter in addressing(unit).order_by("pk"):
        before = {name: getattr(matter, f"{name}_names") for name in ("report", "copy")}
        for column in ADDRESSED:
            rows = getattr(matter, column)
            now = [addressee(into) if row["unit"] == unit.code else row for row in rows]
            setattr(matter, column, [row for n, row in enumerate(now) if row not in now[:n]])
        matter.revision += 1
        matter.save(update_fields=(*ADDRESSED, "revision"))
        after = {name: getattr(matter, f"{name}_names") for name in ("report", "copy")}
        record("matters.readdressed", actor=actor, at=at, obj=matter, before=before, after=after)


def addressee(unit: Unit) -> dict[str, str]:
    """A unit as a matter names it."""
    return {"name": str(unit), "unit": unit.code}


def refuse_own(shares: list[Assignment], into: Unit) -> None:
    """One unit holds one share of a matter, and never one that it assigned."""
    there = Assignment.objects.filter(unit=into, state__in=ASSIGNMENT_OPEN)
    twice = set(there.values_list("matter_id", flat=True))
    found = [
        share.matter.number
        for share in shares
        if share.matter_id in twice
        or into.pk in (share.matter.office_id, share.matter.joint_office_id)
    ]
    if found:
        raise Refused(
            _("Not merged: both units have their part in the same matters."),
            "、".join(sorted(found)[:10]),
            next_steps=(_("The assigning office reassigns or concludes these first."),),
            source="R-PRO-5",
            code="both-take-part",
        )


def refuse_office(unit: Unit) -> None:
    """An office's matters are not passed on: numbers, rules and settings are the office's own."""
    own = Q(office=unit) | Q(joint_office=unit)
    count = Matter.objects.filter(own).exclude(state__in=MATTER_ENDED).count()
    if count:
        raise Refused(
            _("Not merged: this office has open matters of its own."),
            _("%(count)d matter(s) were registered by it and have not ended.") % {"count": count},
            next_steps=(_("Conclude or merge them into matters of the successor first."),),
            code="open-matters",
        )


def tell(unit: Unit, into: Unit, count: int, at: datetime) -> None:
    """One notice to the successor's people, whatever the number of shares."""
    message = Message(
        kind="inherited",
        title_zh=f"承接{unit}在办事项{count}项，时限不变",
        title_en=f"{count} open matters of {unit} taken over, limits unchanged",
        url="/ledger/",
        key=f"inherited|{unit.pk}|{into.pk}",
    )
    people = people_in(into.pk, HANDLING_ROLES, office_date(at))
    send(message, to=people, unit_id=into.pk, at=at)
