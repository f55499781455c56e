"""Features of a link candidate: what stands before, between and behind the two names, each a short string.

Parts that several candidates of a document share are made once (``Scene.recall``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..gazetteer import load_gazetteer
from ..lexicon import read_words
from ..model import EntityType
from .candidates import LinkCandidate, iter_meant, nested_in
from .names import TYPE_LETTERS
from .scene import Placed, Scene

_ROLES = frozenset(read_words("relations", "words")["roles"])
BY_TYPE = frozenset({"ch", "cb", "ca", "ne", "gp", "an", "cs", "lv", "px", "oc", "gm"})
"""Features that mean something else for other types of ends: they are given with the types as well."""
_LEVELS = ("自治区", "兵团", "自治州", "地区", "省", "州", "市", "县", "旗", "区", "师", "团", "镇", "乡", "村")
_LEVEL_FIRST = re.compile(rf"(?:该|本)?(师市|{'|'.join(_LEVELS)})(?=..)(?![场域级民范结队建企])")
"""An area's level in place of its name, before a body of its own: 县委宣传部, 州科技局, 师市疾控中心."""


def bucket(value: int) -> str:
    """A length or distance, coarser the larger it is."""
    for limit in (0, 1, 2, 3, 5, 8, 13, 21, 34, 60):
        if value <= limit:
            return str(limit)
    return "far"


def read_pair_features(scene: Scene, candidate: LinkCandidate) -> list[str]:
    """Features of a candidate, each a short string."""
    kind, types = candidate.kind, read_types(candidate)
    features = [feature for part in list_pair_parts(scene, candidate) for feature in part]
    return [f"{kind}|{feature}" for feature in features] + [
        f"{kind}|{types}|{feature}" for feature in features if feature[:2] in BY_TYPE
    ]


def read_types(candidate: LinkCandidate) -> str:
    """A letter for the type of each of the two names."""
    return TYPE_LETTERS[candidate.first.name.type] + TYPE_LETTERS[candidate.second.name.type]


def list_pair_parts(scene: Scene, candidate: LinkCandidate) -> list[Sequence[str]]:
    """Features of a candidate without its kind and types; the parts that candidates share are tuples, made once."""
    first, second = candidate.first, candidate.second
    parts: list[Sequence[str]] = [list(_iter_ends(scene, first, second))]
    if candidate.kind == "nest":
        parts.append(list(_iter_nest(scene, first, second)))
    elif candidate.kind == "pair":
        parts.append(scene.recall(_iter_before, first.number))
        parts.append(scene.recall(_iter_behind, second.number))
        parts.append(list(_iter_between(scene, first, second)))
    else:
        place = second.number if candidate.kind == "back" else -1
        parts.append(scene.recall(_iter_place, candidate.sentence, place))
        parts.append(list(_iter_far(scene, candidate, place)))
    parts.append(scene.recall(_iter_sentence, candidate.sentence))
    return parts


