"""All tests; without a browser everything else runs, then the run fails and says what could not.

python -m tools.tests
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run pytest; the browser tests need Debian's chromium."""
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5"]
    if shutil.which("chromium"):
        return subprocess.run(command, cwd=ROOT, check=False).returncode
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
    return code or 1


if __name__ == "__main__":
    sys.exit(main())
