"""All tests but those of the house, which `tools.check` runs; where a program is missing everything
else runs, then the run fails and says what could not.

python -m tools.tests
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS = max(3, os.cpu_count() or 1)  # a third on two cores fills the waits for the database
SPREAD = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")  # a file stays whole
LONG = "full"  # what `make faults` runs
NEEDS = (  # the mark of the tests, the programs they drive, the packages that hold these
    ("browser", ("chromium",), "chromium fonts-noto-cjk"),
    ("old_word", ("antiword", "catdoc"), "antiword catdoc"),
)


def main() -> int:
    """Run pytest; tests whose programs are missing are left out and told, and the run fails."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--durations=15",
        "--ignore=tests/house",
        *SPREAD,
    ]
    missing = [row for row in NEEDS if not all(map(shutil.which, row[1]))]
    left_out = [LONG, *(mark for mark, _programs, _packages in missing)]
    command += ["-m", " and ".join(f"not {mark}" for mark in left_out)]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    for mark, programs, packages in missing:
        told = f"No {' and '.join(programs)}: these tests could not run"
        print(f"{told} (apt-get install -y {packages}):")
        print(collected(mark))
    if code and not missing:
        return code
    benched = bench()
    return code or benched or int(bool(missing))


def collected(mark: str) -> str:
    """The names of the tests with a mark."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", mark],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    return listed.stdout


def bench() -> int:
    """The gates at 10,000 obligations; the table is shown when one fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", "--size", "10k"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    failed = [line for line in done.stdout.splitlines() if not line.startswith("ok ")]
    print("bench 10k: " + ("gates hold" if done.returncode == 0 else "FAILED"))
    if done.returncode:
        print("\n".join(failed), done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
