"""Read a result back and check it: every shape, and every quote against its article."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import rdflib
from pyoxigraph import QuerySolutions, RdfFormat, Store, serialize

from kg.errors import OutputError
from kg.export.names import Names
from kg.query import base_of, open_store
from kg.resources import DATA

RECORDS: Final = "articles.jsonl"
SHAPES: Final = DATA / "ontology" / "shapes.ttl"
_PASSAGES: Final = """
SELECT ?passage ?text ?start ?end ?exact WHERE {
  ?passage oa:hasSource ?source ; oa:hasSelector ?position , ?quote .
  ?source rdf:value ?text . ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }
"""
# Two questions and a difference of sets: an engine that plans NOT EXISTS badly takes minutes.
_EVIDENT: Final = "SELECT ?node WHERE { { ?node a jw:Claim } UNION { ?node a oa:Annotation } }"
_QUOTED: Final = """
SELECT DISTINCT ?node WHERE {
  ?node oa:hasTarget ?passage . ?passage oa:hasSource ?source ; oa:hasSelector ?position ;
    oa:hasSelector ?quote . ?position oa:start ?start . ?quote oa:exact ?exact . ?source rdf:value ?text }
"""
_UNCLAIMED: Final = """
SELECT ?head ?property ?tail WHERE {
  GRAPH ?article {
    ?article a schema:NewsArticle . ?head ?property ?tail .
    FILTER ( ?property IN ( org:subOrganizationOf, schema:areaServed, schema:containedInPlace,
      jw:organizes, jw:takesPartIn, schema:location, jw:heldOn, schema:superEvent, schema:audience,
      schema:about, jw:signs, jw:cooperatesWith, jw:usesMethod, org:holds, jw:hasOutcome ) )
    FILTER NOT EXISTS {
      ?claim rdf:subject ?head ; rdf:predicate ?property ; rdf:object ?tail ; jw:status ?status .
      FILTER ( ?status IN ( jwc:asserted, jwc:attributed ) ) } } }
"""


def validate(folder: Path) -> list[str]:
    """Return what is wrong with the result in ``folder``, one line each; nothing if all holds.

    Raise OutputError if the folder holds no result that can be read.
    """
    store = open_store(folder)
    names = Names(base_of(store))
    return [*_records(folder / RECORDS), *_quotes(store, names), *_shapes(store, names)]


# ── JSON Lines ───────────────────────────────────────────────────────────────────────────────


def _records(path: Path) -> Iterator[str]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            found = list(_record(msgspec.json.decode(line)))
        except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
            found = [f"not a record: {error}"]
        yield from (f"{path.name}:{number}: {problem}" for problem in found)


def _record(record: dict[str, Any]) -> Iterator[str]:
    text, known = record["text"], {entity["id"] for entity in record["entities"]}
    for mention in record["mentions"]:
        said = text[mention["start"] : mention["end"]]
        if said != mention["text"] or not said:
            place = f"{mention['start']}–{mention['end']}"
            yield f"«{mention['text']}» is not at {place}: «{said}»"
        if mention["entity"] not in known:
            yield f"mention of {mention['entity']}, which is no entity"
    for relation in record["relations"]:
        name = f"{relation['type']} of {relation['head']}"
        if not relation["evidence"]:
            yield f"{name} has no evidence"
        if any(not 0 <= start < end <= len(text) for start, end in relation["evidence"]):
            yield f"{name} has evidence outside the text"
        for end in filter(None, (relation["head"], relation["tail"])):
            if end not in known:
                yield f"{name} leads to {end}, which is no entity"


# ── RDF ──────────────────────────────────────────────────────────────────────────────────────


def _quotes(store: Store, names: Names) -> Iterator[str]:
    for passage, text, start, end, exact in _select(store, names, _PASSAGES):
        said = text[int(start) : int(end)]
        if said != exact or not said:
            yield f"{passage}: «{exact}» is quoted, the article has «{said}»"
    quoted = {*_select(store, names, _QUOTED)}
    for (node,) in sorted({*_select(store, names, _EVIDENT)} - quoted):
        yield f"{node}: leads to no quote"
    for head, name, tail in _select(store, names, _UNCLAIMED):
        yield f"{head} {name} {tail}: no claim says so"


def _select(store: Store, names: Names, text: str) -> list[tuple[str, ...]]:
    answer = store.query(text, prefixes=names.prefixes, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError("not a SELECT query")
    columns = [variable.value for variable in answer.variables]
    return sorted(tuple(_value(solution[name]) for name in columns) for solution in answer)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _shapes(store: Store, names: Names) -> list[str]:
    import pyshacl

    data, shapes, results = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    whole = serialize({quad.triple for quad in store}, format=RdfFormat.N_TRIPLES)
    data.parse(data=whole or b"", format="nt")
    shapes.parse(data=names.rebase(SHAPES.read_text(encoding="utf-8")), format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    shacl = rdflib.SH
    return sorted(
        f"{results.value(result, shacl.focusNode)}: {results.value(result, shacl.resultMessage)}"
        f" ({results.value(result, shacl.sourceShape)})"
        for result in results.subjects(rdflib.RDF.type, shacl.ValidationResult)
    )
