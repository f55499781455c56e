"""Libraries that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from ..graph.errors import ExportError
from .registry import get_format


def require(library: str, *, form: str) -> Any:
    """The imported library; raises ExportError with the extra of ``form`` to install where it is missing."""
    try:
        return importlib.import_module(library)
    except ImportError as error:
        top = library.partition(".")[0]
        extra = get_format("", name=form).extra
        raise ExportError(f"{form} needs {top}: pip install '.[{extra}]' in the folder of the project") from error
