"""`make lock`: write both locks from the .in files, with hashes and without any host."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = (
    "--universal --generate-hashes --no-header --no-annotate --no-emit-index-url "
    "--python-version 3.11"
).split()


def main() -> int:
    """Resolve with uv in a throw-away environment."""
    with tempfile.TemporaryDirectory(prefix="luoshi-lock-") as folder:
        venv.create(folder, with_pip=True)
        subprocess.run([f"{folder}/bin/pip", "install", "-q", "uv"], check=True)
        for name in ("requirements", "requirements-dev"):
            command = [f"{folder}/bin/uv", "pip", "compile", "-q", f"{name}.in", *OPTIONS]
            subprocess.run([*command, "-o", f"{name}.lock"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
