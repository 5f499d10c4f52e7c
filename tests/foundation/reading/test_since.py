"""What a length counts from, a second time: what the model learned, what stays as it was read."""

import json
from pathlib import Path
from typing import Any

import pytest

from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.labelled import counted_in
from luoshi.foundation.reading.second.since.choosing import counted
from luoshi.foundation.reading.second.since.learning import Counted, learn
from luoshi.foundation.reading.second.since.model import ANCHORS, Anchors, BadAnchors, shipped
from luoshi.foundation.reading.second.since.signs import signs
from luoshi.foundation.reading.times import find_times

DATA = Path(__file__).parents[2] / "data" / "reading"


def every() -> list[Counted]:
    """The lengths of the whole project, in the order in which the shipped model learned them."""
    names = ["dev_rewritten.json", *sorted(f"own/{p.name}" for p in (DATA / "own").glob("*.json"))]
    files = [json.loads((DATA / name).read_text(encoding="utf-8")) for name in names]
    return [one for file in files for doc in file["docs"] for one in counted_in(doc)]


def anchors(text: str, default: str, model: Anchors | None = None) -> list[str]:
    """What the limits of a sentence count from."""
    found = counted(text, find_times(text, default), default, model)
    return [one.rule["due"]["anchor"] for one in found if "due" in one.rule]


def test_shipped_model_is_that_of_the_labelled_documents() -> None:
    """The same in, the same out."""
    assert learn(every()).to_json() == shipped().to_json()


@pytest.mark.parametrize(
    ("default", "text", "grammar", "anchor"),
    [
        ("issue", "县民政局在5个工作日内作出是否准予登记的意见。", "issue", "receipt"),
        ("issue", "区科协应在7个工作日内完成资格初审。", "issue", "receipt"),
        ("meeting", "普通件两个工作日办结，特急件当天办结。", "meeting", "receipt"),
        ("issue", "抽查中评为差等的窗口，五日内交书面检讨。", "issue", "event"),
        ("receipt", "不合格的批次，车间三日内返工。", "receipt", "event"),
    ],
)
def test_what_no_word_says_is_weighed(default: str, text: str, grammar: str, anchor: str) -> None:
    """B1, 2: whoever examines has been handed something, a lot that fails is a case: the sentence
    says so, though no trigger does. None of these sentences was learned from."""
    said = [one.rule["due"]["anchor"] for one in find_times(text, default) if "due" in one.rule]
    assert said == [grammar]
    assert anchors(text, default) == [anchor]


FLAT = dict.fromkeys(ANCHORS, 0.0)
"""A model that has seen nothing."""


@pytest.mark.parametrize(
    ("default", "text", "anchor"),
    [
        ("issue", "自收到通知之日起5日内报送名单。", "receipt"),
        ("receipt", "方案印发后10个工作日内报备案。", "issue"),
        ("receipt", "会后三日内印发纪要。", "meeting"),
        ("event", "自受理之日起20日内办结。", "acceptance"),
        ("receipt", "6月底前报送总结，会前3日报送议题。", "meeting"),
    ],
)
def test_what_is_said_in_words_stays(default: str, text: str, anchor: str) -> None:
    """B1, 2: a trigger right before a length, dates and what comes before an event need no second
    look, whatever a model says."""
    wild = Anchors("wild", FLAT | {"event": 1000.0}, {})
    assert anchors(text, default, wild)[-1] == anchor
    assert anchors("请5日内报送自查情况。", "issue", wild) == ["event"]


def test_a_slip_and_a_list_with_its_own_start_stay() -> None:
    """A leader's words count from receipt, the items under 自受理之日起计算 from acceptance."""
    wild = Anchors("wild", FLAT | {"event": 1000.0}, {})
    text = (
        "工程结算审核管理办法\n第十一条 审核期限自受理之日起计算：\n"
        "（一）五百万元以下的，20个工作日内完成；\n第十二条 建设单位应当在15日内补齐资料。\n"
    )
    found = [rule["due"]["anchor"] for one in read(text, since=wild).drafts for rule in one.rules]
    assert found == ["acceptance", "event"]
    slip = (
        "市委督查室\n批示转办单\n清督批〔2026〕4号\n【批示内容】\n请市水务局会同市应急局到场会商，"
        "24小时内报告处置情况。\n"
    )
    found = [rule["due"]["anchor"] for one in read(slip, since=wild).drafts for rule in one.rules]
    assert found == ["receipt"]


