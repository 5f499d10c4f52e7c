"""Objection, reassignment, joint opinions, joint issue, courteous requests."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.typesetting.rendering import render
from luoshi.foundation.typesetting.word_processing import render_docx
from luoshi.insight.bulletins.domain.slips import slip_of
from luoshi.supervision.matters.domain.courtesy import softened
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft, replan
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.queries.counting import Span, duties
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import (
    accept,
    ask_to_supplement,
    return_for_redo,
)
from luoshi.supervision.matters.domain.share import objecting
from luoshi.supervision.matters.domain.share.advising import advise, joints_of
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    Objection,
    Reassignment,
    Report,
    ReportDuty,
)
from luoshi.supervision.rulebook.domain.settling import settle
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.matters.test_circle import AT, GOOD, PLAN, assigned

pytestmark = pytest.mark.django_db
INSIDE = datetime(2026, 2, 9, 15, 59, tzinfo=UTC)
OUTSIDE = datetime(2026, 2, 9, 16, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


def unit(name: str) -> Unit:
    return Unit.objects.get(short_name=name)


def issued(
    world: World, *shares: tuple[str, str], by: Actor | None = None, **plan: object
) -> Matter:
    """A registered matter with these shares."""
    officer = by or world.officer
    row = draft(plan=Plan(**{**PLAN.__dict__, **plan}), actor=officer, at=AT)
    row = approve_to_register(matter=row, actor=officer, at=AT)
    assign(
        matter=row,
        shares=[Share(unit(name), part) for name, part in shares],
        actor=officer,
        at=AT,
    )
    return row


def share_of(matter: Matter, name: str) -> Assignment:
    rows = Assignment.objects.select_related("matter__office", "matter__joint_office", "unit")
    return rows.get(matter=matter, unit__short_name=name)


def test_objection_inside_its_window(world: World) -> None:
    """R-PRO-5: until 24:00 of the third working day after the assignment (4 February + 3 = 9th),
    once; the office is told."""
    share = assigned(world)
    assert objecting.window_of(share) == OUTSIDE
    with pytest.raises(Refused) as refused:
        objecting.object_to(assignment=share, reason="非我职责", actor=world.liaison, at=OUTSIDE)
    assert refused.value.code == "window-closed"
    assert "2月9日" in str(refused.value)
    with pytest.raises(Invalid):
        objecting.object_to(assignment=share, reason=" ", actor=world.liaison, at=INSIDE)
    with pytest.raises(Forbidden):
        objecting.object_to(assignment=share, reason="代提", actor=world.officer, at=INSIDE)
    row = objecting.object_to(
        assignment=share,
        reason="非我职责",
        suggestion="市城管局",
        actor=world.liaison,
        at=INSIDE,
    )
    assert Assignment.objects.get(pk=share.pk).objected_at == INSIDE
    assert Notice.objects.filter(kind="objected", recipient_id=world.officer.person_id).exists()
    objecting.reject(objection=row, reason="三定方案明确由你局负责", actor=world.officer, at=INSIDE)
    assert Assignment.objects.get(pk=share.pk).objected_at is None
    with pytest.raises(Refused) as again:
        objecting.object_to(assignment=share, reason="再提", actor=world.liaison, at=INSIDE)
    assert again.value.code == "objected-once"


def test_window_is_the_offices_setting(world: World) -> None:
    """R-PRO-5: from 3 working days to a week or ten days, by place."""
    settle(office_id=world.office.pk, values={"objection_workdays": 5}, actor=SYSTEM, at=AT)
    assert objecting.window_of(assigned(world)) == datetime(2026, 2, 11, 16, 0, tzinfo=UTC)


def test_accepted_objection_gives_the_share_to_another_unit(world: World) -> None:
    """R-PRO-5: the old share ends, its duties are withdrawn, the new unit has a slip of its own."""
    share = assigned(world)
    row = objecting.object_to(assignment=share, reason="非我职责", actor=world.liaison, at=INSIDE)
    new = objecting.accept(
        objection=row, unit=unit("市城管局"), reason="", actor=world.officer, at=INSIDE
    )
    share.refresh_from_db()
    assert (share.state, new.unit.short_name, new.state) == ("reassigned", "市城管局", "unsigned")
    assert set(share.duties.values_list("state", flat=True)) == {"withdrawn"}
    moved = Reassignment.objects.get()
    assert (moved.before, moved.after, moved.reason) == (share, new, "非我职责")
    assert Objection.objects.get().state == "accepted"
    assert Matter.objects.get(pk=share.matter_id).lead_unit == unit("市城管局")
    with pytest.raises(Refused):
        objecting.reject(objection=row, reason="晚了", actor=world.officer, at=INSIDE)


def test_a_unit_never_passes_a_share_on_by_itself(world: World) -> None:
    """R-PRO-5: reassigning is the assigning office's act, and not while a report waits."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    with pytest.raises(Forbidden) as refused:
        reassign(
            assignment=share,
            unit=unit("市城管局"),
            reason="转办",
            actor=world.liaison,
            at=AT,
        )
    assert refused.value.code == "no-passing-on"
    with pytest.raises(Invalid):
        reassign(assignment=share, unit=unit("市城管局"), reason="", actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        reassign(assignment=share, unit=world.office, reason="自办", actor=world.officer, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    with pytest.raises(Refused) as waiting:
        reassign(assignment=share, unit=unit("市城管局"), reason="改派", actor=world.officer, at=AT)
    assert waiting.value.code == "reports-in-review"


def test_joint_unit_gives_its_opinion_to_the_lead(world: World) -> None:
    """R-PRO-5, features row 13: due by the office's setting, to the lead unit, never a report to
    the assigner; the lead sees what is missing."""
    matter = issued(world, ("市住房城乡建设局", Part.LEAD), ("市财政局", Part.JOINT))
    lead, joint = share_of(matter, "市住房城乡建设局"), share_of(matter, "市财政局")
    duty = joint.duties.get()
    assert (duty.rule_code, duty.kind, duty.due_at) == (
        "R-PRO-5",
        "opinion",
        datetime(2026, 3, 6, 16, 0, tzinfo=UTC),
    )
    finance = actor("qian", "钱芳", unit("市财政局"), Role.LIAISON)
    with pytest.raises(Refused) as unsigned:
        advise(assignment=joint, text="同意", actor=finance, at=AT)
    assert unsigned.value.code == "sign-first"
    joint = sign_for(assignment=joint, actor=finance, at=AT)
    with pytest.raises(Refused) as report:
        submit(assignment=joint, duty_ids=[duty.pk], words=GOOD, actor=finance, at=AT)
    assert report.value.code == "joint-unit"
    assert [one.missing for one in joints_of(lead)] == [True]
    with pytest.raises(Forbidden):
        advise(assignment=joint, text="代拟", actor=world.liaison, at=AT)
    row = advise(assignment=joint, text="资金可分两年安排", actor=finance, at=AT)
    assert (row.lead, [one.missing for one in joints_of(lead)]) == (lead, [False])
    assert Notice.objects.filter(kind="opinion", recipient_id=world.liaison.person_id).exists()
    duty.refresh_from_db()
    assert (duty.state, duty.late_amount) == ("accepted", None)


def test_late_opinion_keeps_its_mark(world: World) -> None:
    """R-PRO-5: an opinion after its date is marked late."""
    matter = issued(world, ("市住房城乡建设局", Part.LEAD), ("市财政局", Part.JOINT))
    finance = actor("qian", "钱芳", unit("市财政局"), Role.LIAISON)
    joint = sign_for(assignment=share_of(matter, "市财政局"), actor=finance, at=AT)
    advise(assignment=joint, text="同意", actor=finance, at=AT + timedelta(days=32))
    assert joint.duties.get().late_amount == 2


def test_two_general_offices_own_a_matter_together(world: World) -> None:
    """S3-55, features row 4: both see and may review, the lead office numbers and concludes."""
    other = unit("市政府办公室")
    matter = issued(world, ("市住房城乡建设局", Part.SOLE), joint_office=other.pk)
    reviewer = actor("fang", "方正", other, Role.SUPERVISION_OFFICER)
    assert Matter.objects.visible_to(reviewer).filter(pk=matter.pk).exists()
    share = sign_for(assignment=share_of(matter, "市住房城乡建设局"), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    sent = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    assert Report.objects.visible_to(reviewer).filter(pk=sent.pk).exists()
    assert accept(report=sent, actor=reviewer, at=AT).reviewer_name == "方正"
    with pytest.raises(Forbidden):
        conclude(matter=matter, result="done", summary="完成", actor=reviewer, at=AT)
    with pytest.raises(Invalid):
        replan(matter=matter, plan=PLAN, revision=0, actor=world.officer, at=AT)
    slip = slip_of(share_of(matter, "市住房城乡建设局"))
    assert (slip.issuer, slip.joint_issuer) == ("中共清源市委办公室", "清源市人民政府办公室")
    assert "以“两办”名义" in slip.paragraphs[1]
    with pytest.raises(Invalid):
        issued(world, title="别的事项", joint_office=world.bureau.pk)


def cppcc(world: World) -> Actor:
    """The CPPCC office's officer; the office registers by its officer."""
    office = unit("市政协办公室")
    values = {"officer_registers": True, "number_prefix": "政协"}
    settle(office_id=office.pk, values=values, actor=SYSTEM, at=AT)
    return actor("gu", "顾宁", office, Role.SUPERVISION_OFFICER)


def test_no_command_means_words_and_acts_of_request(world: World) -> None:
    """Decision 9, S2-89, S2-90: request wording on slip and notice, no words of command, no return
    for redo but a request to supplement that counts no return."""
    officer = cppcc(world)
    with pytest.raises(Invalid) as ordered:
        row = draft(plan=PLAN, actor=officer, at=AT)
        row = approve_to_register(matter=row, actor=officer, at=AT)
        assign(
            matter=row,
            shares=[Share(world.bureau, Part.SOLE, "责成你局限期完成")],
            actor=officer,
            at=AT,
        )
    assert "商请你局请按期完成" in str(ordered.value)
    matter = issued(world, ("市住房城乡建设局", Part.SOLE), by=officer, title="湿地保护提案办理")
    share = share_of(matter, "市住房城乡建设局")
    assert share.courteous
    slip = slip_of(share)
    assert slip.title == "关于商请办理有关事项的函"
    assert "为盼" in slip.paragraphs[1]
    notice = Notice.objects.get(kind="assigned", url=f"/matters/{matter.pk}/")
    assert notice.title_zh.startswith("商请办理")
    share = sign_for(assignment=share, actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    sent = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    with pytest.raises(Refused) as refused:
        return_for_redo(report=sent, reason="重办", actor=officer, at=AT)
    assert refused.value.code == "no-command"
    ask_to_supplement(report=sent, reason="请补充面积", actor=officer, at=AT)
    share.refresh_from_db()
    assert (share.state, share.returns) == ("returned", 0)


def test_where_there_is_command_a_return_cannot_hide_as_a_request(world: World) -> None:
    """S2-90, R-SUP-6: returns are counted."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    sent = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    with pytest.raises(Refused) as refused:
        ask_to_supplement(report=sent, reason="补充", actor=world.officer, at=AT)
    assert refused.value.code == "returns-count"


def test_words_of_command_become_words_of_request() -> None:
    """S2-89: “请、麻烦、拜托” instead of “必须、立刻”."""
    assert softened("责成市住建局必须立刻整改") == "商请市住建局请尽快整改"
    assert softened("请予支持") == "请予支持"


def test_slip_as_pdf_and_docx(world: World) -> None:
    """Features row 12, GB/T 9704: the same facts on both; grid, margins and faces of the DOCX."""
    matter = issued(
        world,
        ("市住房城乡建设局", Part.LEAD),
        ("市财政局", Part.JOINT),
        joint_office=unit("市政府办公室").pk,
    )
    paper = slip_of(share_of(matter, "市住房城乡建设局"))
    text = pypdfium2.PdfDocument(render(paper))[0].get_textpage().get_text_range()
    assert "督查事项交办单" in text
    document = Document(BytesIO(render_docx(paper)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:2] == ["中共清源市委办公室", "清源市人民政府办公室"]
    assert "督〔2026〕1号" in words
    assert document.tables[0].rows[2].cells[1].text == "清源市住房和城乡建设局（牵头）"
    section = document.sections[0]
    margins = (
        section.top_margin.mm,
        section.bottom_margin.mm,
        section.left_margin.mm,
        section.right_margin.mm,
    )
    assert [round(value) for value in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    fonts = document.styles["Normal"].element.rPr.rFonts
    slots = {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert slots == {"FangSong_GB2312"}
    joint = slip_of(share_of(matter, "市财政局"))
    assert "送牵头单位" in dict(joint.rows)["报告要求"]


def test_opinions_are_no_reports_to_the_office(world: World) -> None:
    """R-PRO-5: an opinion owed is not among the reports the assigner counts."""
    issued(world, ("市住房城乡建设局", Part.LEAD), ("市财政局", Part.JOINT))
    opinion = ReportDuty.objects.get(kind="opinion")
    assert opinion.due_at is not None
    span = Span(world.office.pk, date(2026, 3, 1), datetime(2026, 3, 31, tzinfo=UTC))
    assert list(duties(span)) == []
