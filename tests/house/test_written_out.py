"""Which lists can be written out (features row 112): all of them, but for those named here."""

import re
from pathlib import Path

import pytest

from luoshi.foundation.sheets.registry import LISTINGS

LUOSHI = Path(__file__).resolve().parents[2] / "luoshi"
ROOMS = ("supervision", "insight", "desks")
INCLUDED = re.compile(r"{% include \"([^\"]+)\"")
LISTING = re.compile(r"listing=\"([^\"]+)\"|'sheets:export' '([^']+)'")
# Pages with rows on several pages that are not written out as a list, and why.
EXCEPTIONS = {
    "duty/periods/periods.html": "a few notices a year, each read as a page",
    "horizons/run.html": "the answer is written out through its own address",
    "horizons/whatif.html": "the answer is written out through its own address",
    "instructions/matter.html": "part of the list of instructions",
    "lessons/cases.html": "written out through the page of its own (lessons/export)",
    "lessons/expression.html": "written out through the page of its own (lessons/export)",
    "lessons/expressions.html": "written out through the page of its own (lessons/export)",
    "lessons/names.html": "written out through the page of its own (lessons/export)",
    "lessons/rows.html": "written out through the page of its own (lessons/export)",
    "matters/limits/proposal.html": "the moves are written out through an address of their own",
    "matters/limits/redating.html": "the moves are written out through an address of their own",
    "matters/reports/signings.html": "what waits for one person; reports sent are written out",
    "problems/matter.html": "part of the list of problems",
    "publications/publication.html": "part of the list of issues",
    "publications/publications.html": "a handful of series; their issues are written out",
}


def templates() -> dict[str, str]:
    """The templates of the rooms above the foundation by their names."""
    found = {}
    for room in ROOMS:
        for path in (LUOSHI / room).rglob("templates/**/*.html"):
            name = str(path).split("/templates/", 1)[1]
            found[name] = path.read_text(encoding="utf-8")
    return found


def whole(name: str, found: dict[str, str]) -> str:
    """A template with the ones of the rooms that it includes."""
    text = found[name]
    return text + "".join(whole(one, found) for one in INCLUDED.findall(text) if one in found)


def test_every_list_on_pages_is_written_out_or_says_why_not() -> None:
    """Features row 112, contract 3, 15: export of any list as shown; an exception has its reason
    here, and none stands here that needs none."""
    found = templates()
    pages = {name: whole(name, found) for name in found if "core/base.html" in found[name]}
    without = {
        name
        for name, text in pages.items()
        if 'c "pager"' in text and "sheets/menu.html" not in text and "sheets:export" not in text
    }
    assert without == set(EXCEPTIONS)
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize("name", ["figures/board.html", "rulebook/catalogue.html"])
def test_a_list_on_one_page_is_written_out_too(name: str) -> None:
    """Features row 112, contract 3, 15: the board and the catalogue of rules."""
    assert "sheets/menu.html" in templates()[name]


def test_every_menu_names_a_list_that_is_there() -> None:
    """Features row 112: what a page offers is registered, and what is registered is offered."""
    named = {one or other for text in templates().values() for one, other in LISTING.findall(text)}
    assert named == set(LISTINGS)
