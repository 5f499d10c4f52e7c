"""The list as an official paper: red head of the two offices, numbered table (GB/T 9704)."""

from luoshi.foundation.typesetting.rendering import Letter
from luoshi.supervision.lists.models import SupervisionPointsList

HEADS = ("序号", "督查事项", "牵头单位", "配合单位", "完成时限")
WIDTHS = (1.1, 6.5, 2.6, 2.8, 2.2)


def letter_of(found: SupervisionPointsList) -> Letter:
    """The paper, always in Chinese: it is an official document."""
    points = found.points.select_related("lead_unit").prefetch_related("joint_units")
    rows = tuple(
        (
            str(point.number),
            point.text,
            str(point.lead_unit or "待定"),
            "、".join(str(unit) for unit in point.joint_units.all()) or "—",
            point.limit_words or f"{found.year}年底前",
        )
        for point in points
    )
    offices = [found.office.name]
    if found.joint_office is not None:
        offices.append(found.joint_office.name)
    day = found.issued_on
    drafted = found.state == "drafted"
    paragraphs = tuple(
        words
        for words in (
            f"现将{found.year}年督查要点{len(rows)}项印发给你们，请按照分工抓好落实。",
            found.purpose and f"总体目标：{found.purpose.rstrip('。')}。",
            found.method and f"办理方式：{found.method.rstrip('。')}。",
            "牵头单位每季度报送进展情况，年中、年末报送总结性报告；无故逾期的，予以通报。",
        )
        if words
    )
    return Letter(
        marks=tuple(offices),
        number=found.reference or "（文号待编）",
        title=found.title,
        addressee="各有关单位：",
        paragraphs=paragraphs,
        head=HEADS,
        widths=WIDTHS,
        rows=rows,
        after=(),
        offices=tuple(offices),
        date=f"{day.year}年{day.month}月{day.day}日" if day else "（印发日期待定）",
        note="征求意见稿" if drafted else "",
    )
