"""Cypher: a script that loads the graph into Neo4j and its kin, and files for neo4j-admin's bulk import.

The script merges, so that running it twice changes nothing. Claims that are no facts are in it too,
under another relationship type (PLANNED_ORGANIZES), so that no query takes them for facts.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.export.files import replacing
from kg.graph import MENTIONS, KnowledgeGraph

Value = str | int | bool | list[str]
_ARRAY: Final = ";"  # neo4j-admin's own separator in an array
_EDGE: Final = ("claim", "status", "rule", "article", "start", "end", "quote", "post")
_NODE: Final = (
    "label",
    "aliases",
    "code",
    "kind",
    "topic",
    "level",
    "function",
    "date",
    "outlet",
    "edtf",
)


def write_cypher(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write one statement a line: a constraint, the nodes, the relationships."""
    with replacing(path) as file:
        file.write(
            b"CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n"
        )
        for key, kind, values in _nodes(graph):
            line = f"MERGE (n:Entity {{id: {_literal(key)}}}) SET n:{kind}, n += {_map(values)};\n"
            file.write(line.encode())
        for head, tail, name, values in _edges(graph):
            claim = _map({"claim": values["claim"]})
            line = (
                f"MATCH (a:Entity {{id: {_literal(head)}}}), (b:Entity {{id: {_literal(tail)}}}) "
                f"MERGE (a)-[r:{name} {claim}]->(b) SET r += {_map(values)};\n"
            )
            file.write(line.encode())


def write_neo4j_nodes(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write the nodes for ``neo4j-admin database import``."""
    columns = ("id:ID", *(f"{key}:string[]" if key in _LISTS else key for key in _NODE), ":LABEL")
    rows = (
        (key, *(_cell(values.get(name, "")) for name in _NODE), f"Entity;{kind}")
        for key, kind, values in _nodes(graph)
    )
    _write(path, columns, rows)


def write_neo4j_edges(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write the relationships for ``neo4j-admin database import``."""
    typed = (f"{key}:int" if key in ("start", "end") else key for key in _EDGE)
    rows = (
        (head, *(_cell(values.get(key, "")) for key in _EDGE), tail, name)
        for head, tail, name, values in _edges(graph)
    )
    _write(path, (":START_ID", *typed, ":END_ID", ":TYPE"), rows)


_LISTS: Final = frozenset({"aliases", "topic"})


def _nodes(graph: KnowledgeGraph) -> Iterator[tuple[str, str, dict[str, Value]]]:
    for key, data in graph.to_networkx().nodes(data=True):
        values = {name: _value(name, data[name]) for name in _NODE if data.get(name)}
        yield key, str(data["type"]), values


def _value(name: str, value: object) -> Value:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value).split(",") if name in _LISTS else str(value)


def _edges(graph: KnowledgeGraph) -> Iterator[tuple[str, str, str, dict[str, Value]]]:
    for head, tail, key, data in graph.to_networkx().edges(keys=True, data=True):
        values: dict[str, Value] = {"claim": key.partition("#")[2]}
        values |= {name: data[name] for name in _EDGE if data.get(name) not in (None, "")}
        yield head, tail, _relationship(str(data["relation"]), data), values


def _relationship(relation: str, data: Mapping[str, object]) -> str:
    name = relation.upper()
    return name if relation == MENTIONS or data["factual"] else f"{data['status']}_{name}".upper()


def _map(values: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{key}: {_literal(value)}" for key, value in values.items()) + "}"


def _literal(value: Value) -> str:
    """Return a Cypher literal: JSON's escapes are a subset of Cypher's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _cell(value: Value) -> str | int:
    if isinstance(value, list):
        return _ARRAY.join(one.replace(_ARRAY, "；") for one in value)
    return value


def _write(path: Path, columns: Iterable[str], rows: Iterable[tuple[str | int, ...]]) -> None:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(list(columns))
        writer.writerows(rows)
        text.flush()
        text.detach()
