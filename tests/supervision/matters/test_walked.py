"""What a walk through the pages showed: reasons are kept whole, a sole unit may get company, an
objection is the office's turn, dates say why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import last_day
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.naming import titled
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.merging import merge
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.queries.limits import moves_of
from luoshi.supervision.matters.domain.share import objecting
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part, Turn
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter, Merger
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change
from luoshi.supervision.rulebook.models import ReportingRule
from tests.past import concluded
from tests.security.world import sign_in
from tests.story import World, actor, make_world
from tests.supervision.matters.test_circle import AT, PLAN, assigned

pytestmark = pytest.mark.django_db
SIGNED = AT + timedelta(days=1)
STOPPED = datetime(2026, 2, 12, 2, 0, tzinfo=UTC)
RESUMED = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
DECIDED = RESUMED + timedelta(hours=1)
LONG = "很长的理由" * 101


@pytest.fixture
def world() -> World:
    return make_world()


def other_unit() -> Unit:
    return Unit.objects.get(short_name="市财政局")


def given(world: World, title: str, unit: Unit, part: str = Part.SOLE) -> Matter:
    """A second matter, given to a unit."""
    row = draft(plan=Plan(**{**PLAN.__dict__, "title": title}), actor=world.officer, at=AT)
    row = approve_to_register(matter=row, actor=world.officer, at=AT, despite="另案")
    assign(matter=row, shares=[Share(unit, part)], actor=world.officer, at=AT)
    return Matter.objects.get(pk=row.pk)


def officer(world: World) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    return client


def test_a_reason_is_kept_whole_or_refused(world: World) -> None:
    """Features row 20, R-SUP-1, R-PRO-5: too long is said at the field; nothing is cut silently."""
    share = assigned(world)
    with pytest.raises(Invalid) as refused:
        stop(matter=share.matter, reason=LONG, actor=world.officer, at=AT)
    assert list(refused.value.errors) == ["reason"]
    assert ClockStop.objects.count() == 0
    with pytest.raises(Invalid):
        reassign(assignment=share, unit=other_unit(), reason=LONG, actor=world.officer, at=AT)
    other = given(world, "完全另外的一件事", other_unit())
    with pytest.raises(Invalid):
        merge(absorbed=other, into=share.matter, reason=LONG, actor=world.officer, at=AT)
    assert Merger.objects.count() == 0


def test_a_share_is_not_reassigned_to_the_unit_that_has_it(world: World) -> None:
    """R-PRO-5: otherwise its limits would begin anew without anything having changed."""
    share = assigned(world)
    with pytest.raises(Invalid) as refused:
        reassign(assignment=share, unit=world.bureau, reason="再办", actor=world.officer, at=AT)
    assert list(refused.value.errors) == ["unit"]
    page = officer(world).post(f"/assignments/{share.pk}/reassignment/", {"unit": "", "reason": ""})
    assert page.status_code == 422
    assert page.content.decode().count("id_unit") >= 1
    assert Assignment.objects.filter(matter=share.matter).count() == 1


@pytest.mark.parametrize(
    ("given_part", "becomes"), [(Part.JOINT, Part.LEAD), (Part.SEPARATE, Part.SEPARATE)]
)
def test_a_sole_unit_gets_company(world: World, given_part: str, becomes: str) -> None:
    """R-SUP-2, features row 13: beside a joint unit it leads, beside another it handles its part;
    the unit is told and the trail says so. Its duties stay."""
    share = assigned(world)
    before = set(share.duties.values_list("rule_code", "due_at"))
    made = [Share(other_unit(), given_part)]
    assign(matter=share.matter, shares=made, actor=world.officer, at=SIGNED)
    now = Assignment.objects.get(pk=share.pk)
    assert (now.part, set(now.duties.values_list("rule_code", "due_at"))) == (becomes, before)
    assert Notice.objects.filter(kind="part_changed", recipient_id=world.liaison.person_id).exists()
    entry = Entry.objects.filter(action="matters.assigned").order_by("-seq")[0]
    assert f"{world.bureau} ({becomes})" in Entry.detail_of(entry)["after"]["units"]


def test_two_sole_units_are_still_refused(world: World) -> None:
    """S3-57: sole means one unit."""
    share = assigned(world)
    for part in (Part.SOLE, Part.LEAD):
        with pytest.raises(Invalid):
            made = [Share(other_unit(), part)]
            assign(matter=share.matter, shares=made, actor=world.officer, at=SIGNED)
    assert Assignment.objects.get(pk=share.pk).part == Part.SOLE


def test_merger_offers_a_part_that_fits_and_names_what_is_wrong(world: World) -> None:
    """R-SUP-1: the unit of the merged matter goes on beside the sole one; a number that leads
    nowhere, the matter's own and none at all are refused at the field."""
    into = assigned(world).matter
    absorbed = given(world, "完全另外的一件事", other_unit())
    client, page = officer(world), f"/matters/{absorbed.pk}/merger/"
    for number in ("", "督〔2026〕999号", absorbed.number):
        answer = client.get(page, {"into": number})
        assert (answer.status_code, 'id="error_into"' in answer.content.decode()) == (422, True)
    share = absorbed.assignments.get()
    body = client.get(page, {"into": into.number}).content.decode()
    assert '<option value="separate" selected>' in body
    form = {
        "into": into.number,
        "reason": "同一件事",
        "take": share.pk,
        f"part_{share.pk}": "separate",
    }
    assert client.post(page, form).status_code == 302
    parts = dict(into.assignments.values_list("unit__short_name", "part"))
    assert parts == {world.bureau.short_name: "separate", other_unit().short_name: "separate"}
    history = client.get(f"/matters/{into.pk}/").content.decode()
    assert f"{absorbed.number} {absorbed.title} · 同一件事" in history


