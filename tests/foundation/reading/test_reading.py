"""The reading against its labelled set, the sample documents, and a table of expressions."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.labelled import crossed
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.sources import read_text
from luoshi.foundation.reading.times import find_times

DATA = Path(__file__).parents[2] / "data"
OWN = DATA / "reading" / "own"
UNITS = UnitNames.from_xlsx(DATA / "samples" / "units.xlsx")
EXPECTED = json.loads((DATA / "samples" / "expected.json").read_text(encoding="utf-8"))["files"]


def scorer() -> ModuleType:
    """The set's own scorer."""
    spec = importlib.util.spec_from_file_location("score", DATA / "reading" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["dev_rewritten.json", "own/first.json", "own/second.json", "own/third.json"]
)
def test_floors_on_the_labelled_documents(name: str) -> None:
    """B1: sentences, crisp rules and units ≥ .90, at most one hard negative drafted."""
    score = scorer()
    docs = json.loads((DATA / "reading" / name).read_text(encoding="utf-8"))["docs"]
    drafts = {
        doc["id"]: [d.to_json() for d in read(doc["text"]).drafts if d.band == "draft"]
        for doc in docs
    }
    found = score.score(docs, drafts)
    assert found["sentences"]["F1"] >= 0.95
    assert found["rules_crisp"]["F1"] >= 0.95
    assert found["responsible"]["F1"] >= 0.92
    assert found["hard_negative_drafted"][0] == 0


def labelled() -> list[dict[str, Any]]:
    """All labelled documents of the project."""
    names = ["dev_rewritten.json", *(f"own/{path.name}" for path in sorted(OWN.glob("*.json")))]
    read_in = [
        json.loads((DATA / "reading" / n).read_text(encoding="utf-8"))["docs"] for n in names
    ]
    return [doc for docs in read_in for doc in docs]


PAPERS = (*(f"texture{number}_" for number in (*range(7, 26), 31)), "spoken_words")
"""Sets written beside labelled passages of real papers (own/README.md)."""
WHOLE = tuple(f"texture{number}_" for number in (*range(26, 31), 32))
"""Sets of long stretches, with whatever real papers have between their duties."""
OFFICES = tuple(f"texture{number}_" for number in (33, 34, 35, 37, 43))
"""Sets of offices, many of whose people no list names (经办人, 楼栋管家)."""
PLANS = tuple(f"texture{number}_" for number in (36, *range(39, 43)))
"""Sets of plans: tasks without a limit and without a word that binds."""
SPOKEN = ("texture38_",)
"""Speeches of few duties, blunt and long."""


def test_documents_read_by_weights_that_never_saw_them() -> None:
    """B1: the gate is judged on documents left out of its training."""
    docs, score = labelled(), scorer()
    drafts = crossed(docs, 4)
    limits = [doc for doc in docs if doc["id"].startswith("dense")]
    papers = [doc for doc in docs if doc["id"].startswith(PAPERS)]
    whole = [doc for doc in docs if doc["id"].startswith(WHOLE)]
    offices = [doc for doc in docs if doc["id"].startswith(OFFICES)]
    plans = [doc for doc in docs if doc["id"].startswith(PLANS)]
    spoken = [doc for doc in docs if doc["id"].startswith(SPOKEN)]
    later = ("dense", *PAPERS, *WHOLE, *OFFICES, *PLANS, *SPOKEN)
    rounds = [doc for doc in docs if not doc["id"].startswith(later)]
    found = score.score(rounds, drafts)
    timed, all_timed = found["recall_timed"]
    hard, all_hard = found["hard_negative_drafted"]
    right, all_right = found["rule_exact_crisp_timed"]
    assert found["sentences"]["P"] >= 0.97
    assert found["sentences"]["R"] >= 0.95
    assert timed / all_timed >= 0.975
    assert hard / all_hard <= 0.025
    assert right / all_right >= 0.93
    assert found["rules_crisp"]["F1"] >= 0.95
    assert found["responsible"]["F1"] >= 0.94
    assert found["report_to"]["F1"] >= 0.95
    # nothing but limits, no two of them said alike: harder than any document
    alone = score.score(limits, drafts)
    assert alone["sentences"]["F1"] >= 0.94
    assert alone["rules_crisp"]["F1"] >= 0.84
    # the texture of real papers: half of the duties without a limit, every wording a new one
    real = score.score(papers, drafts)
    assert real["sentences"]["P"] >= 0.92
    assert real["sentences"]["R"] >= 0.83
    assert real["rules_crisp"]["F1"] >= 0.84
    assert real["responsible"]["F1"] >= 0.81
    assert real["report_to"]["F1"] >= 0.84
    # long stretches: rights, penalties, exhortation and explanation stand between the duties
    long = score.score(whole, drafts)
    assert long["sentences"]["P"] >= 0.83
    assert long["sentences"]["R"] >= 0.81
    assert long["hard_negative_drafted"][0] <= 3
    assert long["rules_crisp"]["F1"] >= 0.8
    assert long["responsible"]["F1"] >= 0.73
    assert long["report_to"]["F1"] >= 0.77
    # offices whose people no list names; plans, where nothing says that a task binds
    found = score.score(offices, drafts)
    assert found["sentences"]["F1"] >= 0.86
    assert found["rules_crisp"]["F1"] >= 0.83
    assert found["responsible"]["F1"] >= 0.76
    found = score.score(plans, drafts)
    assert found["sentences"]["P"] >= 0.89
    assert found["sentences"]["R"] >= 0.6
    assert score.score(spoken, drafts)["hard_negative_drafted"][0] <= 1


