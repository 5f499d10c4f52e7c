"""An office goes into another: what it taught goes on there, the successor's own first."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.lessons.domain.linking import decline, link
from luoshi.desks.lessons.domain.queries.knowing import known_to, weights_of
from luoshi.desks.lessons.domain.queries.learning import learned_from
from luoshi.desks.lessons.domain.retraining import ask_to_retrain, run
from luoshi.desks.lessons.domain.teaching import teach
from luoshi.desks.lessons.models import (
    Expression,
    GateVersion,
    GrammarCase,
    LearnedName,
    Sighting,
    TrainingRow,
)
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.merging import merge_unit
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.reading.gate.weights import shipped
from tests.desks.lessons.reading import AT
from tests.desks.lessons.test_pages import as_person
from tests.desks.lessons.test_retraining import SMALL, decided
from tests.story import SYSTEM, World, actor, make_world

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def heir(world: World) -> Actor:
    """An officer of the office that goes on."""
    into = Unit.objects.get(short_name="市政府办公室")
    return actor("sun", "孙宁", into, Role.SUPERVISION_OFFICER)


def merged(world: World, heir: Actor) -> Entry:
    """The office goes into the heir's; the entry says what was handed over."""
    into = Unit.objects.get(pk=heir.unit_id)
    merge_unit(unit=world.office, into=into, basis="机构改革方案", actor=SYSTEM, at=LATER)
    return Entry.objects.get(action="lessons.inherited")


def after(entry: Entry) -> dict[str, Any]:
    """What the entry keeps."""
    found: dict[str, Any] = Entry.detail_of(entry)["after"]
    return found


def named(office: Any, name: str) -> LearnedName:
    """A name an office met."""
    return LearnedName.objects.create(office_id=office, name=name, document_id=uuid4(), seen_at=AT)


def met(office: Any, text: str) -> Expression:
    """An expression an office met once."""
    row = Expression.objects.create(office_id=office, text=text, seen_at=AT)
    Sighting.objects.create(
        expression=row, document_id=uuid4(), start=0, sentence=f"于{text}报送。", seen_at=AT
    )
    return row


def trained(who: Actor) -> GateVersion:
    """Weights an office learned."""
    asked = ask_to_retrain(office_id=who.unit_id, actor=who, at=AT + timedelta(minutes=1))
    return run(version=asked, at=AT + timedelta(minutes=2), base=SMALL)


def test_names_and_expressions_go_on_and_the_successors_own_stand(
    world: World, heir: Actor
) -> None:
    """Issue 4.6: new ones move, decided ones of the successor stay, its undecided ones
    take the decision over; what stays behind stays readable in the table."""
    water, money = (Unit.objects.get(short_name=name) for name in ("市水务局", "市财政局"))
    for name, unit in (("水利数字化中心", water), ("节水办公室", water), ("河湖中心", water)):
        link(name=named(world.office.pk, name), unit=unit, actor=world.officer, at=AT)
    link(name=named(heir.unit_id, "节水办公室"), unit=money, actor=heir, at=AT)
    undecided = named(heir.unit_id, "河湖中心")
    decline(name=named(world.office.pk, "某工作专班"), actor=world.officer, at=AT)
    for text in ("秋粮入库后", "雪化之前"):
        teach(expression=met(world.office.pk, text), words="3月15日前", actor=world.officer, at=AT)
    teach(expression=met(heir.unit_id, "雪化之前"), words="4月1日前", actor=heir, at=AT)
    entry = merged(world, heir)
    codes = known_to(heir.unit_id).units.codes
    assert codes["水利数字化中心"] == codes["河湖中心"] == water.code
    assert codes["节水办公室"] == money.code
    undecided.refresh_from_db()
    assert (undecided.state, undecided.inherited_from) == ("linked", world.office)
    assert undecided.decided_by_name == world.officer.person_name
    declined = LearnedName.objects.get(office_id=heir.unit_id, name="某工作专班")
    assert (declined.state, declined.inherited_from) == ("declined", world.office)
    meanings = known_to(heir.unit_id).meanings
    months = {text: rules[0]["due"]["month"] for text, rules in meanings.items()}
    assert months == {"秋粮入库后": 3, "雪化之前": 4}
    assert after(entry) == {
        "names": 2,
        "names_decided": 1,
        "names_left": 1,
        "expressions": 1,
        "expressions_left": 1,
        "into": "市政府办公室",
    }
    left = LearnedName.objects.filter(office=world.office).values_list("name", flat=True)
    assert set(left) == {"节水办公室", "河湖中心"}
    assert Sighting.objects.get(expression__text="秋粮入库后").inherited_from == world.office


def test_sentences_and_weights_go_on_where_there_are_none(world: World, heir: Actor) -> None:
    """The successor reads with the weights of the office that went into it, and can roll back."""
    decided(world, 24)
    GrammarCase.objects.create(
        office=world.office,
        draft_id=uuid4(),
        document_id=uuid4(),
        sentence="限3月报。",
        anchor="receipt",
        decided_by_name="李文清",
        decided_at=AT,
    )
    version = trained(world.officer)
    assert version.active
    mine = weights_of(world.office.pk)
    under_way = ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    entry = merged(world, heir)
    assert after(entry)["sentences"] == 24
    assert (after(entry)["limits"], after(entry)["versions"]) == (1, 1)
    used = GateVersion.objects.get(office_id=heir.unit_id, active=True)
    assert (used.pk, used.number, used.inherited_from) == (version.pk, 1, world.office)
    assert weights_of(heir.unit_id) == mine
    assert weights_of(world.office.pk) is None
    assert GateVersion.objects.get(pk=under_way.pk).state == "failed"
    assert learned_from(used).count() == used.rows == 24
    page = as_person(heir)
    overview = page.get("/lessons/").content.decode()
    assert "taken over from 市委办公室" in overview
    rows = page.get("/lessons/rows/?version=1").content.decode()
    assert rows.count("taken over from 市委办公室") == 24
    assert "/drafting/" not in rows.split("<tbody>")[1]
    zero = GateVersion.objects.get(office_id=heir.unit_id, number=0)
    page.post(f"/lessons/versions/{zero.pk}/use/")
    assert weights_of(heir.unit_id) is None


def test_weights_of_the_successor_stand_and_its_numbers_open_its_rows(
    world: World, heir: Actor
) -> None:
    """Its own version stays in use; the other may be chosen; sentences taken over later are none
    of those a version was learned from, and count for the next."""
    decided(world, 24)
    theirs = trained(world.officer)
    TrainingRow.objects.all().update(office=Unit.objects.get(pk=heir.unit_id))
    decided(world, 22)
    own = trained(heir)
    assert own.rows == 24
    merged(world, heir)
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.active, theirs.active) == (True, False)
    assert (theirs.office_id, theirs.number, theirs.state) == (heir.unit_id, own.number + 1, "kept")
    assert learned_from(own).count() == 24
    assert TrainingRow.objects.filter(office_id=heir.unit_id).count() == 46
    again = ask_to_retrain(office_id=heir.unit_id, actor=heir, at=LATER + timedelta(days=1))
    assert learned_from(again).count() == again.rows == 46


def test_nothing_taught_is_no_entry(world: World, heir: Actor) -> None:
    """An act that hands nothing over writes nothing of this room."""
    into = Unit.objects.get(pk=heir.unit_id)
    merge_unit(unit=world.office, into=into, basis="方案", actor=SYSTEM, at=LATER)
    assert not Entry.objects.filter(action="lessons.inherited").exists()
    assert weights_of(into.pk) is None
    assert shipped().version
