"""A matter assigned to a unit on another node is mirrored there; each side acts in its own house
(features rows 50, 51; B16; S3-101, S3-112; TR-13)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.time import end_of_day
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.models import Urge
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import answer as answer_stop
from luoshi.supervision.matters.domain.matter.stopping import ask, resume, stop
from luoshi.supervision.matters.domain.report.reporting import save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.objecting import object_to, reject
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.domain.share.staging import plan_progress
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    JointOpinion,
    Matter,
    Objection,
    Report,
)
from tests.supervision.mirrors.levels import COUNTY, GOOD, SECOND, C, Levels, X, agree, assigned


def share_of(unit: str = COUNTY) -> Assignment:
    """The newest share of a unit in the books of the node at work."""
    rows = Assignment.objects.select_related("matter__office", "unit").order_by("-assigned_at")
    found = rows.filter(unit__short_name=unit).first()
    assert found is not None
    return found


def signed(one: Levels) -> Assignment:
    """A share assigned by the city, signed for by the county, known on both sides."""
    share = assigned(one, (COUNTY, Part.SOLE))[COUNTY]
    one.flow()
    liaison = one.liaison
    with one.on(X) as at:
        sign_for(assignment=share_of(), actor=liaison, at=at)
    one.flow()
    return share


def reported(one: Levels, code: str = "TR-06", words: Any = GOOD) -> Report:
    """A report of the county on one duty, with a file."""
    liaison = one.liaison
    with one.on(X) as at:
        share = share_of()
        kept = save_draft(assignment=share, words=words, revision=0, actor=liaison, at=at)
        name = f"附件{kept.round}.txt"
        file = BytesIO(f"普查表{kept.pk}".encode())
        store(file, name=name, actor=liaison, at=at, owner_kind="report", owner_id=kept.pk)
        duties = [share.duties.get(rule_code=code).pk]
        sent = submit(assignment=share, duty_ids=duties, words=words, actor=liaison, at=at)
    one.flow()
    return sent


def test_the_circle_between_city_and_county(one: Levels) -> None:
    """Rows 50 and 51, TR-06: slip, signing, limits, report with its file, return, redo, acceptance,
    final report, conclusion, reopening; after each both sides have the same in their books."""
    share = assigned(one, (COUNTY, Part.SOLE))[COUNTY]
    one.flow()
    agree(one, share.matter_id)
    liaison, officer = one.liaison, one.officer
    with one.on(X) as at:
        mine = share_of()
        assert (mine.matter.home, mine.matter.number) == (C, share.matter.number)
        assert str(mine.matter.office) == "市委办公室"
        assert {d.rule_code for d in mine.duties.all()} == {"TR-06", "TR-08", "TR-09"}
        sign_for(assignment=mine, actor=liaison, at=at)
        assert mine.duties.get(rule_code="TR-06").due_at is not None
        signed_at = at
    one.flow()
    agree(one, share.matter_id)
    with one.on(C):
        theirs = share_of()
        assert (theirs.signed_at, theirs.signed_by_name) == (signed_at, "赵县")
        due = theirs.duties.get(rule_code="TR-06").due_at

    sent = reported(one)
    agree(one, share.matter_id)
    with one.on(C) as at:
        here = Report.objects.get(pk=sent.pk)
        assert (here.progress, here.receipt_number) == (GOOD.progress, sent.receipt_number)
        assert Attachment.objects.get(owner_kind="report", owner_id=here.pk).name == "附件1.txt"
        assert here.assignment.duties.get(rule_code="TR-06").due_at == due
        return_for_redo(report=here, reason="缺少更新计划", actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        assert Report.objects.get(pk=sent.pk).review.reason == "缺少更新计划"
        assert Notice.objects.filter(recipient_id=liaison.person_id, kind="returned").exists()
    again = reported(one)
    with one.on(C) as at:
        assert Report.objects.get(pk=again.pk).follows_id == sent.pk
        accept(report=Report.objects.get(pk=again.pk), actor=officer, at=at)
    one.flow()
    last = reported(one, "TR-09")
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=last.pk), actor=officer, at=at)
        matter = Matter.objects.get(pk=share.matter_id)
        conclude(matter=matter, result="done", summary="完成", actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(C) as at:
        due_on = at.date() + timedelta(days=60)
        matter = Matter.objects.get(pk=share.matter_id)
        reopen(matter=matter, reason="出现反弹", due_on=due_on, actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        assert share_of().reopening is not None
        assert Entry.objects.filter(action="mirrors.adopted").count() >= 7


def test_extensions_stops_urges_objections_cross_the_line(one: Levels) -> None:
    """Row 50: asked over there, decided here, known on both sides; R-SUP-4, R-PRO-5, S3-68."""
    share = signed(one)
    liaison, officer = one.liaison, one.officer
    with one.on(X) as at:
        duty = share_of().duties.get(rule_code="TR-06")
        assert duty.due_at is not None
        wanted = duty.due_at + timedelta(days=10)
        ask_extension(duty=duty, wanted_at=wanted, reason="资金未到", actor=liaison, at=at)
        object_to(assignment=share_of(), reason="属住建职责", actor=liaison, at=at)
        ask(assignment=share_of(), reason="等待批复", actor=liaison, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(C) as at:
        grant_extension(extension=Extension.objects.get(), actor=officer, at=at)
        reject(objection=Objection.objects.get(), reason="属你县职责", actor=officer, at=at)
        answer_stop(stop=ClockStop.objects.get(), granted=True, reason="", actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        assert Extension.objects.get().state == "granted"
        assert Objection.objects.get().answer == "属你县职责"
        assert share_of().stopped_at is not None and share_of().objected_at is None
    with one.on(C) as at:
        resume(stop=ClockStop.objects.get(), reason="已批复", actor=officer, at=at)
        urge(share=share_of(), wording=Wording(), actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        assert Urge.objects.get().made_by_name == "李文清"
        assert Notice.objects.filter(recipient_id=liaison.person_id, kind="urge").count() == 1
    with one.on(C) as at:
        stop(matter=share_of().matter, reason="机构调整", actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(C) as at:
        revoke(matter=share_of().matter, reason="重复立项", actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        assert share_of().matter.revocation.reason == "重复立项"


def test_a_joint_unit_advises_the_lead_over_the_line(one: Levels) -> None:
    """R-PRO-5, row 13: joint there, lead there too, and the opinion reaches the office's books."""
    made = assigned(one, (COUNTY, Part.LEAD), (SECOND, Part.JOINT))
    one.flow()
    helper = one.who(X, "钱县", SECOND, "liaison")
    with one.on(X) as at:
        share = share_of(SECOND)
        sign_for(assignment=share, actor=helper, at=at)
        advise(assignment=share_of(SECOND), text="同意牵头意见", actor=helper, at=at)
    one.flow()
    agree(one, made[COUNTY].matter_id, SECOND)
    with one.on(C):
        assert JointOpinion.objects.get().text == "同意牵头意见"
        assert str(JointOpinion.objects.get().lead.unit) == COUNTY


def test_planned_progress_reaches_the_county_and_its_progress_comes_back(one: Levels) -> None:
    """Rows 50 and 51, R-SUP-5: the county holds its share against the city's plan and is told of
    it once; what it reports of it, and its hours, stand in the city's book."""
    share = signed(one)
    liaison, officer = one.liaison, one.officer
    with one.on(C) as at:
        stages = (Stage(date(2026, 6, 20), 40, "完成普查"),)
        plan_progress(matter=share.matter, stages=stages, actor=officer, at=at)
    one.flow()
    agree(one, share.matter_id)
    with one.on(X):
        mine = share_of()
        assert (mine.planned_percent, mine.behind_at) == (40, end_of_day(date(2026, 6, 20)))
        told = Notice.objects.filter(recipient_id=liaison.person_id, kind="planned")
        assert told.count() == 1
    reported(one, words=replace(GOOD, percent=25, hours=Decimal("1.5")))
    agree(one, share.matter_id)
    with one.on(C):
        assert share_of().reported_percent == 25
        assert Report.objects.get().hours == Decimal("1.5")
    with one.on(X):
        assert Notice.objects.filter(kind="planned", recipient_id=liaison.person_id).count() == 1
