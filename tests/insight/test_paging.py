"""Keyset pages over rows with and without a value: each once, in order, both ways."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.foundation.core.rows.keyset import ordering, page
from luoshi.insight.figures.domain.ledger import SORTS
from luoshi.supervision.matters.models import Matter
from tests.security.world import matter
from tests.story import make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
LIMITS = (None, 3, 1, 1, None, 2, 1, None, 5, None, 4)


@pytest.fixture
def eleven() -> None:
    """Eleven matters: some without a limit, some with the same one."""
    world = make_world()
    for days in LIMITS:
        at = None if days is None else AT + timedelta(days=days)
        made = matter(world, AT)
        Matter.objects.filter(pk=made.pk).update(
            overdue_at=at, last_heard_at=at, late_marks=days or 0
        )


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 3, 4, 11])
def test_pages_go_forward_and_back_over_every_row(eleven: None, sort: str, size: int) -> None:
    """ui.md 7: keyset paging in every order; rows without a value stand last."""
    order, rows = SORTS[sort], Matter.objects.all()
    whole = list(rows.order_by(*ordering(order, forward=True)).values_list("pk", flat=True))
    pages = [page(rows, order=order, size=size)]
    while pages[-1].next_cursor:
        pages.append(page(rows, order=order, cursor=pages[-1].next_cursor, size=size))
    assert [row.pk for one in pages for row in one.rows] == whole
    back = [pages[-1]]
    while back[-1].prev_cursor:
        back.append(page(rows, order=order, cursor=back[-1].prev_cursor, size=size))
    seen = [[row.pk for row in one.rows] for one in reversed(back)]
    assert [key for one in seen for key in one] == whole


def test_a_deep_page_begins_at_its_cursor(eleven: None) -> None:
    """Performance, list page 500: the database is told where to begin; one query, two where the
    rows without a limit begin, and never one for rows there cannot be. Many matters share a day:
    it begins behind the last row, not at the first of its day."""
    first = page(Matter.objects.all(), order=SORTS["due"], size=3)
    for size, wanted in ((2, 1), (9, 2)):
        with CaptureQueriesContext(connection) as found:
            page(Matter.objects.all(), order=SORTS["due"], cursor=first.next_cursor, size=size)
        assert len(found) == wanted
        begins = '("matters_matter"."overdue_at", "matters_matter"."id") > ('
        assert begins in found[0]["sql"]
    late = page(Matter.objects.all(), order=SORTS["late"], size=9)
    with CaptureQueriesContext(connection) as found:
        page(Matter.objects.all(), order=SORTS["late"], cursor=late.next_cursor, size=9)
    assert len(found) == 1
