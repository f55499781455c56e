"""Forces that draw one connected graph: linked nodes attract, all nodes repel, after ForceAtlas2.

The model and the adaptive speed are those of Jacomy, Venturini, Heymann and Bastian (PLoS ONE 2014):
repulsion ``m_i m_j / d`` with mass ``1 + degree``, attraction ``w d``. Repulsion is exact for small graphs;
for large ones masses are spread on a mesh and the field comes from one Fourier transform, so that a step
costs O(nodes + links). Nothing is random: the start is a multidimensional scaling of distances to pivots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

EXACT_UP_TO = 800
"""Nodes up to which every pair repels every other exactly; about 10 ms a step there."""

_GOLDEN_ANGLE = 2.399963229728653
_GRID = 1024.0
_PIVOTS = 24
_GRAVITY = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Springs:
    """Links of a graph with nodes ``0 … count-1``; each pair once, ``weight`` its pull."""

    count: int
    heads: Integers
    tails: Integers
    weight: Floats

    def degree(self) -> Floats:
        """Number of neighbours of each node."""
        ends = np.concatenate([self.heads, self.tails])
        return np.bincount(ends, minlength=self.count).astype(np.float64)


def place_connected(springs: Springs) -> Floats:
    """Positions (count × 2) of a connected graph, centred, at the scale of the forces."""
    positions = _quantise(_pivot_start(springs))
    mass = 1.0 + springs.degree()
    repel = _repel_exactly if springs.count <= EXACT_UP_TO else _mesh_for(springs.count)
    positions = _relax(springs, positions, mass=mass, repel=repel)
    return np.asarray(positions - positions.mean(axis=0))


def count_steps(count: int) -> int:
    """Steps of a graph of this size: more where a step is cheap."""
    if count <= EXACT_UP_TO:
        return 300 if count > 20 else 100
    return 200 if count <= 20_000 else 70


def _quantise(positions: Floats) -> Floats:
    """Positions on a fine grid: last-bit differences between processors do not grow from step to step."""
    return np.round(positions * _GRID) / _GRID


def _relax(springs: Springs, positions: Floats, *, mass: Floats, repel: Callable[[Floats, Floats], Floats]) -> Floats:
    """The positions after all steps, with the adaptive speed of ForceAtlas2."""
    before = np.zeros_like(positions)
    speed, efficiency = 1.0, 1.0
    for _ in range(count_steps(springs.count)):
        force = repel(positions, mass) + _attract(springs, positions) - _GRAVITY * _pull(positions, mass)
        swing = mass * np.hypot(*(before - force).T)
        traction = 0.5 * float((mass * np.hypot(*(before + force).T)).sum())
        speed, efficiency = _adapt(speed, efficiency, swing=float(swing.sum()), traction=traction, count=springs.count)
        step = speed / (1.0 + np.sqrt(speed * swing))
        positions = _quantise(positions + force * step[:, None])
        before = force
    return positions


def _adapt(speed: float, efficiency: float, *, swing: float, traction: float, count: int) -> tuple[float, float]:
    """The next global speed and its efficiency: fast while nodes move on, slow when they tremble."""
    swing, traction = max(swing, 1e-9), max(traction, 1e-9)
    optimal = 0.05 * count**0.5
    tolerance = max(optimal**0.5, min(10.0, optimal * traction / count**2))
    if swing > 2.0 * traction:
        efficiency = max(0.05, efficiency * 0.5)
        tolerance = max(tolerance, 1.0)
    target = tolerance * efficiency * traction / swing
    if swing > tolerance * traction:
        efficiency = max(0.05, efficiency * 0.7)
    elif speed < 1000.0:
        efficiency = min(1.0, efficiency * 1.3)
    return speed + min(target - speed, 0.5 * speed), efficiency


def _pull(positions: Floats, mass: Floats) -> Floats:
    """Gravity: a constant pull to the middle for each unit of mass."""
    distance = np.maximum(np.hypot(*positions.T), 1e-9)
    return np.asarray(positions * (mass / distance)[:, None])


def _attract(springs: Springs, positions: Floats) -> Floats:
    """Pull of the links on both of their ends."""
    along = (positions[springs.tails] - positions[springs.heads]) * springs.weight[:, None]
    force = np.empty_like(positions)
    for axis in (0, 1):
        force[:, axis] = np.bincount(springs.heads, along[:, axis], springs.count)
        force[:, axis] -= np.bincount(springs.tails, along[:, axis], springs.count)
    return force


def _repel_exactly(positions: Floats, mass: Floats) -> Floats:
    """Push of every node on every other."""
    x, y = positions.T
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    share = mass[None, :] / np.maximum(dx * dx + dy * dy, 1e-4)
    return np.stack([(dx * share).sum(axis=1) * mass, (dy * share).sum(axis=1) * mass], axis=1)


def _mesh_for(count: int) -> Callable[[Floats, Floats], Floats]:
    """Push of every node on every other through a mesh whose cells are about as wide as nodes stand apart."""
    cells = 128 if count <= 4_000 else 256 if count <= 30_000 else 512
    offsets = np.fft.fftfreq(2 * cells, 1.0 / (2 * cells))
    square = offsets[:, None] ** 2 + offsets[None, :] ** 2 + 0.25
    kernels = [np.fft.rfft2(offsets[:, None] / square), np.fft.rfft2(offsets[None, :] / square)]

    def repel(positions: Floats, mass: Floats) -> Floats:
        """Spread the masses, look up the field where the nodes stand."""
        low = positions.min(axis=0)
        width = max(float((positions.max(axis=0) - low).max()), 1e-6) / (cells - 2)
        corner = (positions - low) / width
        places, shares = _spread(corner, cells=cells)
        charge = np.zeros(cells * cells)
        for place, share in zip(places, shares, strict=True):
            charge += np.bincount(place, share * mass, cells * cells)
        spectrum = np.fft.rfft2(charge.reshape(cells, cells), (2 * cells, 2 * cells))
        force = np.empty_like(positions)
        for axis, kernel in enumerate(kernels):
            field = np.fft.irfft2(spectrum * kernel)[:cells, :cells].ravel()
            force[:, axis] = sum(field[p] * s for p, s in zip(places, shares, strict=True)) * mass / width
        return force

    return repel


def _spread(corner: Floats, *, cells: int) -> tuple[list[Integers], list[Floats]]:
    """The four mesh points around each node, and how much of it falls to each."""
    base = np.floor(corner).astype(np.int64)
    (fx, fy), (column, row) = (corner - base).T, base.T
    places = [(column + a) * cells + row + b for a in (0, 1) for b in (0, 1)]
    shares = [(fx if a else 1 - fx) * (fy if b else 1 - fy) for a in (0, 1) for b in (0, 1)]
    return places, shares


def _pivot_start(springs: Springs) -> Floats:
    """Classical scaling of the distances to a few far-apart nodes (Brandes and Pich, Graph Drawing 2006)."""
    distances = _pivot_distances(springs)
    square = distances**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :2]
    if axes.shape[1] < 2:
        axes = np.hstack([axes, np.zeros((len(axes), 1))])
    # An eigenvector has no sign of its own: take the one whose largest part is positive.
    largest = np.abs(axes).argmax(axis=0)
    axes = axes * np.where(axes[largest, [0, 1]] < 0, -1.0, 1.0)
    placed = -centred @ axes
    radius = 4.0 * springs.count**0.5
    placed *= radius / max(float(np.abs(placed).max()), 1e-9)
    # Twins (leaves of one hub) fall on one spot: a sunflower of small steps parts them.
    index = np.arange(springs.count)
    step = 0.15 * radius * np.sqrt((index + 0.5) / springs.count)
    angle = index * _GOLDEN_ANGLE
    return np.asarray(placed + np.stack([step * np.cos(angle), step * np.sin(angle)], axis=1))


def _pivot_distances(springs: Springs) -> Floats:
    """Steps from each node to each pivot; the next pivot is the node farthest from those before."""
    ends = np.concatenate([springs.heads, springs.tails])
    order = np.argsort(ends, kind="stable")
    others = np.concatenate([springs.tails, springs.heads])[order]
    bounds = np.searchsorted(ends[order], np.arange(springs.count + 1))
    pivot, columns = int(springs.degree().argmax()), []
    nearest = np.full(springs.count, np.inf)
    for _ in range(min(_PIVOTS, springs.count)):
        columns.append(_steps_from(pivot, bounds=bounds, others=others))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(nearest.argmax())
    return np.stack(columns, axis=1)


def _steps_from(start: int, *, bounds: Integers, others: Integers) -> Floats:
    """Breadth-first distances from one node of a connected graph."""
    steps = np.full(len(bounds) - 1, -1.0)
    steps[start] = depth = 0.0
    front = np.array([start])
    while len(front):
        depth += 1.0
        lengths = bounds[front + 1] - bounds[front]
        inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        reached = others[np.repeat(bounds[front], lengths) + inside]
        front = np.unique(reached[steps[reached] < 0])
        steps[front] = depth
    return steps
