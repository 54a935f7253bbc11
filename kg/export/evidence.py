"""What an article's own graph says: the article, its mentions, its claims, and their passages."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.export.confidence import confidence
from kg.export.entities import outlet_node, page_key, post_node
from kg.export.names import Names, local_name
from kg.export.statements import Statements, literal
from kg.graph import article_node, claim_key, credits_text, outcome_label, outcome_node
from kg.language.numbers import parse_number
from kg.model import FACTUAL, Claim, Entity, Extraction, Mention

PREDICATES: Final = {
    "part_of_unit": "org:subOrganizationOf",
    "located_in": "schema:areaServed",
    "organizes": "jw:organizes",
    "takes_part": "jw:takesPartIn",
    "held_at": "schema:location",
    "held_on": "jw:heldOn",
    "part_of": "schema:superEvent",
    "targets": "schema:audience",
    "concerns": "schema:about",
    "signs": "jw:signs",
    "cooperates_with": "jw:cooperatesWith",
    "uses_method": "jw:usesMethod",
    "has_post": "org:holds",
    "outcome": "jw:hasOutcome",
}
CONTEXT: Final = 24  # characters before and after a quote: 16 to 32 find it again in most pages
_USED: Final = frozenset({"post", "what", "value", "unit", "approx"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The terms that every passage is described with."""

    type: str
    resource: str
    source: str
    selector: str
    position: str
    start: str
    end: str
    integer: str
    quote: str
    exact: str

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, names: Names) -> "_Words":
        """Return the terms under the base of ``names``."""
        shorts = (
            "rdf:type",
            "oa:SpecificResource",
            "oa:hasSource",
            "oa:hasSelector",
            "oa:TextPositionSelector",
            "oa:start",
            "oa:end",
            "xsd:integer",
            "oa:TextQuoteSelector",
            "oa:exact",
        )
        return cls(*map(names.iri, shorts))


