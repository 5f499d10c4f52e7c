"""Plugin loaded before Django reads its settings: starts the private server of this test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tools import private_postgres

BASE = Path(tempfile.mkdtemp(prefix="luoshi-test-"))
BASE.chmod(0o755)
SERVER = private_postgres.start(BASE, durable=False)
os.environ["DATABASE_URL"] = SERVER.url(private_postgres.OWNER)
os.environ["LUOSHI_VAR"] = str(BASE / "var")
os.environ["LUOSHI_ALLOW_LOSS"] = "1"  # a test server may forget
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def close() -> None:
    """Stop the server and remove its folder, whatever happened."""
    private_postgres.stop(BASE)
    shutil.rmtree(BASE, ignore_errors=True)


atexit.register(close)
