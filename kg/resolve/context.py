"""Where an article is at home: which region its short and level-only names mean."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.gazetteer import Gazetteer, Region
from kg.language.regions import tuple_of
from kg.language.units import UnitName
from kg.resolve.labels import ZONE_SIGN, zone_label
from kg.resolve.regions import bearers, city, found_in, meanings, misprinted, names, prefix, town

# How much each kind of name says about where an article is at home: the name of the acting unit
# more than the paper's or the source's own place, a place in passing least.
UNIT_VOTE: Final = 3
HOME_VOTE: Final = 2
OWN_VOTE: Final = 9  # of the police's own bulletin (西吉公安工作简报)
PLACE_VOTE: Final = 1

_ZONE: Final = re.compile(rf"{ZONE_SIGN.pattern}|基地\Z")
_ORDINAL: Final = re.compile(r"第[一二三四五六七八九十]{1,3}")
_LEVEL_ENDINGS: Final = {
    "县": ("县",),
    "旗": ("旗",),
    "区": ("区",),
    "州": ("州",),
    "盟": ("盟",),
    "地区": ("地区",),
}
_BARE_LEVELS: Final = _LEVEL_ENDINGS.keys() | {"市"}


class Context:
    """The regions an article names, and the one that it is about."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        units: Sequence[UnitName],
        places: Iterable[str],
        home: Iterable[tuple[str, int]],
        bodies: Iterable[str] = (),
    ) -> None:
        self.gazetteer = gazetteer
        self._asked: dict[str | tuple[str, ...], Region | None] = {}
        self._open: list[str | tuple[str, ...]] = []  # what was answered by what is known so far
        # What short forms mean where the text spells one region of that name out.
        self._spelt: dict[str, Region | None] = {}
        self._printed: set[str] = set()
        votes: dict[tuple[str, ...], int] = {}  # each chain once, with all its votes
        for unit in units:
            for chain in _chains(unit):
                votes[chain] = votes.get(chain, 0) + UNIT_VOTE
                self._printed.update(chain)
        seats: list[Region] = []
        for form, vote in home:
            votes[form,] = votes.get((form,), 0) + vote
            if region := gazetteer.seat_of(form):
                seats.append(region)
        for form in places:
            votes[form,] = votes.get((form,), 0) + PLACE_VOTE
            self._printed.add(form)
        self._known: tuple[Region, ...] = tuple(seats)
        self._codes: frozenset[str] = frozenset()
        self._known_forms: frozenset[str] | None = None
        self.focus: Region | None = None
        self._weigh(votes, seats, units)
        if told := self._told_by(bodies, units):
            votes.update(((form,), PLACE_VOTE) for form in told)
            self._forget()
            self._weigh(votes, seats, units)

    def _weigh(
        self, votes: dict[tuple[str, ...], int], seats: Sequence[Region], units: Sequence[UnitName]
    ) -> None:
        """Find what is known and what the article is about.

        Names that only one region bears come first: they tell what the others mean.
        """
        for _ in range(2):
            self._known = self._ranked(votes, seats)
            if not self._open:
                break
            self._forget()
        self._note_spelt()
        self._codes = frozenset([region.code for region in self._known])
        self.focus = self._led(units) or self._focus()

    def _told_by(self, bodies: Iterable[str], units: Sequence[UnitName]) -> list[str]:
        """Return the regions in names of bodies and sites where nothing else tells whose 县公安局 it is."""
        bare = {regions[0] for unit in units if len(regions := unit.segments[0].regions) == 1}
        unknown = tuple(level for level in bare & _BARE_LEVELS if not self.level(level))
        if not unknown:
            return []
        found = [hit.form for body in bodies for hit in found_in(self.gazetteer, body)]
        return [form for form in found if len(form) > 2 and form.endswith(unknown)]

    def _forget(self) -> None:
        """Forget the answers that hang on what is known: more is known now."""
        for asked in self._open:
            del self._asked[asked]
        self._open.clear()

    def _note_spelt(self) -> None:
        for region in self._known:
            if region.name in self._printed:
                for form in names(self.gazetteer, region.code):
                    if form in self._spelt:
                        self._spelt[form] = self._city_of(region, self._spelt[form])
                    else:
                        self._spelt[form] = region
                    self._asked.pop(form, None)

    def _city_of(self, one: Region, two: Region | None) -> Region | None:
        """Return the city of the two if it lies in a prefecture of its name: 大理 beside 大理州."""
        for lower, above in ((one, two), (two, one)):
            if lower is None or above is None or not lower.name.endswith("市"):
                continue
            if not above.name.endswith(("市", "省")) and lower.parent == above.code:
                return lower
        return None

    def _ranked(
        self, votes: dict[tuple[str, ...], int], seats: Sequence[Region]
    ) -> tuple[Region, ...]:
        """Return the regions that have votes, the most first; of equal ones the first named."""
        counts: dict[str, int] = {}
        table: dict[str, Region] = {}
        for chain, weight in votes.items():
            for region in self.chain(chain):
                code = region.code
                if code in counts:
                    counts[code] += weight
                else:
                    counts[code], table[code] = weight, region
        for seat in seats:
            counts[seat.code] = counts.get(seat.code, 0) + UNIT_VOTE
            table[seat.code] = seat
        return tuple([table[code] for code in sorted(counts, key=lambda code: -counts[code])])

    def region(self, form: str, near: Sequence[Region] = ()) -> Region | None:
        """Return the region that ``form`` means here, or None if that stays open."""
        asked = (form, *[region.code for region in near]) if near else form
        if asked in self._asked:
            return self._asked[asked]
        region: Region | None
        spelt = self._spelt.get(form) if not near else None
        choices = meanings(self.gazetteer, form)
        if spelt is not None:
            region = spelt
        elif len(choices) == 1:
            region = choices[0]
        elif choices:
            self._open.append(asked)
            region = self.gazetteer.resolve(form, (*near, *self._known))
        elif alike := misprinted(self.gazetteer, form):
            self._open.append(asked)
            region = self._misprinted(alike)
        else:
            region = None
        self._asked[asked] = region
        return region

    def _misprinted(self, alike: Sequence[Region]) -> Region | None:
        """Return the one county near by of those whose names differ in one sign."""
        near = {self.city(region).code[:4] for region in self._known}
        alike = [county for county in alike if county.code[:4] in near]
        if len(alike) > 1:
            known = {region.code for region in self._known}
            alike = [county for county in alike if county.code in known] or alike
        return alike[0] if len(alike) == 1 else None

    def is_known(self, region: Region) -> bool:
        """Return whether units, places or the dateline of the article mean this region."""
        return region.code in self._codes

    @property
    def known_forms(self) -> frozenset[str]:
        """Return the names of the counties and higher regions that the article means."""
        if self._known_forms is None:
            known = [region for region in self._known if len(region.code) == len("150826")]
            self._known_forms = frozenset().union(*[names(self.gazetteer, r.code) for r in known])
        return self._known_forms

    def is_spelt(self, region: Region) -> bool:
        """Return whether the text prints the official name of a region."""
        return region.name in self._printed

    def zone_called(self, stem: str) -> str:
        """Return the development zone in the article whose name begins with ``stem``: 柳东|新区."""
        forms = (form for form in self._printed if form.startswith(stem) and form != stem)
        return min((form for form in forms if _ZONE.search(form)), key=len, default="")

    def zone_of(self, home: Region | None, stem: str) -> str:
        """Return the zone in the article that 经开 or 经济开发区 means: that of its city."""
        kind = zone_label(stem)
        if home is None or kind not in ("经开", "高新"):
            return ""
        cities = (home.name, self.gazetteer.short(home))
        forms = (
            form
            for form in self._printed
            if form.startswith(cities) and form.endswith("区") and zone_label(form) == kind
        )
        return max(forms, key=lambda form: (len(form), form), default="")

    def chain(self, forms: Sequence[str]) -> list[Region]:
        """Return the regions of a chain of forms, each read inside the one before."""
        if len(forms) == 1:
            only = self.region(forms[0])
            return [only] if only is not None else []
        regions: list[Region] = []
        for form in forms:
            region = self.region(form, regions[::-1] if regions else ())
            if region is not None:
                regions.append(region)
        if len(regions) > 1 and not self.gazetteer.within(regions[-1], regions[-2]):
            inside = [
                region
                for region in bearers(self.gazetteer, forms[-1])
                if self.gazetteer.within(region, regions[-2])
            ]
            regions[-1] = inside[0] if inside else regions[-1]
        return regions

    def nested(self, forms: Sequence[str]) -> Region | None:
        """Return the lowest region of a chain whose every step lies in the one before."""
        regions = [region for form in forms[:1] if (region := self.region(form))]
        for form in forms[1:]:
            inner = self.region(form, regions[::-1])
            if inner is not None and (not regions or self.gazetteer.within(inner, regions[-1])):
                regions.append(inner)
        return regions[-1] if regions else None

    def _led(self, units: Sequence[UnitName]) -> Region | None:
        """Return the prefecture whose police are named first, if several of its counties follow.

        That of 宁德市公安局 is its own article, though 福鼎市公安局 is named more often.
        """
        chains = (chain for unit in units for chain in _chains(unit) if chain != ("市",))
        lead = self.nested(next(chains, ()))
        if lead is None or lead.level != "prefecture":
            return None
        inside = {region.code for chain in chains if (region := self.nested(chain)) is not None}
        counties = [code for code in inside if code[:4] == lead.code[:4] and code != lead.code]
        return lead if len(counties) > 1 else None

    def _focus(self) -> Region | None:
        """Return the county (else the prefecture, the province) that the article is about."""
        first: dict[str, Region] = {}
        for region in self._known:
            # no seat of a police organ
            farmed = region.level == "zone" and region.name.endswith(tuple_of("name.farm"))
            if not farmed:
                first.setdefault(region.level, region)
        levels = ("county", "zone", "prefecture", "province")
        return next((first[level] for level in levels if level in first), None)

    def level(self, word: str) -> Region | None:
        """Return the region that a bare level means here: 旗, 县, 市, 盟, 区, 省, 自治区."""
        home = self.focus
        if home is None:
            return None
        above = self.gazetteer.chain(home)
        if word in ("省", "自治区"):
            return above[0]
        if word == "市":
            return self.city_of(home)
        ends = _LEVEL_ENDINGS.get(word, (word,))
        for near in (home, *self._known):
            above = self.gazetteer.chain(near)
            fits = [step for step in above if step.name.endswith(ends) and step.level != "province"]
            if fits:
                return fits[-1]
        return None

    def city_of(self, home: Region) -> Region | None:
        """Return the city meant by 市: a county-level city itself, else the prefecture's."""
        cities = [one for one in self.gazetteer.chain(home) if one.name.endswith("市")]
        return cities[-1] if cities else None

    def city(self, region: Region) -> Region:
        """Return the prefecture (else the province) that a region lies in, or is."""
        return city(self.gazetteer, region.code)

    def county(self, form: str, near: Sequence[Region] = ()) -> Region | None:
        """Return the county or higher region that ``form`` means, its ending left out or not."""
        own = any(len(region.code) == len("150826") for region in bearers(self.gazetteer, form))
        for name in (form, *(form + ending for ending in ("" if own else "县旗市区"))):
            region = self.region(name, near)
            if region is not None and len(region.code) == len("150826"):
                return region
        return None

    def county_of(self, region: Region) -> Region:
        """Return the county of a township; any other region itself."""
        return region if len(region.code) == 6 else self.gazetteer.get(region.parent) or region

    def town(self, stem: str, home: Region) -> Region | None:
        """Return the one township of ``home`` that is called ``stem``, with or without its ending.

        第一 and 第二 count what bears them; without 第 a number may be a name (八一镇).
        """
        if not self.gazetteer.is_name(stem) or len(stem) < 2 or _ORDINAL.fullmatch(stem):
            return None
        return town(self.gazetteer, stem, home)

    def within(self, form: str, home: Region) -> Region | None:
        """Return the one region called ``form`` that lies in ``home``."""
        inside = [r for r in bearers(self.gazetteer, form) if self.gazetteer.within(r, home)]
        return inside[0] if len(inside) == 1 else None

    def district(self, form: str) -> Region | None:
        """Return the one district called ``form`` of the cities that the article means."""
        cities = {self.city(region).code for region in self._known}
        fits = [
            region
            for region in bearers(self.gazetteer, form)
            if region.name.endswith("区")
            and len(region.code) == len("150826")
            and self.city(region).code in cities
        ]
        return fits[0] if len(fits) == 1 else None

    def prefix(self, region: Region) -> str:
        """Return what stands before 公安局: prefecture and county, or province if it is one."""
        return prefix(self.gazetteer, region.code)


def _chains(unit: UnitName) -> Iterable[tuple[str, ...]]:
    """Yield the chains of regions of a name; a branch's own is read inside its bureau's city."""
    above: tuple[str, ...] = ()
    for segment in unit.segments:
        forms = segment.regions
        if segment.kind == "branch" and segment.stem:
            forms = (*(forms or above), segment.stem.removeprefix("公安"))
        if forms:
            yield forms
        above = forms
