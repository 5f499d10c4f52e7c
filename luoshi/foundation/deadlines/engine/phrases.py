"""A rule in words, Chinese and English, as the interface prints it back.

The Chinese phrase says everything the rule says: `written.rule_of` reads it back to the same rule.
"""

from collections.abc import Callable
from typing import Any

from luoshi.foundation.deadlines.engine.rule import (
    CalendarDue,
    Dates,
    DeadlineRule,
    DueSpec,
    Once,
    Period,
    Recurring,
)
from luoshi.foundation.deadlines.engine.wording import ANCHOR_WORDS, UNIT_WORDS, singular

WEEK_ZH = "一二三四五六日"
WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_EN = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
EVERY_WORDS = {
    "hour": ("小时", "hour"),
    "day": ("日", "day"),
    "week": ("周", "week"),
    "month": ("月", "month"),
    "half_month": ("半月", "half month"),
    "quarter": ("季度", "quarter"),
    "half_year": ("半年", "half year"),
    "year": ("年", "year"),
    "term": ("届", "term"),
}
MEASURED = ("month", "half_month", "quarter", "half_year")
CUE_WORDS = {
    "timely": ("及时（原文无数字）", "in time (no number in the source)"),
    "immediate": ("立即（原文无数字）", "at once (no number in the source)"),
    "asap": ("尽快（原文无数字）", "as soon as possible (no number in the source)"),
    "on_demand": ("随时（原文无数字）", "whenever needed (no number in the source)"),
    "regular": ("定期（原文无数字）", "regularly (no number in the source)"),
    "irregular": ("不定期", "irregularly"),
    "as_prescribed": ("按规定时限", "by the prescribed limit"),
    "same_day": ("当日", "the same day"),
}
PART_ZH = {"end": "底", "mid": "中旬", "early": "上旬"}
PART_EN = {"end": "end of ", "mid": "middle of ", "early": "beginning of "}
POINT_WORDS = {"mid_year": ("年中", "mid-year"), "year_end": ("年末", "year-end")}


def phrase(rule: DeadlineRule, language: str) -> str:
    """The rule in "zh" or "en"."""
    zh = language.startswith("zh")
    if isinstance(rule, Once):
        return due_words(rule.due, zh=zh)
    if isinstance(rule, Recurring):
        return recurring_words(rule, zh=zh)
    if isinstance(rule, Dates):
        words = [
            POINT_WORDS[p][0 if zh else 1] if isinstance(p, str) else calendar_words(p, zh=zh)
            for p in rule.points
        ]
        return ("、" if zh else ", ").join(words)
    if isinstance(rule, Period):
        return period_words(rule, zh=zh)
    return CUE_WORDS[rule.cue][0 if zh else 1]


def period_words(rule: Period, *, zh: bool) -> str:
    """From … to …; an open end is not written."""
    end = calendar_words(rule.end, zh=zh) if rule.end else ""
    if isinstance(rule.start, str):
        start = "即" if zh else "now"
    else:
        start = calendar_words(rule.start, zh=zh)
    if zh:
        begins = "即日起" if isinstance(rule.start, str) else f"自{start}起"
        return f"{begins}至{end}" if end else begins
    return f"from {start} to {end}" if end else f"from {start} on"


def due_words(due: DueSpec, *, zh: bool) -> str:
    """A single limit."""
    if isinstance(due, CalendarDue):
        words = calendar_words(due, zh=zh)
        return f"{words}前" if zh else f"by {words}"
    year = year_words(due.year[0], zh=zh, unsaid=True) if due.year else ""
    anchor = ANCHOR_WORDS[due.anchor][0 if zh else 1]
    anchor = f"{year}{anchor}" if zh else f"{anchor}{year}"
    if due.dir is None:
        return anchor
    after = due.dir == "after"
    if due.offset is None:
        side = ("后" if after else "前") if zh else ("after" if after else "before")
        return f"{anchor}{side}" if zh else f"{side} {anchor}"
    unit, number = due.offset
    if zh:
        return (
            f"{anchor}{'后' if after else '前'}{number}{UNIT_WORDS[unit][0]}{'内' if after else ''}"
        )
    length = f"{number} {singular(str(number), UNIT_WORDS[unit][1])}"
    return f"within {length} of {anchor}" if after else f"{length} before {anchor}"


def year_words(year: int | str | None, *, zh: bool, unsaid: bool = False) -> str:
    """A year; `unsaid`: the rule has a year whose value the source leaves open."""
    if isinstance(year, int):
        return f"{year}年" if zh else f" {year}"
    if year is None:
        return ("当年" if zh else " of that year") if unsaid else ""
    words = {"+0": ("今年", " this year"), "+1": ("次年", " next year")}
    return words[year][0 if zh else 1]


