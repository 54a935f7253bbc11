"""What all corrections together come to: edits of single articles, and fates of entities.

Edits come first and in the order of the file, then merge, retype and rename, which concern an
entity wherever it occurs. A plan says for each article what to do, so that it can be replayed on
one article as well as on all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.corrections.anchor import Conflict, Library, Place, locate, mentions_at, one_entity
from kg.corrections.edits import EDITS, edit, fits
from kg.corrections.table import key_of, standing
from kg.graph import MERGED, KnowledgeGraph, check, merge
from kg.model import Correction, Entity, Extraction, Ruling


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an entity; empty where nothing changes."""

    id: str
    type: str = ""
    name: str = ""
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits by article id, fates by entity id, pairs that are no candidates, and the report."""

    edits: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    fates: Mapping[str, Fate] = field(default_factory=dict)
    apart: tuple[tuple[str, str], ...] = ()
    rulings: tuple[Ruling, ...] = ()


class Articles:
    """A library over articles in memory."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self._articles = {one.article.id: one for one in extractions}
        self._types = {
            entity.id: entity.type for one in self._articles.values() for entity in one.entities
        }

    def article(self, key: str) -> Extraction | None:
        """Return what was read from the article with this id."""
        return self._articles.get(key)

    def with_text(self, digest: str) -> Extraction | None:
        """Return what was read from an article whose text's hash begins so."""
        from kg.corrections.anchor import text_hash

        found = (
            key
            for key in sorted(self._articles)
            if len(digest) >= 6 and text_hash(self._articles[key].article.text).startswith(digest)
        )
        return self._articles.get(next(found, ""))

    def type_of(self, entity: str) -> str | None:
        """Return the type of an entity, None if no article has it."""
        return self._types.get(entity)


def correct(graph: KnowledgeGraph, rows: Iterable[Correction]) -> tuple[KnowledgeGraph, Plan]:
    """Return ``graph`` as the corrections leave it, and what they came to."""
    plan = bind(rows, Articles(graph.extractions))
    if not plan.rulings:
        return graph, plan
    extractions = tuple(apply(one, plan) for one in graph.extractions)
    entities = merge(extractions)
    return replace(graph, extractions=extractions, entities=entities, rulings=plan.rulings), plan


def bind(rows: Iterable[Correction], library: Library) -> Plan:
    """Return what the corrections come to in these articles, conflicts included."""
    return _Binder(library).bind(standing(rows))


def apply(extraction: Extraction, plan: Plan) -> Extraction:
    """Return an article as the corrections leave it."""
    out = _edited(extraction, plan.edits.get(extraction.article.id, ()))
    fates = {one.id: plan.fates[one.id] for one in out.entities if one.id in plan.fates}
    if fates:
        out = _fated(out, fates)
    if out is not extraction:
        check(out)
    return out


def _edited(extraction: Extraction, edits: Iterable[Correction]) -> Extraction:
    from kg.corrections.anchor import spans_of

    for one in edits:
        spans = tuple(spans_of(extraction.article.text, one.quote))
        extraction, _ = edit(one, Place(extraction, spans, ""))
    return extraction


def _fated(extraction: Extraction, fates: Mapping[str, Fate]) -> Extraction:
    ids = {key: fate.id for key, fate in fates.items()}
    retyped = {fate.id: fate.type for fate in fates.values() if fate.type}
    entities = _joined(_entity(one, fates.get(one.id)) for one in extraction.entities)
    types = {one.id: one.type for one in entities}
    moved = (
        (one, replace(one, head=ids.get(one.head, one.head), tail=ids.get(one.tail, one.tail)))
        for one in extraction.claims
    )
    return Extraction(
        extraction.article,
        tuple(
            replace(one, entity=ids[one.entity], type=types[ids[one.entity]])
            if one.entity in ids
            else one
            for one in extraction.mentions
        ),
        entities,
        tuple(
            new
            for old, new in moved
            if not (new.head == new.tail and old.head != old.tail)
            and (not {new.head, new.tail} & retyped.keys() or fits(new, types))
        ),
    )


def _entity(entity: Entity, fate: Fate | None) -> Entity:
    if fate is None:
        return entity
    attributes = dict(entity.attributes)
    if fate.merged:
        attributes[MERGED] = fate.merged
    name = fate.name or entity.name
    aliases = tuple(sorted({*entity.aliases, entity.name} - {name}))
    return Entity(fate.id, fate.type or entity.type, name, aliases, attributes)


