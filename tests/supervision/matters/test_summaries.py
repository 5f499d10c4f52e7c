"""Summary rows stay exact: after any interleaving of verbs and days they equal a plain recount."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.organizations.domain.queries.viewers import handled_by
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.merging import merge
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.objecting import accept as accept_objection
from luoshi.supervision.matters.domain.share.objecting import object_to
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light, Part
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    Matter,
    Objection,
    Report,
    ReportDuty,
    UnitSummary,
)
from luoshi.supervision.rulebook.domain.settling import settle
from tests.story import SYSTEM, actor, make_world

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
WORDS = Words(
    progress="已完成普查1286公里",
    state_change="普查完成",
    problems="资金未到位",
    next_steps="编制方案",
    summary="全部完成",
    late_reason="数据汇总延后",
    signed_by_principal="主要负责人",
)
VERBS: tuple[Callable[..., object], ...] = (
    *(assign, sign_for, submit, advise, accept, return_for_redo, ask_extension, grant_extension),
    *(stop, resume, revoke, merge, object_to, accept_objection, reassign, reopen),
    *(plan_progress, plan_share),
)
DONE: Counter[Callable[..., object]] = Counter()
EXAMPLES = int(os.environ.get("LUOSHI_FAULTS", "20"))
KINDS = (Part.LEAD, Part.SEPARATE, Part.SOLE)
REGIMES = ("instruction", "decision", "key_task")


class Undo(Exception):
    """Ends a walk without a trace."""


class Office:
    """Everybody who acts, made once; each example works on it and is undone."""

    def __init__(self) -> None:
        world = make_world()
        self.officer, self.checker = world.officer, world.second_officer
        settle(
            office_id=world.office.pk,
            values={"principal_signs": False},
            actor=SYSTEM,
            at=BEGIN,
        )
        finance = Unit.objects.get(short_name="市财政局")
        rescue = Unit.objects.get(short_name="市应急局")
        self.units = [world.bureau, finance, rescue]
        self.handlers: dict[Any, Actor] = {
            world.bureau.pk: world.liaison,
            finance.pk: actor("qian", "钱芳", finance, Role.LIAISON),
            rescue.pk: actor("sun", "孙涛", rescue, Role.LIAISON),
        }


class Verbs:
    """Verbs in any order on a few matters; a refusal changes nothing. Each step takes two whole
    numbers that say which rows and which manner."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.at = BEGIN

    def attempt(self, verb: Callable[..., object], **more: Any) -> None:
        """Call a verb at the present instant; refusals are answers like any other."""
        self.at += timedelta(minutes=7)
        try:
            verb(at=self.at, **more)
        except Refusal:
            return
        DONE[verb] += 1

    def pick(self, rows: Any, place: int) -> Any:
        """One of the rows, in a lasting order; None when there is none."""
        found = list(rows)
        return found[place % len(found)] if found else None

    def share(self, place: int) -> Assignment | None:
        """One of the shares."""
        rows = Assignment.objects.select_related("matter", "unit").filter(state__in=ASSIGNMENT_OPEN)
        found: Assignment | None = self.pick(rows.order_by("assigned_at", "unit__code"), place)
        return found

    def matter(self, place: int) -> Matter | None:
        """One of the matters."""
        found: Matter | None = self.pick(Matter.objects.order_by("created_at"), place)
        return found

    def assigned(self, place: int, other: int) -> None:
        """A new matter for one unit or both."""
        kind, regime = KINDS[place % 3], REGIMES[other % 3]
        number = Matter.objects.count() + 1
        plan = Plan(
            title=f"事项{number}",
            regime=regime,
            content="完成普查与更新计划",
            method="牵头单位负责",
            purpose="消除风险",
            end_on=date(2026, 6, 30),
        )
        officer, units = self.office.officer, self.office.units
        parts = [Share(units[0], kind)]
        if kind is not Part.SOLE:
            parts.append(Share(units[1], Part.JOINT if kind is Part.LEAD else kind))
        self.at += timedelta(minutes=7)
        made = draft(plan=plan, actor=officer, at=self.at)
        made = approve_to_register(matter=made, actor=officer, at=self.at, despite="另一事项")
        self.attempt(assign, matter=made, shares=parts, actor=officer)

    def signed(self, place: int, other: int = 0) -> None:
        share = self.share(place)
        if share is not None:
            self.attempt(sign_for, assignment=share, actor=self.office.handlers[share.unit_id])

    def reported(self, place: int, other: int) -> None:
        share = self.share(place)
        if share is None:
            return
        self.signed(place)
        handler = self.office.handlers[share.unit_id]
        duty = self.pick(share.duties.order_by("rule_code", "due_at"), other)
        if share.part == Part.JOINT:
            self.attempt(advise, assignment=share, text="同意", actor=handler)
        elif duty is not None:
            words = replace(WORDS, percent=10 * other if other % 3 else None)
            self.attempt(submit, assignment=share, duty_ids=[duty.pk], words=words, actor=handler)

    def planned(self, place: int, other: int) -> None:
        """Planned progress of a matter or of one share, a stage soon and one later, or none."""
        share = self.share(place)
        if share is None:
            return
        soon = self.at.date() + timedelta(days=1 + other)
        stages = (Stage(soon, 10 + place), Stage(soon + timedelta(days=9), 50 + 4 * other))
        chosen = stages if other % 4 else ()
        if other % 2:
            officer = self.office.officer
            self.attempt(plan_progress, matter=share.matter, stages=chosen, actor=officer)
        else:
            handler = self.office.handlers[share.unit_id]
            self.attempt(plan_share, assignment=share, stages=chosen, actor=handler)

    def worked_off(self, place: int, other: int) -> None:
        """A share taken through its duties, then, perhaps, its matter concluded."""
        share = self.share(place)
        if share is None:
            return
        self.signed(place)
        for which in range(share.duties.count()):
            self.reported(place, which)
            for report in Report.objects.filter(assignment=share, state="submitted"):
                self.checked(report, good=which != other)
        if other % 2:
            officer = self.office.officer
            more = {"result": "done", "summary": "完成", "actor": officer}
            self.attempt(conclude, matter=share.matter, **more)
        if other % 4 == 3:
            self.reopened(place, other)

    def reviewed(self, place: int, other: int) -> None:
        report = self.pick(Report.objects.filter(state="submitted").order_by("created_at"), place)
        if report is not None:
            self.checked(report, good=bool(other % 2))

    def checked(self, report: Report, *, good: bool) -> None:
        """A report accepted, or given back."""
        checker = self.office.checker
        if good:
            self.attempt(accept, report=report, actor=checker)
        else:
            self.attempt(return_for_redo, report=report, reason="请补充", actor=checker)

    def extended(self, place: int, other: int) -> None:
        rows = ReportDuty.objects.select_related("assignment__matter", "assignment__unit")
        rows = rows.filter(due_at__gt=self.at, state="open", assignment__state__in=ASSIGNMENT_OPEN)
        duty = self.pick(rows.order_by("due_at", "rule_code"), place)
        if duty is None:
            return
        self.attempt(
            ask_extension,
            duty=duty,
            wanted_at=duty.due_at + timedelta(days=other + 1),
            reason="资料未齐",
            actor=self.office.handlers[duty.assignment.unit_id],
        )
        asked = Extension.objects.filter(state="asked").first()
        if asked is not None:
            self.attempt(grant_extension, extension=asked, actor=self.office.officer)

    def stopped(self, place: int, other: int) -> None:
        share = self.share(place)
        if share is not None:
            only = None if other % 2 else share
            officer = self.office.officer
            self.attempt(stop, matter=share.matter, reason="等待", actor=officer, assignment=only)

    def resumed(self, place: int, other: int) -> None:
        found = self.pick(ClockStop.objects.filter(state="running").order_by("asked_at"), place)
        if found is not None:
            self.attempt(resume, stop=found, reason="条件具备", actor=self.office.officer)

    def revoked(self, place: int, other: int) -> None:
        matter = self.matter(place)
        if matter is not None and other < 4:
            self.attempt(revoke, matter=matter, reason="上级已撤销", actor=self.office.officer)

    def merged(self, place: int, other: int) -> None:
        one, two = self.matter(place), self.matter(other)
        if one is not None and two is not None:
            self.attempt(
                merge, absorbed=one, into=two, reason="同一事项", actor=self.office.officer
            )

    def objected(self, place: int, other: int) -> None:
        share = self.share(place)
        if share is None:
            return
        handler = self.office.handlers[share.unit_id]
        self.attempt(object_to, assignment=share, reason="非我职责", actor=handler)
        found = Objection.objects.filter(state="pending").first()
        if found is not None:
            unit = self.office.units[(place + other) % 3]
            more = {"unit": unit, "reason": "另派", "actor": self.office.officer}
            self.attempt(accept_objection, objection=found, **more)

    def reassigned(self, place: int, other: int) -> None:
        share = self.share(place)
        if share is not None:
            unit = self.office.units[(place + other) % 3]
            self.attempt(
                reassign, assignment=share, unit=unit, reason="调整", actor=self.office.officer
            )

    def concluded(self, place: int, other: int) -> None:
        matter = self.matter(place)
        if matter is not None:
            self.attempt(
                conclude, matter=matter, result="done", summary="完成", actor=self.office.officer
            )

    def reopened(self, place: int, other: int) -> None:
        matter = self.pick(Matter.objects.filter(state="concluded"), place)
        if matter is not None:
            due = (self.at + timedelta(days=60)).date()
            officer = self.office.officer
            self.attempt(reopen, matter=matter, reason="问题反弹", due_on=due, actor=officer)

    def days_pass(self, place: int, other: int) -> None:
        """Time goes by and the sweep runs, late or not."""
        self.at += timedelta(days=1 + place + other)
        sweep(actor=SYSTEM, at=self.at)

    def recount(self) -> None:
        """Every summary against its rows."""
        shares = list(Assignment.objects.select_related("matter", "unit"))
        for unit in self.office.units:
            own = [share for share in shares if share.unit_id == unit.pk]
            check_unit(unit, own, self.at)
        for matter in Matter.objects.all():
            own = [share for share in shares if share.matter_id == matter.pk]
            check_matter(matter, own)
            handling = {unit.pk for unit in self.office.units if handled(matter, unit)}
            assert handling == {share.unit_id for share in own}


