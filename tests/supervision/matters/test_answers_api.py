"""Stops, objections, requests and settings by token: read with the ids the acts need; what is taken
back by the unit; what needs a person."""

from typing import Any

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.supervision.matters.models import Assignment, ClockStop, Extension, Objection, Report
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.models import RuleProposal
from tests.security.world import Office
from tests.supervision.appraisal.test_laboratory_api import ask

pytestmark = pytest.mark.django_db


def test_stops_and_objections_are_read_with_the_ids_their_answers_need(office: Office) -> None:
    """Features row 20, R-PRO-5: office and unit read both; another city sees neither."""
    stop = ClockStop.objects.get(pk=office.ids["asked_stop"])
    doubt = Objection.objects.get(pk=office.ids["share_objection"])
    for kind in ("officer", "liaison"):
        _status, found = ask(office, "GET", f"matters/{stop.matter_id}/stops", kind=kind)
        shown = [(one["id"], one["state"], one["reason"]) for one in found["items"]]
        assert shown == [(str(stop.pk), "asked", "等待")]
        path = f"matters/{doubt.assignment.matter_id}/objections"
        _status, found = ask(office, "GET", path, kind=kind)
        assert [(one["id"], one["state"]) for one in found["items"]] == [(str(doubt.pk), "pending")]
        assert found["items"][0]["unit"]["code"] == office.world.bureau.code
    assert ask(office, "GET", f"matters/{stop.matter_id}/stops", kind="foreign")[0] == 404


def test_answers_about_stops_and_objections_need_a_person(office: Office) -> None:
    """Features row 20, R-PRO-5, R-SUP-6, R-SUP-4: the routes exist, say why a token may not, and
    nothing is decided."""
    ids = office.ids
    moved = {"upheld": True, "unit": "0101D37", "reason": "应由其办理"}
    granted = {"granted": False, "reason": "时间充裕"}
    for path, body, kind in (
        (f"objections/{ids['share_objection']}/answer", moved, "officer"),
        (f"objections/{ids['share_objection']}/answer", moved | {"upheld": False}, "officer"),
        (f"stops/{ids['asked_stop']}/answer", granted, "officer"),
        (f"stops/{ids['running_stop']}/resumption", {"reason": "条件具备"}, "officer"),
        (f"extensions/{ids['extension']}/decision", granted, "officer"),
        (f"assignments/{ids['unsigned_share']}/stops", {"reason": "等待"}, "liaison"),
    ):
        status, found = ask(office, "POST", path, body, kind=kind)
        assert (status, found["type"]) == (403, "luoshi:person-needed"), path
    assert Objection.objects.get(pk=ids["share_objection"]).state == "pending"
    states = [ClockStop.objects.get(pk=ids[name]).state for name in ("asked_stop", "running_stop")]
    assert states == ["asked", "running"]
    assert Assignment.objects.get(pk=ids["unsigned_share"]).stopped_at is None
    path = f"reports/{ids['waiting_report']}/giving-back"
    status, found = ask(office, "POST", path, {"reason": "补数据"}, kind="liaison")
    assert (status, found["type"]) == (403, "luoshi:not-the-principal")


def test_a_unit_takes_back_what_it_asked_and_what_is_not_signed(office: Office) -> None:
    """R-SUP-4, R-SUP-6: an undecided request and an unsigned report, each once, in the trail; the
    office cannot do it for the unit."""
    asked, waiting = office.ids["extension"], office.ids["waiting_report"]
    assert ask(office, "POST", f"extensions/{asked}/withdrawal")[0] == 403
    status, found = ask(office, "POST", f"extensions/{asked}/withdrawal", kind="liaison")
    assert (status, found["state"]) == (200, "withdrawn")
    status, found = ask(office, "POST", f"extensions/{asked}/withdrawal", kind="liaison")
    assert (status, found["type"]) == (409, "luoshi:already-decided")
    status, found = ask(office, "POST", f"reports/{waiting}/taking-back", kind="liaison")
    assert (status, found["state"]) == (200, "draft")
    assert ask(office, "POST", f"reports/{waiting}/taking-back", kind="liaison")[0] == 409
    assert Extension.objects.get(pk=asked).state == "withdrawn"
    assert Report.objects.get(pk=waiting).state == "draft"
    actions = {"matters.extension_withdrawn", "matters.taken_back"}
    assert actions <= set(Entry.objects.values_list("action", flat=True))


def test_settings_are_read_by_token_and_set_in_person(office: Office) -> None:
    """A9, B8, features row 14: the office's numbers as they are; setting any of them is refused
    with its reason and changes nothing."""
    _status, found = ask(office, "GET", "office-settings")
    settings = settings_of(office.world.office.pk)
    assert found["redo_workdays"] == settings.redo_workdays and found["return_phrases"] == []
    assert ask(office, "GET", "office-settings", kind="liaison")[0] == 403
    bodies: dict[str, Any] = {
        "office-settings": {"redo_workdays": 9},
        "office-settings/chief": {},
        "rules/words": {"words": {"asap": "9"}},
    }
    for path, body in bodies.items():
        status, refused = ask(office, "PUT", path, body)
        assert (status, refused["type"]) == (403, "luoshi:not-secretary-general"), path
    status, refused = ask(office, "PUT", "office-settings/phrases", {"phrases": ["请补充。"]})
    assert (status, refused["type"]) == (403, "luoshi:not-your-office")
    assert ask(office, "PUT", "office-settings", {"secret": 1})[0] == 422
    assert vars(settings_of(office.world.office.pk)).items() >= {
        (name, vars(settings)[name]) for name in ("redo_workdays",)
    }


def test_a_drafted_rule_is_taken_back_by_token_and_decided_in_person(office: Office) -> None:
    """Features row 14: adopting, applying and refusing are the secretary-general's; who drafts may
    take the draft back until then."""
    path = f"rule-proposals/{office.ids['proposal']}"
    for verdict in ("adopted", "applied", "refused"):
        body = {"verdict": verdict, "reason": "统一"}
        status, found = ask(office, "POST", f"{path}/decision", body)
        assert (status, found["type"]) == (403, "luoshi:not-secretary-general")
    status, found = ask(office, "POST", f"{path}/withdrawal")
    assert (status, found["state"]) == (200, "withdrawn")
    assert ask(office, "POST", f"{path}/withdrawal")[0] == 409
    assert RuleProposal.objects.get(pk=office.ids["proposal"]).state == "withdrawn"
