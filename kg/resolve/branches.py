"""Branches: of a city's bureau for a district or a zone, of a special agency, of a system."""

from dataclasses import replace
from typing import Final

from kg.gazetteer import Region
from kg.language.units import Segment, UnitName
from kg.resolve.grower import Grower
from kg.resolve.hosts import Hosts
from kg.resolve.labels import ZONE_SIGN, same_zone, zone_label
from kg.resolve.regions import bearers, has_only_towns
from kg.resolve.special_lines import railway, special_agency
from kg.resolve.stems import branch_stem, branch_text, is_county, system_of
from kg.resolve.tree import ORGAN, RANK, SPECIAL, ZONE, Key, Unit, without_system

_CITY_BUREAU: Final = "市公安局"
_AIRPORT: Final = "机场"


class Branches:
    """Reads 分局 and 公安分局 in their three orders."""

    def __init__(self, grower: Grower, hosts: Hosts) -> None:
        self.grower = grower
        self.hosts = hosts
        self.tree = grower.tree
        self.context = grower.context

    def branch(
        self, segment: Segment, upper: Unit | None, name: UnitName, *, printed: bool = True
    ) -> Key | None:
        """Return the branch of ``upper``; ``printed`` says that its 公安局 stands before it."""
        if upper is not None and upper.kind == SPECIAL:
            return self.grower.child(upper.key, segment)
        if system_of(segment)[0]:
            return self.of_system(segment)
        region = self._district(branch_stem(segment), upper)
        if region is not None and upper is None and not self.context.is_spelt(region):
            own = self._city_in_sight(region)
            if own is not None and own.kind == SPECIAL:  # of a city that no table knows
                return self.grower.child(own.key, segment)
            if own is not None:
                return self._zone(segment, own, name, printed)
        if region is not None:
            return self.grower.county_branch(segment, region, upper, printed)
        return self._zone(segment, upper, name, printed)

    def _district(self, stem: str, upper: Unit | None) -> Region | None:
        """Return the district or county that a branch is for; without a city only a district."""
        home = upper.region if upper is not None else None
        region = self.context.region(stem, (home,) if home else ())
        if (region is None or not is_county(region.code)) and home is not None:
            region = self.context.within(stem, home)
        if region is None:
            region = self._known_zone(stem, home)
        if home is None and region is not None and region.level == "prefecture":
            region = self.context.district(stem)  # 中山公安分局 is no branch of 中山市
        if region is None or not is_county(region.code) or region.level == "prefecture":
            return None
        urban = region.level == "zone" or region.name.endswith("区")
        return region if upper is not None or urban else None

    def _city_in_sight(self, region: Region) -> Unit | None:
        """Return the bureau of another city than that of a district, if the text names one alone.

        城东分局 in an article about 泰州 is its own, though 西宁 has the one 城东区 of the country.
        """
        home = self.context.city(region)
        if self.context.is_known(home):
            return None
        bureaus = [unit for unit in self.tree.units.values() if _is_of_city(unit)]
        inside = self.context.gazetteer.within
        if any(unit.region and inside(region, unit.region) for unit in bureaus):
            return None
        return bureaus[0] if len(bureaus) == 1 else None

    def _known_zone(self, stem: str, home: Region | None) -> Region | None:
        """Return the zone of the home city that leaves out the city's name: 高新区."""
        if home is None and self.context.focus is not None:
            home = self.context.city(self.context.focus)
        if home is None or not ZONE_SIGN.search(stem):
            return None
        forms = (self.context.gazetteer.short(home) + stem, home.name + stem)
        zones = (zone for form in forms for zone in bearers(self.context.gazetteer, form))
        return next((zone for zone in zones if zone.level == "zone"), None)

    def _zone(
        self, segment: Segment, upper: Unit | None, name: UnitName, printed: bool
    ) -> Key | None:
        """Return the branch for a zone that no table knows, or of the special agency in sight."""
        stem = branch_stem(segment)
        zone = zone_label(stem)
        known = self._known(zone, upper)
        if known is not None:
            return known
        if upper is None:
            special = special_agency(self.tree, name.start)
            # 铁路公安处 has stations, no branches
            if special is not None and special != railway(self.tree, name.start):
                own = without_system(stem, self.tree.line(special))
                if own != stem:  # 阿龙山森林公安分局 of 大兴安岭森林公安局
                    segment = replace(segment, stem=own, regions=(), head="分局")
                return self.grower.child(special, segment)
            zoned = bool(ZONE_SIGN.search(stem)) or _AIRPORT in stem
            upper = self._home() if zoned or self._is_former(stem) else None
        if upper is None:
            return self.grower.special(segment, None)
        if segment.head == "分局" and upper.region is not None:  # that of a bureau in sight
            printed = printed or self.grower.is_named(upper.region)
        key = (*upper.key, f"{ZONE}:{zone}")
        unit = Unit(key, ZONE, RANK["subbureau"], branch_text(segment), level="subbureau")
        unit.parent = upper.key if printed else None
        unit.region = upper.region
        unit.style = "city-branch" if printed else "police-branch"
        city = upper.region
        if city is not None and has_only_towns(self.context.gazetteer, city):
            unit.town = self.context.town(stem, city)  # 东莞市公安局|虎门|分局
        return self.tree.add(unit).key

    def _is_former(self, stem: str) -> bool:
        """Return whether a district of the home city was called so that is another's part now."""
        home = self._home()
        former = self.context.within(f"{stem}区", home.region) if home and home.region else None
        return former is not None and not former.name.startswith(stem)

    def _home(self) -> Unit | None:
        """Return the organ of the city that the article is about."""
        focus = self.context.focus
        return self.tree.organ(self.context.city(focus)) if focus is not None else None

    def _known(self, zone: str, upper: Unit | None) -> Key | None:
        """Return the branch already read that a zone's name means: 机场 for 国际机场."""
        for key, unit in self.tree.units.items():
            own = _zone_of(unit)
            here = upper is None or unit.parent == upper.key or key[:2] == upper.key
            if own and here and same_zone(own, zone):
                return key
        return None

    def of_system(self, segment: Segment) -> Key:
        """Return the branch of a system named in front: 长航镇江公安分局."""
        system, stem = system_of(segment)
        key = self.grower.special_key(f"{system}公安局", None, "bureau")
        return self.grower.branch_child(key, stem, f"{stem}分局")


def _is_of_city(unit: Unit) -> bool:
    """Return whether a unit is the bureau of a city and named as that: 泰州市公安局."""
    if unit.kind == SPECIAL:
        return bool(unit.places) and unit.region is None and unit.tail.endswith(_CITY_BUREAU)
    city = unit.region is not None and unit.region.level == "prefecture"
    return unit.kind == ORGAN and city and bool(unit.places)


def _zone_of(unit: Unit) -> str:
    """Return the label of the zone that a branch is named for, if it is one."""
    if unit.level != "subbureau":
        return ""
    if unit.kind == ORGAN and unit.region is not None:
        return zone_label(unit.region.name) if unit.region.level == "zone" else ""
    return unit.key[-1].removeprefix(f"{ZONE}:")
