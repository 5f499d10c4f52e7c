"""Uploading a document to draft from."""

import io
from datetime import UTC, datetime

import pytest

from luoshi.desks.meetings.domain.uploading import About, upload
from tests.desks.test_review_page import path, signed_in
from tests.foundation.reading.papers import long_paper, ofd
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


def test_what_was_left_out_of_a_pdf_is_shown_with_reason_and_pages() -> None:
    """Issue 4.8: head and foot lines and page numbers leave the sentences, not the officer's
    sight: the source page names each with its pages, folded."""
    world = make_world()
    stream = io.BytesIO(long_paper(5))
    document = upload(stream, name="汇编.pdf", about=About(), actor=world.officer, at=AT)
    document.refresh_from_db()
    everywhere = list(range(1, document.pages + 1))
    assert document.left_out == [
        {
            "text": "清源市重点任务汇编\u3000清政发〔2026〕6号",
            "why": "edge",
            "pages": everywhere,
        },
        {"text": "— 1 —", "why": "number", "pages": everywhere},
    ]
    assert "重点任务汇编" not in document.text
    page = signed_in("li").get(path(document)).content.decode()
    shown = page[page.index('id="removed"') :].split("</details>")[0]
    assert "<summary>文件中有2行未进入正文</summary>" in shown
    assert '<span class="tag">页眉页脚</span> <span lang="zh-Hans">清源市重点任务汇编' in shown
    assert f"第1–{document.pages}页" in shown
    assert " open" not in shown


def test_an_ofd_says_it_too_and_a_text_has_nothing_to_say() -> None:
    """OFD is read as PDF; a file without pages shows no such list."""
    world = make_world()
    raw = ofd(
        [[(28, 60, 5, "市财政局要于6月底前报送情况。"), (100, 285, 4, f"— {n} —")] for n in (1, 2)]
    )
    paged = upload(io.BytesIO(raw), name="通知.ofd", about=About(), actor=world.officer, at=AT)
    paged.refresh_from_db()
    assert paged.left_out == [{"text": "— 1 —", "why": "number", "pages": [1, 2]}]
    plain = io.BytesIO("市财政局要于6月底前报送情况。".encode())
    document = upload(plain, name="通知.txt", about=About(), actor=world.officer, at=AT)
    assert document.left_out == []
    assert 'id="removed"' not in signed_in("li").get(path(document)).content.decode()
