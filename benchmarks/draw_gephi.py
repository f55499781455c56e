"""Draw a GraphML or GEXF file as Gephi draws it: its own importer and Preview, through java.

    python benchmarks/draw_gephi.py out.gexf docs/gephi.png [--width 1600] [--labels 40]

Needs java, Chromium, a font with Chinese characters and the Gephi toolkit (``make test-gephi`` fetches it; or
name the jar in BINGDI_GEPHI_JAR).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
JAR = Path(os.environ.get("BINGDI_GEPHI_JAR", ROOT / "build" / "gephi" / "gephi-toolkit.jar"))
SOURCE = Path(__file__).parent / "gephi" / "Draw.java"


def draw(graph: Path, picture: Path, *, width: int, labels: int, font: str) -> None:
    """Write ``picture`` (PNG, square); raises CalledProcessError with java's own words."""
    with tempfile.TemporaryDirectory() as folder:
        build = [
            "javac",
            "-nowarn",
            "-proc:none",
            "-encoding",
            "UTF-8",
            "-cp",
            str(JAR),
            "-d",
            folder,
            str(SOURCE),
        ]
        subprocess.run(build, check=True)
        run = ["java", "-Xmx3g", "-Djava.awt.headless=true", f"-Dnetbeans.user={folder}"]
        run += [
            "-cp",
            f"{JAR}{os.pathsep}{folder}",
            "Draw",
            str(graph),
            f"{folder}/out.svg",
            str(labels),
            font,
        ]
        subprocess.run(run, check=True, env={**os.environ, "HOME": folder})
        photograph(Path(folder, "out.svg"), picture, width=width)


def photograph(drawing: Path, picture: Path, *, width: int) -> None:
    """An SVG as a PNG, by Chromium, fitted into a square."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": width})
        page.goto(drawing.as_uri())
        page.evaluate("""() => {
            const box = document.documentElement.getBBox(), pad = Math.max(box.width, box.height) * 0.02;
            document.documentElement.setAttribute("viewBox",
                [box.x - pad, box.y - pad, box.width + 2 * pad, box.height + 2 * pad].join(" "));
            document.documentElement.setAttribute("width", "100%");
            document.documentElement.setAttribute("height", "100%");
        }""")
        page.screenshot(path=str(picture), timeout=120_000)
        browser.close()


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1600, help="pixels of a side")
    parser.add_argument("--labels", type=int, default=40, help="how many of the largest nodes are named")
    parser.add_argument("--font", default="Noto Sans CJK SC")
    options = parser.parse_args()
    if not JAR.exists():
        parser.error(f"no Gephi toolkit at {JAR}: make test-gephi fetches it")
    draw(options.graph, options.picture, width=options.width, labels=options.labels, font=options.font)


if __name__ == "__main__":
    main()
