"""The supervision points list of a year, through its verbs."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Reader
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import last_day
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.typesetting.rendering import render
from luoshi.supervision.lists.domain.agreeing import agree
from luoshi.supervision.lists.domain.closing import close_list
from luoshi.supervision.lists.domain.copying import Choice, copy_list, counted, differences
from luoshi.supervision.lists.domain.drafting import (
    Head,
    add_points,
    edit_list,
    remove_point,
    start_list,
)
from luoshi.supervision.lists.domain.issuing import enter_earlier, issue
from luoshi.supervision.lists.domain.limits import passed
from luoshi.supervision.lists.domain.papers import letter_of
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.domain.queries.progress import (
    FIGURES,
    counts,
    narrowed,
    seen_points,
)
from luoshi.supervision.lists.domain.summing_up import SummaryWords, save_summary, send_summary
from luoshi.supervision.lists.entries import to_agree
from luoshi.supervision.lists.enums import Change, ListState
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Light
from tests.story import World, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 20, 2, 0, tzinfo=UTC)
PASTED = """1. 老旧燃气管网更新改造｜市住房城乡建设局｜市财政局、市应急局｜9月底前
2、校园食品安全专项整治\t市教育局
（三）河湖水环境整治｜市水务局｜｜每季度"""
WORDS = SummaryWords("全年任务推进有序", "个别事项滞后", "逐项盯办")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def second(world: World) -> Actor:
    """An officer of the government's office, the second of the two offices."""
    unit = Unit.objects.get(short_name="市政府办公室")
    return actor("liang", "梁英", unit, Role.SUPERVISION_OFFICER)


def head(second: Actor | None = None, year: int = 2026) -> Head:
    joint = Unit.objects.get(pk=second.unit_id) if second else None
    return Head(year, f"{year}年督查要点", f"清委办发〔{year}〕3号", "牵头负责", "推动落实", joint)


def drafted(world: World, second: Actor | None = None) -> SupervisionPointsList:
    found = start_list(head=head(second), actor=world.officer, at=AT)
    add_points(points_list=found, points=read_points(PASTED), actor=world.officer, at=AT)
    found.refresh_from_db()
    return found


def issued(world: World, second: Actor) -> SupervisionPointsList:
    found = drafted(world, second)
    agree(points_list=found, revision=found.revision, actor=second, at=AT)
    return issue(points_list=found, actor=world.officer, at=AT)


def test_pasted_lines_become_points_with_units_and_limits(world: World) -> None:
    """S3-56: several points at once, from a table or typed; leading numbers are dropped."""
    points = read_points(PASTED)
    assert [(p.text, str(p.lead), [str(u) for u in p.joint], p.limit_words) for p in points] == [
        ("老旧燃气管网更新改造", "市住房城乡建设局", ["市财政局", "市应急局"], "9月底前"),
        ("校园食品安全专项整治", "市教育局", [], ""),
        ("河湖水环境整治", "市水务局", [], "每季度"),
    ]
    assert [len(point.task_rules) for point in points] == [1, 0, 1]


def test_pasted_line_with_unknown_unit_refused_by_line(world: World) -> None:
    with override("en"), pytest.raises(Invalid) as refused:
        read_points("一件事｜没有的局\n｜市教育局\n又一件｜市教育局｜｜天知道")
    with override("en"):
        found = [str(text) for text in refused.value.errors["points"]]
    assert found == [
        "Line 1: no unit is called “没有的局”.",
        "Line 2: the point has no text.",
        "Line 3: the limit “天知道” was not understood.",
    ]


