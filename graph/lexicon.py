"""Lexicons: word lists and cues that the extraction reads as features, kept as TOML in ``seeds``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import LexiconError


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The parsed ``seeds/lexicon/NAME.toml``; raises LexiconError where it is missing or not TOML."""
    resource = files("bingdi.seeds").joinpath("lexicon", f"{name}.toml")
    try:
        return tomllib.loads(resource.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"seeds/lexicon/{name}.toml: {error}; restore the file") from error


@cache
def read_words(name: str, table: str) -> dict[str, tuple[str, ...]]:
    """Words of each entry of a table whose values are lists written as white-space separated text."""
    found = load_lexicon(name).get(table)
    if not isinstance(found, dict):
        raise LexiconError(f"seeds/lexicon/{name}.toml: no table [{table}]; restore the file")
    return {key: tuple(dict.fromkeys(str(value).split())) for key, value in found.items()}
