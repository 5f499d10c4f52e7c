"""Numbers per issuer and year, given once, whoever asks at once."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.models import Matter
from tests.databases import migrated
from tests.story import World, make_world
from tests.supervision.matters.numbering import EACH, OFFICERS
from tests.supervision.matters.test_circle import AT, DESPITE, PLAN


def drafted(world: World, number: int) -> Matter:
    plan = Plan(**{**PLAN.__dict__, "title": f"{PLAN.title}{number}"})
    return draft(plan=plan, actor=world.officer, at=AT)


def test_numbers_asked_for_at_once_are_given_once_each(tmp_path: Path) -> None:
    """R-DOC-12, R-SUP-1: eight officers at once on one database; no number twice, no gap."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.supervision.matters.numbering"],
        env=migrated("numbering", tmp_path),
        check=True,
        capture_output=True,
        text=True,
    )
    found = [int(word) for word in done.stdout.strip().split(",")]
    assert found == list(range(1, OFFICERS * EACH + 1))


@pytest.mark.django_db
def test_a_revoked_number_is_not_given_again_and_the_year_begins_anew() -> None:
    """R-DOC-12: 督〔2026〕1号 stays taken; the next year counts from 1."""
    world = make_world()
    first = approve_to_register(matter=drafted(world, 1), actor=world.officer, at=AT)
    revoke(matter=first, reason="作废", actor=world.officer, at=AT)
    second = approve_to_register(
        matter=drafted(world, 2), actor=world.officer, at=AT, despite=DESPITE
    )
    later = approve_to_register(
        matter=drafted(world, 3),
        actor=world.officer,
        at=AT + timedelta(days=365),
        despite=DESPITE,
    )
    assert [first.number, second.number, later.number] == [
        "督〔2026〕1号",
        "督〔2026〕2号",
        "督〔2027〕1号",
    ]
