"""A page with one of its forms filled again: what was typed stands in its fields, what was refused
above them and beside each (pure). The page is one of our own, so its markup is regular."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
FIELDS = {"input", "textarea", "select", "button"}
FIXED = {"hidden", "submit", "button", "reset"}  # the page's own, and never typed
NEVER = {*FIXED, "file", "password"}
TICKED = {"checkbox", "radio"}
REVISIONS = {"revision", "version"}  # what a form carries of the row it was opened on
ATTRIBUTE = re.compile(r"""\s+([^\s=/>"']+)(?:=(?:"[^"]*"|'[^']*'|[^\s>]+))?""")


@dataclass
class Form:
    """A form of a page that sends something: where to, its typed fields with their ids, what it
    carries by itself."""

    action: str
    ids: dict[str, str] = field(default_factory=dict)
    carried: set[tuple[str, str]] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of the page at `path`, in their order."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.inside = path, list[Form](), False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = sends(given)
            if self.inside:
                self.found.append(Form(given.get("action") or self.path))
        elif self.inside and tag in FIELDS and given.get("name"):
            if tag == "button" or given.get("type") in FIXED:
                self.found[-1].carried.add((given["name"], given.get("value", "")))
            else:
                self.found[-1].ids.setdefault(given["name"], given.get("id", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def sends(given: Mapping[str, str]) -> bool:
    """Whether a form posts."""
    return given.get("method", "").lower() == "post"


def form_sent(
    page: str, path: str, action: str, typed: Mapping[str, Sequence[str]]
) -> tuple[int, Form] | None:
    """The form of the page that was sent to `action`, and its place among those that send. Of two
    with one address it is the one that shares more with what came."""
    reading = Forms(path)
    reading.feed(page)

    def alike(form: Form) -> int:
        carried = sum(1 for name, value in form.carried if value in typed.get(name, ()))
        return carried + sum(1 for name in form.ids if name in typed)

    fitting = [
        (alike(one), -place, one)
        for place, one in enumerate(reading.found)
        if one.action == action and one.ids
    ]
    if not fitting:
        return None
    _much, place, form = max(fitting, key=lambda one: one[:2])
    return -place, form


def outdated(form: Form, typed: Mapping[str, Sequence[str]]) -> bool:
    """Whether the row was saved since the form was opened: typed words put back into it would
    replace what somebody else saved, and nobody would see it."""
    return any(
        name in REVISIONS and name in typed and value not in typed[name]
        for name, value in form.carried
    )


@dataclass(frozen=True)
class Refill:
    """The form at `place` (None: it is not on the page any more), sent from the page at `path`;
    `typed` empty: it is opened and left as it is; `summary` is finished HTML, `errors` are texts by
    field."""

    place: int | None
    path: str
    typed: Mapping[str, Sequence[str]]
    errors: Mapping[str, Sequence[str]]
    summary: str


def filled(page: str, refill: Refill) -> str:
    """The page with that form filled and opened; without it the summary stands at the top."""
    filler = Filler(refill)
    filler.feed(page)
    filler.close()
    return "".join(filler.pieces)


class Filler(HTMLParser):
    """Copies a page piece by piece and rewrites the fields of one form."""

    def __init__(self, refill: Refill) -> None:
        super().__init__(convert_charrefs=False)
        self.refill, self.pieces, self.details = refill, list[str](), list[int]()
        self.left = {name: list(values) for name, values in refill.typed.items()}
        self.forms, self.inside, self.silent = -1, False, False
        self.chosen: str | None = None
        self.told = ""

    def put(self, piece: str) -> None:
        """One piece, unless it is the old content of a field."""
        if not self.silent:
            self.pieces.append(piece)

    def next_of(self, name: str) -> str:
        """The next typed value of a field; a repeated field has several."""
        values = self.left.get(name)
        return values.pop(0) if values else ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        raw = self.get_starttag_text() or ""
        if tag == "form" and sends(given):
            raw = self.begin(raw, given)
        elif self.inside:
            raw = self.field(tag, raw, given)
        self.put(raw)
        if tag == "details":
            self.details.append(len(self.pieces) - 1)
        elif tag == "head":
            self.put(f'<meta name="page" content="{escape(self.refill.path)}">')
        elif tag == "main" and self.refill.place is None:
            self.put(self.refill.summary)
        elif tag == "textarea" and self.inside and given.get("name") in self.refill.typed:
            self.put("\n" + escape(self.next_of(given.get("name", ""))))
            self.silent = True
        elif tag == "input":
            self.tell()

    def begin(self, raw: str, given: Mapping[str, str]) -> str:
        """A form; the one that was sent carries the summary, and what hides it stands open."""
        self.forms += 1
        if not given.get("action"):
            raw = with_value(raw, "action", self.refill.path)
        if self.forms != self.refill.place:
            return raw
        self.inside = bool(self.refill.typed)
        for place in self.details:
            self.pieces[place] = with_value(self.pieces[place], "open", "")
        came = f'<input type="hidden" name="came_from" value="{escape(self.refill.path)}">'
        return raw + self.refill.summary + came

    def field(self, tag: str, raw: str, given: Mapping[str, str]) -> str:
        """The start of a field of the form, with what was typed; one that was not sent keeps what
        it has."""
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "option":
            return raw if self.chosen is None else self.option(raw, given)
        if tag not in FIELDS or tag == "button" or not name or kind in NEVER:
            return raw
        sent = name in self.refill.typed
        if tag == "select":
            self.chosen = self.next_of(name) if sent else None
        elif tag == "input" and kind in TICKED:
            ticked = given.get("value", "on") in self.refill.typed.get(name, ())
            bare = without(raw, "checked")
            return with_value(bare, "checked", "") if ticked else bare
        elif tag == "input" and sent:
            raw = with_value(raw, "value", self.next_of(name))
        if name in self.refill.errors:
            raw = with_value(raw, "aria-invalid", "true")
            self.told = " ".join(self.refill.errors[name])
        return raw

    def option(self, raw: str, given: Mapping[str, str]) -> str:
        """A choice, chosen where it was typed."""
        bare = without(raw, "selected")
        return with_value(bare, "selected", "") if given.get("value") == self.chosen else bare

    def tell(self) -> None:
        """What is wrong with the field that just ended."""
        if self.told:
            self.put(f'<span class="error">{escape(self.told)}</span>')
            self.told = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.silent = False
        self.put(f"</{tag}>")
        if tag in {"textarea", "select"}:
            self.tell()
        elif tag == "details":
            self.details.pop()
        elif tag == "form":
            self.inside = False

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.put(data)

    def handle_entityref(self, name: str) -> None:
        self.put(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.put(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.put(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.put(f"<!{decl}>")


def without(raw: str, name: str) -> str:
    """A start tag without this attribute; the same word inside another's value stays."""
    return ATTRIBUTE.sub(lambda one: "" if one[1] == name else one[0], raw)


def with_value(raw: str, name: str, value: str) -> str:
    """A start tag with this attribute set; "" = without a value."""
    bare = without(raw, name)
    said = f' {name}="{escape(value)}"' if value or name == "value" else f" {name}"
    end = "/>" if bare.endswith("/>") else ">"
    return bare[: -len(end)] + said + end
