"""One article resolved: every candidate becomes a mention of an entity."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.gazetteer import gazetteer
from kg.language.scan import Scan
from kg.language.text import is_lost, shown
from kg.language.units import UnitName
from kg.model import Entity, Mention
from kg.recognise.candidate import CERTAIN, Candidate
from kg.resolve.context import HOME_VOTE, OWN_VOTE, Context
from kg.resolve.identity import thing_id, unit_id
from kg.resolve.lying import lying
from kg.resolve.names import UnitNames
from kg.resolve.naming import Naming, is_branch
from kg.resolve.places import Place, Placer
from kg.resolve.regions import found_in
from kg.resolve.repeats import Repeats
from kg.resolve.resolution import Resolution
from kg.resolve.tree import ORGAN, Key, Unit
from kg.resolve.wordings import Thing, Wordings, names_of

_BULLETIN: Final = re.compile(r"(?:公安|警务|警方)[^，。]{0,6}(?:简报|通报|快报|专刊|信息|动态)")
_BODIES: Final = ("UNIT", "ORG")
_WORDED: Final = ("ACT", "GROUP", "METHOD", "DOC", "PER", "TIME")
# What may stand between a unit and the person who has a post there: nothing but the post.
_POST: Final = re.compile(r"[^，。；：！？“”\n]{0,14}\Z")
# 勐腊|县城|曼它拉广场
_WITHIN: Final = frozenset(
    {"", "县城", "县城的", "城区", "城区的", "境内", "境内的", "市区", "市区的"}
)
_GAP: Final = 3
_LISTED: Final = ("、", "和", "及", "与")
# What recognisers tell each other.
_INNER: Final = frozenset({"named", "trigger", "anonymous", "main", "called"})


def resolve(scan: Scan, candidates: Sequence[Candidate]) -> Resolution:
    """Return the mentions and entities of an article, each entity with a canonical name."""
    return _Article(scan, candidates).resolution()


_Draft = tuple[str, tuple[str, ...], Mapping[str, str]]


class _Article:
    """The state of one resolution: units first, then places, then all that is known by wording."""

    def __init__(self, scan: Scan, candidates: Sequence[Candidate]) -> None:
        self.scan = scan
        self.candidates = candidates
        self.names: dict[tuple[int, int], UnitName] = {}
        named: list[UnitName] = []
        pointing: list[UnitName] = []
        forms: list[str] = []
        bodies: list[str] = []
        spans = {(name.start, name.end): name for name in scan.unit_names}
        for candidate in candidates:
            kind = candidate.type
            if kind == "LOC":
                if not candidate.nominal:
                    forms.append(self.text(candidate))
            elif kind in _BODIES:
                if kind == "ORG" and not candidate.nominal:
                    bodies.append(self.text(candidate))
                span = (candidate.start, candidate.end)
                name = spans.pop(span, None)
                if name is not None:
                    self.names[span] = name
                    nominal = candidate.nominal if kind == "UNIT" else name.nominal
                    (pointing if nominal else named).append(name)
        self.context = Context(gazetteer(), named, forms, self._home(), (*bodies, *forms))
        self.units = UnitNames(self.context, scan)
        self.keys = self.units.read(named, pointing)
        self.naming = Naming(self.units.tree)
        towns, near = self.units.tree.towns(), self.units.hosts.level_region
        self.placer = Placer(self.context, scan, towns, near)
        self.repeats = Repeats(scan, candidates)
        self.wordings = {kind: Wordings(kind, scan.title_end) for kind in _WORDED}
        again = self.repeats.is_another, self.repeats.running, self.repeats.is_aside
        self.wordings["ACT"] = Wordings("ACT", scan.title_end, *again)
        self.types: dict[str, str] = {}  # of every entity by its id
        self.drafts: dict[str, _Draft] = {}  # of all but places: name, aliases, attributes
        self.shared: set[str] = set()  # ids of two units or things: only one of them is drafted
        self._unit_ids: dict[Key, str] = {}
        self.parts: set[tuple[str, str]] = set()
        self.places: set[tuple[str, str]] = set()

    def _home(self) -> Iterator[tuple[str, int]]:
        """Yield the names that say where the article comes from, each with its weight.

        They are those of dateline, outlet and source.
        """
        article = self.scan.article
        sources = [credit.name for credit in article.byline if credit.role == "source"]
        if article.dateline:
            yield article.dateline, HOME_VOTE
        for source in (article.page.outlet, *sources):
            vote = OWN_VOTE if _BULLETIN.search(source) else HOME_VOTE
            yield from ((found.form, vote) for found in found_in(gazetteer(), source)[:1])

    def text(self, candidate: Candidate) -> str:
        return self.scan.text[candidate.start : candidate.end]

    # -- the result -------------------------------------------------------------------------

    def resolution(self) -> Resolution:
        mentions, unfolded = self._settled(self._found())
        for lower, upper in lying(self.placer, set(self.types)):
            self.places.add((lower, upper))
            self._placed(self.placer.places[upper])
        return Resolution(
            tuple(mentions),
            tuple(self._entities({mention.entity for mention in mentions}, unfolded)),
            tuple(sorted(self.parts)),
            tuple(sorted(self.places)),
        )

    def _found(self) -> list[tuple[Candidate, str | Thing]]:
        """Return what each candidate means: the id of an entity, or what is known by wording."""
        found: list[tuple[Candidate, str | Thing]] = []
        previous: tuple[int, Place] | None = None
        text, heads = self.scan.text, self.repeats.heads
        unit: tuple[int, str] | None = None  # the last thing named by an id, if it is a unit
        for candidate in self.candidates:
            kind = candidate.type
            worded = self.wordings.get(kind)
            if worded is not None:
                form = text[candidate.start : candidate.end]
                if form in heads and (act := self.repeats.pointed(form, candidate, worded.things)):
                    found.append((replace(candidate, nominal=True), act))  # 参加|比武
                    continue
                read = worded.pointed if candidate.nominal else worded.read
                thing = read(form, candidate)
                if thing is not None:
                    found.append((candidate, thing))
                    if kind == "PER" and unit is not None and not thing.owner:
                        between = text[unit[0] : candidate.start]
                        thing.owner = unit[1] if _POST.fullmatch(between) else ""
                continue
            if kind != "UNIT" and not candidate.nominal:
                place = self._place(candidate, previous)
                target, previous = self._placed(place), (candidate.end, place)
            elif (pointed := self._target(candidate)) is not None:
                target = pointed
            else:
                continue
            found.append((candidate, target))
            unit = (candidate.end, target) if target.startswith("unit-") else None
        return found

    def _settled(
        self, found: Sequence[tuple[Candidate, str | Thing]]
    ) -> tuple[list[Mention], dict[str, set[str]]]:
        """Return the mentions once all wordings are known, and forms that are printed otherwise.

        What is read is folded; the forms are those that the article prints in another way, and
        all of an id that two things share.
        """
        acts = self.wordings["ACT"]
        joined = acts.join_title()
        for lone in acts.things if joined else ():
            if id(lone) in joined:
                joined[id(lone)].forms += lone.forms
        text, types = self.scan.article.text, self.types
        folded = self.scan.text if self.scan.text != text else None
        mentions = []
        unfolded: dict[str, set[str]] = {}
        for candidate, target in found:
            if isinstance(target, str):
                entity = target
            else:
                thing = joined.get(id(target), target) if joined else target
                entity = thing.entity or self._thing(thing)
            start, end, nominal = candidate.start, candidate.end, candidate.nominal
            form = text[start:end]
            mentions.append(
                Mention(types[entity], start, end, form, entity, nominal, candidate.rule)
            )
            if folded is not None and not nominal and form != folded[start:end]:
                unfolded.setdefault(entity, set()).add(form)
        for mention in mentions if self.shared else ():
            if mention.entity in self.shared and not mention.nominal:
                unfolded.setdefault(mention.entity, set()).add(mention.text)
        return mentions, unfolded

    def _entities(self, named: set[str], unfolded: dict[str, set[str]]) -> Iterator[Entity]:
        """Yield the entities with their printed forms; as derived if nothing in the text names them."""
        places, drafts, types = self.placer.places, self.drafts, self.types
        lost = is_lost(self.scan.text)
        for key in sorted(types):
            name, aliases, marks = _place_draft(places[key]) if key in places else drafts[key]
            if key not in named:
                marks = {**marks, "derived": "yes"}
            elif key in unfolded:
                aliases = tuple(dict.fromkeys((*aliases, *sorted(unfolded[key] - {name}))))
            if lost:
                name, aliases = shown(name), tuple(map(shown, aliases))
            yield Entity(key, types[key], name, aliases, marks)

    def _target(self, candidate: Candidate) -> str | None:
        """Return the id of a unit, or of a place or body that is pointed back to."""
        if candidate.type == "UNIT":
            return self._unit(candidate)
        if candidate.type == "ORG":
            return self._nominal_organisation(candidate)
        place = self.placer.pointing(self.text(candidate), candidate.start)
        return None if place is None else self._placed(place)

    # -- units ------------------------------------------------------------------------------

    def _unit(self, candidate: Candidate) -> str | None:
        span = (candidate.start, candidate.end)
        key = self.keys.get(span)
        if key is None and candidate.nominal and span in self.names:
            key = self._antecedent(span)
            if key is None:
                return self._organisation_at(candidate)
            self.units.hosts.memory.recall(candidate.start, key)
        return None if key is None else self._unit_entity(key)

    def _antecedent(self, span: tuple[int, int]) -> Key | None:
        last = self.names[span].segments[-1]
        return self.units.hosts.memory.antecedent(last.head, last.kind, *span)

    def _unit_entity(self, key: Key) -> str:
        entity = self._unit_ids.get(key)
        if entity is None:
            unit = self.units.tree.units[key]
            entity = self._unit_ids[key] = unit_id(self.units.tree, unit, self.scan.article.id)
            if entity in self.types:
                self.shared.add(entity)
            else:
                self._draft_unit(entity, key, unit)
        return entity

    def _draft_unit(self, entity: str, key: Key, unit: Unit) -> None:
        region = unit.region
        marks = {}
        if region is not None and region.level != "zone":
            marks["code"] = region.code
        if level := "subbureau" if unit.kind == ORGAN and is_branch(unit) else unit.level:
            marks["level"] = level
        if unit.function:
            marks["function"] = unit.function
        self.types[entity] = "UNIT"
        name = self.naming.name(key)
        self.drafts[entity] = (name, self.naming.aliases(unit, name), marks)
        if unit.parent is not None:
            self.parts.add((entity, self._unit_entity(unit.parent)))
        for seat in self._seats(key, unit):
            self.types[seat.id] = seat.type
            self.places.add((entity, seat.id))

    def _seats(self, key: Key, unit: Unit) -> list[Place]:
        """Return the places that a unit lies in; a development zone goes before its city."""
        placer, naming, region = self.placer, self.naming, unit.region
        branch = naming.zone_branch(key)
        zone = naming.zone(branch) if branch is not None else ""
        if zone and region is not None:
            seats = [placer.site(zone, region, "zone")]
        elif branch is not None and branch.town is not None:
            seats = [placer.region(branch.town)]
        else:
            seats = [placer.region(seat) for seat in naming.seats(unit)]
        if region is not None:
            if town := naming.unlisted_town(unit):
                seats.append(placer.site(town, region, "town"))
            if village := naming.village(unit):
                seats.append(placer.site(village, region))
        return seats

    # -- places and organisations -----------------------------------------------------------

    def _place(self, candidate: Candidate, last: tuple[int, Place] | None) -> Place:
        """Return the place or body that a candidate names; ``last`` is the one named before."""
        start, marks = candidate.start, candidate.attributes
        form = self.scan.text[start : candidate.end]
        near = last is not None and start - last[0] <= _GAP
        touches = last if near and last and self.scan.text[last[0] : start] in _WITHIN else None
        before = touches[1] if touches is not None else None
        if candidate.type == "LOC":
            return self.placer.place(form, marks.get("kind", ""), before, start)
        form += marks.get("head", "")  # 义宁镇|、渣津镇人民政府
        place = self.placer.organisation(form, before, start)
        if last is not None and candidate.weight < CERTAIN:
            self._share_region(place, last[1], self.scan.text[last[0] : start])
        return place

    @staticmethod
    def _share_region(place: Place, last: Place, between: str) -> None:
        """Note that a bare body in a list is where the one before it is: 县应急管理局、|市监局."""
        alone = place.region is None and not place.inside
        if alone and last.type == "ORG" and between in _LISTED:
            place.region = last.region

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

    def _thing(self, thing: Thing) -> str:
        entity = thing.entity = thing_id(thing, self.scan.article.id)
        name = "".join(thing.name.split()) if thing.type == "PER" else thing.name
        marks = thing.attributes
        if not _INNER.isdisjoint(marks):
            marks = {key: value for key, value in marks.items() if key not in _INNER}
        if entity in self.types:
            self.shared.add(entity)
        self.types[entity] = thing.type
        self.drafts[entity] = (name, names_of(thing, name), marks)
        return entity


def _place_draft(place: Place) -> _Draft:
    own = place.division
    if own is None:
        forms = tuple(sorted(place.forms - {place.name}))
        return place.name, forms, {"kind": place.kind} if place.kind else {}
    if place.forms is own.forms:  # nothing is printed but what is known
        return own.name, own.aliases, own.marks
    return own.name, tuple(sorted(place.forms - {own.name})), own.marks
