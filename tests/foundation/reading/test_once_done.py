"""What a drafted sentence waits for without a length; documents that name no year; openings."""

from typing import Any

import pytest

from luoshi.foundation.reading.drafting import from_row, read
from luoshi.foundation.reading.structure.sections import opens
from luoshi.foundation.reading.structure.tables import Row
from luoshi.foundation.reading.times.events.once_done import once_done
from luoshi.foundation.reading.times.grammar import find_times


def rules(text: str) -> list[dict[str, Any]]:
    """The rules of a sentence that was drafted."""
    return [one.rule for one in once_done(text, find_times(text))]


def after(anchor: str) -> dict[str, Any]:
    """An event without a length."""
    return {"type": "once", "due": {"anchor": anchor, "dir": "after"}}


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("新库房启用后，档案室重新编排柜号。", "event"),
        ("市数据局在议定试点名单后，向入选乡镇发出通知书。", "completion"),
        ("结案后，承办科将卷宗移送档案室。", "completion"),
        ("各支部自查后，填写登记表交机关党委。", "completion"),
    ],
)
def test_what_a_duty_waits_for(text: str, anchor: str) -> None:
    """B1: a trigger without a length is anchor and direction; one's own act is its end."""
    assert rules(text) == [after(anchor)]


@pytest.mark.parametrize(
    "text",
    [
        "经局长办公会审定后，由办公室印发。",  # how a paper goes
        "方案修改完善后，以市政府名义印发。",
        "验收合格后，方可投入使用。",  # what is allowed then
        "整改完成后，5月底前报县督查室。",  # a date bounds what follows
        "事故发生后，现场人员应当立即报告。",  # the word says more
        "新库房启用后，各科室已经搬完了档案。",  # it happened
    ],
)
def test_what_starts_nothing(text: str) -> None:
    """B1: paths of papers, permissions, what a date or a word bounds, and what is over."""
    assert after("event") not in rules(text) and after("completion") not in rules(text)


def test_in_time_after_ones_own_act_is_its_end() -> None:
    """Reading README: 及时 is not written where the trigger is said."""
    assert rules("承办科办结后，应及时向信访人回话。") == [after("completion")]


def test_it_says_when_and_not_whether() -> None:
    """The gate does not see it: the draft has the rule all the same."""
    said = read("关于做好档案工作的通知\n新库房启用后，档案室应当重新编排柜号并报市档案馆备案。\n")
    assert [rule for draft in said.drafts for rule in draft.rules] == [after("event")]


def test_next_year_in_a_document_that_names_none() -> None:
    """次年1月底前 comes every year where no year is said, and once where one is."""
    duty = "各科室次年1月底前将上年度卷宗移交档案室。"
    yearly = {"type": "recurring", "every": "year", "at": {"month": 1, "day": "end"}}
    [bare] = read(f"档案整理须知\n{duty}\n").drafts
    assert list(bare.rules) == [yearly]
    [dated] = read(f"2026年档案整理安排\n{duty}\n").drafts
    assert dated.rules[0]["due"]["year"] == "+1"


def test_how_a_report_opens_tells() -> None:
    """1月29日上午，市委召开…大会 is what happened; a limit at the head of a plan is not."""
    assert opens("1月29日上午，市委召开全市领导干部大会。", 0)
    assert not opens("1月29日上午，市委召开全市领导干部大会。", 5)
    assert not opens("1月29日前，各单位将名单报市委办公室。", 0)
    assert opens("同志们：今天，县委召开全县动员大会，主要任务是安排部署秋收工作。", 0)


def test_units_of_a_cell_that_only_space_parts() -> None:
    """安监站 派出所: two units."""
    line = "检查渡口 | 4月底前 | 安监站 派出所 |"
    row = Row(line=line, task="检查渡口", lead="安监站 派出所", helping="", time="4月底前")
    assert [unit.text for unit in from_row(row, 0, "issue").units] == ["安监站", "派出所"]
