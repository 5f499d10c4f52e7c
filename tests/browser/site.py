"""A running site for browser tests: its own database with the demo story, a real web server, and
the checks that every page must pass."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

from tests.databases import LUOSHI

PICTURES = os.environ.get("LUOSHI_PICTURES") == "1"
SCREENS = Path(__file__).resolve().parents[2] / "var" / "screens"
T = TypeVar("T")


@dataclass
class Site:
    """The running site: address, environment of its commands, the demo's password."""

    url: str
    environment: dict[str, str]
    password: str
    seats: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def command(self, *words: str) -> str:
        """Run a `luoshi` command on the site's database."""
        done = subprocess.run(
            [LUOSHI, *words], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def visitor(self, browser: Browser, seat: Any = None) -> "Person":
        """Open a fresh browser context, signed in as nobody, or as who holds these cookies."""
        wide = {"width": 1366, "height": 768}
        page = browser.new_context(viewport=wide, storage_state=seat).new_page()  # type: ignore[arg-type]
        person = Person(self, page)
        page.on("console", lambda message: person.messages.append(message.text))
        return person

    def sign_in(
        self, browser: Browser, user: str, language: str = "zh-hans", password: str = ""
    ) -> "Person":
        """Open a fresh browser context as a person, in a language."""
        person = self.visitor(browser)
        page = person.page
        person.go("/sign-in/")
        page.click(f"button[name=language][value={language}]")
        page.fill("#id_username", user)
        page.fill("#id_password", password or self.password)
        page.click("form:has(#id_password) button")
        page.wait_for_load_state()
        if page.locator("#id_code").count() and not password:
            page.fill("#id_code", self.command("demo", "code", user).strip())
            page.click("form:has(#id_code) button")
            page.wait_for_load_state()
        return person

    def seated(self, browser: Browser, user: str, language: str) -> "Person":
        """The same where who signs in does not matter: whoever sat there last in the language goes
        on. Signing in anew ends what they did elsewhere."""
        spoken, seat = self.seats.get(user, ("", None))
        if spoken == language:
            return self.visitor(browser, seat)
        person = self.sign_in(browser, user, language)
        self.seats[user] = (language, person.page.context.storage_state())
        return person


# Width depends on language, colour on theme: of each pair of these, every page is seen in both
# languages, both widths and both themes; LUOSHI_VARIANTS=all shows each page in all eight.
VARIANTS: tuple[tuple[str, int, str], ...] = (
    ("zh-hans", 1366, "light"),
    ("en", 360, "dark"),
    ("zh-hans", 360, "light"),
    ("en", 1366, "dark"),
)
ALL = os.environ.get("LUOSHI_VARIANTS") == "all"
if ALL:
    VARIANTS = tuple(product(("zh-hans", "en"), (1366, 360), ("light", "dark")))


def seen_in(variant: tuple[str, int, str], pages: Sequence[T]) -> list[T]:
    """The pages of a list that are looked at in a variant: by turns in the first pair of variants
    and in the second."""
    pair = VARIANTS.index(variant) // 2
    return [page for place, page in enumerate(pages) if ALL or place % 2 == pair]


TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 0.5)
    .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
}"""


WATCH = """() => {
  window.watched?.disconnect();
  window.changed = 0;
  window.watched = new MutationObserver((found) => { window.changed += found.length; });
  window.watched.observe(document, {subtree: true, childList: true, attributes: true});
}"""
LOOKS = 5
# a list's rows come from one template: its first ones are judged (LUOSHI_VARIANTS=all: every one)
ALIKE = (
    "tbody > tr:nth-child(n+9)",
    "[data-draft]:nth-of-type(n+9)",
    ".paper > p:nth-of-type(n+20)",
)


class Person:
    """Somebody at a browser."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page = site, page
        self.messages: list[str] = []

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site.url + path)

    def check(self, name: str) -> None:
        """Console silent, axe clean, no sideways scroll. The picture of a page that is not so goes
        to var/screens; with LUOSHI_PICTURES=1 that of every page."""
        grave = [v for v in self.judged() if v["impact"] in {"serious", "critical"}]
        told = [(v["id"], n["html"][:160], n["failureSummary"]) for v in grave for n in v["nodes"]]
        wide = self.page.evaluate(TOO_WIDE)
        if PICTURES or self.messages or told or wide:
            self.picture(name)
        assert self.messages == [], f"{name}: {self.messages}"
        assert told == [], f"{name}: {told[:5]}"
        assert wide == [], f"{name}: wider than the window: {wide}"

    def judged(self) -> list[dict[str, Any]]:
        """What axe has against the page; asked again where the page changed under it (it looks for
        news by itself): what was replaced meanwhile has neither colour nor place."""
        for _turn in range(LOOKS):
            self.page.evaluate(WATCH)
            rest = [[one] for one in ALIKE if not ALL and self.page.locator(one).count()]
            context = {"exclude": rest} if rest else None
            found: list[dict[str, Any]] = Axe().run(self.page, context).response["violations"]
            if not found or not self.page.evaluate("watched.takeRecords().length || changed"):
                return found
        raise AssertionError("the page does not come to rest")

    def picture(self, name: str) -> None:
        """Take the page's picture; a browser that was too busy to take it is asked once more."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        try:
            self.page.screenshot(path=SCREENS / f"{name}.png")
        except Error:
            self.page.wait_for_timeout(1000)
            self.page.screenshot(path=SCREENS / f"{name}.png")

    def sees(self, *selectors: str) -> None:
        """Each of these stands inside the first 1366 × 650 pixels, without scrolling."""
        self.page.evaluate("window.scrollTo(0, 0)")
        for selector in selectors:
            box = self.page.locator(selector).first.bounding_box(timeout=2000)
            assert box is not None, f"{selector} is not shown"
            assert box["x"] >= 0 and box["x"] + box["width"] <= 1366, f"{selector}: {box}"
            assert box["y"] >= 0 and box["y"] + box["height"] <= 650, f"{selector}: {box}"

    def close(self) -> None:
        """Leave."""
        self.page.context.close()


def free_port() -> int:
    """A free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(url: str) -> None:
    """Until the site answers, at most 30 s."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz/ready", timeout=2):  # noqa: S310 - loopback
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
