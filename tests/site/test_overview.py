"""The overview: four questions whose numbers open exactly their rows (ui.md 5.17)."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.insight.burden.domain.ledger import chosen
from luoshi.site.domain.overview import overview
from luoshi.site.domain.steps import STEPS, step_named, times
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.matters.models import Matter
from tests.counting import queries_of
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import accepted, day, share_of, words

pytestmark = pytest.mark.django_db
Q1 = Span(2026, 1)
SENT = day(3, 12)
AT = day(3, 20)
CAP = 24


@pytest.fixture
def world() -> World:
    return make_world()


def client(who: Actor) -> Client:
    """A browser whose session has been used once."""
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    browser.get("/preferences/")
    return browser


def reported(world: World) -> None:
    """One matter with one accepted report."""
    share = share_of(world, "key_task", day(3, 2))
    accepted(share, world.liaison, world.officer, SENT, "SRC-1", said=words())


def test_quarter_holds_its_last_midnight() -> None:
    """A limit of 24:00 on 31 March belongs to the first quarter, not to the second."""
    midnight = datetime.fromisoformat("2026-04-01T00:00:00+08:00")
    first, second = Q1.instants, Span(2026, 2).instants
    assert (first[1], second[0] - midnight) == (midnight, timedelta(seconds=1))
    assert Span.around(date(2026, 12, 31)) == Span(2026, 4)
    assert (Span(2026).instants[0], Span(2026).instants[1]) == (first[0], Span(2026, 4).instants[1])


def test_numbers_are_those_of_the_rows_they_open(world: World) -> None:
    """ui.md rule 3 and 5.17: what is late, what was asked this quarter, and what each step took
    (S3-48/49) are counted as their pages count them; the costliest step stands first."""
    for _again in range(3):
        reported(world)
    found = overview(world.chief, AT, CAP)
    assert found.open == Matter.objects.filter(office=world.office).count()
    assert found.span == Q1
    assert found.asked["reports"] == chosen(world.chief, Q1).count()
    assert found.asked["answered"] == chosen(world.chief, Q1, sent=True).count()
    cost = [time.total for time in found.steps]
    assert cost == sorted(cost, reverse=True)
    review = next(time for time in found.steps if time.step.key == "review")
    took = [row.took for row in review.step.rows(world.chief, Q1)]
    assert (review.count, review.total) == (len(took), sum(took, timedelta()))
    assert min(took) <= review.half <= review.most <= max(took)
    assert [row.took for row in found.longest] == sorted(
        (row.took for row in found.steps[0].step.rows(world.chief, Q1)), reverse=True
    )
    browser = client(world.chief)
    for time in found.steps:
        rows = browser.get(f"/overview/step/?step={time.step.key}&span=2026-Q1")
        assert len(rows.context["page"].rows) == time.count
    counted = browser.get("/burden/rows/?year=2026&quarter=1").context["page"].rows
    assert len(counted) == found.asked["reports"]


def test_other_offices_and_quarters_are_not_counted(world: World) -> None:
    """ui.md 5.17: the office's own work of this quarter, nothing else."""
    reported(world)
    assert times(world.chief, Span(2026, 2)) == []
    assert times(world.liaison, Q1) == []
    assert [step_named(step.key) for step in STEPS] == list(STEPS)


def test_secretary_general_lands_on_the_overview(world: World) -> None:
    """ui.md 2: the overview is the landing page; what waits for a decision has its own page; a
    liaison has neither the entry nor the page."""
    reported(world)
    browser = client(world.chief)
    landing = browser.get("/")
    assert (landing.status_code, landing["Location"]) == (302, "/overview/")
    page = browser.get("/overview/").content.decode()
    assert '<a href="/today/"' in page
    assert browser.get("/today/").status_code == 200
    assert client(world.liaison).get("/overview/").status_code == 403
    assert browser.get("/overview/step/?step=never").status_code == 404


def test_overview_asks_the_same_with_one_and_three_matters(world: World) -> None:
    """performance.md: the number of queries does not follow the number of rows."""
    browser, counts = client(world.chief), []
    for more in (1, 2):
        for _again in range(more):
            reported(world)
        browser.get("/overview/")
        answer, number = queries_of(lambda: browser.get("/overview/"))
        assert answer.status_code == 200
        counts.append(number)
    assert counts[0] == counts[1]
