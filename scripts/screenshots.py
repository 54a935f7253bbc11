"""Make the pictures of docs/images: the samples' graph and one of 10,000 nodes.

    python scripts/screenshots.py

Needs Chromium and a Chinese font. The larger graph is made of invented names.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import kg  # noqa: E402
from bench.synthetic import synthetic  # noqa: E402
from kg.export.html import write_html  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
SHOTS = (
    # name, graph, fragment, dark, what a script does first
    ("samples-zh-light", "samples", "", False, ""),
    ("samples-en-dark", "samples", "lang=en", True, ""),
    ("samples-evidence-zh-light", "samples", "", False, "best"),
    ("samples-evidence-en-dark", "samples", "lang=en", True, "best"),
    ("samples-article-zh-light", "samples", "view=article", False, ""),
    ("samples-places-en-light", "samples", "view=places&lang=en", False, ""),
    ("large-zh-light", "large", "", False, ""),
    ("large-en-dark", "large", "lang=en", True, ""),
    ("large-group-zh-dark", "large", "", True, "group"),
    ("samples-phone-zh-light", "samples", "", False, "phone"),
)
SCRIPTS = {
    "best": """() => { const { model } = explorer; let best = 0;
        for (let node = 0; node < model.entityCount; node++)
            if (model.types[model.type[node]].key === 'UNIT' && model.degree[node] > model.degree[best]) best = node;
        explorer.visit(best); }""",
    "group": """() => { const { graph, model } = explorer;
        const { community } = graph.scene.bubbles.toSorted((a, b) => b.count - a.count)[5];
        graph.fit(false, Array.from({ length: model.nodeCount }, (_, node) => node).filter((node) => model.community[node] === community)); }""",
}


def shoot(browser: Browser, page: Path, name: str, fragment: str, *, dark: bool, act: str) -> None:
    """Open the page in a state and take its picture."""
    context = browser.new_context(
        viewport=PHONE if act == "phone" else DESK,
        color_scheme="dark" if dark else "light",
        offline=True,
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(f"{page.as_uri()}#{fragment}")
    tab.wait_for_selector("html[data-ready]")
    tab.wait_for_timeout(900)
    if act in SCRIPTS:
        tab.evaluate(SCRIPTS[act])
        tab.wait_for_timeout(900)
    tab.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def main() -> None:
    """Make every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {name: Path(folder) / f"{name}.html" for name in ("samples", "large")}
        write_html(kg.build([ROOT / "data" / "samples"]), pages["samples"])
        write_html(synthetic(10_000), pages["large"])
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, graph, fragment, dark, act in SHOTS:
            shoot(browser, pages[graph], name, fragment, dark=dark, act=act)
        browser.close()
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
