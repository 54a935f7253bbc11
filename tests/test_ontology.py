"""The vocabulary names every type, relation, kind, topic and status once, in two languages."""

import re

import pytest

from kg import model, ontology
from kg.language.lexicon import lexicon


def test_types_relations_and_statuses_are_those_of_the_model() -> None:
    assert tuple(ontology.labels("type")) == (*model.TYPES, "ARTICLE")  # the article is no mention
    assert tuple(ontology.labels("relation")) == model.RELATIONS
    assert set(ontology.labels("status")) == set(model.STATUSES)


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_every_concept_has_labels_and_a_definition(scheme: str) -> None:
    for notation, concept in ontology.labels(scheme).items():
        assert re.fullmatch(r"[A-Za-z_]+|[一-鿿]+", notation)
        assert re.search(r"[一-鿿]", concept.zh)
        assert concept.en and concept.definition.endswith(".")


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_labels_are_unambiguous_within_a_scheme(scheme: str) -> None:
    concepts = ontology.labels(scheme).values()
    assert len({c.zh for c in concepts}) == len(concepts)
    assert len({c.en for c in concepts}) == len(concepts)


def test_number_of_kinds_and_topics() -> None:
    assert len(ontology.labels("kind")) == 18
    assert len(ontology.labels("topic")) == 35
    assert ontology.labels("topic")["drugs"].zh == "禁毒"
    assert ontology.labels("kind")["drill"].zh == "应急演练"


def test_unknown_scheme() -> None:
    with pytest.raises(KeyError):
        ontology.labels("colour")


def test_lexicons_use_only_known_kinds_and_topics() -> None:
    kinds = set(ontology.labels("kind")) | {""}
    for klass in ("act.head", "act.deed", "act.case", "act.result"):
        assert set(lexicon().terms(klass).values()) <= kinds
    assert set(lexicon().terms("unit.function").values()) <= set(ontology.labels("function"))
    levels = {value.partition(":")[2] for value in lexicon().terms("unit.head").values()}
    assert levels <= set(ontology.labels("level"))
    assert set(lexicon().terms("topic").values()) <= set(ontology.labels("topic"))
    places = {value.partition(":")[0] for value in lexicon().terms("loc.head").values()}
    assert places <= set(ontology.labels("loc-kind"))
    for klass in ("doc.law", "doc.rule", "name.doc-head"):
        assert set(lexicon().terms(klass).values()) <= set(ontology.labels("doc-kind"))
    assert set(lexicon().terms("per.post").values()) <= set(ontology.labels("post"))
