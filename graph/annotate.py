"""One document as a page: its text with the mentions marked by displaCy, and its links with what decided each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from .model import Document, EntityType, Extraction, Link

_COLOURS = {
    EntityType.CORPS: "#e69f00",
    EntityType.DIVISION: "#f0c36d",
    EntityType.REGIMENT: "#f5dca5",
    EntityType.LOCALITY: "#9fd3f2",
    EntityType.INSTITUTION: "#8fd9c4",
    EntityType.SITE: "#f4b3d4",
    EntityType.AGREEMENT: "#d5c3f0",
    EntityType.INITIATIVE: "#f2e77f",
}
_WORDS = {
    "zh": ("关系", "甲方", "乙方", "置信度", "判定依据", "日期", "状态", "依据"),
    "en": ("relation", "from", "to", "confidence", "decided by", "date", "status", "evidence"),
}


def render_annotation(
    document: Document,
    extraction: Extraction,
    *,
    language: str = "zh",
    captions: Mapping[str, str] | None = None,
) -> str:
    """A self-contained HTML page; every text of the document is escaped.

    ``captions`` say what types, relations and statuses are called, by id; without them the ids stand there.
    """
    from .extraction.drawing import render_entities

    known = captions or {}
    shown = [mention for mention in extraction.mentions if mention.rule != "nested"]
    labels = [f"{known.get(each.type, each.type)} {each.rule} {each.score:.2f}" for each in shown]
    marks: list[dict[str, object]] = [
        {"start": mention.start, "end": mention.end, "label": label}
        for mention, label in zip(shown, labels, strict=True)
    ]
    colours = {label: _COLOURS[mention.type] for mention, label in zip(shown, labels, strict=True)}
    body = render_entities(document.text, marks, colours=colours)
    title = escape(document.title or document.name)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>body{font:16px/1.8 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;"
        "padding:0 1rem}"
        "table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;"
        f"vertical-align:top}}</style></head><body><h1>{title}</h1>{body}"
        f"{_render_links(document, extraction, language=language, captions=known)}</body></html>"
    )


def _render_links(document: Document, extraction: Extraction, *, language: str, captions: Mapping[str, str]) -> str:
    names = {entity.id: entity.name for entity in extraction.entities}
    heading = "".join(f"<th>{escape(word)}</th>" for word in _WORDS.get(language, _WORDS["en"]))
    rows = "".join(_render_link(document, link, names=names, captions=captions) for link in extraction.links)
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>"


def _render_link(document: Document, link: Link, *, names: Mapping[str, str], captions: Mapping[str, str]) -> str:
    rows = []
    for item in link.evidence:
        cells = (
            captions.get(link.relation, link.relation),
            names[link.head],
            names[link.tail],
            f"{item.confidence:.2f}",
            item.rule,
            f"{item.date}–{item.date_end}" if item.date_end else item.date,
            captions.get(item.status or "", item.status or ""),
            document.text[item.start : item.end],
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return "".join(rows)
