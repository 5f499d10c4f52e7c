"""Cut a text into sentence units, exactly as the labelled reading set cuts it."""

import re

SPLIT = re.compile(
    r"[^。！？!?；;\n]*[。！？!?；;\n]+[”\"’』」）)]*"
    r"(?:[（(][^（()）\n]{0,60}(?:责任|牵头|负责|配合|时限)[^（()）\n]{0,60}[）)])?"
    r"|[^。！？!?；;\n]+$"
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each unit with outer white space trimmed; units need a Chinese character."""
    found = []
    for match in SPLIT.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start >= 2 and HAN.search(text[start:end]):
            found.append((start, end))
    return found
