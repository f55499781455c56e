"""The graph as RDF resources in JSON-LD's own shape: what the Turtle and the JSON-LD writer both read.

Evidence is a Web Annotation whose target selects its run of the document by position and by quote; PROV-O
says what was derived from what; names are SKOS labels. Terms of our own live in ``urn:bingdi:term:``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from ..graph.model import Document, EntityType, Relation, Span
from ..graph.network.rows import EvidenceRow, LinkRow, NodeRow, Projection
from .attributes import clean_text, round_number
from .palette import RELATION_CAPTIONS, TYPE_CAPTIONS

Resource = dict[str, Any]

PREFIXES: Final = {
    "bd": "urn:bingdi:term:",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A key of a resource: its property, and its values' kind (``@id``, a datatype, ``@zh`` or as given)."""

    iri: str
    kind: str = ""


TERMS: Final = {
    "prefLabel": Term(iri="skos:prefLabel", kind="@zh"),
    "altLabel": Term(iri="skos:altLabel", kind="@zh"),
    "notation": Term(iri="skos:notation"),
    "label": Term(iri="rdfs:label"),
    "subClassOf": Term(iri="rdfs:subClassOf", kind="@id"),
    "title": Term(iri="dcterms:title", kind="@zh"),
    "publisher": Term(iri="dcterms:publisher", kind="@zh"),
    "issued": Term(iri="dcterms:issued"),
    "identifier": Term(iri="dcterms:identifier"),
    "url": Term(iri="schema:url", kind="xsd:anyURI"),
    "wasDerivedFrom": Term(iri="prov:wasDerivedFrom", kind="@id"),
    "wasQuotedFrom": Term(iri="prov:wasQuotedFrom", kind="@id"),
    "hasBody": Term(iri="oa:hasBody", kind="@id"),
    "hasTarget": Term(iri="oa:hasTarget"),
    "hasSource": Term(iri="oa:hasSource", kind="@id"),
    "hasSelector": Term(iri="oa:hasSelector"),
    "start": Term(iri="oa:start", kind="xsd:nonNegativeInteger"),
    "end": Term(iri="oa:end", kind="xsd:nonNegativeInteger"),
    "exact": Term(iri="oa:exact", kind="@zh"),
    **{name: Term(iri=f"bd:{name}", kind="@id") for name in ("head", "tail", "relation", "unit")},
    **{name: Term(iri=f"bd:{name}") for name in ("headSpan", "tailSpan", "triggerSpan", "first", "last")},
    **{name: Term(iri=f"bd:{name}") for name in ("date", "dateEnd", "status", "field", "rule", "part")},
    **{name: Term(iri=f"bd:{name}", kind="xsd:integer") for name in ("weight", "mentions", "documents", "parts")},
    "unitReason": Term(iri="bd:unitReason"),
    "confidence": Term(iri="bd:confidence", kind="xsd:decimal"),
    "directed": Term(iri="bd:directed", kind="xsd:boolean"),
    **{str(relation): Term(iri=f"bd:{relation}", kind="@id") for relation in Relation},
}
_DATES: Final = (
    (re.compile(r"[0-9]{4}"), "xsd:gYear"),
    (re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"), "xsd:date"),
)


def iter_resources(projection: Projection) -> Iterator[Resource]:
    """Terms, entities, documents, links and evidence, in this order."""
    yield from _iter_terms()
    for node in projection.nodes():
        yield _node_resource(node)
    for document in projection.documents():
        yield _document_resource(document)
    for link in projection.links():
        yield _link_resource(link)
        # The plain statement too, so that a query need not pass through the link's own resource.
        yield {"@id": _name("entity", link.head), str(link.relation): _name("entity", link.tail)}
    for evidence in projection.evidence():
        yield _evidence_resource(evidence)
        yield {"@id": _name("link", evidence.link), "wasDerivedFrom": _name("evidence", evidence.id)}


def _iter_terms() -> Iterator[Resource]:
    for kind in EntityType:
        labels = [{"@value": TYPE_CAPTIONS[lang][kind], "@language": lang} for lang in ("en", "zh")]
        yield {"@id": _class(kind), "@type": ["rdfs:Class"], "label": labels, "subClassOf": "bd:Entity"}
    for relation in Relation:
        labels = [{"@value": RELATION_CAPTIONS[lang][relation], "@language": lang} for lang in ("en", "zh")]
        yield {"@id": f"bd:{relation}", "@type": ["rdf:Property"], "label": labels}


def _class(kind: EntityType) -> str:
    return f"bd:{kind.capitalize()}"


def _name(kind: str, key: str) -> str:
    return f"urn:bingdi:{kind}:{quote(clean_text(key), safe='')}"


def _date(text: str) -> object:
    """A partial date with its datatype; any other text as it is."""
    kind = next((kind for pattern, kind in _DATES if pattern.fullmatch(text)), None)
    return {"@value": text, "@type": kind} if kind else clean_text(text)


def _filled(resource: Resource) -> Resource:
    """The resource without its empty values."""
    return {key: value for key, value in resource.items() if value not in ("", None, [])}


def _node_resource(row: NodeRow) -> Resource:
    return _filled(
        {
            "@id": _name("entity", row.id),
            "@type": ["bd:Entity", _class(row.type)],
            "prefLabel": clean_text(row.name),
            "altLabel": sorted({clean_text(alias) for alias in row.aliases} - {clean_text(row.name), ""}),
            "notation": clean_text(row.code),
            "unit": _name("entity", row.unit) if row.unit else "",
            "unitReason": clean_text(row.unit_reason),
            "weight": row.weight,
            "mentions": row.mentions,
            "documents": row.documents,
            "first": _date(row.first),
            "last": _date(row.last),
        }
    )


def _document_resource(document: Document) -> Resource:
    return _filled(
        {
            "@id": _name("document", document.id),
            "@type": ["bd:Document", "prov:Entity"],
            "identifier": clean_text(document.name),
            "title": clean_text(document.title),
            "publisher": clean_text(document.publisher),
            "issued": _date(document.date),
            "url": clean_text(document.url),
        }
    )


def _link_resource(row: LinkRow) -> Resource:
    return _filled(
        {
            "@id": _name("link", row.id),
            "@type": ["bd:Link", "prov:Entity"],
            "head": _name("entity", row.head),
            "relation": f"bd:{row.relation}",
            "tail": _name("entity", row.tail),
            "directed": row.directed,
            "weight": row.weight,
            "documents": row.documents,
            "parts": row.parts,
            "first": _date(row.first),
            "last": _date(row.last),
            "status": clean_text(row.status),
            "field": sorted({clean_text(field) for field in row.fields} - {""}),
            "confidence": _decimal(row.confidence),
        }
    )


def _decimal(number: float) -> str:
    return f"{round_number(number):.6f}".rstrip("0").removesuffix(".") or "0"


def _position(span: Span | None) -> Resource | None:
    return {"@type": ["oa:TextPositionSelector"], "start": span[0], "end": span[1]} if span else None


def _evidence_resource(row: EvidenceRow) -> Resource:
    document = _name("document", row.document)
    selectors = [
        _position((row.start, row.end)),
        {"@type": ["oa:TextQuoteSelector"], "exact": clean_text(row.quote)},
    ]
    return _filled(
        {
            "@id": _name("evidence", row.id),
            "@type": ["bd:Evidence", "oa:Annotation", "prov:Entity"],
            "hasBody": _name("link", row.link),
            "hasTarget": {
                "@type": ["oa:SpecificResource"],
                "hasSource": document,
                "hasSelector": selectors,
            },
            "wasQuotedFrom": document,
            "headSpan": _position(row.head),
            "tailSpan": _position(row.tail),
            "triggerSpan": _position(row.trigger),
            "part": clean_text(row.part) if row.part != row.link else "",
            "date": _date(row.date),
            "dateEnd": _date(row.date_end),
            "status": clean_text(row.status),
            "field": sorted({clean_text(field) for field in row.fields} - {""}),
            "rule": clean_text(row.rule),
            "confidence": _decimal(row.confidence),
        }
    )