def plain(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def same(rules: list[Any]) -> list[str]:
    """Rules in a comparable form."""
    return sorted(json.dumps(rule, sort_keys=True) for rule in rules)


@pytest.mark.parametrize(
    ("name", "text_rows", "table_rows"),
    [
        ("notice.docx", 11, 10),
        ("minutes.pdf", 8, 0),
        ("instruction.txt", 6, 0),
        ("speech.txt", 19, 0),
        ("points.docx", 4, 24),
    ],
)
def test_sample_documents(name: str, text_rows: int, table_rows: int) -> None:
    """B1: the obligations of the samples with their rules, and nothing of must_not_draft."""
    source = read_text(DATA / "samples" / name)
    found = read(source.text, units=UNITS, tables=source.tables).drafts
    drafts = [draft for draft in found if draft.band == "draft"]
    right = {"text": 0, "table": 0}
    for wanted in EXPECTED[name]["obligations"]:
        where = "table" if "table" in wanted["where"] else "text"
        key = plain(wanted["action"])
        hits = [d for d in drafts if key[:14] in plain(d.text) or plain(d.text) in key]
        right[where] += any(same(hit.rules) == same(wanted["rules"]) for hit in hits)
    assert right == {"text": text_rows, "table": table_rows}
    forbidden = [m if isinstance(m, str) else m["text"] for m in EXPECTED[name]["must_not_draft"]]
    wrong = [text for text in forbidden if any(plain(text)[:30] in plain(d.text) for d in drafts)]
    assert wrong == []


def once(anchor: str, unit: str, number: int, direction: str = "after") -> dict[str, Any]:
    """A relative limit."""
    return {
        "type": "once",
        "due": {"anchor": anchor, "dir": direction, "offset": {unit: number}},
    }


def calendar(**parts: Any) -> dict[str, Any]:
    """A calendar limit."""
    return {"type": "once", "due": {"anchor": "calendar", "year": None, **parts}}


def every(unit: str, **more: Any) -> dict[str, Any]:
    """A recurring limit."""
    return {"type": "recurring", "every": unit, **more}


EXPRESSIONS: list[tuple[str, list[dict[str, Any]]]] = [
    ("收到之日起15日内报送", [once("receipt", "days", 15)]),
    ("接到批示后十五日内报告", [once("receipt", "days", 15)]),
    ("自印发之日起30个工作日内制定方案", [once("issue", "workdays", 30)]),
    ("会议结束后一个月内报告", [once("meeting", "months", 1)]),
    ("会后7日内上报", [once("meeting", "days", 7)]),
    ("会前3日报送材料", [once("meeting", "days", 3, "before")]),
    ("事发后2小时内首报", [once("event", "hours", 2)]),
    ("30分钟内书面报告突发事件", [once("receipt", "minutes", 30)]),
    ("办结后5个工作日内报送", [once("completion", "workdays", 5)]),
    ("时限届满前10个工作日提出申请", [once("deadline", "workdays", 10, "before")]),
    ("换届前6个月请示", [once("election", "months", 6, "before")]),
    ("收到后两周内答复", [once("receipt", "days", 14)]),
    ("印发之日起半年内完成", [once("issue", "months", 6)]),
    ("6月底前完成", [calendar(month=6, day="end")]),
    ("于2026年3月31日前完成", [calendar(year=2026, month=3, day=31)]),
    ("7月中旬完成评估", [calendar(month=7, day="mid")]),
    ("10月上旬前报送", [calendar(month=10, day="early")]),
    ("年底前建成", [calendar(month=12, day="end")]),
    ("明年3月底前完成", [calendar(year="+1", month=3, day="end")]),
    ("上半年完成", [calendar(month=6, day="end")]),
    ("三季度末前完工", [calendar(month=9, day="end")]),
    ("9月20日18时前核实", [calendar(month=9, day=20, hour=18)]),
    ("本周内完成", [{"type": "once", "due": {"anchor": "calendar", "week": "+0"}}]),
    (
        "下周五前报送",
        [{"type": "once", "due": {"anchor": "calendar", "week": "+1", "weekday": 5}}],
    ),
    (
        "主汛期前完成",
        [{"type": "once", "due": {"anchor": "flood_season", "dir": "before", "year": None}}],
    ),
    ("每季度报告一次", [every("quarter")]),
    ("至少每季度报告一次", [every("quarter", modality="at_least")]),
    ("每年至少两次研究", [every("year", times=2, modality="at_least")]),
    ("每月5日前报送", [every("month", at={"day": 5})]),
    ("每月最后一个工作日前填报", [every("month", at={"workday": -1})]),
    ("每周五12时前报送", [every("week", at={"weekday": 5, "hour": 12})]),
    ("每年1月底前备案", [every("year", at={"month": 1, "day": "end"})]),
    ("每2小时续报一次", [every("hour", n=2)]),
    ("每半个月通报一次", [every("half_month")]),
    ("每半年督查一次", [every("half_year")]),
    ("年中、年末分别报送", [{"type": "dates", "points": ["mid_year", "year_end"]}]),
    ("于2月17日17:00前报送", [calendar(month=2, day=17, hour=17)]),
    ("2026.3.31前完成", [calendar(year=2026, month=3, day=31)]),
    ("“五一”前完成", [calendar(month=5, day=1)]),
    ("年内出台办法", [calendar(month=12, day="end")]),
    ("9月召开现场会", [calendar(month=9, day="end")]),
    ("二季度经济运行分析", []),
    ("办理时限压缩到3个工作日以内", []),
    (
        "6月和9月各组织一次",
        [{"type": "dates", "points": [{"month": 6, "day": "end"}, {"month": 9, "day": "end"}]}],
    ),
    (
        "即日起至12月底开展整治",
        [
            {
                "type": "period",
                "from": "now",
                "to": {"anchor": "calendar", "year": None, "month": 12, "day": "end"},
            }
        ],
    ),
    ("提前3天书面请假外出", [once("event", "days", 3, "before")]),
    ("每日8时、17时报告", [every("day", at=[{"hour": 8}, {"hour": 17}])]),
    ("每月10日、25日报送", [every("month", at=[{"day": 10}, {"day": 25}])]),
    ("每周一、周四通报", [every("week", at=[{"weekday": 1}, {"weekday": 4}])]),
    ("一年一调整", [every("year")]),
    ("周跟踪、月调度、季通报", [every("week"), every("month"), every("quarter")]),
    ("及时报告进展", [{"type": "vague", "cue": "timely"}]),
    ("尽快提出方案", [{"type": "vague", "cue": "asap"}]),
    ("立即组织到场会商", [{"type": "vague", "cue": "immediate"}]),
    ("遇有险情随时报告", [{"type": "vague", "cue": "on_demand"}]),
    ("按规定时限报告", [{"type": "vague", "cue": "as_prescribed"}]),
    ("去年10月底前完成了任务", []),
    ("截至4月28日完成", []),
]


@pytest.mark.parametrize(("text", "rules"), EXPRESSIONS, ids=[text for text, _r in EXPRESSIONS])
def test_expression(text: str, rules: list[dict[str, Any]]) -> None:
    """A8, A9: expressions become rules; vague words stay vague."""
    assert [found.rule for found in find_times(text)] == rules


@pytest.mark.parametrize(("text", "rules"), EXPRESSIONS, ids=[text for text, _r in EXPRESSIONS])
def test_every_rule_reads_back_and_prints(text: str, rules: list[dict[str, Any]]) -> None:
    """The grammar's JSON is the engine's rule, and prints in both languages."""
    for raw in rules:
        rule = from_json(raw)
        assert rule.to_json() == raw
        assert phrase(rule, "zh") and phrase(rule, "en")


CASES = json.loads((DATA / "reading" / "expressions.json").read_text(encoding="utf-8"))["cases"]


def wrong(cases: list[dict[str, Any]]) -> list[str]:
    """The expressions whose rules are not exactly the expected ones."""
    out = []
    for case in cases:
        found = {
            json.dumps(f.rule, sort_keys=True) for f in find_times(case["text"], default(case))
        }
        if sorted(found) != same(case["rules"]):
            out.append(case["text"])
    return out


def default(case: dict[str, Any]) -> str:
    """The anchor of a length of which none is said."""
    return str(case.get("default", "receipt"))


GROUPS = sorted({case["group"] for case in CASES})


@pytest.mark.parametrize("group", GROUPS)
def test_table_of_expressions(group: str) -> None:
    """A8, A9: more than a thousand expressions, written before the grammar was tuned on them, give
    their rules; `open` ones are known to be missed, `narrated` ones are the gate's to refuse."""
    plain_cases = [
        case
        for case in CASES
        if case["group"] == group and not {"contested", "open", "narrated"} & set(case)
    ]
    assert len(plain_cases) >= 8
    assert wrong(plain_cases) == []


def test_the_table_is_long_and_its_open_cases_few() -> None:
    """Where two annotators could differ, most readings are still the expected ones."""
    contested = [case for case in CASES if case.get("contested")]
    assert len(CASES) >= 1000
    assert sum(bool(case.get("open")) for case in CASES) <= 8
    assert len(wrong(contested)) <= len(contested) * 0.35
    for case in CASES:
        for raw in case["rules"]:
            assert from_json(raw).to_json() == raw


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("6月", [calendar(month=6, day="end")]),
        ("2026.6", [calendar(year=2026, month=6, day="end")]),
        ("2026年6月30日", [calendar(year=2026, month=6, day=30)]),
        ("2026年", [calendar(year=2026, month=12, day="end")]),
        ("每周", [every("week", modality="at_least")]),
        ("长期坚持", []),
    ],
)
def test_time_cell_of_a_task_table(cell: str, rules: list[dict[str, Any]]) -> None:
    """B1: a bare month or year in the time cell is a limit; the task's fuller wording counts."""
    table = [
        ["序号", "重点任务", "责任单位", "完成时限"],
        ["1", "每周至少巡查一次", "市应急局", cell],
    ]
    text = "\n".join("\t".join(row) for row in table)
    (draft,) = read(text, tables=[table]).drafts
    assert draft.rules == rules
    assert [unit.text for unit in draft.responsible] == ["市应急局"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("各镇务必于２０２６年 4月 8日前上报清单。", "２０２６年 4月 8日前"),
        ("请市 水 利 局在二○二六年六月三十日前完成除险加固。", "二○二六年六月三十日前"),
    ],
)
def test_odd_spelling_is_read_and_keeps_its_own_places(text: str, words: str) -> None:
    """A8: full-width digits, round zeros and blanks inside words are read as meant; every span is
    one of the stored text."""
    (draft,) = read(text).drafts
    (time,) = draft.times
    assert text[time.start : time.end] == words
    assert draft.text == text[draft.start : draft.end]
    assert all(unit.text for unit in draft.responsible)


