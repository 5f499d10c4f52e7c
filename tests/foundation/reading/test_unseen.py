"""Invented documents of another hand that nothing learns from and nothing is mended for."""

import json
from pathlib import Path

import pytest

from luoshi.foundation.reading.drafting import read
from tests.foundation.reading.test_reading import DATA, scorer

UNSEEN = sorted((DATA / "reading" / "unseen").glob("*.json"))


@pytest.mark.parametrize("path", UNSEEN, ids=[path.stem for path in UNSEEN])
def test_papers_that_nobody_learned_from(path: Path) -> None:
    """B1, 4: papers with the texture of real ones: what binds is drafted though most
    of it has no date, what tells is not, limits are read whole."""
    docs = json.loads(path.read_text(encoding="utf-8"))["docs"]
    drafts = {
        doc["id"]: [d.to_json() for d in read(doc["text"]).drafts if d.band == "draft"]
        for doc in docs
    }
    found = scorer().score(docs, drafts)
    assert found["sentences"]["P"] >= 0.93
    assert found["sentences"]["R"] >= 0.9
    timed, all_timed = found["recall_timed"]
    assert timed >= 0.98 * all_timed
    told, all_told = found["hard_negative_drafted"]
    assert told <= 0.025 * all_told
    assert found["rules_crisp"]["F1"] >= 0.92
    right, limits = found["rule_exact_crisp_timed"]
    assert right >= 0.9 * limits
    assert found["report_to"]["F1"] >= 0.85
