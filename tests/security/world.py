"""One office world with something behind every route, and a signed-in browser for every kind."""

import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.foundation.accounts.domain.opening import suspend
from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import Preview, UnitRow, write_tree
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token, revoke_token
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import ApiToken, Appointment, Unit
from luoshi.insight.bulletins.domain.freezing import freeze
from luoshi.insight.burden.domain.meeting import Invitation, ask_to_meeting
from luoshi.insight.horizons.domain.asking import Question
from luoshi.insight.horizons.domain.running import ask, finish
from luoshi.supervision.appraisal.domain.objecting import object_to
from luoshi.supervision.appraisal.domain.periods import Period
from luoshi.supervision.appraisal.domain.publishing import publish
from luoshi.supervision.appraisal.domain.recording import record_fact
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE
from luoshi.supervision.appraisal.domain.versioning import draft_version
from luoshi.supervision.chasing.domain.excepting import ask_exception
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.inspections.domain.concluding import conclude
from luoshi.supervision.inspections.domain.finding import Found, record_finding
from luoshi.supervision.inspections.domain.planning import approve_plan, file_plan
from luoshi.supervision.inspections.domain.preparing import (
    Member,
    Outline,
    draft_inspection,
    set_group,
)
from luoshi.supervision.inspections.domain.starting import start
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.lists.domain.drafting import Head, add_points, start_list
from luoshi.supervision.lists.domain.issuing import issue
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lookbacks.domain.fixing import fix
from luoshi.supervision.lookbacks.domain.opening import open_round
from luoshi.supervision.matters.domain.duty.extending import ask_extension
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.matter import stopping
from luoshi.supervision.matters.domain.matter.closing import conclude as conclude_matter
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Words, save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.report.signing_off import put_forward
from luoshi.supervision.matters.domain.share import objecting
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Extension, Matter, ReportDuty
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change
from luoshi.supervision.rulebook.models import ReportingRule
from tests.past import concluded
from tests.security.desks import make_desks
from tests.security.nodes import make_documents, make_nodes
from tests.story import SYSTEM, World, actor, make_world, person

KINDS = (
    "anon",
    "officer",
    "chief",
    "leader",
    "liaison",
    "sibling",
    "other",
    "upper",
    "county",
    "township",
    "acting",
    "lapsed",
    "suspended",
    "nopost",
    "system",
    "security",
    "auditor",
)
PLAN = Plan(
    title="防汛排查",
    regime="instruction",
    content="排查",
    method="牵头负责",
    purpose="安全度汛",
    end_on=date(2027, 6, 30),
)

WORDS = Words(progress="完成", state_change="完成", problems="无", next_steps="继续")


@dataclass
class Office:
    """The world, the ids routes need, and a browser per kind."""

    world: World
    ids: dict[str, UUID] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


def matter(world: World, at: datetime, *, to: Unit | None = None, title: str = "") -> Matter:
    """A registered matter, assigned to a unit if one is named."""
    plan = replace(PLAN, title=title) if title else PLAN
    made = draft(plan=plan, actor=world.officer, at=at)
    made = approve_to_register(matter=made, actor=world.officer, at=at, despite="分别办理")
    if to is not None:
        assign(matter=made, shares=[Share(to, Part.SOLE)], actor=world.officer, at=at)
        made.refresh_from_db()
    return made


