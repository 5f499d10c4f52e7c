"""What a refusal rests on is told in words that can be looked up (rules.md 2.8, courtesy)."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.sources import cited
from luoshi.foundation.core.web.refusal_pages import refusal_response


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ("R-SUP-7", "《政府督查工作条例》（国务院令第733号）", "State Council Order 733"),
        ("R-CUT-6", "《整治形式主义为基层减负若干规定》", "Curbing Formalism"),
        ("TR-25", "规则 TR-25", "Rule TR-25"),
        ("R-PRO-5", "", ""),
        ("S3-51, S3-52", "", ""),
        ("S3-51, TR-01", "规则 TR-01", "Rule TR-01"),
        ("GB/T 22239 5.1", "GB/T 22239 5.1", "GB/T 22239 5.1"),
        ("《市督查工作办法》第六条", "《市督查工作办法》第六条", "《市督查工作办法》第六条"),
        ("", "", ""),
    ],
)
def test_a_code_is_shown_as_what_stands_behind_it(source: str, zh: str, en: str) -> None:
    """A regulation, a rule of the catalogue, an office's own words; custom alone is left out."""
    with override("zh-hans"):
        assert (zh == "" and cited(source) == "") or zh in cited(source)
    with override("en"):
        assert (en == "" and cited(source) == "") or en in cited(source)


def test_the_page_of_a_refusal_shows_no_code(rf: RequestFactory) -> None:
    """The code stays in the machine's answer, the page names the regulation."""
    refusal = Refused("未开始。", "未列入年度计划。", source="R-CUT-6")
    with override("zh-hans"):
        page = refusal_response(rf.get("/"), refusal).content.decode()
        answer = refusal_response(rf.get("/api/v1/x"), refusal).content.decode()
    assert "《整治形式主义为基层减负若干规定》" in page
    assert "R-CUT-6" not in page
    assert "R-CUT-6" in answer
