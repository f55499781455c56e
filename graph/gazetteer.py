"""What the builder knows of places and units before it reads: the tables of ``seeds/gazetteer``.

Every wrong row stops the load with its file and line: a bad table must not reach a graph.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from .errors import GazetteerError

COLUMNS = ("code", "name", "type", "level", "parent", "aliases", "context")
TYPES = frozenset({"corps", "division", "regiment", "locality"})
TABLES = ("divisions.csv", "regiments.csv", "localities.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerRow:
    """One unit or place: its code, formal name, and the other names that it goes by.

    ``parent`` is the code of the unit above, empty at the top. ``aliases`` name this row wherever they
    stand. Those in ``context`` (the formal name may be among them) are also words or parts of words, or
    name other rows as well: they need a witness nearby.
    """

    code: str
    name: str
    type: str
    level: str
    parent: str
    aliases: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The tables, indexed. ``by_key`` leads from a name, alias or context alias to all rows it may name.

    ``abbreviations`` leads from one character to codes (津), ``combinations`` from a name to the codes of
    the several rows that it stands for together (乌昌), ``cities`` from a division to its city, ``towns``
    from a regiment to the town that it is one unit with, ``aided`` from a province or city to those that
    it aids by the nineteen-province scheme (for reading co-reference, never a link). ``covers`` are longer
    words that hold a name and are not it (骑兵团, 示范县, 天山南北): where one stands, the name inside
    does not count.
    """

    rows: tuple[GazetteerRow, ...]
    by_code: Mapping[str, GazetteerRow]
    by_key: Mapping[str, tuple[GazetteerRow, ...]]
    abbreviations: Mapping[str, tuple[str, ...]]
    combinations: Mapping[str, tuple[str, ...]]
    cities: Mapping[str, str]
    towns: Mapping[str, str]
    aided: Mapping[str, tuple[str, ...]]
    covers: frozenset[str]
    context_keys: frozenset[str] = field(repr=False)

    def needs_context(self, alias: str) -> bool:
        """Whether ``alias`` must not be taken for a name without a witness nearby."""
        return alias in self.context_keys

    def ancestors(self, code: str) -> tuple[GazetteerRow, ...]:
        """The rows above ``code``, nearest first; raises ``KeyError`` for an unknown code."""
        found = []
        parent = self.by_code[code].parent
        while parent:
            found.append(self.by_code[parent])
            parent = found[-1].parent
        return tuple(found)

    def division_city(self, code: str) -> GazetteerRow | None:
        """The city that the division ``code`` is one unit with, or None (第十一师, 第十二师)."""
        city = self.cities.get(code)
        return self.by_code[city] if city else None

    def regiment_town(self, code: str) -> GazetteerRow | None:
        """The town that the regiment ``code`` is one unit with, or None."""
        town = self.towns.get(code)
        return self.by_code[town] if town else None


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package, read once a process."""
    return read_gazetteer(files("bingdi.seeds") / "gazetteer")


def read_gazetteer(folder: Traversable) -> Gazetteer:
    """Read and check the tables of ``folder``; raises ``GazetteerError`` at the first wrong row."""
    index = _Index()
    for name in TABLES:
        path = folder / name
        for number, cells in _iter_lines(path, columns=COLUMNS):
            index.add(_parse_row(cells, path=path, number=number), path=path, number=number)
    index.check_parents()
    index.check_aliases()
    known = index.by_code
    abbreviations = folder / "abbreviations.csv"
    return Gazetteer(
        rows=tuple(known.values()),
        by_code=known,
        by_key={key: tuple(rows) for key, rows in index.by_key.items()},
        abbreviations=_read_codes(abbreviations, columns=("abbreviation", "codes"), known=known),
        combinations=_read_codes(folder / "combinations.csv", columns=("alias", "codes"), known=known),
        cities=_read_links(folder / "division_cities.csv", columns=("division", "city"), known=known),
        towns=_read_links(folder / "regiment_towns.csv", columns=("regiment", "town"), known=known),
        aided=_read_tree(folder / "paired_assistance.csv", columns=("aider", "aided"), known=known),
        covers=frozenset(_iter_covers(folder / "covers.csv", keys=index.by_key)),
        context_keys=frozenset(alias for row in known.values() for alias in row.context),
    )


class _Index:
    """Rows by code and by key as they come, with the place of each for the messages."""

    def __init__(self) -> None:
        self.by_code: dict[str, GazetteerRow] = {}
        self.by_key: dict[str, list[GazetteerRow]] = {}
        self.places: dict[str, tuple[Traversable, int]] = {}

    def add(self, row: GazetteerRow, *, path: Traversable, number: int) -> None:
        if row.code in self.by_code:
            first, at = self.places[row.code]
            problem = f"code {row.code} stands in {first.name}:{at} too; keep one"
            raise GazetteerError(path, line=number, problem=problem)
        self.by_code[row.code] = row
        self.places[row.code] = (path, number)
        self.by_key.setdefault(row.name, []).append(row)
        for key in row.aliases:
            self.by_key.setdefault(key, []).append(row)
        for key in row.context:
            if key != row.name:
                self.by_key.setdefault(key, []).append(row)

    def check_parents(self) -> None:
        for row in self.by_code.values():
            seen = {row.code}
            parent = row.parent
            while parent:
                if parent not in self.by_code:
                    raise self._error(row, f"parent {parent} is no code of any table")
                if parent in seen:
                    raise self._error(row, f"parent {row.parent} leads back to {parent}")
                seen.add(parent)
                parent = self.by_code[parent].parent

    def check_aliases(self) -> None:
        """A key may lead to rows of one name, or stand in ``context`` of all the rows that it leads to."""
        for key, rows in self.by_key.items():
            others = [row for row in rows if row.name != rows[-1].name] if len(rows) > 1 else []
            if others and not all(key in row.context for row in rows):
                other = f"{others[0].name} ({others[0].code})"
                problem = f"{key} also names {other}; keep one, or put it in context of both"
                raise self._error(rows[-1], problem)

    def _error(self, row: GazetteerRow, problem: str) -> GazetteerError:
        path, number = self.places[row.code]
        return GazetteerError(path, line=number, problem=problem)


def _parse_row(cells: list[str], *, path: Traversable, number: int) -> GazetteerRow:
    code, name, kind, level, parent, aliases, context = cells
    row = GazetteerRow(
        code=code,
        name=name,
        type=kind,
        level=level,
        parent=parent,
        aliases=tuple(aliases.split("|")) if aliases else (),
        context=tuple(context.split("|")) if context else (),
    )
    if problem := _find_problem(row):
        raise GazetteerError(path, line=number, problem=problem)
    return row


def _find_problem(row: GazetteerRow) -> str:
    """What is wrong with ``row`` taken by itself, or an empty string."""
    if not (row.code and row.name and row.level):
        return "code, name and level must not be empty"
    if row.type not in TYPES:
        return f"type {row.type} is none of {', '.join(sorted(TYPES))}"
    if not (row.aliases or row.context):
        return "" if row.name == row.name.strip() else f"{row.name} has spaces around it"
    names = (row.name, *row.aliases)
    if len(set(names)) < len(names) or len(set(row.context)) < len(row.context):
        return f"an alias of {row.name} stands twice; keep one"
    if not all(alias and alias == alias.strip() for alias in (*names, *row.context)):
        return f"an alias of {row.name} is empty or has spaces around it"
    both = set(row.aliases).intersection(row.context)
    return f"{min(both)} is in aliases and in context; keep one" if both else ""


def _iter_lines(path: Traversable, *, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of the lines under the heading, which must be ``columns``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(path, line=1, problem=f"cannot be read as UTF-8: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = next(reader, [])
    if heading != list(columns):
        problem = f"columns are {','.join(heading)}; they must be {','.join(columns)}"
        raise GazetteerError(path, line=1, problem=problem)
    for cells in reader:
        if len(cells) != len(columns):
            problem = f"{len(cells)} cells where {len(columns)} are wanted"
            raise GazetteerError(path, line=reader.line_num, problem=problem)
        yield reader.line_num, cells


def _read_codes(
    path: Traversable, *, columns: tuple[str, str], known: Mapping[str, GazetteerRow]
) -> dict[str, tuple[str, ...]]:
    """A table of key and ``|``-joined codes: every key once, every code known."""
    table: dict[str, tuple[str, ...]] = {}
    for number, (key, joined) in _iter_lines(path, columns=columns):
        if not key or key in table:
            problem = f"{columns[0]} {key} is empty or stands twice; keep one"
            raise GazetteerError(path, line=number, problem=problem)
        table[key] = tuple(joined.split("|"))
        if unknown := [code for code in table[key] if code not in known]:
            raise GazetteerError(path, line=number, problem=f"{columns[1]} {unknown[0]} is no code of any table")
    return table


def _read_tree(
    path: Traversable, *, columns: tuple[str, str], known: Mapping[str, GazetteerRow]
) -> dict[str, tuple[str, ...]]:
    """A table that leads from one code to others: all known."""
    table = _read_codes(path, columns=columns, known=known)
    for number, (key, _) in _iter_lines(path, columns=columns):
        if key not in known:
            raise GazetteerError(path, line=number, problem=f"{columns[0]} {key} is no code of any table")
    return table


def _read_links(path: Traversable, *, columns: tuple[str, str], known: Mapping[str, GazetteerRow]) -> dict[str, str]:
    """A table that leads from one code to exactly one other."""
    links: dict[str, str] = {}
    for key, codes in _read_tree(path, columns=columns, known=known).items():
        if len(codes) > 1:
            raise GazetteerError(path, line=len(links) + 2, problem=f"{key} leads to several codes; keep one")
        links[key] = codes[0]
    return links


def _iter_covers(path: Traversable, *, keys: Mapping[str, object]) -> Iterator[str]:
    """Words that hold a name; one that is a name itself is wrong."""
    for number, (cover,) in _iter_lines(path, columns=("cover",)):
        if cover in keys:
            raise GazetteerError(path, line=number, problem=f"{cover} is a name itself; take it out")
        yield cover
