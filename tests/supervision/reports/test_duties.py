"""Report duties of every source: dates, overlap, irregular reports, the end (TR-01…TR-09)."""

from datetime import UTC, datetime, timedelta

import pytest

from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.queries.showing import light_word
from luoshi.supervision.matters.domain.report.reporting import save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.enums import Light, Turn
from luoshi.supervision.matters.models import Assignment, Report
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.reports.world import accepted, day, figures, send, share_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def dues(share: Assignment) -> dict[str, datetime | None]:
    """Rule and period → limit."""
    return {f"{d.rule_code} {d.period}": d.due_at for d in share.duties.order_by("due_at")}


def due(month: int, on: int) -> datetime:
    """24:00 of a day of 2026 in the office."""
    return datetime(2026, month, on, 16, tzinfo=UTC)


def test_decision_reports_every_natural_quarter(world: World) -> None:
    """TR-01, A5: last day of the quarter and five working days; a young first quarter is
    skipped."""
    share = share_of(world, "decision", day(1, 12))
    sweep(actor=SYSTEM, at=day(6, 1))
    assert dues(share) == {"TR-01 2026Q1": due(4, 8), "TR-01 2026Q2": due(7, 7)}


def test_meeting_reports_after_a_month_and_then_in_stages(world: World) -> None:
    """TR-02, TR-03: within a month of the meeting's last day; staged reports have no date and
    want attention after ninety days of silence."""
    share = share_of(world, "meeting", day(3, 3), anchors={"meeting": "2026-03-02"})
    assert dues(share) == {"TR-02 -": due(4, 2), "TR-03 -": None}
    accepted(share, world.liaison, world.officer, day(3, 20), "TR-02", said=words())
    share.refresh_from_db()
    assert share.light(day(6, 17)) == Light.GREEN
    assert share.light(day(6, 19)) == Light.YELLOW


def test_one_submission_closes_quarter_and_half_year(world: World) -> None:
    """TR-04, TR-05, A6, decision 7: with both contents one report closes both duties."""
    share = share_of(world, "points", day(4, 2))
    sweep(actor=SYSTEM, at=day(7, 1))
    report = send(share, world.liaison, day(7, 3), "TR-04", "TR-05")
    accept(report=report, actor=world.officer, at=day(7, 6))
    closed = {d.rule_code: (d.state, d.late_amount) for d in report.duties.all()}
    assert closed == {"TR-04": ("accepted", None), "TR-05": ("accepted", None)}


@pytest.mark.parametrize(
    ("assigned", "first"),
    [((1, 5), due(7, 15)), ((5, 31), due(7, 15)), ((6, 10), datetime(2027, 1, 15, 16, tzinfo=UTC))],
)
def test_nothing_sums_up_a_half_year_that_was_over(
    world: World, assigned: tuple[int, int], first: datetime
) -> None:
    """TR-05, A5: a list put into force in January owes no summary of the year before, and one of
    the last thirty days of a half-year none of that half-year."""
    share = share_of(world, "points", day(*assigned))
    summaries = share.duties.filter(rule_code="TR-05").order_by("due_at")
    assert [summaries.first().due_at] == [first]  # type: ignore[union-attr]


def test_half_year_summary_may_follow_without_late_mark(world: World) -> None:
    """TR-05: the quarterly content at the earlier limit, the summary alone until 15 July, also
    while the quarterly report is still in review."""
    share = share_of(world, "points", day(2, 2))
    sweep(actor=SYSTEM, at=day(7, 1))
    accepted(share, world.liaison, world.officer, day(4, 3), "TR-04", said=words(summary=""))
    quarter = send(share, world.liaison, day(7, 7), "TR-04", said=words(summary=""))
    assert quarter.late is False
    summary = send(share, world.liaison, day(7, 15), "TR-05")
    assert (summary.late, summary.duties.get().due_at) == (False, due(7, 15))


