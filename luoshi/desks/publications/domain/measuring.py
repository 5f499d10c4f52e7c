"""How many characters a text has, as an office counts them (S2-27, S2-48): every Han character is
one, every run of letters or digits is one word; blanks and punctuation are none."""

import re

TEN_THOUSAND = 10_000
HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:[.'’-][A-Za-z0-9\u00c0-\u024f]+)*")


def characters_of(text: str) -> int:
    """Han characters and words."""
    return len(HAN.findall(text)) + len(WORD.findall(HAN.sub(" ", text)))


def in_ten_thousands(number: int) -> str:
    """A sum as reports word it beside the exact value, always in Chinese: 近40万字, 38万余字; below
    ten thousand exactly. “近” from nine tenths of the way to the next ten thousand on, and from
    nineteen twentieths to the next hundred thousand."""
    if number < TEN_THOUSAND:
        return f"{number}字"
    for step, share in ((10 * TEN_THOUSAND, 0.05), (TEN_THOUSAND, 0.1)):
        high = -(-number // step) * step
        if number == high:
            return f"{number // TEN_THOUSAND}万字"
        if high - number <= step * share:
            return f"近{high // TEN_THOUSAND}万字"
    return f"{number // TEN_THOUSAND}万余字"
