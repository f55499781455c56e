"""What the questions print: exact tables in both languages, rows for programs, hostile names, colours."""
# ruff: noqa: E501 - lines as they are printed

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from bingdi.cli import rows
from bingdi.cli.main import app
from graphs import (
    CHANGJI,
    ELEVENTH,
    HOSPITAL,
    OFFICE,
    TWELFTH,
    Reading,
    make_document,
    make_entity,
    make_readings,
    make_store,
)
from typer.testing import CliRunner, Result

PLAIN = {
    "LC_ALL": "C",
    "BINGDI_LANG": "",
    "BINGDI_STORE": "",
    "BINGDI_DEBUG": "",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
    "COLUMNS": "",
}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with make_store(tmp_path_factory.mktemp("answers"), readings=make_readings()) as opened:
        return opened.path


def run(*args: object, store: Path, **env: str) -> Result:
    given = [*map(str, args), "--store", str(store)]
    return CliRunner().invoke(app, given, env=PLAIN | env, prog_name="bingdi")


def read(*args: object, store: Path, **env: str) -> str:
    result = run(*args, store=store, **env)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


NEIGHBOURS = f"""\
第十二师  division  {TWELFTH.id}
   relation   name            type      evidence  documents  date  status   confidence  sentence
↔  co-builds  昌吉市          locality         2          2  2026  planned        1.00  第十二师与昌吉市共建两河湿地公园。
↔  co-builds  头屯河区        locality         1          1  2022  done           0.70  2022年，第十二师和头屯河区共同治理河道。
↔  adjoins    昌吉回族自治州  locality         1          1                       1.00  昌吉州与十二师相邻。
←  part of    一〇四团        regiment         1          1                       1.00  一〇四团是第十二师的一个团。
→  party to   两河湿地公园    site             1          1                       1.00  第十二师与昌吉市共建两河湿地公园。
"""
NEIGHBOURS_ZH = f"""\
第十二师  师  {TWELFTH.id}
   关系  名称            类型  依据  文档  日期  状态    置信度  句子
↔  共建  昌吉市          地方     2     2  2026  计划中    1.00  第十二师与昌吉市共建两河湿地公园。
↔  共建  头屯河区        地方     1     1  2022  已完成    0.70  2022年，第十二师和头屯河区共同治理河道。
↔  毗邻  昌吉回族自治州  地方     1     1                  1.00  昌吉州与十二师相邻。
←  隶属  一〇四团        团场     1     1                  1.00  一〇四团是第十二师的一个团。
→  参与  两河湿地公园    场所     1     1                  1.00  第十二师与昌吉市共建两河湿地公园。
"""
DEEPER = """\
   2  第十二师            ↔  co-builds             昌吉市                locality            2          2  2026  planned        1.00  第十二师与昌吉市共建两河湿地公园。
   2  第十二师            ↔  co-builds             头屯河区              locality            1          1  2022  done           0.70  2022年，第十二师和头屯河区共同治理河道。
   2  一〇四团党委统战部  ↔  co-hosts              头屯河区民宗局        institution         1          1        planned        0.60  双方还将联合举办首届西瓜节。
   2  一〇四团党委统战部  ↔  signs agreement with  头屯河区民宗局        institution         1          1        done           0.95  一○四团党委统战部与开发区民宗局签订《共建协议》。
   2  第十二师            ↔  adjoins               昌吉回族自治州        locality            1          1                       1.00  昌吉州与十二师相邻。
   2  一〇四团党委统战部  →  party to              《民族团结共建协议》  agreement           1          1                       1.00  一○四团党委统战部与开发区民宗局签订《共建协议》。
   2  第十二师            →  party to              两河湿地公园          site                1          1                       1.00  第十二师与昌吉市共建两河湿地公园。
"""
LINKS = """\
第十二师 —co-builds— 昌吉市  evidence 2, documents 2; 2026
    【第十二师】与〖昌吉市〗将‹共建›学校。
      2026; planned; 教育; 《计划》 垦区报 2025-03-01; confidence 0.50
    【第十二师】与〖昌吉市〗‹共建›两河湿地公园。
      生态; 《共建》 河畔日报 2025; confidence 1.00
"""
LINKS_ZH = """\
天津市 —援助→ 第十一师  依据 1 条，文档 1 篇
    【天津市】‹援建›〖第十一师〗医院。
      医疗; 《天津援建》 河畔日报 2023-06-01; https://example.org/aid; 置信度 0.90
"""
PATH = """\
way 1, length 2  昌吉市 — 第十二师 — 一〇四团
  第十二师 —co-builds— 昌吉市  evidence 2, documents 2; 2026
    【第十二师】与〖昌吉市〗将‹共建›学校。
      2026; planned; 教育; 《计划》 垦区报 2025-03-01; confidence 0.50
    … 1 more sentences (--sentences 0 shows all)
  一〇四团 —part of→ 第十二师  evidence 1, documents 1
    【一〇四团】是〖第十二师〗的一个团。
      《计划》 垦区报 2025-03-01; confidence 1.00
"""
SHOW_ZH = f"""\
天津市河畔眼科医院  机构  {HOSPITAL.id}
所属  天津市
理由  据文中隶属关系
提及  1
文档  1
依据  2
日期  2023-05

   关系  关联
→  援助     1
→  位于     1
"""
SEARCH = """\
name            type      id                also
昌吉回族自治州  locality  {state}  昌吉州

【昌吉州】与十二师相邻。
  《共建》; 河畔日报; 2025; {document}
"""
TIMELINE_ZH = """\
日期     甲方                   关系  乙方      状态    置信度  句子
2022     头屯河区            ↔  共建  第十二师  已完成    0.70  2022年，第十二师和头屯河区共同治理河道。
2023-05  天津市河畔眼科医院  →  援助  第十一师  已完成    0.80  2023年5月，天津市河畔眼科医院向十一师捐赠设备。
2026     第十二师            ↔  共建  昌吉市    计划中    0.50  第十二师与昌吉市将共建学校。
"""
PERIODS = """\
period  relation   links  evidence
2022    co-builds      1         1
2023    aids           1         1
2026    co-builds      1         1
"""
STATS_ZH = """\
库中文档                               4
跳过文档                               0
实体                                   2
  师                                   1
  地方                                 1
关联                                   1
  共建                                 1
依据                                   2
  共建                                 2
合作对                                 1
  昌吉市 — 第十二师                    2
"""


