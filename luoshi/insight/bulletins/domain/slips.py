"""The assignment slip (交办单) of one share; towards units without command relation a courteous
request (商请函) in its words (decision 9, S2-89). What two general offices issue together carries
both names, the lead office's first and with its number (S3-55)."""

from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.supervision.matters.domain.courtesy import softened
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from luoshi.supervision.rulebook.enums import Regime

PARTS = {Part.LEAD: "牵头", Part.JOINT: "会办", Part.SEPARATE: "分办", Part.SOLE: "独办"}
REGIMES = {
    Regime.DECISION: "重大决策部署",
    Regime.MEETING: "会议精神",
    Regime.POINTS: "督查要点",
    Regime.INSTRUCTION: "领导批示",
    Regime.ACTIVITY: "主题活动",
    Regime.KEY_TASK: "重点工作",
    Regime.DOCUMENT: "文件交办",
}


def slip_of(share: Assignment) -> Slip:
    """The slip as a paper, always in Chinese: it is an official document."""
    matter, day = share.matter, office_date(share.assigned_at)
    joint = matter.joint_office
    said = softened if share.courteous else str
    rows = (
        ("事　　项", said(matter.title)),
        ("来　　源", matter.origin_title or REGIMES[Regime(matter.regime)]),
        ("承办单位", f"{share.unit.name}（{PARTS[Part(share.part)]}）"),
        ("工作内容", said(share.task or matter.content)),
        ("办理方式", said(matter.method)),
        ("目　　的", said(matter.purpose)),
        ("报告要求", asked(share)),
        *addressees(share),
    )
    return Slip(
        issuer=matter.office.name,
        title="关于商请办理有关事项的函" if share.courteous else "督查事项交办单",
        number=matter.number,
        rows=tuple(row for row in rows if row[1]),
        paragraphs=(f"{share.unit.name}：", *sentences(share, matter)),
        office=matter.office.name,
        date=f"{day.year}年{day.month}月{day.day}日",
        joint_issuer=joint.name if joint else "",
    )


def addressees(share: Assignment) -> tuple[tuple[str, str], ...]:
    """Who gets the reports and who a copy; a joint unit reports to the lead unit alone."""
    if share.part == Part.JOINT:
        return ()
    return (
        ("报送对象", share.matter.report_names),
        ("抄　　送", share.matter.copy_names),
    )


def asked(share: Assignment) -> str:
    """What is to be reported by when; a joint unit owes its opinion to the lead unit alone."""
    duties = [
        f"{duty.title_zh}：{limit_words(duty)}" for duty in share.duties.order_by("due_at", "pk")
    ]
    if share.part == Part.JOINT:
        return "；".join(duties) + "（送牵头单位，不直接报交办单位）"
    return "；".join(duties) or "按办理进展报告"


def sentences(share: Assignment, matter: Matter) -> tuple[str, ...]:
    """The sentences under the table, by relation and by issuer."""
    joint = matter.joint_office
    name = "经研究，现以“两办”名义" if joint else "现"
    if share.courteous:
        return (
            f"{name}就上述事项商请贵单位予以支持办理。请于收悉后函告，并请在方便时反馈有关情况为盼；"
            "如已办理，敬请忽略。",
        )
    whom = f"向{matter.office}报送办理情况，同时抄送{joint}" if joint else "报送办理情况"
    return (
        f"{name}将上述事项交由贵单位办理。请签收后按要求办理，并按时限{whom}。",
        "对交办有异议的，请在规定时限内书面提出并说明理由，不得自行转办。",
    )


def limit_words(duty: ReportDuty) -> str:
    """The limit of a duty in words."""
    if duty.due_at is not None:
        return f"{date_text(last_day(duty.due_at), 'zh')}前"
    return "签收之日起计算" if duty.deadline else "不定期"
