"""Several people and several runs at once (TR-22)."""

import json
import subprocess
import sys
from pathlib import Path

from tests.databases import migrated


def test_two_people_keeping_at_once_keep_once(tmp_path: Path) -> None:
    """Concurrent action is a normal case: one is noted, the other reads who did it; four runs
    of the job at once make every occurrence once."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.supervision.commitments.at_once"],
        env=migrated("commitments_at_once", tmp_path),
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert found["kept"] == ["kept", "settled"]
    days = ["2026-04-17", "2026-04-24", "2026-05-06", "2026-05-08", "2026-05-15", "2026-05-22"]
    assert (found["rows"], found["made"]) == (days, 4)
