"""Ordinary information from a unit, a direct-report point or an engaged officer to an accepted
item: words, versions, four criteria (features rows 55, 58, 61; S2-50, S3-93, S3-97…99; R-INF-5)."""

from typing import Any

import pytest

from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.items.reviewing import points_of, review
from luoshi.desks.information.domain.items.submitting import Sent, resend, submit
from luoshi.desks.information.domain.items.wording import Words, faults, long
from luoshi.desks.information.domain.queries.differences import differences
from luoshi.desks.information.domain.running.engaging import (
    Engagement,
    end_engagement,
    engage,
    set_quota,
)
from luoshi.desks.information.domain.running.requesting import Topic, ask_for, close_topic
from luoshi.desks.information.domain.urgent.limiting import set_line
from luoshi.desks.information.entries import came_back, own_back
from luoshi.desks.information.models import Item, TopicRequest
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Reader
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import last_day
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.book import (
    DAY,
    HOUR,
    ONE_DAY,
    Desk,
    accepted,
    judged,
    make_desk,
    opinion,
    sent,
)
from tests.story import actor, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_a_bureau_submits_and_the_desk_is_told(desk: Desk) -> None:
    """Row 55, S3-97: a number of the office and year, the first version, who sent it."""
    item = sent(desk.world.liaison, topic="城建", about=[desk.world.bureau])
    assert (item.number, item.office, item.channel) == ("信〔2026〕1号", desk.office, "unit")
    assert (item.unit_name, item.author_name) == ("市住房城乡建设局", "张立")
    assert item.versions.get().by_author
    assert list(item.about.all()) == [desk.world.bureau]
    assert Notice.objects.filter(kind="information", recipient=desk.editor.person_id).exists()
    assert Entry.objects.filter(action="information.submitted").count() == 1
    assert sent(desk.county).number == "信〔2026〕2号"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"text": ""}, "text"),
        ({"analysis": ""}, "analysis"),
        ({"suggestion": " "}, "suggestion"),
        ({"text": "字" * 1500}, "text"),
    ],
)
def test_a_social_opinion_item_has_its_form(desk: Desk, change: dict[str, str], field: str) -> None:
    """R-INF-5: situation, analysis, suggestion, at most 1,500 characters; nothing is kept."""
    with pytest.raises(Invalid) as found:
        sent(desk.world.liaison, words=opinion(**change))
    assert set(found.value.errors) == {field}
    assert not Item.objects.exists()


def test_other_information_is_measured_and_not_refused() -> None:
    """R-INF-5: the measure warns where the item is no social-opinion item."""
    words = Words("动态", "字" * 1501)
    assert (long(words), words.characters) == (True, 1501)
    assert faults(words, "information") == {}
    assert "text" in faults(opinion(text="字" * 1501), "opinion")


def test_an_engaged_officer_submits_and_sees_own_items_alone(desk: Desk) -> None:
    """S3-99, row 58: no post, submit-only; once the engagement ends the fate stays in sight and
    nothing more is taken."""
    other = sent(desk.world.liaison)
    item = sent(desk.outside)
    assert (item.channel, item.officer, item.source) == (
        "officer",
        desk.officer,
        "胡敏（社区党支部书记）",
    )
    assert list(Item.objects.visible_to(desk.outside)) == [item]
    assert list(Item.objects.visible_to(desk.world.liaison)) == [other]
    assert Item.objects.visible_to(desk.editor).count() == 2
    for act in (
        lambda: review(item=item, judgement=judged(), actor=desk.outside, at=DAY),
        lambda: edit(item=item, words=opinion(), why="改", version=1, actor=desk.outside, at=DAY),
    ):
        with pytest.raises(Forbidden):
            act()
    end_engagement(officer=desk.officer, actor=desk.editor, at=DAY)
    with pytest.raises(Forbidden):
        sent(desk.outside, at=DAY + ONE_DAY)
    assert list(Item.objects.visible_to(desk.outside)) == [item]


