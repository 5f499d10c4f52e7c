"""Row 4: who needs a second factor opens nothing else without; a code works once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from luoshi.foundation.accounts import codes
from luoshi.foundation.accounts.domain.enrolling import reset_factor
from luoshi.foundation.accounts.domain.policing import set_policy
from luoshi.foundation.accounts.domain.resealing import reseal
from luoshi.foundation.accounts.enums import FactorFrom
from luoshi.foundation.accounts.models import SecondFactor, User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.rules import needs_factor
from tests.security.people import (
    NOW,
    enrolled,
    holder,
    password_step,
    plant_tree,
    signed_in,
    user_of,
)
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree() -> None:
    plant_tree()


@pytest.mark.parametrize(
    ("role", "level", "policy", "needed"),
    [
        (Role.SYSTEM_ADMIN, "county", "never", True),
        (Role.SECURITY_ADMIN, "county", "never", True),
        (Role.AUDITOR, "county", "never", True),
        (Role.LEADER, "township", "never", True),
        (Role.LIAISON, "city", "never", False),
        (Role.LIAISON, "city", "city", True),
        (Role.LIAISON, "province", "city", True),
        (Role.LIAISON, "county", "city", False),
        (Role.LIAISON, "county", "county", True),
        (Role.LIAISON, "township", "township", True),
        (Role.SUPERVISION_OFFICER, "city", "province", False),
    ],
)
def test_who_needs_a_factor(role: str, level: str, policy: str, needed: bool) -> None:
    """Row 4, ASVS 6.3.3: officers and leaders always, others by the level of the policy."""
    assert needs_factor(role=role, level=level, policy=policy) is needed


@pytest.mark.parametrize("role", list(Role))
def test_only_the_enrolment_page_opens_without_a_factor(role: str) -> None:
    """Row 4: walk every role of a city without factor."""
    with time_machine.travel(NOW, tick=False):
        holder("who", role)
        client = password_step("who")
        for path in ("/", "/ledger/", "/people/", "/audit/", "/notices/", "/password/"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/second-factor/")
        assert client.get("/second-factor/").status_code == 200


def test_policy_never_frees_the_others_at_once() -> None:
    """Row 4: optional for others by policy; the security administrator decides it."""
    with time_machine.travel(NOW, tick=False):
        security = holder("wei", Role.SECURITY_ADMIN)
        officer = holder("li", Role.SUPERVISION_OFFICER)
        client = password_step("li")
        assert client.get("/ledger/").status_code == 302
        never = {"second_factor_from": FactorFrom.NEVER, "password_profile": "dengbao3", "at": NOW}
        set_policy(actor=security, **never)
        assert client.get("/ledger/").status_code == 200
        with pytest.raises(Forbidden):
            set_policy(actor=officer, **never)


def test_a_code_works_once_and_only_after_the_password() -> None:
    """Row 4: TOTP codes work once; without the password step a code opens nothing."""
    with time_machine.travel(NOW, tick=False) as clock:
        seed, _recovery = enrolled(holder("li", Role.SUPERVISION_OFFICER))
        clock.shift(timedelta(minutes=1))
        code = codes.code_of(seed, codes.step_of(datetime.now(UTC)))
        assert Client().post("/sign-in/", {"code": code}).status_code == 422
        first, second = password_step("li"), password_step("li")
        assert not signed_in(first)
        assert first.post("/sign-in/", {"code": code}).status_code == 302
        assert signed_in(first)
        assert second.post("/sign-in/", {"code": code}).status_code == 422
        assert not signed_in(second)


def test_a_recovery_code_works_once_and_is_kept_as_a_hash() -> None:
    """Row 18: recovery codes hashed; each stands in once, recorded."""
    with time_machine.travel(NOW, tick=False):
        _seed, recovery = enrolled(holder("li", Role.SUPERVISION_OFFICER))
        client = password_step("li")
        assert client.post("/sign-in/", {"code": recovery[0].upper()}).status_code == 302
        again = password_step("li")
        assert again.post("/sign-in/", {"code": recovery[0]}).status_code == 422
        assert Entry.objects.filter(action="accounts.recovery_code_used").count() == 1
    assert len(set(recovery)) == codes.RECOVERY_CODES
    stored = set(User.objects.get(username="li").recovery_codes.values_list("hash", flat=True))
    assert stored == {codes.hashed(code) for code in recovery}


def test_wrong_codes_lock_the_account() -> None:
    """Row 3: wrong codes count towards the same lock as wrong passwords."""
    with time_machine.travel(NOW, tick=False):
        seed, _recovery = enrolled(holder("li", Role.SUPERVISION_OFFICER))
        client = password_step("li")
        tries = [client.post("/sign-in/", {"code": "000000"}).status_code for _try in range(5)]
        assert tries == [422, 422, 422, 422, 429]
        right = codes.code_of(seed, codes.step_of(NOW) + 1)
        client.post("/sign-in/", {"code": right})
        assert not signed_in(client)
        late = password_step("li")
        late.post("/sign-in/", {"code": right})
        assert not signed_in(late)


def test_the_password_step_expires_after_five_minutes() -> None:
    """A half-finished sign-in is no standing door."""
    with time_machine.travel(NOW, tick=False) as clock:
        seed, _recovery = enrolled(holder("li", Role.SUPERVISION_OFFICER))
        client = password_step("li")
        clock.shift(timedelta(minutes=6))
        code = codes.code_of(seed, codes.step_of(datetime.now(UTC)))
        assert client.post("/sign-in/", {"code": code}).status_code == 422
        assert not signed_in(client)


def test_enrolment_ends_other_sessions_and_refuses_a_wrong_code() -> None:
    """A session that never showed the factor does not outlive the enrolment."""
    with time_machine.travel(NOW, tick=False):
        holder("zhang", Role.LIAISON, "安澜县")
        stolen, own = password_step("zhang"), password_step("zhang")
        assert signed_in(stolen)
        assert signed_in(own)
        own.post("/second-factor/", {"act": "begin"})
        wrong = own.post("/second-factor/", {"act": "confirm", "code": "000000"})
        assert wrong.status_code == 422
        seed = SecondFactor.objects.get().pending_seed
        code = codes.code_of(seed, codes.step_of(NOW))
        assert b"data-codes" in own.post("/second-factor/", {"code": code}).content
        assert signed_in(own)
        assert not signed_in(stolen)


def raw() -> list[str]:
    """What the database really holds of a seed and a number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM accounts_secondfactor")
        found = [cursor.fetchone()[0]]
        cursor.execute("SELECT phone FROM accounts_user WHERE phone <> ''")
        return [*found, cursor.fetchone()[0]]


