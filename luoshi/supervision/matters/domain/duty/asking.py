"""What is asked of a share, and by what: the catalogue's rules it was issued under, the limits the
source document itself writes, or the office's default for a word without a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.engine.rule import (
    DeadlineRule,
    Once,
    RelativeDue,
    from_json,
)
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.queries.versions import newest_first, versions_for
from luoshi.supervision.rulebook.domain.vague import WRITTEN, default_of
from luoshi.supervision.rulebook.enums import Content, DutyKind
from luoshi.supervision.rulebook.models import ReportingRuleVersion

OPINION_CODE, OPINION_ZH, OPINION_EN = "R-PRO-5", "会办意见", "Opinion to the lead unit"
OPINION_BASIS = "会办单位应当在规定时限内将意见送牵头单位"
TASK_TITLE_ZH, TASK_TITLE_EN = "任务落实情况报告", "Report on the task"
REDONE_ZH, REDONE_EN = "整改情况报告", "Report on putting it right"


@dataclass
class Asked:
    """A rule a share is under, from the catalogue or from the source document itself."""

    code: str
    kind: str
    title_zh: str
    title_en: str
    basis: str
    rule: DeadlineRule | None
    content: list[str] = field(default_factory=list)
    reports_to: str = ""
    anchor: str = ""
    grace: int = 0
    skip_first: int = 0
    warning: int = 3
    roll: bool = True
    begins: date = date.min
    version: ReportingRuleVersion | None = None


def rules_of(share: Assignment) -> list[Asked]:
    """Everything that asks for a report on this share: the catalogue's versions it was issued
    under, then the limits the source itself writes. A written limit that a catalogue row already
    says is asked once, under the row; a word without a number counts only where nothing else
    gives a date."""
    matter = share.matter
    versions = versions_under(share)
    known = [version.deadline for version in versions if version.deadline]
    asked = [from_version(matter, version) for version in versions]
    written = [rule for rule in matter.task_rules if rule not in known]
    sure = [rule for rule in written if rule["type"] != "vague"]
    asked.extend(from_source(matter, number, raw) for number, raw in enumerate(sure, start=1))
    if not known and not sure:
        asked.extend(from_words(matter, written))
    if not asked and matter.end_on:
        end = {"anchor": "calendar", "year": matter.end_on.year, "month": matter.end_on.month}
        raw = {"type": "once", "due": {**end, "day": matter.end_on.day}}
        asked.append(from_source(matter, 1, raw))
    return within_quarterly(share, asked)


def within_quarterly(share: Assignment, asked: list[Asked]) -> list[Asked]:
    """Without what the office merged into the quarterly report before assigning (B6)."""
    row = getattr(share.matter, "asked_together", None)
    if row is None:
        return asked
    kept = [one for one in asked if one.code not in row.codes]
    target = next((one for one in kept if one.code == row.into_code), None)
    if target is None and row.version is not None and not share.duties.exists():
        target = from_version(share.matter, row.version)
        kept.append(target)
    if target is not None and row.version is not None:
        target.basis = row.basis
    return kept


def contents(matter: Matter, code: str, parts: list[str], on: date | None) -> list[str]:
    """What a duty of this rule must carry: its own parts and those of requests merged into it, each
    in the reports of its months."""
    row = getattr(matter, "asked_together", None)
    if row is None or row.into_code != code:
        return list(parts)
    month = on.month if on else 0
    merged = {part for part, months in row.content.items() if not months or month in months}
    return [part for part in Content.values if part in {*parts, *merged}]


def asked_of(assignment: Assignment) -> list[Asked]:
    """What a share is asked for. After a reopening: a report on putting things right by the new
    limit, and the catalogue's rules anew; limits the source once set have had their day (B9)."""
    reopening = assignment.reopening
    if reopening is None:
        return rules_of(assignment)
    day = reopening.due_on
    raw = {"anchor": "calendar", "year": day.year, "month": day.month, "day": day.day}
    rectification = Asked(
        code="REOPEN",
        kind=DutyKind.TASK,
        title_zh=REDONE_ZH,
        title_en=REDONE_EN,
        basis=reopening.reason[:200],
        rule=from_json({"type": "once", "due": raw}),
        content=[Content.PROGRESS],
    )
    versions = versions_under(assignment)
    return [rectification, *(from_version(assignment.matter, version) for version in versions)]