def make_office(at: datetime) -> Office:
    """Everything behind every route."""
    world = make_world()
    office = Office(world)
    unsigned = matter(world, at, to=world.bureau)
    reported = matter(world, at, to=world.bureau)
    share = reported.assignments.get()
    share = sign_for(assignment=share, actor=world.liaison, at=at)
    words = WORDS
    started = save_draft(assignment=share, words=words, revision=0, actor=world.liaison, at=at)
    pdf = store(
        io.BytesIO("说明".encode()),
        name="说明.txt",
        actor=world.liaison,
        at=at,
        owner_kind="report",
        owner_id=started.pk,
    )
    duty = share.duties.get(rule_code="TR-06")
    sent = submit(assignment=share, duty_ids=[duty.pk], words=words, actor=world.liaison, at=at)
    text = "一、各县区要于2026年6月30日前报送情况。\n二、市财政局牵头，会后15个工作日内提出方案。"
    about = About(regime="document")
    document = upload(
        io.BytesIO(text.encode()), name="通知.txt", about=about, actor=world.officer, at=at
    )
    asked = ask_later(world, at)
    bulletin = freeze(month=date(2026, 2, 1), actor=world.officer, at=at)
    past = look_back(world, at)
    make_inspections(office, at)
    make_lists(office, at)
    sibling = others(office)
    office.ids |= make_desks(world, at)
    office.ids |= make_nodes(at)
    office.ids |= make_documents(world, at)
    held = Appointment.objects.get(pk=world.liaison.appointment_id)
    row = tokens(office, at)
    office.ids |= changed(world, sibling, at)
    office.ids |= {
        "meeting": meeting(world, at),
        "draft": draft(plan=PLAN, actor=world.officer, at=at).pk,
        "registered": matter(world, at).pk,
        **nudges(world, unsigned, asked.duty, at),
        "unsigned": unsigned.pk,
        "unsigned_share": unsigned.assignments.get().pk,
        "matter": reported.pk,
        "share": share.pk,
        "duty": duty.pk,
        "open_duty": share.duties.exclude(pk=duty.pk).first().pk,
        "report": sent.pk,
        "dated_duty": asked.duty_id,
        **rulings(world, at),
        "extension": asked.pk,
        "file": pdf.attachment.pk,
        "document": document.pk,
        "point": document.points.first().pk,
        "bulletin": bulletin.pk,
        "person": world.liaison.person_id or uuid4(),
        "appointment": held.pk,
        "token": row.pk,
        "bureau": world.bureau.pk,
        **past,
    }
    office.ids |= ended(world, at)
    return office


def meeting(world: World, at: datetime) -> UUID:
    """A meeting the bureau is asked to."""
    asked = Invitation("推进会", office_date(at), 60, "staff", "通知", [world.bureau])
    return ask_to_meeting(invitation=asked, actor=world.officer, at=at).pk


def ended(world: World, at: datetime) -> dict[str, UUID]:
    """A concluded matter, the accepted report of another, and one that waits for the principal."""
    first, second = reporting(world, at), reporting(world, at)
    for share in (first, second):
        said = submit(
            assignment=share,
            duty_ids=[share.duties.get().pk],
            words=WORDS,
            actor=world.liaison,
            at=at,
        )
        accept(report=said, actor=world.officer, at=at)
    conclude_matter(matter=first.matter, result="done", summary="完成", actor=world.officer, at=at)
    third = reporting(world, at)
    waiting = save_draft(assignment=third, words=WORDS, revision=0, actor=world.liaison, at=at)
    with acting(actor=world.liaison, at=at):
        put_forward(waiting, list(third.duties.all()), actor=world.liaison, at=at)
    return {
        "ended": first.matter_id,
        "accepted_report": second.reports.get().pk,
        "waiting_report": waiting.pk,
        "reporting_share": reporting(world, at).pk,
    }


def reporting(world: World, at: datetime) -> Assignment:
    """A signed share of a key task with one report owed."""
    made = draft(plan=replace(PLAN, regime="key_task"), actor=world.officer, at=at)
    made = approve_to_register(matter=made, actor=world.officer, at=at, despite="分别办理")
    rows = assign(matter=made, shares=[Share(world.bureau, Part.SOLE)], actor=world.officer, at=at)
    return sign_for(assignment=rows[0], actor=world.liaison, at=at)


