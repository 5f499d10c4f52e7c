"""Rooms that act on what the trail says has happened, in the transaction of the act itself: every
verb leaves an entry, so none can be forgotten."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

Follower = Callable[[Sequence[Any], datetime], None]
FOLLOWERS: list[Follower] = []


def register(follower: Follower) -> None:
    """Follow every act; called once from a room's `entries.py`. The follower is handed the entries
    (`acting.Pending`) of one act and its instant; it may record more, which it is not handed."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)
