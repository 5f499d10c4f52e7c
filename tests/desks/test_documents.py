"""Documents between units and levels with a receipt board (features rows 50-52; TR-12; S3-110…112;
S3-68 for urging)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.documents.domain.queries import boards
from luoshi.desks.documents.domain.sending import send_document
from luoshi.desks.documents.domain.urging import Urged, urge
from luoshi.desks.documents.models import DocumentUrge
from luoshi.foundation.attachments.models import Attachment, StoredFile
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover, object_of
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival, refuse, sign_for
from luoshi.foundation.exchange.domain.dispatch.recalling import recall
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.opening import read as opened_envelope
from luoshi.foundation.exchange.models import (
    Addressee,
    Arrival,
    Dispatch,
    Incoming,
    Outgoing,
    Receipt,
)
from luoshi.foundation.exchange.relay.passing import pass_local
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.governing import MOST_A_WEEK, Week
from tests.counting import queries_of
from tests.foundation.exchange.ground import NOW, Far, own_files, read_row, set_up
from tests.security.world import keyed
from tests.story import actor
from tests.supervision.chasing.test_pages import client_of

pytestmark = pytest.mark.django_db
HERE, THERE = "市住房城乡建设局", "省委办公厅"
COVER = Cover("关于做好防汛备汛工作的通知", "安办发〔2026〕17号", "加急", "请认真贯彻执行。")


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    with own_files(settings):
        yield set_up()


@pytest.fixture
def clerk(far: Far) -> Any:
    office = Unit.objects.get(short_name="市委办公室")
    return actor("clerk", "文书", office, Role.DOCUMENT_CLERK)


@pytest.fixture
def liaison(far: Far) -> Any:
    return actor("zhang", "张立", Unit.objects.get(short_name=HERE), Role.LIAISON)


def send(clerk: Any, *names: str, files: Any = (), cover: Cover = COVER) -> Dispatch:
    """Send to units by name and let what stays here arrive."""
    units = list(Unit.objects.filter(short_name__in=names or (HERE, THERE)).order_by("sort_key"))
    row = send_document(cover=cover, units=units, files=files, actor=clerk, at=NOW)
    pass_local(at=NOW)
    return row


def to(row: Dispatch, name: str) -> Addressee:
    """The row of a unit on the board."""
    return Addressee.objects.select_related("outgoing").get(dispatch=row, unit__short_name=name)


def answers(far: Far, row: Outgoing, word: str, **change: Any) -> None:
    """A receipt from the other node."""
    payload = {"of": row.pk.hex, "units": [far.unit], "word": word, "person": "王芳", "reason": ""}
    far.says(kind="exchange.receipt", units=(), payload=payload | change)


def test_every_word_of_every_unit_stands_on_the_board_with_its_proof(
    far: Far, clerk: Any, liaison: Any
) -> None:
    """Row 52: delivered, opened, signed for, here and on another node, each with the signed
    envelope that says it; the order receipts come in does not matter."""
    row = send(clerk, files=[("通知.txt", BytesIO("防汛".encode()))])
    assert boards.counts(row) == {
        **dict.fromkeys(("opened", "signed", "refused", "recalled"), 0),
        **{"sent": 1, "delivered": 1, "all": 2, "waiting": 2},
    }
    arrival = Arrival.objects.get(unit__short_name=HERE)
    assert (arrival.title, arrival.number, arrival.urgency) == (COVER.title, COVER.number, "加急")
    assert Attachment.objects.filter(owner_kind="letter", owner_id=arrival.incoming_id).exists()
    assert StoredFile.objects.filter(media_type="text/plain").count() == 1
    open_arrival(arrival=arrival, actor=liaison, at=NOW + timedelta(minutes=1))
    open_arrival(arrival=arrival, actor=liaison, at=NOW + timedelta(minutes=2))
    pass_local(at=NOW + timedelta(minutes=2))
    assert to(row, HERE).state == "opened"
    sign_for(arrival=arrival, actor=liaison, at=NOW + timedelta(minutes=3))
    pass_local(at=NOW + timedelta(minutes=3))
    here = to(row, HERE)
    assert (here.state, here.person) == ("signed", "张立")
    assert here.opened_at == NOW + timedelta(minutes=1)
    assert here.signed_at == NOW + timedelta(minutes=3)

    there = to(row, THERE).outgoing
    answers(far, there, "signed")
    answers(far, there, "opened")
    far.verdict(there)
    one = to(row, THERE)
    assert (one.state, one.person) == ("signed", "王芳")
    assert one.delivered_at is not None and one.opened_at is not None
    rows = list(boards.addressees(row, ""))
    boards.dressed(rows)
    assert [[proof.word for proof in found.proofs] for found in rows] == [
        ["delivered", "opened", "signed"],
        ["delivered", "opened", "signed"],
    ]
    proof = Receipt.objects.select_related("evidence").get(outgoing=there, word="signed")
    said = read_row(proof.evidence)
    assert (said.sender, said.payload["word"]) == ("P33", "signed")
    done = Entry.objects.filter(action__in=("exchange.opened", "exchange.signed_for"))
    assert done.count() == 2


def test_a_receipt_for_somebody_else_is_declined(far: Far, clerk: Any) -> None:
    """Row 52: a node speaks only for units the consignment was addressed to."""
    row = send(clerk)
    there = to(row, THERE).outgoing
    answers(far, there, "signed", units=[Unit.objects.get(short_name=HERE).code])
    answers(far, there, "delivered")
    answers(far, to(row, HERE).outgoing, "signed")
    assert Incoming.objects.filter(kind="exchange.receipt", state="refused").count() == 2
    assert to(row, THERE).state == "sent" and to(row, HERE).state == "delivered"


def test_a_unit_refuses_with_a_reason_once(far: Far, clerk: Any, liaison: Any) -> None:
    """Row 52: refused with the reason the sender reads; nothing after that; not by others."""
    row = send(clerk, HERE)
    arrival = Arrival.objects.get()
    with pytest.raises(Invalid):
        refuse(arrival=arrival, reason=" ", actor=liaison, at=NOW)
    with pytest.raises(Forbidden):
        sign_for(arrival=arrival, actor=clerk, at=NOW)
    refuse(arrival=arrival, reason="附件缺页", actor=liaison, at=NOW)
    pass_local(at=NOW)
    assert (to(row, HERE).state, to(row, HERE).reason) == ("refused", "附件缺页")
    with pytest.raises(Refused):
        sign_for(arrival=arrival, actor=liaison, at=NOW)


def test_a_reason_is_refused_and_not_cut(far: Far, clerk: Any, liaison: Any) -> None:
    """Row 52: 201 characters do not fit; nothing happens and the words stay in the form."""
    row, long = send(clerk, HERE), "页" * 201
    arrival = Arrival.objects.get()
    for who, path in (
        (liaison, f"/arrivals/{arrival.pk}/refusal/"),
        (clerk, f"/dispatches/{row.pk}/recall/"),
    ):
        answer = client_of(who).post(path, {"reason": long})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "最多200个字" in shown and f'value="{long}"' in shown
    arrival.refresh_from_db()
    row.refresh_from_db()
    assert (arrival.state, row.recalled_at) == ("delivered", None)


def test_what_was_signed_for_cannot_be_recalled(far: Far, clerk: Any, liaison: Any) -> None:
    """Row 52: a recall reaches only units that have not signed, and is refused once all have."""
    row = send(clerk)
    sign_for(arrival=Arrival.objects.get(), actor=liaison, at=NOW)
    pass_local(at=NOW)
    with pytest.raises(Invalid):
        recall(dispatch=row, reason="", actor=clerk, at=NOW)
    recall(dispatch=row, reason="文号有误", actor=clerk, at=NOW)
    pass_local(at=NOW)
    asked = Outgoing.objects.get(kind="exchange.recall")
    assert asked.receiver == far.node
    manifest = read_row(asked)
    assert manifest.revision == Revision(object_of(row.pk), 2)
    answers(far, to(row, THERE).outgoing, "recalled", reason="文号有误")
    assert (to(row, THERE).state, to(row, HERE).state) == ("recalled", "signed")
    with pytest.raises(Refused) as again:
        recall(dispatch=row, reason="又", actor=clerk, at=NOW)
    assert again.value.code == "recalled"

    other = send(clerk, HERE)
    arrival = Arrival.objects.get(incoming__object=object_of(other.pk))
    sign_for(arrival=arrival, actor=liaison, at=NOW)
    pass_local(at=NOW)
    with pytest.raises(Refused) as late:
        recall(dispatch=other, reason="误发", actor=clerk, at=NOW)
    assert late.value.code == "signed-for"


def test_a_recall_that_overtakes_its_document_waits_for_it(far: Far, liaison: Any) -> None:
    """Security 5.6: the recall is parked, then takes effect at once; the unit reads the reason."""
    key, consignment = uuid4(), uuid4()
    recalled = {
        "kind": "exchange.recall",
        "units": (),
        "payload": {"of": consignment.hex, "reason": "文号有误"},
        "revision": Revision(object_of(key), 2),
    }
    far.says(**recalled)
    assert Incoming.objects.get().state == "parked"
    far.says(
        kind="documents.document",
        id=consignment.hex,
        payload={"dispatch": key.hex, "words": "全文"},
        metadata=Metadata(title="通知", issuer=THERE),
        revision=Revision(object_of(key), 1),
    )
    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.reason) == ("recalled", "文号有误")
    with pytest.raises(Refused):
        open_arrival(arrival=arrival, actor=liaison, at=NOW)
    words = [read_row(one).payload for one in Outgoing.objects.filter(kind="exchange.receipt")]
    assert [one["word"] for one in words] == ["recalled"]


def test_urging_goes_through_the_governor(far: Far, clerk: Any, liaison: Any) -> None:
    """S3-68: once a unit and week, never beyond its five nudges, never who has not got it yet."""
    row = send(clerk)
    assert urge(dispatch=row, actor=clerk, at=NOW) == Urged(1, 0)
    pass_local(at=NOW)
    notice = Notice.objects.filter(recipient_id=liaison.person_id, title_zh__contains="请签收")
    assert notice.count() == 1
    with pytest.raises(Refused) as again:
        urge(dispatch=row, actor=clerk, at=NOW)
    assert again.value.code == "nobody-left"
    far.verdict(to(row, THERE).outgoing)
    there = to(row, THERE).unit_id
    week = Week([there], NOW)
    for _one in range(MOST_A_WEEK):
        assert week.take(there)
    week.keep()
    assert urge(dispatch=row, actor=clerk, at=NOW) == Urged(0, 1)
    assert not Outgoing.objects.filter(kind="documents.urge", receiver=far.node).exists()
    assert urge(dispatch=row, actor=clerk, at=NOW + timedelta(days=7)) == Urged(2, 0)
    assert Outgoing.objects.filter(kind="documents.urge", receiver=far.node).count() == 1
    assert DocumentUrge.objects.filter(held=True).count() == 1
    with pytest.raises(Forbidden):
        urge(dispatch=row, actor=liaison, at=NOW)


def test_an_urge_from_above_reaches_the_unit(far: Far, liaison: Any) -> None:
    """Row 52: the other side urges; who has signed already is left alone."""
    key = uuid4()
    far.says(
        kind="documents.document",
        id=key.hex,
        payload={"dispatch": key.hex, "words": "全文"},
        metadata=Metadata(title="通知", issuer=THERE),
    )
    far.says(kind="documents.urge", payload={"of": key.hex})
    wanted = Notice.objects.filter(recipient_id=liaison.person_id, title_zh__contains="请签收")
    assert wanted.count() == 1
    sign_for(arrival=Arrival.objects.get(), actor=liaison, at=NOW)
    far.says(kind="documents.urge", payload={"of": key.hex})
    assert wanted.count() == 1
    far.says(kind="documents.urge", payload={"of": uuid4().hex})
    assert Incoming.objects.filter(kind="documents.urge", state="refused").count() == 1


def test_what_cannot_be_sent_is_refused_and_nothing_is_left(far: Far, clerk: Any) -> None:
    """Row 51: no title, no unit, no content, a graded paper: refused, no row, no envelope."""
    here = [Unit.objects.get(short_name=HERE)]
    for cover, units in (
        (Cover("", words="文"), here),
        (Cover("通知", words="文"), []),
        (Cover("通知"), here),
        (Cover("通知", urgency="马上", words="文"), here),
    ):
        with pytest.raises(Invalid):
            send_document(cover=cover, units=units, files=(), actor=clerk, at=NOW)
    with pytest.raises(Refused) as graded:
        send_document(
            cover=Cover("通知 秘密★", words="文"), units=here, files=(), actor=clerk, at=NOW
        )
    assert graded.value.code == "graded"
    assert not Dispatch.objects.exists() and not Outgoing.objects.exists()


def test_the_board_holds_1500_units_in_constant_queries(far: Far, clerk: Any) -> None:
    """Row 52: 1,500 units, one content stored once; the counts open their rows; the page asks as
    many questions for fifty rows as for five, and one page holds all for printing."""
    parent = Unit.objects.get(short_name="市委办公室")
    Unit.objects.bulk_create(
        Unit(
            code=f"T{n:04}",
            name=f"测试单位{n}",
            short_name=f"测试单位{n}",
            level=parent.level,
            system=parent.system,
            parent=parent,
            path=f"{parent.path}T{n:04}/",
            seat_path=parent.seat_path,
            sort_key=f"T{n:04}",
        )
        for n in range(1500)
    )
    names = [f"测试单位{n}" for n in range(1500)]
    row = send(clerk, *names, files=[("通知.txt", BytesIO(("防汛" * 200_000).encode()))])
    assert boards.counts(row)["delivered"] == 1500
    assert Outgoing.objects.filter(kind="documents.document").count() == 1
    assert StoredFile.objects.filter(media_type="text/plain").count() == 1
    few = send(clerk, *names[:5])
    browser = client_of(clerk)
    pages = {}
    for one in (few, row):
        browser.get(f"/dispatches/{one.pk}/")
        path = f"/dispatches/{one.pk}/?show=delivered"
        answer, pages[one.pk] = queries_of(partial(browser.get, path))
        assert answer.status_code == 200
    assert pages[few.pk] == pages[row.pk]
    text = browser.get(f"/dispatches/{row.pk}/?all=1").content.decode()
    assert text.count("测试单位") == 1500


def test_the_pages_send_open_sign_and_recall(far: Far, clerk: Any, liaison: Any) -> None:
    """Rows 50-52: from the form to the signature, each step on its page; wrong input is said."""
    office, unit = client_of(clerk), client_of(liaison)
    form = {"title": "", "units": "没有这个单位", "words": "文"}
    said = office.post("/dispatches/new/", keyed(**form))
    assert said.status_code == 422 and "没有这个单位" in said.content.decode()
    assert unit.get("/dispatches/new/").status_code == 403
    form = {"title": "通知", "number": "1号", "units": HERE, "words": "请贯彻"}
    made = office.post("/dispatches/new/", keyed(**form))
    board = made["Location"]
    assert office.get(board).status_code == 200 and unit.get(board).status_code == 404
    assert "通知" in office.get("/dispatches/").content.decode()
    pass_local(at=datetime.now(UTC))
    arrival = Arrival.objects.get()
    where = f"/arrivals/{arrival.pk}/"
    assert "请贯彻" not in unit.get(where).content.decode()
    assert unit.post(f"{where}opening/").status_code == 302
    assert "请贯彻" in unit.get(where).content.decode()
    assert office.get(where).status_code == 404
    assert unit.post(f"{where}refusal/", {"reason": ""}).status_code == 422
    assert unit.post(f"{where}signature/").status_code == 302
    assert unit.post(f"{where}signature/").status_code == 409
    pass_local(at=datetime.now(UTC))
    assert office.post(f"{board}recall/", {"reason": ""}).status_code == 422
    assert office.post(f"{board}recall/", {"reason": "误发"}).status_code == 409
    proof = Receipt.objects.get(word="signed")
    raw = office.get(f"/receipts/{proof.pk}/envelope/").content
    assert opened_envelope(BytesIO(raw)).manifest.payload["word"] == "signed"
    assert unit.get(f"/receipts/{proof.pk}/envelope/").status_code == 404
    assert "签收" in unit.get("/arrivals/?show=waiting").content.decode()
