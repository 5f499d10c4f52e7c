"""The numbers Word computes for lists (numPr): written out as the reader of the paper sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAN, UNITS = "零一二三四五六七八九", ("", "十", "百", "千")
LEGAL, LEGAL_UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
         (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LEVELS = 9


def chinese(number: int, digits: str = HAN, units: tuple[str, ...] = UNITS) -> str:
    """12 → 十二; numbers above 9999 stay in digits."""
    if not 0 < number < 10_000:
        return str(number)
    out, zero = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += digits[0] * zero + digits[digit] + units[place]
        zero = bool(out) and not digit
    return out[1:] if out.startswith(digits[1] + units[1]) and digits is HAN else out


def spelled(number: int) -> str:
    """12 → 一二 (one digit after the other)."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def letters(number: int) -> str:
    """1 → a, 27 → aa."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def roman(number: int) -> str:
    """4 → iv."""
    out = ""
    for value, word in ROMAN:
        out += word * (number // value)
        number %= value
    return out


def circled(number: int) -> str:
    """1 → ①."""
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": str,
    "decimalHalfWidth": str,
    "decimalFullWidth2": str,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedFullstop": lambda n: f"{n}．",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": spelled,
    "japaneseDigitalTenThousand": spelled,
    "taiwaneseDigital": spelled,
    "ideographEnclosedCircle": lambda n: f"（{chinese(n)}）",
    "chineseLegalSimplified": lambda n: chinese(n, LEGAL, LEGAL_UNITS),
    "ideographTraditional": lambda n: STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: BRANCHES[(n - 1) % 12],
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
}


@dataclass(frozen=True)
class Level:
    """How one level counts: its first number, its format and its words (%1 = the first level)."""

    start: int = 1
    form: str = "decimal"
    words: str = "%1."
    legal: bool = False


@dataclass
class Lists:
    """The lists of a document: levels per list, which list shares which counters, the counters."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """Count one paragraph of a list and give its number as words; "" for bullets, formats that
        are not known and lists that are not there."""
        known = self.levels.get(number, {})
        if level not in known:
            return ""
        counters = self.counters.setdefault(self.shared[number], [None] * LEVELS)
        here = counters[level]
        counters[level] = known[level].start if here is None else here + 1
        counters[level + 1 :] = [None] * (LEVELS - level - 1)
        if known[level].form not in FORMATS:
            return ""
        words = known[level].words
        for place in range(level + 1):
            one = known.get(place, Level())
            form = "decimal" if known[level].legal else one.form
            value = counters[place]
            value = one.start if value is None else value
            words = words.replace(f"%{place + 1}", FORMATS.get(form, str)(value))
        return words + (" " if words[-1:].isalnum() and words[-1:].isascii() else "")


def value(element: Any, name: str) -> str:
    """The w:val of a child; "" without it."""
    child = element.find(W + name) if element is not None else None
    return str(child.get(W + "val", "")) if child is not None else ""


def whole(text: str, otherwise: int) -> int:
    """A number of at most six digits."""
    return int(text) if text.isdecimal() and len(text) <= 6 else otherwise


def level_of(element: Any) -> Level:
    """A w:lvl."""
    legal = element.find(W + "isLgl") is not None
    start = whole(value(element, "start"), 1)
    return Level(start, value(element, "numFmt") or "decimal", value(element, "lvlText"), legal)


def lists_of(numbering: Any, styles: Any) -> Lists:
    """Read numbering.xml and styles.xml (roots, either may be None)."""
    found = Lists()
    abstract: dict[str, dict[int, Level]] = {}
    for one in numbering.iter(W + "abstractNum") if numbering is not None else ():
        abstract[one.get(W + "abstractNumId", "")] = dict(levels_in(one))
    for one in numbering.iter(W + "num") if numbering is not None else ():
        number, base = one.get(W + "numId", ""), value(one, "abstractNumId")
        levels = dict(abstract.get(base, {}))
        own = False
        for override in one.findall(W + "lvlOverride"):
            place = whole(override.get(W + "ilvl", ""), 0)
            levels.update(levels_in(override))
            start = value(override, "startOverride")
            if start:
                own = True
                old = levels.get(place, Level())
                levels[place] = Level(whole(start, 1), old.form, old.words, old.legal)
        found.levels[number] = levels
        found.shared[number] = f"num {number}" if own else f"abstract {base}"
    for style in styles.iter(W + "style") if styles is not None else ():
        numbered = numbering_in(style)
        if numbered:
            found.styles[style.get(W + "styleId", "")] = numbered
    return found


def levels_in(element: Any) -> Iterator[tuple[int, Level]]:
    """The levels defined under an element."""
    for level in element.findall(W + "lvl"):
        yield whole(level.get(W + "ilvl", ""), 0), level_of(level)


def numbering_in(element: Any) -> tuple[str, int] | None:
    """(list, level) that paragraph properties under an element name; ("0", …) means none."""
    properties = element.find(W + "pPr")
    numbered = properties.find(W + "numPr") if properties is not None else None
    if numbered is None:
        return None
    number = value(numbered, "numId")
    return (number, min(whole(value(numbered, "ilvl"), 0), LEVELS - 1)) if number else None
