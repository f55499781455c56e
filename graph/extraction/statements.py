"""Statements: clauses that match a frame of ``seeds/lexicon/frames.toml``, read with their names as single signs.

A sentence is copied with each of its outer names as one character of the private use area, so that a frame is a
regular expression over names and words alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from ..errors import LexiconError
from ..lexicon import load_lexicon
from ..model import DIRECTED, EntityType, Relation
from .candidates import LinkCandidate
from .scene import Placed, Scene

BODIES, SITES, REST, LAST = 0xE000, 0xE800, 0xF000, 0xF8FF
_SITE_TYPES = frozenset({EntityType.SITE})
_REST_TYPES = frozenset({EntityType.AGREEMENT, EntityType.INITIATIVE})
_PRIVATE = re.compile(f"[{chr(BODIES)}-{chr(LAST)}]")
_BODY = f"[{chr(BODIES)}-{chr(SITES - 1)}]+"
_WITH = re.compile("[与同跟]")
_Known = Mapping[int, Sequence[Placed]]
"""The outer names of each sentence that are believed to be entities."""
_BACK = 3
"""How many sentences back a body may have been named that 该县 stands for."""
_REFERRING = re.compile(
    r"该(?P<level>[省州市县区师团镇乡村])(?![级内属直委域])|(?<=[。，,；;\s])(?:[该此]|这[座条])?大?(?P<site>[桥路渠])(?=的?两[头端])"
)
_BOTH = re.compile("双方|两[家地边县市团师校院局村]")
_DELEGATION = re.compile(r"(?:党政)?(?:代表[团队]|考察[团组队]|访问团|慰问团|学习[团组])")
_JOINED = re.compile("[、和与同跟及]|以及")
_PAIRS = re.compile(f"{_BODY}[与同跟]{_BODY}[、和及与同跟]{_BODY}[与同跟和]{_BODY}")
_FULL = str.maketrans(",;:!?", "，；：！？")
_SIGNS = {
    "A": _BODY,
    "L": f"{_BODY}(?:(?:[、和及与]|以及){_BODY})*",
    "M": f"{_BODY}(?:、{_BODY})*",
    "S": f"[{chr(SITES)}-{chr(REST - 1)}]",
    "V": f"[{chr(REST)}-{chr(LAST)}]",
    "bodies": f"{chr(BODIES)}-{chr(SITES - 1)}",
    "names": f"{chr(BODIES)}-{chr(LAST)}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A link as a frame states it, from head to tail, in a sentence that may only refer to them (该县, 两家)."""

    frame: str
    relation: Relation
    head: Placed
    tail: Placed
    sentence: int

    @property
    def candidate(self) -> LinkCandidate:
        """The two names in text order, with the sentence that ties them."""
        first, second = sorted((self.head, self.tail), key=lambda placed: placed.name.start)
        here = sum(placed.sentence == self.sentence for placed in (first, second))
        return LinkCandidate(first=first, second=second, sentence=self.sentence, kind=("both", "back", "pair")[here])


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A pattern over a sentence with signs; only tried where one of the characters of ``needs`` stands."""

    name: str
    relation: Relation
    needs: frozenset[str]
    pattern: re.Pattern[str]


@cache
def load_frames() -> tuple[Frame, ...]:
    """The frames in the order of the file; raises LexiconError where it is damaged."""
    content = load_lexicon("frames")
    try:
        return tuple(
            Frame(
                name=row["name"],
                relation=Relation(row["relation"]),
                needs=frozenset(row["needs"]),
                pattern=re.compile(_expand(row["pattern"], content["pieces"])),
            )
            for row in content["frame"]
        )
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise LexiconError(f"seeds/lexicon/frames.toml: {error}; restore the file") from error


def _expand(pattern: str, pieces: dict[str, str]) -> str:
    """The pattern with its pieces, signs and marked ends written out."""
    words = {**pieces, **_SIGNS}
    while (found := re.sub(r"\{([A-Za-z_]+)\}", lambda match: words[match[1]], pattern)) != pattern:
        pattern = found
    return re.sub(r"<([abco]):([^<>]*)>", r"(?P<\1>\2)", pattern)


class _Copy:
    """A sentence with a sign for each name: ``text``."""

    def __init__(self, scene: Scene, number: int, names: Sequence[tuple[int, int, Placed]]) -> None:
        sentence = scene.sentences[number]
        self.names: dict[str, Placed] = {}
        self.start, self.spans = sentence.start, [(start, stop) for start, stop, _ in names]
        parts, end = [], sentence.start
        for count, (start, stop, placed) in enumerate(names):
            kind = placed.name.type
            sign = chr((SITES if kind in _SITE_TYPES else REST if kind in _REST_TYPES else BODIES) + count)
            self.names[sign] = placed
            parts += [scene.text[end:start], sign]
            end = stop
        self.text = "".join([*parts, scene.text[end : sentence.end]]).translate(_FULL)

    def find_place(self, place: int) -> int:
        """Where a character of the copy stands in the document."""
        place += self.start
        for start, stop in self.spans:
            if place <= start:
                break
            place += stop - start - 1
        return place

    def read_group(self, match: re.Match[str], group: str) -> list[Placed]:
        """The bodies of a marked end: of each run of names the last, which those before lead up to."""
        if group not in match.re.groupindex or match[group] is None:
            return []
        runs = re.findall(f"[{_SIGNS['names']}]+", match[group])
        return [self.names[run[-1]] for run in runs]


def iter_statements(scene: Scene, believed: Sequence[bool]) -> Iterator[Statement]:
    """What the frames find among the names whose units are ``believed``."""
    known = {number: list(_iter_believed(scene, placed, believed)) for number, placed in scene.in_sentence.items()}
    for number, sentence in enumerate(scene.sentences):
        here = [(item.name.start, item.name.end, item) for item in known.get(number, ())]
        spans = sorted([*here, *_iter_referring(scene, known, number)], key=lambda span: span[0])
        if len(spans) < 2 and not _BOTH.search(scene.text, sentence.start, sentence.end):
            continue
        if len(spans) > SITES - BODIES or _PRIVATE.search(scene.text, sentence.start, sentence.end):
            continue
        copy = _Copy(scene, number, spans)
        characters = set(copy.text)
        for frame in load_frames():
            if frame.needs.isdisjoint(characters):
                continue
            for match in frame.pattern.finditer(copy.text):
                span = copy.find_place(match.start()), copy.find_place(match.end())
                if not _is_unsure(scene, span):
                    ends = _list_ends(copy, match, frame.relation) or _find_both(scene, known, (number, span[0]), match)
                    for head, tail in ends:
                        yield Statement(
                            frame=frame.name, relation=frame.relation, head=head, tail=tail, sentence=number
                        )


def _iter_believed(scene: Scene, placed: Sequence[Placed], believed: Sequence[bool]) -> Iterator[Placed]:
    """Believed outer names; of a delegation, or one that is not believed, the body that it begins with.

    四十六团 stands for 四十六团代表团.
    """
    for item in placed:
        if item.name.outer is not None:
            continue
        span = item.name.start, item.name.end
        inner = [other for other in placed if other.name.outer == span and other.name.start == span[0]]
        led = [other for other in inner if believed[other.unit]][-1:]
        if believed[item.unit] and not (led and _DELEGATION.fullmatch(scene.text, led[0].name.end, item.name.end)):
            yield item
        else:
            yield from led


def _iter_referring(scene: Scene, known: _Known, number: int) -> Iterator[tuple[int, int, Placed]]:
    """Where a sentence refers to a body or site named before: 该县, 该团, 桥的两端."""
    sentence = scene.sentences[number]
    for match in _REFERRING.finditer(scene.text, sentence.start, sentence.end):
        earlier = [item for back in range(max(number - _BACK, 0), number + 1) for item in known.get(back, ())]
        if any(item.name.start < match.end() and match.start() < item.name.end for item in known.get(number, ())):
            continue
        fitting = [item for item in earlier if item.name.end <= match.start() and _fits(scene, item, match)]
        if fitting:
            yield match.start(), match.end(), fitting[-1]


def _fits(scene: Scene, placed: Placed, match: re.Match[str]) -> bool:
    if match["level"]:
        return scene.level(placed.unit) == match["level"]
    return placed.name.type in _SITE_TYPES and scene.text[placed.name.end - 1] == match["site"]


def _find_both(
    scene: Scene, known: _Known, place: tuple[int, int], match: re.Match[str]
) -> list[tuple[Placed, Placed]]:
    """The two bodies that 双方 or 两家 stands for: the only ones named just before, as a pair."""
    if match.re.groupindex:
        return []
    number, start = place
    before = [item for item in known.get(number, ()) if item.name.end <= start]
    last: Sequence[Placed] = before or known.get(number - 1) or known.get(number - 2) or ()
    near = [item for item in last if item.name.type not in _SITE_TYPES | _REST_TYPES]
    if len(near) != 2 or near[0].unit == near[1].unit:
        return []
    return [(near[0], near[1])] if _JOINED.fullmatch(scene.text, near[0].name.end, near[1].name.start) else []


def _list_ends(copy: _Copy, match: re.Match[str], relation: Relation) -> list[tuple[Placed, Placed]]:
    found = {group: copy.read_group(match, group) for group in "abco"}
    several = any(_WITH.search(match[group] or "") for group in match.re.groupindex if group in "ab" and found["b"])
    if several or (len(found["a"]) > 1 < len(found["b"]) and "分别" in match[0]) or _PAIRS.search(match[0]):
        return []  # 甲、乙分别与丙、丁 and 甲与乙、丙与丁 tie them two by two
    heads, tails = found["a"], [*found["b"], *found["c"]]
    if found["o"]:
        heads, tails = [*heads, *tails], found["o"]
    pairs = list(product(heads, tails)) if tails or relation in DIRECTED else list(combinations(heads, 2))
    return [(head, tail) for head, tail in pairs if head.unit != tail.unit]


def _is_unsure(scene: Scene, span: tuple[int, int]) -> bool:
    """Whether something in a clause is denied or wished."""
    return any({"negation", "wish"} & set(cue.kinds) for cue in scene.cues.between(span[0], scene.clause_end(span[1])))
