"""Two people at one hand-over: nobody's words are lost, nothing is written over unseen (features
row 63; R-DUT-2; B10)."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.watch.handing_over import hand_over, take_over
from luoshi.desks.duty.models import Handover, LogNote, Shift
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.notifications.models import Notice
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.security.world import keyed, sign_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)
TYPED = "二楼机房停电，已报修；\n明早八点回访"


@pytest.fixture
def ground() -> Ground:
    return Ground()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def a_shift(ground: Ground) -> Shift:
    """A shift of somebody without an account: both keepers of the roster hand it over."""
    ground.published()
    shift = ground.shift(DAY)
    put(shift, ground.people["高原"], reason="调整", actor=ground.keeper, at=NOW)
    return ground.shift(DAY)


def revision_in(page: str, shift: Shift) -> str:
    """The revision the hand-over form of a shift was opened with."""
    form = page.split(f'action="/duty/shifts/{shift.pk}/handover/"')[1].split("</form>")[0]
    found = re.search(r'name="revision" value="(\d+)"', form)
    assert found is not None
    return found[1]


def test_the_second_of_two_open_forms_loses_nothing(ground: Ground) -> None:
    """Row 63: both keepers open the form, the first saves; the second is refused with the saved
    words beside the typed ones, and saves again knowingly."""
    shift = a_shift(ground)
    to = f"/duty/shifts/{shift.pk}/handover/"
    with time_machine.travel(shift.ends_at, tick=False):
        kong, chief = client_of(ground.keeper), client_of(ground.chief)
        opened = [
            revision_in(one.get("/duty/tonight/").content.decode(), shift) for one in (kong, chief)
        ]
        assert opened == ["0", "0"]
        assert kong.post(to, keyed(words="夜间平稳", revision="0")).status_code == 302
        refused = chief.post(to, keyed(words=TYPED, revision="0"))
        assert refused.status_code == 409
        page = refused.content.decode()
        assert "夜间平稳" in page
        assert f"{TYPED}</textarea>" in page.replace("\r\n", "\n")
        assert Handover.objects.get().words == "夜间平稳"
        assert revision_in(page, shift) == "1"
        again = chief.post(to, keyed(words=f"夜间平稳。{TYPED}", revision="1"))
        assert again.status_code == 302
        made = Handover.objects.get()
        assert (made.words, made.revision) == (f"夜间平稳。{TYPED}", 2)
        assert kong.post(to, keyed(words="又", revision="1")).status_code == 409
    kept = Entry.objects.select_related("detail").get(action="duty.handover_changed")
    assert kept.detail_of()["before"]["words"] == "夜间平稳"


def test_signed_by_both_the_typed_words_go_into_the_log(ground: Ground) -> None:
    """R-DUT-2: what both have signed stays; the words of a form that was still open are shown
    beside it and can be written into the log."""
    shift = a_shift(ground)
    to = f"/duty/shifts/{shift.pk}/handover/"
    made = hand_over(shift, words="夜间平稳", actor=ground.keeper, at=shift.ends_at)
    taker = ground.actors.get(made.taker.name, ground.keeper)
    take_over(made, words="", actor=taker, at=shift.ends_at)
    with time_machine.travel(shift.ends_at + HOUR, tick=False):
        chief = client_of(ground.chief)
        for revision in ("0", "1"):
            refused = chief.post(to, keyed(words=TYPED, revision=revision))
            assert refused.status_code == 409
            page = refused.content.decode()
            assert "夜间平稳" in page
            assert f"{TYPED}</textarea>" in page.replace("\r\n", "\n")
            assert 'action="/duty/log/"' in page
    assert Handover.objects.get().words == "夜间平稳"
    assert not LogNote.objects.exists()


def test_changed_until_the_second_signature(ground: Ground) -> None:
    """R-DUT-2: who handed over puts it right while the other has not signed; who comes instead is
    told, and so is who does not come any more; then it stands."""
    shift = a_shift(ground)
    made = hand_over(shift, words="平稳", actor=ground.keeper, at=shift.ends_at)
    first = made.taker
    other = ground.people["李文清" if first.name != "李文清" else "何晓"]
    hand_over(
        shift,
        words="平稳，另：钥匙在柜",
        taker=other,
        revision=made.revision,
        actor=ground.keeper,
        at=shift.ends_at + HOUR,
    )
    made.refresh_from_db()
    assert (made.taker, made.given_at) == (other, shift.ends_at + HOUR)
    told = Notice.objects.filter(recipient=other.account_id, title_zh__contains="接班")
    assert told.exists()
    taker = ground.actors[other.name]
    with pytest.raises(Refused) as refused:
        take_over(made, words="", revision=1, actor=taker, at=shift.ends_at + HOUR)
    assert refused.value.code == "edited-meanwhile"
    take_over(made, words="", revision=2, actor=taker, at=shift.ends_at + HOUR)
    with pytest.raises(Refused) as signed:
        hand_over(shift, words="再", revision=2, actor=ground.keeper, at=shift.ends_at + 2 * HOUR)
    assert signed.value.code == "handed-over"


def test_a_remark_that_does_not_fit_is_kept(ground: Ground) -> None:
    """B10: the second signature is refused for its length, the remark stays in its form alone."""
    shift = a_shift(ground)
    made = hand_over(
        shift,
        words="平稳",
        taker=ground.people["李文清"],
        actor=ground.keeper,
        at=shift.ends_at,
    )
    with time_machine.travel(shift.ends_at, tick=False):
        li = client_of(ground.world.officer)
        long = "缺" * 301
        sign = f"/duty/handovers/{made.pk}/signature/"
        refused = li.post(sign, {"words": long, "revision": "1"})
        assert refused.status_code == 422
        assert refused.content.decode().count(long) == 1
        assert li.post(sign, {"words": "钥匙缺一把", "revision": "1"}).status_code == 302
    assert Handover.objects.get().taken_words == "钥匙缺一把"


@pytest.mark.parametrize("page", ["/duty/tonight/", "/duty/log/"])
def test_an_outcome_that_is_refused_stays_where_it_was_typed(ground: Ground, page: str) -> None:
    """R-DUT-3, B10: no words, too many, or settled by somebody else meanwhile: the page it was
    typed on says so, nothing is lost."""
    note = LogNote.objects.create(
        office=ground.office,
        kind="call_in",
        at=NOW,
        who="气象台",
        text="降雨预报",
        pending=True,
        noted_by_name="孔亮",
        noted_at=NOW,
    )
    to = f"/duty/log/{note.pk}/settlement/"
    with time_machine.travel(NOW, tick=False):
        kong, chief = client_of(ground.keeper), client_of(ground.chief)
        long = "办" * 301
        for words in ("", long):
            refused = kong.post(to, {"outcome": words, "next": page})
            assert refused.status_code == 422
            shown = refused.content.decode()
            assert f'name="outcome" value="{words}"' in shown
            assert "气象台" in shown
        assert chief.post(to, {"outcome": "已转防指", "next": page})["Location"] == page
        late = kong.post(to, {"outcome": "已电告各县区", "next": page})
        assert late.status_code == 409
        assert "已电告各县区" in late.content.decode()
    note.refresh_from_db()
    assert note.outcome == "已转防指"


def test_the_watch_room_leads_to_the_call_that_is_due(ground: Ground) -> None:
    """Row 64: a unit due for a check is one step from the form that writes the call down."""
    ground.published()
    with time_machine.travel(NOW, tick=False):
        kong = client_of(ground.keeper)
        room = kong.get("/watch/").content.decode()
        found = re.search(r'href="(/duty/checks/\?call=[^"#]+)#call"', room)
        assert found is not None
        page = kong.get(found[1]).content.decode()
        assert re.search(r'name="unit" id="id_unit" value="[^"]+"', page)
