"""Tell the story through the real verbs, in order of time, from a seed and a last day.

Same seed and day give the same rows but for ids and numbers drawn by the database; every verb is
called with its own `at`, so the trail carries the story's time.
"""

import heapq
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.foundation.accounts.codes import code_of, step_of
from luoshi.foundation.accounts.domain.enrolling import begin_enrolment, confirm_enrolment
from luoshi.foundation.accounts.domain.opening import activate, create_account
from luoshi.foundation.accounts.domain.passwords import hand_out
from luoshi.foundation.accounts.domain.policing import set_policy
from luoshi.foundation.accounts.enums import FactorFrom, PasswordProfile
from luoshi.foundation.accounts.models import DatabaseNature, User
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.models import Appointment, Post, Unit
from luoshi.insight.bulletins.domain.freezing import freeze
from luoshi.site.demo.appraisal import appraisal_story
from luoshi.site.demo.changes import tell_changes
from luoshi.site.demo.chasing import chasing_story
from luoshi.site.demo.desks.commitments import commitments_story
from luoshi.site.demo.desks.documents import documents_story
from luoshi.site.demo.desks.duty import duty_story
from luoshi.site.demo.desks.information import information_story
from luoshi.site.demo.desks.instructions import desks_story, noted_on
from luoshi.site.demo.desks.meetings import meetings_story
from luoshi.site.demo.desks.opinions import opinions_story
from luoshi.site.demo.desks.publications import publications_story
from luoshi.site.demo.extensions import tell_extensions
from luoshi.site.demo.inspections import inspections
from luoshi.site.demo.levels import tell_levels
from luoshi.site.demo.lookbacks import begins, lookback_story
from luoshi.site.demo.people import ENROLLED, OFFICE, OUTSIDE, PEOPLE, principal_of
from luoshi.site.demo.plot import PLOT, Thread
from luoshi.site.demo.ruling import take_over, tell_ruling
from luoshi.site.demo.supervision.lists import points_lists
from luoshi.site.demo.supervision.progress import REPORTED, progress_story
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT, Part
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.domain.settling import name_chief, settle
from luoshi.supervision.rulebook.enums import DutyKind, Regime

HERE = Path(__file__).parent
SYSTEM = Actor.system("落实系统", via="cli")
SPAN = 86
APART = "来源和时限不同，分别督办"
Act = Callable[[datetime], object]


@dataclass
class Story:
    """The world while it is told: actors by user name, units by short name, pending events."""

    last: date
    now: datetime
    dice: random.Random
    actors: dict[str, Actor] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    events: list[tuple[datetime, int, Act]] = field(default_factory=list)
    count: int = 0

    def day(self, days_ago: int) -> date:
        """A working day before the last day."""
        calendar = current_calendar()
        return calendar.add_workdays(calendar.roll_forward(self.last), -max(0, days_ago))

    def plan(self, days_ago: int, hour: int, act: Act) -> None:
        """Put an act on the story's calendar, unless it lies after its end."""
        at = at_clock(self.day(days_ago), time(hour, self.dice.randrange(60)))
        if days_ago >= 0:
            self.put(at, act)

    def put(self, at: datetime, act: Act) -> None:
        """Put an act on the story's calendar at an instant, never after the story's end."""
        self.count += 1
        heapq.heappush(self.events, (min(at, self.now), self.count, act))

    def handler(self, unit: str) -> Actor:
        """The liaison of a unit."""
        for username, _name, short, role, _title in PEOPLE:
            if short == unit and role == "liaison":
                return self.actors[username]
        raise LookupError(unit)


def tell(*, last: date, now: datetime, seed: int = 1) -> str:
    """Build everything up to the last day; returns the sign-ins' password."""
    story = Story(last=last, now=now, dice=random.Random(seed))  # noqa: S311 - a story, no secret
    start = min(at_clock(story.day(SPAN + 5), time(9)), begins(last))
    DatabaseNature.objects.get_or_create(
        pk=1, defaults={"demo": True, "created_at": start, "demo_day": None}
    )
    write_tree(read_tree(HERE / "units.xlsx"), actor=SYSTEM, at=start)
    take_over(start)
    story.units = {unit.short_name: unit for unit in Unit.objects.all()}
    password = f"Luoshi-{secrets.token_hex(4)}"
    open_accounts(story, password, start)
    secure_accounts(story, start)
    for name in (OFFICE, "省委办公厅", "市政府办公室", "市政协办公室"):
        signs = {"officer_registers": True, "principal_signs": False}
        settle(office_id=story.units[name].pk, values=signs, actor=SYSTEM, at=start)
    for name, prefix in (("市政协办公室", "政协督"), ("市政府办公室", "府督")):
        numbers = {"number_prefix": prefix}
        settle(office_id=story.units[name].pk, values=numbers, actor=SYSTEM, at=start)
    chief = Post.objects.get(unit=story.units[OFFICE], title="督查科科长")
    name_chief(office_id=story.units[OFFICE].pk, post=chief, actor=SYSTEM, at=start)
    for thread in PLOT:
        thread_events(story, thread)
    tell_changes(story)
    tell_extensions(story)
    tell_levels(story)
    lookback_story(story)
    chasing_story(story)
    appraisal_story(story)
    points_lists(story, SPAN)
    progress_story(story)
    inspections(story)
    tell_ruling(story)
    desks_story(story)
    for ago in range(SPAN, -1, -1):
        story.plan(ago, 9, lambda at: sweep(actor=SYSTEM, at=at))
        if ago and story.day(ago).month != story.day(ago - 1).month:
            story.plan(ago, 17, lambda at: month_ends(story, at))
    story.plan(0, 10, lambda at: bring_notice(story, at))
    documents_story(story)
    information_story(story)
    duty_story(story)
    commitments_story(story)
    meetings_story(story)
    publications_story(story)
    opinions_story(story)
    while story.events:
        at, _order, act = heapq.heappop(story.events)
        act(at)
    return password


