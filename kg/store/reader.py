"""A store for reading: the knowledge graph that it holds, whoever writes meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.across.link import candidates
from kg.corrections.plan import Plan
from kg.errors import Problem
from kg.graph import KnowledgeGraph, dropped_for, fullness
from kg.model import Page, Reprint
from kg.store.database import FILE, connect
from kg.store.records import unpack, unpack_extraction
from kg.store.views import Articles, Entities

# Two activities of one text printed twice are no two reports.
SAME_EVENTS: Final = """
SELECT s.first, s.second, s.reason FROM same AS s
LEFT JOIN reprint AS r ON r.id = s.one LEFT JOIN reprint AS q ON q.id = s.two
WHERE coalesce(r.origin, s.one) != coalesce(q.origin, s.two)
"""
_SHADOWED: Final = """
SELECT a.id, a.record, p.record FROM article AS a JOIN page AS p ON p.key = a.page
WHERE a.id IN (SELECT id FROM article GROUP BY id HAVING count(*) > 1) ORDER BY a.id
"""


def is_store(folder: Path) -> bool:
    """Return whether a folder is a store."""
    return (folder / FILE).is_file()


@contextmanager
def reading(folder: Path) -> Iterator[KnowledgeGraph]:
    """Open the graph of a store as it is at this moment; OutputError if it is no store."""
    connection = connect(folder, write=False)
    try:
        connection.execute("BEGIN")  # all that is read now is of one moment
        yield graph_of(connection)
    finally:
        connection.close()


def graph_of(connection: sqlite3.Connection) -> KnowledgeGraph:
    """Return the graph of an open store; articles and entities are read when gone through."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'plan'").fetchone()
    plan = unpack(row[0], Plan) if row else Plan()
    apart = set(plan.apart)
    found = (row for row in connection.execute(SAME_EVENTS) if (row[0], row[1]) not in apart)
    reprints = connection.execute("SELECT id, origin, reason FROM reprint ORDER BY id")
    return KnowledgeGraph(
        Articles(connection),
        Entities(connection),
        tuple(_problems(connection)),
        plan.rulings,
        tuple(Reprint(*row) for row in reprints),
        candidates(found),
    )


def _problems(connection: sqlite3.Connection) -> list[Problem]:
    rows = connection.execute("SELECT source, reason, fatal FROM problem")
    known = {Problem(source, reason, bool(fatal)) for source, reason, fatal in rows}
    shadowed: dict[str, list[tuple[bytes, bytes]]] = {}
    for key, record, page in connection.execute(_SHADOWED):
        shadowed.setdefault(key, []).append((record, page))
    for records in shadowed.values():
        found = [unpack_extraction(record, unpack(page, Page)) for record, page in records]
        best, *others = sorted(found, key=fullness)
        known |= {problem for other in others if (problem := dropped_for(best, other))}
    return sorted(known, key=lambda one: (one.source, one.reason))
