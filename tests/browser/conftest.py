"""One browser and one demo site for all browser tests."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import site as sites
from tests.databases import LUOSHI, migrated, told
from tests.server import WORKER


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


@pytest.fixture(autouse=True)
def nobody_stays(browser: Browser) -> Iterator[None]:
    """Whoever a test left at the browser goes: a page that asks for news goes on asking."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sites.Site]:
    """The demo story on a fixed day, served by the real server with the application's rights."""
    environment, password = told(f"walk_{WORKER}", tmp_path_factory.mktemp("walk"))
    with served(environment, password) as made:
        yield made


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[sites.Site]:
    """A migrated database without a row, as `luoshi init` finds it."""
    with served(migrated(f"empty_{WORKER}", tmp_path), password="") as made:
        yield made


@contextmanager
def served(environment: dict[str, str], password: str) -> Iterator[sites.Site]:
    """The real server on the database, until the tests end."""
    port = sites.free_port()
    server = subprocess.Popen(
        [LUOSHI, "serve", "--port", str(port), "--workers", "1"], env=environment
    )
    made = sites.Site(f"http://127.0.0.1:{port}", environment, password)
    try:
        sites.wait(made.url)
        yield made
    finally:
        server.terminate()
        server.wait(timeout=20)
