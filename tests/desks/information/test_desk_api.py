"""The information desk by API: what the pages do, by token; what a person does, refused to one
(features rows 55, 58, 59, 60, 74; S2-50…58, S3-93…99; B10, B22)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.items.reviewing import review
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.running.scoring import publish_sheet
from luoshi.desks.information.models import EngagedOfficer, Item, ScoreSheet, WeightVersion
from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.models import Matter
from tests.calling import Caller, pages
from tests.desks.information.book import (
    DAY,
    HOUR,
    ONE_DAY,
    Desk,
    accepted,
    adopted,
    bulletin,
    draft_with,
    judged,
    make_desk,
    opinion,
    plain,
    sent,
    shown,
)

pytestmark = pytest.mark.django_db
ITEMS = "/information-items"
EVIDENCE = {"evidence": "刊物第2页"}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def editor(desk: Desk) -> Caller:
    """A program of the information officer."""
    return Caller(desk.editor, DAY + HOUR)


@pytest.fixture
def bureau(desk: Desk) -> Caller:
    """A program of the bureau's liaison."""
    return Caller(desk.world.liaison, DAY + HOUR)


def ordinary(desk: Desk, who: Actor, place: int) -> Item:
    """An accepted item of other information."""
    return accepted(desk, who, words=plain(place), kind="information")


def wording(**change: Any) -> dict[str, str]:
    """The words of an item as a body."""
    words = opinion(**change)
    return {"title": words.title, "text": words.text} | {
        "analysis": words.analysis,
        "suggestion": words.suggestion,
    }