@pytest.mark.parametrize(
    ("default", "text", "assumed"),
    [
        ("issue", "请5日内报送自查情况。", [True]),
        ("receipt", "建设单位应当在15日内补齐资料。", [True]),
        ("issue", "区科协应在7个工作日内完成资格初审。", [True]),
        ("issue", "自收到通知之日起5日内报送名单，6月底前报送总结。", [False, False]),
        ("receipt", "会后三日内印发纪要，并在会前2日送达材料。", [False, False]),
        ("receipt", "对考核不合格的，10日内约谈。", [False]),
    ],
)
def test_what_no_words_say_is_marked_as_assumed(
    default: str, text: str, assumed: list[bool]
) -> None:
    """B1, 2: the kind of document's own anchor, and the model's, are shown as assumed."""
    assert [one.assumed for one in counted(text, find_times(text, default), default)] == assumed


def test_a_draft_names_its_assumed_limits() -> None:
    """The object of `luoshi read`; odd spelling in the file changes nothing."""
    text = "关于报送自查情况的通知\n请各乡镇１０日内报送自查情况，自收到意见之日起3日内整改。\n"
    found = read(text).drafts[0].to_json()
    assert [rule["due"]["anchor"] for rule in found["rules"]] == ["issue", "receipt"]
    assert found["assumed"] == found["rules"][:1]


def test_a_row_of_a_table_names_its_assumed_limits_too() -> None:
    """A cell with nothing but a length; the model does not weigh what has no sentence."""
    head = ["工作任务", "责任单位", "完成时限"]
    rows = [["建成公园5处", "县住建局", "20日内"], ["修复水毁渠道", "县水利局", "9月底"]]
    text = "关于分解任务的通知\n" + "\n".join("\t".join(row) for row in [head, *rows]) + "\n"
    first, second = read(text, tables=[[head, *rows]]).drafts
    assert (first.assumed, second.assumed) == (first.rules, [])
    assert first.rules[0]["due"]["anchor"] == "issue"


def test_a_flat_model_changes_nothing() -> None:
    """What the grammar says counts where nothing was learned."""
    flat = Anchors("flat", FLAT, {})
    for default in ("receipt", "issue", "meeting", "event"):
        for one in every()[::40]:
            found = find_times(one.sentence, default)
            again = counted(one.sentence, found, default, flat)
            assert [limit.rule for limit in again] == [limit.rule for limit in found]


def test_what_is_taught_is_known() -> None:
    """A site could teach it: the same wording forty times, and another one beside it."""
    taught = [Counted("专班3日内办妥，再来汇报。", 2, 5, "issue", "receipt")] * 40
    other = [Counted("发现塌方的，8小时内抢通。", 6, 10, "issue", "event")] * 40
    model = learn([*taught, *other])
    assert anchors("专班3日内办妥，再来汇报。", "issue", model) == ["receipt"]
    assert anchors("专班3日内办妥，再来汇报。", "issue", Anchors("flat", FLAT, {})) == ["issue"]
    seen = signs("专班3日内办妥，再来汇报。", 2, 5, "issue")
    assert set(seen) & set(model.values)


def test_model_goes_through_json_unchanged() -> None:
    """The object of the file."""
    raw = shipped().to_json()
    assert Anchors.from_json(json.loads(json.dumps(raw))).to_json() == raw


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"bias": FLAT},
        {"bias": {}, "values": {}},
        {"bias": FLAT | {"event": "1"}, "values": {}},
        {"bias": FLAT, "values": {"c之日": []}},
        {"bias": FLAT, "values": {"c之日": {"someday": 1.0}}},
        {"bias": FLAT, "values": {"c之日": {"event": float("nan")}}},
        {"bias": FLAT, "values": {"c之日": {"event": True}}},
    ],
)
def test_what_is_no_model_is_refused(raw: Any) -> None:
    """A damaged or foreign file says nothing."""
    with pytest.raises(BadAnchors):
        Anchors.from_json(raw)
