"""Send this side's word whenever the trail says that a shared matter was acted upon, in the
transaction of the act: what is refused on its way is refused to who acts.

The leading office sends how the matter stands, the units' node what its units did; the kind of the
envelope says what happened. A word that says nothing new is not sent.
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.appending import Pending
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.sending import Content, post
from luoshi.foundation.exchange.domain.mail.unpacking import source
from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.envelopes.canonical import canonical
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.kinds import known
from luoshi.foundation.exchange.models import Node, Returned, ServedUnit
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.mirrors.domain.office_word import office_word
from luoshi.supervision.mirrors.domain.unit_word import facts_of, own_shares, stale
from luoshi.supervision.mirrors.enums import Fact, Side
from luoshi.supervision.mirrors.models import BetweenNodes, Mirror

ACTOR = Actor.system("mirrors")
GRACE = timedelta(minutes=10)
FOLLOWED = (
    *("matters.", "chasing.urged"),
    *("mirrors.adopted", "mirrors.heard", "mirrors.settled"),
)
OFFICE_KINDS = {
    "matters.assigned": "slip",
    "matters.reassigned": "slip",
    "matters.reopened": "reopening",
    "matters.accepted": "review",
    "matters.returned": "review",
    "matters.supplement_asked": "review",
    "matters.extension_granted": "extension",
    "matters.extension_refused": "extension",
    "matters.objection_rejected": "objection-answer",
    "matters.stopped": "stop",
    "matters.stop_refused": "stop",
    "matters.resumed": "resumption",
    "matters.concluded": "conclusion",
    "matters.merged": "conclusion",
    "matters.revoked": "revocation",
    "chasing.urged": "urge",
}
UNIT_KINDS = {
    "matters.signed_for": "signing",
    "matters.reported": "report",
    "matters.corrected": "correction",
    "matters.advised": "opinion",
    "matters.objected": "objection",
    "matters.extension_asked": "request",
    "matters.extension_withdrawn": "request",
    "matters.stop_asked": "request",
    "matters.outdated": "stale",
}


def follow(pending: Sequence[Pending], at: datetime) -> None:
    """Tell the other nodes of the matters these entries are about, and of their parts."""
    acts: dict[UUID, list[Pending]] = {}
    for one in pending:
        if one.object_kind == "matters.matter" and one.action.startswith(FOLLOWED):
            acts.setdefault(UUID(one.object_id), []).append(one)
    if not acts or not ServedUnit.objects.exists():  # no unit lives elsewhere: nobody to tell
        return
    for matter_id, parent_id, node_id in shared(acts):
        mine = acts.get(matter_id) or acts.get(parent_id) or []
        matter = Matter.objects.select_related("office").get(pk=matter_id)
        actor = mine[-1].actor if mine else ACTOR
        actions = [one.action for one in mine]
        if "mirrors.heard" in actions and restored(matter, node_id):
            continue
        tell(matter, node_id, actions, actor=actor, at=at)


def restored(matter: Matter, node_id: Any) -> bool:
    """Whether this office has said nothing since it was restored: what it merely hears again is not
    answered before its people have decided what to enter again (`resync`)."""
    row = Mirror.objects.filter(matter=matter, node=node_id, side=Side.OFFICE).first()
    life = current_life()
    if row is None or life is None or not life.restored:
        return False
    return row.said_life != life.value


def shared(matters: Iterable[UUID]) -> list[tuple[UUID, Any, Any]]:
    """(matter, its whole, node) of those that units of two nodes share; the node is None where
    the matter is led elsewhere."""
    keys = list(matters)
    elsewhere = Q(matter__home="", unit__served_by__isnull=False) | ~Q(matter__home="")
    # two questions in one: joined by OR PostgreSQL would read every share there is
    whole, parts = (
        Assignment.objects.filter(elsewhere, **{f"{path}__in": keys})
        .order_by()
        .values_list("matter_id", "matter__parent_id", "matter__home", "unit__served_by__node")
        for path in ("matter", "matter__parent")
    )
    found = whole.union(parts)
    pairs = {(m, p, None if home else node) for m, p, home, node in found}
    return sorted(pairs, key=str)


def tell(
    matter: Matter, node_id: Any, actions: Sequence[str], *, actor: Actor, at: datetime
) -> None:
    """Send this side's word to the node it concerns."""
    if matter.home:
        node = Node.objects.filter(code=matter.home).first()
        if node is not None:
            tell_office(matter, node, kind_of(actions, UNIT_KINDS, "word"), actor=actor, at=at)
        return
    node = Node.objects.get(pk=node_id)
    tell_units(matter, node, kind_of(actions, OFFICE_KINDS, "change"), actor=actor, at=at)


def kind_of(actions: Sequence[str], kinds: dict[str, str], other: str) -> str:
    """The kind of the last act that has one."""
    found = [kinds[one] for one in actions if one in kinds]
    return f"matters.{found[-1] if found else other}"


