"""The plain spelling of a text and the way back to the stored one."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.reading.structure.plain import WIDE, plain

ZEROS = str.maketrans("○ΟОO◯0〇０", "0" * 8)
WRAPPED = (
    "市发展改革委要会同市财政局、市水务局于六月三十日前制\n"
    "定实施方案并报市政府办公室备案，各县区按季度报送进展\n"
    "情况，遇有重大问题随时报告，不得迟报漏报瞒报各类情况\n"
    "请遵照执行。\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２６年１２月３１日前", "2026年12月31日前"),
        ("二○二六年六月", "二〇二六年六月"),
        ("二Ο二О年一O月", "二〇二〇年一〇月"),
        ("2O26年", "2026年"),
        ("于 2026 年 6 月 30 日前", "于2026年6月30日前"),
        ("每日巡查。6 月 30 日前报送。", "每日巡查。6月30日前报送。"),
        ("每日巡查。4.2 总务科每月检查。", "每日巡查。4.2 总务科每月检查。"),
        (
            "5．1 事发单位1小时内报告。5．2 区水务局核实。",
            "5.1 事发单位1小时内报告。5.2 区水务局核实。",
        ),
        ("1．1．1　指挥部", "1.1.1　指挥部"),
        ("4．7月赴外地考察", "4．7月赴外地考察"),
        ("3．2026年底前建成", "3．2026年底前建成"),
        ("⑴市财政局 ⒉市水利局 ㈢市教育局", "①市财政局 ②市水利局 ③市教育局"),
        ("每日巡查。2-1 总务科每月检查。", "每日巡查。2-1 总务科每月检查。"),
        ("完 成 时 限", "完成时限"),
        ("通　知", "通知"),
        ("请各单位，按时 报送。", "请各单位，按时报送。"),
        ("市财政局　　市水利局", "市财政局　　市水利局"),
        ("张三 李四", "张三 李四"),
        ("1 总体要求", "1 总体要求"),
        ("一 总体要求", "一 总体要求"),
        ("市水利局牵头，\n市财政局配合。", "市水利局牵头，市财政局配合。"),
        ("市水利局牵头，\n一、明确任务", "市水利局牵头，\n一、明确任务"),
        ("标题\n正文在此", "标题\n正文在此"),
        ("序号\t任务，\n1\t完成改造", "序号\t任务，\n1\t完成改造"),
        (WRAPPED, "".join(WRAPPED.split("\n")) + "\n"),
    ],
)
def test_spelling(text: str, expected: str) -> None:
    """Digits, zeros, blanks inside words, breaks inside sentences; nothing else."""
    assert plain(text).text == expected


TEXTS = st.text(alphabet="二○Ο〇０１2三年月日前市局，。、 　\n\t（）张一完成O0", max_size=200)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_map_is_monotone_and_leads_back(text: str) -> None:
    """Places grow, end at the stored length, and lead to the character each was made from; only
    blanks and line breaks are dropped."""
    made = plain(text)
    places = list(made.positions)
    assert len(places) == len(made.text) + 1 and places[-1] == len(text)
    assert all(one < two for one, two in pairwise(places))
    before = text.translate(WIDE).translate(ZEROS)
    assert made.text.translate(ZEROS) == "".join(before[place] for place in places[:-1])
    dropped = set(range(len(text))) - set(places)
    assert all(text[place].isspace() for place in dropped)


@given(TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_spans_lead_back(text: str, data: st.DataObject) -> None:
    """A stretch of the plain text is made from the stretch of the stored text it names."""
    made = plain(text)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    first, last = made.span(start, end)
    assert 0 <= first <= last <= len(text)
    again = "".join(text[first:last].translate(WIDE).translate(ZEROS).split())
    assert again == "".join(made.text[start:end].translate(ZEROS).split())


def test_long_texts_are_fast() -> None:
    """At least 2 MB in a second (measured 4 to 9 on two shared cores), so half of that here."""
    text = "各县（市、区）要于 2026 年 6 月 30 日前报送情况，遇有重大问题随时报告。\n" * 20_000
    began = process_time()
    made = plain(text)
    assert len(made.text) < len(text)
    assert len(text.encode()) / (process_time() - began) > 1_000_000
