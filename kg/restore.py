"""RDF → graph: read back what the N-Quads of a result say, without loss.

What comes back is the graph: articles with text and imprint, mentions, entities, claims with their
evidence. How characters moved between page and article is no part of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import OutputError
from kg.export.entities import CLASSES
from kg.export.names import Names
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Claim, Credit, Entity, Extraction, Mention, Page, Passage
from kg.query import GRAPH, result_base

_ATTRIBUTES: Final = {
    "dct:identifier": "code",
    "jw:regionCode": "code",
    "jw:edtf": "edtf",
    "jw:level": "level",
    "jw:clock": "clock",
    "jw:phrase": "phrase",
    "jw:precision": "precision",
    "jw:begin": "start",
    "jw:end": "end",
    "wgs:lat": "latitude",
    "wgs:long": "longitude",
    "jw:kind": "kind",
    "jw:topic": "topic",
    "jw:function": "function",
}


def restore(folder: Path) -> KnowledgeGraph:
    """Return the graph of a result; raise OutputError if its N-Quads cannot be read."""
    path = folder / GRAPH
    names = Names(result_base(folder))
    try:
        with path.open("rb") as file:
            return _Reader(parse(file, RdfFormat.N_QUADS), names).graph()
    except (OSError, SyntaxError) as error:
        raise OutputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def read_quads(quads: Iterator[Quad], names: Names) -> KnowledgeGraph:
    """Return the graph that some quads describe: whole article graphs and what they point at."""
    return _Reader(quads, names).graph()


class _Node:
    """What is said of one subject."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._said: defaultdict[str, list[NamedNode | Literal]] = defaultdict(list)

    def put(self, predicate: str, value: NamedNode | Literal) -> None:
        self._said[predicate].append(value)

    def texts(self, short: str, language: str | None = None) -> list[str]:
        return [
            value.value
            for value in self._said.get(self._names.expand(short), ())
            if isinstance(value, Literal) and (language is None or value.language == language)
        ]

    def text(self, short: str, language: str | None = None) -> str:
        return next(iter(self.texts(short, language)), "")

    def nodes(self, short: str) -> list[str]:
        found = self._said.get(self._names.expand(short), ())
        return [value.value for value in found if isinstance(value, NamedNode)]

    def node(self, short: str) -> str:
        return next(iter(self.nodes(short)), "")


