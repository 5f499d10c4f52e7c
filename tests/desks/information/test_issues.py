"""Numbered bulletins and the search for near-duplicates before an issue (features rows 55, 60;
S2-52…54)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from luoshi.desks.information.domain.issues.issuing import digest_of, issue_out
from luoshi.desks.information.domain.issues.papers import journal_of
from luoshi.desks.information.domain.issues.putting_together import (
    begin,
    make_series,
    move_up,
    put_in,
    take_out,
)
from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.items.shingling import bands, percent, shingles
from luoshi.desks.information.domain.queries.differences import side_by_side
from luoshi.desks.information.domain.queries.likeness import like
from luoshi.desks.information.models import Issue, Item, KnownLikeness
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.typesetting.rendering import render
from tests.databases import migrated
from tests.desks.information.book import (
    ANALYSIS,
    DAY,
    HOUR,
    ONE_DAY,
    SITUATION,
    SUGGESTION,
    Desk,
    accepted,
    bulletin,
    draft_with,
    make_desk,
    opinion,
    plain,
    sent,
)

pytestmark = pytest.mark.django_db
OTHER = opinion(
    title="建议规范共享单车停放管理",
    text="城区地铁口和商圈周边共享单车乱停乱放，高峰时段占用盲道和人行道，群众反映强烈。",
    analysis="企业运维力量不足，停放点位规划滞后，部门之间缺少联动。",
    suggestion="建议划定电子围栏，建立企业考核退出机制。",
)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_bands_find_what_is_copied_and_not_what_is_merely_alike_in_kind() -> None:
    """Row 60: shingles over bigrams; a text with a changed sentence shares bands, another does
    not."""
    whole = SITUATION + ANALYSIS + SUGGESTION
    copied = SITUATION + "原因在于分摊办法没有统一标准。" + SUGGESTION
    other = OTHER.text + OTHER.analysis + OTHER.suggestion
    assert len(bands(whole)) == 32
    assert bands(whole) == bands(whole)
    assert set(bands(whole)) & set(bands(copied))
    assert not set(bands(whole)) & set(bands(other))
    assert percent(shingles(whole), shingles(copied)) >= 60
    assert percent(shingles(whole), shingles(other)) < 5
    assert (bands(""), bands("。"), percent(shingles(""), shingles(whole))) == ([], [], 0)
    assert len(bands("好")) == 32
    assert all(-(2**31) <= one < 2**31 for one in bands(whole))


def test_similar_items_of_the_last_years_are_shown(desk: Desk) -> None:
    """Row 60: of the same book, the most alike first, without what was merged into it and what is
    older than three years."""
    old = sent(desk.county, DAY - 4 * 366 * ONE_DAY)
    first = sent(desk.world.liaison, DAY)
    sent(desk.county, DAY, words=OTHER)
    text = SITUATION + "另有部分小区管线迁改费用偏高。"
    second = sent(desk.outside, DAY, words=opinion(title="加装电梯为何这么难", text=text))
    found = like(second, DAY)
    assert [one.item for one in found] == [first]
    assert found[0].near
    assert old not in [one.item for one in like(first, DAY)]
    join(item=second, into=first, actor=desk.editor, at=DAY)
    first.refresh_from_db()
    assert like(first, DAY) == []


def test_a_near_duplicate_goes_out_with_a_reason_alone(desk: Desk) -> None:
    """Row 60: an editor may issue despite it; the reason stays beside the pair."""
    first = accepted(desk, desk.world.liaison)
    issue = draft_with(desk, bulletin(desk), first)
    second = accepted(desk, desk.county)
    given: dict[str, Any] = {"issue": issue, "actor": desk.editor, "at": DAY}
    with pytest.raises(Invalid) as found:
        put_in(item=second, **given)
    assert "100%" in str(found.value.errors["despite"][0])
    sent(desk.outside)  # what nobody has accepted yet asks for no reason
    put_in(item=second, despite="角度不同，分别刊发", **given)
    known = KnownLikeness.objects.get()
    assert (known.other, known.percent, known.reason) == (first, 100, "角度不同，分别刊发")
    assert Entry.objects.filter(action="information.likeness_known").count() == 1
    accepted(desk, desk.outside)
    with pytest.raises(Invalid) as late:
        issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY)
    assert "despite" in late.value.errors
    out = issue_out(issue=issue, signer="陈远", despite="已核", actor=desk.editor, at=DAY)
    assert out.number == 1


def test_two_texts_side_by_side(desk: Desk) -> None:
    """Row 60: the sentences both say are marked, whatever their marks and blanks."""
    left, right = side_by_side("甲事属实。乙事待查。", "乙事 待查；丙事新增。")
    assert left == [("own", "甲事属实。"), ("same", "乙事待查。")]
    assert right == [("same", "乙事 待查；"), ("own", "丙事新增。")]


def test_issues_are_numbered_and_frozen(desk: Desk) -> None:
    """S2-53, S2-54, row 55: one series of numbers a bulletin and year, no number twice, the content
    frozen with its digest, the senders told."""
    first = accepted(desk, desk.world.liaison)
    second = accepted(desk, desk.outside, words=OTHER)
    series = bulletin(desk)
    issue = draft_with(desk, series, first, second)
    assert str(issue) == "《社情民意》"
    move_up(issue=issue, item=second, actor=desk.editor, at=DAY)
    out = issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY + HOUR)
    assert (out.year, out.number, str(out)) == (2026, 1, "《社情民意》2026年第1期")
    assert [one["title"] for one in out.content["items"]] == [OTHER.title, first.title]
    assert out.digest == digest_of(out.content)
    first.refresh_from_db()
    assert (first.state, first.issued_on.isoformat()) == ("issued", "2026-02-05")
    told = Notice.objects.filter(recipient=desk.outside.person_id, title_zh__contains="刊发于")
    assert told.count() == 1
    for act in (
        lambda: issue_out(issue=out, signer="陈远", actor=desk.editor, at=DAY),
        lambda: take_out(issue=out, item=first, actor=desk.editor, at=DAY),
        lambda: edit(item=first, words=OTHER, why="改", version=1, actor=desk.editor, at=DAY),
    ):
        with pytest.raises(Refused):
            act()
    third = accepted(desk, desk.county, words=plain(0), kind="information")
    later = draft_with(desk, series, third, at=DAY + ONE_DAY)
    with pytest.raises(Refused) as once:
        put_in(issue=later, item=first, actor=desk.editor, at=DAY)
    assert once.value.code == "once-per-series"
    again = issue_out(issue=later, signer="陈远", actor=desk.editor, at=DAY + ONE_DAY)
    assert (again.number, again.content["total"]) == (2, 2)
    other = draft_with(desk, bulletin(desk, "领导参阅"), first)
    assert issue_out(issue=other, signer="陈远", actor=desk.editor, at=DAY).number == 1


def test_what_is_printed_is_what_is_saved_when_both_happen_at_once(tmp_path: Path) -> None:
    """Row 55: an editor is told "saved" while a colleague sends the issue out: the issue waits and
    freezes the saved text."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.desks.information.at_once"],
        env=migrated("information_at_once", tmp_path),
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert (found["state"], found["saved"][0]) == ("issued", 2)
    assert found["printed"] == found["saved"]


