"""Run the stages on Spark: the same functions over partitions, identity by key, shards out.

The result equals that of the local engine: the lines of all shards, sorted, are those of graph.nq,
sorted. ``paths`` and ``out`` may be any that Spark knows (a folder, hdfs://…, s3a://…).
"""

import itertools
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import add
from pathlib import Path
from typing import Any, Final

import msgspec
from pyspark import RDD, StorageLevel
from pyspark.sql import SparkSession

from kg.corrections.anchor import text_hash
from kg.corrections.plan import Articles, Plan, apply, bind
from kg.engine import spark_links as linking
from kg.engine import spark_tables as tables
from kg.errors import KgError, OutputError, Problem
from kg.export.dataset import Sizes, dataset_node, input_of, input_statements, summary
from kg.export.entities import descriptions
from kg.export.evidence import ArticleStatements
from kg.export.links import corrections as correction_statements
from kg.export.links import corrections_node, links, links_node
from kg.export.names import BASE, Names
from kg.export.statements import Statements
from kg.graph import KnowledgeGraph, check, dropped_for, elect, fit, fullness, votes
from kg.model import Article, Correction, Entity, Extraction, Ruling
from kg.pipeline import Source, extract_sources, open_source
from kg.read import discover

SLICES: Final = 3  # tasks a core: articles differ in length, so that one core waits for another
TASK: Final = (
    250  # articles that are worth a task: starting one costs as much as reading some dozen
)
Keyed = tuple[str, tuple[tuple[str, str], bytes]]  # article id → its input, what was read


@dataclass(frozen=True, slots=True)
class Built:
    """What a run found, and what it could not read."""

    sizes: Sizes
    problems: tuple[Problem, ...]
    rulings: tuple[Ruling, ...] = ()


