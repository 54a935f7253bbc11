"""Which activities of different articles may be one event: unit, day, kind and place agree.

Nothing is joined here: a candidate is for a person, or for a query, to decide.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.model import FACTUAL, Claim, Entity, Extraction

LONGEST: Final = 7  # days: a longer time does not tell one event from the next
HIGHEST: Final = 3  # levels up: a station, its bureau, the city's bureau may all be named as host
_HOSTS: Final = frozenset({"organizes", "takes_part"})


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells one activity from another; ``over`` are the units above those that act."""

    article: str
    activity: str
    units: Mapping[str, str]
    over: frozenset[str]
    first: str
    last: str
    kind: str
    topics: frozenset[str]
    places: Mapping[str, str]

    def marks(self) -> list[tuple[str, bool]]:
        """Return keys of which two reports of one event share at least one.

        With each stands whether it is of a unit that acts itself: it must be so on one side.
        """
        units = [*((unit, True) for unit in self.units), *((unit, False) for unit in self.over)]
        return [(f"{day} {self.kind} {unit}", acts) for day in self._days() for unit, acts in units]

    def _days(self) -> Iterator[date]:
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        for number in range((last - first).days + 1):
            yield first + timedelta(number)


def traces(extraction: Extraction) -> list[Trace]:
    """Return the traces of an article's activities that have a unit and a day."""
    entities = {entity.id: entity for entity in extraction.entities}
    by_activity: defaultdict[str, list[Claim]] = defaultdict(list)
    parents: dict[str, str] = {}
    for claim in extraction.claims:
        if claim.status in FACTUAL and claim.relation == "part_of_unit":
            parents[claim.head] = claim.tail
        elif claim.status in FACTUAL:
            by_activity[claim.tail if claim.relation in _HOSTS else claim.head].append(claim)
    found = (
        _trace(extraction.article.id, entities[key], by_activity[key], entities, parents)
        for key in sorted(by_activity)
        if entities[key].type == "ACT" and entities[key].attributes.get("kind") != "campaign"
    )
    return [one for one in found if one]


def one_event(one: Trace, two: Trace) -> str:
    """Return what two activities share if they may be one event, empty if they may not."""
    if one.article == two.article or one.activity == two.activity or one.kind != two.kind:
        return ""
    if one.first > two.last or two.first > one.last:
        return ""
    if one.topics and two.topics and not one.topics & two.topics:
        return ""
    places = _same_places(one.places, two.places)
    if one.places and two.places and not places:
        return ""
    shared = one.units.keys() & two.units.keys()
    units = sorted({min(one.units[key], two.units[key]) for key in shared})
    if not units:  # the same line of command, never two sisters: then the place must agree
        units = _in_line(one, two) if places else []
    if not units:
        return ""
    said = [f"unit {'、'.join(units)}", f"day {_days(one, two)}", f"kind {one.kind}"]
    return "; ".join([*said, *([f"place {'、'.join(places)}"] if places else [])])


def _trace(
    article: str,
    activity: Entity,
    claims: Collection[Claim],
    entities: Mapping[str, Entity],
    parents: Mapping[str, str],
) -> Trace | None:
    heads = [claim.head for claim in claims if claim.relation in _HOSTS]
    units = {key: entities[key].name for key in heads if entities[key].type == "UNIT"}
    days = [entities[claim.tail] for claim in claims if claim.relation == "held_on"]
    spans = sorted(span for span in map(_span, days) if span)
    if not units or not spans:
        return None
    places = [entities[claim.tail] for claim in claims if claim.relation == "held_at"]
    topics = activity.attributes.get("topic", "").split(",")
    return Trace(
        article,
        activity.id,
        units,
        frozenset(over for unit in units for over in _line(unit, parents)) - units.keys(),
        *spans[0],
        activity.attributes.get("kind", ""),
        frozenset(topics) - {"", "other"},
        {place.id: place.name for place in places},
    )


def _span(time: Entity) -> tuple[str, str] | None:
    """Return the first and last day of a time that is exact enough."""
    first = time.attributes.get("start") or time.attributes.get("begin", "")
    last = time.attributes.get("end") or first
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return None
    return (first, last) if 0 <= days < LONGEST else None


def _line(unit: str, parents: Mapping[str, str]) -> Iterator[str]:
    for _ in range(HIGHEST):
        if unit not in parents:
            return
        unit = parents[unit]
        yield unit


def _in_line(one: Trace, two: Trace) -> list[str]:
    low = {two.units[key] for key in one.over & two.units.keys()}
    return sorted(low | {one.units[key] for key in two.over & one.units.keys()})


def _same_places(one: Mapping[str, str], two: Mapping[str, str]) -> list[str]:
    """Return the places that both name, by id or by a name that the other holds."""
    return sorted(
        {
            min(left, right, key=lambda name: (-len(name), name))
            for key, left in one.items()
            for other, right in two.items()
            if key == other or left in right or right in left
        }
    )


def _days(one: Trace, two: Trace) -> str:
    first, last = max(one.first, two.first), min(one.last, two.last)
    return first if first == last else f"{first}/{last}"
