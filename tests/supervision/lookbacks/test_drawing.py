"""The draw: reproducible by anybody, from the seed and the numbers alone."""

import hashlib

from hypothesis import given
from hypothesis import strategies as some

from luoshi.supervision.lookbacks.domain.drawing import Candidate, draw

NUMBERS = [f"督〔2025〕{n}号" for n in range(1, 41)]


def names(numbers: list[str], seed: int, percent: int) -> list[str]:
    found = draw([Candidate(number) for number in numbers], seed=seed, percent=percent)
    return [one.candidate.number for one in found]


def test_same_seed_gives_same_sample_in_any_order() -> None:
    """Features row 24, B9, TR-25: same seed number → same sample, whatever the order of rows."""
    shuffled = NUMBERS[::-1]
    assert names(NUMBERS, 20260331, 20) == names(shuffled, 20260331, 20)
    assert names(NUMBERS, 20260331, 20) != names(NUMBERS, 20260332, 20)


def test_sample_is_the_smallest_digests() -> None:
    """B9: the published algorithm, done again by hand, gives the published sample."""
    digests = {hashlib.sha256(f"7|{n}".encode()).hexdigest(): n for n in NUMBERS}
    by_hand = [digests[digest] for digest in sorted(digests)[:8]]
    assert names(NUMBERS, 7, 20) == by_hand


def test_key_and_promised_items_are_always_in_the_sample() -> None:
    """B9, S2-76: all key items and all promises with a date; the random share is of the rest."""
    rows = [Candidate("甲", key=True), Candidate("乙", promised=True, key=True)]
    rows += [Candidate("丙", promised=True), *(Candidate(number) for number in NUMBERS)]
    found = draw(rows, seed=1, percent=1)
    certain = {one.candidate.number: one.grounds for one in found[:3]}
    assert certain == {"甲": ("key",), "乙": ("key", "promised"), "丙": ("promised",)}
    assert [one.grounds for one in found[3:]] == [("random",)]


@given(some.integers(0, 10**12), some.integers(1, 100), some.integers(1, 100))
def test_greater_share_only_adds(seed: int, one: int, other: int) -> None:
    """B9: a greater percentage never drops a matter from the sample."""
    small, great = sorted((one, other))
    drawn = names(NUMBERS, seed, great)
    assert drawn[: len(names(NUMBERS, seed, small))] == names(NUMBERS, seed, small)
    assert len(drawn) == -(-len(NUMBERS) * great // 100)
