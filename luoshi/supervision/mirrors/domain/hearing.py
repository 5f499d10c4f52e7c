"""Bring about at the leading office what a unit on another node did in its own house: through the
same verbs, in the unit's name, at the instant it acted; what the office's books do not allow any
more is settled by rule, never dropped.

Declined: units that do not live there, rows of other matters. About a matter this node lost with a
restore it waits (`NotYet`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.kinds import Arrived, Declined, NotYet
from luoshi.foundation.exchange.models import Node
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.domain.duty.extending import ask_extension, withdraw_extension
from luoshi.supervision.matters.domain.matter.stopping import ask
from luoshi.supervision.matters.domain.share.advising import advise, lead_of
from luoshi.supervision.matters.domain.share.objecting import object_to, window_of
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.summarising import refresh, refresh_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, AssignmentState
from luoshi.supervision.matters.models import (
    Assignment,
    Extension,
    JointOpinion,
    Matter,
    Objection,
)
from luoshi.supervision.mirrors.domain.adopting import newer
from luoshi.supervision.mirrors.domain.office_word import known
from luoshi.supervision.mirrors.domain.plain import instant, key, rows
from luoshi.supervision.mirrors.domain.reports import (
    Heard,
    report_again,
    take_report,
    take_stale,
)
from luoshi.supervision.mirrors.domain.settling import rule_of, settle, situation
from luoshi.supervision.mirrors.domain.telling import mirror_of
from luoshi.supervision.mirrors.enums import ENDED, STOPPED, Fact, Outcome, Side

ACTOR = Actor.system("mirrors")


def take_unit_word(arrived: Arrived) -> None:
    """Hear the word of the units of one node."""
    pk = key(arrived.payload.get("matter"))
    matter = Matter.objects.filter(pk=pk).first()
    if matter is None:
        raise NotYet
    if matter.home:
        raise Declined("matter")
    locked(Matter.objects, matter.pk)
    hear(arrived.payload, matter, arrived.sender, arrived.opened, own=False, at=arrived.at)
    mirror = mirror_of(matter, arrived.sender, Side.OFFICE)
    newer(mirror, arrived)
    mirror.save()
    after = {"kind": arrived.row.kind, "sender": arrived.sender.code}
    record("mirrors.heard", actor=ACTOR, at=arrived.at, obj=matter, after=after)


def hear(
    word: Mapping[str, Any],
    matter: Matter,
    node: Node,
    opened: Opened,
    *,
    own: bool,
    at: datetime,
) -> None:
    """Take every act that is not in the books yet, in its order. `own`: this node enters its lost
    word again, the unit lives here."""
    for one in rows(word, "shares"):
        rows_ = Assignment.objects.select_related("matter__office", "unit__served_by")
        share = rows_.filter(pk=key(one.get("id")), matter=matter).first()
        if share is None:
            raise NotYet
        lives = getattr(share.unit, "served_by", None)
        if (lives.node_id if lives else None) != (None if own else node.pk):
            raise Declined("share")
        for said in rows(one, "facts"):
            share = locked(Assignment.objects.select_related("matter__office", "unit"), share.pk)
            take(share, said, opened, own=own, at=at)
        take_stale(share, rows(one, "stale"), at=at)
        refresh_unit(share.unit_id, at=at)


def take(
    share: Assignment, said: Mapping[str, Any], opened: Opened, *, own: bool, at: datetime
) -> None:
    """One act of the unit, once."""
    name = str(said.get("name"))
    if said.get("fact") not in Fact.values:
        raise Declined("fact")
    if name in known(share):
        return
    fact = Fact(str(said["fact"]))
    when = max(min(instant(said.get("at")), at), share.assigned_at)
    heard = Heard(share, said, unit_actor(share, str(said.get("by", ""))), when)
    if own:
        enter_again(heard, fact, opened)
        return
    try:
        with transaction.atomic():
            if fact == Fact.REPORT:
                take_report(heard, opened, at=at)
            else:
                VERBS[fact](heard)
    except Refusal as refusal:
        found = situation(share, refusal)
        rule = rule_of(fact, found)
        if rule.outcome == Outcome.STANDS:
            stands(heard, fact, found)
        settle(share, said, rule, refusal, at=at)


def enter_again(heard: Heard, fact: Fact, opened: Opened) -> None:
    """The act is in the books of this house again, without effects: how it was answered comes with
    the office's next word."""
    share, said = heard.share, heard.said
    if fact == Fact.SIGNING:
        share.signed_at, share.signed_by_name = heard.at, heard.actor.person_name
        share.save(update_fields=("signed_at", "signed_by_name"))
    elif fact == Fact.REPORT:
        report_again(heard, opened)
    elif fact == Fact.EXTENSION:
        keep_request(heard)
    elif fact == Fact.OBJECTION:
        reason, hint = str(said.get("reason", "")), str(said.get("suggestion", ""))
        Objection.objects.create(
            id=pk_of(said),
            assignment=share,
            reason=reason[:500],
            suggestion=hint[:100],
            raised_by_name=heard.actor.person_name,
            raised_at=heard.at,
            window_ends_at=window_of(share),
        )
    elif fact == Fact.OPINION and (lead := lead_of(share)) is not None:
        JointOpinion.objects.create(
            id=pk_of(said),
            assignment=share,
            lead=lead,
            text=str(said.get("text", "")),
            given_by_name=heard.actor.person_name,
            given_at=heard.at,
        )


