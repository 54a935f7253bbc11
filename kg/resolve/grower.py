"""Adds units to the tree: organs' branches, special agencies, divisions, stations."""

from dataclasses import replace
from typing import Final

from kg.gazetteer import Region
from kg.language.units import Segment, is_ordinal
from kg.resolve.labels import label, segment_label
from kg.resolve.stems import (
    bare_place,
    branch_stem,
    branch_text,
    forest_place,
    is_county,
    is_printed_in_full,
    same_special,
    spelt_out,
    usual_branch,
)
from kg.resolve.tree import LOWEST, ORGAN, PART, RANK, SPECIAL, Key, Tree, Unit, without_system

_RAIL: Final = "站"  # ends the name of a railway police station
_OF_PLACE: Final = ("市公安局", "县公安局")
_SHORTEST: Final = 2
_DIRECTIONS: Final = "东南西北"


class Grower:
    """Adds to one tree; what a name means there is decided by its callers."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.context = tree.context

    # -- special systems --------------------------------------------------------------------

    def special(self, segment: Segment, region: Region | None) -> Key:
        """Return a unit that keeps its printed name: forest, rail, ministry, unknown place."""
        text = "".join(segment.regions) + segment.text
        place = self.context.nested(segment.regions) if len(segment.regions) > 1 else region
        stem = bare_place(segment.stem)
        # A station that says nothing else is named for a town: 九江派出所 is not in 九江市.
        lone = segment.kind == "station" and stem == segment.stem
        if place is None and segment.kind != "branch" and not lone:
            place = self._county(stem)
        forest = forest_place(segment.stem)
        if len(forest) > 1:
            place = self.context.region(forest, (place,) if place else ()) or place
        return self.special_key(text, place, segment.level)

    def special_key(self, text: str, place: Region | None, level: str) -> Key:
        """Return the special agency of a printed name, which may leave out its beginning."""
        text = spelt_out(text)
        for key, unit in self.tree.units.items():
            if unit.kind == SPECIAL and same_special(unit.tail, text):
                if unit.parent is None:
                    unit.tail = max(unit.tail, text, key=len)
                return key
        rank = RANK.get(level, RANK["bureau"])
        unit = Unit((SPECIAL, text), SPECIAL, rank, text, region=place, level=level)
        return self.tree.add(unit).key

    def _county(self, form: str, near: Region | None = None) -> Region | None:
        """Return the county or higher region that ``form`` means, near another one."""
        region = self.context.region(form, (near,) if near else ()) if len(form) > 1 else None
        return region if region is not None and is_county(region.code) else None

    # -- branches ---------------------------------------------------------------------------

    def county_branch(
        self, segment: Segment, region: Region, upper: Unit | None, printed: bool
    ) -> Key:
        """Return the organ of a district; ``printed`` says that 公安局 stands before its branch."""
        style = "city-branch" if printed else "branch"
        if not printed and segment.head == "公安分局":
            short = not is_printed_in_full(segment) and self.is_named(self.context.city(region))
            style = "branch" if short else "police-branch"
        unit = self.tree.organ(region, style, "subbureau")
        if unit.style == style:
            text = branch_text(segment)
            unit.tail = unit.tail or (text if style == "police-branch" else usual_branch(text))
        city = upper.region if printed and upper else self.context.city(region)
        if city is not None and city != region and style != "police-branch":
            self.tree.hang(unit, self.tree.organ(city, "bureau" if printed else "guess").key)
        return unit.key

    def is_named(self, region: Region) -> bool:
        """Return whether the text names the bureau of a region by itself."""
        unit = self.tree.units.get((ORGAN, region.code))
        return unit is not None and bool(unit.places)

    def branch_child(self, parent: Key, stem: str, text: str) -> Key:
        """Return the branch of a special agency: 森林公安局|根河分局."""
        upper = self.tree[parent]
        near = (upper.region,) if upper.region else ()
        strange = upper.region is None and upper.tail.endswith(_OF_PLACE)  # no table has it
        unknown = strange or is_ordinal(stem)
        region = None if unknown else self.context.region(bare_place(stem), near)
        key = (*parent, without_system(stem, self.tree.line(parent)))
        unit = Unit(key, SPECIAL, RANK["subbureau"], text, parent, level="subbureau")
        unit.region, unit.own = region or upper.region, region is not None
        return self.tree.add(unit).key

    # -- divisions and stations -------------------------------------------------------------

    def child(self, parent: Key, segment: Segment) -> Key:
        """Return the part of ``parent`` that the next step of a name adds."""
        if segment.kind == "branch":
            return self._branch(parent, segment)
        if segment.kind == "agency":
            return self._agency(parent, segment)
        return self.add(parent, "".join(segment.regions) + segment.text, segment)

    def _agency(self, parent: Key, segment: Segment) -> Key:
        """Return an agency of an agency: 铁路公安局|锦州公安处, 公安厅|机场公安局."""
        text = "".join(segment.regions) + segment.text
        for unit in self.tree.under(parent):
            if unit.kind == SPECIAL and same_special(unit.tail, text):
                return unit.key
        upper = self.tree[parent]
        form = segment.regions[-1] if segment.regions else bare_place(segment.stem)
        region = self._county(form, upper.region)
        unit = Unit((*parent, text), SPECIAL, RANK["bureau"], text, parent, region or upper.region)
        unit.level, unit.own = segment.level, region is not None
        return self.tree.add(unit).key

    def _branch(self, parent: Key, segment: Segment) -> Key:
        upper = self.tree[parent]
        region = self._county(branch_stem(segment), upper.region) if upper.kind != SPECIAL else None
        if region is not None:
            return self.county_branch(segment, region, upper, printed=True)
        return self.branch_child(parent, branch_stem(segment), branch_text(segment))

    def inner(self, parent: Key, segment: Segment) -> tuple[Key, Segment]:
        """Return the division that a team's name begins with, and the rest: 交警|铁骑队."""
        for unit in self.tree.under(parent):
            if unit.level not in ("brigade", "detachment"):
                continue
            for size in range(2, len(segment.stem) - 1):
                if label(segment.stem[:size]) == label(unit.function) != "":
                    return unit.key, replace(segment, stem=segment.stem[size:])
        return parent, segment

    def add(self, parent: Key, text: str, segment: Segment, *, level: str = "") -> Key:
        """Return the division or station ``text`` of ``parent``, a known one if a wording fits."""
        upper = self.tree[parent]
        own = self._own_region(segment, upper)
        tail = f"@{own.code}" + label(segment.head) if own else segment_label(segment)
        if segment.kind == "alias":
            tail = label(text)
        known = next(self.tree.children(parent, tail), None)
        if known is not None:
            return known.key
        rank = self._rank(segment, level, upper)
        unit = Unit((*parent, tail), PART, rank, text, parent, own or upper.region, own is not None)
        unit.level = level or segment.level
        unit.function = segment.function or (segment.head if segment.kind == "alias" else "")
        if segment.kind == "station":
            unit.town, unit.region = self._town(segment, upper), self._seat(segment, upper)
        return self.tree.add(unit).key

    @staticmethod
    def _rank(segment: Segment, level: str, upper: Unit) -> int:
        if segment.kind not in ("division", "alias", "border"):
            return LOWEST
        return max(RANK.get(level or segment.level, LOWEST), upper.rank + 1)

    def _own_region(self, segment: Segment, upper: Unit) -> Region | None:
        """Return the county that a division names itself for: 张家口支队, 额济纳边境管理大队."""
        if segment.kind not in ("division", "border") or upper.region is None:
            return None
        form = segment.regions[-1] if segment.regions else bare_place(segment.stem)
        region = self._county(form, upper.region)
        if region is None and len(form) > _SHORTEST:  # 东乌珠穆沁 is a name of the banner
            spelt = self.context.county(form, (upper.region,))
            region = spelt if spelt is not None and spelt.name.startswith(form) else None
        if region is None:
            return None
        inside = self.context.gazetteer.within(region, self.context.city(upper.region))
        return region if inside or upper.region.level == "province" else None

    def _seat(self, segment: Segment, upper: Unit) -> Region | None:
        """Return where a station lies: rail and water stations in the place of their name."""
        root = self.tree.root(upper.key)
        if root.level == "subbureau":  # of a branch that nobody knows: it reaches nowhere
            return upper.region
        if SPECIAL in (root.kind, upper.kind):
            stem = bare_place(segment.stem)
            for form in (stem, stem.rstrip(_DIRECTIONS)):
                region = self._county(form, upper.region)
                if region is not None and self._is_in_reach(region, segment, upper):
                    return region
            town = self.context.region(stem) if segment.stem.endswith(_RAIL) else None
            if town is not None:
                return self.context.county_of(town)
        return upper.region

    def _is_in_reach(self, region: Region, segment: Segment, upper: Unit) -> bool:
        """Return whether a station can lie in a region: only the railway reaches other provinces."""
        if upper.region is None or segment.stem.endswith(_RAIL):
            return True
        chain = self.context.gazetteer.chain
        return chain(region)[0].code == chain(upper.region)[0].code

    def _town(self, segment: Segment, upper: Unit) -> Region | None:
        stem = bare_place(segment.stem)
        return self.context.town(stem, upper.region) if upper.region is not None else None
