"""The drafting page by keyboard, and the upload of a large file with its progress."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser
NOTICE = """关于做好重点工作的通知
一、市财政局要在收到之日起15日内提出意见，并于每季度末报送进展。
二、市应急局要于6月底前完成隐患排查。
三、市教育局要及时向市委办公室报告进展。
"""


def test_drafts_are_checked_by_keyboard_alone(browser: Browser, site: Site, tmp_path: Path) -> None:
    """ui.md 5.4 and 11: move, edit with a live date, split, accept, reject."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE, encoding="utf-8")
    officer.go("/drafting/new/")
    page.set_input_files("#id_file", file)
    page.click("button[data-send]")
    page.wait_for_url("**/drafting/*-*/")
    mark = page.locator(".paper mark.on sup")
    expect(mark).to_have_text("1")
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#id_limit")).to_have_value("签收后15个自然日内")
    with page.expect_navigation():
        page.keyboard.press("j")
    expect(page.locator("#id_limit")).to_have_value("每季度")
    page.keyboard.press("e")
    expect(page.locator("#id_title")).to_be_focused()
    page.fill("#id_limit", "每月25日前")
    expect(page.locator("#sample")).to_contain_text("2026年3月25日")
    officer.check("drafting-edit")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#current")).to_contain_text("6月底前")
    with page.expect_navigation():
        page.keyboard.press("r")
    expect(page.locator("#current")).to_contain_text("采用：5个工作日（本机关默认）")
    officer.check("drafting-vague")
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.locator(".rev > .bar")).to_contain_text("3 / 4")
    officer.close()


def test_large_file_shows_its_progress_and_its_refusal(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """security.md 7: a file refused after a long upload says why on the same page."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    file = tmp_path / "大文件.txt"
    file.write_bytes(b"\0" * 3_000_000)
    officer.go("/drafting/new/")
    page.set_input_files("#id_file", file)
    page.click("button[data-send]")
    expect(page.locator("#errors")).to_be_focused()
    assert page.url == f"{site.url}/drafting/new/"
    officer.close()
