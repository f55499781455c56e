"""Names: the spans that may name an entity. The labeller and a grammar propose, a scorer decides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..lexicon import read_words
from ..model import EntityType, Sentence, Span
from .channels import Channels
from .gazetteer_names import GazetteerHit
from .labeller import LABELS, Labeller, find_labels, find_marginals, read_features
from .name_spans import CLOSING, OPENING, read_lowest

CLOSED_TYPES = frozenset({EntityType.CORPS, EntityType.DIVISION, EntityType.REGIMENT, EntityType.LOCALITY})
BIASES = (0.0, 1.5, 3.5)
"""How much is taken from the score of "no name" in each pass: later passes propose more."""
LEAST_MARGINAL = 1e-5
"""Spans that the labeller thinks less likely are not looked at: a third of all, of which one in 800 is a name."""
_TRUSTED = frozenset({"book", "spacy"})
TYPE_LETTERS = {
    EntityType.CORPS: "C", EntityType.DIVISION: "D", EntityType.REGIMENT: "R", EntityType.LOCALITY: "L",
    EntityType.INSTITUTION: "I", EntityType.SITE: "S", EntityType.AGREEMENT: "A", EntityType.INITIATIVE: "V",
}  # fmt: skip
TYPES = {kind: number for number, kind in enumerate(EntityType)}
"""Numbers of the types, as arrays hold them."""
_TYPES = tuple(EntityType)
ENDING_TYPES = {1: EntityType.INSTITUTION, 2: EntityType.SITE, 3: EntityType.AGREEMENT, 4: EntityType.INITIATIVE}
_KIND = np.array([0, *(1 + place // 2 for place in range(len(LABELS) - 1))])
_BOOK = re.compile(r"《[^《》\n]{2,60}》")
_QUOTE = re.compile(r"[“「『\"]([^“”「」『』\"\n。]{2,24})[”」』\"]([^，。、；：！？,;:!?\s“”()（）《》]{0,14})")
_ROUTE = re.compile(r"[（(]([^（）()，。；]{2,10}?)(?:[—–－~～-]{1,2}|至|到)([^（）()，。；]{2,10})[)）]")
_TOLD = 0.5
_SMALL_PLACE = re.compile(r"镇|乡|村|街道|社区|苏木|公社|管理区|牧场|农场|林场")
ORGANISED = frozenset({EntityType.INSTITUTION, EntityType.SITE})
"""Types that are named by what they are (人民医院, 工业园) behind a name of their own or of their place."""
_DEED = re.compile(
    r"^(?:[东南西北]至|命名|打造|组建|推动|促成|签订|签署|建立|成立|设立)|(?:组织开展|联合举办|共同举办|签订|签署|尚未)|"
    r"[市县州师团省区](?:设立|举行|召开|捐赠|赠送|派出|选派|来到|前往|走进|开展|荣获|获得|[与同][^与同]{2,12}(?:共建|合作(?!社)|联合))|"
    r"援建(?![办指项工集公者队组协资文])|[市县州省区准]建设(?=幼儿园|[小中]学|学校|医院|[0-9])|"
    r"(?<!党)(?<!社会)(?<!合作)(?<!国际)(?<!经济)(?<!民间)(?<!农民)(?<!上合)(?<!科文)组织(?![部处科局和与建促联总发孵机])(?=..)|"
    r"^[^“”]+(?<=[院局会队校司部团])“(?:联姻|牵手|携手|结对|结缘|握手|联手)”|"
    r"会同(?!县)|(?<=[镇园局司院队委联路])同(?![济仁业盟心乐])(?=..)|合办(?=..)|办起|升格|获评|亮相|欢迎光临|[市县州师团]里设"
)
"""What a body does or has done to it, which no name of one tells."""
_DRAWN = re.compile("^(?:商量|敲定|签妥|订下|签下)|[院校司市县区州师](?:把|缔结|签下|签妥|订下|敲定)")
"""What is done with an agreement, which is no part of its name."""
_BESIDE = re.compile(
    r"^(?:目前|现在|日前|近日|昨日|当日|当天|同时|随后|接着|此外|其中|期间|去年|今年|距|末站|首府|主街|后者)|时任|党委常委(?!会)|(?:规划|方案)$|[东西南北内外全大]部$|"
    r"(?<![初高])中部$|(?<=[师市县州省区团])原(?!种|料|始|生|野)(?=..)"
)
"""What stands beside a body's name or is another thing: 目前指挥部, 第九师原文联, 台湾中南部, …发展规划."""
_LEADING = re.compile("(?:州府|首府|省会|县城)(?=..)|驻(?!马店|操营)")
"""What leads up to a place's name."""
_CUT = re.compile("社(?=区)|线(?=[上下](?:签|举|召|开|会|交流|活动|直播))")
"""First halves of words with which names end by mistake: 新华社|区, 经开区线|上签约."""
_SEVERAL = re.compile(r"[“「『\"][^“”「」『』\"]+[”」』\"](?:等|[、和与及](?![谐平睦田]))")
"""A quoted name and others: “甲”等系列活动, “甲”和乙活动."""
_PAIR = re.compile(
    r"(?:大学|学院|公司|集团|医院|中学|小学|银行|高速|公路|铁路|专线|园区?|景区|[经高]?[开新]发?区|示范区|保税区|水库|大桥|[局厅])"
    r"(?:[（(][）)])?[与和及](?![谐平睦田林硕布静])(?=..)"
)
"""Two bodies in a list, the first of which ends as names do: 宝安高新区和…产业园."""
_ASIDE = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|（[^）]*）|\([^)]*\)")
"""What stands in quotes or brackets, where a name may hold any words."""
_QUIET = ORGANISED | {EntityType.LOCALITY, EntityType.INITIATIVE}
"""Types whose names tell nothing; agreements may (关于共同举办…的协议)."""
_SEAT = re.compile(r"[（(]([\u4e00-\u9fff]{2,4})[）)]")
_OFFICE_END = re.compile("(?:[局委办]|政府|党委|委员会)$")
_LONGEST = 26
_LONGEST_PLACE = 10
_BREAKS = frozenset("xw")
PARTNERS = dict(zip(OPENING, CLOSING, strict=True))
_CLOSING = frozenset(CLOSING)
_STOPS = frozenset("pcurdxwyteq")
"""First letters of part-of-speech tags that no name begins behind: preposition, particle, punctuation, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A span proposed as a name.

    ``rule`` says what proposed it: labeller, book, quote, ending, gazetteer, spacy (a pipeline of the user's), repeat
    or nested (then ``outer`` is the longer name around it). ``score`` is the probability that it names an entity
    of ``type``, ``level`` the pass of the labeller that found it (9 where none did).
    """

    start: int
    end: int
    type: EntityType
    score: float
    rule: str
    level: int = 9
    outer: Span | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