def _joined(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities of which each id is there once, what a merge brought in behind the rest."""
    groups: dict[str, list[Entity]] = {}
    for one in entities:
        groups.setdefault(one.id, []).append(one)
    return tuple(
        same[0] if len(same) == 1 else _one(sorted(same, key=lambda one: MERGED in one.attributes))
        for same in groups.values()
    )


def _one(same: list[Entity]) -> Entity:
    first = same[0]
    merged = sorted({one.attributes[MERGED] for one in same if MERGED in one.attributes})
    attributes = {key: one.attributes[key] for one in reversed(same) for key in one.attributes}
    attributes.pop(MERGED, None)
    if any("derived" not in one.attributes for one in same):
        attributes.pop("derived", None)
    if all(MERGED in one.attributes for one in same):
        attributes[MERGED] = ",".join(merged)
    forms = {form for one in same for form in (one.name, *one.aliases)} - {first.name}
    return Entity(first.id, first.type, first.name, tuple(sorted(forms)), attributes)


class _Binder:
    """Goes through the corrections once and notes what each comes to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._now: dict[str, Extraction] = {}  # articles as edited so far
        self._edits: defaultdict[str, list[Correction]] = defaultdict(list)
        self._into: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._apart: set[tuple[str, str]] = set()

    def bind(self, rows: list[Correction]) -> Plan:
        """Return the plan; edits of articles come before what concerns entities everywhere."""
        rulings: dict[str, Ruling] = {}
        for row in sorted(rows, key=lambda row: row.action not in EDITS):  # a stable sort
            key = key_of(row)
            try:
                subject, notice = self._take(row)
                rulings[key] = Ruling(key, row, subject, notice=notice)
            except Conflict as conflict:
                rulings[key] = Ruling(key, row, conflict=str(conflict))
        return Plan(
            {key: tuple(self._edits[key]) for key in sorted(self._edits)},
            self._fates(),
            tuple(sorted(self._apart)),
            tuple(rulings[key] for key in sorted(rulings)),
        )

    def _take(self, row: Correction) -> tuple[str, str]:
        place = None
        if row.article:
            place = locate(row, self._library, lambda one: self._now.get(one.article.id, one))
        if row.action in EDITS and place:
            return self._edit(row, place), place.notice
        if row.action == "note":
            return self._noted(row, place), place.notice if place else ""
        entity = self._subject(row, place)
        GLOBAL[row.action](self, row, entity)
        return entity, place.notice if place else ""

    def _edit(self, row: Correction, place: Place) -> str:
        key = place.extraction.article.id
        after, subject = edit(row, place)
        check(after)
        if row.action == "not-same" and row.target not in ("", subject):
            self._apart.add((min(subject, row.target), max(subject, row.target)))
        self._now[key] = after
        self._edits[key].append(row)
        return subject

    def _noted(self, row: Correction, place: Place | None) -> str:
        if place is None:
            return row.target
        at = [
            one.entity for one in place.extraction.mentions if (one.start, one.end) in place.spans
        ]
        return row.target or (at[0] if at else f"article-{place.extraction.article.id}")

    def _subject(self, row: Correction, place: Place | None) -> str:
        if place:
            return one_entity(mentions_at(place))
        if self._type(row.quote) is None:
            raise Conflict(f"no entity {row.quote}: without an article the quote is an entity's id")
        return row.quote

    def _type(self, entity: str) -> str | None:
        if entity in self._types:
            return self._types[entity]
        found = self._library.type_of(entity)
        if found:
            return found
        known = (one for now in self._now.values() for one in now.entities)
        return next((one.type for one in known if one.id == entity), None)

    def _root(self, entity: str) -> str:
        while entity in self._into:
            entity = self._into[entity]
        return entity

    def _merge(self, row: Correction, entity: str) -> None:
        one, two = self._root(entity), self._root(row.target)
        if self._type(two) is None:
            raise Conflict(f"no entity {row.target}")
        if one == two:
            raise Conflict(f"{entity} and {row.target} are one already")
        if self._type(one) != self._type(two):
            raise Conflict(f"{one} is a {self._type(one)}, {two} a {self._type(two)}: retype first")
        self._into[one] = two
        if row.value:
            self._names[two] = row.value

    def _retype(self, row: Correction, entity: str) -> None:
        entity = self._root(entity)
        if self._type(entity) == row.value:
            raise Conflict(f"{entity} is a {row.value} already")
        self._types[entity] = row.value

    def _rename(self, row: Correction, entity: str) -> None:
        self._names[self._root(entity)] = row.value

    def _fates(self) -> dict[str, Fate]:
        fates = {}
        for entity in sorted({*self._into, *self._types, *self._names}):
            root = self._root(entity)
            kind = self._types.get(root, "")
            key = _retyped(root, kind) if kind else root
            merged = entity if entity != root else ""
            kind = kind or (self._type(root) or "" if entity in self._types else "")
            fates[entity] = Fate(key, kind, self._names.get(root, ""), merged)
        return {key: fates[key] for key in sorted(fates)}


def _retyped(entity: str, kind: str) -> str:
    """Return the id of an entity under its new type."""
    return f"{kind.lower()}-{entity.partition('-')[2] or entity}"


GLOBAL: Final = {
    "merge": _Binder._merge,
    "retype": _Binder._retype,
    "rename": _Binder._rename,
}
