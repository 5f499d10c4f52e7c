"""Plans: parts that list tasks without a word that binds, and the items of their lists."""

import json
from pathlib import Path

import pytest

from luoshi.foundation.reading.drafting import is_title, read
from luoshi.foundation.reading.structure.lines import place_of, whole_item
from luoshi.foundation.reading.structure.planned import lists_tasks
from luoshi.foundation.reading.structure.sections import mode_at, sections
from luoshi.foundation.reading.times.document_date import plan_begins

DATA = Path(__file__).parents[2] / "data" / "reading"
UNTOLD = json.loads((DATA / "untold.json").read_text(encoding="utf-8"))["docs"]
TASKS = (
    "加强阵地建设，新建职工书屋12家。\n举办第三期工匠讲堂。\n为400名环卫女工做健康筛查。\n"
    "组织50名劳模疗休养。\n开展困难职工走访慰问。\n完善工会帮扶工作台账。\n"
)
MONTH = "中学德育工作安排\n三月：养成好习惯\n1、学雷锋活动。\n2、开展知识竞赛。\n3、教室评比。\n"


def test_a_list_of_tasks_plans_without_a_title() -> None:
    """B1, 1: the middle of a yearly plan shows in its sentences alone; what is told is none."""
    assert lists_tasks(TASKS)
    assert mode_at(sections(TASKS), 0) == "plan"
    told = TASKS.replace("新建", "已新建").replace("举办", "先后举办").replace("组织", "去年组织")
    assert not lists_tasks(told)
    asked = "".join(f"各科室应当于{month}月5日前报送{month}月台账。\n" for month in range(2, 9))
    assert mode_at(sections(asked), 0) == "direct"


def test_rules_that_stand_plan_nothing() -> None:
    """B1, 1: 第二章 程序 in rules says how, not what is planned."""
    rules = "".join(f"第{number}条 开展内部审计工作，加强资金管理。\n" for number in "一二三四五六")
    text = f"内部审计办法\n第一章 程序\n{rules}"
    assert {section.mode for section in sections(text)} == {"direct"}


@pytest.mark.parametrize("title", ["县总工会工作打算", "市妇联三月活动安排表", "2024年工作要点"])
def test_the_title_of_a_plan_holds_for_all_of_it(title: str) -> None:
    """B1, 1: what stands under 工作要点 plans before its first heading."""
    text = f"{title}\n举办女性素养讲堂。\n"
    assert mode_at(sections(text), text.index("举办")) == "plan"


def test_an_item_is_no_heading() -> None:
    """B1, 1: a numbered line is a heading where something stands under it, else an item."""
    first, last = MONTH.index("1、"), MONTH.index("3、")
    assert whole_item(MONTH, first, MONTH.index("\n", first))
    assert whole_item(MONTH, last, MONTH.index("\n", last))
    under = MONTH.replace("3、教室", "（1）教室")
    second = under.index("2、")
    assert not whole_item(under, second, under.index("\n", second))
    run_in = MONTH.replace("2、开展知识竞赛。", "2、开展知识竞赛。各班报名。")
    assert not whole_item(run_in, run_in.index("2、"), run_in.index("各班报名"))
    assert place_of(MONTH, first, MONTH.index("\n", first), "plan") == "item"
    assert place_of(MONTH, first, MONTH.index("\n", first), "past") == "past"


def test_occasions_that_are_only_named_are_drafted_in_a_plan() -> None:
    """B1, 4: 2、开展知识竞赛。 is the task itself; the title and the month are none."""
    drafts = [draft for draft in read(MONTH).drafts if draft.band == "draft"]
    said = [draft.text for draft in drafts]
    assert "2、开展知识竞赛。" in said
    assert not {"中学德育工作安排", "三月：养成好习惯"} & set(said)
    assert any("计划中单列的一项" in zh for draft in drafts for zh, _en in draft.why)


def test_what_no_heading_tells_apart_is_told_apart_by_its_words() -> None:
    """B1, 4, and of 22 texts without headings that say so (letters, briefings, reports of one
    part): one line in twenty-five that tells is drafted, of those that plan a good third."""
    kept = {"past": [0, 0], "plan": [0, 0]}
    for one in UNTOLD:
        text, place = "\n".join(line for line, _mode in one["lines"]), 0
        drafts = [draft for draft in read(text).drafts if draft.band == "draft"]
        for line, mode in one["lines"]:
            hit = any(d.start < place + len(line) and place < d.end for d in drafts)
            if mode in kept:
                kept[mode][0] += hit
                kept[mode][1] += 1
            place += len(line) + 1
    assert kept["past"][0] / kept["past"][1] <= 0.04
    assert kept["plan"][0] / kept["plan"][1] >= 0.4


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("政教处工作安排（初级中学德育按月计划）", True),
        ("会务工作由办公室负责安排", False),
        ("制定老旧小区改造方案（县住建局牵头）", False),
    ],
)
def test_the_name_of_a_plan_is_no_task_and_a_task_is_no_name(line: str, title: bool) -> None:
    """B1, 1: what ends like the name of a document may be something to be done."""
    text = f"{line}\n1、开展排查。\n"
    assert is_title(text, 0, len(line)) is title


YEARS = {
    "2026年工作要点": 2026,
    "市应急局2026年重点任务": 2026,
    "2026年度普法工作计划": 2026,
    "2025—2027年行动计划": None,
    "2025年工作总结及明年工作计划": None,
    "2025年度决算编制工作安排": None,
    "2025年度民主生活会工作安排": None,
    "2030年前碳达峰行动计划": None,
    "2095年工作要点": None,
    "关于报送2026年总结的通知": None,
    "工作要点": None,
}


@pytest.mark.parametrize("title", YEARS)
def test_the_year_a_plan_is_for_is_what_its_title_says(title: str) -> None:
    """B1, 2: of several years, of the accounts of a past one, and where nothing plans: none."""
    begins = plan_begins(title)
    assert (begins and begins.year) == YEARS[title]
