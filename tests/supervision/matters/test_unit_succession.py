"""A unit renamed, or merged into a successor, while it owes reports (机构改革)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Detail
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.domain.merging import merge_unit
from luoshi.foundation.organizations.domain.queries.holders import appointments_of
from luoshi.foundation.organizations.domain.queries.names import expand, unit_by_name
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, CollectiveName, Unit, UnitMerger
from luoshi.supervision.inspections.domain.problem.raising import Raised, raise_problem
from luoshi.supervision.matters.domain.matter.drafting import draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.stopping import ask
from luoshi.supervision.matters.domain.report.reporting import save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.summarising import marks
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Matter,
    PastAssignment,
    Report,
    UnitSummary,
)
from tests.security.world import sign_in
from tests.story import DATA, SYSTEM, World, actor, make_world
from tests.supervision.matters.test_circle import DESPITE, GOOD, PLAN, assigned
from tests.supervision.matters.test_summaries import check_matter, check_unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BASIS = "清委〔2026〕9号 机构改革方案"
OLD, NEW = "市住房城乡建设局", "市城乡建设和交通局"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def heir(world: World) -> Actor:
    """The liaison of the successor."""
    return actor("qian", "钱芳", Unit.objects.get(short_name="市财政局"), Role.LIAISON)


def renamed(name: str = NEW) -> None:
    """The tree is imported again with another name for the bureau."""
    preview = read_tree(DATA / "samples" / "units.xlsx")
    for row in preview.units:
        if row.short_name == OLD:
            row.name = row.short_name = name
    write_tree(preview, actor=SYSTEM, at=AT + DAY)


def merged(world: World, **more: Any) -> UnitMerger:
    """The bureau goes into the finance bureau."""
    into = Unit.objects.get(short_name="市财政局")
    words = {
        "unit": world.bureau,
        "into": into,
        "basis": BASIS,
        "actor": SYSTEM,
        "at": AT + 2 * DAY,
    }
    return merge_unit(**(words | more))


def exact(at: datetime) -> None:
    """Every summary and every matter's clock against a plain recount."""
    shares = list(Assignment.objects.select_related("matter", "unit"))
    for unit in Unit.objects.all():
        check_unit(unit, [share for share in shares if share.unit_id == unit.pk], at)
    for matter in Matter.objects.all():
        check_matter(matter, [share for share in shares if share.matter_id == matter.pk])
        assert matter.seen_by == marks(matter)


def two_shares(world: World, parts: tuple[str, str]) -> list[Assignment]:
    """One matter for the bureau and the finance bureau."""
    made = draft(plan=PLAN, actor=world.officer, at=AT)
    made = approve_to_register(matter=made, actor=world.officer, at=AT, despite=DESPITE)
    units = (world.bureau, Unit.objects.get(short_name="市财政局"))
    shares = [Share(unit, part) for unit, part in zip(units, parts, strict=True)]
    return assign(matter=made, shares=shares, actor=world.officer, at=AT)


def page(who: Actor, path: str) -> str:
    """What somebody's browser shows."""
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    return browser.get(path).content.decode()


