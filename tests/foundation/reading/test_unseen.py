"""Invented documents of another hand that nothing learns from and nothing is mended for."""

import json

import pytest

from luoshi.foundation.reading.drafting import read
from tests.foundation.reading.test_reading import DATA, scorer

FLOORS = {  # sentences P and R, limits found, exact rules, timed sentences right, report-to
    "texture_fourth": (0.93, 0.9, 0.98, 0.92, 0.9, 0.85),  # yearly points, work reports
    "texture_fifth": (0.88, 0.88, 0.92, 0.82, 0.8, 0.75),  # rules and minutes
    "texture_sixth": (0.88, 0.87, 0.92, 0.85, 0.82, 0.85),  # rules, emergency plans
}


@pytest.mark.parametrize("name", FLOORS)
def test_papers_that_nobody_learned_from(name: str) -> None:
    """B1, 4: papers with the texture of real ones: what binds is drafted though much of it has no
    date, what tells is not, limits are read whole."""
    path = DATA / "reading" / "unseen" / f"{name}.json"
    docs = json.loads(path.read_text(encoding="utf-8"))["docs"]
    drafts = {
        doc["id"]: [d.to_json() for d in read(doc["text"]).drafts if d.band == "draft"]
        for doc in docs
    }
    found = scorer().score(docs, drafts)
    timed, all_timed = found["recall_timed"]
    right, limits = found["rule_exact_crisp_timed"]
    values = (
        found["sentences"]["P"],
        found["sentences"]["R"],
        timed / all_timed,
        found["rules_crisp"]["F1"],
        right / limits,
        found["report_to"]["F1"],
    )
    assert all(value >= floor for value, floor in zip(values, FLOORS[name], strict=True)), values
    told, all_told = found["hard_negative_drafted"]
    assert told <= max(1, 0.025 * all_told)
