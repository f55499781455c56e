"""Features come in one order whatever Python's hash seed is, so that a fit gives the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from bingdi.graph.extraction.analysis import make_scene, read_sentences
from bingdi.graph.extraction.candidates import iter_candidates
from bingdi.graph.extraction.channels import read_channels
from bingdi.graph.extraction.models import load_models
from bingdi.graph.extraction.name_features import NameContext, read_name_features
from bingdi.graph.extraction.names import propose_names
from bingdi.graph.extraction.pair_features import read_pair_features

text = "近日，温宿县与第三师五十一团医院签订协议，共同建设远程会诊中心。今后双方还将联合培养护士，派出专家定期坐诊。"
channels, sentences = read_channels(text), read_sentences(text)
names, marginals = propose_names(channels, load_models().labeller, sentences)
context = NameContext(channels, names, marginals)
scene = make_scene(channels, sentences, names, least=0.1)
print([read_name_features(context, name) for name in names])
print([read_pair_features(scene, candidate) for candidate in iter_candidates(scene)])
"""


def read_features(seed: str) -> str:
    """What the program prints with a hash seed."""
    surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, encoding="utf-8", env=surroundings, check=True
    )
    return done.stdout


def test_features_do_not_follow_the_hash_seed() -> None:
    first = read_features("1")
    assert "bw=" in first
    assert first == read_features("2")
