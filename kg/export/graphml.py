"""GraphML, and the flat form of the graph that XML formats hold: factual edges, plain values."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.files import replacing
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import networkx as nx


def write_graphml(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write GraphML, for yEd, Cytoscape, igraph and networkx."""
    import networkx as nx

    whole = io.BytesIO()
    nx.write_graphml_xml(
        drawn(graph), whole, named_key_ids=True, edge_id_from_attribute="id", prettyprint=False
    )
    with replacing(path) as file:
        file.write(whole.getvalue())


def drawn(graph: KnowledgeGraph) -> "nx.MultiDiGraph":
    """Return the facts as a networkx graph whose attributes are strings, numbers and flags.

    A drawn edge reads as a fact, so that planned, required, alleged and negated claims stay out.
    """
    whole = graph.to_networkx()
    out = whole.__class__()
    for node, data in whole.nodes(data=True):
        out.add_node(node, **{key: _plain(value) for key, value in data.items()})
    for head, tail, key, data in whole.edges(keys=True, data=True):
        if data["factual"]:
            plain = {name: _plain(value) for name, value in data.items()}
            out.add_edge(head, tail, key, id=key, label=data["relation"], **plain)
    unsaid = [
        node
        for node, data in out.nodes(data=True)
        if data["type"] == "OUTCOME" and not out.degree(node)
    ]
    out.remove_nodes_from(unsaid)
    return out


def _plain(value: Any) -> str | int | bool:  # noqa: ANN401 - networkx attributes are anything
    if not isinstance(value, list):
        return value if isinstance(value, int) else str(value)
    return "|".join("-".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
