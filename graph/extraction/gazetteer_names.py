"""Closed-class names: the gazetteer's automaton and the grammar of numbered units (一○四团, 第12师)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, takewhile

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from ..gazetteer import Gazetteer, GazetteerRow, load_gazetteer
from ..lexicon import read_words
from ..model import EntityType
from ..reading.script import simplify

NUMERAL = "零〇○Ｏ一二三四五六七八九十百0-9"
# A number before 师 or 团 is a unit only where no longer number stands before it and no word begins with 师 or 团.
# Pages that mask words write the number as stars.
_UNIT = re.compile(
    rf"(?:新疆生产建设兵团|兵团)?(?:农业?|第){{0,2}}(?<![{NUMERAL}])([{NUMERAL}]{{1,5}}|(?<=第)[*×＊]{{1,4}})(师|团)"
    r"(?![的员长队资支体结购圆聚])"
)
_NUMBERED = re.compile(rf"[{NUMERAL}][师团]$")
# 一师范, 三师徒, 五团队, 1200师生 (but 三师生态, 八团生产, 一师体育局, 三师长期, 五团购买).
_NO_UNIT = re.compile(
    r"[范徒傅兄员]|友(?![好谊邻城])|队(?!列)|长(?![期年久远达效绒江城征廊])|体(?![育检现制验系委量])"
    r"|购(?![买置进入销])|圆(?!满)|聚(?![焦力集势合居])|生(?!态|产|活)"
)
# 四地五师, 九县三团 and 五师四地 count units; 一师一优课, 每团一策 tell them out one by one.
_COUNT_BEFORE = re.compile(rf"[{NUMERAL}两](?:地州市?|县市|[地州县市区])$")
_COUNT_BEHIND = re.compile(r"[两二三四五六七八九十]{1,2}[地州](?!委)")
_SHARED_OUT = re.compile(
    r"一[师团](?=一(?:[策品特优校案业法图表档册景色课码牌园馆]|亮点|方案|主题|清单|特色|产业|品牌|规划|模式|项目|重点))"
)
_BEFORE_UNIT = re.compile(rf"[{NUMERAL}]")
_LEVELS = {"province": 4, "prefecture": 5, "county": 6, "town": 7, "street": 7}
_LEVEL_SIGNS = ("省", "自治区", "市", "州", "地区", "盟", "县", "区", "旗", "镇", "乡", "街道", "村", "团场", "农场")
_TOWN = r"镇(?![江定守静压远])|乡(?![村镇间土亲愁贤情])|街道"
_FORMER = {
    "county": re.compile(r"县|旗|区(?![域别间块位划县])|市(?![场价民政容面内外长郊县区直属级])"),
    "prefecture": re.compile("地区|盟(?!友|约|誓)"),
    **dict.fromkeys(("town", "street"), re.compile(_TOWN)),
}
"""What a place whose level has changed was called with."""
_SURE_SIGNS = ("县", "旗")
"""Levels that no other word begins with: 同仁县, but not 合作区."""
_LONGEST_TITLE = 5
_PERSON = re.compile(
    "(?:书记|[县市州师团镇乡村局院校队会部处科厅所社]长|主任|主席|政委|经理|董事长|指挥长|秘书长|医[生师]|护士|教授|老师)"
    "[王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢傅钟崔汪范陆廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]?$"
)
"""What stands before a person's name: a title, and perhaps the surname."""
_NO_PERSON = re.compile("[省市县区州人籍]|方面|等地|地区|自治|大学|医院|援|驻|兵团|当地|两地")
_SMALLER = re.compile(rf"{_TOWN}|村(?![民镇庄里上级干])|苏木|嘎查|社区")
_FUNCTION_WORDS = "同从和与及跟由向对把将即全来离到在为被给让经于自往是有了的去赴"
"""Words of one character that lead up to a name, and that some names of places begin with."""
_KINDS = {"corps": 1, "division": 2, "regiment": 3}
CONTEXT_KIND = 8
NUMBERED_KIND = 9
SIDES_KIND = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerHit:
    """A place in the text where gazetteer rows (or a numbered unit, then without rows) may be named."""

    start: int
    end: int
    rows: tuple[GazetteerRow, ...]
    context: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerMatch:
    """Hits in text order, and the channel (kind times 4 plus place: 1 begin, 2 inside, 3 end)."""

    hits: tuple[GazetteerHit, ...]
    channel: NDArray[np.int64]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], Gazetteer]:
    gazetteer = load_gazetteer()
    keys = tuple(sorted({simplify(key): key for key in gazetteer.by_key if len(key) > 1}.values()))
    led = tuple(_iter_led(keys, gazetteer))
    covers = tuple(sorted(gazetteer.covers))
    automaton = ahocorasick_rs.AhoCorasick(
        [simplify(pattern) for pattern in (*keys, *covers, *(word + key for word, key in led))],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        store_patterns=False,
    )
    return automaton, (*keys, *covers, *(key for _, key in led)), gazetteer


