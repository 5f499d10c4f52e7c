"""What becomes of an item, its lineage, and the sums that count nothing twice (features rows 55,
74; S2-54…57; B10)."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.utils.translation import override

from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.fate.answering import Outcome, answer
from luoshi.desks.information.domain.fate.evidence import OWNER, Shown
from luoshi.desks.information.domain.fate.handing import Work, make_matter, request
from luoshi.desks.information.domain.fate.instructing import instruct_on, register_words
from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.queries.items import Filters, counts, items
from luoshi.desks.information.domain.queries.lineage import fate_visible, lineage
from luoshi.desks.information.domain.queries.sums import sums_of
from luoshi.desks.information.domain.running.engaging import set_quota
from luoshi.desks.information.models import Item
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.book import (
    DAY,
    ONE_DAY,
    Desk,
    accepted,
    adopted,
    bulletin,
    draft_with,
    make_desk,
    plain,
    sent,
    shown,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def issued(desk: Desk, item: Item) -> Item:
    """An item that went out."""
    issue = draft_with(desk, bulletin(desk, f"刊{item.number[-2:]}"), item)
    issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY)
    item.refresh_from_db()
    return item


def told(who: Any, words_: str) -> int:
    """How many notices with these words a person has."""
    return Notice.objects.filter(recipient=who.person_id, title_zh__contains=words_).count()


def test_an_adoption_has_its_day_and_its_evidence(desk: Desk) -> None:
    """S2-55, B10: who, where, when, whole or merged, words or a file; the sender is told; once."""
    item = issued(desk, accepted(desk, desk.outside))
    given: dict[str, Any] = {"item": item, "actor": desk.editor, "at": DAY + ONE_DAY}
    page = Shown(files=[("刊物.txt", BytesIO("江淮信息第9期第2页".encode()))])
    made = adopt(adopted=adopted(), shown=page, **given)
    assert str(made) == "省政协办公厅《江淮信息》第9期"
    assert (made.on, made.files, made.merged) == (date(2026, 2, 6), 1, False)
    file = Attachment.objects.get(owner_kind=OWNER)
    assert file.owner_id == made.pk
    assert fate_visible(desk.outside, made.pk)
    assert not fate_visible(desk.county, made.pk)
    item.refresh_from_db()
    assert item.adopted_on == date(2026, 2, 6)
    assert told(desk.outside, "获省政协办公厅《江淮信息》第9期采用") == 1
    for change, proof in (
        (adopted(), shown()),
        (adopted(tier="world"), shown()),
        (adopted(adopter=" "), shown()),
        (adopted(publication="《》"), shown()),
        (adopted(issue="第10期"), shown(evidence="")),
        (adopted(issue="第10期"), shown(date(2026, 2, 7))),
        (adopted(issue="第10期"), shown(date(2026, 2, 4))),
    ):
        with pytest.raises(Invalid):
            adopt(adopted=change, shown=proof, **given)
    with pytest.raises(Forbidden):
        adopt(adopted=adopted(issue="第11期"), shown=shown(), **given | {"actor": desk.county})
    waiting = sent(desk.county)
    with pytest.raises(Refused):
        adopt(adopted=adopted(), shown=shown(), **given | {"item": waiting})


def test_a_leaders_words_become_a_matter_that_leads_back(desk: Desk) -> None:
    """S2-56, row 74: noted by the desk, registered by the supervision officer through its own
    verbs; the units see the item from then on."""
    item = issued(desk, accepted(desk, desk.world.liaison))
    leader = words(leader_id=desk.world.leader.person_id, name="", title="")
    made = instruct_on(item=item, words=leader, shown=shown(), actor=desk.editor, at=DAY + ONE_DAY)
    assert (made.leader_name, made.leader_title) == ("王建国", "岗位")
    assert told(desk.world.officer, "待立项") == 1
    water = Unit.objects.get(short_name="市水务局")
    given: dict[str, Any] = {"instruction": made, "at": DAY + ONE_DAY}
    with pytest.raises(Forbidden):
        register_words(units=[water], until=date(2026, 3, 31), actor=desk.editor, **given)
    with pytest.raises(Invalid):
        register_words(units=[], until=date(2026, 3, 31), actor=desk.world.officer, **given)
    with pytest.raises(Invalid):
        register_words(units=[water], until=None, actor=desk.world.officer, **given)
    units = [water, desk.world.bureau]
    done = register_words(units=units, until=date(2026, 3, 31), actor=desk.world.officer, **given)
    assert done.matter is not None
    assert (done.matter.origin_kind, done.matter.origin_id) == ("item", item.pk)
    assert done.matter.instructed_by_id == desk.world.leader.person_id
    assert {share.unit for share in done.matter.assignments.all()} == set(units)
    assert {(row.unit, row.matter) for row in item.handovers.all()} == {
        (unit, done.matter) for unit in units
    }
    with pytest.raises(Refused):
        register_words(units=[water], until=date(2026, 3, 31), actor=desk.world.officer, **given)
    for bad in (words(text=" "), words(name=""), words(tier="x")):
        with pytest.raises(Invalid):
            instruct_on(item=item, words=bad, shown=shown(), actor=desk.editor, at=DAY)


def test_handed_to_a_unit_that_answers(desk: Desk) -> None:
    """S2-57: as a request or at once as a matter; the unit reads the item and says what became of
    it, with the rule it led to."""
    item = accepted(desk, desk.outside)
    assert not Item.objects.visible_to(desk.world.liaison).exists()
    given: dict[str, Any] = {"item": item, "actor": desk.editor, "at": DAY}
    work = Work("请研究办理并反馈。", [desk.world.bureau], date(2026, 3, 6))
    row = request(work=work, **given)[0]
    assert (row.way, row.due_on, row.overdue(date(2026, 3, 7))) == (
        "request",
        date(2026, 3, 6),
        True,
    )
    assert Item.objects.visible_to(desk.world.liaison).get() == item
    assert told(desk.outside, "已转市住房城乡建设局办理") == 1
    assert told(desk.world.liaison, "请办理信息反映事项") == 1
    with pytest.raises(Invalid) as again:  # not asked twice while it owes an answer
        request(work=Work("再请办理。", [desk.world.bureau]), **given)
    assert "units" in again.value.errors
    outcome = Outcome("已出台指导意见。", "既有住宅加装电梯指导意见", "清建〔2026〕12号")
    end: dict[str, Any] = {"item": item, "at": DAY + ONE_DAY}
    done = answer(outcome=outcome, shown=shown(), actor=desk.world.liaison, **end)
    assert (done.handover, done.unit_name) == (row, "市住房城乡建设局")
    assert told(desk.outside, "办理有结果") == 1
    assert told(desk.editor, "信息办理反馈") == 1
    with pytest.raises(Forbidden):
        answer(outcome=outcome, shown=shown(), actor=desk.county, **end)
    for bad in (Outcome(" "), Outcome("办了", "", "1号")):
        with pytest.raises(Invalid):
            answer(outcome=bad, shown=shown(), actor=desk.editor, **end)
    for wrong in (Work("", work.units), Work("办", []), Work("办", work.units, date(2026, 2, 4))):
        with pytest.raises(Invalid):
            request(work=wrong, **given)
    with pytest.raises(Forbidden):
        make_matter(work=work, **given)
    with pytest.raises(Invalid):
        undated = Work("办", work.units)
        make_matter(work=undated, item=item, actor=desk.world.officer, at=DAY)
    matter = make_matter(work=work, item=item, actor=desk.world.officer, at=DAY)
    assert matter.assignments.get().unit == desk.world.bureau


def test_a_unit_answers_for_itself_alone(desk: Desk) -> None:
    """S2-57, row 74: a bureau does not answer what another unit was asked; the desk notes what
    either said."""
    item = accepted(desk, desk.county)
    other = Unit.objects.get(short_name="市财政局")
    asked = Work("请研究", [desk.world.bureau, other], date(2026, 2, 20))
    mine, theirs = request(item=item, work=asked, actor=desk.editor, at=DAY)
    with pytest.raises(Invalid) as refused:
        answer(
            item=item,
            outcome=Outcome("已办", handover=theirs),
            shown=shown(),
            actor=desk.world.liaison,
            at=DAY,
        )
    assert set(refused.value.errors) == {"handover"}
    for given, who in ((mine, desk.world.liaison), (theirs, desk.editor)):
        outcome = Outcome("已办", handover=given)
        answer(item=item, outcome=outcome, shown=shown(), actor=who, at=DAY)
    assert [mine.results.count(), theirs.results.count()] == [1, 1]


def test_a_unit_is_one_line_whatever_it_was_called(desk: Desk) -> None:
    """B10, S2-54: a unit that was renamed, an officer who changed the unit: one line each, under
    the name of today, that opens exactly its rows; the quota is met by all of them."""
    bureau = desk.world.bureau
    sent(desk.world.liaison)
    set_quota(unit=bureau, year=2026, count=10, actor=desk.editor, at=DAY)
    Unit.objects.filter(pk=bureau.pk).update(short_name="市住建局")
    sent(desk.world.liaison, words=plain(0), kind="information")
    for place, unit in ((1, bureau), (2, desk.office)):
        type(desk.officer).objects.update(unit=unit)
        sent(desk.outside, words=plain(place), kind="information")
    sums = sums_of(desk.editor, 2026)
    told_ = [(one["name"], one["submitted"], one["left"]) for one in sums.units]
    assert told_ == [("市住建局", 2, 8)]
    assert [(one["name"], one["submitted"]) for one in sums.officers] == [("胡敏", 2)]
    for line in (*sums.units, *sums.officers):
        rows = items(desk.editor, Filters.of(dict(parse_qsl(line["rows"]))))
        assert rows.count() == line["submitted"]


def test_the_lineage_shows_every_link_with_its_day_and_evidence(desk: Desk) -> None:
    """B10, row 74: suggestion → item → bulletin → adoption → instruction → matter → rule."""
    other = sent(desk.county, DAY)
    item = accepted(desk, desk.outside)
    join(item=other, into=item, actor=desk.editor, at=DAY)
    item = issued(desk, item)
    at = DAY + ONE_DAY
    given: dict[str, Any] = {"item": item, "shown": shown(), "actor": desk.editor, "at": at}
    adopt(adopted=adopted(), **given)
    made = instruct_on(words=words(), **given)
    register_words(
        instruction=made,
        units=[desk.world.bureau],
        until=date(2026, 3, 31),
        actor=desk.world.officer,
        at=at,
    )
    outcome = Outcome("已出台。", "加装电梯指导意见", "清建〔2026〕12号")
    answer(outcome=outcome, **given)
    links = lineage(item, desk.world.officer)
    with override("zh-hans"):
        steps = [str(link.step) for link in links]
    assert steps == [
        "建议",
        "并入的信息",
        "审核",
        "刊发",
        "已采用",
        "批示",
        "转为督办事项",
        "制度文件",
    ]
    assert all(link.on for link in links)
    assert [link.evidence for link in links[4:6]] == ["刊物第2页", "刊物第2页"]
    assert links[6].url.startswith("/matters/")
    assert "加装电梯指导意见" in links[7].words
    assert lineage(item, desk.outside)[6].url == ""
    actions = Entry.objects.filter(object_id=str(item.pk)).values_list("action", flat=True)
    assert {"information.adopted", "information.written_on", "information.answered"} <= set(actions)


def test_the_senders_of_merged_items_hear_as_well(desk: Desk) -> None:
    """Row 55: feedback at each step reaches those whose item goes on in another."""
    item, other = accepted(desk, desk.outside), sent(desk.county)
    join(item=other, into=item, actor=desk.editor, at=DAY)
    item = issued(desk, item)
    adopt(item=item, adopted=adopted(), shown=shown(), actor=desk.editor, at=DAY)
    assert (told(desk.county, "刊发于"), told(desk.county, "采用")) == (1, 1)


def test_what_is_adopted_and_instructed_counts_once_in_the_union(desk: Desk) -> None:
    """S2-54…56, B10: "11 adopted, 26 instructed, union N": every number opens exactly its rows, by
    unit, officer, year and month."""
    rows = [
        accepted(desk, who, words=plain(n), kind="information")
        for n, who in enumerate((desk.world.liaison, desk.world.liaison, desk.outside))
    ]
    at = DAY + ONE_DAY
    given: dict[str, Any] = {"shown": shown(), "actor": desk.editor, "at": at}
    for item in rows[:2]:
        issued(desk, item)
    adopt(item=rows[0], adopted=adopted(), **given)
    adopt(item=rows[0], adopted=adopted(tier="nation", adopter="全国政协"), **given)
    instruct_on(item=rows[0], words=words(), **given)
    instruct_on(item=rows[2], words=words(), **given)
    sums = sums_of(desk.editor, 2026)
    names = ("submitted", "issued", "adopted", "instructed", "either")
    assert [sums.total[name] for name in names] == [3, 2, 1, 2, 2]
    assert sums.total["rate"] == "33.3%"
    bureau = next(line for line in sums.units if line["name"] == "市住房城乡建设局")
    assert [bureau[name] for name in names] == [2, 2, 1, 1, 1]
    assert [sums.officers[0][name] for name in names] == [1, 0, 0, 1, 1]
    assert [sums.months[1][name] for name in names] == [3, 2, 1, 2, 2]
    assert [sums.months[0][name] for name in names] == [0, 0, 0, 0, 0]
    assert sums_of(desk.editor, 2025).total["submitted"] == 0
    for show, count in (("", 3), ("issued", 2), ("adopted", 1), ("instructed", 2), ("either", 2)):
        filters = Filters(show=show, year=2026, month=2, book=True)
        assert items(desk.editor, filters).count() == count, show
        if show:
            assert counts(desk.editor, filters)[show] == count
    assert items(desk.editor, Filters(show="either", year=2026, month=1)).count() == 0
    assert items(desk.editor, Filters(by=desk.officer.pk, year=2026)).count() == 1
