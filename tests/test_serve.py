"""The endpoint, asked as the W3C's protocol tests ask (its query part), and pages for every IRI.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ describes the requests; the data are ours.
"""

import csv
import io
import json
import socket
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib
from starlette.testclient import TestClient

from kg.export import export
from kg.serve.app import application
from kg.serve.negotiate import choose
from tests.graphs import small_graph

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
ONE = "https://jingwu.example/id/article-示例晨报-2025-06-05-04-one"
TWO = "https://jingwu.example/id/article-示例晨报-2025-07-20-02-two"
UNIT = "id/unit-临江市柳河县公安局水上派出所"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("served")
    export(small_graph(), out)
    return out


@pytest.fixture(scope="module")
def client(folder: Path) -> TestClient:
    return TestClient(application(folder))


def rows(response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith(JSON)
    found = response.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


# ── the query operation ──────────────────────────────────────────────────────────────────────


def test_query_via_get(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": JSON})
    assert response.json()["boolean"] is True


def test_query_via_url_encoded_post(client: TestClient) -> None:
    response = client.post("/sparql", data={"query": "ASK {}"}, headers={"accept": JSON})
    assert response.json()["boolean"] is True


def test_query_via_direct_post(client: TestClient) -> None:
    response = client.post(
        "/sparql", content="ASK {}", headers={"content-type": f"{DIRECT}; charset=utf-8"}
    )
    assert response.status_code == 200


GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a schema:NewsArticle } }"
TITLES = "SELECT ?title WHERE { ?article schema:headline ?title } ORDER BY ?title"


@pytest.mark.parametrize("method", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("dataset", "titles", "graphs"),
    [
        ([("default-graph-uri", ONE)], ["“船头课堂”开进河湾"], set()),
        (
            [("default-graph-uri", ONE), ("default-graph-uri", TWO)],
            ["“A<b>&'名'”行动收官", "“船头课堂”开进河湾"],
            set(),
        ),
        ([("named-graph-uri", TWO)], [], {TWO}),
        ([("default-graph-uri", ONE), ("named-graph-uri", TWO)], ["“船头课堂”开进河湾"], {TWO}),
    ],
)
def test_the_request_names_the_data_set(client, method, dataset, titles, graphs) -> None:
    def ask(query: str) -> list[dict[str, str]]:
        if method == "get":
            return rows(client.get(f"/sparql?{urlencode([('query', query), *dataset])}"))
        if method == "form":
            body = urlencode([("query", query), *dataset])
            return rows(client.post("/sparql", content=body, headers={"content-type": FORM}))
        url = f"/sparql?{urlencode(dataset)}"
        return rows(client.post(url, content=query, headers={"content-type": DIRECT}))

    assert [row["title"] for row in ask(TITLES)] == titles
    assert {row["g"] for row in ask(GRAPHS)} == graphs


def test_without_a_data_set_everything_is_asked(client: TestClient) -> None:
    assert len(rows(client.get("/sparql", params={"query": TITLES}))) == 2
    assert {row["g"] for row in rows(client.get("/sparql", params={"query": GRAPHS}))} == {ONE, TWO}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        (
            "SELECT (1 AS ?value) {}",
            [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
        ),
        ("ASK {}", [JSON, "application/sparql-results+xml"]),
        (
            "DESCRIBE <https://example.org/>",
            ["text/turtle", "application/rdf+xml", "application/n-triples"],
        ),
        (
            "CONSTRUCT { <http://example.org/s> <http://example.org/p> 1 } WHERE {}",
            ["text/turtle", "application/rdf+xml", "application/ld+json"],
        ),
    ],
)
def test_the_answer_has_the_type_that_was_asked_for(
    client: TestClient, query: str, kinds: list[str]
) -> None:
    for kind in kinds:
        response = client.get("/sparql", params={"query": query}, headers={"accept": kind})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == kind
    assert (
        client.get("/sparql", params={"query": query}, headers={"accept": "image/png"}).status_code
        == 406
    )


