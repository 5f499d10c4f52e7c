"""GB/T 9704 measured on the paper itself."""

import pypdfium2
import pytest

from luoshi.foundation.typesetting.fonts import font_report
from luoshi.foundation.typesetting.rendering import Bulletin, Slip, render

POINT = 25.4 / 72
RARE = "镕堃喆玥𬭎"
LONG = "督查通报正文用三号仿宋体字一般每面排二十二行每行排二十八个字" * 60


def bulletin(*paragraphs: str) -> Bulletin:
    """A bulletin of these paragraphs."""
    return Bulletin(
        issuer="中共清源市委办公室督查通报",
        number="2026年第3期",
        title="关于督查事项办理情况的通报",
        paragraphs=paragraphs,
        head=("单位", "应报"),
        rows=(),
        bars=(),
        chart_title="",
        legend="",
        office="中共清源市委办公室",
        date="2026年3月5日",
        as_of="数据截至2026年3月5日",
        fingerprint="3f9a",
    )


def lines_of(page: pypdfium2.PdfPage) -> list[list[tuple[float, float, float, float]]]:
    """Character boxes of a page grouped into lines, from the top, in mm from the top left."""
    text = page.get_textpage()
    height = page.get_height()
    rows: dict[float, list[tuple[float, float, float, float]]] = {}
    for index in range(text.count_chars()):
        if not text.get_text_range(index, 1).strip():
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        box = tuple(v * POINT for v in (left, height - top, right, height - bottom))
        rows.setdefault(round((box[1] + box[3]) / 2), []).append(box)  # type: ignore[arg-type]
    return [rows[key] for key in sorted(rows)]


def test_full_page_has_22_lines_of_28_characters() -> None:
    """GB/T 9704: 22 lines, 28 characters, type area 156 × 225 mm, page number below it."""
    document = pypdfium2.PdfDocument(render(bulletin(LONG)))
    rows = lines_of(document[1])
    body, number = rows[:-1], rows[-1]
    assert len(body) == 22
    assert {len(row) for row in body} == {28}
    assert min(box[0] for row in body for box in row) == pytest.approx(28, abs=0.5)
    assert max(box[2] for row in body for box in row) == pytest.approx(210 - 26, abs=0.5)
    pitch = (body[-1][0][1] - body[0][0][1]) / 21
    assert pitch == pytest.approx(225 / 22, abs=0.05)
    assert number[0][1] > 262 + 5


def test_red_head_stands_72_mm_from_the_edge() -> None:
    """GB/T 9704: the mark's top edge is 35 mm below the type area's top."""
    document = pypdfium2.PdfDocument(render(bulletin("正文。")))
    page = document[0]
    text = page.get_textpage()
    _left, _bottom, _right, top = text.get_charbox(0)
    assert (page.get_height() - top) * POINT == pytest.approx(72, abs=1)


def numbers_at(document: pypdfium2.PdfDocument) -> list[tuple[float, float, float]]:
    """Left, right and top of each page's number, in mm."""
    found = []
    for page in document:
        row = lines_of(page)[-1]
        found.append((min(b[0] for b in row), max(b[2] for b in row), row[0][1]))
    return found


def test_page_numbers_stand_outside_below_the_type_area() -> None:
    """GB/T 9704: 7 mm below the type area; odd pages right, even pages left, one character in."""
    document = pypdfium2.PdfDocument(render(bulletin(LONG)))
    character = 14 * POINT
    (_l, odd_right, odd_top), (even_left, _r, even_top) = numbers_at(document)[:2]
    assert odd_right == pytest.approx(210 - 26 - character, abs=1)
    assert even_left == pytest.approx(28 + character, abs=0.6)
    assert [odd_top, even_top] == pytest.approx([262 + 7, 262 + 7], abs=1.5)


SLIP = Slip(
    "中共清源市委办公室",
    "督查事项交办单",
    "督〔2026〕1号",
    (("事项", "制定方案"), ("办结时限", "2026年3月20日")),
    ("市财政局：", "请签收后按上述要求办理。"),
    "中共清源市委办公室",
    "2026年2月4日",
)


def test_slip_is_a_letter_on_one_page() -> None:
    """GB/T 9704 letter form: mark 30 mm from the edge, no number on the first page; the date
    stands four characters from the right edge."""
    document = pypdfium2.PdfDocument(render(SLIP))
    page = document[0]
    words = page.get_textpage()
    tops = [words.get_charbox(index)[3] for index in range(9)]
    assert len(document) == 1
    assert (page.get_height() - max(tops)) * POINT == pytest.approx(30, abs=1)
    last = lines_of(page)[-1]
    assert "— 1 —" not in words.get_text_range()
    assert max(box[2] for box in last) == pytest.approx(210 - 26 - 4 * 156 / 28, abs=0.6)


def test_levels_have_their_faces() -> None:
    """GB/T 9704: 一、 in Heiti, （一） in Kaiti to its full stop, the text in Fangsong."""
    document = pypdfium2.PdfDocument(render(bulletin("一、总体情况", "正文。")))
    names = {
        obj.get_font().get_base_name().split("+")[-1]
        for obj in document[0].get_objects()
        if isinstance(obj, pypdfium2.PdfTextObj)
    }
    chosen_faces = {use.role: use.face for use in font_report()}
    assert chosen_faces["head"] != chosen_faces["body"]
    assert len(names) == 2


def test_rare_name_characters_print() -> None:
    """镕 堃 喆 玥 𬭎 are in the text of the paper."""
    document = pypdfium2.PdfDocument(render(bulletin(RARE)))
    assert RARE in document[0].get_textpage().get_text_range()


def test_same_input_gives_the_same_bytes() -> None:
    """Byte-identical, so that a frozen issue can be compared."""
    assert render(SLIP) == render(SLIP)
    assert render(bulletin("甲")) == render(bulletin("甲"))


def test_health_check_names_the_face_of_each_role() -> None:
    """Every role has a face."""
    assert {use.role for use in font_report()} == {"body", "head", "kai", "title", "mark"}
    assert all(use.face for use in font_report())
