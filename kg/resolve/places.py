"""Places and organisations of an article: which region each is, or lies in."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import Final

from kg.gazetteer import Found, Region
from kg.language.lexicon import lexicon
from kg.language.regions import tuple_of
from kg.language.roads import passes, road_number
from kg.language.scan import Scan
from kg.records import draft
from kg.resolve.context import Context
from kg.resolve.identity import local_name
from kg.resolve.regions import (
    Division,
    after_regions,
    bearers,
    division,
    found_in,
    sounds_like,
    town_names,
)

_POINTING: Final = ("该", "全", "本", "我")
_TOWN_LEVELS: Final = ("苏木", "街道", "镇", "乡")
_REGIONAL: Final = frozenset({"", "region", "other", "village", "community"})
# 短株村|党支部, 华海社区|居委会: the village or community that an organisation is of.
_COMMUNITY: Final = re.compile(
    r"(?P<name>[一-鿿]{1,6}?(?:嘎查村?|社区|村))(?:村民|村委|居民|居委|委员|党|卫生|综治|警|志愿|网格|养老|矛调)"
)
_TOWN_BODY: Final = re.compile(
    r"(?P<town>[一-鿿]{2,7}?(?:苏木|街道|镇|乡))(?:人民政府|政府|党委|司法所|综治|卫生院|财政所|办事处)"
)
_LEAGUE: Final = re.compile(r"团(?P<level>[县市区旗州盟省])委\Z")
_VILLAGE_LEVELS: Final = ("嘎查", "社区", "村")
_COUNTY_CODE: Final = len("150826")
_FEATURES: Final = tuple("村屯湖河沟寨")  # with a short name of a region a name of its own
_AIRPORT: Final = "机场"
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
        self._near = near  # tells which county a bare level means at a place
        self.unit_towns = {town.code: town for town in towns}  # that police stations are named for
        self.places: dict[str, Place] = {}
        self.regions: dict[str, Place] = {}  # those that are divisions, by their codes
        self._article = scan.article.id
        self._text = scan.text
        self._names = scan.places
        self._inside: dict[str, Sequence[Found]] = {}  # the names of regions in each form
        self._towns: list[tuple[int, Region]] = []  # where townships are named, for 镇司法所
        self._named: list[Region] = []  # the townships among the places
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
        home, name = self._home(form, self._named_in(form, at))
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
            if len(code) > _COUNTY_CODE:
                self._named.append(region)
        if form and form not in place.forms:
            place.forms |= {form}
        if at >= 0:
            place.starts.append(at)
            if len(code) > _COUNTY_CODE:
                self._towns.append((at, region))
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
        home, name = self._home(form, self._named_in(form, at), at, body=True)
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
        home = self._around(name) if found else None
        if found is None or home is None:
            return ""
        return self.site(found["name"], home).id

    def _unlisted_town(self, name: str) -> str:
        """Return the town that an organisation's name spells out but that no table knows."""
        if not _holds(name, _TOWN_LEVELS):
            return ""
        found = _TOWN_BODY.match(after_regions(name, self.context.gazetteer))
        home = self._around(name) if found else None
        if found is None or home is None or len(home.code) > _COUNTY_CODE:
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

    def _home(
        self, form: str, found: Sequence[Found], at: int = 0, *, body: bool = False
    ) -> tuple[Region | None, str]:
        """Return the region that a name begins with (or holds), and the name in full.

        ``found`` are the names of regions in it.
        """
        chain = self._leading(form, found)
        if form.endswith(_AIRPORT):  # 海口|美兰国际机场: behind the city stands its own name
            chain = chain[:1]
        region = self.context.nested(chain) if chain else None
        if region is not None and self._is_sure(chain, region):
            own = len(form) == len("".join(chain)) + 1 and form.endswith(_FEATURES)
            known = not own or self.context.is_known(region)  # 江西村 need not lie in 江西
            if known and not sounds_like(form, len("".join(chain)), region):
                return region, form
        league = _LEAGUE.match(form) if form[0] == "团" else None  # 团县委
        if league and (region := self.context.level(league["level"])) is not None:
            return region, f"共青团{region.name}委员会"
        level = ""
        if form.startswith(_levels()) and not form.startswith(tuple_of("name.no-level")):
            level = next(level for level in _levels() if form.startswith(level))
        if level and len(form) > len(level) + 1:
            if level in _TOWN_LEVELS:
                region = self._town_at(level, at)
            else:  # that of the bureau best remembered: 榕江县公安局……县综合行政执法局
                region = self._near(level, at) or self.context.level(level)
            if region is not None:
                return region, region.name + form.removeprefix(level)
        town = self._leading_town(form, body=body)
        if town is not None:
            return town, form
        inner = [hit.form for hit in found if hit.start > 1]
        region = self.context.region(max(inner, key=len)) if inner else None
        return (region if region is not None and self.context.is_known(region) else None), form

    def _is_sure(self, chain: Sequence[str], region: Region) -> bool:
        """Return whether the beginning of a name means a region: spelt out, or known here."""
        spelt = chain[-1] == region.name or region.level == "province"
        return spelt or len(chain) > 1 or self.context.is_known(region)

    def _around(self, name: str) -> Region | None:
        """Return the region that an organisation's name tells of, else that of the article."""
        return self._home(name, self._named_in(name))[0] or self.context.focus

    def _named_in(self, form: str, at: int = 0) -> Sequence[Found]:
        """Return the names of regions that a name holds: those of the text, if it stands there."""
        found = self._inside.get(form)
        if found is None:
            if self._text.startswith(form, at):
                found = self._names.inside(at, at + len(form))
            else:
                found = found_in(self.context.gazetteer, form)
            self._inside[form] = found
        return found

    def _leading(self, form: str, found: Iterable[Found]) -> list[str]:
        """Return the chain of regions that a name begins with; ``found`` are all that it holds."""
        chain: list[str] = []
        at = 0
        for hit in found:
            if hit.start == at and at + 1 < hit.end < len(form):
                chain.append(hit.form)
                at = hit.end
        return chain or self._leading_county(form)

    def _leading_county(self, form: str) -> list[str]:
        """Return the county of the article whose short form is a common word: 三台|中学."""
        known = self.context.known_forms
        for size in range(min(4, len(form) - 1), 1, -1):
            if form[:size] in known:
                return [form[:size]]
        return []

    def _leading_town(self, form: str, *, body: bool) -> Region | None:
        """Return the town of the article whose short name begins ``form``: 甘旗卡第三中学."""
        towns = [*self._named, *self.unit_towns.values()] if body else self._named
        if not towns:
            return None
        fits = [
            (len(short), town)
            for town in towns
            for short in town_names(self.context.gazetteer, town.code)
            if form.startswith(short)
            and len(form) > len(short) + 1
            and not sounds_like(form, len(short), town)
        ]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None

    def _town_at(self, level: str, at: int) -> Region | None:
        """Return the town of that level last named before ``at``, for 镇司法所."""
        fits = [(s, region) for s, region in self._towns if region.name.endswith(level)]
        before = [pair for pair in fits if pair[0] <= at]
        return max(before or fits, key=lambda pair: pair[0])[1] if fits else None


@functools.cache
def _levels() -> tuple[str, ...]:
    """Return the words for a level of division, long ones first."""
    levels = {*lexicon().terms("unit.level"), *_TOWN_LEVELS}
    return tuple(sorted(levels, key=lambda term: (-len(term), term)))


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
