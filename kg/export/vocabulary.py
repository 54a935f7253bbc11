"""The vocabulary and the shapes that a result conforms to, put beside it."""

from pathlib import Path
from typing import Final

from kg.export.files import replacing
from kg.export.names import Names
from kg.graph import KnowledgeGraph
from kg.resources import DATA

VOCABULARY: Final = DATA / "ontology" / "policing.ttl"
SHAPES: Final = DATA / "ontology" / "shapes.ttl"


def write_vocabulary(_graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write the classes and properties, under ``base``."""
    _write(VOCABULARY, path, base)


def write_shapes(_graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write the SHACL shapes, under ``base``."""
    _write(SHAPES, path, base)


def _write(shipped: Path, path: Path, base: str) -> None:
    with replacing(path) as file:
        file.write(Names(base).rebase(shipped.read_text(encoding="utf-8")).encode())
