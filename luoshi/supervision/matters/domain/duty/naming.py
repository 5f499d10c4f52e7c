"""A duty's title: what its rule asks for, and the period it is asked for in the field's words
(2026年三季度, 2026年年末) instead of the period's key."""

import re

from luoshi.supervision.rulebook.enums import DutyKind

QUARTERS = "一二三四"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
KEY = re.compile(r"(\d{4})(?:(Q[1-4]|H[12])|-(\d\d)(?:([ab])|-(\d\d))?)?(?:\.(\d+))?")


def titled(zh: str, en: str, period: str, kind: str = "") -> tuple[str, str]:
    """Both titles with the period; a single limit ("-") has none."""
    if period == "-":
        return zh, en
    words_zh, words_en = period_words(period, kind)
    return f"{words_zh}{zh}", f"{en}, {words_en}"


def period_words(period: str, kind: str = "") -> tuple[str, str]:
    """A period's key in words; a summary asked for on a day sums up the half-year before it (A6).
    A key of another shape stays as it is."""
    found = KEY.fullmatch(period)
    if found is None:
        return f"{period} ", period
    year, part, month, half, day, again = found.groups()
    nth_zh, nth_en = (f"第{again}次", f", no. {again}") if again else ("", "")
    if day and kind == DutyKind.SUMMARY:
        zh, en = summed(int(year), int(month))
    elif day:
        zh, en = (
            f"{year}年{int(month)}月{int(day)}日",
            f"{int(day)} {MONTHS[int(month) - 1]} {year}",
        )
    elif month:
        zh, en = f"{year}年{int(month)}月", f"{MONTHS[int(month) - 1]} {year}"
    else:
        zh, en = of_year(year, part or "")
    if half:
        zh += "上半月" if half == "a" else "下半月"
        en += ", first half" if half == "a" else ", second half"
    return zh + nth_zh, en + nth_en


def of_year(year: str, part: str) -> tuple[str, str]:
    """A quarter, a half or the whole of a year."""
    if part.startswith("Q"):
        return f"{year}年{QUARTERS[int(part[1]) - 1]}季度", f"{part} {year}"
    if part.startswith("H"):
        first = part == "H1"
        return (
            f"{year}年{'上' if first else '下'}半年",
            f"{'first' if first else 'second'} half {year}",
        )
    return f"{year}年", year


def summed(year: int, month: int) -> tuple[str, str]:
    """The half-year that ended before a day of this month."""
    if month < 7:
        return f"{year - 1}年年末", f"year-end {year - 1}"
    return f"{year}年年中", f"mid-year {year}"
