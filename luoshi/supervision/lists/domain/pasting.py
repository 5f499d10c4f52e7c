"""Points typed or pasted, several at once: one a line, columns split by tab or ｜.

`text ｜ lead unit ｜ joint units ｜ limit`; only the text is needed. A leading number is dropped:
the list numbers its points itself. Every refusal names the line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.deadlines.engine.rule import BadRule, Vague, from_json
from luoshi.foundation.organizations.domain.queries.names import expand, unit_by_name
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.reading.times.grammar import find_times

LEADING = re.compile(r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）).、．]\s*)")
COLUMNS = re.compile(r"\t|｜|\|")
NAMES = re.compile(r"[、,，;；]")
LONGEST, MOST = 600, 200


@dataclass(frozen=True)
class Typed:
    """One point as typed: units are resolved, the limit is read into deadline rules."""

    text: str
    lead: Unit | None = None
    joint: tuple[Unit, ...] = ()
    limit_words: str = ""
    task_rules: tuple[dict[str, Any], ...] = field(default=())


def limit_rules(words: str) -> tuple[dict[str, Any], ...]:
    """The deadline rules a limit's words say; vague words give none and stay words."""
    if not words.strip():
        return ()
    found = [time.rule for time in find_times(words) if time.rule]
    rules = []
    for raw in found:
        try:
            if not isinstance(from_json(raw), Vague):
                rules.append(dict(raw))
        except BadRule:
            continue
    if not found:
        raise ValueError(words)
    return tuple(rules)


def point_of(cells: Sequence[str], place: Text) -> tuple[Typed | None, list[Text]]:
    """One line's cells as a point, or what is wrong with it."""
    padded = [*(cell.strip() for cell in cells), "", "", "", ""]
    text, lead_name, joint_names, words = padded[:4]
    text = LEADING.sub("", text, count=1)
    errors: list[Text] = []
    if not text:
        return None, [_("%(place)s: the point has no text.") % {"place": place}]
    if len(text) > LONGEST:
        errors.append(_("%(place)s: at most 600 characters.") % {"place": place})
    lead = unit_by_name(lead_name) if lead_name else None
    if lead_name and lead is None:
        errors.append(
            _("%(place)s: no unit is called “%(name)s”.") % {"place": place, "name": lead_name[:40]}
        )
    joint: list[Unit] = []
    for name in filter(None, (part.strip() for part in NAMES.split(joint_names))):
        units = expand(name)
        if not units:
            errors.append(
                _("%(place)s: no unit is called “%(name)s”.") % {"place": place, "name": name[:40]}
            )
        joint.extend(unit for unit in units if unit not in joint and unit != lead)
    try:
        rules = limit_rules(words)
    except ValueError:
        errors.append(
            _("%(place)s: the limit “%(words)s” was not understood.")
            % {"place": place, "words": words[:40]}
        )
        rules = ()
    return Typed(text, lead, tuple(joint), words[:80], rules), errors


def read_points(pasted: str) -> list[Typed]:
    """Every non-empty line as a point; all errors at once."""
    found: list[Typed] = []
    errors: list[Text] = []
    lines = [line for line in pasted.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        errors.append(_("Write or paste at least one point, one a line."))
    if len(lines) > MOST:
        errors.append(_("At most 200 points at once."))
    for number, line in enumerate(lines[:MOST], start=1):
        point, wrong = point_of(COLUMNS.split(line), _("Line %(n)d") % {"n": number})
        errors.extend(wrong)
        if point is not None:
            found.append(point)
    if errors:
        raise Invalid(_("Nothing was added."), {"points": errors[:20]})
    return found
