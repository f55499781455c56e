"""Formats whose library may be missing: FollowTheMoney needs a compiler, so `make test` does without it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and say so, what writes FollowTheMoney where it is not installed."""
    if find_spec("followthemoney") is None:
        for item in items:
            chosen = getattr(getattr(item, "callspec", None), "params", {})
            if "ftm" in chosen.values():
                item.add_marker(pytest.mark.skip(reason="the extra ftm is not installed"))
