"""Find by bigrams, within what the actor may see; the same scopes as every page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import query
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
    asked = SearchQuery(words, config="simple", search_type="raw")
    matters = Matter.objects.visible_to(actor).filter(search=asked)
    matters = matters.select_related("lead_unit").only(*OF_MATTER)
    reports = Report.objects.visible_to(actor).filter(search=asked)
    reports = reports.exclude(state__in=("draft", "signing")).select_related(
        "assignment__matter", "assignment__unit"
    )
    reports = reports.only(*OF_REPORT)
    readable = Report.objects.visible_to(actor).values("pk")
    files = Attachment.objects.filter(
        search=asked, owner_kind="report", owner_id__in=readable
    ).select_related("file")
    return Hits(
        list(matters.order_by("-created_at")[:MOST]),
        list(reports.order_by("-submitted_at")[:MOST]),
        list(files.order_by("-created_at")[:MOST]),
    )