def iter_label_spans(labels: NDArray[np.int64]) -> Iterator[tuple[int, int, EntityType]]:
    """Spans of a label sequence with their types."""
    kinds = _KIND[labels]
    begins = (labels % 2 == 1) & (labels > 0)
    edges = np.flatnonzero(begins | np.append(True, kinds[1:] != kinds[:-1]))
    for place, start in enumerate(edges):
        if kinds[start]:
            end = int(edges[place + 1]) if place + 1 < len(edges) else len(labels)
            yield int(start), end, _TYPES[kinds[start] - 1]


def propose_names(
    channels: Channels,
    labeller: Labeller,
    sentences: Sequence[Sentence],
    *,
    further: Iterable[tuple[int, int, EntityType]] = (),
) -> tuple[tuple[Name, ...], NDArray[np.float32]]:
    """All spans that something speaks for, overlapping ones too, and the labeller's marginals.

    ``further`` are spans that somebody else proposes (``spacy_names``).
    """
    scores = labeller.score(read_features(channels))
    marginals = find_marginals(labeller, scores, sentences)
    found: dict[tuple[int, int, EntityType], tuple[str, int]] = {}
    for level, labels in enumerate(find_labels(labeller, scores, sentences, biases=BIASES)):
        for span in iter_label_spans(labels):
            found.setdefault(span, ("labeller", level))
    for span, rule in _iter_grammar(channels):
        found.setdefault(span, (rule, 9))
    for span in further:
        found.setdefault(span, ("spacy", 9))
    for start, end, kind in list(found):
        if (seat := find_seat(channels, end)) is not None:
            found[start, seat, kind] = found.pop((start, end, kind))
    names = _iter_names(found, marginals)
    likely = (name for name in names if name.score >= LEAST_MARGINAL or name.rule in _TRUSTED)
    deeds = _list_deeds(channels)
    return tuple(name for name in likely if _is_whole(channels.text, name, deeds)), marginals


