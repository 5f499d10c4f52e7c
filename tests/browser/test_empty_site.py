"""Six steps from an empty database to the first matter, in a real browser."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from luoshi.foundation.accounts.codes import code_of, step_of
from tests.browser.site import Person, Site

pytestmark = pytest.mark.browser
TREE = Path(__file__).resolve().parents[1] / "data" / "samples" / "units.xlsx"
OWN = "Qingming-2026-own"


def set_up(site: Site, browser: Browser) -> dict[str, str]:
    """Steps 1 to 4; user name → handed-out password."""
    code = site.command("init", "--address", site.url).split()[-1]
    visitor = site.visitor(browser)
    page = visitor.page
    visitor.go("/")
    assert page.url.endswith("/setup/")
    page.click("button[name=language][value=en]")
    visitor.check("setup-code")
    page.fill("#id_code", "wrong")
    page.click("form.form button")
    page.wait_for_selector("#errors")
    visitor.messages.clear()
    page.fill("#id_code", code)
    page.click("form.form button")
    page.wait_for_selector("#id_full_name_1")
    visitor.check("setup-officers")
    for name, value in (
        ("full_name_1", "金毅"),
        ("username_1", "jin"),
        ("full_name_2", "魏强"),
        ("username_2", "wei"),
    ):
        page.fill(f"#id_{name}", value)
    page.click("form.form button")
    page.wait_for_selector("[data-password]")
    visitor.check("setup-passwords")
    rows = page.locator("[data-password]")
    words = {str(c.get_attribute("data-password")): c.inner_text() for c in rows.all()}
    page.click("a.btn.primary")
    page.set_input_files("#id_file", TREE)
    page.click("form.form button")
    page.wait_for_selector("#id_office")
    visitor.check("setup-units")
    page.fill("#id_office", "市委办公室")
    page.check("#id_officer_registers")
    page.click("button[value=confirm]")
    page.wait_for_load_state()
    visitor.check("setup-calendar")
    page.click("form.form button")
    page.wait_for_load_state()
    visitor.check("setup-done")
    visitor.close()
    return words


def arrive(site: Site, browser: Browser, user: str, password: str) -> Person:
    """First sign-in with a handed-out password: one's own is asked for at once."""
    person = site.sign_in(browser, user, "en", password)
    assert person.page.url.endswith("/password/")
    person.page.fill("#id_old", password)
    person.page.fill("#id_new", OWN)
    person.page.click("form.form button")
    person.page.wait_for_load_state()
    enrol(person, user)
    return person


def enrol(person: Person, user: str) -> None:
    """Row 4: a post of a city needs a second factor; no other page opens until it is enrolled."""
    page = person.page
    assert page.url.endswith("/second-factor/")
    person.go("/notices/")
    assert page.url.endswith("/second-factor/")
    page.click("button[value=begin]")
    page.wait_for_selector("[data-seed]")
    person.check(f"factor-{user}")
    seed = page.inner_text("[data-seed]").replace(" ", "")
    page.fill("#id_code", code_of(seed, step_of(datetime.now(UTC))))
    page.click("button[value=confirm]")
    page.wait_for_selector("[data-codes]")
    person.check(f"recovery-codes-{user}")
    page.click("a.btn.primary")
    page.wait_for_load_state()


def test_an_empty_site_reaches_its_first_matter(browser: Browser, empty_site: Site) -> None:
    """Row 8, security 4: code, two officers, units, calendar, people, first matter; no demo row."""
    words = set_up(empty_site, browser)
    system = arrive(empty_site, browser, "jin", words["jin"])
    system.go("/state/")
    system.check("state-new")
    system.go("/people/new/")
    system.page.fill("#id_full_name", "李文清")
    system.page.fill("#id_username", "li")
    system.page.click("form.form button")
    system.page.wait_for_load_state()
    system.check("person-new")
    path = re.sub(r"^https?://[^/]+", "", system.page.url)

    security = arrive(empty_site, browser, "wei", words["wei"])
    security.go(path)
    security.page.fill("#id_unit", "市委办公室")
    security.page.fill("#id_title", "督查科科长")
    security.page.select_option("#id_role", "supervision_officer")
    security.page.click("form[action*=appointments] button")
    security.page.wait_for_load_state()
    security.page.click("button[value=activate]")
    security.page.wait_for_load_state()
    security.check("person-activated")
    handed = security.page.inner_text("b[data-password]")

    officer = arrive(empty_site, browser, "li", handed)
    officer.go("/")
    officer.check("today-empty")
    officer.go("/matters/new/")
    officer.page.fill("#id_title", "开展防汛隐患排查")
    officer.page.click("form button.primary")
    officer.page.wait_for_load_state()
    officer.check("first-matter")
    assert "开展防汛隐患排查" in officer.page.inner_text("h1")
    for person in (system, security, officer):
        person.close()
