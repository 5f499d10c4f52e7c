from tests.browser.test_variants import PAGES


def test_mine(browser, site):
    bad = []
    for lang, width, theme in (("zh-hans", 1366, "light"), ("en", 360, "dark")):
        people = {}
        for user, path, link, name in PAGES:
            if (
                not any(
                    w in name
                    for w in ("rule", "proposal", "redating", "past", "what-if", "notice-preview")
                )
                and name != "matter"
            ):
                continue
            p = people.get(user)
            if p is None:
                p = people[user] = site.sign_in(browser, user, lang)
                p.go("/preferences/")
                p.page.select_option("#id_theme", theme)
                p.page.click("form.form button")
                p.page.set_viewport_size({"width": width, "height": 900})
            try:
                p.go(path)
                if link:
                    p.go(p.page.locator(link).first.get_attribute("href", timeout=3000))
                p.check(f"zz-{name}-{lang}-{width}")
                if name == "matter":
                    p.go(
                        p.page.locator("#why .mt a").first.get_attribute("href", timeout=3000)
                        + "?limit=2026年4月30日前&roll=1"
                    )
                    p.check(f"zz-trial-{lang}-{width}")
            except Exception as e:
                bad.append((name, lang, width, str(e)[:300]))
                p.messages.clear()
        for p in people.values():
            p.close()
    assert bad == [], "\n".join(map(str, bad))
