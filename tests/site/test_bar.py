"""The left bar: short enough to be read; what is used seldom stands under "More" (ui.md 2)."""

import re

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import entries_of, parted, put_first
from luoshi.foundation.core.navigation.bar import AT_MOST, FIRST
from luoshi.foundation.organizations.enums import Role
from tests.security.world import sign_in
from tests.story import make_world

pytestmark = pytest.mark.django_db


def bar(who: Actor, path: str) -> str:
    """The bar on a page, as the person sees it."""
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in(browser, User.objects.get(pk=who.person_id))
    body = browser.get(path, follow=True).content.decode()
    found = re.search(r'<nav class="side".*?</nav>', body, re.S)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("role", Role.values)
def test_no_bar_is_longer_than_can_be_read(role: str) -> None:
    """ui.md 2: at most 14 entries a role; none is lost, the rest stands under "More"."""
    first, more = parted(role)
    assert len(first) <= AT_MOST
    assert {e.url_name for e in first + more} == {e.url_name for e in entries_of(role)}


@pytest.mark.parametrize("role", sorted(FIRST))
def test_what_stands_first_is_open_to_the_role(role: str) -> None:
    """A name in the order of a bar is an entry of that role."""
    assert [e.url_name for e in parted(role)[0]] == list(FIRST[role])


def test_a_bar_too_long_is_refused() -> None:
    """The limit is kept when the order is written, not when a page is shown."""
    with pytest.raises(ValueError, match="at most 14"):
        put_first("nobody", *map(str, range(AT_MOST + 1)))


def test_more_is_closed_until_one_is_inside() -> None:
    """ui.md 2: ledger in the bar; archive under "More", which is open on its own page."""
    world = make_world()
    outside, inside = bar(world.officer, "/ledger/"), bar(world.officer, "/archive/")
    assert "<details><summary>" in outside
    assert outside.index('href="/archive/"') > outside.index("<details>")
    assert outside.index('href="/ledger/"') < outside.index("<details>")
    assert "<details open><summary>" in inside
    assert inside.index('aria-current="page"') > inside.index("<details open>")