def _iter_led(keys: Sequence[str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Sure names behind a word with which they begin another name: 同 and 江苏, where 同江 would be found."""
    sure: dict[str, list[str]] = {}
    for key in keys:
        if not gazetteer.needs_context(key):
            sure.setdefault(key[0], []).append(key)
    for short in keys:
        if short[0] in _FUNCTION_WORDS and gazetteer.needs_context(short):
            found = (key for key in sure.get(short[1], ()) if key.startswith(short[1:]) and len(key) >= len(short))
            yield from ((short[0], key) for key in found)


def _is_label(row: GazetteerRow, text: str, end: int) -> bool:
    """Whether a place's short name is that of a product (库尔勒香梨) or of the paper that reports (伊犁日报讯)."""
    product, paper = _labels()
    return bool(paper.match(text, end)) or (row.level != "province" and bool(product.match(text, end)))


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = {kind: "|".join(map(re.escape, found)) for kind, found in read_words("names", "labels").items()}
    reports = r"(?:社|网|客户端)?(?:[讯电]|消息|[（(]?\ ?(?:全媒体|融媒体|见习|实习|首席)?记者)"
    return re.compile(rf"(?:{words['products']})(?!{words['ventures']})"), re.compile(f"(?:{words['papers']}){reports}")


def iter_gazetteer_hits(text: str) -> Iterator[GazetteerHit]:
    """Longest gazetteer names of a simplified text, left to right, without overlap.

    A longer word that merely holds a name (示范县 holds 范县) covers it: nothing is found there.
    """
    automaton, keys, gazetteer = _automaton()
    before: tuple[int, tuple[GazetteerRow, ...]] = (-1, ())
    for number, _, end in automaton.find_matches_as_indexes(text):
        key = keys[number]
        start = end - len(key)
        if key in gazetteer.covers or (_NUMBERED.search(key) and _is_counted(text, start, end)):
            continue
        rows = gazetteer.by_key[key]
        if key != rows[0].name and _is_label(rows[0], text, end):
            continue
        context = gazetteer.needs_context(key) and not (before[0] == start and _is_below(rows, before[1], key))
        before = end, rows
        yield GazetteerHit(start=start, end=end, rows=rows, context=context)


def _is_below(rows: tuple[GazetteerRow, ...], above: tuple[GazetteerRow, ...], key: str) -> bool:
    """Whether a formal name follows that of an area it lies in: 合作市 right behind 甘南藏族自治州 is no 合作."""
    codes = {row.code for row in above}
    lying = (row for row in rows if row.name == key)
    return any(codes & {found.code for found in load_gazetteer().ancestors(row.code)} for row in lying)


def _is_counted(text: str, start: int, end: int) -> bool:
    """Whether what looks like a numbered unit is part of a longer number or word: 1200师生, 第三师范学校, 四地五师."""
    if not _BEFORE_UNIT.match(text[start]):
        return bool(_NO_UNIT.match(text, end))
    longer = start > 0 and bool(_BEFORE_UNIT.match(text[start - 1]))
    counted = bool(_COUNT_BEFORE.search(text[max(start - 4, 0) : start]) or _COUNT_BEHIND.match(text, end))
    return longer or counted or bool(_NO_UNIT.match(text, end)) or bool(_SHARED_OUT.match(text, start))


def iter_numbered_hits(text: str) -> Iterator[GazetteerHit]:
    """Numbered divisions and regiments that stand in the text, those in a longer word (一团和气) left out."""
    for match in _UNIT.finditer(text):
        if not _is_counted(text, *match.span()) and not any(
            text.startswith(word, match.start() - place) for word, place in _round_words()
        ):
            yield GazetteerHit(start=match.start(), end=match.end(), rows=(), context=False)


@cache
def _round_words() -> tuple[tuple[str, int], ...]:
    """Words that hold what looks like a numbered unit, with where in them it stands: 抱成一团."""
    found = ((word, _UNIT.search(word)) for word in load_gazetteer().covers)
    return tuple((word, match.start()) for word, match in found if match is not None and match.start() < len(word))


def _settle(hits: Iterable[GazetteerHit], text: str) -> Iterator[GazetteerHit]:
    """Hits that stand as names: a short one with the level behind it (望城县, now a district), none before 镇 or 村.

    清水河 before 乡 is a township of that name, not the county 清水河县; 医生王博乐 and 书记武威 are people.
    """
    for hit in hits:
        row = hit.rows[0]
        if row.type != EntityType.LOCALITY or text[hit.start : hit.end].endswith(_LEVEL_SIGNS):
            yield hit
            continue
        if _PERSON.search(text, max(hit.start - _LONGEST_TITLE, 0), hit.start) and not _NO_PERSON.match(text, hit.end):
            continue
        former = _FORMER.get(row.level)
        sign = former.match(text, hit.end) if former else None
        if sign is not None and (not hit.context or sign[0] in _SURE_SIGNS):
            yield replace(hit, end=sign.end(), context=hit.context and sign[0] not in _SURE_SIGNS)
        elif not _SMALLER.match(text, hit.end):
            yield hit


def _kind(hit: GazetteerHit) -> int:
    if hit.context:
        return CONTEXT_KIND
    row = hit.rows[0]
    return _KINDS.get(row.type) or _LEVELS.get(row.level, 7)


@lru_cache(maxsize=65536)
def list_hits(name: str) -> tuple[GazetteerHit, ...]:
    """Hits of a simplified name in order; names come again and again."""
    named = _settle(iter_gazetteer_hits(name), name)
    return tuple(sorted((*named, *iter_numbered_hits(name)), key=lambda hit: hit.start))


def find_leading_hit(name: str) -> GazetteerHit | None:
    """The hit that a simplified name begins with."""
    return next((hit for hit in list_hits(name) if hit.start == 0), None)


@cache
def _sides() -> re.Pattern[str]:
    """Two areas by a character each, the first a province: 津兵, 鲁疆. 新 begins too many other words."""
    known = load_gazetteer().abbreviations
    provinces = "".join(sign for sign, codes in known.items() if codes[0].endswith("0000") and sign != "新")
    return re.compile(f"[{provinces}][{''.join(known)}]")


def match_gazetteer(text: str) -> GazetteerMatch:
    """Hits that stand as names of a simplified text, and the channel of all that look like one (粤疆 and 津兵 too)."""
    channel = np.zeros(len(text), np.int64)
    named = tuple(iter_gazetteer_hits(text))
    numbered = tuple(iter_numbered_hits(text))
    for hit, kind in [(hit, NUMBERED_KIND) for hit in numbered] + [(hit, _kind(hit)) for hit in named]:
        mark_place(channel, hit.start, hit.end, kind)
    for match in _sides().finditer(text):
        if not channel[match.start() : match.end()].any():
            mark_place(channel, *match.span(), SIDES_KIND)
    hits = (*_settle(named, text), *numbered)
    return GazetteerMatch(hits=tuple(sorted(hits, key=lambda hit: hit.start)), channel=channel)


def mark_place(channel: NDArray[np.int64], start: int, end: int, kind: int) -> None:
    """Mark ``[start, end)`` of a channel: kind times 4 plus 1 where it begins, 3 where it ends, 2 between."""
    channel[start:end] = kind * 4 + 2
    channel[start] = kind * 4 + 1
    channel[end - 1] = kind * 4 + 3


def list_within(hits: Sequence[GazetteerHit], start: int, end: int) -> list[GazetteerHit]:
    """Of hits in text order those that lie in ``[start, end)``."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    beginning = takewhile(lambda hit: hit.start < end, islice(hits, first, None))
    return [hit for hit in beginning if hit.end <= end]
