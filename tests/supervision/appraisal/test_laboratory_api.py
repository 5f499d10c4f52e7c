"""The scoring laboratory by token: rules, other weights on the same facts, what needs a person."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luoshi.supervision.appraisal.models import Publication, RecordedFact, ScoringVersion
from tests.security.world import Office

pytestmark = pytest.mark.django_db


def ask(office: Office, method: str, path: str, body: Any = None, kind: str = "officer") -> Any:
    """One call; the answer with its status."""
    headers = {"Authorization": f"Bearer {office.tokens[kind]}", "Idempotency-Key": str(uuid4())}
    found = Client().generic(
        method,
        f"/api/v1/{path}",
        data=json.dumps(body or {}),
        content_type="application/json",
        headers=headers,
    )
    return found.status_code, found.json()


def weights(period: str, **more: Any) -> dict[str, Any]:
    given = {"period": period, "base": "100", "weights": [{"kind": "late", "points": "-30"}]}
    return given | more


def test_other_weights_say_who_moves_and_save_nothing(office: Office) -> None:
    """B22, features row 29: the office's own weights against others on the published rows; nothing
    is written, and the same weights move nobody."""
    period = Publication.objects.get(pk=office.ids["publication"]).period
    before = ScoringVersion.objects.count()
    status, found = ask(office, "POST", "rankings/simulation", weights(period))
    assert (status, found["frozen"]) == (200, True)
    assert all(row["score_before"] and row["rank_after"] for row in found["items"])
    _status, own = ask(office, "GET", "scoring-rules")
    same = [
        {key: one[key] for key in ("kind", "points", "cap") if one[key] is not None}
        for one in own["items"][0]["weights"]
    ]
    again = weights(period, base=own["items"][0]["base"], weights=same)
    status, found = ask(office, "POST", "rankings/simulation", again)
    assert (status, found["moved"]) == (200, 0)
    assert not any(row["why"] for row in found["items"])
    assert ScoringVersion.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "2026-Q9"},
        {"weights": [{"kind": "nonsense", "points": "1"}]},
        {"weights": [{"kind": "late", "points": "9999"}]},
        {"base": "0"},
    ],
)
def test_weights_that_are_none_are_refused(office: Office, wrong: dict[str, Any]) -> None:
    """B22: a period, a kind or a number that does not exist is refused by name."""
    status, found = ask(office, "POST", "rankings/simulation", weights("2026-Q1") | wrong)
    assert (status, bool(found["errors"])) == (422, True)


def test_publishing_recording_and_writing_rules_need_a_person(office: Office) -> None:
    """R-SUP-8: a token reads the rules and the facts; what decides over a unit is a person's."""
    facts, versions = RecordedFact.objects.count(), ScoringVersion.objects.count()
    rules = weights("2026-Q1", title="细则", basis="办法")
    fact = {"kind": "commended", "unit": office.world.bureau.code, "happened_on": "2026-01-05"}
    fact |= {"reason": "批示", "reference": "通报"}
    for path, body, code in (
        ("scoring-rules", rules, "luoshi:person-needed"),
        ("appraisal-facts", fact, "luoshi:person-needed"),
        ("rankings", {"period": "2026-Q1", "version": 1}, "luoshi:publisher"),
    ):
        status, found = ask(office, "POST", path, body)
        assert (status, found["type"]) == (403, code), path
    assert (RecordedFact.objects.count(), ScoringVersion.objects.count()) == (facts, versions)
    path = f"rankings/{office.ids['publication']}/objection"
    status, found = ask(office, "POST", path, {"reason": "有误"}, kind="liaison")
    assert (status, found["type"]) == (403, "luoshi:person-needed")
