"""The sample corpus as a table, one JSON object a line: what ``make demo`` builds its graph from.

    python -m bingdi.training.demo [--topic xinjiang|elsewhere|all] > corpus.jsonl

Each row is a text of ``seeds/corpus`` with its name and the address of the page whose facts it restates.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from .. import seeds

TOPICS = ("xinjiang", "elsewhere")


def iter_rows(topic: str, *, corpus: Traversable | None = None) -> Iterator[dict[str, str]]:
    """name, url and text of each document of a topic (``all`` for every one), in the order of their names."""
    folder = corpus or files(seeds) / "corpus"
    for gold in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if gold.name.endswith(".json"):
            facts = json.loads(gold.read_text("utf-8"))
            if topic in ("all", facts["topic"]):
                name = gold.name.removesuffix(".json")
                text = (folder / f"{name}.txt").read_text("utf-8")
                yield {"name": name, "url": facts.get("url", ""), "text": text}


def main() -> None:
    """Write the rows to standard output, in UTF-8 whatever the locale."""
    parser = argparse.ArgumentParser(
        prog="python -m bingdi.training.demo", description="Write the sample corpus as JSON lines."
    )
    parser.add_argument("--topic", choices=(*TOPICS, "all"), default=TOPICS[0])
    topic = parser.parse_args().topic
    for row in iter_rows(topic):
        sys.stdout.buffer.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")


if __name__ == "__main__":
    main()
