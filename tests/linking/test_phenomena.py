"""What the language of the news does, case by case: ``phenomena.toml`` says what a careful reader finds.

Every case is checked by kind (entities, no_entities, links, no_links, dates, statuses). The extractor is learned
and does not master everything: the checks that fail today stand in the table ``open`` and are marked as strictly
failing, so that one that is mended must be taken off. After the scorers are trained anew,

    python tests/linking/test_phenomena.py

prints the share of each group and both tables as they should stand.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bingdi.graph.linking import extract
from bingdi.graph.model import COOPERATION, DIRECTED, Entity, EntityType, Evidence, Extraction, Relation, Status
from bingdi.graph.names import name_key
from bingdi.graph.reading import document_from_text

TABLE = Path(__file__).with_name("phenomena.toml")
KINDS = ("entities", "no_entities", "links", "no_links", "dates", "statuses")
NEGATIVE = frozenset({"no_entities", "no_links"})
ANY_COOPERATION, ANYBODY = "~", "*"
FEWEST_CASES = 6
_PLACE = frozenset({Relation.PART_OF, Relation.LOCATED_IN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text with what must and must not be found in it; ``wanted`` holds the statements of each kind."""

    id: str
    group: str
    text: str
    date: str
    wanted: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """``head relation tail = value`` as a case writes it; ``relation`` may be "~", the ends may be "*"."""

    head: str
    relation: str
    tail: str
    value: str


@cache
def read_table() -> dict[str, Any]:
    """The whole of phenomena.toml."""
    return tomllib.loads(TABLE.read_text("utf-8"))


@cache
def read_cases() -> tuple[Case, ...]:
    """All cases in the order of the file."""
    return tuple(
        Case(
            id=row["id"],
            group=row["group"],
            text=row["text"],
            date=row.get("date", ""),
            wanted={kind: tuple(row[kind]) for kind in KINDS if kind in row},
        )
        for row in read_table()["case"]
    )


def iter_checks() -> Iterator[tuple[Case, str]]:
    """Each case with each kind of check that it asks for."""
    for case in read_cases():
        for kind in case.wanted:
            yield case, kind


def read_open() -> frozenset[str]:
    """The checks that are known to fail, as ``id:kind``."""
    return frozenset(name for names in read_table()["open"].values() for name in names)


def parse_statement(line: str) -> Statement:
    """A statement of a case; the value is empty where there is none."""
    said, _, value = line.partition(" = ")
    head, relation, tail = said.split(" ")
    if relation != ANY_COOPERATION:
        relation = Relation(relation)
    return Statement(head=head, relation=relation, tail=tail, value=value)


@cache
def read_extraction(text: str, date: str) -> Extraction:
    """What the extractor makes of a text published on a day."""
    return extract(document_from_text(text, name="phenomenon", date=date))


def find_named(extraction: Extraction, name: str) -> tuple[Entity, ...]:
    """Entities of that name, else those that bear it as an alias."""
    if name == ANYBODY:
        return extraction.entities
    key = name_key(name)
    called = tuple(entity for entity in extraction.entities if name_key(entity.name) == key)
    return called or tuple(
        entity for entity in extraction.entities if key in {name_key(alias) for alias in entity.aliases}
    )


def find_evidence(extraction: Extraction, said: Statement) -> tuple[Evidence, ...]:
    """All evidence of links that say this; ``part_of`` and ``located_in`` count alike, as in the score."""
    heads, tails = ({entity.id for entity in find_named(extraction, name)} for name in (said.head, said.tail))
    asked = COOPERATION if said.relation == ANY_COOPERATION else _PLACE if said.relation in _PLACE else {said.relation}
    ends = set(product(heads, tails)) | (set() if said.relation in DIRECTED else set(product(tails, heads)))
    return tuple(
        item
        for link in extraction.links
        if link.relation in asked and (link.head, link.tail) in ends
        for item in link.evidence
    )


def iter_missing_entities(extraction: Extraction, lines: Sequence[str]) -> Iterator[str]:
    """Entities that are not found just once, and those that share one entity with another line."""
    taken: set[str] = set()
    for line in lines:
        kind, _, name = line.partition(":")
        found = [entity for entity in find_named(extraction, name) if entity.type == EntityType(kind)]
        if len(found) != 1 or found[0].id in taken:
            yield f"{line}: {[entity.name for entity in found]}"
        taken.update(entity.id for entity in found)


def read_values(items: Sequence[Evidence], kind: str) -> set[str]:
    """Dates (an interval as ``start/end``) or statuses of some evidence."""
    if kind == "dates":
        return {f"{item.date}/{item.date_end}" if item.date_end else item.date for item in items}
    return {str(Status(item.status)) for item in items if item.status}


