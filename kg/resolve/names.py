"""Unit names within an article: each to its place in the hierarchy and its canonical name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.units import Segment, UnitName
from kg.resolve.context import Context

Key = tuple[str, ...]

_ORGAN: Final = "police"
# What may stand over what. A squadron hangs on the nearest brigade, a station on a bureau.
_RANK: Final = {"ministry": 0, "department": 1, "office": 2, "bureau": 2, "subbureau": 3}
_DIVISION_RANK: Final = {"corps": 2, "detachment": 4, "brigade": 5, "squadron": 6}
_LOWEST: Final = 7
# How well a printed form tells the official name of a region's police organ.
_BEST_STYLE: Final = {"city-branch": 4, "bureau": 3, "branch": 2, "guess": 1}


@dataclass
class Unit:
    """A unit of the article in the making."""

    key: Key
    name: str
    rank: int
    parent: Key | None = None
    region: Region | None = None
    place: Region | None = None
    level: str = ""
    function: str = ""
    style: str = "guess"
    tail: str = ""
    forms: set[str] = field(default_factory=set)
    first: int = 0


class UnitNames:
    """Reads the unit names of one article into one tree."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.units: dict[Key, Unit] = {}
        self.order: list[tuple[int, Key]] = []  # where each named mention stands

    def read(self, names: Sequence[UnitName]) -> dict[tuple[int, int], Key]:
        """Return the unit of each named mention, by its span."""
        found: dict[tuple[int, int], Key] = {}
        rooted = [name for name in names if self._is_rooted(name)]
        rest = [name for name in names if not self._is_rooted(name)]
        for name in [*rooted, *[n for n in rest if not n.elided], *[n for n in rest if n.elided]]:
            key = self._place(name)
            if key is not None:
                found[name.start, name.end] = key
                self.order.append((name.start, key))
                self.order.sort()
        for unit in self.units.values():
            self._settle_name(unit)
        return found

    def _is_rooted(self, name: UnitName) -> bool:
        first = name.segments[0]
        return bool(first.regions) or first.kind in ("agency", "border") and bool(first.stem)

    # -- placing ----------------------------------------------------------------------------

    def _place(self, name: UnitName) -> Key | None:
        segments = list(name.segments)
        key = self._root(segments, name)
        if key is None:
            return None
        for segment in segments:
            key = self._child(key, segment)
        self._note(key, name)
        return key

    def _note(self, key: Key, name: UnitName) -> None:
        unit = self.units[key]
        unit.first = min(unit.first or name.start + 1, name.start + 1)

    def _root(self, segments: list[Segment], name: UnitName) -> Key | None:
        """Return the unit that the rest of ``segments`` hangs on; what it covers is taken off."""
        first = segments[0]
        if first.kind in ("agency", "short", "alias") or first.kind == "branch":
            return self._organ_of(segments, name)
        if first.regions and not self._is_border(first):
            return self._regional(segments)
        known = self._known(segments)
        if known is not None:
            segments.clear()
            return known
        if self._is_border(first) and (first.regions or first.stem):
            return self._border(segments, name)
        return self._parent_of(first, name)

    def _organ_of(self, segments: list[Segment], name: UnitName) -> Key | None:
        first = segments.pop(0)
        region = self._region(first.regions)
        if first.kind == "alias":
            return self._alias(first, region)
        if first.kind == "branch":
            return self._branch(first, region, None, name)
        if first.head == "公安部" or (first.stem and not first.stem.startswith("市")):
            return self._special(first, region)
        if not first.regions:
            return self._antecedent(first, name.start)
        if region is None:
            return self._special(first, None)
        if segments and segments[0].kind == "branch":
            return self._branch(segments.pop(0), region, first, name)
        return self._organ(region, "bureau", first.level)

    def _region(self, forms: Sequence[str]) -> Region | None:
        if not forms:
            return None
        if forms[-1] in lexicon().terms("unit.level"):
            return self.context.level(forms[-1])
        regions = self.context.chain(forms)
        return regions[-1] if regions else None

    def _organ(self, region: Region, style: str, level: str = "") -> Key:
        """Return the police organ of a region: its bureau, branch or department are one unit."""
        key: Key = (_ORGAN, region.code)
        unit = self.units.get(key)
        if unit is None:
            rank = {"province": 1, "prefecture": 2}.get(region.level, 3)
            unit = self.units[key] = Unit(key, "", rank, region=region, level=level or "bureau")
        if _BEST_STYLE[style] > _BEST_STYLE[unit.style]:
            unit.style, unit.level = style, level or unit.level
        return key

    def _alias(self, segment: Segment, region: Region | None) -> Key | None:
        if region is None:
            return None
        organ = self._organ(region, "guess")
        function = _synonym(segment.head)
        if segment.head in ("公安", "警方"):
            return organ
        for unit in self.units.values():
            if unit.region == region and unit.parent and _synonym(unit.function) == function:
                return unit.key
        head = {"province": "总队", "prefecture": "支队"}.get(region.level, "大队")
        text = segment.head + head
        return self._add(organ, text, segment, function)

    def _branch(
        self, segment: Segment, city: Region | None, agency: Segment | None, name: UnitName
    ) -> Key | None:
        stem = segment.stem.removeprefix("公安") or (segment.regions[-1] if segment.regions else "")
        if not stem:
            return self._antecedent(segment, name.start)
        near = (city,) if city else ()
        region = self.context.region(stem, near)
        counties = region is not None and region.level in ("county", "zone") and len(region.code) == 6
        if region is not None and counties and (city is None or region.code[:2] == city.code[:2]):
            key = self._organ(region, "city-branch" if agency else "branch", "subbureau")
            unit = self.units[key]
            unit.tail = f"{segment.stem}{segment.head}"
            if agency is not None and city is not None and city != region:
                unit.parent = self._organ(city, "bureau", agency.level)
            return key
        return self._zone_branch(segment, stem, city, agency, name)

    def _zone_branch(
        self,
        segment: Segment,
        stem: str,
        city: Region | None,
        agency: Segment | None,
        name: UnitName,
    ) -> Key | None:
        zone = _zone(stem)
        known = next(
            (key for key, unit in self.units.items() if _same_zone(key, zone) and unit.rank == 3), None
        )
        if known is not None and city is None:
            return known
        home = city or (self._prefecture() if not segment.regions else None)
        upper = self._upper(name, segment) if agency is None and city is None else None
        base: Key = (_ORGAN, home.code) if home else upper or (_ORGAN, "?")
        key = (*base, zone)
        if key not in self.units:
            parent = self._organ(home, "bureau") if agency is not None and home else None
            prefix = self.context.prefix(home) if home and segment.regions or agency else ""
            body = f"公安局{segment.text}" if agency is not None else segment.text
            self.units[key] = Unit(
                key, f"{prefix}{body}", 3, parent=parent, region=home, level="subbureau"
            )
            self.units[key].tail = stem
        return key

    def _upper(self, name: UnitName, segment: Segment) -> Key | None:
        del segment
        return next(
            (key for at, key in reversed(self.order) if at < name.start and self.units[key].rank < 3),
            None,
        )

    def _prefecture(self) -> Region | None:
        home = self.context.focus
        if home is None:
            return None
        above = self.context.gazetteer.chain(home)
        return next((step for step in above if step.level == "prefecture"), above[0])

    def _special(self, segment: Segment, region: Region | None) -> Key:
        """Return a unit that keeps its printed name: forest, rail, ministry, unknown place."""
        text = "".join(segment.regions) + segment.text
        body = text
        for key, unit in self.units.items():
            if key[0] == "special" and (key[1].endswith(body) or body.endswith(key[1])):
                if len(body) > len(unit.name):
                    unit.name = body
                return key
        key = ("special", text)
        rank = _RANK.get(segment.level, 2)
        place = region if segment.stem in ("铁路", "机场") or not segment.stem else None
        stem = segment.stem.removesuffix("铁路").removesuffix("森林").removesuffix("垦区")
        if place is None and region is None and stem:
            place = self.context.region(stem)
        self.units[key] = Unit(key, text, rank, region=place or region, level=segment.level)
        return key

    def _is_border(self, segment: Segment) -> bool:
        border = segment.kind == "border" or segment.function == "边境"
        return border and segment.head != "派出所" or (segment.function == "边境" and segment.kind == "station")

    def _border(self, segments: list[Segment], name: UnitName) -> Key:
        """Return a border unit: it hangs on a printed border unit, not on a region's police."""
        first = segments.pop(0)
        text = "".join(first.regions) + first.text
        rank = _DIVISION_RANK.get(first.level, _LOWEST)
        parent = next(
            (
                key
                for at, key in reversed(self.order)
                if key[0] == "border" and self.units[key].rank < rank
            ),
            None,
        )
        parent = self._climb(parent, rank) if parent else None
        key = (*parent, text) if parent else ("border", text)
        if key not in self.units:
            upper = self.units[parent].name if parent else ""
            place = self._region(first.regions) or self.context.region(_place_stem(first))
            self.units[key] = Unit(
                key, upper + text, rank, parent, region=place, level=first.level, function="边境"
            )
        return key

    def _climb(self, key: Key, rank: int) -> Key | None:
        at: Key | None = key
        while at is not None and self.units[at].rank >= rank:
            at = self.units[at].parent
        return at

    def _regional(self, segments: list[Segment]) -> Key | None:
        """Return the organ of a region for a division that names only the region (兴和县交管大队)."""
        first = segments[0]
        region = self._region(first.regions)
        if region is None:
            return self._special(segments.pop(0), None)
        if _synonym(first.function) == "交管":
            for unit in self.units.values():
                line = unit.parent and _synonym(self.units[unit.parent].function) == "交管"
                if line and unit.region == region:
                    segments.pop(0)
                    return unit.key
        key = self._organ(region, "guess")
        child = self._child_key(key, first)
        if child not in self.units:
            self._child(key, first)
            self.units[child].style = "without-agency"
        segments.pop(0)
        return child

    # -- names without a root ---------------------------------------------------------------

    def _known(self, segments: Sequence[Segment]) -> Key | None:
        """Return the unit already seen whose name ends as these segments do."""
        tail = tuple(_norm(segment) for segment in segments)
        hits = [key for _, key in self.order if key[-len(tail) :] == tail]
        hits += [key for key in self.units if key[-len(tail) :] == tail]
        return hits[-1] if hits else None

    def _antecedent(self, segment: Segment, at: int) -> Key | None:
        """Return the unit that a bare head means: 分局, 大队, 公安局."""
        return antecedent(self, segment.head, segment.kind, at)

    def _parent_of(self, segment: Segment, name: UnitName) -> Key | None:
        if segment.level in ("brigade", "squadron") and not segment.stem:
            return self._antecedent(segment, name.start)
        rank = _DIVISION_RANK.get(segment.level, _LOWEST)
        if name.elided:
            later = [key for at, key in self.order if at > name.start]
            if later and later[0] in self.units:
                return self.units[later[0]].parent
        for key in self._nearest(name.start):
            host = self._host(key, rank, segment)
            if host is not None:
                return host
        focus = self.context.focus
        return self._organ(focus, "guess") if focus else None

    def _nearest(self, at: int) -> Iterator[Key]:
        """Yield the units named before ``at``, the nearest first, then those after it."""
        before = [key for place, key in self.order if place < at]
        after = [key for place, key in self.order if place >= at]
        yield from reversed(before)
        yield from after

    def _host(self, key: Key, rank: int, segment: Segment) -> Key | None:
        """Return the unit at or above ``key`` that can have ``segment`` as its part."""
        at: Key | None = key
        while at is not None:
            unit = self.units[at]
            fits = unit.rank < rank and unit.rank <= 3 and unit.rank > 0
            if segment.level == "squadron":
                fits = unit.rank < rank and unit.level in ("brigade", "detachment", "station")
            elif segment.level == "detachment" and unit.region is not None:
                fits = fits and (unit.region.level != "county" or unit.region.code[2:4] == "01" and unit.region.code[:2] in ("11", "12", "31", "50"))
            elif fits and unit.rank == 2 and unit.region is not None and segment.level != "corps":
                county = [u for u in self.units.values() if u.rank == 3]
                fits = not county or unit.region.level != "prefecture" or segment.kind == "office"
            if fits and at[0] != "border":
                return at
            at = unit.parent
        return None

    # -- children ---------------------------------------------------------------------------

    def _child_key(self, parent: Key, segment: Segment) -> Key:
        return (*parent, _norm(segment))

    def _child(self, parent: Key, segment: Segment) -> Key:
        if segment.kind == "branch":
            upper = self.units[parent]
            region = self.context.region(segment.stem, (upper.region,) if upper.region else ())
            key = (*parent, _zone(segment.stem))
            if key not in self.units:
                self.units[key] = Unit(
                    key, upper.name + segment.text, 3, parent, region=region or upper.region,
                    level="subbureau",
                )
            return key
        return self._add(parent, segment.text, segment, segment.function)

    def _add(self, parent: Key, text: str, segment: Segment, function: str) -> Key:
        text = "".join(segment.regions) + text if segment.kind != "alias" else text
        key = (*parent, _norm_text(text))
        unit = self.units.get(key)
        if unit is None:
            upper = self.units[parent]
            own = self._own_region(segment, upper)
            rank = _DIVISION_RANK.get(segment.level, _LOWEST)
            unit = self.units[key] = Unit(
                key, "", max(rank, upper.rank + 1), parent, region=own or upper.region,
                level=segment.level, function=function, tail=text,
            )
            unit.place = self._town(segment, unit.region)
        elif unit.style == "without-agency" and segment.kind != "alias":
            unit.style = "guess"
        return key

    def _own_region(self, segment: Segment, upper: Unit) -> Region | None:
        """Return the county that a division names itself for: 张家口支队, 达拉特旗大队."""
        if segment.kind != "division" or segment.function == "边境":
            return None
        form = segment.regions[-1] if segment.regions else segment.stem
        near = (upper.region,) if upper.region else ()
        region = self.context.region(form, near) if len(form) > 1 else None
        return region if region is not None and len(region.code) == 6 else None

    def _town(self, segment: Segment, region: Region | None) -> Region | None:
        if segment.kind != "station" or region is None:
            return None
        towns = [
            town
            for town in self.context.gazetteer.named(segment.stem)
            if len(town.code) == 9 and self.context.gazetteer.within(town, region)
        ]
        return towns[0] if len(towns) == 1 else None

    # -- canonical names --------------------------------------------------------------------

    def _settle_name(self, unit: Unit) -> str:
        if unit.name:
            return unit.name
        if unit.key[0] == _ORGAN and len(unit.key) == 2 and unit.region is not None:
            unit.name = self._organ_name(unit)
        elif unit.parent is not None:
            upper = self.units[unit.parent]
            bare = unit.style == "without-agency" and upper.region is not None and not upper.first
            head = self.context.prefix(upper.region) if bare and upper.region else self._settle_name(upper)
            unit.name = head + unit.tail
        return unit.name

    def _organ_name(self, unit: Unit) -> str:
        region = unit.region
        assert region is not None  # noqa: S101
        gazetteer = self.context.gazetteer
        if region.level == "province" and not region.name.endswith("市"):
            return f"{region.name}公安厅"
        above = gazetteer.chain(region)
        city = above[-2] if len(above) > 1 else region
        if unit.style == "city-branch":
            return f"{self.context.prefix(city)}公安局{self._official(unit.tail, region)}"
        if unit.style == "branch":
            return f"{self.context.prefix(city)}{self._official(unit.tail, region)}"
        if unit.style == "guess" and region.name.endswith("区") and region.level == "county":
            short = gazetteer.short(region) if city.level == "province" else region.name
            return f"{self.context.prefix(city)}公安局{short}分局"
        return f"{self.context.prefix(region)}公安局"

    def _official(self, tail: str, region: Region) -> str:
        """Return a branch's tail with its region's alias (昆区) spelt out; 科尔沁分局 stays."""
        for form in self.context.gazetteer.forms(region):
            if form in tail:
                short = form in (region.name, self.context.gazetteer.short(region))
                return tail if short else tail.replace(form, region.name)
        return tail