def test_quarter_in_the_merged_report_keeps_the_earlier_limit(world: World) -> None:
    """TR-05: sent after the quarter's limit, the merged report is late for the quarter only."""
    share = share_of(world, "points", day(4, 2))
    sweep(actor=SYSTEM, at=day(7, 1))
    report = send(
        share, world.liaison, day(7, 9), "TR-04", "TR-05", said=words(late_reason="汇总延后")
    )
    marks = {duty.rule_code: duty.late_amount for duty in report.duties.all()}
    assert marks == {"TR-04": 2, "TR-05": None}


def test_merged_report_without_summary_refused_with_its_name(world: World) -> None:
    """TR-05, decision 7: a duty is closed by its contents, not by a tick."""
    share = share_of(world, "points", day(4, 2))
    sweep(actor=SYSTEM, at=day(7, 1))
    with pytest.raises(Invalid) as refused:
        send(share, world.liaison, day(7, 3), "TR-04", "TR-05", said=words(summary=""))
    assert list(refused.value.errors) == ["duties"]
    assert len(refused.value.errors["duties"]) == 1


def test_urgent_instruction_counts_hours_typed_for_it(world: World) -> None:
    """Features row 16, TR-07: the limit typed with its basis runs from signing, to the minute."""
    share = share_of(
        world,
        "instruction",
        day(3, 3),
        urgent_amount=24,
        urgent_unit="hours",
        urgent_basis="领导批示要求",
    )
    assert dues(share)["TR-07 -"] == day(3, 3) + timedelta(hours=24)


def test_irregular_report_comes_again_and_silence_shows(world: World) -> None:
    """TR-06, TR-08: fifteen days, then no date; thirty days after it was last heard the light
    turns yellow and says for how long; an accepted staged report starts the silence anew."""
    share = share_of(world, "instruction", day(3, 2))
    accepted(share, world.liaison, world.officer, day(3, 12), "TR-06", said=words())
    accepted(share, world.liaison, world.officer, day(4, 1), "TR-08", said=words())
    share = Assignment.objects.select_related("matter").get(pk=share.pk)
    assert [d.state for d in share.duties.filter(rule_code="TR-08").order_by("period")] == [
        "accepted",
        "open",
    ]
    assert share.light(day(4, 30)) == Light.GREEN
    assert (share.light(day(5, 2)), light_word(share, day(5, 2))) == (Light.YELLOW, "31 天未反馈")


def test_conclusion_waits_for_the_final_report(world: World) -> None:
    """TR-09: no conclusion before the final report; after it nothing irregular is owed."""
    share = share_of(world, "instruction", day(3, 2))
    accepted(share, world.liaison, world.officer, day(3, 12), "TR-06", said=words())
    with pytest.raises(Refused) as refused:
        conclude(
            matter=share.matter, result="done", summary="完成", actor=world.officer, at=day(3, 13)
        )
    assert refused.value.code == "final-report-missing"
    accepted(share, world.liaison, world.officer, day(4, 1), "TR-09", said=words())
    share.refresh_from_db()
    assert (share.turn, share.light(day(9, 1))) == (Turn.OFFICE, Light.GREY)
    conclude(matter=share.matter, result="done", summary="完成", actor=world.officer, at=day(4, 2))


def test_figures_a_matter_names_are_asked_for(world: World) -> None:
    """Item “figures as typed values”: a dated report without a named figure is refused; the
    staged one in between is not (TR-08)."""
    share = share_of(world, "instruction", day(3, 2))
    set_measures(
        matter=share.matter,
        figures=[AskedFigure("排查隐患", "处")],
        least_evidence=None,
        actor=world.officer,
        at=day(3, 2),
    )
    with pytest.raises(Invalid) as refused:
        send(share, world.liaison, day(3, 12), "TR-06", said=words(figures=figures(整改=3)))
    assert "排查隐患" in str(refused.value.errors["duties"][0])
    send(share, world.liaison, day(3, 12), "TR-08")


