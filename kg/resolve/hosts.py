"""Where a name without a root belongs: 刑侦大队, 东城区派出所, 七中队, 该局 as an agency."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.language.units import Segment, UnitName, is_ordinal
from kg.resolve.labels import label, segment_label
from kg.resolve.naming import is_branch
from kg.resolve.offices import place_of_office
from kg.resolve.pointing import Memory
from kg.resolve.protagonist import Protagonist, is_host
from kg.resolve.regions import has_detachments, town_codes
from kg.resolve.special_lines import railway
from kg.resolve.stems import bare_place
from kg.resolve.tree import BORDER, ORGAN, PART, RANK, SPECIAL, Key, Tree, Unit

_LIST: Final = re.compile(r"(?:、|以?及|和|与|暨|，)\Z")
_LIST_ENDS: Final = frozenset("、及和与暨，")
_SERVING: Final = "任"
_SENT: Final = re.compile(rf"，(?:挂职|先后|后|现)*担?{_SERVING}\Z")
_BELONGS: Final = "隶属"
_SYSTEMS: Final = ("铁路", "森林", "边境", "水警")
_COUNTIES: Final = ("县", "旗", "区")
FOCUS: Final = 0.35
_TRAFFIC: Final = "交管"
_VEHICLES: Final = "车管所"  # part of the traffic police
_LOOSE: Final = ("", "公共服务", "政工")  # a squadron so called may be part of any brigade


class Hosts:
    """Chooses among the units read so far; needs the text to see lists."""

    def __init__(self, tree: Tree, scan: Scan) -> None:
        self.tree = tree
        self.text = scan.text
        self.memory = Memory(tree, scan)
        self._told_of = _BELONGS in scan.text
        self.lone_station = False  # whether the names are of one station and no other
        self.protagonist = Protagonist(tree, self.memory)

    def host(self, segment: Segment, name: UnitName) -> Key | None:
        """Return the unit that a division without a root belongs to."""
        told = self._told(name)
        if told is None and segment.level == "brigade":
            told = self._beside_branch(name)
        if told is None and self._is_at_railway(segment):
            return railway(self.tree, name.start)
        return told if told is not None else self._host(segment, name)

    def _host(self, segment: Segment, name: UnitName) -> Key | None:
        linked = self.linked(name)
        town = self._by_town(segment) if segment.kind == "station" else None
        if town is not None and (linked is None or not self._lends_prefix(name)):
            return town
        if linked is not None and self.tree[linked].level == segment.level == "brigade":
            above = self.tree[linked].parent  # 组织突击一大队、突击二大队: of one detachment
            if above is not None and not self.tree[above].is_host:
                return above
        for unit in self.tree.line(linked) if linked is not None else ():
            if (unit.key != linked or unit.is_host) and self._fits(unit, segment):
                return unit.key
        if town is not None:
            return town
        acting = self.acting(segment, name)
        if acting is not None:
            return acting
        low = self.above(segment, name) if self._is_low(segment) else self._line(segment)
        return low if low is not None else self._organ(segment, name)

    def _beside_branch(self, name: UnitName) -> Key | None:
        """Return the bureau of a list in which a branch stands among brigades: A大队、B分局、|C大队."""
        listed = self.text[name.start - 1 : name.start] in _LIST_ENDS
        if not listed or not self.text.endswith("分局", 0, name.start - 1):
            return None
        start = self.tree.order[self.tree.index(name.start) - 1][0]
        first = self.ending_at(start - 1) if self.text[start - 1] in _LIST_ENDS else None
        if first is None or self.tree[first].level != "brigade":
            return None
        bureau = self.tree[first].parent
        return bureau if bureau is not None and self.tree[bureau].is_host else None

    def _told(self, name: UnitName) -> Key | None:
        """Return the unit that the text says it belongs to: 解放碑警务站隶属于解放碑派出所."""
        if not self._told_of:
            return None
        form = re.escape(self.text[name.start : name.end])
        told = re.search(rf"{form}(?:是|，)?隶属于?", self.text)
        if told is None:
            return None
        at, order = self.tree.index(told.end()), self.tree.order
        if at < len(order) and order[at][0] == told.end():
            return order[at][1]
        parts = (unit for unit in self.tree.units.values() if unit.kind == PART)
        return next((u.key for u in parts if self.text.startswith(u.key[-1], told.end())), None)

    def acting(self, segment: Segment, name: UnitName) -> Key | None:
        """Return the bureau that the same sentence names before as its actor: X局抽调交警大队."""
        for at in range(self.tree.index(name.start) - 1, -1, -1):
            start, key = self.tree.order[at]
            if self.memory.distance(start, name.start):
                return None
            if start < name.start:
                unit = self.tree[key]
                county = unit.rank == RANK["subbureau"] or unit.key == self.focus()
                actor = unit.is_host and county and self.memory.role(start, key) == 1
                if actor and self._fits(unit, segment) and not self._is_low(segment):
                    return key
        return None

    def _line(self, segment: Segment) -> Key | None:
        """Return the protagonist's own detachment of a brigade's function: 交管支队|高速公路大队."""
        own = segment.function not in _SYSTEMS  # rail, forest, border: all its divisions
        organ = self.focus() if segment.level == "brigade" and own else None
        for unit in self.tree.under(organ) if organ is not None else ():
            above = unit.level in ("detachment", "corps")
            if above and label(unit.function) == label(segment.function):
                return unit.key
        return None

    def above(self, segment: Segment, name: UnitName) -> Key | None:
        """Return the best remembered division that ``segment`` can be a part of."""

        def leading(unit: Unit) -> bool:
            return unit.kind in (PART, BORDER, SPECIAL) and self._leads(unit, segment)

        # 根据省总队部署…，城区中队检查…（某县公安局交警大队 甲): of the brigade, named only at the end
        organ = self.focus() if segment.level == "squadron" else None
        own = [u.key for u in self.tree.under(organ) if leading(u)] if organ is not None else []
        best = self.memory.best(leading, name.start)
        higher = best is not None and best not in own and self.tree[best].level != "brigade"
        return own[0] if len(own) == 1 and higher else best

    def linked(self, name: UnitName) -> Key | None:
        """Return the unit that ``name`` follows in a list (A局B所、C科), or that one came to.

        来到某局，挂职任|刑侦大队副大队长
        """
        last = self.text[name.start - 1 : name.start]
        if last == _SERVING[-1]:
            sent = _SENT.search(self.text, max(0, name.start - 8), name.start)
            return self.ending_at(sent.start()) if sent is not None else None
        if last not in _LIST_ENDS:
            return None
        joined = _LIST.search(self.text, max(0, name.start - 2), name.start)
        return self.ending_at(joined.start()) if joined is not None else None

    def _lends_prefix(self, name: UnitName) -> bool:
        """Return whether what ``name`` follows in a list has its bureau before it (A局B所、C所)."""
        start, key = self.tree.order[self.tree.index(name.start) - 1]
        return "局" in self.text[start : start + self.tree.lengths[start, key]]

    def linked_parent(self, name: UnitName) -> Key | None:
        """Return the parent of the unit that ``name`` follows in a list."""
        linked = self.linked(name)
        return self.tree[linked].parent if linked is not None else None

    def ending_at(self, end: int) -> Key | None:
        """Return the unit whose name ends at ``end``."""
        last = self.tree.index(end) - 1
        if last < 0:
            return None
        start, key = self.tree.order[last]
        return key if start + self.tree.lengths[start, key] == end else None

    def _is_low(self, segment: Segment) -> bool:
        """Return whether a division is part of another division: 七中队, 二大队, 铁骑队."""
        if segment.level == "squadron":
            return True
        if segment.level == "brigade":
            return not segment.function
        if label(segment.head) == _VEHICLES:
            return True
        return segment.kind == "post" or (segment.kind == "team" and not segment.is_quoted)

    def _leads(self, unit: Unit, segment: Segment) -> bool:
        if segment.kind == "post":
            near = self._close(unit, segment) or self._serves(unit, segment.stem)
            return unit.level == "station" and (near or self._is_alone(unit))
        if unit.level == "border" and segment.kind == "team":
            return True
        if unit.level not in ("corps", "detachment", "brigade"):
            return False
        if label(segment.head) == _VEHICLES:
            return label(unit.function) == _TRAFFIC
        if unit.rank >= RANK.get(segment.level, 9) or (
            unit.kind == BORDER and segment.function != "边境"
        ):
            return False
        loose = segment.function in _LOOSE or not unit.function
        return loose or label(unit.function) == label(segment.function) or self._is_topic(unit)

    def _is_topic(self, unit: Unit) -> bool:
        """Return whether a division, or a part of it, is what the article names first."""
        return bool(self.tree.order) and unit in self.tree.line(self.tree.order[0][1])

    def _is_alone(self, unit: Unit) -> bool:
        """Return whether the article is about one station only: all posts are its own."""
        return self.lone_station and self._is_topic(unit)

    def _close(self, unit: Unit, segment: Segment) -> bool:
        """Return whether the station is named in the same sentence before the post."""
        gaps = [self.text[place : segment.start] for place in unit.places if place < segment.start]
        return bool(gaps) and not re.search(r"[。！？\n]", gaps[-1])

    def _serves(self, unit: Unit, community: str) -> bool:
        """Return whether the text names the community as the station's: 真州派出所|鼓楼社区民警."""
        ends = (place + self.tree.lengths[place, unit.key] for place in unit.places)
        return bool(community) and any(self.text.startswith(community, end) for end in ends)

    def _by_town(self, segment: Segment) -> Key | None:
        """Return the organ of the one county that has a town of the station's name."""
        gazetteer, units = self.tree.context.gazetteer, self.tree.units
        towns = town_codes(gazetteer, segment.stem) if len(segment.stem) > 1 else ()
        keys = {key for code in towns if (key := (ORGAN, gazetteer.above(code))) in units}
        return keys.pop() if len(keys) == 1 else None

    def _organ(self, segment: Segment, name: UnitName) -> Key | None:
        focus = self._host_at(name.start)
        context = self.tree.context
        home = self.tree[focus].region if focus else context.focus
        if segment.level == "corps" and home is not None:  # a city has a 支队, a province a 总队
            return self.tree.organ(context.gazetteer.chain(home)[0]).key
        if focus is None and context.focus is not None:
            focus = self.tree.organ(context.focus).key
        for unit in self.tree.line(focus) if focus else ():
            if self._fits(unit, segment):
                return unit.key
        region = self.tree[focus].region if focus else None
        city = context.city(region) if region else None
        if city is not None and (segment.level == "detachment" or _is_numbered(segment)):
            return self.tree.organ(city).key
        beside = segment.level == "station" == (self.tree[focus].level if focus else "")
        return None if beside else focus  # a station is no part of another one

    def _host_at(self, start: int) -> Key | None:
        """Return the bureau or branch best remembered, the protagonist a little better."""
        scores = self.memory.scores(is_host, start)
        focus = self.focus()
        if focus is not None:
            scores[focus] = scores.get(focus, 0.0) + FOCUS
        return max(scores, key=scores.__getitem__, default=None)

    def _fits(self, unit: Unit, segment: Segment) -> bool:
        """Return whether ``segment`` can be a direct part of ``unit``."""
        if unit.level == "station":
            return segment.kind == "post" or segment.level != "station"
        if segment.level == "squadron" or (segment.level == "brigade" and not segment.function):
            return unit.level in ("brigade", "detachment", "corps") or (
                unit.is_host and segment.level == "squadron"
            )
        if not unit.is_host:
            return segment.kind in ("office", "team") and unit.level in ("detachment", "brigade")
        region = unit.region
        if unit.kind != ORGAN or region is None:
            return True
        if _is_numbered(segment):
            return not is_branch(unit)
        small = region.level == "county" and not has_detachments(region.code)
        return segment.level != "detachment" or not small

    def focus(self) -> Key | None:
        """Return the bureau or branch that most of the names belong to: the protagonist."""
        return self.protagonist.key()

    # -- agencies ---------------------------------------------------------------------------

    def agency(self, segment: Segment) -> Key | None:
        """Return the organ that 公安局, 分局, 公安厅 without a region mean."""
        known = self.memory.antecedent(segment.head, segment.kind, segment.start, segment.end)
        focus = self.tree.context.focus
        if known is not None or focus is None or segment.kind not in ("agency", "branch"):
            return known
        if segment.level == "department":
            focus = self.tree.context.gazetteer.chain(focus)[0]
        return self.tree.organ(focus).key

    def _is_at_railway(self, segment: Segment) -> bool:
        """Return whether a station is named for one of the railway: 赣榆站, 徐州东站; 西站 is a town."""
        stem = segment.stem
        if segment.kind != "station" or not stem.endswith("站"):
            return False
        place = bare_place(stem.removesuffix("站").rstrip("东西南北") + "站")
        gazetteer = self.tree.context.gazetteer
        return place != stem and gazetteer.is_name(place) and not gazetteer.is_name(stem)

    def border(self, segment: Segment, rank: int, name: UnitName) -> Key | None:
        """Return the nearest border unit that may stand over ``segment``."""
        linked = self.linked(name)
        if linked is not None and self.tree[linked].function == "边境":
            parent = self.tree[linked].parent
            if parent is not None:
                return parent
        for key in self.tree.nearest(name.start):
            for unit in self.tree.line(key):
                if self._over(unit, rank) and unit.key[-1] != segment_label(segment):
                    return unit.key
        return None

    def _over(self, unit: Unit, rank: int) -> bool:
        line = unit.kind == BORDER or unit.function == "边境"
        return line and unit.rank < rank and unit.level in ("corps", "detachment", "brigade")

    def region(self, forms: Sequence[str], at: int = 0) -> Region | None:
        """Return the region that the regions of a name mean together; a bare level the one around."""
        if not forms:
            return None
        if forms[-1] in lexicon().terms("unit.level"):
            return self.level_region(forms[-1], at) or self.tree.context.level(forms[-1])
        regions = self.tree.context.chain(forms)
        return regions[-1] if regions else None

    def level_region(self, word: str, at: int) -> Region | None:
        """Return the county that 县公安局, 旗公安局 mean: that of the best remembered organ.

        市局 is that of the protagonist's city, whatever guest was named last, unless another city's
        organ acts in the same sentence.
        """
        governed = place_of_office(self.tree.context, self.text, at)
        if governed is not None and governed.name.endswith(word):
            return governed
        if word == "市":
            lead = self.focus()
            region = self.tree[lead].region if lead is not None else None
            return self._city(region, at) if region is not None else None
        if word not in _COUNTIES:
            return None

        def fitting(unit: Unit) -> bool:
            region = unit.region
            county = region is not None and region.level in ("county", "zone")
            return unit.is_host and county and region is not None and region.name.endswith(word)

        key = self._acting_here(fitting, at)
        key = key if key is not None else self.memory.best(fitting, at)
        return self.tree[key].region if key is not None else None

    def _city(self, home: Region, at: int) -> Region | None:
        """Return the city meant by 市 at ``at`` in an article at home in ``home``."""
        context = self.tree.context

        def is_of_another(unit: Unit) -> bool:
            region = unit.region
            city = unit.is_host and region is not None and region.name.endswith("市")
            return city and region is not None and context.city(region) != context.city(home)

        key = self._acting_here(is_of_another, at)
        acting = self.tree[key].region if key is not None else None
        return acting or context.city_of(home)

    def _acting_here(self, fitting: Callable[[Unit], bool], at: int) -> Key | None:
        """Return the organ whose unit acts before ``at`` in the same sentence."""
        for place in range(self.tree.index(at) - 1, -1, -1):
            start, key = self.tree.order[place]
            if self.memory.distance(start, at):
                return None
            if self.memory.role(start, key) == 1:
                return next((u.key for u in self.tree.line(key) if fitting(u)), None)
        return None


def _is_numbered(segment: Segment) -> bool:
    """Return whether a name is of one of several detention centres: a city has them, no branch."""
    return segment.kind == "facility" and is_ordinal(segment.stem)
