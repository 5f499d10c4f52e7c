"""The large draw of the fault tests: tampered trails 1,000 times, deadline properties 10,000."""

import os
import subprocess
import sys

TESTS = ("tests/foundation/audit/test_verifier.py", "tests/foundation/deadlines")


def main() -> int:
    """Run them with their large numbers."""
    sizes = {"LUOSHI_FAULTS": "1000", "LUOSHI_CASES": "10000"}
    command = [sys.executable, "-m", "pytest", "-q", *TESTS]
    return subprocess.run(command, env=os.environ | sizes, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
