"""Scores and ranks from counts alone."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from luoshi.supervision.appraisal.domain.scoring import (
    EXAMPLE,
    ZERO,
    Line,
    Standing,
    Weight,
    Weights,
    ranked,
    scored,
)
from luoshi.supervision.appraisal.domain.simulating import compare
from luoshi.supervision.appraisal.enums import FactKind


def standing(name: str, group: str = "departments", **counts: int) -> Standing:
    lines = [Line(kind, counts.get(kind, 0), ZERO) for kind in FactKind.values]
    return Standing(name, name, group, name, lines)


def test_example_scores_as_the_local_tables() -> None:
    """R-SUP-8: base 100; missing −10, empty −5, late −1, returned −2, done +1, approving +1."""
    found = scored(
        standing(
            "甲", late=2, returned=1, unsent_summary=1, words_only=1, done=3, commended=1, harm=1
        ),
        EXAMPLE,
    )
    assert (found.deductions, found.additions, found.score) == (
        Decimal(-19),
        Decimal(4),
        Decimal(85),
    )
    assert found.no_award is True


def test_caps_and_floor_hold() -> None:
    """R-SUP-8: caps limit a kind both ways; a score never falls below the floor."""
    items = {
        "late": Weight(Decimal(-3), Decimal(10)),
        "done": Weight(Decimal(2), Decimal(5)),
        "unsent": Weight(Decimal(-30)),
    }
    weights = Weights(Decimal(100), Decimal(40), items)
    assert scored(standing("甲", late=9, done=9), weights).score == Decimal(95)
    assert scored(standing("乙", unsent=9), weights).score == Decimal(40)


def test_ties_share_a_rank_and_groups_are_apart() -> None:
    """1, 2, 2, 4 inside a group; another group begins at 1."""
    rows = [
        standing("甲", late=1),
        standing("乙", late=1),
        standing("丙"),
        standing("丁", late=2),
        standing("县", "territories", late=3),
    ]
    found = ranked([scored(row, EXAMPLE) for row in rows])
    assert [(row.name, row.rank) for row in found] == [
        ("丙", 1),
        ("乙", 2),
        ("甲", 2),
        ("丁", 4),
        ("县", 1),
    ]


def test_comparison_says_who_moves_and_why() -> None:
    """B22: changed weights, places moved, and the kinds that moved them."""

    def rows() -> list[Standing]:
        return [standing("甲", late=3), standing("乙", returned=1)]

    heavier = Weights(
        EXAMPLE.base, ZERO, {**EXAMPLE.items, "returned": Weight(Decimal(-6), Decimal(5))}
    )
    before = ranked([scored(row, EXAMPLE) for row in rows()])
    after = ranked([scored(row, heavier) for row in rows()])
    moves = {move.after.name: move for move in compare(before, after)}
    assert {name: move.places for name, move in moves.items()} == {"甲": 1, "乙": -1}
    assert [(line.kind, points) for line, points in moves["乙"].why] == [("returned", Decimal(-3))]
    assert moves["甲"].why == ()


@given(some.dictionaries(some.sampled_from(FactKind.values), some.integers(0, 200)))
def test_score_is_the_sum_of_its_lines(counts: dict[str, int]) -> None:
    """Every point is one of a line's: base + Σ lines, or the floor."""
    found = scored(standing("甲", **counts), EXAMPLE)
    total = found.base + sum(line.points for line in found.lines)
    assert found.score == max(ZERO, total)
    assert found.deductions + found.additions == total - found.base
