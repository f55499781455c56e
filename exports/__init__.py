"""One writer a file format; each reads the projection in ``graph.network``."""

from .outputs import get_outputs, write_export
from .registry import Format, get_format, iter_formats

__all__ = ["Format", "get_format", "get_outputs", "iter_formats", "write_export"]
