"""The explorer with a graph of any size, on any screen, for any reader, and against hostile text."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser

from bench.synthetic import synthetic
from kg.across.link import link
from kg.export import export
from kg.export.html import page as page_of
from kg.export.html import write_html
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Claim, Credit, Entity, Extraction, Mention, Page, Passage
from kg.serve.app import application
from tests.browsing import PHONE, VIZ, Visit, browser, packages, visit
from tests.graphs import small_graph
from tests.test_explorer import overlaps

__all__ = ["browser", "packages"]


def written(graph: KnowledgeGraph, folder: Path) -> Path:
    write_html(graph, folder / "explorer.html")
    return folder / "explorer.html"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(small_graph(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few thousand nodes from hundreds of articles over a year."""
    return written(synthetic(4000), tmp_path_factory.mktemp("year"))


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert page_of(small_graph()) == page_of(small_graph())


# ── hostile text ─────────────────────────────────────────────────────────────────────────────

BITE = "</script><script>window.bitten=1</script><img src=x onerror=window.bitten=2>\"'&`${1}\u2028"


def hostile_graph() -> KnowledgeGraph:
    """Text that bites in every field that a page can show."""
    head, tail = f"甲{BITE}", f"乙{BITE}"
    text = f"{BITE}标题\n{head}组织{tail}。".replace("\u2028", " ")
    head, tail = (name.replace("\u2028", " ") for name in (head, tail))
    source = Page(f"{BITE}.txt", text, "plain", BITE, "2025-06-05", BITE, BITE)
    article = Article(
        f"坏-{BITE}", source, text.split("\n")[0], text, BITE, (Credit("author", BITE),)
    )
    at, to = text.index("甲"), text.index("乙")
    extraction = Extraction(
        article,
        (
            Mention("UNIT", at, at + len(head), head, f"unit-{BITE}", False, BITE),
            Mention("ACT", to, to + len(tail), tail, f"act-{BITE}", False, BITE),
        ),
        (
            Entity(f"unit-{BITE}", "UNIT", head, (f"别名{BITE}",), {"level": BITE, BITE: BITE}),
            Entity(f"act-{BITE}", "ACT", tail, (), {"kind": BITE, "topic": BITE}),
        ),
        (
            Claim(
                f"c-{BITE}",
                "organizes",
                f"unit-{BITE}",
                f"act-{BITE}",
                (Passage(at, len(text), text[at:]),),
                "asserted",
                BITE,
                {BITE: BITE},
            ),
        ),
    )
    return assemble([extraction])


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    with visit(browser, written(hostile_graph(), tmp_path)) as tab:
        name = tab.page.evaluate("window.explorer.model.name[1]")
        tab.click_node(name)
        assert "<img src=x onerror=window.bitten=2>" in tab.text("#card h2")
        for key in "tamlg":
            tab.page.keyboard.press(key)
        tab.pick("甲")
        tab.page.keyboard.press("e")
        tab.settle()
        assert tab.page.evaluate("window.bitten") is None
        assert tab.page.locator("img").count() == 0


def test_no_markup_is_parsed_at_run_time() -> None:
    code = [path.read_text(encoding="utf-8") for path in (VIZ / "src").rglob("*.ts")]
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    assert [found for text in code for found in banned.findall(text)] == []


def test_a_formula_in_a_name_is_disarmed_in_the_table(browser: Browser, tmp_path: Path) -> None:
    graph = small_graph()
    evil = {key: replace(one, name="=cmd|' /C calc'!A0") for key, one in graph.entities.items()}
    with visit(browser, written(replace(graph, entities=evil), tmp_path)) as tab:
        tab.page.keyboard.press("t")
        file = tab.saved(lambda: tab.page.get_by_role("button", name="下载 CSV").click())
        assert ",\"'=cmd" in file.read_text(encoding="utf-8-sig")


# ── readers ──────────────────────────────────────────────────────────────────────────────────