def test_neighbours(store: Path) -> None:
    assert read("neighbours", "12师", store=store) == NEIGHBOURS
    assert read("neighbours", "12师", "--lang", "zh", store=store) == NEIGHBOURS_ZH
    assert read("neighbours", "12师", store=store, LC_ALL="zh_CN.UTF-8") == NEIGHBOURS_ZH
    deep = read("neighbours", "104团", "--depth", "2", store=store).splitlines(keepends=True)
    assert deep[1].split() == ["step", "via", *NEIGHBOURS.splitlines()[1].split()]
    assert [line[:4] for line in deep[2:4]] == ["   1", "   1"]
    assert "".join(deep[4:]) == DEEPER


def test_links(store: Path) -> None:
    assert read("links", "十二师", "昌吉市", store=store) == LINKS
    assert read("links", "第十一师", "天津", "--lang", "zh", store=store) == LINKS_ZH
    one = read("links", "十二师", "昌吉市", "--sentences", "1", store=store).splitlines()
    assert one[:3] == LINKS.splitlines()[:3]
    assert one[3:] == ["    … 1 more sentences (--sentences 0 shows all)"]


def test_path(store: Path) -> None:
    assert read("path", "昌吉市", "104团", store=store) == PATH


def test_show(store: Path) -> None:
    assert read("show", HOSPITAL.name, "--lang", "zh", store=store) == SHOW_ZH


def test_search(store: Path) -> None:
    found = json.loads(read("search", "昌吉州", "--format", "json", store=store))
    expected = SEARCH.format(state=found[0]["id"], document=found[1]["id"])
    assert read("search", "昌吉州", store=store) == expected


def test_stats(store: Path) -> None:
    only = ("--relation", "共建", "--field", "教育，生态", "--lang", "zh")
    shown = read("stats", *only, store=store)
    assert [line.split() for line in shown.splitlines() if "提及" not in line] == [
        line.split() for line in STATS_ZH.splitlines()
    ]
    assert len({width(line) for line in shown.splitlines()}) == 1


