"""The gate's trainer against scikit-learn, its weights as an object, its bands and reasons."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.reading.gate import training
from luoshi.foundation.reading.gate.judging import DRAFT, POSSIBLE, judge
from luoshi.foundation.reading.gate.training import (
    RARE,
    Example,
    measure,
    shipped_examples,
    train,
    vocabulary,
)
from luoshi.foundation.reading.gate.weights import VALUES, BadWeights, Weights, probability, shipped
from luoshi.foundation.reading.times import find_times
from luoshi.foundation.reading.units import mentions


def test_trainer_finds_the_minimum_scikit_learn_finds() -> None:
    """Issue of the gate: the same loss, the same weights, without the library at run time."""
    linear = pytest.importorskip("sklearn.linear_model")
    vectors = pytest.importorskip("sklearn.feature_extraction")
    rows = shipped_examples()[::4]
    shown = [training.shown(row) for row in rows]
    own = train(rows, seen=shown)
    table = vectors.DictVectorizer(sort=True)
    names = set(own.values)
    matrix = table.fit_transform([{n: x for n, x in r if n in names} for r in shown])
    strength = 1 / (2 * training.PENALTY)
    model = linear.LogisticRegression(C=strength, solver="newton-cg", tol=1e-10, max_iter=500)
    model.fit(matrix, [row.binds for row in rows], sample_weight=[row.weight for row in rows])
    theirs = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    assert abs(own.bias - float(model.intercept_[0])) < 0.02
    assert max(abs(value - theirs[name]) for name, value in own.values.items()) < 0.02
    said = [probability(own.score(r)) for r in shown]
    other = model.predict_proba(matrix)[:, 1]
    assert max(abs(a - float(b)) for a, b in zip(said, other, strict=True)) < 0.01


def test_shipped_weights_are_those_of_the_shipped_examples() -> None:
    """The same in, the same out; 5,000 sentences would take far less than a minute."""
    began = time.process_time()
    again = train(shipped_examples())
    seconds = time.process_time() - began
    assert again.to_json() == shipped().to_json()
    assert seconds / len(shipped_examples()) * 5000 < 60


def test_more_of_the_same_site_rows_move_the_weights() -> None:
    """Rows of the site stand beside the shipped ones."""
    told = Example("各科室要做好迎检准备。", "direct", "issue", binds=True)
    base = shipped_examples()[::8]
    shown = [training.shown(row) for row in base]
    before = train(base, seen=shown)
    after = train([told] * 40, base, seen=[*shown, *[training.shown(told)] * 40])
    chance = [probability(w.score(training.shown(told))) for w in (before, after)]
    assert chance[1] > chance[0]
    assert measure(after, base).f1 > 0.9


def test_nothing_to_learn_is_refused() -> None:
    """All rows of one kind give no weights."""
    with pytest.raises(ValueError, match="both kinds"):
        train([Example("各单位6月底前报送总结。", "direct", "issue", binds=True)])


def test_what_is_learned_never_outgrows_what_is_read() -> None:
    """More examples bring more pairs of characters: the rarest are left out, so that the weights
    of a site that goes on learning are never refused."""
    often = [[(f"g:{i:05}", 1.0), ("modal:yao", 1.0)] for i in range(VALUES)] * 4
    seldom = [[(f"g:0{i:05}", 1.0)] for i in range(9)] * RARE
    names = vocabulary([*often, *seldom])
    assert len(names) == VALUES - 1  # the bias is a number, too
    assert "modal:yao" in names
    assert not any(name.startswith("g:0") and len(name) == 8 for name in names)
    assert names == sorted(names)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"bias": 1.0, "values": []},
        {"bias": "1", "values": {}},
        {"bias": 0.0, "values": {"modal:yao": float("nan")}},
        {"bias": 0.0, "values": {"modal:yao": True}},
        {"bias": 0.0, "values": {f"g:{i}": 0.1 for i in range(VALUES + 1)}},
    ],
)
def test_what_is_no_weights_object_is_refused(raw: object) -> None:
    """A damaged or foreign file never reaches the gate."""
    with pytest.raises(BadWeights):
        Weights.from_json(raw)


def test_weights_go_through_json_unchanged() -> None:
    """The object of the file and of the site's versions."""
    raw = shipped().to_json()
    assert Weights.from_json(json.loads(json.dumps(raw))).to_json() == raw


