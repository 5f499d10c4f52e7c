"""Words by what they say about a duty."""

import json
import re
from collections import Counter

import pytest

from luoshi.foundation.reading.gate.judging import Verdict, judge
from luoshi.foundation.reading.gate.weights import Weights, shipped
from luoshi.foundation.reading.gate.wording import LIST, kinds_in, words_in
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions


def test_list_holds_every_word_once() -> None:
    """B1, 4: a word has one kind; none is so short that it stands inside every other."""
    kinds = json.loads(LIST.read_text(encoding="utf-8"))
    counts = Counter(word for words in kinds.values() for word in words.split())
    assert [word for word, count in counts.items() if count > 1] == []
    assert [word for word in counts if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word)] == []
    assert min(len(words.split()) for words in kinds.values()) > 100


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        ("排定督促检查时间表", ["settles", "handles", "paper"]),
        ("大力弘扬优良作风", ["slogan", "quality"]),
        ("将原件移送档案室", ["paper", "delivers", "body"]),
        ("取得显著成效", ["happens", "quality", "quality"]),
        ("２０２６ａｂ，", []),
        ("", []),
        ("好", []),
    ],
)
def test_words_of_a_clause_in_order(clause: str, kinds: list[str]) -> None:
    """B1, 4: the longest word wins, from left to right; what is not listed is passed over."""
    assert [kind for _word, kind in words_in(clause)] == kinds


def test_sentence_shows_what_its_clauses_begin_and_end_with() -> None:
    """B1, 4: each kind once, with the word that shows it."""
    shown = kinds_in("要大力弘扬优良作风，排定时间表，排定路线图。")
    assert shown["ends:paper"] == "时间表"
    assert shown["begins:slogan"] == "大力"
    assert shown["word:settles"] == "排定"
    assert "begins:settles" in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "督查科要排定督促检查时间表，逐项销号。",
        "会议材料由会务组收集整理，会后移交档案室归档。",
    ],
)
def test_kinds_of_words_make_a_duty_without_a_limit_likelier(sentence: str) -> None:
    """B1, 4: the same weights without what was learned of the kinds see less in it."""
    times = find_times(sentence, "receipt")
    who = mentions(sentence, None, [(one.start, one.end) for one in times])
    known = shipped()
    blind = {
        name: value
        for name, value in known.values.items()
        if not name.startswith(("word:", "begins:", "ends:"))
    }
    without = Weights(known.version, known.bias, blind)
    seen = judge(sentence, times, who, "direct", "receipt")
    unseen = judge(sentence, times, who, "direct", "receipt", without)
    assert seen.band == "draft"
    assert seen.score > unseen.score


def judged(sentence: str) -> Verdict:
    """The shipped verdict on a sentence of a paper that asks."""
    times = find_times(sentence, "receipt")
    who = mentions(sentence, None, [(one.start, one.end) for one in times])
    return judge(sentence, times, who, "direct", "receipt")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("第三条　违反本办法规定的，由水务主管部门责令改正，处一万元以下罚款。", ""),
        ("从事餐厨垃圾收运的企业，应当取得市城管部门核发的经营许可证。", "准入条件"),
        ("县教育局《关于举办全县中学生运动会的请示》收悉。", ""),
        ("（二）有与经营规模相适应的专用车辆和停放场地；", ""),
        ("第二条　督查科是全县督查工作的归口科室。", ""),
        ("Ⅱ级响应启动后的全部开支列入年度预算。", ""),
        ("供应商对采购结果有异议的，可以提出质疑。", ""),
    ],
)
def test_penalties_permits_and_conditions_of_rules_bind_nobody(sentence: str, reason: str) -> None:
    """B1, 4: what rules say beside their duties; 供应, 响应 are no 应."""
    verdict = judged(sentence)
    assert verdict.band != "draft"
    assert any(zh.startswith(reason) for zh, _en in verdict.why) or not reason
    assert not any(zh == "约束词：应" for zh, _en in verdict.why)
