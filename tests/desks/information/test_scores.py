"""Points by versioned weights, the month's sheet, its replay (features row 59; R-INF-6; B22)."""

from datetime import date
from typing import Any

import pytest
import time_machine

from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.fate.instructing import instruct_on
from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.queries.scores import facts_of, weights_of
from luoshi.desks.information.domain.running.points import moved, points, sheet
from luoshi.desks.information.domain.running.scoring import digest_of, publish_sheet, set_weights
from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import Item, ScoreSheet
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.book import (
    DAY,
    HOUR,
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
from tests.desks.information.test_pages import client_of
from tests.story import actor

pytestmark = pytest.mark.django_db
MARCH = DAY + 30 * ONE_DAY
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def fact(what: str, who: str = "unit:1", **change: Any) -> dict[str, Any]:
    """One thing that counts."""
    values = {"who": who, "name": who, "officer": False, "item": "1", "number": "", "title": ""}
    values |= {"on": "2026-02-05", "row": "", "research": False, "merged": False, "what": what}
    return values | change


@pytest.mark.parametrize(
    ("given", "hundredths"),
    [
        (fact("submitted"), 0),
        (fact("own"), 100),
        (fact("adopted-city"), 500),
        (fact("adopted-province"), 500),
        (fact("adopted-nation"), 2000),
        (fact("instructed-city"), 1000),
        (fact("instructed-nation"), 3000),
        (fact("adopted-province", research=True), 1000),
        (fact("adopted-province", merged=True), 250),
        (fact("own", research=True, merged=True), 100),
    ],
)
def test_the_weights_of_the_rule(given: dict[str, Any], hundredths: int) -> None:
    """R-INF-6: own body 1, city and province 5, national 20, city leader 10, central leader 30;
    research doubles, a merged adoption counts in part."""
    assert points(given, WEIGHTS) == hundredths


def test_equal_points_have_the_same_rank() -> None:
    """Row 59: the order does not depend on the order of the facts."""
    facts = [fact("own", "unit:2"), fact("own", "unit:1"), fact("own", "unit:3", item="2")]
    facts.append(fact("adopted-city", "unit:3", item="2"))
    lines = sheet(facts, WEIGHTS)
    assert [(line["who"], line["points"], line["rank"]) for line in lines] == [
        ("unit:3", 600, 1),
        ("unit:1", 100, 2),
        ("unit:2", 100, 2),
    ]
    assert sheet(facts[::-1], WEIGHTS) == lines


def month_with_work(desk: Desk) -> list[Item]:
    """Two issued items of a bureau and an officer, one of a county merged into the officer's."""
    first = accepted(desk, desk.world.liaison, words=plain(0), kind="information")
    second = accepted(desk, desk.outside)
    third = sent(desk.county)
    join(item=third, into=second, actor=desk.editor, at=DAY)
    issue = draft_with(desk, bulletin(desk), first, second)
    issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY)
    given: dict[str, Any] = {"shown": shown(), "actor": desk.editor, "at": DAY + ONE_DAY}
    adopt(item=second, adopted=adopted(), **given)
    adopt(item=second, adopted=adopted(issue="第10期"), **given)
    instruct_on(item=first, words=words(), **given)
    return [first, second, third]


def test_a_month_is_counted_per_unit_and_officer(desk: Desk) -> None:
    """R-INF-6, row 59: a level counts once an item; who was merged into it has its part."""
    month_with_work(desk)
    lines = sheet(facts_of(desk.office.pk, FEBRUARY), WEIGHTS)
    assert [(line["name"], line["points"], line["rank"]) for line in lines] == [
        ("市住房城乡建设局", 1100, 1),
        ("胡敏", 600, 2),
        ("安澜县", 300, 3),
    ]
    assert [line["submitted"] for line in lines] == [1, 1, 1]


