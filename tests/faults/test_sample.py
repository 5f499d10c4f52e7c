"""A seeded sample of every row of the fault table (security.md 8)."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.faults.__main__ import ROWS
from tests.faults.ground import ROOT

SEED = "1"


@pytest.mark.parametrize("name", ROWS)
def test_fault_row_keeps_every_promise(name: str) -> None:
    """Security.md 8: each acknowledged act is there once, each refused one not at all."""
    command = [sys.executable, "-m", "tests.faults", "--row", name, "--scale", "sample"]
    done = subprocess.run(
        [*command, "--seed", SEED, "--json"],
        cwd=ROOT,
        env=os.environ,
        check=False,
        capture_output=True,
        text=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert [row["history"] for row in found if not row["ok"]] == [], done.stderr[-2000:]
    assert found[0]["cases"] > 0
