"""Planned progress and being behind it: an optional plan, a yellow light, its reason (R-SUP-5)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import date_text, end_of_day
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.typesetting.rendering import Slip
from luoshi.insight.figures.domain.board import board
from luoshi.supervision.chasing.domain.queries.papers import slip_of
from luoshi.supervision.chasing.domain.standing import standings
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.queries.showing import light_word
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.domain.share.stages import Stage, as_rows, behind_words, read
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import Assignment, Matter, PastAssignment, UnitSummary
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.matters.test_api import Api, token
from tests.supervision.reports.world import accepted, day, send, share_of, words

pytestmark = pytest.mark.django_db
PLAN = (Stage(date(2026, 4, 30), 30, "完成普查"), Stage(date(2026, 6, 30), 60, "开工过半"))

HOURS = ({"hours": "-1"}, {"hours": "0.04"}, {"hours": "1e-99999"}, {"hours": "1e99999"})
NOW, WEEK = datetime.now(UTC), timedelta(days=7)
DAY_BEFORE, LATER = (NOW - timedelta(days=2)).date(), (NOW + 8 * WEEK).date()


@pytest.fixture
def world() -> World:
    return make_world()


def planned(world: World) -> Assignment:
    """A signed share of a decision (quarterly reports, TR-01), held against the matter's plan."""
    share = share_of(world, "decision", day(1, 5))
    plan_progress(matter=share.matter, stages=PLAN, actor=world.officer, at=day(3, 3))
    return fresh(share)


def recent(world: World, **plan: object) -> Assignment:
    """A signed share of three weeks ago, whose limits lie ahead, for pages that read the clock."""
    return share_of(world, "decision", NOW - 3 * WEEK, end_on=LATER + 2 * WEEK, **plan)


def enter(client: Client, who: Actor) -> None:
    """Sign this person in."""
    sign_in(client, User.objects.get(pk=who.person_id))


def fresh(share: Assignment) -> Assignment:
    """The share as it stands now."""
    return Assignment.objects.select_related("matter__office", "unit").get(pk=share.pk)


def said(share: Assignment, world: World, month: int, on: int, percent: int | None) -> Assignment:
    """A quarterly report with so much done, accepted the same day; the night makes the next."""
    told = words(percent=percent)
    accepted(share, world.liaison, world.officer, day(month, on), "TR-01", said=told)
    sweep(actor=SYSTEM, at=day(month, on) + timedelta(days=1))
    return fresh(share)


def test_behind_plan_is_yellow_and_says_why(world: World) -> None:
    """R-SUP-5, ui.md 3: "milestone behind plan" turns the light yellow from the end of the stage's
    day, with what was planned and what is reported; reaching the stage turns it green again."""
    share = planned(world)
    assert share.behind_at == end_of_day(date(2026, 4, 30))
    share = said(share, world, 4, 7, 20)
    before, after = end_of_day(date(2026, 4, 30)) - timedelta(seconds=1), day(5, 6)
    assert (share.light(before), share.behind(before)) == (Light.GREEN, False)
    assert (share.light(after), light_word(share, after)) == (Light.YELLOW, "滞后")
    assert behind_words(share, "zh-hans") == "计划2026年4月30日（周四）前完成30%，已报20%"
    assert behind_words(share, "en") == "planned 30% by Thu 30 Apr 2026, reported 20%"
    matter = share.matter
    assert (matter.light(after), matter.behind(after)) == (Light.YELLOW, True)
    share = said(share, world, 5, 7, 45)
    assert (share.behind(day(5, 8)), share.planned_percent) == (False, 60)


def test_without_a_plan_everything_is_as_it_was(world: World) -> None:
    """R-SUP-5: planned progress is optional; percentages alone change no light."""
    share = said(share_of(world, "decision", day(1, 5)), world, 4, 7, 5)
    assert (share.behind_at, share.reported_percent, share.light(day(6, 1))) == (
        None,
        None,
        Light.GREEN,
    )


def test_nothing_reported_is_said_and_a_limit_passed_stays_red(world: World) -> None:
    """R-SUP-5: red is a limit that passed, whatever the plan says."""
    share = planned(world)
    assert behind_words(share, "en") == "planned 30% by Thu 30 Apr 2026, no progress reported"
    assert share.light(day(7, 20)) == Light.RED  # the report of the second quarter is overdue too
    assert share.behind(day(7, 20))


def test_returned_report_counts_for_nothing(world: World) -> None:
    """R-SUP-5: what came back to the unit is no progress until it is sent again."""
    share = planned(world)
    report = send(share, world.liaison, day(4, 7), "TR-01", said=words(percent=40))
    assert fresh(share).planned_percent == 60
    return_for_redo(report=report, reason="请附依据", actor=world.officer, at=day(4, 9))
    share = fresh(share)
    assert (share.planned_percent, share.reported_percent) == (30, None)
    assert light_word(share, day(5, 6)) != "滞后"  # returned says more


