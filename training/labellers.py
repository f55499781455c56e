"""Labellers for cross-fitting, each trained without some folds, kept in a folder so that none is fitted twice."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from ..graph.extraction.labeller import Labeller
from ..graph.extraction.models import FORMAT, read_labeller, write_labeller
from .corpus import Example
from .names import NameSettings, fit_labeller


@dataclass(frozen=True, kw_only=True)
class Labellers:
    """The examples with their fold numbers, and the folder that keeps fitted labellers."""

    examples: Sequence[Example]
    folds: Sequence[int]
    folder: Path
    settings: NameSettings = field(default_factory=NameSettings)

    @cached_property
    def key(self) -> str:
        """What tells these labellers from those of other texts, annotations, folds, settings or versions."""
        learnt = ((example.document.id, example.entities, example.optional_entities) for example in self.examples)
        identity = [str(FORMAT), repr(self.settings), *map(repr, learnt), str(self.folds)]
        return hashlib.blake2b("\n".join(identity).encode(), digest_size=4).hexdigest()

    def _path(self, without: Collection[int]) -> Path:
        return self.folder / f"labeller-{self.key}-without-{'-'.join(map(str, sorted(without))) or 'none'}.npz"

    def get(self, without: Collection[int]) -> Labeller:
        """The labeller fitted on all folds but these."""
        path = self._path(without)
        if not path.exists():
            self._fit(without)
        return _read_kept(path)

    def prepare(self, exclusions: Iterable[Collection[int]]) -> None:
        """Fit those without these folds that the folder lacks, several at a time: a gigabyte of memory each."""
        from joblib import Parallel, delayed

        missing = [without for without in exclusions if not self._path(without).exists()]
        Parallel(n_jobs=-1)(delayed(self._fit)(without) for without in missing)

    def _fit(self, without: Collection[int]) -> None:
        chosen = [example for example, fold in zip(self.examples, self.folds, strict=True) if fold not in without]
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(without)
        unfinished = path.with_suffix(".part")
        write_labeller(fit_labeller(chosen, settings=self.settings), unfinished)
        unfinished.replace(path)


@lru_cache(maxsize=6)
def _read_kept(path: Path) -> Labeller:
    """A labeller from its file, the last six kept in memory: documents of all folds are read in turn."""
    return read_labeller(path)