def session(master: str) -> SparkSession:
    """Return a session on a master (local[2], spark://…, yarn) whose workers run this Python."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    maker = SparkSession.builder.master(master).appName("jingwu-kg")
    for key, value in settings.items():
        maker = maker.config(key, value)
    return maker.getOrCreate()


def build(
    spark: SparkSession,
    paths: Iterable[str],
    out: str,
    corrections: Sequence[Correction] = (),
    base: str = BASE,
) -> Built:
    """Write N-Quads shards and Parquet tables of all articles under ``out``.

    Raise KgError if nothing could be read, OutputError if there is something at ``out``.
    """
    run = _Run(spark, Names(base))
    _refuse(spark, out)
    kept, problems = run.extractions(list(paths))
    plan = run.plan(kept, corrections)
    if plan.rulings:
        kept = kept.mapValues(_Corrected(run.context.broadcast(plan)))
    kept = kept.persist(StorageLevel.MEMORY_AND_DISK)
    entities = run.entities(kept).persist(StorageLevel.MEMORY_AND_DISK)
    sizes = Sizes(entities.count(), kept.count(), kept.map(_claims).fold(0, add))
    if not sizes.articles:
        raise KgError("nothing could be read: " + "; ".join(map(str, problems[:3])))
    reprints, same = linking.link(run.context, kept.mapValues(_extraction), plan.apart, run.slices)
    linked = KnowledgeGraph((), {}, (), plan.rulings, reprints, same)
    run.lines(kept, entities, linked, sizes).saveAsTextFile(f"{out}/graph.nq")
    tables.write(spark, out, kept.mapValues(_extraction), entities, linked)
    return Built(sizes, problems, plan.rulings)


class _Run:
    def __init__(self, spark: SparkSession, names: Names) -> None:
        self.context = spark.sparkContext
        self._names = names
        self._most = max(self.context.defaultParallelism, 1) * SLICES
        self.slices = self._most

    # -- read and extract -------------------------------------------------------------------

    def extractions(self, paths: list[str]) -> tuple["RDD[Keyed]", tuple[Problem, ...]]:
        """Return the fullest extraction of each article, and all problems."""
        read = self._sources(paths).flatMap(_read).persist(StorageLevel.MEMORY_AND_DISK)
        found: RDD[bytes] = read.filter(_is_good).values()
        self.slices = min(self._most, 1 + found.count() // TASK)
        articles = found.repartition(self.slices)
        said = articles.mapPartitions(_extract).persist(StorageLevel.MEMORY_AND_DISK)
        good: RDD[Any] = said.filter(_is_good).values()
        best: RDD[Any] = good.groupByKey(self.slices).flatMap(_fullest)
        best.persist(StorageLevel.MEMORY_AND_DISK)
        everything: RDD[Any] = self.context.union([read, said, best])
        problems = everything.filter(_is_bad).values().collect()
        said_so = {msgspec.json.decode(one, type=Problem) for one in problems}
        kept = best.filter(_is_good).values()
        return kept, tuple(sorted(said_so, key=lambda one: (one.source, one.reason)))

    def _sources(self, paths: list[str]) -> "RDD[Any]":
        remote = [path for path in paths if "://" in path]
        local = discover([Path(path) for path in paths if "://" not in path])
        parts: list[RDD[Any]] = [self.context.binaryFiles(path, self._most) for path in remote]
        if local:
            slices = min(len(local), self._most)
            parts.append(self.context.parallelize([(str(path), None) for path in local], slices))
        return self.context.union(parts)

    # -- corrections ------------------------------------------------------------------------

    def plan(self, kept: "RDD[Keyed]", rows: Sequence[Correction]) -> Plan:
        """Return what the corrections come to; only the articles that they name are fetched."""
        if not rows:
            return Plan()
        wanted = self.context.broadcast(
            {key for row in rows for key in (*_anchor(row.article), row.quote, row.target) if key}
        )
        named = kept.values().filter(lambda item: _is_named(item, wanted.value)).collect()
        types = (
            kept.values()
            .flatMap(lambda item: [(one.id, one.type) for one in _extraction(item).entities])
            .filter(lambda pair: pair[0] in wanted.value)
            .collectAsMap()
        )
        return bind(rows, _Fetched([_extraction(item) for item in named], dict(types)))

    # -- entities, lines --------------------------------------------------------------------

    def entities(self, kept: "RDD[Keyed]") -> "RDD[Entity]":
        """Return one entity for all that share an id: each article votes, a shuffle counts."""
        counted = kept.values().flatMap(_votes).reduceByKey(add, self.slices)
        return counted.map(_by_entity).groupByKey(self.slices).map(_elected)

    def lines(
        self, kept: "RDD[Keyed]", entities: "RDD[Entity]", linked: KnowledgeGraph, sizes: Sizes
    ) -> "RDD[str]":
        """Return every statement as a line of N-Quads."""
        names = self._names
        described = (
            kept.values()
            .flatMap(lambda item: _described(KnowledgeGraph((_extraction(item),), {}), names))
            .union(
                entities.flatMap(lambda one: _described(KnowledgeGraph((), {one.id: one}), names))
            )
            .reduceByKey(max, self.slices)
            .flatMap(lambda pair: pair[1][1])
        )
        inputs = (
            kept.map(lambda pair: pair[1][0])
            .reduceByKey(min)
            .flatMap(
                lambda pair: _quads(input_statements(names, pair[1], pair[0]), dataset_node(names))
            )
        )
        articles = kept.values().flatMap(lambda item: _article_lines(_extraction(item), names))
        own = self.context.parallelize(list(_own_lines(linked, sizes, names)), 1)
        return self.context.union([described, articles, inputs.distinct(), own])


class _Fetched(Articles):
    """The articles that corrections name, and the types of all entities that they name."""

    def __init__(self, extractions: list[Extraction], types: dict[str, str]) -> None:
        super().__init__(extractions)
        self._types = types


class _Corrected:
    """Applies the corrections to one article, wherever it lies."""

    def __init__(self, plan: Any) -> None:  # noqa: ANN401 - a broadcast has no type of its own
        self._plan = plan

    def __call__(self, item: tuple[tuple[str, str], bytes]) -> tuple[tuple[str, str], bytes]:
        return item[0], _pack(apply(_extraction(item), self._plan.value))


# ── tasks: what runs on the workers ──────────────────────────────────────────────────────────


def _pack(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def _extraction(item: tuple[tuple[str, str], bytes]) -> Extraction:
    return msgspec.msgpack.decode(item[1], type=Extraction)


def _is_good(pair: tuple[str, object]) -> bool:
    return pair[0] == "good"


def _is_bad(pair: tuple[str, object]) -> bool:
    return pair[0] == "bad"


def _bad(problem: Problem) -> tuple[str, bytes]:
    return "bad", msgspec.json.encode(problem)


def _read(source: tuple[str, bytes | None]) -> Iterator[tuple[str, bytes]]:
    """Yield the articles of a source, and its problems."""
    name, content = source
    if content is None:
        found = open_source(Path(name))
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name.rsplit("/", 1)[-1]
            path.write_bytes(content)
            found = _renamed(open_source(path), str(path), name)
    yield from (("good", _pack(article)) for article in found.articles)
    yield from map(_bad, found.problems)


def _renamed(source: Source, old: str, new: str) -> Source:
    articles = (
        replace(one, page=replace(one.page, source=one.page.source.replace(old, new)))
        for one in source.articles
    )
    problems = (replace(one, source=one.source.replace(old, new)) for one in source.problems)
    return Source(source.path, tuple(articles), tuple(problems))


def _extract(articles: Iterable[bytes]) -> Iterator[tuple[str, Keyed | bytes]]:
    these, those = itertools.tee(msgspec.msgpack.decode(raw, type=Article) for raw in articles)
    sources = (Source(Path(article.page.source), (article,)) for article in those)
    for article, reading in zip(these, extract_sources(sources), strict=True):
        known = input_of(article.page)
        for extraction in reading.extractions:
            bare = replace(article, origin=(), page=replace(article.page, text=""))
            fitted = fit(replace(extraction, article=bare))
            check(fitted)
            yield "good", (fitted.article.id, (known, _pack(fitted)))
        yield from map(_bad, reading.problems)


def _fullest(group: tuple[str, Iterable[Any]]) -> Iterator[tuple[str, Keyed | bytes]]:
    """Yield the fullest extraction of an article, and what was left out for it."""
    key, items = group
    read = sorted(((_extraction(item), item) for item in items), key=lambda pair: fullness(pair[0]))
    best, item = read[0]
    yield "good", (key, item)
    for other, _ in read[1:]:
        if problem := dropped_for(best, other):
            yield _bad(problem)


def _claims(pair: Keyed) -> int:
    return len(_extraction(pair[1]).claims)


def _anchor(article: str) -> tuple[str, str]:
    key, _, digest = article.removeprefix("article-").partition("@")
    return key, digest


def _is_named(item: tuple[tuple[str, str], bytes], wanted: set[str]) -> bool:
    article = _extraction(item).article
    digest = text_hash(article.text)
    return article.id in wanted or any(len(one) >= 6 and digest.startswith(one) for one in wanted)


def _votes(item: tuple[tuple[str, str], bytes]) -> Iterator[tuple[tuple[str, str, str], int]]:
    for entity in _extraction(item).entities:
        for field, value in votes(entity):
            yield (entity.id, field, value), 1


def _by_entity(
    counted: tuple[tuple[str, str, str], int],
) -> tuple[str, tuple[tuple[str, str], int]]:
    (key, field, value), count = counted
    return key, ((field, value), count)


def _elected(pair: tuple[str, Iterable[tuple[tuple[str, str], int]]]) -> Entity:
    return elect(pair[0], dict(pair[1]))


def _described(graph: KnowledgeGraph, names: Names) -> Iterator[tuple[str, Any]]:
    """Yield what one record says in the default graph, by subject.

    Of several articles that speak of a subject (a page, an outlet) the last has the word, and
    articles before entities.
    """
    rank = next(((1, one.article.id) for one in graph.extractions), (0, ""))
    said: dict[str, list[str]] = {}
    for part in descriptions(graph, names):
        for line in part.lines():
            said.setdefault(line.split(" ", 1)[0], []).append(f"{line} .")
    return ((subject, (rank, lines)) for subject, lines in said.items())


def _article_lines(extraction: Extraction, names: Names) -> Iterator[str]:
    statements = ArticleStatements(extraction, names)
    for part in (statements.evidence, statements.facts):
        yield from _quads(part, statements.graph)


def _quads(statements: Statements, graph: str) -> Iterator[str]:
    return (f"{line} {graph} ." for line in statements.lines())


def _own_lines(linked: KnowledgeGraph, sizes: Sizes, names: Names) -> Iterator[str]:
    for part in links(linked, names):
        yield from _quads(part, links_node(names))
    yield from _quads(correction_statements(linked, names), corrections_node(names))
    yield from _quads(summary(names, sizes), dataset_node(names))


def _refuse(spark: SparkSession, out: str) -> None:
    """Raise OutputError if there is something at ``out``: nothing is written over on a cluster."""
    context = spark.sparkContext
    gateway: Any = context._jvm  # the file system is Spark's own, and only the JVM knows it
    settings = context._jsc.hadoopConfiguration()
    path = gateway.org.apache.hadoop.fs.Path(out)
    if path.getFileSystem(settings).exists(path):
        raise OutputError(f"{out}: is there already; name a new folder")
