"""Row 6, ASVS 7.5.1: dangerous acts refuse a proof of eleven minutes ago and write nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.organizations.enums import Role
from luoshi.site.web import dangerous
from tests.security.people import (
    NOW,
    WORD,
    holder,
    no_factors,
    officer_browser,
    password_step,
    plant_tree,
)
from tests.security.test_rights import address
from tests.security.world import make_office

pytestmark = pytest.mark.django_db
BODIES = {"organizations:access": {"act": "password"}}


def aged(client: Client, minutes: int) -> None:
    """Let the last proof be that old."""
    session = client.session
    session["proved"] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    session.save()


def test_each_dangerous_act_refuses_an_old_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of such routes is data; every kind of person is asked, before any other answer."""
    office = make_office(timezone.now())
    monkeypatch.setattr(dangerous, "MANY_ROWS", 0)
    kinds = {"bulletins:list": "officer", "sheets:export": "officer"}
    kinds |= {"organizations:relations": "system", "organizations:mergers": "system"}
    for route in dangerous.DANGEROUS:
        client = office.clients[kinds.get(route, "security")]
        path = address(office, route)
        aged(client, 11)
        before = Entry.objects.count()
        if route == "sheets:export":
            answer = client.get(path)
        else:
            answer = client.post(path, BODIES.get(route, {}))
        assert answer.status_code == 302, route
        assert answer.headers["Location"].startswith(reverse("accounts:proof")), route
        assert Entry.objects.count() == before, route
        aged(client, 9)
        again = client.get(path) if route == "sheets:export" else client.post(path)
        assert not again.headers.get("Location", "").startswith(reverse("accounts:proof")), route


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/sheets/?q=1", "%2Fsheets%2F%3Fq%3D1"),
        ("http://[", "%2F"),
        ("http://elsewhere.example/x/", "%2F"),
    ],
)
def test_after_the_proof_one_is_back_where_one_was(referer: str, back: str) -> None:
    """A page of this site with what was asked of it; what is no address, or another site's, leads
    to the first page."""
    office = make_office(timezone.now())
    client = office.clients["security"]
    aged(client, 11)
    answer = client.post(reverse("organizations:tokens"), headers={"referer": referer})
    assert answer.headers["Location"] == f"{reverse('accounts:proof')}?next={back}"


def test_a_small_export_needs_no_new_proof() -> None:
    """Only exports of more than 1,000 rows do."""
    office = make_office(timezone.now())
    aged(office.clients["officer"], 600)
    assert office.clients["officer"].get("/exports/ledger/").status_code == 200


def test_password_or_code_renews_the_proof() -> None:
    """The password where no factor is enrolled, else the code: never the password alone."""
    plant_tree()
    no_factors()
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        officer = officer_browser(holder("wei", Role.SECURITY_ADMIN))
        clock.shift(timedelta(minutes=11))
        person = password_step("li")
        aged(person, 11)
        assert person.post("/proof/", {"password": "wrong"}).status_code == 422
        done = person.post("/proof/", {"password": WORD, "next": "/bulletins/"})
        assert done.headers["Location"] == "/bulletins/"
        assert officer.post("/proof/", {"password": WORD, "next": "/people/"}).status_code == 422


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_the_way_back_stays_on_this_site(target: str) -> None:
    """No open redirect, at sign-in and at the proof."""
    plant_tree()
    no_factors()
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        form = {"username": "li", "password": WORD, "next": target}
        client = Client()
        assert client.post("/sign-in/", form).headers["Location"] == "/"
        proof = client.post("/proof/", {"password": WORD, "next": target})
        assert proof.headers["Location"] == "/"
