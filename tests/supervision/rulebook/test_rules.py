"""The catalogue: versions of an office, and open duties moved by one act after a preview."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Words, save_draft, submit
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Change as Moved
from luoshi.supervision.matters.models import Assignment, RedatedDuty, Redating, Report, ReportDuty
from luoshi.supervision.rulebook.domain.adopting import adopt, refuse
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change, withdraw_change
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.queries.versions import catalogue, versions_for
from luoshi.supervision.rulebook.domain.vague import settle_vague
from luoshi.supervision.rulebook.models import ReportingRule, ReportingRuleVersion, RuleProposal
from tests.security.world import sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
WORDS = Words(progress="完成一半", state_change="开工", problems="无", next_steps="继续")


@pytest.fixture
def world() -> World:
    return make_world()


def change(**more: Any) -> Change:
    """Ten working days instead of fifteen calendar days."""
    given: dict[str, Any] = {
        "reason": "加快首报",
        "valid_from": date(2026, 2, 6),
        "limit": "签收后5个自然日内",
        "content": ["progress"],
        "reports_to": "批示领导办公室",
        "legal_basis": "本机关督查工作办法第九条",
        "regimes": ["instruction"],
    }
    return Change(**(given | more))


def drafted(world: World, at: datetime = AT, code: str = "TR-06", **more: Any) -> RuleProposal:
    """A change drafted by the officer."""
    rule = ReportingRule.objects.get(code=code)
    return propose_change(rule=rule, change=change(**more), actor=world.officer, at=at)


def share(world: World, at: datetime = AT, regime: str = "instruction", **more: Any) -> Assignment:
    """An assigned and signed share."""
    plan = Plan(
        title="防汛排查", regime=regime, content="排查", method="牵头", purpose="安全", **more
    )
    made = approve_to_register(
        matter=draft(plan=plan, actor=world.officer, at=at),
        actor=world.officer,
        at=at,
        despite="分别办理",
    )
    found = assign(matter=made, shares=[Share(world.bureau, "sole")], actor=world.officer, at=at)
    return sign_for(assignment=found[0], actor=world.liaison, at=at)


def first(found: Assignment) -> ReportDuty:
    """The share's first report."""
    return found.duties.get(rule_code="TR-06")


def test_catalogue_has_every_row_of_the_table(world: World) -> None:
    """TR-01…TR-09, TR-14, TR-18, TR-20, TR-25: each with source, basis and contents."""
    rows = catalogue(world.office.pk, date(2026, 2, 5))
    assert [row.rule.code for row in rows] == [
        *(f"TR-0{n}" for n in range(1, 10)),
        "TR-14",
        "TR-18",
        "TR-20",
        "TR-20/2",
        "TR-25",
    ]
    assert all(
        row.version.source and row.version.legal_basis and row.version.content for row in rows
    )


@pytest.mark.parametrize(
    ("effect", "yearly"),
    [(date(2026, 3, 1), 2027), (date(2026, 6, 30), 2027), (date(2026, 8, 1), 2028)],
)
def test_follow_up_study_once_in_every_year(world: World, effect: date, yearly: int) -> None:
    """TR-20: six months after the rule takes effect, then yearly: one study in each civil year, the
    first one being the study of its year."""
    version = ReportingRuleVersion.objects.get(rule__code="TR-20/2")
    found = occurrences(
        from_json(version.deadline),
        start=effect,
        until=date(2029, 1, 1),
        calendar=current_calendar(),
        skip_first_days=version.skip_first_days,
    )
    assert [one.key for one in found][:1] == [str(yearly)]


def test_office_version_governs_new_matters_only(world: World) -> None:
    """Features row 14: a matter keeps the version it was issued under; the next takes the new."""
    old = share(world, end_on=date(2026, 12, 31))
    adopt(proposal=drafted(world), actor=world.chief, at=AT)
    new = share(world, at=AT + timedelta(days=1), end_on=date(2026, 12, 31))
    assert (first(old).rule_version.version, first(new).rule_version.version) == (1, 2)
    make_duties(old, on=date(2026, 12, 1))
    assert set(old.duties.filter(rule_code="TR-06").values_list("rule_version__version")) == {(1,)}
    assert first(new).due_at < first(old).due_at + timedelta(days=1)


