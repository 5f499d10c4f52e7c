"""Pages of nudges: the way through them, and the same number of queries for one row and three."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.supervision.chasing.domain.laddering import as_data, ladder_of
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.enums import LADDER
from luoshi.supervision.chasing.models import ColourSlip, LadderVersion, NudgeException, Urge
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import World, make_world
from tests.supervision.matters.test_circle import PLAN, assigned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def share(world: World) -> Assignment:
    return sign_for(
        assignment=assigned(world, PLAN), actor=world.liaison, at=datetime.now(UTC) - DAY
    )


def queries(client: Client, path: str) -> int:
    client.get(path)
    answer, number = queries_of(lambda: client.get(path))
    assert answer.status_code == 200
    return number


def test_nudge_held_and_granted_through_the_pages(world: World) -> None:
    """Features row 22, S3-68: send, held, asked, granted by the second person, seen by the unit."""
    made = share(world)
    page = f"/matters/{made.matter_id}/urging/"
    officer, chief, liaison = map(client_of, (world.officer, world.chief, world.liaison))
    for _time in range(2):
        assert officer.post(page, keyed(share=str(made.pk), tone="remind")).status_code == 302
    held = Urge.objects.get(state="held")
    assert "每周" in officer.get(page).content.decode() or held.possible_at
    officer.post(f"/urges/{held.pk}/exception/", {"reason": "明日上会"})
    asked = NudgeException.objects.get()
    decision = f"/nudge-exceptions/{asked.pk}/decision/"
    assert officer.post(decision, {"verdict": "granted"}).status_code == 403
    assert chief.post(decision, {"verdict": "granted"}).status_code == 302
    held.refresh_from_db()
    assert held.state == "sent"
    assert "明日上会" in liaison.get(page).content.decode()


def test_words_of_command_come_back_as_a_request(world: World) -> None:
    """Model text “CPPCC to government”: 责成 is refused, the form holds 商请."""
    made = share(world)
    Assignment.objects.update(courteous=True)
    officer = client_of(world.officer)
    page = f"/matters/{made.matter_id}/urging/"
    answer = officer.post(page, keyed(share=str(made.pk), text="责成贵单位报送"))
    assert (answer.status_code, Urge.objects.count()) == (422, 0)
    assert "商请贵单位报送" in answer.content.decode()


def test_several_previewed_and_sent_once_whatever_is_clicked(world: World) -> None:
    """ui.md 7: bulk acts preview their effect; the same form twice nudges nobody twice."""
    made = [share(world) for _n in range(3)]
    officer = client_of(world.officer)
    urge(share=made[0], wording=Wording(), actor=world.officer, at=datetime.now(UTC))
    chosen = [str(one.matter_id) for one in made]
    preview = officer.get("/urging/several/", {"m": chosen})
    assert (preview.context["sent"], preview.context["held"]) == (2, 1)
    body = keyed() | {"m": chosen, "share": [str(one.pk) for one in made]}
    for _time in range(2):
        officer.post("/urging/several/", body)
    assert sorted(Urge.objects.values_list("state", flat=True)) == ["held", "sent", "sent", "sent"]


def test_slip_as_pdf_for_office_and_unit(world: World) -> None:
    """R-SUP-5: the slip is a numbered paper; strangers do not find it."""
    made = share(world)
    made.duties.filter(rule_code="TR-06").update(warn_at=datetime.now(UTC) - DAY)
    urge(share=made, wording=Wording(colour="blue"), actor=world.officer, at=datetime.now(UTC))
    path = f"/slips/{ColourSlip.objects.get().pk}/pdf/"
    for actor in (world.officer, world.liaison):
        assert client_of(actor).get(path).content.startswith(b"%PDF")


def test_ladder_changed_as_data_with_preview_and_history(world: World) -> None:
    """rules.md 2.11: the office edits its ladder; the effect is shown first, versions stay."""
    share(world)
    chief, officer = client_of(world.chief), client_of(world.officer)
    body = {"act": "preview", "reason": "节前提前提示"}
    for row in as_data(LADDER):
        level = row["level"]
        body |= {f"workdays-{level}": str(row["workdays"]), f"audience-{level}": row["audiences"]}
        body |= {f"word_zh-{level}": row["word_zh"], f"word_en-{level}": row["word_en"]}
    body["workdays-L0"] = "-5"
    assert officer.post("/urging/ladder/", body).status_code == 403
    seen = chief.post("/urging/ladder/", body)
    assert (seen.status_code, seen.context["effect"].total) == (200, 1)
    assert LadderVersion.objects.count() == 0
    assert chief.post("/urging/ladder/", body | {"act": "save"}).status_code == 302
    assert ladder_of(world.office.pk)[0].workdays == -5
    wrong = body | {"workdays-L2": "1", "act": "save"}
    assert chief.post("/urging/ladder/", wrong).status_code == 422
    assert chief.post("/urging/ladder/", body | {"act": "save", "reason": ""}).status_code == 422
    assert LadderVersion.objects.get().reason == "节前提前提示"


def test_pages_take_the_same_queries_for_one_row_and_for_three(world: World) -> None:
    """performance.md: literal query counts, independent of rows."""
    officer = client_of(world.officer)
    first = share(world)
    urge(share=first, wording=Wording(), actor=world.officer, at=datetime.now(UTC))
    paths = [f"/urging/?show={key}" for key in ("held", "sent", "slips", "escalations", "budget")]
    paths += [f"/matters/{first.matter_id}/urging/", f"/urging/several/?m={first.matter_id}"]
    before = [queries(officer, path) for path in paths]
    for _n in range(2):
        more = share(world)
        urge(share=more, wording=Wording(), actor=world.officer, at=datetime.now(UTC))
        paths[-1] += f"&m={more.matter_id}"
    assert [queries(officer, path) for path in paths] == before
    assert queries(officer, f"/matters/{first.matter_id}/") <= 12
