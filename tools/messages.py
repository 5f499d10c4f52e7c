"""The catalogue without gettext programs: extract, merge, compile, check, all by Babel.

python -m tools.messages update | compile | check
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "luoshi"
PO = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HOLES = re.compile(r"%\([a-z_]+\)[sd]")


def messages() -> Iterator[tuple[str, object, str | None]]:
    """(file, message, context) of every Python file and template."""
    from django.conf import settings  # noqa: PLC0415 - only when messages are extracted
    from django.utils.translation.template import templatize  # noqa: PLC0415 - as above

    if not settings.configured:
        settings.configure()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html"} or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = templatize(text, origin=str(path))
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS)
        for _line, message, _comments, context in found:
            yield path.relative_to(ROOT).as_posix(), message, context


def collected() -> Catalog:
    """A fresh catalogue of everything in the code."""
    catalog = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    for file, message, context in messages():
        if message and message != ("", ""):
            catalog.add(message, locations=[(file, 0)], context=context)  # type: ignore[arg-type]
    return catalog


def stored() -> Catalog:
    """The catalogue as committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def update() -> int:
    """Merge the code's messages into the committed catalogue; what is gone is dropped."""
    fresh = collected()
    if PO.exists():
        old = stored()
        for message in fresh:
            known = old.get(message.id, message.context) if message.id else None
            if known is not None and known.string:
                message.string = known.string
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, sort_output=True, no_location=True, omit_header=False, width=100)
    missing = [m.id for m in fresh if m.id and not done(m)]
    print(f"{len(fresh)} messages, {len(missing)} without a translation")
    return 0


def done(message: object) -> bool:
    """Whether every form of a message is translated."""
    string = message.string  # type: ignore[attr-defined]
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def compile_all() -> int:
    """Write the .mo beside the .po."""
    target = PO.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < PO.stat().st_mtime:
        with target.open("wb") as file:
            write_mo(file, stored())
    return 0


def check() -> int:
    """Fail on missing or stale messages, fuzzy ones, and lost placeholders."""
    problems = []
    old = stored()
    for message in collected():
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        if known is None:
            problems.append(f"not in the catalogue: {message.id!r}")
        elif not done(known) or known.fuzzy:
            problems.append(f"not translated: {message.id!r}")
        else:
            first = known.id[-1] if isinstance(known.id, (tuple, list)) else known.id
            string = known.string
            text = string[0] if isinstance(string, (tuple, list)) else string
            if set(HOLES.findall(str(text))) - set(HOLES.findall(str(first))):
                problems.append(f"placeholders differ: {first!r}")
    print("\n".join(problems) or f"{len(old)} messages translated")
    return 1 if problems else 0


def main() -> int:
    """The command line."""
    verbs = {"update": update, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        print(__doc__)
        return 2
    return verbs[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
