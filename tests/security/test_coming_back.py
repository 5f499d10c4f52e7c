"""Every form that is refused comes back: the page it stood on, with the reason and the words.
The forms are read from the pages themselves, as each kind of actor sees them."""

import copy

import pytest
from django.db import transaction

from tests.security.test_hostile_forms import KEPT, Form, Forms
from tests.security.test_rights import API_IS_TESTED_BY_TOKEN, Undo, address, closed, routes
from tests.security.world import Office

pytestmark = pytest.mark.django_db
LEAVES = {"accounts:sign-out", "accounts:language"}
SECRETS = {"accounts:password", "accounts:proof", "accounts:sign-in"}  # shown to nobody again
WORDS = "已 写 的 字"
FORM = "<form"  # a page of its own for a refusal has none


def forms(office: Office, reader: str) -> dict[tuple[str, ...], tuple[str, Form]]:
    """Every form this reader is offered with a text to write, once, with the page it stands on."""
    client, found = office.clients[reader], {}
    for name in sorted(routes()):
        if name.startswith(API_IS_TESTED_BY_TOKEN) or name in LEAVES | SECRETS:
            continue
        path = address(office, name)
        got = client.get(path)
        if got.status_code != 200 or "html" not in got.headers["Content-Type"]:
            closed(got)
            continue
        reading = Forms(path)
        reading.feed(got.content.decode())
        for form in reading.found:
            if set(form.fields) - form.hidden:
                found.setdefault((form.action, *sorted(form.fields)), (path, form))
    return found


def refused(office: Office, reader: str, page: str, form: Form, words: str) -> tuple[int, str]:
    """What a form answers, with everything undone afterwards."""
    client = copy.copy(office.clients[reader])
    body = {
        name: value if name in form.hidden else words
        for name, value in form.fields.items()
        if name not in KEPT
    }
    status, text = 0, ""
    try:
        with transaction.atomic():
            got = client.post(form.action, body, headers={"referer": f"http://testserver{page}"})
            status = got.status_code
            text = "" if got.streaming else got.content.decode(errors="replace")
            closed(got)
            raise Undo
    except Undo:
        return status, text


@pytest.mark.parametrize("reader", ["officer", "chief", "liaison"])
def test_no_refused_form_ends_on_a_page_without_it(office: Office, reader: str) -> None:
    """ui.md 4, features row 17, contract 3 (its refusals): with every text empty, and with words
    that are no date, number or name, a refusal is told on the page of the form, words kept."""
    bare, lost, told = [], [], 0
    for page, form in forms(office, reader).values():
        for words in ("", WORDS):
            status, text = refused(office, reader, page, form, words)
            if status not in (409, 422):
                continue
            told += 1
            if FORM not in text:
                bare.append(f"{page} → {form.action} {status}")
            elif words and words not in text:
                lost.append(f"{page} → {form.action} {status}")
    assert (bare, lost) == ([], [])
    assert told > 5
