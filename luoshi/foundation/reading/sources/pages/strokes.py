"""The straight lines a PDF draws: borders of tables, the line above footnotes."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from luoshi.foundation.reading.sources.pages.page import Rule

THIN = 3.0  # points: a filled bar this thin is a line
SHORTEST = 4.0
SEGMENTS = 400
Turn = Callable[[float, float], tuple[float, float]]


def strokes(c: Any, item: Any, turn: Turn) -> Iterator[Rule]:
    """The level and upright lines of one path object; `c` is pypdfium2's raw interface."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value:
        points = points_of(c, item)
        for one, two in points:
            yield from straight(turn(*one), turn(*two))
    elif fill.value:
        box = [ctypes.c_float() for _side in range(4)]
        if c.FPDFPageObj_GetBounds(item, *box):
            left, bottom, right, top = (side.value for side in box)
            if min(right - left, top - bottom) <= THIN:
                one, two = turn(left, bottom), turn(right, top)
                across, down = abs(one[0] - two[0]), abs(one[1] - two[1])
                middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
                if across >= down:
                    yield from straight((one[0], middle[1]), (two[0], middle[1]))
                else:
                    yield from straight((middle[0], one[1]), (middle[0], two[1]))


Point = tuple[float, float]


def points_of(c: Any, item: Any) -> list[tuple[Point, Point]]:
    """The straight segments of a path, in the page's coordinates."""
    matrix, x, y = c.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    c.FPDFPageObj_GetMatrix(item, matrix)
    found: list[tuple[Point, Point]] = []
    start = last = (0.0, 0.0)
    for index in range(min(c.FPDFPath_CountSegments(item), SEGMENTS)):
        segment = c.FPDFPath_GetPathSegment(item, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == c.FPDF_SEGMENT_LINETO:
            found.append((last, here))
        if c.FPDFPathSegment_GetClose(segment):
            found.append((here, start))
        last = here
    return found


def straight(one: Point, two: Point) -> Iterator[Rule]:
    """A segment as a rule, when it is level or upright and long enough."""
    across, down = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(across, down) <= 1.0 and max(across, down) >= SHORTEST:
        yield Rule(
            min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])
        )
