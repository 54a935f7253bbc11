"""CSV tables for pandas, spreadsheets and databases: UTF-8, a header, one row a fact."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.export.evidence import source_name
from kg.export.files import replacing
from kg.graph import (
    KnowledgeGraph,
    article_node,
    claim_key,
    credits_text,
    outcome_label,
    outcome_node,
)
from kg.model import Claim, Extraction

JOIN: Final = "|"  # between the values of a cell that holds several
_ENTITY: Final = ("id", "type", "name", "aliases")
_CLAIM: Final = (
    "id",
    "relation",
    "head",
    "head_name",
    "tail",
    "tail_name",
    "status",
    "article",
    "start",
    "end",
    "quote",
    "evidence",
    "rule",
)
_MENTION: Final = ("article", "start", "end", "text", "type", "entity", "nominal", "rule")
_ARTICLE: Final = (
    "id",
    "title",
    "outlet",
    "date",
    "number",
    "section",
    "dateline",
    "byline",
    "source",
    "text",
)
_OUTCOME: Final = ("what", "value", "unit", "approx")

Row = Sequence[str | int]


def write_entities(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row an entity; each attribute that occurs is a column."""
    entities = graph.entities.values()
    extra = sorted({key for entity in entities for key in entity.attributes} - {*_ENTITY})
    rows = (
        [
            entity.id,
            entity.type,
            entity.name,
            JOIN.join(entity.aliases),
            *(entity.attributes.get(key, "") for key in extra),
        ]
        for entity in entities
    )
    _write(path, (*_ENTITY, *extra), rows)


def write_relations(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row a claim of any status, with its first quote and the place of every one."""
    found = [claim.attributes for _, claim in graph.claims()]
    extra = sorted({key for attributes in found for key in attributes} - {*_CLAIM, *_OUTCOME})
    rows = (
        [*_claim(graph, extraction, claim), *(claim.attributes.get(key, "") for key in extra)]
        for extraction, claim in graph.claims()
    )
    _write(path, (*_CLAIM, *extra), rows)


def write_mentions(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row a mention; offsets are code points into the article's text."""
    rows: Iterator[Row] = (
        (
            article_node(extraction.article),
            mention.start,
            mention.end,
            mention.text,
            mention.type,
            mention.entity,
            str(mention.nominal).lower(),
            mention.rule,
        )
        for extraction in graph.extractions
        for mention in extraction.mentions
    )
    _write(path, _MENTION, rows)


def write_articles(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row an article, text included."""
    _write(path, _ARTICLE, (_article(extraction) for extraction in graph.extractions))


def write_outcomes(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row a number that an article reports."""
    rows: Iterator[Row] = (
        (
            claim_key(extraction.article, claim),
            claim.head,
            graph.entities[claim.head].name,
            *(claim.attributes.get(key, "") for key in _OUTCOME),
            claim.status,
            article_node(extraction.article),
            claim.evidence[0].start,
            claim.evidence[0].end,
            claim.evidence[0].text,
        )
        for extraction, claim in graph.claims()
        if claim.relation == "outcome"
    )
    columns = ("id", "activity", "activity_name", *_OUTCOME)
    _write(path, (*columns, "status", "article", "start", "end", "quote"), rows)


def write_reprints(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row an article that prints the text of another again."""
    rows = (
        (f"article-{one.article}", f"article-{one.origin}", one.reason) for one in graph.reprints
    )
    _write(path, ("article", "origin", "reason"), rows)


def write_same_events(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one row a pair of activities that may be one event."""
    rows = (
        (
            one.first,
            graph.entities[one.first].name,
            one.second,
            graph.entities[one.second].name,
            one.reason,
        )
        for one in graph.same_events
    )
    columns = ("activity", "activity_name", "other", "other_name", "reason")
    _write(path, columns, rows)


def _claim(graph: KnowledgeGraph, extraction: Extraction, claim: Claim) -> Row:
    article, first = extraction.article, claim.evidence[0]
    tail = graph.entities.get(claim.tail)
    return (
        claim_key(article, claim),
        claim.relation,
        claim.head,
        graph.entities[claim.head].name,
        claim.tail or outcome_node(article, claim),
        tail.name if tail else outcome_label(claim),
        claim.status,
        article_node(article),
        first.start,
        first.end,
        first.text,
        JOIN.join(f"{passage.start}-{passage.end}" for passage in claim.evidence),
        claim.rule,
    )


def _article(extraction: Extraction) -> Row:
    article, page = extraction.article, extraction.article.page
    return (
        article_node(article),
        article.title,
        page.outlet,
        page.date,
        page.number,
        page.section,
        article.dateline,
        credits_text(article.byline),
        source_name(page.source),
        article.text,
    )


def _write(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
        text.flush()
        text.detach()
