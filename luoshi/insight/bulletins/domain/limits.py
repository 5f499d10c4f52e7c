"""The slip that explains a limit (时限说明单): result, steps, other reading (ui.md 5.3)."""

from luoshi.foundation.core.time import date_text, instant_text, last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.readings import other_reading, other_words
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.supervision.matters.models import ReportDuty


def limit_slip_of(duty: ReportDuty) -> Slip | None:
    """The slip as a paper, in Chinese as every official document; None while there is no date."""
    if not duty.trace or duty.due_at is None:
        return None
    share, trace = duty.assignment, Trace.from_json(duty.trace)
    office = share.matter.office
    limit = (
        instant_text(duty.due_at, "zh")
        if duty.hourly
        else f"{date_text(last_day(duty.due_at), 'zh')}24:00前"
    )
    other = other_reading(trace, calendar_as_of(trace.editions))
    steps = [f"{number}．{line}" for number, line in enumerate(lines(trace, "zh"), start=1)]
    if other is not None and other.at.isoformat() != trace.due:
        steps.append(f"另一种算法：{other_words(trace, other, 'zh')}")
    issued = office_date(share.assigned_at)
    return Slip(
        issuer=office.name,
        title="时限说明单",
        number=share.matter.number,
        rows=(
            ("事　　项", share.matter.title),
            ("承办单位", share.unit.name),
            ("报告名称", duty.title_zh),
            ("时限规则", phrase(from_json(duty.deadline or trace.rule), "zh")),
            ("截止时间", limit + ("（暂定）" if duty.provisional else "")),
        ),
        paragraphs=tuple(steps),
        office=office.name,
        date=f"{issued.year}年{issued.month}月{issued.day}日",
    )
