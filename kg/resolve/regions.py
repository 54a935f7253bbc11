"""What the gazetteer says of a region or of a name, read once a process for each."""

import functools
import re
from collections.abc import Mapping
from typing import Final

from kg.errors import DataError
from kg.gazetteer import Found, Gazetteer, Region
from kg.records import record
from kg.resolve.labels import TOWN_ENDING

_COUNTY_CODE: Final = len("150826")
_COUNTY_SIGNS: Final = frozenset("县旗市区")  # that the names of counties end with
MUNICIPAL: Final = ("11", "12", "31", "50")  # their districts have 支队
_DIRECT: Final = "90"  # in a code: a county or city right under its province, with 支队 of its own
_PRINTED: Final = ("prefecture", "county", "zone")  # what an agency prints of where it is
# Behind a name's beginning: a wider head, not a thing that lies there (西湖|国家湿地公园).
_NATURE: Final = frozenset("江河湖海山岭峰峡")
# 香港路, 河南街, 山西会馆: named for a place elsewhere.
_FAR: Final = re.compile(r"[东西南北中一二三四五]{0,2}(?:路|街|道|大街|大道|巷|会馆|同乡会)")
_WIDER: Final = ("国家", "风景", "自然保护", "关口")


@functools.lru_cache(maxsize=65536)
def line(gazetteer: Gazetteer, code: str) -> tuple[Region, ...]:
    """Return the regions from the province down to the one of that code."""
    region = gazetteer.get(code)
    if region is None:
        raise DataError(f"no region has the code {code}")
    return gazetteer.chain(region)


@functools.lru_cache(maxsize=65536)
def city(gazetteer: Gazetteer, code: str) -> Region:
    """Return the prefecture (else the province) that a region lies in, or is."""
    above = line(gazetteer, code)
    return next((step for step in above if step.level == "prefecture"), above[0])


@functools.lru_cache(maxsize=65536)
def prefix(gazetteer: Gazetteer, code: str) -> str:
    """Return what stands before 公安局: prefecture and county, or province if it is one."""
    above = line(gazetteer, code)
    kept = [step.name for step in above if step.level in _PRINTED]
    top = above[0]
    if top.level not in _PRINTED and (not kept or top.name.endswith("市")):
        kept = [top.name, *kept]
    return "".join(kept)


def has_detachments(code: str) -> bool:
    """Return whether the police of a county or city are parted as a prefecture's: 仙桃市, 阿拉尔市."""
    return code[:2] in MUNICIPAL or code[2:4] == _DIRECT


def has_only_towns(gazetteer: Gazetteer, region: Region) -> bool:
    """Return whether a region is a prefecture without counties and districts: 东莞市, 嘉峪关市."""
    return region.level == "prefecture" and region.code not in _parents(gazetteer)


