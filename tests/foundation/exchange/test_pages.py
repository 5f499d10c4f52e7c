"""Pages and commands: two officers, a card, a medium (features rows 50, 53; B16)."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.foundation.exchange.domain.mail.receiving import receive
from luoshi.foundation.exchange.domain.node.entering import own_card
from luoshi.foundation.exchange.domain.queries.health import health
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.identity.cards import handed_out
from luoshi.foundation.exchange.models import Alarm, Incoming, Node, NodeKey, Outgoing
from luoshi.foundation.organizations.enums import Role
from tests.foundation.exchange.ground import NOW, SEEN, own_files, read_row, sent, set_up
from tests.foundation.exchange.papers import pair
from tests.foundation.exchange.test_nodes import card
from tests.security.people import holder, officer_browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Any) -> Any:
    with own_files(settings), time_machine.travel(NOW, tick=False):
        yield set_up()


def luoshi(*words: str) -> str:
    """A command's lines."""
    out = StringIO()
    call_command("exchange", *words, stdout=out)
    return out.getvalue()


def test_two_officers_connect_a_node_on_the_pages(far: Any) -> None:
    """Entered with a code to speak, card taken, fingerprint compared, accepted; each step by the
    officer it belongs to; reloading shows the code no more."""
    system = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    security = officer_browser(holder("wei", Role.SECURITY_ADMIN))
    form = {"code": "X330101", "name": "安澜县节点", "relation": "subordinate"}
    page = system.post("/nodes/", form).content.decode()
    spoken = page.split("data-secret>")[1].split("<")[0]
    assert spoken not in system.get("/nodes/").content.decode()
    node = Node.objects.get(code="X330101")
    where = f"/nodes/{node.pk}/"
    answer = system.get(f"{where}card/")
    assert answer["Content-Disposition"] == 'attachment; filename="card-for-X330101.json"'
    keys = [pair("SM2-SM3")]
    for wrong in (b"", b"{}", handed_out(card("X330101", keys), keys, "ABCDE")):
        file = SimpleUploadedFile("card.json", wrong)
        assert system.post(where, {"card": file}).status_code == 422
    good = SimpleUploadedFile("card.json", handed_out(card("X330101", keys), keys, spoken))
    assert system.post(where, {"card": good}).status_code == 302
    node.refresh_from_db()
    heard = node.fingerprint[-8:]
    assert system.post(f"{where}acceptance/", {"heard": heard}).status_code == 403
    assert security.post(f"{where}acceptance/", {"heard": "0" * 8}).status_code == 422
    assert security.post(f"{where}acceptance/", {"heard": heard}).status_code == 302
    assert system.post(f"{where}units/", {"units": "010101"}).status_code == 302
    assert "010101" in system.get(where).content.decode()
    key = node.keys.get()
    assert security.post(f"/node-keys/{key.pk}/revocation/", {"reason": ""}).status_code == 422
    assert security.post(f"/node-keys/{key.pk}/revocation/", {"reason": "失密"}).status_code == 302
    assert system.post(f"{where}suspension/", {"reason": "搬迁"}).status_code == 302
    assert system.post(f"{where}suspension/", {"act": "resume"}).status_code == 403
    assert security.post(f"{where}suspension/", {"act": "resume"}).status_code == 302


def test_an_invited_node_is_entered_by_its_card(far: Any) -> None:
    """The other side invited: its card with the code it spoke."""
    system = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    keys = [pair("SM2-SM3")]
    spoken = "ABCDE-FGHJK-23456-789AB"
    file = SimpleUploadedFile("c.json", handed_out(card("X330101", keys), keys, spoken))
    form = {"relation": "subordinate", "card": file, "spoken": spoken}
    assert system.post("/nodes/", form).status_code == 200
    assert Node.objects.get(code="X330101").state == "matched"


def test_the_desk_shows_what_is_open_but_not_what_it_says(far: Any) -> None:
    """Security 4: administrators may not open business content; the same queries at every size."""
    client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    counts = []
    client.get("/nodes/")  # the first page of a session notes it
    for number in (1, 3):
        for _one in range(number):
            sent(["省委办公厅"], metadata=Metadata(title="关于防汛的请示"))
            far.says()
        Alarm.objects.create(
            sender="P9", reason="malformed", digest=str(number), first_at=NOW, last_at=NOW
        )
        with CaptureQueriesContext(connection) as seen:
            pages = [
                client.get(f"/exchange/?show={show}") for show in ("open", "out", "in", "parked")
            ]
            pages.append(client.get("/exchange/alarms/"))
            pages.append(client.get("/nodes/"))
        counts.append(len(seen))
        for page in pages:
            assert page.status_code == 200
            assert "防汛" not in page.content.decode()
    assert counts[0] == counts[1]
    assert "P33" in client.get("/exchange/").content.decode()
    assert client.get("/exchange/?show=nonsense").status_code == 200
    assert client.get("/exchange/?cursor=x").status_code == 422


