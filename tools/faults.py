"""`make faults [ROW=name] [SCALE=sample|full] [SEED=n]`: the fault table and its mutation proof.

Without a row, the large draws of the tests follow, tampered trails and the deadline properties, and
the proofs marked `full`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DRAWS = ("tests/foundation/audit/test_verifier.py", "tests/foundation/deadlines")
SIZES = {"LUOSHI_FAULTS": "1000", "LUOSHI_CASES": "10000"}


def main() -> int:
    """Hand the make variables on; the rows live beside the tests."""
    options = {"--row": "ROW", "--scale": "SCALE", "--seed": "SEED"}
    given = [(key, os.environ.get(name, "")) for key, name in options.items()]
    words = [word for key, value in given if value for word in (key, *value.split())]
    command = [sys.executable, "-m", "tests.faults", *words, *sys.argv[1:]]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if os.environ.get("ROW") or os.environ.get("SCALE") == "sample":
        return code
    draws = [sys.executable, "-m", "pytest", "-q", *DRAWS]
    drawn = subprocess.run(draws, cwd=ROOT, env=os.environ | SIZES, check=False).returncode
    proofs = [sys.executable, "-m", "pytest", "-q", "-m", "full", "tests"]
    proved = subprocess.run(proofs, cwd=ROOT, check=False).returncode
    return code or drawn or proved


if __name__ == "__main__":
    sys.exit(main())
