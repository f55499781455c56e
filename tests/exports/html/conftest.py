"""One Chromium for all tests of the page, one tab for each, and whatever the tab complains of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import page_graphs
import pytest
from bingdi.exports.html import write_html

PROBE = Path(__file__).with_name("page_probe.js")
PATIENCE = 30_000
"""Milliseconds that an expected state is waited for; a slow machine needs some, a failing test all."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Tab:
    """A page in a tab, with everything that must not happen to it."""

    page: Any
    base: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Tab:
        self.page.goto(self.base + address)
        self.page.wait_for_selector("body[data-ready]")
        return self.settle()

    def reset(self) -> Tab:
        """The same tab as it was on opening, at less cost than loading it anew."""
        assert self.complaints == []
        self.run("() => { state.set(state.parse('')); picture.fit(); document.activeElement.blur() }")
        self.page.mouse.move(640, 5)
        return self.settle()

    def settle(self) -> Tab:
        """Once the picture has the size it will keep, and stands where it is drawn."""
        self.run("probe.frames(3)")
        return self

    def run(self, script: str, argument: object = None) -> Any:
        return self.page.evaluate(script, argument)

    def wait(self, script: str) -> None:
        """Until this is true; the page's policy forbids what Playwright's own waiting does."""
        for _ in range(600):
            if self.run(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}")

    def wait_for_sentences(self) -> None:
        """Until every sentence of the card has been read from the file."""
        self.wait("document.querySelector('#card .evidence') && !document.querySelector('#card [aria-busy]')")

    def expect(self, selector: str) -> Any:
        """Playwright's assertions on the first of these elements; they wait for what a click will bring."""
        return self.expect_all(selector, first=True)

    def expect_all(self, selector: str, *, first: bool = False) -> Any:
        """The same on all of them."""
        from playwright.sync_api import expect

        found = self.page.locator(selector)
        return expect(found.first if first else found)

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text().strip()

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def node(self, name: str) -> str:
        """The id of the entity of this name."""
        return str(self.run("name => graph.id[graph.name.indexOf(name)]", name))

    def marks(self, selector: str) -> list[list[str]]:
        """Roles and text of each mark in a sentence."""
        return list(
            self.run(
                """selector => [...document.querySelectorAll(selector + " mark")].map(mark => [mark.className,
                [...mark.childNodes].filter(child => child.nodeType === 3).map(child => child.data).join("")])""",
                selector,
            )
        )

    def spot(self, name: str) -> tuple[float, float]:
        """Where an entity stands in the window."""
        x, y = self.settle().run("name => probe.spot(name)", name)
        return x, y

    def press(self, name: str) -> None:
        """Click on an entity in the picture."""
        self.page.mouse.click(*self.spot(name))

    def drawn(self) -> set[str]:
        return set(self.run("networkView.drawn.nodes.map(node => graph.name[node])"))

    def state(self) -> str:
        return str(self.run("decodeURIComponent(window.location.hash)"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a page once and gives its path: ``pages("small")``, ``pages("sized", 10_000, 50_000)``."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[str, Path] = {}

    def make(name: str, *sizes: int, lang: str = "zh") -> Path:
        key = "-".join([name, *map(str, sizes), lang])
        if key not in made:
            made[key] = folder / f"{key}.html"
            write_html(getattr(page_graphs, name)(*sizes), made[key], lang=lang)
        return made[key]

    return make


@dataclass
class Tabs:
    """Opens files, each in a fresh profile."""

    chromium: Any
    opened: list[Tab] = field(default_factory=list)

    def __call__(self, path: Path, address: str = "", *, width: int = 1280, height: int = 720, **options: Any) -> Tab:
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, **options
        )
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy ' + e.violatedDirective))"
        )
        context.add_init_script(path=PROBE)
        tab = Tab(context.new_page(), path.as_uri())
        watch(tab)
        self.opened.append(tab)
        return tab.open(address)

    def close(self) -> None:
        """Nothing may have gone wrong in any of them."""
        for tab in self.opened:
            tab.page.context.close()
        assert [complaint for tab in self.opened for complaint in tab.complaints] == []


@pytest.fixture
def open_tab(chromium: Any) -> Iterator[Tabs]:
    """Opens files for one test."""
    tabs = Tabs(chromium)
    yield tabs
    tabs.close()


@pytest.fixture(scope="module")
def shared_tab(chromium: Any, pages: Callable[..., Path]) -> Iterator[Tab]:
    """The small graph in one tab for all tests of a file; they take it by way of ``reset``."""
    tabs = Tabs(chromium)
    yield tabs(pages("small"))
    tabs.close()


def watch(tab: Tab) -> None:
    def complain(kind: str, text: object) -> None:
        tab.complaints.append(f"{kind}: {text}")

    page = tab.page
    page.set_default_timeout(120_000)
    page.on(
        "console",
        lambda message: complain("console", message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complain("error", error))
    page.on("request", lambda request: complain("request", request.url) if leaves(request.url) else None)
    page.on("dialog", lambda dialog: (complain("dialog", dialog.message), dialog.dismiss()))
    page.on("popup", lambda popup: complain("popup", popup.url))


def leaves(address: str) -> bool:
    return not address.startswith(("file:", "blob:", "data:"))


@pytest.fixture
def small(open_tab: Tabs, pages: Callable[..., Path]) -> Tab:
    """The small graph, open on its first view."""
    return open_tab(pages("small"))