def test_status_says_how_it_stands(far: Any) -> None:
    """`luoshi exchange status --json`."""
    sent(["省委办公厅"])
    found = json.loads(luoshi("status", "--json"))
    assert found == health(NOW).as_json()
    assert (found["node"], found["open"], found["nodes"][0]["oldest_at"]) == (
        "C3301",
        1,
        NOW.isoformat(),
    )
    assert "C3301" in luoshi("status")


def test_a_node_is_set_up_and_enrolled_on_the_machine(far: Any, tmp_path: Path) -> None:
    """init once; enrol in both directions; config, check, rotate, revoke; acceptance stays with a
    person on the page."""
    with pytest.raises(CommandError):
        luoshi("init", "C1", "x")
    ours = tmp_path / "ours.json"
    told = luoshi("enrol", "X330101", "--relation", "subordinate", "--to", str(ours))
    assert ours.stat().st_size > 500
    spoken = told.split("：")[1].split()[0] if "：" in told else told.split(": ")[1].split()[0]
    keys = [pair("SM2-SM3")]
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(handed_out(card("X330101", keys), keys, spoken))
    luoshi("enrol", "X330101", "--card", str(theirs))
    assert Node.objects.get(code="X330101").state == "matched"
    assert luoshi("config").strip().endswith("nats.conf")
    luoshi("check")
    before = {key.id for key in own_card().keys}
    luoshi("rotate")
    assert before.isdisjoint({key.id for key in own_card().keys})
    news = Outgoing.objects.get(kind="exchange.keys")
    assert {key["id"] for key in read_row(news).payload["keys"]} == {k.id for k in own_card().keys}
    with pytest.raises(CommandError):
        luoshi("revoke", "ab", "--reason", "x")
    luoshi("revoke", min(before)[:12], "--reason", "失密")
    assert NodeKey.objects.get(pk=min(before)).revoked_reason == "失密"
    for words in (("enrol", "NOPE"), ("enrol", "X2", "--card", str(tmp_path / "none"))):
        with pytest.raises(CommandError):
            luoshi(*words)


def test_new_keys_of_a_neighbour_wait_and_revocations_hold(far: Any) -> None:
    """Rotation over there: told with a trusted key, trusted here after acceptance; a revocation
    holds at once; another node's key is declined."""
    fresh = pair("SM2-SM3")
    line = {"id": fresh.id, "suite": fresh.suite, "purpose": "sign", "public": fresh.public.hex()}
    far.says(kind="exchange.keys", units=(), payload={"keys": [line], "revoked": []})
    assert NodeKey.objects.get(pk=fresh.id).accepted_at is None
    stolen = own_node().keys.filter(purpose="sign").values("id", "suite", "purpose", "public")[0]
    far.says(kind="exchange.keys", units=(), payload={"keys": [stolen], "revoked": []})
    assert Incoming.objects.filter(state="refused").count() == 1
    gone = {"keys": [], "revoked": [far.keys[0].id, stolen["id"]]}
    far.says(kind="exchange.keys", units=(), payload=gone)
    assert NodeKey.objects.get(pk=far.keys[0].id).revoked_at is not None
    assert own_node().keys.get(pk=stolen["id"]).revoked_at is None


def test_envelopes_travel_on_a_medium_and_mix_with_the_line(far: Any, tmp_path: Path) -> None:
    """Row 53: what waits is written once; what comes is taken in like from the line, and what came
    by both ways has one effect."""
    rows = [sent(["省委办公厅"])[0] for _n in range(3)]
    assert "3" in luoshi("export", "P33", str(tmp_path / "out"))
    assert "0" in luoshi("export", "P33", str(tmp_path / "out"))
    assert len(list((tmp_path / "out").iterdir())) == 3
    medium = tmp_path / "in"
    medium.mkdir()
    slips = [far.packed(far.manifest()) for _n in range(3)]
    for number, raw in enumerate(slips):
        (medium / f"{number}.luoshi").write_bytes(raw)
    (medium / "9.luoshi").write_bytes(slips[0][:-5])
    (medium / "link.luoshi").symlink_to("/etc/hostname")
    receive(BytesIO(slips[1]), at=NOW)
    luoshi("import", str(medium))
    luoshi("import", str(medium))
    assert sorted(one["number"] for one in SEEN) == [1, 2, 3]
    far.verdict(rows[0])
    luoshi("export", "P33", str(tmp_path / "again"))
    written = {path.name.split("-")[1][:32] for path in (tmp_path / "again").iterdir()}
    assert rows[0].pk.hex not in written
    assert {rows[1].pk.hex, rows[2].pk.hex} <= written
    for words in (("import", str(tmp_path / "none")), ("export", "X9", str(medium))):
        with pytest.raises(CommandError):
            luoshi(*words)
    assert own_node().relation == Relation.OWN
