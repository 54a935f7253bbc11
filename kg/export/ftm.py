"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools around OpenSanctions.

https://followthemoney.tech says what schemata and properties there are. Only facts become links:
FollowTheMoney has no way to say that something is planned.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from kg.export.files import replacing
from kg.graph import KnowledgeGraph, article_node, claim_key, credits_text
from kg.model import FACTUAL, Claim, Entity, Extraction

SCHEMATA: Final = {
    "UNIT": "PublicBody",
    "ORG": "Organization",
    "LOC": "Address",
    "ACT": "Event",
    "PER": "Person",
}
_ENDS: Final = {
    "cooperates_with": ("UnknownLink", "subject", "object"),
    "part_of_unit": ("UnknownLink", "subject", "object"),
    "has_post": ("Employment", "employee", "employer"),
}
_COUNTRY: Final = "cn"


def write_ftm(graph: KnowledgeGraph, path: Path, _base: str) -> None:
    """Write entities, then articles, then links, each sorted by id."""
    encoder = msgspec.json.Encoder()
    with replacing(path) as file:
        for entity in (*_things(graph), *_articles(graph), *_links(graph)):
            file.write(encoder.encode(entity) + b"\n")


def _key(name: str) -> str:
    """Return an id that FollowTheMoney takes: it forbids characters that ours may hold."""
    return f"jw-{hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()}"


def _entity(key: str, schema: str, **values: list[str]) -> dict[str, Any]:
    kept = {name: sorted(set(filter(None, items))) for name, items in values.items()}
    return {
        "id": _key(key),
        "schema": schema,
        "properties": {name: items for name, items in sorted(kept.items()) if items},
    }


def _things(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    linked = _event_values(graph)
    for entity in graph.entities.values():
        schema = SCHEMATA.get(entity.type)
        if schema is not None:
            names = {"name": [entity.name], "alias": list(entity.aliases), "country": [_COUNTRY]}
            yield _entity(entity.id, schema, **names, **_own(entity), **linked.get(entity.id, {}))


def _own(entity: Entity) -> dict[str, list[str]]:
    values = entity.attributes
    if entity.type == "LOC":
        return {
            "full": [entity.name],
            "latitude": [values.get("latitude", "")],
            "longitude": [values.get("longitude", "")],
        }
    if entity.type == "ACT":
        return {"keywords": [values.get("kind", ""), *values.get("topic", "").split(",")]}
    return {"sector": [values.get("function", "")]} if entity.type == "UNIT" else {}


def _event_values(graph: KnowledgeGraph) -> dict[str, dict[str, list[str]]]:
    """Return for each event who organises it, who takes part, where and when it was."""
    out: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for _, claim in _facts(graph):
        head, tail = graph.entities[claim.head], graph.entities.get(claim.tail)
        if tail is None:
            continue
        if claim.relation == "organizes":
            out[tail.id]["organizer"].append(_key(head.id))
        elif claim.relation == "takes_part" and head.type in ("UNIT", "ORG", "PER"):
            out[tail.id]["involved"].append(_key(head.id))
        elif claim.relation == "held_at":
            out[head.id]["location"].append(tail.name)
        elif claim.relation == "held_on":
            out[head.id]["startDate"].append(tail.attributes.get("start", ""))
            out[head.id]["endDate"].append(tail.attributes.get("end", ""))
    return {key: dict(values) for key, values in out.items()}


def _articles(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for extraction in graph.extractions:
        article = extraction.article
        yield _entity(
            article_node(article),
            "Article",
            title=[article.title],
            bodyText=[article.text],
            publisher=[article.page.outlet],
            publishedAt=[article.page.date],
            author=[credits_text(article.byline)],
            language=["zho"],
            country=[_COUNTRY],
        )


def _links(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for extraction, claim in _facts(graph):
        ends = _ENDS.get(claim.relation)
        if ends is not None:
            schema, head, tail = ends
            values = {
                head: [_key(claim.head)],
                tail: [_key(claim.tail)],
                **_proof(extraction, claim),
            }
            yield _entity(claim_key(extraction.article, claim), schema, **values)


def _proof(extraction: Extraction, claim: Claim) -> dict[str, list[str]]:
    return {
        "role": [claim.attributes.get("post", "") or claim.relation],
        "proof": [_key(article_node(extraction.article))],
        "summary": [passage.text for passage in claim.evidence],
        "date": [extraction.article.page.date],
    }


def _facts(graph: KnowledgeGraph) -> Iterator[tuple[Extraction, Claim]]:
    return ((one, claim) for one, claim in graph.claims() if claim.status in FACTUAL)
