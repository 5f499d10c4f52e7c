"""Row 5: a session is server side, bound in number, idle time and age, and ends at once where the
account changes: a copied cookie dies in each case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from luoshi.foundation.accounts.domain.passwords import hand_out
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.appointing import appoint, end_appointment
from luoshi.foundation.organizations.domain.suspending import suspend_person
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit
from tests.security.people import (
    NOW,
    WORD,
    holder,
    no_factors,
    officer_browser,
    password_step,
    plant_tree,
    signed_in,
    user_of,
)
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def tree() -> None:
    plant_tree()
    no_factors()


def copied(client: Client) -> Client:
    """Another browser that holds the same cookie."""
    thief = Client()
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    return thief


def test_sign_in_begins_under_a_new_key() -> None:
    """No session fixation: a key known before sign-in is worth nothing after it."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        client = Client()
        client.cookies[COOKIE] = "fixed-by-somebody-else-0000000000"
        client.post("/sign-in/", {"username": "li", "password": WORD})
        assert client.cookies[COOKIE].value != "fixed-by-somebody-else-0000000000"
        cookie = client.cookies[COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_idle_thirty_minutes_and_officers_fifteen() -> None:
    """Row 5: idle 30 min, administrators 15."""
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        person = password_step("li")
        officer = officer_browser(holder("wei", Role.SECURITY_ADMIN))
        assert signed_in(person)
        assert signed_in(officer)
        clock.shift(timedelta(minutes=14))
        assert signed_in(officer)
        clock.shift(timedelta(minutes=14))
        assert signed_in(officer)
        assert signed_in(person)
        clock.shift(timedelta(minutes=16))
        assert not signed_in(officer)
        clock.shift(timedelta(minutes=15))
        assert not signed_in(person)


def test_the_turn_of_a_minute_writes_nothing() -> None:
    """Pages read only: a use is noted a minute after the last one was, not at the clock's minute;
    a clock set back does not stop the noting."""
    with time_machine.travel(NOW.replace(second=59), tick=False) as clock:
        client = officer_browser(holder("wei", Role.SECURITY_ADMIN))
        assert signed_in(client)
        noted = []
        for seconds in (2, 57, 1, -30):
            clock.shift(timedelta(seconds=seconds))
            assert signed_in(client)
            noted.append(client.session["touched"] - int(NOW.replace(second=59).timestamp()))
        assert noted == [0, 0, 60, 30]


def test_ten_hours_end_a_busy_session() -> None:
    """Row 5: absolute 10 h, however busy."""
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        client = password_step("li")
        for _quarter in range(40):
            assert signed_in(client)
            clock.shift(timedelta(minutes=15))
        clock.shift(timedelta(minutes=1))
        assert not signed_in(client)


def test_two_sessions_and_one_for_officers() -> None:
    """Row 5: ≤ 2 sessions, administrators 1; the oldest ends."""
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        clients = []
        for _number in range(3):
            clients.append(password_step("li"))
            assert signed_in(clients[-1])
            clock.shift(timedelta(minutes=1))
        assert [signed_in(client) for client in clients] == [False, True, True]
        wei = holder("wei", Role.SECURITY_ADMIN)
        first = officer_browser(wei)
        assert signed_in(first)
        clock.shift(timedelta(minutes=1))
        second = officer_browser(wei)
        assert signed_in(second)
        assert not signed_in(first)


def test_own_sessions_are_listed_and_ended() -> None:
    """Row 5: list and end own sessions; not somebody else's."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        holder("he", Role.SUPERVISION_OFFICER)
        here, there, other = password_step("li"), password_step("li"), password_step("he")
        assert [signed_in(client) for client in (here, there, other)] == [True, True, True]
        key = {"session": there.cookies[COOKIE].value}
        assert other.post("/sessions/", key).status_code == 404
        assert signed_in(there)
        assert here.post("/sessions/", key).status_code == 302
        assert not signed_in(there)


def end_post(who: Actor) -> None:
    row = Appointment.objects.get(pk=who.appointment_id)
    end_appointment(appointment=row, ends_on=office_date(NOW), actor=SYSTEM, at=NOW)


def new_post(who: Actor) -> None:
    unit = Unit.objects.get(short_name="市财政局")
    post = {"unit": unit, "role": Role.LIAISON, "title": "联络员", "starts_on": office_date(NOW)}
    appoint(person=user_of(who), actor=SYSTEM, at=NOW, **post)


def suspend(who: Actor) -> None:
    suspend_person(user=user_of(who), reason="离岗", actor=SYSTEM, at=NOW)


def new_password(who: Actor) -> None:
    hand_out(user=user_of(who), password="Guyu-2026-other", actor=SYSTEM, at=NOW)


@pytest.mark.parametrize("change", [end_post, new_post, suspend, new_password])
def test_a_change_of_the_account_ends_every_session(change: Callable[[Actor], None]) -> None:
    """Row 5: password change, role change, suspension end them all at once."""
    with time_machine.travel(NOW, tick=False):
        who = holder("li", Role.SUPERVISION_OFFICER)
        client = password_step("li")
        thief = copied(client)
        assert signed_in(client)
        assert signed_in(thief)
        change(who)
        assert not signed_in(client)
        assert not signed_in(thief)


def test_own_password_change_leaves_only_this_browser() -> None:
    """Row 5: the copied cookie dies, the person goes on."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        client, second = password_step("li"), password_step("li")
        thief = copied(client)
        assert signed_in(second)
        client.post("/password/", {"old": WORD, "new": "Guyu-2026-other"})
        assert signed_in(client)
        assert not signed_in(thief)
        assert not signed_in(second)


def test_sign_out_ends_the_session_on_the_server() -> None:
    """ASVS 7.4.1: a copied cookie does not outlive the sign-out."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        client = password_step("li")
        thief = copied(client)
        client.post("/sign-out/")
        assert not signed_in(thief)
