"""A selection as SQL: conditions on links, on evidence and on the types of ends, with their parameters."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import UsageError
from ..model import Selection

LEVELS = ("entity", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """SQL that begins with AND, empty where anything goes: on links ``c``, evidence ``e``, nodes ``v``."""

    links: str
    evidence: str
    nodes: str
    parameters: dict[str, object]


def build_conditions(selection: Selection) -> Conditions:
    """Conditions of a selection; raises UsageError where the selection itself is wrong."""
    _check(selection)
    parameters: dict[str, object] = {}
    return Conditions(
        links=_among("c.relation", sorted(map(str, selection.relations)), parameters=parameters),
        evidence="".join(_list_evidence_conditions(selection, parameters)),
        nodes=_among("v.type", sorted(map(str, selection.types)), parameters=parameters),
        parameters=parameters,
    )


def is_narrowed(selection: Selection) -> bool:
    """Whether a selection asks for some links only, so that entities without any of them stay out."""
    return bool(
        selection.relations
        or selection.fields
        or selection.statuses
        or selection.publishers
        or selection.start
        or selection.end
        or selection.around
        or selection.least_evidence > 1
        or selection.min_confidence > 0
    )


def _list_evidence_conditions(selection: Selection, parameters: dict[str, object]) -> list[str]:
    conditions = [_among("e.status", sorted(map(str, selection.statuses)), parameters=parameters)]
    if selection.publishers:
        publishers = _among("publisher", sorted(selection.publishers), parameters=parameters)
        conditions.append(f" AND e.document IN (SELECT id FROM documents WHERE 1{publishers})")
    if selection.fields:
        wanted = [_bind(f"\x1f{field}\x1f", parameters) for field in sorted(selection.fields)]
        tests = (f"instr(char(31) || e.fields || char(31), {name})" for name in wanted)
        conditions.append(f" AND ({' OR '.join(tests)})")
    if selection.min_confidence > 0:
        conditions.append(f" AND e.confidence >= {_bind(selection.min_confidence, parameters)}")
    conditions.append(_period(selection, parameters))
    return conditions


def _period(selection: Selection, parameters: dict[str, object]) -> str:
    """Partial dates stand for their whole span: 2023 lies in a period that begins in 2023-08.

    ``~`` sorts behind digits and hyphens, so ``2023~`` is behind every date of 2023.
    """
    tests = []
    if selection.start:
        start = _bind(selection.start, parameters)
        tests.append(f"coalesce(nullif(e.date_end, ''), e.date) || '~' >= {start}")
    if selection.end:
        tests.append(f"coalesce(nullif(e.date, ''), e.date_end) <= {_bind(selection.end + '~', parameters)}")
    if not tests:
        return ""
    dated = f"(e.date <> '' OR e.date_end <> '') AND {' AND '.join(tests)}"
    undated = "(e.date = '' AND e.date_end = '')"
    return f" AND ({undated} OR {dated})" if selection.undated else f" AND {dated}"


def _among(column: str, values: list[str], *, parameters: dict[str, object]) -> str:
    if not values:
        return ""
    return f" AND {column} IN ({', '.join(_bind(value, parameters) for value in values)})"


def _bind(value: object, parameters: dict[str, object]) -> str:
    name = f"p{len(parameters)}"
    parameters[name] = value
    return f":{name}"


def _check(selection: Selection) -> None:
    if selection.level not in LEVELS:
        raise UsageError(f"level {selection.level!r} is none of {', '.join(LEVELS)}")
    if selection.depth < 0:
        raise UsageError(f"depth {selection.depth} is below 0; give the number of steps")
    if selection.start and selection.end and selection.start > selection.end + "~":
        raise UsageError(f"period {selection.start} to {selection.end} ends before it starts")
