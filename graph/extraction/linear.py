"""Linear scorers over named features: logistic regressions with one or several outputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LinearScorer:
    """Weights of shape (features + 1, outputs): row 0 is zero, ``index`` leads from a feature to its row."""

    index: Mapping[str, int]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def predict(self, rows: Sequence[Iterable[str]]) -> Floats:
        """Probabilities, shape (rows, outputs); features that training never saw count nothing."""
        get = self.index.get
        scores = np.empty((len(rows), self.weights.shape[1]))
        for place, row in enumerate(rows):
            found = [number for feature in row if (number := get(feature))]
            scores[place] = self.weights[found].sum(axis=0)
        return 1.0 / (1.0 + np.exp(-(scores + self.intercept)))

    def predict_kinds(self, rows: Iterable[tuple[str, Sequence[str]]]) -> Floats:
        """Probabilities of the first output, shape (rows,), for rows of a prefix and features.

        Each feature counts as it is, and once more behind its prefix; no such string is made.
        """
        known = self._known.get
        scores = []
        for prefix, features in rows:
            own = self._list_behind(prefix).get
            found = [weight for feature in features if (weight := known(feature))]
            found += [weight for feature in features if (weight := own(feature))]
            scores.append(sum(found))
        return np.asarray(1.0 / (1.0 + np.exp(-(np.array(scores, float) + float(self.intercept[0])))))

    @cached_property
    def _known(self) -> dict[str, float]:
        return dict(zip(self.index, self.weights[1:, 0].tolist(), strict=True))

    @cached_property
    def _prefixed(self) -> dict[str, dict[str, float]]:
        return {}

    def _list_behind(self, prefix: str) -> dict[str, float]:
        """Weights of the features that begin with ``prefix``, by what follows it."""
        if prefix not in self._prefixed:
            known = self._known.items()
            self._prefixed[prefix] = {
                name.removeprefix(prefix): weight for name, weight in known if name.startswith(prefix)
            }
        return self._prefixed[prefix]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, for a file."""
        names = "\0".join(self.index).encode("utf-8")
        return {
            "names": np.frombuffer(names, np.uint8),
            "weights": self.weights[1:].astype(np.float16),
            "intercept": self.intercept,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> LinearScorer:
        """The scorer of ``arrays``."""
        names = arrays["names"].tobytes().decode("utf-8").split("\0")
        weights = arrays["weights"].astype(np.float32)
        return cls(
            index={name: place for place, name in enumerate(names, 1)},
            weights=np.concatenate([np.zeros((1, weights.shape[1]), np.float32), weights]),
            intercept=arrays["intercept"].astype(np.float32),
        )
