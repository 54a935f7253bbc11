"""The explorer beside pyvis' own page of the same graph, in the same run and the same browser.

    python -m bench.explorer [--sizes 100 1000 5000 20000] [--alone 50000] [--rounds 3] [--write]

pyvis gets what it is quickest with: positions given, physics off, everything in one file. Three
edges a node, one sentence an edge, Chinese names, software rendering, network denied. ``--write``
puts the table into bench/RESULTS.md.
"""

import argparse
import os
import platform
import random
import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from bench.results import commit, put_section
from bench.synthetic import FIRST, LAST, UNITS
from kg.export.html import write_html
from kg.export.notebook import to_pyvis
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Claim, Entity, Extraction, Mention, Passage
from kg.model import Page as Sheet

OWN = 30  # entities that an article brings
LENT = 8  # entities that it shares with articles before it
TARGETS = {100: 1.2, 1000: 1.0, 5000: 0.4, 20000: 0.25}  # first picture, of pyvis' time
FPS = {5000: 1.5, 20000: 4.0}  # frames while panning, of pyvis' rate
KINDS = (("UNIT", "organizes"), ("ACT", "held_at"), ("LOC", "located_in"))

# Runs before the page's own scripts: notes when a canvas first shows more than one colour.
WATCH = """(() => {
  const small = document.createElement('canvas');
  small.width = small.height = 48;
  const ctx = small.getContext('2d', { willReadFrequently: true });
  const look = () => {
    for (const canvas of document.querySelectorAll('canvas')) {
      if (!canvas.width || !canvas.height) continue;
      ctx.clearRect(0, 0, 48, 48);
      ctx.drawImage(canvas, 0, 0, 48, 48);
      const seen = new Set(new Uint32Array(ctx.getImageData(0, 0, 48, 48).data.buffer));
      if (seen.size > 6) { window.firstPicture = performance.now(); return; }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""
FRAMES = "(() => { window.frames_ = 0; const count = () => { window.frames_++; requestAnimationFrame(count); }; requestAnimationFrame(count); })()"
EMPTY_SPOT = {
    "kg": "([x, y]) => { const { graph } = window.explorer, box = graph.element.getBoundingClientRect(); return graph.nodeAt(x - box.left, y - box.top, 4) < 0; }",
    "pyvis": "([x, y]) => { const box = document.getElementById('mynetwork').getBoundingClientRect(); return network.getNodeAt({ x: x - box.left, y: y - box.top }) === undefined; }",
}


# ── the graph ────────────────────────────────────────────────────────────────────────────────


def even(nodes: int, seed: int = 7) -> KnowledgeGraph:
    """Return a graph of ``nodes`` entities with three claims each, every claim with its sentence."""
    chance = random.Random(seed)
    entities = [_entity(number, chance) for number in range(nodes)]
    return assemble(_article(start, entities, chance) for start in range(0, nodes, OWN))


def _entity(number: int, chance: random.Random) -> Entity:
    kind = KINDS[number % 3][0]
    place = f"{chance.choice(FIRST)}{chance.choice(LAST)}县"
    tail = {"UNIT": f"公安局{chance.choice(UNITS)}", "ACT": "平安宣传活动", "LOC": "中心广场"}[kind]
    return Entity(f"{kind.lower()}-{number}", kind, f"{place}{tail}{number}")


def _article(start: int, entities: list[Entity], chance: random.Random) -> Extraction:
    own = entities[start : start + OWN]
    lent = chance.sample(entities[:start], min(LENT, start))
    text, mentions, claims = f"第{start}号报道\n", [], []
    for number in range(3 * len(own)):
        head = own[number % len(own)]
        tail = chance.choice([one for one in [*own, *lent] if one is not head])
        at = len(text)
        text += f"近日，{head.name}在{tail.name}一带做了第{number}件实事。"
        for entity, place in ((head, at + 3), (tail, at + 4 + len(head.name))):
            end = place + len(entity.name)
            mentions.append(Mention(entity.type, place, end, entity.name, entity.id, False, "made"))
        relation = dict(KINDS)[head.type]
        passage = Passage(at, len(text), text[at:])
        claims.append(
            Claim(f"c{number}", relation, head.id, tail.id, (passage,), "asserted", "made")
        )
    day = date.fromordinal(date(2025, 1, 1).toordinal() + start % 360).isoformat()
    page = Sheet(f"{start}.txt", text, "plain", "示例晨报", day, "01")
    used = {mention.entity: None for mention in mentions}
    known = {entity.id: entity for entity in [*own, *lent]}
    article = Article(f"示例-{start}", page, text.split("\n")[0], text)
    every = {**{entity.id: None for entity in own}, **used}
    return Extraction(article, tuple(mentions), tuple(known[key] for key in every), tuple(claims))


def pyvis_page(graph: KnowledgeGraph, path: Path) -> None:
    """Write the page that pyvis itself makes of the same nodes, edges, sentences and positions."""
    ours = to_pyvis(graph)
    stock = Network(height="720px", width="100%", directed=True, cdn_resources="in_line")
    # its own add_edge takes minutes for 60,000 edges; the page is the same
    keep = ("id", "label", "title", "color", "x", "y", "shape", "size")
    stock.nodes = [{key: node[key] for key in keep} for node in ours.nodes]
    stock.node_ids = list(ours.node_ids)
    keep = ("from", "to", "title", "color")
    stock.edges = [{**{k: edge[k] for k in keep}, "arrows": "to"} for edge in ours.edges]
    stock.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}}')
    path.write_text(stock.generate_html(), encoding="utf-8")


# ── measuring ────────────────────────────────────────────────────────────────────────────────


def opened(browser: Browser, path: Path, limit: int = 120_000) -> tuple[Page, float]:
    """Open a page with the network denied; return it and the milliseconds to its first picture."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit", timeout=limit)
    page.wait_for_function("() => window.firstPicture", timeout=limit)
    return page, float(page.evaluate("window.firstPicture"))


