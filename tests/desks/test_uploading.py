"""Uploading a document to draft from."""

import io
from datetime import UTC, datetime

import pytest

from luoshi.desks.meetings.domain.uploading import About, upload
from tests.story import make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("市财政局要于2026年6月30日前报送情况。", 0),
        ("一、市财政局要于2026年6月30日前报送情况。\n二、市应急局要于3月底前完成排查。", 2),
    ],
)
def test_a_document_with_and_without_numbered_points(text: str, points: int) -> None:
    """A17: numbered points are covered by position; a document without any is taken too."""
    world = make_world()
    stream = io.BytesIO(text.encode())
    document = upload(stream, name="通知.txt", about=About(), actor=world.officer, at=AT)
    assert document.points.count() == points
    assert document.items.count() >= 1
