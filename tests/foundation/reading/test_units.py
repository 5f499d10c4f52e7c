"""Who is to act and who is told, by the grammar alone: a table of sentences of the genre."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from luoshi.foundation.reading.times import find_times
from luoshi.foundation.reading.units import mentions

DATA = Path(__file__).parents[2] / "data" / "reading" / "names.json"
CASES = json.loads(DATA.read_text(encoding="utf-8"))["cases"]
AND = re.compile(r"[、和]")


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_names_and_their_roles(case: dict[str, Any]) -> None:
    """B1: kinds of units of office life, units known by what is said of them, departments by
    their field, who is urged, who only signs, who is told, and what is no unit."""
    text = case["text"]
    spans = [(time.start, time.end) for time in find_times(text)]
    found = mentions(text, None, spans)
    for role, key in (("lead", "lead"), ("cooperating", "cooperating"), ("report_to", "told")):
        names = [n for one in found if one.role == role for n in split(one.text)]
        assert names == case[key], role
    assert all(text[one.start : one.end] == one.text for one in found)


def split(name: str) -> list[str]:
    """The names of a joint mention; what stands in brackets stays together."""
    kept = re.sub(r"（[^）]*）", lambda m: m.group().replace("、", "/"), name)
    return [part.replace("/", "、") for part in AND.split(kept)]


KINDS = (
    "街道党工委 供电所 中心卫生院 交投集团 农商行 工作专班 防汛抗旱指挥部 "
    "领导小组办公室 河长办 营商办 大数据局 消防救援支队 计财股 督查科 业务一科 "
    "机关党委 离退休党支部 计生协 关工委 巡察办 政研室 县融媒体中心 县人大财经委 "
    "派驻纪检监察组 律师协会 业委会 监理单位 牵头单位 属地乡镇 行业主管部门 "
    "各县（市、区） 各镇（街） 各村（社区） 各二级单位 各支行 各车间 各定点医院 "
    "宣传报道组 第三巡察组 驻村工作队 第一书记 村“两委” 网格员 楼栋长 常务副市长 "
    "项目负责人 招标代理机构 市政公司 民兵营 灌区管理处 国有林场 青少年宫 救助站 "
    "仲裁委 公积金中心 评审中心 公路段 畜牧站 综治中心 综合执法队 "
).split()
FRAMES = (
    "{}要在6月底前完成整改。",
    "由{}牵头，6月底前拿出方案。",
    "6月底前，{}组织开展一次排查。",
    "{}每月5日前报送进展情况。",
    "请{}立即核实。",
)


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_units_in_every_place_of_a_sentence(name: str) -> None:
    """B1: the same name at the head of a clause, after 由 and 请, and after a limit."""
    for frame in FRAMES:
        text = frame.format(name)
        spans = [(time.start, time.end) for time in find_times(text)]
        assert [one.text for one in mentions(text, None, spans)] == [name], text
