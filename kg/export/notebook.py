"""A graph, or what lies around a node of it, as a pyvis network for notebooks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from kg.errors import InputError
from kg.export.html import title_of
from kg.export.layout import place
from kg.graph import KnowledgeGraph
from kg.model import FACTUAL, STATUSES, TYPES, Article, Claim, Entity
from kg.ontology import labels

if TYPE_CHECKING:
    from kg.export.offline import OfflineNetwork

# Colour and shape by type, the colours as the explorer has them: never colour alone.
STYLES: Final = {
    "UNIT": ("#0072B2", "dot"),
    "ORG": ("#E69F00", "square"),
    "LOC": ("#00805E", "triangleDown"),
    "ACT": ("#C85600", "star"),
    "PER": ("#B9578F", "triangle"),
    "TIME": ("#56B4E9", "diamond"),
    "DOC": ("#C4B500", "square"),
    "METHOD": ("#6D4C9F", "hexagon"),
    "GROUP": ("#6F7A83", "diamond"),
}
DASHES: Final = {"planned": [7, 5], "required": [8, 4, 2, 4], "alleged": [2, 4], "negated": [3, 7]}
FACT: Final = "#8a99a5"
DOUBT: Final = "#7a3fb0"
LONGEST: Final = 16  # characters of a label; the title has the whole name
SPREAD: Final = 2.1  # vis draws names without regard to each other: they need the room
MANY: Final = 150  # nodes above which names show only when one zooms in, and there is room
QUOTES: Final = 3  # passages in the title of an edge
QUOTED: Final = 90  # characters of each
NAMED: Final = 60  # edges up to which each bears the name of its relation
HEAVY: Final = 1500  # edges above which they are hidden while the picture moves

_Edges: TypeAlias = Mapping[tuple[str, str, str, str], list[tuple[Article, Claim]]]


def to_pyvis(
    graph: KnowledgeGraph, around: str | Iterable[str] | None = None, depth: int = 1
) -> "OfflineNetwork":
    """Return ``graph``, or what is within ``depth`` steps of ``around``, as a pyvis network.

    ``around`` is an id, a name or an alias, or several; positions are computed here and physics is
    off. Raise InputError if nothing has such a name.
    """
    from kg.export.offline import OfflineNetwork

    kept, edges = _chosen(graph, around, depth)
    net = OfflineNetwork(heading=title_of(graph))
    degree: defaultdict[str, int] = defaultdict(int)
    for head, tail, *_ in edges:
        degree[head] += 1
        degree[tail] += 1
    for entity, (x, y) in zip(kept, _places(kept, edges), strict=True):
        net.add_node(entity.id, **_node(entity, degree[entity.id]), x=x, y=y)
    _add_edges(net, edges)
    net.legend = _legend({entity.type for entity in kept}, {key[3] for key in edges})
    if len(edges) > HEAVY:
        hide = {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "hover": False}
        net.set_options({"interaction": {**hide, "tooltipDelay": 80}})
    return net


def write_pyvis(graph: KnowledgeGraph, path: Path, _base: str = "") -> None:
    """Write the whole graph as a pyvis page that loads nothing."""
    to_pyvis(graph).write_html(str(path))


# ── what is shown ────────────────────────────────────────────────────────────────────────────


def _chosen(
    graph: KnowledgeGraph, around: str | Iterable[str] | None, depth: int
) -> tuple[list[Entity], _Edges]:
    edges: defaultdict[tuple[str, str, str, str], list[tuple[Article, Claim]]] = defaultdict(list)
    for extraction, claim in graph.claims():
        if claim.tail:
            key = claim.head, claim.tail, claim.relation, claim.status
            edges[key].append((extraction.article, claim))
    names = set(graph.entities) if around is None else _ball(edges, _roots(graph, around), depth)
    kept = [entity for key, entity in sorted(graph.entities.items()) if key in names]
    inside = {
        key: claims
        for key, claims in sorted(edges.items())
        if key[0] in names and key[1] in names and key[0] != key[1]
    }
    return kept, inside


def _roots(graph: KnowledgeGraph, around: str | Iterable[str]) -> set[str]:
    wanted = [around] if isinstance(around, str) else list(around)
    found: set[str] = set()
    for name in wanted:
        same = {
            key
            for key, entity in graph.entities.items()
            if name in (key, entity.name, *entity.aliases)
        }
        if not same:
            raise InputError(f"{name}: nothing in the graph has this id or name")
        found |= same
    return found


def _ball(edges: _Edges, roots: set[str], depth: int) -> set[str]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for head, tail, *_ in edges:
        near[head].add(tail)
        near[tail].add(head)
    found, rim = set(roots), set(roots)
    for _ in range(depth):
        rim = {other for node in rim for other in near[node]} - found
        found |= rim
    return found


def _places(kept: list[Entity], edges: _Edges) -> list[list[float]]:
    index = {entity.id: number for number, entity in enumerate(kept)}
    ends = np.array([[index[key[0]], index[key[1]]] for key in edges], np.int64).reshape(-1, 2)
    layout = place(len(kept), ends[:, 0], ends[:, 1])
    spread = SPREAD if len(kept) <= MANY else 1.0
    return (np.stack([layout.x, layout.y], axis=1) * spread).round(1).tolist()  # type: ignore[no-any-return]


# ── how it looks ─────────────────────────────────────────────────────────────────────────────


def _node(entity: Entity, degree: int) -> dict[str, Any]:
    colour, shape = STYLES[entity.type]
    lines = [entity.name, labels("type")[entity.type].zh]
    if entity.aliases:
        lines.append(f"又作：{'、'.join(entity.aliases)}")
    lines.append(f"{degree} 条关系")
    return {
        "label": _cut(entity.name, LONGEST),
        "title": "\n".join(lines),
        "color": colour,
        "shape": shape,
        "size": round(8 + min(14.0, 2.2 * degree**0.5), 1),
        "physics": False,
        "font": {"size": 13, "strokeWidth": 3},
    }


def _add_edges(net: "OfflineNetwork", edges: _Edges) -> None:
    between: defaultdict[frozenset[str], int] = defaultdict(int)
    for (head, tail, relation, status), claims in edges.items():
        nth = between[frozenset((head, tail))]
        between[frozenset((head, tail))] += 1
        word = labels("relation")[relation].zh
        options: dict[str, Any] = {
            "title": _said(word, status, claims),
            "color": FACT if status in FACTUAL else DOUBT,
            "dashes": DASHES.get(status, False),
            "arrows": {"to": {"enabled": relation != "cooperates_with", "scaleFactor": 0.5}},
        }
        if nth:  # the second, third … edge between two nodes bends aside
            side = "curvedCW" if nth % 2 else "curvedCCW"
            options["smooth"] = {"enabled": True, "type": side, "roundness": 0.12 * (nth + 1)}
        if len(edges) <= NAMED:
            options["label"] = word
            options["font"] = {"size": 10, "color": "#55646f", "strokeWidth": 3}
        net.add_edge(head, tail, **options)


def _said(word: str, status: str, claims: list[tuple[Article, Claim]]) -> str:
    lines = [f"{word} · {labels('status')[status].zh}"]
    for article, claim in claims[:QUOTES]:
        lines.append(f"“{_cut(claim.evidence[0].text, QUOTED)}”")
        lines.append(" ".join(filter(None, (article.page.outlet, article.page.date))))
    if len(claims) > QUOTES:
        lines.append(f"另有 {len(claims) - QUOTES} 处")
    return "\n".join(filter(None, lines))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _legend(types: set[str], statuses: set[str]) -> list[dict[str, Any]]:
    """Return the signs in use: a shape a type, a line a status that is no plain fact."""
    signs: list[dict[str, Any]] = [
        {"label": labels("type")[key].zh, "colour": STYLES[key][0], "shape": STYLES[key][1]}
        for key in TYPES
        if key in types
    ]
    for key in (status for status in STATUSES if status in statuses and status in DASHES):
        word = labels("status")[key].zh
        signs.append({"label": word, "colour": DOUBT, "shape": "line", "dashes": DASHES[key]})
    return signs