class ArticleStatements:
    """The named graph of one article: ``facts`` are its plain triples, ``evidence`` the rest."""

    def __init__(self, extraction: Extraction, names: Names) -> None:
        self.names = names
        self.article = extraction.article
        self.facts, self.evidence = Statements(names), Statements(names)
        self.graph = names.node(article_node(self.article))
        self._stem = local_name(article_node(self.article)).removeprefix("article-")
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._text = names.node(f"text-{self._stem}")
        self._passages: set[str] = set()
        self._describe()
        for mention in extraction.mentions:
            self._mention(mention)
        for claim in extraction.claims:
            self._claim(claim)

    def _describe(self) -> None:
        out, node, article = self.evidence, self.graph, self.article
        page = article.page
        out.type(node, "schema:NewsArticle", "prov:Entity")
        out.key(node, article_node(article))
        out.words(node, "schema:headline", article.title)
        out.string(node, "schema:inLanguage", "zh-Hans")
        out.day(node, "schema:datePublished", page.date)
        out.string(node, "schema:printPage", page.number)
        out.words(node, "schema:printSection", page.section)
        out.words(node, "schema:dateline", article.dateline)
        out.string(node, "schema:creditText", credits_text(article.byline))
        out.string(node, "jw:sourceFile", source_name(page.source))
        out.string(node, "dct:format", page.kind)
        if key := page_key(page):
            out.add(node, "schema:isPartOf", self.names.node(key))
        elif page.outlet:
            out.add(node, "schema:isPartOf", outlet_node(page, self.names))
        self._describe_text()

    def _describe_text(self) -> None:
        out, text = self.evidence, self.article.text
        out.type(self._text, "jw:ArticleText", "prov:Entity")
        out.add(self._text, "rdf:value", literal(text))
        out.string(self._text, "jw:sha256", hashlib.sha256(text.encode()).hexdigest())
        out.add(self._text, "prov:specializationOf", self.graph)

    def _mention(self, mention: Mention) -> None:
        place = f"{self._stem}-{mention.start}-{mention.end}"
        out, node = self.evidence, self.names.node(f"mention-{place}-{mention.type.lower()}")
        out.type(node, "oa:Annotation")
        out.add(node, "oa:hasBody", self.names.node(mention.entity))
        out.add(node, "oa:hasTarget", self._passage(mention.start, mention.end))
        out.add(node, "oa:motivatedBy", self.names.iri("oa:identifying"))
        out.string(node, "jw:rule", mention.rule)
        if mention.nominal:
            out.truth(node, "jw:nominal")

    def _passage(self, start: int, end: int) -> str:
        """Return the node of a passage, which all that stands on it share."""
        out, names, text = self.evidence, self.names, self.article.text
        place = f"{self._stem}-{start}-{end}"
        node = names.node(f"passage-{place}")
        if node in self._passages:
            return node
        self._passages.add(node)
        position, quote = names.node(f"position-{place}"), names.node(f"quote-{place}")
        words = _Words.of(names)
        out.ready(  # half of all statements are of passages: they are put together in one go
            f"{node} {words.type} {words.resource}",
            f"{node} {words.source} {self._text}",
            f"{node} {words.selector} {position}",
            f"{node} {words.selector} {quote}",
            f"{position} {words.type} {words.position}",
            f'{position} {words.start} "{start}"^^{words.integer}',
            f'{position} {words.end} "{end}"^^{words.integer}',
            f"{quote} {words.type} {words.quote}",
            f"{quote} {words.exact} {literal(text[start:end])}",
        )
        out.string(quote, "oa:prefix", text[max(0, start - CONTEXT) : start])
        out.string(quote, "oa:suffix", text[end : end + CONTEXT])
        return node

    def _claim(self, claim: Claim) -> None:
        out, names = self.evidence, self.names
        node = names.node(claim_key(self.article, claim))
        head, predicate, tail = self._triple(claim)
        out.type(node, "jw:Claim", "rdf:Statement", "prov:Entity")
        out.key(node, claim_key(self.article, claim))
        out.add(node, "rdf:subject", head)
        out.add(node, "rdf:predicate", predicate)
        out.add(node, "rdf:object", tail)
        out.add(node, "jw:relation", names.concept("relation", claim.relation))
        out.add(node, "jw:status", names.concept("status", claim.status))
        out.string(node, "jw:rule", claim.rule)
        if level := confidence(claim):
            out.add(node, "jw:confidence", names.concept("confidence", level))
        out.add(node, "prov:wasQuotedFrom", self.graph)
        for passage in claim.evidence:
            out.add(node, "oa:hasTarget", self._passage(passage.start, passage.end))
        for key in sorted(claim.attributes.keys() - _USED):
            out.string(node, "jw:attribute", f"{key}={claim.attributes[key]}")
        if claim.status in FACTUAL:
            self._fact(claim, head, predicate, tail)

    def _fact(self, claim: Claim, head: str, predicate: str, tail: str) -> None:
        self.facts.put(head, predicate, tail)
        if claim.relation == "has_post" and claim.attributes.get("post"):
            self.facts.add(head, "org:memberOf", self.names.node(claim.tail))

    def _triple(self, claim: Claim) -> tuple[str, str, str]:
        names, head = self.names, self.names.node(claim.head)
        predicate = names.iri(predicate_of(claim, self._entities[claim.head]))
        if not claim.tail:
            return head, predicate, self._outcome(claim)
        if claim.relation == "has_post" and claim.attributes.get("post"):
            return head, predicate, post_node(claim, names)
        return head, predicate, names.node(claim.tail)

    def _outcome(self, claim: Claim) -> str:
        out, node = self.evidence, self.names.node(outcome_node(self.article, claim))
        out.type(node, "jw:Outcome", "schema:PropertyValue")
        out.words(node, "rdfs:label", outcome_label(claim))
        out.words(node, "schema:name", claim.attributes.get("what", ""))
        printed = claim.attributes.get("value", "")
        out.number(node, "schema:value", number_text(printed))
        if printed != number_text(printed):
            out.string(node, "jw:printed", printed)
        out.words(node, "schema:unitText", claim.attributes.get("unit", ""))
        if claim.attributes.get("approx"):
            out.truth(node, "jw:approximate")
        return node


def number_text(printed: str) -> str:
    """Return the canonical form of a printed number (12000 for 1.2万); what is none stays."""
    number = parse_number(printed)
    if number is None:
        return printed
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def predicate_of(claim: Claim, head: Entity) -> str:
    """Return the property that a claim's plain triple has."""
    if claim.relation == "located_in" and head.type == "LOC":
        return "schema:containedInPlace"
    if claim.relation == "has_post" and not claim.attributes.get("post"):
        return "org:memberOf"
    return PREDICATES[claim.relation]


def source_name(source: str) -> str:
    """Return a source without the folder it lay in; an address on the web stays whole."""
    return source if "://" in source else source.replace("\\", "/").rsplit("/", 1)[-1]
