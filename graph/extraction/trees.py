"""Boosted trees: evaluation of a gradient-boosted ensemble (Friedman 2001) that LightGBM has fitted.

No tree is walked: each split that sends a row to the right rules out the leaves of its left side, and the first
leaf that no split rules out is where the row ends (QuickScorer, Lucchese and others 2015). Leaves are bits, so
that a few array operations do for all trees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_ROWS = 512
"""Rows that are judged together: more would not be faster and take memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Splits:
    """The splits of all trees, those of one tree below each other, shape (splits, trees), filled up with idle ones.

    ``kept`` has a bit for each leaf, from left to right, that a row may still reach where it goes right; ``value``
    of shape (trees, leaves) follows the same order.
    """

    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    kept: NDArray[np.unsignedinteger[Any]]
    value: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Trees:
    """Arrays of shape (trees, nodes): feature (-1 at a leaf), threshold, left, right, and value at leaves."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    depth: int

    @classmethod
    def of_nothing(cls) -> Trees:
        """A tree that believes in no row."""
        node = np.full((1, 1), -1, np.int32)
        return cls(
            feature=node, threshold=np.zeros((1, 1)), left=node, right=node, value=np.full((1, 1), -9.0), depth=0
        )

    @classmethod
    def mean_of(cls, *ensembles: Trees) -> Trees:
        """One ensemble whose log odds are the mean of those of others."""
        size = max(each.feature.shape[1] for each in ensembles)

        def join(arrays: list[NDArray[Any]], idle: int) -> NDArray[Any]:
            filled = [np.pad(each, ((0, 0), (0, size - each.shape[1])), constant_values=idle) for each in arrays]
            return np.concatenate(filled)

        return cls(
            feature=join([each.feature for each in ensembles], -1),
            threshold=join([each.threshold for each in ensembles], 0),
            left=join([each.left for each in ensembles], -1),
            right=join([each.right for each in ensembles], -1),
            value=join([each.value / len(ensembles) for each in ensembles], 0),
            depth=max(each.depth for each in ensembles),
        )

    def predict(self, rows: Floats) -> Floats:
        """Probability of each row, shape (rows,), from rows of shape (rows, features)."""
        if not len(rows):
            return np.zeros(0)
        scores = [self._add(rows[start : start + MOST_ROWS]) for start in range(0, len(rows), MOST_ROWS)]
        return np.asarray(1.0 / (1.0 + np.exp(-np.concatenate(scores))), np.float64)

    def _add(self, rows: Floats) -> Floats:
        """The sum of all trees for each row."""
        splits = self._splits
        count, trees = splits.feature.shape
        left = np.ascontiguousarray(rows.T)[splits.feature.ravel()] <= splits.threshold.reshape(-1, 1)
        kept = np.where(left, ~splits.kept.dtype.type(0), splits.kept.reshape(-1, 1))
        reached = np.bitwise_and.reduce(kept.reshape(count, -1), axis=0).reshape(trees, -1)
        leaf = np.frexp((reached & -reached).astype(np.float64))[1] - 1
        return np.asarray(splits.value[np.arange(trees)[:, None], leaf].sum(axis=0), np.float64)

    @cached_property
    def _splits(self) -> _Splits:
        trees = [_list_splits(*nodes) for nodes in zip(self.feature, self.left, self.right, strict=True)]
        count, leaves = max(1, *(len(splits) for splits, _ in trees)), max(len(leaves) for _, leaves in trees)
        kind = next(kind for kind in (np.uint16, np.uint32, np.uint64) if leaves <= np.iinfo(kind).bits)
        feature, threshold = np.zeros((count, len(trees)), np.intp), np.full((count, len(trees)), np.inf)
        kept, value = np.full((count, len(trees)), np.iinfo(kind).max, kind), np.zeros((len(trees), leaves))
        for tree, (splits, order) in enumerate(trees):
            value[tree, : len(order)] = self.value[tree, order]
            for place, (node, low, high) in enumerate(splits):
                feature[place, tree], threshold[place, tree] = self.feature[tree, node], self.threshold[tree, node]
                kept[place, tree] &= ~kind(((1 << (high - low)) - 1) << low)
        return _Splits(feature=feature, threshold=threshold, kept=kept, value=value)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, for a file; small integer and float types."""
        return {
            "feature": self.feature.astype(np.int16),
            "threshold": self.threshold.astype(np.float64),
            "left": self.left.astype(np.int16),
            "right": self.right.astype(np.int16),
            "value": self.value.astype(np.float32),
            "depth": np.array([self.depth], np.int16),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Trees:
        """The ensemble of ``arrays``."""
        return cls(
            feature=arrays["feature"].astype(np.int32),
            threshold=arrays["threshold"].astype(np.float64),
            left=arrays["left"].astype(np.int32),
            right=arrays["right"].astype(np.int32),
            value=arrays["value"].astype(np.float64),
            depth=int(arrays["depth"][0]),
        )

    @classmethod
    def from_dump(cls, dump: Mapping[str, Any]) -> Trees:
        """The ensemble of ``lightgbm.Booster.dump_model()``; only numeric splits are understood."""
        walked = [_walk(tree["tree_structure"]) for tree in dump["tree_info"]]
        size = max((len(nodes) for nodes in walked), default=1)
        shape = (len(walked), size)
        feature, left, right = (np.full(shape, -1, np.int32) for _ in range(3))
        threshold, value = np.zeros(shape), np.zeros(shape)
        for row, nodes in enumerate(walked):
            for place, (split, limit, low, high, leaf) in enumerate(nodes):
                feature[row, place], threshold[row, place] = split, limit
                left[row, place], right[row, place], value[row, place] = low, high, leaf
        depth = max((_depth(tree["tree_structure"]) for tree in dump["tree_info"]), default=0)
        return cls(feature=feature, threshold=threshold, left=left, right=right, value=value, depth=depth)


def _list_splits(
    feature: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Each split of a tree with the range of leaves on its left side, and the leaves from left to right."""
    splits: list[tuple[int, int, int]] = []
    leaves: list[int] = []

    def visit(node: int) -> None:
        if feature[node] < 0:
            leaves.append(node)
            return
        low = len(leaves)
        visit(int(left[node]))
        splits.append((node, low, len(leaves)))
        visit(int(right[node]))

    visit(0)
    return splits, leaves


def _walk(root: Mapping[str, Any]) -> list[tuple[int, float, int, int, float]]:
    nodes: list[tuple[int, float, int, int, float]] = []

    def visit(node: Mapping[str, Any]) -> int:
        place = len(nodes)
        nodes.append((-1, 0.0, -1, -1, 0.0))
        if "split_feature" in node:
            low, high = visit(node["left_child"]), visit(node["right_child"])
            nodes[place] = (int(node["split_feature"]), float(node["threshold"]), low, high, 0.0)
        else:
            nodes[place] = (-1, 0.0, -1, -1, float(node["leaf_value"]))
        return place

    visit(root)
    return nodes


def _depth(node: Mapping[str, Any]) -> int:
    if "split_feature" not in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))
