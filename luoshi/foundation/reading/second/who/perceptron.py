"""An averaged perceptron that chooses one of several, in pure Python.

Where it chooses wrong, what is seen of the right one gains one and what is seen of its own loses
one; the mean over all steps is kept (Collins 2002, “Discriminative training methods for hidden
Markov models”; Freund and Schapire 1999), and the mean of several orders. They are drawn with fixed
seeds: the same choices give the same numbers.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ROUNDS, ORDERS = 3, 3
"""Steps over all choices, in so many orders: one order alone says too much of few names."""
Seen = Sequence[int]
"""What is seen of one possible answer: numbers of features."""


@dataclass(frozen=True)
class Choice:
    """What is seen of every possible answer, and which is the right one."""

    answers: Sequence[Seen]
    right: int


def means(choices: Sequence[Choice], features: Mapping[str, int]) -> dict[str, float]:
    """What several orders teach of each feature, their mean."""
    taught = [in_order(choices, len(features), seed) for seed in range(ORDERS)]
    return {
        name: sum(values[number] / ORDERS for values in taught) for name, number in features.items()
    }


def in_order(choices: Sequence[Choice], size: int, seed: int) -> list[float]:
    """The mean numbers of all steps in one order, by number of the feature."""
    values, weighted = [0.0] * size, [0.0] * size
    order = list(range(len(choices)))
    rounds = random.Random(seed)  # noqa: S311 - an order, no secret
    look, step = values.__getitem__, 1
    for _round in range(ROUNDS):
        rounds.shuffle(order)
        for at in order:
            one = choices[at]
            said = [sum(map(look, seen)) for seen in one.answers]
            chosen = said.index(max(said))  # the first of equals
            if chosen != one.right:
                for seen, change in ((one.answers[one.right], 1.0), (one.answers[chosen], -1.0)):
                    for number in seen:
                        values[number] += change
                        weighted[number] += step * change
            step += 1
    return [value - late / step for value, late in zip(values, weighted, strict=True)]


class Numbering(dict[str, int]):
    """A number for each name, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        """The next number."""
        self[name] = number = len(self)
        return number

    def of(self, names: Iterable[str]) -> Seen:
        """The numbers of names."""
        return [self[name] for name in names]
