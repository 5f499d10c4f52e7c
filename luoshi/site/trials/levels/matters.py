"""The story's matter between the levels: the province asks the city, the city asks a county and a
bureau under the province's number, figures go up, and the county corrects one afterwards (B17)."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from luoshi.site.demo.levels import ABOVE, BELOW, CORRECTED, COUNTIES, FIGURE, issue, say, send
from luoshi.site.trials.levels.finding import person, reports, share, unit
from luoshi.site.trials.levels.places import BUREAU, CITY, COUNTY
from luoshi.supervision.matters.domain.duty.extending import ask_extension
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.report.composing import candidates, compose
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import AssignmentState, Part, ReportState
from luoshi.supervision.matters.models import Assignment, Extension, Matter, OutdatedRow, Report


def ask_city(_found: Any, at: datetime) -> None:
    """The province registers a matter and assigns it to the city office."""
    officer = person("xu")
    made = issue(ABOVE, officer, "", at)
    assign(matter=made, shares=[Share(unit(CITY), Part.SOLE)], actor=officer, at=at)


def ask_below(above: Assignment, at: datetime) -> None:
    """The city registers its own matter under the province's number, names the figure it needs and
    assigns it to a county, which lives on its own node, and to a bureau, which lives here."""
    officer = person("li")
    made = issue(BELOW, officer, above.matter.number, at)
    asked = [AskedFigure(FIGURE, "栋", Decimal(400))]
    made = set_measures(matter=made, figures=asked, least_evidence=3, actor=officer, at=at)
    shares = [Share(unit(name), Part.SEPARATE) for name in (COUNTY, BUREAU)]
    assign(matter=made, shares=shares, actor=officer, at=at)


def registered(title: str) -> bool:
    """Whether this level has registered its matter."""
    return Matter.objects.filter(title=title, home="").exists()


def signed(title: str, name: str) -> bool:
    """Whether a unit has signed for its slip."""
    found = share(title, name)
    return found is not None and found.signed_at is not None


def sign(found: Assignment, username: str, at: datetime) -> None:
    """Sign for a slip."""
    if found.state == AssignmentState.UNSIGNED:
        sign_for(assignment=found, actor=person(username), at=at)


def report_figure(found: Assignment, at: datetime) -> None:
    """The county reports its figure, with a paper."""
    value = COUNTIES[COUNTY]
    send(found, say(COUNTY, value, f"{COUNTY}已完成城乡危险房屋排查{value}栋"), person("jiang"), at)


def reported(title: str, name: str, **more: Any) -> bool:
    """Whether a unit has sent such a report."""
    return reports(title, name, **more).exclude(state=ReportState.DRAFT).exists()


def waiting(title: str, name: str, *, correction: bool = False) -> Report | None:
    """A report or correction that waits for its review."""
    found = reports(title, name, state=ReportState.SUBMITTED, corrects__isnull=not correction)
    return found.first()


def accepted(title: str, name: str, *, correction: bool = False) -> Report | None:
    """A report or correction that was accepted, as far as this level knows."""
    found = reports(title, name, state=ReportState.ACCEPTED, corrects__isnull=not correction)
    return found.first()


def take(report: Report, username: str, at: datetime) -> None:
    """Accept a report."""
    accept(report=report, actor=person(username), at=at)


def ask_time(found: Assignment, at: datetime) -> None:
    """The bureau signs for its slip and asks for a later limit."""
    handler = person("zhang")
    sign(found, "zhang", at)
    duty = found.duties.filter(state="open", due_at__gt=at).order_by("due_at", "rule_code")[0]
    wanted, why = (duty.due_at or at) + timedelta(days=20), "老旧小区房屋鉴定尚未完成"
    ask_extension(duty=duty, wanted_at=wanted, reason=why, actor=handler, at=at)


def asked_time() -> bool:
    """Whether the bureau has asked."""
    return Extension.objects.filter(duty__assignment=share(BELOW, BUREAU)).exists()


def below() -> Assignment | None:
    """The city's share in the province's matter, once a report from below can go up."""
    found = share(ABOVE, CITY)
    return found if found and candidates(found, person("mei")) else None


def roll_up(found: Assignment, at: datetime) -> None:
    """The city puts the rows from below together and reports to the province."""
    handler = person("mei")
    sources = [row.pk for row in candidates(found, handler)]
    made = words_of(compose(assignment=found, source_ids=sources, actor=handler, at=at))
    words = replace(say(CITY, 0, made.progress), figures=made.figures)
    send(found, words, handler, at)


def put_right(report: Report, at: datetime) -> None:
    """The county had left out a township."""
    words = say(COUNTY, CORRECTED, f"{COUNTY}已完成城乡危险房屋排查{CORRECTED}栋")
    correct(report=report, words=words, reason="漏报青石乡25栋", actor=person("jiang"), at=at)


def correction() -> Report | None:
    """The county's correction, once the province has accepted the figure it corrects."""
    return waiting(BELOW, COUNTY, correction=True) if accepted(ABOVE, CITY) else None


def outdated() -> bool:
    """Whether the city's report is marked: a unit below has corrected what it was made from."""
    rows = OutdatedRow.objects.filter(row__report__assignment__matter__title=ABOVE)
    return rows.exists()
