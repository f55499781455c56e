"""What a terminal may be shown: escaped text, widths of wide characters, colours where they are wanted."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from shutil import get_terminal_size
from typing import TextIO

COLOURS = {
    "head": "1;36",
    "tail": "1;33",
    "trigger": "35",
    "title": "1",
    "faint": "2",
}
MARKS = {"head": "【】", "tail": "〖〗", "trigger": "‹›"}
DEFAULT_WIDTH = 100
UNLIMITED = 1_000_000

# Control characters drive a terminal; bidi and invisible ones make a text look like another.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[\t\n\r\v\f]+")


def _escape_one(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escape_text(text: str) -> str:
    r"""One line of ``text`` that cannot drive a terminal: runs of line ends and tabs become a space,
    control, bidi and invisible characters their visible escapes (``\x1b``, ``\u202e``).
    """
    return _UNSAFE.sub(_escape_one, _SPACES.sub(" ", text))


def escape_json(text: str) -> str:
    """JSON ``text`` with the same characters as JSON escapes, which read back as the same text."""

    def escape(match: re.Match[str]) -> str:
        units = match.group().encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))

    return _UNSAFE.sub(escape, text)


def get_width(text: str) -> int:
    """Columns that ``text`` takes: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_get_char_width(char) for char in text)


def _get_char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut_text(text: str, width: int) -> str:
    """``text`` within ``width`` columns, with … in place of what had to go."""
    if get_width(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _get_char_width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad_text(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled with spaces up to ``width`` columns, on its left side with ``right``."""
    fill = " " * max(0, width - get_width(text))
    return fill + text if right else text + fill


def wrap_text(text: str, width: int) -> list[str]:
    """``text`` as lines of at most ``width`` columns; at least one, which may be empty."""
    return [text[start:end] for start, end in wrap_spans(text, width)] or [""]


def wrap_spans(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines of ``text``, broken at a space where one is near, else anywhere."""
    start = used = 0
    for at, char in enumerate(text):
        used += _get_char_width(char)
        if used > width and at > start:
            space = text.rfind(" ", start, at + 1)
            end = space if space > start + (at - start) // 2 else at
            yield start, end
            start = end + 1 if end == space else end
            used = get_width(text[start : at + 1])
    if start < len(text):
        yield start, len(text)


def wants_colour(stream: TextIO) -> bool:
    """Whether ``stream`` gets colours: a terminal that is not dumb, NO_COLOR unset; FORCE_COLOR forces."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if sys.platform == "win32" and not (os.environ.get("WT_SESSION") or os.environ.get("TERM")):
        return False
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def get_line_width() -> int:
    """Columns of the terminal, or of COLUMNS; where the output goes elsewhere, lines have no end."""
    if os.environ.get("COLUMNS") or sys.stdout.isatty():
        return max(40, get_terminal_size((DEFAULT_WIDTH, 24)).columns)
    return UNLIMITED


def paint(text: str, colour: str, *, on: bool) -> str:
    """``text`` in a colour of COLOURS, where colours are on."""
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if on and text else text


def mark_spans(text: str, spans: Iterable[tuple[str, int, int]], *, colour: bool) -> str:
    """``text`` escaped, with each (kind, start, end) coloured, or bracketed as MARKS say.

    The spans may overlap: a colour gives way to an earlier kind of the list, brackets nest.
    """
    clipped = [(kind, max(0, start), min(len(text), end)) for kind, start, end in spans]
    clipped = [span for span in clipped if span[1] < span[2]]
    return _colour_spans(text, clipped) if colour else _bracket_spans(text, clipped)


def _colour_spans(text: str, spans: list[tuple[str, int, int]]) -> str:
    kinds = [""] * len(text)
    for kind, start, end in reversed(spans):
        kinds[start:end] = [kind] * (end - start)
    parts, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or kinds[end] != kinds[start]:
            part = escape_text(text[start:end])
            parts.append(paint(part, kinds[start], on=True) if kinds[start] else part)
            start = end
    return "".join(parts)


def _bracket_spans(text: str, spans: list[tuple[str, int, int]]) -> str:
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for kind, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        opens.setdefault(start, []).append(MARKS[kind][0])
        closes.setdefault(end, []).insert(0, MARKS[kind][1])
    places = sorted({0, len(text), *opens, *closes})
    parts = []
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        parts += [*closes.get(start, ()), *opens.get(start, ()), escape_text(text[start:end])]
    return "".join(parts)


def say(line: str) -> None:
    """One line on stderr; a help page, which is several, goes there as it is."""
    text = line if line.startswith(("Usage:", "用法：")) else f"bingdi: {escape_text(line)}"
    with suppress(BrokenPipeError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201
