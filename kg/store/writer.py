"""The one writer of a store: every call is a transaction, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.corrections.table import FILE as CORRECTIONS
from kg.corrections.table import read_corrections
from kg.errors import OutputError, Problem
from kg.model import Article, Extraction, Page
from kg.store.core import Core, stamp, tidy, tidy_article
from kg.store.database import connect, sole_writer
from kg.store.records import article_key_of, unpack, unpack_extraction

BATCH: Final = 32  # articles that are read anew in one transaction
_STALE: Final = """
SELECT a.record, p.record FROM article AS a JOIN page AS p ON p.key = a.page
WHERE a.stamp != ? ORDER BY a.page, a.key LIMIT ?
"""


@contextmanager
def writing(folder: Path, made_by: str = "") -> Iterator["Writer"]:
    """Open a store to write, and make it if it is not there; OutputError if another one writes."""
    with sole_writer(folder):
        writer = Writer(folder, made_by or stamp())
        try:
            yield writer
        finally:
            writer.close()


@dataclass(frozen=True, slots=True)
class Part:
    """What one reading of an input, or of a part of it, has found."""

    path: str
    turn: int
    extractions: tuple[Extraction, ...] = ()
    known: tuple[Article, ...] = ()


class Writer:
    """Puts articles into a store and takes them out; made by ``writing``."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder = folder
        self.core = Core(connect(folder, write=True), made_by)
        self._db = self.core.db
        self.problems: list[Problem] = []
        self.take_corrections()

    def close(self) -> None:
        """Let go of the files."""
        self._db.close()

    def is_done(self, path: str, digest: str) -> bool:
        """Return whether an input with this content has been read, whole, by this program."""
        row = self._db.execute(
            "SELECT 1 FROM source WHERE path = ? AND digest = ? AND stamp = ?",
            (path, digest, self.core.stamp),
        ).fetchone()
        return row is not None

    def begin(self, path: str) -> int:
        """Return the number of a new reading of an input."""
        row = self._db.execute(
            "SELECT max(turn) FROM (SELECT turn FROM source WHERE path = ?1 "
            "UNION SELECT turn FROM located WHERE path = ?1)",
            (path,),
        ).fetchone()
        return (row[0] or 0) + 1

    def knows(self, article: Article) -> bool:
        """Return whether an article has been read by this program already."""
        row = self._db.execute(
            "SELECT 1 FROM article WHERE key = ? AND stamp = ?",
            (article_key_of(tidy_article(article)), self.core.stamp),
        ).fetchone()
        return row is not None

    def put(
        self,
        path: str,
        turn: int,
        extractions: Iterable[Extraction],
        known: Iterable[Article] = (),
    ) -> None:
        """Put in what was read from an input or a part of it; ``known`` is in the store already."""
        self.put_parts([Part(path, turn, tuple(extractions), tuple(known))])

    def put_parts(self, parts: Iterable[Part]) -> None:
        """Put in what was read from several inputs, in one go."""
        rows, ids, new = [], set(), []
        for part in parts:
            found = [tidy(extraction) for extraction in part.extractions]
            new += found
            for article in (*(one.article for one in found), *map(tidy_article, part.known)):
                ids.add(article.id)
                rows.append((part.path, article_key_of(article), part.turn))
        with self.core.transaction():
            before = self.core.before(ids)
            for extraction in new:
                self.core.insert(extraction)
            self._db.executemany("INSERT OR REPLACE INTO located VALUES (?, ?, ?)", rows)
            self.core.settle(before)

    def end(self, path: str, digest: str, turn: int, problems: Iterable[Problem] = ()) -> None:
        """Note that an input has been read whole: what only earlier readings found is withdrawn."""
        with self.core.transaction():
            ids = self._ids("l.path = ? AND l.turn != ?", path, turn)
            self._db.execute("DELETE FROM located WHERE path = ? AND turn != ?", (path, turn))
            row = (path, digest, self.core.stamp, turn)
            self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?)", row)
            self._db.execute("DELETE FROM problem WHERE path = ?", (path,))
            self._db.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?)",
                [(path, one.source, one.reason, one.fatal) for one in problems],
            )
            self.core.settle_ids(ids)

    def remove(self, name: str) -> int:
        """Withdraw an input by its path or name, or an article by its id; return how many articles.

        Raise OutputError if nothing, or more than one input, is called so.
        """
        path = self._input(name)
        if path:
            with self.core.transaction():
                ids = self._ids("l.path = ?", path)
                for table in ("located", "source", "problem"):
                    self._db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608
                self.core.settle_ids(ids)
            return len(ids)
        return self._remove_article(name)

    def take_corrections(self) -> None:
        """Bring the store in step with its file of corrections."""
        self.core.rows, self.problems = read_corrections(self.folder / CORRECTIONS)
        with self.core.transaction():
            self.core.settle({})

    def stale(self) -> int:
        """Return how many articles were read by another program or with other data."""
        row = self._db.execute("SELECT count(*) FROM article WHERE stamp != ?", (self.core.stamp,))
        return int(row.fetchone()[0])

    def renew(self, read: Callable[[Article], Extraction | None]) -> Iterator[int]:
        """Read articles of another program or other data anew; yield how many, bit by bit.

        An article that ``read`` cannot read keeps what was read before.
        """
        while rows := self._db.execute(_STALE, (self.core.stamp, BATCH)).fetchall():
            old = [unpack_extraction(record, unpack(page, Page)) for record, page in rows]
            new = [tidy(read(one.article) or one) for one in old]
            with self.core.transaction():
                before = self.core.before(one.article.id for one in old)
                for extraction in new:
                    self.core.insert(extraction)
                self.core.settle(before)
            yield len(rows)

    def _remove_article(self, name: str) -> int:
        key = name.removeprefix("article-")
        with self.core.transaction():
            rows = self._db.execute(
                "SELECT l.path, l.article FROM located AS l JOIN article AS a ON a.key = l.article "
                "WHERE a.id = ?",
                (key,),
            ).fetchall()
            if not rows:
                raise OutputError(f"{self.folder}: holds neither an input nor an article «{name}»")
            self._db.executemany("DELETE FROM located WHERE path = ? AND article = ?", rows)
            # so that the input is read again when it is added again
            paths = [(path,) for path, _ in rows]
            self._db.executemany("UPDATE source SET digest = '' WHERE path = ?", paths)
            self.core.settle_ids([key])
        return 1

    def _ids(self, where: str, *values: object) -> list[str]:
        rows = self._db.execute(
            "SELECT DISTINCT a.id FROM located AS l JOIN article AS a ON a.key = l.article "  # noqa: S608
            f"WHERE {where}",
            values,
        )
        return [key for (key,) in rows]

    def _input(self, name: str) -> str:
        """Return the path of the input that a person means; empty if there is none."""
        known = [path for (path,) in self._db.execute("SELECT path FROM source ORDER BY path")]
        known += [path for (path,) in self._db.execute("SELECT DISTINCT path FROM located")]
        for wanted in (name, input_path(Path(name))):
            if wanted in known:
                return wanted
        found = sorted({path for path in known if path.rsplit("/", 1)[-1] == name})
        if len(found) > 1:
            raise OutputError(f"{self.folder}: «{name}» is any of {', '.join(found)}")
        return found[0] if found else ""


def input_path(path: Path) -> str:
    """Return what a store calls an input: its whole path."""
    return path.resolve().as_posix()