def antecedent(names: UnitNames, head: str, kind: str, at: int) -> Key | None:
    """Return the unit that a bare head at ``at`` points to: the nearest before it, else after."""
    before = [key for place, key in names.order if place < at]
    after = [key for place, key in names.order if place > at]
    for key in [*reversed(before), *after]:
        step: Key | None = key
        while step is not None:
            if _fits(names.units[step], head, kind):
                return step
            step = names.units[step].parent
    return None


def _fits(unit: Unit, head: str, kind: str) -> bool:
    last = unit.key[-1]
    if kind in ("agency", "short") or head == "局":
        return unit.rank <= 3 and unit.key[0] != "border"
    if kind == "branch":
        return unit.rank == 3 and (unit.level == "subbureau" or unit.style in ("branch", "city-branch"))
    if kind == "station" or head == "所":
        return last.endswith("所")
    if head in ("检查站", "站"):
        return last.endswith("站")
    return last.endswith(head)


def _norm(segment: Segment) -> str:
    return _norm_text("".join(segment.regions) + segment.text)


def _norm_text(text: str) -> str:
    """Return a segment with one wording of each function: 交通管理大队 = 交警大队 = 交管大队."""
    synonyms = lexicon().terms("unit.synonym")
    for term in sorted(synonyms, key=lambda t: (-len(t), t)):
        if term in text:
            return text.replace(term, synonyms[term], 1)
    return text


def _synonym(function: str) -> str:
    return lexicon().terms("unit.synonym").get(function, function)


def _zone(stem: str) -> str:
    for long, short in (("高新技术", "高新"), ("经济技术", "经开"), ("经济开发", "经开")):
        if long in stem:
            return short
    for short in ("高新", "经开"):
        if short in stem:
            return short
    return stem


def _same_zone(key: Key, zone: str) -> bool:
    return len(key) > 2 and (key[-1] == zone or key[-1].endswith(zone) or zone.endswith(key[-1]))


def _place_stem(segment: Segment) -> str:
    stem = segment.stem
    for term in ("出入境", "边境管理", "边境", "边防"):
        stem = stem.removesuffix(term)
    return stem
