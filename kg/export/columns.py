"""Turn a knowledge graph into the columns that the explorer page reads.

Two blocks: the graph (what is drawn, searched and filtered) and the texts (articles with their
mentions), so that a page of 50,000 nodes can show its first picture before it unpacks the texts.
Offsets are UTF-16 code units, as the browser counts; parallel claims share one edge.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np

from kg.export.layout import Ints, place
from kg.export.linked import linked
from kg.export.names import BASE
from kg.graph import KnowledgeGraph, claim_key
from kg.model import (
    FACTUAL,
    RELATIONS,
    STATUSES,
    TYPES,
    Article,
    Claim,
    Entity,
    Extraction,
    Passage,
)
from kg.ontology import labels

Columns: TypeAlias = dict[str, Any]

ARTICLE: Final = "ARTICLE"
GLYPHS: Final = dict(zip((*TYPES, ARTICLE), "警机地动人时文法众报", strict=True))
NAMED: Final = ("level", "function")  # attributes whose values are concepts with labels
SHOWN_APART: Final = ("kind", "topic", "latitude", "longitude")  # these have columns of their own


def columns(graph: KnowledgeGraph, title: str, base: str = BASE) -> tuple[Columns, Columns]:
    """Return the graph block and the text block of the page; ``base`` starts every IRI."""
    entities = [graph.entities[key] for key in sorted(graph.entities)]
    extractions = sorted(graph.extractions, key=lambda item: _reading_order(item.article))
    index = {entity.id: number for number, entity in enumerate(entities)}
    heads, tails, edges, claims, said = _edges(extractions, index)
    layout = place(len(entities), *_tied(extractions, index, heads, tails))
    block = {
        "version": 1,
        "title": title,
        **_vocabulary(extractions, entities),
        "nodes": _nodes(entities, layout.x.tolist(), layout.y.tolist(), layout.community.tolist()),
        "edges": edges,
        "claims": claims,
        "outcomes": _outcomes(extractions, index),
        "articles": _articles(extractions, index, _origins(graph, extractions)),
        "same": _same(graph, index),
        "linked": linked(entities, [item.article for item in extractions], said, base),
        **_search(entities, extractions),
    }
    return block, _texts(extractions, index)


def _reading_order(article: Article) -> tuple[str, str, str, str]:
    page = article.page
    return page.date, page.outlet, page.number.zfill(6), article.id


# ── words ────────────────────────────────────────────────────────────────────────────────────


def _vocabulary(extractions: Sequence[Extraction], entities: Sequence[Entity]) -> Columns:
    return {
        "types": [
            {**word, "glyph": GLYPHS[word["key"]]} for word in _words("type", (*TYPES, ARTICLE))
        ],
        "relations": _words("relation", RELATIONS),
        "statuses": [
            {**word, "factual": word["key"] in FACTUAL} for word in _words("status", STATUSES)
        ],
        "kinds": _words("kind", _values(_acts(entities), "kind")),
        "topics": _words("topic", _values(entities, "topic")),
        "rules": _rules(extractions),
        "values": {
            name: {word["key"]: word for word in _words(name, _values(entities, name))}
            for name in NAMED
        },
    }


def _words(scheme: str, keys: Iterable[str]) -> list[dict[str, str]]:
    known = labels(scheme)
    return [
        {"key": key, "zh": known[key].zh, "en": known[key].en}
        if key in known
        else {"key": key, "zh": key, "en": key}
        for key in keys
    ]


def _values(entities: Sequence[Entity], name: str) -> list[str]:
    """Return the values that an attribute takes, the most frequent first."""
    counts = Counter(value for entity in entities for value in _listed(entity, name))
    return sorted(counts, key=lambda value: (-counts[value], value))


def _acts(entities: Sequence[Entity]) -> list[Entity]:
    """Return the activities: the kinds of places and documents are no words of the page."""
    return [entity for entity in entities if entity.type == "ACT"]


def _listed(entity: Entity, name: str) -> list[str]:
    return [part for part in entity.attributes.get(name, "").split(",") if part]


# ── nodes and edges ──────────────────────────────────────────────────────────────────────────


def _nodes(
    entities: Sequence[Entity], x: list[float], y: list[float], community: list[int]
) -> Columns:
    types = {key: number for number, key in enumerate(TYPES)}
    kinds = {key: number for number, key in enumerate(_values(_acts(entities), "kind"))}
    topics = {key: number for number, key in enumerate(_values(entities, "topic"))}
    return {
        "id": [entity.id for entity in entities],
        "name": [entity.name for entity in entities],
        "type": [types[entity.type] for entity in entities],
        "alias": {
            number: list(entity.aliases) for number, entity in enumerate(entities) if entity.aliases
        },
        "attribute": {
            number: rest for number, entity in enumerate(entities) if (rest := _attributes(entity))
        },
        "kind": {
            number: kinds[kind[0]]
            for number, entity in enumerate(entities)
            if entity.type == "ACT" and (kind := _listed(entity, "kind"))
        },
        "topic": {
            number: [topics[topic] for topic in found]
            for number, entity in enumerate(entities)
            if (found := _listed(entity, "topic"))
        },
        "at": {
            number: [float(entity.attributes["longitude"]), float(entity.attributes["latitude"])]
            for number, entity in enumerate(entities)
            if entity.attributes.get("longitude") and entity.attributes.get("latitude")
        },
        "community": community,
        "x": x,
        "y": y,
    }


def _attributes(entity: Entity) -> dict[str, str]:
    return {
        key: value
        for key, value in sorted(entity.attributes.items())
        if key not in SHOWN_APART and value
    }


def _edges(
    extractions: Sequence[Extraction], index: Mapping[str, int]
) -> tuple[Ints, Ints, Columns, Columns, list[tuple[str, Claim]]]:
    """Return the ends of the edges for the layout, edge and claim columns, the claims by key."""
    rules = {rule: n for n, rule in enumerate(_rules(extractions))}
    grouped: dict[tuple[int, int, int, int], list[tuple[int, Claim]]] = defaultdict(list)
    for number, item in enumerate(extractions):
        for claim in item.claims:
            if claim.tail:
                grouped[_edge_key(claim, index)].append((number, claim))
    keys = sorted(grouped)
    found = [pair for key in keys for pair in grouped[key]]
    shift = [_utf16(item.article.text) for item in extractions]
    edges = {
        "head": [key[0] for key in keys],
        "tail": [key[1] for key in keys],
        "relation": [key[2] for key in keys],
        "status": [key[3] for key in keys],
        "claims": [len(grouped[key]) for key in keys],
    }
    said = [(claim_key(extractions[number].article, claim), claim) for number, claim in found]
    claims = {
        "id": [key for key, _ in said],
        "article": [number for number, _ in found],
        "evidence": [_flat(claim.evidence, shift[number]) for number, claim in found],
        "rule": [rules[claim.rule] for _, claim in found],
        "attribute": {
            n: dict(sorted(claim.attributes.items()))
            for n, (_, claim) in enumerate(found)
            if claim.attributes
        },
    }
    ends = np.array([key[:2] for key in keys], dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], edges, claims, said


def _tied(
    extractions: Sequence[Extraction],
    index: Mapping[str, int],
    heads: Ints,
    tails: Ints,
) -> tuple[Ints, Ints]:
    """Return the edges and, for the layout only, ties that hold each article together.

    What an article mentions without relating it to the rest stands beside the node of that article
    that has most relations, instead of floating anywhere.
    """
    degree = np.bincount(np.concatenate([heads, tails]), minlength=len(index))
    parent = list(range(len(index)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for head, tail in zip(heads.tolist(), tails.tolist(), strict=True):
        parent[root(head)] = root(tail)
    ties: list[tuple[int, int]] = []
    for item in extractions:
        nodes = sorted(
            {index[entity.id] for entity in item.entities}, key=lambda n: (-degree[n], n)
        )
        for node in nodes[1:]:
            if root(node) != root(nodes[0]):
                parent[root(node)] = root(nodes[0])
                ties.append((node, nodes[0]))
    extra = np.array(ties, dtype=np.int64).reshape(-1, 2)
    return np.concatenate([heads, extra[:, 0]]), np.concatenate([tails, extra[:, 1]])


def _edge_key(claim: Claim, index: Mapping[str, int]) -> tuple[int, int, int, int]:
    return (
        index[claim.head],
        index[claim.tail],
        RELATIONS.index(claim.relation),
        STATUSES.index(claim.status),
    )


def _rules(extractions: Sequence[Extraction]) -> list[str]:
    return sorted({claim.rule for item in extractions for claim in item.claims})


def _outcomes(extractions: Sequence[Extraction], index: Mapping[str, int]) -> list[Columns]:
    """Return the reported numbers: claims that have no other end."""
    return [
        {
            "node": index[claim.head],
            "article": number,
            "status": STATUSES.index(claim.status),
            "evidence": _flat(claim.evidence, _utf16(item.article.text)),
            **{key: claim.attributes.get(key, "") for key in ("what", "value", "unit", "approx")},
        }
        for number, item in enumerate(extractions)
        for claim in item.claims
        if not claim.tail
    ]


# ── articles ─────────────────────────────────────────────────────────────────────────────────


def _origins(graph: KnowledgeGraph, extractions: Sequence[Extraction]) -> list[int]:
    """Return for each article the number of the one whose text it prints, mostly its own."""
    number = {item.article.id: n for n, item in enumerate(extractions)}
    first = {one.article: one.origin for one in graph.reprints}
    return [number.get(first.get(key, key), own) for key, own in number.items()]


def _same(graph: KnowledgeGraph, index: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """Return pairs of activities that may be one event, with the reason."""
    return [(index[one.first], index[one.second], one.reason) for one in graph.same_events]


def _articles(
    extractions: Sequence[Extraction], index: Mapping[str, int], origins: list[int]
) -> Columns:
    pages = [item.article.page for item in extractions]
    return {
        "id": [item.article.id for item in extractions],
        "title": [item.article.title for item in extractions],
        "outlet": [page.outlet for page in pages],
        "day": [_day(page.date) for page in pages],
        "number": [page.number for page in pages],
        "section": [page.section for page in pages],
        "origin": origins,
        "dateline": [item.article.dateline for item in extractions],
        "byline": [
            [[credit.role, credit.name] for credit in item.article.byline] for item in extractions
        ],
        "nodes": [
            sorted({index[entity.id] for entity in item.entities if entity.id in index})
            for item in extractions
        ],
    }


def _day(text: str) -> int | None:
    """Return days since 1970-01-01, or None for a page without a full date."""
    try:
        return (date.fromisoformat(text) - date(1970, 1, 1)).days
    except ValueError:
        return None


def _texts(extractions: Sequence[Extraction], index: Mapping[str, int]) -> Columns:
    """Return each article's text and its mentions, flat: node, start, end, nominal."""
    flat: list[list[int]] = []
    for item in extractions:
        shift = _utf16(item.article.text)
        ordered = sorted(item.mentions, key=lambda m: (m.start, -m.end, m.entity))
        flat.append(
            [
                number
                for mention in ordered
                if mention.entity in index
                for number in (
                    index[mention.entity],
                    shift(mention.start),
                    shift(mention.end),
                    int(mention.nominal),
                )
            ]
        )
    return {"text": [item.article.text for item in extractions], "mentions": flat}


