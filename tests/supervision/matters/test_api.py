"""The API: the same verbs beside the pages, by token of a unit."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.models import Appointment, IdempotencyKey
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.domain.vague import settle_vague
from tests.story import SYSTEM, World, make_world

pytestmark = pytest.mark.django_db
BODY = {
    "title": "排查城区易涝点",
    "regime": "instruction",
    "content": "排查并整改",
    "method": "牵头单位负责",
    "purpose": "安全度汛",
    "end_on": "2027-06-30",
}


@pytest.fixture
def world() -> World:
    return make_world()


def token(actor: Actor, *scopes: str) -> str:
    """A token for an actor's post."""
    held = Appointment.objects.get(pk=actor.appointment_id)
    now = timezone.now()
    _row, secret = issue_token(
        appointment=held,
        name="接口",
        scopes=scopes or SCOPES,
        expires_at=now + timedelta(days=30),
        actor=SYSTEM,
        at=now,
    )
    return secret


class Api:
    """A caller with a token."""

    def __init__(self, secret: str) -> None:
        self.client = Client()
        self.secret = secret

    def call(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """Call one route."""
        headers = {"Authorization": f"Bearer {self.secret}", "Accept-Language": "en"}
        if method == "POST":
            headers["Idempotency-Key"] = key or uuid.uuid4().hex
        content = json.dumps(body if body is not None else {})
        extra: Any = {} if method == "GET" else {"data": content}
        return self.client.generic(
            method, f"/api/v1{path}", content_type="application/json", headers=headers, **extra
        )


def test_matter_from_draft_to_report_by_token(world: World) -> None:
    """S3-61, decision 5: drafting, assigning, reporting by token; registering by a person."""
    office, bureau = Api(token(world.officer)), Api(token(world.liaison))
    made = office.call("POST", "/matters", BODY)
    assert made.status_code == 201, made.content
    matter = Matter.objects.get(pk=made.json()["id"])
    assert (matter.title, matter.created_by_id) == (BODY["title"], world.officer.person_id)
    refused = office.call("POST", f"/matters/{matter.pk}/registration")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "luoshi:person-needed"
    approve_to_register(matter=matter, actor=world.officer, at=timezone.now())
    shares = {"shares": [{"unit": world.bureau.code, "part": "sole"}]}
    assigned = office.call("POST", f"/matters/{matter.pk}/assignments", shares)
    assert assigned.status_code == 201, assigned.content
    share = assigned.json()["items"][0]
    assert share["unit"] == {"code": world.bureau.code, "name": str(world.bureau)}
    row = Assignment.objects.get(pk=share["id"])
    by_token = bureau.call("POST", f"/assignments/{row.pk}/receipt")
    assert by_token.json()["type"] == "luoshi:person-needed"
    sign_for(assignment=row, actor=world.liaison, at=timezone.now())
    duty = bureau.call("GET", "/duties").json()["items"][0]
    assert duty["trace"]["steps"]
    empty = bureau.call("POST", f"/assignments/{row.pk}/reports", {"duties": [duty["id"]]})
    assert empty.status_code == 422
    report = {
        "duties": [duty["id"]],
        "progress": "完成排查",
        "state_change": "排查完成",
        "problems": "资金",
        "next_steps": "整改",
        "figures": [{"name": "易涝点", "value": "12", "measure": "处"}],
    }
    sent = bureau.call("POST", f"/assignments/{row.pk}/reports", report)
    assert sent.status_code == 201, sent.content
    review = office.call("POST", f"/reports/{sent.json()['id']}/review", {"reason": "好"})
    assert review.json()["type"] == "luoshi:person-needed"
    assert office.call("GET", "/reports?waiting=true").json()["items"][0]["id"] == sent.json()["id"]


def test_the_trail_names_the_token_and_its_person(world: World) -> None:
    """Security row 11: the entry of an act by token carries the token and the person."""
    made = Api(token(world.officer)).call("POST", "/matters", BODY)
    entry = Entry.objects.get(action="matters.drafted", object_id=made.json()["id"])
    body = json.loads(entry.body)
    assert body["via"] == "api"
    assert body["token"]
    assert entry.actor_id == world.officer.person_id


def test_same_key_gives_the_first_answer_and_another_body_is_refused(world: World) -> None:
    """Security 5.8: Idempotency-Key, kept seven days; the same key with another body → 409."""
    office, key = Api(token(world.officer)), "report-2026-0001"
    first, again = (office.call("POST", "/matters", BODY, key) for _ in range(2))
    assert first.json() == again.json()
    assert Matter.objects.count() == 1
    other = office.call("POST", "/matters", BODY | {"title": "另一件事"}, key)
    assert (other.status_code, other.json()["type"]) == (409, "luoshi:key-reused")
    failed = office.call("POST", "/matters", BODY | {"title": ""}, "failed-key-1")
    assert failed.status_code == 422
    assert office.call("POST", "/matters", BODY, "failed-key-1").status_code == 201
    IdempotencyKey.objects.update(made_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert office.call("POST", "/matters", BODY | {"title": "七天后"}, key).status_code == 201


def test_a_token_sees_what_its_unit_sees_and_does_what_its_scopes_say(world: World) -> None:
    """Decision 8, security row 9: scopes by name; outside sight is not found; revoked is 401."""
    office = Api(token(world.officer))
    made = office.call("POST", "/matters", BODY).json()["id"]
    bureau = Api(token(world.liaison, "matters:read"))
    assert bureau.call("GET", f"/matters/{made}").status_code == 404
    assert bureau.call("GET", "/matters").json() == {"items": [], "next": None}
    missing = bureau.call("GET", "/reports")
    assert (missing.status_code, missing.json()["type"]) == (403, "luoshi:scope-missing")
    assert Entry.objects.filter(action="audit.denied").exists()
    assert Api("luoshi_unknown").call("GET", "/matters").status_code == 401
    assert Client().get("/api/v1/matters").status_code == 401
    held = Appointment.objects.get(pk=world.officer.appointment_id)
    held.ends_on = timezone.localdate() - timedelta(days=1)
    held.save()
    assert office.call("GET", "/matters").status_code == 401


def test_too_many_requests_are_told_to_wait(world: World, settings: Any) -> None:
    """Security row 26: 429 with the seconds to wait."""
    object.__setattr__(settings.CONFIG, "api_per_minute", 3)
    try:
        office = Api(token(world.officer))
        answers = [office.call("GET", "/matters") for _ in range(8)]
    finally:
        object.__setattr__(settings.CONFIG, "api_per_minute", 600)
    last = answers[-1]
    assert {a.status_code for a in answers} == {200, 429}
    assert 0 < int(last["Retry-After"]) <= 60


def test_pages_by_cursor_reach_every_row_once(world: World) -> None:
    """Keyset pages: no row twice, none left out, a damaged cursor is refused."""
    office = Api(token(world.officer))
    made = {
        office.call("POST", "/matters", BODY | {"title": f"事项{i}"}).json()["id"] for i in range(7)
    }
    seen, cursor = [], ""
    while True:
        answer = office.call("GET", f"/matters?limit=3&cursor={cursor}").json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
        if not cursor:
            break
    assert sorted(seen) == sorted(made)
    assert office.call("GET", "/matters?cursor=WyJuIiwieCIsInkiXQ").status_code == 422


def test_the_description_is_openapi_3_1_and_open(world: World) -> None:
    """The description needs no token and declares refusals as problems."""
    answer = Client().get("/api/v1/openapi.json").json()
    assert answer["openapi"].startswith("3.1")
    refusal = answer["paths"]["/api/v1/matters"]["get"]["responses"]["403"]
    assert list(refusal["content"]) == ["application/problem+json"]


def test_ladder_and_words_are_read_as_in_force(world: World) -> None:
    """rules.md 2.11, A9: what the office set is read by token; setting it is for a person."""
    settle_vague(
        office_id=world.office.pk, typed={"asap": "4"}, actor=world.chief, at=timezone.now()
    )
    office, unit = Api(token(world.officer)), Api(token(world.liaison))
    levels = office.call("GET", "/ladder").json()["items"]
    assert [(one["level"], one["workdays"]) for one in levels] == [
        ("L0", -3),
        ("L1", 1),
        ("L2", 3),
        ("L3", 5),
        ("L4", 10),
    ]
    assert unit.call("GET", "/ladder").status_code == 403
    assert Api(token(world.chief)).call("POST", "/ladder", {"reason": "调整"}).status_code == 403
    words = {one["cue"]: one for one in office.call("GET", "/rules/words").json()["items"]}
    assert (words["asap"]["workdays"], words["asap"]["own"]) == (4, True)
    assert (words["timely"]["workdays"], words["timely"]["own"]) == (5, False)
    assert words["irregular"]["workdays"] is None


def test_limit_is_not_set_by_token(world: World) -> None:
    """TR-03: the next date is a person's decision; the route says so."""
    api = Api(token(world.officer))
    matter = api.call("POST", "/matters", BODY).json()
    made = approve_to_register(
        matter=Matter.objects.get(pk=matter["id"]), actor=world.officer, at=timezone.now()
    )
    shares = {"shares": [{"unit": world.bureau.code, "part": "sole"}]}
    api.call("POST", f"/matters/{made.pk}/assignments", shares)
    duty = Assignment.objects.get(matter=made).duties.get(rule_code="TR-08")
    answer = api.call("POST", f"/duties/{duty.pk}/limit", {"on": "2099-01-01", "reason": "调研"})
    assert (answer.status_code, answer.json()["type"]) == (403, "luoshi:person-needed")