def test_an_objection_is_the_offices_turn(world: World) -> None:
    """ui.md rule 1, R-PRO-5: until it is answered nobody hurries the unit; the banner says who."""
    share = assigned(world)
    row = objecting.object_to(assignment=share, reason="非我职责", actor=world.liaison, at=SIGNED)
    now = Assignment.objects.select_related("matter").get(pk=share.pk)
    assert (now.turn, now.matter.turn) == (Turn.OFFICE, Turn.OFFICE)
    body = officer(world).get(f"/matters/{share.matter_id}/").content.decode()
    assert "轮到交办单位：答复异议" in body.replace("<b>", "").replace("</b>", "")
    objecting.reject(objection=row, reason="属你单位", actor=world.officer, at=SIGNED)
    assert Assignment.objects.get(pk=share.pk).turn == Turn.UNIT


def test_changed_rule_moves_a_limit_that_a_stop_carried_on(world: World) -> None:
    """Features rows 14 and 20, B3: twenty days instead of fifteen, the stop taken out of them too;
    every decision that moved the limit is named, in order of time (R-SUP-4)."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=SIGNED)
    duty = share.duties.get(rule_code="TR-06")
    row = stop(matter=share.matter, reason="等待批复", actor=world.officer, at=STOPPED)
    resume(stop=row, reason="批复已到", actor=world.officer, at=RESUMED)
    change = Change(
        reason="按工作日计",
        valid_from=date(2026, 3, 4),
        limit="签收后20个自然日内",
        content=["progress"],
        reports_to="批示领导办公室",
        legal_basis="工作办法第九条",
        regimes=["instruction"],
    )
    rule = ReportingRule.objects.get(code="TR-06")
    drafted = propose_change(rule=rule, change=change, actor=world.officer, at=RESUMED)
    before = share.duties.get(pk=duty.pk).due_at
    seen = [one for one in preview_rule(drafted, RESUMED) if one.duty.pk == duty.pk]
    assert [one.change for one in seen] == ["later"]
    rule_in_force(
        proposal=drafted,
        apply_to_open=True,
        digest=digest_of(preview_rule(drafted, DECIDED)),
        remark="同意",
        actor=world.chief,
        at=DECIDED,
    )
    now = share.duties.get(pk=duty.pk)
    assert before is not None and now.due_at is not None
    # without the stop 24 February by the old rule (rest days), 25 February by the new one
    assert (last_day(before), last_day(now.due_at)) == (date(2026, 3, 16), date(2026, 3, 17))
    assert [one.by for one in moves_of(now)] == [world.officer.person_name, world.chief.person_name]


def test_reopened_matter_says_why_and_names_every_gap(world: World) -> None:
    """B9: reason and limit are missed together; afterwards the page says why it runs again."""
    matter = concluded(world, AT)
    with pytest.raises(Invalid) as refused:
        reopen(matter=matter, reason="", due_on=None, actor=world.officer, at=RESUMED)
    assert sorted(refused.value.errors) == ["due_on", "reason"]
    client = officer(world)
    reopen(
        matter=matter,
        reason="再次渗漏",
        due_on=date(2027, 1, 20),
        actor=world.officer,
        at=RESUMED,
    )
    body = client.get(f"/matters/{matter.pk}/").content.decode()
    assert '<div class="notice warn"><b>重新办理</b> 再次渗漏' in body


def test_refused_conclusion_comes_back_with_what_was_typed(world: World) -> None:
    """ui.md rule 9, TR-09: on its own page, beside what stands in the way."""
    share = assigned(world)
    client = officer(world)
    assert 'id="conclude"' not in client.get(f"/matters/{share.matter_id}/").content.decode()
    page = client.post(f"/matters/{share.matter_id}/closure/", {"effect": "出行改善"})
    body = page.content.decode()
    assert (page.status_code, 'value="出行改善"' in body) == (422, True)
    assert 'id="error_summary"' in body


def test_autosave_says_what_stands_in_its_way(world: World) -> None:
    """Features row 27: a figure that is no number does not stop the draft silently."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=SIGNED)
    client = Client()
    sign_in(client, User.objects.get(pk=world.liaison.person_id))
    form = {"progress": "进展", "figure_name": "里程", "figure_value": "很多", "figure_measure": ""}
    answer = client.post(f"/assignments/{share.pk}/report/", form, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["refused"]) == (422, "“很多”不是数字。")


