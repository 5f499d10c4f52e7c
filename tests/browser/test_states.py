"""The named states of the pages of supervision and insight, in both languages (ui.md 5).

The demo story brings most of them about through its verbs; the rest are brought about here, by
hand, in the browser. What a page is for stands inside 1366 × 650 without scrolling.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser

from luoshi.site.demo.plot import PLOT
from tests.browser.site import Person, Site

pytestmark = pytest.mark.browser


@dataclass
class Office:
    """People at their browsers, signed in once."""

    browser: Browser
    site: Site
    language: str
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, user: str) -> Person:
        """The person, with a silent console."""
        if user not in self.people:
            self.people[user] = self.site.sign_in(self.browser, user, self.language)
        return self.people[user]

    def matter(self, end: str, user: str = "li") -> Person:
        """Somebody at the page of a matter of the story that ended so."""
        title = next(thread.title for thread in PLOT if thread.end == end)
        person = self.person(user)
        ended = "&ended=1" if end in {"done", "revoked"} else ""
        person.go(f"/ledger/?text={title}{ended}")
        person.page.click(".tbl a.t")
        person.page.wait_for_load_state()
        return person


@pytest.fixture(autouse=True)
def nobody_stays() -> None:
    """The people stay from test to test."""


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def office(browser: Browser, site: Site, request: Any) -> Iterator[Office]:
    """One office per language."""
    made = Office(browser, site, request.param)
    yield made
    for person in made.people.values():
        person.close()


def test_today_with_work_and_without(office: Office) -> None:
    """ui.md 5.1: numbers first, then rows with one act each; or that nothing waits."""
    li = office.person("li")
    li.go("/")
    li.sees("h1", ".count-line", ".tbl tbody tr:first-child .c-go a")
    li.check(f"state-today-{office.language}")
    clerk = office.person("lv")
    clerk.go("/")
    clerk.sees("h1", ".card p")
    clerk.check(f"state-today-nothing-{office.language}")


@pytest.mark.parametrize(("density", "rows"), [("compact", 14), ("standard", 11)])
def test_ledger_shows_its_rows_on_one_screen(office: Office, density: str, rows: int) -> None:
    """ui.md 5.2: 14 compact rows of 32 px, 11 standard rows of 44 px at 1366 × 768."""
    li = office.person("li")
    li.go(f"/ledger/?density={density}")
    li.sees("h1", ".tabs", ".bar", ".tbl tbody tr:first-child")
    tops = "rows => rows.filter(r => r.getBoundingClientRect().top + 16 < 768).length"
    assert li.page.eval_on_selector_all(".tbl tbody tr", tops) >= rows
    height = li.page.locator(".tbl tbody tr").nth(1).bounding_box()
    assert height is not None
    assert height["height"] == {"compact": 32, "standard": 44}[density]
    li.check(f"state-ledger-{density}-{office.language}")


def test_ledger_filtered_to_none_and_empty(office: Office) -> None:
    """ui.md 5.2: what is filtered to none says which filter to lift; an empty one what to do."""
    li = office.person("li")
    li.go("/ledger/?regime=meeting&due=undated&turn=nobody")
    li.sees("h1", ".chip.on", ".card p a.btn")
    li.check(f"state-ledger-filtered-{office.language}")
    clerk = office.person("lv")
    clerk.go("/ledger/")
    clerk.sees("h1", ".card p")
    clerk.check(f"state-ledger-none-{office.language}")


def test_ledger_by_keyboard_selects_and_opens(office: Office) -> None:
    """ui.md 5.2 and 11: j k x, Shift+x, the selection bar, f, Enter, then n to the next matter."""
    li = office.person("li")
    page = li.page
    li.go("/ledger/?density=compact")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+x")
    assert page.inner_text("[data-count]") == "3"
    li.sees(".sel button", ".tbl tbody tr:first-child")
    li.check(f"state-ledger-selection-{office.language}")
    with page.expect_download() as export:
        page.click(".sel button:not([formaction]):not([data-clear])")
    assert export.value.suggested_filename == "ledger.xlsx"
    second, third = (page.locator(".tbl a.t").nth(n).get_attribute("href") for n in (1, 2))
    page.locator(".tbl a.t").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("n")
    page.wait_for_url(f"**{third}")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ledger/")
    page.click(".sel [data-clear]")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "f"


def test_list_of_keys_opens_and_the_switch_turns_keys_off(office: Office) -> None:
    """ui.md 11, WCAG 2.1.4: `?` lists the keys; one switch turns single keys off."""
    he = office.person("he")
    he.go("/ledger/")
    he.page.keyboard.press("Shift+?")
    assert he.page.locator("#keys").is_visible()
    he.check(f"state-keys-{office.language}")
    he.go("/preferences/")
    he.page.uncheck("#id_single_keys")
    he.page.click("form.form button")
    he.go("/ledger/")
    he.page.keyboard.press("Shift+?")
    assert not he.page.locator("#keys").is_visible()
    he.page.click("[data-dialog=keys]")
    assert he.page.locator("#keys").is_visible()
    he.go("/preferences/")
    he.page.check("#id_single_keys")
    he.page.click("form.form button")


STATES = ("new", "registered", "unsigned", "running", "review", "returned", "done", "revoked")


@pytest.mark.parametrize("end", STATES)
def test_matter_in_its_states(office: Office, end: str) -> None:
    """ui.md 5.3: whose turn it is stands first, then the duties."""
    li = office.matter(end)
    li.sees("h1", ".turn .w", "#duties h2")
    li.check(f"state-matter-{end}-{office.language}")


def test_matter_without_a_right_to_act_says_why(office: Office) -> None:
    """ui.md 5.3: no buttons, the reason in the banner."""
    wang = office.matter("overdue", "wang")
    wang.sees("h1", ".turn .w", ".turn .muted")
    assert wang.page.locator(".turn .btn, .head .btn.primary").count() == 0
    wang.check(f"state-matter-no-right-{office.language}")


def test_report_form_from_new_to_refused(office: Office) -> None:
    """ui.md 5.5 and 6: new and late, saved by itself with its time, several duties, refused."""
    zhang = office.matter("overdue", "zhang")
    page = zhang.page
    page.click(".turn a.btn")
    page.wait_for_load_state()
    zhang.sees("h1", "#id_duties", "#id_progress", "#id_state_change")
    assert page.locator("#id_late_reason").count() == 1
    zhang.check(f"state-form-new-{office.language}")
    page.fill("#id_progress", "已完成普查")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        pass
    page.locator("#saved", has_text=":").wait_for()
    zhang.sees("#saved")
    page.reload()
    assert page.input_value("#id_progress") == "已完成普查"
    for box in page.locator("input[name=duties]").all():
        box.check()
    zhang.check(f"state-form-several-{office.language}")
    page.fill("#id_progress", "")
    page.click("button[data-send]")
    page.wait_for_selector("#errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    zhang.messages.clear()
    zhang.sees("h1", "#errors")
    zhang.check(f"state-form-refused-{office.language}")


def test_report_form_after_a_return_shows_the_words(office: Office) -> None:
    """ui.md 5.5: the reviewer's words stand on top, the text comes back."""
    zhou = office.matter("returned", "zhou")
    zhou.page.click(".turn a.btn")
    zhou.page.wait_for_load_state()
    zhou.sees("h1", ".notice.warn", "#id_duties", "#id_progress")
    assert zhou.page.input_value("#id_progress") != ""
    zhou.check(f"state-form-returned-{office.language}")


