"""Files → clean documents and their sentences.

Loaded by name as they are asked for: questions need the script map alone and must not wait for PDF and HTML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .documents import document_from_text
    from .readers import read_documents, read_source
    from .script import simplify
    from .sentences import split_clauses, split_sentences
    from .sources import Source, iter_sources

_HOMES = {
    "Source": "sources",
    "document_from_text": "documents",
    "iter_sources": "sources",
    "read_documents": "readers",
    "read_source": "readers",
    "simplify": "script",
    "split_clauses": "sentences",
    "split_sentences": "sentences",
}

__all__ = [
    "Source",
    "document_from_text",
    "iter_sources",
    "read_documents",
    "read_source",
    "simplify",
    "split_clauses",
    "split_sentences",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
