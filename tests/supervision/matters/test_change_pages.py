"""Pages and operations of division and changes: query counts, refusals shown, the same verbs."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.navigation.processes import PROCESSES
from luoshi.supervision.matters.domain.matter.drafting import draft
from luoshi.supervision.matters.domain.matter.registering import propose
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES
from luoshi.supervision.matters.models import Matter, Proposal
from tests.counting import queries_of
from tests.security.world import Office, sign_in
from tests.supervision.matters.test_circle import PLAN

pytestmark = pytest.mark.django_db


def queries(client: Client, path: str) -> int:
    """How many queries a page asks."""
    client.get(path)
    answer, number = queries_of(lambda: client.get(path))
    assert answer.status_code == 200
    return number


def test_matter_page_keeps_its_queries(office: Office) -> None:
    """The page of a matter asks no more for stopped, divided or joint matters than it may."""
    client = office.clients["officer"]
    assert queries(client, f"/matters/{office.ids['matter']}/") <= 12
    assert queries(client, f"/matters/{office.ids['together']}/") <= 12


def test_proposals_ask_the_same_with_one_and_three_rows(office: Office) -> None:
    """R-SUP-1: the list of proposals does not ask per row."""
    client, world, at = office.clients["chief"], office.world, datetime.now(UTC)

    def add() -> None:
        row = draft(plan=PLAN, actor=world.officer, at=at)
        propose(matter=row, actor=world.officer, at=at, despite="分别办理")

    add()
    one = queries(client, "/proposals/")
    add()
    add()
    assert Proposal.objects.count() == 3
    assert queries(client, "/proposals/") == one


def test_similar_matter_stands_on_the_page_before_registering(office: Office) -> None:
    """R-SUP-1: the card names the number, the day and the unit, and offers merging."""
    client = office.clients["officer"]
    body = client.get(f"/matters/{office.ids['draft']}/").content.decode()
    assert 'id="similar"' in body
    assert "/merger/?into=" in body
    refused = client.post(f"/matters/{office.ids['draft']}/registration/", {"act": "approve"})
    assert refused.status_code == 422
    done = client.post(
        f"/matters/{office.ids['draft']}/registration/",
        {"act": "approve", "despite": "两件批示时限不同"},
    )
    assert done.status_code == 302
    assert Matter.objects.get(pk=office.ids["draft"]).state == "registered"


def test_process_map_shows_exactly_the_moves_the_verbs_obey(office: Office) -> None:
    """Features row 113, S3-115: the printed map is the table."""
    first = next(one for one in PROCESSES if one.key == "matter")
    drawn = {(str(move.before), str(move.after)) for move in first.moves}
    assert drawn == {(before, after) for before, to in MATTER_MOVES.items() for after in to}
    body = office.clients["liaison"].get("/processes/").content.decode()
    assert body.count("<svg viewBox") == len(PROCESSES)


def test_joint_units_opinion_by_token(office: Office) -> None:
    """R-PRO-5: pages and operations share the verb; the list is cut to what one may read."""
    token = {"Authorization": f"Bearer {office.tokens['officer']}"}
    found = Client().get(f"/api/v1/matters/{office.ids['together']}/opinions", headers=token)
    assert found.json() == {"items": []}
    parts = Client().post(
        f"/api/v1/matters/{office.ids['together']}/parts",
        data={"parts": [{"title": "第一项"}, {"title": "第二项"}]},
        content_type="application/json",
        headers=token | {"Idempotency-Key": "divide-together"},
    )
    assert parts.status_code == 201
    numbers = [row["number"] for row in parts.json()["items"]]
    whole = Matter.objects.get(pk=office.ids["together"])
    assert numbers == [f"{whole.number}之1", f"{whole.number}之2"]
    listed = Client().get(f"/api/v1/matters/{whole.pk}/parts", headers=token).json()["items"]
    assert [row["number"] for row in listed] == numbers


def test_sibling_units_do_not_read_each_others_objection(office: Office) -> None:
    """Decision 8: a joint unit sees neither the lead's objection nor its stops."""
    client = Client()
    sign_in(client, User.objects.get(pk=office.world.liaison.person_id))
    own = client.get(f"/matters/{office.ids['together']}/changes/").content.decode()
    assert "非我职责" not in own