def pan(page: Page, kind: str, seconds: float = 2.0) -> float:
    """Return frames a second while a hand drags the picture to and fro."""
    page.wait_for_timeout(700)
    spots = [(x, y) for y in range(200, 640, 23) for x in range(330, 960, 31)]
    free = (spot for spot in spots if page.evaluate(EMPTY_SPOT[kind], list(spot)))
    return _dragged(page, *next(free, (400, 300)), seconds)


def _dragged(page: Page, x: float, y: float, seconds: float) -> float:
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    start, step = time.perf_counter(), 0
    before = page.evaluate("[window.frames_, performance.now()]")
    while time.perf_counter() - start < seconds:
        step += 1
        swing = abs((step * 6) % 240 - 120)
        page.mouse.move(x + swing, y + swing / 2)
    after = page.evaluate("[window.frames_, performance.now()]")
    page.mouse.up()
    return float((after[0] - before[0]) / (after[1] - before[1]) * 1000)


def drag_node(page: Page) -> float:
    """Return frames a second while a single node is dragged; it must follow."""
    page.keyboard.press("/")
    page.keyboard.type("公安局")
    page.keyboard.press("Enter")
    page.wait_for_timeout(900)
    where = """() => { const { graph, state } = window.explorer, box = graph.element.getBoundingClientRect();
        const [x, y] = graph.at(state.node); return [x + box.left, y + box.top]; }"""
    x, y = page.evaluate(where)
    rate = _dragged(page, x, y, 1.5)
    moved = page.evaluate(where)
    if abs(moved[0] - x) < 1 and abs(moved[1] - y) < 1:
        raise SystemExit("the node did not follow the hand")
    return rate


def search(page: Page) -> float:
    """Return the most milliseconds that one more letter takes until its matches are listed."""
    page.wait_for_timeout(1500)
    return float(
        page.evaluate(
            """() => { const input = document.getElementById('search'); let most = 0;
            for (const word of ['公安局城关', 'qcxgaj', '平安宣傳活動', 'zhongxin', '12345']) {
                for (let end = 1; end <= word.length; end++) {
                    input.value = word.slice(0, end);
                    const start = performance.now();
                    input.dispatchEvent(new Event('input'));
                    document.getElementById('matches').getBoundingClientRect();
                    most = Math.max(most, performance.now() - start);
                }
            }
            input.value = ''; input.dispatchEvent(new Event('input')); return most; }"""
        )
    )


def measure(browser: Browser, path: Path, kind: str, *, whole: bool) -> dict[str, float]:
    page, first = opened(browser, path)
    out = {"first": first}
    if whole:
        out["pan"] = pan(page, kind)
        if kind == "kg":
            out["search"] = search(page)
            out["drag"] = drag_node(page)
    page.context.close()
    return out


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    keys = {key for row in rows for key in row}
    return {key: statistics.median(row[key] for row in rows if key in row) for key in keys}


