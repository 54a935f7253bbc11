"""JSON-LD 1.1 with our context: nodes as plain JSON objects, one graph an article."""

import json
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.files import replacing
from kg.export.names import STANDARD, Names
from kg.export.rdf import graphs
from kg.graph import KnowledgeGraph
from kg.resources import DATA

CONTEXT: Final = DATA / "ontology" / "context.jsonld"
_TYPE: Final = f"{STANDARD['rdf']}type"
_XSD: Final = STANDARD["xsd"]
_Json = dict[str, Any]


def write_jsonld(graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write the context, the entities, then each article's graph."""
    names = Names(base)
    compact = _Compact(names)
    with replacing(path) as file:
        head = json.dumps(compact.context, ensure_ascii=False, separators=(",", ":"))
        file.write(f'{{"@context":{head},\n"@graph":[\n'.encode())
        comma = b""
        for name, parts in groupby(graphs(graph, names), key=lambda part: part[0]):
            nodes = compact.nodes(triple for _, part in parts for triple in part)
            if name:
                nodes = [{"id": compact.iri(NamedNode(name[1:-1])), "graph": nodes}]
            for node in nodes:
                line = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
                file.write(comma + line.encode())
                comma = b",\n"
        file.write(b"\n]}\n")


def write_context(_graph: KnowledgeGraph, path: Path, base: str) -> None:
    """Write the context alone, to be published beside the data."""
    with replacing(path) as file:
        file.write(Names(base).rebase(CONTEXT.read_text(encoding="utf-8")).encode())


@cache
def _shipped(base: str) -> _Json:
    whole: _Json = json.loads(Names(base).rebase(CONTEXT.read_text(encoding="utf-8")))
    return dict(whole["@context"])


class _Compact:
    """Shortens triples to JSON by the terms of the context."""

    def __init__(self, names: Names) -> None:
        self.context = _shipped(names.base)
        self._prefixes = {
            value: key for key, value in self.context.items() if isinstance(value, str)
        }
        self._terms: dict[tuple[str, str], str] = {}
        for term, given in self.context.items():
            if isinstance(given, dict) and "@id" in given:
                kind = given.get("@type") or f"@{given.get('@language', '')}"
                self._terms[self._expand(given["@id"]), self._expand(kind)] = term

    def nodes(self, triples: Iterable[Triple]) -> list[_Json]:
        """Return one object a subject; triples of one subject are neighbours."""
        ordered = sorted(triples, key=lambda triple: str(triple.subject))
        return [
            self._node(subject, group)
            for subject, group in groupby(ordered, key=lambda triple: triple.subject)
            if isinstance(subject, NamedNode)
        ]

    def iri(self, node: NamedNode) -> str:
        """Return the prefixed form of an IRI."""
        cut = max(node.value.rfind("/"), node.value.rfind("#")) + 1
        prefix = self._prefixes.get(node.value[:cut])
        return f"{prefix}:{node.value[cut:]}" if prefix and cut < len(node.value) else node.value

    def _node(self, subject: NamedNode, triples: Iterable[Triple]) -> _Json:
        out: dict[str, list[Any]] = {}
        for triple in triples:
            key, value = self._pair(triple)
            out.setdefault(key, []).append(value)
        plain = {key: values[0] if len(values) == 1 else values for key, values in out.items()}
        types = {"type": plain.pop("type")} if "type" in plain else {}
        return {"id": self.iri(subject), **types, **plain}

    def _pair(self, triple: Triple) -> tuple[str, Any]:
        predicate, value = triple.predicate, triple.object
        if isinstance(value, NamedNode):
            if predicate.value == _TYPE:
                return "type", self.iri(value)
            term = self._terms.get((predicate.value, "@id"))
            return (
                (term, self.iri(value)) if term else (self.iri(predicate), {"@id": self.iri(value)})
            )
        if not isinstance(value, Literal):
            raise TypeError(f"neither IRI nor literal: {value}")
        return self._literal(predicate, value)

    def _literal(self, predicate: NamedNode, value: Literal) -> tuple[str, Any]:
        kind = f"@{value.language}" if value.language else value.datatype.value
        if term := self._terms.get((predicate.value, kind)):
            return term, _native(value)
        if kind == f"{_XSD}string":
            return self._terms.get((predicate.value, "@"), self.iri(predicate)), value.value
        if value.language:
            return self.iri(predicate), {"@value": value.value, "@language": value.language}
        if kind in {f"{_XSD}integer", f"{_XSD}boolean"}:
            return self.iri(predicate), _native(value)
        typed = {"@value": value.value, "@type": self.iri(value.datatype)}
        return self.iri(predicate), typed

    def _expand(self, short: str) -> str:
        prefix, _, local = short.partition(":")
        return f"{self.context[prefix]}{local}" if local and prefix in self.context else short


def _native(value: Literal) -> str | int | bool:
    if value.datatype.value == f"{_XSD}integer":
        return int(value.value)
    if value.datatype.value == f"{_XSD}boolean":
        return value.value == "true"
    return value.value
