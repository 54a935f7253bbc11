"""From the page to the sentence: what the whole line makes of real pages holds in every respect."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kg.engine import local
from kg.export import export
from kg.export.evidence import predicate_of, source_name
from kg.export.names import Names
from kg.graph import KnowledgeGraph, assemble
from kg.model import FACTUAL, Extraction
from kg.pipeline import extract_article
from kg.restore import restore
from kg.validate import validate
from scripts.measure_rules import article
from tests.graphs import CASES
from tests.test_restore import facts

NAMES = Names()
FILES = ["articles.jsonl", "graph.nq"]
EVIDENCE = """
SELECT ?head ?property ?tail ?article ?exact ?start ?end ?text WHERE { GRAPH ?article {
  ?claim a jw:Claim ; rdf:subject ?head ; rdf:predicate ?property ; rdf:object ?tail ;
    jw:status ?status ; oa:hasTarget ?passage .
  ?passage oa:hasSource ?source ; oa:hasSelector ?position ; oa:hasSelector ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact . ?source rdf:value ?text
  FILTER ( ?status IN ( jwc:asserted, jwc:attributed ) ) } }
"""


def shared(root: Path, name: str) -> Path:
    folder = root.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"the pages of {name} are not part of the project")
    return folder


def annotated(folder: Path) -> KnowledgeGraph:
    """Return what the line reads from the texts of annotated articles."""
    from kg.evaluate import read_annotation

    paths = sorted(folder.glob("*.ann"))
    return assemble(extract_article(article(read_annotation(path), path)) for path in paths)


def pages(folder: Path) -> KnowledgeGraph:
    return local.build([folder])


SETS: dict[str, Callable[[Path], KnowledgeGraph]] = {
    "seed": lambda root: pages(shared(root, "seeds")),
    "dev": lambda root: annotated(shared(root, "gold/dev")),
    "samples": lambda root: pages(root / "data" / "samples"),
    "annotated": lambda root: annotated(CASES / "articles"),
}
Made = tuple[KnowledgeGraph, Path]
Edge = tuple[str, str, str, str]
Quote = tuple[int, int, str]


@pytest.fixture(scope="module", params=SETS)
def made(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Made:
    graph = SETS[request.param](root)
    folder: Path = tmp_path_factory.mktemp(request.param)
    export(graph, folder, names=FILES)
    assert graph.extractions and any(graph.claims())
    return graph, folder


def test_the_result_conforms(made: Made) -> None:
    assert validate(made[1]) == []


def test_nothing_is_lost_on_the_way_through_rdf(made: Made) -> None:
    named = [
        without_folder(one) for one in made[0].extractions
    ]  # RDF keeps the name of a file only
    before, after = facts(assemble(named)), facts(restore(made[1]))
    for key, said in before.items():
        assert after[key] == said, key


def without_folder(one: Extraction) -> Extraction:
    page = replace(one.article.page, source=source_name(one.article.page.source))
    return replace(one, article=replace(one.article, page=page))


def test_no_attribute_is_left_without_a_property(made: Made) -> None:
    """What recognition says of a thing has a property of its own in RDF."""
    graph = (made[1] / "graph.nq").read_text(encoding="utf-8")
    assert f"{NAMES.iri('jw:attribute')} " not in graph


def test_every_edge_leads_to_exactly_its_sentences(made: Made) -> None:
    graph, folder = made
    store = Store()
    with (folder / "graph.nq").open("rb") as file:
        store.bulk_load(file, RdfFormat.N_QUADS)
    told = answers(store)
    wanted = edges(graph)
    assert wanted and {edge: told[edge] for edge in wanted} == wanted
    for head, prop, tail, name in wanted:
        quad = [NamedNode(term.strip("<>")) for term in (head, prop, tail, name)]
        assert list(store.quads_for_pattern(*quad)), "the edge stands in its graph"


def edges(graph: KnowledgeGraph) -> dict[Edge, set[Quote]]:
    """Return for each edge between entities the passages that state it."""
    found: defaultdict[Edge, set[Quote]] = defaultdict(set)
    for item, claim in graph.claims():
        if claim.status not in FACTUAL or not claim.tail or claim.relation == "has_post":
            continue
        prop = NAMES.iri(predicate_of(claim, graph.entities[claim.head]))
        name = NAMES.node(f"article-{item.article.id}")
        edge = (NAMES.node(claim.head), prop, NAMES.node(claim.tail), name)
        found[edge] |= {(one.start, one.end, one.text) for one in claim.evidence}
    return dict(found)


def answers(store: Store) -> dict[Edge, set[Quote]]:
    """Ask for the passages of all edges; each quote must stand at its place in the literal."""
    solutions = store.query(EVIDENCE, prefixes=NAMES.prefixes)
    assert isinstance(solutions, QuerySolutions)
    found: defaultdict[Edge, set[Quote]] = defaultdict(set)
    for row in solutions:
        exact, start, end, text = (row[key].value for key in ("exact", "start", "end", "text"))
        assert text[int(start) : int(end)] == exact
        edge = (str(row["head"]), str(row["property"]), str(row["tail"]), str(row["article"]))
        found[edge].add((int(start), int(end), exact))
    return dict(found)
