"""China's divisions from province to township: names, codes, parents, and which one is meant.

The tables stand in data/gazetteer (data/README.md says where each comes from). A code is the six
digits of GB/T 2260 for provinces, prefectures and counties and nine digits for townships; the code
alone says where a division lies, so no table carries a parent.
"""

import csv
import functools
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.records import record
from kg.resources import DATA
from kg.terms import Terms

_FOLDER: Final = DATA / "gazetteer"
_LEVELS: Final = {"province": 0, "prefecture": 1, "county": 2, "zone": 3, "township": 4}
_ALIAS: Final = ("form", "code", "kind", "source", "note")
_REMEMBERED: Final = 65536  # names whose regions are kept at hand
_IN_TEXT: Final = frozenset({"short", "former"})


@record
class Region:
    """One division: ``level`` is province, prefecture, county, township or zone."""

    code: str
    name: str
    level: str
    parent: str
    latitude: float | None = None
    longitude: float | None = None


@record
class Found:
    """A name of some region that stands in a text."""

    start: int
    end: int
    form: str


@record
class _Suffix:
    """How the names of one level end, and what is left when the ending goes."""

    ending: str
    plain: str
    bare: bool
    but: tuple[str, ...]  # names that only seem to end so: 万柏林区 is no 林区


class Naming:
    """The rules by which an official name gives shorter ones."""

    def __init__(self, suffixes: dict[str, list[_Suffix]], nationalities: list[str]) -> None:
        self.suffixes = suffixes
        # 木垒哈萨克自治县 leaves out 族; a one-character remnant (土, 回) is no nationality.
        tails = {*nationalities, *(name[:-1] for name in nationalities if len(name) > 2)}
        self._tails = sorted(tails, key=lambda tail: (-len(tail), tail))
        self._nationalities = frozenset(nationalities)
        self._forms: dict[tuple[str, str], tuple[str, ...]] = {}

    def forms(self, name: str, level: str) -> tuple[str, ...]:
        """Return the official name, then what it is called for short, the shortest last."""
        known = self._forms.get((name, level))
        if known is None:
            known = self._forms[name, level] = tuple(dict.fromkeys(self._shorter(name, level)))
        return known

    def _shorter(self, name: str, level: str) -> list[str]:
        forms = [name]
        for suffix in self.suffixes.get(level, ()):
            stem = name if name in suffix.but else name.removesuffix(suffix.ending)
            # 北林区 is no 林区: an ending must leave two characters
            if stem != name and len(stem) > 1:
                if suffix.ending.startswith("自治") or stem.endswith("族"):
                    stem = self._stripped(stem)
                forms += [stem + suffix.ending] if suffix.ending.startswith("自治") else []
                forms += [stem + suffix.plain] if suffix.plain else []
                forms += [stem] if suffix.bare else []
                break
        return forms

    def _stripped(self, stem: str) -> str:
        """Return the stem without the nationalities at its end, if two characters remain."""
        if stem in self._nationalities:  # 东乡族自治县 = 东乡县
            return stem.removesuffix("族")
        for tail in self._tails:
            if stem.endswith(tail) and len(stem) - len(tail) > 1:
                return self._stripped(stem.removesuffix(tail))
        return stem


