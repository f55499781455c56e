"""constraints.txt against pyproject.toml and against what the installed libraries ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from readmes import PROJECT, ROOT

LINES = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
PINS = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LINES)}
PYTHONS = ("3.11", "3.12", "3.13")


def find_roots() -> list[Requirement]:
    """What pyproject.toml asks for, with every extra."""
    lines = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    return [found for found in map(Requirement, lines) if found.name != "bingdi"]


def is_wanted(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Whether its marker holds on this system with any Python that we support."""
    if requirement.marker is None:
        return True
    return any(
        requirement.marker.evaluate({"python_version": python, "python_full_version": f"{python}.0", "extra": extra})
        for python in PYTHONS
        for extra in ("", *extras)
    )


def iter_requirements() -> Iterator[tuple[str, Requirement]]:
    """Who asks for what, from our own requirements down, as far as it is installed."""
    waiting = [("bingdi", root) for root in find_roots()]
    seen = set()
    while waiting:
        asker, requirement = waiting.pop()
        yield asker, requirement
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in seen:
            seen.add(key)
            waiting += iter_next(requirement)


def iter_next(requirement: Requirement) -> Iterator[tuple[str, Requirement]]:
    try:
        found = distribution(requirement.name)
    except PackageNotFoundError:
        return
    for line in found.requires or ():
        if is_wanted(needed := Requirement(line), requirement.extras):
            yield requirement.name, needed


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_a_name_and_an_exact_version(line: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9A-Za-z.+!]*", line)


def test_each_name_stands_once_and_in_order() -> None:
    assert len(PINS) == len(LINES)
    assert sorted(LINES) == LINES


def test_everything_that_is_asked_for_is_pinned_to_what_fits() -> None:
    asked = list(iter_requirements())
    assert len(asked) > 100
    wrong = [
        f"{asker} asks for {requirement}, pinned is {PINS.get(canonicalize_name(requirement.name))}"
        for asker, requirement in asked
        if not requirement.specifier.contains(PINS.get(canonicalize_name(requirement.name), ""), prereleases=True)
    ]
    assert wrong == []


def test_nothing_is_pinned_that_nobody_asks_for() -> None:
    if missing := [root.name for root in find_roots() if not is_installed(root.name)]:
        pytest.skip(f"what {', '.join(missing)} asks for is not known here: not installed")
    asked = {canonicalize_name(requirement.name) for _, requirement in iter_requirements()}
    assert set(PINS) - asked == set()
