"""The explorer over a store: an overview by region, then what is asked for, a page's worth at a time.

Each answer is what the explorer page holds in its file version, for a part of the store: the nodes
chosen, the claims among them, the articles that make those claims, with their texts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.export.columns import columns
from kg.export.html import title_of
from kg.export.names import Names
from kg.graph import KnowledgeGraph, claim_key
from kg.model import Extraction
from kg.restore import read_quads
from kg.serve.index import Index

MOST: Final = 1500  # nodes in one answer
ARTICLES: Final = 150  # articles whose texts one answer holds: about three seconds to read
KEPT: Final = 16  # answers remembered
FIRST: Final = 450  # nodes of the overview, shared out among the regions
MATCHES: Final = 12
DEEPEST: Final = 3


class NotFoundError(Exception):
    """Nothing in the store has the id that was asked for."""


class Explorer:
    """Answers the explorer's questions over one store."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store, self._names = store, names

    @cached_property
    def index(self) -> Index:
        """Return what the store holds, read on the first question."""
        return Index(self._store, self._names)

    # ── questions ────────────────────────────────────────────────────────────────────────────

    def overview(self) -> dict[str, Any]:
        """Return the best-connected nodes of every region."""
        index = self.index
        ranked = sorted(range(len(index.iris)), key=lambda node: (-int(index.degree[node]), node))
        regions = sorted({code for code in index.province if code}) or [""]
        share = max(8, FIRST // len(regions))
        taken: Counter[str] = Counter()
        chosen = []
        for node in ranked:
            taken[index.province[node]] += 1
            if taken[index.province[node]] <= share:
                chosen.append(node)
        return self._answer("", chosen[:MOST], whole=len(chosen) == len(ranked))

    def region(self, code: str) -> dict[str, Any]:
        """Return the best-connected nodes of one province."""
        index = self.index
        inside = [node for node, province in enumerate(index.province) if province == code]
        inside.sort(key=lambda node: (-int(index.degree[node]), node))
        return self._answer(f"region={code}", inside[:MOST], whole=len(inside) <= MOST)

    def around(self, key: str, depth: int) -> dict[str, Any]:
        """Return what is within a few steps of a node."""
        depth = min(max(depth, 0), DEEPEST)
        nodes, whole = self.index.ball([self._node(key)], depth, MOST)
        return self._answer(f"around={key}", nodes, whole=whole)

    def path(self, start: str, goal: str) -> dict[str, Any]:
        """Return a shortest chain of facts between two nodes, with what both are linked to."""
        index, ends = self.index, (self._node(start), self._node(goal))
        both = set(index.neighbours(ends[0])) & set(index.neighbours(ends[1]))
        nodes = [*dict.fromkeys([*ends, *index.path(*ends), *sorted(both)])]
        return self._answer(f"path={start}~{goal}", nodes[:MOST], whole=len(nodes) <= MOST)

    def search(self, asked: str) -> list[dict[str, Any]]:
        """Return the best matches of the whole store."""
        return [asdict(match) for match in self.index.search(asked, MATCHES)]

    def claim(self, key: str) -> dict[str, Any]:
        """Return one claim with its passages and the article that makes it."""
        node = NamedNode(self._iri(key))
        article = self._value(node, "prov:wasQuotedFrom")
        if not article:
            raise NotFoundError(key)
        graph = read_quads(self._quads([article]), self._names)
        for extraction in graph.extractions:
            for claim in extraction.claims:
                if claim_key(extraction.article, claim) == key:
                    page = extraction.article.page
                    return {
                        **asdict(claim),
                        "article": {"id": extraction.article.id, "title": extraction.article.title},
                        "outlet": page.outlet,
                        "date": page.date,
                        "page": page.number,
                    }
        raise NotFoundError(key)

    # ── an answer ────────────────────────────────────────────────────────────────────────────

    def _node(self, key: str) -> int:
        found = self.index.number.get(self._iri(key))
        if found is None:
            raise NotFoundError(key)
        return found

    def _answer(self, asked: str, nodes: list[int], *, whole: bool) -> dict[str, Any]:
        """Return the block of the page for these nodes; ``whole`` unless some were left out."""
        index = self.index
        kept = set(nodes)
        claims = {
            index.claims[claim]
            for node in nodes
            for claim in index.around(node).tolist()
            if int(index.head[claim]) in kept and int(index.tail[claim]) in kept
        }
        articles, all_there = self._articles(claims, nodes)
        graph = self._part(articles, claims, {index.iris[node] for node in nodes})
        block, texts = columns(graph, title_of(graph), self._names.base)
        served = {
            "asked": asked,
            "capped": not (whole and all_there),
            **self._totals,
            "degree": {n: self._degree(key) for n, key in enumerate(block["nodes"]["id"])},
        }
        return {"graph": block, "texts": texts, "served": served}

    def _degree(self, key: str) -> int:
        return int(self.index.degree[self.index.number[self._iri(key)]])

    @cached_property
    def _totals(self) -> dict[str, Any]:
        index = self.index
        regions = Counter(code for code in index.province if code)
        articles = self._named("schema:NewsArticle")
        found = self._store.quads_for_pattern(None, self._named("rdf:type"), articles, None)
        return {
            "entities": len(index.iris),
            "claims": len(index.claims),
            "articles": sum(1 for _ in found),
            "regions": dict(sorted(regions.items())),
        }

    def _articles(self, claims: Iterable[str], nodes: list[int]) -> tuple[list[str], bool]:
        """Return the articles with most of the claims; a lone node's, where it is mentioned."""
        counts: Counter[str] = Counter()
        for claim in sorted(claims):
            counts[self._value(NamedNode(claim), "prov:wasQuotedFrom")] += 1
        for node in nodes[:2]:  # what was asked for stands in the answer, linked or not
            counts.update(list(self._mentioning(NamedNode(self.index.iris[node])))[:1])
        ranked = sorted(filter(None, counts), key=lambda iri: (-counts[iri], iri))
        return ranked[:ARTICLES], len(ranked) <= ARTICLES

    def _mentioning(self, node: NamedNode) -> Iterator[str]:
        for quad in self._store.quads_for_pattern(None, self._named("oa:hasBody"), node, None):
            if isinstance(quad.graph_name, NamedNode):
                yield quad.graph_name.value

    def _part(self, articles: list[str], claims: set[str], nodes: set[str]) -> KnowledgeGraph:
        """Return what these articles say of these nodes."""
        graph = read_quads(self._quads(articles), self._names)
        kept = {key for key in graph.entities if self._iri(key) in nodes}
        cut = tuple(self._cut(one, claims, kept) for one in graph.extractions)
        said = {entity.id for one in cut for entity in one.entities}
        return KnowledgeGraph(cut, {key: graph.entities[key] for key in sorted(said)})

    def _cut(self, extraction: Extraction, claims: set[str], kept: set[str]) -> Extraction:
        own = extraction.article
        return replace(
            extraction,
            mentions=tuple(one for one in extraction.mentions if one.entity in kept),
            entities=tuple(one for one in extraction.entities if one.id in kept),
            claims=tuple(
                one
                for one in extraction.claims
                if self._iri(claim_key(own, one)) in claims or (not one.tail and one.head in kept)
            ),
        )

    # ── the store ────────────────────────────────────────────────────────────────────────────

    def _quads(self, articles: list[str]) -> Iterator[Quad]:
        """Yield the graphs of articles and the descriptions of whatever they point at."""
        seen: set[str] = set()
        wanted: set[str] = set()
        for article in articles:
            for quad in self._store.quads_for_pattern(None, None, None, NamedNode(article)):
                yield quad
                wanted |= _pointed(quad)
        while wanted := wanted - seen:
            seen |= wanted
            found: set[str] = set()
            for iri in sorted(wanted):
                for quad in self._store.quads_for_pattern(
                    NamedNode(iri), None, None, DefaultGraph()
                ):
                    yield quad
                    if quad.predicate in self._up:
                        found |= _pointed(quad)
            wanted = found

    @cached_property
    def _up(self) -> frozenset[NamedNode]:
        """Return the properties that lead to what a description needs to be read."""
        names = ("schema:isPartOf", "jw:kind", "jw:topic", "jw:function", "jw:level", "org:postIn")
        return frozenset(map(self._named, names))

    def _named(self, short: str) -> NamedNode:
        return NamedNode(self._names.expand(short))

    def _iri(self, key: str) -> str:
        return self._names.node(key)[1:-1]

    def _value(self, node: NamedNode, predicate: str) -> str:
        for quad in self._store.quads_for_pattern(node, self._named(predicate), None, None):
            if isinstance(quad.object, NamedNode | Literal):
                return quad.object.value
        return ""


def _pointed(quad: Quad) -> set[str]:
    return {quad.object.value} if isinstance(quad.object, NamedNode) else set()
