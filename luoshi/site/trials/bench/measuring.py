"""The named requests at their real URLs, as the city's officer, and the work beside them."""

import itertools
import json
import tempfile
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.appending import Pending, append
from luoshi.foundation.audit.domain.stored import stored_rows
from luoshi.foundation.audit.domain.verifying import verify
from luoshi.foundation.audit.models import Chain, Head
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.keyset import encode
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.importing import HEADER, read_tree, write_tree
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.models import Appointment
from luoshi.foundation.reading.drafting import read
from luoshi.foundation.typesetting.rendering import Slip, render
from luoshi.site.trials.bench import floors
from luoshi.site.trials.bench.dispatching import measure_dispatch
from luoshi.site.trials.bench.filling import AT, COMMON, RARE
from luoshi.site.trials.bench.rostering import measure_roster
from luoshi.site.trials.bench.timing import Timing, race, seconds, timed
from luoshi.supervision.chasing.domain.climbing import Climb
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.watching import to_look_at
from luoshi.supervision.matters.models import Matter

INSTALLER = Actor.system("bench", via="cli")
TRAIL = 20_000
DEEP = 499 * 50
HOST: Any = {"HTTP_HOST": "127.0.0.1"}
SENTENCES = (
    "各县区、各部门要于每月5日前将工作进展情况报市委办公室。市财政局牵头，会后15个工作日内提出方案，"
    "并在2026年6月30日前完成。要进一步提高认识，切实加强领导。"
)


class Failed(RuntimeError):
    """A measured request did not answer as it must."""


def browser(user: User) -> Client:
    """Signed in as the officer."""
    client = Client(**HOST)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def getting(client: Client, path: str, **headers: str) -> Callable[[], object]:
    """A request as work; anything but 200 fails the bench."""

    def work() -> object:
        answer = client.get(path, headers=headers or None)
        if answer.status_code != 200:
            raise Failed(f"{path}: {answer.status_code}")
        return answer

    return work


def token_of(user: User) -> str:
    """A token for the officer's post."""
    now = timezone.now()
    held = Appointment.objects.select_related("person").get(person=user)
    _row, secret = issue_token(
        appointment=held,
        name="bench",
        scopes=SCOPES,
        expires_at=now + timedelta(days=2),
        actor=INSTALLER,
        at=now,
    )
    return secret