class _Utf16:
    """Offsets in code points to offsets in UTF-16 units, for one text."""

    __slots__ = ("_after",)

    def __init__(self, text: str) -> None:
        self._after = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]

    def __call__(self, offset: int) -> int:
        return offset + sum(1 for place in self._after if place < offset)


@cache
def _utf16(text: str) -> _Utf16:
    return _Utf16(text)


def _flat(passages: Sequence[Passage], shift: _Utf16) -> list[int]:
    return [shift(edge) for passage in passages for edge in (passage.start, passage.end)]


# ── search ───────────────────────────────────────────────────────────────────────────────────


def _search(entities: Sequence[Entity], extractions: Sequence[Extraction]) -> Columns:
    """Return how characters are read and which traditional ones mean which simplified ones.

    Most names read as their characters do one by one; the others are listed by node.
    """
    names = [entity.name for entity in entities]
    characters = sorted({char for name in names for char in name if "\u3400" <= char <= "\u9fff"})
    from pypinyin import Style, lazy_pinyin  # its dictionary takes long to load

    sound = {char: lazy_pinyin(char, style=Style.NORMAL)[0] for char in characters}
    special = {}
    for number, name in enumerate(names):
        han = [char for char in name if char in sound]
        if han and (read := lazy_pinyin("".join(han))) != [sound[char] for char in han]:
            special[number] = read
    titles = {char for item in extractions for char in item.article.title}
    return {
        "pinyin": {"characters": "".join(characters), "sounds": " ".join(sound.values())},
        "readings": special,
        "variants": _variants({*characters, *titles}),
    }


def _variants(characters: Iterable[str]) -> str:
    """Return traditional and simplified characters in pairs, for those in use."""
    from opencc import OpenCC

    to_traditional, to_simplified = OpenCC("s2t"), OpenCC("t2s")
    pairs = set()
    for char in characters:
        traditional, simplified = to_traditional.convert(char), to_simplified.convert(char)
        if traditional != char and len(traditional) == 1:
            pairs.add(traditional + char)
        if simplified != char and len(simplified) == 1:
            pairs.add(char + simplified)
    return "".join(sorted(pairs))
