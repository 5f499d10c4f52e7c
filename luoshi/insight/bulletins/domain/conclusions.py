"""The conclusion report (办结报告) as a paper: result, effect, evidence, what was not reached."""

from luoshi.foundation.core.time import date_text, office_date
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Closure, ConclusionReport

RESULTS_ZH = {
    "done": "已办结",
    "partly": "部分办结",
    "planned": "已列入计划",
    "not_possible": "因故未能办理",
}
GRADES_ZH = {1: "陈述", 2: "文件", 3: "数据附文件", 4: "实地核查", 5: "第三方"}


def conclusion_paper(found: ConclusionReport) -> Slip:
    """The paper, in Chinese as every official document."""
    closure = found.closure
    matter = closure.matter
    shares = matter.assignments.select_related("unit").order_by("assigned_at", "pk")
    units = "、".join(dict.fromkeys(s.unit.name for s in shares if s.part != Part.JOINT))
    final = found.final_report
    rows = [
        ("事　　项", matter.title),
        ("承办单位", units),
        ("办理结果", RESULTS_ZH.get(closure.result, closure.result)),
        ("证据等级", f"{found.evidence}级（{GRADES_ZH[found.evidence]}）"),
        ("办结日期", date_text(office_date(closure.concluded_at), "zh")),
    ]
    if closure.promised_on is not None:
        rows.append(("承诺时限", date_text(closure.promised_on, "zh")))
    strike = getattr(closure, "strike_off", None)
    if strike is not None:
        rows.append(("销　　号", f"{strike.number}，{date_text(strike.struck_on, 'zh')}"))
    effect = effect_text(closure)
    paragraphs = [f"一、办理情况。{closure.summary}" + (f"成效：{effect}" if effect else "")]
    if final is not None:
        told = final.summary or final.progress
        figures = "；".join(
            f"{f.name}{f.value.normalize():f}{f.measure}" for f in final.figures.all()
        )
        paragraphs.append(f"二、承办单位报告（{final.receipt_number}）。{told}{figures}")
    if found.unmet:
        paragraphs.append(f"三、尚未完成的部分。{found.unmet}")
    issued = office_date(closure.concluded_at)
    return Slip(
        issuer=matter.office.name,
        title="办结报告",
        number=matter.number,
        rows=tuple(rows),
        paragraphs=tuple(paragraphs),
        office=matter.office.name,
        date=f"{issued.year}年{issued.month}月{issued.day}日",
    )


def effect_text(closure: Closure) -> str:
    """The measured effect and its words, in one phrase; empty where none was given."""
    measured = ""
    if closure.effect_value is not None:
        measured = (
            f"{closure.effect_name}{closure.effect_value.normalize():f}{closure.effect_measure}"
        )
    return "；".join(part for part in (measured, closure.effect) if part)
