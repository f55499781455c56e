"""Link candidates: two units and the sentence that may tie them.

A candidate's *first* is the name that stands earlier in the text. Either both stand in the sentence, or
one does and the other was named before it, or the sentence speaks of the two last named (双方).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ..model import COOPERATION
from .scene import ACTORS, Placed, Scene

WINDOW = 4
_STRONG = ("aids", "signs_agreement_with", "co_builds", "co_hosts", "exchanges_with", "cooperates_with", "adjoins")
_LONGEST_BETWEEN = 8
_WITH = ("与", "同", "跟")
_TOGETHER = re.compile("联合|共同|合办|联办|携手|联手|一起|一道")
_GROUP = re.compile(
    r"(双方|彼此|互相|相互)|(?<![第0-9年月零〇一二两三四五六七八九十百])(?:([两二三四五六七八九十]|1?[0-9])(?:个|座|大)?"
    r"(家|地|市|省|方|县|师|州|区|校|院|城|国|村|镇|乡|团|厅|局|所|馆|社|行|单位|部门|口岸|企业|公司|机构|城市|地区|成员))"
)
"""A sentence's word for bodies named before it: 双方, 两地, 七家检察院, 16城市."""
_COUNTS = {"两": 2, **{numeral: number for number, numeral in enumerate("二三四五六七八九十", 2)}}
_LARGEST_GROUP = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCandidate:
    """Two placed names and a sentence; ``kind`` is pair, back, both or nest."""

    first: Placed
    second: Placed
    sentence: int
    kind: str


def nested_in(inner: Placed, outer: Placed) -> bool:
    """Whether a name is part of another: 昌吉市 of 昌吉市人民医院."""
    return inner.name.outer == outer.name.span or (
        outer.name.start <= inner.name.start and inner.name.end <= outer.name.end
    )


def iter_candidates(scene: Scene) -> Iterator[LinkCandidate]:
    """Every case worth a look, sentence by sentence."""
    seen: set[frozenset[int]] = set()
    for number in range(len(scene.sentences)):
        inside = scene.in_sentence.get(number, [])
        apart = list_apart(scene, number)
        for candidate in (*_iter_pairs(inside, number), *_iter_back(scene, inside, number)):
            pair = frozenset((candidate.first.unit, candidate.second.unit))
            seen.add(pair)
            if pair not in apart:
                yield candidate
    yield from _iter_kin(scene, seen)


def list_apart(scene: Scene, number: int) -> set[frozenset[int]]:
    """Pairs of units that a sentence keeps apart.

    甲、乙分别与丙、丁签订 ties 甲 to 丙 and 乙 to 丁 and nobody else; 与丙、丁签订 does not tie these two; and
    in 甲与乙签订协议，丙与丁共建学校 every clause has its own partners.
    """
    apart: set[frozenset[int]] = set()
    runs = scene.runs.get(number, ())
    for run in runs:
        if not acts_together(scene, run):
            apart |= {frozenset((a.unit, b.unit)) for a, b in combinations(split_run(scene, run)[1], 2)}
    for left, right in pairwise(runs):
        between = scene.text[left[-1].name.end : right[0].name.start]
        if len(left) == len(right) > 1 and "分别" in between and len(between) <= _LONGEST_BETWEEN:
            units = [placed.unit for placed in (*left, *right)]
            kept = {frozenset((a.unit, b.unit)) for a, b in zip(left, right, strict=True)}
            apart |= {frozenset(pair) for pair in combinations(units, 2)} - kept
    return apart | _list_across(scene, runs)


def _list_across(scene: Scene, runs: Sequence[Sequence[Placed]]) -> set[frozenset[int]]:
    """Pairs of units of which each has its partners in a clause of its own."""
    closed = [run for run in runs if all(split_run(scene, run)) and _is_tied(scene, run)]
    within = {frozenset((a.unit, b.unit)) for run in closed for a, b in combinations(run, 2)}
    across = {
        frozenset((a.unit, b.unit))
        for left, right in combinations(closed, 2)
        if scene.clause_at(left[0].name.start) != scene.clause_at(right[0].name.start)
        for a in left
        for b in right
    }
    return across - within


def _is_tied(scene: Scene, run: Sequence[Placed]) -> bool:
    end = run[-1].name.end
    return any(set(cue.kinds) & COOPERATION for cue in scene.cues.between(end, scene.clause_end(end)))


def acts_together(scene: Scene, run: Sequence[Placed]) -> bool:
    """Whether all of a list act with each other: 甲、乙与丙联合."""
    end = run[-1].name.end
    stop = min(end + _LONGEST_BETWEEN, scene.sentences[run[-1].sentence].end)
    return bool(_TOGETHER.search(scene.text, end, stop))


