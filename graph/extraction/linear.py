"""Linear scorers over named features: logistic regressions with one or several outputs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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


class JoinedScorers:
    """Several scorers of the same features, asked at once: each feature is looked up once for all of them.

    They know features as ``kind|feature`` and, some of them, ``kind|types|feature`` with two letters for types; here
    rows come without these prefixes, in parts that several rows may share.
    """

    def __init__(self, scorers: Sequence[LinearScorer]) -> None:
        names = dict.fromkeys(name for scorer in scorers for name in scorer.index)
        self.weights = np.zeros((len(names) + 1, sum(scorer.weights.shape[1] for scorer in scorers)), np.float32)
        self.intercept = np.concatenate([scorer.intercept for scorer in scorers])
        row = {name: place for place, name in enumerate(names, 1)}
        column = 0
        for scorer in scorers:
            width = scorer.weights.shape[1]
            places = np.fromiter((row[name] for name in scorer.index), np.intp, len(scorer.index))
            self.weights[places, column : column + width] = scorer.weights[1:]
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
        kept: dict[tuple[str, str, Sequence[str]], list[int]] = {}
        found: list[int] = []
        ends = [0]
        for kind, types, parts in rows:
            for part in parts:
                if isinstance(part, tuple):
                    key = (kind, types, part)
                    if (places := kept.get(key)) is None:
                        places = kept[key] = self._find(kind, types, part, typed)
                    found += places
                else:
                    found += self._find(kind, types, part, typed)
            found.append(0)
            ends.append(len(found))
        scores = np.add.reduceat(self.weights[found], ends[:-1], axis=0).astype(float)
        return np.asarray(1.0 / (1.0 + np.exp(-(scores + self.intercept))))

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