def _iter_ends(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    type_a, side_a, title_a, rank_a, rule_a, score_a, leads_a, seen_a, _ = scene.recall(_iter_end, first.number)
    type_b, side_b, title_b, rank_b, rule_b, score_b, leads_b, seen_b, _ = scene.recall(_iter_end, second.number)
    yield "bias"
    yield f"ty={type_a}{type_b}"
    yield f"si={side_a}{side_b}"
    yield f"ts={type_a}{type_b}{side_a}{side_b}"
    yield f"tt={title_a}{title_b}"
    yield f"tT={type_a}{type_b}{title_a}{title_b}"
    yield f"rk={rank_a}{rank_b}"
    yield f"ru={rule_a}{rule_b}"
    yield f"sc={score_a}{score_b}"
    yield f"an={read_ancestry(scene, first.unit, second.unit)}"
    yield f"lv={read_shared_level(scene, first, second)}{read_shared_level(scene, second, first)}"
    yield f"px={leads_a}{leads_b}"
    yield f"wt={seen_a}{seen_b}"


def _iter_end(scene: Scene, number: int, _: int) -> Iterator[str]:
    """What the features say of one name: the last is the level of the area that it is named by."""
    placed = scene.placed[number]
    yield TYPE_LETTERS[placed.name.type]
    yield scene.side(placed.unit)[0]
    yield f"{placed.unit in scene.titled:d}"
    yield str(min(scene.rank(placed), 4))
    yield placed.name.rule[0]
    yield str(int(placed.name.score * 4))
    yield f"{scene.leads(placed):d}"
    yield f"{scene.witnesses(placed):d}"
    match = _LEVEL_FIRST.match(scene.text, placed.name.start, placed.name.end)
    yield "" if match is None or scene.units[placed.unit].row is not None else match[1]


def read_ancestry(scene: Scene, first: int, second: int) -> str:
    """How far the second of two units stands above the first, as ``_read_ancestry`` says it; - where one is unknown."""
    rows = scene.units[first].row, scene.units[second].row
    return "-" if rows[0] is None or rows[1] is None else _read_ancestry(rows[0].code, rows[1].code)


@lru_cache(maxsize=65536)
def _read_ancestry(first: str, second: str) -> str:
    """How far the second of two gazetteer codes stands above the first (<0, <1, …) or below it (>0, …); 0: neither."""
    gazetteer = load_gazetteer()
    for sign, low, high in (("<", first, second), (">", second, first)):
        above = [row.code for row in gazetteer.ancestors(low)]
        if high in above:
            return sign + str(above.index(high))
    return "0"


def read_shared_level(scene: Scene, body: Placed, area: Placed) -> str:
    """Whether a body names its area by level alone and the other unit is of that level: only one, last or other."""
    level = scene.recall(_iter_end, body.number)[-1]
    if not level:
        return "-"
    wanted = "师" if level == "师市" else level
    if scene.level(area.unit) != wanted:
        return "x"
    rivals = [unit.number for unit in scene.units if scene.level(unit.number) == wanted]
    if len(rivals) == 1:
        return "1"
    before = [p for number in rivals for p in scene.of_unit[number] if p.name.start < body.name.start]
    last = max(before, key=lambda placed: placed.name.start, default=None)
    return "l" if last is not None and last.unit == area.unit else "o"


def _iter_nest(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    inner, outer = (second, first) if nested_in(second, first) else (first, second)
    surface = scene.text[outer.name.start : outer.name.end]
    rest = surface[inner.name.end - outer.name.start :]
    lead = inner.name.start - outer.name.start
    order = "o" if outer is first else "i"
    yield f"ne={order}{'prefix' if lead == 0 else 'inner'}"
    yield f"nr={order}{rest[-2:]}"
    yield f"nR={order}{rest if len(rest) < 7 else ''}"
    yield f"nl={order}{bucket(lead)}"
    yield f"nk={order}{TYPE_LETTERS[inner.name.type]}{TYPE_LETTERS[outer.name.type]}{'p' if lead == 0 else 'n'}"
    between = [
        placed for placed in scene.in_sentence[inner.sentence]
        if placed.name.outer == inner.name.outer and placed is not inner and placed.name.start >= inner.name.end
    ]  # fmt: skip
    yield f"nb={order}{min(len(between), 2)}"


def _list_before(scene: Scene, first: Placed) -> list[str]:
    """The last words before the earlier name."""
    start = scene.sentences[first.sentence].start
    return scene.words_between(max(first.name.start - 12, start), first.name.start)[-3:]


def _iter_before(scene: Scene, number: int, _: int) -> Iterator[str]:
    first = scene.placed[number]
    before = _list_before(scene, first)
    yield f"w-={before[-1] if before else '^'}"
    for word in dict.fromkeys(before):
        yield f"fw={word}"
    for kind in scene.cues.kinds_between(scene.sentences[first.sentence].start, first.name.start):
        yield f"cp={kind}"
    yield f"ps={min(sum(p.name.start < first.name.start for p in scene.outer[first.sentence]), 3)}"
    yield f"pn={min(len(scene.outer[first.sentence]), 7)}"
    if first.name.outer:
        yield f"gp=first{TYPE_LETTERS[_outer_type(scene, first)]}"


def _find_after(scene: Scene, second: Placed) -> int:
    """Where the run behind the later name ends."""
    b = second.name
    return min(max(scene.clause_end(b.start), b.end + 6), scene.sentences[second.sentence].end)


def _iter_behind(scene: Scene, number: int, _: int) -> Iterator[str]:
    second = scene.placed[number]
    end = second.name.end
    after = scene.words_between(end, min(end + 24, scene.sentences[second.sentence].end))
    yield f"w+={after[0] if after else '$'}"
    yield f"w2={''.join(after[:2])}"
    for word in dict.fromkeys(after[:8]):
        yield f"aw={word}"
    for kind in scene.cues.kinds_between(end, _find_after(scene, second)):
        yield f"ca={kind}"
    yield f"pe={min(sum(p.name.start > second.name.start for p in scene.outer[second.sentence]), 3)}"
    if second.name.outer:
        yield f"gp=second{TYPE_LETTERS[_outer_type(scene, second)]}"


def _iter_between(scene: Scene, first: Placed, second: Placed) -> Iterator[str]:
    a, b = first.name, second.name
    words = scene.words_between(a.end, b.start)
    count = sum(word[0] == "<" for word in words)
    linked = sum(map(len, words)) <= 4 * (count + 1) and all(word[0] in "<、和与及同跟以暨，（）()/" for word in words)
    yield f"ch={_collapse(words) if linked else 'no'}"
    yield f"di={bucket(b.start - a.end)}"
    yield f"nn={min(count, 5)}"
    clauses = second.clause - first.clause
    yield f"cl={min(clauses, 4)}"
    if clauses:
        yield f"oc={scene.count_beside(first)}{scene.count_beside(second)}"
    inner, inner_b = words[:2], words[-2:]
    yield f"wa={inner[0] if inner else ''}"
    yield f"wA={''.join(inner)}"
    yield f"wb={inner_b[-1] if inner_b else ''}"
    yield f"wB={''.join(inner_b)}"
    if len(words) <= 6:
        yield f"wm={''.join(words)}"
    for word in dict.fromkeys(words[:12]):
        yield f"bw={word}"
    yield from _iter_cues(scene, first, second, words, linked="L" if linked else str(min(clauses, 3)))


def _iter_cues(scene: Scene, first: Placed, second: Placed, words: Sequence[str], *, linked: str) -> Iterator[str]:
    """The cues between and behind two names, with the words of role before them; ``words`` stand between."""
    a, b = first.name, second.name
    inner, before = words[:1], _list_before(scene, first)
    role_a = before[-1] if before and before[-1] in _ROLES else "-"
    role_b = next((word for word in reversed(words) if word in _ROLES), "-")
    yield f"ro={role_a}{role_b}"
    for kind in scene.cues.kinds_between(a.end, b.start):
        yield f"cb={kind}"
        yield f"cR={kind}{role_b}"
        yield f"cA={kind}{role_a}{''.join(inner)}"
    after_end = _find_after(scene, second)
    for kind in scene.cues.kinds_between(b.end, after_end):
        yield f"cr={kind}{role_a}{role_b}"
        yield f"cx={kind}{linked}"
    mid, post = scene.cues.between(a.end, b.start), scene.cues.between(b.end, after_end)
    pre = () if mid else scene.cues.between(scene.sentences[first.sentence].start, a.start)
    near = (mid[-1:] or pre[-1:], post[:1])
    for mark, cues in zip("<>", near, strict=True):
        if cues:
            yield f"n{mark}={cues[0].word}"
            yield f"k{mark}={cues[0].kinds[0]}{role_b}"
    if not mid and not post:
        yield "cn"


def _collapse(words: Sequence[str]) -> str:
    """Connectors of a list with its names as N, repeats once: 、N、N与 → 、N与."""
    shown: list[str] = []
    for word in words:
        mark = "N" if word.startswith("<") else word
        if shown[-2:] == [mark, "N"] or (mark == "N" and shown[-3:-1] == ["N", "、"] and shown[-1] == "、"):
            continue
        shown.append(mark)
    return "".join(shown[:6])


def _outer_type(scene: Scene, placed: Placed) -> EntityType:
    for other in scene.in_sentence[placed.sentence]:
        if other.name.span == placed.name.outer:
            return other.name.type
    return placed.name.type


def _read_ground(scene: Scene, number: int, place: int) -> tuple[str, str]:
    """The last word of a role before a name in its sentence or "-", and 1 where no name stands before that."""
    start = scene.sentences[number].start
    head = scene.words_between(start, scene.placed[place].name.start) if place >= 0 else []
    role = next((word for word in reversed(head) if word in _ROLES), "-")
    return role, f"{role in '与同和跟' and not any(word[0] == '<' for word in head):d}"


def _iter_place(scene: Scene, number: int, place: int) -> Iterator[str]:
    """What stands before and behind a name in its sentence, or in the whole sentence where none is given (-1)."""
    sentence = scene.sentences[number]
    low, high = (sentence.start, sentence.start)
    if place >= 0:
        low, high = scene.placed[place].name.start, scene.placed[place].name.end
    head = scene.words_between(sentence.start, low)
    tail = scene.words_between(high, sentence.end)
    yield f"hn={min(sum(word[0] == '<' for word in head), 3)}"
    yield f"w-={head[-1] if head else '^'}"
    yield f"w2={''.join(head[-2:])}"
    yield f"w+={tail[0] if tail else '$'}"
    yield f"w3={''.join(tail[:2])}"
    for word in dict.fromkeys(head[:3]):
        yield f"hw={word}"
    for word in dict.fromkeys(tail[:8]):
        yield f"tw={word}"
    role = scene.recall(_read_ground, number, place)[0]
    for kind in scene.cues.kinds_between(sentence.start, low):
        yield f"cb={kind}{role}"
    for kind in scene.cues.kinds_between(low, sentence.end):
        yield f"ca={kind}{role}"
    pre, post = scene.cues.between(sentence.start, low), scene.cues.between(low, sentence.end)
    for cue in [*pre[-1:], *post[:2]]:
        yield f"cw={cue.word}"


def _iter_far(scene: Scene, candidate: LinkCandidate, place: int) -> Iterator[str]:
    first, second = candidate.first, candidate.second
    sentence = scene.sentences[candidate.sentence]
    back = candidate.sentence - first.sentence
    yield f"bk={min(back, 6)}"
    yield f"b2={min(candidate.sentence - second.sentence, 6)}"
    meant, way = scene.recall(iter_meant, candidate.sentence)[0]
    if meant:
        yield f"gm={way}{(first.unit in meant) + (second.unit in meant)}{min(len(meant), 4)}"
    home = scene.outer[first.sentence]
    yield f"fs={home.index(first) if first in home[:3] else 3}{min(len(home), 4)}"
    yield f"ft={first.sentence == 0:d}{scene.rank(first) < 2:d}"
    role, joined = scene.recall(_read_ground, candidate.sentence, place)
    point = second.name.start if place >= 0 else sentence.start
    post = scene.cues.kinds_between(point, sentence.end)
    topic = scene.topics[candidate.sentence]
    about = "s" if first.unit == topic else "o" if second.unit == topic else "n"
    yield f"tp={about}{role}{min(back, 3)}"
    yield f"tq={about}{joined}"
    if about == "s" and joined == "1":
        for kind in post:
            yield f"cj={kind}"
    for kind in post:
        yield f"cx={kind}{min(back, 3)}"
    rivals = scene.units_between(first.name.type, first.name.start, point) - {first.unit, second.unit}
    yield f"rv={min(len(rivals), 4)}"


def _iter_sentence(scene: Scene, number: int, _: int) -> Iterator[str]:
    sentence = scene.sentences[number]
    for kind in scene.cues.kinds_between(sentence.start, sentence.end):
        yield f"cs={kind}"
    for cue in scene.cues.between(sentence.start, sentence.end):
        if "both" in cue.kinds:
            yield f"bo={cue.word}"
    yield f"sl={bucket((sentence.end - sentence.start) // 3)}"
    yield f"st={sentence.start < scene.title_end:d}"
    for kind in scene.cues.kinds_between(0, scene.title_end):
        yield f"ct={kind}"
