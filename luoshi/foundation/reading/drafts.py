"""What the reading hands over: drafts with their spans, points, what was not understood."""

from dataclasses import dataclass
from typing import Any

from luoshi.foundation.reading.structure.lines import Point
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.times.vague import DEFAULT_DAYS
from luoshi.foundation.reading.units import Mention
from luoshi.foundation.reading.units.copies import is_copied


@dataclass(frozen=True)
class Draft:
    """One drafted obligation. Offsets are characters of the decoded text. `mode` and `anchor` say
    where it stands (what a lesson needs); `inferred` are acting units of an earlier sentence or
    heading, never mixed with those written here; `acts` are the spans of the words that bind and of
    what is to be done."""

    start: int
    end: int
    text: str
    band: str
    score: float
    times: tuple[Found, ...]
    units: tuple[Mention, ...]
    why: tuple[tuple[str, str], ...]
    mode: str = "direct"
    anchor: str = "receipt"
    inferred: tuple[Mention, ...] = ()
    acts: tuple[tuple[int, int], ...] = ()

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules without repetition; vague ones only where no crisp rule stands."""
        found: list[dict[str, Any]] = []
        for time in self.times:
            if time.rule not in found:
                found.append(time.rule)
        return found

    @property
    def assumed(self) -> list[dict[str, Any]]:
        """The rules of which no words say what they count from."""
        return [time.rule for time in self.times if time.assumed]

    @property
    def responsible(self) -> list[Mention]:
        """Acting units."""
        return [unit for unit in self.units if unit.role != "report_to"]

    @property
    def report_to(self) -> list[Mention]:
        """Addressees of reports, of copies too."""
        return [unit for unit in self.units if unit.role == "report_to"]

    @property
    def copy_to(self) -> list[Mention]:
        """Those of the addressees that get a copy."""
        own = [unit for unit in self.report_to if self.start <= unit.start < self.end]
        at = self.start
        return [u for u in own if is_copied(self.text, u.start - at, u.end - at)]

    @property
    def vague(self) -> list[dict[str, Any]]:
        """Vague words with the office's visible default in days (A9)."""
        return [
            {
                "start": time.start,
                "end": time.end,
                "cue": time.rule["cue"],
                "default_days": DEFAULT_DAYS.get(time.rule["cue"]),
                "note": "office default, not in the source",
            }
            for time in self.times
            if not time.crisp
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented object of `luoshi read`."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "band": self.band,
            "score": self.score,
            "rules": self.rules,
            "assumed": self.assumed,
            "responsible": [of_unit(one) for one in self.responsible],
            "inferred": [of_unit(one) for one in self.inferred],
            "report_to": [of_unit(one) for one in self.report_to],
            "copy_to": [of_unit(one) for one in self.copy_to],
            "time_spans": [{"start": t.start, "end": t.end} for t in self.times],
            "act_spans": [{"start": low, "end": high} for low, high in self.acts],
            "vague": self.vague,
            "why": [list(reason) for reason in self.why],
        }


def of_unit(one: Mention) -> dict[str, Any]:
    """A mention as JSON."""
    return {"text": one.text, "start": one.start, "end": one.end, "role": one.role}


@dataclass(frozen=True)
class Unread:
    """An expression that looks like a limit and was not understood; nothing was guessed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """Everything read from one document."""

    text: str
    drafts: tuple[Draft, ...]
    points: tuple[Point, ...]
    unread: tuple[Unread, ...] = ()
