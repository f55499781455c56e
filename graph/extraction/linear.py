"""Linear scorers over named features: logistic regressions with one or several outputs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LINE = 16
"""Numbers of four bytes in a line of the processor's cache."""


@dataclass(frozen=True, kw_only=True, eq=False)
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


class KindScorer:
    """A scorer of one output whose features count as they are and once more behind the kind of their row.

    It has a column of weights for each kind, both added up, so that each feature is looked up once.
    """

    def __init__(self, scorer: LinearScorer, prefixes: Sequence[str]) -> None:
        weights = dict(zip(scorer.index, scorer.weights[1:, 0].tolist(), strict=True))
        behind = [[name for name in weights if name.startswith(prefix)] for prefix in prefixes]
        bare = [name.removeprefix(prefix) for prefix, names in zip(prefixes, behind, strict=True) for name in names]
        self._rows = {name: place for place, name in enumerate(dict.fromkeys([*weights, *bare]), 1)}
        self._weights = np.zeros((len(self._rows) + 1, len(prefixes)))
        self._weights[1 : len(weights) + 1] = scorer.weights[1:, :1]
        for column, (prefix, names) in enumerate(zip(prefixes, behind, strict=True)):
            places = [self._rows[name.removeprefix(prefix)] for name in names]
            self._weights[places, column] += [weights[name] for name in names]
        self._columns = {prefix: column for column, prefix in enumerate(prefixes)}
        self._intercept = float(scorer.intercept[0])

    def predict(self, rows: Iterable[tuple[str, Iterable[str]]]) -> Floats:
        """Probabilities, shape (rows,), for rows of a prefix and features."""
        get = self._rows.get
        places, ends, columns = [0], [0], []
        for prefix, features in rows:
            places += [place for feature in features if (place := get(feature))]
            places.append(0)
            ends.append(len(places))
            columns.append(self._columns[prefix])
        if not columns:
            return np.zeros(0)
        scores = _add_rows(self._weights, places, ends[:-1])[np.arange(len(columns)), columns]
        return np.asarray(1.0 / (1.0 + np.exp(-(scores + self._intercept))), np.float64)


@lru_cache(maxsize=4)
def split_kinds(scorer: LinearScorer, *prefixes: str) -> KindScorer:
    """The scorer with a column for each kind, made once."""
    return KindScorer(scorer, prefixes)


def _add_rows(weights: NDArray[Any], places: Sequence[int], starts: Sequence[int]) -> NDArray[Any]:
    """Sums of the rows at ``places``, one sum from each start to the next."""
    chosen = weights.take(np.fromiter(places, np.intp, len(places)), axis=0)
    return np.asarray(np.add.reduceat(chosen, starts, axis=0))


class JoinedScorers:
    """Several scorers of the same features, asked at once: each feature is looked up once for all of them.

    They know features as ``kind|feature`` and, some of them, ``kind|types|feature`` with two letters for types; here
    rows come without these prefixes, in parts that several rows may share.
    """

    def __init__(self, scorers: Sequence[LinearScorer]) -> None:
        names = dict.fromkeys(name for scorer in scorers for name in scorer.index)
        self._width = sum(scorer.weights.shape[1] for scorer in scorers)
        # Rows of whole cache lines: taking them is three times as fast.
        self._weights = np.zeros((len(names) + 1, -(-self._width // LINE) * LINE), np.float32)
        self._intercept = np.concatenate([scorer.intercept for scorer in scorers])
        row = {name: place for place, name in enumerate(names, 1)}
        column = 0
        for scorer in scorers:
            width = scorer.weights.shape[1]
            places = np.fromiter((row[name] for name in scorer.index), np.intp, len(scorer.index))
            self._weights[places, column : column + width] = scorer.weights[1:]
            column += width
        self._rows: dict[str, dict[str, int]] = {}
        for name, place in row.items():
            kind, _, feature = name.partition("|")
            if feature[2:3] == "|":
                kind, feature = f"{kind}|{feature[:2]}", feature[3:]
            self._rows.setdefault(kind, {})[feature] = place

    def predict(self, rows: Iterable[tuple[str, str, Sequence[Sequence[str]]]], *, typed: Container[str]) -> Floats:
        """Probabilities, shape (rows, outputs), for rows of a kind, types and parts.

        Features that begin with one of ``typed`` (two characters) count with the types as well.
        """
        shared: dict[tuple[str, str, Sequence[str]], int] = {}
        found: list[int] = []
        starts: list[int] = []
        sums: list[int] = []
        ends = [0]
        for kind, types, parts in rows:
            for part in parts:
                number = len(starts)
                if isinstance(part, tuple):
                    number = shared.setdefault((kind, types, part), number)
                sums.append(number)
                if number == len(starts):
                    starts.append(len(found))
                    found += self._find(kind, types, part, typed)
                    found.append(0)
            ends.append(len(sums))
        scores = _add_rows(_add_rows(self._weights, found, starts), sums, ends[:-1])[:, : self._width].astype(float)
        return np.asarray(1.0 / (1.0 + np.exp(-(scores + self._intercept))))

    def _find(self, kind: str, types: str, part: Sequence[str], typed: Container[str]) -> list[int]:
        known = self._rows.get(kind, {}).get
        own = self._rows.get(f"{kind}|{types}", {}).get
        places = [place for feature in part if (place := known(feature))]
        places += [place for feature in part if feature[:2] in typed and (place := own(feature))]
        return places


@lru_cache(maxsize=4)
def join_scorers(*scorers: LinearScorer) -> JoinedScorers:
    """The scorers as one, made once for the same ones."""
    return JoinedScorers(scorers)
