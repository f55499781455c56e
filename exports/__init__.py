"""One writer a file format; each reads the projection in ``graph.network``."""

from .registry import Format, get_format, get_outputs, iter_formats, write_export

__all__ = ["Format", "get_format", "get_outputs", "iter_formats", "write_export"]
