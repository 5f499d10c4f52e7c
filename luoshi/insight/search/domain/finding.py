"""Find by bigrams, within what the actor may see; the same scopes as every page."""

from dataclasses import dataclass
from typing import Any

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import query
from luoshi.insight.search.domain.newest import common, newest_hits
from luoshi.supervision.matters.enums import REPORT_UNSENT
from luoshi.supervision.matters.models import Matter, Report

MOST = 25
# what a page of hits shows; the rest of the rows stays in the database
OF_MATTER = ("title", "number", "state", "lead_unit__name", "lead_unit__short_name")
OF_REPORT = (
    "progress",
    "assignment__matter__title",
    "assignment__unit__name",
    "assignment__unit__short_name",
)


@dataclass(frozen=True)
class Hits:
    """What was found, per kind."""

    matters: list[Any]
    reports: list[Any]
    files: list[Any]

    @property
    def total(self) -> int:
        """How many rows are shown."""
        return len(self.matters) + len(self.reports) + len(self.files)


def find(text: str, actor: Actor) -> Hits:
    """At most 25 of each kind; nothing for an empty query."""
    words = query(text.replace("\x00", "")[:100])
    if not words:
        return Hits([], [], [])
    often = common(words, (Matter, Report))
    matters = Matter.objects.visible_to(actor).select_related("lead_unit").only(*OF_MATTER)
    sent = Report.objects.exclude(state__in=REPORT_UNSENT)
    reports = Report.objects.visible_to(actor).exclude(state__in=REPORT_UNSENT)
    reports = reports.select_related("assignment__matter", "assignment__unit").only(*OF_REPORT)
    readable = Report.objects.visible_to(actor).values("pk")
    files = Attachment.objects.filter(owner_kind="report", owner_id__in=readable)
    of_matters = Matter.objects.all() if Matter in often else None
    of_reports = sent if Report in often else None
    return Hits(
        newest_hits(matters, words, "-created_at", most=MOST, among=of_matters),
        newest_hits(reports, words, "-submitted_at", most=MOST, among=of_reports),
        newest_hits(files.select_related("file"), words, "-created_at", most=MOST, among=None),
    )
