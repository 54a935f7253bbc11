"""What the default graph says: entities, posts, the concepts they use, and where articles stood."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from pyoxigraph import RdfFormat, parse

from kg import ontology
from kg.export.confidence import confidence
from kg.export.english import english
from kg.export.names import BASE, STANDARD, Names
from kg.export.statements import Statements
from kg.graph import KnowledgeGraph, credits_text
from kg.language.lexicon import lexicon
from kg.model import Claim, Entity, Page
from kg.resources import DATA

VOCABULARY: Final = DATA / "ontology" / "policing.ttl"
CLASSES: Final = {
    "UNIT": ("jw:PoliceUnit", "org:OrganizationalUnit", "schema:GovernmentOrganization"),
    "ORG": ("org:Organization", "schema:Organization"),
    "REGION": ("jw:AdministrativeRegion", "schema:AdministrativeArea", "geo:Feature"),
    "LOC": ("jw:Place", "schema:Place", "geo:Feature"),
    "ACT": ("jw:Activity", "schema:Event", "sem:Event", "prov:Activity"),
    "PER": ("schema:Person", "foaf:Person"),
    "TIME": ("time:ProperInterval",),
    "DOC": ("jw:Document", "schema:CreativeWork"),
    "METHOD": ("jw:Method", "skos:Concept"),
    "GROUP": ("jw:Group", "skos:Concept"),
}
LABEL_SOURCE: Final = "label-source"
_TITLES: Final = re.compile("[、，,/]")  # what parts the titles of one holder: 党委书记、局长
# An attribute becomes: a concept of a scheme, a string, a date, a number, or a flag.
_CONCEPTS: Final = {
    "kind": "jw:kind",
    "topic": "jw:topic",
    "function": "jw:function",
    "precision": "jw:precision",
}
_STRINGS: Final = {
    "clock": "jw:clock",
    "code": "dct:identifier",
    "edtf": "jw:edtf",
    "level": "jw:level",
    "phrase": "jw:phrase",
}
_DAYS: Final = {"begin": "jw:begin", "start": "jw:begin", "end": "jw:end"}
_NUMBERS: Final = {
    "lat": "wgs:lat",
    "latitude": "wgs:lat",
    "lon": "wgs:long",
    "longitude": "wgs:long",
}


def descriptions(graph: KnowledgeGraph, names: Names) -> Iterator[Statements]:
    """Yield the default graph, one node or scheme at a time."""
    for entity in graph.entities.values():
        yield _entity(entity, names)
    posts = {
        (claim.tail, claim.attributes["post"])
        for _, claim in graph.claims()
        if claim.relation == "has_post" and claim.attributes.get("post")
    }
    for tail, post in sorted(posts):
        yield _post(tail, post, names)
    pages = {page_key(item.article.page): item.article.page for item in graph.extractions}
    shelf, terms = Statements(names), Statements(names)
    for key in sorted(filter(None, pages)):
        _page(shelf, key, pages[key])
    for page in (item.article.page for item in graph.extractions):
        _outlet(shelf, page)
    for scheme, notation in sorted(_concepts(graph)):
        _concept(terms, scheme, notation)
    yield from (shelf, terms)


def is_region(entity: Entity) -> bool:
    """Return whether a place is a division of the state's administration."""
    return entity.type == "LOC" and ("code" in entity.attributes or entity.id.startswith("region-"))


def scheme_of(entity_type: str, attribute: str) -> str:
    """Return the scheme that an attribute's values come from; only activities have the plain one."""
    if attribute != "kind" or entity_type == "ACT":
        return attribute
    return f"{entity_type.lower()}-kind"


def post_node(claim: Claim, names: Names) -> str:
    """Return the node of the post that a claim says somebody holds."""
    return _post_node(claim.tail, claim.attributes["post"], names)


def page_key(page: Page) -> str:
    """Return the id of a newspaper page, empty where the source does not say which it is."""
    parts = (page.outlet, page.date, page.number)
    return f"page-{'-'.join(filter(None, parts))}" if page.outlet and page.date else ""


def outlet_node(page: Page, names: Names) -> str:
    """Return the node of the newspaper or site that a page belongs to."""
    return names.node(f"outlet-{page.outlet}")


def _post_node(tail: str, post: str, names: Names) -> str:
    return names.node(f"post-{tail}-{post}")


def _entity(entity: Entity, names: Names) -> Statements:
    out, node = Statements(names), names.node(entity.id)
    out.type(node, *_classes(entity))
    out.key(node, entity.id)
    out.words(node, "rdfs:label", entity.name)
    out.words(node, "skos:prefLabel", entity.name)
    if label := english(entity):
        # rdfs:label stays the Chinese name alone, so that a simple query returns a thing once
        out.english(node, "skos:prefLabel", label.text)
        out.add(node, "jw:labelSource", names.concept(LABEL_SOURCE, label.source))
    for alias in entity.aliases:
        if alias != entity.name:
            out.words(node, "skos:altLabel", alias)
    for key, value in entity.attributes.items():
        _attribute(out, node, entity.type, key, value)
    return out


