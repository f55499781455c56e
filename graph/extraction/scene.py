"""Scene: one document laid out for the link scorer: sentences, names in them, units, cues, words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from ..gazetteer import load_gazetteer
from ..model import COOPERATION, EntityType, Sentence
from ..reading import split_clauses
from .cues import CueIndex
from .gazetteer_names import list_hits
from .names import Name
from .units import Unit

ACTORS = frozenset(
    {EntityType.CORPS, EntityType.DIVISION, EntityType.REGIMENT, EntityType.LOCALITY, EntityType.INSTITUTION}
)
_OWN_LEVELS = {EntityType.CORPS: "兵团", EntityType.DIVISION: "师", EntityType.REGIMENT: "团"}
_OBLIQUE = frozenset("与同和跟及向对给为把被将让从在到至往赴经据受随以")
JOINERS = frozenset("、和与及以暨，")
AROUND = 8
"""So many sentences before and behind one stand around it."""
_WITNESS = re.compile(r"在[^，。；\n]{2,60}?(?:见证|主持|指导|支持|推动|关心|关怀|组织|领导|安排|部署|协调)之?下")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A name in its place: its unit, its sentence and clause, and its number among the names of the text."""

    name: Name
    unit: int
    sentence: int
    clause: int = field(default=0, compare=False)
    number: int = field(default=0, compare=False)


def find_side(unit: Unit) -> str:
    """corps, xinjiang, inland or none: by the unit's row, else by the first place its name holds."""
    gazetteer = load_gazetteer()
    code = unit.row.code if unit.row else ""
    if not code:
        hits = [hit for surface in unit.surfaces[:1] for hit in list_hits(surface)]
        rows = [hit.rows[0] for hit in hits if hit.rows and not hit.context]
        if not rows and hits and not hits[0].rows:
            return "corps"
        code = rows[0].code if rows else ""
    if not code:
        return "none"
    if code.startswith("XPCC") or code[:4] == "6590":
        return "corps"
    return "xinjiang" if code.startswith("65") and code in gazetteer.by_code else "inland"


def find_level(unit: Unit) -> str:
    """The word that a unit's formal name ends with, as other names refer to it: 伊犁哈萨克自治州 gives 州."""
    if unit.row is None:
        return ""
    if unit.type in _OWN_LEVELS:
        return _OWN_LEVELS[unit.type]
    name = unit.row.name.replace("自治州", "州").replace("自治县", "县").replace("自治旗", "旗")
    return next((word for word in ("自治区", "地区") if name.endswith(word)), name[-1])