def test_timeline(store: Path) -> None:
    result = run("timeline", "--lang", "zh", store=store)
    assert (result.stdout, result.stderr) == (TIMELINE_ZH, "bingdi: 另有 10 条无日期，未列出\n")
    result = run("timeline", "--by", "year", store=store)
    assert (result.stdout, result.stderr) == (PERIODS, "bingdi: 10 undated not shown\n")


def test_timeline_by_period_keeps_to_the_limit(store: Path) -> None:
    cut = "".join(PERIODS.splitlines(keepends=True)[:3])
    more = "bingdi: … 1 more (--limit 0 shows all)\n"
    result = run("timeline", "--by", "year", "--limit", "2", store=store)
    assert (result.stdout, result.stderr) == (cut, more + "bingdi: 10 undated not shown\n")
    for limit in ("0", "3"):
        assert run("timeline", "--by", "year", "--limit", limit, store=store).stdout == PERIODS
    rows = run("timeline", "--by", "year", "--limit", "2", "--format", "jsonl", store=store)
    assert rows.stdout.count("\n") == 3


def test_verify(store: Path) -> None:
    result = run("verify", store=store)
    mentions = {row["what"]: row["count"] for row in json.loads(read("stats", "--format", "json", store=store))}[
        "mentions"
    ]
    line = f"bingdi: {store}: {mentions} mentions and 13 evidence, all sound\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", line)


COLUMNS = {
    ("neighbours", "12师"): rows.NEIGHBOUR,
    ("links", "12师", "昌吉市"): rows.STATEMENT,
    ("path", "昌吉市", "104团"): rows.PATH,
    ("show", "12师"): rows.PORTRAIT,
    ("search", "昌吉州"): rows.HIT,
    ("stats",): rows.COUNT,
    ("timeline", "12师"): rows.STATEMENT,
    ("timeline", "--by", "year"): rows.PERIOD,
    ("verify",): rows.PROBLEM,
}


@pytest.mark.parametrize(("question", "columns"), COLUMNS.items(), ids=lambda value: " ".join(value))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_three_formats_for_programs_say_the_same(
    store: Path, question: tuple[str, ...], columns: tuple[str, ...], language: str
) -> None:
    def ask(form: str) -> str:
        result = run(*question, "--format", form, "--lang", language, store=store)
        assert result.exit_code == 0
        return result.stdout

    listed = json.loads(ask("json"))
    lines = [json.loads(line) for line in ask("jsonl").splitlines()]
    table = list(csv.reader(io.StringIO(ask("csv"))))
    assert listed == lines
    assert table[0] == list(columns)
    assert len(table) == len(listed) + 1
    assert (listed == []) is (question == ("verify",))
    for row, cells in zip(listed, table[1:], strict=True):
        assert list(row) == list(columns)
        assert cells == [cell(value) for value in row.values()]


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def test_rows_carry_ids_relations_and_types_whatever_the_language(store: Path) -> None:
    (first, *_) = json.loads(read("neighbours", "12师", "--lang", "zh", "--format", "json", store=store))
    assert first["id"] == CHANGJI.id
    assert (first["relation"], first["type"], first["direction"], first["status"]) == (
        "co_builds",
        "locality",
        "both",
        "planned",
    )
    assert (first["weight"], first["fields"], first["confidence"]) == (2, ["教育", "生态"], 1.0)


def test_offsets_in_rows_count_from_the_quote_and_from_the_document(store: Path) -> None:
    for row in json.loads(read("links", "12师", "昌吉市", "--format", "json", store=store)):
        for end in ("head", "tail"):
            assert row["quote"][row[f"{end}_start"] : row[f"{end}_end"]] == row[f"{end}_name"]
        assert row["quote"][row["trigger_start"] : row["trigger_end"]] == "共建"
        assert row["end"] - row["start"] == len(row["quote"])


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--relation", "co_builds"], ["昌吉市", "头屯河区"]),
        (["--relation", "Co-Builds"], ["昌吉市", "头屯河区"]),
        (["--relation", "共建,毗邻"], ["昌吉市", "头屯河区", "昌吉回族自治州"]),
        (["--relation", "共建", "--relation", "隶属"], ["昌吉市", "头屯河区", "一〇四团"]),
        (["--type", "locality"], ["昌吉市", "头屯河区", "昌吉回族自治州"]),
        (["--type", "团场", "--type", "场所"], ["一〇四团", "两河湿地公园"]),
        (["--field", "教育"], ["昌吉市"]),
        (["--status", "done"], ["头屯河区"]),
        (["--status", "计划中"], ["昌吉市"]),
        (["--publisher", "垦区报"], ["昌吉市", "一〇四团"]),
        (["--since", "2022年", "--until", "2022/12", "--dated"], ["头屯河区"]),
        (["--since", "2023", "--dated"], ["昌吉市"]),
        (["--least-evidence", "2"], ["昌吉市"]),
        (["--min-confidence", "0.9", "--relation", "共建"], ["昌吉市"]),
    ],
)
def test_filters(store: Path, options: list[str], names: list[str]) -> None:
    found = json.loads(read("neighbours", "12师", *options, "--format", "json", store=store))
    assert [row["name"] for row in found] == names


