"""One file a format; every edge in every format leads to its sentence."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from kg.export.cypher import write_cypher, write_neo4j_edges, write_neo4j_nodes
from kg.export.ftm import write_ftm
from kg.export.geojson import write_geojson
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.html import write_html
from kg.export.jsonl import write_jsonl
from kg.export.jsonld import write_context, write_jsonld
from kg.export.names import BASE
from kg.export.notebook import write_pyvis
from kg.export.rdf import write_nquads, write_ntriples, write_rdfxml, write_trig, write_turtle
from kg.export.tables import (
    write_articles,
    write_entities,
    write_mentions,
    write_outcomes,
    write_relations,
    write_reprints,
    write_same_events,
)
from kg.export.vocabulary import write_shapes, write_vocabulary
from kg.graph import KnowledgeGraph

Exporter = Callable[[KnowledgeGraph, Path, str], None]


def export(
    graph: KnowledgeGraph, folder: Path, base: str = BASE, names: Iterable[str] | None = None
) -> list[Path]:
    """Write ``graph`` into ``folder``, in every format or those named, and return the files.

    ``names`` are file names of EXPORTERS or ON_REQUEST; ``base`` is the start of every IRI and ends with / or #.
    Raise OutputError if the folder cannot be written.
    """
    known = EXPORTERS | ON_REQUEST
    chosen = EXPORTERS if names is None else {name: known[name] for name in names}
    for name, write in chosen.items():
        write(graph, folder / name, base)
    return [folder / name for name in chosen]


EXPORTERS: Final[dict[str, Exporter]] = {
    "explorer.html": write_html,
    "articles.jsonl": write_jsonl,
    "graph.nq": write_nquads,
    "graph.trig": write_trig,
    "graph.ttl": write_turtle,
    "graph.nt": write_ntriples,
    "graph.rdf": write_rdfxml,
    "graph.jsonld": write_jsonld,
    "context.jsonld": write_context,
    "vocabulary.ttl": write_vocabulary,
    "shapes.ttl": write_shapes,
    "graph.graphml": write_graphml,
    "graph.gexf": write_gexf,
    "graph.cypher": write_cypher,
    "neo4j/nodes.csv": write_neo4j_nodes,
    "neo4j/relationships.csv": write_neo4j_edges,
    "graph.ftm.jsonl": write_ftm,
    "activities.geojson": write_geojson,
    "tables/entities.csv": write_entities,
    "tables/relations.csv": write_relations,
    "tables/mentions.csv": write_mentions,
    "tables/articles.csv": write_articles,
    "tables/outcomes.csv": write_outcomes,
    "tables/reprints.csv": write_reprints,
    "tables/same_events.csv": write_same_events,
}
ON_REQUEST: Final[dict[str, Exporter]] = {"pyvis.html": write_pyvis}
