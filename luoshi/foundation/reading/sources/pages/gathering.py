"""What is taken out of the pages of a document, gathered line by line."""

import re

from luoshi.foundation.reading.sources.source import LeftOut


def key_of(text: str) -> str:
    """A line without its numbers, so that a changing page number does not make it another."""
    return re.sub(r"\d+", "#", "".join(text.split()))


class Gathered:
    """Lines as they are taken out; the same line of many pages is one."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self.pages: dict[tuple[str, str], dict[int, None]] = {}

    def add(self, text: str, why: str, page: int) -> None:
        """A line that stood on a page. Lines of contents are each a line of their own."""
        key = (why, text if why == "contents" else key_of(text))
        self.texts.setdefault(key, text)
        self.pages.setdefault(key, {})[page] = None

    def all(self) -> tuple[LeftOut, ...]:
        """What was taken out, in the order in which it first was."""
        return tuple(
            LeftOut(text, key[0], tuple(sorted(self.pages[key])))
            for key, text in self.texts.items()
        )
