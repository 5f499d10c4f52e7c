"""An issue of a publication as it is set (features row 92): cover, contents with pages, columns."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from luoshi.foundation.typesetting.rendering import Article, Journal, render

LONG = ("清江两岸，旧时商船往来，桥头设有水文标尺。" * 40,) * 6


def issue(**change: object) -> Journal:
    """Five long articles."""
    articles = tuple(Article(f"古桥记事之{n}", f"作者{n}", "市方志办", LONG) for n in range(1, 6))
    made = Journal("清江政协", "2026年第3期", "建桥百年", "市政协办公室", "2026年3月5日", articles)
    return replace(made, **change)  # type: ignore[arg-type]


def pages_of(paper: Journal) -> list[str]:
    """The text of every page, without blanks."""
    document = pypdfium2.PdfDocument(render(paper))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("columns", [1, 2])
def test_contents_name_the_page_each_article_begins_on(columns: int) -> None:
    """What the contents say is where it stands; the first page of articles is page 1."""
    cover, contents, *rest = pages_of(issue(columns=columns))
    assert all(words in cover for words in ("清江政协", "2026年第3期", "建桥百年", "市政协办公室"))
    for number in range(1, 6):
        found = re.search(rf"古桥记事之{number}[.]*作者{number}(\d+)", contents)
        assert found, number
        assert f"古桥记事之{number}" in rest[int(found[1]) - 1]


def test_two_columns_stand_side_by_side() -> None:
    """A line of a journal is half as wide as one of a book."""

    def widest(columns: int) -> float:
        page = pypdfium2.PdfDocument(render(issue(columns=columns)))[3]
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        return max(right - left for left, _bottom, right, _top in rects)

    assert widest(2) < widest(1) * 0.55


def test_the_same_issue_is_the_same_bytes_and_an_article_elsewhere_says_so() -> None:
    """What is frozen can be set again to the same hash; an article without text names its file."""
    assert render(issue()) == render(issue())
    bare = (Article("手稿一篇", "佚名", "", ()),)
    assert "正文见稿件附件" in "".join(pages_of(issue(articles=bare)))
