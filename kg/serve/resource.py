"""What the store says of one node, as a page for people or as RDF for programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, serialize
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.export.names import Names
from kg.serve.negotiate import choose

KINDS: Final = {
    "text/html": None,
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
SUFFIXES: Final = {
    ".html": "text/html",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}
_MOST: Final = 500  # claims on a page: a hub has thousands, and SPARQL pages through them
_CLAIMS: Final = f"""
SELECT DISTINCT ?head ?headName ?relation ?tail ?tailName ?status ?article ?title ?date ?before ?quote ?after WHERE {{
  {{ ?claim rdf:subject ?node }} UNION {{ ?claim rdf:object ?node }}
  ?claim a jw:Claim ; rdf:subject ?head ; rdf:object ?tail ; jw:relation ?concept ; jw:status ?state ;
    prov:wasQuotedFrom ?article ; oa:hasTarget ?passage .
  ?passage oa:hasSelector ?words . ?words oa:exact ?quote .
  OPTIONAL {{ ?words oa:prefix ?before }} OPTIONAL {{ ?words oa:suffix ?after }}
  OPTIONAL {{ ?article schema:headline ?title }} OPTIONAL {{ ?article schema:datePublished ?date }}
  OPTIONAL {{ ?head rdfs:label ?headName }} OPTIONAL {{ ?tail rdfs:label ?tailName }}
  OPTIONAL {{ ?concept skos:prefLabel ?relation FILTER ( lang(?relation) = "zh-hans" ) }}
  OPTIONAL {{ ?state skos:prefLabel ?status FILTER ( lang(?status) = "zh-hans" ) }}
}} ORDER BY ?relation ?date ?head ?tail ?quote LIMIT {_MOST}
"""
_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}dt{color:#555}dd{margin:0 0 .4rem}li{margin-bottom:.8rem}q{quotes:none}"
    ".quiet{color:#666;font-size:.9rem}.status{border:1px solid;border-radius:.3rem;padding:0 .3rem}"
)


@dataclass(frozen=True, slots=True)
class _Row:
    head: str
    relation: str
    tail: str
    status: str
    quote: str
    source: str


def respond(store: Store, names: Names, path: str, accept: str) -> Response:
    """Return the node whose IRI is base + ``path``: as its suffix or the client says."""
    suffix = next((end for end in SUFFIXES if path.endswith(end)), "")
    node = NamedNode(f"{names.base}{path.removesuffix(suffix)}")
    kind = SUFFIXES[suffix] if suffix else choose(accept, list(KINDS))
    triples = description(store, node)
    if not triples:
        return PlainTextResponse(f"nothing is known of {node.value}\n", 404)
    if kind is None:
        return PlainTextResponse(f"offered: {', '.join(KINDS)}\n", 406)
    form = KINDS[kind]
    headers = {"vary": "accept", "content-location": f"/{quote(path)}"}
    if form is None:
        return HTMLResponse(_page(store, names, node, triples), headers=headers)
    prefixes = names.prefixes if form in (RdfFormat.TURTLE, RdfFormat.RDF_XML) else None
    body = serialize(triples, format=form, prefixes=prefixes) or b""
    return Response(body, media_type=kind, headers=headers)


def description(store: Store, node: NamedNode) -> list[Triple]:
    """Return what is said of a node: its own statements, and who points at it."""
    out = {quad.triple for quad in store.quads_for_pattern(node, None, None, None)}
    into = {quad.triple for quad in store.quads_for_pattern(None, None, node, None)}
    return sorted(out | into, key=str)


def _page(store: Store, names: Names, node: NamedNode, triples: list[Triple]) -> str:
    title = _label(triples, node, names)
    said = "".join(
        f"<dt>{escape(_short(t.predicate, names))}</dt><dd>{_linked(t.object, names)}</dd>"
        for t in triples
        if t.subject == node
    )
    rows = "".join(map(_item, _claims(store, names, node)))
    links = " · ".join(
        f'<a href="/{quote(node.value.removeprefix(names.base))}{suffix}">{suffix[1:]}</a>'
        for suffix in SUFFIXES
        if suffix != ".html"
    )
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><h1>{escape(title)}</h1><p class="quiet">{escape(node.value)} · {links}</p>'
        f"<h2>关系与原文 · Relations and their passages</h2><ul>{rows}</ul>"
        f"<h2>描述 · Description</h2><dl>{said}</dl></body></html>"
    )


def _claims(store: Store, names: Names, node: NamedNode) -> Iterator[_Row]:
    text = _CLAIMS.replace("?node", f"<{node.value}>")
    answer = store.query(text, prefixes=names.prefixes, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError("not a SELECT query")
    for row in answer:
        cells = {
            name: str(getattr(row[name], "value", "") or "")
            for name in (variable.value for variable in answer.variables)
        }
        quoted = f"…{escape(cells['before'])}<mark>{escape(cells['quote'])}</mark>{escape(cells['after'])}…"
        source = f"{_anchor(cells['article'], cells['title'], names)} {escape(cells['date'])}"
        yield _Row(
            _anchor(cells["head"], cells["headName"], names),
            escape(cells["relation"]),
            _anchor(cells["tail"], cells["tailName"], names),
            escape(cells["status"]),
            quoted,
            source,
        )


def _item(row: _Row) -> str:
    return (
        f'<li>{row.head} — {row.relation} → {row.tail} <span class="status">{row.status}</span><br>'
        f'<q>{row.quote}</q><br><span class="quiet">{row.source}</span></li>'
    )


def _label(triples: list[Triple], node: NamedNode, names: Names) -> str:
    wanted = {names.expand("rdfs:label"), names.expand("schema:headline")}
    return next(
        (
            t.object.value
            for t in triples
            if t.subject == node and t.predicate.value in wanted and isinstance(t.object, Literal)
        ),
        _short(node, names),
    )


def _linked(term: object, names: Names) -> str:
    return _anchor(term.value, "", names) if isinstance(term, NamedNode) else escape(_text(term))


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _anchor(iri: str, label: str, names: Names) -> str:
    """Return a link: within this data set to this server, else to where the IRI leads."""
    local = iri.startswith(names.base)
    target = f"/{quote(iri.removeprefix(names.base))}" if local else iri
    return f'<a href="{escape(target)}">{escape(label or _short(NamedNode(iri), names))}</a>'


def _short(node: NamedNode, names: Names) -> str:
    for prefix, iri in names.prefixes.items():
        if node.value.startswith(iri):
            return f"{prefix}:{node.value.removeprefix(iri)}"
    return node.value
