"""A real browser for the tests of pages: no network, every request and console message kept."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

VIZ = Path(__file__).parents[1] / "viz"
CI = os.environ.get("CI") == "true"
NAMES = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def missing(what: str) -> None:
    """Skip the test, in CI fail it: there nothing may be missing."""
    if CI:
        pytest.fail(f"{what} must be there in CI")
    pytest.skip(f"no {what} on this machine")


def executable() -> str:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("Chromium")
    return str(path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front end's node_modules, installed from its lock file; the checkout's own if it is."""
    if (VIZ / "node_modules" / "axe-core" / "axe.min.js").is_file():
        return VIZ / "node_modules"
    folder = tmp_path_factory.mktemp("npm")
    install(folder)
    return folder / "node_modules"


def install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(VIZ / name, folder / name)
    done = subprocess.run(
        [str(npm), "ci", "--no-audit", "--no-fund", "--silent"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        missing(f"registry for npm ({done.stderr.strip()[-200:]})")


class Visit:
    """One tab on one page; what it asked for and said is held against it at the end."""

    def __init__(self, page: Page, context: BrowserContext) -> None:
        self.page, self.context = page, context
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", timeout=30_000)

    # ── what a person sees ───────────────────────────────────────────────────────────────────

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def counts(self) -> tuple[int, int]:
        """The numbers of nodes and relations at the foot of the picture."""
        self.settle()
        digits = "".join(c if c.isdigit() else " " for c in self._status().replace(",", ""))
        nodes, edges = digits.split()[-2:]
        return int(nodes), int(edges)

    def _status(self) -> str:
        return self.text(".status-line > span")

    def card(self) -> str:
        return self.text("#card h2")

    def settle(self) -> None:
        """Wait until the camera rests and the picture is drawn."""
        self.page.wait_for_timeout(420)

    # ── what a person does ───────────────────────────────────────────────────────────────────

    def spot(self, name: str) -> tuple[float, float]:
        """Where a node stands on the screen."""
        self.settle()
        x, y = self.page.evaluate(
            """name => { const { graph, model } = window.explorer, box = graph.element.getBoundingClientRect();
            const [x, y] = graph.at(model.name.indexOf(name)); return [x + box.left, y + box.top]; }""",
            name,
        )
        return x, y

    def click_node(self, name: str) -> None:
        self.page.mouse.click(*self.spot(name))

    def pick(self, asked: str) -> None:
        """Search and take the first match."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(asked)
        self.page.keyboard.press("Enter")

    def pasted(self) -> str:
        """What the clipboard holds, as pasting shows it."""
        self.page.wait_for_timeout(120)
        self.page.evaluate(
            """() => { const area = document.createElement('textarea'); area.id = 'pasted';
            document.body.append(area); area.focus(); }"""
        )
        self.page.keyboard.press("Control+V")
        text: str = self.page.input_value("#pasted")
        self.page.evaluate("document.getElementById('pasted').remove()")
        return text

    def saved(self, act: Any) -> Path:
        with self.page.expect_download() as waiting:
            act()
        return Path(waiting.value.path())


@contextmanager
def visit(
    browser: Browser, path: Path | str, fragment: str = "", *, quiet: bool = True, **options: Any
) -> Iterator[Visit]:
    """Open a page with the network denied; it may ask for nothing and say nothing."""
    context = browser.new_context(**{"viewport": DESK, "offline": True, **options})
    context.route(
        "**/*", lambda r: r.continue_() if r.request.url.startswith("file:") else r.abort()
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    one = Visit(context.new_page(), context)
    address = path.as_uri() if isinstance(path, Path) else path
    try:
        one.open(f"{address}#{fragment}")
        yield one
        if quiet:
            asked = [url for url in one.requests if not url.startswith(("file:", "data:", "blob:"))]
            assert asked == []
            assert one.said == []
    finally:
        context.close()