def find_seat(channels: Channels, end: int) -> int | None:
    """Where the bracket behind a university's name ends that tells its seat, which is part of it: …大学(武汉)."""
    match = _SEAT.match(channels.text, end) if channels.text.startswith("大学", end - 2) else None
    if match is None or not any((hit.start, hit.end) == match.span(1) for hit in channels.hits):
        return None
    return match.end()


@cache
def _deeds(table: str) -> frozenset[str]:
    return frozenset(read_words("names", "deeds")[table])


def _list_deeds(channels: Channels) -> list[tuple[int, int]]:
    """Places of the words of a text that tell what is done, in order."""
    text, deeds = channels.text, _deeds("words")
    return [(start, end) for start, end, _ in channels.words if end - start > 1 and text[start:end] in deeds]


def _is_whole(text: str, name: Name, deeds: Sequence[tuple[int, int]]) -> bool:
    """Whether a span closes what it opens, does not end within a word (新华社区 holds no 新华社), tells no deed.

    “甲”等系列活动 is more than the one name in it, 甲医院“联姻”乙卫健委 and 甲公司与乙园区 are two bodies.
    """
    surface = text[name.start : name.end]
    if not is_closed(surface) or _CUT.match(text, name.end - 1):
        return False
    if name.type == EntityType.LOCALITY and _LEADING.match(surface):
        return False
    if name.type in ORGANISED and (
        _DEED.search(surface)
        or _BESIDE.search(surface)
        or _PAIR.search(_ASIDE.sub(lambda match: match[0][0] + match[0][-1], surface))
    ):
        return False
    if name.type == EntityType.INITIATIVE and _SEVERAL.match(surface):
        return False
    if name.type == EntityType.AGREEMENT and _DRAWN.search(surface):
        return False
    return name.type not in _QUIET or not _tells(surface, name, deeds)


def _tells(surface: str, name: Name, deeds: Sequence[tuple[int, int]]) -> bool:
    """Whether a name would hold a verb of the news outside of quotes and brackets."""
    within = deeds[bisect_left(deeds, (name.start, 0)) : bisect_right(deeds, (name.end, 0))]
    told = [(start - name.start, end - name.start) for start, end in within if end <= name.end]
    if name.type == EntityType.INITIATIVE:
        told = [(start, end) for start, end in told if surface[start:end] not in _deeds("titles")]
    aside = [match.span() for match in _ASIDE.finditer(surface)] if told else []
    return any(not any(left < start < right for left, right in aside) for start, _ in told)


def is_closed(surface: str) -> bool:
    """Whether every bracket and quote in a text is closed in it, and opened: 博望区法院（下称 is no name."""
    waiting: list[str] = []
    for character in surface:
        if character in PARTNERS:
            waiting.append(PARTNERS[character])
        elif character in _CLOSING and (not waiting or waiting.pop() != character):
            return False
    return not waiting


def _iter_names(
    found: Mapping[tuple[int, int, EntityType], tuple[str, int]], marginals: NDArray[np.float32]
) -> Iterator[Name]:
    """The names of spans with rule and level, in text order; their score is the lowest of their marginals."""
    if not found:
        return
    spans = sorted(found)
    numbers = np.array([(start, end, TYPES[kind]) for start, end, kind in spans])
    lowest = read_lowest(marginals, numbers[:, 0], numbers[:, 1], numbers[:, 2]).tolist()
    for (start, end, kind), score in zip(spans, lowest, strict=True):
        rule, level = found[start, end, kind]
        yield Name(start=start, end=end, type=kind, score=score, rule=rule, level=level)


