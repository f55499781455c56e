"""Options that several commands share, and how their values become a Selection and an Output."""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from ..graph.errors import UsageError
from ..graph.lexicon import read_words
from ..graph.model import Selection
from .messages import RELATIONS, STATUSES, TYPES, Pair, get_words
from .render import Format, Output
from .terminal import get_line_width, wants_colour

FILTERS = "Filters"
OUTPUT = "Output"
LEVELS = ("entity", "unit")
Choice = TypeVar("Choice", bound=StrEnum)
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?")


DEFAULT_STORE = Path("bingdi.db")


def make_option(*names: str, text: str, panel: str | None = None, metavar: str | None = None, **more: Any) -> Any:
    """An option with its help text, for ``Annotated``; the text says what the default does."""
    return typer.Option(*names, help=text, rich_help_panel=panel, metavar=metavar, show_default=False, **more)


StoreOption = Annotated[
    Path,
    make_option(
        "--store", text="The store's file; bingdi.db unless BINGDI_STORE names another.", metavar="FILE",
        envvar="BINGDI_STORE",
    ),
]  # fmt: skip
FormatOption = Annotated[
    str,
    make_option("--format", text="table, json, jsonl or csv; table unless given.", panel=OUTPUT, metavar="FORMAT"),
]
LangOption = Annotated[
    str, make_option("--lang", text="zh or en; by locale unless given.", panel=OUTPUT, metavar="LANG")
]
RecallOption = Annotated[bool, make_option("--recall", text="Find more, and be wrong more often.")]
SpacyOption = Annotated[
    str,
    make_option("--spacy-model", text="A trained spaCy pipeline whose names join as candidates.", metavar="NAME"),
]
DebugOption = Annotated[bool, make_option("--debug", text="Show the traceback of an error.")]
RelationOption = Annotated[
    list[str] | None,
    make_option(
        "--relation",
        text="Only these relations: aids, co_builds, 共建, …; may be given again.",
        panel=FILTERS,
        metavar="RELATION",
    ),
]
TypeOption = Annotated[
    list[str] | None,
    make_option(
        "--type",
        text="Only entities of these types: division, locality, 机构, …; may be given again.",
        panel=FILTERS,
        metavar="TYPE",
    ),
]
FieldOption = Annotated[
    list[str] | None,
    make_option(
        "--field",
        text="Only these fields of cooperation: 教育, 医疗, …; may be given again.",
        panel=FILTERS,
        metavar="FIELD",
    ),
]
StatusOption = Annotated[
    list[str] | None,
    make_option("--status", text="Only done, ongoing or planned; may be given again.", panel=FILTERS, metavar="STATUS"),
]
PublisherOption = Annotated[
    list[str] | None,
    make_option(
        "--publisher",
        text="Only documents of these publishers; may be given again.",
        panel=FILTERS,
        metavar="NAME",
    ),
]
SinceOption = Annotated[
    str,
    make_option("--since", text="Not before this date: 2023, 2023-08 or 2023-08-11.", panel=FILTERS, metavar="DATE"),
]
UntilOption = Annotated[str, make_option("--until", text="Not after this date.", panel=FILTERS, metavar="DATE")]
DatedOption = Annotated[bool, make_option("--dated", text="With a period: leave out what has no date.", panel=FILTERS)]
EvidenceOption = Annotated[
    int,
    make_option(
        "--least-evidence",
        text="Only links with at least so many sentences.",
        panel=FILTERS,
        metavar="N",
        min=1,
    ),
]
ConfidenceOption = Annotated[
    float,
    make_option("--min-confidence", text="Only evidence at least this probable, 0 to 1.", panel=FILTERS, metavar="P"),
]
LevelOption = Annotated[
    str,
    make_option(
        "--level",
        text="entity: as named; unit: rolled up to divisions and localities.",
        panel=FILTERS,
        metavar="LEVEL",
    ),
]
LimitOption = Annotated[
    int, make_option("--limit", text="Rows of the table; 0 for all.", panel=OUTPUT, metavar="N", min=0)
]


