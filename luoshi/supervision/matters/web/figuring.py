"""What the report form shows of duties, contents and figures: each duty with what it asks for, each
figure with its last value, its target and the difference."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.core.time import date_text
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.domain.report.contents import Words, lacking, needs_of
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.domain.share.stages import stages_of, unmet
from luoshi.supervision.matters.enums import REPORT_UNSENT, ReportState
from luoshi.supervision.matters.models import (
    Assignment,
    MatterFigure,
    Report,
    ReportDuty,
    ReportFigure,
)

OVERLAP = timedelta(days=20)


def number(value: Decimal | None) -> str:
    """A figure without needless zeros; empty where there is none."""
    return "" if value is None else f"{value.normalize():f}"


def duty_rows(
    duties: list[ReportDuty],
    report: Report | None,
    named: list[str],
    ticked: list[str],
    at: Any,
    *,
    between: bool = False,
) -> list[dict[str, Any]]:
    """The open duties with what each asks for and still lacks. Ticked are those chosen before,
    else the earliest one and those of the same weeks whose contents are there already
    (decision 7); none `between` two periods, where only the final report is open."""
    words = words_of(report) if report else Words()
    rows = []
    for index, duty in enumerate(duties):
        missing = lacking(duty, words, named)
        offered = index == 0 or (not missing and overlap(duty, duties[0]))
        chosen = str(duty.pk) in ticked or (not ticked and offered and not between)
        rows.append(
            {
                "duty": duty,
                "light": duty_light(duty, at),
                "needs": needs_of(duty, named),
                "missing": missing,
                "ticked": chosen,
                "follows": follows(duty, duties, at),
            }
        )
    return rows


def overlap(duty: ReportDuty, first: ReportDuty) -> bool:
    """Whether two limits lie so close that one report is meant for both (TR-05)."""
    if duty.due_at is None or first.due_at is None:
        return False
    return duty.due_at - first.due_at <= OVERLAP


def follows(duty: ReportDuty, duties: list[ReportDuty], at: datetime) -> bool:
    """Whether this duty's content may come after an earlier one's without a late mark (TR-05): its
    own limit lies ahead."""
    first = duties[0]
    ahead = duty.due_at is not None and duty.due_at > at
    return duty.pk != first.pk and ahead and overlap(duty, first) and duty.due_at != first.due_at


def figure_rows(
    post: QueryDict | None,
    report: Report | None,
    asked: list[MatterFigure],
    earlier: dict[str, ReportFigure],
    elsewhere: dict[str, ReportFigure] | None = None,
) -> list[dict[str, Any]]:
    """The figure rows: those the matter asks for, those in the draft, those sent before; at least
    one. What the unit reported `elsewhere` under the same name stands beside it (B6)."""
    found: dict[str, dict[str, Any]] = {}
    for figure in asked:
        found[figure.name] = row(figure.name, "", figure.measure)
    for stated in report.figures.all() if report else []:
        found[stated.name] = row(stated.name, number(stated.value), stated.measure)
    if post is not None:
        names, values = post.getlist("figure_name"), post.getlist("figure_value")
        measures = post.getlist("figure_measure")
        for name, value, measure in zip(names, values, measures, strict=False):
            found[name] = row(name, value, measure)
    for name, last in earlier.items():
        found.setdefault(name, row(name, "", last.measure))
    targets = {figure.name: figure for figure in asked}
    for name, one in found.items():
        one["last"] = number(earlier[name].value) if name in earlier else ""
        one["asked"] = name in targets
        one["target"] = number(targets[name].target) if name in targets else ""
        known = (elsewhere or {}).get(name)
        if known is not None and known.measure == one["measure"]:
            one["known"], one["known_value"] = known, number(known.value)
    return list(found.values()) or [row("", "", "")]


def row(name: str, value: str, measure: str) -> dict[str, Any]:
    """A figure row of the form."""
    return {"name": name, "value": value, "measure": measure, "last": "", "target": ""}


def previous_rows(share: Assignment) -> dict[str, ReportFigure]:
    """The last row sent for each named figure of this share."""
    rows = ReportFigure.objects.filter(report__assignment=share).exclude(
        report__state__in=REPORT_UNSENT
    )
    return {row.name: row for row in rows.order_by("report__submitted_at")}


def known_elsewhere(share: Assignment, asked: list[MatterFigure]) -> dict[str, ReportFigure]:
    """What the unit reported last in its other matters under the names this one asks for, so that
    nothing is asked twice (B6); one query where figures are asked."""
    if not asked:
        return {}
    rows = ReportFigure.objects.filter(
        report__assignment__unit_id=share.unit_id,
        report__state__in=(ReportState.SUBMITTED, ReportState.ACCEPTED),
        name__in=[figure.name for figure in asked],
    ).exclude(report__assignment__matter_id=share.matter_id)
    rows = rows.select_related("report__assignment__matter")
    latest = rows.order_by("name", "-report__submitted_at").distinct("name")
    return {row.name: row for row in latest}


def planned_words(share: Assignment) -> str:
    """What the plan says next and what was reported last; "" without a plan, and nothing is asked
    (R-SUP-5)."""
    stages = stages_of(share)
    if not stages:
        return ""
    following = unmet(stages, share.reported_percent) or stages[-1]
    day = date_text(following.on, get_language() or "zh-hans")
    given = {"planned": following.percent, "day": day, "reported": share.reported_percent}
    if share.reported_percent is None:
        return _("Planned: %(planned)s%% by %(day)s.") % given
    return _("Planned: %(planned)s%% by %(day)s; reported last: %(reported)s%%.") % given
