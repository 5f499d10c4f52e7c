"""Information by API: the verbs of the pages, by token (features rows 55, 56)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.information.models import Event, Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment
from tests.desks.information.book import DAY, HOUR, Desk, accepted, make_desk, opinion
from tests.story import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def token_of(desk: Desk, who: Actor) -> dict[str, str]:
    """Headers of a token for a post."""
    security = actor(f"s{uuid4().hex[:8]}", "魏强", desk.office, Role.SECURITY_ADMIN)
    held = Appointment.objects.get(pk=who.appointment_id)
    given: dict[str, Any] = {"name": "接口", "scopes": list(SCOPES), "actor": security, "at": DAY}
    made, secret = issue_token(appointment=held, expires_at=DAY + timedelta(days=30), **given)
    assert made.pk
    return {"Authorization": f"Bearer {secret}"}


def test_an_item_is_submitted_listed_and_read(desk: Desk) -> None:
    """Row 55: the same refusals as the page, once by its key, in the token's sight alone."""
    with time_machine.travel(DAY + HOUR, tick=False):
        client, headers = Client(), token_of(desk, desk.world.liaison)
        accepted(desk, desk.outside, words=opinion(title="旁人的"))
        words = opinion()
        body: dict[str, Any] = {"kind": "opinion", "title": words.title, "text": words.text}
        post: dict[str, Any] = {"content_type": "application/json"}
        post["headers"] = headers | {"Idempotency-Key": uuid4().hex}
        path = "/api/v1/information-items"
        refused = client.post(path, body, **post)
        assert refused.status_code == 422
        assert set(refused.json()["errors"]) == {"analysis", "suggestion"}
        post["headers"] = headers | {"Idempotency-Key": uuid4().hex}
        body |= {"analysis": words.analysis, "suggestion": words.suggestion}
        unknown = client.post(path, body | {"about": ["没有"]}, **post)
        assert unknown.status_code == 422
        post["headers"] = headers | {"Idempotency-Key": uuid4().hex}
        body["about"] = [desk.world.bureau.code]
        made = client.post(path, body, **post)
        assert made.status_code == 201
        assert client.post(path, body, **post).json() == made.json()
        assert Item.objects.filter(unit=desk.world.bureau).count() == 1
        listed = client.get(path, headers=headers).json()["items"]
        assert [one["id"] for one in listed] == [made.json()["id"]]
        one = client.get(f"{path}/{made.json()['id']}", headers=headers).json()
        assert (one["suggestion"], one["about"]) == (words.suggestion, [desk.world.bureau.code])
        other = Item.objects.get(title="旁人的")
        assert client.get(f"{path}/{other.pk}", headers=headers).status_code == 404


def test_an_event_is_taken_in_and_read(desk: Desk) -> None:
    """Row 56: the clock runs from the event, the light is that of the page."""
    with time_machine.travel(DAY + HOUR, tick=False):
        client, headers = Client(), token_of(desk, desk.world.chief)
        body = {"title": "仓库起火", "place": "工业园区", "source": "电话", "grade": "ordinary"}
        body["happened_at"] = DAY.isoformat()
        post: dict[str, Any] = {"content_type": "application/json"}
        post["headers"] = headers | {"Idempotency-Key": uuid4().hex}
        made = client.post("/api/v1/urgent-events", body, **post)
        assert made.status_code == 201
        event = Event.objects.get()
        assert made.json()["number"] == event.number
        assert made.json()["light"] == event.light(DAY + HOUR).value
        listed = client.get("/api/v1/urgent-events", headers=headers).json()["items"]
        assert [one["id"] for one in listed] == [str(event.pk)]
        one = client.get(f"/api/v1/urgent-events/{event.pk}", headers=headers).json()
        assert (one["place"], one["reports"]) == ("工业园区", [])
        post["headers"] = headers | {"Idempotency-Key": uuid4().hex}
        later = body | {"happened_at": (DAY + 2 * HOUR).isoformat()}
        assert client.post("/api/v1/urgent-events", later, **post).status_code == 422


def test_a_telephone_report_is_taken_in(desk: Desk) -> None:
    """Row 56, R-INF-1: who called, when and from where; the way begins with the call, and the unit
    that called knew first. A call of nobody, from nowhere or after now is refused by its field."""
    with time_machine.travel(DAY + HOUR, tick=False):
        client, headers = Client(), token_of(desk, desk.world.chief)
        body = {"title": "仓库起火", "place": "工业园区", "source": "县值班室电话"}
        body["happened_at"] = DAY.isoformat()
        called = DAY + HOUR / 2
        call = {"called_from": "010101", "called_by": "夏雨", "called_at": called.isoformat()}

        def send(**change: str) -> Any:
            keys = headers | {"Idempotency-Key": uuid4().hex}
            given: dict[str, Any] = {"content_type": "application/json", "headers": keys}
            return client.post("/api/v1/urgent-events", body | call | change, **given)

        for change, field in (
            ({"called_from": ""}, "called_from"),
            ({"called_from": "999"}, "called_from"),
            ({"called_from": desk.office.code}, "called_from"),
            ({"called_by": " "}, "called_by"),
            ({"called_by": "夏" * 61}, "called_by"),
            ({"called_at": (DAY + 2 * HOUR).isoformat()}, "called_at"),
            ({"called_at": (DAY - HOUR).isoformat()}, "called_at"),
        ):
            refused = send(**change)
            fields = {name.split(".")[-1] for name in refused.json()["errors"]}
            assert (refused.status_code, fields) == (422, {field}), change
        assert not Event.objects.exists()
        made = send()
        assert made.status_code == 201, made.content
        event = Event.objects.get()
        assert (event.first_name, event.aware_at) == ("安澜县", called)
        (told,) = made.json()["tellings"]
        assert (told["way"], told["sender"], told["receiver"]) == (
            "phone",
            "安澜县",
            str(desk.office),
        )
        assert (told["by"], told["answered_by"]) == ("夏雨", desk.world.chief.person_name)
        assert datetime.fromisoformat(told["at"]) == called
        read = client.get(f"/api/v1/urgent-events/{event.pk}", headers=headers).json()
        assert read["tellings"] == [told]
