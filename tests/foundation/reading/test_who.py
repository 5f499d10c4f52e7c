"""Names a second time: what the model learned, what it looks at, what stays as it was read."""

import json
from pathlib import Path

import pytest

from luoshi.foundation.reading.labelled import named_in
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.second.who import model as models
from luoshi.foundation.reading.second.who.choosing import chosen
from luoshi.foundation.reading.second.who.learning import Case, Named, cases, learn
from luoshi.foundation.reading.second.who.model import DOUBT, TRUST, BadModel, Model, shipped
from luoshi.foundation.reading.second.who.places import PARTS
from luoshi.foundation.reading.second.who.spans import NOBODY, ends, features
from luoshi.foundation.reading.times import find_times
from luoshi.foundation.reading.units import Mention, mentions

DATA = Path(__file__).parents[2] / "data" / "reading"


def named(*names: str) -> list[Named]:
    """The binding sentences of labelled files."""
    files = [json.loads((DATA / name).read_text(encoding="utf-8")) for name in names]
    return [one for file in files for doc in file["docs"] for one in named_in(doc)]


def every() -> list[Named]:
    """Those of the whole project, in the order in which the shipped model learned them."""
    own = sorted(f"own/{path.name}" for path in (DATA / "own").glob("*.json"))
    return named("dev_rewritten.json", *own)


def read(text: str) -> tuple[set[str], set[str]]:
    """Who acts, and who is told."""
    times = [(t.start, t.end) for t in find_times(text)]
    found = chosen(text, mentions(text, None, times), times)
    lead = {one.text for one in found if one.role != "report_to"}
    return lead, {one.text for one in found if one.role == "report_to"}


def test_shipped_model_is_that_of_the_labelled_documents() -> None:
    """The same in, the same out."""
    assert learn(every()).to_json() == shipped().to_json()


@pytest.mark.parametrize(
    ("text", "lead", "told"),
    [
        ("承办单位办完后，应在2日内把结果退给交办机关。", {"承办单位"}, {"交办机关"}),
        ("村级代办员每周五把收到的材料移交镇便民中心。", {"村级代办员"}, {"镇便民中心"}),
        ("发起人应在10日内将章程草案报登记机关。", {"发起人"}, {"登记机关"}),
        (
            "经手人离岗前把未了事项交代给接班人员，并报值班经理。",
            {"经手人"},
            {"接班人员", "值班经理"},
        ),
    ],
)
def test_names_that_no_list_ends(text: str, lead: set[str], told: set[str]) -> None:
    """B1: who acts and who is told, though no word of the grammar ends the name. None of these
    sentences was learned from."""
    assert read(text) == (lead, told)


def test_units_of_the_site_and_the_speaker_stay() -> None:
    """B1: names of the site's tree, one or several, are certain; so is 我. A model that names
    nobody takes any other name away."""
    nobody = Model("none", {part: {"N": 100.0} for part in PARTS})
    text = "市财政局、市审计局要在6月底前完成整治，结果报区长和我。"
    times = [(t.start, t.end) for t in find_times(text)]
    known = UnitNames.of({"01": ["市财政局"], "02": ["市审计局"]})
    for tree, left in ((known, {"市财政局、市审计局", "我"}), (None, {"我"})):
        found = chosen(text, mentions(text, tree, times), times, tree, nobody)
        assert {one.text for one in found} == left


def test_nothing_is_changed_of_what_stands_elsewhere() -> None:
    """A name that begins at no place the model looks at is the grammar's alone."""
    text = "各单位要在6月底前将表册交齐市水利局。"
    at = text.index("市水利局")
    own = Mention(at, at + 4, "市水利局", "report_to")
    assert own in chosen(text, [own], [])


def test_what_is_handled_is_no_part_of_who_handles_it() -> None:
    """B1: a name ends before 由; another begins after it."""
    wide = Model("wide", {"lead": {"N": -100.0}, "told": {"N": 100.0}})
    text = "会办件由会办处室5日内提出意见。"
    times = [(t.start, t.end) for t in find_times(text)]
    whole = [Mention(0, 8, "会办件由会办处室", "lead")]
    for model in (None, wide):
        found = chosen(text, whole, times, None, model)
        assert not any("由" in one.text for one in found)


def said(model: Model, one: Case, part: str, grammar: int) -> dict[int, float]:
    """What speaks for every end of a place, every feature added up."""
    values, found = model.values[part], {}
    for end in (NOBODY, *ends(one.text, one.place.start)):
        found[end] = sum(values.get(name, 0.0) for name in features(one.text, one.place, end))
        if end == grammar:
            found[end] += TRUST if end else DOUBT
    return found


@pytest.mark.parametrize("part", PARTS)
def test_short_ways_lead_to_the_same_name(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks that are saved change one place in two hundred at most; without them, none."""
    rows = cases(named("own/texture_seventh.json", "own/thirtyseventh.json")[:400], part)
    grammar = [NOBODY if at % 5 == 0 else one.end for at, one in enumerate(rows)]
    model = shipped()
    short = [model.end(o.text, o.place, part, g) for o, g in zip(rows, grammar, strict=True)]
    monkeypatch.setattr(models, "SURE", dict.fromkeys(PARTS, 1e9))
    monkeypatch.setattr(models, "HOPELESS", -1e9)
    monkeypatch.setattr(models, "CLEAR", 1e9)
    whole = [model.end(o.text, o.place, part, g) for o, g in zip(rows, grammar, strict=True)]
    for one, reading, end in zip(rows, grammar, whole, strict=True):
        every_end = said(model, one, part, reading)
        assert every_end[end] == pytest.approx(max(every_end.values()), abs=1e-6)
    assert sum(a != b for a, b in zip(short, whole, strict=True)) <= len(rows) / 200


def test_what_was_learned_is_known_again() -> None:
    """Where the grammar says what the labels say, the model changes one name in a hundred."""
    rows = named("own/texture_seventh.json", "own/thirtyseventh.json")[:400]
    for part in PARTS:
        places = cases(rows, part)
        kept = [shipped().end(o.text, o.place, part, o.end) == o.end for o in places]
        assert sum(kept) / len(kept) > 0.99


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"values": {"lead": {}}},
        {"values": {"lead": [], "told": {}}},
        {"values": {"lead": {"a局": "1"}, "told": {}}},
        {"values": {"lead": {"a局": float("inf")}, "told": {}}},
        {"values": {"lead": {"": 1.0}, "told": {}}},
    ],
)
def test_what_is_no_model_is_refused(raw: object) -> None:
    """A damaged or foreign file names nobody."""
    with pytest.raises(BadModel):
        Model.from_json(raw)


def test_model_goes_through_json_unchanged() -> None:
    """The object of the file."""
    raw = shipped().to_json()
    assert Model.from_json(json.loads(json.dumps(raw))).to_json() == raw
