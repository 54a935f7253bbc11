"""Parquet tables of a run on Spark: articles, mentions, claims, entities, and links of articles."""

from collections.abc import Iterator
from typing import Any, Final

from pyspark import RDD
from pyspark.sql import SparkSession

from kg.export.evidence import source_name
from kg.graph import KnowledgeGraph, claim_key, credits_text
from kg.model import Entity, Extraction

Row = tuple[Any, ...]
SCHEMAS: Final = {
    "articles": "id string, title string, outlet string, date string, number string, section string,"
    " dateline string, byline string, source string, text string",
    "mentions": "article string, start int, end int, text string, type string, entity string,"
    " nominal boolean, rule string",
    "claims": "id string, relation string, head string, tail string, status string, rule string,"
    " article string, evidence array<struct<start:int,end:int,text:string>>,"
    " attributes map<string,string>",
    "entities": "id string, type string, name string, aliases array<string>,"
    " attributes map<string,string>",
    "reprints": "article string, origin string, reason string",
    "same_events": "first string, second string, reason string",
}


def write(
    spark: SparkSession,
    out: str,
    kept: "RDD[tuple[str, Extraction]]",
    entities: "RDD[Entity]",
    linked: KnowledgeGraph,
) -> None:
    """Write each table as Parquet under ``out``."""
    context = spark.sparkContext
    rows: dict[str, RDD[Row]] = {
        "articles": kept.values().map(_article),
        "mentions": kept.values().flatMap(_mentions),
        "claims": kept.values().flatMap(_claims),
        "entities": entities.map(_entity),
        "reprints": context.parallelize(
            [(one.article, one.origin, one.reason) for one in linked.reprints], 1
        ),
        "same_events": context.parallelize(
            [(one.first, one.second, one.reason) for one in linked.same_events], 1
        ),
    }
    for name, table in rows.items():
        spark.createDataFrame(table, SCHEMAS[name]).write.parquet(f"{out}/{name}.parquet")


def _article(extraction: Extraction) -> Row:
    article, page = extraction.article, extraction.article.page
    return (
        article.id,
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


def _mentions(extraction: Extraction) -> Iterator[Row]:
    key = extraction.article.id
    for one in extraction.mentions:
        yield key, one.start, one.end, one.text, one.type, one.entity, one.nominal, one.rule


def _claims(extraction: Extraction) -> Iterator[Row]:
    article = extraction.article
    for one in extraction.claims:
        evidence = [(passage.start, passage.end, passage.text) for passage in one.evidence]
        ends = claim_key(article, one), one.relation, one.head, one.tail or None
        yield (*ends, one.status, one.rule, article.id, evidence, dict(one.attributes))


def _entity(entity: Entity) -> Row:
    return entity.id, entity.type, entity.name, list(entity.aliases), dict(entity.attributes)