def test_correction_with_another_percentage(world: World) -> None:
    """R-SUP-5, features row 17: a corrected report's progress holds; a correction that says none
    leaves it."""
    share = planned(world)
    told = words(percent=40)
    row = accepted(share, world.liaison, world.officer, day(4, 7), "TR-01", said=told)
    for nothing in (told, words()):
        with pytest.raises(Invalid):
            correct(report=row, words=nothing, reason="无", actor=world.liaison, at=day(4, 9))
    correct(report=row, words=words(percent=25), reason="误报", actor=world.liaison, at=day(4, 9))
    assert fresh(share).reported_percent == 25


@pytest.mark.parametrize(
    "stages",
    [
        (Stage(date(2026, 6, 30), 60), Stage(date(2026, 4, 30), 80)),
        (Stage(date(2026, 4, 30), 60), Stage(date(2026, 6, 30), 60)),
        (Stage(date(2026, 4, 30), 0),),
        (Stage(date(2026, 4, 30), 101),),
        (Stage(date(2027, 4, 30), 50),),
        (Stage(date(2026, 4, 30), 50, "字" * 61),),
        tuple(Stage(date(2026, 4, n), n) for n in range(1, 14)),
    ],
)
def test_plan_that_does_not_fit_is_refused(world: World, stages: tuple[Stage, ...]) -> None:
    """R-SUP-5: days and percentages rise, inside the matter's end; nothing is saved otherwise."""
    share = share_of(world, "decision", day(1, 5))
    with pytest.raises(Invalid) as refused:
        plan_progress(matter=share.matter, stages=stages, actor=world.officer, at=day(3, 3))
    assert list(refused.value.errors) == ["stages"]
    assert Matter.objects.get(pk=share.matter_id).stages == []


@pytest.mark.parametrize("on", [date(9999, 12, 31), date(1, 1, 1), date(2099, 1, 1)])
def test_a_day_no_clock_reaches_is_refused(world: World, on: date) -> None:
    """R-SUP-5, row 13: a matter without an end takes no stage beyond the calendar; of what another
    node says such a stage is left out."""
    share = share_of(world, "decision", day(1, 5))
    Matter.objects.filter(pk=share.matter_id).update(end_on=None)
    matter, far = Matter.objects.get(pk=share.matter_id), (Stage(on, 50),)
    with pytest.raises(Invalid) as refused:
        plan_progress(matter=matter, stages=far, actor=world.officer, at=day(3, 3))
    assert list(refused.value.errors) == ["stages"]
    wild = [{"on": "2026-06-30", "percent": said} for said in (100_000, -5, float("inf"), "x")]
    assert read([*as_rows(far), *wild, *as_rows(PLAN)]) == list(PLAN)


def test_who_plans(world: World) -> None:
    """R-SUP-5: the office plans; a unit states its own plan once, and does not move what it is
    held against."""
    share = share_of(world, "decision", day(1, 5))
    with pytest.raises(Forbidden):
        plan_progress(matter=share.matter, stages=PLAN, actor=world.liaison, at=day(3, 3))
    stranger = actor("xu", "徐琳", Unit.objects.get(short_name="市财政局"), Role.LIAISON)
    with pytest.raises(Forbidden):
        plan_share(assignment=share, stages=PLAN, actor=stranger, at=day(3, 3))
    plan_share(assignment=share, stages=PLAN, actor=world.liaison, at=day(3, 3))
    with pytest.raises(Refused) as refused:
        plan_share(assignment=fresh(share), stages=(), actor=world.liaison, at=day(3, 4))
    assert refused.value.code == "planned-already"
    later = (Stage(date(2026, 5, 31), 30),)
    plan_share(assignment=fresh(share), stages=later, actor=world.officer, at=day(3, 5))
    assert fresh(share).behind_at == end_of_day(date(2026, 5, 31))
    entry = Entry.detail_of(Entry.objects.filter(action="matters.staged").latest("seq"))
    assert entry["before"]["stages"][0] == "2026-04-30 30% 完成普查"
    assert entry["after"] == {"stages": ["2026-05-31 30%"], "unit": "市住房城乡建设局"}


def test_own_plan_goes_before_the_matters(world: World) -> None:
    """R-SUP-5: the unit's own plan holds where there is one, the matter's again once it is
    taken away."""
    share = planned(world)
    own = (Stage(date(2026, 9, 30), 50),)
    plan_share(assignment=share, stages=own, actor=world.officer, at=day(3, 4))
    assert fresh(share).planned_percent == 50
    plan_progress(matter=share.matter, stages=PLAN[1:], actor=world.officer, at=day(3, 5))
    assert fresh(share).planned_percent == 50
    plan_share(assignment=fresh(share), stages=(), actor=world.officer, at=day(3, 6))
    assert fresh(share).planned_percent == 60


