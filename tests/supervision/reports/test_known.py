"""What a unit has reported already is not asked of it a second time."""

from decimal import Decimal

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.models import Assignment
from tests.counting import queries_of
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import accepted, day, figures, share_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def asking(world: World, measure: str) -> Assignment:
    """A matter that asks for the figure."""
    share = share_of(world, "instruction", day(3, 9), title="隐患整改回访")
    asked = [AskedFigure("整改隐患", measure, Decimal(50))]
    set_measures(
        matter=share.matter, figures=asked, least_evidence=None, actor=world.officer, at=day(3, 9)
    )
    return share


def page_of(share: Assignment, client: Client) -> str:
    """The form the unit sees."""
    return client.get(f"/assignments/{share.pk}/report/").content.decode()


def test_figure_reported_elsewhere_stands_beside_the_question(world: World) -> None:
    """B6 (“already reported” reuse): value, matter and day, taken over by one press; a figure in
    another measure is another figure; nobody else's reports are shown."""
    first = share_of(world, "instruction", day(3, 2))
    said = words(figures=figures(整改隐患=46))
    sent = accepted(first, world.liaison, world.officer, day(3, 4), "TR-06", said=said)
    unit = Client()
    sign_in(unit, User.objects.get(username="zhang"))
    shown = page_of(asking(world, "处"), unit)
    assert 'data-text="46"' in shown
    assert f"/reports/{sent.pk}/" in shown
    assert 'data-text="46"' not in page_of(asking(world, "个"), unit)


def test_without_asked_figures_nothing_is_looked_up(world: World) -> None:
    """B6: one query more where figures are asked, none where they are not."""
    unit = Client()
    sign_in(unit, User.objects.get(username="zhang"))
    plain = share_of(world, "instruction", day(3, 2))
    asks = asking(world, "处")
    page_of(plain, unit)
    _page, without = queries_of(lambda: page_of(plain, unit))
    _page, asked = queries_of(lambda: page_of(asks, unit))
    assert asked - without == 1