def test_joint_office_reviews_and_does_not_conclude(world: World) -> None:
    """S3-55: both offices may review, the lead office concludes; the words say so."""
    share = assigned(world)
    joint = Unit.objects.get(short_name="市政府办公室")
    matter = Matter.objects.get(pk=share.matter_id)
    matter.joint_office = joint
    who = actor("liang", "梁英", joint, Role.SUPERVISION_OFFICER)
    assert rules.may_conclude(who, matter).reason.code == "lead-office-concludes"
    assert not bool(rules.may_conclude(world.liaison, matter))


@pytest.mark.parametrize(
    ("period", "kind", "words"),
    [
        ("-", "", ("季报", "Report")),
        ("2026Q3", "", ("2026年三季度季报", "Report, Q3 2026")),
        ("2026H1", "", ("2026年上半年季报", "Report, first half 2026")),
        ("2026", "", ("2026年季报", "Report, 2026")),
        ("2026-03", "", ("2026年3月季报", "Report, Mar 2026")),
        ("2026-03b", "", ("2026年3月下半月季报", "Report, Mar 2026, second half")),
        ("2026-07-15", "", ("2026年7月15日季报", "Report, 15 Jul 2026")),
        ("2026-07-15", "summary", ("2026年年中季报", "Report, mid-year 2026")),
        ("2027-01-15", "summary", ("2026年年末季报", "Report, year-end 2026")),
        ("T2026-03", "", ("T2026-03 季报", "Report, T2026-03")),
    ],
)
def test_a_duty_names_its_period_in_words(period: str, kind: str, words: tuple[str, str]) -> None:
    """TR-01, TR-05, A6: no key stands in a title."""
    assert titled("季报", "Report", period, kind) == words
