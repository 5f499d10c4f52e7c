"""Where else heads of this trail are kept, registered by the room that can ask."""

from collections.abc import Callable
from typing import Any

Heads = Callable[[], list[Any]]
SOURCES: dict[str, Heads] = {}


def register(name: str, heads: Heads) -> None:
    """Make a source known ("superior"); it gives anchors or raises a refusal."""
    SOURCES[name] = heads
