"""What follows from the articles that count, kept in step as articles come, change and go.

Each article adds its votes on entities; to take it out, the same votes are counted down. The work
for an article depends on that article only, not on how many others there are.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.across.events import Trace, one_event, traces
from kg.across.reprints import MEET, bands, families, one_text, pair_of, print_of, settle
from kg.graph import elect, votes
from kg.model import Extraction
from kg.store.records import pack, unpack
from kg.store.views import Articles

Pair = tuple[Extraction | None, Extraction | None]  # an article before and after
ENTITY: Final = "entity"
ARTICLE: Final = "article"
REPRINT: Final = "reprint"
SAME: Final = "same"
_ADD_VOTES: Final = """
INSERT INTO vote VALUES (?, ?, ?, ?)
ON CONFLICT (entity, field, value) DO UPDATE SET n = n + excluded.n
"""
_ADD_USES: Final = """
INSERT INTO uses VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET n = n + excluded.n
"""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an article was entered, so that it can be taken out again, and its activities."""

    bands: list[int]
    marks: list[tuple[str, bool]]
    traces: list[Trace]


class Ledger:
    """Counts and links of a store's articles; each method is part of the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, *, watched: bool) -> None:
        self._db = connection
        self._articles = Articles(connection)
        self._watched = watched  # whether SPARQL has to hear of what changes

    def update(self, changes: dict[str, Pair]) -> None:
        """Bring everything in step with articles that have changed; ``kept`` says so already."""
        self._count(changes.values())
        self._enter(changes)
        self.note(ARTICLE, changes)
        self._link_prints(changes)
        self._link_events(changes)

    def note(self, kind: str, keys: Iterable[str]) -> None:
        """Note what SPARQL does not know yet."""
        if self._watched:
            rows = [(kind, key) for key in keys]
            self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?)", rows)

    # ── entities ─────────────────────────────────────────────────────────────────────────────

    def _count(self, changes: Iterable[Pair]) -> None:
        counts: Counter[tuple[str, str, str]] = Counter()
        claims = 0
        for before, after in changes:
            for extraction, sign in ((before, -1), (after, 1)):
                if extraction:
                    claims += sign * len(extraction.claims)
                    for entity in extraction.entities:
                        for vote in votes(entity):
                            counts[entity.id, *vote] += sign
        rows = [(*key, n) for key, n in sorted(counts.items()) if n]
        self._db.executemany(_ADD_VOTES, rows)
        self._db.execute(_ADD_USES, ("count", "claims", claims))
        fewer = sorted({row[0] for row in rows if row[-1] < 0})
        for key in fewer:
            self._db.execute("DELETE FROM vote WHERE entity = ? AND n = 0", (key,))
        self._elect({row[0] for row in rows})

    def _elect(self, entities: Iterable[str]) -> None:
        changed = []
        for key in sorted(entities):
            said = self._db.execute("SELECT field, value, n FROM vote WHERE entity = ?", (key,))
            counts = {(field, value): n for field, value, n in said}
            record = pack(elect(key, counts)) if counts else None
            old = self._db.execute("SELECT record FROM entity WHERE id = ?", (key,)).fetchone()
            if record is None:
                self._db.execute("DELETE FROM entity WHERE id = ?", (key,))
            elif old is None or old[0] != record:
                self._db.execute("INSERT OR REPLACE INTO entity VALUES (?, ?)", (key, record))
            else:
                continue
            changed.append(key)
        self.note(ENTITY, changed)

    # ── where prints and events are found ────────────────────────────────────────────────────

    def _enter(self, changes: dict[str, Pair]) -> None:
        """Enter the articles where others will find them."""
        for key, (_, after) in changes.items():
            if after is None:
                continue
            acts = traces(after)
            marks = sorted({mark for trace in acts for mark in trace.marks()})
            trail = Trail(bands(print_of(after)), marks, acts)
            self._db.executemany(
                "INSERT OR IGNORE INTO band VALUES (?, ?)", [(band, key) for band in trail.bands]
            )
            self._db.executemany(
                "INSERT INTO mark VALUES (?, ?, ?)", [(mark, key, own) for mark, own in marks]
            )
            self._db.execute("UPDATE kept SET trail = ? WHERE id = ?", (pack(trail), key))

    def leave(self, key: str, trail: bytes | None) -> None:
        """Take out where an article was entered."""
        if trail is None:
            return
        entered = unpack(trail, Trail)
        rows = [(band, key) for band in entered.bands]
        self._db.executemany("DELETE FROM band WHERE key = ? AND id = ?", rows)
        self._db.executemany(
            "DELETE FROM mark WHERE key = ? AND id = ?", [(mark, key) for mark, _ in entered.marks]
        )

    # ── reprints ─────────────────────────────────────────────────────────────────────────────

    def _link_prints(self, changes: dict[str, Pair]) -> None:
        touched: set[str] = set()
        for key in sorted(changes):
            touched |= {key, *self._neighbours(key)}
            self._db.execute("DELETE FROM near WHERE one = ? OR two = ?", (key, key))
        for key in sorted(changes):
            after = changes[key][1]
            if after is None:
                continue
            own = print_of(after)
            for other in self._alike(key):
                extraction = changes[other][1] if other in changes else self._articles.get(other)
                reason = one_text(own, print_of(extraction)) if extraction else ""
                if reason:
                    row = (*pair_of(key, other), reason)
                    self._db.execute("INSERT OR REPLACE INTO near VALUES (?, ?, ?)", row)
                    touched.add(other)
        self._settle(touched)

    def _neighbours(self, key: str) -> list[str]:
        rows = self._db.execute(
            "SELECT two FROM near WHERE one = ? UNION SELECT one FROM near WHERE two = ?",
            (key, key),
        )
        return [other for (other,) in rows]

    def _alike(self, key: str) -> list[str]:
        rows = self._db.execute(
            "SELECT other.id FROM band AS own JOIN band AS other ON other.key = own.key "
            "WHERE own.id = ?1 AND other.id != ?1 AND own.key IN (SELECT value FROM json_each(?2)) "
            "GROUP BY other.id HAVING count(*) >= ?3 ORDER BY other.id",
            (key, self._bands(key), MEET),
        )
        return [other for (other,) in rows]

    def _bands(self, key: str) -> str:
        return str(self._trail(key).bands)

    def _trail(self, key: str) -> Trail:
        row = self._db.execute("SELECT trail FROM kept WHERE id = ?", (key,)).fetchone()
        return unpack(row[0], Trail)

    def _settle(self, touched: Iterable[str]) -> None:
        """Find the families of articles anew whose ties may have changed."""
        members: set[str] = set()
        for key in sorted(touched):
            members |= {key, *self._family(key)}
        members = self._closed(members)
        old = {key: self._reprint(key) for key in sorted(members)}
        ties = {
            (one, two): reason
            for key in sorted(members)
            for one, two, reason in self._db.execute("SELECT * FROM near WHERE one = ?", (key,))
        }
        new = {
            reprint.article: (reprint.origin, reprint.reason)
            for family in families(ties)
            for reprint in settle(
                [print_of(one) for one in map(self._articles.get, family) if one], ties
            )
        }
        changed = [key for key in sorted(members) if old[key] != new.get(key)]
        for key in changed:
            self._db.execute("DELETE FROM reprint WHERE id = ?", (key,))
            if key in new:
                self._db.execute("INSERT INTO reprint VALUES (?, ?, ?)", (key, *new[key]))
        self.note(REPRINT, changed)
        for key in changed:  # one text printed twice is no second report
            self._note_same("one = ?1 OR two = ?1", key)

    def _reprint(self, key: str) -> tuple[str, str] | None:
        row = self._db.execute("SELECT origin, reason FROM reprint WHERE id = ?", (key,)).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def _family(self, key: str) -> list[str]:
        """Return the family that an article was in, as last settled."""
        found = self._reprint(key)
        origin = found[0] if found else key
        rows = self._db.execute("SELECT id FROM reprint WHERE origin = ?", (origin,))
        return [origin, *(other for (other,) in rows)]

    def _closed(self, members: set[str]) -> set[str]:
        """Return ``members`` and all that ties lead to from them."""
        seen, queue = set(members), sorted(members)
        while queue:
            for other in self._neighbours(queue.pop()):
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    # ── events ───────────────────────────────────────────────────────────────────────────────

    def _link_events(self, changes: dict[str, Pair]) -> None:
        for key in sorted(changes):
            self._note_same("one = ?1 OR two = ?1", key)
            self._db.execute("DELETE FROM same WHERE one = ?1 OR two = ?1", (key,))
        for key in sorted(changes):
            own = self._trail(key).traces if changes[key][1] else []
            for other in self._meeting(own, key):
                self._compare(own, self._trail(other).traces)
        for key in sorted(changes):
            self._note_same("one = ?1 OR two = ?1", key)

    def _meeting(self, own: list[Trace], key: str) -> list[str]:
        found: set[str] = set()
        for mark, acts in sorted({mark for trace in own for mark in trace.marks()}):
            rows = self._db.execute("SELECT id, acts FROM mark WHERE key = ?", (mark,))
            found |= {other for other, acts_too in rows if other != key and (acts or acts_too)}
        return sorted(found)

    def _compare(self, own: list[Trace], theirs: list[Trace]) -> None:
        for one in own:
            for two in theirs:
                if reason := one_event(one, two):
                    left, right = sorted((one, two), key=lambda trace: trace.activity)
                    row = (left.activity, right.activity, left.article, right.article, reason)
                    self._db.execute("INSERT OR REPLACE INTO same VALUES (?, ?, ?, ?, ?)", row)

    def _note_same(self, where: str, key: str) -> None:
        if self._watched:
            rows = self._db.execute(f"SELECT first, second FROM same WHERE {where}", (key,))  # noqa: S608
            self.note(SAME, [f"{first}\t{second}" for first, second in rows.fetchall()])
