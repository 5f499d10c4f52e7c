"""A round from opening to findings."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import DatabaseNature, User
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.lookbacks.domain.checking import Check, record_check
from luoshi.supervision.lookbacks.domain.fixing import change_share, fix
from luoshi.supervision.lookbacks.domain.marking import lift_key, mark_key
from luoshi.supervision.lookbacks.domain.naming import name_checker
from luoshi.supervision.lookbacks.domain.opening import open_round
from luoshi.supervision.lookbacks.domain.promising import settle
from luoshi.supervision.lookbacks.domain.queries.promises import promises_of, running_promise
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound
from luoshi.supervision.matters.domain.matter.closing import Effect
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter
from tests.past import concluded
from tests.security.world import sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
THEN = datetime(2025, 11, 4, 2, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
LIMIT = date(2026, 7, 31)


@pytest.fixture
def world() -> World:
    return make_world()


def fixed(world: World, at: datetime = MARCH, percent: int = 100) -> LookBackRound:
    round = open_round(year=2025, percent=percent, actor=world.officer, at=at, seed=42)
    return fix(round=round, actor=world.officer, at=at)


def given_to(item: LookBackItem, world: World) -> LookBackItem:
    person_id = world.second_officer.person_id
    return name_checker(item=item, person_id=person_id, actor=world.officer, at=MARCH)


def test_sample_of_the_year_with_its_grounds(world: World) -> None:
    """Features row 24, TR-25, B9, S2-74, S2-76: key task, marked key, promise with a date, and the
    rest by seed; only what was concluded in the year and still is."""
    key = concluded(world, THEN, regime="key_task")
    marked = concluded(world, THEN)
    mark_key(matter=marked, reason="书记领衔", actor=world.officer, at=THEN)
    planned = concluded(world, THEN, result="planned", promised_on=date(2026, 4, 1))
    rest = [concluded(world, THEN) for _ in range(4)]
    lifted = concluded(world, THEN)
    mark_key(matter=lifted, reason="重点", actor=world.officer, at=THEN)
    lift_key(matter=lifted, reason="已转常态", actor=world.officer, at=THEN)
    reopened = concluded(world, THEN)
    reopen(matter=reopened, reason="反弹", due_on=LIMIT, actor=world.officer, at=MARCH)
    concluded(world, datetime(2026, 1, 5, 2, 0, tzinfo=UTC))
    round = fixed(world, percent=40)
    grounds = {item.matter_id: item.grounds for item in round.items.all()}
    assert round.concluded == 8
    assert grounds[key.pk] == grounds[marked.pk] == ["key"]
    assert grounds[planned.pk] == ["promised"]
    drawn = {pk for pk, why in grounds.items() if why == ["random"]}
    assert len(drawn) == 2
    assert drawn <= {matter.pk for matter in [*rest, lifted]}
    assert (round.late_days, round.due_on) == (0, date(2026, 3, 31))


def test_round_refused_before_the_year_ends_and_twice(world: World) -> None:
    """TR-25: no look-back on a running year; one round and one seed per year."""
    concluded(world, THEN)
    with pytest.raises(Refused) as refused:
        open_round(year=2026, percent=20, actor=world.officer, at=MARCH)
    assert refused.value.code == "year-running"
    round = fixed(world)
    with pytest.raises(Refused) as refused:
        open_round(year=2025, percent=20, actor=world.officer, at=MARCH)
    assert refused.value.code == "round-there"
    with pytest.raises(Refused) as refused:
        change_share(round=round, percent=50, actor=world.officer, at=MARCH)
    assert refused.value.code == "sample-fixed"
    with pytest.raises(Forbidden):
        open_round(year=2024, percent=20, actor=world.liaison, at=MARCH)


def test_sample_fixed_after_31_march_is_marked_late(world: World) -> None:
    """TR-25: sample fixed by 31 March; later is possible and stays visible."""
    concluded(world, THEN)
    assert fixed(world, at=datetime(2026, 4, 9, 2, 0, tzinfo=UTC)).late_days == 9


def test_who_concluded_does_not_check(world: World) -> None:
    """S3-61: never the one who concluded; only the named checker writes the finding."""
    concluded(world, THEN)
    item = fixed(world).items.get()
    with pytest.raises(Invalid):
        name_checker(item=item, person_id=world.officer.person_id, actor=world.chief, at=MARCH)
    item = given_to(item, world)
    assert Notice.objects.filter(recipient_id=world.second_officer.person_id).count() == 1
    holds = Check("holds", "on_site", evidence="现场照片")
    for actor, code in ((world.officer, "own-conclusion"), (world.chief, "not-the-checker")):
        with pytest.raises(Forbidden) as refused:
            record_check(item=item, check=holds, actor=actor, at=MAY)
        assert refused.value.code == code
    item = record_check(item=item, check=holds, actor=world.second_officer, at=MAY)
    assert (item.state, item.finding) == ("checked", "holds")
    with pytest.raises(Refused) as twice:
        record_check(item=item, check=holds, actor=world.second_officer, at=MAY)
    assert twice.value.code == "checked-already"


def test_relapse_reopens_under_the_same_id(world: World) -> None:
    """Features rows 24 and 25, B9, S3-28, S2-32: a relapse reopens the matter and needs the new
    limit."""
    matter = concluded(world, THEN)
    item = given_to(fixed(world).items.get(), world)
    with pytest.raises(Invalid) as refused:
        record_check(
            item=item, check=Check("relapsed", "on_site"), actor=world.second_officer, at=MAY
        )
    assert set(refused.value.errors) == {"note", "due_on"}
    check = Check("relapsed", "on_site", note="三处点位再次积水", due_on=LIMIT)
    item = record_check(item=item, check=check, actor=world.second_officer, at=MAY)
    again = Matter.objects.get(pk=matter.pk)
    assert (again.state, again.number) == (MatterState.ASSIGNED, matter.number)
    assert item.reopening.reason == "三处点位再次积水"
    assert again.assignments.get(state="unsigned").duties.filter(rule_code="REOPEN").exists()


def test_effect_is_measured_on_closing_and_at_look_back(world: World) -> None:
    """S3-128: the same measure then and now."""
    effect = Effect("群众满意", "满意率", Decimal("96.5"), "%")
    matter = concluded(world, THEN, effect=effect)
    item = given_to(fixed(world).items.get(), world)
    now = Effect("", "满意率", Decimal("81.2"), "%")
    check = Check("in_part", "interview", note="部分住户反映", effect=now)
    item = record_check(item=item, check=check, actor=world.second_officer, at=MAY)
    assert matter.closures.get().effect_value == Decimal("96.5")
    assert (item.effect_name, item.effect_value) == ("满意率", Decimal("81.2"))
    bad = Effect("", "", Decimal(3))
    with pytest.raises(Invalid) as refused:
        concluded(world, THEN, effect=bad)
    assert set(refused.value.errors) == {"effect_name"}


def test_promise_moves_to_its_next_date_and_from_b_to_a(world: World) -> None:
    """S2-76: a promised date missed gets the next one, then kept with evidence."""
    matter = concluded(world, THEN, result="planned", promised_on=date(2026, 4, 1))
    closure = matter.closures.get()
    common = {"closure": closure, "note": "", "actor": world.second_officer}
    with pytest.raises(Invalid) as refused:
        settle(outcome="missed", evidence="", at=MARCH, next_on=date(2026, 9, 1), **common)
    assert set(refused.value.errors) == {"outcome"}
    with pytest.raises(Invalid) as refused:
        settle(outcome="missed", evidence="", at=MAY, **common)
    assert set(refused.value.errors) == {"next_on"}
    settle(outcome="missed", evidence="", at=MAY, next_on=date(2026, 9, 1), **common)
    assert running_promise(closure) == date(2026, 9, 1)
    with pytest.raises(Invalid):
        settle(outcome="kept", evidence=" ", at=MAY, **common)
    settle(outcome="kept", evidence="验收报告", at=MAY, **common)
    assert running_promise(closure) is None
    row = promises_of(world.office.pk).get()
    assert (row.kept, row.missed, row.runs_on) == (True, True, date(2026, 9, 1))


def test_promise_missed_at_look_back_reopens(world: World) -> None:
    """B9, S2-76: promise missed with a limit reopens; without a promise it cannot be found."""
    matter = concluded(world, THEN, result="planned", promised_on=date(2026, 4, 1))
    plain = concluded(world, THEN)
    items = {item.matter_id: given_to(item, world) for item in fixed(world).items.all()}
    missed = Check("missed", "documents", note="项目未开工", due_on=LIMIT)
    with pytest.raises(Invalid) as refused:
        record_check(item=items[plain.pk], check=missed, actor=world.second_officer, at=MAY)
    assert set(refused.value.errors) == {"finding"}
    item = record_check(item=items[matter.pk], check=missed, actor=world.second_officer, at=MAY)
    assert item.reopening.matter_id == matter.pk
    assert item.closure.promise_outcomes.get().outcome == "missed"
    assert running_promise(item.closure) is None


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 10), "抽样名单将于"),
        (date(2026, 4, 9), "已逾期9天"),
    ],
)
def test_page_says_by_when_the_sample_is_fixed(world: World, day: date, words: str) -> None:
    """TR-25: before 31 March the page says so; after it, how many days late it is."""
    DatabaseNature.objects.update_or_create(
        pk=1, defaults={"demo": True, "created_at": THEN, "demo_day": day}
    )
    concluded(world, THEN)
    round = open_round(year=2025, percent=20, actor=world.officer, at=MARCH)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    page = client.get(f"/lookbacks/{round.pk}/").content.decode()
    assert words in page
    assert str(round.seed) in page
    assert LookBackItem.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_queries(
    world: World, django_assert_num_queries: object, count: int
) -> None:
    """Query counts do not grow with rows."""
    for _ in range(count):
        concluded(world, THEN, result="planned", promised_on=date(2026, 4, 1))
    round = fixed(world)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    client.get("/lookbacks/")
    item = round.items.first()
    counts = {
        "/lookbacks/": ROUNDS,
        f"/lookbacks/{round.pk}/": ROUND,
        "/lookbacks/promises/": PROMISES,
        f"/lookbacks/items/{item.pk}/": ITEM,
        f"/matters/{item.matter_id}/lookback/": TAB,
    }
    for path, queries in counts.items():
        with django_assert_num_queries(queries):  # type: ignore[operator]
            assert client.get(path).status_code == 200


ROUNDS, ROUND, PROMISES, ITEM, TAB = 6, 7, 6, 9, 10


def test_the_sample_is_written_out_before_it_is_fixed(world: World) -> None:
    """B9, contract 3, 15: whole, with grounds and digests, as the preview shows it; once it is
    fixed the round's own rows are written out instead."""
    concluded(world, THEN, regime="key_task")
    for _ in range(3):
        concluded(world, THEN)
    round = open_round(year=2025, percent=50, actor=world.officer, at=MARCH, seed=42)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    asked = f"round={round.pk.hex}"
    page = client.get(f"/lookbacks/{round.pk}/")
    assert f"/exports/lookback-preview/?{asked}" in page.content.decode()
    shown = [(one.candidate.number, one.digest) for one in page.context["drawn"]]
    assert len(shown) == 3

    def written() -> list[list[str]]:
        answer: Any = client.get(f"/exports/lookback-preview/?format=csv&{asked}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(text.splitlines()))[1:]

    assert [(line[0], line[5]) for line in written()] == shown
    fix(round=round, actor=world.officer, at=MARCH)
    assert written() == []
