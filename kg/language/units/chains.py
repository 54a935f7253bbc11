"""Which regions a unit name begins with: 永州市|零陵区|公安分局, 县|公安局, 云溪县|公安局."""

import re
from typing import Final

from kg.language.units.leftward import HAN, NAME_TAGS, NUMERALS, OFFICIAL, Leftward
from kg.language.units.vocabulary import levels_by_end
from kg.language.words import known, tagged

# Divisions of the Xinjiang Production and Construction Corps: 兵团第六师, 八师.
_CORPS: Final = re.compile(
    rf"(?:(?:新疆生产建设)?兵团)?(?:第?[{NUMERALS}]{{1,3}}师)\Z|(?:新疆生产建设)?兵团\Z"
)
_CORPS_ENDS: Final = ("师", "团")
_ADDRESSED: Final = re.compile("[请将把向]|.+[报送交告找]$")  # 请报|县公安局
_NAMED_LEVELS: Final = frozenset("省县市旗")
_SEAT: Final = "行署"  # of the government of a 地区


class Chains(Leftward):
    """Reads the regions that stand before an agency, the innermost first."""

    def region_chain(self, end: int, before: int) -> tuple[tuple[str, ...], int]:
        """Return the regions that touch ``end`` on the left, outermost first, and their start."""
        forms: list[str] = []
        seated = self.text.endswith(_SEAT, before, end) and self.places.ending_at(end - 2, before)
        start = end - len(_SEAT) if seated else end  # 大兴安岭地区|行署|公安局
        while (place := self.places.ending_at(start, before)) and self._is_whole(place, before):
            forms.insert(0, place[1])
            start = place[0]
        near = self.text[start - 1 : start] in _CORPS_ENDS
        corps = _CORPS.search(self.text, max(before, start - 12), start) if near else None
        if corps:
            forms.insert(0, corps[0])
            start = corps.start()
        if not forms:
            for level in levels_by_end().get(self.text[end - 1 : end], ()):
                begin = end - len(level)
                if self.text[begin - 1 : end] in self.wards:
                    break
                if begin >= before and self.text[begin:end] == level:
                    return self._level_chain(level, begin, before)
        return tuple(forms), start

    def is_level(self, end: int, before: int) -> bool:
        """Return whether a bare level ends at ``end``: 由|市|看守所."""
        return any(
            self.text.endswith(level, before, end)
            and not self._is_town(end)
            and self.opens(end - len(level), before)
            and not self._is_cut(end, level, before)
            for level in levels_by_end().get(self.text[end - 1 : end], ())
        )

    def _is_town(self, end: int) -> bool:
        """Return whether two signs before ``end`` name a town: 归州|派出所, though 归 is a verb."""
        return self.text[end - 1] == "州" and self.places.is_name(self.text[end - 2 : end])

    def _is_cut(self, end: int, level: str, before: int) -> bool:
        """Return whether a level only ends a name that begins like a region: 南城|区|派出所."""
        if self.places.ending_at(end, before) is not None:
            return False
        place = self.places.ending_at(end - len(level), before)
        return place is not None and place[1][-1] not in OFFICIAL

    def _level_chain(self, level: str, begin: int, before: int) -> tuple[tuple[str, ...], int]:
        """Return a region without an entry (a name + 县) or a bare level (县公安局).

        云溪|县公安局: where 云溪 is known as a district, 云溪县 is another region or its old name.
        """
        place = self.places.ending_at(begin, before)
        if place is not None and level in _NAMED_LEVELS and place[1][-1] not in OFFICIAL:
            above, start = self.region_chain(place[0], before)
            return (*above, place[1] + level), start
        if self.opens(begin, before):
            return (level,), begin
        words = tagged(self.text[max(before, begin - 6) : begin])
        word, tag = words[-1] if words else ("", "x")
        strange = tag in NAME_TAGS or not known(word)
        if self._is_glued(word):
            word, strange = word[1:], True
        if len(word) > 1 and strange and HAN.search(word) and not _ADDRESSED.match(word):
            return (word + level,), begin - len(word)
        return (level,), begin
