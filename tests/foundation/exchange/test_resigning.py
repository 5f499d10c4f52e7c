"""Waiting envelopes signed anew after a key was revoked (features row 51, security.md 5.4)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.node.suspending import revoke_key
from luoshi.foundation.exchange.domain.queries.neighbours import lookup, own_node
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.packing import Source
from luoshi.foundation.exchange.envelopes.policy import Policy
from luoshi.foundation.exchange.envelopes.refusing import Unacceptable
from luoshi.foundation.exchange.models import NodeKey, Outgoing
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.foundation.exchange.ground import NOW, Far, own_files, sent, set_up
from tests.story import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    settings.EXCHANGE_POLICY = Policy(signing=("SM2-SM3",))
    with own_files(settings):
        yield set_up()


def envelope(row: Outgoing) -> tuple[bytes, str, set[str], list[bytes]]:
    """(signed bytes, digest, keys that signed, files), checked as the receiver does."""
    with opened(row) as file:
        found = opening.read(file)
        opening.check_signature(found, keys=lookup(), policy=Policy())
        opening.check_files(found)
        files = [b"".join(found.blocks(n + 1)) for n in range(len(found.manifest.files))]
        return found.signed, found.digest, {str(mark["key"]) for mark in found.marks}, files


def test_what_waits_is_signed_with_what_is_left(far: Far) -> None:
    """The same number, digest and files under the other suite's key; what was taken is left alone;
    with no key left the envelope is held and says why."""
    large = Source("图.pdf", "application/pdf", BytesIO(b"%PDF" + bytes(400_000)))
    (row,) = sent(["省委办公厅"], files=[large])
    (taken,) = sent(["省委办公厅"])
    far.verdict(taken)
    before, kept = envelope(row), envelope(taken)
    office = Unit.objects.get(short_name="市委办公室")
    security = actor("wei", "卫某", office, Role.SECURITY_ADMIN)
    own = NodeKey.objects.filter(node=own_node(), purpose="sign")
    sm2, other = own.get(suite="SM2-SM3"), own.get(suite="ED25519-SHA256")
    assert before[2] == {sm2.pk}
    Outgoing.objects.filter(pk=row.pk).update(attempts=3, next_at=None, held="revoked-key")
    revoke_key(key=sm2, reason="失密", actor=security, at=NOW)
    row.refresh_from_db()
    after = envelope(row)
    assert (after[0], after[1], after[3]) == (before[0], before[1], before[3])
    assert after[2] == {other.pk} and (row.next_at, row.held) == (NOW, "")
    assert row.digest == after[1]
    taken.refresh_from_db()
    with pytest.raises(Unacceptable):
        envelope(taken)
    assert kept[2] == {sm2.pk}
    revoke_key(key=other, reason="失密", actor=security, at=NOW)
    row.refresh_from_db()
    assert row.held == "revoked-key"
