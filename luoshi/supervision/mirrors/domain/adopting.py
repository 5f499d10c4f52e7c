"""Write down how the leading office says a matter stands; what our own units did since is laid over
it until the office has confirmed it.

Declined: an office or unit that does not live there, a matter or row that belongs to somebody else,
values no column takes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import Node
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.indexing import index_matter
from luoshi.supervision.matters.domain.matter.ending import end_these
from luoshi.supervision.matters.domain.share.summarising import (
    hold_units,
    refresh_matter,
    refresh_unit,
)
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    MATTER_ENDED,
    AssignmentState,
    Turn,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Closure,
    JointOpinion,
    Matter,
    MatterFigure,
    Reopening,
    Revocation,
)
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.noticing import notice_plans, plans_of
from luoshi.supervision.mirrors.domain.plain import key, put, rows, texts
from luoshi.supervision.mirrors.domain.share_word import take_share, take_stops
from luoshi.supervision.mirrors.domain.telling import mirror_of, name_at
from luoshi.supervision.mirrors.enums import Side
from luoshi.supervision.mirrors.models import BetweenNodes
from luoshi.supervision.rulebook.models import OfficeSettings

ACTOR = Actor.system("mirrors")


def take_office_word(arrived: Arrived) -> None:
    """Adopt the word of the office; one that a later word overtook changes nothing."""
    said = arrived.payload.get("matter")
    if not isinstance(said, dict):
        raise Declined("matter")
    known = Matter.objects.filter(pk=key(said.get("id"))).first()
    if known is not None:
        if known.home != arrived.sender.code:
            raise Declined("matter")
        known = locked(Matter.objects.select_related("office"), known.pk)
        if not newer(mirror_of(known, arrived.sender, Side.UNIT), arrived):
            return
    matter = adopt(arrived.payload, known, arrived.sender, home=arrived.sender.code, at=arrived.at)
    mirror = mirror_of(matter, arrived.sender, Side.UNIT)
    newer(mirror, arrived)
    mirror.known = sorted(
        name_at(share["id"], name)
        for share in rows(arrived.payload, "shares")
        for name in texts(share, "known")
    )
    mirror.save()
    after = {"kind": arrived.row.kind, "sender": arrived.sender.code}
    record("mirrors.adopted", actor=ACTOR, at=arrived.at, obj=matter, after=after)


def newer(mirror: BetweenNodes, arrived: Arrived) -> bool:
    """Whether an envelope was sent after the last one heard; notes it (the caller saves). A
    sender's new life makes this side say everything again."""
    row = arrived.row
    if mirror.heard_life == row.incarnation:
        if row.sequence < mirror.heard_sequence:
            return False
    elif mirror.heard_life:
        if mirror.heard_sent_at is not None and row.sent_at < mirror.heard_sent_at:
            return False
        mirror.said = ""
    mirror.heard_life, mirror.heard_sequence = row.incarnation, row.sequence
    mirror.heard_sent_at, mirror.heard_at = row.sent_at, arrived.at
    return True


def adopt(
    word: Mapping[str, Any], known: Matter | None, node: Node, *, home: str, at: datetime
) -> Matter:
    """Write the matter, what ended and reopened it, and its shares. `home`: the node that leads it;
    "" when this node enters its own lost word again. Part of the caller's act."""
    said = word["matter"]
    before = plans_of(known) if known is not None and home else {}
    office = unit_at(str(said.get("office")), node if home else None)
    matter = known or Matter(pk=key(said.get("id")), home=home, mirrored=True)
    matter.office = office
    put(matter, said, columns.MATTER)
    if matter.state in MATTER_ENDED:
        matter.turn, matter.on_clock = Turn.NOBODY, False
        matter.attention_at = matter.overdue_at = None
    matter.save(force_insert=known is None)
    index_matter(matter)
    if home:
        take_settings(office, word)
    take_figures(matter, word)
    reopenings = take_endings(matter, word)
    take_beside(matter, word)
    take_stops(matter, rows(word, "stops"))
    shares = rows(word, "shares")
    units = {
        str(one.get("unit")): unit_at(str(one.get("unit")), None if home else node)
        for one in shares
    }
    hold_units(unit.pk for unit in units.values())
    end_gone(matter, [key(one.get("id")) for one in shares], home, node, at)
    for one in shares:
        reopening = reopenings.get(str(one.get("reopening")))
        take_share(matter, one, units[str(one["unit"])], reopening, overlay=bool(home), at=at)
    take_opinions(matter, word)
    refresh_matter(matter, at=at)
    notice_plans(matter, before, at=at)
    return matter


