"""One article resolved: every candidate becomes a mention of an entity."""

from collections.abc import Sequence

from kg.gazetteer import gazetteer
from kg.language.scan import Scan
from kg.model import Entity, Mention
from kg.recognise.candidate import Candidate
from kg.resolve.context import Context
from kg.resolve.identity import local_name
from kg.resolve.names import UnitNames, antecedent
from kg.resolve.places import Placer
from kg.resolve.resolution import Resolution


def resolve(scan: Scan, candidates: Sequence[Candidate]) -> Resolution:
    """Return the mentions and entities of an article, each entity with a canonical name."""
    return _Article(scan, candidates).resolution()


class _Article:
    def __init__(self, scan: Scan, candidates: Sequence[Candidate]) -> None:
        self.scan = scan
        self.candidates = candidates
        spans = {(name.start, name.end): name for name in scan.unit_names}
        self.names = {
            (c.start, c.end): spans[c.start, c.end]
            for c in candidates
            if c.type == "UNIT" and (c.start, c.end) in spans
        }
        named = [name for name in self.names.values() if not name.nominal]
        places = [self.text(c) for c in candidates if c.type == "LOC" and not c.nominal]
        home = [scan.article.dateline] if scan.article.dateline else []
        self.context = Context(gazetteer(), named, places, home)
        self.units = UnitNames(self.context)
        self.keys = self.units.read(named)
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
                form = self.scan.article.text[candidate.start : candidate.end]
                mentions.append(
                    Mention(
                        candidate.type,
                        candidate.start,
                        candidate.end,
                        form,
                        found,
                        candidate.nominal,
                        candidate.rule,
                    )
                )
        return Resolution(
            tuple(mentions),
            tuple(self.entities[key] for key in sorted(self.entities)),
            tuple(sorted(self.parts)),
            tuple(sorted(self.places)),
        )

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

    def _unit(self, candidate: Candidate) -> str | None:
        name = self.names.get((candidate.start, candidate.end))
        key = self.keys.get((candidate.start, candidate.end))
        if key is None and name is not None and candidate.nominal:
            last = name.segments[-1]
            key = antecedent(self.units, last.head, last.kind, candidate.start)
        return None if key is None else self._unit_entity(key)

    def _unit_entity(self, key: tuple[str, ...], derived: bool = True) -> str:
        unit = self.units.units[key]
        code = unit.region.code if unit.region else ""
        entity = local_name("unit", code, unit.name)
        if entity not in self.entities:
            self._add(Entity(entity, "UNIT", unit.name, (), {"code": code, "level": unit.level}))
            if unit.parent is not None:
                self.parts.add((entity, self._unit_entity(unit.parent)))
            if unit.region is not None:
                self.places.add((entity, self._region(self.placer.region(unit.region).id)))
        return entity

    def _place(self, candidate: Candidate) -> str | None:
        form = self.text(candidate)
        if candidate.nominal:
            place = self.placer.pointing(form)
        elif candidate.type == "ORG":
            place = self.placer.organisation(form, None)
        else:
            place = self.placer.place(form, candidate.attributes.get("kind", ""), None)
        return None if place is None else self._region(place.id)

    def _region(self, entity: str) -> str:
        place = self.placer.places[entity]
        if entity not in self.entities:
            code = place.region.code if place.region and place.is_region else ""
            forms = tuple(sorted(place.forms - {place.name}))
            self._add(Entity(entity, place.type, place.name, forms, {"code": code} if code else {}))
        return entity
