"""Nodes and keys: entered by one officer, accepted by another (security.md 4; B16; S3-101, S3-104,
S3-105, S3-108: each node builds its own part and connects to the one above)."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.db import connection

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refusal, Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.accepting import accept_key, accept_node
from luoshi.foundation.exchange.domain.node.configuring import configure, folder, place
from luoshi.foundation.exchange.domain.node.entering import (
    answer_card,
    card_for,
    invite,
    own_card,
    serve_units,
    take_card,
)
from luoshi.foundation.exchange.domain.node.incarnating import begin_life, current_life
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.domain.node.rotating import rotate
from luoshi.foundation.exchange.domain.node.suspending import (
    resume_node,
    revoke_key,
    suspend_node,
)
from luoshi.foundation.exchange.domain.queries.neighbours import lookup, own_node, signing_keys
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.policy import SigningKey
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.identity import keyring
from luoshi.foundation.exchange.identity.cards import Card, PublicKey, handed_out
from luoshi.foundation.exchange.models import Incarnation, Node, NodeKey
from luoshi.foundation.organizations.enums import Role
from tests.foundation.exchange.ground import NOW
from tests.foundation.exchange.papers import pair
from tests.security.people import holder, plant_tree
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
KEYS = [pair("SM2-SM3"), pair("ED25519-SHA256")]


@pytest.fixture(autouse=True)
def ground(settings: Any) -> Iterator[None]:
    plant_tree()
    initialise(code="C3301", name="清源市节点", address="127.0.0.1:7422", actor=SYSTEM, at=NOW)
    yield


def officers() -> tuple[Any, Any]:
    return holder("jin", Role.SYSTEM_ADMIN), holder("wei", Role.SECURITY_ADMIN)


def card(code: str = "P33", keys: list[SigningKey] | None = None, **change: Any) -> Card:
    """Another node's card."""
    public = tuple(PublicKey(k.id, k.suite, "sign", k.public.hex()) for k in keys or KEYS)
    values = {
        "code": code,
        "name": "省级节点",
        "units": ("01",),
        "keys": public,
        "link": own_node().link,
        "authority": own_node().authority,
        "address": "127.0.0.1:7000",
    }
    return Card(**values | change)


def connected(
    code: str = "P33", relation: str = Relation.SUPERIOR, keys: list[SigningKey] | None = None
) -> Node:
    """A node that was invited, answered with its card, and was accepted."""
    keys = keys or KEYS
    system, security = (
        holder(f"s{code}", Role.SYSTEM_ADMIN),
        holder(f"a{code}", Role.SECURITY_ADMIN),
    )
    node, spoken = invite(code=code, name=code, relation=relation, actor=system, at=NOW)
    answer_card(node=node, file=handed_out(card(code, keys), keys, spoken), actor=system, at=NOW)
    return accept_node(node=node, heard=node.fingerprint[-8:], actor=security, at=NOW)


def test_a_site_becomes_a_node_once(tmp_path: Path) -> None:
    """Both suites and a key for encryption from the first day; a first life."""
    own = own_node()
    kinds = sorted(own.keys.values_list("suite", "purpose"))
    assert kinds == [("ED25519-SHA256", "sign"), ("SM2-SM3", "encrypt"), ("SM2-SM3", "sign")]
    assert Incarnation.objects.get().restored is False
    with pytest.raises(Refused):
        initialise(code="C2", name="x", address="", actor=SYSTEM, at=NOW)
    for code, address in (("市", ""), ("a.b", ""), ("", ""), ("C2", "nonsense"), ("C2", "x:y")):
        with pytest.raises(Refusal):
            initialise(code=code, name="x", address=address, actor=SYSTEM, at=NOW)


