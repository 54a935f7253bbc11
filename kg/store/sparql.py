"""A store's statements for SPARQL: an Oxigraph store beside the records, made from them.

It is made when first asked for, from then on every change is told to it: the graphs of the articles
that changed and the descriptions of what they touch. Each step makes it say what the records say,
so a step that was cut off is done again. Readers get a snapshot that nobody writes to.
"""

import itertools
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import OutputError
from kg.export.dataset import dataset_node, provenance
from kg.export.entities import descriptions
from kg.export.evidence import ArticleStatements
from kg.export.links import (
    REPRINT,
    SAME,
    corrections,
    corrections_node,
    links,
    links_node,
)
from kg.export.names import BASE, Names
from kg.export.statements import Statements
from kg.graph import KnowledgeGraph
from kg.model import Entity, Extraction
from kg.query import CURRENT, SPARQL
from kg.store import core, ledger
from kg.store.core import Core, stamp
from kg.store.reader import graph_of
from kg.store.views import Articles, Entities

LIVE: Final = "live"
BATCH: Final = 512  # graphs or descriptions that are loaded at a time
_OWNERS: Final = """
BEGIN;
DELETE FROM pending;
DROP TABLE IF EXISTS owner;
CREATE TABLE owner (
  subject TEXT, kind TEXT, key TEXT, PRIMARY KEY (subject, kind, key)) WITHOUT ROWID;
CREATE INDEX owner_key ON owner (kind, key);
"""


def bring_in_step(folder: Path, writer: Core, base: str = BASE, *, make: bool = False) -> None:
    """Tell SPARQL what has changed in the records; make it first if ``make`` is set."""
    known, made_by = writer.meta("sparql"), stamp().encode()
    if known is None and not make:
        return
    try:
        if known is None or not (folder / SPARQL / CURRENT).is_file():
            _Sparql(folder, writer.db, base).load()
            writer.watch()
        elif known != made_by or writer.db.execute("SELECT 1 FROM pending LIMIT 1").fetchone():
            _Sparql(folder, writer.db, base).catch_up()
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{folder / SPARQL}: {error}") from error
    if known != made_by:
        writer.set_meta("sparql", made_by)


