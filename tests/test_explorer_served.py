"""What the server answers the explorer: a part of the store at a time, with its sentences."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bench.synthetic import synthetic
from kg.export import export
from kg.export.html import page
from kg.graph import claim_key
from kg.serve.app import application
from kg.serve.explore import MOST
from tests.graphs import small_graph

STATION = "unit-临江市柳河县公安局水上派出所"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("small")
    export(small_graph(), folder, names=["graph.nq", "explorer.html"])
    return TestClient(application(folder))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("large")
    export(synthetic(900), folder, names=["graph.nq"])
    return TestClient(application(folder))


def ids(answer: dict) -> set[str]:
    return set(answer["graph"]["nodes"]["id"])


def get(client: TestClient, address: str, **asked: str) -> dict:
    response = client.get(address, params=asked)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_page_holds_no_data_and_may_ask_only_its_server(small: TestClient) -> None:
    text = small.get("/").text
    assert "connect-src 'self'" in text
    assert 'id="graph-data"></script>' in text
    assert small.get("/explorer.html").text == page(small_graph()), "the whole in one file, too"


def test_a_small_store_is_shown_whole(small: TestClient) -> None:
    answer = get(small, "/graph")
    assert ids(answer) == set(small_graph().entities)
    assert answer["served"]["entities"] == 27
    assert answer["served"]["articles"] == 2
    assert not answer["served"]["capped"]
    assert len(answer["texts"]["text"]) == 2


def test_an_answer_says_the_same_as_the_file(small: TestClient) -> None:
    from kg.export.columns import columns

    block, texts = columns(small_graph(), "t")
    answer = get(small, "/graph")
    assert answer["graph"]["edges"] == block["edges"]
    assert answer["graph"]["claims"]["evidence"] == block["claims"]["evidence"]
    assert answer["texts"]["text"] == texts["text"]


def test_only_activities_have_a_kind_in_the_page() -> None:
    """A place has one too (road), but the page has no word for it in either language."""
    from kg.export.columns import columns

    graph = small_graph()
    place = next(one for one in graph.entities.values() if one.type == "LOC")
    road = replace(place, attributes={**place.attributes, "kind": "road"})
    block, _ = columns(replace(graph, entities={**graph.entities, road.id: road}), "t")
    assert "road" not in {word["key"] for word in block["kinds"]}
    assert all(word["zh"] != word["key"] for word in block["kinds"])


def test_around_a_node_step_by_step(small: TestClient) -> None:
    one, two = (get(small, "/graph", around=STATION, depth=depth) for depth in "12")
    assert STATION in ids(one)
    assert ids(one) < ids(two)
    degrees = dict(zip(one["graph"]["nodes"]["id"], one["served"]["degree"].values(), strict=True))
    assert degrees[STATION] == 9, "as many claims as the whole store has of it"


def test_a_path_of_facts(small: TestClient) -> None:
    answer = get(small, "/graph", path="loc-柳河码头~act-示例晨报-2025-07-20-02-two-a2-总结会")
    assert {STATION, "unit-临江市柳河县公安局"} <= ids(answer)
    nothing = get(
        small,
        "/graph",
        path="per-示例晨报-2025-06-05-04-one-p2-马某~act-示例晨报-2025-06-05-04-one-a5-电鱼",
    )
    assert len(ids(nothing)) == 2, "an allegation is no path, and both ends are there"


def test_a_claim_with_its_sentence(small: TestClient) -> None:
    graph = small_graph()
    extraction, claim = next(
        (one, claim) for one, claim in graph.claims() if claim.relation == "has_post"
    )
    answer = get(small, "/graph", claim=claim_key(extraction.article, claim))
    assert answer["evidence"][0]["text"] == claim.evidence[0].text
    assert answer["attributes"] == {"post": "所长"}
    assert (answer["outlet"], answer["date"], answer["page"]) == ("示例晨报", "2025-06-05", "04")


@pytest.mark.parametrize(
    "asked", ["海事处", "臨江市柳河縣公安局", "lhxhsc", "liuhexianhai", "水所"]
)
def test_search_by_name_alias_script_sound(small: TestClient, asked: str) -> None:
    names = [one["name"] for one in small.get("/graph/search", params={"q": asked}).json()]
    assert names[0] in ("柳河县海事处", "临江市柳河县公安局", "临江市柳河县公安局水上派出所")


def test_search_for_nothing_finds_nothing(small: TestClient) -> None:
    for asked in ("", " ", "“”", "<script>"):
        assert small.get("/graph/search", params={"q": asked}).json() == []


@pytest.mark.parametrize("asked", [{"around": "nobody"}, {"path": "a~b"}, {"claim": "none"}])
def test_what_is_not_there_is_a_plain_404(small: TestClient, asked: dict[str, str]) -> None:
    response = small.get("/graph", params=asked)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/plain")


def test_a_depth_that_is_no_number(small: TestClient) -> None:
    assert small.get("/graph", params={"around": STATION, "depth": "x"}).status_code == 400


def test_a_large_store_is_sent_in_parts(large: TestClient) -> None:
    overview = get(large, "/graph")
    assert len(ids(overview)) < 900 <= overview["served"]["entities"]
    regions = overview["served"]["regions"]
    assert len(regions) > 1
    code = max(regions, key=lambda one: regions[one])
    region = get(large, "/graph", region=code)
    assert 0 < len(ids(region)) <= min(MOST, regions[code])
    assert len(ids(get(large, "/graph", region="99"))) == 0