def test_private_keys_lie_sealed_in_files_of_their_own() -> None:
    """Security row 18: 0600, sealed, never in the database, hence in no dump and no backup."""
    secrets = [keyring.private(key.pk) for key in own_node().keys.all()]
    assert all(secrets)
    for key in own_node().keys.all():
        path = keyring.folder() / key.pk
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text().startswith("sm4gcm:")
        assert (keyring.private(key.pk) or b"").hex() not in path.read_text()
    stored = serializers.serialize("json", [*Node.objects.all(), *NodeKey.objects.all()])
    stored += "".join(Entry.objects.values_list("body", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(text, '') FROM audit_detail")
        stored += str(cursor.fetchone())
    seed = (folder("C3301") / "link.seed").read_text()
    assert seed not in stored
    assert not any((secret or b"").hex() in stored for secret in secrets)
    for path in folder("C3301").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_enrolment_needs_code_card_and_two_officers_on_each_side() -> None:
    """Entered by the system administrator, accepted by the security administrator who compared the
    fingerprint by voice; the code is good once and for 24 hours."""
    system, security = officers()
    node, spoken = invite(code="P33", name="省级", relation=Relation.SUPERIOR, actor=system, at=NOW)
    ours = card_for(node, at=NOW)
    file = handed_out(card(), KEYS, spoken.lower().replace("-", " "))
    for actor in (security, holder("tao", Role.AUDITOR), holder("li", Role.SUPERVISION_OFFICER)):
        with pytest.raises(Forbidden):
            invite(code="P34", name="x", relation=Relation.SUPERIOR, actor=actor, at=NOW)
        with pytest.raises(Forbidden):
            answer_card(node=node, file=file, actor=actor, at=NOW)
    with pytest.raises(Refused) as refused:
        answer_card(node=node, file=file, actor=system, at=NOW + timedelta(hours=25))
    assert refused.value.code == "no-code"
    answer_card(node=node, file=file, actor=system, at=NOW)
    assert (node.state, lookup()("P33", KEYS[0].id)) == (NodeState.MATCHED, None)
    heard = node.fingerprint[-8:]
    for actor in (system, SYSTEM, holder("tao2", Role.AUDITOR)):
        with pytest.raises(Forbidden):
            accept_node(node=node, heard=heard, actor=actor, at=NOW)
    with pytest.raises(Invalid):
        accept_node(node=node, heard="00000000", actor=security, at=NOW)
    accept_node(node=node, heard=f"{heard[:4]} {heard[4:].upper()}", actor=security, at=NOW)
    assert (node.state, node.one_time_code) == (NodeState.ACTIVE, "")
    assert lookup()("P33", KEYS[0].id) is not None
    assert ours != b""
    with pytest.raises(Refused):
        accept_node(node=node, heard=heard, actor=security, at=NOW)
    with pytest.raises(Refused):
        invite(code="P33", name="x", relation=Relation.SUPERIOR, actor=system, at=NOW)


def test_the_invited_side_takes_the_card_with_the_spoken_code() -> None:
    """Both sides confirm: what one hands out the other checks with the same code."""
    system, _security = officers()
    spoken = "ABCDE-FGHJK-23456-789AB"
    file = handed_out(card(), KEYS, spoken)
    node = take_card(file=file, spoken=spoken, relation=Relation.SUPERIOR, actor=system, at=NOW)
    assert (node.code, node.state, node.name) == ("P33", NodeState.MATCHED, "省级节点")
    assert card_for(node, at=NOW) != file
    assert Entry.objects.filter(action="exchange.node_matched").count() == 1


@pytest.mark.parametrize("attack", ["code", "flip", "forged", "foreign", "stolen", "noise", "huge"])
def test_a_card_that_does_not_hold_is_refused(attack: str) -> None:
    """Wrong code, changed byte, a key whose owner did not sign, another node's card or key."""
    system, _security = officers()
    connected("X1", Relation.SUBORDINATE)
    node, spoken = invite(code="P33", name="省", relation=Relation.SUPERIOR, actor=system, at=NOW)
    fresh = [pair("SM2-SM3")]
    good = handed_out(card(keys=fresh), fresh, spoken)
    files = {
        "code": handed_out(card(keys=fresh), fresh, "ABCDE-FGHJK-23456-789AB"),
        "flip": good.replace("省级节点".encode(), "省级节典".encode()),
        "forged": handed_out(card(keys=fresh), [], spoken),
        "foreign": handed_out(card("P34", keys=fresh), fresh, spoken),
        "stolen": handed_out(card(), KEYS, spoken),
        "noise": b"\xff\x00",
        "huge": b"x" * 70_000,
    }
    with pytest.raises(Refusal):
        answer_card(node=node, file=files[attack], actor=system, at=NOW)
    node.refresh_from_db()
    assert (node.state, node.keys.count()) == (NodeState.ENTERED, 0)
    answer_card(node=node, file=good, actor=system, at=NOW)


def test_one_superior_and_never_oneself() -> None:
    """A node has one superior; the database says so too."""
    system, _security = officers()
    connected()
    for code, relation in (("P34", "superior"), ("C3301", "subordinate"), ("P35", "own")):
        with pytest.raises(Refusal):
            invite(code=code, name="x", relation=relation, actor=system, at=NOW)


def test_units_live_on_one_node() -> None:
    """Which units of the tree a neighbour serves; unknown ones and those of a third are refused."""
    system, _security = officers()
    one, two = connected("X1", Relation.SUBORDINATE), None
    serve_units(node=one, codes=["010101"], actor=system, at=NOW)
    two, _code = invite(code="X2", name="x", relation=Relation.SUBORDINATE, actor=system, at=NOW)
    with pytest.raises(Invalid) as refused:
        serve_units(node=two, codes=["010101", "NONE"], actor=system, at=NOW)
    assert len(refused.value.errors["units"]) == 2
    assert "010101" not in own_card().units
    serve_units(node=one, codes=[], actor=system, at=NOW)
    assert "010101" in own_card().units


def test_rotation_overlaps_and_ends() -> None:
    """New keys beside the old ones for 30 days; both sign, then only the new."""
    old = {key.id for key in signing_keys(NOW, SUITES)}
    made = {key.pk for key in rotate(actor=SYSTEM, at=NOW)}
    both = {key.id for key in signing_keys(NOW, SUITES)}
    later = {key.id for key in signing_keys(NOW + timedelta(days=31), SUITES)}
    assert old < both
    assert later == both - old
    assert later < made
    with pytest.raises(Forbidden):
        rotate(actor=officers()[1], at=NOW)


def test_a_revoked_key_is_gone_for_good(django_capture_on_commit_callbacks: Any) -> None:
    """Revoked by the security administrator, with its reason; ours leaves this machine."""
    system, security = officers()
    connected()
    theirs = NodeKey.objects.get(pk=KEYS[0].id)
    with pytest.raises(Forbidden):
        revoke_key(key=theirs, reason="失密", actor=system, at=NOW)
    with pytest.raises(Invalid):
        revoke_key(key=theirs, reason=" ", actor=security, at=NOW)
    revoke_key(key=theirs, reason="失密", actor=security, at=NOW)
    known = lookup()("P33", KEYS[0].id)
    assert known is not None
    assert known.revoked
    with pytest.raises(Refused):
        revoke_key(key=theirs, reason="失密", actor=security, at=NOW)
    ours = own_node().keys.filter(purpose="sign").first()
    assert ours is not None
    with django_capture_on_commit_callbacks(execute=True):
        revoke_key(key=ours, reason="失密", actor=security, at=NOW)
    assert keyring.private(ours.pk) is None
    assert ours.pk not in {key.id for key in signing_keys(NOW, SUITES)}


def test_a_new_key_of_a_neighbour_waits_for_acceptance() -> None:
    """The security administrator accepts keys; never the machine."""
    system, security = officers()
    node = connected()
    fresh = pair("SM2-SM3")
    key = NodeKey.objects.create(
        id=fresh.id, node=node, suite=fresh.suite, purpose="sign", public="00", since=NOW
    )
    assert lookup()("P33", fresh.id) is None
    for actor in (system, SYSTEM):
        with pytest.raises(Forbidden):
            accept_key(key=key, actor=actor, at=NOW)
    accept_key(key=key, actor=security, at=NOW)
    assert lookup()("P33", fresh.id) is not None
    with pytest.raises(Refused):
        accept_key(key=key, actor=security, at=NOW)
    assert rules.may_see_nodes(holder("tao", Role.AUDITOR)).__bool__() is False


def test_suspension_is_quick_and_connecting_again_is_not() -> None:
    """Either officer cuts off, the security administrator alone lets in again."""
    system, security = officers()
    node = connected()
    with pytest.raises(Invalid):
        suspend_node(node=node, reason="", actor=system, at=NOW)
    suspend_node(node=node, reason="机房搬迁", actor=system, at=NOW)
    assert place().superior is None
    with pytest.raises(Forbidden):
        resume_node(node=node, actor=system, at=NOW)
    resume_node(node=node, actor=security, at=NOW)
    assert place().superior is not None


def test_each_life_is_random_and_the_newest_is_in_force() -> None:
    """Security 5.3: two restores from one backup never share a number."""
    lives = [begin_life(restored=True, actor=SYSTEM, at=NOW).value for _n in range(20)]
    assert len(set(lives)) == 20
    newest = current_life()
    assert newest is not None
    assert newest.value == lives[-1]


def test_the_server_takes_the_configuration_made_from_the_registry() -> None:
    """Generated, and verified with the server's own -t; other link keys are refused."""
    connected()
    connected("X1", Relation.SUBORDINATE, [pair("SM2-SM3")])
    path = configure(actor=SYSTEM, at=NOW)
    text = path.read_text()
    assert '"sync_interval": "always"' in text
    assert "dlv.X1.down" in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Entry.objects.filter(action="exchange.configured").count() == 1
    configure(actor=SYSTEM, at=NOW)
    assert Entry.objects.filter(action="exchange.configured").count() == 1
    Node.objects.filter(code="C3301").update(link="U" + "A" * 55)
    with pytest.raises(Refused) as refused:
        configure(actor=SYSTEM, at=NOW)
    assert refused.value.code == "other-link"
