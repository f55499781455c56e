"""Libraries that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from ..graph.errors import ExportError


def require(library: str, *, form: str) -> Any:
    """The imported library; raises ExportError with what to install where it is missing."""
    try:
        return importlib.import_module(library)
    except ImportError as error:
        top = library.partition(".")[0]
        raise ExportError(f"{form} needs {top}: pip install 'bingdi[exports]'") from error
