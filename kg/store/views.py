"""A store's articles and entities as the collections that a knowledge graph is made of.

They are read from the file each time they are gone through, so that memory does not grow with the
store.
"""

import sqlite3
from collections.abc import Collection, ItemsView, Iterator, Mapping, ValuesView

from kg.model import Entity, Extraction, Page
from kg.store.records import unpack, unpack_extraction

_ARTICLES = """
SELECT article.page, page.record, coalesce(kept.record, article.record)
FROM kept JOIN article ON article.key = kept.article JOIN page ON page.key = article.page
"""


class Articles(Collection[Extraction]):
    """What was read from each article that counts, corrections applied, sorted by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM kept").fetchone()[0])

    def __iter__(self) -> Iterator[Extraction]:
        last, page = "", Page("", "")
        rows = self._connection.execute(f"{_ARTICLES} ORDER BY kept.id")
        for key, record, extraction in rows:
            if key != last:  # the articles of a page mostly follow each other
                last, page = key, unpack(record, Page)
            yield unpack_extraction(extraction, page)

    def __contains__(self, extraction: object) -> bool:
        return isinstance(extraction, Extraction) and self.get(extraction.article.id) == extraction

    def get(self, key: str) -> Extraction | None:
        """Return one article by its id."""
        rows = self._connection.execute(f"{_ARTICLES} WHERE kept.id = ?", (key,))
        for _, record, extraction in rows:
            return unpack_extraction(extraction, unpack(record, Page))
        return None


class Entities(Mapping[str, Entity]):
    """The entities by id, sorted by it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getitem__(self, key: str) -> Entity:
        found = self._connection.execute("SELECT record FROM entity WHERE id = ?", (key,))
        for (record,) in found:
            return unpack(record, Entity)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._connection.execute("SELECT id FROM entity ORDER BY id"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM entity").fetchone()[0])

    def items(self) -> ItemsView[str, Entity]:
        """Return ids and entities, read in one go."""
        return _Items(self)

    def values(self) -> ValuesView[Entity]:
        """Return the entities, read in one go."""
        return _Values(self)

    def stream(self) -> Iterator[Entity]:
        """Yield the entities, read in one go."""
        for (record,) in self._connection.execute("SELECT record FROM entity ORDER BY id"):
            yield unpack(record, Entity)


class _Items(ItemsView[str, Entity]):
    _mapping: Entities

    def __iter__(self) -> Iterator[tuple[str, Entity]]:
        return ((one.id, one) for one in self._mapping.stream())


class _Values(ValuesView[Entity]):
    _mapping: Entities

    def __iter__(self) -> Iterator[Entity]:
        return self._mapping.stream()
