"""A blue, yellow or red slip as an official paper, always in Chinese (R-SUP-5)."""

from luoshi.foundation.audit.domain.recording import kept
from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.supervision.chasing.enums import COLOUR_ZH, Colour
from luoshi.supervision.chasing.models import ColourSlip

GROUNDS = {
    Colour.BLUE: "办理时限临近",
    Colour.YELLOW: "已发蓝色督办单，时限已到，尚未收到反馈",
    Colour.RED: "已发黄色督办单，仍未收到反馈",
}
SLIPPING = {
    Colour.BLUE: "进度滞后：{}",
    Colour.YELLOW: "已发蓝色督办单，进度仍滞后：{}",
    Colour.RED: "已发黄色督办单，仍未收到反馈，进度滞后：{}",
}


def slip_of(found: ColourSlip) -> Slip:
    """The paper: the facts, why this colour, what is asked."""
    share = found.urge.assignment
    day = office_date(found.issued_at)
    colour = Colour(found.colour)
    rows = [
        ("事　　项", share.matter.title),
        ("督办编号", share.matter.number),
        ("承办单位", f"{share.unit.name}（{kept(share.get_part_display)}）"),
        ("应报事项", found.duty.title_zh),
        ("办理时限", f"{date_text(last_day(found.limit_at), 'zh')}前"),
        ("签发依据", (SLIPPING if found.behind else GROUNDS)[colour].format(found.behind)),
    ]
    if found.former is not None:
        rows.append(("前　　单", found.former.number))
    return Slip(
        issuer=found.office.name,
        title=f"{COLOUR_ZH[colour]}督办单",
        number=found.number,
        rows=tuple(rows),
        paragraphs=(f"{share.unit.name}：", found.urge.text.split("：", 1)[-1]),
        office=found.office.name,
        date=f"{day.year}年{day.month}月{day.day}日",
    )
