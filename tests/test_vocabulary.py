"""The vocabulary: complete in two languages, used as declared, consistent, under its standards."""

import re
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.export import export
from kg.resources import DATA
from tests.graphs import small_graph

JW = Namespace("https://jingwu.example/def/")
ID = Namespace("https://jingwu.example/id/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
TEXT = (DATA / "ontology" / "policing.ttl").read_text(encoding="utf-8")
VOCABULARY = Graph().parse(data=TEXT, format="turtle")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
TERMS = sorted(
    term
    for kind in KINDS
    for term in VOCABULARY.subjects(RDF.type, kind)
    if isinstance(term, URIRef) and term.startswith(str(JW))
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder: Path = tmp_path_factory.mktemp("vocabulary")
    export(small_graph(), folder, names=["graph.nt"])
    return Graph().parse(data=(folder / "graph.nt").read_bytes(), format="nt")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).rsplit("/", 1)[-1])
def test_every_term_is_labelled_and_defined_in_two_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        languages = sorted(
            getattr(text, "language", "") for text in VOCABULARY.objects(term, predicate)
        )
        assert languages == ["en", "zh-hans"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).rsplit("/", 1)[-1])
def test_every_class_stands_under_a_standard_one(term: URIRef) -> None:
    if (term, RDF.type, OWL.Class) in VOCABULARY:
        above = set(VOCABULARY.transitive_objects(term, RDFS.subClassOf))
        assert [one for one in above if not str(one).startswith(str(JW))]


def test_only_declared_terms_are_used(data: Graph) -> None:
    used = {*data.predicates(), *data.objects(None, RDF.type)}
    ours = {term for term in used if str(term).startswith(str(JW))}
    assert ours <= set(TERMS)


def closure(graph: Graph) -> Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[Node]:
    return [
        *graph.subjects(RDF.type, OWL.Nothing),
        *graph.subjects(RDF.type, ERROR),
        *graph.objects(None, ERROR),
    ]


def test_no_class_is_unsatisfiable() -> None:
    """One individual of each class at once: a class that can have none would be a contradiction."""
    graph = Graph()
    graph += VOCABULARY
    for number, term in enumerate(TERMS):
        if (term, RDF.type, OWL.Class) in VOCABULARY:
            graph.add((ID[f"one-{number}"], RDF.type, term))
    assert contradictions(closure(graph)) == []


def test_a_contradiction_would_be_seen() -> None:
    graph = Graph()
    graph += VOCABULARY
    graph.add((ID.both, RDF.type, JW.Station))
    graph.add((ID.both, RDF.type, JW.Campaign))
    assert contradictions(closure(graph))


def test_what_we_write_is_consistent_and_infers_what_it_should(data: Graph) -> None:
    graph = Graph()
    graph += data
    graph += VOCABULARY
    closure(graph)
    assert contradictions(graph) == []
    unit, sea = ID["unit-临江市柳河县公安局水上派出所"], ID["org-柳河县海事处"]
    assert (sea, JW.cooperatesWith, unit) in graph, "symmetric"
    assert (unit, RDF.type, URIRef("http://www.w3.org/ns/org#Organization")) in graph


def test_own_terms_are_written_in_one_style() -> None:
    for term in TERMS:
        local = term.removeprefix(str(JW))
        kind = "[A-Z]" if (term, RDF.type, OWL.Class) in VOCABULARY else "[a-z]"
        assert re.fullmatch(kind + "[A-Za-z0-9]+", local)


# ── the standards' own constraints ───────────────────────────────────────────────────────────

OA, ORG, PROV = (Namespace(f"http://www.w3.org/ns/{name}#") for name in ("oa", "org", "prov"))
# https://www.w3.org/TR/annotation-model/ and /annotation-vocab/, https://www.w3.org/TR/vocab-org/,
# https://www.w3.org/TR/prov-constraints/, as questions whose answer must be empty.
FORBIDDEN = {
    "WADM 3.1: an annotation has one or more targets": "SELECT ?x { ?x a oa:Annotation FILTER NOT EXISTS { ?x oa:hasTarget ?t } }",
    "WADM 4: a specific resource has exactly one source": "SELECT ?x { ?x a oa:SpecificResource; oa:hasSource ?a, ?b FILTER (?a != ?b) }",
    "WADM 4: a specific resource has a source": "SELECT ?x { ?x a oa:SpecificResource FILTER NOT EXISTS { ?x oa:hasSource ?s } }",
    "WADM 4.2.4: a quote has exactly one exact": "SELECT ?x { ?x a oa:TextQuoteSelector; oa:exact ?a, ?b FILTER (STR(?a) != STR(?b)) }",
    "WADM 4.2.4: at most one prefix and suffix": "SELECT ?x { ?x oa:prefix|oa:suffix ?a . { ?x oa:prefix ?p, ?q FILTER (STR(?p) != STR(?q)) } UNION { ?x oa:suffix ?p, ?q FILTER (STR(?p) != STR(?q)) } }",
    "WADM 4.2.5: a position has one start and one end, both not negative": "SELECT ?x { ?x a oa:TextPositionSelector; oa:start ?s; oa:end ?e FILTER (?s < 0 || ?e < ?s) }",
    "ORG 5.2: subOrganizationOf links organizations": "SELECT ?x { ?x org:subOrganizationOf ?y FILTER NOT EXISTS { ?y a org:Organization } }",
    "ORG 5.2: no organization is part of itself": "SELECT ?x { ?x org:subOrganizationOf+ ?x }",
    "ORG 5.4: what is held is a post": "SELECT ?x { ?x org:holds ?p FILTER NOT EXISTS { ?p a org:Post } }",
    "ORG 5.4: a post is in an organization": "SELECT ?p { ?p a org:Post FILTER NOT EXISTS { ?p org:postIn/a org:Organization } }",
    "PROV 55: entity and activity are disjoint": "SELECT ?x { ?x a prov:Entity, prov:Activity }",
    "PROV 54: specialization is irreflexive": "SELECT ?x { ?x prov:specializationOf+ ?x }",
    "PROV 50: what is used is an entity": "SELECT ?x { ?a prov:used ?x FILTER NOT EXISTS { ?x a prov:Entity } }",
    "PROV 50: what generates is an activity": "SELECT ?x { ?e prov:wasGeneratedBy ?x FILTER NOT EXISTS { ?x a prov:Activity } }",
    "PROV 50: a quotation's ends are entities": "SELECT ?x { ?x prov:wasQuotedFrom ?y FILTER NOT EXISTS { ?x a prov:Entity . ?y a prov:Entity } }",
}


@pytest.fixture(scope="module")
def inferred(data: Graph) -> Graph:
    whole = Graph()
    whole += data
    whole += VOCABULARY
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(whole)
    return whole


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_the_standards_are_kept(inferred: Graph, rule: str) -> None:
    found = inferred.query(FORBIDDEN[rule], initNs={"oa": OA, "org": ORG, "prov": PROV})
    assert [row[0] for row in found] == []
