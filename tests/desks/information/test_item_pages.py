"""The pages of ordinary information, as those use them who submit, edit and read (features rows 55,
58–61, 74; B10, B22)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.reviewing import review
from luoshi.desks.information.domain.running.engaging import set_quota
from luoshi.desks.information.enums import Criterion
from luoshi.desks.information.models import (
    BulletinSeries,
    EngagedOfficer,
    Issue,
    Item,
    ScoreSheet,
    TopicRequest,
)
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.counting import queries_of
from tests.desks.information.book import (
    ANALYSIS,
    DAY,
    HOUR,
    ONE_DAY,
    SITUATION,
    SUGGESTION,
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
from tests.security.world import keyed, sign_in
from tests.story import actor

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "opinion",
    "title": "加装电梯推进缓慢",
    "text": SITUATION,
    "analysis": ANALYSIS,
    "suggestion": SUGGESTION,
}
MARKS = {f"mark_{one.value}": "yes" for one in Criterion}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def text_of(client: Client, path: str, status: int = 200) -> str:
    """A page's text."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_from_an_officers_form_to_the_printed_issue(desk: Desk) -> None:
    """Rows 55, 58, 61: submitted without a post, sent back, sent again, accepted, edited, issued;
    every step is shown to the author, and nothing typed is lost."""
    with time_machine.travel(DAY + HOUR, tick=False):
        outside, editor = client_of(desk.outside), client_of(desk.editor)
        assert "/information/" in text_of(outside, "/information/")
        wrong = outside.post("/information/new/", keyed(**FORM | {"suggestion": ""}))
        assert wrong.status_code == 422
        assert SITUATION in wrong.content.decode()
        page = outside.post("/information/new/", keyed(**FORM))["Location"]
        item = Item.objects.get()
        assert page == f"/information/{item.pk}/"
        assert "待审核" in text_of(outside, page)
        refused = editor.post(f"{page}review/", keyed(verdict="accept"))
        assert refused.status_code == 422
        back = keyed(verdict="return", reason="请补充数据", **MARKS)
        assert editor.post(f"{page}review/", back).status_code == 302
        assert "请补充数据" in text_of(outside, page)
        text = keyed(**FORM | {"title": "加装电梯推进缓慢亟待破解"})
        assert outside.post(f"{page}text/", text).status_code == 302
        assert editor.post(f"{page}review/", keyed(verdict="accept", **MARKS)).status_code == 302
        edited = FORM | {"title": "加装电梯推进缓慢亟待破解", "text": SITUATION + "群众盼望。"}
        assert editor.post(f"{page}text/", edited | {"version": "2"}).status_code == 422
        body = edited | {"version": "2", "why": "补充群众期盼"}
        assert editor.post(f"{page}text/", body).status_code == 302
        assert editor.post(f"{page}text/", body | {"title": "另题"}).status_code == 422  # stale
        shown_ = text_of(outside, page)
        assert "<ins>群众盼望。</ins>" in shown_
        assert "补充群众期盼" in shown_
        assert editor.post("/information/series/", {"title": "社情民意"}).status_code == 302
        series = str(BulletinSeries.objects.get().pk)
        issue = editor.post("/information/issues/", keyed(series=series))["Location"]
        put = {"item": str(item.pk)}
        assert editor.post(f"{issue}items/", put).status_code == 302
        assert editor.post(f"{issue}items/", put).status_code == 409
        assert editor.post(f"{issue}issuing/", keyed(signer="")).status_code == 422
        assert editor.post(f"{issue}issuing/", keyed(signer="陈远")).status_code == 302
        assert "2026年第1期" in text_of(outside, page)
        assert "与刊发时内容一致" in text_of(outside, issue)
        paper = outside.get(f"{issue}pdf/")
        assert paper["Content-Type"] == "application/pdf"
        assert client_of(desk.county).get(issue).status_code == 404
        told = Notice.objects.filter(recipient=desk.outside.person_id)
        assert told.count() == 4