def versions_under(share: Assignment) -> list[ReportingRuleVersion]:
    """The versions a share is under: those its duties carry since it was issued, which only an
    act on open duties changes (features row 14); before it has any, those in force on its day."""
    kept = ReportingRuleVersion.objects.filter(duties__assignment=share).select_related("rule")
    found = {row.rule_id: row for row in reversed(newest_first(kept.distinct()))}
    if found:
        return [row for row in sorted(found.values(), key=lambda r: r.rule.code) if row.applies]
    if share.duties.exists():
        return []
    return versions_for(
        regime=share.matter.regime,
        urgent=share.matter.urgent,
        office_id=share.matter.office_id,
        on=office_date(share.assigned_at),
    )


def from_words(matter: Matter, written: list[Mapping[str, Any]]) -> list[Asked]:
    """The office's default for the source's words without a number, the shortest of them; its
    basis says that the number is the office's and not the source's (A9)."""
    settings = settings_of(matter.office_id)
    cues = [(default_of(rule["cue"], settings), rule["cue"]) for rule in written]
    dated = sorted((days, cue) for days, cue in cues if days is not None)
    if not dated:
        return []
    days, cue = dated[0]
    offset = {"workdays": days}
    raw = {"type": "once", "due": {"anchor": "receipt", "dir": "after", "offset": offset}}
    asked = from_source(matter, 1, raw)
    note = f"（原文“{WRITTEN[cue]}”无数字，按本机关默认{days}个工作日）"
    asked.basis = asked.basis[: 200 - len(note)] + note
    return [asked]


def from_version(matter: Matter, version: ReportingRuleVersion) -> Asked:
    """A catalogue row; the urgent row takes the limit typed for this matter (TR-07, A8)."""
    raw: Any = version.deadline
    if matter.urgent and version.rule.code == "TR-07":
        offset = {matter.urgent_unit: matter.urgent_amount}
        raw = {"type": "once", "due": {"anchor": "receipt", "dir": "after", "offset": offset}}
    urgent_basis = matter.urgent_basis if version.rule.code == "TR-07" else ""
    return Asked(
        code=version.rule.code,
        kind=version.kind,
        title_zh=version.rule.title_zh,
        title_en=version.rule.title_en,
        basis=urgent_basis or version.legal_basis,
        rule=from_json(raw) if raw else None,
        content=list(version.content),
        reports_to=version.reports_to,
        anchor=version.anchor,
        grace=version.grace_workdays,
        skip_first=version.skip_first_days,
        warning=version.warning_workdays,
        roll=version.roll,
        begins=version.valid_from,
        version=version,
    )


def opinion_of(assignment: Assignment) -> Asked:
    """What a joint unit owes: its opinion, within the office's days from the assignment."""
    days = settings_of(assignment.matter.office_id).opinion_days
    raw = {"type": "once", "due": {"anchor": "issue", "dir": "after", "offset": {"days": days}}}
    return Asked(
        code=OPINION_CODE,
        kind=DutyKind.OPINION,
        title_zh=OPINION_ZH,
        title_en=OPINION_EN,
        basis=OPINION_BASIS,
        rule=from_json(raw),
        reports_to="牵头单位",
        anchor="issue",
    )


def from_source(matter: Matter, number: int, raw: Mapping[str, Any]) -> Asked:
    """A limit the source document itself sets."""
    rule = from_json(raw)
    anchor = rule.due.anchor if isinstance(rule, Once) and isinstance(rule.due, RelativeDue) else ""
    basis = matter.origin_reference or matter.origin_title or matter.basis or matter.title
    return Asked(
        code=f"SRC-{number}",
        kind=DutyKind.TASK,
        title_zh=TASK_TITLE_ZH,
        title_en=TASK_TITLE_EN,
        basis=basis[:200],
        rule=rule,
        content=[Content.PROGRESS],
        anchor=anchor,
    )
