"""The year of scores the database adds up is the one that was added up fact by fact: same points,
ranks, names and rows behind each number (R-INF-6, B22, features row 59)."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.information.domain.queries.year import year_of
from luoshi.desks.information.domain.running.scoring import publish_sheet, set_weights
from luoshi.desks.information.enums import WEIGHTS, ItemState
from luoshi.desks.information.models import Adoption, Item, ItemInstruction
from tests.counting import queries_of
from tests.desks.information.book import Desk, make_desk
from tests.desks.information.reference import differences
from tests.desks.information.test_scores import month_with_work

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 5)
FIRST = date(2025, 11, 1)
TIERS = ("county", "city", "province", "nation")
HOURS = (2, 15, 16, 17, 23)  # around midnight at the office, 16:00 UTC
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def items(desk: Desk, dice: random.Random, many: int) -> list[Item]:
    """Items of twelve units, some of which were renamed, and of an officer; some research, some
    merged into an earlier one, a half of the others issued."""
    made: list[Item] = []
    for number in range(many):
        on, unit = FIRST + dice.randrange(365) * DAY, number % 12
        officer, into = dice.random() < 0.2, dice.random() < 0.1 and len(made) > 20
        name = f"单位 {unit}" if on.month < 7 or unit % 3 else f"新 名 {unit}"
        item = Item(
            office=desk.office,
            number=f"随机{number}",
            kind="information",
            channel="unit",
            title=f"信息 {number}",
            text="略。",
            unit_code=f"c{unit}",
            unit_name=name,
            author_name=dice.choice(("胡敏", "胡 敏")),
            officer=desk.officer if officer else None,
            research=dice.random() < 0.15,
            submitted_on=on,
            submitted_at=datetime(on.year, on.month, on.day, 3, tzinfo=UTC),
        )
        if into:
            whole = [one for one in made if one.state != ItemState.MERGED]
            item.state, item.merged_into = ItemState.MERGED, dice.choice(whole)
        elif dice.random() < 0.5:
            item.issued_on = on + dice.randrange(40) * DAY
        made.append(item)
        item.save(force_insert=True)
    return made


def noted(dice: random.Random, item: Item, tiers: tuple[str, ...]) -> dict[str, Any]:
    """A level, a day, and when it was noted: at once, or weeks later."""
    on = item.submitted_on + dice.randrange(60) * DAY
    later = dice.choice((0, 0, 1, 30, 75)) * DAY
    at = datetime(on.year, on.month, on.day, dice.choice(HOURS), tzinfo=UTC) + later
    given = {"item": item, "tier": dice.choice(tiers), "on": on, "noted_at": at}
    return given | {"evidence": "刊物", "noted_by_name": "施洋"}


def fates(dice: random.Random, known: list[Item]) -> None:
    """Adoptions and instructions, several of a level among them."""
    for item in known:
        if item.state == ItemState.MERGED:
            continue
        for _again in range(dice.choice((0, 0, 1, 2, 3))):
            merged, issue = dice.random() < 0.3, uuid4().hex[:8]
            given = noted(dice, item, TIERS) | {"merged": merged, "issue": issue}
            Adoption.objects.create(adopter_name="上级", publication="信息", **given)
        for _again in range(dice.choice((0, 0, 0, 1, 2))):
            given = noted(dice, item, TIERS[1:])
            ItemInstruction.objects.create(leader_name="领导", text="阅。", **given)


@pytest.mark.parametrize("seed", range(3))
def test_a_random_office_adds_up_alike(desk: Desk, seed: int) -> None:
    """B22, row 59: with no month published, with some published by different weights, and with what
    was noted after their sheets, both computations give the same figures for each of the years."""
    dice = random.Random(seed)  # noqa: S311 - by seed
    fates(dice, items(desk, dice, 150))
    assert_alike(desk)
    months = sorted(dice.sample(range(1, 11), 4))
    for version, month in enumerate((*(date(2026, n, 1) for n in months), date(2025, 12, 1))):
        weights = {name: dice.randrange(1, 40) for name in WEIGHTS}
        weights |= {"research-percent": 133, "merged-percent": 33}
        at = datetime(2026, 11, 2, version, tzinfo=UTC)
        set_weights(weights=weights, basis="文", actor=desk.world.chief, at=at)
        publish_sheet(month=month, actor=desk.world.chief, at=at)
    assert_alike(desk)
    fates(dice, list(Item.objects.order_by("number"))[:60])
    Item.objects.filter(unit_code="c3").update(title="改了", unit_name="改 了", research=True)
    assert_alike(desk)


def assert_alike(desk: Desk) -> None:
    """Nothing differs, and there is something to compare."""
    for year in (2025, 2026):
        lines, wrong = differences(desk.office.pk, year, TODAY)
        assert (wrong, lines > 5) == ([], True), year


def test_a_year_without_anything(desk: Desk) -> None:
    """Row 59: a year to come and an office without items have no lines."""
    month_with_work(desk)
    for office, year in ((desk.office.pk, 2027), (desk.world.bureau.pk, 2026), (None, 2026)):
        assert differences(office, year, TODAY) == (0, [])


def test_a_year_is_two_queries(desk: Desk) -> None:
    """Performance row 8: its weights and sheets, and one that adds everything up."""
    month_with_work(desk)
    assert queries_of(lambda: year_of(desk.office.pk, 2026, TODAY))[1] == 2