def open_accounts(story: Story, password: str, at: datetime) -> None:
    """Accounts, posts and actors of everybody."""
    for username, name, short, role, title in PEOPLE:
        user = create_account(username=username, full_name=name, actor=SYSTEM, at=at)
        activate(user=user, actor=SYSTEM, at=at)
        hand_out(user=user, password=password, actor=SYSTEM, at=at, once=False)
        unit = story.units[short]
        held = appoint(
            person=user,
            unit=unit,
            role=role,
            title=title,
            starts_on=at.date() - timedelta(days=400),
            actor=SYSTEM,
            at=at,
        )
        story.actors[username] = actor_of(held, username, name, unit)
    for username, name, _work in OUTSIDE:
        user = create_account(username=username, full_name=name, actor=SYSTEM, at=at)
        activate(user=user, actor=SYSTEM, at=at)
        hand_out(user=user, password=password, actor=SYSTEM, at=at, once=False)
        story.actors[username] = Actor(
            kind="person", person_id=user.pk, person_name=name, username=username, via="cli"
        )


def secure_accounts(story: Story, at: datetime) -> None:
    """The access policy by its officer, and the authenticators of those who always need one."""
    security = story.actors["security"]
    set_policy(
        second_factor_from=FactorFrom.NEVER,
        password_profile=PasswordProfile.DENGBAO3,
        actor=security,
        at=at,
    )
    for username in ENROLLED:
        actor = story.actors[username]
        user = User.objects.get(pk=actor.person_id)
        seed = begin_enrolment(user=user, actor=actor, at=at).pending_seed
        code = code_of(seed, step_of(at))
        confirm_enrolment(user=user, code=code, actor=actor, at=at, clock=at)


def actor_of(held: Appointment, username: str, name: str, unit: Unit) -> Actor:
    """The person in the post."""
    return Actor(
        kind="person",
        person_id=held.person_id,
        person_name=name,
        username=username,
        appointment_id=held.pk,
        role=held.post.role,
        unit_id=unit.pk,
        unit_name=str(unit),
        via="cli",
    )


def thread_events(story: Story, thread: Thread) -> None:
    """Lay a thread's acts on the calendar."""
    officer = story.actors["li"]
    box: dict[str, Matter] = {}
    ago = thread.days_ago

    def begin(at: datetime) -> None:
        box["matter"] = begin_matter(story, thread, officer, at)

    def hand(at: datetime) -> None:
        matter = approve_to_register(matter=box["matter"], actor=officer, at=at, despite=APART)
        box["matter"] = matter
        if thread.end != "registered":
            assign(matter=matter, shares=shares(story, thread), actor=officer, at=at)

    story.plan(ago, 10, begin)
    if thread.end == "new":
        return
    story.plan(ago, 11, hand)
    if thread.end in {"registered", "unsigned"}:
        return
    for place, unit in enumerate(thread.units):
        handler = story.handler(unit)
        story.plan(ago - 1, 14, lambda at, h=handler: sign(box["matter"], h, at))
        first = ago - (13 if thread.end == "late" else 8) - place
        reports(story, thread, box, handler, first, lead=place == 0)
    if thread.end == "revoked":
        why = "上级规定已调整，不再办理"
        story.plan(
            ago - 6, 16, lambda at: revoke(matter=fresh(box), reason=why, actor=officer, at=at)
        )
    if thread.end == "done":
        words = thread.progress
        story.plan(
            ago - 24,
            16,
            lambda at: conclude(
                matter=fresh(box), result="done", summary=words, actor=officer, at=at
            ),
        )


def fresh(box: dict[str, Matter]) -> Matter:
    """The thread's matter as it stands now."""
    return Matter.objects.get(pk=box["matter"].pk)


