"""Link candidates: two units and the sentence that may tie them, with the features that describe the case.

A candidate's *first* is the name that stands earlier in the text. Either both stand in the sentence, or
one does and the other was named before it, or the sentence speaks of the two last named (双方).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ..gazetteer import load_gazetteer
from ..lexicon import read_words
from ..model import COOPERATION
from .cues import Cue
from .scene import Placed, Scene

WINDOW = 4
_TYPE = {
    "corps": "C", "division": "D", "regiment": "R", "locality": "L",
    "institution": "I", "site": "S", "agreement": "A", "initiative": "V",
}  # fmt: skip
_STRONG = ("aids", "signs_agreement_with", "co_builds", "co_hosts", "exchanges_with", "cooperates_with", "adjoins")
_OTHER = ("connects", "party_to", "part_of", "located_in", "both", "negation", "wish", "planned", "ongoing", "anaphora")
_ROLES = frozenset(read_words("relations", "words")["roles"])
_BY_TYPE = frozenset({"ch", "cb", "ca", "ne", "gp", "an", "cs", "lv", "px", "oc"})
"""Features that mean something else for other types of ends: they are given with the types as well."""
_LONGEST_BETWEEN = 8
_WITH = ("与", "同", "跟")
_TOGETHER = re.compile("联合|共同|合办|联办|携手|联手|一起|一道")
_LEVELS = ("自治区", "兵团", "自治州", "地区", "省", "州", "市", "县", "旗", "区", "师", "团", "镇", "乡", "村")
_LEVEL_FIRST = re.compile(rf"(?:该|本)?(师市|{'|'.join(_LEVELS)})(?=..)(?![场域级民范结队建企])")
"""An area's level in place of its name, before a body of its own: 县委宣传部, 州科技局, 师市疾控中心."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCandidate:
    """Two placed names and a sentence; ``kind`` is pair, back, both or nest."""

    first: Placed
    second: Placed
    sentence: int
    kind: str


def _bucket(value: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 13, 21, 34, 60):
        if value <= limit:
            return str(limit)
    return "far"


def _nested_in(inner: Placed, outer: Placed) -> bool:
    return inner.name.outer == (outer.name.start, outer.name.end) or (
        outer.name.start <= inner.name.start and inner.name.end <= outer.name.end
    )


def _nearest(scene: Scene, unit: int, before: int, floor: int) -> Placed | None:
    """The last place of a unit before a character, in sentences from ``floor`` on."""
    found = None
    for placed in scene.of_unit[unit]:
        if placed.name.start >= before:
            break
        if placed.sentence >= floor and placed.name.outer is None:
            found = placed
    return found


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
    sentence = scene.sentences[number]
    apart: set[frozenset[int]] = set()
    runs = scene.runs.get(number, ())
    for run in runs:
        partners = _list_partners(scene, run)
        if not _TOGETHER.search(scene.text, run[-1].name.end, min(run[-1].name.end + _LONGEST_BETWEEN, sentence.end)):
            apart |= {frozenset((a.unit, b.unit)) for a, b in combinations(partners, 2)}
    for left, right in pairwise(runs):
        between = scene.text[left[-1].name.end : right[0].name.start]
        if len(left) == len(right) > 1 and "分别" in between and len(between) <= _LONGEST_BETWEEN:
            units = [placed.unit for placed in (*left, *right)]
            kept = {frozenset((a.unit, b.unit)) for a, b in zip(left, right, strict=True)}
            apart |= {frozenset(pair) for pair in combinations(units, 2)} - kept
    return apart | _list_across(scene, runs)


def _list_across(scene: Scene, runs: Sequence[Sequence[Placed]]) -> set[frozenset[int]]:
    """Pairs of units of which each has its partners in a clause of its own."""
    closed = [run for run in runs if 0 < len(_list_partners(scene, run)) < len(run) and _is_tied(scene, run)]
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


