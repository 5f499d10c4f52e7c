"""A rule in words, Chinese and English, as the interface prints it back."""

from typing import Any

from luoshi.foundation.deadlines.engine.rule import (
    CalendarDue,
    Dates,
    DeadlineRule,
    Once,
    Period,
    Recurring,
    RelativeDue,
)
from luoshi.foundation.deadlines.engine.trace import ANCHOR_WORDS, UNIT_WORDS

WEEK_ZH = "一二三四五六日"
WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_EN = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
EVERY_WORDS = {
    "hour": ("小时", "hour"),
    "day": ("日", "day"),
    "week": ("周", "week"),
    "month": ("月", "month"),
    "half_month": ("半个月", "half month"),
    "quarter": ("季度", "quarter"),
    "half_year": ("半年", "half year"),
    "year": ("年", "year"),
    "term": ("届", "term"),
}
CUE_WORDS = {
    "timely": ("及时（原文无数字）", "in time (no number in the source)"),
    "immediate": ("立即（原文无数字）", "at once (no number in the source)"),
    "asap": ("尽快（原文无数字）", "as soon as possible (no number in the source)"),
    "on_demand": ("随时（原文无数字）", "whenever needed"),
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
        start = rule.start if isinstance(rule.start, str) else calendar_words(rule.start, zh=zh)
        end = calendar_words(rule.end, zh=zh) if rule.end else ""
        return f"{start}至{end}" if zh else f"{start} to {end}"
    return CUE_WORDS[rule.cue][0 if zh else 1]


def due_words(due: CalendarDue | RelativeDue, *, zh: bool) -> str:
    """A single limit."""
    if isinstance(due, CalendarDue):
        words = calendar_words(due, zh=zh)
        return f"{words}前" if zh else f"by {words}"
    anchor = ANCHOR_WORDS[due.anchor][0 if zh else 1]
    after = due.dir != "before"
    if due.offset is None:
        side = ("后" if after else "前") if zh else ("after" if after else "before")
        return f"{anchor}{side}" if zh else f"{side} {anchor}"
    unit, number = due.offset
    length = f"{number}{UNIT_WORDS[unit][0]}" if zh else f"{number} {UNIT_WORDS[unit][1]}"
    if zh:
        return f"{anchor}{'后' if after else '前'}{length}{'内' if after else ''}"
    return f"within {length} of {anchor}" if after else f"{length} before {anchor}"


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
    years: dict[Any, str] = {None: "", "+0": "", "+1": "次年" if zh else " next year"}
    year = f"{due.year}年" if isinstance(due.year, int) and zh else ""
    year = (
        f" {due.year}" if isinstance(due.year, int) and not zh else year or years.get(due.year, "")
    )
    if zh:
        month = {"+0": "本月", "+1": "次月"}.get(str(due.month), f"{due.month}月")
        day = f"{due.day}日" if isinstance(due.day, int) else PART_ZH.get(due.day or "end", "")
        return f"{year}{month}{day}{hour}"
    months = {"+0": "this month", "+1": "next month"}
    month = (
        MONTH_EN[due.month - 1] if isinstance(due.month, int) else months.get(str(due.month), "")
    )
    day = f"{due.day} " if isinstance(due.day, int) else PART_EN.get(due.day or "end", "")
    return f"{day}{month}{year}{hour}"


def recurring_words(rule: Recurring, *, zh: bool) -> str:
    """A recurring duty."""
    unit = EVERY_WORDS[rule.every][0 if zh else 1]
    moments = ("、" if zh else ", ").join(moment_words(dict(m), zh=zh) for m in rule.at)
    if zh:
        n = f"{rule.n}个" if rule.n > 1 else ""
        least = "至少" if rule.at_least else ""
        times = f"{least}{rule.times}次" if rule.times > 1 or rule.at_least else ""
        return f"每{n}{unit}{moments}{'前' if moments else ''}{times}"
    n = f"{rule.n} {unit}s" if rule.n > 1 else unit
    times = (
        f"at least {rule.times}× " if rule.at_least else f"{rule.times}× " if rule.times > 1 else ""
    )
    return f"{times}every {n}" + (f", by {moments}" if moments else "")


def moment_words(at: dict[str, object], *, zh: bool) -> str:
    """The moment inside a period."""
    words = []
    if at.get("next"):
        words.append("次月" if zh else "of the next month")
    if "month" in at:
        words.append(f"第{at['month']}个月" if zh else f"month {at['month']}")
    if "weekday" in at:
        day = int(str(at["weekday"])) - 1
        words.append(WEEK_ZH[day] if zh else WEEK_EN[day])
    if "workday" in at:
        last = at["workday"] == -1
        words.append(
            ("最后一个工作日" if last else f"第{at['workday']}个工作日")
            if zh
            else ("the last working day" if last else f"working day {at['workday']}")
        )
    if "day" in at:
        day_word = at["day"]
        if isinstance(day_word, int):
            words.append(f"{day_word}日" if zh else f"day {day_word}")
        else:
            words.append((PART_ZH if zh else PART_EN)[str(day_word)].strip())
    if "hour" in at:
        words.append(f"{at['hour']}时" if zh else f"{at['hour']}:00")
    return "".join(words) if zh else " ".join(words)
