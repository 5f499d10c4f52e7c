"""Clauses that name something to be made, held or put in place."""

import pytest

from luoshi.foundation.reading.gate.tasks import tasks_in


@pytest.mark.parametrize(
    ("text", "made", "vague"),
    [
        ("结合业务特点，制定差异化资源申请与交付流程，提升管理水平。", 1, 1),
        ("加大检查力度，组建安全监察队伍，设立激励机制。", 1, 2),
        ("修订《省级储备粮管理实施细则》。", 1, 0),
        ("筹集建设保障性住房1500套，改造老旧小区1.5万户。", 2, 0),
        ("进一步健全工作机制，不断提升服务能力。", 0, 2),
        ("同步建设监测预警平台（二期），举办产品推介会。", 2, 0),
        ("提高政治站位。", 0, 0),
        ("市图书馆全年接待读者83万人次，举办讲座46场。", 0, 0),
    ],
)
def test_the_checkable_clauses_of_a_sentence(text: str, made: int, vague: int) -> None:
    """B1, 4: a product at the end of a clause, a titled paper, a count; not what only exhorts."""
    found, others = tasks_in(text)
    assert (len(found), others) == (made, vague)