def read_selection(
    *,
    relation: RelationOption = None,
    kind: TypeOption = None,
    field: FieldOption = None,
    status: StatusOption = None,
    publisher: PublisherOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    dated: DatedOption = False,
    least_evidence: EvidenceOption = 1,
    min_confidence: ConfidenceOption = 0.0,
    level: LevelOption = "entity",
) -> Selection:
    """The filters as a Selection; raises UsageError with the allowed values."""
    start, end = _read_period(since, until)
    if dated and not start and not end:
        raise UsageError(get_words().line("dated_alone"))
    return Selection(
        relations=parse_choices(relation, RELATIONS, option="--relation"),
        types=parse_choices(kind, TYPES, option="--type"),
        statuses=parse_choices(status, STATUSES, option="--status"),
        fields=_parse_fields(field),
        publishers=frozenset(publisher or ()),
        start=start,
        end=end,
        undated=not dated,
        least_evidence=least_evidence,
        min_confidence=_check_share(min_confidence),
        level=parse_choice(level, LEVELS, option="--level"),
    )


def _parse_fields(values: Iterable[str] | None) -> frozenset[str]:
    """Fields of cooperation by name; raises UsageError that lists those there are."""
    known = tuple(read_words("relations", "fields")) if values else ()
    return frozenset(parse_choice(value, known, option="--field") for value in split_values(values))


def _check_share(value: float) -> float:
    if 0 <= value <= 1:
        return value
    raise UsageError(get_words().line("bad_confidence", value=value))


def _read_period(since: str, until: str) -> tuple[str, str]:
    start, end = parse_date(since, option="--since"), parse_date(until, option="--until")
    # "~" sorts behind digits: 2023~ is behind every date of 2023.
    if start and end and start > end + "~":
        raise UsageError(get_words().line("bad_period", since=since, until=until))
    return start, end


def read_output(
    *,
    form: FormatOption = "table",
    lang: LangOption = "",
    debug: DebugOption = False,
) -> Output:
    """How results are written; raises UsageError for an unknown format or language.

    ``debug`` is only declared here: the frame reads it before the parser does.
    """
    if lang:
        parse_choice(lang, ("zh", "en"), option="--lang")
    chosen = Format(parse_choice(form, tuple(Format), option="--format"))
    return Output(format=chosen, words=get_words(), colour=wants_colour(sys.stdout), width=get_line_width())


def split_values(values: Iterable[str] | None) -> tuple[str, ...]:
    """The values of an option that may be given again, each of which may be a list with commas."""
    parts = (part.strip() for value in values or () for part in re.split("[,，、]", value))
    return tuple(dict.fromkeys(part for part in parts if part))


def parse_choice(value: str, choices: Iterable[str], *, option: str) -> str:
    """``value`` as one of ``choices``, whatever its case; raises UsageError that lists them."""
    if (found := value.strip().casefold()) in (known := tuple(choices)):
        return found
    raise UsageError(get_words().line("bad_choice", option=option, value=value, choices=", ".join(known)))


def parse_choices(values: Iterable[str] | None, names: Mapping[Choice, Pair], *, option: str) -> frozenset[Choice]:
    """Values by id (co_builds), or by either of their names (co-builds, 共建); raises UsageError."""
    known = {_fold(name): key for key, pair in names.items() for name in (key, *pair)}
    found = set()
    for value in split_values(values):
        if _fold(value) not in known:
            choices = ", ".join(f"{key} ({pair[1]})" for key, pair in names.items())
            raise UsageError(get_words().line("bad_choice", option=option, value=value, choices=choices))
        found.add(known[_fold(value)])
    return frozenset(found)


def _fold(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def parse_date(value: str, *, option: str) -> str:
    """A date as 2023, 2023-08 or 2023-08-11 (2023年8月11日 too), empty from empty; raises UsageError."""
    if not value:
        return ""
    match = _DATE.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError(value)
        year, month, day = (int(part) if part else 0 for part in match.groups())
        date(year, month or 1, day or 1)
    except ValueError:
        raise UsageError(get_words().line("bad_date", option=option, value=value)) from None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def takes(**sources: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Fill parameters of a command from functions whose own parameters become options of the command.

    ``@takes(output=read_output)`` on ``def show(name, *, output)`` gives the command the options of
    ``read_output`` and calls ``show`` with its result.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        kept = [parameter for name, parameter in own.items() if name not in sources]
        taken = {
            target: list(inspect.signature(source, eval_str=True).parameters.values())
            for target, source in sources.items()
        }

        @functools.wraps(command)
        def run(**values: Any) -> None:
            for target, source in sources.items():
                values[target] = source(**{each.name: values.pop(each.name) for each in taken[target]})
            command(**values)

        parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in kept]
        parameters += [each for listed in taken.values() for each in listed]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate
