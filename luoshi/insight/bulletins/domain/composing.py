"""Compose a bulletin: figures of a month, the table of units, the words, the paper."""

from datetime import date, datetime
from typing import Any

from luoshi.foundation.core.time import date_text, instant_text, office_date
from luoshi.foundation.typesetting.rendering import Bar
from luoshi.foundation.typesetting.rendering import Bulletin as Paper
from luoshi.insight.bulletins.models import Bulletin
from luoshi.supervision.matters.domain.queries.counting import METRICS, Span, worded
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light
from luoshi.supervision.matters.models import Assignment

BARS = (Light.RED, Light.YELLOW, Light.GREEN)
HEADS = {
    "zh": ("单位", "应报", "按期", "迟报", "未报", "在办"),
    "en": ("Unit", "Due", "On time", "Late", "Not sent", "Open"),
}


def figures_of(office_id: Any, month: date, as_of: datetime) -> dict[str, dict[str, Any]]:
    """Every figure of the month with the ids of its rows."""
    span = Span(office_id, month, as_of)
    found = {}
    for key, metric in METRICS.items():
        ids = [str(pk) for pk in metric.rows(span).values_list("pk", flat=True)]
        found[key] = {"value": len(ids), "worded": worded(len(ids)), "rows": ids}
    return found


def units_of(office_id: Any, month: date, as_of: datetime) -> list[dict[str, Any]]:
    """The table of units: due, on time, late, not sent, and lights of open shares."""
    span = Span(office_id, month, as_of)
    table: dict[Any, dict[str, Any]] = {}

    def row(unit: Any) -> dict[str, Any]:
        blank = {"due": 0, "on_time": 0, "late": 0, "missing": 0, "open": 0}
        lights = {light.value: 0 for light in BARS}
        return table.setdefault(unit.pk, {"name": str(unit), **blank, **lights})

    for key in ("due", "on_time", "late", "missing"):
        for duty in METRICS[key].rows(span).select_related("assignment__unit"):
            row(duty.assignment.unit)[key] += 1
    shares = Assignment.objects.filter(matter__office_id=office_id, state__in=ASSIGNMENT_OPEN)
    for share in shares.select_related("unit"):
        line = row(share.unit)
        line["open"] += 1
        light = share.light(as_of).value
        if light in line:
            line[light] += 1
    return sorted(table.values(), key=lambda r: (-r["missing"], -r["late"], -r["due"], r["name"]))


def sentences(bulletin: Bulletin, language: str) -> tuple[str, ...]:
    """The text: exact and worded values side by side (decision 10)."""
    f = {key: value["value"] for key, value in bulletin.figures.items()}
    rate = f"{f['on_time'] / f['due'] * 100:.1f}%" if f["due"] else "—"
    late = [u["name"] for u in bulletin.units if u["late"] or u["missing"]]
    if language == "en":
        named = ", ".join(late) or "none"
        return (
            f"In {bulletin.month:%B %Y} {f['registered']} matters were registered and "
            f"{f['concluded']} concluded.",
            f"{f['due']} reports fell due; {f['on_time']} came on time ({rate}, "
            f"{f['on_time']}/{f['due']}), {f['late']} late, {f['missing']} are still missing; "
            f"{f['returned']} were returned for redo.",
            f"Units with late or missing reports: {named}.",
        )
    due = bulletin.figures["due"]["worded"]
    note = f"（{due}份）" if due != str(f["due"]) else ""
    named = "、".join(late) or "无"
    return (
        f"{bulletin.month.year}年{bulletin.month.month}月，新立项督查事项{f['registered']}件，"
        f"办结{f['concluded']}件。",
        f"本月应报送报告{f['due']}份{note}，按期报送{f['on_time']}份，按期率{rate}"
        f"（{f['on_time']}/{f['due']}）；迟报{f['late']}份，未报{f['missing']}份，"
        f"退回重办{f['returned']}份。",
        f"存在迟报、未报情形的单位：{named}。",
        "请有关单位对照问题抓紧办理，按规定时限报送进展情况。",
    )


def paper_of(bulletin: Bulletin, language: str) -> Paper:
    """The bulletin as a paper, in zh or en."""
    language = "zh" if language.startswith("zh") else "en"
    zh = language == "zh"
    office, month = bulletin.office.name, bulletin.month
    frozen = office_date(bulletin.frozen_at)
    as_of = instant_text(bulletin.as_of, language)
    head = f"{bulletin.head_seq} {bulletin.head_hash}"
    rows = tuple(
        (u["name"], *(str(u[key]) for key in ("due", "on_time", "late", "missing", "open")))
        for u in bulletin.units[:60]
    )
    bars = tuple(
        Bar(u["name"], (u["red"], u["yellow"], u["green"]))
        for u in bulletin.units[:12]
        if u["open"]
    )
    issue_zh = f"{bulletin.year}年第{bulletin.issue}期"
    return Paper(
        issuer=f"{office}督查通报" if zh else "Supervision Bulletin",
        number=issue_zh if zh else f"No. {bulletin.issue} of {bulletin.year}",
        title=f"关于{month.year}年{month.month}月督查事项办理情况的通报"
        if zh
        else f"Supervision in {month:%B %Y}",
        paragraphs=sentences(bulletin, language),
        head=HEADS[language],
        rows=rows,
        bars=bars,
        chart_title="各单位在办事项状态" if zh else "Open shares by unit and light",
        legend="斜线 逾期　灰 临期　点 正常"
        if zh
        else "Hatched: overdue; grey: due soon; dotted: on track",
        office=office if zh else bulletin.office.short_name,
        date=f"{frozen.year}年{frozen.month}月{frozen.day}日" if zh else date_text(frozen, "en"),
        as_of=f"数据截至 {as_of}" if zh else f"Figures as of {as_of}",
        fingerprint=f"审计链首 第{head}" if zh else f"Head of the trail: {head}",
        lang=language,
    )
