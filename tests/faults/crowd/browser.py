"""A browser without pictures for many people at once: cookies, forms with their hidden fields, one
connection per request, and a notebook of every answer."""

import html
import http.client
import json
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

REFUSED = ('class="notice stop"', 'id="errors"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Act:
    """Something the product acknowledged: what, by whom, on what, with which mark."""

    kind: str
    who: str
    target: str
    mark: str = ""


@dataclass
class Notebook:
    """What was answered and acknowledged, kept outside the product."""

    answers: Counter[str] = field(default_factory=Counter)
    acts: list[Act] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, what: str) -> None:
        """A promise was broken in front of a visitor."""
        with self.guard:
            self.faults.append(what)

    def acknowledged(self, act: Act) -> None:
        """The product said that it is done."""
        with self.guard:
            self.acts.append(act)

    def of(self, kind: str) -> list[Act]:
        """The acknowledged acts of a kind."""
        return [act for act in self.acts if act.kind == kind]


@dataclass(frozen=True)
class Answer:
    """Status, where it leads, the page, and its type."""

    status: int
    location: str
    text: str
    kind: str

    @property
    def done(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 400

    @property
    def explained(self) -> bool:
        """Whether a refusal says what and why, as a page, in the form or as a problem."""
        if self.kind.startswith("application/problem+json"):
            return '"title"' in self.text
        if self.kind.startswith("application/json"):  # a draft that saves itself
            return bool(json.loads(self.text).get("refused"))
        return any(word in self.text for word in REFUSED)


@dataclass
class Browser:
    """One person's browser; used by one thread at a time."""

    port: int
    book: Notebook
    cookies: dict[str, str]

    def get(self, path: str) -> Answer:
        """A page."""
        return self.ask("GET", path, b"", {})

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        """A form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, body, kind | more)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """One request; every answer is noted, and the bad ones are faults."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | headers
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body or None, sent)
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.book.fault(f"{method} {path}: {error!r}")
            raise Broken(path) from error
        finally:
            line.close()
        for one in came.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: found.value for name, found in SimpleCookie(one).items()}
        where, kind = came.headers.get("Location", ""), came.headers.get("Content-Type", "")
        answer = Answer(came.status, where, text, kind)
        self.note(f"{method} {path}", answer)
        return answer

    def note(self, what: str, answer: Answer) -> None:
        """Count the answer: no 5xx, no refusal without its page, nobody signed out."""
        with self.book.guard:
            self.book.answers[f"{answer.status // 100}xx"] += 1
        if answer.status >= 500:
            self.book.fault(f"{what}: {answer.status}")
        elif answer.status >= 400 and not answer.explained:
            self.book.fault(f"{what}: {answer.status} without its page: {answer.text[:80]!r}")
        elif answer.location.startswith(("/sign-in/", "/password/", "/factor/")):
            self.book.fault(f"{what}: led to {answer.location}")


class Broken(Exception):
    """The connection did not hold; the visit ends, the notebook has it."""


def form(page: str, action: str = "") -> list[tuple[str, str]] | None:
    """The hidden fields of the page's form for this action, as a browser sends them; None where
    the page has no such form."""
    where = f' action="{action}"' if action else ""
    found = re.search(rf'<form method="post"{re.escape(where)}[^>]*>(.*?)</form>', page, re.DOTALL)
    if found is None:
        return None
    return [(name, html.unescape(value)) for name, value in HIDDEN.findall(found.group(1))]
