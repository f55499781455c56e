"""Names of a trained spaCy pipeline as candidates, with a small pipeline trained here."""

from __future__ import annotations

import random

import pytest
from bingdi.cli.main import app
from bingdi.graph.errors import ModelError
from bingdi.graph.extraction.analysis import read_sentences, score_names
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.spacy_names import get_spacy_version, iter_spacy_names
from bingdi.graph.linking import Extractor, extract
from bingdi.graph.model import EntityType
from bingdi.graph.reading import document_from_text
from bingdi.graph.version import get_builder
from typer.testing import CliRunner

TAUGHT = ("海风渡", "松涛阁", "云雀坪")
"""Names without any ending that would give them away."""
CARRIERS = ("昨天{}来人了。", "大家都去{}看看。", "{}今年很忙。", "听说{}要搬家。", "他在{}做事。", "这是{}。")
TEXT = "昨天海风渡来人了。"


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory):
    """A folder with a Chinese pipeline that calls the taught names ORG (and a fourth one PERSON)."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank("zh")
    nlp.meta["name"], nlp.meta["version"] = "taught", "1.2.3"
    labels = {**dict.fromkeys(TAUGHT, "ORG"), "阿布力": "PERSON"}
    finder = nlp.add_pipe("ner")
    examples = []
    for name, label in labels.items():
        finder.add_label(label)
        for carrier in CARRIERS:
            text, start = carrier.format(name), carrier.index("{")
            entities = {"entities": [(start, start + len(name), label)]}
            examples.append(Example.from_dict(nlp.make_doc(text), entities))
    nlp.initialize(lambda: examples)
    order = random.Random(0)
    for _ in range(40):
        order.shuffle(examples)
        nlp.update(examples)
    folder = tmp_path_factory.mktemp("pipeline") / "taught"
    nlp.to_disk(folder)
    return str(folder)


def test_labels_become_types_and_persons_stay_out(pipeline):
    assert list(iter_spacy_names(TEXT, model=pipeline)) == [(2, 5, EntityType.INSTITUTION)]
    assert list(iter_spacy_names("昨天阿布力来人了。", model=pipeline)) == []


def test_its_names_are_scored_beside_ours(pipeline):
    channels, sentences = read_channels(TEXT), read_sentences(TEXT)
    wanted = (2, 5, EntityType.INSTITUTION)

    def proposed(**options):
        return {
            (name.start, name.end, name.type): name
            for name in score_names(channels, sentences, load_models(), **options)
        }

    found = proposed(further=iter_spacy_names(channels.text, model=pipeline))
    assert wanted not in proposed()
    assert found[wanted].rule == "spacy"
    assert 0.0 <= found[wanted].score <= 1.0


def test_a_name_that_is_proposed_already_stays_ours(pipeline):
    channels, sentences = read_channels("天津市援疆。"), read_sentences("天津市援疆。")
    found = score_names(channels, sentences, load_models(), further=[(0, 3, EntityType.LOCALITY)])
    assert [name.rule for name in found if (name.start, name.end, name.type) == (0, 3, EntityType.LOCALITY)] == [
        "labeller"
    ]


def test_off_by_default_and_the_store_can_tell(pipeline):
    document = document_from_text("天津市援助第十一师。", name="one")
    assert Extractor()(document) == extract(document)
    assert Extractor().marks == ""
    assert Extractor(recall=True).marks == "+recall"
    assert get_spacy_version(pipeline) == "zh_taught-1.2.3"
    assert Extractor(recall=True, spacy_model=pipeline).marks == "+recall+zh_taught-1.2.3"


def test_spans_equal_their_slices(pipeline):
    document = document_from_text("海风渡与天津市签订协议。\n昨天海风渡来人了。", name="one")
    for mention in Extractor(spacy_model=pipeline, recall=True)(document).mentions:
        assert document.text[mention.start : mention.end] == mention.surface


def test_what_is_no_such_pipeline_is_said_in_one_line(tmp_path):
    import spacy

    spacy.blank("zh").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no spaCy pipeline can be loaded"):
        get_spacy_version("zh_of_nobody")
    with pytest.raises(ModelError, match="finds no named entities"):
        get_spacy_version(str(tmp_path / "blank"))


def test_the_command_line_reads_with_it(pipeline, tmp_path):
    from bingdi.graph.store import Store

    (tmp_path / "one.txt").write_text("天津市对口支援第十一师。\n", encoding="utf-8")
    store = tmp_path / "graph.db"
    arguments = ["build", str(tmp_path / "one.txt"), "--store", str(store), "--workers", "2"]
    run = CliRunner()
    assert run.invoke(app, [*arguments, "--spacy-model", pipeline]).exit_code == 0
    with Store.open(store) as opened:
        (document,) = opened.iter_documents()
        assert opened.holds(document, builder=f"{get_builder()}+zh_taught-1.2.3")
    wrong = run.invoke(app, [*arguments, "--spacy-model", "zh_of_nobody"])
    assert wrong.exit_code == 1
    assert "zh_of_nobody" in wrong.stderr
    assert len(wrong.stderr.strip().splitlines()) == 1
    assert run.invoke(app, ["annotate", str(tmp_path / "one.txt"), "--spacy-model", pipeline]).exit_code == 0
