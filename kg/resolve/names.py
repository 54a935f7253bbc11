"""Unit names of an article, each put to its place in the tree of units."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.language.units import Segment, UnitName
from kg.resolve.context import Context
from kg.resolve.hosts import Hosts
from kg.resolve.labels import ZONE_SIGN, label, same_zone, segment_label, zone_label
from kg.resolve.tree import (
    ASSOCIATION,
    BORDER,
    LOWEST,
    ORGAN,
    PART,
    RANK,
    SPECIAL,
    ZONE,
    Key,
    Tree,
    Unit,
)

_WHOLE: Final = ("公安", "警方")  # aliases that mean the organ itself, not a division
_RAIL: Final = ("车站", "站")
_DIRECTIONS: Final = "东南西北"
_POSTS: Final = ("警务站", "警务室", "警务点")
_NOMINAL: Final = ("division", "station", "post")


class UnitNames:
    """Reads the unit names of one article into one tree."""

    def __init__(self, context: Context, scan: Scan) -> None:
        self.context = context
        self.tree = Tree(context)
        self.hosts = Hosts(self.tree, scan)
        self._pointing: dict[int, UnitName] = {}

    def read(
        self, names: Sequence[UnitName], pointing: Sequence[UnitName] = ()
    ) -> dict[tuple[int, int], Key]:
        """Return the unit of each named mention, by its span; ``pointing`` are the nominal ones.

        Names with an agency come first: what they say of the hierarchy tells where names with a
        region only, then bare ones, then list items with an elided head belong.
        """
        self._pointing = {name.end: name for name in pointing}
        found: dict[tuple[int, int], Key] = {}
        for name in sorted(names, key=lambda name: (_pass(name), name.start)):
            key = self._place(name)
            if key is not None:
                found[name.start, name.end] = key
                self.tree.mention(key, name.start, self.hosts.text[name.start : name.end])
        return found

    # -- placing ----------------------------------------------------------------------------

    def _place(self, name: UnitName) -> Key | None:
        segments = list(name.segments)
        key = self._root(segments, name)
        for segment in segments if key is not None else ():
            key = self._child(key, segment)
        return key

    def _root(self, segments: list[Segment], name: UnitName) -> Key | None:
        """Return the unit that the rest of ``segments`` hangs on; what it covers is taken off."""
        first = segments[0]
        if first.kind == "agency":
            return self._agency(segments, name)
        if first.kind in ("alias", "branch", "short", "association"):
            segments.pop(0)
            return {
                "alias": self._alias,
                "branch": self._lone_branch,
                "short": self._short,
                "association": self._association,
            }[first.kind](first, name)
        if first.is_quoted and first.kind == "team":
            return self._quoted(segments.pop(0), name)
        if first.kind in _NOMINAL and not (first.stem or first.regions):  # 大队|宣传中队
            return self.hosts.agency(segments.pop(0))
        pointed = self._pointed(name)
        if pointed is not None:
            return pointed
        known = self.hosts.known(segments, name)
        if known is not None:
            segments.clear()
            return known
        if _is_border(first):
            return self._border(segments.pop(0), name)
        if first.regions:
            return self._regional(segments, name)
        return self.hosts.host(first, name)

    def _pointed(self, name: UnitName) -> Key | None:
        """Return what 该局 right before a bare name means: 该局|食药环侦大队."""
        point = self._pointing.get(name.start)
        if point is None or name.segments[0].regions:
            return None
        last = point.segments[-1]
        return self.hosts.memory.antecedent(last.head, last.kind, point.start, point.end)

    def _region(self, forms: Sequence[str], at: int = 0) -> Region | None:
        if not forms:
            return None
        if forms[-1] in lexicon().terms("unit.level"):
            return self.hosts.level_region(forms[-1], at) or self.context.level(forms[-1])
        regions = self.context.chain(forms)
        return regions[-1] if regions else None

    def _agency(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments.pop(0)
        region = self._region(first.regions, name.start)
        if first.level == "ministry" or (first.stem and not first.stem.startswith("市")):
            return self._special(first, region)
        if first.level == "office":
            return self._special(first, region)
        if not first.regions:
            return self.hosts.agency(first)
        if region is None:
            return self._special(first, None)
        if first.level == "department":
            region = self.context.gazetteer.chain(region)[0]
        if segments and segments[0].kind == "branch":
            return self._branch(segments.pop(0), self.tree.organ(region), name)
        return self.tree.organ(region, "bureau", first.level).key

    def _short(self, first: Segment, name: UnitName) -> Key | None:
        region = self._region(first.regions, name.start)
        if region is None:
            return None
        if first.level == "department":
            region = self.context.gazetteer.chain(region)[0]
        return self.tree.organ(region, "guess", first.level).key

    def _association(self, first: Segment, name: UnitName) -> Key:
        del name
        form = first.regions[-1] if first.regions else first.stem
        region = self.context.region(form) if form else None
        key = (ASSOCIATION, region.code if region else form, first.head)
        unit = Unit(key, ASSOCIATION, LOWEST, first.head, region=region, level="association")
        if region is None:
            unit.tail = "".join(first.regions) + first.text
        return self.tree.add(unit).key

    def _quoted(self, first: Segment, name: UnitName) -> Key | None:
        """Return a team or post with a name of its own in quotes: “马背”巡逻队."""
        station = self.hosts.above(replace(first, kind="post"), name)
        host = station or self.hosts.host(first, name)
        unit = Unit((*(host or ("team",)), first.text), PART, LOWEST, first.text, host)
        is_post = station is not None and first.text.endswith(_POSTS)
        unit.level, unit.style = ("post", "guess") if is_post else ("team", "own-name")
        if host is not None:
            unit.region = self.tree[host].region
        return self.tree.add(unit).key

    # -- branches ---------------------------------------------------------------------------

    def _lone_branch(self, segment: Segment, name: UnitName) -> Key | None:
        city = self._region(segment.regions, name.start) if segment.stem else None
        if not _stem(segment) and not segment.regions:
            return self.hosts.agency(segment)
        return self._branch(segment, self.tree.organ(city) if city else None, name, printed=False)

    def _branch(
        self, segment: Segment, upper: Unit | None, name: UnitName, *, printed: bool = True
    ) -> Key | None:
        """Return the branch of ``upper``; ``printed`` says that its 公安局 stands before it."""
        stem = _stem(segment)
        if upper is not None and upper.kind == SPECIAL:
            return self._child(upper.key, segment)
        system = _system(segment)
        if system:
            return self._system_branch(segment, system, name)
        near = (upper.region,) if upper and upper.region else ()
        region = self.context.region(stem, near)
        if region is None or not _is_county(region):
            region = self.context.within(stem, upper.region) if upper and upper.region else region
        fits = region is not None and _is_county(region) and region.level != "prefecture"
        if upper is None and fits and region is not None and not self._is_urban(region):
            fits = False
        if not fits or region is None:
            return self._zone_branch(segment, stem, upper, name, printed)
        return self._county_branch(segment, region, upper, printed)

    def _county_branch(
        self, segment: Segment, region: Region, upper: Unit | None, printed: bool
    ) -> Key:
        style = "city-branch" if printed else "branch"
        if not printed and segment.head == "公安分局":
            style = "police-branch"
        unit = self.tree.organ(region, style, "subbureau")
        if unit.style == style:
            unit.tail = unit.tail or _plain(segment)
        city = upper.region if printed and upper else self.context.city(region)
        if city is not None and city != region and style != "police-branch":
            unit.parent = self.tree.organ(city, "bureau" if printed else "guess").key
        return unit.key

    def _is_urban(self, region: Region) -> bool:
        """Return whether branches are usual there: districts and zones, not counties."""
        return region.level == "zone" or region.name.endswith("区")

    def _zone_branch(
        self, segment: Segment, stem: str, upper: Unit | None, name: UnitName, printed: bool
    ) -> Key | None:
        zone = zone_label(stem)
        known = self._known_branch(zone, upper)
        if known is not None:
            return known
        if upper is None:
            special = self.hosts.special(name.start)
            if special is not None:
                return self._child(special, segment)
            if not ZONE_SIGN.search(stem) and "机场" not in stem:
                return self._special(segment, None)
            home = self.context.city(self.context.focus) if self.context.focus else None
            if home is None:
                return self._special(segment, None)
            upper = self.tree.organ(home)
        unit = Unit((*upper.key, f"{ZONE}:{zone}"), ZONE, 3, _plain(segment), level="subbureau")
        unit.parent = upper.key if printed else None
        unit.region = upper.region
        unit.style = "city-branch" if printed else "police-branch"
        return self.tree.add(unit).key

    def _known_branch(self, zone: str, upper: Unit | None) -> Key | None:
        """Return the branch already read that a zone's name means: 机场 for 国际机场."""
        for key, unit in self.tree.units.items():
            own = _zone_of(unit)
            if own and same_zone(own, zone):
                if upper is None or unit.parent == upper.key or key[:2] == upper.key:
                    return key
        return None

    def _system_branch(self, segment: Segment, system: str, name: UnitName) -> Key:
        """Return the branch of a system named in front: 长航镇江公安分局."""
        del name
        key = self._special_key(f"{system}公安局", None, "bureau")
        stem = _stem(segment)
        for term in sorted(lexicon().terms("unit.system"), key=len, reverse=True):
            if stem.startswith(term):
                stem = stem.removeprefix(term)
                break
        return self._branch_child(key, stem, f"{stem}分局")

    # -- special systems --------------------------------------------------------------------

    def _special(self, segment: Segment, region: Region | None) -> Key:
        """Return a unit that keeps its printed name: forest, rail, ministry, unknown place."""
        text = "".join(segment.regions) + segment.text
        place = self.context.nested(segment.regions) if len(segment.regions) > 1 else region
        if place is None and segment.kind != "branch":
            stem = _bare_place(segment.stem)
            place = self.context.region(stem) if len(stem) > 1 else None
            place = place if place is not None and _is_county(place) else None
        return self._special_key(text, place, segment.level)

    def _special_key(self, text: str, place: Region | None, level: str) -> Key:
        text = _spelt_out(text)
        for key, unit in self.tree.units.items():
            if unit.kind == SPECIAL and _same_special(unit.tail, text):
                unit.tail = max(unit.tail, text, key=len)
                return key
        unit = Unit((SPECIAL, text), SPECIAL, RANK.get(level, 2), text, region=place, level=level)
        return self.tree.add(unit).key

    def _branch_child(self, parent: Key, stem: str, text: str) -> Key:
        upper = self.tree[parent]
        near = (upper.region,) if upper.region else ()
        region = self.context.region(_bare_place(stem), near)
        unit = Unit((*parent, stem), SPECIAL, 3, text, parent, level="subbureau")
        unit.region, unit.own = region or upper.region, region is not None
        return self.tree.add(unit).key

    # -- border -----------------------------------------------------------------------------

    def _border(self, first: Segment, name: UnitName) -> Key:
        """Return a border unit: it hangs on a printed border unit, not on a region's police."""
        text = "".join(first.regions) + first.text
        rank = RANK.get(first.level, LOWEST) if first.kind != "station" else LOWEST
        rank = LOWEST - 1 if first.kind == "border" and first.level == "station" else rank
        parent = None if first.kind == "border" else self.hosts.border(first, rank, name)
        if parent is not None:
            return self._child(parent, first)
        place = self._region(first.regions) or self._border_place(first)
        unit = Unit((BORDER, label(text)), BORDER, rank, text, region=place, own=True)
        unit.level, unit.function = first.level, "边境"
        if first.kind == "border":
            unit.level = "corps" if first.level == "corps" else "border"
        return self.tree.add(unit).key

    def _border_place(self, segment: Segment) -> Region | None:
        stem = _bare_place(segment.stem)
        region = self.context.region(stem) if len(stem) > 1 else None
        return self.context.county_of(region) if region else None

    # -- divisions of a region --------------------------------------------------------------

    def _regional(self, segments: list[Segment], name: UnitName) -> Key | None:
        """Return the unit of a name that has only a region before its division (兴和县交管大队)."""
        first = segments.pop(0)
        region = self._region(first.regions, name.start)
        if region is None:
            return self._special(first, None)
        line = self._city_line(region, first)
        if line is not None:
            return line
        if first.kind == "division" and not first.stem:  # 张家口支队, 达拉特旗大队: of what?
            host = self.hosts.above(first, name)
            return self._child(host, first) if host else self._special(first, region)
        first = replace(first, regions=())
        organ = self._organ_for(region, first).key
        key = self._child(*(self._inner(organ, first) if first.kind == "team" else (organ, first)))
        unit = self.tree[key]
        if not unit.places and unit.style == "guess":
            unit.style = "without-agency"
        return key

    def _organ_for(self, region: Region, segment: Segment) -> Unit:
        """Return the organ of a region; that of its county if the region is a township."""
        del segment
        county = self.context.county_of(region)
        return self.tree.organ(county or region)

    def _city_line(self, region: Region, segment: Segment) -> Key | None:
        """Return the unit of the city's line for that county: 交管支队达拉特旗大队."""
        function = label(segment.head if segment.kind == "alias" else segment.function)
        for key, unit in self.tree.units.items():
            if unit.kind == PART and unit.own and unit.region == region and unit.parent:
                line = label(self.tree[unit.parent].function)
                if unit.level == segment.level or segment.kind == "alias":
                    if not segment.stem and segment.kind != "alias" or line == function:
                        return key
        return None

    def _alias(self, segment: Segment, name: UnitName) -> Key | None:
        """Return what X公安, X警方, X交警 mean."""
        system = _system(segment)
        if system:
            return self._system_branch(segment, system, name)
        region = self._region(segment.regions, name.start)
        if region is None:
            return self._special(segment, None)
        function = label(segment.head)
        if segment.head in _WHOLE:
            return self._police_of(region)
        line = self._city_line(region, segment)
        if line is not None:
            return line
        organ = self.tree.organ(region)
        for unit in self.tree.units.values():
            if unit.parent == organ.key and label(unit.function or "") == function:
                return unit.key
        head = {"province": "总队", "prefecture": "支队"}.get(region.level, "大队")
        level = {"总队": "corps", "支队": "detachment"}.get(head, "brigade")
        return self._add(organ.key, segment.head + head, segment, level=level)

    def _police_of(self, region: Region) -> Key:
        """Return the organ that X公安 means: a known zone's branch, else the region's own."""
        return self.tree.organ(region).key

    # -- children ---------------------------------------------------------------------------

    def _child(self, parent: Key, segment: Segment) -> Key:
        if segment.kind == "branch":
            upper = self.tree[parent]
            if upper.kind != SPECIAL:
                stem = _stem(segment)
                region = self.context.region(stem, (upper.region,) if upper.region else ())
                if region is not None and _is_county(region):
                    return self._county_branch(segment, region, upper, printed=True)
            return self._branch_child(parent, _stem(segment), _plain(segment))
        if segment.kind == "agency":
            key = (*parent, segment.text)
            unit = Unit(key, SPECIAL, 2, segment.text, parent, self.tree[parent].region)
            unit.level = segment.level
            return self.tree.add(unit).key
        return self._add(parent, "".join(segment.regions) + segment.text, segment)

    def _inner(self, parent: Key, segment: Segment) -> tuple[Key, Segment]:
        """Return the division that a team's name begins with, and the rest: 交警|铁骑队."""
        for unit in self.tree.units.values():
            if unit.parent != parent or unit.level not in ("brigade", "detachment"):
                continue
            for size in range(2, len(segment.stem) - 1):
                if label(segment.stem[:size]) == label(unit.function) != "":
                    return unit.key, replace(segment, stem=segment.stem[size:])
        return parent, segment

    def _add(self, parent: Key, text: str, segment: Segment, *, level: str = "") -> Key:
        upper = self.tree[parent]
        own = self._own_region(segment, upper)
        tail = f"@{own.code}" + label(segment.head) if own else segment_label(segment)
        if segment.kind == "alias":
            tail = label(text)
        known = next(self.tree.children(parent, tail), None)
        if known is not None:
            known.style = "guess" if known.style == "without-agency" else known.style
            return known.key
        rank = max(RANK.get(level or segment.level, LOWEST), upper.rank + 1)
        if segment.kind not in ("division", "alias", "border"):
            rank = LOWEST
        unit = Unit((*parent, tail), PART, rank, text, parent, own or upper.region, own is not None)
        unit.level, unit.function = level or segment.level, segment.function
        unit.function = unit.function or (segment.head if segment.kind == "alias" else "")
        if segment.kind == "station":
            unit.town, unit.region = self._town(segment, upper), self._seat(segment, upper)
        return self.tree.add(unit).key

    def _own_region(self, segment: Segment, upper: Unit) -> Region | None:
        """Return the county that a division names itself for: 张家口支队, 额济纳边境管理大队."""
        if segment.kind not in ("division", "border"):
            return None
        form = segment.regions[-1] if segment.regions else _bare_place(segment.stem)
        if len(form) < 2 or upper.region is None:
            return None
        region = self.context.region(form, (upper.region,))
        if region is None or not _is_county(region):
            return None
        inside = self.context.gazetteer.within(region, self.context.city(upper.region))
        return region if inside or upper.region.level == "province" else None

    def _seat(self, segment: Segment, upper: Unit) -> Region | None:
        """Return where a station lies: rail and water stations in the place of their name."""
        root = self.tree[upper.key[:2]] if len(upper.key) > 1 else upper
        if root.kind == SPECIAL or upper.kind == SPECIAL:
            stem = _bare_place(segment.stem)
            near = (upper.region,) if upper.region else ()
            for form in (stem, stem.rstrip(_DIRECTIONS)):
                region = self.context.region(form, near) if len(form) > 1 else None
                if region is not None and _is_county(region):
                    return region
        return upper.region

    def _town(self, segment: Segment, upper: Unit) -> Region | None:
        stem = _bare_place(segment.stem)
        return self.context.town(stem, upper.region) if upper.region is not None else None


