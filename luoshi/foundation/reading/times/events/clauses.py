"""Where the clause, or the half of a sentence, around a place begins and ends."""

from luoshi.foundation.reading.patterns import compiled

CLAUSE_END, HALF_END = compiled(r"[，；;。]"), compiled(r"[；;。]")


def clause_end(text: str, start: int) -> int:
    """Where the clause that begins at `start` ends."""
    found = CLAUSE_END.search(text, start)
    return found.start() if found else len(text)


def clause_start(text: str, end: int) -> int:
    """Where the clause begins that `end` stands in."""
    return max(text.rfind(mark, 0, end) for mark in "，；。：") + 1


def half(text: str, start: int) -> int:
    """Where the part of the sentence that begins at `start` ends."""
    found = HALF_END.search(text, start)
    return found.start() if found else len(text)
