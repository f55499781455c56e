"""Mention to entity: what the units of a document are called, and its links with their evidence."""

from .extractor import Extractor, extract, link_document
from .naming import write_canonical

__all__ = ["Extractor", "extract", "link_document", "write_canonical"]
