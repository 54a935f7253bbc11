"""Load a result into a SPARQL server that is not ours, one named graph an article.

By the Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) or by SPARQL 1.1
Update. A graph of its own on the server, the ledger, says which graphs with which content are
there: what is there already is not sent again, what the result no longer holds is withdrawn, and a
run that was cut off goes on where it stopped. Other graphs of the server are left alone.
"""

import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import httpx
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import OutputError
from kg.export.names import Names
from kg.query import GRAPH, result_base

TIMEOUT: Final = 120  # seconds: a bulk request may take a server that long
CHUNK: Final = 5_000  # triples an update: servers limit the size of a request
TRIES: Final = 4
_NTRIPLES: Final = "application/n-triples"
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a run did to the server, in graphs."""

    sent: int
    kept: int
    withdrawn: int


class Target(Protocol):
    """A server that keeps named graphs."""

    def fetch(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of a graph, none if there is no such graph."""

    def replace(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Make ``triples`` the whole content of a graph."""

    def append(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Add triples to a graph."""

    def delete(self, graph: NamedNode) -> None:
        """Take a graph away, if it is there."""


def push(folder: Path, target: Target, report: Report = lambda _: None) -> Pushed:
    """Make the server hold the result in ``folder``; raise OutputError if either cannot be had."""
    names = Names(result_base(folder))
    ledger, noted = _named(names.node("ledger")), _named(names.iri("jw:sha256"))
    there = {
        str(triple.subject): triple.object.value
        for triple in target.fetch(ledger)
        if triple.predicate == noted and isinstance(triple.object, Literal)
    }
    held: dict[str, Triple] = {}
    sent = 0
    for graph, triples in _graphs(folder, names):
        digest = _digest(triples)
        held[str(graph)] = Triple(graph, noted, Literal(digest))
        if there.get(str(graph)) != digest:
            target.replace(graph, triples)
            target.append(ledger, [held[str(graph)]])
            sent += 1
            report(graph.value)
    gone = sorted(there.keys() - held.keys())
    for name in gone:
        target.delete(_named(name))
    target.replace(ledger, [held[name] for name in sorted(held)])
    return Pushed(sent, len(held) - sent, len(gone))


def _graphs(folder: Path, names: Names) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """Yield each graph of a result; entities, which stand in none, get one of their own."""
    for graph, quads in itertools.groupby(_quads(folder / GRAPH), key=lambda quad: quad.graph_name):
        name = graph if isinstance(graph, NamedNode) else _named(names.node("entities"))
        yield name, [quad.triple for quad in quads]


def _quads(path: Path) -> Iterator[Quad]:
    try:
        with path.open("rb") as file:
            yield from parse(file, RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        raise OutputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _named(term: str) -> NamedNode:
    return NamedNode(term[1:-1])


def _digest(triples: Iterable[Triple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()


class _Server:
    """Requests that are tried again while the server is away or busy."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def ask(self, method: str, url: str, missing: bool = False, **content: object) -> bytes:
        """Return the body of the answer; raise OutputError if there is none in the end."""
        for pause in (*(2.0**n for n in range(TRIES - 1)), None):
            try:
                answer = self._client.request(method, url, **content)  # type: ignore[arg-type]
            except httpx.HTTPError as error:
                reason = f"{type(error).__name__}: {error}"
            else:
                if answer.is_success:
                    return answer.content
                if missing and answer.status_code == 404:
                    return b""
                reason = f"{answer.status_code} {answer.text.strip()[:200]}"
                if answer.status_code < 500 and answer.status_code != 429:
                    break
            if pause is not None:
                time.sleep(pause / 4)
        raise OutputError(f"{url}: {reason}")


class GraphStore:
    """A server that speaks the Graph Store HTTP Protocol at ``url``."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        self._url, self._server = url, _Server(client)

    def fetch(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of a graph, none if there is no such graph."""
        headers = {"accept": _NTRIPLES}
        return _triples(self._ask("GET", graph, missing=True, headers=headers))

    def replace(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Make ``triples`` the whole content of a graph."""
        self._ask("PUT", graph, **_content(triples))

    def append(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Add triples to a graph."""
        self._ask("POST", graph, **_content(triples))

    def delete(self, graph: NamedNode) -> None:
        """Take a graph away, if it is there."""
        self._ask("DELETE", graph, missing=True)

    def _ask(self, method: str, graph: NamedNode, **content: object) -> bytes:
        return self._server.ask(method, self._url, params={"graph": graph.value}, **content)  # type: ignore[arg-type]


class UpdateEndpoint:
    """A server that takes SPARQL 1.1 Update at one address and answers queries at another."""

    def __init__(self, update: str, query: str, client: httpx.Client) -> None:
        self._update, self._query, self._server = update, query, _Server(client)

    def fetch(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of a graph, none if there is no such graph."""
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        headers = {"accept": _NTRIPLES}
        return _triples(
            self._server.ask("POST", self._query, data={"query": text}, headers=headers)
        )

    def replace(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Make ``triples`` the whole content of a graph."""
        self.delete(graph)
        self.append(graph, triples)

    def append(self, graph: NamedNode, triples: list[Triple]) -> None:
        """Add triples to a graph."""
        for start in range(0, len(triples), CHUNK):
            lines = "\n".join(f"{triple} ." for triple in triples[start : start + CHUNK])
            self._send(f"INSERT DATA {{ GRAPH {graph} {{\n{lines}\n}} }}")

    def delete(self, graph: NamedNode) -> None:
        """Take a graph away, if it is there."""
        self._send(f"DROP SILENT GRAPH {graph}")

    def _send(self, text: str) -> None:
        headers = {"content-type": "application/sparql-update"}
        self._server.ask("POST", self._update, content=text.encode(), headers=headers)


def _content(triples: list[Triple]) -> Mapping[str, object]:
    body = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return {"content": body, "headers": {"content-type": _NTRIPLES}}


def _triples(body: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)]
