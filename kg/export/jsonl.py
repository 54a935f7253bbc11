"""JSON Lines: one article a line, as ``kg extract`` prints it."""

from pathlib import Path
from typing import Any, Final

import msgspec

from kg.export.evidence import source_name
from kg.export.files import replacing
from kg.graph import KnowledgeGraph, credits_text, fit
from kg.model import Claim, Entity, Extraction, Page

_ENTITY: Final = frozenset({"id", "type", "name", "aliases"})
_RELATION: Final = frozenset({"type", "head", "tail", "status", "evidence", "rule"})


def record(extraction: Extraction) -> dict[str, Any]:
    """Return one article as a JSON object; offsets are code points into its ``text``."""
    extraction = fit(extraction)
    article = extraction.article
    return {
        "title": article.title,
        "text": article.text,
        "source": _source(article.page),
        "date": article.page.date,
        "dateline": article.dateline,
        "byline": credits_text(article.byline),
        "mentions": [
            {
                "type": mention.type,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "entity": mention.entity,
                "nominal": mention.nominal,
            }
            for mention in extraction.mentions
        ],
        "entities": [_entity(entity) for entity in extraction.entities],
        "relations": [_relation(claim) for claim in extraction.claims],
    }


def write_jsonl(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write a line for each article."""
    encoder = msgspec.json.Encoder()
    with replacing(path) as file:
        for extraction in graph.extractions:
            file.write(encoder.encode(record(extraction)) + b"\n")


def _source(page: Page) -> str:
    said = " ".join(filter(None, (page.outlet, page.number, page.section)))
    return said if page.outlet else source_name(page.source)


def _entity(entity: Entity) -> dict[str, Any]:
    extra = {key: value for key, value in entity.attributes.items() if key not in _ENTITY}
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        **extra,
    }


def _relation(claim: Claim) -> dict[str, Any]:
    extra = {key: value for key, value in claim.attributes.items() if key not in _RELATION}
    return {
        "type": claim.relation,
        "head": claim.head,
        "tail": claim.tail or None,
        "status": claim.status,
        "evidence": [[passage.start, passage.end] for passage in claim.evidence],
        "rule": claim.rule,
        **extra,
    }
