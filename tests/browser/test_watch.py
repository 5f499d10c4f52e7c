"""The watch room asks for itself: nothing is taken from the reader's hands, nothing sounds unasked
(S3-89; features rows 56, 62)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser
AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
COUNTED = """() => {
  window.rings = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function () { window.rings += 1; return start.call(this); };
}"""
CHOSEN = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("[data-part=there] td"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
OLD = """() => { document.querySelector("[data-part=seen]").firstChild.textContent = "…"; }"""


def asked_again(page: Page) -> None:
    """The page has asked for itself once more, and has put in what it got."""
    page.evaluate(OLD)
    page.evaluate(AGAIN)
    expect(page.locator("[data-part=seen]")).not_to_contain_text("…")


def test_focus_selection_and_place_stay_and_only_the_asked_for_sounds(
    browser: Browser, site: Site
) -> None:
    """S3-89: on a phone and on a desk, the refresh keeps focus, what is selected and the place on
    the page; an event that is new sounds once the box is ticked, never before."""
    kong = site.sign_in(browser, "kong")
    page = kong.page
    page.set_viewport_size({"width": 360, "height": 740})
    kong.go("/watch/")
    page.evaluate(COUNTED)
    page.evaluate(CHOSEN)
    page.evaluate("scrollTo(0, 200)")
    chosen = page.evaluate("getSelection().toString()")
    for link in ("#checks-due", "#log-open", "[data-event] a"):
        page.locator(link).first.evaluate("one => one.focus({preventScroll: true})")
        name = page.evaluate("document.activeElement.id")
        asked_again(page)
        assert name
        assert page.evaluate("document.activeElement.id") == name
    assert chosen
    assert page.evaluate("getSelection().toString()") == chosen
    assert page.evaluate("scrollY") == 200
    gone = "document.querySelector('[data-event]').remove()"
    page.evaluate(gone)
    asked_again(page)
    assert page.evaluate("rings") == 0
    page.check("#watch-sound")
    assert page.evaluate("rings") == 1  # so that it is heard what will sound
    asked_again(page)
    assert page.evaluate("rings") == 1
    page.evaluate(gone)
    asked_again(page)
    assert page.evaluate("rings") == 2
    kong.close()
