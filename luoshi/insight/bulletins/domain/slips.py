"""The assignment slip (交办单) of one share; towards units without command relation a courteous
request (商请函) in its words (decision 9)."""

from luoshi.foundation.core.time import date_text, last_day, office_date
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.supervision.matters.models import Assignment


def slip_of(share: Assignment) -> Slip:
    """The slip as a paper, always in Chinese: it is an official document."""
    matter, office = share.matter, share.matter.office
    day = office_date(share.assigned_at)
    duties = [
        f"{duty.title_zh}：{limit_words(duty)}" for duty in share.duties.order_by("due_at", "pk")
    ]
    polite = share.courteous
    rows = (
        ("事　　项", matter.title),
        ("来　　源", matter.origin_title or str(matter.get_regime_display())),
        ("承办单位", f"{share.unit.name}（{share.get_part_display()}）"),
        ("工作内容", matter.content),
        ("办理方式", matter.method),
        ("目　　的", matter.purpose),
        ("报告要求", "；".join(duties) or "按办理进展报告"),
    )
    if polite:
        words = (
            f"{share.unit.name}：",
            "现将上述事项商请贵单位予以支持办理，并请反馈有关情况为盼。",
        )
    else:
        words = (f"{share.unit.name}：", "请签收后按上述要求办理，并按时限报送办理情况。")
    return Slip(
        issuer=office.name,
        title="商请办理函" if polite else "督查事项交办单",
        number=matter.number,
        rows=rows,
        paragraphs=words,
        office=office.name,
        date=f"{day.year}年{day.month}月{day.day}日",
    )


def limit_words(duty: object) -> str:
    """The limit of a duty in words."""
    due_at = getattr(duty, "due_at", None)
    if due_at is not None:
        return f"{date_text(last_day(due_at), 'zh')}前"
    return "签收之日起计算" if getattr(duty, "deadline", None) else "不定期"
