"""The main job, end to end, in a real browser, in Chinese and in English."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Person, Site

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
BUREAU = "市住房城乡建设局"


def decide_all(page: Page) -> int:
    """Accept every draft by keyboard; returns how many keys it took."""
    keys = 0
    done, total = progress_of(page)
    while done < total:
        page.keyboard.press("a")
        keys += 1
        done += 1
        expect(page.locator("#progress")).to_contain_text(f"{done} / {total}")
    return keys


def progress_of(page: Page) -> tuple[int, int]:
    """Checked and all drafts, as the bar says."""
    done, total = re.findall(r"(\d+) / (\d+)", page.inner_text("#progress"))[0]
    return int(done), int(total)


def draft_matters(officer: Person, file: str, language: str) -> str:
    """Upload, check, waive what binds nobody, submit; returns the path of a matter's assigning."""
    page = officer.page
    officer.go("/drafting/new/")
    officer.check(f"upload-{language}")
    page.set_input_files("#id_file", SAMPLES / file)
    page.select_option("#id_regime", "instruction")
    page.fill("#id_issued_on", "2026-1-30")
    page.click("button[data-send]")
    page.wait_for_load_state()
    marks = page.locator(".paper mark").count()
    assert marks > 5
    officer.check(f"drafting-{language}")
    keys = decide_all(page)
    assert keys <= 2 * progress_of(page)[1]
    waive = page.locator("#points button[name=waive]")
    while left := waive.count():
        waive.first.click()
        expect(waive).to_have_count(left - 1)
    page.click("#submit button")
    page.wait_for_load_state()
    officer.check(f"submitted-{language}")
    link = page.locator("#matters a.btn").first.get_attribute("href")
    assert link is not None
    return link


def assign_to_bureau(officer: Person, path: str, language: str) -> str:
    """Assign one matter to the bureau alone; returns the matter's path."""
    page = officer.page
    officer.go(path)
    officer.check(f"assign-{language}")
    units = page.locator("input[name=unit]")
    for index in range(units.count()):
        units.nth(index).fill(BUREAU if index == 0 else "")
    page.locator("select[name=part]").first.select_option("sole")
    page.click("button[data-send]")
    page.wait_for_load_state()
    officer.check(f"matter-{language}")
    return re.sub(r"^https?://[^/]+", "", page.url)


def send_report(liaison: Person, path: str, language: str, words: str) -> str:
    """Report on the first open duty with a figure and a file; returns the report's path."""
    page = liaison.page
    liaison.go(path)
    page.click(".turn a.btn")
    page.wait_for_load_state()
    liaison.check(f"report-{language}")
    page.fill("#id_progress", words)
    page.fill("#id_state_change", "已进入实施阶段")
    page.fill("#id_problems", "资金")
    page.fill("#id_next_steps", "推进")
    page.fill("#id_summary", "总结")
    if page.locator("#id_late_reason").count():
        page.fill("#id_late_reason", "数据汇总延后")
    page.fill("input[name=figure_name]", "完成数量")
    page.fill("input[name=figure_value]", "1286")
    page.set_input_files("#id_file", SAMPLES / "instruction.txt")
    page.click("button[name=act][value=send]")
    page.wait_for_load_state()
    liaison.check(f"sent-{language}")
    assert "/reports/" in page.url
    return re.sub(r"^https?://[^/]+", "", page.url)


