"""Word files: paragraphs, list items and table rows, a line each, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ..errors import ReadingError
from ..model import Document
from .documents import Facts, make_document
from .reasons import explain


def parse_word(content: bytes, *, name: str, origin: str) -> Document:
    """The document of a .docx file. Raises ReadingError for a broken one or one without text."""
    text = "\n\n".join(_read_blocks(content, origin=origin))
    return make_document(text, name=name, origin=origin, told=Facts())


def _read_blocks(content: bytes, *, origin: str) -> list[str]:
    import docx

    try:
        return list(_iter_blocks(docx.Document(BytesIO(content))))
    # zipfile, lxml and python-docx each raise their own errors for a damaged file.
    except Exception as error:
        raise ReadingError(
            origin, f"a broken .docx ({explain(error)}); open it in a word processor and save it again"
        ) from error


def _iter_blocks(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield "\n".join(_iter_rows(block))
        else:
            yield block.text


def _iter_rows(table: Any) -> Iterator[str]:
    """A table's rows as cells with blanks between; a cell that spans columns is named once."""
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        yield "  ".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip())
