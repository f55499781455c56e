"""Speed of the extraction over the corpus, stage by stage, beside jieba's segmentation of the same text.

    python benchmarks/extraction_speed.py [--documents 80]

CPU time of one process, the best of three readings; the column of shares is what can be compared between machines.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

import rjieba
from bingdi.graph.extraction.analysis import analyse, make_scene, read_sentences, score_names
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.names import propose_names
from bingdi.graph.linking import extract, link_document
from bingdi.training.corpus import read_corpus
from bingdi.training.status import SEEDS

REPEAT = 3


def measure(read: Callable[..., Any], rows: Sequence[Sequence[object]]) -> tuple[float, list[Any]]:
    """Seconds of CPU for all rows of arguments, and what was read; one is read before, so that all is loaded."""
    read(*rows[0])
    best, found = float("inf"), []
    for _ in range(REPEAT):
        start = time.process_time()
        found = [read(*row) for row in rows]
        best = min(best, time.process_time() - start)
    return best, found


def main() -> None:
    """Prints milliseconds a document of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=80, help="how many of the corpus, in order of name")
    count = parser.parse_args().documents
    documents = [example.document for example in read_corpus(SEEDS / "corpus") if not example.further][:count]
    texts = [(document.text,) for document in documents]
    models = load_models()
    size = sum(len(document.text) for document in documents)
    print(f"{len(documents)} documents, {size} characters")
    jieba, _ = measure(rjieba.tag, texts)
    taken: dict[str, float] = {}
    taken["channels"], channels = measure(read_channels, texts)
    sentences = [read_sentences(document.text) for document in documents]
    read = list(zip(channels, sentences, strict=True))
    taken["labeller and proposals"], _ = measure(lambda c, s: propose_names(c, models.labeller, s), read)
    scored, names = measure(lambda c, s: score_names(c, s, models), read)
    taken["scorers of names"] = scored - taken["labeller and proposals"]
    named = [(*row, found) for row, found in zip(read, names, strict=True)]
    taken["scene and units"], scenes = measure(lambda c, s, n: make_scene(c, s, n, least=models.thresholds.name), named)
    taken["candidates for links"], _ = measure(lambda scene: list(iter_candidates(scene)), [(s,) for s in scenes])
    analysed, analyses = measure(lambda text: analyse(text, models), texts)
    taken["scorers of units and links"] = analysed - sum(taken.values())
    taken["evidence, dates, entities"], _ = measure(link_document, list(zip(documents, analyses, strict=True)))
    whole, _ = measure(extract, [(document,) for document in documents])
    for name, seconds in {"jieba alone": jieba, **taken, "end to end": whole}.items():
        each = seconds * 1000 / len(documents)
        print(f"{name:26} {each:7.2f} ms a document  {seconds / whole:6.3f} of end to end")
    print(f"{size / whole:,.0f} characters/s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
