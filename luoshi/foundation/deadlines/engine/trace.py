"""The trace of a computed date: what an officer reads when asking how a date came about (B2).

JSON both ways; holds everything needed to compute the date again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class Step:
    """One step: `kind` is start, start_moment, add, grace, roll, makeup, hour_due, provisional,
    stop, resume, carry."""

    kind: str
    on: date
    text: str
    basis: str


@dataclass(frozen=True)
class Trace:
    """Rule, anchors, result, steps, each skipped day with the notice that made it one, and the
    spans (from, to) in which the clock stood still."""

    rule: Mapping[str, Any]
    anchors: Mapping[str, str]
    roll: bool
    grace: int
    due: str
    steps: tuple[Step, ...]
    notices: tuple[tuple[str, str], ...]
    provision: str
    stops: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        out = asdict(self)
        out["steps"] = [{**asdict(s), "on": s.on.isoformat()} for s in self.steps]
        out["notices"] = [list(pair) for pair in self.notices]
        out["stops"] = [list(pair) for pair in self.stops]
        return out

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Trace":
        """Read it back."""
        steps = tuple(
            Step(s["kind"], date.fromisoformat(s["on"]), s["text"], s["basis"])
            for s in raw["steps"]
        )
        notices = tuple((day, notice) for day, notice in raw["notices"])
        return cls(
            rule=raw["rule"],
            anchors=raw["anchors"],
            roll=raw["roll"],
            grace=raw["grace"],
            due=raw["due"],
            steps=steps,
            notices=notices,
            provision=raw["provision"],
            stops=tuple((start, end) for start, end in raw.get("stops", ())),
        )


def day_text(on: date, language: str) -> str:
    """A date with its weekday."""
    if language.startswith("zh"):
        return f"{on.year}年{on.month}月{on.day}日（周{WEEK_ZH[on.weekday()]}）"
    return f"{on:%a} {on.day} {on:%b} {on.year}"


def amount_text(text: str, language: str) -> str:
    """ "15 workdays" as 15个工作日 or 15 working days."""
    number, _, unit = text.partition(" ")
    zh, en = UNIT_WORDS.get(unit, ("", ""))
    return f"{number}{zh}" if language.startswith("zh") else f"{number} {en}"


def lines(trace: Trace, language: str) -> list[str]:
    """The trace as numbered sentences, in "zh" or "en"."""
    zh = language.startswith("zh")
    found = []
    for step in trace.steps:
        day = day_text(step.on, language)
        anchor = ANCHOR_WORDS.get(step.basis, (step.basis, step.basis))[0 if zh else 1]
        found.append(
            SENTENCES[step.kind][0 if zh else 1].format(
                day=day,
                anchor=anchor,
                text=amount_text(step.text, language) if " " in step.text else step.text,
                raw=step.text,
                basis=step.basis,
            )
        )
    found.extend(notice_lines(trace, zh=zh))
    if trace.provision:
        found.append(f"依据：{trace.provision}" if zh else f"Basis: {trace.provision}")
    return found


SENTENCES = {
    "start": ("起算：{day}{anchor}，当日不计", "Counting starts at {anchor} on {day}, not counted"),
    "start_moment": ("起算：{anchor}时刻 {raw}", "Counting starts at {anchor}, {raw}"),
    "add": ("期限 {text} → {day}", "Limit {text} → {day}"),
    "grace": ("另加 {text} → {day}", "Plus {text} → {day}"),
    "roll": ("末日为休息日，顺延至 {day}", "The last day is a rest day: rolls to {day}"),
    "makeup": ("{day}为调休上班日，不顺延（{basis}）", "{day} is a make-up working day ({basis})"),
    "hour_due": ("按小时计，不因休息日顺延：{raw}", "Counted in hours, never rolled: {raw}"),
    "stop": (
        "{day}中止计时，剩余 {text}（含当日）",
        "The clock stopped on {day}, {text} left (that day included)",
    ),
    "resume": ("{day}恢复计时，不计 {text}", "It ran again from {day}; {text} do not count"),
    "carry": ("按剩余时间顺延 → {day}", "The time left runs on → {day}"),
    "provisional": (
        "{raw}年放假通知未公布，日期为暂定",
        "No holiday notice for {raw} yet: the date is provisional",
    ),
}


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
