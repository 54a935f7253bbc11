"""Places and organisations of an article: which region each is, or lies in."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.roads import passes, road_number
from kg.language.scan import Scan
from kg.records import draft
from kg.resolve.context import Context
from kg.resolve.homes import TOWN_LEVELS, Homes, is_town
from kg.resolve.identity import local_name
from kg.resolve.regions import (
    Division,
    after_regions,
    bearers,
    division,
)

_POINTING: Final = ("该", "全", "本", "我")
_REGIONAL: Final = frozenset({"", "region", "other", "village", "community"})
# 短株村|党支部, 华海社区|居委会: the village or community that an organisation is of.
_COMMUNITY: Final = re.compile(
    r"(?P<name>[一-鿿]{1,6}?(?:嘎查村?|社区|村))(?:村民|村委|居民|居委|委员|党|卫生|综治|警|志愿|网格|养老|矛调)"
)
_TOWN_BODY: Final = re.compile(
    r"(?P<town>[一-鿿]{2,7}?(?:苏木|街道|镇|乡))(?:人民政府|政府|党委|司法所|综治|卫生院|财政所|办事处)"
)
_VILLAGE_LEVELS: Final = ("嘎查", "社区", "村")
_NATIONAL: Final = ("中国", "中华", "国家", "中央", "全国", "最高人民")
_SHORTEST: Final = 3  # a short form keeps at least so many signs of a name


@draft
class Place:
    """A place or organisation in the making; ``region`` is where it lies.

    A region's own place has a ``division``: what is the same in every article.
    """

    id: str
    type: str
    name: str
    region: Region | None = None
    division: Division | None = None
    inside: str = ""
    kind: str = ""
    forms: frozenset[str] = frozenset()
    starts: list[int] = field(default_factory=list)


class Placer:
    """Turns place and organisation forms into entities of one article."""

    def __init__(
        self,
        context: Context,
        scan: Scan,
        towns: Iterable[Region] = (),
        near: Callable[[str, int], Region | None] = lambda level, at: None,
    ) -> None:
        self.context = context
        self._homes = Homes(context, scan, towns, near)
        self.places: dict[str, Place] = {}
        self.regions: dict[str, Place] = {}  # those that are divisions, by their codes
        self._article = scan.article.id
        self._sites: list[Place] = []  # places that are no regions
        self._bodies: list[Place] = []  # organisations
        self._forms: set[str] = set()  # of sites and bodies, as printed

    # -- places -----------------------------------------------------------------------------

    def place(self, form: str, kind: str, previous: Place | None, at: int = 0) -> Place:
        """Return the place that ``form`` names; ``previous`` stands right before it in a chain."""
        near = (previous.region,) if previous and previous.region else ()
        around = previous if previous and previous.type == "LOC" else None  # no body is a place
        around = None if around and passes(around.name, form) else around
        region = self._region_of(form, near) if form not in self._forms else None
        if kind == "other" and region is not None and form[-1] in "路街巷":
            region = None  # 在|十字街|一出租屋
        high = region is not None and region.level == "province" and kind != "water"
        if region is not None and kind not in _REGIONAL and not high:
            region = None  # a river, a road, a school that is called like a town
        if region is not None:
            place = self.region(region, form, at)
            place.inside = place.inside or (around.id if around else "")
            return place
        place = self._same_place(form) or self._new_place(form, kind, previous, at)
        self._print(place, form, at)
        if around is not None and not place.inside and around.id != place.id:
            place.inside = around.id
        return place

    def _new_place(self, form: str, kind: str, previous: Place | None, at: int) -> Place:
        home, name = self._homes.of_place(form, at)
        lies_in = home or (previous.region if previous else None)
        base = home or (previous.region if previous else None) or self.context.focus
        entity = local_name("place", base.code if base else self._article, name)
        return self._kept(Place(entity, "LOC", name, lies_in, kind=kind))

    def _kept(self, fresh: Place) -> Place:
        """Return the place of that id that is known, or keep this one."""
        place = self.places.setdefault(fresh.id, fresh)
        if place is fresh:
            (self._sites if fresh.type == "LOC" else self._bodies).append(fresh)
        return place

    def _print(self, place: Place, form: str, at: int) -> None:
        """Note that a site or a body is named at a place."""
        self._forms.add(form)
        if form not in place.forms:
            place.forms |= {form}
        place.starts.append(at)

    def _region_of(self, form: str, near: tuple[Region, ...]) -> Region | None:
        region = self.context.region(form, near)
        if region is None and self.context.focus is not None:
            region = self.context.town(form, self.context.focus)
        return region

    def region(self, region: Region, form: str = "", at: int = -1) -> Place:
        """Return the entity of a division."""
        code = region.code
        place = self.regions.get(code)
        if place is None:
            own = division(self.context.gazetteer, code)
            place = Place(own.id, "LOC", own.name, region, own, "", "region", own.forms)
            self.regions[code] = self.places[own.id] = place
            self._homes.add(region)
        if form and form not in place.forms:
            place.forms |= {form}
        if at >= 0:
            place.starts.append(at)
            self._homes.note(region, at)
        return place

    def site(self, name: str, region: Region, kind: str = "village") -> Place:
        """Return a named community, village or zone that only another name tells of."""
        known = self._same_place(name)
        entity = local_name("place", region.code, name)
        return known or self._kept(Place(entity, "LOC", name, region, kind=kind))

    def _same_place(self, form: str) -> Place | None:
        number = road_number(form)
        for place in self._sites:
            name = place.name
            if form == name or form in place.forms:
                return place
            if number is not None and road_number(name) == number:  # 国道213线, 213国道
                return place
            long, short = (name, form) if len(name) > len(form) else (form, name)
            headed = len(short) > 2 and long.endswith(short)
            headed = headed and self._is_prefix(long.removesuffix(short))
            if headed or (len(short) > 2 and long == f"{short}村"):  # 月亮湾|村
                place.name = long
                return place
        return None

    def _is_prefix(self, head: str) -> bool:
        return bool(bearers(self.context.gazetteer, head)) or head in lexicon().terms("unit.level")

    # -- organisations ----------------------------------------------------------------------

    def organisation(self, form: str, previous: Place | None, at: int = 0) -> Place:
        """Return the organisation that ``form`` names, its level (县) spelt out."""
        home, name = self._homes.of_body(form, at)
        place = self._same_organisation(form, name)
        if place is None:
            base = home or (previous.region if previous else None)
            if base is None and not form.startswith(_NATIONAL):
                base = self.context.focus
            entity = local_name("org", base.code if base else "", name)
            place = self._kept(Place(entity, "ORG", name, home))
            place.inside = self._community(name) or self._unlisted_town(name)
            place.inside = place.inside or (previous.id if previous else "")
        self._print(place, form, at)
        return place

    def _same_organisation(self, form: str, name: str) -> Place | None:
        for place in self._bodies:
            if (
                form in place.forms
                or place.name == name
                or _short_for(name, place.name)
                or (form != name and _short_for(form, place.name))
            ):
                place.name = max(place.name, name, key=len)
                return place
        return None

    def _community(self, name: str) -> str:
        """Return the village or community that an organisation is of, if its name holds one."""
        level = next((level for level in _VILLAGE_LEVELS if name.startswith(level)), "")
        if level:  # 嘎查委员会
            fits = [p for p in self.places.values() if p.type == "LOC" and p.name.endswith(level)]
            return max(fits, key=lambda place: max(place.starts, default=-1)).id if fits else ""
        if not _holds(name, _VILLAGE_LEVELS):
            return ""
        found = _COMMUNITY.search(after_regions(name, self.context.gazetteer))
        home = self._homes.around(name) if found else None
        if found is None or home is None:
            return ""
        return self.site(found["name"], home).id

    def _unlisted_town(self, name: str) -> str:
        """Return the town that an organisation's name spells out but that no table knows."""
        if not _holds(name, TOWN_LEVELS):
            return ""
        found = _TOWN_BODY.match(after_regions(name, self.context.gazetteer))
        home = self._homes.around(name) if found else None
        if found is None or home is None or is_town(home):
            return ""
        known = self.context.town(found["town"], home)
        return "" if known is not None else self.site(found["town"], home, "town").id

    def nominal_organisation(self, form: str, at: int) -> Place | None:
        """Return the organisation that 检察院, 该公司 point back to: the last named of that head."""
        head = form[1:] if form[:1] in _POINTING else form
        kinds = tuple(lexicon().terms("org.bare").get(head, head).split())  # 企业: 公司, 集团
        fits = [place for place in self._bodies if place.name.endswith(kinds)]
        fits = fits or [place for place in self._bodies if len(head) > 1 and head in place.name]
        before = [place for place in fits if any(start < at for start in place.starts)]
        return max(
            before or fits,
            key=lambda place: max((s for s in place.starts if s < at), default=-1),
            default=None,
        )

    # -- regions ----------------------------------------------------------------------------

    def pointing(self, form: str, at: int = 0) -> Place | None:
        """Return the place that 该县, 全旗, 该市, 该村, 该校 mean."""
        head = form[1:] if form[:1] in _POINTING else form
        region = self.context.level(head)
        if region is not None:
            return self.region(region)
        fits = [p for p in self.places.values() if p.type == "LOC" and _ends_with(p.name, head)]
        return max(
            fits, key=lambda p: max((s for s in p.starts if s < at), default=-1), default=None
        )


def _holds(name: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 (a generator costs more than the looks)
        if word in name:
            return True
    return False


def _ends_with(name: str, head: str) -> bool:
    schools = ("小学", "中学", "学校", "大学", "学院", "幼儿园", "校")
    return name.endswith(schools) if head in ("校", "学校") else name.endswith(head)


def _short_for(form: str, name: str) -> bool:
    """Return whether one name leaves out parts of the other: 包钢股份, 旗检察院, 渔政支队."""
    long, short = _spelt_out(name), _spelt_out(form)
    if len(short) > len(long):
        long, short = short, long
    if len(short) < _SHORTEST or long == short:
        return long == short
    if len(short) > len(long) - 2 or short[:2] not in long:
        return False
    if not long.endswith(("公司", short[-2:])):
        return False
    steps = iter(long)
    return all(char in steps for char in short)


@functools.lru_cache(maxsize=65536)
def _spelt_out(name: str) -> str:
    """Return a name with its usual abbreviations spelt out: 农行 → 中国农业银行."""
    for short, full in lexicon().terms("name.body").items():
        if short in name and full not in name:
            return name.replace(short, full)
    return name
