"""Process maps (工作流程图): the life of every kind of thing, drawn from the moves the verbs
obey."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.navigation.processes import PROCESSES, Process, Text
from luoshi.foundation.core.web.requests import OfficeRequest

BOX, TALL, GAP_X, GAP_Y, EDGE = 128, 44, 60, 34, 12


@dataclass(frozen=True)
class Box:
    """A state at its place in the picture."""

    key: str
    label: Text
    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        """The centre of the box."""
        return self.x + BOX // 2, self.y + TALL // 2


@dataclass(frozen=True)
class Arrow:
    """A move as a path with its number in the list beside the picture."""

    number: int
    path: str
    x: int
    y: int
    before: Text
    after: Text
    act: Text
    who: Text


@dataclass(frozen=True)
class Drawing:
    """One map: boxes in columns by their distance from the beginning, arrows between them."""

    process: Process
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def columns(process: Process) -> list[list[str]]:
    """States by the number of moves from the beginning, in the order they are declared."""
    rank = {process.states[0][0]: 0}
    queue = [process.states[0][0]]
    for state in queue:
        for move in process.moves:
            if move.before == state and move.after not in rank:
                rank[move.after] = rank[state] + 1
                queue.append(move.after)
    found: list[list[str]] = [[] for _step in range(max(rank.values()) + 1)]
    for state, _label in process.states:
        if state in rank:
            found[rank[state]].append(state)
    return found


def drawing(process: Process) -> Drawing:
    """Lay the map out."""
    labels, boxes = dict(process.states), {}
    placed = columns(process)
    for column, states in enumerate(placed):
        for row, state in enumerate(states):
            x, y = EDGE + column * (BOX + GAP_X), EDGE + 14 + row * (TALL + GAP_Y)
            boxes[state] = Box(state, labels[state], x, y)
    arrows = []
    for number, move in enumerate(process.moves, start=1):
        start, end = boxes[str(move.before)], boxes[str(move.after)]
        path, x, y = curve(start, end, number)
        arrows.append(
            Arrow(
                number,
                path,
                x,
                y,
                labels[str(move.before)],
                labels[str(move.after)],
                move.act,
                move.who,
            )
        )
    rows = max(len(states) for states in placed)
    return Drawing(
        process,
        tuple(boxes.values()),
        tuple(arrows),
        2 * EDGE + len(placed) * (BOX + GAP_X) - GAP_X,
        2 * EDGE + 28 + rows * (TALL + GAP_Y) - GAP_Y,
    )


def curve(start: Box, end: Box, number: int) -> tuple[str, int, int]:
    """The path of an arrow and the place of its number: forward from right to left side, back below
    the boxes, within a column from bottom to top."""
    shift = (number % 3 - 1) * 9
    if end.x > start.x:
        x1, y1 = start.x + BOX, start.middle[1] + shift
        x2, y2 = end.x, end.middle[1] + shift
        half = (x1 + x2) // 2
        return f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}", *near(x1, y1, x2, y2)
    if end.x < start.x:
        x1, y1 = start.middle[0], start.y + TALL
        x2, y2 = end.middle[0], end.y + TALL
        low = max(y1, y2) + 26
        return f"M{x1} {y1}C{x1} {low} {x2} {low} {x2} {y2}", (x1 + x2) // 2, low - 6
    down = end.y > start.y
    x = start.middle[0] + shift * 3
    y1, y2 = (start.y + TALL, end.y) if down else (start.y, end.y + TALL)
    return f"M{x} {y1}L{x} {y2}", x, (y1 + y2) // 2


def near(x1: int, y1: int, x2: int, y2: int) -> tuple[int, int]:
    """A third of the way, where arrows into one box still lie apart."""
    return x1 + (x2 - x1) // 3, y1 + (y2 - y1) // 5


@require_safe
def processes(request: OfficeRequest) -> HttpResponse:
    """Every map, to read and to print (features row 113); open to everybody signed in."""
    found = [drawing(process) for process in PROCESSES]
    return render(request, "site/processes.html", {"drawings": found})