class Gazetteer:
    """All regions, found by code, by any of their names, or in a text."""

    def __init__(
        self,
        divisions: Iterable[Region],
        townships: dict[str, str],
        aliases: Iterable[dict[str, str]],
        rules: Naming,
    ) -> None:
        self._rules = rules
        towns = rules.suffixes["township"]
        self._town_endings = tuple(suffix.ending for suffix in towns)
        self._bare_endings = tuple(suffix.ending for suffix in towns if suffix.bare)
        self._regions = {region.code: region for region in divisions}
        self._townships = townships
        self._towns: dict[str, Region] = {}  # made when asked for: most never are
        self._asked: dict[str, tuple[Region, ...]] = {}
        self._chains: dict[str, tuple[Region, ...]] = {}
        self._lines: dict[str, tuple[str, ...]] = {}  # the codes of the chains
        self._names: dict[str, list[str]] = {}
        self._in_text: set[str] = set()
        for region in self._regions.values():
            for form in self._shapes(region):
                self._names.setdefault(form, []).append(region.code)
                self._in_text.add(form)
        for code, name in townships.items():
            self._names.setdefault(name, []).append(code)
            if name.endswith("族乡"):  # 格朗和哈尼族乡 is called 格朗和
                short = rules.forms(name, "township")[-1]
                self._names.setdefault(short, []).append(code)
        self._aliases: dict[str, list[str]] = {}
        for row in aliases:
            self._add_alias(row)

    def _add_alias(self, row: dict[str, str]) -> None:
        form, code = row["form"], row["code"]
        if self.get(code) is None:
            raise DataError(f"{_FOLDER}: alias {form}: no region has the code {code}")
        codes = self._names.setdefault(form, [])
        if code not in codes:
            codes.append(code)
            self._aliases.setdefault(code, []).append(form)
        if row["kind"] in _IN_TEXT:
            self._in_text.add(form)

    def _shapes(self, region: Region) -> tuple[str, ...]:
        """Return the names that follow from the official one."""
        forms = self._rules.forms(region.name, region.level)
        if region.level == "county" and len(region.name) == 2 and region.name.endswith("区"):
            # 城区, 矿区, 东区 name nothing alone: 阳泉市城区, 阳泉城区
            above = self._regions[region.parent]
            return (*forms, above.name + region.name, self.short(above) + region.name)
        if region.level != "zone":
            return forms
        return tuple(dict.fromkeys((*forms, *self._zone_shapes(region, forms))))

    def _zone_shapes(self, region: Region, forms: tuple[str, ...]) -> Iterator[str]:
        """Yield the names of a zone without its province, its prefecture in full or for short.

        内蒙古阿拉善高新技术产业开发区 is also 阿拉善高新区 and 阿拉善盟高新区.
        """
        prefecture = self._regions[region.parent]
        province = self.short(self._regions[prefecture.parent])
        short = self.short(prefecture)
        for form in forms:
            rest = form.removeprefix(province) if form.startswith(province + short) else form
            if rest.startswith(short):
                tail = rest.removeprefix(prefecture.name).removeprefix(short)
                yield from (short + tail, prefecture.name + tail)

    def get(self, code: str) -> Region | None:
        """Return the region of a code of six or nine digits."""
        region = self._regions.get(code) or self._towns.get(code)
        if region is None and code in self._townships:
            name = self._townships[code]
            level = "township" if name.endswith(self._town_endings) else "zone"
            region = self._towns[code] = Region(code, name, level, _above(code, self._regions))
        return region

    def named(self, form: str) -> tuple[Region, ...]:
        """Return every region that bears this official, short or alias name, high levels first."""
        regions = self._asked.get(form)
        if regions is None:
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            found = [region for code in self.codes(form) if (region := self.get(code))]
            found.sort(key=lambda region: (_LEVELS[region.level], region.code))
            regions = self._asked[form] = tuple(found)
        return regions

    def codes(self, form: str) -> list[str]:
        """Return the codes of the regions that bear a name, in no order; it makes no regions."""
        endings = self.names.get(form)
        if endings is None:  # as of most that are asked for
            return []
        codes = list(self._names.get(form, ()))
        if endings and not form.endswith("社区"):  # 幸福社区 is none of 幸福社区街道
            for ending in endings:
                codes += self._names[form + ending]
        return list(dict.fromkeys(codes))

    def above(self, code: str) -> str:
        """Return the code of the region right above that of another code, if there is one."""
        return _above(code, self._regions)

    def is_name(self, form: str) -> bool:
        """Return whether any region bears this official, short or alias name."""
        return form in self.names

    @functools.cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Return all names, and those of towns without their endings, with what each leaves out."""
        known: dict[str, tuple[str, ...]] = dict.fromkeys(self._names, ())
        for ending in self._bare_endings:
            for name in self._names:
                if name.endswith(ending) and len(stem := name.removesuffix(ending)) > 1:
                    known[stem] = (*known.get(stem, ()), ending)
        return known

    def counties(self) -> list[Region]:
        """Return all counties: no zones among them."""
        return [region for region in self._regions.values() if region.level == "county"]

    def chain(self, region: Region) -> tuple[Region, ...]:
        """Return the regions from the province down to the region itself."""
        known = self._chains.get(region.code)
        if known is None:
            above = self.get(region.parent)
            known = self._chains[region.code] = (*(self.chain(above) if above else ()), region)
        return known

    def short(self, region: Region) -> str:
        """Return what the region is called for short (its official name if nothing is shorter)."""
        return self._rules.forms(region.name, region.level)[-1]

    def forms(self, region: Region) -> tuple[str, ...]:
        """Return all names of the region, the official one first."""
        return (*self._shapes(region), *self._aliases.get(region.code, ()))

    def within(self, region: Region, ancestor: Region) -> bool:
        """Tell whether a region is the other one or lies in it."""
        codes = self._lines.get(region.code)
        if codes is None:
            codes = self._lines[region.code] = tuple([here.code for here in self.chain(region)])
        return ancestor.code in codes

    def resolve(self, form: str, context: Sequence[Region] = ()) -> Region | None:
        """Return the one region that a name means near the context regions, the nearest first.

        A name that fits several regions is settled by the first context region that can: by what
        lies in it, then by what it lies in, then by its prefecture, then by its province. Without
        such help only a single province or prefecture of that name is taken; else None.
        """
        regions = self.named(form)
        # Only in want of a county or more does a short name mean a township.
        candidates = [region for region in regions if len(region.code) == 6] or list(regions)
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        for here in context:
            for ring in self._rings(candidates, here):
                if ring:
                    if (only := _highest(ring)) is not None:
                        return only
                    break
        return _highest(candidates)

    def _rings(self, candidates: list[Region], here: Region) -> Iterator[list[Region]]:
        """Yield the candidates by their nearness to a region."""
        above = self.chain(here)
        yield [region for region in candidates if self.within(region, here)]
        codes = {region.code for region in candidates}
        yield [region for region in reversed(above) if region.code in codes][:1]
        for wider in reversed(above[:-1]):
            yield [region for region in candidates if self.within(region, wider)]

    def find(self, text: str) -> list[Found]:
        """Return the names that stand in a text, overlapping ones too, longest first at a place.

        Townships are found by their official names only; abbreviations (京) are not looked for.
        """
        terms = self._terms
        listed = terms.listed
        return [Found(start, end, listed[index]) for start, end, index in terms.find(text)]

    @functools.cached_property
    def _terms(self) -> Terms:
        unnamed = _unnamed()
        towns = {
            name
            for name in set(self._townships.values())
            if name.endswith(self._town_endings) or not unnamed.fullmatch(name)
        }
        common = {row["form"] for row in _rows("common_words.csv", ("form", "note"))}
        return Terms(sorted((self._in_text | towns) - common))

    @functools.cached_property
    def _seats(self) -> dict[str, set[str]]:
        seats: dict[str, set[str]] = {}
        for row in _rows("seats.csv", ("town", "code", "township", "source", "note")):
            seats.setdefault(row["town"], set()).add(row["code"])
        return seats

    def seat_of(self, town_form: str) -> Region | None:
        """Return the banner or county whose seat is this town, named with or without 镇."""
        codes = self._seats.get(town_form) or self._seats.get(town_form.removesuffix("镇"))
        return self.get(min(codes)) if codes and len(codes) == 1 else None


def _highest(regions: Sequence[Region]) -> Region | None:
    """Return the only region, or the only one at province or prefecture level."""
    chosen = [region for region in regions if _LEVELS[region.level] < _LEVELS["county"]] or regions
    return chosen[0] if len(chosen) == 1 else None


def _above(code: str, known: Container[str]) -> str:
    """Return the nearest code over a code: levels that a place lacks are skipped."""
    for above in (code[:6], code[:4] + "00", code[:2] + "0000"):
        if above != code and above in known:
            return above
    return ""


def _level(code: str) -> str:
    """Return the level that six digits stand for."""
    if code.endswith("00"):
        return "province" if code.endswith("0000") else "prefecture"
    # The Bureau of Statistics numbers development zones 71 to 80 among the counties.
    return "zone" if 71 <= int(code[4:]) <= 80 else "county"


def _rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of one table of data/gazetteer.

    Raises:
        DataError: the header is not ``columns``, or a row has another number of cells.
    """
    path: Path = _FOLDER / name
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if tuple(next(lines, ())) != columns:
            raise DataError(f"{path}:1: expected the columns {','.join(columns)}")
        rows = []
        for cells in lines:
            if len(cells) != len(columns):
                raise DataError(f"{path}:{lines.line_num}: {len(columns)} cells expected")
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def _unnamed() -> re.Pattern[str]:
    """Return the pattern of zones that no proper name tells apart, or that are no places."""
    words: dict[str, list[str]] = {}
    for row in _rows("zone_words.csv", ("word", "kind", "note")):
        words.setdefault(row["kind"], []).append(re.escape(row["word"]))
    generic, bodies = "|".join(words["generic"]), "|".join(words["organisation"])
    return re.compile(f"(?:{generic})+|.{{,2}}|.*(?:{bodies})")


