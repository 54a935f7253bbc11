"""Every export, opened by a reader that is not ours, still says what the graph says."""

import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from rdflib.compare import isomorphic

from kg.export import EXPORTERS, export
from kg.graph import KnowledgeGraph, assemble, claim_key
from kg.model import FACTUAL
from kg.validate import validate
from tests.graphs import small_graph

JW = "https://jingwu.example/def/"
ID = "https://jingwu.example/id/"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return small_graph()


@pytest.fixture(scope="module")
def out(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    export(graph, folder)
    return folder


@pytest.fixture(scope="module")
def store(out: Path) -> Store:
    store = Store()
    store.load(path=str(out / "graph.nq"), format=RdfFormat.N_QUADS)
    return store


def claims(graph: KnowledgeGraph) -> list[dict[str, str]]:
    return [
        {
            "id": claim_key(extraction.article, claim),
            "relation": claim.relation,
            "head": claim.head,
            "tail": claim.tail,
            "status": claim.status,
            "quote": claim.evidence[0].text,
        }
        for extraction, claim in graph.claims()
    ]


# ── all ──────────────────────────────────────────────────────────────────────────────────────


def test_the_order_of_the_articles_changes_no_byte(
    graph: KnowledgeGraph, out: Path, tmp_path: Path
) -> None:
    again = assemble(reversed(graph.extractions))
    export(again, tmp_path)
    assert [n for n in EXPORTERS if (tmp_path / n).read_bytes() != (out / n).read_bytes()] == []


def test_the_result_is_valid(out: Path) -> None:
    assert validate(out) == []


# ── RDF ──────────────────────────────────────────────────────────────────────────────────────


def test_two_libraries_read_the_same_quads(out: Path, store: Store) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=(out / "graph.nq").read_bytes(), format="nquads")
    assert sum(1 for _ in dataset.quads()) == len(store) > 800
    ours = rdflib.Graph().parse(data=(out / "graph.nt").read_bytes(), format="nt")
    theirs = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        theirs.add((subject, predicate, value))
    assert isomorphic(ours, theirs)


@pytest.mark.parametrize(
    ("name", "form"), [("graph.trig", RdfFormat.TRIG), ("graph.jsonld", RdfFormat.JSON_LD)]
)
def test_formats_with_named_graphs_are_equal(
    out: Path, store: Store, name: str, form: RdfFormat
) -> None:
    other = Store()
    other.load(path=str(out / name), format=form)
    assert set(other) == set(store)


@pytest.mark.parametrize(("name", "form"), [("graph.ttl", "turtle"), ("graph.rdf", "xml")])
def test_formats_without_named_graphs_are_equal(out: Path, name: str, form: str) -> None:
    plain = rdflib.Graph().parse(data=(out / "graph.nt").read_bytes(), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=(out / name).read_bytes(), format=form), plain)


def test_nothing_is_blank(store: Store) -> None:
    assert not [
        q for q in store if str(q.subject).startswith("_:") or str(q.object).startswith("_:")
    ]


def test_each_edge_leads_to_its_sentence_in_the_article(
    graph: KnowledgeGraph, store: Store
) -> None:
    rows = store.query(
        """SELECT ?claim ?quote ?text ?start ?end WHERE { ?claim a jw:Claim ; oa:hasTarget ?passage .
           ?passage oa:hasSource/rdf:value ?text ; oa:hasSelector ?place, ?words .
           ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }""",
        prefixes={
            "jw": JW,
            "oa": "http://www.w3.org/ns/oa#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        },
        use_default_graph_as_union=True,
    )
    found = [tuple(str(row[k].value) for k in ("quote", "text", "start", "end")) for row in rows]
    assert all(text[int(start) : int(end)] == quote for quote, text, start, end in found)
    assert sorted(quote for quote, *_ in found) == sorted(one["quote"] for one in claims(graph))


def test_only_facts_have_a_plain_triple(graph: KnowledgeGraph, store: Store) -> None:
    def said(head: str, relation: str, tail: str) -> bool:
        return bool(
            store.query(
                f"ASK {{ <{ID}{head}> <{JW}{relation}> <{ID}{tail}> }}",
                use_default_graph_as_union=True,
            )
        )

    wanted = [one for one in claims(graph) if one["relation"] in ("organizes", "signs")]
    assert {one["status"] in FACTUAL for one in wanted} == {True, False}
    for one in wanted:
        assert said(one["head"], one["relation"], one["tail"]) is (one["status"] in FACTUAL), one


def test_numbers_and_dates_are_typed(store: Store) -> None:
    literals = {str(quad.object) for quad in store}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert f'"1204"^^<{xsd}integer>' in literals
    assert f'"2025-06-03"^^<{xsd}date>' in literals
    assert f'"40.5"^^<{xsd}decimal>' in literals


# ── graph formats ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "read"), [("graph.graphml", nx.read_graphml), ("graph.gexf", nx.read_gexf)]
)
def test_networkx_reads_nodes_and_edges_with_their_quotes(
    graph: KnowledgeGraph, out: Path, name: str, read
) -> None:
    other = read(out / name)
    facts = [data for *_, data in graph.to_networkx().edges(data=True) if data["factual"]]
    assert len(facts) == other.number_of_edges()
    quotes = sorted(data.get("quote", "") for *_, data in other.edges(data=True))
    assert quotes == sorted(data["quote"] for data in facts)
    assert {data["label"] for _, data in other.nodes(data=True)} >= {
        "“A<b>&'名'”行动收官",
        "“平安水域”宣传活动",
    }


# ── tables ───────────────────────────────────────────────────────────────────────────────────


def test_pandas_reads_the_tables_and_they_join(graph: KnowledgeGraph, out: Path) -> None:
    tables = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in (out / "tables").glob("*.csv")
    }
    entities, relations, articles = tables["entities"], tables["relations"], tables["articles"]
    assert len(entities) == len(graph.entities)
    assert sorted(relations["quote"]) == sorted(one["quote"] for one in claims(graph))
    joined = relations.merge(articles, left_on="article", right_on="id")
    assert len(joined) == len(relations)
    for row in joined.itertuples():
        assert row.text[int(row.start) : int(row.end)] == row.quote
    assert set(relations["head"]) <= set(entities["id"])
    assert "1,204" in set(tables["outcomes"]["value"])
    assert len(tables["mentions"]) == sum(len(e.mentions) for e in graph.extractions)


def test_each_line_of_the_records_is_one_article(graph: KnowledgeGraph, out: Path) -> None:
    lines = (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["title"] for record in records] == [e.article.title for e in graph.extractions]
    for record in records:
        for mention in record["mentions"]:
            assert record["text"][mention["start"] : mention["end"]] == mention["text"]


# ── JSON-LD for a programmer ─────────────────────────────────────────────────────────────────


def test_json_ld_reads_as_plain_json(out: Path) -> None:
    document = json.loads((out / "graph.jsonld").read_text(encoding="utf-8"))
    assert "@context" in document
    text = json.dumps(document, ensure_ascii=False)
    assert "“平安水域”宣传活动" in text
    assert "http://www.w3.org/ns/org#subOrganizationOf" not in text.replace(
        json.dumps(document["@context"]), ""
    )
