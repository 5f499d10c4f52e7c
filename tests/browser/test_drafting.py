"""The drafting page by keyboard, and the upload of a large file with its progress."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Person, Site

pytestmark = pytest.mark.browser
NOTICE = """关于做好重点工作的通知
一、市财政局要在收到之日起15日内提出意见，并于每季度末报送进展。
二、市应急局要于6月底前完成隐患排查。
三、市教育局要及时向市委办公室报告进展。
四、各单位要讲政治。
五、各单位要讲政治。
"""
SENTENCE = "{}、市财政局要在2026年{}月{}日前向市委办公室报送第{}项工作进展情况。\n"
CURRENT = "#current .bar b >> nth=0"


def bring(officer: Person, text: str, folder: Path) -> None:
    """Upload a notice; the page is open afterwards."""
    file = folder / "通知.txt"
    file.write_text(text, encoding="utf-8")
    officer.go("/drafting/new/")
    officer.page.set_input_files("#id_file", file)
    officer.page.click("button[data-send]")
    officer.page.wait_for_url("**/drafting/*-*/**")
    expect(officer.page.locator(".paper mark.on").first).to_be_visible()


def in_view(page: Page, selector: str, box: str) -> bool:
    """Whether the element stands inside its pane."""
    return bool(
        page.evaluate(
            """([one, pane]) => {
              const a = document.querySelector(one).getBoundingClientRect();
              const b = document.querySelector(pane).getBoundingClientRect();
              return a.top >= b.top - 1 && a.top < b.bottom;
            }""",
            [selector, box],
        )
    )


def test_hundred_right_drafts_are_confirmed_without_a_pointer(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """ui.md 5.4: at most two keys a draft, none lost however fast they come; both sides follow."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    text = "关于报送进展的通知\n" + "".join(
        SENTENCE.format(n, n % 12 + 1, n % 28 + 1, n) for n in range(1, 101)
    )
    bring(officer, text, tmp_path)
    expect(page.locator("#progress")).to_contain_text("0 / 100")
    page.evaluate(
        """() => {
          window.tally = {keys: 0, pointers: 0};
          addEventListener("keydown", (e) => { window.tally.keys += e.isTrusted ? 1 : 0; }, true);
          addEventListener("pointerdown", () => { window.tally.pointers += 1; }, true);
        }"""
    )
    for number in range(1, 101):
        page.keyboard.press("a")
        if number % 10 == 0:  # ten keys at a stroke: the page catches up
            expect(page.locator("#progress")).to_contain_text(f"{number} / 100", timeout=30_000)
            assert in_view(page, ".paper mark.on", ".src-pane")
            assert in_view(page, "#current", ".rev")
    assert page.evaluate("document.querySelectorAll('.paper mark.on').length") == 1
    assert page.evaluate("document.querySelectorAll('.paper mark.ok').length") == 99
    tally = page.evaluate("window.tally")
    assert tally["keys"] <= 200, tally
    assert tally == {"keys": 100, "pointers": 0}
    page.keyboard.press("z")
    expect(page.locator("#progress")).to_contain_text("99 / 100")
    officer.close()


