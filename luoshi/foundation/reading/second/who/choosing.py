"""The names of a drafted sentence: the model weighs what the grammar read, place by place."""

from collections.abc import Sequence

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.second.who.model import Model, shipped
from luoshi.foundation.reading.second.who.places import PARTS, Part, Place, places
from luoshi.foundation.reading.units import Mention
from luoshi.foundation.reading.units.acting import role_of
from luoshi.foundation.reading.units.mentions import free, masked

TOLD = "report_to"
PERSONS_TURN = compiled(r"领导[：:]$")
"""（牵头领导：李建国）: whose name stands there, no ending tells."""


def chosen(
    sentence: str,
    read: Sequence[Mention],
    times: Sequence[tuple[int, int]],
    known: UnitNames | None = None,
    model: Model | None = None,
) -> list[Mention]:
    """The mentions of a sentence, in order. `read`: what the grammar says; a unit of the site's
    tree, a leader behind a label and the speaker stay as they were read. Who is told comes first,
    as in the grammar."""
    text = masked(sentence, tuple(times))
    learned = model or shipped()
    out: list[Mention] = []
    for part in PARTS:
        own = {one.start: one for one in read if (one.role == TOLD) is (part == "told")}
        starts = set()
        spots = places(text, part)
        for place in spots:
            starts.add(place.start)
            one = own.get(place.start)
            by_label = PERSONS_TURN.search(text, 0, place.start) is not None
            if not by_label and (one is None or not certain(one, known)):
                one = weighed(sentence, text, place, part, learned, one)
            if one is not None and by_another(one, place, spots):
                continue
            if one is not None and free((one.start, one.end), out):
                out.append(one)
        elsewhere = [one for start, one in own.items() if start not in starts]
        out += [one for one in elsewhere if free((one.start, one.end), out)]
    return sorted(out, key=lambda one: one.start)


def by_another(one: Mention, place: Place, spots: Sequence[Place]) -> bool:
    """会办件由会办处室…: what is handled is no part of the name of who handles it."""
    return any(
        spot.after == "由" and place.start < spot.start < one.end
        for spot in spots
        if spot is not place
    )


def certain(one: Mention, known: UnitNames | None) -> bool:
    """Whether a name needs no second look: units of the site's tree, one or several, or the
    speaker."""
    if "我" in one.text or known is None:
        return "我" in one.text
    names = (one.text.split("、"), [one.text])
    return any(all(known.code(name) is not None for name in several) for several in names)


def weighed(
    sentence: str, text: str, place: Place, part: Part, model: Model, one: Mention | None
) -> Mention | None:
    """The name at a place, with the part it has there."""
    end = model.end(text, place, part, one.end if one else 0)
    if not end or (one and one.end == end):
        return one if end else None
    role = one.role if one else "cooperating" if place.after == "同" else "lead"
    role = TOLD if part == "told" else role_of(text, end, role)
    return Mention(place.start, end, sentence[place.start : end], role)
