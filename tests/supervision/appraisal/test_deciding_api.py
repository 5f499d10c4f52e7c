"""Objections to scores, facts taken back, unused versions, the plan of inspections by token: read
with the ids the acts need; every decision is a person's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.appraisal.models import Objection, RecordedFact, ScoringVersion, SetAside
from luoshi.supervision.chasing.models import NudgeException
from luoshi.supervision.inspections.domain.receiving import receive
from luoshi.supervision.inspections.domain.reviewing import ask_review
from luoshi.supervision.inspections.models import ConclusionReview, Inspection, InspectionObject
from tests.security.world import Office
from tests.story import SYSTEM
from tests.supervision.appraisal.test_laboratory_api import ask, weights

pytestmark = pytest.mark.django_db
PERSON = (403, "luoshi:person-needed")


def test_objections_to_a_ranking_are_read_and_answered_in_person(office: Office) -> None:
    """R-SUP-8: the office reads every objection, a unit its own; a token answers none."""
    path = f"rankings/{office.ids['publication']}/objections"
    for kind in ("officer", "liaison"):
        _status, found = ask(office, "GET", path, kind=kind)
        shown = [(one["id"], one["text"], one["upheld"]) for one in found["items"]]
        assert shown == [(str(office.ids["objection"]), "有误", None)]
    assert ask(office, "GET", path, kind="foreign")[0] == 404
    answer = f"ranking-objections/{office.ids['objection']}/answer"
    for upheld in (True, False):
        status, found = ask(office, "POST", answer, {"upheld": upheld, "reason": "核实"})
        assert (status, found["type"]) == PERSON
    assert Objection.objects.get(pk=office.ids["objection"]).answered_at is None


def test_facts_and_rules_are_changed_in_person(office: Office) -> None:
    """R-SUP-8, features row 29: withdrawing a fact, setting one aside, changing a version."""
    aside = {"kind": "late", "row_id": str(office.ids["fact"]), "unit": office.world.bureau.code}
    aside["reason"] = "不可抗力"
    rules = weights("2026-Q1", title="细则", basis="办法")
    fact = f"appraisal-facts/{office.ids['fact']}/withdrawal"
    for method, path, body in (
        ("POST", fact, {"reason": "误记"}),
        ("POST", "appraisal-facts/set-aside", aside),
        ("PUT", "scoring-rules/1", rules),
    ):
        status, found = ask(office, method, path, body)
        assert (status, found["type"]) == PERSON, path
    assert ask(office, "PUT", "scoring-rules/99", rules)[0] == 404
    assert RecordedFact.objects.get(pk=office.ids["fact"]).withdrawn_at is None
    assert SetAside.objects.count() == 0
    assert ScoringVersion.objects.get(number=1).title == "评分细则"


def test_plan_group_exception_and_review_of_an_inspection_need_a_person(office: Office) -> None:
    """Features row 30, R-SUP-7, R-CUT-6: outline, group, exception, plan of the year, review of the
    conclusion; an unknown unit is refused by its code only to who may decide."""
    planned, world = office.ids["planned_inspection"], office.world
    place = InspectionObject.objects.get(inspection=office.ids["inspection"])
    at = datetime.now(UTC)
    place = receive(row=place, actor=world.liaison, at=at)
    ask_review(row=place, reason="事实有出入", actor=world.liaison, at=at)
    outline: dict[str, Any] = {
        "title": "改题",
        "kind": "special",
        "content": "防汛",
        "scope": "堤防",
        "methods": ["visit"],
        "units": [world.bureau.code],
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-02",
        "revision": 0,
    }
    review = {"unit": world.bureau.code, "verdict": "changed", "decision": "属实"}
    group = {"members": [{"name": "王建国", "part": "leader"}]}
    for method, path, body in (
        ("PUT", f"inspections/{planned}", outline),
        ("PUT", f"inspections/{planned}/group", group),
        ("POST", f"inspections/{planned}/exception", {"reason": "汛情"}),
        ("POST", f"inspections/{office.ids['inspection']}/review/decision", review),
    ):
        status, found = ask(office, method, path, body)
        assert (status, found["type"]) == PERSON, path
    year = Inspection.objects.get(pk=planned).plan.year
    status, found = ask(office, "POST", f"inspection-plans/{year}/decision", {"approved": True})
    assert (status, found["type"]) == (403, "luoshi:approval-needed")
    assert ConclusionReview.objects.get().decided_at is None
    assert Inspection.objects.get(pk=planned).title == "安全督查"
    _status, found = ask(office, "GET", f"inspections/{planned}")
    assert found["revision"] == 0


def test_an_exception_of_the_governor_is_decided_in_person(office: Office) -> None:
    """S3-68, B7: granting and refusing stand as addresses of their own; a token does neither, be it
    the officer's or the secretary-general's."""
    path = f"nudges/{office.ids['exceptional_urge']}/exception"
    for act, body in (("grant", {}), ("refusal", {"reason": "可缓"}), ("refusal", {})):
        status, found = ask(office, "POST", f"{path}/{act}", body)
        assert (status, found["type"]) == (403, "luoshi:not-second-person")
    assert NudgeException.objects.get(pk=office.ids["nudge_exception"]).state == "asked"
    status, found = ask(office, "POST", f"matters/{office.ids['matter']}/key-mark/lifting")
    assert (status, found["type"]) == PERSON


def test_tokens_of_the_secretary_general_decide_nothing_either(office: Office) -> None:
    """Decision 5: it is the person that is missing, not the post."""
    at = datetime.now(UTC)
    _row, office.tokens["chief"] = issue_token(
        appointment=Appointment.objects.get(pk=office.world.chief.appointment_id),
        name="接口",
        scopes=SCOPES,
        expires_at=at + timedelta(days=30),
        actor=SYSTEM,
        at=at,
    )
    decision = {"verdict": "refused", "reason": "不必"}
    for method, path, body in (
        ("POST", f"nudges/{office.ids['exceptional_urge']}/exception/grant", {}),
        ("POST", f"rule-proposals/{office.ids['proposal']}/decision", decision),
    ):
        status, found = ask(office, method, path, body, kind="chief")
        assert (status, found["type"]) == PERSON, path
