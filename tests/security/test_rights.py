"""The matrix of rights (security.md 9): every route × method × kind of actor, in `rights.txt`.

Each line: route, method, one answer per kind in the order of `world.KINDS`. 200 seen · 302 done, or
to sign-in · 403 seen but not allowed · 404 not visible · 405 no such method · 409 not in this
state · 422 input refused. A route missing from the table fails; so does a line without a route.
Acts run on a fresh copy of the same world, rolled back after each cell.
"""

import copy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.security.nodes import KEY
from tests.security.world import KINDS, Office, keyed

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "rights.txt"
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
OFFICE_AT = AT
UNSIGNED_IN = {
    "accounts:sign-in",
    "accounts:language",
    "site:live",
    "site:ready",
    "site:setup",
    "api:openapi-json",
}
API_IS_TESTED_BY_TOKEN = "api:"
HIDDEN_WITHOUT_TOKEN = {"site:metrics", "duty:feed"}


class Undo(Exception):
    """Ends a cell without leaving a trace."""


@pytest.fixture
def office(office: Office) -> Office:
    """The world, each of its sessions noted: a cell rolled back would note it anew every time."""
    for client in office.clients.values():
        client.get("/preferences/")
    return office


@cache
def routes() -> dict[str, str]:
    """Route name → pattern, of everything the site serves but static files."""
    found: dict[str, str] = {}

    def walk(patterns: Any, space: str, prefix: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                inner = f"{space}{one.namespace}:" if one.namespace else space
                walk(one.url_patterns, inner, prefix + str(one.pattern))
            elif isinstance(one, URLPattern):
                found[f"{space}{one.name}"] = prefix + str(one.pattern)

    walk(get_resolver().url_patterns, "", "")
    return found


def address(office: Office, name: str) -> str:
    """The route's address for the object it is about."""
    ids = office.ids
    arguments: dict[str, Any] = {
        "burden:calling-off": {"pk": ids["meeting"]},
        "organizations:ending": {"pk": ids["appointment"]},
        "organizations:revocation": {"pk": ids["token"]},
        "attachments:download": {"pk": ids["file"]},
        "bulletins:page": {"pk": ids["bulletin"], "number": 1},
        "bulletins:rows": {"pk": ids["bulletin"], "key": "registered"},
        "bulletins:slip": {"pk": ids["share"]},
        "bulletins:slip-docx": {"pk": ids["share"]},
        "matters:stop-answer": {"pk": ids["asked_stop"]},
        "matters:resumption": {"pk": ids["running_stop"]},
        "matters:objection-answer": {"pk": ids["share_objection"]},
        "matters:opinions": {"pk": ids["together"]},
        "matters:opinion": {"pk": ids["joint_share"]},
        "matters:asked-stop": {"pk": ids["unsigned_share"]},
        "matters:objection": {"pk": ids["unsigned_share"]},
        "matters:reassignment": {"pk": ids["unsigned_share"]},
        "matters:share-stages": {"pk": ids["unsigned_share"]},
        "matters:merger": {"pk": ids["registered"]},
        "matters:quarterly": {"pk": ids["registered"]},
        "bulletins:limit": {"pk": ids["duty"]},
        "bulletins:conclusion-pdf": {"pk": ids["ended"]},
        "matters:archiving": {"pk": ids["ended"]},
        "matters:roll-up": {"pk": ids["reporting_share"]},
        "matters:signing": {"pk": ids["waiting_report"]},
        "matters:correction": {"pk": ids["accepted_report"]},
        "meetings:waiver": {"pk": ids["document"], "point": ids["point"]},
        "meetings:link": {"pk": ids["document"], "point": ids["point"]},
        "meetings:release": {"pk": ids["document"], "point": ids["point"]},
        "horizons:trial": {"pk": ids["dated_duty"]},
        "horizons:run": {"pk": ids["trial"]},
        "matters:proposal": {"pk": ids["proposal"]},
        "matters:proposal-export": {"pk": ids["proposal"]},
        "matters:redating": {"pk": ids["redating"]},
        "matters:redating-export": {"pk": ids["redating"]},
        "mirrors:matter": {"pk": ids["matter"]},
        "exchange:reentry": {"pk": ids["returned"]},
        "exchange:outgoing": {"pk": ids["outgoing"]},
        "exchange:incoming": {"pk": ids["incoming"]},
        "exchange:milestone": {"pk": ids["bureau"]},
        "documents:evidence": {"pk": ids["receipt"]},
        **{f"documents:{n}": {"pk": ids["dispatch"]} for n in ("board", "urging", "recall")},
        "rulebook:rule": {"code": "TR-06"},
        "rulebook:correction": {"code": "TR-06"},
        "exchange:key-acceptance": {"pk": KEY},
        "exchange:key-revocation": {"pk": KEY},
        "matters:extensions": {"pk": ids["dated_duty"]},
        "matters:limit-setting": {"pk": ids["dated_duty"]},
        "chasing:exception": {"pk": ids["held_urge"]},
        "chasing:decision": {"pk": ids["nudge_exception"]},
        "chasing:slip": {"pk": ids["colour_slip"]},
        "chasing:matter": {"pk": ids["unsigned"]},
        "matters:extension-decision": {"pk": ids["extension"]},
        "matters:extension-withdrawal": {"pk": ids["extension"]},
        "matters:registration": {"pk": ids["draft"]},
        "matters:plan": {"pk": ids["draft"]},
        "matters:assignments": {"pk": ids["registered"]},
        "matters:receipt": {"pk": ids["unsigned_share"]},
        "matters:report": {"pk": ids["unsigned_share"]},
        "matters:reopening": {"pk": ids["concluded"]},
        "lookbacks:matter": {"pk": ids["matter"]},
        "lookbacks:key-mark": {"pk": ids["matter"]},
        "lookbacks:promise": {"pk": ids["closure"]},
        "lookbacks:round": {"pk": ids["fixed_round"]},
        "lookbacks:share": {"pk": ids["round"]},
        "lookbacks:sample": {"pk": ids["round"]},
        "appraisal:draft-unit": {"pk": ids["bureau"]},
        "appraisal:simulated-unit": {"pk": ids["bureau"]},
        "appraisal:score": {"pk": ids["publication"], "unit": ids["bureau"]},
        "appraisal:answer": {"pk": ids["objection"]},
        "appraisal:version": {"pk": ids["version"]},
        "appraisal:withdrawal": {"pk": ids["fact"]},
        "lists:head": {"pk": ids["draft_list"]},
        "lists:agreement": {"pk": ids["draft_list"]},
        "lists:issue": {"pk": ids["draft_list"]},
        "lists:entry": {"pk": ids["draft_list"]},
        "lists:points": {"pk": ids["draft_list"]},
        "lists:point": {"pk": ids["list_point"]},
        "lists:removal": {"pk": ids["list_point"]},
        "lists:summary": {"pk": ids["summary"]},
        "inspections:matter": {"pk": ids["matter"]},
        "instructions:matter": {"pk": ids["matter"]},
        "information:matter": {"pk": ids["matter"]},
        "information:registration": {"pk": ids["event_words"]},
        "duty:feed": {"secret": "nobody"},
        "duty:person": {"pk": ids["duty_person"]},
        "duty:leaves": {"pk": ids["duty_person"]},
        "duty:feed-ending": {"pk": ids["duty_person"]},
        "duty:leave-removal": {"pk": ids["duty_leave"]},
        "duty:publication": {"pk": ids["duty_in_force"]},
        "duty:redraft": {"pk": ids["duty_in_force"]},
        **{f"duty:{n}": {"pk": ids["duty_period"]} for n in ("period", "revocation", "reports")},
        "duty:signature": {"pk": ids["duty_handover"]},
        "duty:settlement": {"pk": ids["duty_line"]},
        "duty:swap": {"pk": ids["duty_swap"]},
        **{
            f"duty:{n}": {"pk": ids["duty_shift"]}
            for n in ("shift", "shift-person", "shift-swaps", "handover")
        },
        **{
            f"commitments:{name}": {"pk": ids["occurrence"]}
            for name in ("occurrence", "keeping", "excuse")
        },
        "publications:item": {"pk": ids["publication_item"]},
        "publications:press-item": {"pk": ids["press_item"]},
        **{
            f"publications:{n}": {"pk": ids["publication_founded"]} for n in ("publication", "plan")
        },
        "information:item-of-matter": {"pk": ids["matter"]},
        "information:item-registration": {"pk": ids["item_words"]},
        "information:officer-ending": {"pk": ids["engaged"]},
        "information:topic-closing": {"pk": ids["topic"]},
        "information:beside": {"pk": ids["fresh_item"], "other": ids["good_item"]},
        **{f"information:{n}": {"pk": ids["sheet"]} for n in ("sheet", "replay")},
        **{
            f"information:item-{n}": {"pk": ids["good_item"]}
            for n in ("adoptions", "instructions", "handovers", "results")
        },
        "lessons:name": {"pk": ids["name"]},
        "lessons:expression": {"pk": ids["expression"]},
        "lessons:use": {"pk": ids["version_of_weights"]},
        "ledgers:row": {"pk": ids["ledger"], "place": 2},
        "inspections:plan": {"pk": ids["inspection_plan"]},
        **{
            f"inspections:{name}": {"pk": ids["planned_inspection"]}
            for name in ("outline", "group", "exception", "start")
        },
        **{
            f"inspections:{name}": {"pk": ids["running_inspection"]}
            for name in ("findings", "conclusion", "calling-off")
        },
        **{
            f"inspections:{name}": {"pk": ids["problem"]}
            for name in (
                "problem",
                "measures",
                "evidence",
                "rectification",
                "check",
                "withdrawal",
            )
        },
    }
    prefixes = (
        ("exchange:", {"pk": ids["node"]}),
        ("documents:", {"pk": ids["arrival"]}),
        ("lists:", {"pk": ids["list"]}),
        ("duty:", {"pk": ids["duty_roster"]}),
        ("information:item", {"pk": ids["fresh_item"]}),
        ("information:lineage", {"pk": ids["fresh_item"]}),
        ("information:iss", {"pk": ids["item_issue"]}),
        ("information:", {"pk": ids["event"]}),
        ("commitments:", {"pk": ids["commitment"]}),
        ("publications:", {"pk": ids["issue"]}),
        ("instructions:", {"pk": ids["instruction"]}),
        ("ledgers:", {"pk": ids["ledger"]}),
        ("sheets:", {"key": "ledger"}),
        ("inspections:", {"pk": ids["inspection"]}),
        ("meetings:", {"pk": ids["document"]}),
        ("bulletins:", {"pk": ids["bulletin"]}),
        ("lookbacks:", {"pk": ids["item"]}),
        ("appraisal:", {"pk": ids["publication"]}),
        ("organizations:", {"pk": ids["person"]}),
    )
    pattern = routes()[name]
    if "<" not in pattern:
        return reverse(name)
    chosen = arguments.get(name)
    if chosen is None:
        chosen = next((a for p, a in prefixes if name.startswith(p)), None)
    if chosen is None:
        chosen = {"pk": ids["report"] if "report" in pattern.split("<")[0] else ids["matter"]}
    if "<int:number>" in pattern and "number" not in chosen:
        chosen = chosen | {"number": 1}
    return reverse(name, kwargs=chosen)


BODIES: dict[str, dict[str, Any]] = {
    "exchange:reentry": {"act": "drop"},
    "documents:recall": {"reason": "误发"},
    "documents:refusal": {"reason": "误收"},
    "exchange:milestone": {"planned_on": "2026-12-31", "in_charge": "", "node": "", "seen": ""},
    "exchange:nodes": {"code": "X330101", "name": "县", "relation": "subordinate"},
    "exchange:units": {"units": "01"},
    "exchange:acceptance": {"heard": "89abcdef"},
    "exchange:key-revocation": {"reason": "失密"},
    "chasing:exception": {"reason": "急"},
    "chasing:decision": {"verdict": "granted"},
    "chasing:ladder": {"act": "preview"},
    "chasing:leaders": {"unit": "市财政局", "leader": "", "from_on": "2090-01-01", "basis": "分工"},
    "burden:settings": {"report_cap": "50"},
    "burden:calling-off": {"reason": "合并"},
    "burden:meetings": {
        "title": "调度会",
        "on": "2089-12-1",
        "minutes": "60",
        "attends": "staff",
        "basis": "纪要",
        "units": "市财政局",
    },
    "horizons:whatif": {"kind": "reading"},
    "matters:proposal": {"verdict": "withdrawn"},
    "rulebook:vague": {"asap": "4"},
    "rulebook:office": {
        "number_prefix": "督",
        "unsigned_workdays": "1",
        "objection_workdays": "3",
        "opinion_days": "30",
        "document_days": "30",
        "minutes_days": "20",
    },
    "rulebook:rule": {
        "reason": "调整",
        "valid_from": "2199-01-01",
        "limit": "签收后5个自然日内",
        "content": "progress",
        "reports_to": "办公室",
        "legal_basis": "办法",
    },
    "matters:assignments": {"unit": "市财政局", "part": "sole", "task": ""},
    "matters:registration": {"act": "approve", "despite": "分别办理"},
    "matters:new": {"title": "新事项", "regime": "instruction"},
    "matters:plan": {"title": "新事项", "regime": "instruction", "revision": "0"},
    "matters:parts": {"title": "子事项", "content": "", "end_on": "", "unit": ""},
    "matters:quarterly": {"reason": "合并报送"},
    "matters:merger": {"into": "督〔2026〕1号", "reason": "内容相同"},
    "matters:stops": {"reason": "等待批复"},
    "matters:asked-stop": {"reason": "等待批复"},
    "matters:stop-answer": {"act": "grant", "reason": "同意"},
    "matters:resumption": {"reason": "继续"},
    "matters:objection": {"reason": "非我职责"},
    "matters:objection-answer": {"act": "reject", "reason": "属你局职责"},
    "matters:reassignment": {"unit": "市城管局", "reason": "改派"},
    "matters:opinion": {"text": "同意"},
    "matters:events": {"event": "stage_end", "on": "2026-04-07", "basis": "纪要"},
    "matters:extensions": {"wanted": "2026-06-30", "reason": "资金未到"},
    "matters:extension-decision": {"verdict": "granted"},
    "matters:limit-setting": {"on": "2026-06-30", "reason": "调研提前"},
    "matters:review": {"verdict": "accepted"},
    "matters:closure": {"result": "done", "summary": "完成"},
    "matters:archiving": {"retention": "30"},
    "matters:correction": {"correction_reason": "漏报", "progress": "完成并复核"},
    "matters:signing": {"act": "take"},
    "matters:stages": {"stage_on": "2026-6-30", "stage_percent": "60", "stage_text": "过半"},
    "matters:share-stages": {"stage_on": "2026-6-30", "stage_percent": "60", "stage_text": ""},
    "matters:measures": {"figure_name": "隐患", "figure_measure": "处", "figure_target": "46"},
    "matters:review-settings": {"act": "phrases", "phrases": "请附材料"},
    "matters:revocation": {"reason": "重复"},
    "matters:reopening": {"reason": "反弹", "due_on": "2089-12-1"},
    "lookbacks:rounds": {"year": "2020", "percent": "20"},
    "lookbacks:share": {"percent": "30"},
    "lookbacks:key-mark": {"reason": "重点"},
    "lookbacks:promise": {"outcome": "kept", "evidence": "验收"},
    "lookbacks:item": {"finding": "holds", "method": "data", "evidence": "报表"},
    "appraisal:draft": {"period": "2025-Q4", "reason": "更正"},
    "appraisal:facts": {
        "kind": "harm",
        "unit": "市财政局",
        "happened_on": "2026-2-1",
        "reason": "通报",
        "reference": "通报",
    },
    "appraisal:versions": {
        "title": "细则",
        "basis": "二号",
        "base": "100",
        "objection_workdays": "5",
    },
    "appraisal:withdrawal": {"reason": "误录"},
    "appraisal:answer": {"answer": "属实", "upheld": "1"},
    "appraisal:score": {"text": "有误"},
    "organizations:new": {"full_name": "新人", "username": "newone"},
    "organizations:access": {"act": "password"},
    "organizations:appointments": {"unit": "市财政局", "title": "副局长", "role": "liaison"},
    "bulletins:list": {"month": "2026-02"},
    "meetings:waiver": {"reason": "无需办理"},
    "meetings:decision": {"decision": "dropped", "reason": "无关"},
    "commitments:new": {
        "act": "save",
        "title": "学习",
        "how": "words",
        "words": "每周五",
        "basis": "制度",
        "responsible": "post:leader",
    },
    "commitments:change": {
        "act": "save",
        "how": "words",
        "words": "每周四",
        "basis": "制度",
        "responsible": "post:leader",
        "reason": "调整",
    },
    "commitments:ending": {"reason": "合并"},
    "commitments:excuse": {"reason": "防汛"},
    "publications:new": {
        "title": "史料",
        "kind": "historical",
        "periodicity": "yearly",
        "layout": "single",
    },
    "publications:date": {"planned_on": "2089-12-1"},
    "publications:step": {"seen": "collected", "act": "back", "reason": "补稿"},
    "publications:item": {
        "title": "古桥记",
        "author": "谢知文",
        "text": "古桥。",
        "revision": "1",
    },
    "publications:new-press": {
        "title": "履职",
        "outlet": "省报",
        "level": "province",
        "published_on": "2026-1-5",
        "link": "https://example.org/2",
    },
    "publications:press-item": {
        "revision": "1",
        "title": "履职",
        "outlet": "省报",
        "level": "province",
        "published_on": "2026-1-5",
        "link": "https://example.org/2",
    },
    "information:new": {
        "title": "起火",
        "place": "城区",
        "happened_at": "2026-1-31 08:00",
        "source": "电话",
    },
    "information:facts": {
        "revision": "1",
        "title": "起火",
        "place": "城区",
        "happened_at": "2026-1-31 08:00",
        "source": "电话",
    },
    "information:calls": {"to_name": "值班员"},
    "information:reports": {
        "step": "first",
        "text": "城区起火，正在扑救。",
        "signer": "主任",
        "late_reason": "核实",
    },
    "information:findings": {"fault": "missing", "unit": "市财政局", "words": "视频"},
    "information:instructions": {"text": "速办", "units": "市财政局"},
    "information:limits": {"reason": "调整", "county--phone": "20", "city--top": "120"},
    "information:line": {"to": "省委办公厅", "basis": "文件"},
    "duty:rosters": {"starts_on": "2026-06-01", "ends_on": "2026-06-30"},
    "duty:shift-person": {"person": "-", "reason": "病假"},
    "duty:shift-swaps": {"reason": "培训"},
    "duty:swap": {"act": "withdraw"},
    "duty:people": {"name": "新来", "posts": "officer"},
    "duty:person": {"name": "何晓", "posts": "officer", "revision": "1"},
    "duty:leaves": {"kind": "leave", "starts_on": "2026-06-01", "ends_on": "2026-06-02"},
    "duty:scheme": {
        "officer_starts": "8",
        "leader_starts": "8",
        "leader_days": "always",
        "reason": "制度",
        "version": "0",
        **dict.fromkeys(("workday", "weekend", "holiday", "night_extra", "sensitive_extra"), "2"),
        **dict.fromkeys(("rest_hours", "answer_seconds", "report_hour", "check_days"), "20"),
    },
    "duty:periods": {
        "title": "春节",
        "basis": "通知",
        "starts_on": "2026-02-10",
        "ends_on": "2026-02-24",
    },
    "duty:revocation": {"reason": "结束"},
    "duty:reports": {"day": "2026-02-04", "nothing": "1"},
    "duty:handover": {"words": "平稳"},
    "duty:log": {"kind": "visitor", "who": "群众", "text": "来访"},
    "duty:settlement": {"outcome": "已办"},
    "duty:checks": {"unit": "安澜县", "seconds": "20"},
    "information:item-new": {"title": "新情况", "text": "情况如下。", "kind": "information"},
    "information:item-text": {"title": "新标题", "text": "改后。", "why": "精简", "version": "1"},
    "information:item-review": {
        "verdict": "accept",
        **{f"mark_{one}": "yes" for one in ("value", "insight", "character", "novelty")},
    },
    "information:item-adoptions": {
        "tier": "province",
        "adopter_name": "省委办公厅",
        "publication": "每日汇报",
        "evidence": "第2页",
    },
    "information:item-instructions": {
        "tier": "city",
        "leader_name": "王建国",
        "text": "请研究",
        "evidence": "复印件",
    },
    "information:item-registration": {"units": "市财政局", "until": "2089-12-1"},
    "information:item-handovers": {"units": "市财政局", "words": "请研究", "way": "request"},
    "information:item-results": {"text": "已办", "evidence": "来函"},
    "information:series": {"title": "领导参阅"},
    "information:issue-items": {"act": "up"},
    "information:issuing": {"signer": "陈远"},
    "information:officers": {"name": "老李"},
    "information:quotas": {"quota_unit": "市财政局", "quota_year": "2026", "quota_count": "6"},
    "information:topics": {"topic": "用工", "words": "情况", "units": "市财政局", "workdays": "5"},
    "information:publishing": {"month": "2025-12"},
    "information:weights": {"own": "2", "basis": "文件"},
    "instructions:new": {"text": "请研究"},
    "instructions:registration": {"title": "研究"},
    "instructions:information": {"reason": "圈阅"},
    "lessons:name": {"unit": "市水务局"},
    "lessons:expression": {"words": "3月3日前"},
    "ledgers:confirmation": {"regime": "document", "method": "法", "purpose": "的"},
    "lists:issue": {"revision": "0"},
    "lists:summary": {"act": "save", "revision": "0", "text": "小结"},
    "lists:points": {"act": "add", "points": "新要点"},
    "lists:closure": {"remark": "完成"},
    "inspections:calling-off": {"reason": "并入其他督查"},
    "inspections:closure": {"remark": "完成"},
    "inspections:conclusion": {"text": "较好"},
    "inspections:measures": {
        "root_cause": "责任不清",
        "measures": "整改",
        "responsible_person": "王工",
    },
    "inspections:withdrawal": {"reason": "重复"},
}


def closed(got: Any) -> None:
    """The files of an answer are closed; response.close() would end the transaction."""
    for close in got._resource_closers:
        close()


def answer(office: Office, name: str, method: str, kind: str) -> int:
    """What one kind gets, with everything undone afterwards."""
    client = office.clients[kind]
    cookies = copy.deepcopy(client.cookies)
    path = address(office, name)
    client.raise_request_exception = False
    status = 0
    try:
        with transaction.atomic():
            if method == "GET":
                got = client.get(path)
            else:
                body = keyed(**BODIES.get(name, {}))
                got = client.generic(
                    method,
                    path,
                    data="&".join(f"{k}={v}" for k, v in body.items()),
                    content_type="application/x-www-form-urlencoded",
                )
            status = got.status_code
            closed(got)
            raise Undo
    except Undo:
        client.cookies = cookies
        return status


def observed(office: Office) -> list[str]:
    """The whole table as it is."""
    lines = []
    for name in sorted(routes()):
        if name.startswith(API_IS_TESTED_BY_TOKEN) and name not in UNSIGNED_IN:
            continue
        for method in ("GET", "POST"):
            found = [answer(office, name, method, kind) for kind in KINDS]
            lines.append(f"{name:28s} {method:5s}" + " ".join(map(str, found)))
    return lines


def test_every_route_answers_every_kind_as_the_table_says(office: Office) -> None:
    """Rows 9, 4.2a: function and data rights, deny by default; invisible is not found."""
    expected = TABLE.read_text(encoding="utf-8").splitlines()
    found = observed(office)
    different = [line for line in found if line not in expected]
    gone = [line for line in expected if line not in found and not line.startswith("#")]
    assert (different, gone) == ([], [])


def test_other_methods_change_nothing_anywhere(office: Office) -> None:
    """No route of the pages takes PUT, PATCH or DELETE."""
    for name in routes():
        if name.startswith(API_IS_TESTED_BY_TOKEN):
            continue
        for method in ("PUT", "PATCH", "DELETE"):
            assert answer(office, name, method, "officer") in {404, 405}, (name, method)


def test_only_named_routes_open_without_signing_in(office: Office) -> None:
    """Row 9: exempt from sign-in is a named list of at most six."""
    assert len(UNSIGNED_IN) <= 6
    for name in routes():
        if name.startswith(API_IS_TESTED_BY_TOKEN) or name in UNSIGNED_IN:
            continue
        if name in HIDDEN_WITHOUT_TOKEN:
            assert answer(office, name, "GET", "anon") == 404, name
            continue
        for method in ("GET", "POST"):
            assert answer(office, name, method, "anon") == 302, (name, method)
