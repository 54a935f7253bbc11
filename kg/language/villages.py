"""Villages of the counties that a text tells of: 余村, 储良|社区, 在|月亮湾|巡逻.

There are half a million, and many are called like something else: only those of the counties that the
text names are looked for, and a name without its level must stand where it can be no other word.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.gazetteer import Found
from kg.language.place_name import PlaceName
from kg.language.regions import common_words, is_led, tuple_of
from kg.language.scan import Scan
from kg.language.tokens import tag_of
from kg.language.words import known
from kg.local_names import villages

_LEVEL: Final = re.compile(
    "村(?!民(?!族)|委|寨(?![前门口]))|社区|嘎查|屯(?!里)|寨|庄|镇(?![静定守])|乡(?![村亲土下镇])"
)
_VILLAGE: Final = re.compile("村(?![民委寨])")
_TOWNS: Final = ("镇", "乡")
_KINDS: Final = {"社区": "community", "镇": "region", "乡": "region"}
# What the units of a list are named for: 太平哨、步达远派出所.
_OF_UNITS: Final = re.compile(
    "(?:[、和与及][一-鿿]{2,6}?)+[一-鿿]{0,3}(?:派出所|警务室|[中大]队|检查站|边防|海防)"
)
_SHORT: Final = 2  # signs of a name that needs its level
_THING_TAGS: Final = frozenset({"n", "ng", "nz", "nr", "ns", "nt", "m"})
_NAME_TAGS: Final = frozenset({"ns", "new", "nz", "nrt"})


class VillageNames:
    """Finds the villages named in one scan."""

    def __init__(self, scan: Scan) -> None:
        self._text = scan.text
        self._tokens = scan.tokens
        self._counties = scan.told.counties
        self.found, _ = scan.local

    def names(self) -> Iterator[PlaceName]:
        """Yield the names in order of place; of overlapping ones the first, and the longest there."""
        found = [name for one in self.found if (name := self._name(one)) is not None]
        found += self._levels()
        reached = 0
        for name in sorted(found, key=lambda one: (one.start, -one.end)):
            if name.start >= reached:
                reached = name.end
                yield name

    def _name(self, found: Found) -> PlaceName | None:
        """Return a name of three signs or more with its level, or bare if it is no other word."""
        level = _LEVEL.match(self._text, found.end)
        if level is not None and self._is_level(level, found.form):
            return self._whole(found.start, level)
        if self._is_bare(found):
            return PlaceName(found.start, found.end, "village", "village.bare", sure=False)
        return None

    def _levels(self) -> Iterator[PlaceName]:
        """Yield the names of two signs, with their level: 万田|社区, 余村."""
        short = villages().short(self._counties)
        for level in _LEVEL.finditer(self._text) if self._counties else ():
            at = level.start()
            form = self._text[max(0, at - _SHORT) : at]
            if self._is_level(level, form) and f" {form} " in short:
                yield self._whole(at - _SHORT, level)
        for level in _VILLAGE.finditer(self._text, 1) if self._counties else ():
            if self._is_single(level.start() - 1):
                start, end = level.start() - 1, level.end()
                yield PlaceName(start, end, "village", "village.single", sure=False)

    def _is_level(self, level: re.Match[str], form: str) -> bool:
        """Return whether a level is that of a name: not 联合|镇司法所."""
        return level.group() not in _TOWNS or _is_own(form)

    def _whole(self, start: int, level: re.Match[str]) -> PlaceName:
        """Return a village with its level; before its committee (万尾村|村委会) it is less sure."""
        kind = _KINDS.get(level.group(), "village")
        sure = not self._text.startswith(("村民委", "村委"), level.end())
        return PlaceName(start, level.end(), kind, "village.level", sure=sure)

    def _is_single(self, start: int) -> bool:
        """Return whether a village has one sign before its level: 余村, not 新村."""
        form = self._text[start : start + _SHORT]
        free = (
            self._tokens.may_end(start) and self._tokens.may_end(start + _SHORT) and not known(form)
        )
        return free and villages().has(form, self._counties)

    def _is_bare(self, found: Found) -> bool:
        """Return whether a name without its level is no other word here, and names nothing else."""
        form, start, end = found.form, found.start, found.end
        if not (self._tokens.may_end(start) and self._tokens.may_end(end)):
            return False
        if form in common_words() or form[-1] == "族":  # 朝鲜族|村 is a village
            return False
        if _OF_UNITS.match(self._text, end) or self._names_thing(end):
            return False
        return _is_own(form) or is_led(self._text, start)

    def _names_thing(self, end: int) -> bool:
        """Return whether what stands behind is named for the village: 红旗岭|港, 大畈子|组."""
        if end == len(self._text) or self._text.startswith(tuple_of("name.stretch"), end):
            return False
        return self._tokens.at(end).tag in _THING_TAGS


def _is_own(form: str) -> bool:
    """Return whether a name is no common word."""
    return not known(form) or tag_of(form) in _NAME_TAGS
