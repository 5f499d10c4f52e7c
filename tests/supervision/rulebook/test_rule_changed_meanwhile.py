"""A rule is changed while a unit is writing its report: what counts when it is sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.report.reporting import Words, save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.models import Assignment, RedatedDuty, Report, UnitSummary
from tests.story import World, make_world
from tests.supervision.rulebook.test_rules import drafted, first, share

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
DRAFT = Words(progress="草稿：已排查三处", state_change="开工", problems="无", next_steps="继续")
FINISHED = Words(
    progress="已排查三处，整改两处",
    state_change="开工",
    problems="无",
    next_steps="继续",
    late_reason="汛情影响",
)


def day(number: int, hour: int = 2) -> datetime:
    """A moment so many days after the receipt of 5 February."""
    return AT.replace(hour=hour) + timedelta(days=number)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def written(world: World) -> Assignment:
    """A signed share whose first report is due after 15 days, with a draft that is not sent."""
    made = share(world, end_on=date(2026, 12, 31))
    save_draft(assignment=made, words=DRAFT, revision=0, actor=world.liaison, at=day(1))
    return made


def changed(world: World, *, apply_to_open: bool, limit: str = "签收后5个自然日内") -> None:
    """The office's new version, decided on the second day."""
    proposal = drafted(world, at=day(2), limit=limit, valid_from=date(2026, 2, 7))
    seen = digest_of(preview_rule(proposal, day(2)))
    rule_in_force(
        proposal=proposal,
        apply_to_open=apply_to_open,
        digest=seen,
        actor=world.chief,
        at=day(2),
    )


def sent(world: World, one: Assignment, at: datetime) -> Report:
    """The liaison finishes the draft and sends it."""
    return submit(
        assignment=one,
        duty_ids=[first(one).pk],
        words=FINISHED,
        actor=world.liaison,
        at=at,
        revision=1,
    )


def test_report_sent_after_a_shorter_limit_is_late_by_that_limit(
    world: World, written: Assignment
) -> None:
    """Features row 14, R-CAL-3: redated in one act from 15 to 5 days, the report of the eighth day
    is three days late; the draft became the report, nothing written is gone."""
    draft = Report.objects.get()
    changed(world, apply_to_open=True)
    kept = Report.objects.get()
    assert (kept.pk, kept.progress, kept.revision) == (draft.pk, DRAFT.progress, draft.revision)
    report = sent(world, written, day(8))
    duty = first(written)
    assert (report.pk, report.progress, report.late) == (draft.pk, FINISHED.progress, True)
    assert list(report.duties.all()) == [duty]
    assert (duty.state, duty.late_amount, duty.late_unit) == ("submitted", 3, "days")
    assert duty.late_reason == FINISHED.late_reason
    assert UnitSummary.objects.get(unit=world.bureau).late_marks == 1


def test_report_sent_after_a_longer_limit_is_in_time(world: World, written: Assignment) -> None:
    """Features row 14: from 15 to 30 days; what would have been late is not, and no mark stays."""
    changed(world, apply_to_open=True, limit="签收后30个自然日内")
    report = sent(world, written, day(20))
    assert (report.late, first(written).late_amount) == (False, None)
    assert UnitSummary.objects.get(unit=world.bureau).late_marks == 0


def test_matter_issued_under_the_old_version_keeps_its_limit_without_the_act(
    world: World, written: Assignment
) -> None:
    """Features row 14: "a matter keeps the version it was issued under"; the report of the eighth
    day is in time, while a matter issued after the change has five days."""
    changed(world, apply_to_open=False)
    report = sent(world, written, day(8))
    duty = first(written)
    assert (duty.rule_version.version, report.late, duty.late_amount) == (1, False, None)
    assert Notice.objects.filter(kind="redated").count() == 0
    later = share(world, at=day(3), end_on=date(2026, 12, 31))
    assert first(later).rule_version.version == 2
    assert first(later).due_at < duty.due_at


def test_unit_is_told_once_however_many_drafts_it_has(world: World, written: Assignment) -> None:
    """Features row 14, R-CAL-3: three limits of one unit move, one notice to its liaison; both
    versions of every limit stay readable."""
    others = [share(world, end_on=date(2026, 12, 31)) for _n in range(2)]
    save_draft(assignment=others[0], words=DRAFT, revision=0, actor=world.liaison, at=day(1))
    before = first(written).due_at
    changed(world, apply_to_open=True)
    told = Notice.objects.filter(kind="redated")
    assert list(told.values_list("recipient_id", flat=True)) == [world.liaison.person_id]
    assert Report.objects.filter(state="draft", progress=DRAFT.progress).count() == 2
    row = RedatedDuty.objects.get(duty=first(written))
    assert (row.before_at, row.after_at) == (before, first(written).due_at)
    assert (row.before_version.version, row.after_version.version) == (1, 2)


def test_report_in_review_is_not_reached_by_the_change(world: World, written: Assignment) -> None:
    """Features row 14, R-CAL-3: only what is not sent yet moves; a report returned afterwards is
    measured by its redo limit, not by the new rule."""
    report = sent(world, written, day(1, hour=5))
    before = first(written).due_at
    changed(world, apply_to_open=True)
    assert (first(written).due_at, first(written).rule_version.version) == (before, 1)
    return_for_redo(report=report, reason="请补充", actor=world.officer, at=day(3))
    again = sent(world, written, day(5))
    assert (again.late, again.round, first(written).late_amount) == (False, 2, None)
