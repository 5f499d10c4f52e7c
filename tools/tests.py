"""All tests; without a browser everything else runs, then the run fails and says what could not.

python -m tools.tests
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPREAD = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # a file stays whole


def main() -> int:
    """Run pytest; the browser tests need Debian's chromium."""
    command = [sys.executable, "-m", "pytest", "-q", "--durations=15", *SPREAD]
    if shutil.which("chromium"):
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        return code or bench()
    code = subprocess.run([*command, "-m", "not browser"], cwd=ROOT, check=False).returncode
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", "browser"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    print("No chromium: these tests could not run (apt-get install -y chromium fonts-noto-cjk):")
    print(listed.stdout)
    bench()
    return code or 1


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
