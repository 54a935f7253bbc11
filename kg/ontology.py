"""The vocabulary of the graph: types, relations, kinds, topics and statuses with their labels."""

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import DataError
from kg.resources import DATA

COLUMNS: Final = ("scheme", "notation", "zh", "en", "definition", "source")
SCHEMES: Final = (
    "type",
    "relation",
    "kind",
    "topic",
    "status",
    "level",
    "function",
    "loc-kind",
    "doc-kind",
    "region-level",
    "precision",
    "post",
    "confidence",
    "label-source",
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One term of a scheme: labels in Chinese and English, and what it means."""

    zh: str
    en: str
    definition: str


def labels(scheme: str) -> Mapping[str, Concept]:
    """Return the concepts of a scheme by notation, in the order of the file.

    Raises:
        KeyError: there is no such scheme.
    """
    return _taxonomy()[scheme]


@functools.cache
def _taxonomy() -> dict[str, dict[str, Concept]]:
    path = DATA / "ontology" / "taxonomy.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DataError(f"{path}:1: columns {reader.fieldnames}, expected {list(COLUMNS)}")
        schemes: dict[str, dict[str, Concept]] = {scheme: {} for scheme in SCHEMES}
        for row in reader:
            concepts = schemes.get(row["scheme"])
            if concepts is None or row["notation"] in concepts:
                raise DataError(f"{path}:{reader.line_num}: unknown scheme or second entry")
            concepts[row["notation"]] = Concept(row["zh"], row["en"], row["definition"])
    return schemes
