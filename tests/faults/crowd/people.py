"""Officers and liaisons with open sessions and some with tokens, and the matters between them.

Sessions are written straight into the database: signing in is measured elsewhere, and 600 password
hashes would be the whole minute.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from luoshi.foundation.accounts.domain.policing import set_policy
from luoshi.foundation.accounts.enums import FactorFrom
from luoshi.foundation.accounts.models import DatabaseNature, User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.tokens import issue_token
from luoshi.foundation.organizations.enums import Level, Role, System
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.rulebook.domain.settling import settle
from tests.story import SYSTEM, World, actor, make_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
SCOPES = ("reports:read", "reports:write")
SETTINGS = {"principal_signs": False, "least_evidence": 1, "officer_registers": True}


@dataclass
class Visitor:
    """Somebody with an open session."""

    name: str
    unit_id: Any
    cookies: dict[str, str]
    token: str = ""


@dataclass
class Crowd:
    """Who is there, and the shares (matter, share) by unit."""

    officers: list[Visitor] = field(default_factory=list)
    liaisons: list[Visitor] = field(default_factory=list)
    shares: dict[Any, list[tuple[str, str]]] = field(default_factory=dict)
    matters: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Size:
    """How many of what, for how long."""

    officers: int
    liaisons: int
    units: int
    matters: int
    seconds: float
    threads: int


def gather(size: Size, dice: Random) -> Crowd:
    """Make the office, its people and its matters by the product's own verbs."""
    world = make_world()
    at = datetime.now(tz=UTC)
    DatabaseNature.objects.create(pk=1, demo=False, created_at=at)
    set_policy(
        second_factor_from=FactorFrom.NEVER, password_profile="dengbao3", actor=SYSTEM, at=at
    )
    settle(office_id=world.office.pk, values=SETTINGS, actor=SYSTEM, at=at)
    rows = Unit.objects.filter(
        seat_path=world.office.seat_path, level=Level.CITY, system=System.GOVERNMENT
    )
    units = list(rows.exclude(pk=world.office.pk).order_by("code")[: size.units])
    crowd = Crowd()
    for number in range(size.officers):
        who = actor(f"o{number}", f"督{number}", world.office, Role.SUPERVISION_OFFICER)
        crowd.officers.append(visitor(who, at))
    for number in range(size.liaisons):
        unit = units[number % len(units)]
        who = actor(f"l{number}", f"联{number}", unit, Role.LIAISON)
        crowd.liaisons.append(visitor(who, at, token=number % 10 == 0))
    for number in range(size.matters):
        hand_out(crowd, world, units, number, dice)
    return crowd


def visitor(who: Actor, at: datetime, *, token: bool = False) -> Visitor:
    """A person with an open session and, perhaps, a token."""
    user = User.objects.get(pk=who.person_id)
    user.must_change_password = False
    user.save(update_fields=("must_change_password",))
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["began"] = at.isoformat()
    store.save()
    made = Visitor(user.full_name, who.unit_id, {settings.SESSION_COOKIE_NAME: store.session_key})
    if token:
        held = Appointment.objects.get(pk=who.appointment_id)
        until = at + timedelta(days=1)
        _row, made.token = issue_token(
            appointment=held, name="t", scopes=SCOPES, expires_at=until, actor=SYSTEM, at=at
        )
    return made


def hand_out(crowd: Crowd, world: World, units: list[Unit], number: int, dice: Random) -> None:
    """One assigned matter: for one unit alone, or for three separately."""
    at = datetime.now(tz=UTC)
    plan = Plan(
        title=f"第{number}项",
        regime="instruction",
        content="完成普查与更新计划",
        method="分别负责",
        purpose="消除风险",
        end_on=(at + timedelta(days=200)).date(),
    )
    officer = world.officer
    made = draft(plan=plan, actor=officer, at=at)
    made = approve_to_register(matter=made, actor=officer, at=at, despite="另一事项")
    chosen = dice.sample(units, 3 if number % 2 else 1)
    part = Part.SEPARATE if len(chosen) > 1 else Part.SOLE
    rows = assign(matter=made, shares=[Share(u, part) for u in chosen], actor=officer, at=at)
    crowd.matters.append(str(made.pk))
    for row in rows:
        crowd.shares.setdefault(row.unit_id, []).append((str(made.pk), str(row.pk)))
