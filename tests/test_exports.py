"""Every export, opened by a reader that is not ours, still says what the graph says."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import apsw
import followthemoney
import graphqlite
import networkx as nx
import pandas as pd
import pytest
import rdflib
from pyld import jsonld
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


def test_gephi_gets_positions_colours_and_a_timeline(out: Path) -> None:
    root = ET.parse(out / "graph.gexf").getroot()
    (graph,) = root.findall("{*}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("label"): node for node in graph.findall(".//{*}node")}
    assert nodes["“平安水域”宣传活动"].get("start") == "2025-06-05"
    assert nodes["总结会"].get("start") == "2025-07-20"
    for node in nodes.values():
        assert node.find("{*}position") is not None
        assert node.find("{*}color") is not None
    places = {
        (n.find("{*}position").get("x"), n.find("{*}position").get("y")) for n in nodes.values()
    }
    assert len(places) == len(nodes)


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


def test_another_processor_reads_the_json_ld_and_frames_it(out: Path) -> None:
    document = json.loads((out / "graph.jsonld").read_text(encoding="utf-8"))
    read = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert set(read.splitlines()) == set((out / "graph.nq").read_text("utf-8").splitlines())
    nodes = [part for node in document["@graph"] for part in node.get("graph", [node])]
    context = document["@context"]
    whole = {"@context": context, "@graph": nodes}
    framed = jsonld.frame(whole, {"@context": context, "type": "jw:Activity", "heldOn": {}})
    found = {one["label"]: one for one in framed["graph"]}
    drive = found["“平安水域”宣传活动"]
    assert (drive["heldOn"]["begin"], drive["hasOutcome"]["value"]) == ("2025-06-03", 300)


# ── Neo4j, FollowTheMoney, maps ──────────────────────────────────────────────────────────────


def test_the_cypher_script_runs_twice_and_gives_the_graph(graph: KnowledgeGraph, out: Path) -> None:
    base = apsw.Connection(":memory:")
    base.enable_load_extension(True)
    base.load_extension(graphqlite.get_loadable_path().removesuffix(".so"))

    def run(text: str) -> list[dict[str, object]]:
        (answer,) = next(iter(base.execute("SELECT cypher(?)", (text,))))
        return json.loads(answer)

    first, *statements = (out / "graph.cypher").read_text(encoding="utf-8").splitlines()
    assert first.startswith("CREATE CONSTRAINT")  # schema commands are Neo4j's own
    for statement in statements * 2:
        run(statement.removesuffix(";"))
    nodes = run("MATCH (n:Entity) RETURN n.id AS id, n.label AS label, labels(n) AS kinds")
    ours = graph.to_networkx()
    assert {node["id"]: node["label"] for node in nodes} == dict(ours.nodes(data="label"))
    assert all(ours.nodes[node["id"]]["type"] in node["kinds"] for node in nodes)
    edges = run("MATCH ()-[r]->() RETURN r.quote AS quote, r.status AS status, type(r) AS kind")
    assert sorted(edge["quote"] for edge in edges) == sorted(
        d["quote"] for *_, d in ours.edges(data=True)
    )
    assert {edge["kind"] for edge in edges if edge["status"] == "planned"} == {
        "PLANNED_ORGANIZES",
        "PLANNED_HELD_ON",
    }


def test_the_files_for_bulk_import_fit_together(graph: KnowledgeGraph, out: Path) -> None:
    nodes = pd.read_csv(out / "neo4j/nodes.csv", dtype=str, keep_default_na=False)
    edges = pd.read_csv(out / "neo4j/relationships.csv", dtype=str, keep_default_na=False)
    assert nodes["id:ID"].is_unique
    assert set(edges[":START_ID"]) | set(edges[":END_ID"]) <= set(nodes["id:ID"])
    assert len(edges) == graph.to_networkx().number_of_edges()
    assert edges["start:int"].str.fullmatch(r"[0-9]+").all()


def test_follow_the_money_accepts_every_entity(graph: KnowledgeGraph, out: Path) -> None:
    lines = (out / "graph.ftm.jsonl").read_text(encoding="utf-8").splitlines()
    known = {}
    for line in lines:
        said = json.loads(line)
        proxy = followthemoney.model.get_proxy(said, cleaned=False)
        proxy.schema.validate(said)
        assert sorted(proxy.properties) == sorted(said["properties"]), "no value was thrown away"
        known[proxy.id] = proxy
    assert len(known) == len(lines)
    for proxy in known.values():
        for prop, value in proxy.itervalues():
            assert not value.startswith("jw-") or known[value].schema.is_a(prop.range), prop
    posts = [proxy for proxy in known.values() if proxy.schema.is_a("Employment")]
    assert [(known[p.first("employee")].caption, p.first("role")) for p in posts] == [
        ("周望川", "所长")
    ]


def test_activities_are_on_the_map(out: Path) -> None:
    document = json.loads((out / "activities.geojson").read_text(encoding="utf-8"))
    features = {one["properties"]["name"]: one for one in document["features"]}
    drive = features["“平安水域”宣传活动"]
    assert drive["geometry"] == {"type": "Point", "coordinates": [110.25, 40.5]}
    assert drive["properties"]["precision"] == "unit"
    assert "柳河码头" in drive["properties"]["quote"]
    assert "电鱼" not in features