def test_next_figure_knows_the_one_before(world: World) -> None:
    """ui.md 5.5: each figure carries its previous value and the difference."""
    share = share_of(world, "instruction", day(3, 2))
    said = words(figures=figures(排查隐患=3980))
    accepted(share, world.liaison, world.officer, day(3, 12), "TR-06", said=said)
    later = send(
        share, world.liaison, day(3, 20), "TR-08", said=words(figures=figures(排查隐患=4312))
    )
    row = later.figures.get()
    assert (row.previous, row.change) == (3980, 332)


def test_figure_of_ten_to_the_fourteenth_refused(world: World) -> None:
    """Fault: a figure that does not fit its column is named, nothing is cut off."""
    share = share_of(world, "instruction", day(3, 2))
    with pytest.raises(Invalid) as refused:
        send(
            share,
            world.liaison,
            day(3, 12),
            "TR-06",
            said=words(figures=figures(排查隐患=10**14)),
        )
    assert list(refused.value.errors) == ["figure_value"]
    assert Report.objects.count() == 0
    send(share, world.liaison, day(3, 12), "TR-06", said=words(figures=figures(隐患=10**14 - 1)))


def test_report_of_a_revoked_share_refused(world: World) -> None:
    """Fault: the matter is revoked while the report is written; the sender is told the state."""
    share = share_of(world, "instruction", day(3, 2))
    stale = Assignment.objects.select_related("matter").get(pk=share.pk)
    duty = share.duties.get(rule_code="TR-06")
    revoke(matter=share.matter, reason="上级规定已调整", actor=world.officer, at=day(3, 3))
    with pytest.raises(Refused) as refused:
        submit(
            assignment=stale,
            duty_ids=[duty.pk],
            words=words(),
            actor=world.liaison,
            at=day(3, 4),
        )
    assert refused.value.code == "not-your-turn"
    assert Report.objects.count() == 0


def test_draft_saved_by_two_people_keeps_both_told(world: World) -> None:
    """Fault: the second of two editors is told who saved; both are remembered as editors."""
    share = share_of(world, "instruction", day(3, 2))
    second = actor("ma", "马丽", world.bureau, Role.LIAISON)
    first = save_draft(
        assignment=share, words=words(), revision=0, actor=world.liaison, at=day(3, 3)
    )
    save_draft(assignment=share, words=words(), revision=first.revision, actor=second, at=day(3, 4))
    with pytest.raises(Invalid) as refused:
        save_draft(
            assignment=share,
            words=words(),
            revision=first.revision,
            actor=world.liaison,
            at=day(3, 4),
        )
    assert (refused.value.code, "马丽" in str(refused.value)) == ("edited-meanwhile", True)
    assert sorted(first.editors.values_list("person_name", flat=True)) == ["张立", "马丽"]


def test_report_sent_over_a_colleagues_draft_is_refused_and_both_texts_stay(world: World) -> None:
    """Fault (lost update, security.md 8): the form was opened before a colleague saved; sending it
    tells who saved, keeps the draft, and goes through once the newer draft was seen."""
    share = share_of(world, "instruction", day(3, 2))
    second = actor("ma", "马丽", world.bureau, Role.LIAISON)
    draft = save_draft(
        assignment=share, words=words(progress="甲"), revision=0, actor=second, at=day(3, 3)
    )
    duties = [share.duties.get(rule_code="TR-06").pk]
    form = {"assignment": share, "duty_ids": duties, "words": words(progress="乙")}
    who = {"actor": world.liaison, "at": day(3, 4)}
    with pytest.raises(Invalid) as refused:
        submit(**form, **who, revision=0)
    assert (refused.value.code, "马丽" in str(refused.value)) == ("edited-meanwhile", True)
    assert Report.objects.get(pk=draft.pk).progress == "甲"
    sent = submit(**form, **who, revision=draft.revision)
    assert (sent.pk, sent.state, sent.progress) == (draft.pk, "submitted", "乙")
