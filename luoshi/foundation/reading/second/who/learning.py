"""Learn who is named: an averaged perceptron over the ends of a name, in pure Python.

At each place the model says where the name ends; where it is wrong, what is seen of the right end
gains one and what is seen of its own loses one; the mean over all steps is kept (Collins 2002,
“Discriminative training methods for hidden Markov models”; Freund and Schapire 1999), and the mean
of several orders. They are drawn with fixed seeds: the same examples give the same numbers.
"""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.second.who.model import Model
from luoshi.foundation.reading.second.who.places import PARTS, Part, Place, places
from luoshi.foundation.reading.second.who.spans import NOBODY, ends, features
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units.mentions import masked

ROUNDS, ORDERS = 3, 3
"""Steps over all examples, in so many orders: one order alone says too much of few names."""
LEAST = 0.5
"""A smaller number is not kept."""
JOINS = frozenset({"、", "和", "及", "与", "或", "以及", "或者"})
"""What may stand between two names of one list."""
Names = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Named:
    """A sentence that binds, in a document that counts from `anchor`, and who is named in it:
    (start, end) of those who act and of those who are told."""

    sentence: str
    anchor: str
    lead: Names
    told: Names


@dataclass(frozen=True)
class Case:
    """A place of a sentence whose limits are covered, and where the name there ends."""

    text: str
    place: Place
    end: int


def learn(examples: Sequence[Named]) -> Model:
    """The model of labelled sentences."""
    told = json.dumps([[e.sentence, e.anchor, e.lead, e.told] for e in examples])
    version = hashlib.sha256(told.encode()).hexdigest()[:12]
    values = {part: of_part(cases(examples, part)) for part in PARTS}
    return Model(f"{len(examples)}-{version}", values)


def of_part(rows: Sequence[Case]) -> dict[str, float]:
    """The mean of what several orders teach, small numbers left out."""
    means: dict[str, float] = defaultdict(float)
    for seed in range(ORDERS):
        for name, value in perceptron(rows, seed).items():
            means[name] += value / ORDERS
    return {name: mean for name, mean in means.items() if abs(mean) >= LEAST}


def cases(examples: Sequence[Named], part: Part) -> list[Case]:
    """Every place of every sentence with the end of its name."""
    out = []
    for one in examples:
        times = find_times(one.sentence, one.anchor)
        text = masked(one.sentence, tuple((t.start, t.end) for t in times))
        names = one.lead if part == "lead" else one.told
        for place in places(text, part):
            end = list_end(one.sentence, names, place.start)
            if end == NOBODY or end in ends(text, place.start):
                out.append(Case(text, place, end))
    return out


def list_end(sentence: str, names: Names, start: int) -> int:
    """Where the list of names that begins at `start` ends, 0 where none begins."""
    last = max((end for begin, end in names if begin == start), default=NOBODY)
    while last:
        more = [end for begin, end in names if begin > last and sentence[last:begin] in JOINS]
        if not more:
            break
        last = max(more)
    return last


def perceptron(rows: Sequence[Case], seed: int) -> dict[str, float]:
    """The mean numbers of all steps in one order."""
    values: dict[str, float] = defaultdict(float)
    weighted: dict[str, float] = defaultdict(float)
    order = list(range(len(rows)))
    rounds = random.Random(seed)  # noqa: S311 - an order, no secret
    step = 1
    for _round in range(ROUNDS):
        rounds.shuffle(order)
        for at in order:
            one = rows[at]
            said = guess(values, one)
            if said != one.end:
                for end, change in ((one.end, 1.0), (said, -1.0)):
                    for name in features(one.text, one.place, end):
                        values[name] += change
                        weighted[name] += step * change
            step += 1
    return {name: value - weighted[name] / step for name, value in values.items()}


def guess(values: Mapping[str, float], case: Case) -> int:
    """The end with the most for it, the first of equals."""
    best, found = None, NOBODY
    for end in (NOBODY, *ends(case.text, case.place.start)):
        said = sum(values.get(name, 0.0) for name in features(case.text, case.place, end))
        if best is None or said > best:
            best, found = said, end
    return found