def unit_at(code: str, node: Node | None) -> Unit:
    """The unit of this code that lives on a node (None = here)."""
    found = Unit.objects.filter(code=code, is_active=True).select_related("served_by").first()
    lives = getattr(found, "served_by", None)
    if found is None or (lives.node_id if lives else None) != (node.pk if node else None):
        raise Declined(f"unit {code[:24]}")
    return found


def take_settings(office: Unit, word: Mapping[str, Any]) -> None:
    """The settings of the leading office that units here go by."""
    said = word.get("settings")
    if not isinstance(said, dict):
        return
    row = OfficeSettings.objects.filter(pk=office.pk).first() or OfficeSettings(unit=office)
    put(row, said, columns.SETTINGS)
    row.save()


def take_figures(matter: Matter, word: Mapping[str, Any]) -> None:
    """The figures every dated report gives."""
    matter.asked_figures.all().delete()
    for one in rows(word, "figures"):
        row = MatterFigure(matter=matter)
        put(row, one, columns.FIGURE)
        row.save()


def take_endings(matter: Matter, word: Mapping[str, Any]) -> dict[str, Reopening]:
    """Conclusions, reopenings and the revocation, by their round; the reopenings by the number
    they have at the office."""
    rounds: dict[str, Closure] = {}
    for one in rows(word, "closures"):
        row = matter.closures.filter(round=one.get("round")).first() or Closure(matter=matter)
        put(row, one, columns.CLOSURE)
        row.save()
        rounds[str(one.get("id"))] = row
    found: dict[str, Reopening] = {}
    for one in rows(word, "reopenings"):
        closure = rounds.get(str(one.get("closure")))
        if closure is None:
            raise Declined("reopenings")
        again = getattr(closure, "reopening", None) or Reopening(closure=closure, matter=matter)
        put(again, one, columns.REOPENING)
        again.save()
        found[str(one.get("id"))] = again
    said = word.get("revocation")
    if isinstance(said, dict):
        taken_back = Revocation.objects.filter(matter=matter).first() or Revocation(matter=matter)
        put(taken_back, said, columns.REVOCATION)
        taken_back.save()
    return found


def take_beside(matter: Matter, word: Mapping[str, Any]) -> None:
    """Shares of units elsewhere, by name, where the tree here knows the unit."""
    for one in rows(word, "beside"):
        unit = Unit.objects.filter(code=str(one.get("unit"))).first()
        if unit is None:
            continue
        pk = key(one.get("id"))
        row = Assignment.objects.filter(pk=pk).first() or Assignment(pk=pk, matter=matter)
        if row.matter_id != matter.pk:
            raise Declined("beside")
        row.unit = unit
        put(row, one, ("part", "state", "assigned_at"))
        row.save()


def take_opinions(matter: Matter, word: Mapping[str, Any]) -> None:
    """Opinions of joint units elsewhere to a lead unit here."""
    shares = {str(one.pk): one for one in matter.assignments.all()}
    for one in rows(word, "opinions"):
        joint, lead = shares.get(str(one.get("share"))), shares.get(str(one.get("lead")))
        pk = key(one.get("id"))
        if joint is None or lead is None or JointOpinion.objects.filter(pk=pk).exists():
            continue
        row = JointOpinion(pk=pk, assignment=joint, lead=lead)
        put(row, one, ("text", "given_by_name", "given_at"))
        row.save()


def end_gone(matter: Matter, named: list[UUID], home: str, node: Node, at: datetime) -> None:
    """Shares of these units the office does not name any more (it lost them with a restore) end."""
    here = matter.assignments.filter(state__in=ASSIGNMENT_OPEN).exclude(pk__in=named)
    ours = here.filter(unit__served_by=None) if home else here.filter(unit__served_by__node=node)
    gone = list(ours.select_related("matter", "unit"))
    end_these(gone, to=AssignmentState.REVOKED, at=at)
    for share in gone:
        refresh_unit(share.unit_id, at=at)
