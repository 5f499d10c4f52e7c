"""One browser and one demo site for all browser tests."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import site as sites
from tests.server import SERVER
from tools import private_postgres


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield made
        made.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sites.Site]:
    """The demo story on a fixed day, served by the real server with the application's rights."""
    var = tmp_path_factory.mktemp("site")
    sites.database(SERVER, "walk")
    owner = sites.environment(SERVER, "walk", Path(var), private_postgres.OWNER)
    subprocess.run([sites.LUOSHI, "migrate", "-v0"], env=owner, check=True)
    application = sites.environment(SERVER, "walk", Path(var), private_postgres.APP)
    told = subprocess.run(
        [sites.LUOSHI, "demo", "--on", sites.DAY],
        env=application,
        check=True,
        capture_output=True,
        text=True,
    )
    port = sites.free_port()
    server = subprocess.Popen(
        [sites.LUOSHI, "serve", "--port", str(port), "--workers", "1"], env=application
    )
    made = sites.Site(f"http://127.0.0.1:{port}", application, sites.password_of(told.stdout))
    try:
        sites.wait(made.url)
        yield made
    finally:
        server.terminate()
        server.wait(timeout=20)
