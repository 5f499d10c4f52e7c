"""`make check`: one readable list, the same on a laptop and in CI.

python -m tools.check
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
LIST: tuple[tuple[str, list[str]], ...] = (
    ("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
    ("lint", [str(BIN / "ruff"), "check", "-q", "."]),
    ("types", [str(BIN / "mypy"), "luoshi", "tests/faults", "tools"]),
    ("imports", [str(BIN / "lint-imports")]),
    ("translations", [PYTHON, "-m", "tools.messages", "check"]),
    ("migrations", [str(BIN / "luoshi"), "makemigrations", "--check", "--dry-run"]),
    ("house", [PYTHON, "-m", "pytest", "-q", "tests/house"]),
    ("traceability", [PYTHON, "-m", "tools.traceability", "--check"]),
)


AT_ONCE = 2  # a check uses one core


def main() -> int:
    """Run the whole list, two at a time; every failure is shown in the order of the list, the exit
    code says whether there was one."""
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for (name, _command), found in zip(LIST, pool.map(judged, LIST), strict=True):
            code, seconds, told = found
            print(f"{name:14s} {'FAILED' if code else 'ok':7s} {seconds:5.1f} s", flush=True)
            if code:
                failed.append(name)
                print(told, flush=True)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


def judged(row: tuple[str, list[str]]) -> tuple[int, float, str]:
    """Exit code, seconds and last words of one check."""
    began = time.monotonic()
    done = subprocess.run(
        row[1],
        cwd=ROOT,
        env=os.environ | {"LUOSHI_LANGUAGE": "en"},
        check=False,
        capture_output=True,
        text=True,
    )
    told = f"{done.stdout[-6000:]} {done.stderr[-3000:]}"
    return done.returncode, time.monotonic() - began, told


if __name__ == "__main__":
    sys.exit(main())
