"""Where each node stands: forces inside a connected part, then the parts packed around the largest.

Only numpy is needed; the same graph gives the same positions. A spot is never shared: nodes of a part are
pushed apart by their radii, and parts (isolated nodes too) stand side by side.
"""

from __future__ import annotations

import math

import numpy as np

from .forces import Floats, Integers, Springs, place_connected
from .packing import pack_circles

SPACING = 100.0
"""Room for one node, in the units of the file (a node's radius is 4 to 100)."""

BOUND = 4_900.0
"""Farthest a coordinate may be from the middle: Gephi shrinks a picture that goes beyond 5,000."""

_APART_UP_TO = 10_000
_GAP = 6.0


def compute_layout(springs: Springs, *, radii: Floats) -> Floats:
    """Positions (count × 2) for nodes ``0 … count-1`` around their mean, rounded to two decimals."""
    positions = np.zeros((springs.count, 2))
    if not springs.count:
        return positions
    labels = _label_parts(springs)
    members = _group(labels)
    links = _group(labels[springs.heads]) if len(springs.heads) else {}
    parts = []
    for label, nodes in members.items():
        part = _cut(springs, nodes=nodes, links=links.get(label, np.zeros(0, np.int64)))
        placed = _place_part(part, radii=radii[nodes])
        parts.append((float((np.hypot(*placed.T) + radii[nodes]).max()), nodes, placed))
    parts.sort(key=lambda part: (-part[0], int(part[1][0])))
    centres = pack_circles([radius for radius, _, _ in parts], first=parts[0][2], margin=SPACING)
    for (_, nodes, placed), centre in zip(parts, centres, strict=True):
        positions[nodes] = placed + centre
    positions -= positions.mean(axis=0)
    positions *= min(1.0, BOUND / max(float(np.abs(positions).max()), BOUND))
    return np.round(positions, 2) + 0.0


def _label_parts(springs: Springs) -> Integers:
    """For each node the smallest node of its connected part."""
    labels = np.arange(springs.count)
    while True:
        before = labels.copy()
        smaller = np.minimum(labels[springs.heads], labels[springs.tails])
        np.minimum.at(labels, springs.heads, smaller)
        np.minimum.at(labels, springs.tails, smaller)
        labels = labels[labels]
        if np.array_equal(labels, before):
            return labels


def _group(labels: Integers) -> dict[int, Integers]:
    """The indices that carry each label, in order."""
    order = np.argsort(labels, kind="stable")
    found, starts = np.unique(labels[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, starts[1:]), strict=True))


def _cut(springs: Springs, *, nodes: Integers, links: Integers) -> Springs:
    """One part with its nodes numbered from 0."""
    return Springs(
        count=len(nodes),
        heads=np.searchsorted(nodes, springs.heads[links]),
        tails=np.searchsorted(nodes, springs.tails[links]),
        weight=springs.weight[links],
    )


def _place_part(part: Springs, *, radii: Floats) -> Floats:
    """Positions of one connected part around its own middle."""
    if part.count == 1:
        return np.zeros((1, 2))
    if part.count <= 4:
        return _circle(part, radii=radii)
    placed = place_connected(part)
    extent = float(np.sqrt((placed**2).sum(axis=1).mean()))
    placed *= 0.95 * SPACING * math.sqrt(part.count / math.pi) / max(extent, 1e-9)
    if part.count <= _APART_UP_TO:
        placed = _push_apart(placed, radii=radii)
    return np.asarray(placed - placed.mean(axis=0))


def _circle(part: Springs, *, radii: Floats) -> Floats:
    """Two to four nodes on a circle; a hub of three others stands in the middle."""
    degree = part.degree()
    hub = part.count == 4 and degree.max() == 3 and degree.sum() == 6
    ring = [node for node in range(part.count) if not (hub and node == int(degree.argmax()))]
    radius = max(SPACING * 0.75, 1.3 * float(radii.max()) / math.sin(math.pi / len(ring)))
    placed = np.zeros((part.count, 2))
    for place, node in enumerate(ring):
        angle = 2 * math.pi * place / len(ring) + math.pi / 6
        placed[node] = radius * math.cos(angle), radius * math.sin(angle)
    return placed


def _push_apart(placed: Floats, *, radii: Floats) -> Floats:
    """Positions with no node over another, as far as 60 rounds get."""
    for _ in range(60):
        first, second = _find_near(placed, reach=radii + _GAP / 2)
        between = placed[second] - placed[first]
        distance = np.hypot(*between.T)
        overlap = radii[first] + radii[second] + _GAP - distance
        hit = overlap > 0
        if not hit.any():
            break
        first, second, between, distance = first[hit], second[hit], between[hit], distance[hit]
        # Two nodes on one spot part along an angle of their own.
        same = distance < 1e-6
        between[same] = np.stack([np.cos(second[same]), np.sin(second[same])], axis=1)
        push = between * (0.51 * overlap[hit] / np.where(same, 1.0, distance))[:, None]
        share = (radii[second] / (radii[first] + radii[second]))[:, None]
        moved = placed.copy()
        for axis in (0, 1):
            moved[:, axis] -= np.bincount(first, (2 * share * push)[:, axis], len(placed))
            moved[:, axis] += np.bincount(second, (2 * (1 - share) * push)[:, axis], len(placed))
        placed = np.round(moved, 4)
    return placed


def _find_near(placed: Floats, *, reach: Floats) -> tuple[Integers, Integers]:
    """Pairs of nodes that may overlap: a sweep along x, filtered by y."""
    order = np.argsort(placed[:, 0], kind="stable")
    along = placed[order, 0]
    ends = np.searchsorted(along, along + reach[order] + reach.max())
    lengths = ends - np.arange(len(along)) - 1
    first = np.repeat(np.arange(len(along)), lengths)
    second = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths) + first + 1
    first, second = order[first], order[second]
    near = np.abs(placed[first, 1] - placed[second, 1]) < reach[first] + reach[second]
    return first[near], second[near]
