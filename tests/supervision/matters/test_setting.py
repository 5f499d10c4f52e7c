"""The office sets a limit by its own decision: the next date of an irregular report, another day
for one that runs; what a person set stays when a rule changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid, Refusal
from luoshi.foundation.core.time import end_of_day
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.duty.extending import ask_extension
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.duty.setting import set_limit
from luoshi.supervision.matters.domain.queries.limits import moves_of
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.enums import Change, Light
from luoshi.supervision.matters.models import Assignment, RedatedDuty, ReportDuty
from luoshi.supervision.rulebook.domain.proposing import Change as RuleChange
from luoshi.supervision.rulebook.domain.proposing import propose_change
from luoshi.supervision.rulebook.models import ReportingRule
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import accepted, day, share_of, words

pytestmark = pytest.mark.django_db
WHY = "省委办公厅四月下旬来清源调研"
SET = date(2026, 4, 17)


@pytest.fixture
def world() -> World:
    return make_world()


def staged(world: World) -> ReportDuty:
    """The staged report after a meeting (TR-03), no date, on 3 March."""
    share = share_of(world, "meeting", day(3, 2), anchors={"meeting": "2026-03-02"})
    return duty_of(share, "TR-03")


def duty_of(share: Assignment, code: str, period: str = "-") -> ReportDuty:
    """A duty as the pages read it."""
    rows = ReportDuty.objects.select_related("assignment__matter", "assignment__unit")
    found: ReportDuty = rows.get(assignment=share, rule_code=code, period=period)
    return found


def test_officer_sets_the_next_date_of_a_staged_report(world: World) -> None:
    """TR-03: 取得新进展及时报告 has no number; the officer sets the next date, with the reason, and
    it is explained, told to the unit and chased like any other limit."""
    duty = staged(world)
    assert duty.due_at is None
    set_limit(duty=duty, on=SET, reason=WHY, actor=world.officer, at=day(3, 3))
    duty.refresh_from_db()
    assert duty.due_at == duty.original_due_at == end_of_day(SET)
    trace = Trace.from_json(duty.trace)
    assert recompute(trace, current_calendar()).at == duty.due_at
    assert WHY in trace.provision
    assert duty_light(duty, day(4, 16)) == Light.YELLOW
    assert Notice.objects.filter(kind="redated", recipient_id=world.liaison.person_id).exists()
    entry = Entry.detail_of(Entry.objects.get(action="matters.limit_set"))
    assert (entry["before"]["TR-03 -"], WHY) == ("—", entry["after"]["reason"])
    assert [one.words for one in moves_of(duty)] == [WHY]


def test_after_the_dated_one_the_next_staged_report_has_no_date_again(world: World) -> None:
    """TR-03: silence is measured until the officer sets another date."""
    duty = staged(world)
    set_limit(duty=duty, on=SET, reason=WHY, actor=world.officer, at=day(3, 3))
    accepted(duty.assignment, world.liaison, world.officer, day(4, 15), "TR-03", said=words())
    assert duty_of(duty.assignment, "TR-03", "2").due_at is None


def test_another_day_for_a_limit_keeps_the_original(world: World) -> None:
    """R-SUP-4: original, current and why stand side by side; sooner and later both."""
    share = share_of(world, "instruction", day(3, 2))
    duty = duty_of(share, "TR-06")
    before = duty.original_due_at
    set_limit(duty=duty, on=date(2026, 3, 10), reason=WHY, actor=world.officer, at=day(3, 3))
    duty.refresh_from_db()
    assert (duty.original_due_at, duty.due_at) == (before, end_of_day(date(2026, 3, 10)))
    row = RedatedDuty.objects.get(duty=duty)
    assert (row.change, row.before_at, row.after_at) == (Change.EARLIER, before, duty.due_at)
    entry = Entry.detail_of(Entry.objects.get(action="matters.limit_set"))
    assert entry["before"]["TR-06 -"] != entry["after"]["TR-06 -"]


@pytest.mark.parametrize(
    ("who", "code", "at", "why"),
    [
        ("liaison", "TR-06", day(3, 3), "not-your-office"),
        ("token", "TR-06", day(3, 3), "person-needed"),
        ("officer", "TR-06", day(4, 20), "limit-passed"),
        ("officer", "TR-06", day(3, 3), "asked-already"),
    ],
)
def test_setting_refused(world: World, who: str, code: str, at: datetime, why: str) -> None:
    """R-SUP-4, TR-03: the office's own people, before the limit, the unit's request first."""
    share = share_of(world, "instruction", day(3, 2))
    duty = duty_of(share, code)
    actor = world.liaison if who == "liaison" else world.officer
    if who == "token":
        actor = Actor(**{**world.officer.__dict__, "kind": "token"})
    if why == "asked-already":
        wanted = datetime(2026, 4, 1, 16, tzinfo=UTC)
        ask_extension(duty=duty, wanted_at=wanted, reason="论证", actor=world.liaison, at=at)
    with pytest.raises(Refusal) as refused:
        set_limit(duty=duty, on=date(2026, 5, 8), reason=WHY, actor=actor, at=at)
    assert refused.value.code == why


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (SET, " ", "reason"),
        (date(2026, 3, 1), WHY, "on"),
        (None, WHY, "on"),
        (SET, "因" * 121, "reason"),
    ],
)
def test_incomplete_setting_refused(world: World, on: date | None, reason: str, field: str) -> None:
    """TR-03: a day that lies ahead and a reason that fits belong to it."""
    with pytest.raises(Invalid) as refused:
        set_limit(duty=staged(world), on=on, reason=reason, actor=world.officer, at=day(3, 3))
    assert list(refused.value.errors) == [field]


def test_what_waits_for_receipt_or_counts_hours_follows_its_rule(world: World) -> None:
    """TR-07: hours typed for the item are not turned into days."""
    urgent = {"urgent_amount": 24, "urgent_unit": "hours", "urgent_basis": "批示"}
    duty = duty_of(share_of(world, "instruction", day(3, 2), **urgent), "TR-07")
    with pytest.raises(Refusal) as refused:
        set_limit(duty=duty, on=SET, reason=WHY, actor=world.officer, at=day(3, 2, 3))
    assert refused.value.code == "rule-decides"


def changed(world: World, code: str, at: datetime, **values: object) -> RuleChange:
    """A change of an undated rule: only its silence."""
    fields = {
        "reason": "改为二十日",
        "valid_from": at.date(),
        "limit": "",
        "silence_days": "20",
        "content": ["progress"],
        "reports_to": "批示领导办公室",
        "legal_basis": "规程",
        "regimes": ["instruction" if code == "TR-08" else "meeting"],
    }
    return RuleChange(**(fields | values))  # type: ignore[arg-type]


def test_changed_rule_keeps_the_second_staged_report_and_the_day_a_person_set(
    world: World,
) -> None:
    """TR-08, TR-03, features row 14: a rule without dates asks on, whichever staged report is open;
    the day an officer set stays."""
    share = share_of(world, "instruction", day(3, 2))
    accepted(share, world.liaison, world.officer, day(3, 4), "TR-08", said=words())
    meeting = staged(world)
    set_limit(duty=meeting, on=SET, reason=WHY, actor=world.officer, at=day(3, 5))
    at = day(3, 6)
    for code in ("TR-08", "TR-03"):
        rule = ReportingRule.objects.get(code=code)
        change = changed(world, code, at)
        drafted = propose_change(rule=rule, change=change, actor=world.officer, at=at)
        digest = digest_of(preview_rule(drafted, at))
        rule_in_force(proposal=drafted, apply_to_open=True, digest=digest, actor=world.chief, at=at)
    second = duty_of(share, "TR-08", "2")
    assert (second.state, second.rule_version.silence_days) == ("open", 20)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.due_at) == ("open", end_of_day(SET))


def test_page_leads_from_the_track_to_the_set_date(world: World) -> None:
    """TR-03: reached from the matter; refused words stay in the form; the unit sees no form."""
    duty = staged(world)
    office, unit = Client(), Client()
    sign_in(office, User.objects.get(username="li"))
    sign_in(unit, User.objects.get(username="zhang"))
    page = f"/duties/{duty.pk}/extensions/"
    act = f"/duties/{duty.pk}/limit-setting/"
    assert page in office.get(f"/matters/{duty.assignment.matter_id}/").content.decode()
    assert act in office.get(page).content.decode()
    assert act not in unit.get(page).content.decode()
    on = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    wrong = office.post(act, {"on": "2020-1-1", "reason": WHY})
    assert (wrong.status_code, WHY in wrong.content.decode()) == (422, True)
    assert unit.post(act, {"on": on, "reason": WHY}).status_code == 403
    assert office.post(act, {"on": on, "reason": WHY}).headers["Location"] == page
    assert WHY in unit.get(page).content.decode()
