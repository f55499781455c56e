"""Files → clean documents and their sentences."""

from .documents import document_from_text
from .readers import read_documents, read_source
from .script import simplify
from .sentences import split_clauses, split_sentences
from .sources import Source, iter_sources

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
