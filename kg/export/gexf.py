"""GEXF with positions, colours and sizes, so that Gephi opens a picture and not a heap."""

import io
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.export.files import replacing
from kg.export.graphml import drawn
from kg.export.layout import place
from kg.export.statements import is_day
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import networkx as nx

# Okabe–Ito and neutrals, as in the explorer.
COLOURS: Final = {
    "UNIT": "0072b2",
    "ORG": "e69f00",
    "LOC": "00805e",
    "ACT": "c85600",
    "PER": "b9578f",
    "TIME": "56b4e9",
    "DOC": "e5d73b",
    "METHOD": "6d4c9f",
    "GROUP": "6f7a83",
    "ARTICLE": "26323b",
    "OUTCOME": "bbbbbb",
}
# GEXF reads these names as the life span of a node or edge; ours are offsets and plain dates.
_TAKEN: Final = {"start": "from", "end": "to"}


def write_gexf(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write GEXF 1.2 for Gephi."""
    from networkx.readwrite.gexf import GEXFWriter

    picture = _picture(drawn(graph))
    writer = GEXFWriter(encoding="utf-8", prettyprint=False)
    writer.add_graph(picture)
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate")  # the same bytes every day
    whole = io.BytesIO()
    writer.write(whole)
    with replacing(path) as file:
        file.write(whole.getvalue())


def _picture(graph: "nx.MultiDiGraph") -> "nx.MultiDiGraph":
    number = {node: index for index, node in enumerate(graph)}
    ends = [(number[head], number[tail]) for head, tail in graph.edges()]
    heads, tails = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    layout = place(len(number), heads, tails)
    since = _first_days(graph)
    out = graph.__class__()
    for node, data in graph.nodes(data=True):
        index = number[node]
        at = {"x": float(layout.x[index]), "y": -float(layout.y[index]), "z": 0.0}
        size = round(6 + 4 * math.sqrt(graph.degree(node)), 1)
        viz = {"color": _colour(str(data["type"])), "position": at, "size": size}
        out.add_node(node, viz=viz, **_renamed(data), **_life(since.get(node, "")))
    for head, tail, key, data in graph.edges(keys=True, data=True):
        day = str(graph.nodes[data["article"]]["date"])
        out.add_edge(head, tail, key, **_renamed(data), **_life(day))
    return out


def _first_days(graph: "nx.MultiDiGraph") -> dict[str, str]:
    """Return for each node the day of the first article that speaks of it: Gephi's timeline."""
    since: dict[str, str] = {}
    for head, tail, data in graph.edges(data=True):
        day = str(graph.nodes[data["article"]]["date"])
        for node in (head, tail) if is_day(day) else ():
            since[node] = min(day, since.get(node, day))
    return since


def _life(day: str) -> dict[str, str]:
    return {"start": day} if is_day(day) else {}


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {_TAKEN.get(key, key): value for key, value in data.items()}


def _colour(kind: str) -> dict[str, int | float]:
    red, green, blue = bytes.fromhex(COLOURS[kind])
    return {"r": red, "g": green, "b": blue, "a": 1.0}
