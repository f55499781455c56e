"""Which builder read a document: the package's version and a digest of all that decides what it finds."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

_ROOM = Path(__file__).resolve().parent
_DECIDING = (
    (_ROOM, ("gazetteer.py", "lexicon.py", "names.py", "model.py")),
    (_ROOM, ("reading/**/*.py", "extraction/**/*.py", "linking/**/*.py")),
)
_SEEDS = ("gazetteer/*.csv", "lexicon/*", "models/*")


@cache
def get_builder() -> str:
    """``0.1.0+1a2b3c4d``: changes with the code, tables, lexicons and models that read and extract."""
    from importlib.metadata import version

    from .. import seeds

    places = [*_DECIDING, *((Path(folder), _SEEDS) for folder in seeds.__path__)]
    if own := os.environ.get("BINGDI_MODELS"):
        places.append((Path(own), ("*.npz", "*.json")))
    digest = hashlib.blake2b(digest_size=4)
    for folder, patterns in places:
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version('bingdi')}+{digest.hexdigest()}"