def test_answers_parse(client: TestClient) -> None:
    query = {"query": TITLES}
    text = client.get("/sparql", params=query, headers={"accept": "text/csv"}).text
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["“A<b>&'名'”行动收官"],
        ["“船头课堂”开进河湾"],
    ]
    xml = client.get(
        "/sparql", params=query, headers={"accept": "application/sparql-results+xml"}
    ).text
    assert len(ET.fromstring(xml).findall(".//{*}result")) == 2


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "PUT", "url": "/sparql?query=ASK%20%7B%7D"}, 405),
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"}, 400),
        ({"method": "GET", "url": "/sparql"}, 400),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "ASK {}",
                "headers": {"content-type": "text/plain"},
            },
            415,
        ),
        ({"method": "POST", "url": "/sparql", "content": "query=ASK%20%7B%7D"}, 415),
        ({"method": "POST", "url": "/sparql", "content": "ASK {}"}, 415),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "ASK { ?s ?p '测' }".encode("utf-16"),
                "headers": {"content-type": f"{DIRECT}; charset=UTF-16"},
            },
            400,
        ),
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B"}, 400),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "update=CLEAR%20ALL",
                "headers": {"content-type": FORM},
            },
            403,
        ),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "CLEAR ALL",
                "headers": {"content-type": DIRECT},
            },
            400,
        ),
        ({"method": "GET", "url": "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri"}, 400),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "x" * 1_000_001,
                "headers": {"content-type": DIRECT},
            },
            413,
        ),
    ],
)
def test_what_the_protocol_forbids_is_refused(
    client: TestClient, request_: dict, status: int
) -> None:
    assert client.request(**request_).status_code == status
    assert rows(client.get("/sparql", params={"query": TITLES})), "and changes nothing"


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "attacker.example"}).status_code == 400


# ── linked data ──────────────────────────────────────────────────────────────────────────────


def test_an_entity_is_a_page_with_its_sentences(client: TestClient) -> None:
    response = client.get(f"/{quote(UNIT)}", headers={"accept": "text/html,*/*;q=0.1"})
    assert response.headers["content-type"].startswith("text/html")
    assert "<h1>临江市柳河县公安局水上派出所</h1>" in response.text
    assert "“平安水域”宣传活动" in response.text
    assert "<mark>柳河讯 6月3日,示例省临江市柳河县公安局水上派出所联合柳河县海事处" in response.text
    assert "否定" in response.text or "negated" in response.text, "a claim that is no fact says so"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
    ],
)
def test_an_entity_is_data_for_programs(client: TestClient, kind: str, form: str) -> None:
    response = client.get(f"/{quote(UNIT)}", headers={"accept": kind})
    assert response.headers["content-type"].startswith(kind)
    graph = rdflib.Graph().parse(data=response.text, format=form)
    label = graph.value(rdflib.URIRef(f"https://jingwu.example/{UNIT}"), rdflib.RDFS.label)
    assert str(label) == "临江市柳河县公安局水上派出所"
    suffix = {"turtle": ".ttl", "json-ld": ".jsonld", "nt": ".nt"}[form]
    assert client.get(f"/{quote(UNIT)}{suffix}").content == response.content


def test_hostile_names_stay_text(client: TestClient) -> None:
    found = rows(
        client.get(
            "/sparql",
            params={"query": "SELECT ?a { ?a schema:headline ?t FILTER(contains(?t, '<b>')) }"},
        )
    )
    path = found[0]["a"].removeprefix("https://jingwu.example/")
    page = client.get(f"/{quote(path)}", headers={"accept": "text/html"}).text
    assert "<b>" not in page
    assert "A&lt;b&gt;" in page


def test_an_unknown_node_is_404(client: TestClient) -> None:
    assert client.get("/id/nobody").status_code == 404


def test_the_explorer_is_at_the_root(client: TestClient) -> None:
    assert (
        client.get("/").text.startswith("<!doctype html>") or "<html" in client.get("/").text[:200]
    )


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "a/x"),
        ("*/*", "a/x"),
        ("b/*", "b/y"),
        ("a/x;q=0.2, b/y;q=0.9", "b/y"),
        ("a/*;q=0, */*", "b/y"),
        ("c/z", None),
        ("a/x;q=nonsense", None),
    ],
)
def test_negotiation(accept: str, kind: str | None) -> None:
    assert choose(accept, ["a/x", "b/y"]) == kind


# ── the real server ──────────────────────────────────────────────────────────────────────────


def test_the_command_serves_until_it_is_stopped(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "view", str(folder), "--serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            url = f"http://127.0.0.1:{port}/sparql?{urlencode({'query': TITLES})}"
            for _ in range(100):
                try:
                    with urllib.request.urlopen(url) as answer:
                        found = json.load(answer)
                    break
                except OSError:
                    time.sleep(0.2)
            assert len(found["results"]["bindings"]) == 2
        finally:
            process.terminate()
            process.wait(timeout=20)
