"""The words that make a sentence a duty, with their places: what binds, and what is to be done.

The gate's own evidence (modal words, deliveries) and the verbs of work that ends; units, times and
addressees have spans of their own.
"""

from luoshi.foundation.reading.gate.cues import DELIVER
from luoshi.foundation.reading.gate.features import MODALS
from luoshi.foundation.reading.patterns import compiled

Span = tuple[int, int]
BINDING = {name: pattern for name, pattern in MODALS if name != "rule"}
WORK = compiled(
    r"制定|出台|编制|修订|起草|拟定|建成|完成|完工|竣工|办结|开工|启动|上线|召开|举办|开展|成立|发布"
)
NAMING = 2  # 由…负责 names a unit in its middle; the act is its last word of two characters


def acts(sentence: str) -> list[Span]:
    """The spans of a sentence's binding and acting words, in order, none inside another."""
    found: list[Span] = []
    for name, pattern in BINDING.items():
        for match in pattern.finditer(sentence):
            low = match.end() - NAMING if name == "by" else match.start()
            found.append((low, match.end()))
    for pattern in (DELIVER, WORK):
        found.extend(match.span() for match in pattern.finditer(sentence))
    free: list[Span] = []
    for low, high in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
        if all(high <= start or low >= end for start, end in free):
            free.append((low, high))
    return sorted(free)
