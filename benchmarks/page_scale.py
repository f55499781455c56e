"""Writing, opening and filtering the page of random graphs, beside pyvis's own page of the same graph.

    python benchmarks/page_scale.py [--sizes 100 1000 10000 100000] [--pyvis 100 1000] [--repeat 3]

A graph of n entities has 5 n links, each with one evidence sentence. Times are the best of the repeats in
headless Chromium on this machine; ``opens`` is from the start of the navigation until every control
answers (for pyvis: until its physics has made the 1,000 steps after which it draws, or is at rest; it may
go on moving).
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bingdi.exports.html import write_html

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = (
    "| entities | links | written in | file | first picture | opens | filter | filter and redraw"
    " | search | expand | pyvis file | pyvis drawn |"
)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LIMIT = 60_000
FILTERS = (
    "{ statuses: ['planned'] }",
    "{ relations: ['aids', 'co_builds'] }",
    "{ from: '2018', to: '2022', undated: false }",
    "{ fields: ['教育'], confidence: 0.6 }",
    "{ types: ['division', 'locality'] }",
)
COMPUTE = "shown.compute({ ...state.filters(), confidence: %s }, state.now.level)"
RESET = "{ ...state.FILTERS }"


def load_graphs() -> Any:
    """The generators of the tests, which are no package."""
    path = ROOT / "tests" / "exports" / "html" / "page_graphs.py"
    spec = importlib.util.spec_from_file_location("page_graphs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_pyvis(rows: Any, path: Path) -> float:
    """Seconds for pyvis's own page of the same graph, everything inline and physics as it comes."""
    from pyvis.network import Network

    start = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    for node in rows.nodes():
        network.add_node(node.id, label=node.name, title=node.name)
    known = set(network.node_ids)
    for link in rows.links():
        assert link.head in known
        network.edges.append({"from": link.head, "to": link.tail, "arrows": "to", "title": str(link.relation)})
    path.write_text(network.generate_html(), encoding="utf-8")
    return time.perf_counter() - start


def measure_page(browser: Any, path: Path) -> dict[str, float]:
    """Milliseconds until the first picture and until all answers; of each filter, of search, of expanding."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(
        "new MutationObserver(() => { if (document.body?.dataset.ready) window.answered ??= performance.now() })"
        ".observe(document, { attributes: true, childList: true, subtree: true })"
    )
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]", timeout=LIMIT)
    page.wait_for_timeout(500)
    found = {
        "paint": page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
        "opens": page.evaluate("window.answered"),
        "filter": max(measure(page, f"state.set({change})", f"state.set({RESET})") for change in FILTERS),
        "compute": max(measure(page, COMPUTE % share) for share in (0.5, 0.8)),
        "search": measure(page, "names.search('shan')"),
        "expand": measure(page, "page.expand(graph.id[networkView.drawn.nodes[0]])"),
    }  # fmt: skip
    page.close()
    return found


def measure(page: Any, action: str, after: str = "0") -> float:
    """Milliseconds that an action takes in the page; ``after`` undoes it."""
    script = f"const start = performance.now(); {action}; const took = performance.now() - start; {after}; return took"
    return float(page.evaluate(f"(() => {{ {script} }})()"))


def measure_pyvis(browser: Any, path: Path) -> float | None:
    """Milliseconds until pyvis's page is drawn; None beyond the limit."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.set_default_timeout(LIMIT)
    start = time.perf_counter()
    try:
        page.goto(path.as_uri(), wait_until="commit", timeout=LIMIT)
        page.wait_for_function(
            "typeof network !== 'undefined' && network"
            " && (network.physics.stabilized || network.physics.stabilizationIterations >= 1000)",
            timeout=LIMIT,
        )
        return (time.perf_counter() - start) * 1000
    except Exception as error:
        if type(error).__name__ != "TimeoutError":
            raise
        return None
    finally:
        context.close()


def report(browser: Any, size: int, *, pyvis: bool, repeat: int, folder: Path) -> str:
    """One row of the table."""
    rows = load_graphs().sized(size, size * 5)
    path = folder / f"page-{size}.html"
    start = time.perf_counter()
    write_html(rows, path)
    wrote = time.perf_counter() - start
    runs = [measure_page(browser, path) for _ in range(repeat)]
    best = {key: min(run[key] for run in runs) for key in runs[0]}
    cells = [f"{size:,}", f"{size * 5:,}", f"{wrote:.1f} s", f"{path.stat().st_size / 1e6:.1f} MB"]
    cells += [f"{best['paint'] / 1000:.2f} s", f"{best['opens'] / 1000:.2f} s"]
    cells += [f"{best[key]:.0f} ms" for key in ("compute", "filter", "search", "expand")]
    return "| " + " | ".join(cells + measure_other(browser, rows, size, pyvis=pyvis, folder=folder)) + " |"


def measure_other(browser: Any, rows: Any, size: int, *, pyvis: bool, folder: Path) -> list[str]:
    """File size and time to the picture of pyvis's own page."""
    if not pyvis:
        return ["–", "–"]
    other = folder / f"pyvis-{size}.html"
    write_pyvis(rows, other)
    took = measure_pyvis(browser, other)
    told = f"{took / 1000:.1f} s" if took is not None else f"not within {LIMIT // 1000} s"
    return [f"{other.stat().st_size / 1e6:.1f} MB", told]


def main() -> None:
    """Print the table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--pyvis", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    print(HEADINGS)
    print("|" + "---:|" * HEADINGS.count(" | ") + "---:|")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        for size in asked.sizes:
            print(
                report(browser, size, pyvis=size in asked.pyvis, repeat=asked.repeat, folder=Path(folder)),
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