def _list_partners(scene: Scene, run: Sequence[Placed]) -> list[Placed]:
    """The names of a list that stand behind its only 与, 同 or 跟, be it inside the list or before it."""
    starts = [placed.name.start for placed in run]
    marked = [place for place, start in enumerate(starts) if scene.text[start - 1 : start] in _WITH]
    return list(run[marked[0] :]) if len(marked) == 1 else []


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
        nest = _nested_in(second, first) or _nested_in(first, second)
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
        for placed in scene.in_sentence.get(back, ())
        if placed.unit not in here and placed.name.outer is None and back < number
    }
    outer = [placed for placed in inside if placed.name.outer is None]
    for earlier in recent.values():
        for unit in {placed.unit for placed in outer}:
            later = next(placed for placed in outer if placed.unit == unit)
            yield LinkCandidate(first=earlier, second=later, sentence=number, kind="back")
    cues = scene.cues.between(start, end)
    if any(set(cue.kinds) & {*_STRONG[:6], "both"} for cue in cues) and len(outer) < 2:
        last = sorted(recent.values(), key=lambda placed: placed.name.start)[-6:]
        for first, second in combinations(last, 2):
            yield LinkCandidate(first=first, second=second, sentence=number, kind="both")


def read_pair_features(scene: Scene, candidate: LinkCandidate) -> list[str]:
    """Features of a candidate, each a short string."""
    first, second = candidate.first, candidate.second
    features = list(_iter_ends(scene, candidate))
    if candidate.kind == "nest":
        features += _iter_nest(scene, first, second)
    elif candidate.kind == "pair":
        features += _iter_between(scene, first, second)
    else:
        features += _iter_far(scene, candidate)
    features += _iter_sentence(scene, candidate)
    kind = candidate.kind
    types = _TYPE[first.name.type] + _TYPE[second.name.type]
    return [f"{kind}|{feature}" for feature in features] + [
        f"{kind}|{types}|{feature}" for feature in features if feature[:2] in _BY_TYPE
    ]


def _iter_ends(scene: Scene, candidate: LinkCandidate) -> Iterator[str]:
    first, second = candidate.first, candidate.second
    types = _TYPE[first.name.type] + _TYPE[second.name.type]
    sides = f"{scene.side(first.unit)[0]}{scene.side(second.unit)[0]}"
    yield "bias"
    yield f"ty={types}"
    yield f"si={sides}"
    yield f"ts={types}{sides}"
    yield f"tt={first.unit in scene.titled:d}{second.unit in scene.titled:d}"
    yield f"tT={types}{first.unit in scene.titled:d}{second.unit in scene.titled:d}"
    yield f"rk={min(scene.ranked[first.unit], 4)}{min(scene.ranked[second.unit], 4)}"
    yield f"ru={first.name.rule[0]}{second.name.rule[0]}"
    yield f"sc={int(first.name.score * 4)}{int(second.name.score * 4)}"
    yield f"an={_ancestry(scene, first, second)}"
    yield f"lv={_shared_level(scene, first, second)}{_shared_level(scene, second, first)}"
    yield f"px={scene.leads(first):d}{scene.leads(second):d}"
    yield f"wt={scene.witnesses(first):d}{scene.witnesses(second):d}"


def _ancestry(scene: Scene, first: Placed, second: Placed) -> str:
    rows = scene.units[first.unit].row, scene.units[second.unit].row
    if rows[0] is None or rows[1] is None:
        return "-"
    gazetteer = load_gazetteer()
    for sign, low, high in (("<", rows[0], rows[1]), (">", rows[1], rows[0])):
        above = [row.code for row in gazetteer.ancestors(low.code)]
        if high.code in above:
            return sign + str(above.index(high.code))
    return "0"


def _shared_level(scene: Scene, body: Placed, area: Placed) -> str:
    """Whether a body names its area by level alone and the other unit is of that level: only one, last or other."""
    match = _LEVEL_FIRST.match(scene.text, body.name.start, body.name.end)
    if match is None or scene.units[body.unit].row is not None:
        return "-"
    wanted = "师" if match[1] == "师市" else match[1]
    if scene.level(area.unit) != wanted:
        return "x"
    rivals = [unit.number for unit in scene.units if scene.level(unit.number) == wanted]
    if len(rivals) == 1:
        return "1"
    before = [p for number in rivals for p in scene.of_unit[number] if p.name.start < body.name.start]
    last = max(before, key=lambda placed: placed.name.start, default=None)
    return "l" if last is not None and last.unit == area.unit else "o"


