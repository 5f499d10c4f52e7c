"""`make faults [ROW=name] [SCALE=sample|full] [SEED=n]`: the fault table and its mutation proof."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Hand the make variables on; the rows live beside the tests."""
    options = {"--row": "ROW", "--scale": "SCALE", "--seed": "SEED"}
    given = [(key, os.environ.get(name, "")) for key, name in options.items()]
    words = [word for key, value in given if value for word in (key, value)]
    command = [sys.executable, "-m", "tests.faults", *words, *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
