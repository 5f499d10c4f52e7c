"""What a refused form may bring back, attacked: addresses nobody reads, doors gone round, scripts,
somebody else's words."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.desks.meetings.domain import checking
from luoshi.desks.meetings.models import SourceDocument
from tests.desks.test_review_page import bring
from tests.security.world import Office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, 20, tzinfo=UTC)
OFFICE_AT = AT
SAID, ALLOWED = "用词较多，数据 可信", 3
PAGE = "/reviews/"


@pytest.fixture
def send(office: Office) -> Callable[..., tuple[int, str]]:
    """A form of the review queue that is refused, and what comes back as text."""

    def sent(came: str, page: str = "", **more: Any) -> tuple[int, str]:
        pk = office.ids["report"]
        body = {"verdict": "accepted", "evidence": "5", "evidence_note": "", "reason": SAID}
        body |= {"came_from": came} | more
        with time_machine.travel(AT, tick=False):
            answer = office.clients["officer"].post(
                f"/reports/{pk}/review/", body, headers={"referer": page} if page else {}
            )
        return answer.status_code, html.unescape(answer.content.decode())

    return sent


@pytest.mark.parametrize(
    "came",
    [
        "http://[elsewhere/",
        "//[/",
        "/search/?q=%00",
        "/matters/%00/",
        "/ledger/?" + "&".join(["a=1"] * 1_100),
        "/ledger/?q=%ED%A0%80",
        "/%E6%B2%A1%E6%9C%89/",
    ],
)
def test_an_address_nobody_can_read_is_no_error(
    send: Callable[..., tuple[int, str]], came: str
) -> None:
    """Row 13, security 9: whatever stands in the field or is told by the browser, the refusal is
    told and the words are kept."""
    status, text = send(came)
    assert status == 422 and SAID in text, came
    status, text = send("", came)
    assert status == 422 and SAID in text, came


@pytest.mark.parametrize(
    "came", ["http://testserver//elsewhere/reviews/", "////elsewhere/reviews/"]
)
def test_no_form_is_sent_to_another_site(send: Callable[..., tuple[int, str]], came: str) -> None:
    """Security 9: a path of two slashes names another site; no form, and no token with it, goes
    there."""
    for status, text in (send(came), send("", came)):
        assert status == 422 and "<form" not in text and SAID in text


def test_a_page_brought_back_goes_through_the_same_doors(
    office: Office, settings: Any, send: Callable[..., tuple[int, str]]
) -> None:
    """Row 26: searches brought back by a refused form are counted; above the allowance the refusal
    comes alone."""
    settings.CONFIG = replace(site.CONFIG, search_per_minute=ALLOWED)
    found = ["<form" in send("/search/?q=水利")[1] for _each in range(ALLOWED + 1)]
    assert found == [True] * ALLOWED + [False]
    with time_machine.travel(AT, tick=False):
        assert office.clients["officer"].get("/search/?q=水利").status_code == 429


def draft_changed(office: Office) -> SourceDocument:
    """A notice with one draft that the second officer has corrected."""
    document = bring(office.world, 1)
    item = document.items.get(number=1)
    item.document = document
    words = {"title": "同事的题目", "limit_words": "收到之日起15日内", "units": []}
    checking.edit(item=item, **words, actor=office.world.second_officer, at=AT)
    return document


def correct(office: Office, document: SourceDocument, **headers: str) -> Any:
    """The first officer's correction, from the page as it was before."""
    page = f"/drafting/{document.pk}/"
    body = {"revision": "0", "title": "我的 题目", "limit": "收到之日起15日内", "unit": ""}
    given = {"referer": f"http://testserver{page}?item=1", **headers}
    with time_machine.travel(AT, tick=False):
        return office.clients["officer"].post(f"{page}drafts/1/correction/", body, headers=given)


def test_a_script_is_told_the_refusal_itself(office: Office) -> None:
    """B2, ui.md 9: a step of the review that is refused answers with the refusal and not with
    parts of the page, else the page would take them for the step's success."""
    answer = correct(office, draft_changed(office), **{"X-Part": "step", "X-Since": "0"})
    text = answer.content.decode()
    assert answer.status_code in (409, 422) and "X-Part" not in answer.headers
    assert "<h1" in text and 'class="notice stop"' in text


def test_what_somebody_else_saved_is_not_covered_by_typed_words(office: Office) -> None:
    """B2, contract 3: the page comes back as it is saved now; the typed words stand there to be
    copied, so that sending again does not replace what nobody saw."""
    document = draft_changed(office)
    answer = correct(office, document)
    text = html.unescape(answer.content.decode())
    form = text.split('id="correction"', 1)[1].split("</form>", 1)[0]
    assert answer.status_code in (409, 422) and 'id="errors"' in form
    assert "同事的题目</textarea>" in form
    kept = form.split('class="kept"', 1)[1].split("</section>", 1)[0]
    assert "我的 题目" in kept and form.count("我的 题目") == 1
    assert document.items.get(number=1).title == "同事的题目"


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(
    send: Callable[..., tuple[int, str]],
) -> None:
    """ui.md 4: a browser puts no file back; nobody sends the form again without seeing that."""
    again = "请重新选择文件。"
    assert again not in send(PAGE)[1]
    assert again in send(PAGE, file=SimpleUploadedFile("照片.txt", b"x"))[1]