def test_what_became_of_it_is_noted_and_shown(desk: Desk) -> None:
    """Rows 55, 74, B10: adoption with a scan, a leader's words, a matter, the unit's answer, and
    the lineage of all of it; the matter leads back."""
    with time_machine.travel(DAY + ONE_DAY, tick=False):
        item = accepted(desk, desk.outside)
        page = f"/information/{item.pk}/"
        outside, editor = client_of(desk.outside), client_of(desk.editor)
        officer, bureau = client_of(desk.world.officer), client_of(desk.world.liaison)
        scan = SimpleUploadedFile("刊物.txt", "第9期第2页".encode())
        body: dict[str, Any] = {"tier": "province", "adopter_name": "省政协办公厅"}
        refused = editor.post(f"{page}adoptions/", keyed(**body))
        assert refused.status_code == 422
        assert "省政协办公厅" in refused.content.decode()
        body |= {"publication": "江淮信息", "issue": "第9期", "files": scan}
        assert editor.post(f"{page}adoptions/", keyed(**body)).status_code == 302
        file = outside.get(page).context["adoptions"][0].shown_files[0]
        there = reverse("attachments:download", args=[file.pk])
        assert b"".join(outside.get(there)) == "第9期第2页".encode()
        assert client_of(desk.county).get(there).status_code == 404
        leader = str(desk.world.leader.person_id)
        said = {"tier": "city", "leader": leader, "text": "请住建局研究。"}
        assert editor.post(f"{page}instructions/", keyed(**said)).status_code == 422
        said["evidence"] = "批示复印件"
        assert editor.post(f"{page}instructions/", keyed(**said)).status_code == 302
        made = item.instructions.get()
        register = f"/information/words/{made.pk}/matter/"
        units = {"units": "市住房城乡建设局", "until": "2026-3-31"}
        assert editor.post(register, keyed(**units)).status_code == 403
        assert officer.post(register, keyed(units="无此局")).status_code == 422
        assert officer.post(register, keyed(**units)).status_code == 302
        made.refresh_from_db()
        matter = f"/matters/{made.matter_id}/"
        assert f"{matter}information/" in text_of(officer, matter)
        assert officer.get(f"{matter}information/")["Location"] == f"{page}lineage/"
        assert client_of(desk.county).get(f"{matter}information/").status_code == 404
        ask = keyed(units="市财政局", words="请研究资金安排。", until="2026-3-6", way="request")
        assert editor.post(f"{page}handovers/", ask).status_code == 302
        done = {"text": "已出台意见。", "rule_title": "加装电梯指导意见", "evidence": "文件"}
        assert bureau.post(f"{page}results/", keyed(**done)).status_code == 302
        chain = text_of(outside, f"{page}lineage/")
        for words in ("江淮信息", "请住建局研究。", "转为督办事项", "加装电梯指导意见"):
            assert words in chain
        assert matter not in chain
        assert matter in text_of(officer, f"{page}lineage/")


def test_an_edit_keeps_the_version_it_was_opened_with(desk: Desk) -> None:
    """Row 55, ui.md 6: another mistake in the form does not hide what somebody saved meanwhile: it
    is shown beside, and only then may be saved over."""
    item = sent(desk.county)
    second = actor("bian", "编辑二", desk.office, Role.INFORMATION_OFFICER)
    place = f"/information/{item.pk}/text/"
    own = FORM | {"text": SITUATION + "甲", "version": "1"}
    with time_machine.travel(DAY + HOUR, tick=False):
        client = client_of(desk.editor)
        more = opinion(text=SITUATION + "另一编辑补充的数据。")
        edit(item=item, words=more, why="补", version=1, actor=second, at=DAY + HOUR)
        missing = client.post(place, own | {"why": ""})
        assert (missing.status_code, missing.context["values"]["version"]) == (422, "1")
        older = client.post(place, own | {"why": "改"})
        assert (older.status_code, older.context["values"]["version"]) == (422, 2)
        assert "另一编辑补充的数据" in older.content.decode()
        assert client.post(place, own | {"why": "改", "version": "2"}).status_code == 302
    item.refresh_from_db()
    assert (item.version, item.text) == (3, SITUATION + "甲")


@pytest.mark.parametrize("form", ["review", "adoptions", "results"])
def test_a_form_that_is_gone_gives_back_what_was_written(desk: Desk, form: str) -> None:
    """ui.md 6, row 61: somebody decided meanwhile; the words typed into a form that is no longer on
    the page stand there to be copied."""
    item = sent(desk.county)
    second = actor("bian", "编辑二", desk.office, Role.INFORMATION_OFFICER)
    if form == "review":
        review(item=item, judgement=judged(), actor=desk.editor, at=DAY)
    words = "请补充全市数据和出处再报"
    typed = keyed(verdict="return", reason=words, text=words, words_value="数据不足一半")
    with time_machine.travel(DAY + HOUR, tick=False):
        client = client_of(second)
        answer = client.post(f"/information/{item.pk}/{form}/", typed)
        page = answer.content.decode()
        assert answer.status_code in {409, 422}
        assert page.count(words) == 1
        assert "数据不足一半" in page
        offered = client.get(f"/information/{item.pk}/").content.decode()
        assert "<textarea readonly" not in offered


