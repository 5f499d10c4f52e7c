"""Composed reports: sums with their sources, out of date after a correction below (B17)."""

from datetime import date

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.composing import (
    candidates,
    compose,
    outdated,
    sums_of,
)
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reporting import Figure
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter, Report
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import sign_in
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.reports.world import accepted, day, figures, send, words

pytestmark = pytest.mark.django_db
START, BELOW, ABOVE, AFTER = day(3, 2), day(3, 10), day(3, 12), day(3, 13)
PLAN = Plan(
    title="隐患排查",
    regime="instruction",
    content="排查",
    method="分级负责",
    purpose="消除隐患",
    end_on=date(2026, 12, 31),
)


class Levels:
    """A province asks the city, the city asks two counties, all in one world."""

    def __init__(self) -> None:
        self.world: World = make_world()
        province = Unit.objects.get(short_name="省委办公厅")
        settle(office_id=province.pk, values={"officer_registers": True}, actor=SYSTEM, at=START)
        self.province = actor("xu", "许峰", province, Role.SUPERVISION_OFFICER)
        self.city = actor("city", "市办联络员", self.world.office, Role.LIAISON)
        self.share = self.share_in(self.matter(self.province), self.city)
        below = self.matter(self.world.officer, self.share.matter.number)
        names = {"安澜县": "jiang", "松屏县": "shen"}
        self.handlers = {
            name: actor(user, name, Unit.objects.get(short_name=name), Role.LIAISON)
            for name, user in names.items()
        }
        rows = assign(
            matter=below,
            shares=[Share(Unit.objects.get(short_name=n), Part.SEPARATE) for n in names],
            actor=self.world.officer,
            at=START,
        )
        self.counties: dict[str, Assignment] = {str(row.unit): row for row in rows}
        for name, row in self.counties.items():
            sign_for(assignment=row, actor=self.handlers[name], at=START)

    def matter(self, officer: Actor, reference: str = "") -> Matter:
        """A registered matter of the officer's office, made under another one's number."""
        made = draft(plan=PLAN, actor=officer, at=START, origin=Origin(reference=reference))
        return approve_to_register(matter=made, actor=officer, at=START)

    def share_in(self, matter: Matter, handler: Actor) -> Assignment:
        """The signed share of the handler's unit."""
        unit = Unit.objects.get(pk=handler.unit_id)
        row = assign(matter=matter, shares=[Share(unit, Part.SOLE)], actor=self.province, at=START)[
            0
        ]
        return sign_for(assignment=row, actor=handler, at=START)

    def county(self, name: str, value: int) -> Report:
        """A county's accepted report of its figure."""
        return accepted(
            self.counties[name],
            self.handlers[name],
            self.world.officer,
            BELOW,
            "TR-06",
            said=words(progress=f"{name}已排查", figures=figures(排查隐患=value)),
        )

    def composed(self) -> Report:
        """The city's report, sent with the sums of both counties."""
        found = candidates(self.share, self.city)
        made = compose(
            assignment=self.share,
            source_ids=[row.pk for row in found],
            actor=self.city,
            at=ABOVE,
        )
        stated = [Figure(f.name, f.value, f.measure) for f in made.figures.all()]
        return send(self.share, self.city, ABOVE, "TR-06", said=words(figures=tuple(stated)))

    def correction(self, report: Report, value: int) -> Report:
        """The county corrects its figure and the city's office accepts that."""
        name = str(report.assignment.unit)
        made = correct(
            report=report,
            words=words(progress=report.progress, figures=figures(排查隐患=value)),
            reason="漏报一个乡镇",
            actor=self.handlers[name],
            at=AFTER,
        )
        accept(report=made, actor=self.world.officer, at=AFTER)
        return Report.objects.get(pk=made.pk)


@pytest.fixture
def levels() -> Levels:
    return Levels()


def test_city_figure_is_the_sum_of_county_rows_with_their_source(levels: Levels) -> None:
    """B17: nothing is typed again; each row names unit, report and who approved it."""
    sources = {levels.county("安澜县", 40).pk, levels.county("松屏县", 6).pk}
    report = levels.composed()
    (total,) = sums_of(report)
    assert (total.name, total.value, report.figures.get().value) == ("排查隐患", 46, 46)
    assert {row.source_id for row in total.rows} == sources
    assert {row.approved_by_name for row in total.rows} == {"市办联络员"}


def test_draft_begins_with_the_words_of_the_counties(levels: Levels) -> None:
    """B17: text is offered once, and what is written already stays."""
    levels.county("安澜县", 40)
    (found,) = candidates(levels.share, levels.city)
    made = compose(assignment=levels.share, source_ids=[found.pk], actor=levels.city, at=ABOVE)
    assert made.progress == "安澜县：安澜县已排查"


def test_reports_not_accepted_and_of_strangers_are_no_sources(levels: Levels) -> None:
    """B17, decision 8: only accepted reports the unit may read; nothing chosen is refused."""
    send(levels.counties["安澜县"], levels.handlers["安澜县"], BELOW, "TR-06")
    assert candidates(levels.share, levels.city) == []
    with pytest.raises(Invalid):
        compose(assignment=levels.share, source_ids=[], actor=levels.city, at=ABOVE)
    with pytest.raises(Forbidden):
        compose(
            assignment=levels.share,
            source_ids=[],
            actor=levels.handlers["安澜县"],
            at=ABOVE,
        )