def rulings(world: World, at: datetime) -> dict[str, UUID]:
    """A drafted rule, an act that moved limits, and a what-if that was computed."""
    calm = Change(
        reason="统一要求",
        valid_from=office_date(at),
        limit="签收后14个自然日内",
        content=["progress"],
        reports_to="批示领导办公室",
        legal_basis="督查工作办法",
        regimes=["instruction"],
    )
    first = propose_change(
        rule=ReportingRule.objects.get(code="TR-06"), change=calm, actor=world.officer, at=at
    )
    digest = digest_of(preview_rule(first, at))
    _version, act = rule_in_force(
        proposal=first, apply_to_open=True, digest=digest, actor=world.chief, at=at
    )
    waiting = propose_change(
        rule=ReportingRule.objects.get(code="TR-08"), change=calm, actor=world.officer, at=at
    )
    trial = finish(ask(question=Question(kind="reading"), actor=world.officer, at=at))
    assert act is not None
    return {"proposal": waiting.pk, "redating": act.pk, "trial": trial.pk}


def ask_later(world: World, at: datetime) -> Extension:
    """A signed share whose first report is asked to come later."""
    share = matter(world, at, to=world.bureau).assignments.get()
    share = sign_for(assignment=share, actor=world.liaison, at=at)
    return ask_extension(
        duty=share.duties.get(rule_code="TR-06"),
        wanted_at=at + timedelta(days=40),
        reason="资金文件未下达",
        actor=world.liaison,
        at=at,
    )


def look_back(world: World, at: datetime) -> dict[str, UUID]:
    """Of last year: what was concluded, its fixed round, a published ranking, an objection."""
    then = at.replace(year=at.year - 1, month=12, day=1)
    promised = at.date() + timedelta(days=60)
    matter = concluded(world, then, result="planned", promised_on=promised)
    opened = open_round(year=at.year - 2, percent=20, actor=world.officer, at=at)
    round = open_round(year=at.year - 1, percent=20, actor=world.officer, at=at)
    item = fix(round=round, actor=world.officer, at=at).items.get()
    version = draft_version(
        title="评分细则", basis="委办〔2026〕2号", weights=EXAMPLE, actor=world.officer, at=at
    )
    fact = record_fact(
        kind="commended",
        unit=world.bureau,
        happened_on=at.date(),
        reason="批示",
        reference="通报",
        actor=world.officer,
        at=at,
    )
    period = Period(at.year - 1, "Q4")
    publication = publish(period=period, version=version, actor=world.chief, at=at)
    score = publication.scores.get(unit=world.bureau)
    objection = object_to(score=score, text="有误", actor=world.liaison, at=at)
    return {
        "round": opened.pk,
        "fixed_round": round.pk,
        "item": item.pk,
        "closure": matter.closures.get().pk,
        "concluded": matter.pk,
        "version": version.pk,
        "fact": fact.pk,
        "publication": publication.pk,
        "objection": objection.pk,
    }


def make_lists(office: Office, at: datetime) -> None:
    """An issued list with its summaries, and a drafted one of the next year."""
    world, year = office.world, office_date(at).year
    head = Head(year, "督查要点", "清委办发〔2026〕3号", "牵头负责", "推动落实")
    found = start_list(head=head, actor=world.officer, at=at)
    add_points(
        points_list=found,
        points=read_points("燃气管网改造｜市住房城乡建设局"),
        actor=world.officer,
        at=at,
    )
    issued = issue(points_list=found, actor=world.officer, at=at)
    later = start_list(head=replace(head, year=year + 1), actor=world.officer, at=at)
    points = add_points(
        points_list=later,
        points=read_points("校园安全｜市住房城乡建设局"),
        actor=world.officer,
        at=at,
    )
    office.ids |= {
        "list": issued.pk,
        "draft_list": later.pk,
        "list_point": points[0].pk,
        "summary": issued.summaries.order_by("-due_at")[0].pk,
    }


