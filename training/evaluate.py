"""Cross-validation by document, and the figures for gold of a user's own."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..graph.extraction.analysis import decide_links
from ..graph.extraction.models import Models, Thresholds
from ..graph.extraction.pipeline import read_analysis
from ..graph.linking import link_document
from ..graph.model import Document, Extraction
from .corpus import Example, read_corpus, split_folds
from .fit import FOLDS, fit_models
from .items import Item, read_items
from .joining import iter_groups, join_examples
from .labellers import Labellers
from .score import MEASURES, Prediction, Tally, judge_links, score_documents

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

    examples = [example for example in read_corpus(folder) if not example.further]
    return {name: tally.figures() for name, tally in _score(examples, extract).items()}


def read_with(models: Models) -> Callable[[Document], Extraction]:
    """An extraction by the given scorers."""

    def read(document: Document) -> Extraction:
        return link_document(document, read_analysis(document.text, models=models))

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One fold by scorers that were fitted without it.

    ``tallies`` are those of its documents, ``longer`` those of the same documents joined to longer texts, ``further``
    those of what was written to learn from, ``reliability`` holds (probability, right) of each link of the first.
    """

    tallies: dict[str, Tally]
    longer: dict[str, Tally]
    further: dict[str, Tally]
    reliability: tuple[tuple[float, bool], ...]


def iter_folds(labellers: Labellers, *, nested: bool) -> Iterator[Fold]:
    """Every fold, tested by scorers that were fitted without its documents.

    Scorers read what others make of their training documents. ``nested``: these others, and all thresholds, saw
    neither those documents nor the tested fold. Otherwise one fit serves all folds: each scorer that looks at a
    document has not seen it, but the thresholds have, and so have the scorers that made its training documents ready.
    """
    if nested:
        for fold in sorted(set(labellers.folds)):
            yield run_fold(labellers, fold)
        return
    items = read_items(labellers)
    limits = fit_models(items, labeller=labellers.get(())).thresholds
    yield from iter_left_out(labellers, items, limits)


def iter_left_out(labellers: Labellers, items: Sequence[Item], limits: Thresholds) -> Iterator[Fold]:
    """Every fold by what scorers said of its documents in a fit of all, each by those that did not see it."""
    for fold in sorted(set(labellers.folds)):
        yield _test(labellers, fold, read=_read_items(items, limits), leniently=_read_items(items, limits.lenient()))


def _read_items(items: Sequence[Item], limits: Thresholds) -> Callable[[Document], Extraction]:
    known = {item.example.document.id: item for item in items}

    def read(document: Document) -> Extraction:
        item = known[document.id]
        analysis = decide_links(item.scene, item.accepted, item.keys, item.scores, item.cases, limits=limits)
        return link_document(document, analysis)

    return read


def run_fold(labellers: Labellers, fold: int) -> Fold:
    """One fold, tested by scorers fitted without it at any stage."""
    without = frozenset({fold})
    models = fit_models(read_items(labellers, without=without), labeller=labellers.get(without))
    return _test(labellers, fold, read=read_with(models), leniently=read_with(models.lenient()))


def _test(
    labellers: Labellers,
    fold: int,
    *,
    read: Callable[[Document], Extraction],
    leniently: Callable[[Document], Extraction],
) -> Fold:
    left = [example for example, own in zip(labellers.examples, labellers.folds, strict=True) if own == fold]
    tested = [example for example in left if not example.further]
    groups = iter_groups(tested, [fold] * len(tested))
    return Fold(
        tallies=_score(tested, read),
        longer=_score([join_examples([tested[place] for place in group]) for group in groups], read),
        further=_score([example for example in left if example.further], read),
        reliability=tuple(_iter_reliability(tested, leniently)),
    )


def _iter_reliability(
    examples: Iterable[Example], read: Callable[[Document], Extraction]
) -> Iterator[tuple[float, bool]]:
    for example in examples:
        extraction = read(example.document)
        verdicts = judge_links(example, read_prediction(extraction))
        for link, right in zip(extraction.links, verdicts, strict=True):
            if right is not None:
                yield max(evidence.confidence for evidence in link.evidence), right


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


def cross_validate(corpus: Path, *, cache: Path, nested: bool = True) -> tuple[Fold, ...]:
    """Five seeded folds, documents of one page together; see ``iter_folds``."""
    examples = read_corpus(corpus)
    labellers = Labellers(examples=examples, folds=split_folds(examples, count=FOLDS), folder=cache)
    return tuple(iter_folds(labellers, nested=nested))


def render_summary(summary: Mapping[str, Mapping[str, tuple[float, float]]]) -> str:
    """A Markdown table of means and spreads."""
    lines = ["| measure | precision | recall | F1 |", "| --- | --- | --- | --- |"]
    for measure, row in summary.items():
        cells = (f"{mean:.3f} ± {spread:.3f}" for mean, spread in (row["precision"], row["recall"], row["f1"]))
        lines.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def render_classes(folds: Sequence[Fold]) -> str:
    """A Markdown table of precision, recall and F1 by type of entity and by relation, over all folds together."""
    lines = ["| class | gold | precision | recall | F1 |", "| --- | --- | --- | --- | --- |"]
    for measure in MEASURES:
        if measure == "pairs":
            continue
        united = Tally()
        for fold in folds:
            united.hits += fold.tallies[measure].hits
            united.errors += fold.tallies[measure].errors
        for name, tally in united.by_class().items():
            row = tally.figures()
            cells = (f"{row[key]:.2f}" for key in ("precision", "recall", "f1"))
            lines.append(f"| {name} | {row['gold']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def render_reliability(folds: Sequence[Fold], *, steps: int = 10) -> str:
    """A Markdown table: of the links with such a probability, how many there are and which share is right."""
    lines = ["| probability | links | mean probability | share right |", "| --- | --- | --- | --- |"]
    pairs = [pair for fold in folds for pair in fold.reliability]
    for step in range(steps):
        some = [pair for pair in pairs if step == min(int(pair[0] * steps), steps - 1)]
        if some:
            mean = statistics.mean(score for score, _ in some)
            share = statistics.mean(right for _, right in some)
            span = f"{step / steps:.1f}–{(step + 1) / steps:.1f}"
            lines.append(f"| {span} | {len(some)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Cross-validate ``seeds/corpus``: ``python -m bingdi.training.evaluate [--quick] [CACHE]``.

    Prints figures of its documents, of these joined to longer texts, of the further ones, of each class, and how far
    probabilities can be relied on.
    With ``--quick`` the folds are not nested (see ``iter_folds``): a fifth of the time.
    """
    import argparse
    import sys

    parser = argparse.ArgumentParser(prog="python -m bingdi.training.evaluate")
    parser.add_argument("cache", nargs="?", type=Path, default=Path("build/labellers"))
    parser.add_argument("--quick", action="store_true", help="folds that are not nested")
    wanted = parser.parse_args()
    corpus = Path(__file__).resolve().parent.parent / "seeds" / "corpus"
    folds = cross_validate(corpus, cache=wanted.cache, nested=not wanted.quick)
    tables = (
        render_summary(summarise([fold.tallies for fold in folds])),
        render_summary(summarise([fold.longer for fold in folds])),
        render_summary(summarise([fold.further for fold in folds])),
        render_classes(folds),
        render_reliability(folds),
    )
    sys.stdout.write("\n\n".join(tables) + "\n")


if __name__ == "__main__":
    main()
