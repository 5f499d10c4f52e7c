"""Chinese text as overlapping bigrams, for PostgreSQL's `simple` text search.

Recall is complete from two characters on; one character finds words that begin a bigram.
"""

import re
import unicodedata
from itertools import pairwise

RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")


def tokens(text: str) -> list[str]:
    """Tokens in order: Han runs as bigrams plus their last character, other runs whole."""
    found: list[str] = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            found.append(run)
        else:
            found += [one + other for one, other in pairwise(run)]
            found.append(run[-1])
    return found


def bigrams(text: str) -> str:
    """Space-separated tokens, to be handed to `to_tsvector('simple', …)`."""
    return " ".join(tokens(text))


def query(text: str) -> str:
    """A `to_tsquery('simple', …)` expression that needs every part in sequence; "" = no query."""
    parts: list[str] = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii() or len(run) == 1:
            parts.append(f"{run}:*")
        else:
            pairs = [run[i : i + 2] for i in range(len(run) - 1)]
            parts.append("(" + " <-> ".join(pairs) + ")")
    return " & ".join(parts)