def test_renamed_unit_goes_on_and_its_old_papers_keep_the_old_name(world: World) -> None:
    """Features row 1, R-DOC-12: after a renaming the unit's people see the new name and report what
    was open; trail and requests say the name of their day; the old name still leads to the unit."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    asked = ask(assignment=share, reason="等待批复", actor=world.liaison, at=AT)
    renamed()
    shown = page(world.liaison, f"/matters/{share.matter_id}/")
    assert (NEW in shown, OLD in shown) == (True, True), "its name now; its history, the name then"
    assert ClockStop.objects.get(pk=asked.pk).asked_by_unit == OLD
    assert any(OLD in text for text in Detail.objects.values_list("text", flat=True))
    assert unit_by_name(OLD) == unit_by_name(NEW) == world.bureau
    bureau = Unit.objects.get(pk=world.bureau.pk)
    who = replace(world.liaison, unit_name=str(bureau))
    duty = share.duties.get(rule_code="TR-06")
    report = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=who, at=AT + 2 * DAY)
    accept(report=report, actor=world.officer, at=AT + 3 * DAY)
    exact(AT + 3 * DAY)


def test_a_name_that_another_unit_bears_now_leads_there(world: World) -> None:
    """Features row 1: two units that swap names are not mistaken for each other."""
    preview = read_tree(DATA / "samples" / "units.xlsx")
    rows = {row.short_name: row for row in preview.units}
    one, two = rows[OLD], rows["市财政局"]
    one.name, two.name = two.name, one.name
    one.short_name, two.short_name = two.short_name, one.short_name
    write_tree(preview, actor=SYSTEM, at=AT)
    assert unit_by_name("市财政局") == world.bureau


def test_successor_signs_and_reports_what_the_merged_unit_owed(world: World, heir: Actor) -> None:
    """R-SUP-1, R-PRO-5: an unsigned slip, a draft and a report in review go on as they stand, under
    the same limits; the successor is told once; figures and marks are those of a recount."""
    slip = assigned(world)
    begun = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    save_draft(assignment=begun, words=GOOD, revision=0, actor=world.liaison, at=AT)
    sent = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    first = sent.duties.get(rule_code="TR-06")
    report = submit(assignment=sent, duty_ids=[first.pk], words=GOOD, actor=world.liaison, at=AT)
    limits = {duty.pk: duty.due_at for share in (begun, sent) for duty in share.duties.all()}
    merged(world)
    at = AT + 3 * DAY
    exact(at)
    finance = Unit.objects.get(pk=heir.unit_id)
    for share in (slip, begun, sent):
        share.refresh_from_db()
        assert (share.unit, Matter.objects.get(pk=share.matter_id).lead_unit) == (finance, finance)
    kept = {duty.pk: duty.due_at for share in (begun, sent) for duty in share.duties.all()}
    assert kept == limits
    told = Notice.objects.filter(kind="inherited").values_list("recipient_id", "title_zh")
    assert list(told) == [(heir.person_id, f"承接{OLD}在办事项3项，时限不变")]
    sign_for(assignment=slip, actor=heir, at=at)
    duty = begun.duties.get(rule_code="TR-06")
    again = submit(assignment=begun, duty_ids=[duty.pk], words=GOOD, revision=1, actor=heir, at=at)
    assert Report.objects.filter(assignment=begun).get() == again
    accept(report=report, actor=world.officer, at=at)
    assert "市财政局" in page(heir, f"/matters/{slip.matter_id}/")
    exact(at)
    old, new = (UnitSummary.objects.get(unit=unit) for unit in (world.bureau, finance))
    assert (old.green + old.yellow + old.red + old.grey, new.in_review) == (0, 1)
    spans = PastAssignment.objects.filter(assignment=begun).order_by("known_from")
    assert [span.unit for span in spans][:1] == [world.bureau]
    assert spans.last().unit == finance


def test_merged_unit_is_closed_and_its_names_lead_to_the_successor(
    world: World, heir: Actor
) -> None:
    """Features row 1, GB/T 22239 5.1: its posts give no rights, nobody is appointed and nothing
    assigned there, an old workbook does not wake it; collective names and papers find the heir."""
    group = CollectiveName.objects.create(name="各建设部门")
    group.members.add(world.bureau)
    merged(world)
    finance = Unit.objects.get(pk=heir.unit_id)
    assert unit_by_name(OLD) == finance
    assert expand("各建设部门") == [finance]
    assert appointments_of(world.liaison.person_id, date(2026, 2, 8)) == []
    row = UnitMerger.objects.get()
    assert (row.unit, row.into, row.basis) == (world.bureau, finance, BASIS)
    with pytest.raises(Invalid):
        renamed()
    bureau = Unit.objects.get(pk=world.bureau.pk)
    with pytest.raises(Invalid):
        appoint(
            person=User.objects.get(pk=world.liaison.person_id),
            unit=bureau,
            role=Role.LIAISON,
            title="联络员",
            starts_on=date(2026, 2, 8),
            actor=SYSTEM,
            at=AT,
        )
    with pytest.raises(Refused) as refused:
        assigned(world)
    assert refused.value.code == "unit-closed"


def test_successor_reads_the_papers_of_the_merged_unit(world: World, heir: Actor) -> None:
    """Decision 8: the closed unit hangs under its successor, so an ended matter stays readable to
    its people, under the old name."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    Assignment.objects.filter(pk=share.pk).update(state="concluded")
    Matter.objects.filter(pk=share.matter_id).update(state="concluded")
    assert not Assignment.objects.visible_to(heir).exists()
    merged(world)
    share.refresh_from_db()
    assert share.unit == world.bureau
    finance = Unit.objects.get(pk=heir.unit_id)
    assert Unit.objects.get(pk=world.bureau.pk).path.startswith(finance.path)
    assert list(Assignment.objects.visible_to(heir)) == [share]
    assert OLD in page(heir, f"/matters/{share.matter_id}/")
    assert Matter.objects.get(pk=share.matter_id).seen_by == marks(share.matter)


