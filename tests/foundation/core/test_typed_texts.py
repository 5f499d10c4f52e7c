"""A refused form: what was written stands on the refusal page, secrets and choices do not."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.web.refusal_pages import refusal_response
from luoshi.foundation.core.web.typed_texts import typed_texts
from tests.security.world import keyed, make_office

LONG = "拟于四月底前完成普查，" * 30


def test_texts_are_kept_once_and_secrets_never() -> None:
    """The house: nothing typed is lost; a password or a code is never shown again."""
    typed = {
        "reason": f"  {LONG}\n",
        "again": LONG,
        "remark": "two words",
        "verdict": "returned",
        "due_on": "2026-03-01",
        "password": "我的 口令",
        "recovery_code": "甲乙 丙丁",
        "csrfmiddlewaretoken": "甲 乙",
    }
    request = RequestFactory().post("/x/", typed)
    assert typed_texts(request) == [LONG, "two words"]
    assert typed_texts(RequestFactory().get("/x/", typed)) == []


def test_unreadable_form_has_no_texts() -> None:
    """A broken upload is refused as such, not with an error of ours."""
    request = RequestFactory().post("/x/", b"--", content_type="multipart/form-data; boundary=")
    assert typed_texts(request) == []


def test_refusal_page_escapes_what_it_shows() -> None:
    """Security row 13: shown as text, never as markup."""
    request = RequestFactory().post("/x/", {"reason": "<script>甲</script>"})
    answer = refusal_response(request, Refused("不行", code="no"))
    assert "&lt;script&gt;甲&lt;/script&gt;" in answer.content.decode()
    assert "<script>甲" not in answer.content.decode()


@pytest.mark.django_db
def test_a_problem_answered_meanwhile_keeps_the_measures_written() -> None:
    """S2-92: measures typed for a problem that is somebody else's turn by now are not lost."""
    office = make_office(timezone.now())
    place = f"/problems/{office.ids['problem']}/check/"
    answer = office.clients["officer"].post(place, keyed(verdict="passed", words=LONG))
    assert answer.status_code in {403, 409, 422}
    assert LONG in answer.content.decode()