@dataclass
class Scene:
    """What the scorers look at; ``text`` is simplified, offsets are those of the document."""

    text: str
    sentences: Sequence[Sentence]
    names: Sequence[Name]
    units: Sequence[Unit]
    words: Sequence[tuple[int, int, str]]
    _sides: dict[int, str] = field(default_factory=dict)
    _levels: dict[int, str] = field(default_factory=dict)
    _beside: dict[int, set[int]] = field(default_factory=dict)
    _ranks: dict[int, dict[int, int]] = field(default_factory=dict)
    _made: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ends = [sentence.end for sentence in self.sentences]
        self._clause_ends = [clause.end for clause in split_clauses(self.text)]
        of_name = {index: unit.number for unit in self.units for index in unit.names}
        self.placed = [
            Placed(
                name=name,
                unit=of_name[index],
                sentence=self.sentence_at(name.start),
                clause=self.clause_at(name.start),
                number=index,
            )
            for index, name in enumerate(self.names)
        ]
        self.in_sentence: dict[int, list[Placed]] = {}
        for placed in self.placed:
            self.in_sentence.setdefault(placed.sentence, []).append(placed)
        self.of_unit: dict[int, list[Placed]] = {}
        for placed in self.placed:
            self.of_unit.setdefault(placed.unit, []).append(placed)
        covered = [name.span for name in self.names if name.rule != "nested"]
        self.cues = CueIndex(self.text, covered=covered)
        self._word_starts = [word[0] for word in self.words]
        self._words = [word for _, _, word in self.words]

    def recall(self, make: Callable[[Scene, int, int], Iterable[_T]], first: int, second: int = -1) -> tuple[_T, ...]:
        """What ``make`` finds of one or two things given by number, made once."""
        key = (make, first, second)
        if (found := self._made.get(key)) is None:
            found = self._made[key] = tuple(make(self, first, second))
        return found

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds a character."""
        return bisect_right(self._ends, place)

    def clause_at(self, place: int) -> int:
        """Index of the clause that holds a character."""
        return bisect_right(self._clause_ends, place)

    def clause_end(self, place: int) -> int:
        """End of the clause that holds a character."""
        return self._clause_ends[min(self.clause_at(place), len(self._clause_ends) - 1)]

    def words_between(self, start: int, end: int) -> list[str]:
        """Words that begin in ``[start, end)``."""
        return self._words[bisect_left(self._word_starts, start) : bisect_left(self._word_starts, end)]

    def side(self, unit: int) -> str:
        """Side of a unit (see ``find_side``)."""
        if unit not in self._sides:
            self._sides[unit] = find_side(self.units[unit])
        return self._sides[unit]

    def level(self, unit: int) -> str:
        """Level of a unit that the gazetteer knows, as a word: 省, 州, 县, 师, 团, …; empty for others."""
        if unit not in self._levels:
            self._levels[unit] = find_level(self.units[unit])
        return self._levels[unit]

    def find_trigger(self, sentence: int, relation: str, near: int) -> tuple[int, int] | None:
        """The cue of a relation that stands nearest to a character in a sentence, or None."""
        found = self.cues.between(self.sentences[sentence].start, self.sentences[sentence].end)
        cues = [cue for cue in found if relation in cue.kinds]
        nearest = min(cues, key=lambda cue: (abs(cue.start - near), cue.start), default=None)
        return (nearest.start, nearest.end) if nearest else None

    def find_run(self, sentence: int, *placed: Placed) -> Sequence[Placed]:
        """The list of a sentence in which all of these stand, or nothing."""
        return next((run for run in self.runs.get(sentence, ()) if all(each in run for each in placed)), ())

    def list_of(self, placed: Placed) -> Sequence[Placed]:
        """The list that a name stands in, which may be it alone."""
        return self.find_run(placed.sentence, placed) or (placed,)

    def is_stopped(self, sentence: int) -> bool:
        """Whether a sentence ends as sentences do, and not as a heading or a line of tags."""
        return self.text[self.sentences[sentence].end - 1] in "。！？；"

    @cached_property
    def title_end(self) -> int:
        """End of the title line."""
        return max(self.text.find("\n"), 0)

    @cached_property
    def runs(self) -> dict[int, list[list[Placed]]]:
        """For each sentence its names in runs: what 、, 和, 与 and their like join to a list, others alone."""
        found: dict[int, list[list[Placed]]] = {}
        for number, placed in self.outer.items():
            for item in placed:
                runs = found.setdefault(number, [])
                joined = runs and set(self.text[runs[-1][-1].name.end : item.name.start]) <= JOINERS
                if joined and self.text[runs[-1][-1].name.end : item.name.start]:
                    runs[-1].append(item)
                else:
                    runs.append([item])
        return found

    def count_beside(self, placed: Placed) -> int:
        """How many other bodies (at most 2) stand in a name's clause, where a cue of cooperation ties them; else 0."""
        clause = placed.clause
        if clause not in self._beside:
            start, end = self._clause_ends[clause - 1] if clause else 0, self._clause_ends[clause]
            tied = any(set(cue.kinds) & COOPERATION for cue in self.cues.between(start, end))
            inside = self.outer.get(placed.sentence, ())
            actors = {other.unit for other in inside if other.name.type in ACTORS and start <= other.name.start < end}
            self._beside[clause] = actors if tied else set()
        return min(len(self._beside[clause] - {placed.unit}), 2)

    @cached_property
    def outer(self) -> dict[int, list[Placed]]:
        """For each sentence its names that stand in no other name."""
        return {
            number: [item for item in placed if item.name.outer is None] for number, placed in self.in_sentence.items()
        }

    def units_between(self, kind: EntityType, start: int, end: int) -> set[int]:
        """Units of a type that are named behind ``start`` and before ``end``."""
        starts, units = self._of_type.get(kind, ((), ()))
        return set(units[bisect_right(starts, start) : bisect_left(starts, end)])

    @cached_property
    def _of_type(self) -> dict[EntityType, tuple[list[int], list[int]]]:
        found: dict[EntityType, tuple[list[int], list[int]]] = {}
        for placed in self.placed:
            starts, units = found.setdefault(placed.name.type, ([], []))
            starts.append(placed.name.start)
            units.append(placed.unit)
        return found

    def first_of(self, unit: int) -> Placed:
        """The first place of a unit that lies in no other name, or else its first."""
        return min(self.of_unit[unit], key=lambda item: (item.name.outer is not None, item.name.start))

    def leads(self, placed: Placed) -> bool:
        """Whether a name only leads up to the next, as the county does in 甲县乙镇."""
        return placed.name.outer is None and placed.name.end in self._starts

    def witnesses(self, placed: Placed) -> bool:
        """Whether a name stands in a phrase of witness or care: 在…见证下, 在…的关心支持下."""
        return any(start <= placed.name.start and placed.name.end <= end for start, end in self._phrases)

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(placed.name.start for placed in self.placed if placed.name.outer is None)

    @cached_property
    def _phrases(self) -> list[tuple[int, int]]:
        return [match.span() for match in _WITNESS.finditer(self.text)]

    @cached_property
    def siblings(self) -> dict[int, set[int]]:
        """For each unit those that stand beside it in a list (甲、乙和丙), of the same type."""
        found: dict[int, set[int]] = {}
        for outer in self.outer.values():
            run: list[Placed] = []
            for item in outer:
                joined = run and set(self.text[run[-1].name.end : item.name.start]) <= JOINERS
                if not joined or run[-1].name.type != item.name.type:
                    run = []
                for other in run:
                    if other.unit != item.unit:
                        found.setdefault(item.unit, set()).add(other.unit)
                        found.setdefault(other.unit, set()).add(item.unit)
                run.append(item)
        return found

    @cached_property
    def topics(self) -> list[int]:
        """The unit that each sentence is about: its subject, or that of the sentence before it (-1: nobody)."""
        found: list[int] = []
        current = -1
        for number, sentence in enumerate(self.sentences):
            actors = [item for item in self.outer.get(number, ()) if item.name.type in ACTORS]
            if actors:
                lead = self.words_between(sentence.start, actors[0].name.start)
                if not any(word in _OBLIQUE for word in lead):
                    current = actors[0].unit
            found.append(current)
        return found

    @cached_property
    def titled(self) -> frozenset[int]:
        """Units that the title names."""
        return frozenset(placed.unit for placed in self.placed if placed.name.start < self.title_end)

    def breaks_between(self, start: int, end: int) -> tuple[int, int]:
        """How many lines end in a run of the text, at most 6, and how many paragraphs that an empty line closes, 3."""
        run = self.text[start:end]
        return min(run.count("\n"), 6), min(run.count("\n\n"), 3)

    def rank(self, placed: Placed) -> int:
        """Rank of a name's unit by how often it is named near it (0 the most); texts are of all lengths."""
        number = placed.sentence
        if number not in self._ranks:
            near = range(number - AROUND, number + AROUND + 1)
            counts = Counter(item.unit for place in near for item in self.in_sentence.get(place, ()))
            listed = sorted(counts, key=lambda unit: (-counts[unit], unit))
            self._ranks[number] = {unit: rank for rank, unit in enumerate(listed)}
        return self._ranks[number][placed.unit]