class _Sparql:
    """The statements of one store, and which article or entity says what of a shared subject."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, base: str) -> None:
        self._folder = folder / SPARQL
        self._db = connection
        self._names = Names(base)
        self._articles, self._entities = Articles(connection), Entities(connection)

    def load(self) -> None:
        """Make it from all records."""
        shutil.rmtree(self._folder / LIVE, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        store = Store(str(self._folder / LIVE))
        self._db.executescript(_OWNERS)
        try:
            self._fill(store)
            self._publish(store)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _fill(self, store: Store) -> None:
        for part in _batched(self._entities.values()):
            self._own(ledger.ENTITY, {one.id: [one] for one in part})
        for articles in _batched(self._articles):
            self._own(ledger.ARTICLE, {one.article.id: [one] for one in articles})
            lines = (line for one in articles for line in self._article(one))
            store.bulk_load("".join(lines).encode(), RdfFormat.N_QUADS)
        graph = graph_of(self._db)
        for statements in _batched(descriptions(graph, self._names)):
            text = "".join(f"{line} .\n" for one in statements for line in one.lines())
            store.bulk_load(text.encode(), RdfFormat.N_QUADS)
        store.extend(self._quads(links_node(self._names), links(graph, self._names)))
        store.extend(self._quads(corrections_node(self._names), [corrections(graph, self._names)]))
        node = dataset_node(self._names)
        store.extend(self._quads(node, [provenance(graph, self._names)]))

    def catch_up(self) -> None:
        """Tell it what has changed since the last time."""
        store = Store(str(self._folder / LIVE))
        self._db.execute("BEGIN IMMEDIATE")
        try:
            rows = self._db.execute("SELECT kind, key FROM pending ORDER BY kind, key").fetchall()
            changed = {
                kind: [key for _, key in group]
                for kind, group in itertools.groupby(rows, key=lambda row: str(row[0]))
            }
            self._tell(store, changed)
            self._publish(store)
            self._db.execute("DELETE FROM pending")
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _tell(self, store: Store, changed: Mapping[str, list[str]]) -> None:
        articles = changed.get(ledger.ARTICLE, [])
        for key in articles:
            self._tell_article(store, key)
        entities = changed.get(ledger.ENTITY, [])
        found = {key: self._entities.get(key) for key in entities}
        own = {self._names.node(key) for key in entities}
        read = {key: self._articles.get(key) for key in articles}
        shared = self._own(ledger.ENTITY, {k: [one] if one else [] for k, one in found.items()})
        shared |= self._own(ledger.ARTICLE, {k: [one] if one else [] for k, one in read.items()})
        for subject in sorted(own | shared):
            self._replace(store, subject, DefaultGraph(), self._said_of(subject, found))
        self._tell_links(store, changed)
        if core.RULINGS in changed:
            node = corrections_node(self._names)
            store.remove_graph(_iri(node))
            store.extend(self._quads(node, [corrections(graph_of(self._db), self._names)]))
        self._tell_dataset(store, changed.get(core.INPUT, []))

    # ── articles ─────────────────────────────────────────────────────────────────────────────

    def _article(self, extraction: Extraction) -> Iterator[str]:
        statements = ArticleStatements(extraction, self._names)
        for part in (statements.evidence, statements.facts):
            yield from (f"{line} {statements.graph} .\n" for line in part.lines())

    def _tell_article(self, store: Store, key: str) -> None:
        store.remove_graph(_iri(self._names.node(f"article-{key}")))
        if extraction := self._articles.get(key):
            text = "".join(self._article(extraction))
            store.extend(parse(text.encode(), RdfFormat.N_QUADS))

    # ── the default graph ────────────────────────────────────────────────────────────────────

    def _own(self, kind: str, owners: Mapping[str, Collection[Entity | Extraction]]) -> set[str]:
        """Note which shared subjects these describe; return all that they did or do describe."""
        touched: set[str] = set()
        rows = []
        for key, records in owners.items():
            said = self._db.execute(
                "SELECT subject FROM owner WHERE kind = ? AND key = ?", (kind, key)
            )
            old = {subject for (subject,) in said}
            new = {line.split(" ", 1)[0] for line in self._lines(records)}
            touched |= old ^ new
            if kind == ledger.ARTICLE:
                touched |= new  # the last article of a page says what is said of the page
            gone = [(subject, kind, key) for subject in old - new]
            self._db.executemany(
                "DELETE FROM owner WHERE subject = ? AND kind = ? AND key = ?", gone
            )
            rows += [(subject, kind, key) for subject in new - old]
        self._db.executemany("INSERT INTO owner VALUES (?, ?, ?)", rows)
        return touched

    def _lines(self, records: Iterable[Entity | Extraction]) -> Iterator[str]:
        """Yield what the default graph would say if there were nothing but one record."""
        for one in records:
            alone = (
                KnowledgeGraph((), {one.id: one})
                if isinstance(one, Entity)
                else KnowledgeGraph((one,), {})
            )
            for part in descriptions(alone, self._names):
                yield from part.lines()

    def _said_of(self, subject: str, found: Mapping[str, Entity | None]) -> Iterator[str]:
        """Yield the lines of a subject: the last of those that describe it has the word."""
        row = self._db.execute(
            "SELECT kind, key FROM owner WHERE subject = ? ORDER BY kind, key DESC LIMIT 1",
            (subject,),
        ).fetchone()
        if row is None:
            return
        kind, key = row
        record: Entity | Extraction | None
        if kind == ledger.ENTITY:
            record = found.get(key) or self._entities.get(key)
        else:
            record = self._articles.get(key)
        if record:
            yield from (one for one in self._lines([record]) if one.startswith(f"{subject} "))

    # ── links, data set ──────────────────────────────────────────────────────────────────────

    def _tell_links(self, store: Store, changed: Mapping[str, list[str]]) -> None:
        prints, pairs = changed.get(ledger.REPRINT, []), changed.get(ledger.SAME, [])
        if not prints and not pairs:
            return
        node, names, graph = _iri(links_node(self._names)), self._names, graph_of(self._db)
        gone: list[tuple[str, str, str | None]] = [
            (names.node(f"article-{key}"), REPRINT, None) for key in prints
        ]
        for pair in pairs:
            one, two = pair.split("\t")
            gone.append((names.node(one), SAME, names.node(two)))
        for subject, predicate, target in gone:
            prop = _iri(names.iri(predicate))
            wanted = _iri(target) if target else None
            for quad in list(store.quads_for_pattern(_iri(subject), prop, wanted, node)):
                store.remove(quad)
                self._drop_link(store, quad)
        told = KnowledgeGraph(
            (),
            {},
            reprints=tuple(one for one in graph.reprints if one.article in set(prints)),
            same_events=tuple(
                one for one in graph.same_events if f"{one.first}\t{one.second}" in set(pairs)
            ),
        )
        store.extend(self._quads(links_node(names), links(told, names)))

    def _drop_link(self, store: Store, link: Quad) -> None:
        node = _iri(links_node(self._names))
        subject = _iri(self._names.iri("rdf:subject"))
        for quad in list(store.quads_for_pattern(None, subject, link.subject, node)):
            about = list(store.quads_for_pattern(quad.subject, None, None, node))
            said = {one.object for one in about}
            if link.object in said and link.predicate in said:
                for one in about:
                    store.remove(one)

    def _tell_dataset(self, store: Store, inputs: Iterable[str]) -> None:
        names, node = self._names, dataset_node(self._names)
        graph, run = _iri(node), _iri(names.node("run"))
        used = _iri(names.iri("prov:used"))
        for digest in inputs:
            source = _iri(names.node(f"input-{digest[:16]}"))
            store.remove(Quad(run, used, source, graph))
            row = self._db.execute(
                "SELECT id FROM kept WHERE input = ? ORDER BY name LIMIT 1", (digest,)
            ).fetchone()
            read = self._articles.get(row[0]) if row else None
            lines = list(provenance(KnowledgeGraph((read,), {}), names).lines()) if read else []
            mine = [one for one in lines if str(source) in one]
            own = [one for one in mine if one.startswith(str(source))]
            self._replace(store, str(source), graph, own)
            store.extend(_parsed([one for one in mine if one not in own], node))
        counted = provenance(_Counted(self._db), names)  # type: ignore[arg-type]
        own = [one for one in counted.lines() if one.startswith(f"{node} ")]
        self._replace(store, node, graph, own)
        for made_by in map(names.node, ("software", "language-data")):
            said = [one for one in counted.lines() if one.startswith(f"{made_by} ")]
            self._replace(store, made_by, graph, said)

    # ── quads ────────────────────────────────────────────────────────────────────────────────

    def _replace(
        self, store: Store, subject: str, graph: NamedNode | DefaultGraph, lines: Iterable[str]
    ) -> None:
        for quad in list(store.quads_for_pattern(_iri(subject), None, None, graph)):
            store.remove(quad)
        name = "" if isinstance(graph, DefaultGraph) else str(graph)
        store.extend(_parsed(lines, name))

    def _quads(self, name: str, parts: Iterable[Statements]) -> Iterator[Quad]:
        return _parsed((line for part in parts for line in part.lines()), name)

    def _publish(self, store: Store) -> None:
        """Put out a snapshot for readers; the one before stays for those that still read it."""
        store.flush()
        number = max((_number(path) for path in self._folder.glob("snapshot-*")), default=0) + 1
        store.backup(str(self._folder / f"snapshot-{number}"))
        pointer = self._folder / f".{CURRENT}"
        pointer.write_text(f"snapshot-{number}\n", encoding="utf-8")
        pointer.replace(self._folder / CURRENT)
        for path in self._folder.glob("snapshot-*"):
            if _number(path) < number - 1:
                shutil.rmtree(path, ignore_errors=True)


class _Counted:
    """Stands in for a graph where only its size is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.extractions = _Sized(len(Articles(connection)))
        self.entities = _Sized(len(Entities(connection)))
        row = connection.execute("SELECT n FROM uses WHERE key = 'claims'").fetchone()
        self._claims = row[0] if row else 0

    def claims(self) -> Iterator[None]:
        """Yield as often as there are claims."""
        return itertools.repeat(None, self._claims)


class _Sized(Collection[Any]):
    """Has a length, and nothing in it."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __contains__(self, _: object) -> bool:
        return False


def _iri(node: str) -> NamedNode:
    return NamedNode(node.strip("<>"))


def _parsed(lines: Iterable[str], graph: str) -> Iterator[Quad]:
    text = "".join(f"{line} {graph} .\n" for line in lines)
    return iter(parse(text.encode(), RdfFormat.N_QUADS))


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(items)
    while part := list(itertools.islice(source, BATCH)):
        yield part


def _number(path: Path) -> int:
    return int(path.name.rpartition("-")[2])
