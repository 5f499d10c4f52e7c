"""python -m tests.faults [--row NAME…] [--scale sample|full] [--seed N] [--json]"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from tests.faults.ground import open_ground
from tests.faults.table import Row, head, line
from tools import private_postgres

ROWS = {
    "power": "power loss: settings and order",
    "crash": "crash at every fsync/rename/commit",
    "disk": "disk full at every write",
    "upload": "hostile upload",
    "race": "same report twice, two reviewers",
    "sweep": "sweep missed, twice, two, killed",
    "clock": "clock back an hour, a day, 400 on",
    "trail": "trail tampered",
    "rot": "corrupt, cut, missing file",
    "upgrade": "upgrade killed half-way",
    "database": "database gone, deadlock",
    "crowd": "600 people at once",
    "urgent": "a night of urgent reports",
    "link": "urgent reports, link killed",
    "kill": "kill -9 of web, worker, database",
    "mutation": "one protection removed",
}


def run(name: str, ground: object, scale: str, seed: int) -> Row:
    """One row; an exception inside it is a broken promise."""
    row = Row(ROWS[name], seed=seed)
    began = time.monotonic()
    try:
        import_module(f"tests.faults.rows.{name}").run(row, ground, scale, random.Random(seed))  # noqa: S311
    except Exception:
        row.wrong += 1
        row.say(traceback.format_exc(limit=-4))
    row.seconds = time.monotonic() - began
    return row


def main() -> int:
    """Run the rows asked for, in one ground; exit code 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--row", nargs="+", choices=("all", *ROWS), default=["all"])
    parser.add_argument("--scale", choices=("sample", "full"), default="full")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = [*ROWS] if "all" in asked.row else asked.row
    base = Path(tempfile.mkdtemp(prefix="luoshi-faults-"))
    found = []
    if not asked.json:
        print(head(), flush=True)
    try:
        ground = open_ground(base)
        for name in names:
            row = run(name, ground, asked.scale, asked.seed)
            found.append(row)
            if not asked.json:
                print(line(row), *(f"    {one}" for one in row.history), sep="\n", flush=True)
    finally:
        private_postgres.stop(base)
        shutil.rmtree(base, ignore_errors=True)
    if asked.json:
        print(json.dumps([row.as_json() for row in found], ensure_ascii=False))
    return 0 if all(row.ok for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
