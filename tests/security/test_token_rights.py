"""The matrix of rights of the API: every operation × kind of token, in `token_rights.txt`.

Each line: method, path, one answer per kind in the order of `KINDS`. 401 no valid token · 403 the
scope is missing, the verb needs a person, or the actor may not · 404 not visible · 422 input.
"""

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from luoshi.site.api import api
from tests.security.world import Office, make_office

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "token_rights.txt"
KINDS = ("none", "session", "reader", "officer", "liaison", "foreign", "revoked")
PLAN = {
    "title": "新事项",
    "regime": "instruction",
    "content": "排查",
    "method": "牵头",
    "purpose": "安全",
}
MATTER = "/api/v1/matters/{pk}"
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/rules/proposals/{code}": {
        "reason": "调整",
        "valid_from": "2199-01-01",
        "limit": "每季度",
        "content": ["progress"],
        "reports_to": "办公室",
        "legal_basis": "办法",
    },
    "/api/v1/burden/meetings": {
        "title": "调度会",
        "on": "2099-02-10",
        "minutes": 60,
        "attends": "staff",
        "basis": "纪要",
        "units": ["市财政局"],
    },
    "/api/v1/leaders-in-charge": {"unit": "市财政局", "basis": "分工通知"},
    "/api/v1/matters": PLAN,
    f"{MATTER}/plan": PLAN | {"revision": 0},
    f"{MATTER}/proposal": {"reason": "分别办理"},
    f"{MATTER}/quarterly": {"reason": "合并报送"},
    f"{MATTER}/parts": {"parts": [{"title": "子事项"}]},
    "/api/v1/assignments/{pk}/opinions": {"text": "同意"},
    "/api/v1/assignments/{pk}/reassignment": {"unit": "0101D37", "reason": "改派"},
    "/api/v1/duties/{pk}/extensions": {"wanted_at": "2199-01-01T00:00:00Z", "reason": "论证"},
    "/api/v1/duties/{pk}/limit": {"on": "2199-01-01", "reason": "调研提前"},
    "/api/v1/reports/{pk}/corrections": {"reason": "漏报", "progress": "完成并复核"},
    f"{MATTER}/measures": {"figures": [{"name": "隐患", "measure": "处", "target": "46"}]},
    "/api/v1/assignments/{pk}/reports": {
        "progress": "完成",
        "state_change": "完成",
        "next_steps": "继续",
    },
    "/api/v1/instructions/{pk}/registration": {"title": "研究"},
    "/api/v1/instructions/{pk}/information": {"reason": "圈阅"},
    "/api/v1/information-items": {"title": "新情况", "text": "情况如下。"},
    "/api/v1/points-lists": {"year": 2040, "title": "督查要点"},
    "/api/v1/points-lists/{pk}/points": {"lines": ["新要点"]},
    f"{MATTER}/events": {"event": "stage_end", "on": "2026-04-07", "basis": "纪要"},
    "/api/v1/problems/{pk}/measures": {
        "root_cause": "责任不清",
        "measures": "整改",
        "responsible_person": "王工",
    },
    "/api/v1/problems/{pk}/reports": {
        "text": "已整改",
        "state_change": "3处变0处",
        "signed_by_principal": "赵明",
    },
}
LISTS, VISITS, BACK = "/api/v1/points-lists", "/api/v1/inspections", "/api/v1/lookbacks"
SHEETS = "/api/v1/ledger-imports/{pk}"
VISIT = {
    "title": "专项督查",
    "kind": "special",
    "content": "防汛",
    "scope": "堤防",
    "methods": ["visit"],
    "units": [],
    "starts_on": "2090-03-01",
    "ends_on": "2090-03-02",
}
WEIGHTS = {"period": "2026-Q1", "base": "100", "weights": [{"kind": "late", "points": "-2"}]}
BODIES |= {
    f"{LISTS}/{{pk}}": {"year": 2041, "title": "要点", "revision": 0},
    f"{LISTS}/{{pk}}/copy": {"year": 2050, "title": "要点"},
    f"{LISTS}/{{pk}}/entry": {"issued_on": "2025-02-01"},
    "/api/v1/list-points/{pk}": {"text": "改写的要点"},
    "/api/v1/list-summaries/{pk}": {"text": "小结", "revision": 0},
    "/api/v1/list-summaries/{pk}/sending": {"text": "小结", "problems": "无", "next_steps": "续"},
    VISITS: VISIT,
    f"{VISITS}/{{pk}}/findings": {
        "unit": "0101D01",
        "kind": "fact",
        "facts": "已整改",
        "method": "visit",
    },
    f"{VISITS}/{{pk}}/conclusion": {"text": "结论"},
    BACK: {"year": 2030, "percent": 10},
    f"{BACK}/{{pk}}/share": {"percent": 20},
    f"{BACK}/promises/{{pk}}": {"outcome": "kept", "evidence": "验收单"},
    "/api/v1/lookback-items/{pk}/checker": {"checker_id": "00000000-0000-0000-0000-000000000001"},
    "/api/v1/lookback-items/{pk}/check": {"finding": "holds", "method": "visit"},
    "/api/v1/scoring-rules": WEIGHTS | {"title": "细则", "basis": "办法"},
    "/api/v1/rankings/simulation": WEIGHTS,
    "/api/v1/rankings": {"period": "2026-Q1", "version": 1},
    "/api/v1/appraisal-facts": {
        "kind": "commended",
        "unit": "0101D01",
        "happened_on": "2026-01-05",
        "reason": "批示",
        "reference": "通报",
    },
    f"{SHEETS}/columns": {"fields": {"0": "number", "1": "title", "2": "lead"}},
    f"{SHEETS}/rows/{{place}}": {"values": {"title": "新题"}},
    f"{SHEETS}/skips": {"places": [2]},
    f"{SHEETS}/confirmation": {"regime": "document", "method": "牵头", "purpose": "落实"},
}
DUTY, BOOKS = "/api/v1/duty", "/api/v1/publications"
ITEM, OUT = "/api/v1/information-items/{pk}", "/api/v1/information-issues"
SCORES, TOPICS = "/api/v1/information-scores", "/api/v1/information-topics"
SHOWN, WAITED = {"evidence": "复印件"}, {"words": "请办理", "units": ["0101D01"]}
BODIES |= {
    f"{ITEM}/text": {"title": "题", "text": "文", "why": "改", "version": 1},
    f"{ITEM}/resending": {"title": "题", "text": "文"},
    f"{ITEM}/review": {"accept": True, "marks": dict.fromkeys(("value", "insight"), "yes")},
    f"{ITEM}/merger": {"into": "00000000-0000-0000-0000-000000000001"},
    f"{ITEM}/adoptions": {"tier": "city", "adopter": "市委办", "publication": "信息"} | SHOWN,
    f"{ITEM}/instructions": {"tier": "city", "text": "请研究", "leader_name": "王建国"} | SHOWN,
    f"{ITEM}/handovers": WAITED,
    f"{ITEM}/results": {"text": "已办"} | SHOWN,
    "/api/v1/information-instructions/{pk}/matter": {"units": ["0101D01"], "until": "2090-03-01"},
    "/api/v1/information-series": {"title": "专报"},
    OUT: {"series_id": "00000000-0000-0000-0000-000000000001"},
    f"{OUT}/{{pk}}/items": {"act": "up", "item_id": "00000000-0000-0000-0000-000000000001"},
    f"{OUT}/{{pk}}/issuing": {"signer": "陈远"},
    "/api/v1/engaged-officers": {"name": "老周"},
    "/api/v1/information-quotas": {"unit": "0101D01", "year": 2026, "count": 3},
    TOPICS: {"topic": "用工", "words": "情况", "units": ["0101D01"], "workdays": 3},
    SCORES: {"month": "2020-01"},
    f"{SCORES}/weights": {"weights": {"own": 2}, "basis": "办法"},
    f"{SCORES}/{{pk}}/replay": {"weights": {"own": 2}},
}
AGAIN = "/api/v1/commitments"
BODIES |= {
    AGAIN: {
        "title": "例会",
        "words": "每周五",
        "basis": "制度",
        "role": "supervision_officer",
    },
    f"{AGAIN}/{{pk}}/ending": {"reason": "停"},
    f"{AGAIN}/occurrences/{{pk}}/keeping": {"note": "学习"},
    f"{DUTY}/people/{{pk}}/leaves": {"starts_on": "2090-03-01", "ends_on": "2090-03-02"},
    f"{DUTY}/swaps/{{pk}}/decision": {"act": "withdraw"},
    f"{DUTY}/rosters": {"starts_on": "2090-03-01", "ends_on": "2090-03-02"},
    f"{DUTY}/shifts/{{pk}}/person": {"person": None, "reason": "病"},
    f"{DUTY}/shifts/{{pk}}/handover": {"words": "平稳"},
    f"{DUTY}/handovers/{{pk}}/signature": {"revision": 1},
    f"{DUTY}/people": {"name": "新来", "posts": ["officer"]},
    f"{DUTY}/people/{{pk}}": {"name": "何晓", "posts": ["officer"], "revision": 1},
    f"{DUTY}/scheme": {
        "officer_starts": [8],
        "leader_starts": [8],
        "leader_days": "always",
        "rest_hours": 24,
        **dict.fromkeys(("workday", "weekend", "holiday", "night_extra", "sensitive_extra"), 2),
        "answer_seconds": 60,
        "report_hour": 17,
        "check_days": 30,
        "version": 0,
        "reason": "制度",
    },
    f"{DUTY}/periods": {
        "title": "节",
        "basis": "通知",
        "starts_on": "2090-03-01",
        "ends_on": "2090-03-02",
    },
    f"{DUTY}/periods/{{pk}}/revocation": {"reason": "结束"},
    f"{DUTY}/log": {"kind": "call_in", "who": "气象台", "text": "预报"},
    f"{DUTY}/log/{{pk}}/settlement": {"outcome": "已转"},
    f"{BOOKS}": {"title": "丛书", "kind": "book", "periodicity": "once"},
    f"{BOOKS}/{{pk}}/issues": {"theme": "委员手记"},
    f"{BOOKS}/issues/{{pk}}/date": {"planned_on": "2090-03-01"},
    f"{BOOKS}/issues/{{pk}}/order": {
        "item": "00000000-0000-0000-0000-000000000001",
        "way": "up",
    },
    f"{BOOKS}/issues/{{pk}}/steps": {"act": "forward", "seen": "collected"},
    f"{BOOKS}/items/{{pk}}": {
        "title": "记",
        "author": "谢",
        "text": "古桥",
        "revision": 1,
        "state": "collected",
        "collected_on": "2026-01-05",
    },
    f"{BOOKS}/press/{{pk}}": {
        "title": "报道",
        "outlet": "日报",
        "level": "city",
        "published_on": "2026-01-05",
        "revision": 1,
    },
    f"{BOOKS}/press": {
        "title": "报道",
        "outlet": "日报",
        "level": "city",
        "published_on": "2026-01-05",
        "link": "https://example.org/2",
    },
}
BODIES |= {
    "/api/v1/objections/{pk}/answer": {"upheld": False, "reason": "属于本部门职责"},
    "/api/v1/stops/{pk}/answer": {"granted": True},
    "/api/v1/inspection-plans/{year}/decision": {"approved": True},
    f"{VISITS}/{{pk}}": VISIT | {"revision": 0},
    f"{VISITS}/{{pk}}/group": {"members": [{"name": "王建国", "part": "leader"}]},
    f"{VISITS}/{{pk}}/review/decision": {"unit": "x", "verdict": "upheld", "decision": "属实"},
    "/api/v1/ranking-objections/{pk}/answer": {"upheld": True, "reason": "核实"},
    "/api/v1/appraisal-facts/set-aside": {
        "kind": "late",
        "row_id": "00000000-0000-0000-0000-000000000001",
        "unit": "0101D01",
        "reason": "不可抗力",
    },
    "/api/v1/scoring-rules/{number}": WEIGHTS | {"title": "细则", "basis": "办法"},
    "/api/v1/office-settings": {"redo_workdays": 4},
    "/api/v1/office-settings/phrases": {"phrases": ["请补充数据。"]},
    "/api/v1/rules/words": {"words": {"asap": "3"}},
    "/api/v1/exports/{key}/columns": {"columns": [{"key": "title"}]},
    "/api/v1/burden/meetings/{pk}/calling-off": {"reason": "合并"},
    "/api/v1/calendar-editions": {
        "year": "2099",
        "notice": "通知",
        "published_on": "2098-11-04",
        "rest": "2099-01-01",
    },
}
ABOUT = {
    "/api/v1/objections/{pk}/answer": "share_objection",
    "/api/v1/assignments/{pk}/stops": "unsigned_share",
    "/api/v1/stops/{pk}/answer": "asked_stop",
    "/api/v1/stops/{pk}/resumption": "running_stop",
    "/api/v1/reports/{pk}/giving-back": "waiting_report",
    "/api/v1/reports/{pk}/taking-back": "waiting_report",
    "/api/v1/ranking-objections/{pk}/answer": "objection",
    "/api/v1/appraisal-facts/{pk}/withdrawal": "fact",
    "/api/v1/nudges/{pk}/exception/grant": "exceptional_urge",
    "/api/v1/nudges/{pk}/exception/refusal": "exceptional_urge",
    "/api/v1/what-if/runs/{pk}": "trial",
    "/api/v1/burden/meetings/{pk}/calling-off": "meeting",
    "/api/v1/reports/{pk}/corrections": "accepted_report",
    "/api/v1/reports/{pk}/signing": "waiting_report",
    "/api/v1/assignments/{pk}/roll-up": "reporting_share",
    f"{MATTER}/archiving": "ended",
    f"{MATTER}/conclusion": "ended",
    "/api/v1/assignments/{pk}/draft": "reporting_share",
    "/api/v1/duties/{pk}/extensions": "dated_duty",
    "/api/v1/duties/{pk}/limit": "dated_duty",
    f"{MATTER}/plan": "draft",
    f"{MATTER}/proposal": "draft",
    f"{MATTER}/registration": "draft",
    f"{MATTER}/assignments": "registered",
    f"{MATTER}/quarterly": "registered",
    "/api/v1/assignments/{pk}/receipt": "unsigned_share",
    "/api/v1/assignments/{pk}/reassignment": "unsigned_share",
    "/api/v1/assignments/{pk}/objection": "unsigned_share",
    "/api/v1/assignments/{pk}/opinions": "joint_share",
    f"{MATTER}/opinions": "together",
    f"{AGAIN}/occurrences/{{pk}}": "occurrence",
    f"{AGAIN}/occurrences/{{pk}}/keeping": "occurrence",
    f"{DUTY}/people/{{pk}}/leaves": "duty_person",
    f"{DUTY}/leaves/{{pk}}": "duty_leave",
    f"{DUTY}/people/{{pk}}": "duty_person",
    f"{DUTY}/rosters/{{pk}}": "duty_in_force",
    **{f"{DUTY}/rosters/{{pk}}/{act}": "duty_in_force" for act in ("proof", "draft")},
    **{
        f"{DUTY}/rosters/{{pk}}/{act}": "duty_roster"
        for act in ("solution", "needs", "approval", "publication")
    },
    f"{DUTY}/shifts/{{pk}}": "duty_shift",
    **{f"{DUTY}/shifts/{{pk}}/{act}": "duty_shift" for act in ("swaps", "person", "handover")},
    f"{DUTY}/handovers/{{pk}}": "duty_handover",
    f"{DUTY}/handovers/{{pk}}/signature": "duty_handover",
    **{f"{DUTY}/periods/{{pk}}{act}": "duty_period" for act in ("", "/revocation", "/below")},
    f"{DUTY}/swaps/{{pk}}/decision": "duty_swap",
    f"{DUTY}/log/{{pk}}/settlement": "duty_line",
    f"{DUTY}/periods/{{pk}}/reports": "duty_period",
    f"{BOOKS}/items/{{pk}}": "publication_item",
    f"{BOOKS}/press/{{pk}}": "press_item",
    f"{BOOKS}/issues/{{pk}}": "issue",
    **{f"{BOOKS}/issues/{{pk}}/{act}": "issue" for act in ("steps", "date", "order", "paper")},
    f"{BOOKS}/{{pk}}/issues": "publication_founded",
    **{
        f"{LISTS}/{{pk}}{act}": "draft_list"
        for act in ("/points", "/issue", "/entry", "/agreement")
    },
    **{f"{VISITS}/{{pk}}/{act}": "planned_inspection" for act in ("start", "group", "exception")},
    **{
        f"{VISITS}/{{pk}}/{act}": "running_inspection"
        for act in ("findings", "conclusion", "calling-off")
    },
    **{f"{BACK}/{{pk}}/{act}": "round" for act in ("share", "sample")},
    f"{BACK}/promises/{{pk}}": "closure",
    **{f"{ITEM}/{act}": "good_item" for act in ("adoptions", "instructions", "handovers")},
    f"{ITEM}/results": "good_item",
}
KEPT = {
    "nudges": "held_urge",
    "rule-proposals": "proposal",
    "redatings": "redating",
    "rules": "matter",
    "what-if": "matter",
    "as-of": "matter",
    "burden": "matter",
    "matters": "matter",
    "assignments": "share",
    "duties": "duty",
    "reports": "report",
    "archive": "matter",
    "extensions": "extension",
    "points-lists": "list",
    "list-points": "list_point",
    "list-summaries": "summary",
    "inspections": "inspection",
    "inspection-plans": "matter",
    "lookback-items": "item",
    "calendar-editions": "matter",
    "scoring-rules": "matter",
    "appraisal-facts": "matter",
    "problems": "problem",
    "lookbacks": "fixed_round",
    "rankings": "publication",
    "instructions": "instruction",
    "information-items": "fresh_item",
    "information-instructions": "item_words",
    "information-issues": "item_issue",
    "information-scores": "sheet",
    "information-topics": "topic",
    "information-series": "matter",
    "information-quotas": "matter",
    "information-figures": "matter",
    "engaged-officers": "engaged",
    "urgent-events": "event",
    "ledger-imports": "ledger",
    "commitments": "commitment",
    "duty": "matter",
    "publications": "matter",
    "office-settings": "matter",
    "exports": "matter",
    "watch": "matter",
}


