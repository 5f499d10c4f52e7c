"""`make bench`: the benchmark on a private server of its own, durable as in production.

python -m tools.bench [--size 10k|100k|1m] [--json] [--serve] [--against FILE]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import private_postgres

LUOSHI = str(Path(sys.executable).parent / "luoshi")


def main() -> int:
    """Start the server, measure, stop it."""
    base = Path(tempfile.mkdtemp(prefix="luoshi-bench-"))
    base.chmod(0o755)
    server = private_postgres.start(base)
    environment = os.environ | {
        "DATABASE_URL": server.url(private_postgres.OWNER),
        "LUOSHI_VAR": str(base / "var"),
    }
    (base / "var").mkdir()
    try:
        command = [LUOSHI, "bench", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        private_postgres.stop(base)
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
