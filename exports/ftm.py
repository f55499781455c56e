"""FollowTheMoney entities as JSON lines, for Aleph and the tools of OpenSanctions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ..graph.model import Document, EntityType, Relation
from ..graph.network.rows import EvidenceRow, LinkRow, NodeRow, Projection
from .attributes import clean_text
from .extras import require
from .files import writing_text
from .node_link import render_json
from .pairing import iter_links_with_evidence
from .palette import RELATION_CAPTIONS

# A locality signs and gives as its government; a site is something of value that is built or run.
_SCHEMATA: Final = {
    EntityType.CORPS: "PublicBody",
    EntityType.DIVISION: "PublicBody",
    EntityType.REGIMENT: "PublicBody",
    EntityType.LOCALITY: "PublicBody",
    EntityType.INSTITUTION: "Organization",
    EntityType.SITE: "Asset",
    EntityType.AGREEMENT: "Contract",
    EntityType.INITIATIVE: "Project",
}
_BODIES: Final = {"PublicBody", "Organization"}


def write_ftm(projection: Projection, path: str | Path, *, lang: str = "zh") -> None:
    """Write entities, documents (as Article) and links (UnknownLink or ProjectParticipant) with proofs."""
    model = require("followthemoney", form="ftm").model
    with writing_text(path) as out:
        for proxy in _iter_proxies(projection, model, lang=lang):
            # A proxy keeps values in sets: sorted, so that the same store gives the same bytes.
            properties = {name: sorted(proxy.get(name)) for name in sorted(proxy.schema.properties)}
            filled = {name: values for name, values in properties.items() if values}
            out.write(render_json({"id": proxy.id, "schema": proxy.schema.name, "properties": filled}) + "\n")


def _iter_proxies(projection: Projection, model: Any, *, lang: str) -> Iterator[Any]:
    schemata = {}
    for node in projection.nodes():
        schemata[node.id] = _SCHEMATA[node.type]
        yield _node_proxy(node, model)
    for document in projection.documents():
        yield _document_proxy(document, model)
    for link, evidence in iter_links_with_evidence(projection):
        taking_part = link.relation is Relation.PARTY_TO and schemata[link.tail] == "Project"
        in_project = taking_part and schemata[link.head] in _BODIES
        yield _link_proxy(link, evidence, proxy=_start(model, link, in_project=in_project), lang=lang)


def _proxy(model: Any, *, schema: str, key: str) -> Any:
    return model.get_proxy({"id": key, "schema": schema, "properties": {}})


def _add(proxy: Any, name: str, *texts: str) -> None:
    """Add texts, each as long as FollowTheMoney lets it be; a longer one ends with ``…``."""
    limit = proxy.schema.get(name).max_length
    for text in map(clean_text, texts):
        proxy.add(name, text if len(text) <= limit else text[: limit - 1] + "…")


def _node_proxy(node: NodeRow, model: Any) -> Any:
    proxy = _proxy(model, schema=_SCHEMATA[node.type], key=node.id)
    _add(proxy, "name", node.name)
    _add(proxy, "alias", *node.aliases)
    proxy.add("keywords", str(node.type))
    proxy.add("country", "cn")
    if node.type is EntityType.AGREEMENT:
        _add(proxy, "title", node.name)
    return proxy


def _document_proxy(document: Document, model: Any) -> Any:
    proxy = _proxy(model, schema="Article", key=document.id)
    _add(proxy, "title", document.title or document.name)
    _add(proxy, "fileName", document.name)
    _add(proxy, "publisher", document.publisher)
    _add(proxy, "publishedAt", document.date)
    _add(proxy, "sourceUrl", document.url)
    if document.url and not proxy.has("sourceUrl"):
        # No address that FollowTheMoney takes: kept as a note rather than lost.
        _add(proxy, "notes", document.url)
    proxy.add("language", "zho")
    return proxy


def _start(model: Any, link: LinkRow, *, in_project: bool) -> Any:
    proxy = _proxy(model, schema="ProjectParticipant" if in_project else "UnknownLink", key=link.id)
    ends = ("participant", "project") if in_project else ("subject", "object")
    proxy.add(ends[0], link.head)
    proxy.add(ends[1], link.tail)
    return proxy


def _link_proxy(link: LinkRow, evidence: list[EvidenceRow], *, proxy: Any, lang: str) -> Any:
    proxy.add("role", RELATION_CAPTIONS[lang][link.relation])
    proxy.add("recordId", str(link.relation))
    _add(proxy, "status", link.status)
    _add(proxy, "startDate", link.first)
    _add(proxy, "endDate", link.last)
    for row in evidence:
        _add(proxy, "summary", row.quote)
        proxy.add("proof", row.document)
        _add(proxy, "publisher", row.publisher)
        _add(proxy, "sourceUrl", row.url)
    return proxy
