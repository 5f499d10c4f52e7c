"""The story's one sending for two duties, told alone: what the burden ledger shows of it."""

import heapq
import random
from datetime import date, time

import pytest

from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.domain.ledger import by_basis, by_unit
from luoshi.site.demo.people import OFFICE
from luoshi.site.demo.supervision.lists import together_story
from luoshi.site.demo.telling import HERE, SYSTEM, Story, open_accounts
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.cataloguing import load_catalogue
from luoshi.supervision.rulebook.domain.settling import settle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("last", "year"), [(date(2026, 3, 6), 2026), (date(2026, 11, 27), 2026)])
def test_two_duties_in_one_sending_stand_in_the_burden_ledger(last: date, year: int) -> None:
    """B6, decision 7, TR-04, TR-05: quarter and half-year in one sending, in time, whichever day
    the story ends on; the matter is concluded, so that nothing of it is owed later."""
    now = at_clock(last, time(17))
    story = Story(last=last, now=now, dice=random.Random(1))  # noqa: S311 - a story, no secret
    start = at_clock(date(last.year - 1, 1, 8), time(9))
    write_tree(read_tree(HERE / "units.xlsx"), actor=SYSTEM, at=start)
    load_catalogue(actor=SYSTEM, at=start)
    story.units = {unit.short_name: unit for unit in Unit.objects.all()}
    open_accounts(story, "Luoshi-0a1b2c3d", start)
    values = {"officer_registers": True, "principal_signs": False}
    settle(office_id=story.units[OFFICE].pk, values=values, actor=SYSTEM, at=start)
    together_story(story)
    while story.events:
        at, _order, act = heapq.heappop(story.events)
        sweep(actor=SYSTEM, at=at)
        act(at)
    officer, span = story.actors["li"], Span(year)
    (load,) = by_unit(officer, span, 100)
    assert load.saved == 1
    sent = {row.key[1]: row.sent for row in by_basis(officer, span) if row.sent}
    assert sent == {"TR-04": 1, "TR-05": 1}
    matter = Matter.objects.get()
    assert matter.ended_at is not None
    assert matter.late_marks == 0
    assert office_date(matter.ended_at) < last
