"""Which sections plan and which look back, by their headings."""

import json
from collections import Counter
from pathlib import Path

import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.structure.sections import mode_at, sections

DATA = Path(__file__).parents[2] / "data" / "reading"
SKELETONS = json.loads((DATA / "skeletons.json").read_text(encoding="utf-8"))["docs"]
OPENING = "关于开展年度测评工作的通知\n各科室：\n现将有关事项通知如下。\n"
TASK = "各科室于12月5日前完成民主测评。"


@pytest.mark.parametrize(
    ("heading", "mode"),
    [
        ("（二）个人总结和民主测评阶段（12月1日至12月12日）", "plan"),
        ("（三）总结提升阶段", "plan"),
        ("（二）上半年工作总结", "past"),
        ("一、往回看，家底要数得清", "past"),
        ("一、半年工作可圈可点", "past"),
        ("二、往前看，活路要排得开", "plan"),
        ("一、第一阶段工作情况", "past"),
    ],
)
def test_the_summing_up_is_a_stage_to_come_or_a_look_back(heading: str, mode: str) -> None:
    """B1: 总结 in the name of a stage plans; as the name of a report it looks back."""
    text = f"{OPENING}{heading}\n{TASK}\n"
    assert mode_at(sections(text), text.index(TASK)) == mode


@pytest.mark.parametrize("hoped", ["有新成效", "有新气象", "成效更显著", "见成果、有起色"])
def test_what_a_plan_hopes_for_is_not_past(hoped: str) -> None:
    """B1: 在改善民生上有新成效 looks back under 工作回顾 and plans under 工作安排."""
    heading = f"三、强化监督，在促进民生改善上{hoped}"
    parts = [f"2025年工作回顾\n{heading}\n{TASK}", f"2026年工作安排\n{heading}\n{TASK}"]
    text = "向大会作的工作报告\n各位委员：\n" + "\n".join(parts)
    found = sections(text)
    assert mode_at(found, text.index(TASK)) == "past"
    assert mode_at(found, text.rindex(TASK)) == "plan"


def test_of_years_in_headings_the_earlier_looks_back_unless_it_plans() -> None:
    """B1: 2025年主要工作 beside 2026年工作安排 tells; two years of a plan both plan."""
    report = f"一、2025年主要工作\n{TASK}\n二、2026年工作安排\n{TASK}"
    assert mode_at(sections(report), report.index(TASK)) == "past"
    assert mode_at(sections(report), report.rindex(TASK)) == "plan"
    plan = f"（一）2026年重点\n{TASK}\n（二）2027年重点\n{TASK}"
    assert mode_at(sections(plan), plan.index(TASK)) == "plan"


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


REVIEW = "一、坚持动真碰硬\n制定督办通报制度，举办业务讲堂十八讲。\n"
PLAN = "二、下半年的任务\n各科室要制定督办清单。\n"


@pytest.mark.parametrize(
    ("closing", "mode"),
    [
        ("以上成绩的取得，得益于大家的支持。", "past"),
        ("这些成绩，凝结着大家的心血。", "past"),
        ("在此，我代表办公室党组，向大家表示衷心的感谢！", "past"),
        ("这些成绩要巩固下去。", "talk"),
    ],
)
def test_what_stands_before_the_thanks_of_a_speech_looked_back(closing: str, mode: str) -> None:
    """B1: whatever its headings say; the tasks after it are tasks, and thanks at a speech's end
    close nothing."""
    text = f"在年中会议上的讲话\n同志们：\n{REVIEW}{closing}\n{PLAN}{PLAN}"
    found = sections(text)
    assert mode_at(found, text.index("制定督办通报")) == mode
    assert mode_at(found, text.index("各科室要")) == "plan"


def test_thanks_at_the_end_close_no_review() -> None:
    """B1: nothing before them is taken for told."""
    text = f"在年中会议上的讲话\n同志们：\n{REVIEW}{PLAN}最后，向大家表示衷心的感谢！\n"
    assert mode_at(sections(text), text.index("制定督办通报")) == "talk"


@pytest.mark.parametrize(
    ("text", "words", "mode"),
    [
        (
            "市政府会议纪要\n第3期\n一、研究供热保障\n市住建局6月底前拿出方案。\n",
            "市住建局",
            "direct",
        ),
        ("情况专报\n第3期\n总体看，进展较快。\n", "总体看", "past"),
        (
            "在大会上的讲话\n第一，关于怎么看过去\n去年收成好。\n第二，关于今年怎么干\n各乡要快种。\n",
            "各乡要",
            "talk",
        ),
        ("河道督查情况汇报\n漂浮物减少。\n下一步工作建议：\n一、请县局清淤。\n", "请县局", "plan"),
        (
            "工作总结\n建成三个点。下一步，县局将修订办法，年底前印发。\n去年收成好。\n",
            "下一步",
            "plan",
        ),
        ("工作总结\n建成三个点。下一步，县局将修订办法。\n去年收成好。\n", "去年收成", "past"),
        (
            "在大会上的讲话\n到任以来，我走了不少村。市直各部门要列出清单，本月内公开。\n",
            "市直各部门",
            "talk",
        ),
        ("三、成绩录入\n各教师两天内录完。\n", "各教师", "direct"),
        ("四、总结表彰\n评出十佳。\n", "评出", "plan"),
    ],
)
def test_where_a_look_back_ends(text: str, words: str, mode: str) -> None:
    """B1: the number of minutes, a heading of a speech, what is asked below, a plan inside a review
    and the marks of pupils are no look back."""
    assert mode_at(sections(text), text.index(words)) == mode


