"""Corrections that concern one article: split, not-same, reject, add."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from kg.corrections.anchor import Conflict, Place, mentions_at, one_entity
from kg.corrections.table import key_of
from kg.graph import claim_key
from kg.model import (
    STATUSES,
    TYPES,
    Claim,
    Correction,
    Entity,
    Extraction,
    Mention,
    Passage,
)
from kg.resolve.identity import local_name

RULE: Final = "correction"
ARROW: Final = ">"  # between head and tail
_ACTORS: Final = frozenset({"UNIT", "ORG", "PER", "LOC", "GROUP"})
_HOSTS: Final = frozenset({"UNIT", "ORG"})
_SITES: Final = frozenset({"LOC", "ORG", "UNIT"})
# The types that a relation's head and tail may have.
ENDS: Final = {
    "part_of_unit": ({"UNIT"}, {"UNIT"}),
    "located_in": (_SITES, {"LOC"}),
    "organizes": (_HOSTS, {"ACT"}),
    "takes_part": (_ACTORS, {"ACT"}),
    "held_at": ({"ACT"}, _SITES),
    "held_on": ({"ACT"}, {"TIME"}),
    "part_of": ({"ACT"}, {"ACT"}),
    "targets": ({"ACT"}, {"GROUP", "ORG", "LOC"}),
    "concerns": ({"ACT"}, {"DOC", "METHOD"}),
    "signs": (_HOSTS, {"DOC"}),
    "cooperates_with": (_HOSTS, _HOSTS),
    "uses_method": (_HOSTS, {"METHOD"}),
    "has_post": ({"PER"}, _HOSTS),
    "outcome": ({"ACT"}, {""}),
}
Edited = tuple[Extraction, str]  # the article as it is then, and what the correction was about


def edit(correction: Correction, place: Place) -> Edited:
    """Return the article as a correction leaves it; raise Conflict if it cannot be applied."""
    return EDITS[correction.action](correction, place)


def fits(claim: Claim, types: dict[str, str]) -> bool:
    """Return whether the ends of a claim are of types that its relation may have."""
    heads, tails = ENDS[claim.relation]
    return types.get(claim.head, "") in heads and types.get(claim.tail, "") in tails


def renamed(extraction: Extraction, ids: dict[str, str]) -> Extraction:
    """Return an article in which entities have other ids."""
    return Extraction(
        extraction.article,
        tuple(
            replace(one, entity=ids[one.entity]) if one.entity in ids else one
            for one in extraction.mentions
        ),
        tuple(
            replace(one, id=ids[one.id]) if one.id in ids else one for one in extraction.entities
        ),
        tuple(
            replace(one, head=ids.get(one.head, one.head), tail=ids.get(one.tail, one.tail))
            for one in extraction.claims
        ),
    )


def _not_same(correction: Correction, place: Place) -> Edited:
    entity = one_entity(mentions_at(place))
    if correction.target and correction.target != entity:
        return place.extraction, entity  # two things already: only candidates are affected
    own = hashlib.sha256(place.extraction.article.id.encode()).hexdigest()[:6]
    apart = f"{entity}-{local_name(correction.value) or own}"
    return renamed(place.extraction, {entity: apart}), apart


def _split(correction: Correction, place: Place) -> Edited:
    extraction, moved = place.extraction, mentions_at(place)
    old = _entity(extraction, one_entity(moved))
    name = correction.value or moved[0].text
    new = _named(extraction, correction.target) if correction.target else None
    if new is None:
        key = local_name(old.type.lower(), extraction.article.id, name)
        new = Entity(key, old.type, name, tuple(sorted({one.text for one in moved} - {name})))
    if new.type != old.type or new.id == old.id:
        raise Conflict(f"{old.id} cannot be split into {new.id}")
    staying = [one for one in extraction.mentions if one.entity == old.id and one not in moved]
    return _cleaned(
        replace(
            extraction,
            mentions=tuple(
                replace(one, entity=new.id) if one in moved else one for one in extraction.mentions
            ),
            entities=_with(extraction.entities, new),
            claims=tuple(
                _handed(one, old.id, new.id)
                if _says(one, moved) and not _says(one, staying)
                else one
                for one in extraction.claims
            ),
        ),
        old.id,
    ), new.id


def _reject(correction: Correction, place: Place) -> Edited:
    extraction = place.extraction
    if correction.target:
        gone = [claim for claim in extraction.claims if _meant(claim, correction, place)]
        if not gone:
            raise Conflict(f"no such claim: {correction.target} {correction.value}".rstrip())
        kept = tuple(claim for claim in extraction.claims if claim not in gone)
        return replace(extraction, claims=kept), claim_key(extraction.article, gone[0])
    wrong = mentions_at(place)
    entity = one_entity(wrong)
    left = tuple(one for one in extraction.mentions if one not in wrong)
    return _cleaned(replace(extraction, mentions=left), entity), entity


def _add(correction: Correction, place: Place) -> Edited:
    if len(place.spans) != 1:
        raise Conflict(
            f"«{correction.quote}» stands {len(place.spans)} times in the article: "
            "quote more words and mark the meant ones with [ ]"
        )
    if correction.target in TYPES:
        return _add_mention(correction, place)
    return _add_claim(correction, place)


def _add_mention(correction: Correction, place: Place) -> Edited:
    extraction, kind = place.extraction, correction.target
    (start, end), text = place.spans[0], extraction.article.text
    if any((one.start, one.end, one.type) == (start, end, kind) for one in extraction.mentions):
        raise Conflict(f"«{text[start:end]}» is a {kind} already")
    name, attributes = _value(correction.value)
    name = name or text[start:end]
    entity = next((one for one in extraction.entities if _is_called(one, kind, name)), None)
    if entity is None:
        key = local_name(kind.lower(), extraction.article.id, name)
        aliases = tuple({text[start:end]} - {name})
        entity = Entity(key, kind, name, aliases, attributes)
    mention = Mention(kind, start, end, text[start:end], entity.id, rule=RULE)
    mentions = sorted((*extraction.mentions, mention), key=lambda one: (one.start, one.end))
    entities = _with(extraction.entities, entity)
    return replace(extraction, mentions=tuple(mentions), entities=entities), entity.id


def _add_claim(correction: Correction, place: Place) -> Edited:
    extraction = place.extraction
    ends, attributes = _value(correction.value)
    head, _, tail = (part.strip() for part in ends.partition(ARROW))
    status = attributes.pop("status", STATUSES[0])
    if status not in STATUSES:
        raise Conflict(f"no status «{status}»; known: {', '.join(STATUSES)}")
    quotes = tuple(Passage(*span, extraction.article.text[slice(*span)]) for span in place.spans)
    claim = Claim(
        f"correction-{key_of(correction)}",
        correction.target,
        _named(extraction, head).id,
        _named(extraction, tail).id if tail else "",
        quotes,
        status,
        RULE,
        attributes,
    )
    if not fits(claim, {one.id: one.type for one in extraction.entities}):
        raise Conflict(
            f"{claim.relation} cannot lead from {claim.head} to {claim.tail or 'nothing'}"
        )
    added = replace(extraction, claims=(*extraction.claims, claim))
    return added, claim_key(extraction.article, claim)


def _meant(claim: Claim, correction: Correction, place: Place) -> bool:
    """Return whether a correction means this claim: by id, or by relation, quote and ends."""
    target, article = correction.target, place.extraction.article
    names = (claim.relation, claim.id, claim_key(article, claim))
    if target not in names or not _touches(claim, place.spans):
        return False  # an id may have gone to another claim since: the quote must fit, too
    head, _, tail = (part.strip() for part in correction.value.partition(ARROW))
    return _is_end(place.extraction, claim.head, head) and _is_end(
        place.extraction, claim.tail, tail
    )


def _touches(claim: Claim, spans: Iterable[tuple[int, int]]) -> bool:
    places = list(spans)
    return not places or any(
        one.start < end and start < one.end for one in claim.evidence for start, end in places
    )


def _is_end(extraction: Extraction, end: str, said: str) -> bool:
    return not said or said == end or (bool(end) and said in _forms(_entity(extraction, end)))


def _says(claim: Claim, mentions: Iterable[Mention]) -> bool:
    """Return whether a claim's evidence holds one of ``mentions``."""
    return any(
        quote.start <= one.start and one.end <= quote.end
        for quote in claim.evidence
        for one in mentions
    )


