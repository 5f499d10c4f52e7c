"""All tests; without a browser everything else runs, then the run fails and says what could not.

python -m tools.tests
"""

import json
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
    """The gates at 10,000 obligations. A gate that fails is measured once more, for something else
    may have run beside it; what fails twice is shown and fails the run."""
    failed = missed()
    if failed:
        again = missed()
        failed = {name: again[name] for name in failed if name in again}
    print("bench 10k: " + ("FAILED" if failed else "gates hold"))
    print("\n".join(failed.values()))
    return 1 if failed else 0


def missed() -> dict[str, str]:
    """The gates that do not hold in one run, with their lines; a run that breaks off counts."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", "--size", "10k", "--json"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    try:
        gates = json.loads(done.stdout.strip().splitlines()[-1])["gates"]
    except (ValueError, IndexError, KeyError):
        return {"bench": done.stdout[-2000:] + done.stderr[-2000:]}
    return {
        gate["name"]: f"{gate['name']}: {gate['value']}, limit {gate['limit']}"
        for gate in gates
        if not gate["ok"]
    }


if __name__ == "__main__":
    sys.exit(main())
