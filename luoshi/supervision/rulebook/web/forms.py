"""Parse what the pages send."""


def whole(text: str) -> int:
    """A typed whole number; anything else is 0, which no range holds."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
