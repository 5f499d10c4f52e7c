"""Learn weights from labelled sentences: logistic regression in pure Python, the same from run to
run. A stand-in until the product's own trainer arrives; the contract is the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.gate.judging import marks_of
from luoshi.foundation.reading.gate.weights import Weights, probability, shipped
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions

ROUNDS, RATE, SHRINK = 60, 0.3, 0.001
BINDS = (
    "市财政局要于2026年6月30日前报送情况。",
    "各县区政府每季度末向市政府办公室报告进展。",
    "市应急局牵头，3月底前完成排查。",
    "承办单位须在收到之日起15日内答复。",
    "市水务局负责制定整治方案，报市政府审定。",
    "由市教育局会同市财政局提出意见。",
)
TELLS = (
    "去年全市累计完成改造12处，受到好评。",
    "要提高政治站位，持之以恒抓好落实。",
    "会议听取了市财政局的汇报。",
    "近年来，我市先后出台多项措施。",
    "有的单位主动上门服务，很有启发。",
    "本办法自印发之日起施行。",
)


@dataclass(frozen=True)
class Example:
    """A sentence in its section, and whether it binds somebody."""

    sentence: str
    mode: str
    anchor: str
    binds: bool


@dataclass(frozen=True)
class Measure:
    """How often the gate is right on labelled sentences."""

    precision: float
    recall: float
    f1: float


def features(example: Example) -> list[tuple[str, float]]:
    """The readable features of a sentence."""
    times = find_times(example.sentence, example.anchor or "receipt")
    marks = marks_of(example.sentence, times, mentions(example.sentence), example.mode)
    return [(en, 1.0) for _weight, _zh, en in marks]


def train(examples: Sequence[Example], base: Sequence[Example] = ()) -> Weights:
    """Weights from a site's examples on top of the shipped ones; same input, same output."""
    rows = [(features(one), 1.0 if one.binds else 0.0) for one in (*base, *examples)]
    bias, values = 0.0, {name: 0.0 for found, _label in rows for name, _x in found}
    for _round in range(ROUNDS):
        for found, label in rows:
            known = sum(values[name] * x for name, x in found)
            step = RATE * (label - probability(bias + known))
            bias += step
            for name, x in found:
                values[name] += step * x - RATE * SHRINK * values[name]
    return Weights(f"site-{len(examples)}", bias, values)


def measure(weights: Weights, examples: Sequence[Example]) -> Measure:
    """Precision, recall and F1 of the weights on labelled sentences."""
    told = [(probability(weights.score(features(one))) >= 0.5, one.binds) for one in examples]
    hits = sum(said and meant for said, meant in told)
    said, meant = sum(one for one, _m in told), sum(one for _s, one in told)
    precision, recall = (hits / said if said else 0.0), (hits / meant if meant else 0.0)
    both = precision + recall
    return Measure(precision, recall, 2 * precision * recall / both if both else 0.0)


def shipped_examples() -> list[Example]:
    """The labelled sentences the product comes with."""
    return [Example(text, "direct", "receipt", True) for text in BINDS] + [
        Example(text, "direct", "receipt", False) for text in TELLS
    ]


__all__ = ["Example", "Measure", "measure", "shipped", "shipped_examples", "train"]