@functools.cache
def naming() -> Naming:
    """Return the naming rules of data/gazetteer, read once a process."""
    suffixes: dict[str, list[_Suffix]] = {}
    for row in _rows("suffixes.csv", ("level", "suffix", "plain", "bare", "but", "note")):
        bare, but = row["bare"] == "yes", tuple(row["but"].split())
        suffix = _Suffix(row["suffix"], row["plain"], bare, but)
        suffixes.setdefault(row["level"], []).append(suffix)
    for listed in suffixes.values():
        listed.sort(key=lambda suffix: -len(suffix.ending))
    return Naming(suffixes, [row["name"] for row in _rows("nationalities.csv", ("name", "note"))])


def _divisions() -> Iterator[Region]:
    rows = _rows("divisions.csv", ("code", "name", "latitude", "longitude"))
    names = {row["code"]: row["name"] for row in rows}
    for row in rows:
        code, place = row["code"], (row["latitude"], row["longitude"])
        latitude, longitude = (float(cell) if cell else None for cell in place)
        yield Region(code, names[code], _level(code), _above(code, names), latitude, longitude)


def _townships() -> dict[str, str]:
    """Return the names of the townships by code; a plain split, for there are 41 000."""
    path = _FOLDER / "townships.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    if header != "code,name" or any(len(pair) != 2 for pair in cells):
        raise DataError(f"{path}: expected the columns code,name in every row")
    return dict(cells)


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of data/gazetteer, read once a process."""
    aliases = [*_rows("aliases.csv", _ALIAS), *_rows("former.csv", _ALIAS)]
    return Gazetteer(_divisions(), _townships(), aliases, naming())