def test_the_year_begins_with_number_one_and_a_number_is_given_once(desk: Desk) -> None:
    """S2-53: the database refuses a second one."""
    series = bulletin(desk)
    first = draft_with(desk, series, accepted(desk, desk.world.liaison))
    issue_out(issue=first, signer="陈远", actor=desk.editor, at=DAY)
    item = accepted(desk, desk.county, words=OTHER)
    later = DAY + 365 * ONE_DAY
    second = draft_with(desk, series, item, at=later)
    out = issue_out(issue=second, signer="陈远", actor=desk.editor, at=later)
    assert (out.year, out.number) == (2027, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.filter(pk=out.pk).update(year=2026)


def test_what_cannot_go_out(desk: Desk) -> None:
    """Row 55: nothing empty, unsigned, not accepted, of another office, merged meanwhile."""
    series = bulletin(desk)
    issue = begin(series=series, actor=desk.editor, at=DAY)
    assert begin(series=series, actor=desk.editor, at=DAY) == issue
    given: dict[str, Any] = {"actor": desk.editor, "at": DAY}
    with pytest.raises(Invalid):
        issue_out(issue=issue, signer="陈远", **given)
    item = sent(desk.world.liaison)
    with pytest.raises(Invalid):
        put_in(issue=issue, item=item, **given)
    first = accepted(desk, desk.county, words=OTHER)
    put_in(issue=issue, item=first, **given)
    with pytest.raises(Invalid):
        issue_out(issue=issue, signer=" ", **given)
    with pytest.raises(Invalid):
        join(item=first, into=item, **given)
    take_out(issue=issue, item=first, **given)
    with pytest.raises(Invalid):
        take_out(issue=issue, item=first, **given)
    with pytest.raises(Invalid):
        make_series(title="社情民意", mark="", copies="", **given)
    for who in (desk.world.liaison, desk.outside, desk.world.officer):
        with pytest.raises(Forbidden):
            put_in(issue=issue, item=first, actor=who, at=DAY)


def test_the_paper_is_what_was_frozen(desk: Desk) -> None:
    """S2-53: heads of a social-opinion item, its source, number and digest; the same bytes every
    time; a draft says that it is one."""
    item = accepted(desk, desk.outside)
    issue = draft_with(desk, bulletin(desk), item)
    assert journal_of(issue).number == "（清样，未编号）"
    out = issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY)
    Item.objects.filter(pk=item.pk).update(title="后来改了")
    paper = journal_of(Issue.objects.get(pk=out.pk))
    assert paper.number == "2026年第1期（总第1期）"
    assert paper.entries[0].title == opinion().title
    assert paper.entries[0].paragraphs == (
        "一、基本情况",
        SITUATION,
        "二、原因分析",
        ANALYSIS,
        "三、有关建议",
        SUGGESTION,
    )
    assert paper.entries[0].source == "胡敏（社区党支部书记）"
    assert out.digest in paper.fingerprint
    body = render(paper)
    assert body[:5] == b"%PDF-"
    assert body == render(paper)