def _iter_grammar(channels: Channels) -> Iterator[tuple[tuple[int, int, EntityType], str]]:
    """Spans by form alone: titles in 《》, quoted names with the word that follows, gazetteer names."""
    text = channels.text
    for match in _BOOK.finditer(text):
        yield (*match.span(), EntityType.AGREEMENT), "book"
    for match in _QUOTE.finditer(text):
        yield (*match.span(1), EntityType.INITIATIVE), "quote"
        yield (match.start(), match.end(1) + 1, EntityType.INITIATIVE), "quote"
        for end in list_endings(channels, match.start(2), match.end(2)):
            kind = ENDING_TYPES[int(channels.ending[end - 1]) // 4]
            yield (match.start(), end, kind), "quote"
    for hit in channels.hits:
        yield (hit.start, hit.end, row_type(hit, text)), "gazetteer"
    yield from _iter_ended(channels)
    yield from _iter_small_places(channels)


def _iter_small_places(channels: Channels) -> Iterator[tuple[tuple[int, int, EntityType], str]]:
    """Townships and villages, which no table lists in full: what stands before 镇, 乡, 村, …, from each word on."""
    starts = [start for start, _, _ in channels.words]
    hit_ends = {hit.end for hit in channels.hits}
    for match in _SMALL_PLACE.finditer(channels.text):
        place = bisect_left(starts, match.start())
        while place and starts[place - 1] >= match.end() - _LONGEST_PLACE:
            place -= 1
            if channels.words[place][2][:1] in _STOPS:
                break
            start = starts[place]
            if match.start() > start:
                yield (start, match.end(), EntityType.LOCALITY), "ending"
            if start in hit_ends:
                break


def _iter_ended(channels: Channels) -> Iterator[tuple[tuple[int, int, EntityType], str]]:
    """Runs of words before each word that usually ends a name, as far as names reach."""
    words = channels.words
    number = {end: place for place, (_, end, _) in enumerate(words)}
    hit_starts = [hit.start for hit in channels.hits]
    for end in (np.flatnonzero(channels.ending % 4 == 3) + 1).tolist():
        kind = ENDING_TYPES[int(channels.ending[end - 1]) // 4]
        for start in _name_starts(channels, number.get(end), hit_starts):
            if 3 <= end - start <= _LONGEST:
                yield (start, end, kind), "ending"


def _name_starts(channels: Channels, place: int | None, hit_starts: Sequence[int]) -> set[int]:
    """Where a name that ends with a word may begin: at the verb or particle before it, or at a place name."""
    if place is None:
        return set()
    words, verb, run = channels.words, None, True
    end, first = words[place][1], words[place][0]
    chunk = first
    while place and words[place - 1][0] >= end - _LONGEST and words[place - 1][2][:1] not in _BREAKS:
        place -= 1
        run = run and words[place][2][:1] not in _STOPS
        if run:
            if words[place][2][:1] == "v" and verb is None:
                verb = first
            first = words[place][0]
        chunk = words[place][0]
    places = hit_starts[bisect_left(hit_starts, chunk) : bisect_left(hit_starts, end)]
    return {first, *(() if verb is None else (verb,)), *places[:1], *places[-1:]}


def list_endings(channels: Channels, start: int, end: int) -> list[int]:
    """Where words that usually end a name end in ``[start, end)``."""
    return [place + 1 for place in range(start, end) if channels.ending[place] % 4 == 3]


def row_type(hit: GazetteerHit, text: str) -> EntityType:
    """Type of what a gazetteer hit names; a numbered unit without a row is told by its last character."""
    if hit.rows:
        return EntityType(hit.rows[0].type)
    return EntityType.DIVISION if text[hit.end - 1] == "师" else EntityType.REGIMENT


def correct_names(channels: Channels, names: Sequence[Name]) -> tuple[Name, ...]:
    """Scored names with what is known of them for certain.

    The name of a road or bridge is believed whose two ends follow in brackets (团结公路（甲市—乙团）), a 社区 is a
    locality whatever it does, and an office is no site.
    """
    spans = {(hit.start, hit.end) for hit in channels.hits}
    told = {match.start() for match in _ROUTE.finditer(channels.text) if {match.span(1), match.span(2)} <= spans}
    best: dict[int, Name] = {}
    for name in names:
        if name.end in told and name.type == EntityType.SITE:
            best[name.end] = max(best.get(name.end, name), name, key=lambda item: item.score)
    return tuple(_correct(channels.text, name, routed=best.get(name.end) is name) for name in names)


def _correct(text: str, name: Name, *, routed: bool) -> Name:
    if routed and name.score < _TOLD:
        return replace(name, score=_TOLD)
    if name.type in ORGANISED and text.endswith("社区", name.start, name.end):
        return replace(name, type=EntityType.LOCALITY)
    if name.type == EntityType.SITE and _OFFICE_END.search(text[name.start : name.end]):
        return replace(name, type=EntityType.INSTITUTION)
    return name


def select_names(names: Iterable[Name], *, least: float) -> tuple[Name, ...]:
    """The best names without overlap, in text order: a higher score wins, then the longer span."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda item: (-item.score, item.start - item.end, item.start, item.type)):
        if name.score >= least and not any(place in taken for place in (name.start, name.end - 1)):
            places = range(name.start, name.end)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append(name)
    return tuple(sorted(kept, key=lambda item: item.start))
