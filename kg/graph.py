"""Entities and claims of many articles as one graph, and the same graph for networkx."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import EvidenceError, Problem
from kg.model import (
    FACTUAL,
    Article,
    Claim,
    Credit,
    Entity,
    Extraction,
    Mention,
    Passage,
    Reprint,
    Ruling,
    SameEvent,
)

if TYPE_CHECKING:
    import networkx as nx

MENTIONS: Final = "mentions"  # the edge from an article to an entity that it names
MERGED: Final = "merged"  # the attribute that names what a correction joined to an entity
_LISTS: Final = frozenset({"topic", MERGED})  # attributes of several values, comma-separated
# A sign that XML 1.0 cannot hold: C0 and C1 controls, lone surrogates, non-characters.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK: Final = re.compile(r"[\t\r\n\u2028\u2029]")

Vote = tuple[str, str]  # a field of an entity, and what an article says it is


@dataclass(frozen=True)
class KnowledgeGraph:
    """What all articles say: sorted by article id, entities merged and sorted by id.

    ``rulings`` are the corrections that it was given; ``reprints`` and ``same_events`` link what
    different articles print.
    """

    extractions: Collection[Extraction]
    entities: Mapping[str, Entity]
    problems: tuple[Problem, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    same_events: tuple[SameEvent, ...] = ()

    def claims(self) -> Iterator[tuple[Extraction, Claim]]:
        """Yield each claim with what was read from its article."""
        for extraction in self.extractions:
            for claim in extraction.claims:
                yield extraction, claim

    def to_networkx(self) -> "nx.MultiDiGraph":
        """Return entities, articles and outcomes as nodes, claims and mentions as edges.

        An edge is keyed ``relation#claim id``; claims that are not facts are in it too, see
        ``status``. ``start``, ``end``, ``quote`` are the first evidence, ``evidence`` is all of it.
        """
        import networkx as nx  # not before it is asked for: it takes long to load

        out = nx.MultiDiGraph()
        for entity in self.entities.values():
            out.add_node(entity.id, **_node(entity))
        for extraction in self.extractions:
            _add_article(out, extraction)
        return out


def assemble(extractions: Iterable[Extraction], problems: Iterable[Problem] = ()) -> KnowledgeGraph:
    """Join what was read from each article into one graph, the same whatever the order.

    Raise EvidenceError if a quote is not what its article says, or an id leads nowhere.
    """
    kept, dropped = _one_per_article(fit(extraction) for extraction in extractions)
    for extraction in kept:
        check(extraction)
    known = sorted({*problems, *dropped}, key=lambda one: (one.source, one.reason))
    return KnowledgeGraph(kept, merge(kept), tuple(known))


def check(extraction: Extraction) -> None:
    """Raise EvidenceError unless every quote and every id of ``extraction`` holds."""
    article = extraction.article
    known = {entity.id for entity in extraction.entities}
    _check_quotes(article, extraction.mentions)
    for mention in extraction.mentions:
        if mention.entity not in known:
            raise _stray(article, mention.entity)
    names: set[str] = set()
    checked: tuple[Passage, ...] = ()  # claims of one sentence have one evidence
    for claim in extraction.claims:
        if not claim.evidence:
            raise EvidenceError(f"{article.id}: claim {claim.id} has no evidence")
        if claim.id in names:
            raise EvidenceError(f"{article.id}: two claims are called {claim.id}")
        names.add(claim.id)
        if claim.evidence is not checked:
            checked = claim.evidence
            _check_quotes(article, checked)
        if claim.head not in known and claim.head:
            raise _stray(article, claim.head)
        if claim.tail not in known and claim.tail:
            raise _stray(article, claim.tail)


def article_node(article: Article) -> str:
    """Return the id of an article's node."""
    return f"article-{article.id}"


def claim_key(article: Article, claim: Claim) -> str:
    """Return the id of a claim that no other article's claim has."""
    own = f"claim-{article.id}-"
    return claim.id if claim.id.startswith(own) else f"{own}{claim.id}"


def outcome_node(article: Article, claim: Claim) -> str:
    """Return the id of the node that stands for the number an outcome reports."""
    return f"outcome-{claim_key(article, claim).removeprefix('claim-')}"


def outcome_label(claim: Claim) -> str:
    """Return the words of an outcome: 发放宣传资料 约300份."""
    about = "约" if claim.attributes.get("approx") else ""
    value, unit = claim.attributes.get("value", ""), claim.attributes.get("unit", "")
    return f"{claim.attributes.get('what', '')} {about}{value}{unit}".strip()


