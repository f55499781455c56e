"""Boosted trees: evaluation of a gradient-boosted ensemble (Friedman 2001) that LightGBM has fitted.

All trees are walked at once, one level a step, so that the cost is a few array operations a level and not
one call a tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Arrays of shape (trees, nodes): feature (-1 at a leaf), threshold, left, right, and value at leaves."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    depth: int

    def predict(self, rows: Floats) -> Floats:
        """Probability of each row, shape (rows,), from rows of shape (rows, features)."""
        if not len(rows):
            return np.zeros(0)
        trees = np.arange(len(self.feature))[None, :]
        place = np.zeros((len(rows), len(self.feature)), np.int32)
        index = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            feature = self.feature[trees, place]
            goes_left = rows[index, np.maximum(feature, 0)] <= self.threshold[trees, place]
            below = np.where(goes_left, self.left[trees, place], self.right[trees, place])
            place = np.where(feature < 0, place, below)
        scores = self.value[trees, place].sum(axis=1)
        return np.asarray(1.0 / (1.0 + np.exp(-scores)), np.float64)

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