@pytest.mark.parametrize(
    ("text", "band", "reason"),
    [
        (
            "市水利局要在6月底前完成水库除险加固。",
            "draft",
            ("限期完成：6月底前", "to be finished by: 6月底前"),
        ),
        ("去年，市水利局在6月底前完成了水库除险加固。", "nothing", None),
        ("我们要深刻认识抓落实的极端重要性。", "nothing", None),
    ],
)
def test_bands_and_their_reasons(text: str, band: str, reason: tuple[str, str] | None) -> None:
    """B1: why a sentence is drafted can be read, in both languages."""
    times = find_times(text)
    who = mentions(text, None, [(t.start, t.end) for t in times])
    found = judge(text, times, who, "plan", "issue")
    assert found.band == band
    assert (reason in found.why) if reason else found.why == ()
    assert 0 <= POSSIBLE < DRAFT <= 1


@pytest.mark.parametrize(
    ("text", "drafted"),
    [
        ("第七条 从事收运的企业，应当取得县城管局核发的许可证。", False),
        ("违反本办法规定的，由县级水行政主管部门责令限期改正，处二千元罚款。", False),
        ("从事收运的企业，应当在6月底前取得县城管局核发的许可证。", True),
    ],
)
def test_what_one_needs_to_be_allowed_and_what_a_breach_costs(text: str, drafted: bool) -> None:
    """B1: binds nobody whom the office supervises, unless it says by when."""
    times = find_times(text)
    who = mentions(text, None, [(t.start, t.end) for t in times])
    assert (judge(text, times, who, "direct", "receipt").band == "draft") is drafted


TOLD = (
    ("talk", "有个区的窗口，材料递进去三个月没人看，7月底前该发的证到现在还压着。"),
    ("talk", "还有群众代表提议，路灯最好9月底前全部修好，每晚亮到十点。"),
    ("talk", "去年底，市政府就明确要求各县区3月底前完成清欠，到现在还有三个县没有动静。"),
    ("plan", "今年3月，省厅印发通知，要求各地6月底前完成系统切换，我市提前两周完成。"),
    ("talk", "兄弟县每周三晚上开一次坝坝会，有事当场定，两年没有一件越级访。"),
    ("plan", "县医院反映，供应商答应8月底前更换的设备至今没有到货。"),
    ("plan", "1至7月，全县新建高标准农田2.3万亩，改造沟渠46公里，完成投资9800万元。"),
    ("plan", "连续3日出现超标，启动黄色预警。"),
    ("talk", "前年冬天，西塘镇的养老院断了两天暖气，院长带着人一间屋一间屋送热水袋。"),
    ("plan", "市图书馆全年接待读者83万人次，办理新证1.2万张，举办讲座46场。"),
    ("plan", "巡察发现，5个乡镇未在规定的15个工作日内公示村级账目。"),
    ("talk", "上个星期三下午四点，我在政务大厅坐了一个钟头，六号窗口换了三个人。"),
    ("direct", "被征收人对补偿决定不服的，可以依法在六个月内提起行政诉讼。"),
    ("direct", "优抚对象可凭证件每月免费乘坐公交60次。"),
)
BOUND = (
    ("plan", "县住建局对在建工地进行一次全面检查，问题列出清单报县安委办。"),
    ("plan", "各单位确定一名分管领导和一名联络员，名单报县政府办。"),
    ("plan", "省市场监管局将组织专家对各地抽检情况进行复核。"),
    ("plan", "市教育局要研究制定校外托管机构管理办法，在门户网站公布。"),
    ("plan", "成立清理工作专班，公布举报电话。"),
    ("talk", "群众反映强烈的停车难问题，市城管局要在一个月内拿出办法。"),
    ("talk", "出了事故，乡镇半个小时报县里，县里一个小时报市里，谁瞒报处理谁。"),
    ("talk", "烂了的、压坏了的，供销社三天之内全部换新，钱从风险金里出。"),
    ("talk", "看了现场，拍了照片，回来两天之内写个东西报我。"),
    ("talk", "不能等汛期来了才想起来修，水务局4月底之前把闸门全部试一遍。"),
    ("direct", "当事人不服的可以申请复核，市局应当在20日内作出答复。"),
)


@pytest.mark.parametrize(
    ("mode", "text", "binds"),
    [(*one, False) for one in TOLD] + [(*one, True) for one in BOUND],
)
def test_limits_of_others_bind_nobody_and_tasks_without_limit_do(
    mode: str, text: str, binds: bool
) -> None:
    """B1: what others asked, proposed, did or left undone is told, though it holds a limit; an
    inspection, a named body or a paper to be handed over is a task without one. None of these
    sentences was learned from."""
    times = find_times(text, "issue")
    who = mentions(text, None, [(t.start, t.end) for t in times])
    assert (judge(text, times, who, mode, "issue").band == "draft") is binds


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=200, deadline=None)
def test_probability_is_one(log_odds: float) -> None:
    """0…1 for any size of the argument."""
    assert 0 <= probability(log_odds) <= 1
