"""IRIs: every node, class, property and concept under one base, with names that people can read.

A term is a string as N-Triples has it, ``<…>``: statements are built by the million, and a string is
the cheapest thing to build, to sort and to write.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

BASE: Final = "https://jingwu.example/"
STANDARD: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NOT_IN_NAME: Final = re.compile(r"[^\w-]+")
# Letters, digits and ideographs that NFKC leaves alone; a letter first, no sign last.
_SAFE: Final = re.compile(
    r"[A-Za-z\u3400-\u4dbf\u4e00-\u9fff](?:[0-9A-Za-z_\-\u3400-\u4dbf\u4e00-\u9fff]*[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff])?"
)
_RUN: Final = re.compile(r"-{2,}")


@dataclass(frozen=True)
class Names:
    """The IRIs of one data set; ``base`` ends with a slash or a hash."""

    base: str = BASE

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Return every prefix that an export uses, ours and the standard ones, sorted."""
        ours = {"jw": f"{self.base}def/", "jwc": f"{self.base}concept/", "jwd": f"{self.base}id/"}
        return dict(sorted({**STANDARD, **ours}.items()))

    @cached_property
    def _data(self) -> str:
        return self.prefixes["jwd"]

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}

    def expand(self, short: str) -> str:
        """Return the IRI of a prefixed name of ours or of a standard vocabulary: ``org:Post``."""
        return self.iri(short)[1:-1]

    def iri(self, short: str) -> str:
        """Return the term of a prefixed name of ours or of a standard vocabulary: ``org:Post``."""
        found = self._known.get(short)
        if found is None:
            prefix, _, local = short.partition(":")
            found = self._known[short] = f"<{self.prefixes[prefix]}{local}>"
        return found

    def node(self, key: str) -> str:
        """Return the term of a node of the data: an entity, article, claim, passage."""
        return f"<{self._data}{local_name(key)}>"

    def concept(self, scheme: str, notation: str) -> str:
        """Return the term of a concept; those of the scheme ``status`` go without its name."""
        key = notation if scheme == "status" else f"{scheme}-{notation}"
        return f"<{self.prefixes['jwc']}{local_name(key)}>"

    def rebase(self, text: str) -> str:
        """Return a shipped file (vocabulary, shapes, query) with this base for the default one."""
        return text if self.base == BASE else text.replace(BASE, self.base)


def local_name(key: str) -> str:
    """Return ``key`` as letters, digits, Han characters, - and _ that every RDF tool can read.

    Where that loses something, six hex digits of a hash keep apart what was apart.
    """
    if _SAFE.fullmatch(key) and "--" not in key:  # nearly all: no need to look at each character
        return key
    name = _RUN.sub("-", _NOT_IN_NAME.sub("-", unicodedata.normalize("NFKC", key)))
    name = "".join(char for char in name if _fits(char)).strip("-_")
    if not name or not name[0].isalpha():
        name = f"n-{name}".rstrip("-")
    if name == key:
        return name
    return f"{name}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def _fits(char: str) -> bool:
    """Return whether Turtle allows ``char`` in a local name and every parser reads it."""
    if char.isascii():
        return char.isalnum() or char in "-_"
    return char == "\u3007" or unicodedata.category(char) in {"Lo", "Ll", "Lu"}