def _pass(name: UnitName) -> int:
    """Return how much a name says of where it belongs: agencies first, elided list items last."""
    first = name.segments[0]
    if first.kind == "agency" and (first.stem or first.regions):
        return 0
    if first.kind in ("branch", "border", "short") and (first.stem or first.regions):
        return 1
    if first.regions:
        return 3 if first.kind == "alias" else 2
    return 4


def _zone_of(unit: Unit) -> str:
    """Return the label of the zone that a branch is named for, if it is one."""
    if unit.level != "subbureau":
        return ""
    if unit.kind == ORGAN and unit.region is not None:
        return zone_label(unit.region.name) if unit.region.level == "zone" else ""
    return unit.key[-1].removeprefix(f"{ZONE}:")


def _is_border(segment: Segment) -> bool:
    if segment.kind == "border":
        return True
    border = segment.function == "边境" or segment.head.startswith("边境")
    return border and segment.kind in ("division", "station", "post")


def _is_county(region: Region) -> bool:
    return len(region.code) == 6


def _stem(segment: Segment) -> str:
    """Return what a branch is named for: 武清 in 公安武清分局, 赛罕区 in 赛罕区公安分局."""
    stem = segment.stem.removeprefix("公安").removesuffix("公安")
    return stem or (segment.regions[-1] if segment.regions else "")


