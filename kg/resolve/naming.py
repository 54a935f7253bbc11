"""The official name of a unit and the other forms that a reader would accept for it."""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.resolve.labels import TOWN_ENDINGS, ZONE_SIGN
from kg.resolve.organs import AGENCY, OrganNames, branch_forms, organ_names
from kg.resolve.organs import is_branch as is_branch_organ
from kg.resolve.tree import ASSOCIATION, BORDER, ORGAN, PART, ZONE, Key, Tree, Unit

_MOST_ALIASES: Final = 24
_AIRPORT: Final = "机场"
_VILLAGE_POST: Final = re.compile(
    r"(?P<name>[一-鿿]{2,8}(?:嘎查村?|社区|村))[一-鿿]{0,4}警务(?:工作)?[室站点]\Z"
)


class Naming:
    """Names the units of one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.context = tree.context
        self._names: dict[Key, str] = {}
        self._upper: dict[Key, tuple[str, ...]] = {}  # what may stand before a part of each

    def name(self, key: Key) -> str:
        """Return the full official form, from the prefecture down."""
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._name(self.tree.units[key])
        return name

    def _name(self, unit: Unit) -> str:
        if unit.kind == ORGAN and unit.region is not None:
            return self._organ(unit, unit.region).name
        if unit.kind == ZONE:
            return self._zone(unit)
        if unit.kind == ASSOCIATION:
            return (self.context.prefix(unit.region) if unit.region else "") + unit.tail
        if unit.parent is None or unit.style == "own-name":
            return unit.tail
        if unit.style == "without-agency":
            upper = self.tree[unit.parent]
            if upper.region is not None and not upper.places:
                return self.context.prefix(upper.region) + unit.tail
        return self.name(unit.parent) + unit.tail

    def _organ(self, unit: Unit, region: Region) -> OrganNames:
        return organ_names(self.context.gazetteer, region.code, unit.style, unit.tail)

    def _zone(self, unit: Unit) -> str:
        city = self.context.prefix(unit.region) if unit.region else ""
        if unit.region is not None and _AIRPORT in unit.tail:
            called = self.context.gazetteer.short(unit.region)
            if unit.tail.startswith(called):  # 丽江机场公安分局 is called so in full
                return unit.tail
        between = AGENCY if unit.style == "city-branch" else ""
        return f"{city}{between}{unit.tail}"

    def seats(self, unit: Unit) -> list[Region]:
        """Return the regions that a unit lies in: its jurisdiction, and a town that it prints.

        A border or rail unit's own line says little of a station's county: its printed town does.
        """
        seats = [unit.region] if unit.region is not None else []
        if unit.town is not None and self._prints(unit, unit.town):
            seats += [self.context.county_of(unit.town), unit.town]
        elif (county := self._border_county(unit)) is not None:
            seats.append(county)
        return seats

    def _border_county(self, unit: Unit) -> Region | None:
        """Return the county that the article names and a border station, or its post, lies in."""
        line = self.tree.line(unit.key)
        if line[-1].kind != BORDER:
            return None
        town = next((step.town for step in line[:2] if step.town is not None), None)
        county = self.context.county_of(town) if town is not None else None
        return county if county is not None and self.context.is_known(county) else None

    def zone_branch(self, key: Key) -> Unit | None:
        """Return the branch or bureau that a unit is, or is of, for a zone that no table knows."""
        for unit in self.tree.line(key) if self.tree.zones else ():
            if unit.is_of_zone:
                return unit
        return None

    def zone(self, branch: Unit) -> str:
        """Return the development zone that such a branch is named for.

        柳东分局 is that of 柳东新区, 经开分局 that of 遂宁经开区, where the article names it.
        """
        stem = branch.tail.removesuffix("分局").removesuffix("公安").removesuffix(AGENCY)
        if not ZONE_SIGN.search(stem):
            return self.context.zone_called(stem)
        return self.context.zone_of(branch.region, stem) or stem

    @staticmethod
    def unlisted_town(unit: Unit) -> str:
        """Return the town that a station prints with its ending but that no table knows."""
        if unit.level != "station" or unit.town is not None:
            return ""
        stem = unit.tail.removesuffix("派出所")
        return stem if len(stem) > 2 and stem.endswith(TOWN_ENDINGS) else ""

    @staticmethod
    def village(unit: Unit) -> str:
        """Return the village or community that a post is named for: 鼓楼社区|警务室."""
        found = _VILLAGE_POST.match(unit.tail) if unit.level == "post" else None
        return found["name"] if found is not None else ""

    def _prints(self, unit: Unit, town: Region) -> bool:
        """Return whether the unit's name or the text gives the town, not only the gazetteer."""
        return unit.tail.startswith(town.name) or self.context.is_spelt(town)

    # -- other forms ------------------------------------------------------------------------

    def aliases(self, unit: Unit, name: str) -> tuple[str, ...]:
        """Return the forms in the text and the obvious short forms, without the name itself."""
        aliases = dict.fromkeys([*sorted(unit.forms), *self._derived(unit)])
        aliases.pop(name, None)
        aliases.pop("", None)
        if len(aliases) > _MOST_ALIASES:
            printed = len(unit.forms) - (name in unit.forms)  # these are all kept
            return tuple(aliases)[: max(printed, _MOST_ALIASES)]
        return tuple(aliases)

    def _derived(self, unit: Unit) -> Iterable[str]:
        if unit.kind == ORGAN and unit.region is not None:
            return self._organ(unit, unit.region).forms
        if unit.kind == ZONE and unit.region is not None:
            stem = unit.tail.removesuffix("分局").removesuffix("公安")
            return (unit.tail, *branch_forms(stem))
        if unit.kind == PART and unit.parent is not None:
            return self._part_forms(unit, unit.parent)
        return self._root_forms(unit)

    def _root_forms(self, unit: Unit) -> Iterator[str]:
        """Yield the forms of a special unit: with and without the province, 边检站."""
        yield from _wordings(self.name(unit.key))
        if unit.parent is not None and unit.level == "subbureau":
            yield unit.tail
            parent = self.tree[unit.parent].tail
            if "森林" in parent:
                yield unit.tail.replace("分局", "森林公安分局")

    def _part_forms(self, unit: Unit, parent: Key) -> tuple[str, ...]:
        heads = self._heads(parent)
        if unit.places:
            heads = (*heads, "")  # it is also called without them
        return _headed(heads, unit.tail)

    def _heads(self, parent: Key) -> tuple[str, ...]:
        """Return what may stand before a division for its parent: 杭锦后旗公安局, 杭锦后旗, 根河分局."""
        heads = self._upper.get(parent)
        if heads is None:
            upper = self.tree[parent]
            if upper.kind == ORGAN and upper.region is not None:
                heads = self._organ(upper, upper.region).heads
            else:
                heads = tuple(dict.fromkeys((self.name(parent), *self._part_heads(upper))))
            self._upper[parent] = heads
        return heads

    def _part_heads(self, upper: Unit) -> Iterator[str]:
        yield upper.tail
        if upper.kind == PART and upper.parent is not None:
            yield from (f"{head}{upper.tail}" for head in self._heads(upper.parent))


