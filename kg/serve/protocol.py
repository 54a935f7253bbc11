"""SPARQL 1.1 Protocol, the query operation: https://www.w3.org/TR/sparql11-protocol/ section 2.1."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.export.names import Names
from kg.serve.negotiate import choose

_DIRECT: Final = "application/sparql-query"
_FORM: Final = "application/x-www-form-urlencoded"
_LONGEST: Final = 1_000_000  # bytes of a request: no question of a person is longer
RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
TRIPLES: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}

_PREFIXED: Final = frozenset({"text/turtle", "application/rdf+xml"})


class RefusedError(Exception):
    """A request that the protocol does not allow: status and the reason in a line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the data set that its request names (empty: everything)."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


async def answer(request: Request, store: Store, names: Names) -> Response:
    """Return the response to a request of the query operation."""
    try:
        question = await _question(request)
        accept = ", ".join(request.headers.getlist("accept"))
    except RefusedError as refused:
        return _refusal(refused)
    return await run_in_threadpool(_ask, question, store, names, accept)


def _refusal(refused: RefusedError) -> Response:
    return PlainTextResponse(f"{refused}\n", refused.status)


async def _question(request: Request) -> Question:
    if request.method in ("GET", "HEAD"):
        return _parsed(request.url.query)
    body = await _body(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = _decoded(body)
    if kind == _FORM:
        return _parsed(text)
    if kind == _DIRECT:
        rest = parse_qs(request.url.query)
        return Question(
            text, tuple(rest.get("default-graph-uri", ())), tuple(rest.get("named-graph-uri", ()))
        )
    raise RefusedError(415, f"send {_FORM} or {_DIRECT}")


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            raise RefusedError(413, f"a query is at most {_LONGEST:,} bytes")
    return body


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"not UTF-8: {error.reason}") from error


def _parsed(form: str) -> Question:
    fields = parse_qs(form, keep_blank_values=True)
    queries = fields.get("query", [])
    if "update" in fields:
        raise RefusedError(403, "this endpoint answers questions only")
    if len(queries) != 1:
        raise RefusedError(400, f"one parameter query is needed, {len(queries)} were sent")
    return Question(
        queries[0],
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
    )


def _ask(question: Question, store: Store, names: Names, accept: str) -> Response:
    """Return the response, refusals too: an answer of pyoxigraph must not leave its thread."""
    try:
        body, kind = _answered(question, store, names, accept)
    except SyntaxError as error:
        return _refusal(RefusedError(400, f"not SPARQL: {error}"))
    except RefusedError as refused:
        return _refusal(refused)
    except (OSError, RuntimeError, ValueError) as error:
        return _refusal(RefusedError(500, f"the query failed: {error}"))
    return Response(body, media_type=kind, headers={"vary": "accept"})


def _answered(question: Question, store: Store, names: Names, accept: str) -> tuple[bytes, str]:
    found = _run(question, store, names)
    if isinstance(found, QueryTriples):
        kind = _chosen(accept, TRIPLES)
        prefixes = names.prefixes if kind in _PREFIXED else None
        return serialize(found, format=TRIPLES[kind], prefixes=prefixes) or b"", kind
    offered = RESULTS
    if isinstance(found, QueryBoolean):  # CSV and TSV have no form for yes and no
        offered = {kind: form for kind, form in RESULTS.items() if not kind.startswith("text/")}
    kind = _chosen(accept, offered)
    return found.serialize(format=offered[kind]) or b"", kind


def _run(
    question: Question, store: Store, names: Names
) -> QuerySolutions | QueryBoolean | QueryTriples:
    if not question.default and not question.named:
        return store.query(question.text, prefixes=names.prefixes, use_default_graph_as_union=True)
    try:
        default: list[NamedNode | BlankNode | DefaultGraph] = [
            NamedNode(name) for name in question.default
        ]
        named: list[NamedNode | BlankNode] = [NamedNode(name) for name in question.named]
    except ValueError as error:
        raise RefusedError(400, f"not an IRI: {error}") from error
    return store.query(
        question.text, prefixes=names.prefixes, default_graph=default, named_graphs=named
    )


def _chosen(accept: str, offered: dict[str, QueryResultsFormat] | dict[str, RdfFormat]) -> str:
    kind = choose(accept, list(offered))
    if kind is None:
        raise RefusedError(406, f"offered: {', '.join(offered)}")
    return kind
