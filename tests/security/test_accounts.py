"""Rows 1, 2 and 8: one person one account, password rules of both profiles, no default account."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from luoshi.foundation.accounts.domain.opening import create_account
from luoshi.foundation.accounts.domain.passwords import change, hand_out
from luoshi.foundation.accounts.domain.policing import set_policy
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.suspending import suspend_unused
from luoshi.foundation.organizations.enums import Role
from luoshi.site.schedule import app
from tests.security.people import (
    NOW,
    WORD,
    holder,
    no_factors,
    password_step,
    plant_tree,
    signed_in,
    user_of,
)
from tests.story import SYSTEM, person

pytestmark = pytest.mark.django_db
GOOD, BAD = True, False


def profile(name: str) -> None:
    set_policy(second_factor_from="never", password_profile=name, actor=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("word", "dengbao3", "asvs"),
    [
        ("Qing-2026z", GOOD, BAD),
        ("Qing-202z", BAD, BAD),
        ("qingmingsanyue", BAD, BAD),
        ("qingming2026sanyue", BAD, GOOD),
        ("QINGMING2026SANYUE", BAD, GOOD),
        ("Qingming2026", GOOD, BAD),
        ("清明时节-Spring", GOOD, BAD),
        ("清明时节雨纷纷路上行人欲断魂借问酒家何处有", BAD, GOOD),
        ("Qm-1" * 31 + "Abcd", GOOD, GOOD),
        ("Qm-1" * 31 + "Abcde", BAD, BAD),
        ("Qm-1" * 8, BAD, BAD),
        ("Luoshi-2026-mine-and-mine", BAD, BAD),
        ("Ducha-2026-mine-and-mine", BAD, BAD),
        ("督查工作-Mine-2026-and-more", BAD, BAD),
        ("Liwenqing-2026-and-more", BAD, BAD),
        ("li.wq-Spring-2026-more", BAD, BAD),
        ("李文清-Spring-2026-more", BAD, BAD),
        ("password", BAD, BAD),
        ("Password1!", BAD, BAD),
        ("passwordpassword", BAD, BAD),
    ],
)
def test_password_rules_of_both_profiles(word: str, dengbao3: bool, asvs: bool) -> None:
    """Row 2; GB/T 22239 4.1a; ASVS 5.0.0 6.2."""
    user = User(username="li.wq", full_name="李文清", sort_key="li wen qing")
    found = {}
    for name in ("dengbao3", "asvs"):
        profile(name)
        try:
            validate_password(word, user)
            found[name] = GOOD
        except ValidationError:
            found[name] = BAD
    assert found == {"dengbao3": dengbao3, "asvs": asvs}


def test_the_last_five_passwords_are_refused() -> None:
    """Row 2: last 5 refused, the sixth before is free again."""
    no_factors()
    plant_tree()
    who = holder("li", Role.SUPERVISION_OFFICER)
    user, old = user_of(who), WORD
    for number in range(6):
        new = f"Guyu-2026-{number}"
        change(user=user, old=old, new=new, actor=who, at=NOW + timedelta(days=number))
        old = new
    with pytest.raises(Invalid):
        change(user=user, old=old, new="Guyu-2026-1", actor=who, at=NOW + timedelta(days=9))
    change(user=user, old=old, new=WORD, actor=who, at=NOW + timedelta(days=9))


def test_ninety_days_ask_for_a_new_password_only_in_one_profile() -> None:
    """Row 2: forced change of dengbao3; ASVS 6.2.10 forbids it."""
    plant_tree()
    profile("dengbao3")
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        clock.shift(timedelta(days=91))
        client = password_step("li")
        assert client.get("/ledger/").headers["Location"] == "/password/"
        profile("asvs")
        assert client.get("/ledger/").status_code == 200


def test_a_handed_out_password_opens_one_page_and_dies_after_a_day() -> None:
    """Row 2: initial password single-use for 24 h."""
    plant_tree()
    no_factors()
    with time_machine.travel(NOW, tick=False) as clock:
        who = holder("li", Role.SUPERVISION_OFFICER)
        hand_out(user=user_of(who), password="Guyu-2026-once", actor=SYSTEM, at=NOW)
        client = password_step("li", "Guyu-2026-once")
        assert client.get("/ledger/").headers["Location"] == "/password/"
        assert not signed_in(client)
        clock.shift(timedelta(hours=25))
        late = password_step("li", "Guyu-2026-once")
        assert late.get("/password/").status_code == 302


def test_accounts_unused_for_ninety_days_are_suspended_once() -> None:
    """Row 1: suspended by the nightly job; the last security administrator stays."""
    plant_tree()
    no_factors()
    idle, busy = holder("li", Role.LIAISON), holder("he", Role.LIAISON)
    last = holder("wei", Role.SECURITY_ADMIN)
    at = NOW + timedelta(days=91)
    User.objects.filter(pk=busy.person_id).update(last_login=at - timedelta(days=2))
    assert suspend_unused(actor=SYSTEM, at=NOW + timedelta(days=89)) == 0
    assert suspend_unused(actor=SYSTEM, at=at) == 1
    assert suspend_unused(actor=SYSTEM, at=at) == 0
    found = [user_of(who).is_active for who in (idle, busy, last)]
    assert found == [False, True, True]
    assert "luoshi.site.schedule.nightly_suspension" in app.tasks


def test_user_names_are_unique_and_plain() -> None:
    """Row 1: one person one account; the name is never changed by any form."""
    person("li", "李文清")
    for name in ("li", "", "李", "a b", "x" * 41, "li\x00", "a'--", "../etc"):
        with pytest.raises(Invalid):
            create_account(username=name, full_name="某", actor=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (name, word)
        for name in ("admin", "root", "administrator", "luoshi", "system", "test", "sysadmin")
        for word in ("admin", "123456", "luoshi", "password", "admin123", "root")
    ],
)
def test_no_default_account_opens_a_fresh_site(name: str, word: str) -> None:
    """Row 8, ASVS 6.3.2: start fresh, try a list of defaults."""
    assert not User.objects.exists()
    client = Client()
    client.post("/sign-in/", {"username": name, "password": word})
    assert not signed_in(client)
    assert client.get("/admin/").status_code in {302, 404}
    assert not hasattr(User, "is_superuser")