def handled(matter: Matter, unit: Unit) -> bool:
    """Whether the matter carries the unit's mark, by which its list is found."""
    return handled_by(unit.pk) in matter.viewers


def check_unit(unit: Unit, shares: list[Assignment], at: datetime) -> None:
    """The unit's row against its shares counted one by one."""
    row = UnitSummary.objects.filter(unit=unit).first()
    if row is None:
        assert shares == []
        return
    still_open = [share for share in shares if share.state in ASSIGNMENT_OPEN]
    assert row.late_shares == sum(share.late_marks > 0 for share in still_open)
    for share in still_open:
        check_share(share)
    if row.valid_until is not None and row.valid_until <= at:
        return  # a light changed by itself: the next sweep recounts
    counted = dict.fromkeys(Light, 0)
    for share in shares:
        if share.state in ASSIGNMENT_OPEN:
            counted[share.light(at)] += 1
    assert {light: getattr(row, light.value) for light in Light} == counted
    assert row.behind == sum(share.behind(at) for share in still_open)
    assert row.in_review == sum(share.state == "under_review" for share in shares)
    assert row.late_marks == sum(share.late_marks for share in shares)
    late = ReportDuty.objects.filter(assignment__unit=unit, late_amount__isnull=False)
    assert row.late_marks == late.count()


