"""Numbers as documents write them: 15, １５, 十五, 两, 一个半, 五（5）."""

from luoshi.foundation.reading.patterns import compiled

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
NUMBER = r"(?:[0-9０-９]+|[〇零一二两三四五六七八九十百]+)"
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
PLAIN_YEAR = str.maketrans("０１２３４５６７８９〇○零", "0123456789000")
TWICE = compiled(r"([一二两三四五六七八九十]+)[（(](\d+)[）)]")


def number(text: str) -> int:
    """The value of a numeral; "" counts as one."""
    if not text:
        return 1
    plain = text.translate(WIDE)
    if plain.isdigit():
        return int(plain)
    total, section = 0, 0
    for char in plain:
        if char == "百":
            total += (section or 1) * 100
            section = 0
        elif char == "十":
            total += (section or 1) * 10
            section = 0
        else:
            section = section * 10 + DIGITS[char] if "十" not in plain else DIGITS[char]
    return total + section


def year_number(text: str) -> int | None:
    """2026, ２０２６, 二〇二六, 二0二六 as a year; None where it is none."""
    plain = text.translate(PLAIN_YEAR)
    digits = "".join(c if c.isdigit() else str("一二三四五六七八九".find(c) + 1) for c in plain)
    return int(digits) if len(digits) == 4 and 1949 <= int(digits) <= 2199 else None
