"""The start of an empty site: a one-time code, two officers, the units, the calendar (row 8).

`luoshi init` makes the code; whoever holds it takes the first four of six steps on the pages of
`site.web.setup`. The last two, people and the first matter, are everyday acts of the officers.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.domain.opening import activate, create_account
from luoshi.foundation.accounts.domain.passwords import ALPHABET, generated, hand_out
from luoshi.foundation.accounts.models import DatabaseNature, Installation, User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import Preview, write_tree
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue
from luoshi.supervision.rulebook.domain.settling import settle

INSTALLER = Actor.system("installation", via="page")
GOOD_FOR = timedelta(hours=24)
OFFICERS = ((Role.SYSTEM_ADMIN, "系统管理员"), (Role.SECURITY_ADMIN, "安全管理员"))


@dataclass(frozen=True)
class Step:
    """One of the six steps: its number, what it is, whether the facts show it done."""

    number: int
    label: Text
    done: bool


@dataclass(frozen=True)
class Officer:
    """A first officer as typed."""

    full_name: str
    username: str


def hashed(code: str) -> str:
    """What is kept of a code; spaces and case of the grouping do not matter."""
    plain = "".join(character for character in code if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def begin(*, at: datetime) -> str:
    """Make a new one-time code, good for 24 hours; the one before ends. Refused: a database that
    is in use already."""
    nature = DatabaseNature.objects.first()
    started = Installation.objects.first()
    if (nature and nature.demo) or (User.objects.exists() and started is None):
        raise Refused(_("This database is in use; only an empty one is set up."), code="in-use")
    if started is not None and started.finished_at is not None:
        raise Refused(_("This site has been set up already."), code="set-up")
    code = "-".join("".join(secrets.choice(ALPHABET) for _n in range(5)) for _part in range(4))
    DatabaseNature.objects.get_or_create(pk=1, defaults={"demo": False, "created_at": at})
    values = {"code_hash": hashed(code), "expires_at": at + GOOD_FOR}
    Installation.objects.update_or_create(pk=1, defaults=values)
    return code


def open_installation() -> Installation | None:
    """The installation that is under way, or None."""
    return Installation.objects.filter(finished_at=None).first()


def check_code(code: str, *, at: datetime) -> None:
    """Refuse a wrong or expired code."""
    under_way = open_installation()
    right = under_way is not None and secrets.compare_digest(under_way.code_hash, hashed(code))
    if under_way is None or not right or under_way.expires_at < at:
        raise Invalid(
            _("Not opened: the code is not right or has expired."),
            {"code": [_("Run “luoshi init” on the machine again and type the code it prints.")]},
        )


def add_officers(*, officers: list[Officer], at: datetime) -> list[tuple[User, str]]:
    """Create the first two officers; returns each with the password to hand out. Refused: one
    person for both, and user names that cannot be used."""
    names = [officer.username.strip() for officer in officers]
    if len(officers) != len(OFFICERS) or len(set(names)) != len(names):
        raise Invalid(_("Not created."), {"username_1": [_("Two officers are two persons.")]})
    with acting(actor=INSTALLER, at=at):
        made = []
        for number, officer in enumerate(officers):
            user = create_account(
                username=officer.username,
                full_name=officer.full_name,
                actor=INSTALLER,
                at=at + timedelta(microseconds=number),  # their order is their office
            )
            activate(user=user, actor=INSTALLER, at=at)
            password = generated()
            hand_out(user=user, password=password, actor=INSTALLER, at=at)
            made.append((user, password))
    return made


def first_officers() -> list[User]:
    """The two officers in the order they were made."""
    return list(User.objects.order_by("created_at")[: len(OFFICERS)])


def add_units(*, preview: Preview, office: str, officer_registers: bool, at: datetime) -> Unit:
    """Write the tree, put the officers into their posts at the office of that name, load the rule
    catalogue. Refused: wrong rows, no unit of that name; nothing is written then."""
    with acting(actor=INSTALLER, at=at):
        write_tree(preview, actor=INSTALLER, at=at)
        unit = unit_by_name(office.strip())
        if unit is None:
            text = _("No unit in this workbook is called “%(name)s”.") % {"name": office.strip()}
            raise Invalid(_("Not imported."), {"office": [text]})
        today = office_date(at)
        for user, (role, title) in zip(first_officers(), OFFICERS, strict=True):
            appoint(
                person=user,
                unit=unit,
                role=role,
                title=title,
                starts_on=today,
                actor=INSTALLER,
                at=at,
            )
        load_catalogue(actor=INSTALLER, at=at)
        values = {"officer_registers": officer_registers}
        settle(office_id=unit.pk, values=values, actor=INSTALLER, at=at)
    return unit


def confirm_calendar(*, at: datetime) -> None:
    """Somebody looked at the calendar editions; the code is spent with this step."""
    with acting(actor=INSTALLER, at=at):
        Installation.objects.filter(finished_at=None).update(
            calendar_checked_at=at, finished_at=at, code_hash=""
        )
        record(
            "site.installed", actor=INSTALLER, at=at, object_kind="site", object_id="installation"
        )


def steps(on: date) -> list[Step]:
    """The six steps, each judged by the facts."""
    installation = Installation.objects.first()
    holders = current(on).filter(post__role=Role.SUPERVISION_OFFICER)
    return [
        Step(1, _("Type the one-time code"), User.objects.exists()),
        Step(2, _("Name the first two officers"), User.objects.exists()),
        Step(3, _("Import the units"), Unit.objects.exists()),
        Step(
            4,
            _("Check the calendar"),
            bool(installation and installation.calendar_checked_at),
        ),
        Step(5, _("Give a supervision officer an account and a post"), holders.exists()),
        Step(6, _("Register the first matter"), Matter.objects.exists()),
    ]