def test_measures_that_do_not_add_up_are_refused(levels: Levels) -> None:
    """B17: 处 and 个 are two things; the refusal names both."""
    levels.county("安澜县", 40)
    accepted(
        levels.counties["松屏县"],
        levels.handlers["松屏县"],
        levels.world.officer,
        BELOW,
        "TR-06",
        said=words(figures=(Figure("排查隐患", figures(n=6)[0].value, "个"),)),
    )
    with pytest.raises(Invalid) as refused:
        levels.composed()
    assert list(refused.value.errors) == ["sources"]


def test_county_correction_marks_the_city_report_out_of_date(levels: Levels) -> None:
    """B17: changing a county number marks the city report stale, with the difference."""
    first = levels.county("安澜县", 40)
    levels.county("松屏县", 6)
    report = levels.composed()
    accept(report=report, actor=levels.province, at=ABOVE)
    newer = levels.correction(first, 43)
    (change,) = outdated(report)
    assert (change.row.value, change.value, change.newer_id) == (40, 43, newer.pk)
    first.refresh_from_db()
    assert (first.state, first.figures.get().value) == ("accepted", 40)


def test_county_correction_during_the_citys_review(levels: Levels) -> None:
    """Fault, B17: the reviewer who opened the page before does not accept old figures unknowingly;
    knowingly, or returned, it goes on."""
    first = levels.county("安澜县", 40)
    levels.county("松屏县", 6)
    report = levels.composed()
    opened_before = Report.objects.select_related("assignment__matter").get(pk=report.pk)
    levels.correction(first, 43)
    with pytest.raises(Refused) as refused:
        accept(report=opened_before, actor=levels.province, at=AFTER)
    assert refused.value.code == "outdated"
    assert "40 → 43" in str(refused.value)
    accept(report=opened_before, despite_outdated=True, actor=levels.province, at=AFTER)


def test_city_corrects_with_the_newest_rows(levels: Levels) -> None:
    """B17: the correction takes the counties' present figures along and is in date."""
    first = levels.county("安澜县", 40)
    levels.county("松屏县", 6)
    report = levels.composed()
    accept(report=report, actor=levels.province, at=ABOVE)
    newer = levels.correction(first, 43)
    fixed = correct(
        report=Report.objects.get(pk=report.pk),
        words=words(figures=figures(排查隐患=49)),
        reason="安澜县更正",
        actor=levels.city,
        at=AFTER,
    )
    (total,) = sums_of(fixed)
    assert (total.value, outdated(fixed)) == (49, [])
    assert newer.pk in {row.source_id for row in total.rows}


def test_newer_report_touches_only_what_is_not_decided(levels: Levels) -> None:
    """B17: next quarter's figure is no correction of an accepted report."""
    levels.county("安澜县", 40)
    report = levels.composed()
    accept(report=report, actor=levels.province, at=ABOVE)
    accepted(
        levels.counties["安澜县"],
        levels.handlers["安澜县"],
        levels.world.officer,
        AFTER,
        "TR-08",
        said=words(figures=figures(排查隐患=90)),
    )
    assert outdated(report) == []


def test_correction_without_reason_or_change_or_twice_refused(levels: Levels) -> None:
    """B17: what was wrong is said; one correction at a time; a returned one may be repeated."""
    first = levels.county("安澜县", 40)
    who = levels.handlers["安澜县"]
    same = words(progress=first.progress, figures=figures(排查隐患=40))
    other = words(progress=first.progress, figures=figures(排查隐患=43))
    with pytest.raises(Invalid):
        correct(report=first, words=other, reason=" ", actor=who, at=AFTER)
    with pytest.raises(Invalid):
        correct(report=first, words=same, reason="更正", actor=who, at=AFTER)
    made = correct(report=first, words=other, reason="更正", actor=who, at=AFTER)
    with pytest.raises(Refused) as refused:
        correct(report=first, words=other, reason="更正", actor=who, at=AFTER)
    assert refused.value.code == "corrected-already"
    return_for_redo(report=made, reason="附依据", actor=levels.world.officer, at=AFTER)
    correct(report=first, words=other, reason="更正，附依据", actor=who, at=AFTER)


def test_city_finds_its_outdated_report_on_today_and_is_told(levels: Levels) -> None:
    """B17: the correction below is the city's turn: a notice, a row on Today, a line on the matter
    with the way to correct; gone once the correction is sent."""
    first = levels.county("安澜县", 40)
    report = levels.composed()
    accept(report=report, actor=levels.province, at=ABOVE)
    client = Client()
    sign_in(client, User.objects.get(pk=levels.city.person_id))
    page = f"/matters/{levels.share.matter_id}/"
    link = f"/reports/{report.pk}/correction/"
    assert link not in client.get("/").content.decode() + client.get(page).content.decode()
    levels.correction(first, 43)
    assert Notice.objects.filter(kind="outdated", recipient_id=levels.city.person_id).count() == 1
    assert link in client.get("/").content.decode()
    assert link in client.get(page).content.decode()
    reader = Client()
    sign_in(reader, User.objects.get(pk=levels.world.officer.person_id))
    used = reader.get(f"/reports/{report.pk}/").content.decode()
    assert f'<a href="/reports/{first.pk}/">{first.receipt_number}</a>' in used
    said = words(progress="更正", figures=figures(排查隐患=43))
    report = Report.objects.get(pk=report.pk)
    correct(report=report, words=said, reason="下级更正", actor=levels.city, at=AFTER)
    assert link not in client.get("/").content.decode()
