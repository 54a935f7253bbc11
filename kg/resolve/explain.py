"""A unit's name taken apart: from the agency down to the station, each step with what it says."""

from dataclasses import dataclass

from kg.gazetteer import Region, gazetteer
from kg.language.scan import Scan, scan
from kg.language.units import UnitName
from kg.model import Article, Page
from kg.resolve.context import HOME_VOTE, Context
from kg.resolve.names import UnitNames
from kg.resolve.naming import Naming, is_branch
from kg.resolve.tree import Unit


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One unit in the line of a name; ``adds`` is what the name's own step adds to the one above."""

    name: str
    adds: str
    level: str
    function: str
    region: str
    code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitExplanation:
    """The unit that a name means, with the line of units from the topmost down to itself."""

    printed: str
    name: str
    parent: str
    line: tuple[UnitStep, ...]


def explain_unit(name: str, home: str = "") -> UnitExplanation | None:
    """Return what ``name`` means near ``home`` (a region), or None if it is no unit's name.

    >>> explain_unit("乌审旗公安局交管大队").name
    '鄂尔多斯市乌审旗公安局交管大队'
    """
    scanned = scan(Article("", Page("", name), name, name))
    found = next((n for n in scanned.unit_names if n.end - n.start == len(name)), None)
    return None if found is None else _explained(scanned, found, home)


def _explained(scanned: Scan, name: UnitName, home: str) -> UnitExplanation | None:
    context = Context(gazetteer(), [name], [], [(home, HOME_VOTE)] if home else [])
    names = UnitNames(context, scanned)
    key = names.read([name]).get((name.start, name.end))
    if key is None:
        return None
    naming = Naming(names.tree)
    line = [*names.tree.line(key)]
    parent = naming.name(line[1].key) if len(line) > 1 else ""
    steps = tuple(_step(naming, unit) for unit in reversed(line))
    return UnitExplanation(scanned.text, naming.name(key), parent, steps)


def _step(naming: Naming, unit: Unit) -> UnitStep:
    name = naming.name(unit.key)
    above = naming.name(unit.parent) if unit.parent is not None else ""
    region: Region | None = unit.region
    return UnitStep(
        name,
        name.removeprefix(above),
        "subbureau" if is_branch(unit) else unit.level,
        unit.function,
        region.name if region is not None else "",
        region.code if region is not None and region.level != "zone" else "",
        naming.aliases(unit, name),
    )
