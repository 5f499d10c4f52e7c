"""A trace in sentences, each with the article behind it, Chinese and English (B2, B6)."""

from datetime import date

from luoshi.foundation.deadlines.engine.trace import Step, Trace

WEEK_ZH = "一二三四五六日"
ANCHOR_WORDS = {
    "meeting": ("会议", "the meeting"),
    "receipt": ("签收", "signing for receipt"),
    "event": ("事发", "the event"),
    "issue": ("印发", "issue"),
    "completion": ("办结", "conclusion"),
    "feedback": ("反馈", "feedback"),
    "acceptance": ("受理", "acceptance"),
    "sign": ("签批", "signature"),
    "deadline": ("期限届满", "the limit"),
    "stage_end": ("阶段结束", "the end of the stage"),
    "term_start": ("届初", "the start of the term"),
    "term_end": ("届满", "the end of the term"),
    "election": ("换届", "the election"),
    "flood_season": ("汛期", "the flood season"),
    "calendar": ("日历", "the calendar"),
}
UNIT_WORDS = {
    "days": ("个自然日", "calendar days"),
    "workdays": ("个工作日", "working days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
    "hours": ("小时", "hours"),
    "minutes": ("分钟", "minutes"),
}


CODE_ZH, CODE_EN = "《民法典》第{}", "Civil Code art. {}"
NOTICE_ZH, NOTICE_EN = "国务院年度放假通知", "the State Council's yearly holiday notice"
SENTENCES = {
    "start": ("起算：{day}{anchor}，当日不计", "Counting starts at {anchor} on {day}, not counted"),
    "start_moment": ("起算：{anchor}时刻 {raw}", "Counting starts at {anchor}, {raw}"),
    "no_clock": (
        "{anchor}未记时刻，自当日0时起算",
        "No clock time of {anchor} is recorded: counted from 00:00",
    ),
    "named": ("原定期限：{day}", "The limit names {day}"),
    "year_taken": (
        "原文未写年份，按文件日期取{raw}年",
        "No year is written: {raw}, by the document's date",
    ),
    "year_planned": (
        "原文未写年份，按计划年度取{raw}年",
        "No year is written: {raw}, the year the plan is for",
    ),
    "clamped": ("该月没有所写的日子，取月末：{day}", "The month has no such day: its end, {day}"),
    "add": ("期限 {text} → {day}", "Limit {text} → {day}"),
    "grace": ("另加 {text} → {day}", "Plus {text} → {day}"),
    "roll": ("末日为休息日，顺延至 {day}", "The last day is a rest day: rolls to {day}"),
    "makeup": ("{day}为调休上班日，不顺延", "{day} is a make-up working day: no rolling"),
    "before_rest": (
        "倒推的末日为休息日，不顺延；上一工作日为{day}",
        "Counted backwards to a rest day, which is not rolled; the working day before is {day}",
    ),
    "hour_due": ("按小时计，不因休息日顺延：{raw}", "Counted in hours, never rolled: {raw}"),
    "provisional": (
        "没有{raw}年的放假通知，按周末和固定日期的节日暂定",
        "No holiday notice for {raw} is known: provisional, by weekends and fixed holidays",
    ),
    "stop": (
        "{day}中止计时，剩余 {text}（含当日）",
        "The clock stopped on {day}, {text} left (that day included)",
    ),
    "resume": ("{day}恢复计时，不计 {text}", "It ran again from {day}; {text} do not count"),
    "carry": ("按剩余时间顺延 → {day}", "The time left runs on → {day}"),
    "ends": ("截止：{day} {raw}", "Ends on {day} at {raw}"),
}
ARTICLES = {
    "start": ("二百零一条第一款", "201(1)"),
    "start_moment": ("二百零一条第二款", "201(2)"),
    "no_clock": ("二百零一条第二款", "201(2)"),
    "days": ("二百条", "200"),
    "months": ("二百零二条", "202"),
    "years": ("二百零二条", "202"),
    "hours": ("二百条", "200"),
    "minutes": ("二百条", "200"),
    "clamped": ("二百零二条", "202"),
    "roll": ("二百零三条第一款", "203(1)"),
    "hour_due": ("二百零一条第二款", "201(2)"),
    "ends": ("二百零三条第二款", "203(2)"),
}


def day_text(on: date, language: str) -> str:
    """A date with its weekday."""
    if language.startswith("zh"):
        return f"{on.year}年{on.month}月{on.day}日（周{WEEK_ZH[on.weekday()]}）"
    return f"{on:%a} {on.day} {on:%b} {on.year}"


def amount_text(text: str, language: str) -> str:
    """ "15 workdays" as 15个工作日 or 15 working days."""
    number, _, unit = text.partition(" ")
    zh, en = UNIT_WORDS.get(unit, ("", ""))
    return f"{number}{zh}" if language.startswith("zh") else f"{number} {singular(number, en)}"


def singular(number: str, words: str) -> str:
    """ "1 months" is 1 month."""
    return words[:-1] if number == "1" else words


def article(step: Step, language: str) -> str:
    """What stands behind a step: an article of the Civil Code, or a holiday notice; "" = the
    source of the limit itself, printed as the trace's basis."""
    zh = language.startswith("zh")
    unit = step.text.partition(" ")[2]
    key = unit if step.kind in {"add", "grace"} else step.kind
    if key in ARTICLES:
        return CODE_ZH.format(ARTICLES[key][0]) if zh else CODE_EN.format(ARTICLES[key][1])
    if key == "makeup":
        return step.basis
    return (NOTICE_ZH if zh else NOTICE_EN) if key in {"workdays", "provisional"} else ""


def sentence(step: Step, language: str) -> str:
    """One step in words with its article in brackets."""
    zh = language.startswith("zh")
    kind = "named" if step.kind == "add" and not step.text else step.kind
    words = SENTENCES[kind][0 if zh else 1].format(
        day=day_text(step.on, language),
        anchor=ANCHOR_WORDS.get(step.basis, (step.basis, step.basis))[0 if zh else 1],
        text=amount_text(step.text, language),
        raw=step.text,
    )
    source = article(step, language)
    if not source:
        return words
    return f"{words}（{source}）" if zh else f"{words} ({source})"


def lines(trace: Trace, language: str) -> list[str]:
    """The trace as numbered sentences, in "zh" or "en"."""
    zh = language.startswith("zh")
    found = [sentence(step, language) for step in trace.steps]
    found[-1:-1] = notice_lines(trace, zh=zh)
    if trace.provision:
        found.append(f"依据：{trace.provision}" if zh else f"Basis: {trace.provision}")
    return found


def notice_lines(trace: Trace, *, zh: bool) -> list[str]:
    """Skipped days grouped by the notice that made them rest days."""
    groups: dict[str, list[date]] = {}
    for day, notice in trace.notices:
        groups.setdefault(notice, []).append(date.fromisoformat(day))
    found = []
    for notice, grouped in groups.items():
        listed = "、".join(f"{d.month}月{d.day}日" for d in grouped)
        if not zh:
            listed = ", ".join(f"{d.day} {d:%b}" for d in grouped)
        source = notice if zh or notice != "周末" else "weekends"
        found.append(f"不计：{listed}（{source}）" if zh else f"Not counted: {listed} ({source})")
    return found