def test_an_officer_without_account_hands_papers_in(desk: Desk) -> None:
    """S3-99: the desk enters the paper, the officer is its author; other offices' officers, and
    the same person twice at a time, are refused."""
    engagement = Engagement(name="老周", unit=desk.world.bureau, quota=4)
    held = engage(engagement, actor=desk.editor, at=DAY)
    item = sent(desk.editor, officer=held)
    assert (item.author_name, item.author, item.unit_name) == ("老周", None, "市住房城乡建设局")
    with pytest.raises(Invalid):
        sent(desk.world.liaison, officer=held)
    with pytest.raises(Invalid):
        engage(Engagement(username="hu"), actor=desk.editor, at=DAY)
    for bad in (Engagement(), Engagement(username="nobody"), Engagement(name="甲", quota=1000)):
        with pytest.raises(Invalid):
            engage(bad, actor=desk.editor, at=DAY)
    with pytest.raises(Forbidden):
        engage(engagement, actor=desk.world.liaison, at=DAY)


def test_a_direct_report_point_reaches_the_province_with_a_copy_to_the_city(desk: Desk) -> None:
    """S3-98, row 3: past the city, which reads it and cannot act on it."""
    county = Unit.objects.get(code="010101")
    chief = actor("qin", "秦明", county, Role.SECRETARY_GENERAL)
    province = Unit.objects.get(code="01")
    set_line(to=province, direct=True, trial=True, basis="试点通知", actor=chief, at=DAY)
    item = sent(desk.county)
    assert (item.office, item.channel, item.copied) == (province, "direct", desk.office)
    assert Item.objects.visible_to(desk.editor).get() == item
    with pytest.raises(Forbidden):
        review(item=item, judgement=judged(), actor=desk.editor, at=DAY)


def test_every_edit_keeps_the_former_text(desk: Desk) -> None:
    """Row 55: who, when, why; the author's own stays; two editors at once are told."""
    item = sent(desk.world.liaison)
    shorter = opinion(suggestion="建议出台费用分摊指导意见。")
    given: dict[str, Any] = {"actor": desk.editor, "at": DAY + HOUR}
    edit(item=item, words=shorter, why="精简", version=1, **given)
    told = Notice.objects.filter(title_zh__startswith="信息文字经编辑修改")
    assert item.author_id in set(told.values_list("recipient", flat=True))  # S2-57: each step
    assert not told.filter(recipient=desk.editor.person_id).exists()
    first, second = item.versions.order_by("number")
    assert (first.suggestion, first.by_author) == (opinion().suggestion, True)
    assert (second.suggestion, second.why, second.by_name) == (
        "建议出台费用分摊指导意见。",
        "精简",
        "施洋",
    )
    assert [name for name, _pieces in differences(first, second)] == ["suggestion"]
    with pytest.raises(Invalid) as found:
        edit(item=item, words=opinion(title="另一题"), why="改", version=1, **given)
    assert found.value.code == "edited-meanwhile"
    for words, why in ((shorter, "同"), (opinion(), "")):
        with pytest.raises(Invalid):
            edit(item=item, words=words, why=why, version=2, **given)
    with pytest.raises(Forbidden):
        edit(item=item, words=opinion(), why="改", version=2, actor=desk.county, at=DAY)


def test_the_review_asks_for_four_criteria(desk: Desk) -> None:
    """S3-93, row 61: value, insight, character, novelty; each has its mark, a "no" its word."""
    item = sent(desk.world.liaison)
    for bad in (
        judged(marks={"value": "yes"}),
        judged(marks=judged().marks | {"novelty": "no"}),
        judged(accept=False),
    ):
        with pytest.raises(Invalid):
            review(item=item, judgement=bad, actor=desk.editor, at=DAY)
    marks = judged().marks | {"novelty": "no", "insight": "partly"}
    said = judged(marks=marks, words={"novelty": "已多次反映"})
    row = review(item=item, judgement=said, actor=desk.editor, at=DAY)
    assert (row.state, points_of(row)) == ("accepted", 5)
    assert row.criteria["novelty"] == {"mark": "no", "words": "已多次反映"}
    told = Notice.objects.get(recipient=desk.world.liaison.person_id, kind="information")
    assert "已采用待编发" in told.title_zh
    with pytest.raises(Refused):
        review(item=item, judgement=judged(), actor=desk.editor, at=DAY)