def _classes(entity: Entity) -> tuple[str, ...]:
    classes = CLASSES["REGION" if is_region(entity) else entity.type]
    level = _unit_levels().get(entity.attributes.get("level", ""))
    if entity.type == "UNIT" and level:
        return (level, *classes)
    if entity.type == "ACT" and entity.attributes.get("kind") == "campaign":
        return ("jw:Campaign", *classes)
    return classes


def _attribute(out: Statements, node: str, kind: str, key: str, value: str) -> None:
    if (kind, key) == ("UNIT", "code"):  # the code is its region's, not its own
        out.string(node, "jw:regionCode", value)
    elif key in _CONCEPTS:
        for part in filter(None, value.split(",")):
            out.add(node, _CONCEPTS[key], out.names.concept(scheme_of(kind, key), part))
    elif key in _STRINGS:
        out.string(node, _STRINGS[key], value)
    elif key in _DAYS:
        out.day(node, _DAYS[key], value)
    elif key in _NUMBERS:
        out.number(node, _NUMBERS[key], value)
    elif key == "derived":
        out.truth(node, "jw:derived")
    else:
        out.string(node, "jw:attribute", f"{key}={value}")


@cache
def _unit_levels() -> dict[str, str]:
    """Return the class of each level of unit, from the notations in the vocabulary."""
    notation, ours = f"{STANDARD['skos']}notation", f"{BASE}def/"
    with VOCABULARY.open("rb") as file:
        return {
            quad.object.value: f"jw:{quad.subject.value.removeprefix(ours)}"
            for quad in parse(file, RdfFormat.TURTLE)
            if quad.predicate.value == notation
        }


def _post(tail: str, post: str, names: Names) -> Statements:
    out, node = Statements(names), _post_node(tail, post, names)
    out.type(node, "org:Post")
    out.words(node, "rdfs:label", post)
    out.words(node, "skos:prefLabel", post)
    out.add(node, "org:postIn", names.node(tail))
    for role in post_kinds(post):
        out.add(node, "org:role", names.concept("post", role))
    return out


@lru_cache(maxsize=4096)
def post_kinds(post: str) -> tuple[str, ...]:
    """Return of which kinds a post is: 党委书记、局长 leads."""
    terms = lexicon().terms("per.post")
    ends = (
        next((terms[part[at:]] for at in range(len(part)) if part[at:] in terms), "")
        for part in _TITLES.split(post)
    )
    return tuple(sorted({*ends} - {""}))


def _page(out: Statements, key: str, page: Page) -> None:
    names, node = out.names, out.names.node(key)
    issue = names.node(f"issue-{page.outlet}-{page.date}")
    outlet = outlet_node(page, names)
    out.type(node, "jw:Page")
    out.words(
        node, "rdfs:label", " ".join(filter(None, (page.number, page.section))) or page.outlet
    )
    out.string(node, "schema:creditText", credits_text(page.credits))
    out.add(node, "schema:isPartOf", issue)
    out.type(issue, "schema:PublicationIssue")
    out.words(issue, "rdfs:label", f"{page.outlet} {page.date}")
    out.day(issue, "schema:datePublished", page.date)
    out.add(issue, "schema:isPartOf", outlet)


def _outlet(out: Statements, page: Page) -> None:
    if page.outlet:
        outlet = outlet_node(page, out.names)
        out.type(outlet, "schema:Periodical")
        out.words(outlet, "rdfs:label", page.outlet)


# ── concepts ─────────────────────────────────────────────────────────────────────────────────


def _concepts(graph: KnowledgeGraph) -> set[tuple[str, str]]:
    """Return scheme and notation of every concept that the graph uses."""
    used = {
        (scheme_of(entity.type, key), part)
        for entity in graph.entities.values()
        for key in _CONCEPTS
        for part in _parts(entity.attributes.get(key, ""))
    }
    labels = (english(entity) for entity in graph.entities.values())
    used |= {(LABEL_SOURCE, label.source) for label in labels if label}
    for _, claim in graph.claims():
        used |= {("relation", claim.relation), ("status", claim.status)}
        used |= {("confidence", level) for level in (confidence(claim),) if level}
        used |= {("post", one) for one in post_kinds(claim.attributes.get("post", ""))}
    return used


def _parts(value: str) -> Iterable[str]:
    return filter(None, value.split(","))


def _concept(out: Statements, scheme: str, notation: str) -> None:
    names, node = out.names, out.names.concept(scheme, notation)
    whole = names.concept("scheme", scheme)
    known = ontology.labels(scheme) if scheme in ontology.SCHEMES else {}
    words = known.get(notation)
    out.type(node, "skos:Concept")
    out.add(node, "skos:inScheme", whole)
    out.string(node, "skos:notation", notation)
    out.words(node, "skos:prefLabel", words.zh if words else notation)
    if words:
        out.english(node, "skos:prefLabel", words.en)
        out.english(node, "skos:definition", words.definition)
    out.type(whole, "skos:ConceptScheme")
    out.english(whole, "skos:prefLabel", scheme)