def make_inspections(office: Office, at: datetime) -> None:
    """A planned inspection, one under way, one concluded with its problem."""
    world, rows = office.world, []
    today = office_date(at)
    for month in (10, 6, 2):  # far enough apart for the limits of frequency
        day = date(today.year, month, 10)
        day = min(day, today) if month == 2 else day
        outline = Outline(
            title="安全督查",
            kind="special",
            content="责任落实",
            scope="工地",
            methods=("visit",),
            objects=[world.bureau],
            starts_on=day,
            ends_on=day,
        )
        row = draft_inspection(outline=outline, actor=world.officer, at=at)
        leader = Member("王建国", "leader", person_id=world.leader.person_id)
        set_group(inspection=row, members=[leader], actor=world.officer, at=at)
        rows.append(row)
    plan = file_plan(plan=rows[0].plan, actor=world.officer, at=at)
    approve_plan(plan=plan, remark="", actor=world.chief, at=at)
    for row in rows[1:]:
        row = start(inspection=row, actor=world.officer, at=at)
        limit = office_date(at) + timedelta(days=30)
        found = Found(world.bureau, "problem", "3处未标识", "visit", "safety", "补齐", limit)
        record_finding(inspection=row, found=found, actor=world.officer, at=at)
    conclude(inspection=row, text="较好", requirements="", actor=world.officer, at=at)
    office.ids |= {
        "planned_inspection": rows[0].pk,
        "running_inspection": rows[1].pk,
        "inspection": rows[2].pk,
        "inspection_plan": plan.pk,
        "problem": Problem.objects.get().pk,
    }


def nudges(world: World, unsigned: Matter, dated: ReportDuty, at: datetime) -> dict[str, UUID]:
    """A held nudge, one with an exception asked, and a blue slip."""
    ReportDuty.objects.filter(pk=dated.pk).update(warn_at=at)
    shares = Assignment.objects.select_related("matter__office", "unit")
    first, second = shares.get(matter=unsigned), shares.get(pk=dated.assignment_id)
    by = {"actor": world.officer, "at": at}
    urge(share=first, wording=Wording(), **by)
    held = urge(share=first, wording=Wording(), **by)
    slip = urge(share=second, wording=Wording(colour="blue"), **by).slip
    again = urge(share=second, wording=Wording(), **by)
    asked = ask_exception(urge=again, reason="上会", **by)
    return {"held_urge": held.pk, "nudge_exception": asked.pk, "colour_slip": slip.pk} | {
        "exceptional_urge": again.pk
    }


def tokens(office: Office, at: datetime) -> ApiToken:
    """A token of each kind; the liaison's, for the page that revokes one."""
    world = office.world
    foreign = by_unit("望川市", "gaojie", Role.SUPERVISION_OFFICER)
    reading = tuple(scope for scope in SCOPES if scope.endswith(":read"))
    made = {}
    for kind, who, scopes in (
        ("reader", world.officer, reading),
        ("officer", world.officer, SCOPES),
        ("liaison", world.liaison, SCOPES),
        ("foreign", foreign, SCOPES),
        ("revoked", world.officer, SCOPES),
    ):
        made[kind], office.tokens[kind] = issue_token(
            appointment=Appointment.objects.get(pk=who.appointment_id),
            name="接口",
            scopes=scopes,
            expires_at=at + timedelta(days=30),
            actor=SYSTEM,
            at=at,
        )
    revoke_token(token=made["revoked"], actor=SYSTEM, at=at)
    return made["liaison"]