def _plain(segment: Segment) -> str:
    """Return a branch without 公安 before its name: 公安武清分局 → 武清分局."""
    return _stem(segment) + segment.head


def _system(segment: Segment) -> str:
    """Return the full name of the system that a branch or alias begins with: 长航 → 长江航运."""
    text = "".join(segment.regions) + segment.stem
    systems = lexicon().terms("unit.system")
    for term in sorted(systems, key=lambda term: (-len(term), term)):
        if systems[term] and text.startswith(term) and len(text) > len(term):
            return systems[term]
    return ""


def _spelt_out(text: str) -> str:
    systems = lexicon().terms("unit.system")
    for term in sorted(systems, key=lambda term: (-len(term), term)):
        if systems[term] and text.startswith(term) and not text.startswith(systems[term]):
            return systems[term] + text.removeprefix(term)
    return text


def _same_special(one: str, two: str) -> bool:
    """Return whether one printed name leaves out what the other has in front, or 铁路."""
    one, two = (text.replace("铁路公安处", "公安处") for text in (one, two))
    return one.endswith(two) or two.endswith(one)


def _bare_place(stem: str) -> str:
    """Return the place in a stem: 经棚 in 经棚车站, 额济纳 in 额济纳边境管理."""
    endings = (*lexicon().terms("unit.function"), *_RAIL, "国际机场", "机场", "航运")
    for ending in sorted(endings, key=lambda term: (-len(term), term)):
        if stem.endswith(ending) and stem != ending:
            return _bare_place(stem.removesuffix(ending))
    return stem