def _iter_nest(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    inner, outer = (second, first) if _nested_in(second, first) else (first, second)
    surface = scene.text[outer.name.start : outer.name.end]
    rest = surface[inner.name.end - outer.name.start :]
    lead = inner.name.start - outer.name.start
    order = "o" if outer is first else "i"
    yield f"ne={order}{'prefix' if lead == 0 else 'inner'}"
    yield f"nr={order}{rest[-2:]}"
    yield f"nR={order}{rest if len(rest) < 7 else ''}"
    yield f"nl={order}{_bucket(lead)}"
    yield f"nk={order}{_TYPE[inner.name.type]}{_TYPE[outer.name.type]}{'p' if lead == 0 else 'n'}"
    between = [
        placed for placed in scene.in_sentence[inner.sentence]
        if placed.name.outer == inner.name.outer and placed is not inner and placed.name.start >= inner.name.end
    ]  # fmt: skip
    yield f"nb={order}{min(len(between), 2)}"


def _kinds(cues: Sequence[Cue]) -> list[str]:
    return sorted({kind for cue in cues for kind in cue.kinds})


def _iter_between(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    a, b = first.name, second.name
    words = scene.words_between(a.end, b.start)
    names = [word for word in words if word.startswith("<")]
    sentence = scene.sentences[first.sentence]
    chain = "".join(words)
    linked = len(chain) <= 4 * (len(names) + 1) and all(word[0] in "<、和与及同跟以暨，（）()/" for word in words)
    yield f"ch={_collapse(words) if linked else 'no'}"
    yield f"di={_bucket(b.start - a.end)}"
    yield f"nn={min(len(names), 5)}"
    clauses = scene.clause_at(b.start) - scene.clause_at(a.start)
    yield f"cl={min(clauses, 4)}"
    if clauses:
        yield f"oc={scene.count_beside(first)}{scene.count_beside(second)}"
    before = scene.words_between(max(a.start - 12, sentence.start), a.start)[-3:]
    after_end = min(max(scene.clause_end(b.start), b.end + 6), sentence.end)
    after = scene.words_between(b.end, min(b.end + 24, sentence.end))
    inner, inner_b = words[:2], words[-2:]
    yield f"w-={before[-1] if before else '^'}"
    yield f"wa={inner[0] if inner else ''}"
    yield f"wA={''.join(inner)}"
    yield f"wb={inner_b[-1] if inner_b else ''}"
    yield f"wB={''.join(inner_b)}"
    yield f"w+={after[0] if after else '$'}"
    yield f"w2={''.join(after[:2])}"
    if len(words) <= 6:
        yield f"wm={''.join(words)}"
    for word in set(words[:12]):
        yield f"bw={word}"
    for word in set(after[:8]):
        yield f"aw={word}"
    for word in set(before):
        yield f"fw={word}"
    role_a = before[-1] if before and before[-1] in _ROLES else "-"
    role_b = next((word for word in reversed(words) if word in _ROLES), "-")
    mid, post = scene.cues.between(a.end, b.start), scene.cues.between(b.end, after_end)
    pre = scene.cues.between(sentence.start, a.start)
    yield f"ro={role_a}{role_b}"
    for kind in _kinds(mid):
        yield f"cb={kind}"
        yield f"cR={kind}{role_b}"
        yield f"cA={kind}{role_a}{inner[0] if inner else ''}"
    for kind in _kinds(post):
        yield f"ca={kind}"
        yield f"cr={kind}{role_a}{role_b}"
        yield f"cx={kind}{'L' if linked else clauses if clauses < 3 else 3}"
    for kind in _kinds(pre):
        yield f"cp={kind}"
    near = (mid[-1:] or pre[-1:], post[:1])
    for mark, cues in zip("<>", near, strict=True):
        if cues:
            yield f"n{mark}={cues[0].word}"
            yield f"k{mark}={cues[0].kinds[0]}{role_b}"
    if not mid and not post:
        yield "cn"
    yield from _iter_position(scene, first, second)


def _collapse(words: Sequence[str]) -> str:
    """Connectors of a list with its names as N, repeats once: 、N、N与 → 、N与."""
    shown: list[str] = []
    for word in words:
        mark = "N" if word.startswith("<") else word
        if shown[-2:] == [mark, "N"] or (mark == "N" and shown[-3:-1] == ["N", "、"] and shown[-1] == "、"):
            continue
        shown.append(mark)
    return "".join(shown[:6])


def _iter_position(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    outer = [placed for placed in scene.in_sentence[first.sentence] if placed.name.outer is None]
    yield f"ps={min(sum(p.name.start < first.name.start for p in outer), 3)}"
    yield f"pe={min(sum(p.name.start > second.name.start for p in outer), 3)}"
    yield f"pn={min(len(outer), 7)}"
    if first.name.outer:
        yield f"gp=first{_TYPE[_outer_type(scene, first)]}"
    if second.name.outer:
        yield f"gp=second{_TYPE[_outer_type(scene, second)]}"


def _outer_type(scene: Scene, placed: Placed) -> str:
    for other in scene.in_sentence[placed.sentence]:
        if (other.name.start, other.name.end) == placed.name.outer:
            return other.name.type
    return placed.name.type


def _iter_far(scene: Scene, candidate: LinkCandidate) -> Iterator[str]:
    first, second = candidate.first, candidate.second
    sentence = scene.sentences[candidate.sentence]
    back = candidate.sentence - first.sentence
    yield f"bk={min(back, 6)}"
    yield f"b2={min(candidate.sentence - second.sentence, 6)}"
    home = [placed for placed in scene.in_sentence[first.sentence] if placed.name.outer is None]
    yield f"fs={home.index(first) if first in home and home.index(first) < 3 else 3}{min(len(home), 4)}"
    yield f"ft={first.sentence == 0:d}{scene.ranked[first.unit] < 2:d}"
    mark = second.name if candidate.kind == "back" else None
    point = mark.start if mark else sentence.start
    head = scene.words_between(sentence.start, point)
    tail = scene.words_between(mark.end if mark else sentence.start, sentence.end)
    yield f"hn={min(sum(word.startswith('<') for word in head), 3)}"
    yield f"w-={head[-1] if head else '^'}"
    yield f"w2={''.join(head[-2:])}"
    yield f"w+={tail[0] if tail else '$'}"
    yield f"w3={''.join(tail[:2])}"
    for word in set(head[:3]):
        yield f"hw={word}"
    for word in set(tail[:8]):
        yield f"tw={word}"
    role = next((word for word in reversed(head) if word in _ROLES), "-")
    pre, post = scene.cues.between(sentence.start, point), scene.cues.between(point, sentence.end)
    topic = scene.topics[candidate.sentence]
    about = "s" if first.unit == topic else "o" if second.unit == topic else "n"
    joined = role in "与同和跟" and not any(word.startswith("<") for word in head)
    yield f"tp={about}{role}{min(back, 3)}"
    yield f"tq={about}{joined:d}"
    if about == "s" and joined:
        yield from (f"cj={kind}" for kind in _kinds(post))
    for kind in _kinds(pre):
        yield f"cb={kind}{role}"
    for kind in _kinds(post):
        yield f"ca={kind}{role}"
        yield f"cx={kind}{min(back, 3)}"
    for cue in [*pre[-1:], *post[:2]]:
        yield f"cw={cue.word}"
    between = [p for n in range(first.sentence, candidate.sentence + 1) for p in scene.in_sentence.get(n, ())]
    rivals = {p.unit for p in between if p.name.start > first.name.start and p.name.type == first.name.type
              and p.name.start < point and p.unit not in (first.unit, second.unit)}  # fmt: skip
    yield f"rv={min(len(rivals), 4)}"


def _iter_sentence(scene: Scene, candidate: LinkCandidate) -> Iterator[str]:
    sentence = scene.sentences[candidate.sentence]
    cues = scene.cues.between(sentence.start, sentence.end)
    for kind in _kinds(cues):
        yield f"cs={kind}"
    for cue in cues:
        if "both" in cue.kinds:
            yield f"bo={cue.word}"
    yield f"sl={_bucket((sentence.end - sentence.start) // 3)}"
    yield f"st={sentence.start < scene.title_end:d}"
    for kind in _kinds(scene.cues.between(0, scene.title_end)):
        yield f"ct={kind}"
