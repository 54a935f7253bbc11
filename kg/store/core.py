"""What one transaction of a store comes to: which article counts, as corrected, and what follows."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from kg.corrections.anchor import text_hash
from kg.corrections.plan import Plan, apply, bind
from kg.errors import OutputError
from kg.export.dataset import data_digest, software_version
from kg.export.entities import page_key
from kg.export.evidence import source_name
from kg.graph import check, fit, fullness
from kg.model import Article, Correction, Extraction, Page
from kg.store.ledger import SAME, Ledger, Pair
from kg.store.records import (
    article_key_of,
    pack,
    pack_extraction,
    page_key_of,
    unpack,
    unpack_extraction,
)

RULINGS: Final = "rulings"  # kinds of what SPARQL is told of, besides those of the ledger
PAGE: Final = "page"
INPUT: Final = "input"
CHUNK: Final = 256  # articles that are brought in step at a time, so that memory is bounded
_KEPT: Final = """
SELECT k.article, a.record, p.record, k.record, k.trail
FROM kept AS k JOIN article AS a ON a.key = k.article JOIN page AS p ON p.key = a.page
WHERE k.id = ?
"""
_OF_ID: Final = """
SELECT a.key, a.record, p.record FROM article AS a JOIN page AS p ON p.key = a.page
WHERE a.id = ? AND EXISTS (SELECT 1 FROM located WHERE article = a.key)
"""
_ORPHANS: Final = """
DELETE FROM article WHERE id = ? AND NOT EXISTS (SELECT 1 FROM located WHERE article = article.key)
"""


def stamp() -> str:
    """Return what a reading depends on besides the text: the program and its data."""
    return f"{software_version()} {data_digest()}"


@dataclass(frozen=True, slots=True)
class State:
    """An article as it counts: its key, as read, as corrected, and where it was entered."""

    key: str
    raw: Extraction
    corrected: Extraction
    trail: bytes | None = None


Before = dict[str, State | None]


class Core:
    """Keeps all that follows from the articles in step with them."""

    def __init__(self, connection: sqlite3.Connection, stamp: str) -> None:
        self.db = connection
        self.stamp = stamp
        self.rows: list[Correction] = []
        self.plan = self._known_plan()
        self._ledger = Ledger(connection, watched=self.meta("sparql") is not None)
        self.library = Library(connection)

    def meta(self, key: str) -> bytes | None:
        """Return a note of the store."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: bytes) -> None:
        """Note something of the store."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def watch(self) -> None:
        """From now on note what SPARQL has to be told."""
        self._ledger = Ledger(self.db, watched=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do something whole or not at all; inside another one it is part of that."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException as error:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            self.plan = self._known_plan()
            self.library.forget()
            if isinstance(error, sqlite3.Error):
                raise OutputError(f"the store cannot be written: {error}") from error
            raise

    def before(self, ids: Iterable[str]) -> Before:
        """Return the state of articles, to be handed to ``settle`` after a change."""
        return {key: self._state(key) for key in sorted(set(ids))}

    def insert(self, extraction: Extraction) -> None:
        """Keep what was read from an article; it counts once an input holds it."""
        check(extraction)
        article = extraction.article
        page = page_key_of(article.page)
        self.db.execute("INSERT OR IGNORE INTO page VALUES (?, ?)", (page, pack(article.page)))
        row = (article_key_of(article), article.id, page, text_hash(article.text), self.stamp)
        self.db.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?)",
            (*row, pack_extraction(extraction)),
        )

    def settle_ids(self, ids: Iterable[str]) -> None:
        """Bring in step articles of which only the inputs have changed."""
        for part in _parts(sorted(set(ids))):
            self.settle(self.before(part))

    def settle(self, before: Before) -> None:
        """Bring all that follows in step with the articles of ``before``, as they are now."""
        best = {key: self._best(key) for key in before}
        for key, state in before.items():
            self._hold(key, state.raw if state else None, best[key][1] if best[key] else None)  # type: ignore[index]
        self.library.forget(before)
        plan = bind(self.rows, self.library) if self.rows else Plan()
        self._replace(before, best, plan)
        others = sorted(self._affected(plan) - before.keys())
        self._note_plan(plan)
        for part in _parts(others):
            states = self.before(part)
            same = {key: (one.key, one.raw) if one else None for key, one in states.items()}
            self._replace(states, same, plan)
        self._drop_pages(before)

    # ── which article counts ─────────────────────────────────────────────────────────────────

    def _state(self, key: str) -> State | None:
        for article, raw, page, corrected, trail in self.db.execute(_KEPT, (key,)):
            stands_on = unpack(page, Page)
            read = unpack_extraction(raw, stands_on)
            now = unpack_extraction(corrected, stands_on) if corrected else read
            return State(article, read, now, trail)
        return None

    def _best(self, key: str) -> tuple[str, Extraction] | None:
        found = [
            (one, unpack_extraction(record, unpack(page, Page)))
            for one, record, page in self.db.execute(_OF_ID, (key,))
        ]
        return min(found, key=lambda one: fullness(one[1]), default=None)

    def _hold(self, key: str, old: Extraction | None, new: Extraction | None) -> None:
        before = {(one.id, one.type) for one in old.entities} if old else set()
        after = {(one.id, one.type) for one in new.entities} if new else set()
        self.db.executemany(
            "DELETE FROM holds WHERE entity = ? AND id = ?",
            [(entity, key) for entity, _ in before - after],
        )
        self.db.executemany(
            "INSERT OR REPLACE INTO holds VALUES (?, ?, ?)",
            [(entity, key, kind) for entity, kind in after - before],
        )

    def _replace(
        self, before: Before, best: dict[str, tuple[str, Extraction] | None], plan: Plan
    ) -> None:
        changes: dict[str, Pair] = {}
        for key, state in before.items():
            found = best[key]
            after = apply(found[1], plan) if found else None
            if state and found and state.key == found[0] and state.corrected == after:
                continue
            changes[key] = (state.corrected if state else None, after)
            self._keep(key, state, found, after)
        self._ledger.update(changes)

    def _keep(
        self,
        key: str,
        state: State | None,
        found: tuple[str, Extraction] | None,
        after: Extraction | None,
    ) -> None:
        if state:
            self._ledger.leave(key, state.trail)
            self.db.execute("DELETE FROM kept WHERE id = ?", (key,))
            self._note_page(state.raw.article.page)
        if found and after:
            page = found[1].article.page
            record = None if after == found[1] else pack_extraction(after)
            self.db.execute(
                "INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (key, found[0], record, page_key(page), input_of(page), source_name(page.source)),
            )
            self._note_page(page)

    def _note_page(self, page: Page) -> None:
        self._ledger.note(INPUT, [input_of(page)])

    def _drop_pages(self, ids: Iterable[str]) -> None:
        """Drop articles that no input holds any more, and pages without articles."""
        for key in ids:
            pages = self.db.execute("SELECT page FROM article WHERE id = ?", (key,)).fetchall()
            self.db.execute(_ORPHANS, (key,))
            self.db.executemany(
                "DELETE FROM page WHERE key = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM article WHERE page = ?1)",
                pages,
            )

    # ── corrections ──────────────────────────────────────────────────────────────────────────

    def _known_plan(self) -> Plan:
        data = self.meta("plan")
        return unpack(data, Plan) if data else Plan()

    def _affected(self, plan: Plan) -> set[str]:
        """Return the articles that a new plan treats otherwise than the one before."""
        old, out = self.plan, set()
        keys = old.edits.keys() | plan.edits.keys()
        out |= {key for key in keys if old.edits.get(key) != plan.edits.get(key)}
        for entity in old.fates.keys() | plan.fates.keys():
            if old.fates.get(entity) != plan.fates.get(entity):
                rows = self.db.execute("SELECT id FROM holds WHERE entity = ?", (entity,))
                out |= {key for (key,) in rows} | keys  # an edit may bring the entity in
        return out

    def _note_plan(self, plan: Plan) -> None:
        if plan == self.plan:
            return
        pairs = {*plan.apart} ^ {*self.plan.apart}
        self._ledger.note(SAME, [f"{one}\t{two}" for one, two in sorted(pairs)])
        self._ledger.note(RULINGS, [""])
        self.set_meta("plan", pack(plan))
        self.plan = plan


class Library:
    """Where corrections are looked up: the articles of a store as they were read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._read: dict[str, Extraction | None] = {}

    def forget(self, ids: Iterable[str] | None = None) -> None:
        """Forget what has been looked up of some articles, or of all."""
        for key in list(self._read) if ids is None else ids:
            self._read.pop(key, None)

    def article(self, key: str) -> Extraction | None:
        """Return what was read from the article with this id."""
        if key not in self._read:
            found = (
                (unpack_extraction(record, unpack(page, Page)))
                for _, record, page in self._db.execute(_OF_ID, (key,))
            )
            self._read[key] = min(found, key=fullness, default=None)
        return self._read[key]

    def with_text(self, digest: str) -> Extraction | None:
        """Return what was read from an article whose text's hash begins so."""
        rows = self._db.execute(
            "SELECT a.id FROM article AS a JOIN located AS l ON l.article = a.key "
            "WHERE a.digest >= ?1 AND a.digest < ?1 || 'g' ORDER BY a.id",
            (digest,),
        ).fetchall()
        kept = (self.article(key) for (key,) in rows if len(digest) >= 6)
        fitting = (one for one in kept if one and text_hash(one.article.text).startswith(digest))
        return next(fitting, None)

    def type_of(self, entity: str) -> str | None:
        """Return the type of an entity, None if no article has it."""
        row = self._db.execute(
            "SELECT type FROM holds WHERE entity = ? ORDER BY id LIMIT 1", (entity,)
        ).fetchone()
        return str(row[0]) if row else None


def _parts(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def input_of(page: Page) -> str:
    """Return the hash that the provenance of a result gives an input by."""
    return hashlib.sha256(page.text.encode("utf-8", "replace")).hexdigest()


def tidy(extraction: Extraction) -> Extraction:
    """Return an extraction as the store keeps it: fit for every export and for encoding."""
    out = fit(extraction)
    page = out.article.page
    text = page.text.encode("utf-8", "replace").decode()
    return (
        out
        if text == page.text
        else replace(out, article=replace(out.article, page=replace(page, text=text)))
    )


def tidy_article(article: Article) -> Article:
    """Return an article as the store keeps it."""
    return tidy(Extraction(article)).article