def calendar_words(due: CalendarDue, *, zh: bool) -> str:
    """A calendar date in words."""
    hour = (f"{due.hour}时" if zh else f" {due.hour}:00") if due.hour is not None else ""
    if due.week is not None:
        day = ""
        if due.weekday:
            day = WEEK_ZH[due.weekday - 1] if zh else WEEK_EN[due.weekday - 1] + " of "
        if zh:
            return f"{'下' if due.week == '+1' else '本'}周{day}{hour}"
        return f"{day}{'next' if due.week == '+1' else 'this'} week{hour}"
    year = year_words(due.year, zh=zh)
    if zh:
        month = {"+0": "本月", "+1": "下月"}.get(str(due.month), f"{due.month}月")
        day = f"{due.day}日" if isinstance(due.day, int) else PART_ZH.get(due.day or "", "")
        return f"{year}{month}{day}{hour}"
    months = {"+0": "this month", "+1": "next month"}
    month = (
        MONTH_EN[due.month - 1] if isinstance(due.month, int) else months.get(str(due.month), "")
    )
    day = f"{due.day} " if isinstance(due.day, int) else PART_EN.get(due.day or "", "")
    return f"{day}{month}{year}{hour}"


def recurring_words(rule: Recurring, *, zh: bool) -> str:
    """A recurring duty."""
    unit = EVERY_WORDS[rule.every][0 if zh else 1]
    said = [moment_words(dict(m), rule.every, zh=zh) for m in rule.at]
    if zh:
        if rule.every == "week" and rule.n == 1 and said:
            said[0] = said[0].removeprefix("周")
        measure = "个" if rule.every in MEASURED else ""
        n = f"{rule.n}{measure}" if rule.n > 1 else ""
        least = "至少" if rule.at_least else ""
        times = f"{least}{rule.times}次" if rule.times > 1 or rule.at_least else ""
        return f"每{n}{unit}{'、'.join(said)}{'前' if said else ''}{times}"
    n = f"{rule.n} {plural(unit)}" if rule.n > 1 else unit
    times = f"{rule.times} times " if rule.times > 1 else "once " if rule.at_least else ""
    least = "at least " if rule.at_least else ""
    return f"{least}{times}every {n}" + (f", by {', '.join(said)}" if said else "")


def plural(unit: str) -> str:
    """half year → half years."""
    return f"{unit[:-1]}ves" if unit.endswith("f") else f"{unit}s"


def moment_words(at: dict[str, object], every: str, *, zh: bool) -> str:
    """The moment inside a period; the keys in the order of the schema."""
    makers = MOMENT_ZH if zh else MOMENT_EN
    named = dict(at)
    if "month" in named and every == "year":
        named = {("of_year" if key == "month" else key): value for key, value in named.items()}
    if "minute" in named and not zh:
        named["clock"] = f"{named.pop('hour')}:{int(str(named.pop('minute'))):02}"
    words = [makers[key](value) for key, value in named.items()]
    return "".join(words) if zh else " ".join(words)


def workday_zh(value: int) -> str:
    """The n-th working day, from the end when negative."""
    if value == -1:
        return "最后一个工作日"
    return f"第{value}个工作日" if value > 0 else f"倒数第{-value}个工作日"


def workday_en(value: int) -> str:
    """The same in English."""
    if value == -1:
        return "the last working day"
    return f"working day {value}" if value > 0 else f"working day {-value} from the end"


def day_en(value: int | str) -> str:
    """A day number or a part of the month."""
    return (
        f"day {value}" if isinstance(value, int) else f"the {PART_EN[value].removesuffix(' of ')}"
    )


MOMENT_ZH: dict[str, Callable[[Any], str]] = {
    "next": lambda _v: "次月",
    "month": lambda v: f"第{v}个月",
    "of_year": lambda v: f"{v}月",
    "weekday": lambda v: f"周{WEEK_ZH[v - 1]}",
    "workday": workday_zh,
    "day": lambda v: f"{v}日" if isinstance(v, int) else PART_ZH[v],
    "hour": lambda v: f"{v}时",
    "minute": lambda v: f"{v}分",
}
MOMENT_EN: dict[str, Callable[[Any], str]] = {
    "next": lambda _v: "next month,",
    "month": lambda v: f"month {v},",
    "of_year": lambda v: MONTH_EN[v - 1],
    "weekday": lambda v: WEEK_EN[v - 1],
    "workday": workday_en,
    "day": day_en,
    "hour": lambda v: f"{v}:00",
    "clock": str,
}