def test_what_looks_like_a_limit_and_is_not_understood_is_listed() -> None:
    """A9: no guess; the office sees the words."""
    text = "县农业农村局要在农忙期间组织一次农资打假专项行动，4月底前报送总结。"
    found = read(text)
    assert [one.text for one in found.unread] == ["农忙期间"]
    assert len(found.drafts[0].rules) == 1


@pytest.mark.parametrize(
    "day", ["农历九月初九前", "农历腊月前", "农历十月以前", "农历正月十五之前"]
)
def test_a_day_of_the_moons_calendar_is_never_one_of_this_calendar(day: str) -> None:
    """A9: such a limit is listed for the office, not dated."""
    found = read(f"市政府专题会议纪要\n会议要求，市财政局要制定方案，并于{day}报送市政府办公室。")
    assert not [rule for one in found.drafts for rule in one.to_json()["rules"]]
    assert [one.text for one in found.unread] == [day]


@pytest.mark.parametrize(
    "line",
    [
        "清源市人民政府办公室　2026年4月30日",
        "市防汛抗旱指挥部\n二〇二六年四月三日",
        "（2026年3月2日）",
    ],
)
def test_signature_with_its_day_binds_nobody(line: str) -> None:
    """B1: who issued a document, and when, is no task."""
    assert read(f"请各单位6月底前报送总结。\n{line}\n").drafts[1:] == ()


