"""Full names: what a text calls 市妇联 or 省气象局, under the name of the area that it must mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..gazetteer import GazetteerRow, load_gazetteer
from ..lexicon import read_words
from ..model import EntityType
from .gazetteer_names import find_leading_hit

_XINJIANG, _CORPS = "650000", "XPCC"
_LEVELS = ("自治区", "地区", "师市", "省", "市", "州", "县", "区", "师", "旗", "盟")
_NO_DISTRICT = ("自治区", "地区", "行政区")
_COMMITTEE = re.compile(r"(?!中共)(.+(?:[省市县区州旗师团]|兵团))党?委")
_PUBLIC = re.compile(r"(?<!人民)(?<=[省市县区州旗盟师团])(?:政府|法院|检察院)$|(?<=[市县区州旗])医院$")
_LEAGUE = re.compile("(?!共青团)(.+(?:[省市县区州旗师校院]|兵团))团委")
_PARTY_OFFICE = re.compile(
    "(?!中共).+(?:[省市县区州旗师团]|兵团)党?委(?:统战部|宣传部|组织部|政法委|党校|办公[室厅]|政研室|农办|老干部局|网信办)"
)
_NUMBERED_SCHOOL = re.compile("(?<=[省市县区州旗师团镇])([一二三四五六七八九十]+)([中小])$")
_SESSION = re.compile("^第[零一二三四五六七八九十百0-9]{1,4}届")
_INNER = (
    (re.compile("(?<!人民)(?<=[省市县区州旗盟])政府(?=.)"), "人民政府"),
    (re.compile("高院(?=.{2,4}分院)"), "高级人民法院"),
    (re.compile("农科院(?=.{2,8}(?:[分总]院|所|中心|基地))"), "农业科学院"),
)
"""Short words within names, and what they stand for."""
_WITH_CITY = re.compile("第.+师.+市")
_DIVISIONS = frozenset({EntityType.DIVISION, EntityType.REGIMENT})


@cache
def _office() -> re.Pattern[str]:
    words = "|".join(word if len(word) > 1 else f"{word}." for word in read_words("names", "offices")["words"])
    return re.compile(f"({'|'.join(_LEVELS)})(?={words})")


_COMMON = re.compile(
    "(?:前方)?指挥部|前指|工作组|工作队|医疗队|管委会|管理委员会|开发区|园区|产业园|工业园|示范区|基地|中心|公司|集团|学校|医院|"
    "中学|小学|协会|商会|博览会|展览会|商洽会|洽谈会|推介会|联谊会|招商会|对接会|交流会|培训班|座谈会|研讨会|论坛|"
    "(?:签约|启动|揭牌|开幕|挂牌)仪式|[子母总]公司|职业技术学[校院]|幼儿园|敬老院|卫生[院室]|党支部|工会|[村居]委会|"
    "(?:养殖|种植|实训|实习|培训|示范)基地|(?:科技|创业|物流)园|机场|(?:火车|高铁)?站|水库|变电站|"
    "派出所|农业农村局|经济发展局|(?:统战|组织|宣传)部"
)
"""Words that say what kind of body it is and nothing else."""
_UNFIT = frozenset(
    {"第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "企业", "驻", "援疆", "援藏", "援青", "对口"}
)
_OFFICE_TAIL = "(?:管理|监督|保护|服务|运输|保障|事务|工作|改革)*(?:局|厅|委|办|办公室|委员会|院|站|处|会|中心|所)?"


@cache
def _bare() -> re.Pattern[str]:
    words = (word for word in read_words("names", "offices")["words"] if len(word) > 1 and word not in _UNFIT)
    bare = read_words("names", "bare")
    offices, sorts, kinds = (
        "|".join(sorted(choice, key=lambda word: (-len(word), word)))
        for choice in (words, bare["sorts"], bare["kinds"])
    )
    return re.compile(f"{_COMMON.pattern}|(?:{offices})+{_OFFICE_TAIL}|(?:{sorts})*(?:{kinds})")


def is_bare(surface: str) -> bool:
    """Whether a surface is only a word for a kind of body (公安局, 人民医院, 示范区), which names none.

    Not so with 部 (教育部 is a ministry) nor behind an area or a level (市妇联).
    """
    return bool(_bare().fullmatch(surface))


def find_level(surface: str) -> str:
    """The word of level that a body's name begins with in place of an area (市 of 市妇联), or empty."""
    match = _office().match(surface)
    return match[1] if match else ""


