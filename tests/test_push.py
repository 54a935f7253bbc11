"""A result loaded into a real server process, by both protocols: again, interrupted, withdrawn."""

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from kg.errors import OutputError
from kg.export import export
from kg.graph import KnowledgeGraph, assemble
from kg.push import GraphStore, Pushed, Target, UpdateEndpoint, push
from tests.graphs import small_graph

LEDGER = NamedNode("https://jingwu.example/id/ledger")
ENTITIES = "https://jingwu.example/id/entities"
GRAPHS = 4  # entities, two articles, the data set


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(100):
                try:
                    httpx.get(url)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield url
        finally:
            process.terminate()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture(params=["graph store", "update"])
def target(request: pytest.FixtureRequest, server: str, client: httpx.Client) -> Target:
    client.post(f"{server}/update", data={"update": "CLEAR ALL"}).raise_for_status()
    if request.param == "graph store":
        return GraphStore(f"{server}/store", client)
    return UpdateEndpoint(f"{server}/update", f"{server}/query", client)


def written(graph: KnowledgeGraph, folder: Path) -> Path:
    export(graph, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return written(small_graph(), tmp_path / "out")


def quads(server: str) -> dict[str, set[str]]:
    """Return what the server holds, by graph, the ledger left out."""
    dump = httpx.get(f"{server}/store", headers={"accept": "application/n-quads"}).content
    store = Store()
    store.load(dump, format=RdfFormat.N_QUADS)
    found: dict[str, set[str]] = {}
    for quad in store:
        if quad.graph_name != LEDGER:
            found.setdefault(getattr(quad.graph_name, "value", ""), set()).add(str(quad.triple))
    return found


def expected(out: Path) -> dict[str, set[str]]:
    store = Store()
    store.load(path=str(out / "graph.nq"), format=RdfFormat.N_QUADS)
    found: dict[str, set[str]] = {}
    for quad in store:
        name = getattr(quad.graph_name, "value", "") or ENTITIES
        found.setdefault(name, set()).add(str(quad.triple))
    return found


def test_the_server_holds_what_the_result_holds(out: Path, target: Target, server: str) -> None:
    assert push(out, target) == Pushed(GRAPHS, 0, 0)
    assert quads(server) == expected(out)


def test_a_second_run_sends_nothing(out: Path, target: Target, server: str) -> None:
    push(out, target)
    assert push(out, target) == Pushed(0, GRAPHS, 0)
    assert quads(server) == expected(out)


def test_what_is_withdrawn_here_is_withdrawn_there(
    out: Path, target: Target, server: str, tmp_path: Path
) -> None:
    push(out, target)
    less = written(assemble(small_graph().extractions[:1]), tmp_path / "less")
    done = push(less, target)
    assert (done.withdrawn, done.kept) == (1, 1)
    assert quads(server) == expected(less)


def test_an_article_that_changed_is_replaced(
    out: Path, target: Target, server: str, tmp_path: Path
) -> None:
    push(out, target)
    one, two = small_graph().extractions
    fewer = tuple(claim for claim in one.claims if claim.tail != "region-990000")
    other = assemble([replace(one, claims=fewer), two])
    changed = written(other, tmp_path / "changed")
    assert push(changed, target).sent == 2  # the article; the data set, which counts its claims
    assert quads(server) == expected(changed)


def test_a_run_that_was_cut_off_goes_on(out: Path, target: Target, server: str) -> None:
    class Dies:
        """Passes two graphs on and then fails, as a network does."""

        def __init__(self) -> None:
            self.left = 2

        def __getattr__(self, name: str):
            return getattr(target, name)

        def replace(self, graph: NamedNode, triples: list[Triple]) -> None:
            if not self.left:
                raise OutputError("cut off")
            self.left -= 1
            target.replace(graph, triples)

    with pytest.raises(OutputError, match="cut off"):
        push(out, Dies())
    assert push(out, target) == Pushed(GRAPHS - 2, 2, 0)
    assert quads(server) == expected(out)


def test_graphs_of_others_are_left_alone(out: Path, target: Target, server: str) -> None:
    others = '<http://example.org/a> <http://example.org/b> "c" .'
    for name in ("graph=http://example.org/g", "default"):
        httpx.put(f"{server}/store?{name}", content=others, headers={"content-type": "text/turtle"})
    push(out, target)
    shutil.rmtree(out)
    push(written(assemble([]), out), target)
    held = quads(server)
    assert held["http://example.org/g"] == held[""] != set()


def test_a_server_that_is_not_there_is_one_clear_line(
    out: Path, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.push.time.sleep", lambda _: None)
    with pytest.raises(OutputError, match=r"http://127\.0\.0\.1:9/store: ConnectError"):
        push(out, GraphStore("http://127.0.0.1:9/store", client))


def test_a_folder_that_is_no_result_is_one_clear_line(
    tmp_path: Path, server: str, client: httpx.Client
) -> None:
    with pytest.raises(OutputError, match=r"graph\.nq"):
        push(tmp_path, GraphStore(f"{server}/store", client))
