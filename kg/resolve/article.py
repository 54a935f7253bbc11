"""One article resolved: every candidate becomes a mention of an entity."""

from collections.abc import Sequence

from kg.gazetteer import Region, gazetteer
from kg.language.scan import Scan
from kg.language.units import UnitName
from kg.model import Entity, Mention
from kg.recognise.candidate import Candidate
from kg.resolve.context import Context
from kg.resolve.identity import local_name, unit_id
from kg.resolve.names import UnitNames
from kg.resolve.naming import Naming
from kg.resolve.places import Placer
from kg.resolve.resolution import Resolution
from kg.resolve.tree import Key


def resolve(scan: Scan, candidates: Sequence[Candidate]) -> Resolution:
    """Return the mentions and entities of an article, each entity with a canonical name."""
    return _Article(scan, candidates).resolution()


class _Article:
    def __init__(self, scan: Scan, candidates: Sequence[Candidate]) -> None:
        self.scan = scan
        self.candidates = candidates
        spans = {(name.start, name.end): name for name in scan.unit_names}
        self.names: dict[tuple[int, int], UnitName] = {
            (c.start, c.end): spans[c.start, c.end]
            for c in candidates
            if c.type == "UNIT" and (c.start, c.end) in spans
        }
        named = [name for name in self.names.values() if not name.nominal]
        places = [self.text(c) for c in candidates if c.type == "LOC" and not c.nominal]
        home = [scan.article.dateline] if scan.article.dateline else []
        self.context = Context(gazetteer(), named, places, home)
        self.units = UnitNames(self.context, scan)
        pointing = [name for name in self.names.values() if name.nominal]
        self.keys = self.units.read(named, pointing)
        self.naming = Naming(self.units.tree)
        self.placer = Placer(self.context)
        self.entities: dict[str, Entity] = {}
        self.parts: set[tuple[str, str]] = set()
        self.places: set[tuple[str, str]] = set()

    def text(self, candidate: Candidate) -> str:
        return self.scan.text[candidate.start : candidate.end]

    def resolution(self) -> Resolution:
        mentions = []
        for candidate in self.candidates:
            found = self._entity(candidate)
            if found is not None:
                mentions.append(self._mention(candidate, found))
        named = {mention.entity for mention in mentions}
        return Resolution(
            tuple(mentions),
            tuple(self._marked(self.entities[key], named) for key in sorted(self.entities)),
            tuple(sorted(self.parts)),
            tuple(sorted(self.places)),
        )

    def _mention(self, candidate: Candidate, entity: str) -> Mention:
        form = self.scan.article.text[candidate.start : candidate.end]
        span = (candidate.start, candidate.end)
        return Mention(candidate.type, *span, form, entity, candidate.nominal, candidate.rule)

    @staticmethod
    def _marked(entity: Entity, named: set[str]) -> Entity:
        """Return the entity marked as derived if nothing in the text names it."""
        if entity.id in named:
            return entity
        attributes = {**entity.attributes, "derived": "yes"}
        return Entity(entity.id, entity.type, entity.name, entity.aliases, attributes)

    def _entity(self, candidate: Candidate) -> str | None:
        if candidate.type == "UNIT":
            return self._unit(candidate)
        if candidate.type in ("LOC", "ORG"):
            return self._place(candidate)
        name = self.text(candidate)
        shared = candidate.type in ("DOC", "METHOD")
        entity = local_name(candidate.type.lower(), "" if shared else self.scan.article.id, name)
        return self._add(Entity(entity, candidate.type, name, (), dict(candidate.attributes)))

    def _add(self, entity: Entity) -> str:
        self.entities.setdefault(entity.id, entity)
        return entity.id

    # -- units ------------------------------------------------------------------------------

    def _unit(self, candidate: Candidate) -> str | None:
        span = (candidate.start, candidate.end)
        key = self.keys.get(span)
        if key is None and candidate.nominal and span in self.names:
            last = self.names[span].segments[-1]
            key = self.units.hosts.memory.antecedent(last.head, last.kind, *span)
        return None if key is None else self._unit_entity(key)

    def _unit_entity(self, key: Key) -> str:
        unit = self.units.tree[key]
        code = unit.region.code if unit.region else ""
        entity = unit_id(key, self.naming.name(key), code, self.scan.article.id)
        if entity in self.entities:
            return entity
        marks = {"code": code, "level": unit.level, "function": unit.function}
        marks = {name: value for name, value in marks.items() if value}
        self._add(Entity(entity, "UNIT", self.naming.name(key), self.naming.aliases(key), marks))
        if unit.parent is not None:
            self.parts.add((entity, self._unit_entity(unit.parent)))
        for region in (unit.region, unit.town):
            if region is not None:
                self.places.add((entity, self._region(region)))
        return entity

    def _region(self, region: Region) -> str:
        return self._placed(self.placer.region(region).id)

    # -- places and organisations -----------------------------------------------------------

    def _place(self, candidate: Candidate) -> str | None:
        form = self.text(candidate)
        if candidate.nominal:
            place = self.placer.pointing(form)
        elif candidate.type == "ORG":
            place = self.placer.organisation(form, None)
        else:
            place = self.placer.place(form, candidate.attributes.get("kind", ""), None)
        return None if place is None else self._placed(place.id)

    def _placed(self, entity: str) -> str:
        place = self.placer.places[entity]
        if entity not in self.entities:
            code = place.region.code if place.region and place.is_region else ""
            forms = tuple(sorted(place.forms - {place.name}))
            self._add(Entity(entity, place.type, place.name, forms, {"code": code} if code else {}))
        return entity