def find_faults(case: Case, kind: str) -> tuple[str, ...]:
    """The statements of one kind that do not hold; empty where all is well."""
    extraction, lines = read_extraction(case.text, case.date), case.wanted[kind]
    if kind == "entities":
        return tuple(iter_missing_entities(extraction, lines))
    if kind == "no_entities":
        keys = {name_key(name) for entity in extraction.entities for name in (entity.name, *entity.aliases)}
        return tuple(line for line in lines if name_key(line) in keys)
    found = {line: find_evidence(extraction, parse_statement(line)) for line in lines}
    if kind == "links":
        return tuple(line for line in lines if not found[line])
    if kind == "no_links":
        return tuple(line for line in lines if found[line])
    values = {line: read_values(found[line], kind) for line in lines}
    return tuple(f"{line}: {values[line]}" for line in lines if parse_statement(line).value not in values[line])


def render_found(case: Case) -> str:
    """Everything that was found in a case, a line each."""
    extraction = read_extraction(case.text, case.date)
    names = {entity.id: entity.name for entity in extraction.entities}
    lines = [case.text, *(f"{entity.type}:{entity.name}" for entity in extraction.entities)]
    for link in extraction.links:
        first = link.evidence[0]
        lines.append(f"{names[link.head]} {link.relation} {names[link.tail]} {first.rule} {first.confidence:.2f}")
    return "\n".join(lines)


def list_checks() -> list[Any]:
    """The parameters of the test, those known to fail marked so."""
    known = read_open()
    mark = pytest.mark.xfail(strict=True, reason="the scorers do not master it yet")
    return [
        pytest.param(case, kind, id=f"{case.id}:{kind}", marks=[mark] if f"{case.id}:{kind}" in known else [])
        for case, kind in iter_checks()
    ]


def is_negative(case: Case) -> bool:
    """Whether a case says of something that it must not be found, a date among it."""
    undated = any(not parse_statement(line).value for line in case.wanted.get("dates", ()))
    return undated or bool(case.wanted.keys() & NEGATIVE)


@cache
def count_held() -> tuple[Counter[str], Counter[str], dict[str, list[str]]]:
    """By group: how many checks hold, how many there are, and which do not hold."""
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    failing: dict[str, list[str]] = {case.group: [] for case in read_cases()}
    for case, kind in iter_checks():
        asked[case.group] += 1
        if find_faults(case, kind):
            failing[case.group].append(f"{case.id}:{kind}")
        else:
            held[case.group] += 1
    return held, asked, failing


@pytest.mark.parametrize(("case", "kind"), list_checks())
def test_phenomenon(case: Case, kind: str) -> None:
    faults = find_faults(case, kind)
    assert not faults, render_found(case)


@pytest.mark.parametrize("group", list(dict.fromkeys(case.group for case in read_cases())))
def test_group_does_not_fall_back(group: str) -> None:
    held, _, failing = count_held()
    assert held[group] >= read_table()["least"][group], failing[group]


def test_the_table_is_sound() -> None:
    cases = read_cases()
    assert len({case.id for case in cases}) == len(cases)
    assert read_open() <= {f"{case.id}:{kind}" for case, kind in iter_checks()}
    assert {key for row in read_table()["case"] for key in row} <= {*KINDS, "id", "group", "text", "date"}
    groups = Counter(case.group for case in cases)
    negative = Counter(case.group for case in cases if is_negative(case))
    assert groups.keys() == read_table()["least"].keys()
    for group, count in groups.items():
        assert count >= FEWEST_CASES, group
        assert 3 * negative[group] >= count, group
    for case, kind in product(cases, ("links", "no_links", "dates", "statuses")):
        assert all(parse_statement(line).tail for line in case.wanted.get(kind, ()))


def render_list(key: str, values: Sequence[str]) -> str:
    """A list of TOML, a value a line."""
    return "\n".join([f"{key} = [", *(f'    "{value}",' for value in values), "]"])


def render_report() -> str:
    """The share of each group and the tables ``open`` and ``least`` of phenomena.toml as of now."""
    held, asked, failing = count_held()
    shares = [f"# {group}: {held[group]} of {asked[group]} ({held[group] / asked[group]:.0%})" for group in asked]
    total = f"# all: {held.total()} of {asked.total()} ({held.total() / asked.total():.0%})"
    opened = [render_list(group, names) for group, names in failing.items() if names]
    least = [f"{group} = {held[group]}" for group in asked]
    return "\n".join([*shares, total, "", "[open]", *opened, "", "[least]", *least, ""])


if __name__ == "__main__":
    sys.stdout.write(render_report())
