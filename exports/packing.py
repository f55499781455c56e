"""Small parts of a picture packed around its largest part, close to the middle and side by side."""

from __future__ import annotations

import math

import numpy as np

from .forces import Floats, Integers

Cells = np.ndarray[tuple[int, int], np.dtype[np.bool_]]

_CELL = 40.0
_GAP = 16.0


def pack_circles(radii: list[float], *, first: Floats, margin: float) -> list[tuple[float, float]]:
    """Centres for circles of falling radius; the first stays at (0, 0).

    ``first`` are the points of the first circle: the others keep ``margin`` from their convex hull only, so
    that a long arm does not push everything out. Each takes the free place nearest to the middle.
    """
    centres = [(0.0, 0.0)]
    if len(radii) == 1:
        return centres
    widths = [math.ceil((2 * radius + _GAP) / _CELL) for radius in radii[1:]]
    reach = float(np.hypot(*first.T).max()) + margin
    side = 2 * math.ceil(reach / _CELL + math.sqrt(sum(width * width for width in widths)) + max(widths))
    taken = _mark_hull(side, points=first, margin=margin)
    order = _order_cells(side)
    places, width_now, at = order[:0], 0, 0
    for width in widths:
        if width != width_now:
            places, width_now, at = _keep_free(order, taken=taken, width=width), width, 0
        row, column = divmod(int(places[at]), side)
        while taken[row : row + width, column : column + width].any():
            at += 1
            row, column = divmod(int(places[at]), side)
        taken[row : row + width, column : column + width] = True
        middle = (width - side) / 2
        centres.append(((column + middle) * _CELL, (row + middle) * _CELL))
    return centres


def _mark_hull(side: int, *, points: Floats, margin: float) -> Cells:
    """A grid of cells around (0, 0), true where a cell lies within ``margin`` of the hull of the points."""
    along = (np.arange(side) - side / 2 + 0.5) * _CELL
    x, y = along[None, :], along[:, None]
    hull = _find_hull(points)
    if len(hull) < 3:
        low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
        box: Cells = (x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1])
        return box
    inside = np.ones((side, side), bool)
    for (ax, ay), (bx, by) in zip(hull, hull[1:] + hull[:1], strict=True):
        length = math.hypot(bx - ax, by - ay)
        inside &= ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length > -margin
    return inside


def _find_hull(points: Floats) -> list[tuple[float, float]]:
    """Corners of the convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return ordered
    halves: list[list[tuple[float, float]]] = []
    for run in (ordered, ordered[::-1]):
        half: list[tuple[float, float]] = []
        for point in run:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(*points: tuple[float, float]) -> float:
    """Above 0 where a → b → c turns left."""
    a, b, c = points
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _order_cells(side: int) -> Integers:
    """All cells of the grid (row · side + column), nearest to the middle first."""
    along = (np.arange(side, dtype=np.float32) - side / 2 + 0.5) ** 2
    return np.argsort((along[:, None] + along[None, :]).ravel(), kind="stable")


def _keep_free(order: Integers, *, taken: Cells, width: int) -> Integers:
    """The free squares of this width, by their first cell, in the order of the cells in their middle."""
    side = len(taken)
    sums = np.zeros((side + 1, side + 1), np.int32)
    sums[1:, 1:] = taken.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    inside = sums[width:, width:] - sums[:-width, width:] - sums[width:, :-width] + sums[:-width, :-width]
    free = np.zeros((side, side), bool)
    back = width // 2
    free[back : back + len(inside), back : back + len(inside)] = inside == 0
    return order[free.ravel()[order]] - back * (side + 1)