def test_drafts_are_checked_by_keyboard_alone(browser: Browser, site: Site, tmp_path: Path) -> None:
    """ui.md 5.4 and 11: move, edit with a live date, split, merge, accept, reject, undo."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    bring(officer, NOTICE, tmp_path)
    key = page.keyboard.press
    expect(page.locator(".paper mark.on sup")).to_have_text("1")
    key("s")
    expect(page.locator("input[name=offset]:checked")).to_be_focused()
    key("Enter")
    expect(page.locator("#id_limit")).to_have_value("签收后15个自然日内")
    key("m")
    expect(page.locator("input[name=with]:checked")).to_be_focused()
    key("Enter")
    expect(page.locator("#id_limit")).to_have_value("签收后15个自然日内；每季度第3个月底前")
    key("z")
    expect(page.locator("#id_limit")).to_have_value("签收后15个自然日内")
    key("j")
    expect(page.locator("#id_limit")).to_have_value("每季度第3个月底前")
    key("e")
    expect(page.locator("#id_title")).to_be_focused()
    page.fill("#id_limit", "每月25日前")
    page.fill("#id_report_to", "市政府办公室")
    expect(page.locator("#sample")).to_contain_text("2026年3月25日")
    officer.check("drafting-edit")
    key("Control+Enter")
    expect(page.locator("#id_limit")).to_have_value("6月底前")
    expect(page.locator("#rows")).to_contain_text("已改")
    key("r")
    expect(page.locator("#current")).to_contain_text("采用：5个工作日（本机关默认）")
    officer.check("drafting-vague")
    key("a")
    expect(page.locator("#progress")).to_contain_text("3 / 4")
    key("z")
    expect(page.locator("#progress")).to_contain_text("2 / 4")
    expect(page.locator(CURRENT)).to_have_text("3")
    officer.close()


def test_source_and_drafts_move_each_other_and_selected_words_are_added(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """A click on either side opens the draft on both; the second of two equal sentences is added
    where it was selected; by keyboard alone its copied words do."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    bring(officer, NOTICE, tmp_path)
    page.click('.paper mark[data-item="3"] >> nth=-1')
    expect(page.locator(CURRENT)).to_have_text("3")
    page.click("#d1 a[data-open]")
    expect(page.locator(".paper mark.on sup")).to_have_text("1")
    assert page.url.endswith("?item=1")
    page.evaluate(
        """() => {
          const line = [...document.querySelectorAll(".paper p")].pop();
          const [text, end] = [line.firstChild, line.textContent.length];
          getSelection().setBaseAndExtent(text, 2, text, end);
        }"""
    )
    expect(page.locator("#selection")).to_be_visible()
    officer.check("drafting-selection")
    page.keyboard.press("n")
    expect(page.locator(".paper p").last.locator("mark.on")).to_have_text("4各单位要讲政治。")
    expect(page.locator("#current")).to_contain_text("补充")
    page.keyboard.press("n")
    expect(page.locator("#id_words")).to_be_focused()
    page.keyboard.insert_text("各单位要讲政治。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(CURRENT)).to_have_text("5")
    expect(page.locator(".paper p").nth(-2).locator("mark.on")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator(".paper mark[data-item='5']")).to_have_count(0)
    officer.close()


def test_days_recompute_and_typed_words_survive_leaving(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """B2: every due date follows a day as it is typed; what was typed and not sent is there
    again; a colleague sees who is typing and overwrites nothing."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    bring(officer, NOTICE, tmp_path)
    page.keyboard.press("d")
    expect(page.locator("#id_issued_on")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("2026-2-9")
    expect(page.locator("#sample")).to_contain_text("2026年2月24日")
    page.keyboard.press("Enter")
    expect(page.locator("#days summary")).to_contain_text("2月9日")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.fill("#id_title", "尚未写完的题目")
    here = page.url.split("?")[0] + "?item=1"
    for _attempt in range(10):  # the last words leave while the page does
        page.goto(f"{site.url}/drafting/")
        page.goto(here)
        if page.input_value("#id_title") == "尚未写完的题目":
            break
    expect(page.locator("#id_title")).to_have_value("尚未写完的题目")
    page.fill("#id_title", "还在写的题目")
    expect(page.locator("#kept")).to_contain_text("已暂存")
    expect(page.locator("#correction .warnbox").first).to_contain_text("尚未提交")
    colleague = site.sign_in(browser, "chen")
    colleague.go("/drafting/" + re.findall(r"drafting/([^/]+)/", page.url)[0] + "/?item=1")
    expect(colleague.page.locator("#current")).to_contain_text("正在修改")
    expect(colleague.page.locator("[data-key=KeyA]")).to_have_count(0)
    colleague.check("drafting-held")
    colleague.page.keyboard.press("j")
    expect(colleague.page.locator(CURRENT)).to_have_text("2")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(CURRENT)).to_have_text("2")
    colleague.page.keyboard.press("r")
    expect(colleague.page.locator("#progress")).to_contain_text("1 / 3")
    page.keyboard.press("a")
    expect(page.locator("#notes")).to_contain_text("陈")
    expect(page.locator("#current")).to_contain_text("不采纳")
    officer.messages.clear()  # the browser itself tells of the refusal
    officer.check("drafting-refused")
    colleague.close()
    officer.close()


def test_drafts_are_checked_without_scripts(browser: Browser, site: Site, tmp_path: Path) -> None:
    """Forms and links alone: open a draft, split it, merge it again, accept, undo."""
    officer = site.sign_in(browser, "li")
    bring(officer, NOTICE, tmp_path)
    bare = browser.new_context(
        java_script_enabled=False, storage_state=officer.page.context.storage_state()
    ).new_page()
    bare.goto(officer.page.url)
    for key in ("KeyS", "KeyM"):
        bare.click(f"[data-key={key}]")
        bare.click(f"details:has([data-key={key}]) form button")
    expect(bare.locator("#id_limit")).to_have_value("签收后15个自然日内；每季度第3个月底前")
    bare.click("[data-key=KeyA]")
    expect(bare.locator(CURRENT)).to_have_text("2")
    expect(bare.locator("#progress")).to_contain_text("1 / 3")
    bare.click("#foot [data-key=KeyZ]")
    expect(bare.locator(CURRENT)).to_have_text("1")
    bare.context.close()
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