def _handed(claim: Claim, old: str, new: str) -> Claim:
    head = new if claim.head == old else claim.head
    return replace(claim, head=head, tail=new if claim.tail == old else claim.tail)


def _cleaned(extraction: Extraction, entity: str) -> Extraction:
    """Return an article without ``entity`` and its claims if it is mentioned no more."""
    if any(one.entity == entity for one in extraction.mentions):
        return extraction
    claims = tuple(one for one in extraction.claims if entity not in (one.head, one.tail))
    entities = tuple(one for one in extraction.entities if one.id != entity)
    return replace(extraction, entities=entities, claims=claims)


def _with(entities: tuple[Entity, ...], new: Entity) -> tuple[Entity, ...]:
    return entities if any(one.id == new.id for one in entities) else (*entities, new)


def _entity(extraction: Extraction, key: str) -> Entity:
    return next(one for one in extraction.entities if one.id == key)


def _named(extraction: Extraction, said: str) -> Entity:
    """Return the entity of an article that an id or a name means; raise Conflict otherwise."""
    found = [one for one in extraction.entities if one.id == said]
    found = found or [one for one in extraction.entities if said and said in _forms(one)]
    if len(found) != 1:
        raise Conflict(f"«{said}» names {len(found) or 'no'} entities of the article")
    return found[0]


def _forms(entity: Entity) -> set[str]:
    return {entity.id, entity.name, *entity.aliases}


def _is_called(entity: Entity, kind: str, name: str) -> bool:
    return entity.type == kind and name in (entity.id, entity.name)


def _value(cell: str) -> tuple[str, dict[str, str]]:
    """Return the first part of a cell, and its key=value pairs: 田小满>城关派出所;post=所长."""
    first, *pairs = (part.strip() for part in cell.split(";"))
    said = (pair.partition("=") for pair in pairs if pair)
    return first, {key.strip(): value.strip() or "yes" for key, _, value in said}


EDITS: Final[dict[str, Callable[[Correction, Place], Edited]]] = {
    "not-same": _not_same,
    "split": _split,
    "reject": _reject,
    "add": _add,
}