def test_preview_changes_nothing_and_the_act_applies_it(world: World) -> None:
    """Features row 14: before and after of every open duty; one act with both traces and one
    notice per unit; deciding again is refused, nothing moves twice."""
    kept = [share(world, end_on=date(2026, 12, 31)) for _n in range(3)]
    proposal = drafted(world)
    before = [first(one) for one in kept]
    seen = preview_rule(proposal, AT)
    assert [one.change for one in seen] == [Moved.EARLIER] * 3
    assert [first(one).due_at for one in kept] == [one.due_at for one in before]
    version, act = rule_in_force(
        proposal=proposal, apply_to_open=True, digest=digest_of(seen), actor=world.chief, at=AT
    )
    assert act is not None and act.totals["earlier"] == 3
    for one, old in zip(kept, before, strict=True):
        row = RedatedDuty.objects.get(duty=first(one))
        assert (row.before_trace, row.after_trace) == (old.trace, first(one).trace)
        assert (row.before_version.version, row.after_version) == (1, version)
        assert first(one).content == ["progress"]
    office = Client()
    sign_in(office, User.objects.get(pk=world.officer.person_id))
    told = office.get(f"/duties/{first(kept[0]).pk}/extensions/").context
    assert (told["original"], told["limit"]) == (before[0].due_at, first(kept[0]).due_at)
    assert Notice.objects.filter(kind="redated").count() == 1
    assert Entry.objects.filter(action="matters.redated").count() == 3
    with pytest.raises(Refused):
        rule_in_force(proposal=proposal, apply_to_open=True, digest="", actor=world.chief, at=AT)
    assert Redating.objects.count() == 1


def test_stale_preview_leaves_rule_and_duties_alone(world: World) -> None:
    """All or none: a list that changed meanwhile refuses the version too."""
    share(world, end_on=date(2026, 12, 31))
    proposal = drafted(world)
    digest = digest_of(preview_rule(proposal, AT))
    share(world, end_on=date(2026, 12, 31))
    with pytest.raises(Refused) as refused:
        rule_in_force(
            proposal=proposal, apply_to_open=True, digest=digest, actor=world.chief, at=AT
        )
    assert refused.value.code == "preview-stale"
    assert ReportingRuleVersion.objects.filter(office=world.office).count() == 0


def test_rule_changed_while_a_report_is_written_keeps_the_report(world: World) -> None:
    """Fault: the rule is retired under a draft; sending is refused with the reason, the words
    stay, and the report goes out under what is asked for now."""
    one = share(world, end_on=date(2026, 12, 31))
    duty = first(one)
    save_draft(assignment=one, words=WORDS, revision=0, actor=world.liaison, at=AT)
    proposal = drafted(world, retire=True)
    rule_in_force(
        proposal=proposal,
        apply_to_open=True,
        digest=digest_of(preview_rule(proposal, AT)),
        actor=world.chief,
        at=AT,
    )
    assert first(one).state == "withdrawn"
    with pytest.raises(Invalid) as refused:
        submit(assignment=one, duty_ids=[duty.pk], words=WORDS, actor=world.liaison, at=AT)
    assert refused.value.code == "duty-withdrawn"
    assert Report.objects.get(assignment=one).progress == WORDS.progress
    staged = one.duties.get(rule_code="TR-08")
    sent = submit(assignment=one, duty_ids=[staged.pk], words=WORDS, actor=world.liaison, at=AT)
    assert sent.state == "submitted"


def test_contents_changed_while_a_report_is_written_are_asked_for(world: World) -> None:
    """Fault: the new version asks for figures; the draft stays and the gap is named."""
    one = share(world, end_on=date(2026, 12, 31))
    save_draft(assignment=one, words=WORDS, revision=0, actor=world.liaison, at=AT)
    proposal = drafted(world, content=["progress", "figures"])
    digest = digest_of(preview_rule(proposal, AT))
    rule_in_force(proposal=proposal, apply_to_open=True, digest=digest, actor=world.chief, at=AT)
    with pytest.raises(Invalid):
        submit(assignment=one, duty_ids=[first(one).pk], words=WORDS, actor=world.liaison, at=AT)
    assert Report.objects.get(assignment=one).progress == WORDS.progress


def test_quarterly_rule_made_monthly_adds_and_drops(world: World) -> None:
    """TR-01: other periods; the old ones are no longer asked for, coming ones are."""
    one = share(world, regime="decision", end_on=date(2026, 12, 31))
    at = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
    proposal = drafted(world, at=at, code="TR-01", limit="每月", valid_from=date(2026, 3, 10))
    changes = sorted(move.change for move in preview_rule(proposal, at))
    assert changes == [Moved.ADDED, Moved.DROPPED]
    rule_in_force(
        proposal=proposal,
        apply_to_open=True,
        digest=digest_of(preview_rule(proposal, at)),
        actor=world.chief,
        at=at,
    )
    assert list(one.duties.filter(state="open").values_list("period", flat=True)) == ["2026-03"]
    make_duties(one, on=date(2026, 4, 2))
    assert set(one.duties.filter(state="open").values_list("period", flat=True)) == {
        "2026-03",
        "2026-04",
    }