def test_joint_list_issued_after_agreement_of_the_second_office(
    world: World, second: Actor
) -> None:
    """Features row 23, S3-55: issued in the name of both offices, both co-own the draft, the lead
    is recorded."""
    found = drafted(world, second)
    with pytest.raises(Refused) as refused:
        issue(points_list=found, actor=world.officer, at=AT)
    assert refused.value.code == "agreement-missing"
    with pytest.raises(Forbidden):
        agree(points_list=found, revision=found.revision, actor=world.officer, at=AT)
    agree(points_list=found, revision=found.revision, actor=second, at=AT)
    found = edit_list(
        points_list=found, head=head(second), revision=found.revision, actor=second, at=AT
    )
    with pytest.raises(Refused) as refused:
        issue(points_list=found, actor=world.officer, at=AT)
    assert refused.value.code == "agreement-missing"
    agree(points_list=found, revision=found.revision, actor=second, at=AT)
    with pytest.raises(Forbidden):
        issue(points_list=found, actor=second, at=AT)
    found = issue(points_list=found, actor=world.officer, at=AT)
    assert (found.state, found.issued_by_name) == (ListState.ISSUED, "李文清")
    assert (found.office, found.joint_office_id) == (world.office, second.unit_id)


def test_issue_makes_a_registered_and_assigned_matter_of_every_point(
    world: World, second: Actor
) -> None:
    """S3-56…58, TR-04: every point is a matter under the regime of the points, with its units and
    its quarterly report."""
    found = issued(world, second)
    rows = [
        (
            point.number,
            point.matter.number,
            point.matter.regime,
            point.matter.state,
            sorted((str(s.unit), s.part) for s in point.matter.assignments.all()),
        )
        for point in found.points.all()
    ]
    gas = [("市住房城乡建设局", "lead"), ("市应急局", "joint"), ("市财政局", "joint")]
    assert rows == [
        (1, "督〔2026〕1号", "points", "assigned", sorted(gas)),
        (2, "督〔2026〕2号", "points", "assigned", [("市教育局", "sole")]),
        (3, "督〔2026〕3号", "points", "assigned", [("市水务局", "sole")]),
    ]
    school = found.points.get(number=2).matter.assignments.get()
    assert school.duties.filter(rule_code="TR-04").exists()
    assert found.points.get(number=1).matter.origin_reference == "清委办发〔2026〕3号"