NUMBERS = (
    "1.|1．|1、|1 |1.1 |1.1、|1．1、|1．1 |1.1.1 |"
    "1．1．1 |1.1|1．1|（1）|(1)|1）|1)|①|⑴|⒈|❶|a)|"
    "A.|（a）|一、|一．|（一）|(一)|㈠|第一，|第一、|第一条 |第一条　|"
    "第1条 |一是|第一是|一则|首先，|其一，|——|●|■|※|Ⅰ.|甲、|"
    "任务一：|（一）1.|四、1．|（1）①|【1】|[1]|〔1〕|1-1 |"
    "１．１　|（１）"
).split("|")


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_hides_who_acts(number: str) -> None:
    """B1: whatever numbers an item, at the head of a line and after a sentence, its subject is
    found; a month or a quantity after a number stays what it is."""
    for before in ("", "总体要求。"):
        for task, who in (
            ("市财政局要在6月底前完成整改。", "市财政局"),
            ("各单位每月5日前报送进展。", "各单位"),
        ):
            text = f"关于整改的通知\n现通知如下。\n{before}{number}{task}\n"
            drafts = [one for one in read(text).drafts if task[:4] in one.text]
            assert [unit.text for one in drafts for unit in one.units] == [who], text


def test_the_items_of_a_list_count_from_what_its_first_line_names() -> None:
    """B1: 审核期限自受理之日起计算： holds for the items under it and for nothing after them."""
    text = (
        "工程结算审核管理办法\n第十一条 审核期限自受理之日起计算：\n"
        "（一）五百万元以下的，20个工作日内完成；\n（二）五百万元以上的，45个工作日内完成。\n"
        "第十二条 建设单位应当在15日内补齐资料。\n"
    )
    rules = [rule for one in read(text).drafts for rule in one.rules]
    assert [rule["due"]["anchor"] for rule in rules] == ["acceptance", "acceptance", "receipt"]


@pytest.mark.parametrize(
    "opening",
    [
        "一年来，在街道党工委领导下，我社区较好地完成了各项任务。",
        "半年来，我院党组坚持把宣传工作列入议事日程，与审判工作同部署。",
        "自责任制实施以来，我中心迅速部署，工作不断加强。",
        "2025年度，在上级领导下，我局大力推进法治建设，现将情况总结如下：",
    ],
)
def test_a_report_without_its_title_is_known_by_how_it_opens(opening: str) -> None:
    """B1, 1: what such a report tells in the words of a plan is not drafted; what it plans is."""
    told = (
        "\n6月底前顺利完成支部换届，共发展党员4名。\n每月10日组织一次义诊，先后服务居民320人次。\n"
        "党组中心组每月集中学习一次。\n举办道德讲堂4期，组织普法测试3次。\n"
        "居民普遍反映办事方便了。\n成绩的取得，离不开各方面的支持。\n"
    )
    drafted = [one for one in read(opening + told).drafts if one.band == "draft"]
    assert drafted == []
    plan = "下一步，各科室要在3月底前报送工作计划。\n"
    drafted = [one for one in read(opening + told + plan).drafts if one.band == "draft"]
    assert [one.rules[0]["due"]["month"] for one in drafted] == [3]


def test_a_notice_that_opens_by_looking_back_still_binds() -> None:
    """B1, 1: what follows the opening of a notice is not told."""
    text = (
        "今年以来，各地扎实推进排查，取得初步成效。现就有关事项通知如下：\n"
        "一、各乡镇要在6月底前完成复查，发现问题8件以上的要上报。\n"
        "二、县应急局应当每月5日前通报进展。\n三、各单位须于7月10日前报送总结。\n"
    )
    assert len([one for one in read(text).drafts if one.band == "draft"]) == 3


def test_parts_of_long_reports_and_speeches() -> None:
    """B1: thirty-two of them, headings and a few lines under each, labelled by people who did not
    know the program: no plan is taken for a review, and hardly a review for a plan."""
    read_as: Counter[tuple[str, str]] = Counter()
    for one in SKELETONS:
        lines = [line for line, _mode in one["lines"]]
        found, place = sections("\n".join(lines)), 0
        for line, mode in one["lines"]:
            read_as[mode, mode_at(found, place)] += 1
            place += len(line) + 1
    assert read_as["plan", "past"] == 0
    assert read_as["past", "plan"] <= 6
    told = sum(count for (mode, _as), count in read_as.items() if mode == "past")
    assert read_as["past", "past"] / told >= 0.92
