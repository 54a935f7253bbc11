"""Compare what the line extracts with annotated documents: precision, recall, F1 per type."""

from kg.evaluate.annotation import (
    Document,
    from_extraction,
    paragraph,
    read_annotation,
    read_paragraphs,
)
from kg.evaluate.score import Counts, Error, Report, evaluate

__all__ = [
    "Counts",
    "Document",
    "Error",
    "Report",
    "evaluate",
    "from_extraction",
    "paragraph",
    "read_annotation",
    "read_paragraphs",
]
