"""The review of a long document in parts: keys, undo and a colleague over the border of two."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from luoshi.desks.meetings.domain.queries.leafing import LINES
from tests.browser.site import Site
from tests.browser.test_drafting import CURRENT, SENTENCE, bring, in_view

pytestmark = pytest.mark.browser
LAST = LINES - 1  # the first line is the title
COUNT = 1300


def long_notice() -> str:
    """Nine parts, as much as is read while the officer waits."""
    return "关于报送进展的通知\n" + "".join(
        SENTENCE.format(n, n % 12 + 1, n % 28 + 1, n) for n in range(1, COUNT + 1)
    )


def test_review_goes_over_the_border_of_two_parts(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """ui.md 11: j and k, deciding, undo and [ ] lead from part to part; source and drafts of one
    part stand together; a colleague's step in another part is counted."""
    officer = site.sign_in(browser, "li")
    page = officer.page
    bring(officer, long_notice(), tmp_path)
    address = page.url.split("?")[0]
    expect(page.locator("#leaf")).to_contain_text("共9部分")
    assert page.locator("[data-draft]").count() == LAST
    page.goto(f"{address}?item={LAST}")
    page.keyboard.press("j")
    expect(page.locator(CURRENT)).to_have_text(str(LAST + 1))
    expect(page.locator("#id_part")).to_have_value("2")
    assert page.url.endswith(f"?item={LAST + 1}")
    assert page.locator(".paper mark").first.get_attribute("data-item") == str(LAST + 1)
    assert in_view(page, ".paper mark.on", ".src-pane")
    assert in_view(page, "#current", ".rev")
    page.keyboard.press("k")
    expect(page.locator(CURRENT)).to_have_text(str(LAST))
    assert in_view(page, ".paper mark.on", ".src-pane")
    assert in_view(page, "#current", ".rev")
    page.keyboard.press("a")
    expect(page.locator(CURRENT)).to_have_text(str(LAST + 1))
    expect(page.locator("#progress")).to_contain_text(f"1 / {COUNT}")
    page.keyboard.press("z")
    expect(page.locator(CURRENT)).to_have_text(str(LAST))
    expect(page.locator("#progress")).to_contain_text(f"0 / {COUNT}")
    page.keyboard.press("]")
    expect(page.locator("#id_part")).to_have_value("2")
    page.keyboard.press("]")
    expect(page.locator("#id_part")).to_have_value("3")
    expect(page.locator(CURRENT)).to_have_text(str(3 * LINES - LINES))
    colleague = site.sign_in(browser, "chen")
    colleague.go(address.removeprefix(site.url) + f"?item={COUNT}")
    colleague.page.keyboard.press("r")
    expect(colleague.page.locator("#progress")).to_contain_text(f"1 / {COUNT}")
    colleague.close()
    page.keyboard.press("[")
    expect(page.locator("#id_part")).to_have_value("2")
    expect(page.locator("#progress")).to_contain_text(f"1 / {COUNT}")
    officer.check("drafting-part")
    officer.close()
    for language in ("zh-hans", "en"):
        seen = site.sign_in(browser, "li", language)
        for width in (1366, 360):
            seen.page.set_viewport_size({"width": width, "height": 768})
            seen.go(address.removeprefix(site.url) + f"?item={LAST + 1}")
            expect(seen.page.locator(CURRENT)).to_have_text(str(LAST + 1))
            expect(seen.page.locator("#leaf")).to_be_visible()
            seen.check(f"drafting-part-{language}-{width}")
        seen.close()
