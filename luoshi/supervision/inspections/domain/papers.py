"""The conclusion as an official paper for one object (GB/T 9704): its own facts only."""

from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.typesetting.rendering import Letter
from luoshi.supervision.inspections.enums import FindingKind, Part
from luoshi.supervision.inspections.models import Conclusion

HEADS = ("序号", "发现的问题", "整改要求", "整改时限")
WIDTHS = (1.0, 6.0, 4.0, 2.4)


def letter_of(conclusion: Conclusion, unit: Unit | None) -> Letter:
    """The paper addressed to `unit`, or the whole conclusion for the office itself."""
    inspection = conclusion.inspection
    day = office_date(conclusion.sent_at)
    findings = inspection.findings.select_related("unit")
    if unit is not None:
        findings = findings.filter(unit=unit)
    problems = [one for one in findings if one.kind == FindingKind.PROBLEM]
    others = [one for one in findings if one.kind != FindingKind.PROBLEM]
    leader = inspection.group.filter(part=Part.LEADER).first()
    span = f"{inspection.starts_on:%Y年%-m月%-d日}至{inspection.ends_on:%-m月%-d日}"
    group = f"由{leader.name}任组长的督查组" if leader else "督查组"
    methods = "、".join(str(word) for word in methods_of(conclusion))
    paragraphs = [
        f"{span}，{inspection.office.name}{group}围绕{inspection.title}开展督查，"
        f"采取{methods}等方式进行。现将督查结论通知如下。",
        "一、总体情况",
        *conclusion.text.splitlines(),
    ]
    if others:
        paragraphs += ["二、核实的事实和做法", *(f"{one.facts}（{one.unit}）" for one in others)]
    paragraphs.append(f"{'三' if others else '二'}、发现的问题及整改要求")
    if not problems:
        paragraphs.append("督查中未发现需要列入问题清单的问题。")
    after = [line for line in conclusion.requirements.splitlines() if line.strip()]
    after.append("对本结论有异议的，可自签收之日起10个工作日内书面申请复核；复核期间不停止整改。")
    return Letter(
        marks=(inspection.office.name,),
        number=conclusion.number,
        title=f"关于{inspection.title}的督查结论",
        addressee=f"{unit.name}：" if unit is not None else "各被督查单位：",
        paragraphs=tuple(paragraphs),
        head=HEADS,
        widths=WIDTHS,
        rows=tuple(
            (
                str(place),
                one.facts if unit is not None else f"{one.unit}：{one.facts}",
                one.requirement,
                f"{one.limit_on:%Y-%m-%d}前",
            )
            for place, one in enumerate(problems, start=1)
        ),
        after=tuple(after),
        offices=(inspection.office.name,),
        date=f"{day.year}年{day.month}月{day.day}日",
    )


METHODS_ZH = {
    "self_check": "单位自查",
    "hearing": "听取汇报",
    "visit": "实地走访",
    "undercover": "暗访",
    "symposium": "座谈测评",
    "files": "查阅资料",
    "letters": "受理来信来访和媒体反映",
    "interview": "约谈",
    "online": "线上核查",
}


def methods_of(conclusion: Conclusion) -> list[str]:
    """The methods in the words of official papers."""
    return [METHODS_ZH[method] for method in conclusion.inspection.methods]
