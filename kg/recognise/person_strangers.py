"""Names from other languages that no post leads to: 萨仁高娃, 扎西多吉, 库尔曼别克."""

from typing import Final

from kg.language.lexicon import apart
from kg.language.name_context import follow
from kg.language.name_elements import is_element, is_long
from kg.language.name_tables import clans, is_sound, tables
from kg.language.naming import Reading, readings
from kg.language.text import places_of
from kg.recognise.candidate import LIKELY
from kg.recognise.person_anonymous import OPENS, Anonymous

_CLAN: Final = 2.4  # a Yi name that nothing leads to


class Strangers(Anonymous):
    """Takes Mongol, Tibetan, Turkic and Yi names by their elements and sounds."""

    def _strangers(self) -> None:
        """Take Mongol, Tibetan and Turkic names that no post leads to, if long enough to tell."""
        for mark in self._scan.marks("per.mongol", "per.tibetan", "per.turkic"):
            if is_long(self._text, mark.start) and not self._overlaps(mark.start, mark.end):
                self._stranger(mark.start)
        for match in clans().finditer(self._text):
            start = match.start()
            sizes = (4,) if tables().surnames[match[0]] == "yi" else (3, 4)  # 马海阿依, 波岩龙
            whole = [r for r in readings(self._text, start) if r.end - start in sizes]
            if whole and whole[0].score > _CLAN and not self._overlaps(start, whole[0].end):
                self._clan(start, whole[0].end)
        for tail in apart(self._scan.marks("name.turkic-tail")):
            self._foreign(tail.start, tail.end)
        for dot in places_of("·", self._text):
            start = self._head(dot)
            if start < dot and not self._overlaps(start, dot + 1):
                self._stranger(start)

    def _clan(self, start: int, end: int) -> None:
        opens = not start or self._text[start - 1] in OPENS or start in self._place_ends
        placed = any(left < end and start < right for left, right in self._places)
        if opens and not placed and not self._is_barred(start, end):
            self._put(start, end, "clan", LIKELY)

    def _foreign(self, tail: int, end: int) -> None:
        """Take foreign sounds that end as Turkic names do, where a name may open: ”库尔曼|别克."""
        start = tail
        while start > 0 and tail - start < 5 and is_sound(self._text[start - 1]):
            start -= 1
        opens = not start or self._text[start - 1] in OPENS
        if not opens or tail - start < 2 or self._overlaps(start, end):
            return
        if not self._is_placed(start, end) and follow(self._text, end) >= 0.6:
            self._put(start, end, "foreign", LIKELY)

    def _stranger(self, start: int) -> None:
        for reading in readings(self._text, start):
            if self._tells(start, reading):
                self._put(start, reading.end, "element", LIKELY)
                return

    def _head(self, dot: int) -> int:
        """Return where the part of a name before its dot begins: a known element, or all sounds."""
        start = dot
        while start > 0 and dot - start < 8 and is_sound(self._text[start - 1]):
            start -= 1
        known_heads = (at for at in range(start, dot - 1) if is_element(self._text, at, dot))
        return next(known_heads, start)

    def _tells(self, start: int, reading: Reading) -> bool:
        """Return whether a name of known elements needs no more than its place to be one."""
        if self._is_placed(start, reading.end) or follow(self._text, reading.end) < 0.6:
            return False
        if reading.kind == "dotted":
            return True
        size = reading.end - start
        opens = not start or self._text[start - 1] in OPENS
        return is_element(self._text, start, reading.end) and (size > 3 or (size == 3 and opens))
