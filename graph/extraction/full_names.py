"""Full names: what a text calls 市妇联 or 省气象局, under the name of the area that it must mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..gazetteer import GazetteerRow, load_gazetteer
from ..lexicon import read_words
from ..model import EntityType

_XINJIANG, _CORPS = "650000", "XPCC"
_LEVELS = ("自治区", "地区", "师市", "省", "市", "州", "县", "区", "师", "旗", "盟")
_NO_DISTRICT = ("自治区", "地区", "行政区")
_COMMITTEE = re.compile(r"(?!中共)(.+(?:[省市县区州旗师团]|兵团))党?委")
_COURT = re.compile(r"(?<!人民)(?<=[省市县区州旗盟师团])(?:政府|法院|检察院)$")
_WITH_CITY = re.compile("第.+师.+市")


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
    offices = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"{_COMMON.pattern}|(?:{offices})+{_OFFICE_TAIL}")


def is_bare(surface: str) -> bool:
    """Whether a surface is only a word for a kind of body (公安局, 人民医院, 示范区), which names none.

    Not so with 部 (教育部 is a ministry) nor behind an area or a level (市妇联).
    """
    return bool(_bare().fullmatch(surface))


def find_level(surface: str) -> str:
    """The word of level that a body's name begins with in place of an area (市 of 市妇联), or empty."""
    match = _office().match(surface)
    return match[1] if match else ""


def write_full(surface: str, level: str, areas: Sequence[GazetteerRow]) -> str:
    """The name with the only area of its level that the text names, or else that its areas lie in.

    Empty where there are several or none. 师市 is the division with its city: 师市团委 is 第八师石河子市团委, and
    where a division has a city 市 may be that.
    """
    gazetteer = load_gazetteer()
    found = {row.code: row for row in areas if _has_level(row, level)}
    found = found or {
        above.code: above for row in areas for above in gazetteer.ancestors(row.code) if _has_level(above, level)
    }
    if not found and level == "自治区" and any(row.code.startswith(_CORPS) for row in areas):
        found = {_XINJIANG: gazetteer.by_code[_XINJIANG]}
    if len(found) != 1 or (level == "市" and any(map(_find_city, areas))):
        return ""
    (row,) = found.values()
    return ((level == "师市" and _find_city(row)) or row.name) + surface[len(level) :]


def _find_city(row: GazetteerRow) -> str:
    """A division with its city (第八师石河子市), or empty."""
    return next((alias for alias in row.aliases if _WITH_CITY.fullmatch(alias)), "")


def _has_level(row: GazetteerRow, level: str) -> bool:
    if level in ("师", "师市"):
        return row.type == EntityType.DIVISION
    if level == "区" and row.name.endswith(_NO_DISTRICT):
        return False
    return row.type == EntityType.LOCALITY and row.name.endswith(level)


def write_formal(name: str) -> str:
    """A body's name with its short ending in full (莆田市妇联 gives 莆田市妇女联合会), or empty."""
    for short, formal in _formal():
        if name.endswith(short) and not name.endswith(formal):
            return name[: -len(short)] + formal
    if (party := _COMMITTEE.fullmatch(name)) is not None:
        return f"中共{party[1]}委员会"
    if (court := _COURT.search(name)) is not None:
        return f"{name[: court.start()]}人民{court[0]}"
    return ""


@cache
def _formal() -> tuple[tuple[str, str], ...]:
    """Short endings with what they stand for, the longest first."""
    found = {short: words[0] for short, words in read_words("names", "formal").items()}
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair)))
