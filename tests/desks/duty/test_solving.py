"""The solver and its proof, without the database (R-DUT-1, R-DUT-8, B21, features row 62)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.desks.duty.solving.bounds import least_spread
from luoshi.desks.duty.solving.problem import NoRoster, Person, Problem, Slot, spreads
from luoshi.desks.duty.solving.proof import Gap, prove
from luoshi.desks.duty.solving.solver import solve

DAY, FIRST = 24 * 60, date(2026, 2, 1)


def slot(n: int, post: str = "officer", weight: int = 2, special: bool = False) -> Slot:
    day = FIRST + timedelta(days=n)
    return Slot(post, day, n * DAY + 480, (n + 1) * DAY + 480, weight, special, True)


def people(n: int, post: str = "officer") -> list[Person]:
    return [Person(f"{post}{i}", frozenset({post})) for i in range(n)]


def test_every_minute_of_a_month_is_covered_and_nobody_bears_more_than_another() -> None:
    """R-DUT-1, B21: 28 days with a leader and an officer are 672 hours each without a gap; seven
    officers have four shifts each, and no roster is fairer."""
    slots = [slot(n, post) for n in range(28) for post in ("leader", "officer")]
    problem = Problem(slots, [*people(4, "leader"), *people(7)], 24 * 60)
    answer = solve(problem)
    proof = prove(problem, answer.chosen)
    assert proof.sound
    assert proof.minutes == {"leader": 672 * 60, "officer": 672 * 60}
    assert [one.weight for one in spreads(problem, answer.chosen)] == [0, 0]
    assert answer.optimal


def test_the_same_question_has_the_same_answer() -> None:
    """B21: solving twice with the same input gives the same roster."""
    slots = [slot(n, weight=2 + n % 3, special=n % 9 == 0) for n in range(31)]
    problem = Problem(slots, people(6), 48 * 60)
    assert solve(problem).chosen == solve(problem).chosen


def test_leave_weekdays_nights_and_bounds_are_kept() -> None:
    """R-DUT-8: away, off on a day of the week, no nights, so many a month at most."""
    slots = [slot(n) for n in range(14)]
    some = [
        Person("away", frozenset({"officer"}), away=((0, 7 * DAY),)),
        Person("off", frozenset({"officer"}), weekdays_off=frozenset({1, 2, 3})),
        Person("nights", frozenset({"officer"}), nights=False),
        Person("few", frozenset({"officer"}), most=2),
        *people(3),
    ]
    problem = Problem(slots, some, 24 * 60)
    chosen = solve(problem).chosen
    assert prove(problem, chosen).sound
    assert "nights" not in chosen
    assert "away" not in chosen[:7]
    assert chosen.count("few") <= 2


def test_what_was_borne_before_counts_and_what_was_set_by_hand_stays() -> None:
    """R-DUT-8: who had the holidays of the last roster has fewer of this one's."""
    slots = [slot(n, weight=5, special=True) for n in range(8)]
    some = people(4)
    some[0] = Person("officer0", frozenset({"officer"}), load=10, specials=2)
    problem = Problem(slots, some, 24 * 60, fixed={3: "officer1"}, before={"officer2": 480})
    chosen = solve(problem).chosen
    assert chosen.count("officer0") <= 1
    assert chosen[3] == "officer1"
    assert chosen[0] != "officer2"  # it went home at eight and rests


@pytest.mark.parametrize(
    ("some", "alone"),
    [
        ([Person("a", frozenset({"officer"}), away=((0, 3 * DAY),))], (0, 1, 2)),
        (people(1), ()),
    ],
)
def test_what_cannot_be_filled_is_named(some: list[Person], alone: tuple[int, ...]) -> None:
    """B21: shifts nobody can hold are named; where each could be held but not all, that is said."""
    with pytest.raises(NoRoster) as found:
        solve(Problem([slot(n) for n in range(4)], some, 24 * 60))
    assert found.value.slots == alone


def test_the_proof_finds_every_fault_by_itself() -> None:
    """R-DUT-1: a hole, two at once, too little rest, somebody away, a wrong post."""
    slots = [slot(0), slot(1), slot(2), slot(2, "leader"), slot(4)]
    some = [*people(2), Person("gone", frozenset({"officer"}), away=((4 * DAY, 9 * DAY),))]
    proof = prove(Problem(slots, some, 24 * 60), ["officer0", "", "officer1", "officer1", "gone"])
    assert proof.gaps == [Gap("officer", DAY + 480, 2 * DAY + 480)]
    whys = {(one.slot, one.why) for one in proof.faults}
    assert whys == {(1, "empty"), (3, "post"), (2, "twice"), (4, "away")} or whys == {
        (1, "empty"),
        (3, "post"),
        (3, "twice"),
        (4, "away"),
    }
    short = prove(Problem([slot(0), slot(1)], people(1), 24 * 60), ["officer0", "officer0"])
    assert [(one.slot, one.why, one.other) for one in short.faults] == [(1, "rest", 0)]


@settings(max_examples=30, deadline=None)
@given(
    days=st.integers(3, 20),
    number=st.integers(2, 6),
    weights=st.lists(st.integers(1, 6), min_size=20, max_size=20),
    away=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 18)), max_size=4),
)
def test_what_the_solver_gives_the_proof_accepts(
    days: int, number: int, weights: list[int], away: list[tuple[int, int]]
) -> None:
    """R-DUT-1: whatever comes in, an answer is sound and never fairer than arithmetic allows."""
    some = people(number)
    for who, when in away:
        if who < number:
            span = (when * DAY, (when + 2) * DAY)
            some[who] = Person(some[who].key, some[who].posts, away=(span,))
    slots = [slot(n, weight=weights[n], special=weights[n] > 4) for n in range(days)]
    problem = Problem(slots, some, 24 * 60)
    try:
        answer = solve(problem)
    except NoRoster:
        return
    assert prove(problem, answer.chosen).sound
    (bears,) = spreads(problem, answer.chosen)
    least = least_spread(problem, "officer")
    assert (bears.weight, bears.special) >= (0, 0)
    assert bears.weight >= least.weight
    assert bears.special >= least.special