class Undo(Exception):
    """Ends a cell without leaving a trace."""


def operations() -> list[tuple[str, str]]:
    """Every method and path the API declares."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return sorted((path, method.upper()) for path, one in paths.items() for method in one)


def filled(path: str, office: Office) -> str:
    """The path with the object it is about."""
    name = ABOUT.get(path) or KEPT.get(path.split("/")[3], "matter")
    named = path.replace("{pk}", str(office.ids[name])).replace("{code}", "TR-01")
    named = named.replace("{number}", "1").replace("{key}", "ledger")
    asked = "?who=unit:0101D01" if path == f"{SCORES}/year/items" else ""
    return named.replace("{year}", "2026").replace("{place}", "2") + asked


def answer(office: Office, path: str, method: str, kind: str) -> int:
    """What one kind gets, with everything undone afterwards."""
    client = copy.copy(office.clients["officer"]) if kind == "session" else Client()
    headers = {"Idempotency-Key": str(uuid4())}
    if kind in office.tokens:
        headers["Authorization"] = f"Bearer {office.tokens[kind]}"
    body = BODIES.get(path, {})
    if path == f"{MATTER}/assignments":
        body = {"shares": [{"unit": office.world.bureau.code, "part": "sole"}]}
    if path == f"{LISTS}/{{pk}}" and method == "PUT":
        path = path.replace("{pk}", str(office.ids["draft_list"]))
    if path == "/api/v1/instructions/{pk}/link":
        body = {"matter_id": str(office.ids["unsigned"])}
    if path == f"{VISITS}/{{pk}}" and method == "PUT":
        path = path.replace("{pk}", str(office.ids["planned_inspection"]))
        body = body | {"units": [office.world.bureau.code]}
    if path == f"{VISITS}/{{pk}}/review/decision":
        body = body | {"unit": office.world.bureau.code}
    if path == VISITS:
        body = VISIT | {"units": [office.world.bureau.code]}
    if path == f"{MATTER}/merger":
        body = {"into": str(office.ids["unsigned"])}
    if path == "/api/v1/problems":
        limit = datetime.now(UTC).date() + timedelta(days=30)
        body = {"unit": office.world.bureau.code, "description": "3处未标识"}
        body |= {"category": "safety", "limit_on": limit.isoformat()}
    if path == "/api/v1/instructions":
        body = {"leader_id": str(office.world.leader.person_id), "text": "请研究"}
    if path.startswith("/api/v1/urgent-events"):
        body = {"title": "起火", "place": "城区", "source": "电话"}
        body["happened_at"] = (datetime.now(UTC) - timedelta(minutes=20)).isoformat()
        body |= {"revision": 1} if path.endswith("/facts") else {}
    body = body | asked_of_desks(office, path)
    if path == "/api/v1/assignments/{pk}/reports":
        body = body | {"duties": [str(office.ids["open_duty"])]}
    if path.endswith("/roll-up"):
        body = {"sources": [str(office.ids["accepted_report"])]}
    status = 0
    try:
        with transaction.atomic():
            status = client.generic(
                method,
                filled(path, office),
                data=json.dumps(body),
                content_type="application/json",
                headers=headers,
            ).status_code
            raise Undo
    except Undo:
        return status


def asked_of_desks(office: Office, path: str) -> dict[str, Any]:
    """What the bodies of the desks name of this world."""
    today = datetime.now(UTC).date().isoformat()
    return {
        f"{DUTY}/shifts/{{pk}}/swaps": {"taker": str(office.ids["duty_person"]), "reason": "事"},
        f"{DUTY}/periods/{{pk}}/reports": {"day": today, "nothing": True},
        f"{DUTY}/checks": {"unit": office.world.office.code, "seconds": 5},
        f"{BOOKS}/items": {
            "publication": str(office.ids["publication_founded"]),
            "title": "记",
            "author": "谢",
            "text": "古桥",
        },
    }.get(path, {})


def observed(office: Office) -> list[str]:
    """The whole table as it is."""
    return [
        f"{method:4s} {path:39s} " + " ".join(str(answer(office, path, method, k)) for k in KINDS)
        for path, method in operations()
    ]


def test_every_operation_answers_every_token_as_the_table_says() -> None:
    """Row 9: a token acts for a unit within its scopes; a session opens no operation."""
    office = make_office(datetime.now(UTC))
    expected = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    found = observed(office)
    assert [line for line in found if line not in expected] == []
    assert [line for line in expected if line not in found] == []
