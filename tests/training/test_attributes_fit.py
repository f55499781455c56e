"""The scorers of status and date: what counts as right, and that they learn from much and from little."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("lightgbm", reason="the training library is not installed")

from bingdi.graph.errors import UsageError
from bingdi.graph.extraction.dating import DATE_TREES, Told
from bingdi.graph.extraction.models import read_trees, write_trees
from bingdi.graph.model import Status
from bingdi.training.corpus import Example, GoldLink, read_corpus
from bingdi.training.dating import agrees, fit_dates
from bingdi.training.fit import train
from bingdi.training.fitting import fit_trees
from bingdi.training.status import fit_status, iter_cases

DONE, ONGOING = "甲县与乙团签订了协议。", "甲县每年对口支援乙团。"


def make_examples(count: int, *, texts: tuple[tuple[str, str], ...]) -> list[Example]:
    """Documents of one sentence each, with its date and the status that is told with it."""
    from bingdi.graph.reading import document_from_text

    found = []
    for number in range(count):
        text, status = texts[number % len(texts)]
        text = f"20{number:02}年5月8日,{text}"
        document = document_from_text(text, name=f"d{number}")
        quote = (document.text.index("甲县"), len(document.text))
        cue = "签订" if "签订" in text else "对口支援"
        relation = "signs_agreement_with" if "签订" in text else "aids"
        link = GoldLink(
            head="甲县",
            relation=relation,
            tail="乙团",
            cue=cue,
            date=f"20{number:02}-05-08",
            status=status,
            quote=quote,
        )
        found.append(
            Example(
                document=document,
                group=str(number),
                topic="",
                entities=(),
                links=(link,),
                optional_entities=(),
                optional_links=(),
            )
        )
    return found


@pytest.mark.parametrize(
    ("gold", "date", "date_end", "expected"),
    [
        ("2021-05-08", "2021-05-08", "", True),
        ("2021-05", "2021-05-08", "", False),
        ("2021-05-08", "2021-05", "", False),
        ("2021-05", "2021-05-08", "2021-05-12", True),
        ("2021-05", "2021-05-28", "2021-06-02", False),
        ("2021", "2021-05-28", "2021-06-02", True),
        ("2021-05-08/2021-05-12", "2021-05-08", "2021-05-12", True),
        ("", "2021-05-08", "", False),
        ("", "", "", False),
    ],
)
def test_when_a_date_is_that_of_the_gold(gold: str, date: str, date_end: str, expected: bool) -> None:
    assert agrees(gold, date, date_end) is expected


def test_dates_are_learnt_and_the_same_each_time(tmp_path: Path) -> None:
    examples = make_examples(40, texts=((DONE, "done"), (ONGOING, "ongoing")))
    first, second = (write_trees(fit_dates(examples), tmp_path, name) for name in (DATE_TREES, "again"))
    assert first.read_bytes() == second.read_bytes()
    trees = read_trees(tmp_path, DATE_TREES)
    (case,) = iter_cases(make_examples(1, texts=((DONE, "done"),)))
    told = Told(setting=case.setting(), relation=case.relation, status=Status.DONE)
    found = case.dated.choose(told, trees)
    assert found is not None
    assert found.date == case.link.date


def test_where_the_gold_has_no_dates_none_is_given(tmp_path: Path) -> None:
    examples = [
        replace(example, links=tuple(replace(link, date="") for link in example.links))
        for example in make_examples(20, texts=((DONE, "done"),))
    ]
    write_trees(fit_dates(examples), tmp_path, DATE_TREES)
    case = next(iter(iter_cases(examples)))
    told = Told(setting=case.setting(), relation=case.relation, status=Status.DONE)
    assert case.dated.choose(told, read_trees(tmp_path, DATE_TREES)) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (((DONE, "done"), (ONGOING, "ongoing")), {DONE: Status.DONE, ONGOING: Status.ONGOING}),
        (((ONGOING, "ongoing"),), {DONE: Status.ONGOING}),
        (((DONE, ""),), {ONGOING: Status.DONE}),
    ],
)
def test_a_status_is_learnt_of_two_classes_of_one_or_of_none(
    texts: tuple[tuple[str, str], ...], expected: dict[str, Status]
) -> None:
    from bingdi.graph.extraction.status import read_status_features

    scorer = fit_status(iter_cases(make_examples(20, texts=texts)))
    for text, status in expected.items():
        (case,) = iter_cases(make_examples(1, texts=((text, ""),)))
        assert scorer.predict(read_status_features(case.setting())) is status


def test_too_little_to_learn_from_is_told(tmp_path: Path) -> None:
    import numpy as np

    corpus = Path(__file__).resolve().parents[2] / "seeds" / "corpus"
    for example in read_corpus(corpus)[:3]:
        for suffix in (".txt", ".json"):
            (tmp_path / example.document.name).with_suffix(suffix).write_bytes(
                (corpus / example.document.name).with_suffix(suffix).read_bytes()
            )
    with pytest.raises(UsageError, match="3 annotated documents"):
        train(tmp_path, out=tmp_path / "models")
    assert not (tmp_path / "models").exists()
    with pytest.raises(UsageError, match="too little"):
        fit_trees(np.zeros((0, 3)), np.zeros(0, bool), rounds=2, leaves=2)
