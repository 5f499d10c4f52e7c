"""Which sections plan and which look back, by their headings."""

import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.structure import mode_at, sections

OPENING = "关于开展年度测评工作的通知\n各科室：\n现将有关事项通知如下。\n"
TASK = "各科室于12月5日前完成民主测评。"


@pytest.mark.parametrize(
    ("heading", "mode"),
    [
        ("（二）个人总结和民主测评阶段（12月1日至12月12日）", "plan"),
        ("（三）总结提升阶段", "plan"),
        ("（二）上半年工作总结", "past"),
        ("一、第一阶段工作情况", "past"),
    ],
)
def test_the_summing_up_is_a_stage_to_come_or_a_look_back(heading: str, mode: str) -> None:
    """B1: 总结 in the name of a stage plans; as the name of a report it looks back."""
    text = f"{OPENING}{heading}\n{TASK}\n"
    assert mode_at(sections(text), text.index(TASK)) == mode


def test_a_task_of_a_stage_of_summing_up_is_drafted() -> None:
    """B1: with its unit and its limit."""
    found = read(f"{OPENING}（二）个人总结和民主测评阶段（12月1日至12月12日）\n{TASK}\n").drafts
    drafted = [one for one in found if one.text == TASK]
    assert [unit.text for unit in drafted[0].responsible] == ["各科室"]
    assert drafted[0].rules[0]["due"] == {
        "anchor": "calendar",
        "year": None,
        "month": 12,
        "day": 5,
    }