def test_seed_and_telephone_lie_sealed_and_move_to_a_new_key() -> None:
    """Row 18, GB/T 39786 8.4e: SM4-GCM by field with the key's id; rotation by re-encryption."""
    who = holder("li", Role.SUPERVISION_OFFICER)
    User.objects.filter(pk=who.person_id).update(phone="13800001234")
    seed, _recovery = enrolled(who)
    before = raw()
    assert all(text.startswith("sm4gcm:k") for text in before)
    assert not any(seed in text or "13800001234" in text for text in before)
    name, count = reseal(actor=SYSTEM, at=NOW)
    assert count == 2
    assert all(text.startswith(f"sm4gcm:{name}:") for text in raw())
    assert SecondFactor.objects.get().seed == seed
    assert user_of(who).phone == "13800001234"


def test_a_value_exchanged_between_rows_of_fields_is_not_opened() -> None:
    """Row 18: a sealed value is bound to its field; a foreign or altered one opens nothing."""
    who = holder("li", Role.SUPERVISION_OFFICER)
    enrolled(who)
    sealed_seed = None
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM accounts_secondfactor")
        sealed_seed = cursor.fetchone()[0]
        cursor.execute("UPDATE accounts_user SET phone = %s", [sealed_seed])
    assert user_of(who).phone == sealed_seed


def test_a_lost_factor_is_reset_by_the_security_administrator_alone() -> None:
    """Security 4: never for oneself; the reason stays; the sessions end."""
    security, system = holder("wei", Role.SECURITY_ADMIN), holder("jin", Role.SYSTEM_ADMIN)
    officer = holder("li", Role.SUPERVISION_OFFICER)
    enrolled(officer)
    enrolled(security)
    user, own = user_of(officer), user_of(security)
    for who, whom in ((system, user), (officer, user), (security, own)):
        with pytest.raises(Forbidden):
            reset_factor(user=whom, reason="丢失", actor=who, at=NOW)
    with pytest.raises(Invalid):
        reset_factor(user=user, reason=" ", actor=security, at=NOW)
    reset_factor(user=user, reason="手机丢失", actor=security, at=NOW)
    assert (user.factor_since, user.recovery_codes.count()) == (None, 0)
    assert not SecondFactor.objects.filter(user=user).exists()


def test_codes_are_those_of_rfc_6238() -> None:
    """RFC 6238 appendix B, its SHA-1 vectors at six digits."""
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    vectors = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: codes.code_of(seed, at // 30) for at in vectors} == vectors
