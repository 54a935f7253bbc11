"""Networks for notebooks: pyvis' own class, still, offline, and every string a text."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pyvis.network import Network

import kg
from kg.errors import InputError
from kg.graph import assemble
from tests.browsing import browser
from tests.graphs import small_graph
from tests.test_explorer_wide import hostile_graph

__all__ = ["browser"]

STATION = "临江市柳河县公安局水上派出所"


def test_the_whole_graph_still_and_directed() -> None:
    net = kg.to_pyvis(small_graph())
    assert isinstance(net, Network)
    assert (len(net.nodes), len(net.edges), net.directed) == (27, 28, True)
    assert net.options["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], float) and isinstance(node["y"], float) for node in net.nodes)
    assert len({(node["x"], node["y"]) for node in net.nodes}) == 27
    assert net.nodes == kg.to_pyvis(small_graph()).nodes, "the same each time"


def test_parallel_edges_are_kept() -> None:
    graph = graph_with_a_second_relation()
    between = [edge for edge in kg.to_pyvis(graph).edges if edge["from"].endswith("水上派出所")]
    both = [edge for edge in between if edge["to"] == "org-柳河县海事处"]
    assert len(both) == 2
    assert ["smooth" in edge for edge in both] == [False, True], "the second bends aside"


def graph_with_a_second_relation() -> kg.KnowledgeGraph:
    """The unit that co-operates with the office takes part in it, too."""
    graph = small_graph()
    first = next(one for one in graph.extractions if one.article.id.endswith("one"))
    known = next(claim for claim in first.claims if claim.relation == "cooperates_with")
    second = replace(known, id="second", relation="has_post")
    more = replace(first, claims=(*first.claims, second))
    return assemble([more, *(one for one in graph.extractions if one is not first)])


def test_what_lies_around_a_name() -> None:
    graph = small_graph()
    near = kg.to_pyvis(graph, around="水上派出所")
    assert STATION in {node["title"].split("\n")[0] for node in near.nodes}
    far = kg.to_pyvis(graph, around=["水上派出所"], depth=2)
    alone = kg.to_pyvis(graph, around=STATION, depth=0)
    assert len(alone.nodes) == 1 < len(near.nodes) < len(far.nodes) < 27
    with pytest.raises(InputError, match="nirgends"):
        kg.to_pyvis(graph, around="nirgends")


def test_types_and_statuses_have_their_look_and_a_legend() -> None:
    net = kg.to_pyvis(small_graph())
    by_name = {node["title"].split("\n")[0]: node for node in net.nodes}
    assert by_name[STATION]["shape"] == "dot"
    assert by_name["柳河县"]["shape"] == "triangleDown"
    assert by_name[STATION]["color"] != by_name["柳河县"]["color"]
    planned = [edge for edge in net.edges if "计划" in edge["title"]]
    assert planned and all(edge["dashes"] for edge in planned)
    facts = [edge for edge in net.edges if "已发生" in edge["title"]]
    assert facts and not any(edge["dashes"] for edge in facts)
    assert [sign["label"] for sign in net.legend][:2] == ["公安单位", "其他组织"]
    assert "计划" in {sign["label"] for sign in net.legend}


def test_titles_say_the_sentence() -> None:
    titles = [edge["title"] for edge in kg.to_pyvis(small_graph()).edges]
    assert "参加 · 已发生\n“桥东小学师生参加了救生演练。”\n示例晨报 2025-06-05" in titles


def test_it_can_be_changed_as_any_network() -> None:
    net = kg.to_pyvis(small_graph())
    net.add_node("own", label="自己的")
    net.add_node("own", label="again")
    net.add_edge("own", net.nodes[0]["id"], title="own")
    net.add_edge("own", net.nodes[0]["id"], title="own too")
    net.set_options('{"edges": {"smooth": true}}')
    net.set_options({"nodes": {"borderWidth": 3}})
    assert (len(net.nodes), len(net.edges)) == (28, 30)
    assert net.options["nodes"] == {"borderWidth": 3}
    with pytest.raises(KeyError):
        net.add_edge("own", "nobody")
    assert str(net) == "示例晨报 2025-06-05 – 07-20: 28 nodes, 30 edges"
    assert net._repr_html_().startswith("<iframe srcdoc=")


def test_the_page_loads_nothing_and_shows_every_node(browser: Browser, tmp_path: Path) -> None:
    kg.to_pyvis(small_graph()).show(str(tmp_path / "net.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["net.html"], "no lib folder beside it"
    text = (tmp_path / "net.html").read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"'](?!data:)", text)
    with seen(browser, tmp_path / "net.html") as page:
        at = page.evaluate("network.getPositions()")
        assert len(at) == 27
        assert page.evaluate("network.physics.physicsEnabled") is False
        legend = page.locator("#legend li").all_inner_texts()
        assert {"公安单位", "涉嫌"} <= set(legend)
        key = next(iter(at))
        box = page.locator("#picture").bounding_box()
        spot = page.evaluate("key => network.canvasToDOM(network.getPosition(key))", key)
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        page.wait_for_selector("div.vis-tooltip", state="visible")
        assert page.inner_text("div.vis-tooltip").strip()


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    net = kg.to_pyvis(hostile_graph())
    net.heading = "</title><script>window.bitten=3</script>"
    net.nodes[0]["title"] += "\n<a href='#' onclick='window.bitten=4'>href</a>"
    net.write_html(str(tmp_path / "net.html"))
    with seen(browser, tmp_path / "net.html") as page:
        spot = page.evaluate(
            "key => network.canvasToDOM(network.getPosition(key))", net.nodes[0]["id"]
        )
        box = page.locator("#picture").bounding_box()
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        page.wait_for_selector("div.vis-tooltip", state="visible")
        assert "<img src=x" in page.inner_text("div.vis-tooltip")
        assert page.evaluate("window.bitten") is None
        assert page.locator("img, a").count() == 0


def test_a_build_writes_it_on_request(tmp_path: Path) -> None:
    from kg.export import export

    (path,) = export(small_graph(), tmp_path, names=["pyvis.html"])
    data = re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)
    assert data is not None
    assert len(json.loads(data[1])["nodes"]) == 27


class seen:  # noqa: N801 - reads as a verb
    """A visit to a page that is not the explorer: ready when its network is."""

    def __init__(self, browser: Browser, path: Path) -> None:
        self._context = browser.new_context(viewport={"width": 1000, "height": 700}, offline=True)
        self._page, self._path = self._context.new_page(), path
        self._said: list[str] = []

    def __enter__(self):
        page = self._page
        page.on("console", lambda message: self._said.append(message.text))
        page.on("pageerror", lambda error: self._said.append(str(error)))
        page.on("request", lambda request: self._said.append(request.url))
        page.goto(self._path.as_uri())
        page.wait_for_function("window.network")
        return page

    def __exit__(self, *problem: object) -> None:
        self._context.close()
        if not any(problem):
            own = [said for said in self._said if not said.startswith(("file:", "data:"))]
            assert own == []
