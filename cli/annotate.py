"""``annotate``: one document with its mentions and links marked, and what decided each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ..graph.errors import ReadingError, UsageError
from ..graph.model import DIRECTED, Document, Entity, Evidence, Extraction, Link, Mention
from . import rows
from .frame import Command
from .options import RecallOption, SpacyOption, make_option, read_output, takes
from .render import (
    Column,
    Format,
    Output,
    Row,
    render_confidence,
    render_quote,
    render_table,
    write_lines,
    write_rows,
)
from .terminal import escape_text, say

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="A document; - for standard input.", show_default=False)
]
HtmlOption = Annotated[
    Path | None, make_option("--html", text="Write a page with the marked text here.", metavar="FILE")
]


_EMPTY: dict[str, object] = {
    name: None if name.endswith(("_start", "_end")) and name != "date_end" else () if name == "fields" else ""
    for name in rows.ANNOTATION
}


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command("annotate", cls=Command)(annotate_document)


@takes(output=read_output)
def annotate_document(
    file: FileArgument,
    *,
    html: HtmlOption = None,
    recall: RecallOption = False,
    spacy_model: SpacyOption = "",
    output: Output,
) -> None:
    """FILE with its mentions and links marked, and for each what decided and how surely."""
    from ..graph.linking import Extractor
    from ..graph.reading import read_documents

    documents = tuple(read_documents([file], on_skip=_refuse))
    if len(documents) != 1:
        raise UsageError(output.words.line("several", path=file, count=len(documents)))
    (document,) = documents
    extraction = Extractor(recall=recall, spacy_model=spacy_model)(document)
    if output.format is Format.TABLE:
        write_lines(render_document(output, document, extraction=extraction))
    else:
        write_rows(output, iter_rows(document, extraction), columns=rows.ANNOTATION)
    if html:
        _write_page(html, document, extraction=extraction, output=output)


def _refuse(error: ReadingError) -> NoReturn:
    raise error


def _write_page(path: Path, document: Document, *, extraction: Extraction, output: Output) -> None:
    from ..graph.annotate import render_annotation

    words = output.words
    page = render_annotation(document, extraction, language=words.language, captions=words.captions())
    path.write_text(page, encoding="utf-8")
    say(output.words.line("written", path=path))


def render_document(output: Output, document: Document, *, extraction: Extraction) -> Iterator[str]:
    """The text with its mentions marked, then a table of mentions, then each link with its evidence."""
    entities = {entity.id: entity for entity in extraction.entities}
    yield output.paint(escape_text(document.title or document.name), "title")
    spans = [("head", mention.start, mention.end) for mention in extraction.mentions]
    at = 0
    for paragraph in document.text.split("\n"):
        moved = [(kind, start - at, end - at) for kind, start, end in spans if at <= start < at + len(paragraph)]
        yield from render_quote(output, paragraph, spans=moved, indent=0)
        at += len(paragraph) + 1
    yield from ("", *_render_mentions(output, extraction, entities=entities))
    for link in extraction.links:
        yield from ("", *_render_link(output, link, document=document, entities=entities))


def _render_mentions(output: Output, extraction: Extraction, *, entities: Mapping[str, Entity]) -> Iterator[str]:
    words = output.words
    columns = (
        Column(heading=words.heading("place"), number=True),
        Column(heading=words.heading("text"), colour="head"),
        Column(heading=words.heading("type")),
        Column(heading=words.heading("name")),
        Column(heading=words.heading("rule")),
        Column(heading=words.heading("score"), number=True),
    )
    lines = [
        (
            str(each.start),
            each.surface,
            words.type(each.type),
            entities[each.entity].name,
            each.rule,
            render_confidence(each.score),
        )
        for each in extraction.mentions
    ]
    return render_table(output, lines, columns=columns)


def _render_link(output: Output, link: Link, *, document: Document, entities: Mapping[str, Entity]) -> Iterator[str]:
    head = output.paint(escape_text(entities[link.head].name), "head")
    tail = output.paint(escape_text(entities[link.tail].name), "tail")
    tie = output.words.relation(link.relation)
    yield f"{head} —{tie}{'→' if link.relation in DIRECTED else '—'} {tail}"
    for each in link.evidence:
        spans = [
            ("head", *each.head),
            ("tail", *each.tail),
            *([("trigger", *each.trigger)] if each.trigger else []),
        ]
        moved = [(kind, start - each.start, end - each.start) for kind, start, end in spans]
        yield from render_quote(output, document.text[each.start : each.end], spans=moved)
        yield "      " + output.paint(_render_reason(output, each), "faint")


def _render_reason(output: Output, each: Evidence) -> str:
    words = output.words
    sure = f"{words.line('confidence')} {render_confidence(each.confidence)}"
    facts = (each.rule, sure, each.date, words.status(each.status or ""), "、".join(each.fields))
    return escape_text("; ".join(filter(None, facts)))


def iter_rows(document: Document, extraction: Extraction) -> Iterator[Row]:
    """One row for each mention, then one for each evidence of each link."""
    entities = {entity.id: entity for entity in extraction.entities}
    for mention in extraction.mentions:
        yield _mention_row(mention, entities[mention.entity])
    for link in extraction.links:
        ends = {"head": entities[link.head].name, "tail": entities[link.tail].name}
        for evidence in link.evidence:
            yield _evidence_row(document, evidence) | {"relation": link.relation, **ends}


def _mention_row(mention: Mention, entity: Entity) -> dict[str, object]:
    values = {
        "kind": "mention",
        "start": mention.start,
        "end": mention.end,
        "text": mention.surface,
        "type": mention.type,
        "name": entity.name,
        "rule": mention.rule,
        "confidence": mention.score,
    }
    return {**_EMPTY, **values}


def _evidence_row(document: Document, evidence: Evidence) -> dict[str, object]:
    values = {
        "kind": "link",
        "start": evidence.start,
        "end": evidence.end,
        "text": document.text[evidence.start : evidence.end],
        "date": evidence.date,
        "date_end": evidence.date_end,
        "status": evidence.status or "",
        "fields": evidence.fields,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }
    for name in ("head", "tail", "trigger"):
        span = getattr(evidence, name) or (None, None)
        values |= {
            f"{name}_{side}": at if at is None else at - evidence.start
            for side, at in zip(("start", "end"), span, strict=True)
        }
    return {**_EMPTY, **values}
