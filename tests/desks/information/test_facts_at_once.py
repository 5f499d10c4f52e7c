"""Two people at the facts of one event at once: nothing anybody wrote is put back unseen (row 92,
ui.md 6)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import correct, take_in
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment
from tests.desks.information.ground import MINUTE, NIGHT, Night, book, first, flood, make_night
from tests.desks.information.test_pages import FOUR, client_of
from tests.story import actor

pytestmark = pytest.mark.django_db
NOW = NIGHT + 30 * MINUTE
KNOWN = FOUR | {"kind": "urgent", "grade": "large", "nature": "natural"}


@pytest.fixture
def night() -> Night:
    return make_night()


def second_officer(night: Night) -> Actor:
    """Whoever else is awake in the county."""
    return actor("lu", "陆明", night.county_unit, Role.DUTY_OFFICER)


def test_the_later_form_does_not_put_the_others_facts_back(night: Night) -> None:
    """Row 56, 92: both opened the facts; one writes the casualties, the other, later, the measures.
    The later one is refused with what is saved beside the own words, and goes on from there."""
    with time_machine.travel(NOW, tick=False):
        one, other = client_of(night.county), client_of(second_officer(night))
        event = take_in(flood(measures=""), actor=night.county, at=NOW)
        place = f"/urgent/{event.pk}/facts/"
        for browser in (one, other):
            assert browser.get(place).context["values"]["revision"] == 1
            assert 'name="revision" value="1"' in browser.get(place).content.decode()
        first_form = KNOWN | {"casualties": "重伤2人", "revision": "1"}
        assert one.post(place, first_form).status_code == 302
        later = KNOWN | {"measures": "已转移群众300人", "revision": "1"}
        answer = other.post(place, later)
        assert answer.status_code == 422
        event.refresh_from_db()
        assert (event.casualties, event.measures) == ("重伤2人", "")
        assert answer.context["values"]["measures"] == "已转移群众300人"
        page = answer.content.decode()
        assert "重伤2人" in page
        assert 'name="revision" value="2"' in page
        rows = {row["name"]: (row["saved"], row["typed"]) for row in answer.context["apart"]}
        assert rows["casualties"] == ("重伤2人", "")
        assert rows["measures"] == ("", "已转移群众300人")
        assert "place" not in rows  # what both say alike is not set against each other
        both = later | {"casualties": "重伤2人", "revision": "2"}
        assert other.post(place, both).status_code == 302
        event.refresh_from_db()
        assert (event.casualties, event.measures) == ("重伤2人", "已转移群众300人")
        assert event.revision == 3


def test_another_mistake_does_not_make_an_old_page_a_new_one(night: Night) -> None:
    """Row 92: a refused old form stays at its revision until it is shown what is saved; a form
    without a revision is an old one."""
    with time_machine.travel(NOW, tick=False):
        county = client_of(night.county)
        event = take_in(flood(), actor=night.county, at=NOW)
        place = f"/urgent/{event.pk}/facts/"
        assert county.post(place, KNOWN | {"losses": "房屋2间", "revision": "1"}).status_code == 302
        wrong = county.post(place, KNOWN | {"title": "", "revision": "1"})
        assert (wrong.status_code, str(wrong.context["values"]["revision"])) == (422, "1")
        for revision in ("", "x", "1", "9" * 30):
            old = county.post(place, KNOWN | {"revision": revision, "trend": "水位上涨"})
            assert (old.status_code, "水位上涨" in old.content.decode()) == (422, True)
        event.refresh_from_db()
        assert (event.losses, event.trend) == ("房屋2间", "")


def test_what_came_from_below_meanwhile_is_not_put_back(night: Night) -> None:
    """Row 56: a follow-up of the county changes facts of the city's book while the city's form is
    open; one that changes none does not make the form an old one."""
    event = take_in(flood(), actor=night.county, at=NIGHT + 24 * MINUTE)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 25 * MINUTE)
    opened = book(night.city_unit)
    event.refresh_from_db()
    worse = flood(casualties="5人死亡")
    severe = flood(casualties="5人死亡", trend="水位上涨")
    correct(event, worse, revision=1, actor=night.county, at=NIGHT + 26 * MINUTE)
    given: dict[str, Any] = {"actor": night.city, "at": NIGHT + 50 * MINUTE}
    for number, text in enumerate(("新增死亡5人，正在核实。", "抢险人员已到现场开展处置。")):
        event.refresh_from_db()
        writing = first(step="update", text=text)
        report(event=event, writing=writing, actor=night.county, at=NIGHT + (27 + number) * MINUTE)
    with pytest.raises(Invalid) as refused:
        correct(opened, flood(trend="水位上涨"), revision=opened.revision, **given)
    assert refused.value.code == "edited-meanwhile"
    now = book(night.city_unit)
    assert (now.casualties, now.revision) == ("5人死亡", opened.revision + 1)
    same = correct(now, worse, revision=now.revision, **given)
    assert same.revision == now.revision  # nothing changed: nobody's page grew old
    found = correct(now, severe, revision=now.revision, **given)
    assert found.revision == now.revision + 1


def test_the_api_corrects_the_revision_it_read(night: Night) -> None:
    """Row 56, 92: the same verb and the same refusal by token; what is saved is read again."""
    security = actor("wei", "魏强", night.county_unit, Role.SECURITY_ADMIN)
    held = Appointment.objects.get(pk=night.county.appointment_id)
    made, secret = issue_token(
        appointment=held,
        name="接口",
        scopes=list(SCOPES),
        expires_at=NOW + timedelta(days=3),
        actor=security,
        at=NOW,
    )
    assert made.pk
    with time_machine.travel(NOW, tick=False):
        client, headers = Client(), {"Authorization": f"Bearer {secret}"}
        event = take_in(flood(), actor=night.county, at=NOW)
        place = f"/api/v1/urgent-events/{event.pk}"
        seen = client.get(place, headers=headers).json()
        facts = ("title", "place", "source", "kind", "grade", "nature", "casualties", "losses")
        facts += ("trend", "measures", "leaders", "contact", "daily", "happened_at", "aware_at")
        body = {name: seen[name] for name in facts} | {"revision": seen["revision"]}
        keys = headers | {"Idempotency-Key": uuid4().hex}
        given: dict[str, Any] = {"content_type": "application/json", "headers": keys}
        done = client.put(f"{place}/facts", body | {"casualties": "重伤2人"}, **given)
        assert done.status_code == 200, done.content
        assert (done.json()["casualties"], done.json()["revision"]) == ("重伤2人", 2)
        again = client.put(f"{place}/facts", body | {"losses": "房屋2间"}, **given)
        assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (
            422,
            "edited-meanwhile",
        )
        event.refresh_from_db()
        assert (event.casualties, event.losses) == ("重伤2人", "")
        assert Entry.objects.filter(action="information.corrected").count() == 1
