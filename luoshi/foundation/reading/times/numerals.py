"""Numbers as documents write them: 15, １５, 十五, 两, 半."""

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = r"(?:[0-9０-９]+|[〇零一二两三四五六七八九十百]+)"


def number(text: str) -> int:
    """The value of a numeral; "" counts as one."""
    if not text:
        return 1
    plain = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
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
