"""Labelled documents → examples for the gate and for names, and the honest measure: each document
read with weights that never saw it."""

from collections.abc import Mapping, Sequence
from typing import Any

from luoshi.foundation.reading.drafting import is_stage, is_title, read
from luoshi.foundation.reading.gate.training import ROUGH, Example, train
from luoshi.foundation.reading.structure.sections import documents, mode_at, opens, sections
from luoshi.foundation.reading.times.events.anchors import default_anchor
from luoshi.foundation.reading.who.learning import Named, learn

SOFT = 0.3
"""What a soft exhortation counts: it is no obligation, but nobody is blamed for drafting one."""
TOLD = 12.0
"""What a told or past sentence counts: a drafted narration costs the officer's trust."""
WEIGHTS = {"S": SOFT, "H": TOLD}
FOLDS = 20
Doc = Mapping[str, Any]


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


def crossed(docs: Sequence[Doc], folds: int = FOLDS) -> dict[str, list[dict[str, Any]]]:
    """The drafts of every document by weights learned from the other folds, by document id;
    `folds` = number of documents is leave-one-document-out."""
    folds = min(folds, len(docs))
    examples, named = [examples_of(doc) for doc in docs], [named_in(doc) for doc in docs]
    out: dict[str, list[dict[str, Any]]] = {}
    for fold in range(folds):
        known = [e for i, rows in enumerate(examples) if i % folds != fold for e in rows]
        weights = train(known, sweeps=ROUGH)
        model = learn([n for i, rows in enumerate(named) if i % folds != fold for n in rows])
        for doc in docs[fold::folds]:
            drafts = read(doc["text"], weights=weights, model=model).drafts
            out[doc["id"]] = [draft.to_json() for draft in drafts if draft.band == "draft"]
    return out
