"""Where a possible link stands in its text: numbers of its two ends, and of the words around its best case."""

from __future__ import annotations

from dataclasses import dataclass

from ...lexicon import read_words
from ...model import COOPERATION
from ..candidates import LinkCandidate
from ..names import TYPES
from ..pair_network import KINDS, LEVELS, SIDES
from ..scene import Scene
from .cases import Floats, LinkKey

_ROLES = {word: place for place, word in enumerate(read_words("relations", "words")["roles"])}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """Cues and words around a candidate: ``kinds`` of the cues before, between, in the clause behind and after."""

    kinds: tuple[list[str], ...]
    numbers: tuple[float, ...]


class Places:
    """Where the cases of a document stand; what depends on the candidate alone is read once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._read: dict[tuple[int, int, int], _Surroundings] = {}

    def read_case(self, key: LinkKey, candidate: LinkCandidate) -> tuple[float, ...]:
        """Numbers of the best case of a possible link."""
        scene, first, second = self._scene, candidate.first, candidate.second
        topic = scene.topics[candidate.sentence]
        place = (first.number, second.number, candidate.sentence)
        if (around := self._read.get(place)) is None:
            around = self._read[place] = _read_surroundings(scene, candidate)
        return (
            KINDS[candidate.kind],
            candidate.sentence - first.sentence,
            abs(second.name.start - first.name.end),
            first.unit == key[0],
            first.name.score,
            second.name.score,
            first.name.outer is not None,
            second.name.outer is not None,
            first.name.end - first.name.start,
            second.name.end - second.name.start,
            len(scene.outer[first.sentence]),
            topic == key[0],
            topic == key[2],
            scene.rank(first),
            scene.rank(second),
            *scene.breaks_between(first.name.start, second.name.start),
            *[kinds.count(key[1]) for kinds in around.kinds],
            *around.numbers,
        )


def _read_surroundings(scene: Scene, candidate: LinkCandidate) -> _Surroundings:
    """Cues before, between and after the two, and how the two are joined."""
    first, second = candidate.first.name, candidate.second.name
    sentence = scene.sentences[candidate.sentence]
    far = candidate.first.sentence != candidate.sentence
    left = sentence.start if far else first.start
    low, high = (sentence.start, second.start) if far else (first.end, second.start)
    if candidate.second.sentence != candidate.sentence:
        low, high, point = sentence.start, sentence.start, sentence.start
    else:
        point = second.end
    runs = (
        (sentence.start, left),
        (low, max(low, high)),
        (point, min(max(scene.clause_end(point), point + 6), sentence.end)),
        (point, sentence.end),
    )
    kinds = tuple([kind for cue in scene.cues.between(*run) for kind in cue.kinds] for run in runs)
    apart = (kinds[0], kinds[1], kinds[3])
    words = scene.words_between(low, max(low, high))
    ahead = scene.words_between(max(sentence.start, left - 8), left)[-1:]
    near = words[-1:]
    numbers = (
        *[sum([kind in COOPERATION for kind in listed]) for listed in kinds],
        sum([listed.count("both") for listed in apart]),
        sum([listed.count("negation") + listed.count("wish") for listed in apart]),
        all(word[0] in "<、和与及同跟以暨，（）()/" for word in words),
        sum([word[0] == "<" for word in words]),
        candidate.second.clause - candidate.first.clause if not far else -1,
        scene.count_beside(candidate.first),
        scene.count_beside(candidate.second),
        _ROLES.get(ahead[0], -1) if ahead else -2,
        _ROLES.get(near[0], -1) if near else -2,
        max([_ROLES[word] for word in words if word in _ROLES], default=-1),
        sentence.start < scene.title_end,
        sentence.end - sentence.start,
    )
    return _Surroundings(kinds=kinds, numbers=numbers)


def read_end(scene: Scene, unit: int, accepted: Floats) -> tuple[float, ...]:
    """Numbers of one end of a possible link."""
    placed = scene.of_unit[unit]
    nested = sum(item.name.outer is not None for item in placed)
    return (
        TYPES[scene.units[unit].type],
        SIDES[scene.side(unit)],
        LEVELS.get(scene.level(unit), 0),
        unit in scene.titled,
        float(accepted[unit]),
        nested / len(placed),
    )
