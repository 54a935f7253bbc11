"""Triples of one graph, gathered, freed of doubles and sorted; and the literals that go in them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse

from kg.export.names import Names

HAN: Final = "zh-hans"  # lower case: pyoxigraph lower-cases tags, rdflib keeps them
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What canonical N-Triples escapes: https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples
_ESCAPED: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_SHORT: Final = {
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\f": r"\f",
    "\r": r"\r",
    '"': r"\"",
    "\\": r"\\",
}


def literal(text: str, language: str = "") -> str:
    """Return the term of a plain text, or of one in a language."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return f'"{text}"@{language}' if language else f'"{text}"'


class Statements:
    """The triples of one graph; iteration gives each once, in an order that is always the same."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Add a triple for each of ``objects``, all terms; ``predicate`` is a prefixed name."""
        term = self.names.iri(predicate)
        for value in objects:
            self._lines.add(f"{subject} {term} {value}")

    def ready(self, *lines: str) -> None:
        """Add triples that are put together already."""
        self._lines.update(lines)

    def put(self, subject: str, predicate: str, *objects: str) -> None:
        """Add a triple for each of ``objects``, all terms."""
        for value in objects:
            self._lines.add(f"{subject} {predicate} {value}")

    def update(self, other: "Statements") -> None:
        """Add the triples of ``other``."""
        self._lines |= other._lines

    def key(self, subject: str, key: str) -> None:
        """Say by which key the other formats know ``subject``, where its IRI cannot hold it."""
        if subject != f"<{self.names.prefixes['jwd']}{key}>":
            self.string(subject, "jw:key", key)

    def type(self, subject: str, *classes: str) -> None:
        """Say of which classes ``subject`` is."""
        self.add(subject, "rdf:type", *map(self.names.iri, classes))

    def string(self, subject: str, predicate: str, value: str) -> None:
        """Add a plain string, unless it is empty."""
        if value:
            self.add(subject, predicate, literal(value))

    def words(self, subject: str, predicate: str, value: str) -> None:
        """Add a text in Chinese, unless it is empty."""
        if value:
            self.add(subject, predicate, literal(value, HAN))

    def english(self, subject: str, predicate: str, value: str) -> None:
        """Add a text in English, unless it is empty."""
        if value:
            self.add(subject, predicate, literal(value, "en"))

    def day(self, subject: str, predicate: str, value: str) -> None:
        """Add a date, if ``value`` is one to the day."""
        if is_day(value):
            self.add(subject, predicate, self._typed(value, "xsd:date"))

    def number(self, subject: str, predicate: str, value: str | int) -> None:
        """Add a number in canonical form; what is none stays a string."""
        self.add(subject, predicate, self._number(value))

    def truth(self, subject: str, predicate: str) -> None:
        """Add that something is so."""
        self.add(subject, predicate, self._typed("true", "xsd:boolean"))

    def __iter__(self) -> Iterator[Triple]:
        """Yield each triple once, sorted."""
        text = "".join(f"{line} .\n" for line in self.lines())
        return (quad.triple for quad in parse(text, RdfFormat.N_TRIPLES))

    def lines(self) -> list[str]:
        """Return each triple once as N-Triples has it, without its full stop, sorted."""
        return sorted(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def _number(self, value: str | int) -> str:
        if isinstance(value, int):
            return self._typed(str(value), "xsd:integer")
        plain = value.replace(",", "")
        if not _NUMBER.fullmatch(plain):
            return literal(value)
        number = Decimal(plain)
        if number == number.to_integral_value():
            return self._typed(str(int(number)), "xsd:integer")
        return self._typed(str(number.normalize()), "xsd:decimal")

    def _typed(self, value: str, datatype: str) -> str:
        return f'"{value}"^^{self.names.iri(datatype)}'


def is_day(value: str) -> bool:
    """Return whether ``value`` is a date of the calendar, to the day, in ISO 8601."""
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False
