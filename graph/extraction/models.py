"""The trained scorers, as ``seeds/models`` keeps them: one compressed NumPy file each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from .labeller import BITS, LABELS, Labeller
from .linear import LinearScorer
from .network import Network
from .pair_network import LAYOUT
from .trees import Trees

FORMAT = 6
"""Changes when the features change in a way that older weights do not fit."""
RECALL_SHARE = 0.5
"""What ``--recall`` leaves of the thresholds."""
_LINEAR = ("names", "units", "together", "relations", "structure")
NETWORKS = ("first_network", "second_network")
"""Networks of one kind that began with other weights: together they are wrong less often than each alone."""
_TREES = ("name_trees", "unit_trees", "cooperation_trees", "structure_trees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Least probabilities at which names, cooperation links, structure and geography are believed."""

    name: float = 0.15
    unit: float = 0.5
    cooperation: float = 0.5
    structure: float = 0.5
    geography: float = 0.5

    def lenient(self) -> Thresholds:
        """Thresholds that let more through; that of names, which only proposes, stays."""
        lowered = {name: getattr(self, name) * RECALL_SHARE for name in self.__slots__ if name != "name"}
        return replace(self, **lowered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Every scorer that the extraction asks, in the order in which it asks them."""

    labeller: Labeller
    names: LinearScorer
    name_trees: Trees
    units: LinearScorer
    together: LinearScorer
    relations: LinearScorer
    structure: LinearScorer
    networks: tuple[Network, ...]
    unit_trees: Trees
    cooperation_trees: Trees
    structure_trees: Trees
    thresholds: Thresholds

    def lenient(self) -> Models:
        """The same scorers with thresholds that find more and are wrong more often."""
        return replace(self, thresholds=self.thresholds.lenient())

    def link_trees(self) -> tuple[Trees, Trees]:
        """The trees that decide links of cooperation, and those for all other links."""
        return self.cooperation_trees, self.structure_trees

    def candidate_scorers(self) -> dict[str, LinearScorer]:
        """The linear scorers that look at one candidate."""
        return {"together": self.together, "relations": self.relations, "structure": self.structure}


def _labeller_arrays(labeller: Labeller) -> dict[str, NDArray[Any]]:
    slots = np.flatnonzero(labeller.row)
    rows, columns = np.nonzero(labeller.weights[labeller.row[slots]])
    return {
        "slots": slots.astype(np.uint32),
        "rows": rows.astype(np.uint32),
        "columns": columns.astype(np.uint8),
        "weights": labeller.weights[labeller.row[slots]][rows, columns].astype(np.float16),
        "transitions": labeller.transitions,
    }


def _read_labeller(arrays: Mapping[str, NDArray[Any]]) -> Labeller:
    slots = arrays["slots"]
    row = np.zeros(2**BITS, np.int32)
    row[slots] = np.arange(1, len(slots) + 1)
    weights = np.zeros((len(slots) + 1, len(LABELS)), np.float32)
    weights[arrays["rows"].astype(np.int64) + 1, arrays["columns"]] = arrays["weights"]
    return Labeller(row=row, weights=weights, transitions=arrays["transitions"].astype(np.float32))


def write_trees(trees: Trees, folder: Path, name: str) -> Path:
    """Write trees to a file of that name in a folder; the same trees give the same bytes. Returns the path."""
    _write_arrays(path := folder / f"{name}.npz", trees.arrays())
    return path


def read_trees(folder: Any, name: str) -> Trees:
    """The trees of a file that ``write_trees`` wrote; raises ModelError where it is missing or wrong."""
    return Trees.from_arrays(_read_arrays(folder, f"{name}.npz"))


def write_labeller(labeller: Labeller, path: Path) -> None:
    """Write one labeller to a file; the same labeller gives the same bytes."""
    _write_arrays(path, _labeller_arrays(labeller))


def read_labeller(path: Path) -> Labeller:
    """The labeller of a file that ``write_labeller`` wrote."""
    return _read_labeller(_read_arrays(path.parent, path.name))


def _write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    buffer = BytesIO()
    np.savez_compressed(buffer, format=np.array([FORMAT]), **arrays)  # type: ignore[arg-type]
    path.write_bytes(buffer.getvalue())


def write_models(models: Models, folder: Path) -> tuple[Path, ...]:
    """Write one file a scorer into ``folder``; the same models give the same bytes. Returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    thresholds = models.thresholds
    parts: dict[str, dict[str, NDArray[Any]]] = {"labeller": _labeller_arrays(models.labeller)}
    parts |= {name: getattr(models, name).arrays() for name in (*_LINEAR, *_TREES)}
    parts |= {name: network.arrays() for name, network in zip(NETWORKS, models.networks, strict=True)}
    parts["thresholds"] = {name: np.array([getattr(thresholds, name)]) for name in Thresholds.__slots__}
    written = []
    for name, arrays in parts.items():
        path = folder / f"{name}.npz"
        _write_arrays(path, arrays)
        written.append(path)
    return tuple(written)


def _read_arrays(folder: Any, name: str) -> dict[str, NDArray[Any]]:
    place = folder.joinpath(name)
    try:
        with np.load(BytesIO(place.read_bytes()), allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files}
    except (OSError, ValueError, EOFError) as error:
        raise ModelError(f"{place}: not a trained scorer ({error}); run `bingdi train` or restore the file") from error
    if int(arrays["format"][0]) != FORMAT:
        raise ModelError(f"{place}: made for another version of bingdi; run `bingdi train`")
    return arrays


def read_models(folder: Any) -> Models:
    """The scorers in a folder (a path or a package resource); raises ModelError where one is missing or wrong."""
    linear = {name: LinearScorer.from_arrays(_read_arrays(folder, f"{name}.npz")) for name in _LINEAR}
    trees = {name: read_trees(folder, name) for name in _TREES}
    limits = {name: float(_read_arrays(folder, "thresholds.npz")[name][0]) for name in Thresholds.__slots__}
    return Models(
        labeller=_read_labeller(_read_arrays(folder, "labeller.npz")),
        thresholds=Thresholds(**limits),
        names=linear["names"],
        units=linear["units"],
        together=linear["together"],
        relations=linear["relations"],
        structure=linear["structure"],
        networks=tuple(Network.from_arrays(_read_arrays(folder, f"{name}.npz"), LAYOUT) for name in NETWORKS),
        name_trees=trees["name_trees"],
        unit_trees=trees["unit_trees"],
        cooperation_trees=trees["cooperation_trees"],
        structure_trees=trees["structure_trees"],
    )


def find_models() -> Any:
    """The folder that ``BINGDI_MODELS`` names, or that of the scorers that come with bingdi."""
    own = os.environ.get("BINGDI_MODELS")
    return Path(own) if own else files("bingdi.seeds").joinpath("models")


@cache
def load_models() -> Models:
    """The scorers in the folder of ``find_models``."""
    return read_models(find_models())
