"""`make check`: one readable list, the same on a laptop and in CI.

python -m tools.check
"""

import os
import subprocess
import sys
import time
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


def main() -> int:
    """Run the whole list; every failure is shown, the exit code says whether there was one."""
    failed = []
    environment = os.environ | {"LUOSHI_LANGUAGE": "en"}
    for name, command in LIST:
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
        word = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:14s} {word:7s} {time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:], flush=True)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
