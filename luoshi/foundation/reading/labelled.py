"""Labelled documents → examples of what binds, of names and of what lengths count from, and the
honest measure: each document read by models that never saw it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from luoshi.foundation.reading.drafting import is_stage, is_title, read
from luoshi.foundation.reading.gate.descent import ROUGH
from luoshi.foundation.reading.gate.training import Example, shown, train
from luoshi.foundation.reading.second.since.choosing import begins, length_after
from luoshi.foundation.reading.second.since.learning import Counted
from luoshi.foundation.reading.second.since.learning import learn as learn_since
from luoshi.foundation.reading.second.who.learning import Named, learn
from luoshi.foundation.reading.structure.lines import place_of
from luoshi.foundation.reading.structure.sections import documents, mode_at, opens, sections
from luoshi.foundation.reading.times.events.anchors import default_anchor
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.times.merging import Found

SOFT = 0.3
"""What a soft exhortation counts: it is no obligation, but nobody is blamed for drafting one."""
TOLD = 12.0
"""What a told or past sentence counts: a drafted narration costs the officer's trust."""
WEIGHTS = {"S": SOFT, "H": TOLD}
FOLDS = 20
Doc = Mapping[str, Any]
One = TypeVar("One")


def examples_of(doc: Doc) -> list[Example]:
    """The labelled sentences of one document; titles, table rows and headings of stages
    are never judged."""
    text, found = doc["text"], []
    parts = [
        (start, sections(text[start:end]), default_anchor(text[start:end]))
        for start, end in documents(text)
    ]
    seen = dict.fromkeys((begin for begin, _modes, _anchor in parts), 0)
    for start, end, label in doc["labels"]:
        sentence = text[start:end]
        if "\t" in sentence or is_stage(sentence) or is_title(text, start, end):
            continue
        begin, modes, anchor = next(part for part in reversed(parts) if part[0] <= start)
        mode = "past" if opens(sentence, seen[begin]) else mode_at(modes, start - begin)
        mode = place_of(text, start, end, mode)
        seen[begin] += 1
        weight = WEIGHTS.get(label, 1.0) * doc.get("weight", 1.0)
        found.append(Example(sentence, mode, anchor, label == "O", weight))
    return found


def named_in(doc: Doc) -> list[Named]:
    """The binding sentences of one document with the names of those who act and who are told."""
    text = doc["text"]
    parts = [(start, default_anchor(text[start:end])) for start, end in documents(text)]
    found = []
    for start, end, label in doc["labels"]:
        if label != "O":
            continue
        within = [o for o in doc["obligations"] if o["start"] < end and start < o["end"]]
        lead, told = (
            tuple(sorted({(n["start"] - start, n["end"] - start) for o in within for n in o[key]}))
            for key in ("responsible", "report_to")
        )
        anchor = next(anchor for begin, anchor in reversed(parts) if begin <= start)
        found.append(Named(text[start:end], anchor, lead, told))
    return found


def counted_in(doc: Doc) -> list[Counted]:
    """The lengths of the binding sentences of one document with what they count from: those that
    the grammar finds as often as they are labelled."""
    text, found = doc["text"], []
    parts = [(start, default_anchor(text[start:end])) for start, end in documents(text)]
    for start, end, label in doc["labels"]:
        within = [o for o in doc["obligations"] if o["start"] < end and start < o["end"]]
        labelled = by_length(
            limit
            for one in within
            for rule in one["rules"]
            if length_after(limit := Found(0, 0, rule))
        )
        if label != "O" or not labelled:
            continue
        default = next(anchor for begin, anchor in reversed(parts) if begin <= start)
        sentence = text[start:end]
        read = by_length(filter(length_after, find_times(sentence, default)))
        for length, limits in labelled.items():
            places = read.get(length, [])
            for place, limit in zip(places, limits, strict=False):
                if len(places) == len(limits):
                    anchor = limit.rule["due"]["anchor"]
                    start_of = begins(sentence, place)
                    found.append(Counted(sentence, start_of, place.end, default, anchor))
    return found


def by_length(limits: Iterable[Found]) -> dict[str, list[Found]]:
    """Lengths of time, equally long ones together, in order."""
    found = defaultdict(list)
    for one in limits:
        found[str(sorted(one.rule["due"]["offset"].items()))].append(one)
    return found


def crossed(docs: Sequence[Doc], folds: int = FOLDS) -> dict[str, list[dict[str, Any]]]:
    """The drafts of every document by weights learned from the other folds, by document id;
    `folds` = number of documents is leave-one-document-out."""
    folds = min(folds, len(docs))
    examples, named = [examples_of(doc) for doc in docs], [named_in(doc) for doc in docs]
    seen = [[shown(one) for one in of_doc] for of_doc in examples]
    lengths = [counted_in(doc) for doc in docs]
    out: dict[str, list[dict[str, Any]]] = {}
    for fold in range(folds):
        rows = others(examples, fold, folds)
        weights = train(rows, exact=ROUGH, seen=others(seen, fold, folds))
        names = learn(others(named, fold, folds))
        since = learn_since(others(lengths, fold, folds))
        for doc in docs[fold::folds]:
            drafts = read(doc["text"], weights=weights, names=names, since=since).drafts
            out[doc["id"]] = [draft.to_json() for draft in drafts if draft.band == "draft"]
    return out


def others(rows: Sequence[Sequence[One]], fold: int, folds: int) -> list[One]:
    """What the documents of the other folds say."""
    return [one for at, of_doc in enumerate(rows) if at % folds != fold for one in of_doc]