@functools.lru_cache(maxsize=1)
def _parents(gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(county.parent for county in gazetteer.counties())


@functools.lru_cache(maxsize=65536)
def names(gazetteer: Gazetteer, code: str) -> tuple[str, ...]:
    """Return all names of a region once, the official one first."""
    return tuple(dict.fromkeys(gazetteer.forms(line(gazetteer, code)[-1])))


def bearers(gazetteer: Gazetteer, form: str) -> tuple[Region, ...]:
    """Return every region of that name, high levels first."""
    return gazetteer.named(form) if gazetteer.is_name(form) else ()


def meanings(gazetteer: Gazetteer, form: str) -> tuple[Region, ...]:
    """Return what a name can mean: a township only in want of a county or more."""
    return _meanings(gazetteer, form) if gazetteer.is_name(form) else ()


@functools.lru_cache(maxsize=65536)
def _meanings(gazetteer: Gazetteer, form: str) -> tuple[Region, ...]:
    regions = gazetteer.named(form)
    return tuple([region for region in regions if len(region.code) == _COUNTY_CODE]) or regions


@record
class Division:
    """What every article says alike of a region's entity; ``above`` are those that it lies in."""

    id: str
    name: str
    forms: frozenset[str]
    cores: tuple[str, ...]  # what every form of more than one sign holds one of
    aliases: tuple[str, ...]  # the forms without the name, in order
    marks: Mapping[str, str]
    above: tuple[str, ...]  # ids, the nearest first


@functools.lru_cache(maxsize=65536)
def division(gazetteer: Gazetteer, code: str) -> Division:
    """Return a region's entity; its forms are the short one and the chains of those above it.

    A zone's name stands without its province (阿拉善高新技术产业开发区).
    """
    *above, region = line(gazetteer, code)
    chains = ["".join(step.name for step in above[at:]) + region.name for at in range(len(above))]
    name, short = region.name, gazetteer.short(region)
    if region.level == "zone" and above:
        name = name.removeprefix(gazetteer.short(above[0]))
    forms = frozenset((short, *chains))
    upper = tuple([f"region-{step.code}" for step in reversed(above)])
    aliases = tuple(sorted(forms - {name}))
    cores = (short,) if short in name else (name,) if name in short else (short, name)
    return Division(f"region-{code}", name, forms, cores, aliases, _marks(region), upper)


def _marks(region: Region) -> dict[str, str]:
    """Return code and coordinates; a zone's code is the statisticians' own, not GB/T 2260."""
    marks = {"kind": "region", "level": region.level}
    if len(region.code) == _COUNTY_CODE and region.level != "zone":
        marks["code"] = region.code
    if region.latitude is not None and region.longitude is not None:
        marks |= {"latitude": str(region.latitude), "longitude": str(region.longitude)}
    return marks


def misprinted(gazetteer: Gazetteer, form: str) -> tuple[Region, ...]:
    """Return the counties whose names differ in one sign from a name: 泌阳县 for 秘阳县."""
    is_county = form[-1:] in _COUNTY_SIGNS and len(form) > 2
    return _misprinted(gazetteer, form) if is_county else ()


@functools.lru_cache(maxsize=65536)
def _misprinted(gazetteer: Gazetteer, form: str) -> tuple[Region, ...]:
    gaps = _gaps(gazetteer)
    return tuple([county for gapped in _gapped(form) for county in gaps.get(gapped, ())])


@functools.cache
def _gaps(gazetteer: Gazetteer) -> dict[str, list[Region]]:
    """Return the counties by their names with a gap in place of each sign."""
    gaps: dict[str, list[Region]] = {}
    for county in gazetteer.counties():
        for gapped in _gapped(county.name):
            gaps.setdefault(gapped, []).append(county)
    return gaps


def _gapped(name: str) -> list[str]:
    return [f"{name[:at]}?{name[at + 1 :]}" for at in range(len(name))]


@functools.lru_cache(maxsize=65536)
def town_codes(gazetteer: Gazetteer, stem: str) -> tuple[str, ...]:
    """Return the codes of all townships that are called ``stem``, with or without an ending."""
    return tuple([code for code in gazetteer.codes(stem) if len(code) > _COUNTY_CODE])


def town(gazetteer: Gazetteer, stem: str, home: Region) -> Region | None:
    """Return the one township of a region that is called ``stem``, with or without its ending.

    Of a town, a street office and a farm of one name the town is meant.
    """
    towns = [
        town
        for code in town_codes(gazetteer, stem)
        if home.code in (code[:6], code[:4] + "00", code[:2] + "0000", code)
        and (town := gazetteer.get(code)) is not None
    ]
    if len(towns) > 1:
        towns = [town for town in towns if town.name.endswith("镇")]
    return towns[0] if len(towns) == 1 else None


@functools.lru_cache(maxsize=65536)
def town_names(gazetteer: Gazetteer, code: str) -> tuple[str, ...]:
    """Return the short names of a township, with and without its kind."""
    town = line(gazetteer, code)[-1]
    shorts = (gazetteer.short(town), TOWN_ENDING.sub("", town.name))
    return tuple(short for short in shorts if len(short) > 1)


@functools.lru_cache(maxsize=65536)
def found_in(gazetteer: Gazetteer, text: str) -> tuple[Found, ...]:
    """Return the regions that a name holds, in order of place, long ones first."""
    return tuple(gazetteer.find(text))


@functools.lru_cache(maxsize=65536)
def after_regions(name: str, gazetteer: Gazetteer) -> str:
    """Return what follows the official regions that a name begins with."""
    hits = {hit.start: hit.end for hit in reversed(found_in(gazetteer, name))}
    at = 0
    while at in hits and name[hits[at] - 1] in "省市县旗区州盟镇乡木":
        at = hits[at]
    return name[at:]


def sounds_like(form: str, end: int, region: Region) -> bool:
    """Return whether a name only begins as a town's short one, which ends at ``end``: 乌苏|里江."""
    if not form.endswith(region.name, 0, end) and _FAR.fullmatch(form, end):
        return True
    if len(region.code) <= _COUNTY_CODE or form.endswith(region.name, 0, end):
        return False
    return form[-1] in _NATURE or is_wider(form, end)


def is_wider(name: str, end: int) -> bool:
    """Return whether a name goes on as a thing called alike: 嘉陵|江, 六盘山|国家级自然保护区, 友谊|关口岸."""
    feature = end == len(name) - 1 and name[-1] in _NATURE
    return feature or name.startswith(_WIDER, end)