def mirror_of(matter: Matter, node: Node, side: Side) -> Mirror:
    """The row of a matter and a node, made with the first word and locked."""
    Mirror.objects.get_or_create(matter=matter, node=node, defaults={"side": side})
    return Mirror.objects.select_for_update().get(matter=matter, node=node)


def fresh(mirror: BetweenNodes, value: Any) -> str:
    """The digest of a word if it is to be sent: it differs from the last, or this node began a new
    life since; "" otherwise."""
    digest = hashlib.sha256(canonical({"word": value})).hexdigest()
    life = current_life()
    same = (mirror.said, mirror.said_life) == (digest, life.value if life else "")
    return "" if same else digest


def tell_units(matter: Matter, node: Node, kind: str, *, actor: Actor, at: datetime) -> None:
    """Send how the matter stands to the node where some of its units live."""
    mirror = mirror_of(matter, node, Side.OFFICE)
    word = office_word(matter, node)
    digest = fresh(mirror, word)
    if not digest:
        return
    units = sorted({one["unit"] for one in word["shares"]})
    content = Content(word, metadata=described(matter, "督办事项"))
    put_out(mirror, digest, kind, content, matter.office.code, units, actor=actor, at=at)
    if not matter.mirrored:
        Matter.objects.filter(pk=matter.pk).update(mirrored=True)


def tell_office(matter: Matter, node: Node, kind: str, *, actor: Actor, at: datetime) -> None:
    """Send what the units of this node did to the node that leads the matter, with the files of
    reports it has not confirmed."""
    mirror = mirror_of(matter, node, Side.UNIT)
    shares = own_shares(matter)
    facts = {share.pk: facts_of(share) for share in shares}
    outdated = {str(share.pk): stale(share) for share in shares}
    names = [[str(pk), one["name"]] for pk, found in facts.items() for one in found]
    digest = fresh(mirror, [sorted(names), outdated])
    if not digest or not names:
        return
    new = {
        pk: [one for one in found if name_at(pk, one["name"]) not in mirror.known]
        for pk, found in facts.items()
    }
    word = {
        "matter": str(matter.pk),
        "shares": [
            {
                "id": str(share.pk),
                "unit": share.unit.code,
                "facts": new[share.pk],
                "stale": outdated[str(share.pk)],
            }
            for share in shares
        ],
    }
    reports = [one["name"] for found in new.values() for one in found]
    with ExitStack() as stack:
        files = [source(one, stack) for one in attachments(reports)]
        content = Content(word, metadata=described(matter, "督办反馈"), files=files)
        sender, office = shares[0].unit.code, [matter.office.code]
        put_out(mirror, digest, kind, content, sender, office, actor=actor, at=at)


def name_at(share_id: object, name: str) -> str:
    """An act's name among those of all shares of a matter."""
    return f"{share_id}:{name}" if name == Fact.SIGNING else name


def attachments(names: Iterable[str]) -> list[Attachment]:
    """The files of the reports among these acts, each content once."""
    keys = [name.partition(":")[2] for name in names if name.startswith("report:")]
    rows = Attachment.objects.filter(owner_kind="report", owner_id__in=keys)
    return list({one.file_id: one for one in rows.select_related("file").order_by("pk")}.values())


def described(matter: Matter, kind: str) -> Metadata:
    """What may be said of the matter outside the payload."""
    return Metadata(
        identifier=str(matter.pk),
        type=kind,
        title=matter.title,
        number=matter.number,
        issuer=str(matter.office),
    )


def put_out(
    mirror: BetweenNodes,
    digest: str,
    kind: str,
    content: Content,
    sender: str,
    units: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the envelope and note what was said."""
    life = current_life()
    mirror.sent = post(
        kind=known(kind),
        content=content,
        sender_unit=sender,
        receiver=mirror.node,
        codes=units,
        actor=actor,
        at=at,
    )
    mirror.said, mirror.said_life, mirror.said_at = digest, life.value if life else "", at
    mirror.save(update_fields=("said", "said_life", "said_at", "sent"))


def to_say_again(rows: "QuerySet[Any]", kinds: str, at: datetime) -> "QuerySet[Any]":
    """After a restore: of these rows what was said in a life before, to nodes whose returned
    envelopes of these kinds have had time to come and have all been decided upon."""
    life = current_life()
    if life is None or not life.restored or at < life.began_at + GRACE:
        return rows.none()
    undecided = Returned.objects.filter(decided="", kind__startswith=kinds).values("node")
    return rows.exclude(said_life__in=("", life.value)).exclude(node__in=undecided)


def resync(*, at: datetime) -> int:
    """After a restore: say everything again; returns how many matters were told."""
    count = 0
    rows = to_say_again(Mirror.objects.all(), "matters.", at)
    for row in list(rows.select_related("matter__office", "node")):
        with acting(actor=ACTOR, at=at):
            tell(row.matter, row.node_id, (), actor=ACTOR, at=at)
        count += 1
    return count
