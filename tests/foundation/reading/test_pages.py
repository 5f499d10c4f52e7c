"""Reading PDF and OFD by the places of their letters: papers typeset here, one trait each."""

import io
from pathlib import Path

import pypdfium2
import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.sources import LeftOut, NoText
from luoshi.foundation.reading.sources.pages.margins import is_page_number
from tests.foundation.reading.papers import long_paper, ofd, read_bytes, sentence, typeset

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
COLUMNS = "columns: (1fr, 4fr, 2fr, 2fr), table.header([序号], [任务], [责任单位], [完成时限])"
HEAD = ["序号", "任务", "责任单位", "完成时限"]


def rows(count: int, long: int = 3) -> list[list[str]]:
    """Task rows, every `long`-th over several lines."""
    more = "，逐一建立台账并报市政府办公室备案，确保长期稳定运行"
    return [
        [
            str(i),
            f"改造管网{i}公里并完成验收{more if i % long == 0 else ''}",
            "市水务局",
            f"{i % 12 + 1}月底前",
        ]
        for i in range(1, count + 1)
    ]


def cells(found: list[list[str]]) -> str:
    """Rows as typst cells."""
    return ", ".join(f"[{cell}]" for row in found for cell in row)


def scan(pages: int = 1) -> bytes:
    """A page that shows a picture and no text."""
    raw = (SAMPLES / "hostile" / "scanned.pdf").read_bytes()
    assert pages == 1
    return raw


def bound(*files: bytes) -> bytes:
    """Several PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for raw in files:
        part = pypdfium2.PdfDocument(raw)
        whole.import_pages(part)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def test_head_foot_and_page_numbers_are_no_sentences(tmp_path: Path) -> None:
    """A head line, a changing page number and notes leave the sentences whole over page ends."""
    source = read_bytes(tmp_path, "a.pdf", long_paper(5))
    assert source.pages > 3
    everywhere = tuple(range(1, source.pages + 1))
    assert set(source.left_out) == {
        LeftOut("清源市重点任务汇编\u3000清政发〔2026〕6号", "edge", everywhere),
        LeftOut("— 1 —", "number", everywhere),
    }
    lines = source.text.split("\n")
    assert lines[0] == "关于分解2026年重点任务的通知"
    body = [line for line in lines[1:] if not line[0].isdigit()]
    assert "".join(body) == "".join(sentence(k) for k in range(5 * 16))
    notes = [line for line in lines if line[0].isdigit()]
    assert notes == [f"{k}数据由市统计局提供。" for k in (1, 2, 3)]
    assert lines[-3:] == notes


@pytest.mark.parametrize(
    "text",
    [
        "— 3 —",
        "- 3 -",
        "－３－",
        "3",
        "第3页",
        "第 3 页 共 20 页",
        "3/20",
        "第三页",
        "Page 3 of 20",
        "·3·",
        "iv",
        "第3页/共20页",
    ],
)
def test_page_number_styles(text: str) -> None:
    """Page numbers of all styles are known."""
    assert is_page_number(text.translate(str.maketrans("３", "3")))


@pytest.mark.parametrize("text", ["3月底前", "第三章", "一、", "2026年", "（三）", "附件3", "3．"])
def test_what_is_no_page_number(text: str) -> None:
    """Short lines with numbers stay."""
    assert not is_page_number(text)


@pytest.mark.parametrize(
    "footer",
    [
        "第#counter(page).display()页 共9页",
        "#counter(page).display()/9",
        "- #counter(page).display() -",
    ],
)
def test_page_numbers_of_other_styles_go(tmp_path: Path, footer: str) -> None:
    """第3页 共9页, 3/9, - 3 -: none is left, nor do they cut the sentence over the page's end."""
    setup = f'#set page(paper: "a5", footer: context align(center)[{footer}])\n'
    text = "".join(sentence(k) for k in range(30))
    source = read_bytes(tmp_path, "a.pdf", typeset(text, setup))
    assert source.pages > 2 and source.text == text


