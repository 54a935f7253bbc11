"""The explorer page in a real browser: type, click, drag, press keys, and look at what is there."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser
from pyoxigraph import RdfFormat, parse

from kg.export import export
from kg.export.html import write_html
from tests.browsing import Visit, browser, executable, visit
from tests.graphs import small_graph

__all__ = ["browser"]

STATION = "临江市柳河县公安局水上派出所"
BUREAU = "临江市柳河县公安局"
EVENT = "“平安水域”宣传活动"
WHOLE = (27, 28)  # nodes and relations of the small graph


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "explorer.html"
    write_html(small_graph(), path)
    return path


@pytest.fixture
def tab(browser: Browser, page: Path) -> Iterator[Visit]:
    with visit(browser, page) as one:
        yield one


def select(tab: Visit, name: str) -> None:
    tab.click_node(name)
    assert tab.card() == name


# ── opening ──────────────────────────────────────────────────────────────────────────────────


def test_opens_on_the_whole_of_a_small_graph(tab: Visit) -> None:
    assert tab.counts() == WHOLE
    assert tab.page.title() == "示例晨报 2025-06-05 – 07-20"
    assert "报道" in tab.text("#legend")
    assert EVENT in tab.text("#card"), "the best connected are offered to start from"


def test_needs_no_graphics_card(browser: Browser, page: Path) -> None:
    flags = ["--no-sandbox", "--disable-3d-apis", "--disable-gpu"]
    plain = browser.browser_type.launch(executable_path=executable(), args=flags)
    with visit(plain, page) as tab:
        assert tab.counts() == WHOLE
    plain.close()


def test_an_old_link_with_nonsense_opens_the_start(browser: Browser, page: Path) -> None:
    with visit(browser, page, "node=nobody&days=x.y&off=WHAT&view=none&path=a~b") as tab:
        assert tab.counts() == WHOLE


# ── search ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("柳河县海事处", "柳河县海事处"),
        ("海事处", "柳河县海事处"),  # an alias
        ("臨江市柳河縣公安局水上派出所", STATION),  # traditional
        ("juhui", None),
        ("liuhexianhaishi", "柳河县海事处"),  # pinyin
        ("lhxhsc", "柳河县海事处"),  # its initials
        ("水所", STATION),  # characters skipped as short names skip them
        ("“船头课堂", "“船头课堂”"),
        ("ABC<script>", None),
    ],
)
def test_search(tab: Visit, asked: str, found: str | None) -> None:
    tab.page.keyboard.press("/")
    tab.page.keyboard.type(asked)
    first = tab.page.locator("#matches [role=option]").first
    if found is None:
        assert first.inner_text() == "没有符合条件的内容"
        return
    assert found in first.inner_text()
    tab.page.keyboard.press("Enter")
    assert tab.card() == found


def test_search_is_a_list_that_arrows_walk_through(tab: Visit) -> None:
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("公安局")
    options = tab.page.locator("#matches [role=option]")
    second = options.nth(1).locator(".grow").inner_text().split("\n")[0]
    tab.page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    tab.page.keyboard.press("Enter")
    assert tab.card() == second


# ── nodes, edges, evidence ───────────────────────────────────────────────────────────────────


def test_a_click_on_a_node_shows_its_sentences_with_both_ends_marked(tab: Visit) -> None:
    select(tab, STATION)
    assert "水上派出所" in tab.text("#card .aliases")
    assert "派出所" in tab.text("#card dl"), "the level in words"
    quote = tab.page.locator("#card blockquote").first
    assert quote.locator("mark.end-head").count() > 0
    assert quote.locator("mark.end-tail").count() > 0
    said = quote.inner_text()
    for part in (
        "《“船头课堂”开进河湾》",
        "示例晨报",
        "2025-06-05",
        "第04版",
        "规则 annotated",
        "已发生",
    ):
        assert part in said


def test_a_click_on_a_line_tells_why_it_is_there(tab: Visit) -> None:
    (x1, y1), (x2, y2) = tab.spot(BUREAU), tab.spot("总结会")
    tab.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    assert tab.card() == "组织开展"
    said = tab.text("#card")
    assert "1 个独立来源" in said
    assert "规则 annotated" in said
    assert tab.page.locator("#card blockquote mark.end-tail").inner_text() == "总结会"


@pytest.mark.parametrize(
    ("name", "word"),
    [("“清网”行动", "计划"), ("隐患排查", "要求"), ("电鱼", "涉嫌"), ("巡查", "否定")],
)
def test_what_is_no_fact_says_so(tab: Visit, name: str, word: str) -> None:
    tab.click_node(name)
    assert "非既成事实" in tab.text("#card")
    assert word in tab.text("#card")


def test_hovering_names_a_node(tab: Visit) -> None:
    tab.page.mouse.move(*tab.spot("柳河码头"))
    assert tab.text("#tip").startswith("柳河码头")


def test_copies_a_citation_a_link_and_a_correction(tab: Visit) -> None:
    select(tab, STATION)
    quote = tab.page.locator("#card blockquote").first
    quote.get_by_text("复制引文").click()
    assert tab.pasted() == "田小满. “船头课堂”开进河湾[N]. 示例晨报, 2025-06-05(04)."
    quote.get_by_text("复制链接").click()
    assert "node=unit-" in tab.pasted()
    quote.get_by_text("复制更正行").click()
    (row,) = csv.reader(io.StringIO(tab.pasted()))
    assert (row[0], row[1], len(row)) == ("reject", "示例晨报-2025-06-05-04-one", 8)
    assert row[2].startswith("柳河讯 6月3日,")
    assert row[3].startswith("claim-示例晨报-2025-06-05-04-one-")
    assert row[4:] == ["", "", "", ""]


def test_numbers_that_an_activity_achieved(tab: Visit) -> None:
    select(tab, EVENT)
    assert "发放手册" in tab.text(".outcomes")
    assert "约300" in tab.text(".outcomes")


# ── neighbourhood, path ──────────────────────────────────────────────────────────────────────


def test_one_two_three_steps_expand_and_collapse(tab: Visit) -> None:
    select(tab, "总结会")
    tab.page.get_by_role("button", name="只看它").click()
    sizes = []
    for key in "123":
        tab.page.keyboard.press(key)
        sizes.append(tab.counts()[0])
    assert sizes == [5, 9, 16] or sizes[0] < sizes[1] < sizes[2] < WHOLE[0]
    tab.page.keyboard.press("1")
    tab.page.mouse.dblclick(*tab.spot(BUREAU))
    grown = tab.counts()[0]
    assert grown > sizes[0]
    tab.page.get_by_role("button", name="收起").click()
    assert tab.counts()[0] == sizes[0]
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    assert tab.counts() == WHOLE


def test_a_path_with_a_sentence_for_each_step(tab: Visit) -> None:
    select(tab, "柳河码头")
    tab.page.keyboard.press("p")
    assert "请点击或搜索另一个节点" in tab.text(".status-line .hint")
    tab.pick("总结会")
    assert "最短路径" in tab.card()
    steps = tab.page.locator("#card .step")
    assert steps.count() == 4
    assert steps.locator("blockquote").count() == 4
    tab.page.keyboard.press("Escape")
    assert "从这里开始" in tab.card()


def test_common_neighbours(tab: Visit) -> None:
    select(tab, "柳河县海事处")
    tab.page.get_by_role("button", name="找路径…").click()
    tab.click_node("《内河船舶管理办法》")
    shared = tab.page.locator("#card section", has_text="共同邻居")
    assert {STATION, EVENT} <= set(shared.locator(".node > span:last-child").all_inner_texts())


def test_no_path_along_what_is_only_alleged(tab: Visit) -> None:
    select(tab, "马某")
    tab.page.keyboard.press("p")
    tab.pick("电鱼")
    assert "没有路径" in tab.text("#card")


# ── filters ──────────────────────────────────────────────────────────────────────────────────


def test_the_legend_filters_types_relations_and_statuses(tab: Visit) -> None:
    tab.page.get_by_role("checkbox", name="人物").uncheck()
    assert tab.counts()[0] == WHOLE[0] - 4
    tab.page.get_by_role("button", name="清除筛选").click()
    assert tab.counts() == WHOLE
    tab.page.get_by_role("checkbox", name="组织开展").first.uncheck()
    assert tab.counts()[1] == WHOLE[1] - 7
    tab.page.get_by_role("button", name="清除筛选").click()
    tab.page.get_by_role("checkbox", name="涉嫌").first.uncheck()
    nodes, edges = tab.counts()
    assert edges == WHOLE[1] - 1
    assert nodes == WHOLE[0] - 2, "whom nothing else links are gone with the allegation"


def test_only_one_type_and_back(tab: Visit) -> None:
    only = tab.page.get_by_role("button", name="仅 公安单位")
    only.focus()
    only.press("Enter")
    assert tab.counts()[0] == 3
    tab.page.keyboard.press("Enter")
    assert tab.counts() == WHOLE


def test_articles_can_be_shown_as_nodes(tab: Visit) -> None:
    tab.page.locator("#legend label", has_text="报道").first.click()
    assert tab.counts()[0] == WHOLE[0] + 2


def test_kinds_and_topics(tab: Visit) -> None:
    tab.page.locator("#legend .chips button", has_text="应急演练").click()
    assert tab.counts()[0] == 4, "the drill, its two participants, what it is part of"
    tab.page.locator("#legend .chips button", has_text="应急演练").click()
    tab.page.locator("#legend .chips button", has_text="生态").click()
    assert 4 < tab.counts()[0] < 14


def test_sections_of_the_legend_fold(tab: Visit) -> None:
    tab.page.locator("#legend summary", has_text="实体类型").click()
    assert not tab.page.get_by_role("checkbox", name="人物").is_visible()
    tab.page.locator("#legend .chips button", has_text="应急演练").click()
    assert not tab.page.get_by_role("checkbox", name="人物").is_visible(), "it stays folded"


# ── time ─────────────────────────────────────────────────────────────────────────────────────


def test_brush_keys_and_clearing(tab: Visit) -> None:
    box = tab.page.locator(".brush").bounding_box()
    assert box is not None
    tab.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 20)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=5)
    tab.page.mouse.up()
    assert tab.counts()[0] == 6, "only what the later article names"
    assert tab.text(".range").endswith("2025-07-20")
    tab.page.get_by_role("button", name="清除时间范围").click()
    assert tab.counts() == WHOLE
    tab.page.locator(".brush").focus()
    tab.page.keyboard.press("ArrowRight")
    assert tab.text(".range") == "2025-06-05 – 2025-06-05"
    tab.page.keyboard.press("Shift+ArrowRight")
    assert tab.text(".range") == "2025-06-05 – 2025-06-06"
    tab.page.keyboard.press("Escape")
    assert tab.counts() == WHOLE


def test_play_moves_a_window_through_time(tab: Visit) -> None:
    tab.page.get_by_role("button", name="播放").click()
    first = tab.text(".range")
    tab.page.wait_for_function(
        "text => document.querySelector('.range').textContent !== text", arg=first
    )
    tab.page.get_by_role("button", name="停止").click()
    assert tab.text(".range").startswith("2025-06-0")


# ── table ────────────────────────────────────────────────────────────────────────────────────


def rows(tab: Visit, column: int) -> list[str]:
    return tab.page.locator(f"#table tbody tr td:nth-child({column})").all_inner_texts()


def test_the_table_sorts_copies_and_saves(tab: Visit) -> None:
    tab.page.keyboard.press("t")
    assert len(rows(tab, 2)) == WHOLE[0]
    degrees = [int(text) for text in rows(tab, 6)]
    assert degrees == sorted(degrees, reverse=True)
    tab.page.locator("#table th button", has_text="名称").click()
    assert tab.page.locator("#table th[aria-sort=ascending]").inner_text().startswith("名称")
    assert rows(tab, 2).index("6月3日") < rows(tab, 2).index("渔民"), "in pinyin order"
    tab.page.get_by_role("button", name="复制表格").click()
    lines = tab.pasted().splitlines()
    assert len(lines) == WHOLE[0] + 1
    assert lines[0].startswith("id\ttype\tname")
    file = tab.saved(lambda: tab.page.get_by_role("button", name="下载 CSV").click())
    text = file.read_text(encoding="utf-8")
    assert text.startswith("\ufeff"), "spreadsheets read it as UTF-8"
    assert len(list(csv.reader(io.StringIO(text)))) == WHOLE[0] + 1


def test_the_table_of_relations_has_the_sentences_and_obeys_filters(tab: Visit) -> None:
    tab.page.keyboard.press("t")
    tab.page.locator("[data-key=rows-edges]").click()
    assert len(rows(tab, 2)) == WHOLE[1]
    assert any("召开“清网”行动总结会" in text for text in rows(tab, 6))
    tab.page.get_by_role("checkbox", name="隶属于").first.uncheck()
    assert "隶属于" not in rows(tab, 2)
    tab.page.locator("#table tbody tr td:nth-child(2) button").first.click()
    assert tab.page.locator("#card blockquote").count() >= 1


# ── articles, timeline, places ───────────────────────────────────────────────────────────────


def test_an_article_with_its_mentions_opened_at_the_evidence(tab: Visit) -> None:
    select(tab, "救生演练")
    tab.page.locator("#card blockquote").first.get_by_text("看原文").click()
    assert "桥东小学师生参加了救生演练" in "".join(
        tab.page.locator("#article .evidence").all_inner_texts()
    )
    assert tab.page.locator("#article .evidence").first.is_visible()
    marks = tab.page.locator("#article mark.m")
    assert marks.count() == 24
    assert tab.page.locator("#article mark.nominal").count() == 2
    tab.page.locator("#article mark.t-GROUP", has_text="渔民").click()
    assert tab.card() == "渔民"
    assert tab.text("#article h2") == "“船头课堂”开进河湾"


def test_a_character_beyond_the_basic_plane_shifts_nothing(tab: Visit) -> None:
    tab.page.keyboard.press("a")
    tab.page.locator(".articles button").nth(1).click()
    text = tab.text("#article .text")
    assert "涉案𠮷万2.5亿元。" in text
    assert "该局" in tab.page.locator("#article mark.nominal").all_inner_texts()


def test_the_timeline_lists_articles_with_their_activities(tab: Visit) -> None:
    tab.page.keyboard.press("l")
    days = tab.page.locator("#timeline h2 time").all_inner_texts()
    assert days == ["2025-07-20", "2025-06-05"]
    assert "救生演练" in tab.text("#timeline")
    tab.page.locator("#timeline .entry h3 button").first.click()
    assert "收官" in tab.text("#article h2")


def test_places_by_coordinates(tab: Visit) -> None:
    tab.page.keyboard.press("m")
    circle = tab.page.locator("#places circle")
    assert circle.count() == 1
    circle.click()
    assert tab.card() == "柳河县"


# ── take along ───────────────────────────────────────────────────────────────────────────────


def chosen(tab: Visit, label: str) -> Callable[[], None]:
    def act() -> None:
        tab.page.locator(".menu summary").click()
        tab.page.get_by_role("menuitem", name=label).click()

    return act


def test_pictures(tab: Visit) -> None:
    png = tab.saved(chosen(tab, "图片 PNG")).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert len(png) > 10_000
    svg = ET.fromstring(tab.saved(chosen(tab, "矢量图 SVG")).read_text(encoding="utf-8"))
    texts = {text for element in svg.iter() for text in [element.text] if text}
    assert {BUREAU, "柳河县", "警"} <= texts


def test_the_subgraph_as_turtle_says_what_the_rdf_export_says(tab: Visit, tmp_path: Path) -> None:
    turtle = tab.saved(chosen(tab, "子图 Turtle")).read_bytes()
    export(small_graph(), tmp_path, names=["graph.nt"])
    whole = {
        str(triple) for triple in parse((tmp_path / "graph.nt").read_bytes(), RdfFormat.N_TRIPLES)
    }
    ours = {str(quad.triple) for quad in parse(turtle, RdfFormat.TURTLE)}
    assert ours - whole == set()
    assert len([one for one in ours if "oa#exact" in one]) >= 5


def test_the_subgraph_follows_the_filters(tab: Visit) -> None:
    tab.page.get_by_role("button", name="仅 公安单位").press("Enter")
    graph = nx.parse_graphml(tab.saved(chosen(tab, "子图 GraphML")).read_text(encoding="utf-8"))
    assert {data["name"] for _, data in graph.nodes(data=True)} == {STATION, BUREAU, "临江市公安局"}
    assert graph.number_of_edges() == 2
    table = tab.saved(chosen(tab, "关系 CSV")).read_text(encoding="utf-8-sig")
    assert {row["relation"] for row in csv.DictReader(io.StringIO(table))} == {"part_of_unit"}


def test_a_reload_and_a_shared_link_give_the_same_view(
    browser: Browser, page: Path, tab: Visit
) -> None:
    select(tab, EVENT)
    tab.page.keyboard.press("2")
    tab.page.get_by_role("checkbox", name="人物").uncheck()
    tab.page.locator("[data-key=language]").click()
    tab.page.locator("[data-key=theme]").click()
    tab.settle()
    before = tab.counts(), tab.card(), tab.text("#legend h2"), tab.page.url
    tab.page.reload()
    tab.page.wait_for_selector("html[data-ready]")
    assert (tab.counts(), tab.card(), tab.text("#legend h2"), tab.page.url) == before
    assert tab.page.get_attribute("html", "data-theme") == "dark"
    tab.page.locator(".menu summary").click()
    tab.page.get_by_role("menuitem", name="Copy link to this view").click()
    with visit(browser, page, tab.pasted().partition("#")[2]) as other:
        assert (other.counts(), other.card()) == before[:2]


# ── hands and keys ───────────────────────────────────────────────────────────────────────────


def test_a_node_follows_the_hand_and_the_picture_pans_and_zooms(tab: Visit) -> None:
    x, y = tab.spot("柳河码头")
    other = tab.spot(BUREAU)
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 80, y - 60, steps=6)
    tab.page.mouse.up()
    assert tab.spot("柳河码头") == pytest.approx((x + 80, y - 60), abs=2)
    assert tab.spot(BUREAU) == pytest.approx(other, abs=0.5)
    tab.page.mouse.move(300, 600)
    tab.page.mouse.down()
    tab.page.mouse.move(340, 560, steps=6)
    tab.page.mouse.up()
    assert tab.spot(BUREAU) == pytest.approx((other[0] + 40, other[1] - 40), abs=6)
    tab.page.mouse.move(*tab.spot(BUREAU))
    before = tab.page.evaluate("window.explorer.graph.camera.scale")
    tab.page.mouse.wheel(0, -300)
    tab.settle()
    assert tab.page.evaluate("window.explorer.graph.camera.scale") > 1.3 * before
    tab.page.keyboard.press("0")
    assert tab.spot(BUREAU)[0] > 250


def test_everything_by_keyboard(tab: Visit) -> None:
    tab.page.keyboard.press("?")
    assert "键盘" in tab.text("dialog h2")
    tab.page.keyboard.press("Escape")
    tab.page.locator("#graph").focus()
    tab.page.keyboard.press("ArrowRight")
    assert tab.card() == STATION, "the best-connected first"
    tab.page.keyboard.press("ArrowUp")
    moved = tab.card()
    assert moved != STATION
    tab.page.keyboard.press("o")
    assert tab.counts()[0] < WHOLE[0]
    for key, view in zip("tamlg", ("table", "article", "places", "timeline", "graph"), strict=True):
        tab.page.keyboard.press(key)
        assert tab.page.locator(f"#{view}").is_visible()
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    assert tab.counts() == WHOLE
    reached = set()
    for _ in range(110):
        tab.page.keyboard.press("Tab")
        reached.add(
            tab.page.evaluate("document.activeElement.dataset.key ?? document.activeElement.id")
        )
    assert {"search", "view-table", "export", "language", "theme", "offTypes-0", "graph"} <= reached


def test_two_languages(tab: Visit) -> None:
    tab.page.locator("[data-key=language]").click()
    assert tab.page.get_attribute("html", "lang") == "en"
    legend = tab.text("#legend")
    assert {"police unit", "article", "is part of unit", "alleged"} <= set(re.split(r"\n+", legend))
    assert not re.search(r"[一-鿿]", re.sub(r"[警机地动人时文法众报]", "", legend))
    tab.click_node(STATION)
    assert "police unit · 1 article(s)" in tab.text("#card .title")


def test_names_do_not_overlap(tab: Visit) -> None:
    assert overlaps(tab) == []


def overlaps(tab: Visit) -> list[str]:
    """Pairs of names whose boxes meet on the canvas."""
    tab.settle()
    found = tab.page.evaluate(
        """() => { const { graph } = window.explorer; const boxes = graph.scene.labels.map(label => {
            const w = graph.width(label.text, label.size), h = label.size;
            return { text: label.text, l: label.x - w / 2, r: label.x + w / 2, t: label.y - h / 2, b: label.y + h / 2 }; });
        const out = []; boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
            if (a.l < b.r && b.l < a.r && a.t < b.b && b.t < a.b) out.push(a.text + ' / ' + b.text); }));
        return out; }"""
    )
    return json.loads(json.dumps(found))
