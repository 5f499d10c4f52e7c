"""The limits of a drafted sentence: what no word of the grammar's says is weighed by the model."""

from collections.abc import Sequence
from dataclasses import replace

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.second.since.model import Anchors, shipped
from luoshi.foundation.reading.second.since.signs import signs
from luoshi.foundation.reading.times.events.anchors import trigger
from luoshi.foundation.reading.times.events.whence import named
from luoshi.foundation.reading.times.merging import Found

FROM_NOTHING = ("receipt", "event")
"""What a length may count from that nothing of its sentence says: else from what the document
counts from."""
FROM_CASE = (*FROM_NOTHING, "completion")
"""What it may count from where the grammar made something of its sentence."""


def counted(
    sentence: str, times: Sequence[Found], default: str, model: Anchors | None = None
) -> list[Found]:
    """The limits of a sentence in a document that counts from `default`, in order. A length whose
    start is said in words the grammar knows (收到之日起, 印发后) stays as it was read. What no
    words say is marked as assumed, be it from the kind of document or from the model (B1, 2)."""
    learned = model or shipped()
    return [
        weighed(sentence, one, default, learned) if open_to_doubt(sentence, one) else one
        for one in times
    ]


AFTER = compiled(r"(?:之|以)?后的?")
"""会后三日内: a span may hold the word that says after what."""


def begins(sentence: str, one: Found) -> int:
    """Where the length itself begins."""
    head = AFTER.match(sentence, one.start, one.end)
    return head.end() if head else one.start


def length_after(one: Found) -> bool:
    """Whether a limit is so long after something."""
    due = one.rule.get("due", {})
    return "offset" in due and due.get("dir") == "after"


def open_to_doubt(sentence: str, one: Found) -> bool:
    """Whether a limit is a length that no trigger before it explains."""
    if not length_after(one):
        return False
    said = trigger(sentence[: begins(sentence, one)])
    return said is None or said[1] != one.rule["due"]["anchor"]


def weighed(sentence: str, one: Found, default: str, model: Anchors) -> Found:
    """The limit with the anchor that has the most for it."""
    due = one.rule["due"]
    others = FROM_NOTHING if due["anchor"] == default else FROM_CASE
    start = begins(sentence, one)
    anchor = model.anchor(signs(sentence, start, one.end, default), due["anchor"], others)
    silent = named(sentence, start, due["offset"], default, end=one.end) is None
    assumed = silent or anchor != due["anchor"]
    return replace(one, rule={**one.rule, "due": {**due, "anchor": anchor}}, assumed=assumed)
