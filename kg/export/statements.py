"""Triples of one graph, gathered, freed of doubles and sorted; and the literals that go in them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.names import Names

HAN: Final = "zh-hans"  # lower case: pyoxigraph lower-cases tags, rdflib keeps them
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Statements:
    """The triples of one graph; ``sorted`` gives each once, in an order that is always the same."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._triples: dict[str, Triple] = {}

    def add(self, subject: NamedNode, predicate: str, *objects: NamedNode | Literal) -> None:
        """Add a triple for each of ``objects``; ``predicate`` is a prefixed name."""
        self.put(subject, self.names.iri(predicate), *objects)

    def put(self, subject: NamedNode, predicate: NamedNode, *objects: NamedNode | Literal) -> None:
        """Add a triple for each of ``objects``."""
        for value in objects:
            triple = Triple(subject, predicate, value)
            self._triples[str(triple)] = triple

    def update(self, triples: Iterable[Triple]) -> None:
        """Add triples that are made already."""
        self._triples.update((str(triple), triple) for triple in triples)

    def key(self, subject: NamedNode, key: str) -> None:
        """Say by which key the other formats know ``subject``, where its IRI cannot hold it."""
        if subject.value != f"{self.names.prefixes['jwd']}{key}":
            self.string(subject, "jw:key", key)

    def type(self, subject: NamedNode, *classes: str) -> None:
        """Say of which classes ``subject`` is."""
        self.add(subject, "rdf:type", *map(self.names.iri, classes))

    def string(self, subject: NamedNode, predicate: str, value: str) -> None:
        """Add a plain string, unless it is empty."""
        if value:
            self.add(subject, predicate, Literal(value))

    def words(self, subject: NamedNode, predicate: str, value: str) -> None:
        """Add a text in Chinese, unless it is empty."""
        if value:
            self.add(subject, predicate, Literal(value, language=HAN))

    def english(self, subject: NamedNode, predicate: str, value: str) -> None:
        """Add a text in English, unless it is empty."""
        if value:
            self.add(subject, predicate, Literal(value, language="en"))

    def day(self, subject: NamedNode, predicate: str, value: str) -> None:
        """Add a date, if ``value`` is one to the day."""
        if is_day(value):
            self.add(subject, predicate, self._typed(value, "xsd:date"))

    def number(self, subject: NamedNode, predicate: str, value: str | int) -> None:
        """Add a number in canonical form; what is none stays a string."""
        self.add(subject, predicate, self._number(str(value)))

    def truth(self, subject: NamedNode, predicate: str) -> None:
        """Add that something is so."""
        self.add(subject, predicate, self._typed("true", "xsd:boolean"))

    def __iter__(self) -> Iterator[Triple]:
        """Yield each triple once, sorted."""
        return (self._triples[key] for key in sorted(self._triples))

    def __len__(self) -> int:
        return len(self._triples)

    def _number(self, value: str) -> Literal:
        plain = value.replace(",", "")
        if not _NUMBER.fullmatch(plain):
            return Literal(value)
        number = Decimal(plain)
        if number == number.to_integral_value():
            return self._typed(str(int(number)), "xsd:integer")
        return self._typed(str(number.normalize()), "xsd:decimal")

    def _typed(self, value: str, datatype: str) -> Literal:
        return Literal(value, datatype=self.names.iri(datatype))


def is_day(value: str) -> bool:
    """Return whether ``value`` is a date of the calendar, to the day, in ISO 8601."""
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False
