"""GeoJSON (RFC 7946) of the activities that can be located, with how well they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kg.export.files import replacing
from kg.graph import KnowledgeGraph
from kg.model import FACTUAL, Claim, Entity, Extraction


def write_geojson(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write a feature an activity of an article; the datum is that of the gazetteer (data/README.md)."""
    features = list(_features(graph))
    document = {"type": "FeatureCollection", "features": features}
    with replacing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


def _features(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    above = _containers(graph)
    for extraction in graph.extractions:
        facts = [claim for claim in extraction.claims if claim.status in FACTUAL]
        acts = {claim.tail: claim for claim in facts if claim.relation == "organizes"}
        acts |= {claim.head: claim for claim in facts if claim.relation == "held_at"}
        for key in sorted(acts):
            where = _where(graph, above, key, facts)
            if where is not None:
                yield _feature(graph, extraction, acts[key], graph.entities[key], where, facts)


def _containers(graph: KnowledgeGraph) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for _, claim in graph.claims():
        if claim.relation == "located_in" and claim.status in FACTUAL:
            found.setdefault(claim.head, set()).add(claim.tail)
    return {key: sorted(places) for key, places in found.items()}


def _where(
    graph: KnowledgeGraph, above: dict[str, list[str]], act: str, facts: list[Claim]
) -> tuple[list[float], str] | None:
    """Return coordinates of an activity and how near they are to it."""
    venues = sorted(c.tail for c in facts if c.relation == "held_at" and c.head == act)
    units = sorted(c.head for c in facts if c.relation == "organizes" and c.tail == act)
    for precision, starts in (("place", venues), ("region", venues), ("unit", units)):
        for start in starts:
            chain = [start] if precision == "place" else _upwards(start, above)
            for key in chain:
                point = _point(graph.entities[key])
                if point:
                    return point, precision
    return None


def _upwards(start: str, above: dict[str, list[str]]) -> Iterator[str]:
    seen, queue = set(), [start]
    while queue:
        key = queue.pop(0)
        if key not in seen:
            seen.add(key)
            yield key
            queue += above.get(key, [])


def _point(entity: Entity) -> list[float] | None:
    east, north = entity.attributes.get("longitude"), entity.attributes.get("latitude")
    return [float(east), float(north)] if east and north else None


def _feature(
    graph: KnowledgeGraph,
    extraction: Extraction,
    claim: Claim,
    act: Entity,
    where: tuple[list[float], str],
    facts: list[Claim],
) -> dict[str, Any]:
    article = extraction.article
    units = {c.head for c in facts if c.relation == "organizes" and c.tail == act.id}
    return {
        "type": "Feature",
        "id": f"{article.id}-{act.id}",
        "geometry": {"type": "Point", "coordinates": where[0]},
        "properties": {
            "name": act.name,
            "kind": act.attributes.get("kind", ""),
            "topic": act.attributes.get("topic", ""),
            "units": sorted(graph.entities[key].name for key in units),
            "precision": where[1],
            "date": article.page.date,
            "article": article.title,
            "outlet": article.page.outlet,
            "quote": claim.evidence[0].text,
        },
    }
