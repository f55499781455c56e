"""One document as a page: its text with the mentions marked by displaCy, and its links with what decided each."""

from __future__ import annotations

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
    "zh": ("关系", "头", "尾", "概率", "依据", "日期", "状态", "原文"),
    "en": ("relation", "head", "tail", "probability", "decided by", "date", "status", "evidence"),
}


def render_annotation(document: Document, extraction: Extraction, *, language: str = "zh") -> str:
    """A self-contained HTML page; every text of the document is escaped."""
    from .extraction.drawing import render_entities

    marks = [
        {"start": mention.start, "end": mention.end, "label": f"{mention.type} {mention.rule} {mention.score:.2f}"}
        for mention in extraction.mentions
        if mention.rule != "nested"
    ]
    colours = {mark["label"]: _COLOURS[EntityType(str(mark["label"]).split(" ")[0])] for mark in marks}
    body = render_entities(document.text, marks, colours={str(key): value for key, value in colours.items()})
    title = escape(document.title or document.name)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>body{font:16px/1.8 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;"
        "padding:0 1rem}"
        "table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;"
        f"vertical-align:top}}</style></head><body><h1>{title}</h1>{body}"
        f"{_render_links(document, extraction, language)}</body></html>"
    )


def _render_links(document: Document, extraction: Extraction, language: str) -> str:
    names = {entity.id: entity.name for entity in extraction.entities}
    heading = "".join(f"<th>{escape(word)}</th>" for word in _WORDS.get(language, _WORDS["en"]))
    rows = "".join(_render_link(document, link, names) for link in extraction.links)
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>"


def _render_link(document: Document, link: Link, names: dict[str, str]) -> str:
    rows = []
    for item in link.evidence:
        cells = (
            str(link.relation),
            names[link.head],
            names[link.tail],
            f"{item.confidence:.2f}",
            item.rule,
            f"{item.date}–{item.date_end}" if item.date_end else item.date,
            str(item.status or ""),
            document.text[item.start : item.end],
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return "".join(rows)
