"""The words that bind and that act have spans in every draft the reading hands over."""

from itertools import pairwise
from pathlib import Path

import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.gate.acts import acts
from luoshi.foundation.reading.sources import read_text

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def words_of(name: str) -> list[list[str]]:
    """The act words of each full draft of a sample document."""
    source = read_text(SAMPLES / name)
    found = read(source.text, tables=source.tables)
    drafts = [draft for draft in found.drafts if draft.band == "draft"]
    return [[found.text[low:high] for low, high in draft.acts] for draft in drafts]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("instruction.txt", [["请", "报告"], ["要"], ["要", "牵头", "完成"], ["应当", "报告"]]),
        ("minutes.pdf", [["完成"], ["印发"], ["完成", "报"], ["召开", "完成"]]),
        (
            "notice.docx",
            [["牵头", "要", "制定", "负责", "报"], ["应当", "印发", "将", "报", "备案"]],
        ),
        ("speech.txt", [["要", "报告", "报"], ["牵头", "报告", "要", "报"], ["要"]]),
    ],
)
def test_acts_of_the_sample_documents(name: str, first: list[list[str]]) -> None:
    """ui.md 5.4: the act is one of the four kinds of marks; its words as the text has them."""
    assert words_of(name)[: len(first)] == first


@pytest.mark.parametrize("name", ["instruction.txt", "minutes.pdf", "notice.docx", "points.docx"])
def test_acts_lie_inside_their_draft_in_order(name: str) -> None:
    """Spans count characters of the decoded text, also of table rows, and never overlap."""
    source = read_text(SAMPLES / name)
    drafts = read(source.text, tables=source.tables).drafts
    assert any(draft.acts for draft in drafts)
    for draft in drafts:
        assert all(draft.start <= low < high <= draft.end for low, high in draft.acts)
        assert all(first[1] <= then[0] for first, then in pairwise(draft.acts))
        raw = [(span["start"], span["end"]) for span in draft.to_json()["act_spans"]]
        assert raw == list(draft.acts)


def test_acts_stand_where_the_text_writes_them_with_blanks() -> None:
    """The stored spelling counts: blanks inside a word belong to its span."""
    text = "市水利局应 当于6月底前报 送整改情况。\n"
    (draft,) = read(text).drafts
    assert [text[low:high] for low, high in draft.acts] == ["应 当", "报 送"]


def test_act_of_a_named_unit_is_the_last_word_alone() -> None:
    """由市水务局牵头: the unit has its own mark."""
    assert acts("由市水务局牵头，6月底前完成。") == [(5, 7), (12, 14)]


def test_words_that_only_hold_a_binding_character_are_no_acts() -> None:
    """纪要, 概要, 响应 and 供应 ask for nothing."""
    assert acts("会议纪要、概要由秘书科在响应终止后3日内报县商务局和供应科。") == [(20, 21)]
