"""What the police organ of a region is called, read once a process for each."""

import functools
from collections.abc import Iterator
from typing import Final

from kg.gazetteer import Gazetteer, Region
from kg.records import record
from kg.resolve.regions import MUNICIPAL, city, line, prefix

AGENCY: Final = "公安局"
_CORPS: Final = "师"  # 第一师阿拉尔市公安局 is of a division too


@record
class OrganNames:
    """The full official form, the obvious other ones, and what stands before a part's own name."""

    name: str
    forms: tuple[str, ...]
    heads: tuple[str, ...]


@functools.lru_cache(maxsize=65536)
def organ_names(gazetteer: Gazetteer, code: str, style: str, tail: str) -> OrganNames:
    """Return what the organ of a region is called; style and tail are its unit's."""
    region = line(gazetteer, code)[-1]
    name = _name(gazetteer, region, style, tail)
    heads = dict.fromkeys((name, *_heads(gazetteer, region, style, tail)))
    forms = tuple(dict.fromkeys(_forms(gazetteer, region, style)))
    return OrganNames(name, forms, tuple(heads))


def is_branch(region: Region, style: str) -> bool:
    """Return whether a region's organ of that style is called a branch (分局)."""
    if style == "guess":
        return _is_district(region)
    return style in ("city-branch", "branch", "police-branch")


@functools.lru_cache(maxsize=65536)
def plain_name(gazetteer: Gazetteer, code: str) -> str:
    """Return an organ's name without what stands above it; a branch is a bureau here."""
    region = line(gazetteer, code)[-1]
    return region.name + ("公安厅" if _has_department(region) else AGENCY)


def branch_forms(stem: str, city: str = "") -> tuple[str, ...]:
    """Return the orders in which a branch is named."""
    return f"{city}{stem}分局", f"{city}{stem}公安分局", f"{city}公安{stem}分局"


def _name(gazetteer: Gazetteer, region: Region, style: str, tail: str) -> str:
    if _has_department(region):
        return f"{region.name}公安厅"
    above = city(gazetteer, region.code)
    before = prefix(gazetteer, above.code)
    if style in ("city-branch", "branch"):
        return f"{before}{AGENCY}{_official(gazetteer, tail, region).removeprefix(above.name)}"
    if style == "police-branch":
        return f"{before}{_official(gazetteer, tail, region).removeprefix(above.name)}"
    if style == "guess" and _is_district(region):
        return f"{before}{AGENCY}{_usual(gazetteer, region)}分局"
    division = tail if tail.endswith(_CORPS) else ""
    return f"{division}{prefix(gazetteer, region.code)}{AGENCY}"


def _has_department(region: Region) -> bool:
    return region.level == "province" and not region.name.endswith("市")


def _is_district(region: Region) -> bool:
    return region.level == "county" and region.name.endswith("区")


def _usual(gazetteer: Gazetteer, region: Region) -> str:
    """Return how a branch names its district: 密云分局 in a municipality, else 松山区分局."""
    return gazetteer.short(region) if region.code[:2] in MUNICIPAL else region.name


def _official(gazetteer: Gazetteer, tail: str, region: Region) -> str:
    """Return a branch's tail with its region's alias (昆区) spelt out; 科尔沁分局 stays."""
    for form in gazetteer.forms(region):
        if form in tail:
            usual = form in (region.name, gazetteer.short(region)) or region.level == "zone"
            return tail if usual else tail.replace(form, region.name)
    return tail


def _forms(gazetteer: Gazetteer, region: Region, style: str) -> Iterator[str]:
    short = gazetteer.short(region)
    if _has_department(region):
        yield f"{short}公安厅"
        if "省" in region.name:
            yield f"{short}省公安厅"
        yield f"{short}公安"
        return
    if style != "bureau" and _is_district(region):
        above = prefix(gazetteer, city(gazetteer, region.code).code)
        for stem in dict.fromkeys((region.name, short)):
            yield f"{above}{AGENCY}{stem}分局"
            yield f"{above}{stem}公安分局"
            yield from branch_forms(stem)
    else:
        yield f"{region.name}{AGENCY}"
        yield from (f"{form}{AGENCY}" for form in gazetteer.forms(region) if form[-1:] in "县旗市")
    yield from (f"{short}公安", f"{short}警方")


def _heads(gazetteer: Gazetteer, region: Region, style: str, tail: str) -> Iterator[str]:
    """Yield what may stand before a part for its organ: 杭锦后旗公安局, 杭锦后旗, 根河分局."""
    if is_branch(region, style):
        stem = tail.removesuffix("分局").removesuffix("公安") or region.name
        yield from (f"{stem}分局", f"{stem}公安分局")
    else:
        yield f"{region.name}{AGENCY}"
    yield from (region.name, prefix(gazetteer, region.code))
