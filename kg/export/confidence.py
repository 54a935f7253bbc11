"""How far a claim can be trusted: by its rule, measured on annotated articles."""

import csv
from functools import cache
from typing import Final

from kg.errors import DataError
from kg.model import Claim
from kg.resources import DATA

TABLE: Final = DATA / "ontology" / "confidence.csv"
COLUMNS: Final = ("relation", "rule", "level", "precision", "claims")


def confidence(claim: Claim) -> str:
    """Return high, medium or low; nothing for a rule that nobody has measured."""
    known = _levels()
    family = claim.rule.partition(".")[0]
    for rule in (claim.rule, family):
        if level := known.get((claim.relation, rule)):
            return level
    return ""


@cache
def _levels() -> dict[tuple[str, str], str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DataError(f"{TABLE}:1: expected the columns {','.join(COLUMNS)}")
        return {(row["relation"], row["rule"]): row["level"] for row in reader}
