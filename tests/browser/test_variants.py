"""Every page as each of its people sees it, in both languages, two widths and two themes."""

import pytest
from playwright.sync_api import Browser

from tests.browser.site import VARIANTS, Person, Site, seen_in

# Who looks, where from, which link of that page is followed (none: the page itself), the name.
PAGES = (
    ("li", "/ledger/", "", "ledger"),
    ("li", "/ledger/", ".tbl .m-t a", "matter"),
    ("li", "/extensions/", "", "extension-queue"),
    ("li", "/extensions/", ".tbl .m-t a", "extension"),
    ("li", "/board/", "", "board"),
    ("li", "/reviews/", "", "reviews"),
    ("li", "/reviews/", ".tbl .m-t a", "sent-report"),
    ("li", "/reviews/settings/", "", "review-settings"),
    ("li", "/archive/", "", "archive"),
    ("li", "/archive/", ".tbl .t", "ended-matter"),
    (
        "li",
        "/search/?q=全市危险房屋",
        ".m-t a, main a[href*='/matters/'] → a[href$='/conclusion/']",
        "conclusion",
    ),
    (
        "li",
        "/search/?q=全市危险房屋",
        ".m-t a, main a[href*='/matters/'] → a[href$='/plan/'] → a[href$='/measures/']",
        "measures",
    ),
    ("chen", "/reviews/settings/", "", "office-settings"),
    ("zhao", "/signings/", "", "signings"),
    ("zhao", "/signings/", ".tbl .m-t a", "signing"),
    ("mei", "/reports/", "", "sent-reports"),
    ("mei", "/reports/", ".tbl .m-t a", "composed-report"),
    ("mei", "/reports/", ".tbl .m-t a → a[href$='/correction/']", "correction"),
    ("mei", "/ledger/", ".tbl .m-t a → a[href$='/reports/']:not(#side a)", "matter-reports"),
    ("li", "/rules/", "", "rules"),
    ("li", "/rules/TR-01/", "", "rule"),
    ("li", "/rules/", ".tag.warn", "proposal"),
    ("chen", "/rules/words/", "", "rule-words"),
    ("chen", "/rules/office/", "", "rule-office"),
    ("li", "/redatings/", "", "redatings"),
    ("li", "/redatings/", ".tbl .m-t a", "redating"),
    ("li", "/as-of/ledger/?on=2026-02-12&lit=2026-02-27", "", "past-ledger"),
    ("li", "/as-of/ledger/?on=2026-02-12", ".tbl .m-t a", "past-matter"),
    ("li", "/as-of/board/?on=2026-02-12", "", "past-board"),
    ("li", "/what-if/?kind=reading", "", "what-if"),
    (
        "admin",
        "/calendar/preview/?year=2026&notice=X&published_on=2026-03-05&rest=2026-03-10",
        "",
        "notice-preview",
    ),
    ("wang", "/", "", "minute"),
    ("zhang", "/", "", "liaison"),
    ("zhang", "/", ".tbl .c-go a", "report-form"),
    ("li", "/ledger/?text=综合管廊", ".tbl .m-t a", "matter-stopped"),
    ("li", "/ledger/?text=治本攻坚", ".tbl .m-t a", "matter-in-parts"),
    ("li", "/ledger/?ended=1&text=周边交通", ".tbl .m-t a", "matter-merged"),
    ("li", "/ledger/?text=查摆问题", ".tbl .m-t a → a[href$='/events/']", "events"),
    ("chen", "/overview/", "", "overview"),
    ("chen", "/overview/step/?step=receipt", "", "overview-step"),
    ("chen", "/proposals/", "", "proposals"),
    ("li", "/processes/", "", "process-map"),
    ("admin", "/units/mergers/", "", "mergers"),
    ("auditor", "/audit/", "", "trail"),
    ("li", "/preferences/", "", "preferences"),
    ("li", "/matters/new/", "", "new-matter"),
    ("li", "/drafting/", "", "documents"),
    ("li", "/drafting/", "tr:last-child .m-t a", "drafting"),
    ("li", "/drafting/new/", "", "upload"),
    ("li", "/lessons/", "", "lessons"),
    ("li", "/lessons/rows/", "", "lesson-rows"),
    ("li", "/lessons/cases/", "", "lesson-cases"),
    ("li", "/lessons/names/", "", "lesson-names"),
    ("li", "/lessons/expressions/", "", "lesson-expressions"),
    ("li", "/lessons/expressions/", ".tbl .m-t a", "lesson-expression"),
    ("li", "/lessons/export/", "", "lesson-export"),
    ("li", "/bulletins/", "", "bulletins"),
    ("li", "/bulletins/", ".tbl .m-t a", "bulletin"),
    ("li", "/lookbacks/", "", "lookbacks"),
    ("li", "/lookbacks/", "h3 a", "lookback-preview"),
    ("li", "/lookbacks/", "dl.figures a", "lookback-round"),
    ("he", "/lookbacks/promises/", "", "promises"),
    ("he", "/lookbacks/promises/", ".tbl .m-t a", "promise"),
    ("li", "/appraisal/", "", "rankings"),
    ("li", "/appraisal/", ".tbl .m-t a", "ranking"),
    ("li", "/appraisal/draft/", "", "draft-ranking"),
    ("li", "/appraisal/draft/", ".tbl .m-t a", "draft-score"),
    ("li", "/appraisal/simulation/?base=100&points_unsent=-3", "", "simulation"),
    ("li", "/appraisal/rules/", "", "scoring-rules"),
    ("li", "/appraisal/rules/", ".tbl .m-t a", "scoring-version"),
    ("li", "/appraisal/facts/", "", "recorded-facts"),
    ("zhang", "/appraisal/", ".tbl .m-t a", "unit-ranking"),
    ("li", "/points-lists/", "", "points-lists"),
    ("li", "/points-lists/", ".tbl .m-t a", "points-list"),
    ("li", "/points-lists/", "tbody tr:last-child .m-t a", "earlier-points-list"),
    ("zhang", "/points-lists/", ".tbl .m-t a", "own-points"),
    ("li", "/points-lists/new/", "", "new-points-list"),
    ("li", "/urging/", "", "held-nudges"),
    ("li", "/urging/?show=sent", "", "sent-nudges"),
    ("li", "/urging/?show=sent", "ul.lined a", "nudges-of-matter"),
    ("li", "/urging/?show=escalations", "", "escalations"),
    ("chen", "/urging/?show=exceptions", "", "exceptions"),
    ("chen", "/urging/ladder/", "", "ladder"),
    ("li", "/urging/several/", "", "remind-several"),
    ("li", "/commitments/", "", "commitments"),
    ("li", "/commitments/", ".tbl .m-t a", "commitment"),
    ("li", "/commitments/", ".tbl td.due a", "occurrence"),
    ("li", "/commitments/", ".tbl .m-t a → a[href$='/change/']", "commitment-change"),
    ("li", "/commitments/new/", "", "new-commitment"),
    ("li", "/commitments/record/", "", "commitment-record"),
    ("li", "/commitments/occurrences/", "", "commitment-occurrences"),
    ("li", "/burden/", "", "burden"),
    ("zhang", "/burden/", "", "own-load"),
    ("zhang", "/burden/rows/", "", "counted-reports"),
    ("chen", "/burden/settings/", "", "burden-settings"),
    ("li", "/problems/", "", "problems"),
    ("li", "/problems/", ".tbl .m-t a", "problem"),
    ("zhang", "/problems/", ".tbl .m-t a", "own-problem"),
    ("li", "/problems/new/", "", "new-problem"),
    ("li", "/inspections/", "", "inspections"),
    ("li", "/inspections/", ".tbl .m-t a", "planned-inspection"),
    ("li", "/inspections/", "tbody tr:last-child .m-t a", "inspection"),
    ("zhang", "/inspections/", ".tbl .m-t a", "own-inspection"),
    ("li", "/inspections/new/", "", "new-inspection"),
    ("wang", "/instructions/", "", "own-instructions"),
    ("wang", "/instructions/new/", "", "new-instruction"),
    ("li", "/instructions/", "", "instructions"),
    ("li", "/instructions/", ".tbl .m-t a", "instruction"),
    ("chen", "/instructions/leaders/", "", "all-leaders"),
    ("li", "/ledger-imports/", "", "ledger-imports"),
    ("li", "/ledger-imports/", ".tbl .m-t a", "ledger-import"),
    ("li", "/ledger-imports/new/", "", "new-ledger-import"),
    ("li", "/exports/ledger/columns/", "", "export-columns"),
    ("kong", "/urgent/", "", "urgent"),
    ("kong", "/urgent/?show=running", ".tbl .m-t a", "urgent-event"),
    ("kong", "/urgent/new/", "", "urgent-intake"),
    ("xia", "/urgent/", ".tbl .m-t a", "urgent-of-county"),
    ("kong", "/urgent/figures/", "", "urgent-figures"),
    ("chen", "/urgent/limits/", "", "urgent-limits"),
    ("lv", "/dispatches/", "", "dispatches"),
    ("lv", "/dispatches/", ".tbl .m-t a", "dispatch"),
    ("zhang", "/arrivals/", "", "arrivals"),
    ("admin", "/exchange/?show=out", "", "exchange"),
    ("admin", "/nodes/", "", "nodes"),
    ("li", "/search/?q=防汛", "", "search"),
    ("li", "/notices/", "", "inbox"),
    ("li", "/sessions/", "", "sessions"),
    ("li", "/password/", "", "password"),
    ("admin", "/people/", "", "people"),
    ("admin", "/people/", ".tbl .m-t a", "person"),
    ("admin", "/people/new/", "", "new-person"),
    ("admin", "/units/", "", "units"),
    ("admin", "/units/import/", "", "import"),
    ("admin", "/state/", "", "state"),
    ("security", "/tokens/", "", "tokens"),
    ("security", "/access-policy/", "", "access-policy"),
    ("security", "/second-factor/", "", "second-factor"),
    ("security", "/proof/", "", "proof"),
    ("admin", "/units/relations/", "", "relations"),
)


@pytest.mark.parametrize(("language", "width", "theme"), VARIANTS)
def test_pages_in_every_variant(
    browser: Browser, site: Site, language: str, width: int, theme: str
) -> None:
    """ui.md 12: axe clean, silent console, no sideways scroll; wide, narrow, light, dark."""
    people: dict[str, Person] = {}
    for user, path, link, name in seen_in((language, width, theme), PAGES):
        person = people.get(user)
        if person is None:
            person = people[user] = site.sign_in(browser, user, language)
            person.go("/preferences/")
            person.page.select_option("#id_theme", theme)
            person.page.click("form.form button")
            person.page.set_viewport_size({"width": width, "height": 768})
        person.go(path)
        for step in filter(None, link.split(" → ")):
            found = person.page.locator(step).first.get_attribute("href")
            assert found, f"{path} has no {step}"
            person.go(found)
        person.check(f"{name}-{language}-{width}-{theme}")
    for person in people.values():
        person.close()