def test_contents_with_dots_are_left_out(tmp_path: Path) -> None:
    """Lines of a table of contents name points twice: they are left out and told."""
    body = (
        "总体要求 #box(width: 1fr, repeat[.]) 3\n\n主要任务 #box(width: 1fr, repeat[…]) 12\n\n"
        + sentence(1)
    )
    source = read_bytes(tmp_path, "a.pdf", typeset(body))
    assert source.text == sentence(1)
    assert [(one.text[:4], one.why, one.pages) for one in source.left_out] == [
        ("总体要求", "contents", (1,)),
        ("主要任务", "contents", (1,)),
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """A title over two columns, the columns, and a paragraph under them; the last page has one
    short column only."""
    text = "\n\n".join(sentence(k) for k in range(44))
    body = f"#align(center)[#text(20pt)[双栏通报]]\n#columns(2)[{text}]\n\n"
    body += sentence(99) + sentence(98)
    source = read_bytes(tmp_path, "a.pdf", typeset(body))
    expected = ["双栏通报", *(sentence(k) for k in range(44)), sentence(99) + sentence(98)]
    assert source.text.split("\n") == expected


def test_headings_and_lists_are_not_joined(tmp_path: Path) -> None:
    """Full lines before headings and list items do not swallow them."""
    parts = [
        "一、总体要求",
        sentence(1),
        "（一）压实责任。" + sentence(2),
        "1．" + sentence(3),
        "二、有关要求",
        sentence(4),
    ]
    source = read_bytes(tmp_path, "a.pdf", typeset("\n\n".join(parts)))
    assert source.text.split("\n") == parts


@pytest.mark.parametrize("strokes", ["1pt", "none"])
def test_table_over_pages_is_one_table(tmp_path: Path, strokes: str) -> None:
    """Ruled, or only aligned: rows with their cells, the heading once, words before and after."""
    wanted = rows(14)
    body = (
        f"任务分解如下：\n\n#table(stroke: {strokes}, {COLUMNS}, {cells(wanted)})\n\n{sentence(1)}"
    )
    source = read_bytes(tmp_path, "a.pdf", typeset(body))
    assert source.tables == [[HEAD, *wanted]]
    lines = source.text.split("\n")
    assert lines[0] == "任务分解如下：" and lines[-1] == sentence(1)
    assert lines[1:-1] == ["\t".join(row) for row in [HEAD, *wanted]]


def test_heading_repeated_on_each_page_counts_once(tmp_path: Path) -> None:
    """Forty rows over several pages: one table, one heading, every row a draft with its limit."""
    wanted = rows(40, long=4)
    body = f"#table({COLUMNS}, {cells(wanted)})"
    source = read_bytes(tmp_path, "a.pdf", typeset(body, '#set page(paper: "a5")\n'))
    assert source.pages > 2
    assert source.tables == [[HEAD, *wanted]]
    later = tuple(range(2, source.pages + 1))
    assert source.left_out == (LeftOut("\t".join(HEAD), "heading", later),)
    drafts = read(source.text, tables=source.tables).drafts
    assert [draft.text for draft in drafts] == [row[1] for row in wanted]
    assert all(
        source.text[d.start : d.end].startswith(row[0])
        for d, row in zip(drafts, wanted, strict=True)
    )
    assert all(draft.rules and draft.responsible for draft in drafts)


def test_table_without_repeated_heading_goes_on(tmp_path: Path) -> None:
    """A continuation page without a heading inherits it."""
    wanted = rows(40, long=4)
    head = ", ".join(f"[{cell}]" for cell in HEAD)
    body = f"#table(columns: (1fr, 4fr, 2fr, 2fr), {head}, {cells(wanted)})"
    source = read_bytes(tmp_path, "a.pdf", typeset(body, '#set page(paper: "a5")\n'))
    assert source.tables == [[HEAD, *wanted]]


def test_merged_cells_repeat_over_a_page_end(tmp_path: Path) -> None:
    """A category merged across, and one merged down over the end of a page."""
    fields = [[f"建设高标准农田{i}亩", "市农业农村局", f"{i}月底前"] for i in range(1, 9)]
    body = (
        f"#table({COLUMNS.replace('序号', '类别')}, "
        f"table.cell(colspan: 4)[一、产业发展], table.cell(rowspan: 8)[农业], {cells(fields)})"
    )
    source = read_bytes(tmp_path, "a.pdf", typeset(body, "#set page(width: 15cm, height: 9cm)\n"))
    assert source.pages > 1
    head = ["类别", "任务", "责任单位", "完成时限"]
    assert source.tables == [[head, ["一、产业发展"] * 4, *(["农业", *row] for row in fields)]]
    assert "一、产业发展" in source.text.split("\n")


def test_page_turned_on_its_side_is_read(tmp_path: Path) -> None:
    """A page with /Rotate 90 reads as it is shown."""
    wanted = rows(5)
    inner = f"#block(width: 22cm)[{sentence(1)}{sentence(2)}\n\n#table({COLUMNS}, {cells(wanted)})]"
    document = pypdfium2.PdfDocument(typeset(f"#rotate(-90deg, reflow: true)[{inner}]"))
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    source = read_bytes(tmp_path, "a.pdf", out.getvalue())
    assert source.text.split("\n")[0] == sentence(1) + sentence(2)
    assert source.tables == [[HEAD, *wanted]]


def test_scan_has_no_text(tmp_path: Path) -> None:
    """A scanned PDF: no text."""
    with pytest.raises(NoText):
        read_bytes(tmp_path, "a.pdf", scan())


def test_scanned_pages_among_others_are_named(tmp_path: Path) -> None:
    """A mixed PDF is read, and says which pages have no text."""
    one, two = typeset(sentence(1)), typeset(sentence(2))
    source = read_bytes(tmp_path, "a.pdf", bound(one, scan(), two, scan()))
    assert (source.pages, source.silent) == (4, (2, 4))
    assert source.text.split("\n") == [sentence(1), sentence(2)]


def test_ofd_pages_are_read_as_pages(tmp_path: Path) -> None:
    """OFD: lines joined, page numbers gone, a sentence over two pages whole, an aligned table as
    rows."""
    one = [
        (28, 30, 5, "关于报送情况的通知"),
        (38, 60, 5, "市财政局、市水务局要于2026年6月30日前将重点任务进展"),
        (28, 70, 5, "情况和存在的问题以书面形式报送市政府办公室，并于每季度末报送一"),
        (100, 285, 4, "— 1 —"),
    ]
    two = [
        (28, 30, 5, "次。"),
        (28, 50, 5, "任务"), (98, 50, 5, "责任单位"), (148, 50, 5, "完成时限"),
        (28, 60, 5, "改造管网"), (98, 60, 5, "市水务局"), (148, 60, 5, "6月底前"),
        (28, 70, 5, "修复道路"), (98, 70, 5, "市城管局"), (148, 70, 5, "7月底前"),
        (100, 285, 4, "— 2 —"),
    ]  # fmt: skip
    source = read_bytes(tmp_path, "a.ofd", ofd([one, two]))
    assert source.left_out == (LeftOut("— 1 —", "number", (1, 2)),)
    assert source.text.split("\n")[:2] == [
        "关于报送情况的通知",
        "市财政局、市水务局要于2026年6月30日前将重点任务进展情况和存在的问题以书面形式报送市政府办公室，并于每季度末报送一次。",
    ]
    assert source.tables == [
        [
            ["任务", "责任单位", "完成时限"],
            ["改造管网", "市水务局", "6月底前"],
            ["修复道路", "市城管局", "7月底前"],
        ]
    ]
    assert source.pages == 2 and "—" not in source.text


def test_sample_ofd_is_one_sentence_with_its_limit() -> None:
    """sample.ofd: nine lines, the sentence over two of them joined."""
    source = read_bytes(SAMPLES, "sample.ofd", (SAMPLES / "sample.ofd").read_bytes())
    lines = source.text.split("\n")
    assert len(lines) == 8
    assert (
        lines[4] == "为掌握重点任务进展，请于2026年4月8日前将第一季度进展情况书面报送市政府办公室。"
    )
