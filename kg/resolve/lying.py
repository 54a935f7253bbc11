"""Which place each place, organisation and unit lies in: the nearest that names or text give."""

from collections.abc import Sequence
from typing import Final

from kg.gazetteer import Region
from kg.resolve.places import Place, Placer
from kg.resolve.regions import is_wider

_TERMINAL: Final = "航站楼"
_BARE_TERMINAL: Final = 6
_AIRPORT: Final = "机场"
_AIRPORTS: Final = ("国际机场", "机场")
_FIRM: Final = ("公司", "集团")
_PARKS: Final = ("景区", "公园")  # 西湖|公园 holds the lake, it does not lie in it
_Holders = dict[str, list[Place]]


def lying(placer: Placer, entities: set[str]) -> list[tuple[str, str]]:
    """Return each place or organisation with the place it lies in; new regions may come in."""
    here = [place for place in placer.places.values() if place.id in entities]
    sites = [place for place in here if place.division is None]
    holders = _holders(placer) if sites else {}
    pairs = [
        (place.id, upper.id)
        for place in sites
        if (upper := _around(place, placer, holders)) is not None
    ]
    entities = entities.union(*pairs)
    for place in placer.regions.values():
        if place.division is not None and place.id in entities:
            above = place.division.above
            if upper_id := _nearest(above, entities):
                pairs.append((place.id, upper_id))
            if place.inside in above:  # printed before it
                pairs.append((place.id, place.inside))
    return pairs


def _nearest(above: Sequence[str], entities: set[str]) -> str:
    """Return the nearest region above a division that the article has.

    A county whose prefecture the article leaves out lies in its province by general knowledge only.
    """
    for upper in above:
        if upper in entities:
            return upper if upper == above[0] or upper != above[-1] else ""
    return ""


def _around(place: Place, placer: Placer, holders: _Holders) -> Place | None:
    """Return what a place that is no division, or an organisation, lies in."""
    holder = _holder(place, placer, holders) or (
        _named_region(place, placer) if place.type == "ORG" else None
    )
    own = place.region
    if holder is not None and own is not None and own.name in place.name:
        # 海城市西柳镇人民政府: the town that it spells out lies nearer
        # 和田地区中级人民法院: not of 和田市, of which it holds the short name only
        short = holder.division is not None and holder.name not in place.name
        holder = None if short or _is_over(holder, own) else holder
    if holder is None and own is not None:
        holder = placer.region(own)
    return holder


def _named_region(place: Place, placer: Placer) -> Place | None:
    """Return the lowest region of the article whose name an organisation's name holds.

    A name inside a longer one does not count: 库伦 in 库伦旗 is not the town.
    """
    hits: dict[tuple[int, int], Place] = {}
    name = place.name
    for other in placer.regions.values():
        own = other.division
        if own is None or (other.forms is own.forms and not _holds(name, own.cores)):
            continue
        for form in (other.name, *other.forms):
            if len(form) > 1 and form in name:
                start = name.index(form)
                end = start + len(form)
                if start and name.startswith(_AIRPORTS, end):
                    continue  # 海口|美兰|国际机场 is the airport's own name
                if form != other.name and _is_town(other) and is_wider(name, end):
                    continue  # 六盘山|国家级自然保护区管理局 is not of 六盘山镇
                hits.setdefault((start, start + len(form)), other)
    if len(hits) < 2:
        return next(iter(hits.values()), None)
    whole = {
        span: other
        for span, other in hits.items()
        if not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in hits)
    }
    first = [other for span, other in whole.items() if not span[0] and not _is_province(other)]
    # 海城市人民法院西柳人民法庭: of a town that is not spelt out the name's own region is meant
    spelt = [
        other for (a, b), other in whole.items() if name[a:b] == other.name or not _is_town(other)
    ]
    return max((*first, *spelt) if first else whole.values(), key=_depth)


def _holds(name: str, cores: Sequence[str]) -> bool:
    for core in cores:  # noqa: SIM110 (a generator costs more than the looks)
        if core in name:
            return True
    return False


def _is_town(place: Place) -> bool:
    return place.region is not None and len(place.region.code) > len("150826")


def _is_over(place: Place, region: Region) -> bool:
    """Return whether a place is the county that a town lies in."""
    return (
        place.division is not None
        and place.region is not None
        and (place.region.code == region.parent and len(region.code) > len(region.parent))
    )


def _is_province(place: Place) -> bool:
    return place.region is not None and place.region.level == "province"


def _depth(place: Place) -> int:
    return len(place.region.code.rstrip("0")) if place.region is not None else 0


def _holders(placer: Placer) -> _Holders:
    """Return the named places by each of their forms."""
    holders: _Holders = {}
    for place in placer.places.values():
        if place.type == "LOC" and place.starts:
            for form in {place.name, *place.forms}:
                holders.setdefault(form, []).append(place)
    return holders


def _airport(place: Place, placer: Placer) -> Place | None:
    """Return the airport last named before a terminal that has no name of its own: T2航站楼."""
    first = min(place.starts, default=0)
    spots = [
        (start, other.id)
        for other in placer.places.values()
        if other.name.endswith(_AIRPORT)
        for start in other.starts
        if start < first
    ]
    return placer.places[max(spots)[1]] if spots else None


def _holder(place: Place, placer: Placer, holders: _Holders) -> Place | None:
    """Return the place printed before it, or the named place that its name begins with."""
    if place.inside in placer.places:
        return placer.places[place.inside]
    name, region = place.name, place.region
    if name.endswith(_TERMINAL) and len(name) <= _BARE_TERMINAL:
        return _airport(place, placer)
    if name.endswith(_FIRM):  # 海口美兰国际机场有限责任公司 is called so, wherever it sits
        return None
    least = len(region.name) if region is not None and name.startswith(region.name) else 2
    for size in range(len(name) - 1, least, -1):
        named = holders.get(name[:size])
        if named is None:
            continue
        if not is_wider(name, size) and not name.startswith(_PARKS, size):
            others = [other for other in named if other is not place]
            if others:
                return others[-1]
    return None