def credits_text(credits_: Iterable[Credit]) -> str:
    """Return a byline in one line: ``author=闫临宏; photo=林茵``."""
    return "; ".join(f"{credit.role}={credit.name}" for credit in credits_)


# ── one spelling that every format can hold ──────────────────────────────────────────────────


def fit_text(text: str) -> str:
    """Return ``text`` in NFC without signs that XML cannot hold; same length, same offsets."""
    text = _UNFIT.sub("\ufffd", text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(_composed(char) for char in text)


def fit_name(name: str) -> str:
    """Return ``name`` on one line, in NFC, without signs that XML cannot hold."""
    return unicodedata.normalize("NFC", _BREAK.sub(" ", _UNFIT.sub("\ufffd", name)))


def _composed(char: str) -> str:
    one = unicodedata.normalize("NFC", char)
    return one if len(one) == 1 else char


def fit(extraction: Extraction) -> Extraction:
    """Return ``extraction`` with texts and names that every format can hold, offsets unchanged."""
    return Extraction(
        _fit_article(extraction.article),
        tuple(_fit_mention(mention) for mention in extraction.mentions),
        tuple(_fit_entity(entity) for entity in extraction.entities),
        tuple(_fit_claim(claim) for claim in extraction.claims),
    )


def _fit_article(article: Article) -> Article:
    page = article.page
    return replace(
        article,
        page=replace(
            page,
            source=fit_name(page.source),
            outlet=fit_name(page.outlet),
            date=fit_name(page.date),
            number=fit_name(page.number),
            section=fit_name(page.section),
            title=fit_name(page.title),
            credits=_fit_credits(page.credits),
        ),
        title=fit_name(article.title),
        text=fit_text(article.text),
        dateline=fit_name(article.dateline),
        byline=_fit_credits(article.byline),
    )


def _fit_credits(credits_: tuple[Credit, ...]) -> tuple[Credit, ...]:
    return tuple(Credit(credit.role, fit_name(credit.name)) for credit in credits_)


def _fit_mention(mention: Mention) -> Mention:
    text = fit_text(mention.text)
    return mention if text == mention.text else replace(mention, text=text)


def _fit_entity(entity: Entity) -> Entity:
    return replace(
        entity,
        name=fit_name(entity.name),
        aliases=tuple(fit_name(alias) for alias in entity.aliases),
        attributes=_fit_attributes(entity.attributes),
    )


def _fit_claim(claim: Claim) -> Claim:
    evidence = tuple(Passage(one.start, one.end, fit_text(one.text)) for one in claim.evidence)
    return replace(claim, evidence=evidence, attributes=_fit_attributes(claim.attributes))


def _fit_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {key: fit_name(value) for key, value in attributes.items() if value}


# ── one article, one entity ──────────────────────────────────────────────────────────────────


def _one_per_article(
    extractions: Iterable[Extraction],
) -> tuple[tuple[Extraction, ...], list[Problem]]:
    """Return the fullest extraction of each article id, and what was left out for it."""
    groups: defaultdict[str, list[Extraction]] = defaultdict(list)
    for extraction in extractions:
        groups[extraction.article.id].append(extraction)
    kept: list[Extraction] = []
    dropped: list[Problem] = []
    for key in sorted(groups):
        best, *others = sorted(groups[key], key=fullness)
        kept.append(best)
        dropped += filter(None, (dropped_for(best, other) for other in others))
    return tuple(kept), dropped


def dropped_for(best: Extraction, other: Extraction) -> Problem | None:
    """Return the problem of an article that a fuller one with its id replaces; none if equal."""
    article = other.article
    if article.text == best.article.text:
        return None
    reason = f"«{article.title}» is a shorter {article.id}"
    return Problem(article.page.source, reason, fatal=False)


def fullness(extraction: Extraction) -> tuple[int, str, str, str]:
    """Return what articles with one id are sorted by: the first is the one that is kept."""
    article = extraction.article
    source = article.page.source
    return -len(article.text), article.text, source.rsplit("/", 1)[-1], source


def merge(extractions: Iterable[Extraction]) -> dict[str, Entity]:
    """Return one entity for all that share an id, sorted by id."""
    tallies: defaultdict[str, Counter[Vote]] = defaultdict(Counter)
    for extraction in extractions:
        for entity in extraction.entities:
            tallies[entity.id].update(votes(entity))
    return {key: elect(key, tallies[key]) for key in sorted(tallies)}


def votes(entity: Entity) -> list[Vote]:
    """Return what one article says of an entity: field and value, to be counted.

    What a correction joined to it votes apart (~), and counts only where nobody else has a say.
    """
    apart = "~" if MERGED in entity.attributes else ""
    said = [
        (f"={key}" if key == MERGED else f"{apart}={key}", value)
        for key, value in entity.attributes.items()
    ]
    forms = [("form", form) for form in {entity.name, *entity.aliases} - {""}]
    return [("type", entity.type), (f"{apart}name", entity.name), *forms, *said]


def elect(key: str, counts: Mapping[Vote, int]) -> Entity:
    """Return the entity that the counted votes make; raise EvidenceError at two types."""
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (field, value), count in counts.items():
        fields[field][value] += count
    types = fields["type"]
    if len(types) > 1:
        raise EvidenceError(f"{key} has two types")
    name = _usual(fields["name"] or fields["~name"])
    said = sorted({field.lstrip("~=") for field in fields if field.lstrip("~").startswith("=")})
    attributes = {one: _one_value(one, fields) for one in said}
    derived = fields["=derived"].total() + fields["~=derived"].total()
    if derived < types.total():
        attributes.pop("derived", None)  # named somewhere, so not derived
    aliases = tuple(sorted(fields["form"].keys() - {name}))
    return Entity(key, next(iter(types)), name, aliases, attributes)


def _one_value(key: str, fields: Mapping[str, Counter[str]]) -> str:
    counts = fields.get(f"={key}") or fields[f"~={key}"]
    if key not in _LISTS:
        return _usual(counts)
    return ",".join(sorted({part for value in counts for part in value.split(",") if part}))


def _usual(counts: Mapping[str, int]) -> str:
    """Return the most frequent value, of equals the first in code point order."""
    return min(counts, key=lambda value: (-counts[value], value))


def _check_quotes(article: Article, quotes: Iterable[Mention | Passage]) -> None:
    text = article.text
    for quote in quotes:
        start, end, said = quote.start, quote.end, quote.text
        if text[start:end] != said or not said or not 0 <= start < end:
            place = f"{article.id}[{start}:{end}]"
            found = text[start:end] if 0 <= start < end else ""
            raise EvidenceError(f"{place}: quoted as «{said}», the article has «{found}»")


def _stray(article: Article, entity: str) -> EvidenceError:
    return EvidenceError(f"{article.id}: {entity} is no entity of the article")


# ── networkx ─────────────────────────────────────────────────────────────────────────────────


def _node(entity: Entity) -> dict[str, Any]:
    return {
        **entity.attributes,
        "type": entity.type,
        "label": entity.name,
        "aliases": list(entity.aliases),
    }


def _add_article(out: "nx.MultiDiGraph", extraction: Extraction) -> None:
    article, node = extraction.article, article_node(extraction.article)
    out.add_node(
        node,
        type="ARTICLE",
        label=article.title,
        date=article.page.date,
        outlet=article.page.outlet,
        text=article.text,
    )
    for claim in extraction.claims:
        tail = claim.tail or outcome_node(article, claim)
        if not claim.tail:
            out.add_node(tail, type="OUTCOME", label=outcome_label(claim))
        key = f"{claim.relation}#{claim_key(article, claim)}"
        out.add_edge(claim.head, tail, key, **_claim_edge(node, claim))
    for entity, mentions in named(extraction).items():
        out.add_edge(node, entity, f"{MENTIONS}#{node}", **_mention_edge(node, mentions))


def named(extraction: Extraction) -> dict[str, list[Mention]]:
    """Return the mentions of each entity of an article, named ones before nominal ones."""
    groups: dict[str, list[Mention]] = {}
    for mention in sorted(extraction.mentions, key=lambda one: (one.nominal, one.start, one.end)):
        groups.setdefault(mention.entity, []).append(mention)
    return dict(sorted(groups.items()))


def _claim_edge(node: str, claim: Claim) -> dict[str, Any]:
    first = claim.evidence[0]
    return {
        **claim.attributes,
        "relation": claim.relation,
        "status": claim.status,
        "factual": claim.status in FACTUAL,
        "rule": claim.rule,
        "article": node,
        "start": first.start,
        "end": first.end,
        "quote": first.text,
        "evidence": [[one.start, one.end] for one in claim.evidence],
    }


def _mention_edge(node: str, mentions: list[Mention]) -> dict[str, Any]:
    first = mentions[0]
    return {
        "relation": MENTIONS,
        "status": "asserted",
        "factual": True,
        "rule": first.rule,
        "article": node,
        "start": first.start,
        "end": first.end,
        "quote": first.text,
        "evidence": [[one.start, one.end] for one in mentions],
    }
