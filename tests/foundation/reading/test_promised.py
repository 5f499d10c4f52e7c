"""Lists of what was promised to the public: every item is a task."""

import pytest

from luoshi.foundation.reading.drafting import read

ITEMS = (
    "一是全面推行城乡居民大病保险；",
    "二是完成县中医院建设并投入使用；",
    "三是办好村晚；",
    "四是在县城新建两所公办小学。",
)
HEAD = "在县人民代表大会上的报告\n各位代表：\n"
AFTER = "全县上下要同心同德，不懈奋斗。"


def drafted(text: str) -> list[str]:
    """What is drafted of a text."""
    return [draft.text for draft in read(text).drafts if draft.band == "draft"]


@pytest.mark.parametrize(
    "lead",
    [
        "今年，我们将着力办好十件惠民实事：",
        "继续办好民生实事。今年重点实施以下民生工程：",
        "落实2026年省定民生实事项目：",
        "为了让老百姓过得更好，今年着力办好四件实事：",
    ],
)
def test_every_item_is_drafted_whether_or_not_it_says_by_when(lead: str) -> None:
    """B1: the items alone, with the reason in both languages; what follows the list is judged
    like any other sentence."""
    text = f"{HEAD}{lead}\n" + "\n".join((*ITEMS, AFTER))
    assert drafted(text) == list(ITEMS)
    first = next(draft for draft in read(text).drafts if draft.text == ITEMS[0])
    assert first.why[0] == ("列入实事清单", "in a list of what was promised")


def test_an_item_may_stand_in_the_line_that_opens_the_list() -> None:
    """B1: 办好实事：一是…；."""
    first = f"今年要办好十件实事：{ITEMS[0]}"
    assert drafted(f"{HEAD}{first}\n{ITEMS[1]}\n{AFTER}") == [first, ITEMS[1]]


def test_a_number_of_another_kind_ends_the_list() -> None:
    """B1: the heading of the next section is no item."""
    heading = "四、使命在肩，努力建设担当有为、廉洁高效的政府"
    text = f"{HEAD}今年要办好十件实事：\n" + "\n".join((*ITEMS, heading))
    assert drafted(text) == list(ITEMS)


@pytest.mark.parametrize(
    "lead",
    [
        "去年办成了十件实事：",
        "年初确定的民生实事完成情况：",
        "办好实事求是教育基地的经验有三条：",
    ],
)
def test_a_list_of_what_was_done_or_of_something_else_promises_nothing(lead: str) -> None:
    """B1: the items of such a list are judged like any other sentence."""
    assert ITEMS[2] not in drafted(f"{HEAD}{lead}\n" + "\n".join(ITEMS))


def test_in_a_review_nothing_is_promised() -> None:
    """B1: the same words under 工作回顾 tell."""
    lead = "2025年着力办好十件惠民实事："
    text = f"{HEAD}一、2025年工作回顾\n{lead}\n" + "\n".join(ITEMS)
    assert drafted(text) == []