@pytest.mark.parametrize(
    "line",
    [
        "（市委同意，市委办公室2026年3月2日转发）",
        "（2026年1月12日市政府常务会议审议通过，2026年2月1日印发）",
    ],
)
def test_how_a_document_came_about_binds_nobody(line: str) -> None:
    """B1: a line in brackets that says who passed or handed on the document, and when."""
    text = f"桐江市社会救助核对办法\n{line}\n各县区应当于6月底前报送总结。\n"
    assert [draft.text for draft in read(text).drafts] == ["各县区应当于6月底前报送总结。"]


def test_dates_of_standing_rules_come_every_year() -> None:
    """A8, B1: 次年1月20日前 in rules is every year; in the points of one year it is next year's.
    What follows a yearly date in the same line of rules is yearly too."""
    task = "市生态环境局应当于次年1月20日前完成考核，并报市政府。"
    yearly = every("year", at={"month": 1, "day": 20})
    (rules,) = read(f"流域补偿资金管理办法（试行）\n{task}\n").drafts
    assert rules.rules == [yearly]
    (points,) = read(f"市生态环境局2026年工作要点\n{task}\n").drafts
    assert points.rules == [calendar(year="+1", month=1, day=20)]
    articles = "".join(f"第{n}条 各县按计划开展工作，2026年起执行。\n" for n in "一二三")
    (rules,) = (one for one in read(articles + task).drafts if one.text == task)
    assert rules.rules == [yearly]
    line = "各县每年6月底前报送项目申请。市生态环境局8月底前应当组织评审并公布结果。"
    drafts = read(f"流域补偿资金管理办法（试行）\n{line}\n").drafts
    assert drafts[1].rules == [every("year", at={"month": 8, "day": "end"})]


