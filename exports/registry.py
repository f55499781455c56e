"""Every format that can be written, by name and by suffix."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from ..graph.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: ``writer`` is ``module:function`` in this package, ``extra`` the extra it needs or empty.

    ``suffixes`` choose the format when only a file is named; ``purpose`` says what it is for.
    """

    name: str
    suffixes: tuple[str, ...]
    writer: str
    purpose: str
    extra: str = ""

    def get_writer(self) -> Callable[..., None]:
        """The function that writes the format."""
        module, _, function = self.writer.partition(":")
        found: Callable[..., None] = getattr(import_module(f"{__package__}.{module}"), function)
        return found

    def get_options(self) -> tuple[str, ...]:
        """Names of the options that the writer takes."""
        parameters = inspect.signature(self.get_writer()).parameters.values()
        return tuple(found.name for found in parameters if found.kind is inspect.Parameter.KEYWORD_ONLY)


FORMATS: Final = (
    Format(name="html", suffixes=(".html", ".htm"), writer="html:write_html", purpose="a page for any browser"),
    Format(
        name="graphml",
        suffixes=(".graphml",),
        writer="graphml:write_graphml",
        purpose="Gephi, Gephi Lite, networkx, igraph, yEd: nodes, parallel links, layout and colours",
    ),
    Format(
        name="gexf",
        suffixes=(".gexf",),
        writer="gexf:write_gexf",
        purpose="Gephi and Gephi Lite: the same with the timeline",
    ),
    Format(
        name="csv",
        suffixes=(".csv",),
        writer="tables:write_csv",
        purpose="three tables (nodes, links, evidence) for Gephi, spreadsheets and R",
    ),
    Format(
        name="xlsx",
        suffixes=(".xlsx",),
        writer="tables:write_xlsx",
        purpose="the same tables as sheets of one Excel workbook",
        extra="exports",
    ),
    Format(
        name="parquet",
        suffixes=(".parquet",),
        writer="parquet:write_parquet",
        purpose="a folder of tables, documents too, for pandas, polars, DuckDB and Spark",
        extra="exports",
    ),
    Format(
        name="turtle",
        suffixes=(".ttl",),
        writer="rdf:write_turtle",
        purpose="RDF with PROV-O, Web Annotation and SKOS; SHACL shapes come with bingdi",
        extra="exports",
    ),
    Format(name="jsonld", suffixes=(".jsonld",), writer="rdf:write_jsonld", purpose="the same RDF as JSON-LD"),
    Format(
        name="cypher",
        suffixes=(".cypher", ".cql"),
        writer="cypher:write_cypher",
        purpose="statements for Neo4j and Memgraph that may run twice",
    ),
    Format(
        name="neo4j",
        suffixes=(".neo4j",),
        writer="neo4j:write_neo4j",
        purpose="a folder of CSV for neo4j-admin database import",
    ),
    Format(
        name="ftm",
        suffixes=(".ftm", ".ftm.json"),
        writer="ftm:write_ftm",
        purpose="FollowTheMoney entities for Aleph and OpenSanctions",
        extra="ftm",
    ),
    Format(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        writer="jsonl:write_jsonl",
        purpose="a row for each entity and link of each document, with evidence",
    ),
    Format(
        name="json",
        suffixes=(".json",),
        writer="node_link:write_node_link",
        purpose='node-link JSON: networkx.node_link_graph(data, edges="links"), D3',
    ),
    Format(
        name="cytoscape",
        suffixes=(".cyjs",),
        writer="node_link:write_cytoscape",
        purpose="Cytoscape and cytoscape.js",
    ),
    Format(name="dot", suffixes=(".dot", ".gv"), writer="dot:write_dot", purpose="Graphviz: neato -n2 -Tsvg"),
)


def iter_formats() -> Iterator[Format]:
    """All formats, those that most readers want first."""
    return iter(FORMATS)


def get_format(path: str | Path, *, name: str | None = None) -> Format:
    """The format of this name, or else the one that the path's suffix tells; raises UsageError."""
    if name is not None:
        chosen = next((form for form in FORMATS if form.name == name.lower()), None)
        if chosen is None:
            raise UsageError(f"no format is called {name}; there are {', '.join(form.name for form in FORMATS)}")
        return chosen
    file = Path(path).name.lower()
    # The longest suffix wins: .ftm.json before .json.
    suffixes = [(suffix, form) for form in FORMATS for suffix in form.suffixes if file.endswith(suffix)]
    if not suffixes:
        known = ", ".join(suffix for form in FORMATS for suffix in form.suffixes)
        raise UsageError(f"{path}: no format has this suffix; name the format, or end the file in one of {known}")
    return max(suffixes, key=lambda found: len(found[0]))[1]
