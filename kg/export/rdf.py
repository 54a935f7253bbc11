"""RDF as a stream: the same quads in the same order, whatever order the articles came in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.export.dataset import dataset_node, provenance
from kg.export.entities import descriptions
from kg.export.evidence import ArticleStatements
from kg.export.files import replacing
from kg.export.links import corrections, corrections_node, links, links_node
from kg.export.names import BASE, Names
from kg.export.statements import Statements
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import rdflib


def graphs(graph: KnowledgeGraph, names: Names) -> Iterator[tuple[str, Statements]]:
    """Yield each graph with its statements, in parts; the default graph, "", comes first."""
    for part in descriptions(graph, names):
        yield "", part
    for extraction in graph.extractions:
        article = ArticleStatements(extraction, names)
        yield article.graph, article.evidence
        yield article.graph, article.facts
    for part in links(graph, names):
        yield links_node(names), part
    yield corrections_node(names), corrections(graph, names)
    yield dataset_node(names), provenance(graph, names)


def quads(graph: KnowledgeGraph, base: str = BASE) -> Iterator[Quad]:
    """Yield every statement with the graph it stands in."""
    for name, statements in graphs(graph, Names(base)):
        node = NamedNode(name[1:-1]) if name else DefaultGraph()
        for triple in statements:
            yield Quad(triple.subject, triple.predicate, triple.object, node)


def triples(graph: KnowledgeGraph, base: str = BASE) -> Iterator[Triple]:
    """Yield the union of all graphs, each triple once."""
    names = Names(base)
    for part in descriptions(graph, names):
        yield from part
    facts = Statements(names)  # two articles may assert the same
    for extraction in graph.extractions:
        article = ArticleStatements(extraction, names)
        yield from article.evidence
        facts.update(article.facts)
    yield from facts
    for part in links(graph, names):
        yield from part
    yield from corrections(graph, names)
    yield from provenance(graph, names)


def write_nquads(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write N-Quads: one statement a line, for stores and streams."""
    with replacing(path) as file:
        for name, statements in graphs(graph, Names(base)):
            end = f" {name} .\n" if name else " .\n"
            file.write("".join(f"{line}{end}" for line in statements.lines()).encode())


def write_trig(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write TriG: named graphs for human readers."""
    _write(quads, RdfFormat.TRIG, graph, path, base)


def write_turtle(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write Turtle: the union of all graphs."""
    _write(triples, RdfFormat.TURTLE, graph, path, base)


def write_ntriples(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write N-Triples: the union of all graphs, one statement a line."""
    _write(triples, RdfFormat.N_TRIPLES, graph, path, base)


def write_rdfxml(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write RDF/XML: the union of all graphs, for older tools."""
    _write(triples, RdfFormat.RDF_XML, graph, path, base)


def to_rdflib(graph: KnowledgeGraph, base: str = BASE) -> "rdflib.Dataset":
    """Return the graph as an rdflib data set with every prefix bound."""
    import rdflib

    data = serialize(quads(graph, base), format=RdfFormat.N_QUADS)
    out = rdflib.Dataset(default_union=True)
    out.parse(data=data or b"", format="nquads")
    for prefix, iri in Names(base).prefixes.items():
        out.bind(prefix, iri, replace=True)
    return out


def _write(
    statements: Callable[[KnowledgeGraph, str], Iterator[Quad] | Iterator[Triple]],
    form: RdfFormat,
    graph: KnowledgeGraph,
    path: Path,
    base: str,
) -> None:
    prefixes = Names(base).prefixes
    with replacing(path) as file:
        serialize(statements(graph, base), file, format=form, prefixes=prefixes)