def check_share(share: Assignment) -> None:
    """The share's progress against its plan, read from its reports one by one."""
    since = office_date(share.assigned_at).isoformat()
    rows = share.stages or [row for row in share.matter.stages if row["on"] > since]
    rows = [] if share.part == Part.JOINT else rows
    ended = share.duties.filter(kind="final", state="accepted").exists()
    said = [
        report.percent
        for report in share.reports.order_by("submitted_at")
        if report.state in ("submitted", "accepted") and report.percent is not None
    ]
    reported = said[-1] if said and rows and not ended else None
    unmet = [row for row in rows if row["percent"] > (reported or 0)] if not ended else []
    assert share.reported_percent == reported
    assert share.planned_percent == (unmet[0]["percent"] if unmet else None)
    due = end_of_day(date.fromisoformat(unmet[0]["on"])) if unmet else None
    assert share.behind_at == due
    if share.on_clock and due is not None:
        assert share.attention_at is not None and share.attention_at <= due


def check_matter(matter: Matter, shares: list[Assignment]) -> None:
    """The matter's clock against its shares."""
    running = [s for s in shares if s.state in ASSIGNMENT_OPEN and s.on_clock]
    limits = [share.overdue_at for share in running if share.overdue_at]
    assert matter.on_clock == bool(running)
    assert matter.overdue_at == min(limits, default=None)
    owing = {
        share.unit_id for share in running if share.overdue_at and share.overdue_at == min(limits)
    }
    assert matter.owing_unit_id in owing or (not owing and matter.owing_unit_id is None)
    slips = [share.behind_at for share in running if share.behind_at]
    assert matter.behind_at == min(slips, default=None)
    asked = [share.attention_at for share in running if share.attention_at]
    wanting = {
        share.state for share in running if share.attention_at and share.attention_at == min(asked)
    }
    assert matter.wanting_state in wanting or (not wanting and matter.wanting_state == "")
    assert matter.late_marks == sum(share.late_marks for share in shares)
    assert matter.shares == len({share.unit_id for share in shares})


STEPS = (
    *(Verbs.assigned, Verbs.signed, Verbs.reported, Verbs.worked_off, Verbs.worked_off),
    *(Verbs.reviewed, Verbs.extended, Verbs.stopped, Verbs.resumed, Verbs.resumed),
    *(
        Verbs.revoked,
        Verbs.merged,
        Verbs.objected,
        Verbs.reassigned,
        Verbs.concluded,
        Verbs.reopened,
    ),
    *(Verbs.planned, Verbs.days_pass),
)
WALK = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.integers(0, 11)),
    min_size=20,
    max_size=40,
)


def test_any_interleaving_of_verbs_leaves_exact_summaries() -> None:
    """performance.md "Growth", architecture "summary rows": a row per unit and the clock columns of
    a matter are what a plain count of the shares says, after any order of verbs and days."""
    office = Office()

    @given(WALK)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize="LUOSHI_FAULTS" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    def walks(walk: list[tuple[Callable[[Verbs, int, int], None], int, int]]) -> None:
        with suppress(Undo), transaction.atomic():
            verbs = Verbs(office)
            verbs.assigned(0, 0)
            for step, place, other in walk:
                step(verbs, place, other)
                verbs.recount()
            raise Undo

    walks()
    never = [verb.__name__ for verb in VERBS if not DONE[verb]]
    assert never == [], "no walk got as far as these"