def test_an_item_is_edited_with_its_version(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """Features row 55: the former text stays, a version replaced meanwhile is refused, and who
    does not edit is refused."""
    item = sent(desk.world.liaison)
    path = f"{ITEMS}/{item.pk}/text"
    body = wording(title="加装电梯推进缓慢") | {"why": "标题从简", "version": 1}
    assert bureau.send(path, body, method="PUT")[0] == 403
    status, made = editor.send(path, body, method="PUT")
    assert (status, made["title"], made["version"]) == (200, "加装电梯推进缓慢", 2)
    status, refused = editor.send(path, body | {"title": "又一题"}, method="PUT")
    assert (status, refused["type"]) == (422, "luoshi:edited-meanwhile")
    status, refused = editor.send(path, body | {"version": 2, "why": " "}, method="PUT")
    assert (status, set(refused["errors"])) == (422, {"why"})
    kept = bureau.get(f"{ITEMS}/{item.pk}/versions")[1]["items"]
    assert [(one["number"], one["by_author"], one["why"]) for one in kept] == [
        (2, False, "标题从简"),
        (1, True, ""),
    ]
    assert kept[1]["title"] == opinion().title


def test_what_came_back_is_sent_again(desk: Desk, bureau: Caller) -> None:
    """S2-57: the unit changes it and sends it again, once by its key."""
    item = sent(desk.world.liaison)
    path, body = f"{ITEMS}/{item.pk}/resending", wording(title="加装电梯协商难")
    assert bureau.send(path, body)[1]["type"] == "luoshi:not-returned"
    judgement = judged(accept=False, reason="请补充数字")
    review(item=item, judgement=judgement, actor=desk.editor, at=DAY)
    status, made = bureau.send(path, body, key="resend-again-1")
    assert (status, made["state"], made["version"]) == (200, "submitted", 2)
    assert bureau.send(path, body, key="resend-again-1") == (200, made)


def test_a_token_is_nobody_in_person(desk: Desk) -> None:
    """S3-93, S2-52, S3-99, R-INF-6: judging, issuing, engaging, publishing a sheet and setting
    weights are a person's; the secretary-general's token is refused, and nothing changes."""
    chief, item = Caller(desk.world.chief, DAY + 30 * ONE_DAY), sent(desk.world.liaison)
    issue = draft_with(desk, bulletin(desk), ordinary(desk, desk.world.liaison, 0))
    marks = dict.fromkeys(("value", "insight", "character", "novelty"), "yes")
    for path, body in (
        (f"{ITEMS}/{item.pk}/review", {"accept": True, "marks": marks}),
        (f"/information-issues/{issue.pk}/issuing", {"signer": "陈远"}),
        ("/engaged-officers", {"name": "老周"}),
        (f"/engaged-officers/{desk.officer.pk}/ending", {}),
        ("/information-scores", {"month": "2026-02"}),
        ("/information-scores/weights", {"weights": {"own": 2}, "basis": "办法"}),
    ):
        status, refused = chief.send(path, body)
        assert status == 403, (path, refused)
    item.refresh_from_db()
    issue.refresh_from_db()
    assert (item.state, issue.number) == ("submitted", None)
    assert EngagedOfficer.objects.get().until is None
    assert not ScoreSheet.objects.exists()
    assert not WeightVersion.objects.exists()


def test_similar_items_are_found_and_merged(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """Features row 60: the desk sees what says nearly the same and lets one go on in the other."""
    first = accepted(desk, desk.county)
    second = sent(desk.world.liaison, words=opinion(title="老旧小区加装电梯慢"))
    path = f"{ITEMS}/{second.pk}"
    assert bureau.get(f"{path}/similar")[0] == 403
    (like,) = editor.get(f"{path}/similar")[1]["items"]
    assert (like["id"], like["near"]) == (str(first.pk), True)
    assert editor.send(f"{path}/merger", {"into": str(uuid4())})[0] == 422
    status, kept = editor.send(f"{path}/merger", {"into": str(first.pk)}, key="merge-once-1")
    assert (status, kept["id"]) == (200, str(first.pk))
    assert editor.send(f"{path}/merger", {"into": str(first.pk)}, key="merge-once-1")[1] == kept
    assert editor.get(path)[1]["merged_into"] == str(first.pk)
    assert bureau.get(path)[1]["merged_into"] is None


def test_an_issue_is_put_together(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """S2-53, features row 55: a series, its next issue, items in their order; a near-duplicate
    needs a reason; out, it is what was printed, and nothing moves in it."""
    assert bureau.get("/information-issues")[0] == 403
    status, series = editor.send("/information-series", {"title": "《社情民意》", "copies": "常委"})
    assert (status, series["title"], series["mark"]) == (201, "社情民意", "社情民意")
    assert editor.send("/information-series", {"title": "社情民意"})[0] == 422
    assert editor.get("/information-series")[1]["items"] == [series]
    begun = {"series_id": series["id"]}
    status, issue = editor.send("/information-issues", begun)
    assert (status, issue["number"], issue["contents"]) == (201, None, [])
    assert editor.send("/information-issues", begun)[1]["id"] == issue["id"]
    items = [ordinary(desk, desk.world.liaison, n) for n in range(2)]
    path = f"/information-issues/{issue['id']}"
    for item in items:
        act = {"act": "place", "item_id": str(item.pk)}
        assert editor.send(f"{path}/items", act)[0] == 200
    status, refused = editor.send(f"{path}/items", {"act": "place", "item_id": str(items[0].pk)})
    assert (status, refused["type"]) == (409, "luoshi:once-per-series")
    _status, moved = editor.send(f"{path}/items", {"act": "up", "item_id": str(items[1].pk)})
    assert [one["item_id"] for one in moved["contents"]] == [str(items[n].pk) for n in (1, 0)]
    twin = ordinary(desk, desk.county, 0)
    act = {"act": "place", "item_id": str(twin.pk)}
    assert editor.send(f"{path}/items", act)[1]["type"] == "luoshi:similar-exists"
    assert editor.send(f"{path}/items", act | {"despite": "两地情况"})[0] == 200
    assert editor.send(f"{path}/items", act | {"act": "out"})[1]["items"] == 2
    row = items[0].entries.get().issue
    issue_out(issue=row, signer="陈远", actor=desk.editor, at=DAY + HOUR)
    read = editor.get(path)[1]
    assert (read["year"], read["number"], read["intact"]) == (2026, 1, True)
    assert [one["place"] for one in read["contents"]] == [1, 2]
    assert editor.send(f"{path}/items", act | {"act": "up"})[1]["type"] == "luoshi:issued"
    assert [one["sha256"] for one in editor.get("/information-issues")[1]["items"]] == [
        read["sha256"]
    ]


def test_an_issue_is_read_as_paper(desk: Desk) -> None:
    """S2-52: a proof while it is put together; another office finds nothing."""
    issue = draft_with(desk, bulletin(desk), ordinary(desk, desk.world.liaison, 0))
    path = f"/api/v1/information-issues/{issue.pk}/paper"
    for who, status in ((desk.editor, 200), (desk.world.liaison, 403)):
        found = paper(Caller(who, DAY + HOUR), path)
        assert found.status_code == status
        assert found.content.startswith(b"%PDF-") == (status == 200)


def paper(caller: Caller, path: str) -> Any:
    """The answer as it comes."""
    with time_machine.travel(caller.at, tick=False):
        return Client().get(path, headers=caller.headers)


def test_what_became_of_an_item(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """S2-55…57, B10: adopted, instructed on, handed to a unit that answers; each with its day and
    evidence, and the lineage says all of it in order."""
    item = accepted(desk, desk.county)
    path = f"{ITEMS}/{item.pk}"
    body = {"tier": "province", "adopter": "省政协办公厅", "publication": "《江淮信息》"} | EVIDENCE
    assert editor.send(f"{path}/adoptions", body | {"evidence": " "})[1]["errors"].keys() == {
        "evidence"
    }
    status, told = editor.send(f"{path}/adoptions", body | {"issue": "第9期"})
    assert (status, told["adopted_on"]) == (201, "2026-02-05")
    assert editor.send(f"{path}/adoptions", body | {"issue": "第9期"})[0] == 422
    said = {"tier": "city", "text": "请研究。", "leader_name": "王建国"} | EVIDENCE
    assert editor.send(f"{path}/instructions", said)[1]["instructed_on"] == "2026-02-05"
    assert bureau.get(path)[0] == 404
    asked = {"words": "请提出意见", "units": [desk.world.bureau.code], "until": "2026-02-20"}
    status, told = editor.send(f"{path}/handovers", asked)
    (handed,) = told["handovers"]
    assert (status, handed["unit_code"], handed["late"]) == (201, desk.world.bureau.code, False)
    assert editor.send(f"{path}/handovers", asked | {"units": ["没有"]})[0] == 422
    assert bureau.send(f"{path}/adoptions", body)[0] == 403
    result = {"text": "已纳入计划", "rule_title": "分摊意见", "rule_number": "建〔2026〕3号"}
    other = result | EVIDENCE | {"handover_id": str(uuid4())}
    assert bureau.send(f"{path}/results", other)[1]["errors"].keys() == {"handover_id"}
    status, told = bureau.send(f"{path}/results", result | EVIDENCE)
    assert (status, told["results"][0]["handover_id"]) == (201, handed["id"])
    steps = [one["step"] for one in editor.get(f"{path}/lineage")[1]["items"]]
    assert len(steps) == 6
    assert Item.objects.get(pk=item.pk).handled_on == date(2026, 2, 5)


def test_a_leaders_words_are_proposed_as_a_matter(desk: Desk, bureau: Caller) -> None:
    """Features row 74: a person registers; what a token asks for waits for one, once."""
    item = accepted(desk, desk.county)
    chief = Caller(desk.world.chief, DAY + HOUR)
    said = {"tier": "city", "text": "请研究。", "leader_name": "王建国"} | EVIDENCE
    told = chief.send(f"{ITEMS}/{item.pk}/instructions", said)[1]
    path = f"/information-instructions/{told['instructions'][0]['id']}/matter"
    body = {"units": [desk.world.bureau.code], "until": "2026-03-20"}
    assert bureau.send(path, body)[0] == 404
    status, told = chief.send(path, body)
    assert status == 201, told
    matter = Matter.objects.get(origin_kind="item")
    assert (matter.state, matter.registered_at) == ("proposed", None)
    assert told["instructions"][0]["matter_id"] == str(matter.pk)
    assert chief.send(path, body)[1]["type"] == "luoshi:already-filed"
    way = body | {"way": "matter", "words": "请办理"}
    assert chief.send(f"{ITEMS}/{item.pk}/handovers", way)[0] == 201
    assert Matter.objects.filter(origin_kind="item", registered_at=None).count() == 2


def test_quotas_and_officers_are_read_and_set(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """Features row 58: what is asked of units and how much came; papers of an engaged officer are
    handed in by the desk, for an officer has no post and so no token (S3-99)."""
    assert bureau.get("/information-quotas")[0] == 403
    body = {"unit": desk.world.bureau.code, "year": 2026, "count": 12}
    assert bureau.send("/information-quotas", body, method="PUT")[0] == 403
    sent(desk.world.liaison)
    status, row = editor.send("/information-quotas", body, method="PUT")
    assert (status, row["asked"], row["submitted"]) == (200, 12, 1)
    assert editor.get("/information-quotas", year=2026)[1] == {"year": 2026, "items": [row]}
    assert editor.get("/information-quotas", year=2025)[1]["items"] == []
    own = body | {"unit": desk.office.code}
    assert editor.send("/information-quotas", own, method="PUT")[1]["errors"].keys() == {"unit"}
    body = wording() | {"kind": "opinion", "officer_id": str(desk.officer.pk)}
    assert bureau.send(ITEMS, body)[1]["errors"].keys() == {"officer_id"}
    status, made = editor.send(ITEMS, body)
    assert (status, made["channel"], made["author"]) == (201, "officer", "胡敏")
    (listed,) = editor.get("/engaged-officers")[1]["items"]
    assert (listed["name"], listed["submitted"], listed["running"]) == ("胡敏", 1, True)


def test_a_topic_is_asked_answered_and_closed(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """Features row 58 (约稿): every fault by its field; the unit reads it, answers it, and not how
    many others did."""
    status, refused = editor.send("/information-topics", {"topic": " ", "words": ""})
    assert status == 422
    assert refused["errors"].keys() == {"topic", "words", "units", "until"}
    body = {"topic": "返岗用工", "words": "各地情况", "units": [desk.world.bureau.code]}
    assert bureau.send("/information-topics", body | {"workdays": 5})[0] == 403
    status, made = editor.send("/information-topics", body | {"workdays": 5})
    assert (status, made["answers"], made["light"]) == (201, 0, "green")
    (seen,) = bureau.get("/information-topics")[1]["items"]
    assert (seen["id"], seen["answers"]) == (made["id"], None)
    status, item = bureau.send(ITEMS, wording() | {"topic_id": made["id"]})
    assert (status, item["topic_id"]) == (201, made["id"])
    assert pages(editor, ITEMS, 5, topic=made["id"]) == [[item["id"]]]
    path = f"/information-topics/{made['id']}/closing"
    assert bureau.send(path, {})[0] == 403
    status, closed = editor.send(path, {"words": "已够"})
    assert (status, closed["answers"], closed["light"]) == (200, 1, "grey")
    assert editor.send(path, {})[1]["type"] == "luoshi:topic-closed"
    assert bureau.send(ITEMS, wording() | {"topic_id": made["id"]})[0] == 409


def test_figures_count_once_in_the_union(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """S2-54…57, B10: what is adopted and instructed counts once in the union, and each number of
    the year has its rows in the list."""
    item = accepted(desk, desk.county)
    adopt(item=item, adopted=adopted(), shown=shown(), actor=desk.editor, at=DAY)
    said = {"tier": "city", "text": "请研究。", "leader_name": "王建国"} | EVIDENCE
    editor.send(f"{ITEMS}/{item.pk}/instructions", said)
    sent(desk.outside, words=plain(1), kind="information")
    assert bureau.get("/information-figures")[0] == 403
    found = editor.get("/information-figures", year=2026)[1]
    total = found["total"]
    assert {name: total[name] for name in ("submitted", "adopted", "instructed", "either")} == {
        "submitted": 2,
        "adopted": 1,
        "instructed": 1,
        "either": 1,
    }
    assert [(one["code"], one["rate"]) for one in found["units"]] == [("010101", 100.0)]
    assert [one["officer_id"] for one in found["officers"]] == [str(desk.officer.pk)]
    assert [one["submitted"] for one in found["months"]][:3] == [0, 2, 0]
    (rows,) = pages(editor, ITEMS, 5, show="either", year=2026, book=True, unit="010101")
    assert rows == [str(item.pk)]


def test_scores_of_a_month_and_a_year(desk: Desk, editor: Caller, bureau: Caller) -> None:
    """R-INF-6, B22, S2-58: a month as it stands and as published, the year's ranking with the rows
    behind its numbers, the replay, and the own standing of who submits."""
    item = accepted(desk, desk.world.liaison)
    adopt(item=item, adopted=adopted(), shown=shown(), actor=desk.editor, at=DAY)
    month = editor.get("/information-scores/month", month="2026-02")[1]
    assert [(one["who"], one["points"], one["rank"]) for one in month["lines"]] == [
        (f"unit:{desk.world.bureau.code}", 5.0, 1)
    ]
    assert (month["sheet_id"], [one["what"] for one in month["facts"]]) == (
        None,
        ["adopted-province"],
    )
    assert bureau.get("/information-scores/month")[0] == 403
    sheet = publish_sheet(
        month=date(2026, 2, 1), actor=desk.world.chief, at=DAY + timedelta(days=30)
    )
    editor.at = DAY + timedelta(days=31)
    assert [one["id"] for one in editor.get("/information-scores")[1]["items"]] == [str(sheet.pk)]
    kept = editor.get("/information-scores/month", month="2026-02")[1]
    assert (kept["sheet_id"], kept["intact"], kept["lines"]) == (
        str(sheet.pk),
        True,
        month["lines"],
    )
    assert editor.get(f"/information-scores/{sheet.pk}")[1] == kept
    bureau.at = editor.at
    (own,) = bureau.get("/information-scores/own")[1]["items"]
    assert (own["sheet_id"], own["rank"], own["among"], own["points"]) == (
        str(sheet.pk),
        1,
        1,
        5.0,
    )
    assert bureau.get(f"/information-scores/{sheet.pk}")[1]["facts"] == kept["facts"]
    year = editor.get("/information-scores/year", year=2026)[1]
    assert (year["months"], year["units"][0]["points"]) == (["2026-02"], 5.0)
    given = {"year": 2026, "who": year["units"][0]["who"]}
    behind = editor.get("/information-scores/year/items", **given, kind="adopted")[1]
    assert (behind["total"], behind["items"][0]["item_id"]) == (1, str(item.pk))
    for nobody in ("", "grace", "officer:", "officer:grace"):
        assert editor.get("/information-scores/year/items", year=2026, who=nobody)[0] == 422
    again = {"weights": {"adopted-province": 8}}
    (line,) = editor.send(f"/information-scores/{sheet.pk}/replay", again)[1]["lines"]
    assert (line["old_points"], line["points"], line["why"]) == (5.0, 8.0, {"adopted-province": 3})
    wrong = {"weights": {"adopted-moon": 8}}
    assert editor.send(f"/information-scores/{sheet.pk}/replay", wrong)[0] == 422
    assert editor.get("/information-scores/weights")[1]["version"] == 0


def test_lists_cost_the_same_however_long(desk: Desk, editor: Caller) -> None:
    """Contract: at most eight queries, with one row as with three."""
    paths = (ITEMS, "/information-topics", "/engaged-officers", "/information-quotas")
    asked = {"topic": "用工", "words": "情况", "units": [desk.world.bureau.code], "workdays": 3}
    quota = {"unit": desk.world.bureau.code, "year": 2026, "count": 3}
    costs = []
    for n in range(3):
        sent(desk.world.liaison, words=plain(n), kind="information")
        editor.send("/information-topics", asked)
        editor.send(
            "/information-quotas", quota | {"unit": ("010101", "0101D37")[n % 2]}, "", "PUT"
        )
        if n in {0, 2}:
            costs.append([editor.counted(path)[1] for path in paths])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 8


def test_another_office_finds_nothing(desk: Desk) -> None:
    """Features row 58: a county's own desk sees its book, not this one's."""
    item = accepted(desk, desk.world.liaison)
    issue = draft_with(desk, bulletin(desk), item)
    submit(plain(1), Sent(), actor=desk.editor, at=DAY)
    other = Caller(desk.county, DAY + HOUR)
    assert other.get(f"{ITEMS}/{item.pk}")[0] == 404
    assert other.send(f"{ITEMS}/{item.pk}/merger", {"into": str(item.pk)})[0] == 404
    assert other.get(f"/information-issues/{issue.pk}")[0] == 403
    assert other.get(ITEMS)[1]["items"] == []
