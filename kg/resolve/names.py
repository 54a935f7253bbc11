"""Unit names of an article, each put to its place in the tree of units."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.language.units import Segment, UnitName
from kg.resolve.borders import Borders
from kg.resolve.branches import Branches
from kg.resolve.context import Context
from kg.resolve.founding import Founding, is_of_one_station
from kg.resolve.grower import Grower
from kg.resolve.hosts import Hosts
from kg.resolve.known import Known
from kg.resolve.labels import ZONE_SIGN, label, segment_label
from kg.resolve.regions import has_detachments
from kg.resolve.special_lines import (
    counted_team,
    led_brigade,
    lone_bureau,
    named_line,
    special_agency,
    special_line,
    strange_bureau,
)
from kg.resolve.stems import (
    branch_stem,
    corps_division,
    is_border,
    is_county,
    system_of,
)
from kg.resolve.tree import ASSOCIATION, LOWEST, ORGAN, PART, Key, Tree, Unit

_WHOLE: Final = ("公安", "警方")  # aliases that mean the organ itself, not a division
_RAIL: Final = ("站", "车站")
_CUSTOMS: Final = "海关缉私局"
_BARE: Final = (("市",), ("县",))
_RAIL_POLICE: Final = "铁路公安"
_REGIONAL: Final = 2
_NOMINAL: Final = ("division", "station", "post")
# What X交警 is called in full if nothing in the text says it.
_ALIAS_HEADS: Final = {"province": ("总队", "corps"), "prefecture": ("支队", "detachment")}
_COUNTY_HEAD: Final = ("大队", "brigade")


class UnitNames:
    """Reads the unit names of one article into one tree."""

    def __init__(self, context: Context, scan: Scan) -> None:
        self.context = context
        self.tree = Tree(context)
        self.hosts = Hosts(self.tree, scan)
        self._known = Known(self.hosts)
        self.grower = Grower(self.tree)
        self._borders = Borders(self.grower, self.hosts)
        self.branches = Branches(self.grower, self.hosts)
        self._pointing: dict[int, UnitName] = {}
        self._founding = Founding(self.hosts, ())
        self._other_names: dict[str, Key] = {}  # of branches, from brackets

    def read(
        self, names: Sequence[UnitName], pointing: Sequence[UnitName] = ()
    ) -> dict[tuple[int, int], Key]:
        """Return the unit of each named mention, by its span; ``pointing`` are the nominal ones.

        Names with an agency come first: what they say of the hierarchy tells where names with a
        region only, then bare ones belong.
        """
        self._pointing = {name.end: name for name in pointing}
        self._founding = Founding(self.hosts, pointing)
        self.hosts.lone_station = is_of_one_station(names)
        found: dict[tuple[int, int], Key] = {}
        for name in sorted(names, key=lambda name: (_pass(name), name.start)):
            key = found[name.start, name.end] = self._place(name)
            self.tree.mention(key, name.start, self.hosts.text[name.start : name.end])
        return found

    def _bracketed(self, name: UnitName) -> Key | None:
        """Return the branch whose other name stands behind it in brackets: 金州分局（金普新区分局）."""
        text = self.hosts.text
        form = text[name.start : name.end]
        if text[name.start - 1 : name.start] == "（" and text[name.end : name.end + 1] == "）":
            key = self.hosts.ending_at(name.start - 1)
            if key is not None and self.tree[key].level == "subbureau":
                self._other_names[form] = key
        return self._other_names.get(form)

    def _place(self, name: UnitName) -> Key:
        segments = list(name.segments)
        if segments[-1].kind == "branch" and (outer := self._bracketed(name)) is not None:
            return outer
        key = _ROOTS.get(segments[0].kind, UnitNames._rootless)(self, segments, name)
        if key is None:  # a bare name in an article that says nothing of where it belongs
            key = self.grower.special(name.segments[0], None)
            segments = list(name.segments[1:])
        for segment in segments:
            key = self.grower.child(key, segment)
        unit = self.tree[key]
        if unit.style == "without-agency" and _pass(name) < _REGIONAL:
            unit.style = "guess"  # another mention prints its agency
        return key

    # -- roots: each takes the segments that it covers off the list --------------------------

    def _agency(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments.pop(0)
        region = self.hosts.region(first.regions, name.start)
        own_name = bool(first.stem) and not first.stem.startswith("市")
        if first.head == _CUSTOMS and region is not None:  # 天津市海关缉私局 is of 天津海关
            first = replace(first, regions=(self.context.gazetteer.short(region),))
        if first.level in ("ministry", "office") or own_name:
            return self.grower.special(first, region)
        if not first.regions:
            return self.hosts.agency(first)
        if region is not None and first.regions in _BARE and not self.context.is_known(region):
            strange = strange_bureau(self.tree, first)  # of a city that no table knows
            if strange is not None:
                return strange
        if region is None:
            return self.grower.special(first, None)
        region = self._level_of(first, region, segments)
        if segments and segments[0].kind == "branch":
            return self.branches.branch(segments.pop(0), self.tree.organ(region), name)
        unit = self.tree.organ(region, "bureau", first.level)
        unit.tail = unit.tail or corps_division(first.regions)
        return unit.key

    def _short(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments.pop(0)
        known = self._of_level(first, segments)
        if known is not None:
            return known
        region = self.hosts.region(first.regions, name.start)
        if region is None:
            return None
        return self.tree.organ(self._level_of(first, region, segments), "guess", first.level).key

    def _of_level(self, first: Segment, rest: Sequence[Segment]) -> Key | None:
        """Return the one bureau of that level whose division is known: 市局|反恐怖和特巡警大队."""
        level = first.regions[-1] if len(first.regions) == 1 else ""
        keys = self.tree.labelled(segment_label(rest[0])) if rest and len(level) == 1 else []
        parts = [self.tree[key] for key in keys]
        hosts = {part.parent for part in parts if part.parent is not None}
        fits = [
            key
            for key in hosts
            if (region := self.tree[key].region) is not None
            and self.tree[key].kind == ORGAN
            and region.name.endswith(level)
        ]
        return fits[0] if len(fits) == 1 else None

    def _level_of(self, segment: Segment, region: Region, rest: Sequence[Segment]) -> Region:
        """Return the region that a department, or a bureau with a detachment, must be of.

        It is the province for 省公安厅 in a county's article, and the prefecture for 市局交警支队 in
        that of a county-level city: such a city has no 支队.
        """
        if segment.level == "department":
            return self.context.gazetteer.chain(region)[0]
        high = segment.regions == ("市",) and rest and rest[0].level == "detachment"
        lower = region.level == "county" and not has_detachments(region.code)
        return self.context.city(region) if high and lower else region

    def _association(self, segments: list[Segment], name: UnitName) -> Key:
        del name
        first = segments.pop(0)
        form = first.regions[-1] if first.regions else first.stem
        region = self.context.region(form) if form else None
        key = (ASSOCIATION, region.code if region else form, first.head)
        unit = Unit(key, ASSOCIATION, LOWEST, first.head, region=region, level="association")
        if region is None:
            unit.tail = "".join(first.regions) + first.text
        return self.tree.add(unit).key

    def _lone_branch(self, segments: list[Segment], name: UnitName) -> Key | None:
        segment = segments.pop(0)
        if not branch_stem(segment) or branch_stem(segment) in lexicon().terms("unit.level"):
            return self.hosts.agency(segment)
        city = self.hosts.region(segment.regions, name.start) if segment.stem else None
        upper = self.tree.organ(city) if city else None
        return self.branches.branch(segment, upper, name, printed=False)

    def _alias(self, segments: list[Segment], name: UnitName) -> Key | None:
        """Return what X公安, X警方, X交警 mean."""
        segment = segments.pop(0)
        of_system = bool(system_of(segment)[0])
        branch = self.branches.of_system(segment) if of_system else self._zone_branch(segment, name)
        branch = branch or named_line(self.tree, segment)
        if branch is not None:
            return branch
        region = self.hosts.region(segment.regions, name.start)
        if region is None or not is_county(region.code):
            above = [
                step for step in (self.hosts.region(segment.regions[:-1]),) if step is not None
            ]
            region = self.context.county(segment.regions[-1], above)
        if region is None:
            return lone_bureau(self.tree, segment) or self.grower.special(segment, None)
        own = special_line(self.tree, region, segment.head)
        if own is not None:
            return own
        organ = self.tree.organ(region).key
        if segment.head in _WHOLE:
            return organ
        function = label(segment.head)
        line = self._city_line(region, segment) or next(
            (
                u.key
                for u in self.tree.units.values()
                if u.parent == organ and label(u.function) == function
            ),
            None,
        )
        if line is not None:
            return line
        head, level = _ALIAS_HEADS.get(region.level, _COUNTY_HEAD)
        return self.grower.add(organ, segment.head + head, segment, level=level)

    def _zone_branch(self, segment: Segment, name: UnitName) -> Key | None:
        """Return the branch for a development zone that 经开公安, 芜湖高新警方 mean."""
        zone = segment.regions[-1] if segment.regions else ""
        if segment.head not in _WHOLE or not ZONE_SIGN.search(zone):
            return None
        city = self.hosts.region(segment.regions[:-1]) if len(segment.regions) > 1 else None
        upper = self.tree.organ(city) if city is not None else None
        branch = replace(segment, kind="branch", regions=(), stem=zone, head="分局")
        return self.branches.branch(branch, upper, name)

    # -- names without an agency ------------------------------------------------------------

    def _rootless(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments[0] = self._with_region(segments[0])
        if first.is_quoted and first.kind == "team":
            return self._founding.team(segments.pop(0), name)
        if first.kind in _NOMINAL and not (first.stem or first.regions):  # 大队|宣传中队
            return self.hosts.agency(segments.pop(0))
        pointed = self._pointed(name)
        if pointed is not None:
            return pointed
        founder = self._founding.station(name) if first.kind == "post" else None
        known = led_brigade(self.tree, segments) or self._known.unit(segments, name)
        known = known or counted_team(self.tree, segments, name.start)
        if known is not None:
            if founder is not None and self.tree[known].level == "post":
                self.tree.hang(self.tree[known], founder)
            segments.clear()
            return known
        return founder or self._new(segments, name)

    def _with_region(self, first: Segment) -> Segment:
        """Return 蓬莱大队 with its county as region, as 达拉特旗大队 has it."""
        lone = first.kind == "division" and not (first.function or first.regions)
        if lone and first.stem and self.context.county(first.stem) is not None:
            return replace(first, regions=(first.stem,), stem="")
        return first

    def _new(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments[0]
        if is_border(first) and not self._borders.is_coastal(first, name):
            return self._borders.unit(segments.pop(0), name)
        return self._regional(segments, name) if first.regions else self.hosts.host(first, name)

    def _pointed(self, name: UnitName) -> Key | None:
        """Return what 该局 right before a bare name means: 该局|食药环侦大队."""
        point = self._pointing.get(name.start)
        if point is None or name.segments[0].regions:
            return None
        last = point.segments[-1]
        return self.hosts.memory.antecedent(last.head, last.kind, point.start, point.end)

    def _regional(self, segments: list[Segment], name: UnitName) -> Key | None:
        """Return the unit of a name that has only a region before its division (兴和县交管大队)."""
        first = segments.pop(0)
        region = self.hosts.region(first.regions, name.start)
        if region is None:
            return self.grower.special(first, None)
        line = self._city_line(region, first)
        if line is not None:
            return line
        if first.kind == "division" and not first.stem:  # 张家口支队, 达拉特旗大队: of what?
            host = self.hosts.linked_parent(name) or self.hosts.above(first, name)
            return self.grower.child(host, first) if host else self.grower.special(first, region)
        rail = self._rail_station(first, name)
        if rail is not None:
            return rail
        first = replace(first, regions=())
        organ = self.tree.organ(self.context.county_of(region)).key
        host, rest = self.grower.inner(organ, first) if first.kind == "team" else (organ, first)
        key = self.grower.child(host, rest)
        unit = self.tree[key]
        if not unit.places and unit.style == "guess":
            unit.style = "without-agency"
        return key

    def _rail_station(self, segment: Segment, name: UnitName) -> Key | None:
        """Return the station of the rail police in sight for 三门峡南站派出所."""
        rail = special_agency(self.tree, name.start) if segment.stem.endswith(_RAIL) else None
        if rail is None or not any(_RAIL_POLICE in unit.tail for unit in self.tree.line(rail)):
            return None
        stem = "".join(segment.regions) + segment.stem
        return self.grower.child(rail, replace(segment, regions=(), stem=stem))

    def _city_line(self, region: Region, segment: Segment) -> Key | None:
        """Return the unit of the city's line for that county: 交管支队达拉特旗大队."""
        alias = segment.kind == "alias"
        function = label(segment.head if alias else segment.function)
        for key, unit in self.tree.units.items():
            if not (unit.own and unit.kind == PART and unit.region and unit.parent):
                continue
            if unit.region.code == region.code and (alias or unit.level == segment.level):
                line = label(self.tree[unit.parent].function)
                if line == function or not (segment.stem or alias):
                    return key
        return None


_Root = Callable[[UnitNames, list[Segment], UnitName], Key | None]
# No methods of one reader: it would hold itself, and live on until the collector finds it.
_ROOTS: Final[dict[str, _Root]] = {
    "agency": UnitNames._agency,
    "alias": UnitNames._alias,
    "branch": UnitNames._lone_branch,
    "short": UnitNames._short,
    "association": UnitNames._association,
}


def _pass(name: UnitName) -> int:
    """Return how much a name says of where it belongs: agencies first, bare names last."""
    first = name.segments[0]
    if first.kind == "agency" and (first.stem or first.regions):
        return 0
    if first.kind in ("branch", "border", "short") and (first.stem or first.regions):
        return 1
    if first.regions:
        return _REGIONAL + (first.kind == "alias")
    return _REGIONAL + 2