def test_a_published_sheet_is_frozen_and_replayed_exactly(desk: Desk) -> None:
    """B22: the old version gives the published sheet to the last figure, whatever changed since;
    other weights show who moves and why."""
    rows = month_with_work(desk)
    chief = desk.world.chief
    row = publish_sheet(month=FEBRUARY, actor=chief, at=MARCH)
    assert (row.version, row.digest) == (0, digest_of(row))
    Item.objects.filter(pk=rows[0].pk).update(title="改了", unit_name="改了")
    weights = WEIGHTS | {"adopted-province": 20}
    made = set_weights(weights=weights, basis="委办〔2026〕9号", actor=chief, at=MARCH)
    assert made.version == 1
    assert weights_of(desk.office.pk) == (1, weights)
    kept = ScoreSheet.objects.get()
    assert sheet(kept.facts, kept.weights) == kept.lines
    assert digest_of(kept) == kept.digest
    still = moved(kept.facts, WEIGHTS, WEIGHTS)
    assert not any(line["moved"] or line["why"] for line in still)
    lines = moved(kept.facts, kept.weights, weights)
    assert [(line["name"], line["old_rank"], line["rank"]) for line in lines] == [
        ("胡敏", 2, 1),
        ("市住房城乡建设局", 1, 2),
        ("安澜县", 3, 3),
    ]
    assert lines[0]["why"] == [("adopted-province", 1500)]
    assert Entry.objects.filter(action="information.scores_published").count() == 1


def test_what_is_noted_after_the_sheet_counts_in_its_own_month(desk: Desk) -> None:
    """Row 59: nothing is lost and nothing counted twice once a month is published."""
    rows = month_with_work(desk)
    publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
    late: dict[str, Any] = {"shown": shown(date(2026, 2, 20)), "actor": desk.editor}
    adopt(item=rows[0], adopted=adopted(tier="nation", adopter="全国政协"), at=MARCH + HOUR, **late)
    adopt(item=rows[1], adopted=adopted(adopter="省委办公厅"), at=MARCH + HOUR, **late)
    march = facts_of(desk.office.pk, date(2026, 3, 1))
    assert [(one["what"], one["name"], one["on"]) for one in march] == [
        ("adopted-nation", "市住房城乡建设局", "2026-02-20")
    ]
    february = [one for one in facts_of(desk.office.pk, FEBRUARY) if one["what"] != "submitted"]
    assert len(february) == 6


def test_who_publishes_and_when(desk: Desk) -> None:
    """R-INF-6: the secretary-general, once a month is over, once; weights are numbers on a
    basis."""
    chief = desk.world.chief
    with pytest.raises(Refused):
        publish_sheet(month=FEBRUARY, actor=chief, at=DAY)
    with pytest.raises(Forbidden):
        publish_sheet(month=FEBRUARY, actor=desk.editor, at=MARCH)
    publish_sheet(month=FEBRUARY, actor=chief, at=MARCH)
    with pytest.raises(Refused):
        publish_sheet(month=FEBRUARY, actor=chief, at=MARCH)
    for weights, basis in ((WEIGHTS, ""), ({"own": 1}, "文"), (WEIGHTS | {"own": 1001}, "文")):
        with pytest.raises(Invalid):
            set_weights(weights=weights, basis=basis, actor=chief, at=MARCH)
    with pytest.raises(Forbidden):
        set_weights(weights=WEIGHTS, basis="文", actor=desk.editor, at=MARCH)


def test_a_published_sheet_is_told_to_whom_it_ranks(desk: Desk) -> None:
    """S2-57, 58: each unit and officer hears points and rank, reads the ranking, and of what was
    counted the own items alone (S3-99); who is not on it finds nothing."""
    month_with_work(desk)
    row = publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
    liaison = desk.world.liaison
    told = Notice.objects.filter(url=f"/information/scores/{row.pk}/")
    titles = dict(told.values_list("recipient", "title_zh"))
    assert titles[liaison.person_id] == "2026年2月信息得分：11分，第1名（共3）"
    assert titles[desk.outside.person_id] == "2026年2月信息得分：6分，第2名（共3）"
    assert desk.world.chief.person_id not in titles
    page = f"/information/scores/{row.pk}/"
    with time_machine.travel(MARCH, tick=False):
        for who, name in ((liaison, "市住房城乡建设局"), (desk.outside, "胡敏")):
            client = client_of(who)
            listed = client.get("/information/scores/").context["rows"]
            assert [(one["line"]["name"], one["among"]) for one in listed] == [(name, 3)]
            answer = client.get(page)
            assert {fact["name"] for fact in answer.context["page"].rows} == {name}
            assert len(answer.context["lines"]) == 3
            assert client.get(f"{page}replay/").status_code == 403
        ranked = ("010101", desk.world.bureau.code, desk.office.code)
        unit = Unit.objects.exclude(code__in=ranked).earliest("code")
        other = actor("feng", "冯磊", unit, Role.LIAISON)
        assert client_of(other).get(page).status_code == 404
        assert client_of(other).get("/information/scores/").context["rows"] == []
