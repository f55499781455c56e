"""Answers as flat rows: their field names are the contract of ``--format json``, ``jsonl`` and ``csv``.

=============  ====================================================================================
neighbours     id name type relation direction step via_id via weight documents parts first last
               status fields confidence link quote title publisher published url
links          id link head_id head relation tail_id tail directed part head_name tail_name date
               date_end status fields confidence rule quote head_start head_end tail_start tail_end
               trigger_start trigger_end document start end title publisher published url
path           path step from_id from_name to_id to_name, then the fields of links
timeline       the fields of links; with --by: period relation links evidence
show           id name type code aliases unit unit_name unit_reason mentions documents links weight
               first last
search         kind id name type quote quote_start quote_end document start title publisher
               published url
stats          what name count
verify         kind id problem
build          what count path reason
annotate       kind start end text type name relation head tail head_start head_end tail_start tail_end
               trigger_start trigger_end date date_end status fields rule confidence
evaluate       measure precision recall f1 gold predicted
=============  ====================================================================================

``head_start`` … ``trigger_end`` count from the start of the quote, in characters; ``start`` and ``end`` from
the start of the document's text. Lists are lists in JSON and joined with ``|`` in CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..graph.model import Span
from ..graph.query import Hit, Neighbour, Paths, Portrait, Statement
from .render import Row


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NEIGHBOUR = _names(
    "id name type relation direction step via_id via weight documents parts first last status fields"
    " confidence link quote title publisher published url"
)
STATEMENT = _names(
    "id link head_id head relation tail_id tail directed part head_name tail_name date date_end status"
    " fields confidence rule quote head_start head_end tail_start tail_end trigger_start trigger_end"
    " document start end title publisher published url"
)
ENDS = ("from_id", "from_name", "to_id", "to_name")
PATH = ("path", "step", *ENDS, *STATEMENT)
PERIOD = ("period", "relation", "links", "evidence")
PORTRAIT = _names("id name type code aliases unit unit_name unit_reason mentions documents links weight first last")
HIT = _names("kind id name type quote quote_start quote_end document start title publisher published url")
COUNT = ("what", "name", "count")
PROBLEM = ("kind", "id", "problem")
BUILD = ("what", "count", "path", "reason")
ANNOTATION = _names(
    "kind start end text type name relation head tail head_start head_end tail_start tail_end trigger_start"
    " trigger_end date date_end status fields rule confidence"
)
FIGURES = ("measure", "precision", "recall", "f1", "gold", "predicted")


def neighbour_row(found: Neighbour) -> Row:
    """One value for each of NEIGHBOUR."""
    return {name: getattr(found, name) for name in NEIGHBOUR}


def statement_row(found: Statement) -> Row:
    """One value for each of STATEMENT."""
    spans = {
        **_split_span("head", found.head_span),
        **_split_span("tail", found.tail_span),
        **_split_span("trigger", found.trigger_span),
    }
    return {name: spans[name] if name in spans else getattr(found, name) for name in STATEMENT}


def _split_span(name: str, span: Span | None) -> dict[str, int | None]:
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def iter_path_rows(found: Paths) -> Iterator[Row]:
    """One row of PATH for each statement of each step of each path."""
    for number, steps in enumerate(found.paths, 1):
        for place, step in enumerate(steps, 1):
            ends = {name: getattr(step, name) for name in ENDS}
            for statement in step.statements:
                yield {"path": number, "step": place, **ends, **statement_row(statement)}


def portrait_row(found: Portrait) -> Row:
    """One value for each of PORTRAIT."""
    return {name: sum(found.links.values()) if name == "links" else getattr(found.node, name) for name in PORTRAIT}


def hit_row(found: Hit) -> Row:
    """One value for each of HIT."""
    document = found.document
    return {
        **{name: getattr(found, name) for name in ("kind", "id", "name", "type", "quote")},
        "quote_start": found.span[0],
        "quote_end": found.span[1],
        "document": document.id if document else "",
        "start": found.start if document else None,
        "title": document.title if document else "",
        "publisher": document.publisher if document else "",
        "published": document.date if document else "",
        "url": document.url if document else "",
    }


def named_rows(names: tuple[str, ...], values: Iterable[object]) -> Iterator[Row]:
    """Rows of values that have an attribute for each of ``names``."""
    return ({name: getattr(value, name) for name in names} for value in values)
