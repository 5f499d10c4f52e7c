"""Acts that meet: a stop and an extension, a reopening and a division or a reassignment, a points
list and a matter that is there already."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.site.domain.verifying import verify_site
from luoshi.supervision.lists.domain.issuing import issue
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Assignment, KnownSimilar, Matter, ReportDuty
from tests.past import concluded
from tests.story import World, make_world
from tests.supervision.lists.test_lists import AT as LIST_AT
from tests.supervision.lists.test_lists import drafted
from tests.supervision.matters.test_circle import AT, GOOD, assigned
from tests.supervision.matters.test_division import registered, whole_of

pytestmark = pytest.mark.django_db
LIMIT = datetime(2026, 2, 24, 16, 0, tzinfo=UTC)
EXTENDED = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
STOPPED = datetime(2026, 2, 12, 2, 0, tzinfo=UTC)
RESUMED = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
NEW_LIMIT = date(2026, 6, 30)


@pytest.fixture
def world() -> World:
    return make_world()


def dated(world: World) -> ReportDuty:
    """A duty due on 24 February."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    return share.duties.select_related("assignment__matter").get(rule_code="TR-06")


def test_stop_moves_an_extended_limit_from_its_extended_date(world: World) -> None:
    """R-SUP-4, features row 20, B2: 10 March and 20 days that stood still are 30 March; the
    original limit stays, and the stored dates still follow from their traces."""
    duty = dated(world)
    asked = ask_extension(
        duty=duty, wanted_at=EXTENDED, reason="资金未到", actor=world.liaison, at=AT
    )
    grant_extension(extension=asked, actor=world.officer, at=AT)
    row = stop(matter=duty.assignment.matter, reason="待批复", actor=world.officer, at=STOPPED)
    resume(stop=row, reason="批复已到", actor=world.officer, at=RESUMED)
    duty.refresh_from_db()
    assert (duty.original_due_at, duty.due_at) == (LIMIT, EXTENDED + timedelta(days=20))
    assert [one for one in verify_site().problems if one.startswith("date")] == []


def test_no_extension_is_asked_or_decided_while_the_clock_stands_still(world: World) -> None:
    """R-SUP-4, features row 20: no limit runs that could be extended."""
    duty = dated(world)
    asked = ask_extension(
        duty=duty, wanted_at=EXTENDED, reason="资金未到", actor=world.liaison, at=AT
    )
    stop(matter=duty.assignment.matter, reason="待批复", actor=world.officer, at=STOPPED)
    asked.refresh_from_db()
    duty = ReportDuty.objects.get(pk=duty.pk)
    for act in (
        lambda: grant_extension(extension=asked, actor=world.officer, at=STOPPED),
        lambda: ask_extension(
            duty=duty, wanted_at=EXTENDED, reason="再次", actor=world.liaison, at=STOPPED
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "clock-stopped"


def test_reopening_a_part_takes_its_concluded_whole_up_again(world: World) -> None:
    """B9, features row 13: a whole is not concluded while one of its parts is open; it concludes
    again after the part."""
    whole, (first, second) = whole_of(world)
    revoke(matter=second, reason="不再需要", actor=world.officer, at=AT)
    work(first, world)
    for matter in (first, whole):
        conclude(matter=matter, result="done", summary="完成", actor=world.officer, at=AT)
    first = Matter.objects.get(pk=first.pk)
    reopen(matter=first, reason="隐患回潮", due_on=NEW_LIMIT, actor=world.officer, at=RESUMED)
    whole = Matter.objects.get(pk=whole.pk)
    assert (whole.state, whole.closure_in_force(), whole.on_clock) == ("assigned", None, True)
    with pytest.raises(Refused) as refused:
        conclude(matter=whole, result="done", summary="完成", actor=world.officer, at=RESUMED)
    assert refused.value.code == "parts-open"
    work(first, world)
    for matter in (Matter.objects.get(pk=first.pk), whole):
        conclude(matter=matter, result="done", summary="再办结", actor=world.officer, at=RESUMED)
    whole.refresh_from_db()
    assert (whole.state, whole.closures.count()) == (MatterState.CONCLUDED, 2)


def work(matter: Matter, world: World) -> None:
    """The open share of a matter signed for, reported and accepted."""
    share = matter.assignments.get(state="unsigned")
    share = sign_for(assignment=share, actor=world.liaison, at=RESUMED)
    ids = list(share.duties.filter(state="open").values_list("pk", flat=True))
    sent = submit(assignment=share, duty_ids=ids, words=GOOD, actor=world.liaison, at=RESUMED)
    accept(report=sent, actor=world.officer, at=RESUMED)


def test_share_reassigned_after_a_reopening_answers_for_that_round(world: World) -> None:
    """B9, R-PRO-5: the unit that takes over owes the report on putting things right."""
    matter = concluded(world, AT, regime="instruction")
    reopening = reopen(
        matter=matter, reason="隐患回潮", due_on=NEW_LIMIT, actor=world.officer, at=RESUMED
    )
    share = Assignment.objects.select_related("matter").get(matter=matter, state="unsigned")
    other = Unit.objects.get(short_name="市城管局")
    new = reassign(assignment=share, unit=other, reason="职责调整", actor=world.officer, at=RESUMED)
    assert new.reopening == reopening
    assert new.duties.filter(rule_code="REOPEN").count() == 1


def test_points_list_is_issued_beside_a_similar_matter(world: World) -> None:
    """R-SUP-1, S3-55: what the office decided as a list is not held up; the point stands as the
    reason beside the pair."""
    points_list = drafted(world)
    point = points_list.points.order_by("number").first()
    assert point is not None
    there = registered(world, point.text)
    issue(points_list=points_list, actor=world.officer, at=LIST_AT)
    point.refresh_from_db()
    row = KnownSimilar.objects.get(matter=point.matter, other=there)
    assert row.reason == point.matter.basis
