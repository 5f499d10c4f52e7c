"""What happens inside one installation while the levels are set up, one act per process.

python -m luoshi.site.trials.levels.inside ACT JSON      (in the installation's environment)

The officers act by the same verbs as on the pages: the system administrator enters a node, the
security administrator compares and accepts.
"""

import json
import re
import secrets
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.utils import timezone

django.setup()

from luoshi.foundation.accounts.codes import code_of, step_of  # noqa: E402
from luoshi.foundation.accounts.domain.enrolling import begin_enrolment, confirm_enrolment  # noqa: E402
from luoshi.foundation.accounts.domain.opening import activate, create_account  # noqa: E402
from luoshi.foundation.accounts.domain.passwords import hand_out  # noqa: E402
from luoshi.foundation.accounts.domain.policing import set_policy  # noqa: E402
from luoshi.foundation.accounts.enums import FactorFrom, PasswordProfile  # noqa: E402
from luoshi.foundation.accounts.models import DatabaseNature, User  # noqa: E402
from luoshi.foundation.core.actors import Actor  # noqa: E402
from luoshi.foundation.exchange.domain.node.accepting import COMPARED, accept_node  # noqa: E402
from luoshi.foundation.exchange.domain.node.entering import (  # noqa: E402
    answer_card,
    card_for,
    invite,
    serve_units,
    take_card,
)
from luoshi.foundation.exchange.domain.node.initialising import initialise  # noqa: E402
from luoshi.foundation.exchange.domain.node.suspending import suspend_node  # noqa: E402
from luoshi.foundation.exchange.models import Node  # noqa: E402
from luoshi.foundation.organizations.domain.appointing import appoint  # noqa: E402
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree  # noqa: E402
from luoshi.foundation.organizations.models import Unit  # noqa: E402
from luoshi.site import demo  # noqa: E402
from luoshi.site.trials.levels.finding import person  # noqa: E402
from luoshi.site.trials.levels.places import LEVELS, Level  # noqa: E402
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue  # noqa: E402
from luoshi.supervision.rulebook.domain.settling import settle  # noqa: E402

SYSTEM = Actor.system("落实系统", via="cli")
TREE = Path(demo.__file__).parent / "units.xlsx"
OFFICERS = ("admin", "security", "auditor")


def level(code: str) -> Level:
    """The level of a node."""
    return next(one for one in LEVELS if one.code == code)


def found(code: str, password: str, address: str) -> dict[str, str]:
    """Tree, rules, accounts and node of an empty installation."""
    at, here = timezone.now(), level(code)
    DatabaseNature.objects.get_or_create(pk=1, defaults={"demo": True, "created_at": at})
    write_tree(read_tree(TREE), actor=SYSTEM, at=at)
    load_catalogue(actor=SYSTEM, at=at)
    units = {unit.short_name: unit for unit in Unit.objects.all()}
    for username, name, short, role, title in here.people:
        user = create_account(username=username, full_name=name, actor=SYSTEM, at=at)
        activate(user=user, actor=SYSTEM, at=at)
        hand_out(user=user, password=password, actor=SYSTEM, at=at, once=False)
        since = at.date() - timedelta(days=30)
        appoint(
            person=user,
            unit=units[short],
            role=role,
            title=title,
            starts_on=since,
            actor=SYSTEM,
            at=at,
        )
    set_policy(
        second_factor_from=FactorFrom.NEVER,
        password_profile=PasswordProfile.DENGBAO3,
        actor=person("security"),
        at=at,
    )
    for username in OFFICERS:
        enrol(person(username), at)
    values = {
        "officer_registers": True,
        "principal_signs": False,
        "number_prefix": here.prefix,
    }
    settle(office_id=units[here.office].pk, values=values, actor=SYSTEM, at=at)
    node = initialise(code=code, name=here.name, address=address, actor=person("admin"), at=at)
    return {"node": str(node), "people": str(User.objects.count())}


def enrol(actor: Actor, at: datetime) -> None:
    """Give an officer a second factor; `luoshi demo code NAME` says its code."""
    seed = begin_enrolment(user=User.objects.get(pk=actor.person_id), actor=actor, at=at)
    code = code_of(seed.pending_seed, step_of(at))
    confirm_enrolment(user=seed.user, code=code, actor=actor, at=at, clock=at)


def enter(code: str, relation: str, card: str) -> dict[str, str]:
    """The system administrator enters a neighbour; our card goes to a file, the code is spoken."""
    at = timezone.now()
    name = level(code).name
    node, spoken = invite(code=code, name=name, relation=relation, actor=person("admin"), at=at)
    Path(card).write_bytes(card_for(node, at=at))
    return {"spoken": spoken}


def take(card: str, spoken: str, relation: str, back: str) -> dict[str, str]:
    """The other side takes the card and gives its own."""
    at, file = timezone.now(), Path(card).read_bytes()
    actor = person("admin")
    node = take_card(file=file, spoken=spoken, relation=relation, actor=actor, at=at)
    Path(back).write_bytes(card_for(node, at=at))
    return {"fingerprint": node.fingerprint}


def answer(code: str, card: str) -> dict[str, str]:
    """The first side takes the card that came back."""
    node = Node.objects.get(code=code)
    file = Path(card).read_bytes()
    answer_card(node=node, file=file, actor=person("admin"), at=timezone.now())
    return {"fingerprint": node.fingerprint}


def accept(code: str, fingerprint: str) -> dict[str, str]:
    """The system administrator says which units live there, the security administrator accepts what
    the other side read out."""
    at, node = timezone.now(), Node.objects.get(code=code)
    codes = Unit.objects.order_by("code").values_list("code", flat=True)
    there = [one for one in codes if re.fullmatch(level(code).units, one)]
    serve_units(node=node, codes=there, actor=person("admin"), at=at)
    heard = fingerprint[-COMPARED:]
    accept_node(node=node, heard=heard, actor=person("security"), at=at)
    return {"units": str(len(there))}


def suspend(code: str, reason: str) -> dict[str, str]:
    """The security administrator suspends a neighbour."""
    node = Node.objects.get(code=code)
    suspend_node(node=node, reason=reason, actor=person("security"), at=timezone.now())
    return {"state": node.state}


ACTS: dict[str, Callable[..., Any]] = {
    one.__name__: one for one in (found, enter, take, answer, accept, suspend)
}


def new_password() -> str:
    """A password for the people of an invented installation."""
    return f"Luoshi-{secrets.token_hex(4)}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(ACTS[sys.argv[1]](**json.loads(sys.argv[2]))) + "\n")
