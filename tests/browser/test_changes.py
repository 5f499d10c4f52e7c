"""Pages of division and changes, each as the person who works on it sees it, in every variant."""

import pytest
from playwright.sync_api import Browser

from tests.browser.site import VARIANTS, Person, Site, seen_in

TAB = "nav.sections a[href$='/changes/']"
FIRST = ".tbl .m-t a"
# Who looks, which matter, the links followed from the ledger, the name of the picture.
PAGES = (
    ("li", "共享单车", (FIRST, TAB), "changes-objection"),
    ("li", "共享单车", (FIRST, TAB, "a[href$='/reassignment/']"), "reassignment"),
    ("li", "备用水源", (FIRST, TAB), "changes-stops"),
    ("li", "治本攻坚", (FIRST, TAB, "a[href$='/parts/']"), "parts"),
    ("li", "共享单车", (FIRST, TAB, "a[href$='/merger/']"), "merger"),
    ("qian", "一网通办", (FIRST, "a[href$='/opinion/']"), "opinion"),
    ("feng", "一网通办", (FIRST, "a[href$='/opinions/']"), "opinions"),
    ("feng", "一网通办", (FIRST, "a[href$='/report/']"), "report-with-opinions"),
    ("gu", "湿地", (FIRST,), "matter-courteous"),
    ("sun", "防汛应急演练", (FIRST, "a[href$='/objection/']"), "objection"),
)


@pytest.mark.parametrize(("language", "width", "theme"), VARIANTS)
def test_change_pages_in_every_variant(
    browser: Browser, site: Site, language: str, width: int, theme: str
) -> None:
    """ui.md 12, R-PRO-5, S3-55, features rows 13 and 20: axe clean, silent console, no sideways
    scroll; each page is reached by its links from the ledger."""
    people: dict[str, Person] = {}
    for user, matter, links, name in seen_in((language, width, theme), PAGES):
        person = people.get(user)
        if person is None:
            person = people[user] = site.sign_in(browser, user, language)
            person.go("/preferences/")
            person.page.select_option("#id_theme", theme)
            person.page.click("form.form button")
            person.page.set_viewport_size({"width": width, "height": 768})
        person.go(f"/ledger/?text={matter}")
        for link in links:
            found = person.page.locator(link).first.get_attribute("href")
            assert found, f"{name}: no {link}"
            person.go(found)
        person.check(f"{name}-{language}-{width}-{theme}")
    for person in people.values():
        person.close()


def test_clock_is_stopped_and_runs_again(browser: Browser, site: Site) -> None:
    """Features row 20: by hand, from the page of changes, with the time left explained."""
    li = site.sign_in(browser, "li", "zh-hans")
    li.go("/ledger/?text=低空经济")
    page = li.page
    li.go(page.locator(FIRST).first.get_attribute("href") or "")
    li.go(page.locator(TAB).first.get_attribute("href") or "")
    page.click("text=中止计时…")
    page.fill("form[action$='/stops/'] #id_reason", "等待空域批复")
    page.click("form[action$='/stops/'] button")
    assert "等待空域批复" in page.inner_text("#stops")
    page.fill("form[action$='/resumption/'] input[name=reason]", "批复已到")
    page.click("form[action$='/resumption/'] button")
    assert "批复已到" in page.inner_text("#stops")
    assert li.messages == []
    li.close()
