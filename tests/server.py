"""Plugin loaded before Django reads its settings: starts the private server of this test run.

The processes of one run share the server their first one started; each has databases of its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tools import private_postgres

SHARED = os.environ.get("LUOSHI_TEST_BASE") if "PYTEST_XDIST_WORKER" in os.environ else None
WORKER = os.environ["PYTEST_XDIST_WORKER"] if SHARED else "gw"
BASE = Path(SHARED or tempfile.mkdtemp(prefix="luoshi-test-"))
BASE.chmod(0o755)
SERVER = (
    private_postgres.describe(BASE)
    if SHARED
    else private_postgres.start(BASE, durable=False, connections=200)
)
VAR = BASE / f"var-{WORKER}"
os.environ["LUOSHI_TEST_BASE"] = str(BASE)
os.environ["DATABASE_URL"] = SERVER.url(private_postgres.OWNER)
os.environ["LUOSHI_VAR"] = str(VAR)
os.environ["LUOSHI_ALLOW_LOSS"] = "1"  # a test server may forget
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def close() -> None:
    """Stop the server and remove its folder, whatever happened."""
    private_postgres.stop(BASE)
    shutil.rmtree(BASE, ignore_errors=True)


if not SHARED:
    atexit.register(close)
