"""How far a claim can be trusted: levels follow from measured precision."""

import csv

from kg import model, ontology
from kg.export.confidence import TABLE, confidence
from kg.model import Claim


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def claim(relation: str, rule: str) -> Claim:
    return Claim("c", relation, "a", "b", (), "asserted", rule)


def test_levels_follow_from_the_precision() -> None:
    for row in rows():
        share = float(row["precision"])
        level = "high" if share >= 0.895 else "medium" if share >= 0.745 else "low"
        assert level == row["level"], row
        assert level in ontology.labels("confidence")
        assert row["relation"] in model.RELATIONS


def test_every_relation_has_been_measured() -> None:
    assert {row["relation"] for row in rows()} == set(model.RELATIONS)


def test_a_rule_without_a_row_takes_that_of_its_family() -> None:
    known = {(row["relation"], row["rule"]): row["level"] for row in rows()}
    assert confidence(claim("organizes", "action.subject")) == known["organizes", "action.subject"]
    assert confidence(claim("organizes", "action.never-seen")) == known["organizes", "action"]


def test_nothing_is_said_of_what_nobody_measured() -> None:
    assert confidence(claim("organizes", "annotated")) == ""
    assert confidence(claim("signs", "action.subject")) == ""