class _Reader:
    def __init__(self, quads: Iterator[Quad], names: Names) -> None:
        self._names = names
        self._nodes: defaultdict[str, _Node] = defaultdict(lambda: _Node(names))
        self._in_graph: defaultdict[str, set[str]] = defaultdict(set)
        for quad in quads:
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self._nodes[subject.value].put(quad.predicate.value, value)
                if isinstance(quad.graph_name, NamedNode):
                    self._in_graph[quad.graph_name.value].add(subject.value)

    def graph(self) -> KnowledgeGraph:
        entities = self._entities()
        return assemble(self._extraction(name, entities) for name in self._of("schema:NewsArticle"))

    def _of(self, kind: str) -> list[str]:
        wanted = self._names.expand(kind)
        return sorted(
            key for key in list(self._nodes) if wanted in self._nodes[key].nodes("rdf:type")
        )

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self._names.prefixes["jwd"])

    # -- entities ---------------------------------------------------------------------------

    def _entities(self) -> dict[str, Entity]:
        """Return the entities by IRI; the first class of each type tells which it is."""
        types = {self._names.expand(classes[0]): kind for kind, classes in CLASSES.items()}
        types[self._names.expand("org:Organization")] = "ORG"
        found = {}
        for iri in list(self._nodes):
            node = self._nodes[iri]
            classes = node.nodes("rdf:type")
            kinds = {types[one] for one in classes if one in types}
            if kinds and iri.startswith(self._names.prefixes["jwd"]):
                kind = "UNIT" if "UNIT" in kinds else next(iter(sorted(kinds)))
                found[iri] = self._entity(iri, node, "LOC" if kind == "REGION" else kind)
        return found

    def _entity(self, iri: str, node: _Node, kind: str) -> Entity:
        attributes = {}
        for short, key in _ATTRIBUTES.items():
            said = [self._notation(one) for one in node.nodes(short)] or node.texts(short)
            if said:
                attributes[key] = ",".join(sorted(said))
        if node.text("jw:derived"):
            attributes["derived"] = "yes"
        attributes |= self._pairs(node)
        name = node.text("skos:prefLabel", "zh-hans")
        aliases = tuple(sorted(set(node.texts("skos:altLabel", "zh-hans"))))
        return Entity(node.text("jw:key") or self._local(iri), kind, name, aliases, attributes)

    def _notation(self, iri: str) -> str:
        return self._nodes[iri].text("skos:notation")

    @staticmethod
    def _pairs(node: _Node) -> dict[str, str]:
        pairs = (text.partition("=") for text in node.texts("jw:attribute"))
        return {key: value for key, _, value in pairs}

    # -- articles ---------------------------------------------------------------------------

    def _extraction(self, name: str, entities: dict[str, Entity]) -> Extraction:
        article = self._article(name)
        inside = [(key, self._nodes[key]) for key in sorted(self._in_graph[name])]
        mentions, claims = [], []
        for key, node in inside:
            kinds = node.nodes("rdf:type")
            if self._names.expand("oa:Annotation") in kinds:
                mentions.append(self._mention(node, entities))
            elif self._names.expand("jw:Claim") in kinds:
                claims.append(self._claim(key, node, entities))
        used = {m.entity for m in mentions} | {end for c in claims for end in (c.head, c.tail)}
        known = {entity.id: entity for entity in entities.values()}
        return Extraction(
            article,
            tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type))),
            tuple(known[key] for key in sorted(used - {""})),
            tuple(sorted(claims, key=lambda claim: claim.id)),
        )

    def _article(self, name: str) -> Article:
        node = self._nodes[name]
        holder = self._nodes[node.node("schema:isPartOf")] if node.node("schema:isPartOf") else None
        page = Page(
            source=node.text("jw:sourceFile"),
            text="",
            kind=node.text("dct:format"),
            outlet=self._outlet(node),
            date=node.text("schema:datePublished"),
            number=node.text("schema:printPage"),
            section=node.text("schema:printSection"),
            credits=_credits(holder.text("schema:creditText")) if holder else (),
        )
        texts = self._of_article(name)
        return Article(
            id=(node.text("jw:key") or self._local(name)).removeprefix("article-"),
            page=page,
            title=node.text("schema:headline"),
            text=texts,
            dateline=node.text("schema:dateline"),
            byline=_credits(node.text("schema:creditText")),
        )

    def _of_article(self, name: str) -> str:
        return next(
            self._nodes[key].text("rdf:value")
            for key in self._in_graph[name]
            if name in self._nodes[key].nodes("prov:specializationOf")
        )

    def _outlet(self, node: _Node) -> str:
        """Return the name at the top of what an article is part of."""
        outlet = ""
        while above := node.node("schema:isPartOf"):
            node = self._nodes[above]
            outlet = node.text("rdfs:label")
        return outlet

    # -- mentions and claims ----------------------------------------------------------------

    def _passages(self, node: _Node) -> tuple[Passage, ...]:
        found = []
        for key in node.nodes("oa:hasTarget"):
            selectors = [self._nodes[one] for one in self._nodes[key].nodes("oa:hasSelector")]
            start = next(filter(None, (one.text("oa:start") for one in selectors)))
            end = next(filter(None, (one.text("oa:end") for one in selectors)))
            exact = next(filter(None, (one.text("oa:exact") for one in selectors)))
            found.append(Passage(int(start), int(end), exact))
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def _mention(self, node: _Node, entities: dict[str, Entity]) -> Mention:
        (passage,) = self._passages(node)
        entity = entities[node.node("oa:hasBody")]
        return Mention(
            entity.type,
            passage.start,
            passage.end,
            passage.text,
            entity.id,
            bool(node.text("jw:nominal")),
            node.text("jw:rule"),
        )

    def _claim(self, key: str, node: _Node, entities: dict[str, Entity]) -> Claim:
        relation = self._notation(node.node("jw:relation"))
        tail, attributes = node.node("rdf:object"), self._pairs(node)
        if relation == "outcome":
            attributes |= self._outcome(self._nodes[tail])
        elif relation == "has_post" and tail not in entities:
            attributes["post"] = self._nodes[tail].text("rdfs:label")
            tail = self._nodes[tail].node("org:postIn")
        return Claim(
            node.text("jw:key") or self._local(key),
            relation,
            entities[node.node("rdf:subject")].id,
            entities[tail].id if tail in entities else "",
            self._passages(node),
            self._notation(node.node("jw:status")),
            node.text("jw:rule"),
            attributes,
        )

    @staticmethod
    def _outcome(node: _Node) -> dict[str, str]:
        said = {
            "what": node.text("schema:name"),
            "value": node.text("jw:printed") or node.text("schema:value"),
            "unit": node.text("schema:unitText"),
            "approx": "yes" if node.text("jw:approximate") else "",
        }
        return {key: value for key, value in said.items() if value}


def _credits(text: str) -> tuple[Credit, ...]:
    pairs = (part.partition("=") for part in text.split("; ") if part)
    return tuple(Credit(role, name) for role, _, name in pairs)
