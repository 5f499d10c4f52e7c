"""What a verb moves it holds until it commits (security row 14, §8), told by what it asks of the
database: a real collision is the fault row `race`, and whether one happens there is luck."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.signing import sign_for
from tests.story import World, make_world
from tests.supervision.matters.test_circle import AT, GOOD, assigned

pytestmark = pytest.mark.django_db
HELD = re.compile(r'FROM "matters_(\w+)".* FOR (?:NO KEY )?UPDATE')
WRITTEN = re.compile(r'^UPDATE "matters_(\w+)"')


@contextmanager
def holding(*tables: str) -> Iterator[None]:
    """Inside, the rows of these tables are held, in this order, before any of them is written."""
    with CaptureQueriesContext(connection) as seen:
        yield
    said = [query["sql"] for query in seen.captured_queries]
    first = next(n for n, sql in enumerate(said) if WRITTEN.match(sql))
    held = [found.group(1) for sql in said[:first] if (found := HELD.search(sql))]
    assert [name for name in dict.fromkeys(held) if name in tables] == list(tables)


def test_a_verb_holds_the_matter_then_what_it_moves() -> None:
    """Matter, share, report: in one order, before the first of them is written."""
    world: World = make_world()
    share = assigned(world)
    with holding("matter", "assignment"):
        share = sign_for(assignment=share, actor=world.liaison, at=AT + timedelta(days=1))
    duty = share.duties.get(rule_code="TR-06")
    with holding("matter", "assignment"):
        report = submit(
            assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT
        )
    with holding("matter", "assignment", "report"):
        accept(report=report, actor=world.officer, at=AT)
    with holding("matter"):
        revoke(matter=share.matter, reason="并入另案", actor=world.chief, at=AT)
