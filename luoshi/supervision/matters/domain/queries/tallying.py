"""The numbers on a matter's page: lines of its history, duties, lights of its units."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from luoshi.supervision.matters.enums import Light


def kinds_of(trail: Sequence[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The filters of the history, each with the number of lines it shows."""
    words = {"": _("All"), "report": _("Reports"), "nudge": _("Reminders")}
    return [
        {"key": key, "word": word, "current": key == kind, "n": numbered(trail, key)}
        for key, word in words.items()
    ]


def numbered(trail: Sequence[dict[str, Any]], kind: str) -> int:
    """How many lines of the history are of this kind."""
    return sum(1 for one in trail if kind in ("", one["kind"]))


def tally(duties: list[dict[str, Any]]) -> dict[str, int]:
    """Duties of the matter: all, sent, late."""
    return {
        "all": len(duties),
        "sent": sum(1 for row in duties if row["duty"].submitted_at),
        "late": sum(1 for row in duties if row["duty"].late_amount),
    }


def lights_of(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lights of the shares, worst first, with their number (“overdue 1 of 4”)."""
    found = [(light, sum(1 for row in units if row["light"] == light)) for light in Light]
    return [{"light": light, "n": n, "word": f"{light.label} {n}"} for light, n in found if n]
