"""The API as a program calls it: a token for a post, a fresh key for each act."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import time_machine
from django.test import Client

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token
from luoshi.foundation.organizations.models import Appointment
from tests.counting import queries_of
from tests.story import SYSTEM

ROOT = "/api/v1"


class Caller:
    """A program with a token of somebody's post, at an instant."""

    def __init__(self, who: Actor, at: datetime, scopes: tuple[str, ...] = SCOPES) -> None:
        held = Appointment.objects.get(pk=who.appointment_id)
        _row, secret = issue_token(
            appointment=held,
            name="接口",
            scopes=scopes,
            expires_at=at + timedelta(days=60),
            actor=SYSTEM,
            at=at - timedelta(days=1),
        )
        self.at = at
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **given: Any) -> Any:
        """(status, answer) of a read."""
        with time_machine.travel(self.at, tick=False):
            found = Client().get(f"{ROOT}{path}", given, headers=self.headers)
        return found.status_code, found.json()

    def counted(self, path: str, **given: Any) -> tuple[Any, int]:
        """The answer of a read and its queries."""
        (status, answer), queries = queries_of(lambda: self.get(path, **given))
        assert status == 200, answer
        return answer, queries

    def send(self, path: str, body: Any, key: str = "", method: str = "POST") -> Any:
        """(status, answer) of an act; an answer without a body is None."""
        headers = self.headers | {"Idempotency-Key": key or uuid4().hex}
        given: dict[str, Any] = {"content_type": "application/json", "headers": headers}
        with time_machine.travel(self.at, tick=False):
            found = Client().generic(method, f"{ROOT}{path}", said(body), **given)
        return found.status_code, found.json() if found.content else None


def said(body: Any) -> str:
    """A body as it is sent; words are sent as they are."""
    return body if isinstance(body, str) else json.dumps(body)


def pages(caller: Caller, path: str, size: int, **given: Any) -> list[list[str]]:
    """The ids of every page of a list, in order."""
    found, cursor = [], ""
    while True:
        status, answer = caller.get(path, limit=size, cursor=cursor, **given)
        assert status == 200, answer
        found.append([row["id"] for row in answer["items"]])
        cursor = answer["next"]
        if not cursor:
            return found
