"""Units of the border police: they hang on one another, not on a region's police."""

from dataclasses import replace
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.units import Segment, UnitName
from kg.resolve.grower import Grower
from kg.resolve.hosts import Hosts
from kg.resolve.labels import label
from kg.resolve.stems import bare_place
from kg.resolve.tree import BORDER, LOWEST, ORGAN, RANK, Key, Unit

_COAST: Final = ("海防", "海岸")


class Borders:
    """Reads border stations, brigades, detachments and inspection stations."""

    def __init__(self, grower: Grower, hosts: Hosts) -> None:
        self.grower = grower
        self.hosts = hosts
        self.context = grower.context

    def is_coastal(self, first: Segment, name: UnitName) -> bool:
        """Return whether a station on the coast is a bureau's, as where no coast police is named."""
        if first.kind != "station" or first.regions or not first.stem.endswith(_COAST):
            return False
        focus = self.hosts.focus()
        bureau = self.grower.tree[focus] if focus is not None else None
        of_county = bureau is not None and bureau.kind == ORGAN and bureau.rank == RANK["subbureau"]
        return of_county and self.hosts.border(first, LOWEST, name) is None

    def unit(self, first: Segment, name: UnitName) -> Key:
        """Return a border unit: it hangs on a printed border unit, not on a region's police."""
        point = first.kind == "border"  # an inspection station or their head office
        first = self._without_province(first) if point and not first.regions else first
        rank = LOWEST if first.kind in ("station", "post") else RANK.get(first.level, LOWEST - 1)
        parent = None if point else self.hosts.border(first, rank, name)
        if parent is not None:
            return self.grower.child(parent, first)
        regions = self._below_province(first)
        text = "".join(regions) + first.text
        place = self.hosts.region(first.regions) or self._border_place(first)
        unit = Unit((BORDER, label(text)), BORDER, rank, text, region=place, own=True)
        unit.level, unit.function = first.level, "边境"
        if point and first.level == "station":
            unit.level = "border"
        return self.grower.tree.add(unit).key

    def _without_province(self, segment: Segment) -> Segment:
        """Return an inspection station whose unknown name opens with its province without that."""
        for size in (2, 3) if segment.level == "station" else ():
            region, rest = self.context.region(segment.stem[:size]), segment.stem[size:]
            whole = len(rest) > 1 and rest not in lexicon().terms("unit.zone")  # 广东|机场
            if whole and region is not None and region.level == "province":
                return replace(segment, stem=rest)
        return segment

    def _below_province(self, segment: Segment) -> tuple[str, ...]:
        """Return the regions of a border unit but for the province: 西藏|山南边境管理支队."""
        first = self.context.region(segment.regions[0]) if segment.regions else None
        stem = bare_place(segment.stem)
        named = len(segment.regions) > 1 or (len(stem) > 1 and self.context.region(stem))
        post = segment.kind == "border" and len(stem) > 1  # 云南|某口岸边检站
        if first is None or first.level != "province":
            return segment.regions
        if not (post or (named and segment.kind == "division")):
            return segment.regions
        return segment.regions[1:]

    def _border_place(self, segment: Segment) -> Region | None:
        stem = bare_place(segment.stem)
        region = self.context.region(stem) if len(stem) > 1 else None
        return self.context.county_of(region) if region else None
