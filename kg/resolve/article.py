"""One article resolved: every candidate becomes a mention of an entity."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.gazetteer import Region, gazetteer
from kg.language.scan import Scan
from kg.language.text import shown
from kg.language.units import UnitName
from kg.model import Entity, Mention
from kg.recognise.candidate import Candidate
from kg.resolve.context import Context
from kg.resolve.identity import thing_id, unit_id
from kg.resolve.lying import lying
from kg.resolve.names import UnitNames
from kg.resolve.naming import Naming, is_branch
from kg.resolve.places import Place, Placer
from kg.resolve.resolution import Resolution
from kg.resolve.tree import Key, Unit
from kg.resolve.wordings import Thing, Wordings, names_of

_WORDED: Final = ("ACT", "GROUP", "METHOD", "DOC", "PER", "TIME")
# What may stand between a unit and the person who has a post there: nothing but the post.
_POST: Final = re.compile(r"[^，。；：！？“”\n]{0,14}\Z")
_INNER: Final = frozenset(
    {"named", "trigger", "anonymous", "main"}
)  # what recognisers tell each other


def resolve(scan: Scan, candidates: Sequence[Candidate]) -> Resolution:
    """Return the mentions and entities of an article, each entity with a canonical name."""
    return _Article(scan, candidates).resolution()


_Draft = tuple[str, Iterable[str], dict[str, str]]


class _Article:
    """The state of one resolution: units first, then places, then all that is known by wording."""

    def __init__(self, scan: Scan, candidates: Sequence[Candidate]) -> None:
        self.scan = scan
        self.candidates = candidates
        self.names = self._unit_names()
        named: list[UnitName] = []
        pointing: list[UnitName] = []
        for name in self.names.values():
            (pointing if name.nominal else named).append(name)
        self.context = Context(gazetteer(), named, self._place_forms(), self._home())
        self.units = UnitNames(self.context, scan)
        self.keys = self.units.read(named, pointing)
        self.naming = Naming(self.units.tree)
        self.placer = Placer(self.context, scan.article.id, self.units.tree.towns())
        self.wordings = {kind: Wordings(kind, scan.title_end) for kind in _WORDED}
        self.types: dict[str, str] = {}  # of every entity by its id
        self.drafts: dict[str, _Draft] = {}  # of all but places: name, aliases, attributes
        self._unit_ids: dict[Key, str] = {}
        self.parts: set[tuple[str, str]] = set()
        self.places: set[tuple[str, str]] = set()

    def _unit_names(self) -> dict[tuple[int, int], UnitName]:
        spans = {(name.start, name.end): name for name in self.scan.unit_names}
        units = [(c.start, c.end) for c in self.candidates if c.type in ("UNIT", "ORG")]
        return {span: spans[span] for span in units if span in spans}

    def _place_forms(self) -> list[str]:
        return [self.text(c) for c in self.candidates if c.type == "LOC" and not c.nominal]

    def _home(self) -> Iterator[str]:
        """Yield the names that say where the article comes from: dateline, outlet, source."""
        article = self.scan.article
        sources = [credit.name for credit in article.byline if credit.role == "source"]
        if article.dateline:
            yield article.dateline
        for source in (article.page.outlet, *sources):
            yield from (found.form for found in gazetteer().find(source)[:1])

    def text(self, candidate: Candidate) -> str:
        return self.scan.text[candidate.start : candidate.end]

    # -- the result -------------------------------------------------------------------------

    def resolution(self) -> Resolution:
        mentions = self._mentions()
        named: dict[str, set[str]] = {}
        for mention in mentions:
            printed = named.get(mention.entity)
            if printed is None:
                printed = named[mention.entity] = set()
            if not mention.nominal:
                printed.add(mention.text)
        self.places.update(lying(self.placer, set(self.types), gazetteer()))
        ends = {end for pair in self.places for end in pair}
        for place in self.placer.places.values():
            if place.id in ends:
                self._placed(place)
        return Resolution(
            tuple(mentions),
            tuple([self._entity(key, named.get(key)) for key in sorted(self.types)]),
            tuple(sorted(self.parts)),
            tuple(sorted(self.places)),
        )

    def _mentions(self) -> list[Mention]:
        found: list[tuple[Candidate, str | Thing]] = []
        previous: tuple[int, Place] | None = None
        for candidate in self.candidates:
            target: str | Thing | None
            if candidate.type in ("LOC", "ORG") and not candidate.nominal:
                before = previous[1] if previous and previous[0] == candidate.start else None
                place = self._place(candidate, before)
                target, previous = self._placed(place), (candidate.end, place)
            else:
                target = self._target(candidate)
            if target is not None:
                found.append((candidate, target))
        return self._settled(found)

    def _settled(self, found: Sequence[tuple[Candidate, str | Thing]]) -> list[Mention]:
        """Return the mentions once all wordings are known, so that ids and names are final."""
        joined = self.wordings["ACT"].join_title()
        for lone, body in (
            (t, joined[id(t)]) for t in self.wordings["ACT"].things if id(t) in joined
        ):
            body.forms += lone.forms
        owners = self._owners(found)
        ids: dict[int, str] = {}
        mentions = []
        for candidate, target in found:
            if isinstance(target, str):
                mentions.append(self._mention(candidate, target))
                continue
            thing = joined.get(id(target), target) if joined else target
            entity = ids.get(id(thing))
            if entity is None:
                entity = ids[id(thing)] = self._thing(thing, owners.get(id(thing), ""))
            mentions.append(self._mention(candidate, entity))
        return mentions

    def _mention(self, candidate: Candidate, entity: str) -> Mention:
        start, end = candidate.start, candidate.end
        form = self.scan.article.text[start:end]
        return Mention(
            self.types[entity], start, end, form, entity, candidate.nominal, candidate.rule
        )

    def _entity(self, key: str, printed: set[str] | None) -> Entity:
        """Return the entity with its printed forms; as derived if nothing in the text names it."""
        place = self.placer.places.get(key)
        name, aliases, marks = self.drafts[key] if place is None else _place_draft(place)
        if printed is None:
            marks = {**marks, "derived": "yes"}
        elif others := printed - {name}:
            aliases = dict.fromkeys((*aliases, *sorted(others)))
        return Entity(key, self.types[key], shown(name), tuple(map(shown, aliases)), marks)

    def _target(self, candidate: Candidate) -> str | Thing | None:
        if candidate.type == "UNIT":
            return self._unit(candidate)
        if candidate.type == "ORG":
            return self._nominal_organisation(candidate)
        if candidate.type == "LOC":
            place = self.placer.pointing(self.text(candidate), candidate.start)
            return None if place is None else self._placed(place)
        wordings = self.wordings[candidate.type]
        if candidate.nominal:
            return wordings.pointed(self.text(candidate), candidate)
        return wordings.read(self.text(candidate), candidate)

    # -- units ------------------------------------------------------------------------------

    def _unit(self, candidate: Candidate) -> str | None:
        span = (candidate.start, candidate.end)
        key = self.keys.get(span)
        if key is None and candidate.nominal and span in self.names:
            key = self._antecedent(span)
            if key is None:
                return self._organisation_at(candidate)
        return None if key is None else self._unit_entity(key)

    def _antecedent(self, span: tuple[int, int]) -> Key | None:
        last = self.names[span].segments[-1]
        return self.units.hosts.memory.antecedent(last.head, last.kind, *span)

    def _unit_entity(self, key: Key) -> str:
        entity = self._unit_ids.get(key)
        if entity is None:
            unit = self.units.tree[key]
            entity = self._unit_ids[key] = unit_id(self.units.tree, unit, self.scan.article.id)
            if entity not in self.types:
                self._draft_unit(entity, key, unit)
        return entity

    def _draft_unit(self, entity: str, key: Key, unit: Unit) -> None:
        code = unit.region.code if unit.region and unit.region.level != "zone" else ""
        level = "subbureau" if is_branch(unit) else unit.level
        marks = {"code": code, "level": level, "function": unit.function}
        marks = {mark: value for mark, value in marks.items() if value}
        self.types[entity] = "UNIT"
        self.drafts[entity] = (self.naming.name(key), self.naming.aliases(key), marks)
        if unit.parent is not None:
            self.parts.add((entity, self._unit_entity(unit.parent)))
        self.places.update([(entity, seat) for seat in self._seats(key)])

    def _seats(self, key: Key) -> Iterator[str]:
        """Yield the regions that a unit lies in; a development zone goes before its city."""
        zone, region = self.naming.zone(key), self.units.tree[key].region
        if zone and region is not None:
            yield self._placed(self.placer.site(zone, region, "zone"))
        else:
            yield from (self._region(seat) for seat in self.naming.seats(key))
        town = self.naming.unlisted_town(key)
        if town and region is not None:
            yield self._placed(self.placer.site(town, region, "town"))

    def _region(self, region: Region) -> str:
        return self._placed(self.placer.region(region))

    # -- places and organisations -----------------------------------------------------------

    def _place(self, candidate: Candidate, previous: Place | None) -> Place:
        form = self.text(candidate)
        if candidate.type == "ORG":
            return self.placer.organisation(form, previous, candidate.start)
        kind = candidate.attributes.get("kind", "")
        return self.placer.place(form, kind, previous, candidate.start)

    def _nominal_organisation(self, candidate: Candidate) -> str | None:
        found = self._organisation_at(candidate)
        span = (candidate.start, candidate.end)
        if found is None and span in self.names:
            key = self._antecedent(span)
            return None if key is None else self._unit_entity(key)
        return found

    def _organisation_at(self, candidate: Candidate) -> str | None:
        place = self.placer.nominal_organisation(self.text(candidate), candidate.start)
        return None if place is None else self._placed(place)

    def _placed(self, place: Place) -> str:
        """Return the id of a place; its entity is made when all its forms are known."""
        self.types[place.id] = place.type
        return place.id

    # -- things known by their wording ------------------------------------------------------

    def _thing(self, thing: Thing, owner: str) -> str:
        entity = thing_id(thing, self.scan.article.id, owner)
        name = "".join(thing.name.split()) if thing.type == "PER" else thing.name
        forms = [form for form in names_of(thing.forms) if form != name]
        marks = {key: value for key, value in thing.attributes.items() if key not in _INNER}
        self.types[entity] = thing.type
        self.drafts[entity] = (name, forms, marks)
        return entity

    def _owners(self, found: Sequence[tuple[Candidate, str | Thing]]) -> dict[int, str]:
        """Return for each person the unit that is named right before the post and the name."""
        owners: dict[int, str] = {}
        unit: tuple[int, str] | None = None
        for candidate, target in found:
            if isinstance(target, str):
                unit = (candidate.end, target) if target.startswith("unit-") else None
            elif target.type == "PER" and unit is not None and id(target) not in owners:
                between = self.scan.text[unit[0] : candidate.start]
                owners |= {id(target): unit[1]} if _POST.fullmatch(between) else {}
        return owners


def _place_draft(place: Place) -> _Draft:
    marks = {"kind": place.kind} if place.kind else {}
    if place.is_region and place.region is not None:
        marks |= _marks(place.region)
    return place.name, sorted(place.forms - {place.name}), marks


@functools.lru_cache(maxsize=65536)
def _marks(region: Region) -> Mapping[str, str]:
    """Return code and coordinates; a zone's code is the statisticians' own, not GB/T 2260."""
    marks = {"level": region.level}
    if len(region.code) == len("150826") and region.level != "zone":
        marks["code"] = region.code
    if region.latitude is not None and region.longitude is not None:
        marks |= {"latitude": str(region.latitude), "longitude": str(region.longitude)}
    return marks
