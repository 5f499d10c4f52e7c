"""Guard cells of every export against formula injection (security.md 7)."""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def guard(value: object) -> object:
    """A text that a spreadsheet would run gets a leading apostrophe; other values pass."""
    if isinstance(value, str) and value.startswith(RISKY):
        return "'" + value
    return value
