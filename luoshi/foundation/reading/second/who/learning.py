"""Learn who is named: at each place of a sentence where a name may begin, which of the ends that
the text allows is its end (`perceptron`)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from luoshi.foundation.reading.second.who.model import Model
from luoshi.foundation.reading.second.who.perceptron import Choice, Numbering, means
from luoshi.foundation.reading.second.who.places import PARTS, Part, Place, places
from luoshi.foundation.reading.second.who.spans import NOBODY, ends, features
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units.mentions import masked

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

    @cached_property
    def covered(self) -> str:
        """The sentence with its limits covered."""
        times = find_times(self.sentence, self.anchor)
        return masked(self.sentence, tuple((t.start, t.end) for t in times))


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
    """What the places teach, small numbers left out."""
    numbers = Numbering()
    choices = [choice(one, numbers) for one in rows]
    return {name: mean for name, mean in means(choices, numbers).items() if abs(mean) >= LEAST}


def choice(case: Case, numbers: Numbering) -> Choice:
    """The ends that a name at this place may have, nobody first."""
    answers = (NOBODY, *ends(case.text, case.place.start))
    seen = [numbers.of(features(case.text, case.place, end)) for end in answers]
    return Choice(seen, answers.index(case.end))


def cases(examples: Sequence[Named], part: Part) -> list[Case]:
    """Every place of every sentence with the end of its name."""
    out = []
    for one in examples:
        text = one.covered
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