def begin_matter(story: Story, thread: Thread, officer: Actor, at: datetime) -> Matter:
    """Draft the matter with its plan and origin."""
    by_leader = thread.regime == Regime.INSTRUCTION
    plan = Plan(
        title=thread.title,
        regime=thread.regime,
        content=f"{thread.title}，明确任务、时限和责任人，按要求报告进展。",
        method="牵头单位负责，会办单位配合，分阶段反馈",
        purpose=thread.purpose,
        end_on=at.date() + timedelta(days=120),
        anchors={"meeting": at.date().isoformat()} if thread.regime == Regime.MEETING else {},
    )
    origin = Origin(title="王建国同志批示" if by_leader else "市委常委会会议纪要")
    leader = story.actors["wang"].person_id if by_leader else None
    matter = draft(plan=plan, actor=officer, at=at, origin=origin, instructed_by=leader)
    if by_leader:
        noted_on(story, matter, officer, at)
    return matter


def shares(story: Story, thread: Thread) -> list[Share]:
    """Sole for one unit, separate for territories, else lead and joint."""
    units = [story.units[name] for name in thread.units]
    if len(units) == 1:
        return [Share(units[0], Part.SOLE)]
    counties = all(unit.level == "county" for unit in units)
    parts = [Part.SEPARATE if counties else Part.JOINT for _unit in units]
    parts[0] = Part.SEPARATE if counties else Part.LEAD
    return [Share(unit, part) for unit, part in zip(units, parts, strict=True)]


def sign(matter: Matter, handler: Actor, at: datetime) -> None:
    """The unit signs for its slip."""
    share = Assignment.objects.select_related("matter").get(matter=matter, unit_id=handler.unit_id)
    sign_for(assignment=share, actor=handler, at=at)


def reports(
    story: Story, thread: Thread, box: dict[str, Matter], handler: Actor, ago: int, *, lead: bool
) -> None:
    """The first report and what comes of it, by the thread's end."""
    officer = story.actors["li" if lead else "he"]
    if thread.end in {"overdue", "revoked"} or (not lead and thread.end != "running"):
        return

    def send(at: datetime) -> None:
        report(box["matter"], handler, thread.progress, at)

    story.plan(ago, 15, send)
    if thread.end == "review" and lead:
        return
    story.plan(ago - 1, 16, lambda at: review(box["matter"], handler, officer, thread, at))
    if thread.end == "done":
        story.plan(
            ago - 8, 10, lambda at: report(box["matter"], handler, thread.progress, at, True)
        )
        story.plan(ago - 9, 10, lambda at: review(box["matter"], handler, officer, thread, at))


def report(
    matter: Matter, handler: Actor, progress: str, at: datetime, final: bool = False
) -> None:
    """Send a report on the first open duty (or the final one) with a file as evidence; a joint unit
    gives its opinion to the lead unit instead."""
    share = Assignment.objects.select_related("matter").get(matter=matter, unit_id=handler.unit_id)
    if share.part == Part.JOINT:
        advise(assignment=share, text=progress, actor=handler, at=at)
        return
    rows = share.duties.filter(state__in=DUTY_AWAITING_UNIT)
    rows = rows.filter(kind=DutyKind.FINAL) if final else rows.exclude(kind=DutyKind.FINAL)
    duty = rows.order_by("due_at", "rule_code").first()
    if duty is None:
        return
    words = Words(
        progress=progress,
        state_change="已进入实施阶段" if not final else "已完成",
        problems="个别环节资金和用地保障需协调",
        next_steps="倒排工期，逐项推进",
        summary="任务按要求完成，形成长效机制",
        late_reason="数据汇总延后" if duty.due_at and duty.due_at <= at else "",
        signed_by_principal=principal_of(handler.unit_name),
        figures=(Figure("完成数量", Decimal(share.returns * 10 + len(progress)), "项"),),
        percent=REPORTED.get(matter.title),
        hours=Decimal(len(progress) % 4) or None,  # some units say what writing took
    )
    draft_row = save_draft(assignment=share, words=words, revision=0, actor=handler, at=at)
    store(
        BytesIO(f"{matter.title}\n{progress}\n佐证材料目录。\n".encode()),
        name="佐证材料.txt",
        actor=handler,
        at=at,
        owner_kind="report",
        owner_id=draft_row.pk,
    )
    submit(assignment=share, duty_ids=[duty.pk], words=words, actor=handler, at=at)


def review(matter: Matter, handler: Actor, officer: Actor, thread: Thread, at: datetime) -> None:
    """Accept, or return where the thread says so."""
    share = Assignment.objects.get(matter=matter, unit_id=handler.unit_id)
    waiting = share.reports.filter(state="submitted").order_by("submitted_at").first()
    if waiting is None:
        return
    if thread.end == "returned":
        return_for_redo(
            report=waiting, reason="剩余座数和完成时间未列明，请补充清单", actor=officer, at=at
        )
    else:
        accept(report=waiting, actor=officer, at=at)


def bring_notice(story: Story, at: datetime) -> None:
    """A notice that waits on the drafting page."""
    upload(
        BytesIO((HERE / "notice.txt").read_bytes()),
        name="关于进一步加强督查工作推动决策部署落实的通知.txt",
        about=About(reference="清委办〔2026〕7号", issued_on=story.last),
        actor=story.actors["li"],
        at=at,
    )


def month_ends(story: Story, at: datetime) -> None:
    """The month's bulletin, frozen on its last working day."""
    freeze(month=office_date(at), actor=story.actors["li"], at=at)
