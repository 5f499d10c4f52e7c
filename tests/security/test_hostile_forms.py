"""Row 13: hostile text in every field of every form ends as a refusal or is kept as text; never as
an error of ours. The forms are read from the pages themselves, as each kind of actor sees them."""

import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security.test_rights import API_IS_TESTED_BY_TOKEN, Undo, address, closed, routes
from tests.security.world import Office

pytestmark = pytest.mark.django_db
READERS = ("officer", "liaison", "security")
KEPT = {"csrfmiddlewaretoken"}
NUL, LONE, DIGITS = "甲\x00乙", "%ED%A0%80", "9" * 400  # LONE: a lone surrogate's bytes
MIXED = "\u202egnp.exe\u2066'; DROP TABLE x; --{{7*7}}<script>x</script>−１٣"
LONG = "长" * 350_000  # 1 MB
LEAVES = {"accounts:sign-out", "accounts:language"}


@dataclass
class Form:
    """A form of a page: where it goes and what it carries."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of a page that send something; buttons with a name count as fields."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.inside = path, list[Form](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            if self.inside:
                self.found.append(Form(given.get("action") or self.path))
        elif self.inside and tag in {"input", "textarea", "select", "button"} and given.get("name"):
            form = self.found[-1]
            form.fields.setdefault(given["name"], given.get("value", ""))
            if given.get("type") in {"hidden", "checkbox", "radio"} or tag in {"select", "button"}:
                form.hidden.add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def forms(office: Office, reader: str) -> list[Form]:
    """Every form this reader is offered on any page, once."""
    client, found = office.clients[reader], {}
    for name in sorted(routes()):
        if name.startswith(API_IS_TESTED_BY_TOKEN) or name in LEAVES:
            continue
        path = address(office, name)
        got = client.get(path)
        if got.status_code != 200 or "html" not in got.headers["Content-Type"]:
            closed(got)
            continue
        reading = Forms(path)
        reading.feed(got.content.decode())
        for form in reading.found:
            found.setdefault((form.action, tuple(sorted(form.fields))), form)
    return list(found.values())


def sent(office: Office, reader: str, form: Form, changed: dict[str, str]) -> int:
    """The status of the form sent with some fields changed; everything is undone."""
    client = office.clients[reader]
    cookies = copy.deepcopy(client.cookies)
    client.raise_request_exception = False
    body = "&".join(
        f"{name}={quote_plus(value).replace(quote_plus(LONE), LONE)}"
        for name, value in (form.fields | changed).items()
    )
    status = 0
    try:
        with transaction.atomic():
            kind = "application/x-www-form-urlencoded"
            got = client.generic("POST", form.action, data=body, content_type=kind)
            status = got.status_code
            closed(got)
            raise Undo
    except Undo:
        client.cookies = cookies
        return status


@pytest.mark.parametrize("reader", READERS)
def test_hostile_text_never_breaks_a_form(office: Office, reader: str) -> None:
    """All typed fields at once, then the chosen and hidden ones too, then one megabyte in the
    first."""
    offered = forms(office, reader)
    assert len(offered) >= (40 if reader == "officer" else 2)
    broken = []
    for form in offered:
        typed = [name for name in form.fields if name not in form.hidden | KEPT]
        cases = [dict.fromkeys(typed, text) for text in (MIXED + LONE, DIGITS) if typed]
        cases += [dict.fromkeys(set(form.fields) - KEPT, text) for text in (NUL, MIXED)]
        cases += [{typed[0]: LONG}] if typed else []
        for case in cases:
            status = sent(office, reader, form, case)
            if status >= 500 or not status:
                broken.append((status, form.action, next(iter(case.values()), "")[:20]))
    assert broken == []


def test_random_text_never_breaks_a_form(office: Office) -> None:
    """The same with whatever text comes, in a form that comes."""
    offered = [form for form in forms(office, "officer") if set(form.fields) - form.hidden - KEPT]

    @given(form=st.sampled_from(offered), text=st.text(max_size=60), data=st.data())
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(form: Form, text: str, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(set(form.fields) - KEPT)))
        assert 0 < sent(office, "officer", form, {name: text}) < 500

    answers()
