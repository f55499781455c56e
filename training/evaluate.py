"""Cross-validation by document, and the figures for gold of a user's own."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..graph.extraction.models import Models
from ..graph.extraction.pipeline import read_analysis
from ..graph.linking import link_document
from ..graph.model import Document, Extraction
from .corpus import Example, read_corpus, split_folds
from .fit import FOLDS, fit_models
from .labellers import Labellers
from .score import MEASURES, Prediction, Tally, score_documents

Figures = dict[str, dict[str, float]]


def read_prediction(extraction: Extraction) -> Prediction:
    """What an extraction says, in the form that is scored."""
    names = {entity.id: (entity.name, *entity.aliases) for entity in extraction.entities}
    return Prediction(
        entities=tuple((entity.name, entity.aliases, str(entity.type)) for entity in extraction.entities),
        links=tuple((names[link.head], str(link.relation), names[link.tail]) for link in extraction.links),
    )


def _score(examples: Iterable[Example], read: Callable[[Document], Extraction]) -> dict[str, Tally]:
    return score_documents((example, read_prediction(read(example.document))) for example in examples)


def evaluate(folder: Path) -> Figures:
    """Figures of the scorers that come with bingdi on a folder of gold (NAME.json beside NAME.txt)."""
    from ..graph.linking import extract

    return {name: tally.figures() for name, tally in _score(read_corpus(folder), extract).items()}


def read_with(models: Models) -> Callable[[Document], Extraction]:
    """An extraction by the given scorers."""

    def read(document: Document) -> Extraction:
        return link_document(document, read_analysis(document.text, models=models))

    return read


def iter_folds(labellers: Labellers) -> Iterator[tuple[int, dict[str, Tally]]]:
    """For each fold the tallies of its documents by scorers that were fitted without it."""
    for fold in sorted(set(labellers.folds)):
        models = fit_models(labellers, without=frozenset({fold}))
        tested = [example for example, own in zip(labellers.examples, labellers.folds, strict=True) if own == fold]
        yield fold, _score(tested, read_with(models))


def summarise(folds: Sequence[Mapping[str, Tally]]) -> dict[str, dict[str, tuple[float, float]]]:
    """Mean and standard deviation over folds of precision, recall and F1 of each measure."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for measure in MEASURES:
        figures = [fold[measure].figures() for fold in folds]
        found[measure] = {
            key: (statistics.mean(values), statistics.stdev(values) if len(values) > 1 else 0.0)
            for key in ("precision", "recall", "f1")
            for values in [[figure[key] for figure in figures]]
        }
    return found


def cross_validate(corpus: Path, *, cache: Path) -> dict[str, dict[str, tuple[float, float]]]:
    """Five seeded folds, documents of one page together; see ``summarise``."""
    examples = read_corpus(corpus)
    labellers = Labellers(examples=examples, folds=split_folds(examples, count=FOLDS), folder=cache)
    return summarise([tallies for _, tallies in iter_folds(labellers)])


def render_summary(summary: Mapping[str, Mapping[str, tuple[float, float]]]) -> str:
    """A Markdown table of means and spreads."""
    lines = ["| measure | precision | recall | F1 |", "| --- | --- | --- | --- |"]
    for measure, row in summary.items():
        cells = (f"{mean:.3f} ± {spread:.3f}" for mean, spread in (row["precision"], row["recall"], row["f1"]))
        lines.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Cross-validate ``seeds/corpus`` and print the table: ``python -m bingdi.training.evaluate [CACHE]``."""
    import sys

    corpus = Path(__file__).resolve().parent.parent / "seeds" / "corpus"
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/labellers")
    summary = cross_validate(corpus, cache=cache)
    sys.stdout.write(render_summary(summary) + "\n")
    sys.stderr.write(json.dumps(summary) + "\n")


if __name__ == "__main__":
    main()