def test_issue_refused_without_lead_unit_and_nothing_is_made(world: World) -> None:
    """S2-92: a plan comes first; one point without a lead holds the whole list."""
    found = drafted(world)
    add_points(points_list=found, points=read_points("没有牵头的事"), actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        issue(points_list=found, actor=world.officer, at=AT)
    assert (refused.value.code, str(refused.value.why)) == ("points-without-lead", "4")
    assert ListPoint.objects.exclude(matter=None).count() == 0
    remove_point(point=found.points.get(number=2), actor=world.officer, at=AT)
    assert list(found.points.values_list("number", flat=True)) == [1, 2, 3]


def test_limit_without_year_is_of_the_lists_year_and_a_passed_one_is_told(world: World) -> None:
    """S3-55…60: “9月底前” of next year's list is next September, whenever it is issued; a limit
    that has passed already is told before the issue, and stays as printed."""
    found = drafted(world)
    late = date(2026, 11, 26)
    assert passed(found.points.all(), 2026, late) == [(1, date(2026, 9, 30))]
    assert passed(found.points.all(), 2026, date(2026, 9, 30)) == []
    SupervisionPointsList.objects.update(year=2027)
    found.refresh_from_db()
    assert passed(found.points.all(), 2027, late) == []
    made = issue(points_list=found, actor=world.officer, at=AT)
    share = made.points.get(number=1).matter.assignments.get(part="lead")
    sign_for(assignment=share, actor=world.liaison, at=AT)
    own = share.duties.exclude(rule_code__startswith="TR-").get()
    assert last_day(own.due_at) == date(2027, 9, 30)


def test_draft_waits_for_the_second_office_until_it_agrees_to_this_text(
    world: World, second: Actor
) -> None:
    """S3-55, ui.md rule 1: the list counts in the second office's bar, not in the first's; a change
    of the text after the agreement lets it wait again."""
    found = drafted(world, second)
    readers = [Reader(who.unit_id, who.person_id, AT) for who in (second, world.officer)]
    assert [to_agree(reader).count() for reader in readers] == [1, 0]
    agree(points_list=found, revision=found.revision, actor=second, at=AT)
    assert to_agree(readers[0]).count() == 0
    add_points(points_list=found, points=read_points("新增｜市水务局"), actor=world.officer, at=AT)
    assert to_agree(readers[0]).count() == 1


def test_second_list_of_a_year_refused(world: World) -> None:
    drafted(world)
    with pytest.raises(Refused) as refused:
        start_list(head=head(), actor=world.officer, at=AT)
    assert refused.value.code == "list-exists"


def test_summaries_due_mid_july_and_mid_january(world: World, second: Actor) -> None:
    """Features row 23, TR-05, S3-59, S3-60: two summaries the office owes its superior, dated by
    the engine."""
    found = issued(world, second)
    rows = [(s.period, s.rule_code, s.due_at) for s in found.summaries.all()]
    assert rows == [
        ("mid_year", "TR-05", datetime(2026, 7, 15, 16, 0, tzinfo=UTC)),
        ("year_end", "TR-05", datetime(2027, 1, 15, 16, 0, tzinfo=UTC)),
    ]
    first = found.summaries.first()
    assert first.light(AT) == Light.GREEN
    assert first.light(datetime(2026, 7, 14, 0, 0, tzinfo=UTC)) == Light.YELLOW
    assert first.light(datetime(2026, 7, 15, 16, 0, tzinfo=UTC)) == Light.RED


def test_summary_signed_by_secretary_general_late_mark_stays(world: World, second: Actor) -> None:
    """R-SUP-6, S3-60: written by an officer, signed and sent by the secretary-general."""
    summary = issued(world, second).summaries.first()
    late = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
    saved = save_summary(summary=summary, words=WORDS, revision=0, actor=second, at=AT)
    with pytest.raises(Invalid) as stale:
        save_summary(summary=summary, words=WORDS, revision=0, actor=world.officer, at=AT)
    assert stale.value.code == "edited-meanwhile"
    with pytest.raises(Forbidden) as refused:
        send_summary(summary=saved, words=WORDS, actor=world.officer, at=AT)
    assert refused.value.code == "signature-needed"
    with pytest.raises(Invalid) as missing:
        send_summary(summary=saved, words=SummaryWords("写了"), actor=world.chief, at=late)
    assert sorted(missing.value.errors) == ["late_reason", "next_steps", "problems"]
    words = SummaryWords("小结", "无", "继续", "汇总延后")
    sent = send_summary(summary=saved, words=words, actor=world.chief, at=late)
    assert (sent.late_amount, sent.late_unit, sent.sent_by_name) == (5, "days", "陈远")
    assert sent.figures["total"] == 3
    with pytest.raises(Refused):
        send_summary(summary=sent, words=words, actor=world.chief, at=late)


def test_copy_shows_kept_changed_new_dropped_before_it_creates(world: World) -> None:
    """S2-95: innovation on routine: last year's list with differences; S2-93: no silent drop;
    words that do not fit are refused, not cut."""
    last = start_list(head=head(year=2025), actor=world.officer, at=AT)
    add_points(points_list=last, points=read_points(PASTED), actor=world.officer, at=AT)
    last = enter_earlier(points_list=last, issued_on=date(2025, 2, 18), actor=world.officer, at=AT)
    assert last.state == ListState.CLOSED
    first, second, third = last.points.all()
    choices = {second.pk: Choice(text="校园食品安全提升行动"), third.pk: Choice(keep=False)}
    added = read_points("低空经济布局｜市交通运输局")
    found = differences(last, choices, added)
    assert [one.change for one in found] == [
        Change.KEPT,
        Change.CHANGED,
        Change.NEW,
        Change.DROPPED,
    ]
    assert counted(found) == {"kept": 1, "changed": 1, "new": 1, "dropped": 1}
    assert SupervisionPointsList.objects.count() == 1
    given = {"last": last, "head": head(), "added": added, "actor": world.officer, "at": AT}
    with pytest.raises(Invalid) as refused:
        copy_list(choices=choices, **given)
    assert list(refused.value.errors) == ["reason"]
    choices[third.pk] = Choice(keep=False, reason="因" * 201)
    choices[second.pk] = Choice(text="文" * 601)
    with pytest.raises(Invalid) as refused:
        copy_list(choices=choices, **given)
    assert {field: [str(one) for one in told] for field, told in refused.value.errors.items()} == {
        "text": ["第2条：最多600个字，现有601个字。"],
        "reason": ["第3条：最多200个字，现有201个字。"],
    }
    assert SupervisionPointsList.objects.count() == 1
    choices[second.pk] = Choice(text="校园食品安全提升行动")
    choices[third.pk] = Choice(keep=False, reason="已转入常态管理")
    made = copy_list(choices=choices, **given)
    assert [(p.number, p.text, p.carried_from_id) for p in made.points.all()] == [
        (1, first.text, first.pk),
        (2, "校园食品安全提升行动", second.pk),
        (3, "低空经济布局", None),
    ]
    assert [(d.point_id, d.reason) for d in made.dropped.all()] == [(third.pk, "已转入常态管理")]


def test_every_figure_of_the_progress_counts_its_rows(world: World, second: Actor) -> None:
    """Decision 10: progress by point, each number opens exactly its rows."""
    found = issued(world, second)
    gone = found.points.get(number=3).matter
    revoke(matter=gone, reason="任务合并", actor=world.officer, at=AT)
    for at in (AT, datetime(2026, 4, 3, 0, 0, tzinfo=UTC), datetime(2026, 6, 1, 0, 0, tzinfo=UTC)):
        seen = seen_points(found, world.officer)
        shown = {key: narrowed(seen, key, at).count() for key in FIGURES}
        assert counts(seen, at) == shown
        assert shown["total"] == shown["open"] + shown["done"] + shown["revoked"] == 3


def test_unit_sees_its_own_points_only(world: World, second: Actor) -> None:
    """Decision 8: a handling unit sees the issued list, and of its points its own."""
    found = drafted(world, second)
    assert not SupervisionPointsList.objects.visible_to(world.liaison).exists()
    agree(points_list=found, revision=found.revision, actor=second, at=AT)
    issue(points_list=found, actor=world.officer, at=AT)
    assert SupervisionPointsList.objects.visible_to(world.liaison).count() == 1
    numbers = seen_points(found, world.liaison).values_list("number", flat=True)
    assert list(numbers) == [1]


def test_list_closed_only_when_every_point_ended_and_summaries_sent(
    world: World, second: Actor
) -> None:
    """S2-93, S3-60: no point is left behind, and the year ends with its summary."""
    found = issued(world, second)
    close = {"points_list": found, "remark": "全部完成", "actor": world.officer, "at": AT}
    with pytest.raises(Refused) as refused:
        close_list(**close)
    assert (refused.value.code, str(refused.value.why)) == ("points-open", "1、2、3")
    for point in found.points.all():
        revoke(matter=point.matter, reason="合并", actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        close_list(**close)
    assert refused.value.code == "summary-missing"
    for summary in found.summaries.all():
        send_summary(summary=summary, words=WORDS, actor=world.chief, at=AT)
    assert close_list(**close).state == ListState.CLOSED


def test_list_is_set_as_an_official_paper(world: World, second: Actor) -> None:
    """GB/T 9704: two offices in the red head, a numbered table, the same bytes every time."""
    paper = letter_of(issued(world, second))
    assert (len(paper.marks), len(paper.rows), paper.note) == (2, 3, "")
    assert paper.rows[1] == ("2", "校园食品安全专项整治", "市教育局", "—", "2026年底前")
    assert render(paper) == render(paper)
