"""A drafted points list and its summaries by token; an inspection and the look-back, to read."""

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.supervision.lists.models import ListPoint, ListSummary, SupervisionPointsList
from tests.security.world import Office
from tests.supervision.appraisal.test_laboratory_api import ask

pytestmark = pytest.mark.django_db


def test_head_and_points_are_changed_with_the_revision_that_was_read(office: Office) -> None:
    """Features row 23, S3-55: head and points of a drafted list; a stale revision and an unknown
    office or unit change nothing; every change stands in the trail."""
    path = f"points-lists/{office.ids['draft_list']}"
    _status, found = ask(office, "GET", path)
    head = {"year": found["year"], "title": "督查要点（修改稿）", "revision": found["revision"]}
    assert ask(office, "PUT", path, head | {"joint_office": "没有这个办"})[0] == 422
    status, found = ask(office, "PUT", path, head)
    assert (status, found["title"]) == (200, "督查要点（修改稿）")
    status, stale = ask(office, "PUT", path, head)
    assert (status, stale["type"]) == (422, "luoshi:edited-meanwhile")
    point = ListPoint.objects.get(pk=office.ids["list_point"])
    unit = office.world.bureau.short_name
    assert ask(office, "PUT", f"list-points/{point.pk}", {"text": "甲", "lead": "无此局"})[0] == 422
    status, found = ask(
        office, "PUT", f"list-points/{point.pk}", {"text": "压实防汛责任", "lead": unit}
    )
    texts = [(one["text"], one["lead_unit"]["name"]) for one in found["points"][:1]]
    assert texts == [("压实防汛责任", unit)]
    count = len(found["points"])
    status, found = ask(office, "DELETE", f"list-points/{point.pk}")
    assert (status, len(found["points"])) == (200, count - 1)
    assert ask(office, "DELETE", f"list-points/{point.pk}")[0] == 404
    actions = ("lists.changed", "lists.point_changed", "lists.point_removed")
    assert set(actions) <= set(Entry.objects.values_list("action", flat=True))
    assert SupervisionPointsList.objects.get(pk=office.ids["draft_list"]).revision > 0


def test_next_years_list_is_copied_with_every_dropped_point_explained(office: Office) -> None:
    """S2-95, S2-93, features row 23: kept, changed, dropped and new points; a dropped one without
    its reason, or a year that does not follow, makes nothing."""
    path = f"points-lists/{office.ids['list']}"
    _status, last = ask(office, "GET", path)
    first = last["points"][0]["id"]
    body = {"year": 2050, "title": "2050年督查要点", "added": ["新的要点"]}
    silent = body | {"points": [{"point_id": first, "dropped": True}]}
    assert ask(office, "POST", f"{path}/copy", silent)[0] == 422
    assert ask(office, "POST", f"{path}/copy", body | {"year": last["year"]})[0] == 422
    told = body | {"points": [{"point_id": first, "dropped": True, "reason": "已完成"}]}
    status, made = ask(office, "POST", f"{path}/copy", told)
    assert (status, made["state"]) == (201, "drafted")
    texts = [one["text"] for one in made["points"]]
    assert texts == [one["text"] for one in last["points"][1:]] + ["新的要点"]


def test_summary_is_written_by_token_and_signed_by_a_person(office: Office) -> None:
    """TR-05, R-SUP-6: the summary with its limit explained; a token saves the draft with the
    revision that was read, the secretary-general signs in person."""
    _status, found = ask(office, "GET", f"points-lists/{office.ids['list']}/summaries")
    row = next(one for one in found["items"] if one["id"] == str(office.ids["summary"]))
    assert row["rule"] == "TR-05" and row["trace"]["due"] and row["state"] == "open"
    body = {"text": "上半年进展", "problems": "资金", "next_steps": "督办", "revision": 0}
    status, saved = ask(office, "PUT", f"list-summaries/{row['id']}", body)
    assert (status, saved["text"], saved["revision"]) == (200, "上半年进展", 1)
    status, stale = ask(office, "PUT", f"list-summaries/{row['id']}", body)
    assert (status, stale["type"]) == (422, "luoshi:edited-meanwhile")
    status, refused = ask(office, "POST", f"list-summaries/{row['id']}/sending", body)
    assert (status, refused["type"]) == (403, "luoshi:person-needed")
    assert ListSummary.objects.get(pk=row["id"]).sent_at is None


def test_an_inspection_tells_each_reader_what_concerns_it(office: Office) -> None:
    """Features row 30, decision 8: group, findings, conclusion and reviews for the office; the
    inspected unit gets its own, one that was not inspected nothing."""
    path = f"inspections/{office.ids['inspection']}"
    _status, whole = ask(office, "GET", path)
    assert whole["conclusion"] and whole["findings"]
    assert [one["part"] for one in whole["group"]].count("leader") == 1
    _status, own = ask(office, "GET", path, kind="liaison")
    assert {one["unit"]["code"] for one in own["findings"]} <= {office.world.bureau.code}
    assert [one["unit"]["code"] for one in own["units"]] == [office.world.bureau.code]
    assert own["conclusion"] == whole["conclusion"]
    assert ask(office, "GET", path, kind="foreign")[0] == 404


def test_acts_of_an_inspection_and_the_lookback_need_a_person(office: Office) -> None:
    """Features rows 24, 30, decision 5: the routes exist and say why a token may not."""
    running = office.ids["running_inspection"]
    unit = office.world.bureau.code
    finding = {"unit": unit, "kind": "fact", "facts": "已整改", "method": "visit"}
    for method, path, body in (
        ("POST", f"inspections/{running}/findings", finding),
        ("POST", f"inspections/{running}/conclusion", {"text": "结论"}),
        ("POST", f"lookbacks/{office.ids['round']}/sample", {}),
        ("POST", f"matters/{office.ids['matter']}/key-mark", {"reason": "重点"}),
        ("POST", f"problems/{office.ids['problem']}/withdrawal", {"reason": "误列"}),
    ):
        status, found = ask(office, method, path, body)
        assert (status, found["type"]) == (403, "luoshi:person-needed"), path
    _status, found = ask(office, "GET", "lookbacks/promises")
    assert [one["kept"] for one in found["items"]]