def find_home(level: str, areas: Sequence[GazetteerRow]) -> GazetteerRow | None:
    """The only area of a level among those that a text names, or else the only one that they lie in.

    None where there are several or none; where a division has a city 市 may be that.
    """
    gazetteer = load_gazetteer()
    found = {row.code: row for row in areas if has_level(row, level)}
    found = found or {
        above.code: above for row in areas for above in gazetteer.ancestors(row.code) if has_level(above, level)
    }
    if not found and level == "自治区" and any(row.code.startswith(_CORPS) for row in areas):
        found = {_XINJIANG: gazetteer.by_code[_XINJIANG]}
    if len(found) != 1 or (level == "市" and any(map(_find_city, areas))):
        return None
    return next(iter(found.values()))


def write_full(surface: str, level: str, home: GazetteerRow) -> str:
    """The name with its area; 师市 is the division with its city: 师市团委 is 第八师石河子市团委."""
    return ((level == "师市" and _find_city(home)) or home.name) + surface.removeprefix(level)


def write_short(surface: str, level: str, home: GazetteerRow) -> tuple[str, ...]:
    """The name with its area as people call that: 新疆农科院 of 自治区农科院, 巴里坤县妇联 of 县妇联.

    Short names that an area shares with another of a lower level (昌吉, 和田) are left out.
    """
    if home.type != EntityType.LOCALITY:
        return ()
    short = [alias for alias in home.aliases if level == "自治区" or alias.endswith(level)]
    return tuple(alias + surface.removeprefix(level) for alias in short)


def drop_session(name: str) -> str:
    """A body's name without that of its term: 第十届中国科协 is 中国科协."""
    return _SESSION.sub("", name)


def _find_city(row: GazetteerRow) -> str:
    """A division with its city (第八师石河子市), or empty."""
    return next((alias for alias in row.aliases if _WITH_CITY.fullmatch(alias)), "")


def split_division(surface: str) -> tuple[GazetteerRow | None, str]:
    """The division or regiment, with its city or town, that a name begins with, and what follows it."""
    hit = find_leading_hit(surface)
    if hit is None or len(hit.rows) != 1 or EntityType(hit.rows[0].type) not in _DIVISIONS:
        return None, surface
    return hit.rows[0], surface[hit.end :]


def write_twins(surface: str) -> tuple[str, ...]:
    """Other names of a body that is named by a division and its city: 第八师石河子市第一中学, 石河子市第一中学."""
    row, rest = split_division(surface)
    city = _find_city(row) if row is not None and rest and surface.endswith(f"市{rest}") else ""
    return (city + rest, city.partition("师")[2] + rest) if city else ()


def has_level(row: GazetteerRow, level: str) -> bool:
    """Whether a word of level (市, 自治区) may stand for an area."""
    if level in ("师", "师市"):
        return row.type == EntityType.DIVISION
    if level == "区" and row.name.endswith(_NO_DISTRICT):
        return False
    return row.type == EntityType.LOCALITY and row.name.endswith(level)


def list_formal(name: str) -> tuple[str, ...]:
    """A body's name with its short words in full: 莆田市妇联 gives 莆田市妇女联合会, 省政府办公厅 省人民政府办公厅."""
    inner = _NUMBERED_SCHOOL.sub(r"第\1\2学", name)
    for short, full in _INNER:
        inner = short.sub(full, inner)
    party = (f"中共{name}",) if _PARTY_OFFICE.fullmatch(name) else ()
    found = dict.fromkeys((*_list_endings(name), inner, *_list_endings(inner), *party, drop_session(name)))
    return tuple(full for full in found if full != name)


def _list_endings(name: str) -> tuple[str, ...]:
    """A name with its last words in full."""
    for short, formal in _formal():
        if name.endswith(short) and not name.endswith(formal):
            return tuple(name.removesuffix(short) + ending for ending in formal)
    if (league := _LEAGUE.fullmatch(name)) is not None:
        return (f"共青团{league[1]}委员会",)
    if (party := _COMMITTEE.fullmatch(name)) is not None:
        return (f"中共{party[1]}委员会",)
    if (public := _PUBLIC.search(name)) is not None:
        return (f"{name[: public.start()]}人民{public[0]}",)
    return ()


@cache
def _formal() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Short endings with what they stand for, the longest first."""
    return tuple(sorted(read_words("names", "formal").items(), key=lambda pair: (-len(pair[0]), pair)))
