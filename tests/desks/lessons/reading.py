"""Documents to learn from."""

import io
from datetime import UTC, datetime

from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from tests.story import World

AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
LIMIT = "市财政局要在收到之日起15日内提出意见。"


def bring(world: World, text: str, at: datetime = AT) -> SourceDocument:
    """Upload a text."""
    stream = io.BytesIO(text.encode())
    return upload(stream, name="通知.txt", about=About(), actor=world.officer, at=at)


def first(document: SourceDocument) -> DraftItem:
    """The document's first draft."""
    return document.items.select_related("document").order_by("start")[0]