@pytest.mark.parametrize(
    ("question", "english", "chinese"),
    [
        (("neighbours", "首届西瓜节"), "bingdi: 首届西瓜节 has no links that fit\n", "bingdi: 首届西瓜节 没有符合条件的关联\n"),
        (("links", "天津", "昌吉市"), "bingdi: no link between 天津市 and 昌吉市 that fits\n", "bingdi: 天津市 与 昌吉市 之间没有符合条件的关联\n"),
        (("path", "天津", "昌吉市"), "bingdi: no way from 天津市 to 昌吉市 within 6 steps\n", "bingdi: 天津市 与 昌吉市 之间在 6 步以内没有路径\n"),
        (("path", "昌吉市", "104团", "--cooperation"), "bingdi: no way from 昌吉市 to 一〇四团 within 6 steps\n", "bingdi: 昌吉市 与 一〇四团 之间在 6 步以内没有路径\n"),
        (("search", "大漠"), "bingdi: nothing holds 大漠\n", "bingdi: 没有找到含“大漠”的内容\n"),
        (("timeline", "首届西瓜节"), "bingdi: no dated links that fit\n", "bingdi: 没有符合条件的有日期的关联\n"),
    ],
)  # fmt: skip
def test_nothing_found_is_said_on_stderr(store: Path, question: tuple[str, ...], english: str, chinese: str) -> None:
    result = run(*question, store=store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", english)
    assert run(*question, "--lang", "zh", store=store).stderr == chinese
    if question[0] != "timeline":
        assert json.loads(run(*question, "--format", "json", store=store).stdout) == []


def test_a_long_table_is_cut_and_says_so(store: Path) -> None:
    result = run("neighbours", "12师", "--limit", "2", store=store)
    assert [line.split() for line in result.stdout.splitlines()] == [
        line.split() for line in NEIGHBOURS.splitlines()[:4]
    ]
    assert result.stderr == "bingdi: … 3 more (--limit 0 shows all)\n"
    assert run("neighbours", "12师", "--limit", "0", store=store).stdout == NEIGHBOURS
    every = run("neighbours", "12师", "--limit", "2", "--format", "jsonl", store=store)
    assert (every.stdout.count("\n"), every.stderr) == (5, "")


def test_level_unit(store: Path) -> None:
    shown = run("neighbours", OFFICE.name, "--level", "unit", "--relation", "签订协议", store=store)
    assert shown.stderr == f"bingdi: {OFFICE.name} belongs to 第十二师, which is shown\n"
    assert shown.stdout.splitlines()[0] == f"第十二师  division  {TWELFTH.id}"
    assert "头屯河区" in shown.stdout
    linked = read("links", "12师", "头屯河区", "--level", "unit", store=store)
    assert f"{OFFICE.name} – 头屯河区民宗局" in linked or f"头屯河区民宗局 – {OFFICE.name}" in linked


def test_a_narrow_terminal_cuts_the_last_column(store: Path) -> None:
    shown = read("neighbours", "12师", store=store, COLUMNS="80").splitlines()
    assert max(map(width, shown)) == 80
    assert shown[2].endswith("…")


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_colours_only_where_wanted(store: Path) -> None:
    coloured = read("links", "十二师", "昌吉市", store=store, FORCE_COLOR="1")
    assert "\x1b[1;36m第十二师\x1b[0m与\x1b[1;33m昌吉市\x1b[0m将\x1b[35m共建\x1b[0m学校。" in coloured
    assert "【" not in coloured
    unmarked = re.sub("[【】〖〗‹›]", "", LINKS)
    assert COLOUR.sub("", coloured) == unmarked
    for env in ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, {"NO_COLOR": "1"}, {}):
        assert read("links", "十二师", "昌吉市", store=store, **env) == LINKS


