"""Issue the list: every point becomes a registered and assigned matter under the regime of the
supervision points, through the verbs of matters, and the list gets its two summaries (S3-55…60).

One transaction: either the whole list is issued or nothing is. Refused: points without a lead
unit, a plan without method or purpose (S2-92), a missing agreement of the second office, an
earlier year. `enter_earlier` writes down a list that was issued before: no matter is made.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.agreeing import agreed
from luoshi.supervision.lists.domain.limits import of_year
from luoshi.supervision.lists.domain.summing_up import make_summaries
from luoshi.supervision.lists.domain.transitions import LIST_MOVES
from luoshi.supervision.lists.enums import ListState
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.queries.burden import (
    Burden,
    burden_of,
    rules_asked,
)
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.transitions import locked, move
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

TITLE = 100


EARLIER_REMARK = "根据纸质要点补录"


def may_issue(actor: Actor, points_list: SupervisionPointsList) -> object:
    """The rule with the office's setting."""
    settings = settings_of(points_list.office_id)
    return rules.may_issue(actor, points_list, officer_registers=settings.officer_registers)


def empty_parts(points_list: SupervisionPointsList, has_points: bool) -> list[str]:
    """The parts of the list's plan that are still empty, as words (S2-92)."""
    parts = (
        (points_list.method, _("method")),
        (points_list.purpose, _("purpose")),
        (points_list.reference, _("reference number")),
        (has_points, _("points")),
    )
    return [str(word) for value, word in parts if not value]


def obstacles(points_list: SupervisionPointsList, on: date) -> list[Refused]:
    """What still stands before the issue, each with its way on; empty = may be issued."""
    found: list[Refused] = []
    points = list(points_list.points.all())
    leaderless = [str(point.number) for point in points if point.lead_unit_id is None]
    missing = empty_parts(points_list, bool(points))
    if missing:
        found.append(
            Refused(
                _("Not issued: %(missing)s missing.") % {"missing": "、".join(missing)},
                _("A plan comes first: content, method, purpose and end date."),
                next_steps=(_("Fill in the head of the list, then issue it."),),
                source="S2-92",
                code="plan-missing",
            )
        )
    if leaderless:
        found.append(
            Refused(
                _("Not issued: some points have no lead unit."),
                "、".join(leaderless),
                next_steps=(_("Name the lead unit of each point."),),
                source="S3-56",
                code="points-without-lead",
            )
        )
    if points_list.year < on.year:
        found.append(
            Refused(
                _("Not issued: the year of this list is over."),
                next_steps=(_("Enter it as an earlier list; no matter is made."),),
                code="year-over",
            )
        )
    if not agreed(points_list):
        found.append(
            Refused(
                _("Not issued: the second office has not agreed to this text."),
                str(points_list.joint_office),
                next_steps=(_("Ask it to agree; it finds the list under “Points lists”."),),
                source="S3-55",
                code="agreement-missing",
            )
        )
    return found


def issue(
    *, points_list: SupervisionPointsList, actor: Actor, at: datetime
) -> SupervisionPointsList:
    """Issue in the name of the office, or of both offices, with the lead office recorded."""
    ensure(may_issue(actor, points_list))  # type: ignore[arg-type]
    with acting(actor=actor, at=at):
        found = locked(SupervisionPointsList.objects, points_list.pk)
        ensure(may_issue(actor, found))  # type: ignore[arg-type]
        for obstacle in obstacles(found, office_date(at))[:1]:
            raise obstacle
        move(found, ListState.ISSUED, LIST_MOVES)
        found.issued_on, found.issued_at = office_date(at), at
        found.issued_by_name = actor.person_name
        found.save()
        points = found.points.select_related("lead_unit").prefetch_related("joint_units")
        for point in points:
            point.matter = matter_of(found, point, actor, at)
            point.save(update_fields=("matter",))
        make_summaries(found)
        after = {"points": len(points), "office": str(found.office)}
        if found.joint_office is not None:
            after["joint"] = str(found.joint_office)
        record("lists.issued", actor=actor, at=at, obj=found, after=after)
    return found


def load_of(points_list: SupervisionPointsList, at: datetime) -> Burden:
    """What issuing would ask of the lead units in a year: the rules of the supervision points for
    each point (B6); a limit of the point's own is one report more."""
    matter = Matter(office=points_list.office, regime=Regime.POINTS, basis=points_list.reference)
    return burden_of(rules_asked(matter, office_date(at)), points_list.points.count())


def matter_of(found: SupervisionPointsList, point: ListPoint, actor: Actor, at: datetime) -> Matter:
    """A point as a registered and assigned matter with its origin. A similar matter does not hold
    up the list that the offices agreed on: its point is the reason kept beside the pair."""
    year_end = date(found.year, 12, 31)
    text = point.text
    plan = Plan(
        title=text if len(text) <= TITLE else f"{text[: TITLE - 1]}…",
        regime=Regime.POINTS,
        content=text,
        method=found.method,
        purpose=found.purpose,
        basis=f"{found.title}（{found.reference}）第{point.number}项"[:300],
        end_on=None if point.task_rules else year_end,
        task_rules=tuple(of_year(point.task_rules, found.year)),
        anchors={"issue": office_date(at).isoformat(), "document": office_date(at).isoformat()},
        joint_office=found.joint_office_id,
    )
    origin = Origin(
        kind="lists",
        title=f"{found.title} 第{point.number}项",
        reference=found.reference,
        quote=text,
        source_id=found.pk,
    )
    matter = draft(plan=plan, actor=actor, at=at, origin=origin)
    matter = approve_to_register(matter=matter, actor=actor, at=at, despite=plan.basis)
    joint = list(point.joint_units.all())
    lead_part = Part.LEAD if joint else Part.SOLE
    shares = [Share(point.lead_unit, lead_part)]  # type: ignore[arg-type]
    shares += [Share(unit, Part.JOINT) for unit in joint]
    assign(matter=matter, shares=shares, actor=actor, at=at)
    matter.refresh_from_db()
    return matter


def enter_earlier(
    *, points_list: SupervisionPointsList, issued_on: date, actor: Actor, at: datetime
) -> SupervisionPointsList:
    """Write down a list that was issued and ended before: it is closed at once, no matter is made;
    next year's list can be copied from it. Refused: a year that is not over."""
    ensure(rules.may_edit(actor, points_list))
    with acting(actor=actor, at=at):
        found = locked(SupervisionPointsList.objects, points_list.pk)
        ensure(rules.may_edit(actor, found))
        if found.year >= office_date(at).year or issued_on.year != found.year:
            raise Invalid(
                _("Not entered."),
                {"issued_on": [_("Only a list of an earlier year, issued in that year.")]},
            )
        move(found, ListState.CLOSED, LIST_MOVES)
        found.issued_on, found.closed_at = issued_on, at
        found.closed_by_name = actor.person_name
        found.closing_remark = EARLIER_REMARK
        found.save()
        after = {"issued_on": issued_on.isoformat()}
        record("lists.entered", actor=actor, at=at, obj=found, after=after)
    return found