def deep_cursor(actor_rows: Any) -> str:
    """The cursor of page 500, or of the middle where there are fewer rows."""
    rows = actor_rows.order_by("overdue_at", "id")
    depth = min(DEEP, rows.count() // 2)
    at, key = rows.values_list("overdue_at", "pk")[depth]
    return encode("n", [at.isoformat() if at else None, key])


def creating(client: Client, secret: str) -> Callable[[], object]:
    """Create one matter by API: row, trail entry, search index, idempotency key."""
    numbers = itertools.count(1)
    headers = {"Authorization": f"Bearer {secret}"}

    def work() -> object:
        body = {"title": f"新建事项{next(numbers)}", "regime": "instruction", "content": "内容"}
        answer = client.post(
            "/api/v1/matters",
            json.dumps(body),
            content_type="application/json",
            headers=headers | {"Idempotency-Key": uuid.uuid4().hex},
        )
        if answer.status_code != 201:
            raise Failed(f"create: {answer.status_code} {answer.content[:200]!r}")
        return answer

    return work


def requests_of(user: User) -> dict[str, Callable[[], object]]:
    """Every named request of performance.md."""
    client, api, secret = browser(user), Client(**HOST), token_of(user)
    bearer = {"Authorization": f"Bearer {secret}"}
    open_rows = Matter.objects.filter(state="assigned", office__code="3300")
    cursor = deep_cursor(open_rows)
    one = open_rows.filter(overdue_at__lt=AT).order_by("pk").values_list("pk", flat=True)[0]
    unit = "第0市3局"
    return {
        "list_p1": getting(client, "/ledger/"),
        "list_numbers": getting(client, "/ledger/numbers/"),
        "list_p500": getting(client, f"/ledger/?cursor={cursor}"),
        "list_unit_p1": getting(client, f"/ledger/?unit={unit}"),
        "detail": getting(client, f"/matters/{one}/"),
        "search_rare": getting(client, f"/search/?q={RARE}"),
        "search_common": getting(client, f"/search/?q={COMMON}"),
        "overdue_by_owner": getting(client, "/ledger/?light=red"),
        "overdue_by_unit": getting(client, f"/ledger/?light=red&unit={unit}"),
        "board": getting(client, "/board/"),
        "api_list_p1": getting(api, "/api/v1/matters", **bearer),
        "api_list_p500": getting(api, f"/api/v1/matters?cursor={cursor}", **bearer),
        "api_detail": getting(api, f"/api/v1/matters/{one}", **bearer),
        "api_create": creating(api, secret),
    }


def measure(user: User) -> tuple[dict[str, Timing], dict[str, Timing]]:
    """(named requests, floors), timed in alternating rounds in one process."""
    for limit in ("api_per_minute", "search_per_minute"):
        object.__setattr__(settings.CONFIG, limit, 1_000_000)
    floors.make_tables()
    numbers = itertools.count(1)
    works = requests_of(user)
    bare = {
        "page": floor_page(user, "/page/"),
        "json": floor_page(user, "/json/"),
        "search_rare": lambda: floors.raw_search(RARE),
        "search_common": lambda: floors.raw_search(COMMON),
        "summary": lambda: floors.raw_summary("33/3300/"),
        "insert": lambda: floors.raw_insert(next(numbers)),
    }
    found = race(works | {f"floor {name}": work for name, work in bare.items()})
    return {name: found[name] for name in works}, {n: found[f"floor {n}"] for n in bare}


def floor_page(user: User, path: str) -> Callable[[], object]:
    """A floor's view behind Django's own session and user, called without the switch of settings
    being timed: the handler is built once."""
    with override_settings(ROOT_URLCONF=floors.__name__, MIDDLEWARE=floors.MIDDLEWARE):
        handler = WSGIHandler()
    client = browser(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    def work() -> object:
        request = RequestFactory(**HOST).get(path, headers={"Cookie": cookie})
        request.urlconf = floors.__name__
        answer = handler.get_response(request)
        if answer.status_code != 200:
            raise Failed(f"{path}: {answer.status_code}")
        return answer

    return work


def fastest(work: Callable[[], object]) -> float:
    """The shortest of three runs, as the pages are told by their fastest round."""
    return min(seconds(work) for _round in range(3))


def measure_sweep() -> dict[str, float]:
    """Seconds: finding what the first night has to look at; that night, in which all that is owed
    speaks for the first time; the Monday on which held notices go out again; an ordinary night, and
    the same again; beside the first night the bare rows it wrote."""
    climb = Climb(current_calendar(), Ladders.now())
    friday, monday, tuesday = (AT + timedelta(days=days) for days in (0, 3, 4))
    return {
        "sweep_select_s": fastest(lambda: sum(1 for _key in to_look_at(AT, climb))),
        "sweep_first_night_s": seconds(lambda: sweep(actor=INSTALLER, at=friday)),
        "sweep_first_night_rows_s": floors.raw_sweep(friday),
        "sweep_new_week_s": seconds(lambda: sweep(actor=INSTALLER, at=monday)),
        "sweep_night_s": seconds(lambda: sweep(actor=INSTALLER, at=tuesday)),
        "sweep_again_s": fastest(lambda: sweep(actor=INSTALLER, at=tuesday)),
    }


def measure_work(user: User) -> dict[str, float]:
    """The sweep, importing a tree, verifying the trail, reading, in their own units; the floor's
    page once more beside them: the machine may be busier than when the pages were measured."""
    text = SENTENCES * 400
    with tempfile.TemporaryDirectory() as folder:
        path = tree_of(Path(folder), 10_000)
        preview_s = fastest(lambda: read_tree(path))
        preview = read_tree(path)
        import_s = seconds(lambda: write_tree(preview, actor=INSTALLER, at=AT))
    reading = len(text) / fastest(lambda: read(text))
    return (
        measure_sweep()
        | measure_dispatch()
        | measure_roster()
        | {
            "import_preview_s": preview_s,
            "import_10000_rows_s": import_s,
            "trail_entries_per_s": trail_rate(),
            "typesetting_ms": typesetting(),
            "reading_chars_per_s": reading,
            "page_again_ms": timed(floor_page(user, "/page/")).fastest,
        }
    )


def trail_rate() -> float:
    """Entries verified per second: a real chain of 20,000, hashed and compared with its details."""
    chain = Chain.objects.create(started_at=AT, algorithm=settings.AUDIT_HASH)
    Head.objects.create(chain=chain)
    detail = {"actor": "测量员", "unit": "市委办公室", "before": {}, "after": {"number": "1号"}}
    with transaction.atomic():
        append(
            [
                Pending("matters.drafted", INSTALLER, AT, "matters.matter", str(n), detail)
                for n in range(TRAIL)
            ]
        )
    known = {chain.number: chain.algorithm}

    def work() -> object:
        return verify(stored_rows(first_chain=chain.number), algorithms=known, heads={})

    return TRAIL / fastest(work)


def typesetting() -> float:
    """Milliseconds for one assignment slip, warm."""
    slip = Slip(
        issuer="市委办公室",
        title="督查事项交办单",
        number="督〔2026〕1号",
        rows=(("事项", "排查易涝点"), ("时限", "2026年6月30日")),
        paragraphs=("请按时报送进展情况。",) * 6,
        office="市委办公室",
        date="2026年3月6日",
    )
    return timed(lambda: render(slip), rounds=9).median


def tree_of(folder: Path, rows: int) -> Path:
    """A workbook of that many units under one root."""
    path = folder / "tree.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ("99", "测量省委办公厅", "测量省", "", "省", "党委", ""))
    for number in range(1, rows):
        name = f"测量第{number}局"
        sheet.write_row(number + 1, 0, (f"99-{number}", name, name, "", "省", "政府", "99"))
    book.close()
    return path