def test_ended_share_has_no_plan_to_be_behind(world: World) -> None:
    """S3-61, R-SUP-5: nothing is behind after the end."""
    share = planned(world)
    revoke(matter=share.matter, reason="上级已撤销", actor=world.officer, at=day(3, 9))
    share = fresh(share)
    assert (share.behind_at, share.matter.behind_at) == (None, None)
    with pytest.raises(Refused):
        plan_share(assignment=share, stages=PLAN, actor=world.officer, at=day(3, 10))


def test_stopped_clock_moves_the_stages_ahead(world: World) -> None:
    """R-SUP-4, features row 20: after a stop of twenty days the stages ahead are twenty days
    later; while it stands still nothing is behind."""
    share = planned(world)
    row = stop(matter=share.matter, reason="等待资金", actor=world.officer, at=day(4, 20))
    assert not fresh(share).behind(day(5, 6))
    resume(stop=row, reason="资金到位", actor=world.officer, at=day(5, 10))
    assert fresh(share).behind_at == end_of_day(date(2026, 5, 20))


def test_board_counts_what_is_behind_and_the_number_opens_its_rows(
    world: World, client: Client
) -> None:
    """R-SUP-5, ui.md rule 3: the board's number of shares behind plan is exact before and after
    the sweep, and opens exactly these matters."""
    share = recent(world)
    recent(world, title="不相干的事项")
    stages = (Stage(DAY_BEFORE, 30),)
    plan_progress(matter=share.matter, stages=stages, actor=world.officer, at=NOW - WEEK)
    assert [row.behind for row in board(world.officer, NOW)] == [1]
    sweep(actor=SYSTEM, at=NOW)
    assert UnitSummary.objects.get(unit=share.unit).behind == 1
    enter(client, world.officer)
    page = client.get("/ledger/?behind=1&unit=市住房城乡建设局&share=1").content.decode()
    assert share.matter.title in page and "不相干的事项" not in page
    assert "滞后" in page and "计划30%，已报0%" in page
    listed = client.get("/ledger/?behind=1").content.decode()
    assert share.matter.title in listed and "不相干的事项" not in listed
    shown = client.get("/board/").content.decode()
    assert 'data-label="滞后"><a href="/ledger/?behind=1&amp;' in shown
    assert behind_words(fresh(share), "zh-hans") in client.get("/").content.decode()


def test_yellow_slip_for_being_behind_when_blue_brought_nothing(world: World) -> None:
    """R-SUP-5: 蓝 (near or behind) → 黄 (behind, blue brought nothing) → 红 (overdue alone); the
    paper gives the plan and what is reported as its ground."""
    share = said(planned(world), world, 4, 7, 20)
    assert standings([share])[0].colour(day(4, 15)) is None
    at = day(5, 6)
    assert "进度滞后：计划2026年4月30日（周四）前完成30%，已报20%" in standings([share])[0].text(
        "remind", at
    )
    blue = urge(share=share, wording=Wording(colour="blue"), actor=world.officer, at=at)
    assert blue.slip.behind == "计划2026年4月30日（周四）前完成30%，已报20%"
    assert standings([share])[0].colour(at) is None  # not on the same day
    later = day(5, 13)
    assert standings([share])[0].colour(later) == "yellow"
    yellow = urge(share=share, wording=Wording(colour="yellow"), actor=world.officer, at=later)
    ground = dict(paper(yellow.slip).rows)["签发依据"]
    assert ground.startswith("已发蓝色督办单，进度仍滞后：计划")
    with pytest.raises(Refused) as refused:
        urge(share=share, wording=Wording(colour="red"), actor=world.officer, at=day(5, 20))
    assert refused.value.code == "slip-out-of-order"


def paper(slip: object) -> Slip:
    """The slip as a paper."""
    return slip_of(slip)  # type: ignore[arg-type]


def test_the_past_keeps_what_was_behind(world: World) -> None:
    """B19: as of a day the share is behind as it was known then."""
    share = said(planned(world), world, 4, 7, 20)
    said(share, world, 5, 7, 45)
    known = PastAssignment.objects.known(day(5, 6)).get(assignment=share)
    assert (known.behind(day(5, 6)), known.planned_percent, known.reported_percent) == (
        True,
        30,
        20,
    )


