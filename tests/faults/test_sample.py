"""A seeded sample of every row of the fault table (security.md 8)."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.faults.__main__ import ROWS
from tests.faults.ground import ROOT

SEED = "1"
TIMED = {"link"}  # it holds a time, which a busy machine may break: `make faults` alone runs it


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    """The rows that were asked for, run once on one ground."""
    names = [
        item.callspec.params["name"]  # type: ignore[attr-defined]
        for item in request.session.items
        if item.path == request.path
    ]
    command = [sys.executable, "-m", "tests.faults", "--row", *names, "--scale", "sample"]
    done = subprocess.run(
        [*command, "--seed", SEED, "--json"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout, done.stderr[-3000:]
    return dict(zip(names, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", [name for name in ROWS if name not in TIMED])
def test_fault_row_keeps_every_promise(found: dict[str, dict[str, Any]], name: str) -> None:
    """Security.md 8: each acknowledged act is there once, each refused one not at all."""
    row = found[name]
    assert row["ok"], row["history"]