@pytest.mark.parametrize(("language", "file"), [("zh-hans", "notice.docx"), ("en", "minutes.pdf")])
def test_notice_comes_in_and_is_closed_and_counted(
    browser: Browser, site: Site, language: str, file: str
) -> None:
    """B1, S3-61, TR-06, TR-09: from upload to conclusion, with one report returned."""
    officer = site.sign_in(browser, "li", language)
    officer.check(f"today-{language}")
    path = assign_to_bureau(officer, draft_matters(officer, file, language), language)

    liaison = site.sign_in(browser, "zhang", language)
    liaison.check(f"liaison-{language}")
    liaison.go(path)
    liaison.page.click(".turn button")
    liaison.page.wait_for_load_state()
    report = send_report(liaison, path, language, "已完成普查1286公里")

    officer.go(report)
    officer.check(f"review-{language}")
    officer.page.fill("#id_reason", "请补充分县数据")
    officer.page.click("button[value=returned]")
    officer.page.wait_for_load_state()

    again = send_report(liaison, path, language, "已完成普查1286公里，附分县数据")
    officer.go(again)
    officer.page.keyboard.press("a")
    officer.page.wait_for_selector(".notice.ok")

    liaison.go(path)
    assert liaison.page.locator("#conclude").count() == 0
    refused = liaison.page.request.post(site.url + path + "closure/", form={"result": "done"})
    assert refused.status == 403

    finish(officer, liaison, path, language)
    officer.close()
    liaison.close()


def finish(officer: Person, liaison: Person, path: str, language: str) -> None:
    """Every open duty is reported and accepted, then the officer concludes."""
    for _round in range(6):
        officer.go(f"{path}conclusion/")
        officer.page.select_option("#id_result", "done")
        officer.page.fill("#id_summary", "任务完成")
        officer.page.click("#conclude button")
        officer.page.wait_for_load_state()
        if officer.page.locator("#errors").count() == 0:
            break
        officer.messages.clear()
        final = send_final(liaison, path)
        officer.go(final)
        officer.page.click("button[value=accepted]")
        officer.page.wait_for_load_state()
    officer.go(path)
    officer.check(f"concluded-{language}")
    assert officer.page.locator(".notice.ok").count() == 1


def send_final(liaison: Person, path: str) -> str:
    """The final report, ticking every open duty."""
    page = liaison.page
    liaison.go(path)
    page.click(".turn a.btn")
    for box in page.locator("input[name=duties]").all():
        box.check()
    for name in ("progress", "state_change", "problems", "next_steps", "summary"):
        page.fill(f"#id_{name}", "全部完成")
    if page.locator("#id_late_reason").count():
        page.fill("#id_late_reason", "汇总延后")
    page.click("button[name=act][value=send]")
    page.wait_for_load_state()
    return re.sub(r"^https?://[^/]+", "", page.url)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_missed_duty_turns_red_and_bulletin_opens_its_rows(
    browser: Browser, site: Site, language: str
) -> None:
    """Features rows 21 and 28, R-SUP-5, B15, decision 10: red lights, one reminder a level, every
    figure opens its rows."""
    for _again in range(2):
        site.command("sweep", "--on", "2026-03-30")
    officer = site.sign_in(browser, "li", language)
    page = officer.page
    officer.go("/ledger/?light=red")
    officer.check(f"ledger-red-{language}")
    shown = int(page.inner_text(".tabs a:nth-child(2) b"))
    assert shown == page.locator(".tbl tbody tr").count() > 0
    officer.go("/bulletins/")
    page.fill("input[name=month]", "2026-03")
    page.click(".acts button")
    page.wait_for_load_state()
    officer.check(f"bulletin-{language}")
    figures = page.locator(".cols td.num a")
    for index in range(figures.count()):
        value = int(figures.nth(index).inner_text())
        figures.nth(index).click()
        page.wait_for_load_state()
        assert page.locator(".tbl tbody tr").count() == value
        page.go_back()
    href = page.locator(".acts a").get_attribute("href")
    body = page.request.get(site.url + str(href)).body()
    assert body.startswith(b"%PDF-")
    liaison = site.sign_in(browser, "sun", language)
    liaison.go("/notices/")
    liaison.check(f"notices-{language}")
    titles = [text.strip() for text in liaison.page.locator(".tbl .t").all_inner_texts()]
    assert len(titles) == len(set(titles)) > 0
    officer.close()
    liaison.close()
