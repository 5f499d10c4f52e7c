"""Process maps (工作流程图): the life of every kind of thing, drawn from the moves the verbs
obey."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.navigation.processes import PROCESSES, Process, Text
from luoshi.foundation.core.web.requests import OfficeRequest

BOX, TALL, GAP_X, GAP_Y, EDGE, ARCS = 128, 44, 56, 22, 12, 58


@dataclass(frozen=True)
class Box:
    """A state at its place in the picture."""

    label: Text
    x: int
    y: int


@dataclass(frozen=True)
class Act:
    """One act with its number: the states it leads from, the one it leads to, who does it, and the
    arrows of the picture; `x`, `y` is the place of the number."""

    number: int
    act: Text
    who: Text
    before: tuple[Text, ...]
    after: Text
    paths: tuple[str, ...]
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """One map: the way from left to right, below it the ends, every act as one number."""

    process: Process
    boxes: tuple[Box, ...]
    acts: tuple[Act, ...]
    width: int
    height: int


def ends(process: Process) -> list[str]:
    """States nothing leads out of."""
    left = {str(move.before) for move in process.moves}
    return [state for state, _label in process.states if state not in left]


def way(process: Process) -> list[str]:
    """The other states in their declared order: the way through the process."""
    last = set(ends(process))
    return [state for state, _label in process.states if state not in last]


def leaps(process: Process) -> bool:
    """Whether a move along the way leads back, or over a state."""
    place = {state: number for number, state in enumerate(way(process))}
    moves = [(str(move.before), str(move.after)) for move in process.moves]
    return any(
        place[after] - place[before] != 1
        for before, after in moves
        if before in place and after in place
    )


def placed(process: Process) -> dict[str, Box]:
    """The way in one row, the ends in a column behind and below it; room for arcs above it where
    there are any."""
    labels, boxes = dict(process.states), {}
    top = EDGE + (ARCS if leaps(process) else 0)
    for column, state in enumerate(way(process)):
        boxes[state] = Box(labels[state], EDGE + column * (BOX + GAP_X), top)
    behind = EDGE + len(boxes) * (BOX + GAP_X)
    for row, state in enumerate(ends(process), start=1):
        boxes[state] = Box(labels[state], behind, top + row * (TALL + GAP_Y))
    return boxes


def grouped(process: Process) -> dict[tuple[str, Text, Text], list[str]]:
    """(after, act, who) → the states it leads from: the same act is one number."""
    found: dict[tuple[str, Text, Text], list[str]] = {}
    for move in process.moves:
        found.setdefault((str(move.after), move.act, move.who), []).append(str(move.before))
    return found


def drawing(process: Process) -> Drawing:
    """Lay the map out."""
    boxes, acts = placed(process), []
    labels, last = dict(process.states), ends(process)
    for number, (key, before) in enumerate(grouped(process).items(), start=1):
        after, act, who = key
        row = last.index(after) if after in last else None
        arrows = [arrow(boxes[state], boxes[after], row) for state in before]
        _path, x, y = arrows[-1]
        names = tuple(labels[state] for state in before)
        paths = tuple(one[0] for one in arrows)
        acts.append(Act(number, act, who, names, labels[after], paths, x, y))
    width = max(box.x for box in boxes.values()) + BOX + EDGE
    height = max(box.y for box in boxes.values()) + TALL + EDGE
    return Drawing(process, tuple(boxes.values()), tuple(acts), width, height)


def arrow(start: Box, end: Box, row: int | None) -> tuple[str, int, int]:
    """A path and the place of its number: straight to the next state, an arc over the boxes between
    or back, down and across to an end."""
    if row is not None:
        x, y = start.x + 28 + row * 24, end.y + TALL // 2
        return f"M{x} {start.y + TALL}V{y}H{end.x}", end.x - 26, y
    middle = start.y + TALL // 2
    if end.x == start.x + BOX + GAP_X:
        return f"M{start.x + BOX} {middle}H{end.x}", start.x + BOX + GAP_X // 2 - 4, middle
    back = end.x < start.x
    x1, x2 = start.x + BOX // 2 + (-14 if back else 14), end.x + BOX // 2 + (14 if back else -14)
    steps = abs(end.x - start.x) // (BOX + GAP_X)
    top = start.y - 24 - 20 * steps
    peak = start.y - (start.y - top) * 3 // 4
    return f"M{x1} {start.y}C{x1} {top} {x2} {top} {x2} {end.y}", (x1 + x2) // 2, peak


@require_safe
def processes(request: OfficeRequest) -> HttpResponse:
    """Every map, to read and to print (features row 113); open to everybody signed in."""
    found = [drawing(process) for process in PROCESSES]
    return render(request, "site/processes.html", {"drawings": found})
