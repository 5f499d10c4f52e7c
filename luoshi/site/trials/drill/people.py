"""The clerks of a drill at work, each in a thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from luoshi.site.trials.drill.clerks import Clerk, Closed, send_documents, sign_documents
from luoshi.site.trials.drill.ground import Ground
from luoshi.site.trials.drill.telling import Witness

LETTERS = {  # flow: sending clerk, name of the addressed unit, receiving clerk
    "P33>C3301": ("tang", "市委办公室", "lv"),
    "C3301>X330101": ("lv", "安澜县", "tong"),
}


@dataclass
class People:
    """`last`: all documents have been sent and have come; `closed`: the drill is over."""

    last: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    sending: list[threading.Thread] = field(default_factory=list)
    signing: list[threading.Thread] = field(default_factory=list)

    def begin(self, here: Ground, asked: Callable[[], Witness], letters: int) -> None:
        """Everybody sits down: a sender and a signer for each way."""

        def person(code: str, name: str) -> Clerk:
            port = here.installations[code].ports.web
            return Clerk(port, name, here.password, self.closed)

        for flow, (sender, unit, receiver) in LETTERS.items():
            near, far = flow.split(">")
            send = partial(send_documents, person(near, sender), asked(), flow, unit, letters)
            sign = partial(sign_documents, person(far, receiver), asked(), far, self.last, letters)
            self.sending.append(started(send))
            self.signing.append(started(sign))


def started(work: Callable[[], None]) -> threading.Thread:
    """A clerk until the work is done or the drill is over."""

    def at_work() -> None:
        try:
            work()
        except Closed:
            return

    thread = threading.Thread(target=at_work, daemon=True)
    thread.start()
    return thread


def busy(threads: list[threading.Thread]) -> list[str]:
    """Who is still at it."""
    return [one.name for one in threads if one.is_alive()]