def test_nobody_judges_the_own_item(desk: Desk) -> None:
    """Row 61: another editor does."""
    item = sent(desk.editor)
    assert item.channel == "own"
    with pytest.raises(Forbidden):
        review(item=item, judgement=judged(), actor=desk.editor, at=DAY)
    done = review(item=item, judgement=judged(), actor=desk.world.chief, at=DAY)
    assert done.state == "accepted"


def test_a_members_words_are_nobody_elses(desk: Desk) -> None:
    """S3-99, row 58: an item of a member that came back is counted for nobody else of the office,
    and no colleague writes in the member's name."""
    member = actor("weiyuan", "何委员", desk.office, Role.CPPCC_MEMBER)
    liaison = actor("zong", "综合", desk.office, Role.LIAISON)
    item = sent(member)
    assert (item.channel, item.unit) == ("member", desk.office)
    item = review(item=item, judgement=judged(False, reason="补数据"), actor=desk.editor, at=DAY)
    readers = [Reader(desk.office.pk, who.person_id, DAY) for who in (liaison, member)]
    assert [came_back(reader).count() for reader in readers] == [0, 0]
    assert own_back(readers[1]).get() == item
    assert not Item.objects.visible_to(liaison).exists()
    for who in (liaison, desk.editor):
        with pytest.raises(Forbidden):
            resend(item=item, words=opinion(title="代改"), actor=who, at=DAY)
    again = resend(item=item, words=opinion(title="补了数据"), actor=member, at=DAY)
    assert again.versions.get(number=2).by_name == "何委员"


def test_who_sent_it_again_for_a_colleague_does_not_judge_it(desk: Desk) -> None:
    """Row 61: an item of the office itself comes back; whoever rewrites it as its author leaves the
    judgement to another editor."""
    first = actor("bian", "编辑一", desk.office, Role.INFORMATION_OFFICER)
    second = actor("bian2", "编辑二", desk.office, Role.INFORMATION_OFFICER)
    item = sent(first, to=desk.office.pk)
    item = review(item=item, judgement=judged(False, reason="改"), actor=desk.editor, at=DAY)
    item = resend(item=item, words=opinion(title="代改"), actor=second, at=DAY)
    for who in (first, second):
        with pytest.raises(Forbidden) as refused:
            review(item=item, judgement=judged(), actor=who, at=DAY)
        assert refused.value.code == "own-item"
    assert review(item=item, judgement=judged(), actor=desk.editor, at=DAY).state == "accepted"


def test_what_came_back_is_sent_again(desk: Desk) -> None:
    """Row 55: with the reason; the author's second version, judged anew."""
    item = sent(desk.outside)
    back = judged(accept=False, reason="请补充数据")
    row = review(item=item, judgement=back, actor=desk.editor, at=DAY)
    assert (row.state, row.reason) == ("returned", "请补充数据")
    with pytest.raises(Forbidden):
        resend(item=row, words=opinion(), actor=desk.world.liaison, at=DAY)
    better = opinion(text="补充：完工率14.7%。")
    again = resend(item=row, words=better, actor=desk.outside, at=DAY + HOUR)
    assert (again.state, again.version) == ("submitted", 2)
    assert [one.by_author for one in item.versions.order_by("number")] == [True, True]
    with pytest.raises(Refused):
        resend(item=again, words=better, actor=desk.outside, at=DAY + HOUR)


