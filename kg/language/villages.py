"""Villages of the counties that a text tells of: 余村, 储良|社区, 在|月亮湾|巡逻.

There are half a million, and many are called like something else: only those of the counties that the
text names are looked for, and a name without its level must stand where it can be no other word.
"""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.gazetteer import Found
from kg.language.place_name import PlaceName
from kg.language.regions import Places, common_words, ends_of, tuple_of
from kg.language.tokens import Tokens, tag_of
from kg.language.words import known
from kg.villages import villages

_LEVEL: Final = re.compile(
    "村(?!村?(?:民(?!族)|[委寨]))|社区|嘎查|屯(?!里)|寨|庄|镇(?![静定守])|乡(?![村亲土下镇])"
)
_TOWNS: Final = ("镇", "乡")
_KINDS: Final = {"社区": "community", "镇": "region", "乡": "region"}
# What the units of a list are named for: 锁南、达板派出所.
_OF_UNITS: Final = re.compile(
    "(?:[、和与及][一-鿿]{2,6}?)+[一-鿿]{0,3}(?:派出所|警务室|[中大]队|检查站|边防|海防)"
)
_LONG: Final = 3  # signs of a name that is hardly anything else
_THING_TAGS: Final = frozenset({"n", "ng", "nz", "nr", "ns", "nt", "m"})
_NAME_TAGS: Final = frozenset({"ns", "new", "nz", "nrt"})


class VillageNames:
    """Finds the villages named in one folded text."""

    def __init__(self, text: str, tokens: Tokens, places: Places) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places

    def start_of(self, end: int) -> int:
        """Return where the longest name that ends at ``end`` begins; ``end`` if none does."""
        return self._starts.get(end, end)

    @functools.cached_property
    def _starts(self) -> dict[int, int]:
        starts: dict[int, int] = {}
        for found in self._found:
            if len(found.form) >= _LONG:
                starts[found.end] = min(found.start, starts.get(found.end, found.start))
        return starts

    @functools.cached_property
    def _found(self) -> list[Found]:
        return villages().find(self._text, self._places.counties())

    def names(self) -> Iterator[PlaceName]:
        """Yield the names in order of place; of overlapping ones the first, and the longest there."""
        reached = 0
        for found in self._found:
            if found.start >= reached and (name := self._name(found)) is not None:
                reached = name.end
                yield name

    def _name(self, found: Found) -> PlaceName | None:
        level = _LEVEL.match(self._text, found.end)
        town = level is not None and level.group() in _TOWNS
        if level is not None and (not town or self._is_own(found.form)):  # not 联合|镇司法所
            kind = _KINDS.get(level.group(), "village")
            return PlaceName(found.start, level.end(), kind, "village.level")
        if self._is_bare(found):
            return PlaceName(found.start, found.end, "village", "village.bare", sure=False)
        return None

    def _is_bare(self, found: Found) -> bool:
        """Return whether a name without its level is no other word here, and names nothing else."""
        form, start, end = found.form, found.start, found.end
        if not (self._is_edge(start) and self._is_edge(end)):
            return False
        if form in common_words() or form[-1] == "族":  # 朝鲜族|村 is a village
            return False
        if _OF_UNITS.match(self._text, end) or self._names_thing(end):
            return False
        own = self._is_own(form)
        short = form[-1] == "村" and not known(form)  # 余村, not 新村
        whole = short or (own and len(form) >= _LONG)
        return whole or ((own or len(form) >= _LONG) and self._is_led(start))

    @staticmethod
    def _is_own(form: str) -> bool:
        """Return whether a name is no common word."""
        return not known(form) or tag_of(form) in _NAME_TAGS

    def _is_edge(self, at: int) -> bool:
        """Return whether a word begins or ends, or the segmenter guessed where: 七盘|关一|脚."""
        return self._tokens.is_edge(at) or self._tokens.at(at).tag == "new"

    def _names_thing(self, end: int) -> bool:
        """Return whether what stands behind is named for the village: 新村|港, 大畈|组."""
        if end == len(self._text) or self._text.startswith(tuple_of("name.stretch"), end):
            return False
        return self._tokens.at(end).tag in _THING_TAGS

    def _is_led(self, start: int) -> bool:
        ends = ends_of("name.before").get(self._text[start - 1 : start], ())
        return self._text.endswith(ends, 0, start)
