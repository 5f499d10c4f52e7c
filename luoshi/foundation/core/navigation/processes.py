"""Process maps (工作流程图, features row 113): rooms declare the life of their things once, as
moves; the verbs obey the table made from them and the printed map shows the same moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Move:
    """From one state to another: the act, and who does it."""

    before: str
    after: str
    act: Text
    who: Text


@dataclass(frozen=True)
class Process:
    """The life of one kind of thing: its states with their words, the first of them being the
    beginning, and every move there is."""

    key: str
    title: Text
    states: Sequence[tuple[str, Text]]
    moves: Sequence[Move]
    source: str = ""


PROCESSES: list[Process] = []


def register(process: Process) -> None:
    """Add a map; called from an app's `entries.py`, in the order they are shown."""
    if all(known.key != process.key for known in PROCESSES):
        PROCESSES.append(process)


def table(states: Iterable[str], moves: Iterable[Move]) -> dict[str, set[str]]:
    """The moves as the table verbs check against: state → states it may go to."""
    found: dict[str, set[str]] = {str(state): set() for state in states}
    for move in moves:
        found[str(move.before)].add(str(move.after))
    return found
