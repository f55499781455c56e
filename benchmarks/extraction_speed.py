"""Speed of the extraction over the corpus, stage by stage, beside jieba's segmentation of the same text.

    python benchmarks/extraction_speed.py [--documents 80]

CPU time of one process; the column of ratios is what can be compared between machines.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import rjieba
from bingdi.graph.extraction.analysis import analyse, make_scene, read_sentences, score_names
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.models import load_models
from bingdi.graph.linking import extract
from bingdi.graph.model import Document
from bingdi.training.corpus import read_corpus
from bingdi.training.status import SEEDS


def measure(read: Callable[[Document], object], documents: list[Document]) -> float:
    """Seconds of CPU for all documents; one is read before, so that nothing is loaded within the time."""
    read(documents[0])
    start = time.process_time()
    for document in documents:
        read(document)
    return time.process_time() - start


def main() -> None:
    """Prints a row for each stage, each with the ones before it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=80, help="how many of the corpus, in order of name")
    count = parser.parse_args().documents
    documents = [example.document for example in read_corpus(SEEDS / "corpus") if not example.further][:count]
    models = load_models()

    def read_names(document: Document) -> object:
        channels, sentences = read_channels(document.text), read_sentences(document.text)
        names = score_names(channels, sentences, models)
        return make_scene(channels, sentences, names, least=models.thresholds.name)

    stages: dict[str, Callable[[Document], object]] = {
        "jieba alone": lambda document: rjieba.tag(document.text),
        "channels": lambda document: read_channels(document.text),
        "names and scene": read_names,
        "units and links": lambda document: analyse(document.text, models),
        "end to end": extract,
    }
    size = sum(len(document.text) for document in documents)
    print(f"{len(documents)} documents, {size} characters")
    taken = {name: measure(read, documents) for name, read in stages.items()}
    for name, seconds in taken.items():
        share = seconds / taken["end to end"]
        print(f"{name:16} {size / seconds:10,.0f} characters/s  {share:6.3f} of end to end")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
