"""Possible links of a document, the cases that speak for them, and the rows of numbers that trees decide them by."""

from .cases import APART, CLASSES, RELATIONS, TOGETHER, Case, LinkCases, LinkKey, find_hopeful
from .rows import predict_links, read_rows

__all__ = [
    "APART",
    "CLASSES",
    "RELATIONS",
    "TOGETHER",
    "Case",
    "LinkCases",
    "LinkKey",
    "find_hopeful",
    "predict_links",
    "read_rows",
]