def test_rule_is_decided_by_the_secretary_general(world: World) -> None:
    """Features row 14: officers draft; refused with a reason the rule stays; a second draft
    waits for the first; a withdrawn draft makes room."""
    proposal = drafted(world)
    with pytest.raises(Forbidden):
        adopt(proposal=proposal, actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        propose_change(rule=proposal.rule, change=change(), actor=world.liaison, at=AT)
    with pytest.raises(Refused):
        drafted(world)
    withdraw_change(proposal=proposal, actor=world.officer, at=AT)
    again = drafted(world)
    with pytest.raises(Invalid):
        refuse(proposal=again, remark=" ", actor=world.chief, at=AT)
    refuse(proposal=again, remark="暂不调整", actor=world.chief, at=AT)
    assert RuleProposal.objects.filter(state="refused").get().remark == "暂不调整"
    assert ReportingRuleVersion.objects.filter(office=world.office).count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("limit", "尽快"),
        ("limit", "若干天"),
        ("reason", " "),
        ("legal_basis", ""),
        ("content", []),
        ("grace_workdays", "999"),
        ("valid_from", date(2026, 2, 4)),
    ],
)
def test_change_that_is_no_rule_refused(world: World, field: str, value: Any) -> None:
    """Features row 14: each fault is named at its field; nothing reaches back."""
    with pytest.raises(Invalid) as refused:
        drafted(world, **{field: value})
    assert list(refused.value.errors) == [field]


def test_office_chooses_which_sources_a_rule_governs(world: World) -> None:
    """TR-14: an office adopts the rule for document-assigned work."""
    proposal = drafted(
        world, code="TR-14", limit="印发后60个自然日内", regimes=["document"], reports_to="本级党委"
    )
    adopt(proposal=proposal, actor=world.chief, at=AT)
    found = versions_for(
        regime="document", urgent=False, office_id=world.office.pk, on=date(2026, 2, 6)
    )
    assert [one.rule.code for one in found] == ["TR-14"]


@pytest.mark.parametrize(
    ("regime", "code", "days"),
    [("document", "TR-14", 30), ("meeting", "TR-02", 20), ("instruction", "TR-06", 30)],
)
def test_office_adopts_local_default_limits(
    world: World, regime: str, code: str, days: int
) -> None:
    """R-SUP-3: where the source gives no limit, the local default of the office dates the first
    report: documents 30 days, minutes 20, difficult instructions 30."""
    limit, own = f"签收后{days}个自然日内", "本市督查工作规则第十二条"
    proposal = drafted(world, code=code, limit=limit, regimes=[regime], legal_basis=own)
    adopt(proposal=proposal, actor=world.chief, at=AT)
    found = share(world, at=AT + timedelta(days=1), regime=regime, end_on=date(2026, 12, 31))
    duty = found.duties.get(rule_code=code)
    assert duty.due_at is not None and found.signed_at is not None
    day = last_day(duty.due_at)
    counted = office_date(found.signed_at) + timedelta(days=days)
    assert day == current_calendar().roll_forward(counted)
    assert duty.legal_basis == own


def test_urgent_limit_is_typed_with_its_basis(world: World) -> None:
    """TR-07, A8: no basis, no urgent limit; typed, it dates the first report in hours."""
    with pytest.raises(Invalid):
        share(world, urgent_amount=8, urgent_unit="hours")
    one = share(
        world,
        urgent_amount=8,
        urgent_unit="hours",
        urgent_basis="王建国同志批示：八小时内报",
        end_on=date(2026, 12, 31),
    )
    duty = one.duties.get(rule_code="TR-07")
    assert (duty.due_at, duty.legal_basis) == (
        AT + timedelta(hours=8),
        "王建国同志批示：八小时内报",
    )


def test_word_without_number_shows_whose_number_dates_it(world: World) -> None:
    """A9: 尽快 is dated by the office's default, and the basis says so; the office types its own,
    or none."""
    rules = [{"type": "vague", "cue": "asap"}]
    one = share(world, regime="document", task_rules=rules, end_on=None).duties.get()
    assert "原文“尽快”无数字，按本机关默认3个工作日" in one.legal_basis
    settle_vague(office_id=world.office.pk, typed={"asap": "7"}, actor=world.chief, at=AT)
    two = share(world, regime="document", task_rules=rules).duties.get()
    assert (two.due_at > one.due_at, "默认7个工作日" in two.legal_basis) == (True, True)
    with pytest.raises(Forbidden):
        settle_vague(office_id=world.office.pk, typed={}, actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        settle_vague(office_id=world.office.pk, typed={"asap": "0"}, actor=world.chief, at=AT)
    settle_vague(office_id=world.office.pk, typed={"asap": "-"}, actor=world.chief, at=AT)
    assert settings_of(world.office.pk).vague_days == {"asap": None}
