"""The office's custom for a source without a limit: asked for, dated, and said in the basis."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
TYPED = {
    "title": "任务分解落实",
    "content": "分解",
    "method": "牵头",
    "purpose": "落地",
    "customary": "1",
}


@pytest.fixture
def world() -> World:
    return make_world()


def office(world: World) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    return client


@pytest.mark.parametrize(
    ("more", "day", "said"),
    [
        ({"regime": "document", "anchor_issue": "2026-3-2"}, date(2026, 4, 1), "30日"),
        ({"regime": "meeting", "anchor_meeting": "2026-3-2"}, date(2026, 3, 23), "20日"),
    ],
)
def test_custom_dates_a_source_without_limit(
    world: World, more: dict[str, str], day: date, said: str
) -> None:
    """R-SUP-3: documents 30 days, minutes 20 (22 March is a Sunday: the next working day)."""
    assert office(world).post("/matters/new/", keyed(**(TYPED | more))).status_code == 302
    made = Matter.objects.get()
    assert made.end_on == day
    assert made.basis == f"来文未写时限，按本机关惯例{said}"


def test_office_sets_its_own_custom_and_the_basis_keeps_the_source(world: World) -> None:
    """R-SUP-3, A9: a number of the office, next to the number of the document."""
    settle(office_id=world.office.pk, values={"document_days": 45}, actor=SYSTEM, at=AT)
    typed = TYPED | {"regime": "document", "anchor_issue": "2026-3-2", "basis": "市委办〔2026〕7号"}
    office(world).post("/matters/new/", keyed(**typed))
    made = Matter.objects.get()
    assert made.end_on == date(2026, 4, 16)
    assert made.basis == "市委办〔2026〕7号；来文未写时限，按本机关惯例45日"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"regime": "document", "end_on": "2026-6-30"}, "end_on"),
        ({"regime": "instruction"}, "regime"),
    ],
)
def test_custom_beside_a_date_or_for_another_source_is_refused(
    world: World, more: dict[str, str], field: str
) -> None:
    """R-SUP-3: an instruction has its fifteen days (TR-06); a typed date is not overwritten."""
    answer = office(world).post("/matters/new/", keyed(**(TYPED | more)))
    assert answer.status_code == 422
    assert list(answer.context["refusal"].errors) == [field]
    assert not Matter.objects.exists()


def test_without_asking_no_date_is_made(world: World) -> None:
    """R-SUP-3, A9: never a silent number."""
    typed = {name: value for name, value in TYPED.items() if name != "customary"}
    typed |= {"regime": "document", "anchor_issue": "2026-3-2"}
    office(world).post("/matters/new/", keyed(**typed))
    assert Matter.objects.get().end_on is None
