"""One file a format; every edge in every format leads to its sentence."""

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from kg.export.names import BASE
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


def _late(module: str, name: str) -> Exporter:
    """Return an exporter that loads its module when it is first used: some need heavy libraries."""

    def write(graph: KnowledgeGraph, path: Path, base: str) -> None:
        exporter: Exporter = getattr(importlib.import_module(f"kg.export.{module}"), name)
        exporter(graph, path, base)

    return write


EXPORTERS: Final[dict[str, Exporter]] = {
    "explorer.html": _late("html", "write_html"),
    "articles.jsonl": _late("jsonl", "write_jsonl"),
    "graph.nq": _late("rdf", "write_nquads"),
    "graph.trig": _late("rdf", "write_trig"),
    "graph.ttl": _late("rdf", "write_turtle"),
    "graph.nt": _late("rdf", "write_ntriples"),
    "graph.rdf": _late("rdf", "write_rdfxml"),
    "graph.jsonld": _late("jsonld", "write_jsonld"),
    "context.jsonld": _late("jsonld", "write_context"),
    "vocabulary.ttl": _late("vocabulary", "write_vocabulary"),
    "shapes.ttl": _late("vocabulary", "write_shapes"),
    "graph.graphml": _late("graphml", "write_graphml"),
    "graph.gexf": _late("gexf", "write_gexf"),
    "graph.cypher": _late("cypher", "write_cypher"),
    "neo4j/nodes.csv": _late("cypher", "write_neo4j_nodes"),
    "neo4j/relationships.csv": _late("cypher", "write_neo4j_edges"),
    "graph.ftm.jsonl": _late("ftm", "write_ftm"),
    "activities.geojson": _late("geojson", "write_geojson"),
    "tables/entities.csv": _late("tables", "write_entities"),
    "tables/relations.csv": _late("tables", "write_relations"),
    "tables/mentions.csv": _late("tables", "write_mentions"),
    "tables/articles.csv": _late("tables", "write_articles"),
    "tables/outcomes.csv": _late("tables", "write_outcomes"),
    "tables/reprints.csv": _late("tables", "write_reprints"),
    "tables/same_events.csv": _late("tables", "write_same_events"),
}
ON_REQUEST: Final[dict[str, Exporter]] = {"pyvis.html": _late("notebook", "write_pyvis")}