def is_branch(unit: Unit) -> bool:
    """Return whether a region's organ is called a branch (分局)."""
    region = unit.region
    return unit.kind == ORGAN and region is not None and is_branch_organ(region, unit.style)


def _headed(heads: tuple[str, ...], tail: str) -> tuple[str, ...]:
    """Return a division's name in all wordings, each behind all heads."""
    return tuple([head + wording for wording in _wordings(tail) for head in heads])


@functools.lru_cache(maxsize=65536)
def _wordings(tail: str) -> tuple[str, ...]:
    """Return a division's name in the wordings of its function, the printed one first."""
    for full, others in _families().items():
        if full in tail:
            return (tail, *[tail.replace(full, other) for other in others])
    return (tail,)


def _is_usual(wording: str) -> bool:
    """Return whether a wording is one that people use, not only one that they understand."""
    return not wording.startswith("公安") and "（" not in wording


@functools.cache
def _families() -> dict[str, tuple[str, ...]]:
    """Return for each wording of a function the usual others, long wordings first."""
    synonyms = lexicon().terms("unit.synonym")
    groups: dict[str, list[str]] = {}
    for term, group in synonyms.items():
        groups.setdefault(group, [group]).append(term)
    every = {term: group for group, terms in groups.items() for term in terms}
    order = sorted(every, key=lambda term: (-len(term), term))
    return {
        term: tuple(o for o in groups[every[term]] if o != term and _is_usual(o)) for term in order
    }
