"""Goals in seconds belong to one machine: a slower one gets as much more as Django's own page takes
longer there, a faster one no less (performance.md: every goal is a ratio measured in one run)."""

import pytest

from luoshi.site.trials.bench.gates import WORK, slower, work_gates
from luoshi.site.trials.bench.timing import Timing


def floors(page: float) -> dict[str, Timing]:
    """What the run measured of Django's own page, in milliseconds."""
    return {"page": Timing(fastest=page, median=page, cpu=page, queries=3)}


@pytest.mark.parametrize(
    ("page", "expected"), [(7.0, 1.0), (3.5, 1.0), (14.0, 2.0), (10.5, 1.5)], ids=str
)
def test_the_machine_is_told_by_djangos_own_page(page: float, expected: float) -> None:
    assert slower(floors(page), {}) == expected


def test_the_machine_may_be_busier_beside_the_work() -> None:
    assert slower(floors(7.0), {"page_again_ms": 14.0}) == 2.0
    assert slower(floors(14.0), {"page_again_ms": 7.0}) == 2.0


def test_a_run_that_did_not_measure_the_page_gives_nothing_away() -> None:
    assert slower({}, {}) == 1.0


@pytest.mark.parametrize("slow", [1.0, 1.6])
def test_the_goal_holds_at_its_limit_and_no_further(slow: float) -> None:
    just = {name: limit * slow if kind == "at most" else limit / slow for name, limit, kind in WORK}
    past = {name: just[name] * (1.01 if kind == "at most" else 0.99) for name, _limit, kind in WORK}
    named = {name for name, _limit, _kind in WORK}
    holds = {gate.name: gate.ok for gate in work_gates(just, 1.0, slow) if gate.name in named}
    fails = {gate.name: gate.ok for gate in work_gates(past, 1.0, slow) if gate.name in named}
    assert holds == dict.fromkeys(named, True)
    assert fails == dict.fromkeys(named, False)


def test_what_was_not_measured_has_failed() -> None:
    assert not any(gate.ok for gate in work_gates({}, 1.5, 3.0))
