"""Every shape holds on what we write, and catches the violation made for it."""

from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from kg.export import export
from kg.resources import DATA
from tests.graphs import CASES, graph_of, linked_graph

NOWHERE = URIRef("https://jingwu.example/id/nowhere")
SHAPES = Graph().parse(
    data=(DATA / "ontology" / "shapes.ttl").read_text(encoding="utf-8"), format="turtle"
)


def triples(folder: Path) -> Graph:
    return Graph().parse(data=(folder / "graph.nt").read_bytes(), format="nt")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("shapes")
    export(linked_graph(), folder, names=["graph.nt"])
    return triples(folder)


def violated(data: Graph) -> set[str]:
    """Return the names of the shapes that ``data`` violates."""
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, inference="none")
    assert isinstance(report, Graph)
    return {name(one) for one in report.objects(None, SH.sourceShape)}


def name(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


def test_the_small_graph_conforms(data: Graph) -> None:
    assert violated(data) == set()


def test_annotated_articles_conform(tmp_path: Path) -> None:
    export(graph_of(CASES / "articles"), tmp_path, names=["graph.nt"])
    assert violated(triples(tmp_path)) == set()


def property_shapes() -> list[URIRef]:
    return sorted(
        node for node in SHAPES.subjects(RDF.type, SH.PropertyShape) if isinstance(node, URIRef)
    )


def node_shapes() -> list[URIRef]:
    return sorted(
        node
        for node in SHAPES.subjects(RDF.type, SH.NodeShape)
        if (node, SH["class"], None) in SHAPES
    )


def focus(data: Graph, shape: Node) -> Iterator[Node]:
    """Yield the nodes that a property shape looks at."""
    for holder in SHAPES.subjects(SH.property, shape):
        for target in sorted(SHAPES.objects(holder, SH.targetClass)):
            yield from sorted(data.subjects(RDF.type, target))
        for said in sorted(SHAPES.objects(holder, SH.targetSubjectsOf)):
            yield from sorted({*data.subjects(URIRef(str(said)), None)})


def broken(data: Graph, shape: URIRef) -> Graph:
    """Return ``data`` with one violation of ``shape``: of its lower bound, its type or its upper bound."""
    path = SHAPES.value(shape, SH.path)
    nodes = list(focus(data, shape))
    assert path is not None and nodes, f"{name(shape)} looks at nothing in the sample"
    node = next((one for one in nodes if (one, path, None) in data), nodes[0])
    out = Graph()
    out += data
    targeted = (None, SH.targetSubjectsOf, path) in SHAPES  # without it the node is no target
    if SHAPES.value(shape, SH.minCount) is not None and not targeted:
        out.remove((node, path, None))
    elif SHAPES.value(shape, SH.maxCount) is not None:
        out.add((node, path, Literal("1899-12-31", datatype=rdflib.XSD.date)))
        out.add((node, path, Literal("1899-12-30", datatype=rdflib.XSD.date)))
    else:
        out.add((node, path, NOWHERE))
    return out


@pytest.mark.parametrize("shape", property_shapes(), ids=name)
def test_a_violation_of_a_property_is_caught(data: Graph, shape: URIRef) -> None:
    assert name(shape) in violated(broken(data, shape))


@pytest.mark.parametrize("shape", node_shapes(), ids=name)
def test_a_node_without_its_classes_is_caught(data: Graph, shape: URIRef) -> None:
    out = Graph()
    out += data
    for target in SHAPES.objects(shape, SH.targetClass):
        out.add((NOWHERE, RDF.type, target))
    for said in SHAPES.objects(shape, SH.targetSubjectsOf):
        out.add((NOWHERE, URIRef(str(said)), NOWHERE))
    assert name(shape) in violated(out)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("http://www.w3.org/ns/oa#start", Literal(10**6)),  # behind its end
        ("http://purl.org/dc/terms/identifier", Literal("15080")),  # no code has five digits
        (
            "http://www.w3.org/2003/01/geo/wgs84_pos#lat",
            Literal("95.5", datatype=rdflib.XSD.decimal),
        ),
        ("https://jingwu.example/def/begin", Literal("2099-01-01", datatype=rdflib.XSD.date)),
        ("https://jingwu.example/def/sha256", Literal("abc")),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", Literal("no language")),
    ],
    ids=lambda value: str(value).rsplit("/", 1)[-1],
)
def test_a_wrong_value_is_caught(data: Graph, path: str, value: Literal) -> None:
    out = Graph()
    out += data
    for node in data.subjects(URIRef(path), None):
        out.set((node, URIRef(path), value))
    assert violated(out)