def test_merger_that_settles_what_only_the_office_may_settle_is_refused(
    world: World, heir: Actor
) -> None:
    """R-PRO-5: both units take part in one matter; the refusal names it and nothing is changed."""
    shares = two_shares(world, (Part.LEAD, Part.JOINT))
    with pytest.raises(Refused) as refused:
        merged(world)
    assert (refused.value.code, shares[0].matter.number in str(refused.value.why)) == (
        "both-take-part",
        True,
    )
    assert UnitMerger.objects.count() == 0
    assert Unit.objects.get(pk=world.bureau.pk).is_active
    exact(AT + 3 * DAY)


def test_unit_with_open_problems_is_not_closed(world: World, heir: Actor) -> None:
    """S3-112, R-PRO-5: a problem has its own responsible people; the office that raised it strikes
    it off or withdraws it before its unit ends."""
    raised = Raised(
        unit=world.bureau,
        description="抽查三处未整改",
        category="not_carried_out",
        requirement="限期整改",
        limit_on=date(2026, 5, 30),
    )
    raise_problem(raised=raised, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        merged(world)
    assert refused.value.code == "open-problems"
    assert Unit.objects.get(pk=world.bureau.pk).is_active


def test_what_is_no_merger_is_refused(world: World, heir: Actor) -> None:
    """Features row 1: no basis, itself, a subordinate, a closed unit, an office with open matters,
    officers' posts, somebody who does not keep the units; each leaves everything as it was."""
    assigned(world)
    county = Unit.objects.get(short_name="安澜县")
    city = Unit.objects.get(pk=county.parent_id)
    for wrong in ({"basis": " "}, {"into": world.bureau}, {"unit": city, "into": county}):
        with pytest.raises(Invalid):
            merged(world, **wrong)
    with pytest.raises(Refused) as refused:
        merged(world, unit=world.office)
    assert refused.value.code == "open-matters"
    with pytest.raises(Forbidden):
        merged(world, actor=world.officer)
    actor("jin", "金毅", world.bureau, Role.SYSTEM_ADMIN)
    with pytest.raises(Refused) as refused:
        merged(world)
    assert refused.value.code == "officers-posts"
    Appointment.objects.filter(person__username="jin").delete()
    merged(world)
    with pytest.raises(Invalid) as closed:
        merged(world)
    assert list(closed.value.errors) == ["unit"]
    exact(AT + 3 * DAY)


def test_page_merges_once_and_says_what_is_wrong(world: World, heir: Actor) -> None:
    """Features row 1, security.md 5 rule 8: the system administrator's form; an unknown name is
    said at its field, a second click does nothing more, the list shows basis and name."""
    who = actor("jin", "金毅", world.office, Role.SYSTEM_ADMIN)
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    path = "/units/mergers/"
    typed = {"unit": OLD, "into": "无此局", "basis": BASIS, "submission_key": str(uuid4())}
    wrong = browser.post(path, typed)
    assert (wrong.status_code, "无此局" in wrong.content.decode()) == (422, True)
    for _click in range(2):
        assert browser.post(path, typed | {"into": "市财政局"}).headers["Location"] == path
    assert UnitMerger.objects.get().merged_by_name == "金毅"
    shown = browser.get(path).content.decode()
    assert all(word in shown for word in (BASIS, "金毅", world.bureau.name))