HOSTILE = [
    "\x1b[31m红\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "[red]bold[/red]",
    "[link=file:///etc]x[/link]",
    "\u202e甲乙\u202c",
    "\u2066x\u2069",
    "a\u200bb\ufeff",
    "行\n行\r\n行\t行",
    "\u2028\u2029",
    "{name} {0} %s",
    "=cmd()|' /C calc'!A0",
    "@SUM(A1)",
    '"quoted", and; more',
    "\U000e0041\U000e0042",
    "🐎👨‍👩‍👧",
]
DANGEROUS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    readings = []
    for number, text in enumerate(HOSTILE):
        bad = make_entity("institution", f"坏{number}{text}", f"别名{number}{text}")
        quote = f"{bad.name}与甲县合作{text}。"
        document = make_document(
            quote, name=f"文{text}", title=f"题{text}", publisher=f"报{text}", url=f"x:{text}", date="2024"
        )
        reading = Reading(document, bad, COUNTY)
        readings.append(
            reading.link(
                bad.name,
                "cooperates_with",
                COUNTY.name,
                quote,
                trigger="合作",
                fields=(f"域{text}",),
                date="2024",
            )
        )
    with make_store(tmp_path_factory.mktemp("hostile"), readings=readings) as opened:
        return opened.path


COUNTY = make_entity("locality", "甲县")


@pytest.mark.parametrize("colour", ["", "1"])
@pytest.mark.parametrize(
    "question",
    [("neighbours", "甲县"), ("search", "坏"), ("stats",), ("timeline",), *[("links", "甲县", f"坏{number}{text}") for number, text in enumerate(HOSTILE)]],
    ids=lambda question: question[0],
)  # fmt: skip
def test_hostile_text_cannot_drive_a_terminal(hostile: Path, question: tuple[str, ...], colour: str) -> None:
    result = (
        run(*question, "--limit", "0", store=hostile, FORCE_COLOR=colour)
        if question[0] in ("neighbours", "search", "timeline")
        else run(*question, store=hostile, FORCE_COLOR=colour)
    )
    assert result.exit_code == 0
    shown = COLOUR.sub("", result.stdout) if colour else result.stdout
    assert DANGEROUS.findall(shown) == []
    assert "坏0\\x1b[31m红" in shown or question[0] == "links"


def test_markup_is_text(hostile: Path) -> None:
    shown = read("links", "甲县", "坏3[red]bold[/red]", store=hostile, FORCE_COLOR="1")
    assert "[red]bold[/red]" in COLOUR.sub("", shown)


def test_hostile_names_in_errors_are_escaped(hostile: Path) -> None:
    result = run("show", "\x1b[31m没有\u202e", store=hostile)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("bingdi: no entity is named \\x1b[31m没有\\u202e")
    assert DANGEROUS.findall(result.stderr) == []


def test_programs_get_hostile_text_whole(hostile: Path) -> None:
    result = run("neighbours", "甲县", "--format", "json", store=hostile)
    assert DANGEROUS.findall(result.stdout) == []
    assert {row["name"] for row in json.loads(result.stdout)} == {
        f"坏{number}{text}" for number, text in enumerate(HOSTILE)
    }


def test_csv_runs_no_formula(hostile: Path) -> None:
    shown = run("neighbours", "甲县", "--format", "csv", store=hostile).stdout_bytes.decode()
    names = [row["name"] for row in csv.DictReader(io.StringIO(shown, newline=""))]
    assert set(names) == {f"坏{number}{text}" for number, text in enumerate(HOSTILE)}
    found = run("search", "=cmd", "--format", "csv", store=hostile)
    assert found.exit_code == 0
    for row in csv.reader(io.StringIO(found.stdout_bytes.decode(), newline="")):
        assert not any(value.startswith(("=", "+", "-", "@", "\t")) for value in row)


def test_the_eleventh_is_there(store: Path) -> None:
    assert ELEVENTH.name in read("neighbours", "天津", store=store)
