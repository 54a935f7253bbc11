"""Which place each place, organisation and unit lies in: the nearest that names or text give."""

from collections.abc import Iterator

from kg.gazetteer import Gazetteer
from kg.resolve.places import Place, Placer


def lying(placer: Placer, entities: set[str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield each place or organisation with the place it lies in; new regions may come in."""
    here = [place for place in placer.places.values() if place.id in entities]
    pairs = [pair for place in here if not place.is_region for pair in _site(place, placer)]
    entities = entities.union(*pairs)
    regions = [p for p in placer.places.values() if p.id in entities and p.is_region]
    yield from pairs
    for place in regions:
        yield from _division(place, entities, gazetteer)


def _division(place: Place, entities: set[str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield the nearest region above that the article has, and one that is printed before it."""
    if place.region is None:
        return
    above = [f"region-{region.code}" for region in gazetteer.chain(place.region)[:-1]]
    nearest = next((entity for entity in reversed(above) if entity in entities), "")
    for upper in dict.fromkeys((nearest, place.inside)):
        if upper in above:
            yield place.id, upper


def _site(place: Place, placer: Placer) -> Iterator[tuple[str, str]]:
    holder = _holder(place, placer) or (
        _named_region(place, placer) if place.type == "ORG" else None
    )
    if holder is not None:
        yield place.id, holder.id
    elif place.region is not None:
        yield place.id, placer.region(place.region).id


def _named_region(place: Place, placer: Placer) -> Place | None:
    """Return the lowest region of the article whose name an organisation's name holds.

    A name inside a longer one does not count: 库伦 in 库伦旗 is not the town.
    """
    hits: dict[tuple[int, int], Place] = {}
    for other in placer.places.values():
        for form in other.forms | {other.name} if other.is_region else ():
            start = place.name.find(form) if len(form) > 1 else -1
            if start >= 0:
                hits.setdefault((start, start + len(form)), other)
    whole = [
        other
        for span, other in hits.items()
        if not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in hits)
    ]
    return max(whole, key=_depth, default=None)


def _depth(place: Place) -> int:
    return len(place.region.code.rstrip("0")) if place.region is not None else 0


def _holder(place: Place, placer: Placer) -> Place | None:
    """Return the place printed before it, or the named place that its name begins with."""
    if place.inside in placer.places:
        return placer.places[place.inside]
    spelt = place.region is not None and place.name.startswith(place.region.name)
    least = len(place.region.name) if spelt and place.region is not None else 2
    fits = {
        form: other
        for other in placer.places.values()
        if other.type == "LOC" and other is not place and other.starts
        for form in (other.name, *other.forms)
        if len(form) > least and place.name.startswith(form) and _differ(place.name, form)
    }
    return fits[max(fits, key=len)] if fits else None


def _differ(name: str, form: str) -> bool:
    """Return whether a name is more than its beginning with a wider head: 西湖国家湿地公园."""
    return name != form and not name.removeprefix(form).startswith(("国家", "风景", "景区", "公园"))