def test_a_month_finds_its_sheet_however_old(desk: Desk) -> None:
    """R-INF-6, B22: a published month opens its sheet, not a new count, after two years of
    sheets."""
    for number in range(26):
        year, month = divmod(number, 12)
        ScoreSheet.objects.create(
            office=desk.office,
            month=date(2022 + year, month + 1, 1),
            version=0,
            weights={},
            facts=[],
            lines=[],
            digest="x",
            published_by_name="陈远",
            published_at=DAY,
        )
    oldest = ScoreSheet.objects.get(month=date(2022, 1, 1))
    with time_machine.travel(DAY, tick=False):
        found = client_of(desk.world.chief).get("/information/scores/?month=2022-01")
    assert found["Location"] == f"/information/scores/{oldest.pk}/"


def test_near_duplicates_stand_on_the_page_side_by_side(desk: Desk) -> None:
    """Row 60: shown to the desk alone, with the reason once somebody gives it, or merged."""
    with time_machine.travel(DAY + HOUR, tick=False):
        first = accepted(desk, desk.world.liaison)
        issue = draft_with(desk, bulletin(desk), first)
        second = accepted(desk, desk.county)
        editor, bureau = client_of(desk.editor), client_of(desk.world.liaison)
        page = f"/information/{second.pk}/"
        beside = f"{page}beside/{first.pk}/"
        assert beside in text_of(editor, page)
        assert f"<mark>{ANALYSIS}" in text_of(editor, beside)
        assert "相似信息" not in text_of(bureau, f"/information/{first.pk}/")
        assert bureau.get(beside).status_code == 403
        put = f"/information/issues/{issue.pk}/items/"
        refused = editor.post(put, {"item": str(second.pk)})
        assert refused.status_code == 422
        assert "相似100%" in refused.content.decode()
        assert editor.post(f"{page}merger/", {"into": "没有"}).status_code == 422
        assert editor.post(f"{page}merger/", {"into": first.number}).status_code == 302
        assert "已并入其他信息" in text_of(client_of(desk.county), page)


def test_officers_quotas_and_topics(desk: Desk) -> None:
    """Row 58: engaged and ended, asked of units and officers, answered from the page."""
    with time_machine.travel(DAY + HOUR, tick=False):
        editor, bureau, outside = map(client_of, (desk.editor, desk.world.liaison, desk.outside))
        assert editor.post("/information/officers/", {"name": ""}).status_code == 422
        given = {"name": "老周", "unit": "市财政局", "quota": "4", "since": "2026-2-1"}
        assert editor.post("/information/officers/", given).status_code == 302
        held = EngagedOfficer.objects.get(name="老周")
        assert editor.post(f"/information/officers/{held.pk}/end/").status_code == 302
        quota = {"quota_unit": "市住房城乡建设局", "quota_year": "2026", "quota_count": "12"}
        assert editor.post("/information/quotas/", quota).status_code == 302
        assert editor.post("/information/quotas/", quota | {"quota_unit": "无"}).status_code == 422
        assert "本年度任务 12 条，已报送 0 条" in text_of(bureau, "/information/new/")
        assert bureau.get("/information/officers/").status_code == 403
        ask = {"topic": "返岗用工", "words": "各地情况", "units": "市住房城乡建设局"}
        assert editor.post("/information/topics/", ask).status_code == 422
        ask |= {"workdays": "5", "officers": "1"}
        assert editor.post("/information/topics/", ask).status_code == 302
        topic = TopicRequest.objects.get()
        for reader in (bureau, outside):
            assert f"request={topic.pk}" in text_of(reader, "/information/topics/")
        answer = FORM | {"request": str(topic.pk), "to": str(desk.office.pk)}
        assert bureau.post("/information/new/", keyed(**answer)).status_code == 302
        rows = editor.get(f"/information/?request={topic.pk}").context["page"].rows
        assert len(rows) == 1
        assert editor.post(f"/information/topics/{topic.pk}/closing/").status_code == 302
        closed = bureau.post("/information/new/", keyed(**answer))
        assert closed.status_code == 409