def unit_actor(share: Assignment, name: str) -> Actor:
    """The person of the other node who acted for the unit, by name."""
    return Actor(
        kind="person",
        person_name=name[:60],
        role=Role.LIAISON,
        unit_id=share.unit_id,
        unit_name=str(share.unit),
        via="job",
    )


def pk_of(said: Mapping[str, Any]) -> Any:
    """The number of the row an act made."""
    return key(str(said["name"]).partition(":")[2])


def signed(heard: Heard) -> None:
    """Signing for the slip."""
    sign_for(assignment=heard.share, actor=heard.actor, at=heard.at)


def objected(heard: Heard) -> None:
    """An objection; the instant it was raised decides whether it was in time."""
    object_to(
        assignment=heard.share,
        reason=str(heard.said.get("reason", "")),
        suggestion=str(heard.said.get("suggestion", "")),
        actor=heard.actor,
        at=heard.at,
        key=pk_of(heard.said),
    )


def advised(heard: Heard) -> None:
    """A joint opinion."""
    text = str(heard.said.get("text", ""))
    share, actor, at = heard.share, heard.actor, heard.at
    advise(assignment=share, text=text, actor=actor, at=at, key=pk_of(heard.said))


def asked_later(heard: Heard) -> None:
    """A request for a later limit of one duty."""
    ask_extension(
        duty=heard.duty(str(heard.said.get("duty", ""))),
        wanted_at=instant(heard.said.get("wanted_at")),
        reason=str(heard.said.get("reason", "")),
        actor=heard.actor,
        at=heard.at,
        key=pk_of(heard.said),
    )


def took_back(heard: Heard) -> None:
    """A request taken back before it was decided."""
    row = Extension.objects.filter(pk=pk_of(heard.said), duty__assignment=heard.share).first()
    if row is None:
        raise Declined("extension")
    withdraw_extension(extension=row, actor=heard.actor, at=heard.at)


def asked_stop(heard: Heard) -> None:
    """A request that the clock stand still."""
    reason = str(heard.said.get("reason", ""))
    share, actor, at = heard.share, heard.actor, heard.at
    ask(assignment=share, reason=reason, actor=actor, at=at, key=pk_of(heard.said))


VERBS = {
    Fact.SIGNING: signed,
    Fact.OBJECTION: objected,
    Fact.OPINION: advised,
    Fact.EXTENSION: asked_later,
    Fact.WITHDRAWAL: took_back,
    Fact.STOP: asked_stop,
}


def stands(heard: Heard, fact: Fact, found: str) -> None:
    """The act stands although the office's state would not allow it now: signed for before the end
    or the stop was known over there, a later limit asked for in a stopped clock."""
    share = heard.share
    if fact == Fact.SIGNING:
        share.signed_at, share.signed_by_name = heard.at, heard.actor.person_name
        if found != ENDED and share.state == AssignmentState.UNSIGNED:
            share.state = AssignmentState.IN_PROGRESS
        share.save(update_fields=("signed_at", "signed_by_name", "state"))
        if share.state in ASSIGNMENT_OPEN:
            refresh(share, at=heard.at)
    elif fact == Fact.EXTENSION and found == STOPPED:
        keep_request(heard)


def keep_request(heard: Heard) -> None:
    """The row of a request for a later limit, as the unit made it."""
    duty = heard.duty(str(heard.said.get("duty", "")))
    limit = instant(heard.said.get("limit_at"))
    Extension.objects.create(
        id=pk_of(heard.said),
        duty=duty,
        reason=str(heard.said.get("reason", ""))[:2000],
        limit_at=limit,
        wanted_at=max(instant(heard.said.get("wanted_at")), limit + heard.LEAST),
        asked_by_name=heard.actor.person_name,
        asked_at=heard.at,
    )
