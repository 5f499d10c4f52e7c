"""A refused act on a report or a request comes back to its form with the typed words and the
reason; what another decided meanwhile is told on the page, the words kept."""

import html
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.models import ClockStop, Report, Review
from tests.security.world import Office

pytestmark = pytest.mark.django_db
SAID = "用词较多，数据 可信；现场“已看”"
LATER = "/extensions/{extension}/decision/"
REFUSED = {"verdict": "refused"}
ELSE = "https://elsewhere.example/reviews/"


def post(office: Office, path: str, body: dict[str, Any], page: str, kind: str = "officer") -> Any:
    """A form of `page` sent by a browser, and what comes back as text."""
    headers = {"referer": page if page.startswith("http") else f"http://testserver{page}"}
    answer = office.clients[kind].post(path, body, headers=headers if page else {})
    return answer.status_code, html.unescape(answer.content.decode())


@pytest.mark.parametrize("page", ["/reviews/?open={pk}", "/reports/{pk}/"])
def test_a_refused_acceptance_comes_back_to_the_review_form(office: Office, page: str) -> None:
    """Features row 17, B8, ui.md 4: another grade without its reason, from the queue and from the
    report's own page; the grade and the remark stand in the form, the fault beside its field."""
    pk = office.ids["report"]
    here, act = page.format(pk=pk), f"/reports/{pk}/review/"
    body = {"verdict": "accepted", "evidence": "5", "evidence_note": "", "reason": SAID}
    status, text = post(office, act, body, here)
    assert status == 422 and Report.objects.get(pk=pk).state == "submitted"
    form = text.split(f'action="{act}"', 1)[1].split("</form>", 1)[0]
    assert form.startswith(' class="form mt"><div class="errors" id="errors"')
    assert f">\n{SAID}</textarea>" in form and '<option value="5" selected>' in form
    note = form.split('name="evidence_note"', 1)[1].split(">", 1)
    assert 'aria-invalid="true"' in note[0] and note[1].startswith('<span class="error">')
    assert f'name="came_from" value="{here}"' in form
    again = body | {"came_from": here, "evidence_note": "第三方评估"}
    status, _text = post(office, act, again, "")
    assert status == 302
    assert Report.objects.get(pk=pk).state == "accepted"


def test_a_return_without_its_reason_keeps_the_new_limit(office: Office) -> None:
    """Features row 17, decision 5: the reason is missing, the typed day stays; a second try from
    the page that came back, without a word of the browser, comes back again."""
    pk = office.ids["report"]
    body = {"verdict": "returned", "reason": "", "redo_on": "2039-01-05"}
    for page, more in (("/reviews/", {}), ("", {"came_from": "/reviews/"})):
        status, text = post(office, f"/reports/{pk}/review/", body | more, page)
        assert status == 422 and 'value="2039-01-05"' in text and 'id="errors"' in text
    assert not Review.objects.filter(report=pk).exists()


def test_what_another_decided_is_told_on_the_page_with_the_words(office: Office) -> None:
    """Decision 5, contract 3 (two reviewers at once): the report left the queue; the page is the
    queue, the words stand there to be copied."""
    report = Report.objects.get(pk=office.ids["report"])
    accept(report=report, actor=office.world.chief, at=timezone.now())
    body = {"verdict": "returned", "reason": SAID, "redo_on": ""}
    status, text = post(office, f"/reports/{report.pk}/review/", body, "/reviews/")
    assert status == 409 and SAID in text and "<nav" in text
    assert f'action="/reports/{report.pk}/review/"' not in text
    main = text.split('<main id="main"', 1)[1].split(">", 1)[1]
    assert main.startswith('<div class="errors" id="errors"')


def test_an_unknown_page_is_not_shown_and_the_words_are_kept(office: Office) -> None:
    """ui.md 4, security 9: no page of another site, none out of sight, none that is no page; the
    refusal then has a page of its own with the words."""
    pk = office.ids["report"]
    body = {"verdict": "accepted", "evidence": "5", "evidence_note": "", "reason": SAID}
    for page in ("", ELSE, f"/matters/{uuid4()}/", "/nothing/", "/exports/ledger/?format=csv"):
        status, text = post(office, f"/reports/{pk}/review/", body, page)
        assert status == 422 and SAID in text and "<form" not in text, page
    for came in (ELSE, "//elsewhere.example/", "javascript:alert(1)", f"/reports/{pk}/review/"):
        status, text = post(office, f"/reports/{pk}/review/", body | {"came_from": came}, "")
        assert status == 422 and "<form" not in text, came


def test_a_form_at_the_door_shows_no_page_behind_it(office: Office) -> None:
    """Rows 2 and 4, security 9: who has still to enrol a factor, or is not signed in, gets no page
    by naming it in a form that is open to him."""
    for client in (office.clients["officer"], office.clients["anon"]):
        for path in ("/factor/", "/password/", "/sessions/", "/sign-in/"):
            body = {"came_from": "/ledger/", "act": "end", "code": "1"}
            answer = client.post(path, body, headers={"referer": "http://testserver/ledger/"})
            text = "" if answer.status_code == 302 else answer.content.decode()
            assert "督查台账" not in text.split("<main", 1)[-1], path


@pytest.mark.parametrize(
    ("act", "page", "body", "name"),
    [
        ("/stops/{asked_stop}/answer/", "/matters/{asked}/changes/", {"act": "refuse"}, "reason"),
        (
            "/extensions/{extension}/decision/",
            "/duties/{dated_duty}/extensions/",
            REFUSED,
            "remark",
        ),
        ("/burden/meetings/{meeting}/calling-off/", "/burden/meetings/", {}, "reason"),
    ],
)
def test_other_acts_come_back_to_their_forms(
    office: Office, act: str, page: str, body: dict[str, str], name: str
) -> None:
    """Features rows 19 and 20, B6, ui.md 4: a refusal of a stop or an extension and a calling-off
    need their words; the form that was pressed is the one that tells it."""
    stop = ClockStop.objects.get(pk=office.ids["asked_stop"])
    ids = office.ids | {"asked": stop.matter_id}
    status, text = post(office, act.format(**ids), body | {name: " "}, page.format(**ids))
    assert status == 422 and "<nav" in text
    form = text.split(f'action="{act.format(**ids)}"', 1)[1].split("</form>", 1)[0]
    assert 'id="errors"' in form and '<span class="error">' in form