def compare(
    browser: Browser, nodes: int, rounds: int, folder: Path, *, both: bool
) -> dict[str, Any]:
    graph = even(nodes)
    pages = {"kg": folder / f"kg-{nodes}.html"}
    write_html(graph, pages["kg"])
    if both:
        pages["pyvis"] = folder / f"pyvis-{nodes}.html"
        pyvis_page(graph, pages["pyvis"])
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in pages}
    for path in pages.values():
        opened(browser, path)[0].context.close()  # a first opening reads fonts and warms caches
    for turn in range(rounds if nodes > 1000 else rounds + 2):
        for kind, path in pages.items():
            found[kind].append(measure(browser, path, kind, whole=turn < 2))
    out: dict[str, Any] = {kind: medians(rows) for kind, rows in found.items()}
    for kind, path in pages.items():
        out[kind]["size"] = path.stat().st_size / 1e6
    return out


# ── the report ───────────────────────────────────────────────────────────────────────────────


def table(results: dict[int, dict[str, Any]]) -> list[str]:
    lines = [
        "| nodes / edges | first picture: pyvis → ours | ratio | pan: pyvis → ours | ratio | file: pyvis → ours | ratio | node drag | slowest key in search |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for nodes, result in results.items():
        ours, theirs = result["kg"], result.get("pyvis")
        extra = f"{ours['drag']:.0f} fps | {ours['search']:.0f} ms |"
        name = f"| {nodes:,} / {3 * nodes:,} |"
        if theirs is None:
            lines.append(
                f"{name} – → {ours['first'] / 1000:.2f} s | | – → {ours['pan']:.0f} fps | | – → {ours['size']:.2f} MB | | {extra}"
            )
            continue
        ratios = [ours[key] / theirs[key] for key in ("first", "pan", "size")]
        lines.append(
            f"{name} {theirs['first'] / 1000:.2f} → {ours['first'] / 1000:.2f} s | {ratios[0]:.2f}"
            f" | {theirs['pan']:.0f} → {ours['pan']:.0f} fps | {ratios[1]:.1f}"
            f" | {theirs['size']:.2f} → {ours['size']:.2f} MB | {ratios[2]:.2f} | {extra}"
        )
    return lines


def verdicts(results: dict[int, dict[str, Any]]) -> list[str]:
    """Return what was promised and not reached."""
    missed = []
    for nodes, result in results.items():
        ours, theirs = result["kg"], result.get("pyvis")
        if ours["search"] > 100:
            missed.append(f"{nodes:,}: a key in the search takes {ours['search']:.0f} ms")
        if theirs is None:
            continue
        if ours["first"] > TARGETS.get(nodes, 1.2) * theirs["first"]:
            missed.append(f"{nodes:,}: first picture at {ours['first'] / theirs['first']:.2f}")
        if ours["pan"] < FPS.get(nodes, 0) * theirs["pan"]:
            missed.append(f"{nodes:,}: panning at {ours['pan'] / theirs['pan']:.1f}")
        if nodes >= 1000 and ours["size"] > 0.4 * theirs["size"]:
            missed.append(f"{nodes:,}: file at {ours['size'] / theirs['size']:.2f}")
    paired = [result["pyvis"]["first"] for result in results.values() if "pyvis" in result]
    alone = [result["kg"]["first"] for result in results.values() if "pyvis" not in result]
    if paired and alone and max(alone) > max(paired):
        missed.append("the largest graph opens later than pyvis' largest")
    return missed


def section(results: dict[int, dict[str, Any]], browser: str, rounds: int) -> str:
    cores = len(os.sched_getaffinity(0))
    missed = verdicts(results)
    return "\n".join(
        [
            f"`python -m bench.explorer --write` · {date.today().isoformat()} · commit {commit()} · "  # noqa: DTZ011
            f"{platform.machine()}, {cores} cores, no GPU · {browser}, headless, network denied · "
            f"medians of {rounds} (first picture) · load {os.getloadavg()[0]:.0f} on {cores} cores",
            "",
            "pyvis 0.3.2's own page of the same graph, positions given, physics off, sentences as titles; three edges a node, Chinese names. "
            "First picture: from navigation until a canvas shows more than one colour.",
            "",
            *table(results),
            "",
            "Every target is met." if not missed else "Not met: " + "; ".join(missed) + ".",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 5000, 20000])
    parser.add_argument("--alone", type=int, default=50000, help="a size for ours only; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    results: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for nodes in [*options.sizes, *filter(None, [options.alone])]:
            both = nodes in options.sizes
            results[nodes] = compare(browser, nodes, options.rounds, Path(folder), both=both)
            print(nodes, results[nodes], flush=True)
        text = section(results, f"Chromium {browser.version}", options.rounds)
        browser.close()
    print(text)
    if options.write:
        put_section("Explorer", text)


if __name__ == "__main__":
    main()
