"""Documents passed on to the next level down by the unit's own act or standing order (S3-110,
S3-112; features row 50): with its covering note, the words and files as they came."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from luoshi.desks.documents.domain.ordering import end_order, set_order
from luoshi.desks.documents.domain.passing_on import pass_on
from luoshi.desks.documents.models import PassedOn, StandingOrder
from luoshi.foundation.attachments.models import Attachment, StoredFile
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival
from luoshi.foundation.exchange.domain.mail.receiving import receive
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.models import Arrival, Dispatch, Node, Outgoing
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit
from tests.counting import queries_of
from tests.desks.test_documents import far  # noqa: F401 - the fixture
from tests.foundation.exchange.ground import NOW, Far, make_far, read_row
from tests.security.world import keyed
from tests.story import actor
from tests.supervision.chasing.test_pages import client_of

pytestmark = pytest.mark.django_db
OFFICE, COUNTY, BUREAU = "市委办公室", "安澜县", "市住房城乡建设局"
TITLE, WORDS = "关于做好防汛工作的通知", "各地要落实责任。"
NOTE = Cover("转发：" + TITLE, "清委办〔2026〕9号", "", "现转发给你们，请认真贯彻。")


@pytest.fixture
def clerk(far: Far) -> Any:  # noqa: F811 - the fixture
    make_far("X330101", Relation.SUBORDINATE, COUNTY)
    return actor("clerk", "文书", unit(OFFICE), Role.DOCUMENT_CLERK)


def unit(name: str) -> Unit:
    """A unit by its name."""
    return Unit.objects.get(short_name=name)


def comes(far: Far, number: int = 1) -> Arrival:  # noqa: F811 - the node
    """A document of the province with a file lies before the city office."""
    manifest = far.manifest(
        kind="documents.document",
        units=(unit(OFFICE).code,),
        payload={"words": WORDS, "dispatch": f"{number:032x}"},
        metadata=Metadata(
            identifier=f"省防〔2026〕{number}号",
            title=TITLE,
            number=f"省防〔2026〕{number}号",
            issuer="省委办公厅",
            signer="许峰",
            attachments=["附件.txt"],
        ),
    )
    receive(BytesIO(far.packed(manifest, (("附件.txt", "清单".encode()),))), at=NOW)
    return Arrival.objects.select_related("unit", "incoming__file").latest("arrived_at")


def sent_to(node: str) -> list[Outgoing]:
    """What waits for a node."""
    return list(Outgoing.objects.filter(receiver__code=node, control=False).order_by("sequence"))


def test_passed_on_with_a_note_the_words_and_the_files(far: Far, clerk: Any) -> None:  # noqa: F811
    """S3-112: own level and the next one down; the original goes along, its file is stored once."""
    arrival = comes(far)
    units = [unit(COUNTY), unit(BUREAU)]
    with pytest.raises(Refused, match=r"先打开|open the document"):
        pass_on(arrival=arrival, cover=NOTE, units=units, actor=clerk, at=NOW)
    open_arrival(arrival=arrival, actor=clerk, at=NOW)
    arrival.refresh_from_db()
    made = pass_on(arrival=arrival, cover=NOTE, units=units, actor=clerk, at=NOW)
    (row,) = sent_to("X330101")
    manifest = read_row(row)
    assert manifest.payload["words"] == NOTE.words
    assert manifest.payload["original"]["words"] == WORDS
    assert manifest.payload["original"]["number"] == "省防〔2026〕1号"
    assert manifest.metadata.relations == ["省防〔2026〕1号"]
    assert [file.name for file in manifest.files] == ["附件.txt"]
    kept = Attachment.objects.filter(owner_kind="dispatch", owner_id=made.pk).get()
    assert StoredFile.objects.filter(sha256=kept.file.sha256).count() == 1
    assert PassedOn.objects.get(dispatch=made).arrival == arrival
    stranger = actor("x", "某人", unit(BUREAU), Role.DOCUMENT_CLERK)
    with pytest.raises(Forbidden):
        pass_on(arrival=arrival, cover=NOTE, units=units, actor=stranger, at=NOW)
    with pytest.raises(Invalid):
        pass_on(arrival=arrival, cover=NOTE, units=[], actor=clerk, at=NOW)
    assert Dispatch.objects.count() == 1


def test_a_standing_order_is_carried_out_once_for_each_document(far: Far, clerk: Any) -> None:  # noqa: F811
    """S3-112: by order, in the name of the post; the same envelope again passes nothing on."""
    province = Node.objects.get(code="P33")
    order = set_order(node=province, units=[unit(COUNTY)], words="请阅办。", actor=clerk, at=NOW)
    with pytest.raises(Refused):
        set_order(node=province, units=[unit(BUREAU)], words="", actor=clerk, at=NOW)
    with pytest.raises(Invalid):
        set_order(node=province, units=[unit("省委办公厅")], words="", actor=clerk, at=NOW)
    first = comes(far)
    (row,) = sent_to("X330101")
    assert read_row(row).payload["words"] == "请阅办。"
    made = PassedOn.objects.get(order=order)
    assert (made.arrival, made.dispatch.sent_by_name) == (first, "文书")
    assert first.opened_at is None
    receive(BytesIO(bytes(first.incoming.body)), at=NOW)
    assert len(sent_to("X330101")) == 1
    end_order(order=order, reason="改为逐件转发", actor=clerk, at=NOW)
    comes(far, 2)
    assert len(sent_to("X330101")) == 1
    with pytest.raises(Refused):
        end_order(order=order, reason="再次", actor=clerk, at=NOW)


def test_an_order_ends_with_its_post_and_says_so(far: Far, clerk: Any) -> None:  # noqa: F811
    """The document is there all the same, and the unit is told that it waits for a hand."""
    province = Node.objects.get(code="P33")
    order = set_order(node=province, units=[unit(COUNTY)], words="", actor=clerk, at=NOW)
    officer = actor("li", "李文清", unit(OFFICE), Role.SUPERVISION_OFFICER)
    Appointment.objects.filter(pk=order.held_id).update(ends_on=NOW.date() - timedelta(days=1))
    arrival = comes(far)
    order.refresh_from_db()
    assert order.ended_at == NOW
    assert (sent_to("X330101"), arrival.title) == ([], TITLE)
    told = Notice.objects.filter(recipient=officer.person_id, title_zh__contains="未能自动转发")
    assert told.count() == 1


def test_what_an_order_cannot_reach_waits_for_a_hand(far: Far, clerk: Any) -> None:  # noqa: F811
    """A node that is not connected any more holds nothing up; the unit is told."""
    province, county = Node.objects.get(code="P33"), Node.objects.get(code="X330101")
    set_order(node=province, units=[unit(COUNTY)], words="", actor=clerk, at=NOW)
    county.state = "entered"
    county.save()
    arrival = comes(far)
    assert (arrival.title, Dispatch.objects.count(), PassedOn.objects.count()) == (TITLE, 0, 0)
    assert Notice.objects.filter(title_zh__contains="未能自动转发").exists()


def test_pages_pass_on_order_and_end(far: Far, clerk: Any) -> None:  # noqa: F811
    """The act from the document's page, its board, the orders' page; as many queries for three."""
    arrival = comes(far)
    open_arrival(arrival=arrival, actor=clerk, at=NOW)
    browser = client_of(clerk)
    page = f"/arrivals/{arrival.pk}/"
    assert "清单" not in browser.get(page).content.decode()
    bad = browser.post(f"{page}passing-on/", keyed(title=TITLE, units="无此单位", words="请办"))
    assert bad.status_code == 422
    assert "请办" in bad.content.decode()
    made = browser.post(f"{page}passing-on/", keyed(title=TITLE, units=COUNTY, words="请办"))
    assert made.status_code == 302
    assert "省防〔2026〕1号" in browser.get(made["Location"]).content.decode()
    assert made["Location"] in browser.get(page).content.decode()
    form = {"node": "P33", "units": COUNTY, "words": "请阅办。"}
    assert browser.post("/standing-orders/", form).status_code == 302
    assert browser.post("/standing-orders/", form).status_code == 409
    assert browser.post("/standing-orders/", {"node": "?"}).status_code == 422
    order = StandingOrder.objects.get()
    comes(far, 2)
    listed = browser.get("/dispatches/", {"order": str(order.pk)}).content.decode()
    assert listed.count("转发：") == 1
    _answer, before = queries_of(lambda: browser.get("/standing-orders/"))
    for number in range(2):
        StandingOrder.objects.create(
            unit=unit(OFFICE),
            node=Node.objects.get(code="X330101"),
            held_id=order.held_id,
            set_by_name="文书",
            set_at=NOW,
            ended_at=NOW,
            end_reason=str(number),
        ).to.set([unit(BUREAU)])
    _answer, after = queries_of(lambda: browser.get("/standing-orders/"))
    assert before == after
    end = f"/standing-orders/{order.pk}/end/"
    assert browser.post(end, {"reason": ""}).status_code == 422
    assert browser.post(end, {"reason": "改为逐件转发"}).status_code == 302
    order.refresh_from_db()
    assert order.end_reason == "改为逐件转发"