def test_the_running_month_of_standing_rules_comes_every_month() -> None:
    """A8, B1: 当月25日前 in rules is every month; in a notice it is this month's."""
    task = "市财政局应当于当月25日前拨付资金。"
    (rules,) = read(f"补助资金管理办法\n{task}\n").drafts
    assert rules.rules == [every("month", at={"day": 25})]
    (notice,) = read(f"关于拨付资金的通知\n{task}\n").drafts
    assert notice.rules == [calendar(month="+0", day=25)]


def test_unit_of_the_lead_in_is_inferred_and_said_so() -> None:
    """B1: a list under 市水利局要做好以下工作： inherits its unit, marked as inferred."""
    text = "市水利局要做好以下工作：\n1.6月底前完成水库除险加固。\n2.7月底前报送度汛方案。\n"
    drafts = read(text).drafts
    assert [[unit.text for unit in draft.responsible] for draft in drafts] == [[], []]
    assert [[unit.text for unit in draft.inferred] for draft in drafts] == [["市水利局"]] * 2


def test_two_documents_in_one_file_count_from_their_own_anchors() -> None:
    """B1: what follows a second title is read as a document of its own."""
    filler = "全市上下要认清形势，把各项工作抓紧抓实。" * 12
    first = f"关于做好防汛工作的通知\n各县（市、区）：\n{filler}\n请5日内报送名单。\n"
    second = (
        f"在全市防汛工作会议上的讲话\n（2026年4月2日）\n同志们：{filler}\n各地要在5日内开会部署。\n"
    )
    anchors = [d.rules[0]["due"]["anchor"] for d in read(first + second).drafts if d.rules]
    assert anchors == ["issue", "meeting"]


def test_table_written_as_lines_of_the_text_gives_its_rows() -> None:
    """B1: 任务 | 责任单位 | 完成时限 without a table object."""
    text = (
        "序号  工作任务  责任单位  完成时限\n"
        "1  建成口袋公园5处  县住建局  9月底\n"
        "2  新增公办学位360个  县教育局  8月20日\n"
    )
    rows = [(d.text, [u.text for u in d.responsible], d.rules) for d in read(text).drafts]
    assert [row[0] for row in rows] == ["建成口袋公园5处", "新增公办学位360个"]
    assert [row[1] for row in rows] == [["县住建局"], ["县教育局"]]
    assert rows[0][2] == [calendar(month=9, day="end")]


def test_bracket_after_a_sentence_gives_its_units() -> None:
    """B1: （市水利局牵头，各县（市、区）配合） belongs to the sentence before it."""
    text = "一、10月底前建成污水处理设施40座。（市水利局牵头，各县（市、区）配合）"
    (draft,) = read(text).drafts
    assert [(u.text, u.role) for u in draft.responsible] == [
        ("市水利局", "lead"),
        ("各县（市、区）", "cooperating"),
    ]


@given(st.text(alphabet="一二三每季度月日前内后报市局，。；0123456789（）\n应要", max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    """No text breaks the reader; every span lies inside it."""
    for draft in read(text).drafts:
        assert 0 <= draft.start < draft.end <= len(text)
        assert all(draft.start <= t.start < t.end <= draft.end for t in draft.times)