def test_items_that_say_the_same_are_merged(desk: Desk) -> None:
    """Row 55: the sender of the merged one keeps hearing; nothing is merged in a circle."""
    first, second = accepted(desk, desk.world.liaison), sent(desk.county)
    join(item=second, into=first, actor=desk.editor, at=DAY)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("merged", first)
    third = sent(desk.outside)
    for item, into in ((first, third), (third, third), (third, second)):
        with pytest.raises(Invalid):
            join(item=item, into=into, actor=desk.editor, at=DAY)
    with pytest.raises(Refused):
        join(item=second, into=first, actor=desk.editor, at=DAY)


def test_a_topic_is_asked_for_until_a_working_day(desk: Desk) -> None:
    """Row 58: the limit is computed and explained; items answer it until it is closed."""
    topic = Topic("春节后返岗用工", "各地返岗情况和困难", [desk.world.bureau], True, workdays=5)
    row = ask_for(topic, actor=desk.editor, at=DAY)
    assert last_day(row.due_at).isoformat() == "2026-02-12"
    assert row.trace
    assert TopicRequest.objects.visible_to(desk.outside).get() == row
    assert not TopicRequest.objects.visible_to(desk.county).exists()
    assert Notice.objects.filter(recipient=desk.outside.person_id).count() == 1
    item = sent(desk.world.liaison, request=row)
    assert (item.request, row.item_set.count()) == (row, 1)
    close_topic(request=row, words="已汇总", actor=desk.editor, at=DAY + ONE_DAY)
    row.refresh_from_db()
    with pytest.raises(Refused):
        submit(opinion(), Sent("opinion", request=row), actor=desk.world.liaison, at=DAY)
    for bad in (
        Topic("", "说明", [desk.world.bureau], workdays=5),
        Topic("题", "说明", workdays=5),
        Topic("题", "说明", [desk.world.bureau]),
        Topic("题", "说明", [desk.world.bureau], workdays=400),
        Topic("题", "说明", [desk.world.bureau], until=(DAY + ONE_DAY).date(), workdays=5),
        Topic("题", "说明", [desk.world.bureau], until=(DAY - ONE_DAY).date()),
    ):
        with pytest.raises(Invalid):
            ask_for(bad, actor=desk.editor, at=DAY)


def test_a_topic_is_seen_by_the_officers_it_was_open_to(desk: Desk) -> None:
    """Row 58, S3-99: an officer whose engagement ended sees what was asked until then; whoever is
    engaged later sees what is still open."""
    asked = Topic("春耕备耕", "农资价格与供应", officers=True, workdays=5)
    old = ask_for(asked, actor=desk.editor, at=DAY)
    end_engagement(officer=desk.officer, actor=desk.editor, at=DAY + ONE_DAY)
    inner = Topic("新约稿", "内部要求", officers=True, workdays=5)
    ask_for(inner, actor=desk.editor, at=DAY + 9 * ONE_DAY)
    assert TopicRequest.objects.visible_to(desk.outside).get() == old
    later = person("xin", "辛来")
    engage(Engagement(username="xin"), actor=desk.editor, at=DAY + 10 * ONE_DAY)
    new = Actor(kind="person", person_id=later.pk, person_name="辛来", username="xin")
    assert TopicRequest.objects.visible_to(new).count() == 2
    close_topic(request=old, words="已用", actor=desk.editor, at=DAY + 9 * ONE_DAY)
    assert TopicRequest.objects.visible_to(new).get().topic == "新约稿"


def test_a_quota_of_a_unit_and_year(desk: Desk) -> None:
    """Row 58: one number a unit and year, changed by the desk alone."""
    given: dict[str, Any] = {"unit": desk.world.bureau, "year": 2026, "actor": desk.editor}
    set_quota(count=12, at=DAY, **given)
    row = set_quota(count=10, at=DAY, **given)
    assert row.count == 10
    with pytest.raises(Invalid):
        set_quota(count=1000, at=DAY, **given)
    with pytest.raises(Forbidden):
        set_quota(count=1, at=DAY, **given | {"actor": desk.world.liaison})
