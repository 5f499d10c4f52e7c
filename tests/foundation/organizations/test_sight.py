"""Decision 8 by every door, against a short reference: random trees, random posts."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.organizations.domain.appointing import appoint, end_appointment
from luoshi.foundation.organizations.domain.queries.holders import appointments_of
from luoshi.foundation.organizations.domain.queries.relations import relation
from luoshi.foundation.organizations.domain.queries.sight import (
    marks_of,
    place,
    units_in_sight,
    viewers_of,
)
from luoshi.foundation.organizations.domain.relating import relate, unrelate
from luoshi.foundation.organizations.domain.seating import seat_paths
from luoshi.foundation.organizations.enums import Level, Relation, Role, System
from luoshi.foundation.organizations.models import Appointment, Unit
from tests.security.people import (
    NOW,
    holder,
    no_factors,
    password_step,
    plant_tree,
    user_of,
)
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
LEVELS = list(Level)
SUPERVISING = ("supervision_officer", "secretary_general", "leader")
HANDLING = ("liaison", "principal")


@st.composite
def trees(draw: Any) -> list[tuple[str, int, str, int | None]]:
    """Rows (code, level, system, parent) of up to 12 units over three levels, parents first."""
    rows: list[tuple[str, int, str, int | None]] = [("33", 0, System.PARTY, None)]
    for number in range(draw(st.integers(2, 11))):
        parent = draw(st.integers(0, len(rows) - 1))
        level = min(3, rows[parent][1] + draw(st.integers(0, 1)))
        digits = rows[parent][0].split("-")[0] + f"{number:02}"
        code = digits if draw(st.booleans()) else f"{rows[parent][0].split('-')[0]}-{number}"
        rows.append((code, level, draw(st.sampled_from(list(System))), parent))
    return rows


def plant(rows: list[tuple[str, int, str, int | None]]) -> list[Unit]:
    """The rows as units."""
    made: list[Unit] = []
    for code, level, system, parent in rows:
        above = None if parent is None else made[parent]
        path = (above.path if above else "") + code + "/"
        unit = Unit(code=code, name=code, short_name=code, level=LEVELS[level], system=system)
        unit.parent, unit.path, unit.sort_key = above, path, code
        made.append(unit)
    seats = seat_paths(made)
    for unit in made:
        unit.seat_path = seats[unit.code]
    Unit.objects.bulk_create(made)
    return made


def reference(units: list[Unit], me: Unit, role: str) -> set[str]:
    """Decision 8 in plain words, slowly: which units a post of `me` sees."""
    if role in HANDLING:
        return {unit.code for unit in units if chain(unit, me)}
    if role not in SUPERVISING:
        return set()
    seen = set()
    for unit in units:
        party_sees = me.system == "party_committee" and unit.system != "association"
        if unit.system != me.system and not party_sees:
            continue
        same_territory = unit.seat_path == me.seat_path
        one_down = LEVELS.index(Level(unit.level)) == LEVELS.index(Level(me.level)) + 1
        inside = unit.seat_path.startswith(me.seat_path)
        if same_territory or (one_down and inside):
            seen.add(unit.code)
    return seen


def chain(unit: Unit | None, me: Unit) -> bool:
    """Whether `me` is the unit itself or stands above it."""
    while unit is not None:
        if unit.pk == me.pk:
            return True
        unit = unit.parent
    return False


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=trees(), data=st.data())
def test_sight_is_that_of_the_reference_in_random_trees(db: None, rows: Any, data: Any) -> None:
    """Decision 8: the queryset, and the marks by which pages, API, search and export narrow rows,
    give what the reference gives."""
    chosen = data.draw(st.integers(0, len(rows) - 1))
    role = data.draw(st.sampled_from([*SUPERVISING, *HANDLING, "auditor", "document_clerk"]))
    with transaction.atomic():
        units = plant(rows)
        me = units[chosen]
        actor = Actor(kind="person", role=role, unit_id=me.pk, place=place(me))
        found = set(units_in_sight(actor).values_list("code", flat=True))
        transaction.set_rollback(True)
    expected = reference(units, me, role)
    assert found == expected
    own = set(marks_of(actor))
    by_marks = {unit.code for unit in units if own & set(viewers_of(place(unit)))}
    assert by_marks == (expected if role in SUPERVISING else set())


def test_a_delegation_holds_for_its_span_and_says_so() -> None:
    """Delegation with a period: same post, a last day, a banner, ends with the post it is from."""
    plant_tree()
    no_factors()
    chief, clerk = holder("chen", Role.SECRETARY_GENERAL), holder("lv", Role.DOCUMENT_CLERK)
    unit = Unit.objects.get(short_name="市委办公室")
    held = Appointment.objects.get(pk=chief.appointment_id)
    given_to = {"person": user_of(clerk), "title": "代秘书长", "starts_on": date(2026, 3, 6)}
    span = given_to | {"actor": SYSTEM, "at": NOW, "delegated_from": held}
    right = {"unit": unit, "role": Role.SECRETARY_GENERAL, "ends_on": date(2026, 3, 20)}
    wrong = (
        right | {"ends_on": None},
        right | {"role": Role.LEADER},
        right | {"unit": Unit.objects.get(short_name="市财政局")},
        right | {"person": user_of(chief)},
    )
    for words in wrong:
        with pytest.raises(Invalid):
            appoint(**(span | words))
    made = appoint(**(span | right))
    with pytest.raises(Invalid):
        appoint(**(span | right | {"person": user_of(chief), "delegated_from": made}))
    posts = [len(appointments_of(user_of(clerk).pk, date(2026, 3, day))) for day in (5, 6, 20, 21)]
    assert posts == [1, 2, 2, 1]
    end_appointment(appointment=held, ends_on=date(2026, 3, 10), actor=SYSTEM, at=NOW)
    posts = [len(appointments_of(user_of(clerk).pk, date(2026, 3, day))) for day in (10, 11)]
    assert posts == [2, 1]


def test_the_acting_person_switches_posts_and_sees_the_banner() -> None:
    """Several posts, switchable: the own one first; acting for somebody stands on every page."""
    plant_tree()
    no_factors()
    holder("chen", Role.SECRETARY_GENERAL)
    clerk = holder("lv", Role.DOCUMENT_CLERK)
    held = Appointment.objects.get(person__username="chen")
    made = appoint(
        person=user_of(clerk),
        unit=held.post.unit,
        role=Role.SECRETARY_GENERAL,
        title="代秘书长",
        starts_on=date(2026, 1, 1),
        ends_on=date(2090, 1, 1),
        delegated_from=held,
        actor=SYSTEM,
        at=NOW,
    )
    client: Client = password_step("lv")
    user = user_of(clerk)
    user.password_changed_at = None
    user.save(update_fields=("password_changed_at",))
    assert "代某人履职" not in client.get("/ledger/").content.decode()
    client.post("/posts/chosen/", {"appointment": str(made.pk)})
    assert "正在代某人履职" in client.get("/ledger/").content.decode()


def test_an_override_decides_before_the_tree_and_can_be_taken_back() -> None:
    """Decision 9, S2-89/90: relations overridable, with a basis, by the system administrator."""
    plant_tree()
    system, officer = holder("jin", Role.SYSTEM_ADMIN), holder("li", Role.SUPERVISION_OFFICER)
    upper, lower = (Unit.objects.get(short_name=name) for name in ("市委办公室", "市财政局"))
    assert relation(upper, lower) == Relation.COMMANDS
    words = {"upper": upper, "lower": lower, "relation": "guides", "basis": "清委〔2026〕3号"}
    with pytest.raises(Forbidden):
        relate(**words, actor=officer, at=NOW)
    for bad in ({"basis": " "}, {"lower": upper}, {"relation": "x"}, {"basis": "x" * 201}):
        with pytest.raises(Invalid):
            relate(**(words | bad), actor=system, at=NOW)
    row = relate(**words, actor=system, at=NOW)
    assert relation(upper, lower) == Relation.GUIDES
    unrelate(override=row, actor=system, at=NOW)
    assert relation(upper, lower) == Relation.COMMANDS
