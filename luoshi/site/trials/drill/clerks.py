"""Clerks at their browsers: they send documents and sign for what came, and ask again whenever the
site does not answer, as people do; a form sent twice is one act."""

import html
import re
import threading
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from luoshi.site.trials.drill.telling import Witness
from luoshi.site.trials.levels.installations import Broken

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FORM = r'<form[^>]*method="post"[^>]*{where}[^>]*>.*?</form>'
ARRIVAL = re.compile(r'href="/arrivals/([0-9a-f-]{36})/"')
BOARD = re.compile(r"/dispatches/([0-9a-f-]{36})/$")
PAUSE, PATIENCE = 0.3, 20
OK, FORBIDDEN = 200, 403
AWAY = (URLError, OSError, TimeoutError)


class Clerk:
    """One person's browser; `closed` ends its waiting."""

    def __init__(self, port: int, name: str, password: str, closed: threading.Event) -> None:
        self.base, self.closed = f"http://127.0.0.1:{port}", closed
        self.name, self.password = name, password
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.tries = self.status = 0

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """(address reached, page); asked again until the site answers. A form goes with the key it
        came with, so that asking again is safe."""
        data = urlencode(fields).encode() if fields is not None else None
        while not self.closed.is_set():
            try:
                request = Request(self.base + path, data=data, headers={"Referer": self.base})  # noqa: S310 - loopback
                with self.opener.open(request, timeout=PATIENCE) as answer:
                    self.status = answer.status
                    return answer.geturl(), answer.read().decode()
            except HTTPError as refused:
                self.status = refused.code
                if refused.code < 500:
                    return refused.geturl(), refused.read().decode()
            except AWAY:
                pass
            self.tries += 1
            time.sleep(PAUSE)
        raise Closed

    def form(self, path: str, where: str = "") -> dict[str, str] | None:
        """The hidden fields of the form on a page; signs in first where the site asks for it."""
        address, page = self.ask(path)
        if "/sign-in/" in address:
            said = {"username": self.name, "password": self.password}
            self.ask("/sign-in/", hidden(page, "") | said)
            address, page = self.ask(path)
        found = re.search(FORM.format(where=where), page, re.DOTALL)
        return hidden(found.group(0), "") if found else None


class Closed(Exception):
    """The drill is over."""


def hidden(page: str, _where: str) -> dict[str, str]:
    """Hidden fields as a browser sends them."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def send_documents(clerk: Clerk, witness: Witness, flow: str, unit: str, count: int) -> None:
    """Send so many documents to a unit; each is told to the witness once its board is there."""
    for number in range(count):
        board = None
        while board is None:
            board = sent(clerk, f"关于第{number + 1}次演练的通知", unit)
        witness.ask({"flow": flow, "dispatch": board})


def sent(clerk: Clerk, title: str, unit: str) -> str | None:
    """Send one; its number. None: the site forgot meanwhile who this is (it came back from a
    backup), so that the document has to be written again."""
    fields = clerk.form("/dispatches/new/", "enctype")
    if fields is None:
        raise Broken("no form for a new document")
    said = {"title": title, "words": "按要求办理。", "units": unit}
    address, page = clerk.ask("/dispatches/new/", fields | said)
    found = BOARD.search(address)
    if found is None and not ("/sign-in/" in address or clerk.status == FORBIDDEN):
        raise Broken(f"not sent: {re.sub('<[^>]+>', ' ', page)[:300]}")
    return found.group(1) if found else None


def sign_documents(
    clerk: Clerk, witness: Witness, node: str, last: threading.Event, count: int
) -> None:
    """Open and sign for what waits, until so many are signed for, or nothing waits after the last
    has come: a site that came back from a backup may have lost some before they left."""
    signed: set[str] = set()
    while len(signed) < count:
        over = last.is_set()
        clerk.form("/arrivals/")
        _address, page = clerk.ask("/arrivals/?show=waiting")
        waiting = list(dict.fromkeys(ARRIVAL.findall(page)))
        if over and not waiting:
            return
        for pk in waiting:
            for act in ("opening", "signature"):
                fields = clerk.form(f"/arrivals/{pk}/", f'action="[^"]*{act}/"')
                if fields is not None:
                    clerk.ask(f"/arrivals/{pk}/{act}/", fields)
            address, after = clerk.ask(f"/arrivals/{pk}/")
            seen = clerk.status == OK and "/sign-in/" not in address
            if seen and f"/arrivals/{pk}/signature/" not in after and pk not in signed:
                signed.add(pk)
                witness.ask({"signed": pk, "node": node})
        time.sleep(PAUSE)
