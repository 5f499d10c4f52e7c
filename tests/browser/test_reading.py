"""A long document in the browser: progress by htmx, then the review page by itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site
from tests.foundation.reading.papers import long_paper

pytestmark = pytest.mark.browser
READ = "import django; django.setup(); from luoshi.desks.meetings.tasks import read_waiting; "


def run(site: Site, words: str) -> None:
    """What the worker does, now."""
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    subprocess.run([sys.executable, "-c", READ + words], env=environment, check=True)


def test_progress_goes_over_into_the_review_page(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """Issue 8: being read, n of m pages, then the drafts, without a click; in silence before the
    content security policy."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    file = tmp_path / "汇编.pdf"
    file.write_bytes(long_paper(58))
    officer.go("/drafting/new/")
    page.set_input_files("#id_file", file)
    page.click("button[data-send]")
    page.wait_for_url("**/drafting/*-*/")
    expect(page.locator("#reading")).to_contain_text("正在读取")
    page.evaluate("window.here = true")
    with page.expect_response("**/reading/"):
        pass
    assert page.evaluate("window.here")
    expect(page.locator("#reading")).to_contain_text("共")
    officer.check("drafting-reading")
    run(site, "read_waiting()")
    expect(page.locator(".paper")).to_contain_text("地下管网改造任务", timeout=30_000)
    assert officer.messages == []
    page.click("#removed summary")
    expect(page.locator("#removed li").first).to_contain_text("清源市重点任务汇编")
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 768})
        officer.check(f"drafting-removed-{width}")
    officer.close()


def test_failed_reading_says_why_and_what_next(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """Issue 8: the reason, the next step, a button to try again."""
    officer = site.sign_in(browser, "li", "en")
    page = officer.page
    file = tmp_path / "paper.pdf"
    file.write_bytes(long_paper(58))
    officer.go("/drafting/new/")
    page.set_input_files("#id_file", file)
    page.click("button[data-send]")
    page.wait_for_url("**/drafting/*-*/")
    run(
        site,
        "from luoshi.desks.meetings.models import SourceDocument as S; "
        "S.objects.filter(reading='waiting').update(tries=3); read_waiting()",
    )
    expect(page.locator(".card")).to_contain_text("interrupted three times", timeout=10_000)
    officer.check("drafting-unread")
    with page.expect_navigation():
        page.click("button:has-text('Read it again')")
    expect(page.locator("#reading")).to_contain_text("Being read")
    run(site, "read_waiting()")
    officer.close()
