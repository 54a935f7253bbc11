"""Compare what the line extracts with annotated documents: precision, recall, F1 per type."""

from kg.evaluate.annotation import Document, from_extraction, read_annotation
from kg.evaluate.score import Counts, Error, Report, evaluate

__all__ = [
    "Counts",
    "Document",
    "Error",
    "Report",
    "evaluate",
    "from_extraction",
    "read_annotation",
]