def test_review_queue_beside_its_report(office: Office) -> None:
    """ui.md 5.6: list left, report and decision right, a return asks for its reason first."""
    li = office.person("li")
    li.go("/reviews/")
    li.sees("h1", ".queue .tbl tr.cur", ".queue dl", "#decision [data-key=KeyA]")
    li.page.keyboard.press("r")
    assert li.page.evaluate("document.activeElement.id") == "id_reason"
    li.page.click(".phrases button >> nth=0")
    assert li.page.input_value("#id_reason") != ""
    li.check(f"state-reviews-{office.language}")


def test_one_minute_that_needs_attention(office: Office) -> None:
    """ui.md 5.7: sentence, numbers, rows; on one screen and at 360 px."""
    wang = office.person("wang")
    wang.go("/")
    wang.sees("h1", ".lead", ".count-line", ".lines li:first-child")
    wang.check(f"state-minute-{office.language}")
    wang.page.set_viewport_size({"width": 360, "height": 768})
    wang.check(f"state-minute-360-{office.language}")
    wang.page.set_viewport_size({"width": 1366, "height": 768})


def test_bulletin_beside_its_figures(office: Office) -> None:
    """ui.md 5.8: the page left, every figure a link to its rows right."""
    li = office.person("li")
    li.go("/bulletins/")
    li.page.click(".tbl a.t")
    li.page.wait_for_load_state()
    li.sees("h1", ".acts a", ".cols td.num a")
    li.check(f"state-bulletin-{office.language}")


def sheets(person: Person) -> list[tuple[bool, int]]:
    """(landscape, number) of the printed pages of what is open."""
    printed = pypdfium2.PdfDocument(person.page.pdf(prefer_css_page_size=True))
    return [(page.get_width() > page.get_height(), n) for n, page in enumerate(printed, start=1)]


def test_print_of_ledger_and_minute_is_one_sheet(office: Office) -> None:
    """ui.md 12: 14 rows of the ledger are one A4 landscape page, the minute one portrait page."""
    li = office.person("li")
    li.go("/ledger/")
    li.page.evaluate(
        "[...document.querySelectorAll('.tbl tbody tr')].slice(14).forEach(r => r.remove())"
    )
    assert li.page.locator(".tbl tbody tr").count() == 14
    assert sheets(li) == [(True, 1)]
    wang = office.person("wang")
    wang.go("/")
    assert sheets(wang) == [(False, 1)]
