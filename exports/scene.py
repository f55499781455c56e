"""Where every node of a projection stands and how large it is, for the formats that carry a picture."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

import numpy as np

from ..graph.errors import ExportError
from ..graph.network.rows import Projection
from .forces import Floats, Integers, Springs
from .layout import compute_layout

SMALLEST, LARGEST = 4.0, 100.0
"""Sizes (radii) of the nodes with the least and the most evidence.

Gephi stretches the sizes of what it opens to this very range, and the positions by as much; sizes that fill
it already, and positions within its bounds (``layout.BOUND``), arrive unchanged.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Places and sizes by node id; ``dated`` tells whether any link has a date."""

    index: dict[str, int]
    positions: Floats
    sizes: Floats
    dated: bool

    def get_place(self, node: str) -> tuple[float, float, float]:
        """x, y and size of a node."""
        at = self.index[node]
        x, y = self.positions[at]
        return float(x), float(y), float(self.sizes[at])


def build_scene(projection: Projection) -> Scene:
    """Read the projection once for its shape; holds a few numbers for each node and link, no text."""
    index: dict[str, int] = {}
    weights = array("d")
    for node in projection.nodes():
        index[node.id] = len(index)
        weights.append(node.weight)
    sizes = compute_sizes(np.frombuffer(weights) if weights else np.zeros(0))
    springs, dated = _read_springs(projection, index=index)
    return Scene(index=index, positions=compute_layout(springs, radii=sizes), sizes=sizes, dated=dated)


def compute_sizes(weights: Floats) -> Floats:
    """Sizes that grow with the root of the weight and fill the range; equal weights are the smallest."""
    roots = np.sqrt(np.maximum(weights, 0.0))
    above = roots - roots.min(initial=np.inf)
    share = above / max(float(above.max(initial=0.0)), 1e-9)
    return np.asarray(np.round(SMALLEST + (LARGEST - SMALLEST) * share, 2))


def _read_springs(projection: Projection, *, index: dict[str, int]) -> tuple[Springs, bool]:
    """The links as one spring a pair, and whether any is dated."""
    pairs, pulls, dated, count = array("q"), array("d"), False, len(index)
    for link in projection.links():
        dated = dated or bool(link.first or link.last)
        try:
            head, tail = index[link.head], index[link.tail]
        except KeyError as error:
            raise ExportError(f"link {link.id} has an end {error} that is no node; run bingdi verify") from error
        if head != tail:
            pairs.append(min(head, tail) * count + max(head, tail))
            pulls.append(1.0 + math.log(max(link.weight, 1)))
    return _merge_springs(np.array(pairs, np.int64), np.array(pulls), count=count), dated


def _merge_springs(pairs: Integers, pulls: Floats, *, count: int) -> Springs:
    """Parallel links as one spring of their summed pull."""
    found, places = np.unique(pairs, return_inverse=True)
    weight = np.bincount(places, pulls, len(found)).astype(np.float64)
    return Springs(count=count, heads=found // max(count, 1), tails=found % max(count, 1), weight=weight)
