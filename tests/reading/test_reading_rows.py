from __future__ import annotations

import json
from pathlib import Path

import pytest
from bingdi.graph.errors import DateError, ReadingError
from bingdi.graph.model import Document
from bingdi.graph.reading import iter_sources, read_documents, read_source

TEXT = "西岭师与东川市签订合作协议。"


def read(path: Path) -> tuple[list[Document], list[str]]:
    skipped: list[ReadingError] = []
    documents = list(read_documents([path], on_skip=skipped.append))
    return documents, [str(error).removeprefix(str(path)) for error in skipped]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_json_lines(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {
            "text": TEXT,
            "title": "签约",
            "publisher": "河谷日报",
            "date": "2023年5月6日",
            "url": "https://e.org/1",
            "id": 7,
        },
        {
            "正文": TEXT,
            "标题": "签约",
            "来源": "河谷日报",
            "发布时间": "2023-05-06 10:00",
            "链接": "https://e.org/1",
            "doc": "two",
        },
        {"Content": TEXT},
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding=encoding)
    documents, problems = read(path)
    assert problems == []
    assert [found.name for found in documents] == ["7", "two", "rows#3"]
    assert {found.text for found in documents} == {TEXT}
    for found in documents[:2]:
        assert (found.title, found.publisher, found.date) == ("签约", "河谷日报", "2023-05-06")
        assert found.url == "https://e.org/1"
    assert documents[2].origin == f"{path}:3"


def test_malformed_json_rows_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        json.dumps({"text": TEXT}), "", "not json", "[1]", '{"title": "无文"}', '{"text": ""}',
        '{"text": 5.5}',
        '{"text": "\\ud800"}', "[" * 100_000, json.dumps({"text": TEXT}),
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    documents, problems = read(path)
    assert [found.name for found in documents] == ["rows#1", "rows#10"]
    assert [problem.split(" (")[0] for problem in problems] == [
        ":3: malformed row",
        ":4: not a JSON object; one object a line is read",
        ":5: no text column; name it text, content, 正文 or 内容",
        ":6: empty text",
        ":7: empty text",
        ":8: holds no text; leave it out, or give the file that holds it",
        ":9: malformed row",
    ]
    assert all("\n" not in problem for problem in problems)


def test_a_json_row_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = json.dumps({"text": TEXT}, ensure_ascii=False)
    path.write_bytes(row.encode() + b"\n" + row.encode("gb18030") + b"\n" + b'{"text": "\xff\xff\xff\xff"}')
    documents, problems = read(path)
    assert [found.text for found in documents] == [TEXT, TEXT]
    assert len(problems) == 1
    assert problems[0].startswith(":3: malformed row")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".csv", ";"), (".tsv", "\t"), (".csv", "\t")])
def test_csv(tmp_path: Path, encoding: str, suffix: str, mark: str) -> None:
    path = tmp_path / f"rows{suffix}"
    rows = [
        ["标题", "正文", "日期", "来源", "编号"],
        ["签约", f'"{TEXT}\n“好,”他说;""是""。"', "2023年5月6日", "河谷日报", "a1"],
        ["", TEXT, "", "", ""],
    ]
    path.write_text("\r\n".join(mark.join(row) for row in rows) + "\r\n", encoding=encoding, newline="")
    documents, problems = read(path)
    assert problems == []
    assert [found.name for found in documents] == ["a1", "rows#3"]
    assert documents[0].text == f'{TEXT}\n“好,”他说;"是"。'
    assert (documents[0].title, documents[0].date) == ("签约", "2023-05-06")
    assert documents[0].publisher == "河谷日报"
    assert [found.origin for found in documents] == [f"{path}:3", f"{path}:4"]


def test_malformed_csv_rows_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    good = f"签约,{TEXT}\n".encode()
    path.write_bytes(
        "标题,正文\n".encode() + good + "空,\n多,余,的,格\n".encode() + b"x,\xff\xff\n\n" + "短\n".encode() + good
    )
    documents, problems = read(path)
    assert [found.name for found in documents] == ["rows#2", "rows#8"]
    assert problems == [
        ":3: empty text",
        ":4: malformed row (4 cells under 2 columns); quote cells with commas",
        ":5: malformed row (bytes of another encoding); save the table as UTF-8",
        ":7: no text column; name it text, content, 正文 or 内容",
    ]


@pytest.mark.parametrize("content", ["标题,日期\n签约,2023\n", "\n", "x"])
def test_csv_without_a_text_column(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(content, encoding="utf-8")
    assert read(path) == ([], [":1: no text column; name it text, content, 正文 or 内容"])


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_an_empty_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert read(path) == ([], [": an empty file"])


def test_a_row_longer_than_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    long = TEXT * 20_000
    path.write_text(f"text\n{long}\n{TEXT}\n", encoding="utf-8")
    documents, problems = read(path)
    assert problems == []
    assert [found.text for found in documents] == [long, TEXT]


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"text": "{TEXT}"}}\n' * 3 + "broken", encoding="utf-8")
    found = read_documents([path])
    assert [next(found).name for _ in range(3)] == ["rows#1", "rows#2", "rows#3"]
    with pytest.raises(ReadingError):
        next(found)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_date_that_is_not_understood_is_told_and_the_row_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows{suffix}"
    dates = ("2024/13/45", "二〇二三年五月", "", "May\t6 2023")
    if suffix == ".csv":
        lines = ["text,date", *(f"{TEXT},{date}" for date in dates)]
    else:
        lines = ["", *(json.dumps({"text": TEXT, "date": date}) for date in dates)]
    path.write_text("\n".join(lines), encoding="utf-8")
    (source,) = iter_sources([path])
    told: list[DateError] = []
    assert [found.date for found in read_source(source, on_date=told.append)] == ["", "2023-05", "", ""]
    assert [(error.path, error.date) for error in told] == [(f"{path}:2", "2024/13/45"), (f"{path}:5", "May 6 2023")]
    assert read(path)[1] == []


def test_a_date_of_front_matter_that_is_not_understood_is_told(tmp_path: Path) -> None:
    told: list[DateError] = []
    for name, date in (("a.md", "2024-02-30"), ("b.txt", "2024-02-29"), ("c.md", "去年春天")):
        path = tmp_path / name
        path.write_text(f"---\ntitle: 修渠\ndate: {date}\n---\n甲县与乙团修渠。\n", "utf-8")
        (source,) = iter_sources([path])
        (document,) = read_source(source, on_date=told.append)
        assert document.date == ("2024-02-29" if name == "b.txt" else "")
        assert document.text.startswith("甲县与乙团修渠。")
    assert [(Path(error.path).name, error.date) for error in told] == [("a.md", "2024-02-30"), ("c.md", "去年春天")]
