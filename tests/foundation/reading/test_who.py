"""Names a second time: what the model learned, what it looks at, what stays as the grammar read it."""

import json
import random
from pathlib import Path

import pytest

from luoshi.foundation.reading.labelled import named_in
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.times import find_times
from luoshi.foundation.reading.units import Mention, mentions
from luoshi.foundation.reading.who import model as models
from luoshi.foundation.reading.who.choosing import chosen
from luoshi.foundation.reading.who.learning import Named, cases, learn
from luoshi.foundation.reading.who.model import DOUBT, TRUST, BadModel, Model, shipped
from luoshi.foundation.reading.who.places import PARTS
from luoshi.foundation.reading.who.spans import NOBODY, ends, features

DATA = Path(__file__).parents[2] / "data" / "reading"


def named(*names: str) -> list[Named]:
    """The binding sentences of labelled files."""
    files = [json.loads((DATA / name).read_text(encoding="utf-8")) for name in names]
    return [one for file in files for doc in file["docs"] for one in named_in(doc)]


def every() -> list[Named]:
    """Those of the whole project, in the order in which the shipped model learned them."""
    own = sorted(f"own/{path.name}" for path in (DATA / "own").glob("*.json"))
    return named("dev_rewritten.json", *own)


def read(text: str, known: UnitNames | None = None) -> tuple[set[str], set[str]]:
    """Who acts, and who is told."""
    times = [(t.start, t.end) for t in find_times(text)]
    found = chosen(text, mentions(text, known, times), times, known)
    lead = {one.text for one in found if one.role != "report_to"}
    return lead, {one.text for one in found if one.role == "report_to"}


def test_shipped_model_is_that_of_the_labelled_documents() -> None:
    """The same in, the same out."""
    assert learn(every()).to_json() == shipped().to_json()


@pytest.mark.parametrize(
    ("text", "lead", "told"),
    [
        ("答辩人须在答辩前三天把讲稿交给答辩秘书。", {"答辩人"}, {"答辩秘书"}),
        ("承办单位办完后，应在2日内把结果退给交办机关。", {"承办单位"}, {"交办机关"}),
        ("汇总表做好后，秘书科于当天发至各位局长、各科室。", {"秘书科"}, {"各位局长、各科室"}),
        ("巡查结束后三日内，巡查人把照片交到本站资料员手里。", {"巡查人"}, {"本站资料员"}),
        ("街道要在6月底前订出楼道管理办法，报区民政局。", {"街道"}, {"区民政局"}),
    ],
)
def test_names_that_no_list_ends(text: str, lead: set[str], told: set[str]) -> None:
    """B1: who acts and who is told, though no word of the grammar ends the name, and nobody where
    a verb only looks like one."""
    assert read(text) == (lead, told)


def test_a_unit_of_the_site_and_the_speaker_stay() -> None:
    """B1: names of the site's tree are certain; so is 我."""
    text = "订出街道要在6月底前完成整治，结果报区长和我。"
    known = UnitNames.of({"01": ["订出街道"]})
    assert read(text, known)[0] == {"订出街道"}
    assert read(text)[1] == {"区长和我"}


def test_nothing_is_changed_of_what_stands_elsewhere() -> None:
    """A name that begins at no place the model looks at is the grammar's alone."""
    text = "责任单位：市水利局。"
    at = text.index("水利局")
    own = Mention(at, at + 3, "水利局", "lead")
    assert own in chosen(text, [own], [])


def slow(model: Model, text: str, place: object, part: str, grammar: int) -> int:
    """The end with the most for it, every end looked at, every feature added up."""
    values, best, found = model.values[part], None, NOBODY
    for end in (NOBODY, *ends(text, place.start)):  # type: ignore[attr-defined]
        said = sum(values.get(name, 0.0) for name in features(text, place, end))  # type: ignore[arg-type]
        said += TRUST if end == grammar and grammar else 0.0
        said += DOUBT if end == grammar == NOBODY else 0.0
        if best is None or said > best + 1e-9:
            best, found = said, end
    return found


@pytest.mark.parametrize("part", PARTS)
def test_short_ways_lead_to_the_same_name(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks that are saved change one place in two hundred at most; without them, none."""
    rows = cases(named("own/texture_seventh.json", "own/thirtyseventh.json")[:400], part)
    draw = random.Random(3)
    grammar = [draw.choice([NOBODY, *ends(one.text, one.place.start)]) for one in rows]
    model = shipped()
    want = [slow(model, o.text, o.place, part, g) for o, g in zip(rows, grammar, strict=True)]
    short = [model.end(o.text, o.place, part, g) for o, g in zip(rows, grammar, strict=True)]
    right = [o.end for o in rows]
    by_grammar = [model.end(o.text, o.place, part, o.end) for o in rows]
    assert sum(a != b for a, b in zip(right, by_grammar, strict=True)) < len(rows) / 100
    monkeypatch.setattr(models, "SURE", dict.fromkeys(PARTS, 1e9))
    monkeypatch.setattr(models, "HOPELESS", dict.fromkeys(PARTS, -1e9))
    monkeypatch.setattr(models, "CLEAR", 1e9)
    whole = [model.end(o.text, o.place, part, g) for o, g in zip(rows, grammar, strict=True)]
    assert whole == want
    assert sum(a != b for a, b in zip(short, want, strict=True)) < len(rows) / 50


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
