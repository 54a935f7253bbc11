"""Which place each place, organisation and unit lies in: the nearest that names or text give."""

from collections.abc import Iterator

from kg.gazetteer import Gazetteer
from kg.resolve.places import Place, Placer


def lying(placer: Placer, entities: set[str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield each place or organisation with the place it lies in; new regions may come in."""
    for place in sorted(placer.places.values(), key=lambda place: place.id):
        if place.id in entities:
            yield from _of(place, placer, entities, gazetteer)


def _of(
    place: Place, placer: Placer, entities: set[str], gazetteer: Gazetteer
) -> Iterator[tuple[str, str]]:
    if place.is_region and place.region is not None:
        above = reversed(gazetteer.chain(place.region)[:-1])
        upper = next((f"region-{r.code}" for r in above if f"region-{r.code}" in entities), "")
        if upper:
            yield place.id, upper
        return
    holder = _holder(place, placer)
    if holder is not None:
        yield place.id, holder.id
    elif place.region is not None:
        yield place.id, placer.region(place.region).id


def _holder(place: Place, placer: Placer) -> Place | None:
    """Return the place printed before it, or the named place that its name begins with."""
    if place.inside in placer.places:
        return placer.places[place.inside]
    fits = [
        other
        for other in placer.places.values()
        if other.type == "LOC" and other is not place and not other.is_region and other.starts
        for form in (other.name, *other.forms)
        if len(form) > 2 and place.name.startswith(form) and place.name != form
    ]
    return max(fits, key=lambda other: len(other.name), default=None)