def test_figures_open_their_rows_with_few_queries(desk: Desk) -> None:
    """B10, row 55: constant queries with one row and with many; every number opens its rows."""
    with time_machine.travel(DAY + ONE_DAY, tick=False):
        editor = client_of(desk.editor)
        pages = (
            "/information/",
            "/information/?show=either&year=2026&month=2&book=1",
            "/information/figures/",
            "/information/issues/",
            "/information/officers/",
            "/information/topics/",
            "/information/series/",
            "/information/scores/",
            "/information/scores/weights/",
            "/information/scores/year/?year=2026",
        )
        item = accepted(desk, desk.world.liaison, words=plain(0), kind="information")
        draft_with(desk, bulletin(desk), item)
        asked: dict[str, Any] = {"year": 2026, "count": 9, "actor": desk.editor, "at": DAY}
        set_quota(unit=desk.world.bureau, **asked)
        few = [queries_of(lambda page=page: editor.get(page))[1] for page in pages]
        issue_out(issue=Issue.objects.get(), signer="陈远", actor=desk.editor, at=DAY)
        for who in (desk.outside, desk.county, desk.world.liaison):
            made = sent(who, DAY + HOUR)
            made = review(item=made, judgement=judged(), actor=desk.editor, at=DAY + HOUR)
            adopt(item=made, adopted=adopted(), shown=shown(), actor=desk.editor, at=DAY + HOUR)
        draft_with(desk, bulletin(desk, "参阅"), item)
        set_quota(unit=Unit.objects.get(short_name="市财政局"), **asked)
        many = [queries_of(lambda page=page: editor.get(page))[1] for page in pages]
        assert few == many
        assert max(many) <= 8
        for who in (desk.outside, desk.county, desk.world.liaison, desk.world.leader):
            reader = client_of(who)
            for page in ("/information/", "/information/topics/"):
                reader.get(page)
                assert queries_of(lambda page=page, reader=reader: reader.get(page))[1] <= 8
        sums = editor.get("/information/figures/?year=2026").context["sums"]
        assert (sums.total["submitted"], sums.total["adopted"], sums.total["either"]) == (4, 3, 3)
        for line in (*sums.units, *sums.officers, *sums.months, sums.total):
            for name, show in (("submitted", ""), ("adopted", "adopted"), ("either", "either")):
                rows = editor.get(f"/information/?{line['rows']}&show={show}").context["page"].rows
                assert len(rows) == line[name], (line["rows"], show)
        quotas = editor.get("/information/officers/").context["quotas"]
        assert {str(one.unit): one.sent for one in quotas} == {"市住房城乡建设局": 2, "市财政局": 0}
        for one in quotas:
            path = f"/information/?book=1&unit={one.unit.code}&year=2026"
            assert len(editor.get(path).context["page"].rows) == one.sent
        for key, _label, count in editor.get("/information/").context["tabs"]:
            rows = editor.get(f"/information/?show={key}").context["page"].rows
            assert len(rows) == count, key
        one = f"/information/{item.pk}/"
        assert queries_of(lambda: editor.get(one))[1] <= 30
        written = editor.get("/exports/items/?format=csv&show=adopted")
        assert b"".join(written).decode("utf-8-sig").count("信〔2026〕") == 3


def test_a_sheet_is_published_and_replayed_from_the_page(desk: Desk) -> None:
    """B22, R-INF-6: the month as it stands, its sheet, other weights in the address, a new version
    of the weights by the secretary-general."""
    item = accepted(desk, desk.outside)
    issue = draft_with(desk, bulletin(desk), item)
    issue_out(issue=issue, signer="陈远", actor=desk.editor, at=DAY)
    with time_machine.travel(DAY + 30 * ONE_DAY, tick=False):
        editor, chief = client_of(desk.editor), client_of(desk.world.chief)
        assert "胡敏" in text_of(editor, "/information/scores/?month=2026-02")
        publish = "/information/scores/publishing/"
        assert editor.post(publish, keyed(month="2026-02")).status_code == 403
        page = chief.post(publish, keyed(month="2026-02"))["Location"]
        assert chief.post(publish, keyed(month="2026-02")).status_code == 409
        assert "与公布结果一致" in text_of(editor, page)
        assert editor.get("/information/scores/?month=2026-02")["Location"] == page
        again = editor.get(f"{page}replay/").context
        assert (again["same"], again["changed"]) == (True, 0)
        other = editor.get(f"{page}replay/?own=3").context
        assert [(one["old_shown"], one["shown"]) for one in other["lines"]] == [("1", "3")]
        assert editor.get(f"{page}replay/?own=x").status_code == 422
        weights = "/information/scores/weights/"
        assert editor.post(weights, {"own": "2", "basis": "文"}).status_code == 403
        assert chief.post(weights, {"own": "2"}).status_code == 422
        assert chief.post(weights, {"own": "2", "basis": "委办〔2026〕9号"}).status_code == 302
        assert "委办〔2026〕9号" in text_of(editor, weights)
        assert "与公布结果一致" in text_of(editor, page)
