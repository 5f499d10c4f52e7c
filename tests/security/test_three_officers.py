"""Row 7, GB/T 22239 4.2d, 5.1-5.3: three officers, each with a part of the power only."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from luoshi.foundation.accounts.domain.opening import activate, create_account
from luoshi.foundation.accounts.domain.passwords import hand_out
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.domain.appointing import appoint, end_appointment
from luoshi.foundation.organizations.domain.suspending import suspend_person
from luoshi.foundation.organizations.domain.tokens import issue_token
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.models import Appointment, Post, Unit
from tests.security.people import NOW, holder, plant_tree, user_of
from tests.story import SYSTEM, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 6)
OFFICERS = tuple(OFFICER_CLASS)


@pytest.fixture(autouse=True)
def tree() -> None:
    plant_tree()


def give(who: User, role: str, actor: Actor = SYSTEM, **more: Any) -> Appointment:
    """A post in the office."""
    unit = Unit.objects.get(short_name="市委办公室")
    span = {"starts_on": TODAY} | more
    return appoint(person=who, unit=unit, role=role, title=role, actor=actor, at=NOW, **span)


@pytest.mark.parametrize("held", OFFICERS)
@pytest.mark.parametrize("wanted", [*OFFICERS, Role.LIAISON, Role.LEADER])
def test_one_officer_class_and_no_business_post(held: str, wanted: str) -> None:
    """Security 4: one account holds at most one of the three and no business post."""
    who = person("who", "某人")
    give(who, held)
    if wanted == held:
        return
    with pytest.raises(Refused):
        give(who, wanted)
    other = person("other", "他人")
    give(other, wanted)
    with pytest.raises(Refused):
        give(other, held)


def test_the_database_itself_refuses_a_second_class() -> None:
    """Security 4: a constraint, not a form check; one after the other is allowed."""
    who = person("who", "某人")
    first = give(who, Role.AUDITOR, ends_on=TODAY + timedelta(days=10))
    post = Post.objects.create(unit=first.post.unit, title="联络员", role=Role.LIAISON)
    row = {"person": who, "post": post, "officer_class": 0, "made_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(starts_on=TODAY + timedelta(days=10), **row)
    Appointment.objects.create(starts_on=TODAY + timedelta(days=11), **row)


def test_a_new_account_needs_two_officers() -> None:
    """Security 4: created inactive by one, activated and given a post by another."""
    system, security = holder("jin", Role.SYSTEM_ADMIN), holder("wei", Role.SECURITY_ADMIN)
    words = {"username": "new", "full_name": "新人", "at": NOW}
    for who in (security, holder("tao", Role.AUDITOR), holder("li", Role.SUPERVISION_OFFICER)):
        with pytest.raises(Forbidden):
            create_account(actor=who, **words)
    made = create_account(actor=system, **words)
    assert not made.is_active
    with pytest.raises(Forbidden):
        activate(user=made, actor=system, at=NOW)
    with pytest.raises(Forbidden):
        give(made, Role.LIAISON, system)
    activate(user=made, actor=security, at=NOW)
    give(made, Role.LIAISON, security)


def test_nobody_grants_to_himself() -> None:
    """Security 4, for every act of the security administrator."""
    security = holder("wei", Role.SECURITY_ADMIN)
    own = user_of(security)
    held = Appointment.objects.get(pk=security.appointment_id)
    acts = (
        lambda: give(own, Role.LIAISON, security),
        lambda: end_appointment(appointment=held, ends_on=TODAY, actor=security, at=NOW),
        lambda: activate(user=own, actor=security, at=NOW),
        lambda: hand_out(user=own, password="Guyu-2026-x", actor=security, at=NOW),
        lambda: suspend_person(user=own, reason="试", actor=security, at=NOW),
        lambda: issue_token(
            appointment=held,
            name="x",
            scopes=("matters:read",),
            expires_at=NOW + timedelta(days=1),
            actor=security,
            at=NOW,
        ),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR])
def test_the_last_officer_stays(role: str) -> None:
    """Security 4: neither suspended nor ended while nobody else holds the post."""
    last = holder("last", role)
    actor = SYSTEM if role == Role.SECURITY_ADMIN else holder("wei", Role.SECURITY_ADMIN)
    held = Appointment.objects.get(pk=last.appointment_id)
    with pytest.raises(Refused):
        suspend_person(user=user_of(last), reason="离岗", actor=actor, at=NOW)
    with pytest.raises(Refused):
        end_appointment(appointment=held, ends_on=TODAY, actor=actor, at=NOW)
    holder("next", role)
    suspend_person(user=user_of(last), reason="离岗", actor=actor, at=NOW)
    assert not user_of(last).is_active


def test_a_token_is_no_officer() -> None:
    """Security 4: what needs a person's decision refuses a token with an officer's role."""
    security = holder("wei", Role.SECURITY_ADMIN)
    machine = Actor(kind="person", role=Role.SECURITY_ADMIN, token_id=security.person_id)
    with pytest.raises(Forbidden):
        give(person("new", "新人"), Role.LIAISON, machine)
