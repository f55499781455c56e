"""Positions: the same for the same graph, apart from each other, near what they are linked to."""

from __future__ import annotations

import numpy as np
import pytest
from bingdi.exports import forces, layout
from bingdi.exports.forces import Springs
from bingdi.exports.layout import BOUND, SPACING, compute_layout
from bingdi.exports.packing import pack_circles
from bingdi.exports.scene import LARGEST, SMALLEST, build_scene, compute_sizes
from hypothesis import given, settings
from hypothesis import strategies as st
from made_projection import random_projection, small_projection


def make(count: int, pairs: list[tuple[int, int]]) -> Springs:
    heads, tails = ([pair[end] for pair in pairs] for end in (0, 1))
    return Springs(
        count=count,
        heads=np.array(heads, np.int64),
        tails=np.array(tails, np.int64),
        weight=np.ones(len(pairs)),
    )


def spread(springs: Springs) -> np.ndarray:
    return compute_layout(springs, radii=np.full(springs.count, 8.0))


def closest(placed: np.ndarray) -> float:
    apart = np.hypot(*(placed[:, None] - placed[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def two_cliques(size: int) -> Springs:
    pairs = [(a + part, b + part) for part in (0, size) for a in range(size) for b in range(a)]
    return make(2 * size, [*pairs, (0, size)])


def test_nothing_gives_nothing() -> None:
    assert spread(make(0, [])).shape == (0, 2)


def test_isolated_nodes_do_not_lie_in_one_heap() -> None:
    placed = spread(make(500, []))
    assert closest(placed) >= 16
    assert float(np.abs(placed).max()) < 500**0.5 * SPACING


@pytest.mark.parametrize("count", [2, 3, 4, 5, 30])
def test_star_puts_its_hub_in_the_middle(count: int) -> None:
    placed = spread(make(count, [(0, leaf) for leaf in range(1, count)]))
    assert closest(placed) >= 16
    if count > 3:
        leaves = placed[1:]
        assert np.hypot(*(placed[0] - leaves.mean(axis=0))) < 0.4 * np.hypot(*(leaves - placed[0]).T).mean()


def test_groups_stand_apart() -> None:
    springs = two_cliques(15)
    placed = spread(springs)
    inside = np.hypot(*(placed[:15] - placed[:15].mean(axis=0)).T).mean()
    between = np.hypot(*(placed[:15].mean(axis=0) - placed[15:].mean(axis=0)))
    assert between > 2 * inside


def test_path_does_not_cross_itself() -> None:
    placed = spread(make(40, [(at, at + 1) for at in range(39)]))

    def turn(a: int, b: int, c: int) -> bool:
        (ax, ay), (bx, by), (cx, cy) = placed[a], placed[b], placed[c]
        return bool((bx - ax) * (cy - ay) > (by - ay) * (cx - ax))

    crossings = [
        (one, other)
        for one in range(39)
        for other in range(one + 2, 39)
        if turn(one, one + 1, other) != turn(one, one + 1, other + 1)
        and turn(other, other + 1, one) != turn(other, other + 1, one + 1)
    ]
    assert crossings == []


def test_large_graphs_go_through_the_mesh_and_look_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    springs = two_cliques(15)
    monkeypatch.setattr(forces, "EXACT_UP_TO", 4)
    placed = spread(springs)
    inside = np.hypot(*(placed[:15] - placed[:15].mean(axis=0)).T).mean()
    assert np.hypot(*(placed[:15].mean(axis=0) - placed[15:].mean(axis=0))) > 2 * inside


def test_mesh_pushes_as_the_exact_sum_does() -> None:
    chance = np.random.default_rng(5)
    positions, mass = chance.normal(size=(300, 2)) * 50, chance.integers(1, 9, 300).astype(float)
    exact = forces._repel_exactly(positions, mass)
    mesh = forces._mesh_for(300)(positions, mass)
    off = np.hypot(*(exact - mesh).T) / np.hypot(*exact.T)
    assert np.median(off) < 0.05


def test_same_graph_same_places() -> None:
    springs = two_cliques(20)
    assert np.array_equal(spread(springs), spread(springs))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 40), links=st.integers(0, 60))
def test_any_graph_has_places_of_its_own(seed: int, count: int, links: int) -> None:
    chance = np.random.default_rng(seed)
    pairs = sorted({(int(min(p)), int(max(p))) for p in chance.integers(0, count, (links, 2)) if p[0] != p[1]})
    placed = spread(make(count, pairs))
    assert np.isfinite(placed).all()
    assert count == 1 or closest(placed) > 8


def test_packed_circles_do_not_touch_the_largest() -> None:
    first = np.array([[-300.0, -200.0], [300.0, -200.0], [0.0, 300.0]])
    radii = [361.0, *[50.0] * 10, *[8.0] * 100]
    centres = np.array(pack_circles(radii, first=first, margin=40.0))
    assert tuple(centres[0]) == (0.0, 0.0)
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    reach = np.array(radii)[:, None] + np.array(radii)[None]
    assert (apart[1:, 1:] >= reach[1:, 1:]).all()
    assert not [c for c in centres[1:] if -160 < c[0] < 160 and -190 < c[1] < 100]


def test_sizes_grow_with_the_root_of_the_weight() -> None:
    assert compute_sizes(np.array([0.0, 25.0, 100.0])).tolist() == [
        SMALLEST,
        (SMALLEST + LARGEST) / 2,
        LARGEST,
    ]
    assert compute_sizes(np.array([1.0, 4.0, 9.0])).tolist() == [SMALLEST, (SMALLEST + LARGEST) / 2, LARGEST]
    assert compute_sizes(np.zeros(2)).tolist() == [SMALLEST, SMALLEST]
    assert compute_sizes(np.full(3, 7.0)).tolist() == [SMALLEST] * 3
    assert compute_sizes(np.zeros(0)).tolist() == []


def test_picture_is_within_the_bounds_of_gephi_and_around_its_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    assert BOUND < 5_000
    monkeypatch.setattr(layout, "BOUND", 500.0)
    placed = spread(make(2_000, []))
    assert float(np.abs(placed).max()) == pytest.approx(500)
    assert np.abs(placed.mean(axis=0)).max() < 0.01


def test_scene_knows_whether_anything_is_dated() -> None:
    projection = small_projection()
    assert build_scene(projection).dated
    projection.link_rows = [row for row in projection.link_rows if not row.first]
    assert not build_scene(projection).dated


def test_linked_nodes_stand_nearer_than_others() -> None:
    projection = random_projection(3, nodes=120, links=160)
    scene = build_scene(projection)
    ends = [(scene.get_place(row.head), scene.get_place(row.tail)) for row in projection.link_rows]
    linked = np.mean([np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in ends])
    overall = np.hypot(*(scene.positions[:, None] - scene.positions[None]).transpose(2, 0, 1)).mean()
    assert linked < 0.5 * overall
