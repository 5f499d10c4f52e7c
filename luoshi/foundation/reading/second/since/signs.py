"""What can be seen of a length in its sentence: a letter for the kind, and the characters.

Nothing but the sentence and the document's own anchor is looked at.
"""

from collections.abc import Iterator

from luoshi.foundation.reading.patterns import compiled

AFTER = compiled(
    r"([\u4e00-\u9fff]{1,8})(?:之日起|之后|以后|(?<![先前今此随然最])后)，?[^，。；后]{0,14}$"
)
"""What is said to have happened, done or come in before the length."""
CLAUSES = compiled(r"[，；：。]")
ACT = 8
"""So many characters after the length say what is to be done."""
MANY = 4
"""More clauses than this are all alike."""


def signs(sentence: str, start: int, end: int, default: str) -> list[str]:
    """Everything that is seen of the length from `start` to `end` in a document that counts from
    `default`."""
    before, act = sentence[:start].lstrip(), sentence[end : end + ACT]
    *far, last, own = ["", *CLAUSES.split(before)]
    seen = [f"d{default}", f"s{default}{own[-1:]}", f"S{default}{act[:2]}"]
    seen += [f"t{before[-size:]}" for size in range(1, 5)]
    seen += [*grams("c", own), *grams("p", last), *grams("r", "，".join(far[1:]))]
    seen += [*grams("e", act), f"f{act[:1]}", f"f{act[:2]}"]
    if what := AFTER.search(before):
        seen += [f"w{what.group(1)[-size:]}" for size in range(1, 5)]
    else:
        seen += ["n", f"n{default}"]
    seen += [f"l{bool(own)}", f"k{min(MANY, len(far) + 1)}", f"b{before[:2]}"]
    seen += [f"C{own[-1:]}", f"P{last[-1:]}", f"P{last[-2:]}", f"D{last.endswith('的')}"]
    return seen


def grams(kind: str, text: str) -> Iterator[str]:
    """Pairs and triples of neighbouring characters."""
    for size in (2, 3):
        for at in range(len(text) - size + 1):
            yield kind + text[at : at + size]
