"""The SQLite file of a store: its tables, how it is opened, and the lock of the one writer.

Everything that follows from the articles is kept beside them in countable form, so that one article
can be put in or taken out without a look at the others. ``article`` and ``page`` are the truth, the
rest can be made from them again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import OutputError

FILE: Final = "records.sqlite"
LOCK: Final = "writer.lock"
LAYOUT: Final = "2"  # of these tables; a store of another layout is not touched
_PATIENCE: Final = 30  # seconds that a reader waits for a checkpoint
SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
-- inputs: the file's hash, what it was read with, and the turn of its last complete reading
CREATE TABLE source (path TEXT PRIMARY KEY, digest TEXT, stamp TEXT, turn INT) WITHOUT ROWID;
CREATE TABLE problem (path TEXT, source TEXT, reason TEXT, fatal INT);
CREATE TABLE page (key TEXT PRIMARY KEY, record BLOB);
CREATE TABLE article (
  key TEXT PRIMARY KEY, id TEXT, page TEXT, digest TEXT, stamp TEXT, record BLOB);
CREATE INDEX article_id ON article (id);
CREATE INDEX article_page ON article (page);
CREATE INDEX article_digest ON article (digest);
CREATE INDEX article_stamp ON article (stamp);
CREATE TABLE located (path TEXT, article TEXT, turn INT, PRIMARY KEY (path, article)) WITHOUT ROWID;
CREATE INDEX located_article ON located (article);
-- the article that counts for an id; record is NULL where no correction changes it
CREATE TABLE kept (
  id TEXT PRIMARY KEY, article TEXT, record BLOB, page TEXT, input TEXT, name TEXT, trail BLOB);
CREATE INDEX kept_page ON kept (page, id);
CREATE INDEX kept_input ON kept (input, name);
CREATE TABLE holds (entity TEXT, id TEXT, type TEXT, PRIMARY KEY (entity, id)) WITHOUT ROWID;
CREATE TABLE vote (
  entity TEXT, field TEXT, value TEXT, n INT, PRIMARY KEY (entity, field, value)) WITHOUT ROWID;
CREATE TABLE entity (id TEXT PRIMARY KEY, record BLOB);
CREATE TABLE uses (kind TEXT, key TEXT, n INT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
-- links between articles
CREATE TABLE band (key INT, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE near (one TEXT, two TEXT, reason TEXT, PRIMARY KEY (one, two)) WITHOUT ROWID;
CREATE INDEX near_two ON near (two);
CREATE TABLE reprint (id TEXT PRIMARY KEY, origin TEXT, reason TEXT) WITHOUT ROWID;
CREATE INDEX reprint_origin ON reprint (origin);
CREATE TABLE mark (key TEXT, id TEXT, acts INT, PRIMARY KEY (key, id, acts)) WITHOUT ROWID;
CREATE TABLE same (
  first TEXT, second TEXT, one TEXT, two TEXT, reason TEXT,
  PRIMARY KEY (first, second, one, two)) WITHOUT ROWID;
CREATE INDEX same_one ON same (one);
CREATE INDEX same_two ON same (two);
-- what SPARQL does not know yet
CREATE TABLE pending (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """Return a connection to a store; writing makes it if it is not there.

    Raise OutputError if there is none to read, or it is none of ours.
    """
    path = folder / FILE
    if not path.is_file() and not write:
        raise OutputError(f"{folder}: is no store; make one with: kg add {folder} PAGES…")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -64000")
        _prepare(connection, folder, write=write)
    except (OSError, sqlite3.DatabaseError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{folder}: cannot be opened as a store: {reason}") from error
    return connection


def _prepare(connection: sqlite3.Connection, folder: Path, *, write: bool) -> None:
    there = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not there and write:
        connection.executescript(f"BEGIN; {SCHEMA}")
        connection.execute("INSERT INTO meta VALUES ('layout', ?)", (LAYOUT,))
        connection.execute("COMMIT")
    found = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    if not found or found[0] != LAYOUT:
        raise OutputError(f"{folder}: was made by another version of kg; build it anew")


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold the right to write; raise OutputError at once if another process has it.

    The operating system takes the lock back whatever way a process ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{folder}: {getattr(error, 'strerror', None) or error}") from error
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"{folder}: another kg is writing to this store; try again when it is done"
            ) from error
        yield
    finally:
        lock.close()
