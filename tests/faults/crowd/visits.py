"""What people do in a visit: pages opened, forms filled in as the browser sends them."""

import json
import re
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from tests.faults.crowd.browser import Act, Browser, form
from tests.faults.crowd.people import Crowd, Visitor

DUTY = re.compile(r'name="duties" value="([0-9a-f-]{36})"')
OPEN = re.compile(r'href="/reviews/\?open=([0-9a-f-]{36})"')
REPORT = re.compile(r"^/reports/([0-9a-f-]{36})/$")
RESUME = re.compile(r'action="(/stops/([0-9a-f-]{36})/resumption/)"')
TEXTS = (
    ("state_change", "普查完成"),
    ("problems", "资金未到位"),
    ("next_steps", "编制方案"),
    ("summary", "全部完成"),
    ("late_reason", "数据汇总延后"),
)


@dataclass
class Visit:
    """One person at one moment."""

    crowd: Crowd
    who: Visitor
    browser: Browser
    dice: Random

    def note(self, kind: str, target: str, mark: str = "") -> None:
        """The product said it is done."""
        self.browser.book.acknowledged(Act(kind, self.who.name, target, mark))

    def post(self, page: str, action: str, *fields: tuple[str, str]) -> bool:
        """Send the page's form for this action; whether it was carried out."""
        hidden = form(page, action)
        if hidden is None:
            return False
        return self.browser.post(action, [*hidden, *fields]).done

    def of_liaison(self) -> None:
        """Look, sign for the slip where it waits, write and send a report."""
        matter, share = self.dice.choice(self.crowd.shares[self.who.unit_id])
        if self.dice.random() < 0.2:
            self.browser.get(self.dice.choice(("/", "/ledger/")))
        page = self.browser.get(f"/matters/{matter}/").text
        if self.post(page, f"/assignments/{share}/receipt/"):
            self.note("receipt", share)
        answer = self.browser.get(f"/assignments/{share}/report/")
        ticked = DUTY.findall(answer.text)
        if answer.status != 200 or not ticked:
            return
        if self.dice.random() < 0.2:
            self.drafts(share, answer.text)
            return
        count = self.dice.randint(1, len(ticked))
        duties = self.dice.sample(ticked, count)
        if self.who.token:
            self.sends_by_token(share, duties)
        else:
            self.sends(share, answer.text, duties)

    def drafts(self, share: str, page: str) -> None:
        """The form saves itself, as the page's script does."""
        fields = [*(form(page) or ()), ("progress", f"草稿{uuid4()}"), ("act", "save")]
        self.browser.post(f"/assignments/{share}/report/", fields, X_Autosave="1")

    def sends(self, share: str, page: str, duties: list[str]) -> None:
        """Send the form, sometimes clicking twice: both lead to the one report."""
        mark = f"进展{uuid4()}"
        fields = [*(form(page) or ()), ("progress", mark), *TEXTS, ("act", "send")]
        fields += [("duties", duty) for duty in duties]
        path = f"/assignments/{share}/report/"
        answer = self.browser.post(path, fields)
        found = REPORT.match(answer.location)
        if found is None:
            return
        self.note("report", found.group(1), mark)
        if self.dice.random() < 0.2:
            self.twice(path, self.browser.post(path, fields).location, answer.location)

    def twice(self, path: str, second: str, first: str) -> None:
        """A form clicked twice leads where it led, unless the share has ended since."""
        if second not in (first, ""):
            self.browser.book.fault(f"{path}: a second click led to {second}, not {first}")

    def sends_by_token(self, share: str, duties: list[str]) -> None:
        """Send through the API with an Idempotency-Key."""
        mark = f"进展{uuid4()}"
        body = json.dumps(dict(TEXTS) | {"progress": mark, "duties": duties}).encode()
        headers = {
            "Authorization": f"Bearer {self.who.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        browser = Browser(self.browser.port, self.browser.book, {})
        path = f"/api/v1/assignments/{share}/reports"
        answer = browser.ask("POST", path, body, headers)
        if answer.done:
            report = json.loads(answer.text)["id"]
            self.note("report", report, mark)
            if self.dice.random() < 0.2:
                again = browser.ask("POST", path, body, headers)
                self.twice(path, json.loads(again.text).get("id", ""), report)

    def of_officer(self) -> None:
        """Mostly reviews; now and then a clock stop, a conclusion, a look around."""
        fate = self.dice.random()
        if fate < 0.6:
            self.reviews()
        elif fate < 0.75:
            self.stops()
        elif fate < 0.85:
            self.concludes()
        else:
            self.browser.get(self.dice.choice(("/", "/ledger/", "/reviews/")))

    def reviews(self) -> None:
        """Take one of the waiting reports, decide on it."""
        page = self.browser.get("/reviews/").text
        waiting = OPEN.findall(page)
        if not waiting:
            return
        report = self.dice.choice(waiting)
        page = self.browser.get(f"/reviews/?open={report}").text
        verdict = self.dice.choices(("accepted", "returned", "supplement"), (6, 3, 1))[0]
        fields = [("verdict", verdict), ("reason", "请补充数据"), ("evidence_note", "已核实")]
        if self.post(page, f"/reports/{report}/review/", *fields):
            self.note("review", report, verdict)

    def stops(self) -> None:
        """Let a clock run again that stands still, or stop one."""
        matter = self.dice.choice(self.crowd.matters)
        page = self.browser.get(f"/matters/{matter}/changes/").text
        running = RESUME.search(page)
        why = ("reason", "条件变化")
        if running is not None:
            if self.post(page, running.group(1), why):
                self.note("resume", running.group(2))
        elif self.post(page, f"/matters/{matter}/stops/", ("assignment", ""), why):
            self.note("stop", matter)

    def concludes(self) -> None:
        """Conclude a matter, where nothing stands before it."""
        matter = self.dice.choice(self.crowd.matters)
        page = self.browser.get(f"/matters/{matter}/").text
        fields = (("result", "done"), ("summary", "已完成"))
        if self.post(page, f"/matters/{matter}/closure/", *fields):
            self.note("conclude", matter)