def test_pages_take_a_plan_and_show_it(world: World, client: Client) -> None:
    """R-SUP-5: typed in three columns, wrong input kept and told, shown on the matter's page; the
    report form asks for the percentage only where there is a plan."""
    share = recent(world)
    enter(client, world.liaison)
    assert 'name="percent"' not in client.get(f"/assignments/{share.pk}/report/").content.decode()
    enter(client, world.officer)
    address = f"/matters/{share.matter_id}/stages/"
    typed = {"stage_on": [LATER.isoformat(), ""], "stage_text": ["开工", ""]}
    refused = client.post(address, typed | {"stage_percent": ["六十", ""]})
    assert refused.status_code == 422
    assert "六十" in refused.content.decode()
    assert client.post(address, typed | {"stage_percent": ["60%", ""]}).status_code == 302
    assert "开工" in client.get(f"/matters/{share.matter_id}/").content.decode()
    enter(client, world.liaison)
    form = client.get(f"/assignments/{share.pk}/report/").content.decode()
    assert 'name="percent"' in form and f"计划：{date_text(LATER, 'zh-hans')}前完成60%" in form
    assert client.get(f"/assignments/{share.pk}/stages/").status_code == 409


def test_report_form_takes_percentage_and_hours(world: World, client: Client) -> None:
    """R-SUP-5, B6: both optional, wrong ones told at their field and kept as typed."""
    share = recent(world)
    plan_progress(
        matter=share.matter, stages=(Stage(LATER, 60),), actor=world.officer, at=NOW - WEEK
    )
    enter(client, world.liaison)
    address = f"/assignments/{share.pk}/report/"
    duty = share.duties.filter(rule_code="TR-01", state="open").order_by("due_at").first()
    assert duty is not None
    given = {"progress": "完成", "state_change": "普查完成", "problems": "无", "next_steps": "续"}
    given |= {"duties": str(duty.pk), "act": "send", "signed_by_principal": "王"}
    for wrong in ({"percent": "150"}, {"hours": "两"}, {"percent": "三成"}, *HOURS):
        answer = client.post(address, given | wrong)
        assert answer.status_code == 422
        assert next(iter(wrong.values())) in answer.content.decode()
    given |= keyed(percent="35", hours="2.5")
    assert client.post(address, given).status_code == 302
    row = share.reports.get()
    assert (row.percent, row.hours) == (35, Decimal("2.5"))
    assert "35%" in client.get(f"/reports/{row.pk}/").content.decode()


def test_matter_page_asks_nothing_more_for_a_plan(world: World, client: Client) -> None:
    """performance.md "Growth": the page of a matter with a plan costs no query more."""
    share = recent(world)
    enter(client, world.officer)
    address = f"/matters/{share.matter_id}/"
    client.get(address)
    _page, without = queries_of(lambda: client.get(address))
    plan_progress(
        matter=share.matter, stages=(Stage(LATER, 60),), actor=world.officer, at=NOW - WEEK
    )
    _page, with_plan = queries_of(lambda: client.get(address))
    assert with_plan == without


def test_planned_progress_by_token(world: World) -> None:
    """R-SUP-5: the plan is set and read by API, what was reported of it too; percentages out of
    range are refused."""
    share = recent(world)
    office = Api(token(world.officer))
    stages = [{"on": LATER.isoformat(), "percent": 60, "text": "开工"}]
    path = f"/matters/{share.matter_id}/stages"
    answer = office.call("PUT", path, {"stages": stages})
    assert (answer.status_code, answer.json()["stages"]) == (200, stages)
    wrong = {"stages": [{"on": LATER.isoformat(), "percent": 0}]}
    assert office.call("PUT", path, wrong).status_code == 422
    own = office.call("PUT", f"/assignments/{share.pk}/stages", {"stages": []})
    assert (own.status_code, own.json()["planned_percent"]) == (200, 60)
    only = {scope: Api(token(world.officer, scope)) for scope in ("matters:write", "reports:write")}
    got = [
        one.call("PUT", f"/assignments/{share.pk}/stages", {"stages": []}) for one in only.values()
    ]
    assert [answer.status_code for answer in got] == [200, 403]  # the office assigns, not reports
    unit = Api(token(world.liaison))
    moved = unit.call("PUT", f"/assignments/{share.pk}/stages", {"stages": []})
    assert (moved.status_code, moved.json()["type"]) == (409, "luoshi:planned-already")


def test_conclude_clears_the_matter(world: World) -> None:
    """R-SUP-5: a concluded matter shows no plan to be behind."""
    share = planned(world)
    told = words(percent=100)
    for code in ("TR-01", "TR-09"):
        if share.duties.filter(rule_code=code, state="open").exists():
            accepted(share, world.liaison, world.officer, day(4, 7), code, said=told)
    matter = fresh(share).matter
    conclude(matter=matter, result="done", summary="完成", actor=world.officer, at=day(4, 9))
    assert Matter.objects.get(pk=matter.pk).behind_at is None