STATES = ["", "view=table", "view=table&rows=edges", "view=article", "view=timeline", "view=places"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_axe_finds_nothing_serious(
    browser: Browser, year: Path, packages: Path, scheme: str, size: str
) -> None:
    axe = (packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    options = {"viewport": PHONE} if size == "phone" else {}
    states = STATES if size == "desk" else STATES[:1]
    with visit(browser, year, color_scheme=scheme, **options) as tab:
        node = tab.page.evaluate("window.explorer.model.nodes.id[0]")
        tab.page.evaluate(f"{axe}; 0")
        for state in states:
            tab.page.evaluate("hash => { location.hash = hash; }", f"{state}&node={node}")
            if size == "phone":
                tab.page.locator("[data-key=sheet-card]").click()
            tab.settle()
            found = tab.page.evaluate(
                """() => axe.run({ resultTypes: ['violations'] }).then(result => result.violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => one.id + ': ' + one.nodes[0].html.slice(0, 160)))"""
            )
            assert found == [], state


def test_screen_readers_are_told_what_changed(browser: Browser, small: Path) -> None:
    with visit(browser, small) as tab:
        assert tab.page.locator("#graph").get_attribute("aria-label").startswith("关系图。方向键")
        assert tab.page.locator(".status-line").get_attribute("aria-live") == "polite"
        tab.page.locator("#graph").focus()
        tab.page.keyboard.press("ArrowRight")
        assert "临江市柳河县公安局水上派出所" in tab.page.locator("#live").inner_text()


# ── a phone ──────────────────────────────────────────────────────────────────────────────────


def test_on_a_phone_the_panels_are_sheets(browser: Browser, small: Path) -> None:
    with visit(browser, small, viewport=PHONE, has_touch=True, is_mobile=True) as tab:
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert not tab.page.locator("#legend").is_visible()
        tab.page.touchscreen.tap(*tab.spot("柳河码头"))
        assert tab.card() == "柳河码头"
        assert tab.page.locator("#card").is_visible()
        tab.page.locator("#card .close").first.tap()
        assert not tab.page.locator("#card").is_visible()
        tab.page.locator("[data-key=sheet-legend]").tap()
        tab.page.get_by_role("checkbox", name="人物").uncheck()
        tab.page.locator("#legend .close").tap()
        assert tab.counts()[0] == 23


# ── a year of pages ──────────────────────────────────────────────────────────────────────────


def test_a_large_graph_opens_on_groups_and_zooms_into_them(browser: Browser, year: Path) -> None:
    with visit(browser, year) as tab:
        scene = (
            "(({ bubbles, discs }) => [bubbles.length, discs.length])(window.explorer.graph.scene)"
        )
        bubbles, discs = tab.page.evaluate(scene)
        assert bubbles > 15
        assert discs < 200
        x, y, name, count = tab.page.evaluate(
            """() => { const { graph } = window.explorer, box = graph.element.getBoundingClientRect();
            const one = graph.scene.bubbles.toSorted((a, b) => b.count - a.count)[0];
            return [one.x + box.left, one.y + box.top, one.name, one.count]; }"""
        )
        tab.page.mouse.move(x, y)
        assert tab.text("#tip") == f"{name}　{count} 个节点"
        tab.page.mouse.click(x, y)
        tab.settle()
        inside = tab.page.evaluate(scene)[1]
        assert inside >= count, "the group has opened"
        tab.page.keyboard.press("0")
        tab.settle()
        assert tab.page.evaluate(scene)[0] == bubbles


def test_names_never_overlap_at_any_scale(browser: Browser, year: Path) -> None:
    with visit(browser, year) as tab:
        for _ in range(5):
            assert overlaps(tab) == []
            tab.page.keyboard.press("+")
            tab.page.keyboard.press("+")
            tab.page.keyboard.press("+")


def test_search_answers_at_once_and_its_result_is_brought_into_view(
    browser: Browser, year: Path
) -> None:
    with visit(browser, year) as tab:
        took = tab.page.evaluate(
            """() => { window.explorer.search.find('a'); const start = performance.now();
            for (const text of ['q', 'qys', '公安局', '青川']) window.explorer.search.find(text);
            return (performance.now() - start) / 4; }"""
        )
        assert took < 100
        tab.pick("qcs")
        x, y = tab.spot(tab.card())
        assert 224 < x < 1010
        assert 54 < y < 714


def test_regions_by_tiles_and_by_the_legend(browser: Browser, year: Path) -> None:
    with visit(browser, year) as tab:
        tab.page.keyboard.press("m")
        tile = tab.page.locator(".tile:not([disabled])").first
        name, count = tile.inner_text().split("\n")
        tile.click()
        assert tab.page.locator("#region option:checked").inner_text() == name
        tab.page.keyboard.press("g")
        assert tab.counts()[0] == int(count)
        tab.page.select_option("#region", "")
        assert tab.counts()[0] == 4000


def test_the_table_of_thousands_shows_the_first(browser: Browser, year: Path) -> None:
    with visit(browser, year, "view=table") as tab:
        assert "显示前 500 行，共 4000 行" in tab.text("#table .foot")
        tab.page.get_by_role("button", name="再显示 500 行").click()
        assert tab.page.locator("#table tbody tr").count() == 1000


def test_a_hub_is_not_opened_whole(browser: Browser, year: Path) -> None:
    with visit(browser, year) as tab:
        tab.pick("网格联动")
        tab.page.keyboard.press("o")
        assert tab.counts()[0] <= 400


# ── reprints ─────────────────────────────────────────────────────────────────────────────────


def test_reprints_are_counted_apart(browser: Browser, tmp_path: Path) -> None:
    first = next(one for one in small_graph().extractions if one.article.id.endswith("one"))
    article = first.article
    again = replace(
        first,
        article=replace(
            article, id="转载-2", page=replace(article.page, outlet="转载日报", date="2025-06-07")
        ),
    )
    graph = link(assemble([first, again]))
    assert len(graph.reprints) == 1
    with visit(browser, written(graph, tmp_path)) as tab:
        tab.page.keyboard.press("t")
        tab.page.locator("[data-key=rows-edges]").click()
        tab.page.locator("#table tbody tr td:nth-child(2) button").first.click()
        assert "1 个独立来源 · 1 篇转载" in tab.text("#card .tally")
        assert "转载，原载《“船头课堂”开进河湾" in tab.text("#card")
        tab.page.locator("#legend .chips button", has_text="转载日报").click()
        assert tab.page.locator("#table tbody tr").count() > 10


# ── served ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    export(synthetic(1200), folder, names=["graph.nq"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(application(folder), port=port, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    running.should_exit = True
    thread.join(10)


def test_served_it_starts_with_an_overview_and_goes_on_by_asking(
    browser: Browser, server: str
) -> None:
    context = browser.new_context()
    tab = Visit(context.new_page(), context)
    tab.open(server)
    nodes, _ = tab.counts()
    assert 50 < nodes < 1000
    assert "库中共 1,200 个实体" in tab.text("#card")
    far = tab.page.evaluate(
        """async () => { for (const q of ['派出所', '大队', '活动', '小学']) {
        const found = await (await fetch('graph/search?q=' + q)).json();
        const one = found.find(one => !window.explorer.model.byId.has(one.id)); if (one) return one.name; } }"""
    )
    tab.page.keyboard.press("/")
    tab.page.keyboard.type(far)
    option = tab.page.locator("#matches [role=option]", has_text="库中其他结果").first
    option.click()
    tab.page.wait_for_selector("html[data-ready]")
    assert tab.card() == far
    assert "around=" in tab.page.url
    tab.page.locator("[data-key=to-overview]").click()
    tab.page.wait_for_selector(".status-line")
    assert tab.counts()[0] == nodes
    tab.page.keyboard.press("m")
    tab.page.locator(".tile:not([disabled])").first.click()
    tab.page.wait_for_url("**region=**")
    tab.page.wait_for_selector("html[data-ready]")
    assert tab.counts()[0] > 0
    assert tab.said == []
    assert {url.split("/")[2] for url in tab.requests if url.startswith("http")} == {
        server.split("/")[2]
    }
    context.close()
