"""The places that stand before the name of a body: which are part of it, which are not."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.regions import Places, is_official
from kg.language.taken import Placed

LONGEST_GAP: Final = 8
_NAMING: Final = re.compile("(?![的与在对向为至到])[一-鿿][一-鿿]*(?<![的与在对向为至到])")
_TOWN_SIGNS: Final = frozenset("镇乡村")
_COUNTY_FIRST: Final = re.compile(r"[一-鿿]{2,6}?[县市区旗]")


class BodyPlaces:
    """Reads the places before a body in one folded text; ``located`` are the places found before."""

    def __init__(self, text: str, places: Places, located: Sequence[Placed]) -> None:
        self._text = text
        self._places: dict[int, int] = {}
        for span in located:
            self._places[span.end] = min(span.start, self._places.get(span.end, span.start))
        self._begun: dict[int, int] = {}  # the nearest end by start
        for end, start in self._places.items():
            self._begun[start] = min(end, self._begun.get(start, end))
        self._named = places

    def _behind_regions(self, start: int, core: int, *, official: bool = False) -> int:
        """Return where a firm's own name begins; a region before it may be no place by itself.

        Behind ``official`` names only, 山东 stays: 莱州市|山东黄金（莱州）有限公司.
        """
        spans = [found for found in self._named.spans if found.start >= start]
        ends = {one.start: one.end for one in spans if not official or is_official(one.form)}
        while (end := ends.get(start, core + 1)) <= core:
            start = end
        return start

    def _starts_with_region(self, start: int, core: int) -> bool:
        return self._begun.get(start, core + 1) <= core

    def _from_region(self, start: int, floor: int) -> int:
        """Return where a firm's name in full begins that goes on behind its region: 山东|三和|轴承有限公司."""
        for end in range(start - 1, max(floor, start - LONGEST_GAP) - 1, -1):
            if end not in self._places:
                continue
            between = self._text[end:start]
            whole = len(between) > 1 and _NAMING.fullmatch(between) is not None
            return self._chain_start(end, floor) if whole else start
        return start

    def _chain_start(self, end: int, floor: int) -> int:
        """Return where the places that touch ``end`` begin."""
        start = end
        while (begin := self._places.get(start)) is not None and begin >= floor:
            if start < end and self._goes_up(start, end):
                break
            start = begin
        return start

    def _with_chain(self, start: int, core: int, floor: int) -> int:
        """Return where the places before a name begin, but for 枣集镇|河南省宋河酒业股份有限公司."""
        for found in self._named.inside(start, core):
            begin = start + found.start
            if begin in self._places and self._goes_up(begin, core):
                return begin
        return self._chain_start(start, floor)

    def _goes_up(self, start: int, end: int) -> bool:
        """Return whether a name begins higher than what stands before it: 安仁镇|大荔县某社, 高新区|江苏某公司."""
        town = self._text[start - 1 : start] in _TOWN_SIGNS
        if town and _COUNTY_FIRST.match(self._text, start, end):
            return True
        found = (one.form for one in self._named.inside(start, end) if one.start == 0)
        return any(code.endswith("0000") for form in found for code in self._named.codes(form))