def changed(world: World, sibling: Actor, at: datetime) -> dict[str, UUID]:
    """What stands beside the straight way: stops, an objection, a joint unit."""
    resting, asking, doubted = (matter(world, at, to=world.bureau) for _each in range(3))
    running = stopping.stop(matter=resting, reason="等待", actor=world.officer, at=at)
    wished = stopping.ask(
        assignment=asking.assignments.get(), reason="等待", actor=world.liaison, at=at
    )
    objection = objecting.object_to(
        assignment=doubted.assignments.get(), reason="非我职责", actor=world.liaison, at=at
    )
    together = matter(world, at)
    shares = [
        Share(world.bureau, Part.LEAD),
        Share(Unit.objects.get(pk=sibling.unit_id), Part.JOINT),
    ]
    assign(matter=together, shares=shares, actor=world.officer, at=at)
    joint = together.assignments.get(part=Part.JOINT)
    sign_for(assignment=joint, actor=sibling, at=at)
    return {
        "running_stop": running.pk,
        "asked_stop": wished.pk,
        "share_objection": objection.pk,
        "together": together.pk,
        "joint_share": joint.pk,
    }


def others(office: Office) -> Actor:
    """The people who are not of the matter, and everybody's browser; returns the sibling."""
    world, today = office.world, office_date(timezone.now())
    plant_township()
    actors: dict[str, Actor | None] = {
        "anon": None,
        "officer": world.officer,
        "chief": world.chief,
        "leader": world.leader,
        "liaison": world.liaison,
        "sibling": by_unit("市财政局", "qian", Role.LIAISON),
        "other": by_unit("望川市", "gao", Role.SUPERVISION_OFFICER),
        "upper": by_unit("省委办公厅", "xu", Role.SUPERVISION_OFFICER),
        "county": by_unit("安澜县", "jiang", Role.SUPERVISION_OFFICER),
        "township": by_unit("柳河镇", "tian", Role.LIAISON),
        "acting": stands_in(world, "niu", today + timedelta(days=3)),
        "lapsed": stands_in(world, "ma", today - timedelta(days=1)),
        "suspended": by_unit("市财政局", "hu", Role.LIAISON),
        "system": by_unit("市委办公室", "admin", Role.SYSTEM_ADMIN),
        "security": by_unit("市委办公室", "security", Role.SECURITY_ADMIN),
        "auditor": by_unit("市委办公室", "auditor", Role.AUDITOR),
    }
    for kind in KINDS:
        who = actors.get(kind)
        client = Client()
        if kind == "nopost":
            sign_in(client, person("wu", "吴岗"))
        elif who is not None:
            sign_in(client, User.objects.get(pk=who.person_id))
        office.clients[kind] = client
    suspend(user=User.objects.get(username="hu"), reason="离岗", actor=SYSTEM, at=timezone.now())
    sibling = actors["sibling"]
    assert sibling is not None
    return sibling


def plant_township() -> None:
    """A township under a county: two levels below the office."""
    county = Unit.objects.get(short_name="安澜县")
    place = ("乡镇", "政府", county.code)
    row = UnitRow(2, "01010101", "安澜县柳河镇人民政府", "柳河镇", [], *place)
    write_tree(Preview([row], []), actor=SYSTEM, at=timezone.now())


def stands_in(world: World, username: str, until: date) -> Actor:
    """Somebody who acts for the liaison of the bureau, up to a day."""
    held = Appointment.objects.select_related("post").get(pk=world.liaison.appointment_id)
    deputy = person(username, f"{username}某")
    appoint(
        person=deputy,
        unit=world.bureau,
        role=held.post.role,
        title=held.post.title,
        starts_on=until - timedelta(days=30),
        ends_on=until,
        delegated_from=held,
        actor=SYSTEM,
        at=timezone.now(),
    )
    return replace(world.liaison, person_id=deputy.pk, username=username)


def by_unit(name: str, username: str, role: str) -> Actor:
    """Somebody in a unit of the sample tree."""
    return actor(username, f"{username}某", Unit.objects.get(short_name=name), role)


def sign_in(client: Client, user: User) -> None:
    """A session of an active account whose password is its own and whose factor is enrolled."""
    user.must_change_password, user.factor_since = False, user.created_at
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["proved"], session["factor"] = timezone.now().isoformat(), True
    session.save()


def keyed(**body: Any) -> dict[str, Any]:
    """A form's body with a fresh submission key."""
    return body | {"submission_key": str(uuid4())}