def split_run(scene: Scene, run: Sequence[Placed]) -> tuple[Sequence[Placed], Sequence[Placed]]:
    """The names of a list before and behind its only 与, 同 or 跟, be it inside the list or before it."""
    starts = [placed.name.start for placed in run]
    marked = [place for place, start in enumerate(starts) if scene.text[start - 1 : start] in _WITH]
    return (run[: marked[0]], run[marked[0] :]) if len(marked) == 1 else ((), ())


def _iter_kin(scene: Scene, seen: set[frozenset[int]]) -> Iterator[LinkCandidate]:
    """Units far apart in the text of which the gazetteer knows that one is the other's parent."""
    by_code = {unit.row.code: unit.number for unit in scene.units if unit.row is not None}
    for unit in scene.units:
        parent = by_code.get(unit.row.parent) if unit.row is not None else None
        if parent is None or frozenset((unit.number, parent)) in seen:
            continue
        ends = [_first_free(scene, number) for number in (unit.number, parent)]
        if ends[0] is not None and ends[1] is not None:
            first, second = sorted((ends[0], ends[1]), key=lambda placed: placed.name.start)
            yield LinkCandidate(first=first, second=second, sentence=second.sentence, kind="back")


def _first_free(scene: Scene, unit: int) -> Placed | None:
    return next((placed for placed in scene.of_unit[unit] if placed.name.outer is None), None)


def _iter_pairs(inside: Sequence[Placed], number: int) -> Iterator[LinkCandidate]:
    best: dict[tuple[int, int], LinkCandidate] = {}
    for first, second in combinations(inside, 2):
        if first.unit == second.unit:
            continue
        nest = nested_in(second, first) or nested_in(first, second)
        if not nest and first.name.outer and second.name.outer and first.name.outer == second.name.outer:
            continue
        candidate = LinkCandidate(first=first, second=second, sentence=number, kind="nest" if nest else "pair")
        key = (min(first.unit, second.unit), max(first.unit, second.unit))
        if key not in best or _gap(candidate) < _gap(best[key]):
            best[key] = candidate
    yield from best.values()


def _gap(candidate: LinkCandidate) -> int:
    nested = sum(placed.name.outer is not None for placed in (candidate.first, candidate.second))
    return candidate.second.name.start - candidate.first.name.end + (0 if candidate.kind == "nest" else 200 * nested)


def _iter_back(scene: Scene, inside: Sequence[Placed], number: int) -> Iterator[LinkCandidate]:
    here = {placed.unit for placed in inside}
    start, end = scene.sentences[number].start, scene.sentences[number].end
    floor = max(number - WINDOW, 0)
    recent = {
        placed.unit: placed
        for back in (0, *range(floor, number))
        for placed in scene.outer.get(back, ())
        if placed.unit not in here and back < number
    }
    outer = scene.outer.get(number, [])
    for earlier in recent.values():
        for unit in {placed.unit for placed in outer}:
            later = next(placed for placed in outer if placed.unit == unit)
            yield LinkCandidate(first=earlier, second=later, sentence=number, kind="back")
    cues = scene.cues.between(start, end)
    if not any(set(cue.kinds) & {*_STRONG[:6], "both"} for cue in cues):
        return
    last = sorted(recent.values(), key=lambda placed: placed.name.start)[-6:] if len(outer) < 2 else []
    meant = list_meant(scene, number)
    grouped = sorted((placed for placed in recent.values() if placed.unit in meant), key=lambda p: p.name.start)
    for first, second in dict.fromkeys((*combinations(last, 2), *combinations(grouped, 2))):
        yield LinkCandidate(first=first, second=second, sentence=number, kind="both")


def list_meant(scene: Scene, number: int) -> frozenset[int]:
    """The units that a sentence means by 双方 or 七家检察院: the last list, or the last sentence, of so many bodies."""
    return scene.recall(iter_meant, number)[0][0]


def iter_meant(scene: Scene, number: int, _: int) -> Iterator[tuple[frozenset[int], str]]:
    """The units meant, and whether they are a list (run), the bodies of one sentence (all), or nobody."""
    sentence = scene.sentences[number]
    for match in _GROUP.finditer(scene.text, sentence.start, sentence.end):
        count = 2 if match[1] else _COUNTS.get(match[2]) or int(match[2])
        if not 2 <= count <= _LARGEST_GROUP:
            continue
        for back in range(number, max(number - WINDOW, 0) - 1, -1):
            runs = [run for run in scene.runs.get(back, ()) if run[-1].name.end <= match.start()]
            for run in reversed(runs):
                units = frozenset(placed.unit for placed in run)
                if len(units) == count:
                    yield units, "run"
                    return
            actors = frozenset(placed.unit for run in runs for placed in run if placed.name.type in ACTORS)
            if len(actors) == count:
                yield actors, "all"
                return
    yield frozenset(), ""
