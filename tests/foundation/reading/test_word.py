"""Reading DOCX in document order, and old Word files."""

import stat
from pathlib import Path

import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.sources import CannotRead, LeftOut, NoText
from luoshi.foundation.reading.sources.word.numbering import FORMATS
from tests.foundation.reading.papers import p, read_bytes, word


def level(place: int, form: str, words: str, start: int = 1) -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


NUMBERING = (
    '<w:numbering><w:abstractNum w:abstractNumId="1">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3．")
    + level(3, "bullet", "·")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


def item(text: str, place: int = 0, number: int = 5) -> str:
    """A paragraph of a list."""
    numbered = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, numbered)


def cell(text: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_tables_stand_at_their_place(tmp_path: Path) -> None:
    """Words before, table, words between, table, words after; drafts span their row's line."""
    head = "".join(map(cell, ("任务", "责任单位", "完成时限")))
    one = table(head, "".join(map(cell, ("改造管网", "市水务局", "6月底前"))))
    two = table(head, "".join(map(cell, ("修复道路", "市城管局", "7月底前"))))
    raw = word([p("前言。"), one, p("市财政局要于8月底前报送情况。"), two, p("附则。")])
    source = read_bytes(tmp_path, "a.docx", raw)
    assert source.text.split("\n") == [
        "前言。",
        "任务\t责任单位\t完成时限",
        "改造管网\t市水务局\t6月底前",
        "市财政局要于8月底前报送情况。",
        "任务\t责任单位\t完成时限",
        "修复道路\t市城管局\t7月底前",
        "附则。",
    ]
    drafts = sorted(read(source.text, tables=source.tables).drafts, key=lambda one: one.start)
    assert [source.text[one.start : one.end] for one in drafts] == [
        "改造管网\t市水务局\t6月底前",
        "市财政局要于8月底前报送情况。",
        "修复道路\t市城管局\t7月底前",
    ]


def test_merged_cells_repeat(tmp_path: Path) -> None:
    """Merged across and down, as in PDF."""
    down = '<w:vMerge w:val="restart"/>'
    raw = word(
        [
            table(
                cell("类别") + cell("任务") + cell("时限"),
                cell("一、产业", '<w:gridSpan w:val="3"/>'),
                cell("工业", down) + cell("甲") + cell("6月"),
                cell("", "<w:vMerge/>") + cell("乙") + cell("7月"),
            )
        ]
    )
    source = read_bytes(tmp_path, "a.docx", raw)
    assert source.tables == [
        [["类别", "任务", "时限"], ["一、产业"] * 3, ["工业", "甲", "6月"], ["工业", "乙", "7月"]]
    ]
    assert source.text.split("\n")[1] == "一、产业"


def test_computed_numbers_are_written_out(tmp_path: Path) -> None:
    """一、（一）1．as Word prints them; lower levels begin anew, a list of its own too; bullets
    have no number."""
    blocks = [
        item("总体要求"),
        item("基本原则", 1),
        item("主要目标", 1),
        item("指标甲", 2),
        item("要点", 3),
        item("指标乙", 2),
        item("重点任务"),
        item("管网改造", 1),
        p("不编号的一段。"),
        item("保障措施"),
        item("另一份清单", 0, 6),
    ]
    source = read_bytes(tmp_path, "a.docx", word(blocks, numbering=NUMBERING))
    assert source.text.split("\n") == [
        "一、总体要求",
        "（一）基本原则",
        "（二）主要目标",
        "1．指标甲",
        "要点",
        "2．指标乙",
        "二、重点任务",
        "（一）管网改造",
        "不编号的一段。",
        "三、保障措施",
        "一、另一份清单",
    ]


@pytest.mark.parametrize(
    ("form", "number", "words"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 105, "一百零五"),
        ("chineseLegalSimplified", 3, "叁"),
        ("decimalEnclosedCircle", 7, "⑦"),
        ("ideographTraditional", 2, "乙"),
        ("upperLetter", 27, "AA"),
        ("lowerRoman", 14, "xiv"),
        ("decimalZero", 4, "04"),
    ],
)
def test_formats_of_numbers(form: str, number: int, words: str) -> None:
    """The formats Chinese documents use."""
    assert FORMATS[form](number) == words


def test_deletions_are_left_out_and_insertions_read(tmp_path: Path) -> None:
    """Tracked changes: what is deleted is no sentence, a deleted paragraph end joins the two."""
    changed = (
        "<w:p><w:r><w:t>市财政局要于</w:t></w:r>"
        '<w:del w:id="1" w:author="x"><w:r><w:delText>5月</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>6月</w:t></w:r></w:ins>'
        "<w:r><w:t>底前报送。</w:t></w:r></w:p>"
    )
    glued = (
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="x"/></w:rPr></w:pPr>'
        "<w:r><w:t>前半句，</w:t></w:r></w:p>"
    )
    gone = '<w:p><w:moveFrom w:id="4" w:author="x"><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>'
    source = read_bytes(tmp_path, "a.docx", word([changed, glued, p("后半句。"), gone]))
    assert source.text.strip().split("\n") == ["市财政局要于6月底前报送。", "前半句，后半句。"]


def test_notes_stand_at_the_end_and_text_boxes_after_their_paragraph(tmp_path: Path) -> None:
    """Footnotes and endnotes are out of the sentence; a text box is read once."""
    box = "<w:txbxContent>" + p("文本框里的一句。") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    holder = (
        f"<w:p {mc}><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>继续。</w:t></w:r></w:p>"
    )
    notes = (
        '<w:footnotes><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("数据由市统计局提供。")}</w:footnote></w:footnotes>'
    )
    source = read_bytes(tmp_path, "a.docx", word([holder, p("末段。")], footnotes=notes))
    assert source.text.split("\n") == [
        "正文继续。",
        "文本框里的一句。",
        "末段。",
        "数据由市统计局提供。",
    ]


def test_contents_and_content_controls(tmp_path: Path) -> None:
    """A table of contents is left out and told; what stands in a content control is read."""
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
        "</w:styles>"
    )
    blocks = [
        p("总体要求 3", '<w:pStyle w:val="C1"/>'),
        f"<w:sdt><w:sdtContent>{p('控件里的一段。')}</w:sdtContent></w:sdt>",
    ]
    source = read_bytes(tmp_path, "a.docx", word(blocks, styles=styles))
    assert source.text == "控件里的一段。"
    assert source.left_out == (LeftOut("总体要求 3", "contents"),)


def test_docx_of_pictures_only_has_no_text(tmp_path: Path) -> None:
    """Nothing to read."""
    with pytest.raises(NoText):
        read_bytes(tmp_path, "a.docx", word([p("")]))


def test_old_word_needs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without antiword or catdoc a .doc is not read; with one, one paragraph a line."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(CannotRead):
        read_bytes(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0")
    program = programs / "catdoc"
    program.write_text('#!/bin/sh\n[ "$1 $2 $3" = "-d utf-8 -w" ] && echo "市财政局要报送。"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    source = read_bytes(tmp_path, "a.wps", b"\xd0\xcf\x11\xe0")
    assert (source.text, source.kind) == ("市财政局要报送。", "doc")
