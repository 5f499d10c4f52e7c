"""The figures of urgent information are those of units, whatever units are called (R-INF-3, row 56,
decision 10)."""

import pytest
import time_machine

from luoshi.desks.information.domain.queries.figures import by_unit
from luoshi.desks.information.domain.urgent.taking_in import Call, take_in
from luoshi.desks.information.models import Event
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.ground import MINUTE, NIGHT, Night, flood, make_night
from tests.desks.information.test_pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Night:
    return make_night()


def heard(night: Night, unit: Unit, minutes: int, number: int = 0) -> Event:
    """The city takes in what a unit told by telephone so many minutes after it happened."""
    at = NIGHT + minutes * MINUTE
    facts = flood(title=f"事件{number}", aware_at=None)
    return take_in(facts, call=Call(unit, "值班员", at), actor=night.city, at=at)


def test_a_renamed_unit_is_one_line_under_its_name_of_today(night: Night) -> None:
    """Row 56: events told under the old name and the new one are the same unit's; the number opens
    them all."""
    county = Unit.objects.get(code="010101")
    heard(night, county, 10, 1)
    county.short_name = county.name = "安澜市"
    county.save()
    heard(night, county, 30, 2)
    (line,) = by_unit(night.city, 2026)
    assert (line["first_code"], line["name"], line["events"]) == ("010101", "安澜市", 2)
    assert (line["median"], line["of"]) == (30, "")
    with time_machine.travel(NIGHT + 60 * MINUTE, tick=False):
        rows = client_of(night.city).get("/urgent/?year=2026&unit=010101").context["page"].rows
    assert len(rows) == line["events"]


def test_two_units_of_one_name_are_two_lines_that_can_be_told_apart(night: Night) -> None:
    """Row 56: each has its own events and its own median; what is above them is said."""
    one, other = Unit.objects.filter(level="county", parent__isnull=False).order_by("code")[:2]
    twins = []
    for number, (parent, minutes) in enumerate(((one, 10), (other, 50))):
        twin = Unit.objects.create(
            code=f"T{number}",
            name="河口镇",
            short_name="河口镇",
            level="township",
            system=parent.system,
            parent=parent,
            path=f"{parent.path}T{number}/",
            seat_path=f"{parent.path}T{number}/",
            sort_key=f"{parent.sort_key}9",
        )
        twins.append(twin)
        heard(night, twin, minutes, number)
    lines = {line["first_code"]: line for line in by_unit(night.city, 2026)}
    assert {code: line["median"] for code, line in lines.items()} == {"T0": 10, "T1": 50}
    assert [lines[twin.code]["of"] for twin in twins] == [str(one), str(other)]
    with time_machine.travel(NIGHT + 60 * MINUTE, tick=False):
        page = client_of(night.city).get("/urgent/figures/?year=2026").content.decode()
    assert page.count("河口镇") == 2
    assert str(one) in page
    assert str(other) in page


def test_a_unit_of_another_tree_keeps_the_name_it_was_called_last(night: Night) -> None:
    """Row 56: a level elsewhere is named by what it said; its code is the line."""
    for number, name in enumerate(("石门公社", "石门镇")):
        event = heard(night, night.county_unit, 10, number)
        moment = NIGHT + (20 + number) * MINUTE
        values = {"first_code": "FAR", "first_name": name, "noted_at": moment}
        Event.objects.filter(pk=event.pk).update(**values)
    (line,) = by_unit(night.city, 2026)
    assert (line["name"], line["events"]) == ("石门镇", 2)
