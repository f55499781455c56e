"""Turtle and JSON-LD, a resource at a time.

rdflib writes each term (its escapes, its datatypes); its serializers hold the whole graph in memory, so the
resources are laid out here. The SHACL shapes in ``shapes/bingdi.shacl.ttl`` hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ..graph.network.rows import Projection
from .extras import require
from .files import writing_text
from .node_link import render_json
from .resources import PREFIXES, TERMS, Resource, iter_resources


def write_turtle(projection: Projection, path: str | Path) -> None:
    """Write RDF 1.1 Turtle in UTF-8."""
    terms = require("rdflib", form="turtle")
    with writing_text(path) as out:
        out.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        for resource in iter_resources(projection):
            statements = " ;\n    ".join(_iter_statements(resource, terms))
            out.write(f"\n{_reference(resource['@id'], terms)} {statements} .\n")


def write_jsonld(projection: Projection, path: str | Path) -> None:
    """Write JSON-LD 1.1 with its context inside; no reader has to fetch anything."""
    with writing_text(path) as out:
        out.write(f'{{"@context":{render_json(_CONTEXT)},\n"@graph":[')
        separator = "\n"
        for resource in iter_resources(projection):
            out.write(separator + render_json(resource))
            separator = ",\n"
        out.write("\n]}\n")


def read_shapes() -> str:
    """The SHACL shapes that every export keeps, as Turtle."""
    return files(__package__).joinpath("shapes/bingdi.shacl.ttl").read_text("utf-8")


def _context() -> dict[str, object]:
    context: dict[str, object] = {"@version": 1.1, **PREFIXES}
    for name, term in TERMS.items():
        if term.kind == "@zh":
            context[name] = {"@id": term.iri, "@language": "zh"}
        elif term.kind:
            context[name] = {"@id": term.iri, "@type": term.kind}
        else:
            context[name] = term.iri
    return context


_CONTEXT: Final = _context()


def _iter_statements(resource: Resource, terms: Any) -> Iterator[str]:
    """``predicate object, object`` for each key of a resource."""
    for key, value in resource.items():
        values = value if isinstance(value, list) else [value]
        if key == "@type":
            yield f"a {', '.join(values)}"
        elif key != "@id":
            term = TERMS[key]
            yield f"{term.iri} {', '.join(_object(item, terms, kind=term.kind) for item in values)}"


def _object(value: Any, terms: Any, *, kind: str) -> str:
    if isinstance(value, dict) and "@value" not in value:
        return f"[ {' ; '.join(_iter_statements(value, terms))} ]"
    if isinstance(value, dict):
        return _literal(value["@value"], terms, lang=value.get("@language"), kind=value.get("@type"))
    if kind == "@id":
        return _reference(value, terms)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _literal(value, terms, lang="zh" if kind == "@zh" else None, kind=kind if kind[:1] != "@" else None)


def _literal(value: Any, terms: Any, *, lang: str | None, kind: str | None) -> str:
    literal = str(terms.Literal(str(value), lang=lang).n3())
    return f"{literal}^^{kind}" if kind else literal


def _reference(name: str, terms: Any) -> str:
    """A prefixed name as it is, an IRI in angle brackets."""
    return name if name.partition(":")[0] in PREFIXES else str(terms.URIRef(name).n3())
