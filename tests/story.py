"""A small office world for tests: the units of the sample tree, people in posts, actors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from luoshi.foundation.accounts.domain.opening import activate, create_account
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue
from luoshi.supervision.rulebook.domain.settling import settle

DATA = Path(__file__).parent / "data"
SYSTEM = Actor.system("test")
START = datetime(2026, 2, 5, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """People by the word they are called in tests."""

    office: Unit
    bureau: Unit
    officer: Actor
    second_officer: Actor
    chief: Actor
    liaison: Actor
    leader: Actor


def person(username: str, name: str) -> User:
    """An active account."""
    user = create_account(username=username, full_name=name, actor=SYSTEM, at=START)
    return activate(user=user, actor=SYSTEM, at=START)


def actor(username: str, name: str, unit: Unit, role: str, title: str = "岗位") -> Actor:
    """An actor in a post of a unit."""
    user = person(username, name)
    held = appoint(
        person=user,
        unit=unit,
        role=role,
        title=title,
        starts_on=date(2020, 1, 1),
        actor=SYSTEM,
        at=START,
    )
    return Actor(
        kind="person",
        person_id=user.pk,
        person_name=name,
        username=username,
        appointment_id=held.pk,
        role=role,
        unit_id=unit.pk,
        unit_name=str(unit),
    )


def make_world() -> World:
    """The sample tree with an office that registers by its officer."""
    write_tree(read_tree(DATA / "samples" / "units.xlsx"), actor=SYSTEM, at=START)
    load_catalogue(actor=SYSTEM, at=START)
    office = Unit.objects.get(short_name="市委办公室")
    bureau = Unit.objects.get(short_name="市住房城乡建设局")
    settle(office_id=office.pk, values={"officer_registers": True}, actor=SYSTEM, at=START)
    return World(
        office=office,
        bureau=bureau,
        officer=actor("li", "李文清", office, Role.SUPERVISION_OFFICER),
        second_officer=actor("he", "何晓", office, Role.SUPERVISION_OFFICER),
        chief=actor("chen", "陈远", office, Role.SECRETARY_GENERAL),
        liaison=actor("zhang", "张立", bureau, Role.LIAISON),
        leader=actor("wang", "王建国", office, Role.LEADER),
    )
