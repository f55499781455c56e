"""Time and memory of exports of a large graph, beside ``networkx.write_graphml`` for the same graph.

    python benchmarks/export_scale.py [--nodes 100000] [--links 1000000] [--formats graphml,gexf,csv,parquet]

The graph is made as it is read (nothing of it is kept), with hubs, parallel links, dates and a sentence of
its own for each link; each writer runs in a process of its own. ``networkx`` first has to hold the graph.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bingdi.exports import write_export
from bingdi.graph.model import DIRECTED, Document, EntityType, Relation
from bingdi.graph.network.rows import EvidenceRow, LinkRow, NodeRow

KINDS, RELATIONS = list(EntityType), list(Relation)
PLAIN = "networkx.write_graphml"
# A multiplicative generator (Lehmer): the same numbers everywhere, and from any link on its own.
_PRIME, _ROOT = 2_147_483_647, 48_271


class MadeGraph:
    """A projection of any size that is made while it streams."""

    def __init__(self, *, nodes: int, links: int) -> None:
        self.node_count, self.link_count = nodes, links

    def nodes(self) -> Iterator[NodeRow]:
        """Units of all types."""
        for place in range(self.node_count):
            yield NodeRow(
                id=f"{place:016x}",
                name=f"第{place}号单位",
                type=KINDS[place % len(KINDS)],
                aliases=(f"{place}号",),
                weight=1 + self.node_count // (place + 10),
                mentions=3,
                documents=2,
                first="2019",
                last="2024-08",
            )

    def links(self) -> Iterator[LinkRow]:
        """Links of all relations, two in three dated."""
        state, last = 12_345, self.node_count - 1
        for place in range(self.link_count):
            state = state * _ROOT % _PRIME
            # Half of the links stay in a neighbourhood of 50 nodes, the others favour the first nodes: hubs.
            head = int(last * (state / _PRIME) ** 2)
            state = state * _ROOT % _PRIME
            near = min(last, head // 50 * 50 + state % 50)
            tail = near if place % 2 else state % self.node_count
            relation = RELATIONS[place % len(RELATIONS)]
            date = f"{2010 + place % 15}-{1 + place % 12:02d}" if place % 3 else ""
            yield LinkRow(
                id=f"{place:016x}",
                head=f"{head:016x}",
                relation=relation,
                tail=f"{tail if tail != head else (head + 1) % self.node_count:016x}",
                directed=relation in DIRECTED,
                weight=1 + place % 4,
                documents=1,
                first=date,
                last=date,
                status="done",
                fields=("教育",),
                confidence=0.9,
                quote=f"{date}，第{head}号单位与第{tail}号单位开展了第{place}次合作，双方商定继续派出干部和技术人员。",
            )

    def evidence(self) -> Iterator[EvidenceRow]:
        """One sentence a link."""
        for link in self.links():
            yield EvidenceRow(
                id=link.id,
                link=link.id,
                part=link.id,
                head_name=link.head,
                tail_name=link.tail,
                relation=link.relation,
                document=f"{int(link.id, 16) % 1000:016x}",
                title="合作纪事",
                publisher="某报",
                published="2024",
                url="https://example.org/",
                start=0,
                end=len(link.quote),
                quote=link.quote,
                head=(0, 2),
                tail=(3, 5),
                trigger=None,
                date=link.first,
            )

    def documents(self) -> Iterator[Document]:
        """A thousand texts."""
        for place in range(1000):
            yield Document(id=f"{place:016x}", name=f"文{place}", text="甲" * 2000, title="合作纪事")


def write_plain(graph: MadeGraph, path: Path) -> None:
    """What a user would write with networkx alone."""
    import networkx

    network = networkx.MultiDiGraph()
    for node in graph.nodes():
        network.add_node(
            node.id, label=node.name, type=str(node.type), aliases="|".join(node.aliases), weight=node.weight
        )
    for link in graph.links():
        network.add_edge(
            link.head,
            link.tail,
            key=link.id,
            relation=str(link.relation),
            directed=link.directed,
            weight=link.weight,
            documents=link.documents,
            parts=link.parts,
            first=link.first,
            last=link.last,
            status=link.status,
            fields="|".join(link.fields),
            confidence=link.confidence,
            quote=link.quote,
        )
    networkx.write_graphml(network, path)


def measure(name: str, *, nodes: int, links: int, path: Path) -> dict[str, object]:
    """Write one file in this process; CPU seconds, peak memory of the process and size on the disk, in MB."""
    import resource

    graph, start = MadeGraph(nodes=nodes, links=links), time.process_time()
    if name == PLAIN:
        write_plain(graph, path)
    else:
        write_export(graph, path, format=name)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 2**20
    return {
        "format": name,
        "nodes": nodes,
        "links": links,
        "seconds": round(seconds, 1),
        "peak": round(peak),
        "size": round(size),
    }


def measure_apart(name: str, *, nodes: int, links: int) -> dict[str, object]:
    """The same, in a process of its own."""
    command = [sys.executable, __file__, "--one", name, f"--nodes={nodes}", f"--links={links}"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, object] = json.loads(run.stdout)
    return found


def main() -> None:
    """Measure each format in a process of its own, at a tenth of the links and at all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--formats", default=f"graphml,gexf,csv,parquet,{PLAIN}")
    parser.add_argument("--one", metavar="FORMAT", help="measure one format in this very process, print JSON")
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(options.one, nodes=options.nodes, links=options.links, path=Path(folder, "out"))
        print(json.dumps(found))
        return
    print("| format | nodes | links | CPU seconds | peak MB | file MB |\n|---|---:|---:|---:|---:|---:|")
    for name in options.formats.split(","):
        for share in (10, 1):
            row = measure_apart(name, nodes=options.nodes, links=options.links // share)
            print("|", " | ".join(map(str, row.values())), "|", flush=True)


if __name__ == "__main__":
    main()
