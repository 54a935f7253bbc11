"""The grammar of place names: regions, and sites that end in a head (村, 路, 广场, 小学).

A chain of places (X市Y镇Z村) is one name a level; a school, hospital or other institution keeps its
regions, and so does a site that nothing but its region names (X县汽车站).
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.gazetteer import Found
from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NameReader
from kg.language.regions import Places
from kg.language.text import Span
from kg.language.tokens import Tokens

_OFFICIAL: Final = re.compile(
    r"(?:省|市|县|区|旗|州|盟|镇|乡|苏木|街道|地区|自治区|村|嘎查|社区|兵团)$"
)
# Institutions that keep the region before their name; other sites are the next step of a chain.
_JOINED: Final = frozenset({"school", "hospital", "facility"})
# Sites that a region alone can name: X县汽车站, X镇农贸市场; a square is just a square.
_BY_REGION: Final = _JOINED | {"market", "station", "mall", "zone", "hotel"}
_WEAK: Final = frozenset({"water", "mountain"})
_LONGEST: Final = {"village": 8, "region": 8, "community": 8, "road": 8, "water": 5, "mountain": 5}
_NUMBER: Final = re.compile(r"(?:第?[一二三四五六七八九十百〇\d]+(?:号|团|连|队|分)?|[A-Z]+\d*)$")
_ROAD_NUMBER: Final = re.compile(
    r"(?:国道|省道|县道|乡道)?(?:[GSXYZ]\d{1,4}|\d{3})(?:线|国道|省道|县道|高速公路|高速)?"
    r"|(?:国道|省道|县道|乡道)[GSXY]?\d{1,4}(?:线)?"
)
_LEVEL: Final = re.compile(r"(?:自治区|苏木|街道|[省市州盟县旗区镇乡村])$")
_LEVELS: Final = re.compile(r"(自治区|苏木|[省市州盟县旗区镇乡村])")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name in a text; ``sure`` is False where only its form speaks for it."""

    start: int
    end: int
    kind: str
    rule: str
    sure: bool = True


class SiteGrammar:
    """Finds the place names of one folded text, units and documents left out."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        marked: dict[str, list[Mark]],
        taken: Sequence[Span],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places
        self._marked = marked
        self._taken = sorted(taken, key=lambda span: span.start)
        self._reader = NameReader(text, tokens, places)
        self._generic = lexicon().terms("name.generic")
        self._before = tuple(lexicon().terms("name.before"))

    def names(self) -> list[PlaceName]:
        """Return the place names in order of place."""
        found = [*self.regions, *self._roads(), *self._sites()]
        return sorted(set(found), key=lambda name: (name.start, name.end))

    # -- regions ----------------------------------------------------------------------------

    @functools.cached_property
    def regions(self) -> list[PlaceName]:
        """Return the names of the gazetteer that stand for a region here."""
        return [
            PlaceName(found.start, found.end, "region", "region", self._is_official(found.form))
            for found in self._places.spans
            if not self._is_taken(found.start, found.end) and self._is_region(found)
        ]

    @staticmethod
    def _is_official(form: str) -> bool:
        return len(form) > 2 and bool(_OFFICIAL.search(form))

    def _is_region(self, found: Found) -> bool:
        if self._text.startswith(("话", "菜", "语", "腔", "戏", "剧"), found.end):
            return False
        if self._is_official(found.form):
            return not self._cuts_word(found)
        word = self._tokens.at(found.start)
        if (word.start, word.end) == (found.start, found.end):
            return word.tag in ("ns", "new", "nz", "nt") or self._is_placed(found.start, found.end)
        edges = self._tokens.is_edge(found.start) and self._tokens.is_edge(found.end)
        if edges:
            return len(found.form) > 2 or self._is_placed(found.start, found.end)
        return word.tag == "new" and self._is_placed(found.start, found.end)

    def _cuts_word(self, found: Found) -> bool:
        """Return whether an official name ends inside a word: X市|场, X区|域, X乡|村."""
        tail = self._text[found.end - 1 : found.end + 1]
        return tail in ("市场", "区域", "乡村", "乡亲", "乡镇", "镇守", "州际", "县域", "县级")

    def _is_placed(self, start: int, end: int) -> bool:
        """Return whether what stands around says that this is a place."""
        left = self._text[max(0, start - 5) : start]
        if left.endswith(self._before) or not left or left[-1] in "\n■（【、—":
            return True
        return self._text.startswith(
            ("讯", "境内", "籍", "警方", "两地", "等地", "一带", "至"), end
        )

    # -- roads with a number ----------------------------------------------------------------

    def _roads(self) -> Iterator[PlaceName]:
        for match in _ROAD_NUMBER.finditer(self._text):
            text = match[0]
            signed = re.search(r"道|高速|^[GSXYZ]\d+线?$", text)
            before = self._text[max(0, match.start() - 1) : match.start()]
            digits = before.isdigit() or (before.isascii() and before.isalpha())
            after = self._text[match.end() : match.end() + 1]
            if signed and not digits and not after.isdigit():
                yield PlaceName(match.start(), match.end(), "road", "road-number")

    # -- sites with a head ------------------------------------------------------------------

    def _sites(self) -> Iterator[PlaceName]:
        floor = 0
        for head in _heads(self._marked.get("loc.head", [])):
            name = self._site(head, floor)
            if name is not None:
                floor = name.end
                yield name

    def _site(self, head: Mark, floor: int) -> PlaceName | None:
        if self._is_taken(head.start, head.end) or not self._ends_well(head):
            return None
        kind = head.entry.value
        floor = max(floor if floor <= head.start else 0, self._taken_before(head.start))
        start = self._reader.start(head.start, floor, _LONGEST.get(kind, 14))
        if floor and start == floor and self._text[floor - 1 : floor] not in "，。、":
            pass
        cut, joined = self._split_regions(start, head.start)
        return self._named(head, cut, joined)

    def _named(self, head: Mark, cut: int, joined: int) -> PlaceName | None:
        """Return the name with its head: from ``cut``, or with its regions from ``joined``."""
        kind, stem = head.entry.value, self._text[cut : head.start]
        level = self._is_level(stem)
        proper = not level and not self._is_generic(stem, head.entry.term)
        if kind in _JOINED and (proper or level or joined < cut):
            start = joined
        elif proper:
            start = cut
        elif kind in _BY_REGION and joined < cut:
            start = joined
        elif kind in _BY_REGION and level:
            start = cut
        else:
            return None
        weak = kind in _WEAK and not self._is_placed(start, head.end)
        if weak and self._tokens.at(start).tag != "ns":
            return None
        return PlaceName(start, head.end, kind, f"site.{kind}", not weak)

    def _split_regions(self, start: int, end: int) -> tuple[int, int]:
        """Return where the proper name begins behind official regions, and where those begin."""
        cut = joined = start
        for region in self.regions:
            if region.end > end:
                break
            if region.start >= start and region.sure:
                joined = joined if cut > start or region.start > start else region.start
                cut = region.end
        while (place := self._region_ending(joined)) is not None:
            joined = place.start
        return cut, joined

    def _region_ending(self, end: int) -> PlaceName | None:
        return self._region_ends.get(end)

    @functools.cached_property
    def _region_ends(self) -> dict[int, PlaceName]:
        return {region.end: region for region in self.regions}

    def _is_level(self, stem: str) -> bool:
        """Return whether a stem is a bare level, with or without generic words: 县, 旗养老."""
        match = _LEVELS.match(stem)
        return match is not None and self._is_generic(stem[match.end() :], "")

    def _is_generic(self, stem: str, head: str) -> bool:
        """Return whether generic words alone make the stem."""
        del head
        if not stem or stem in self._generic:
            return True
        if len(stem) == 1:
            return True
        return any(
            stem[:size] in self._generic and self._is_generic(stem[size:], "")
            for size in range(len(stem) - 1, 1, -1)
        )

    def _ends_well(self, head: Mark) -> bool:
        """Return whether the head ends a word here: no 路|线, no 广场|舞."""
        return self._tokens.is_edge(head.end)

    # -- what is taken ----------------------------------------------------------------------

    def _is_taken(self, start: int, end: int) -> bool:
        return any(span.start < end and start < span.end for span in self._taken)

    def _taken_before(self, start: int) -> int:
        return max((span.end for span in self._taken if span.end <= start), default=0)


def _heads(marks: Sequence[Mark]) -> list[Mark]:
    """Return the heads in order of their ends, of those with one end the longest."""
    longest: dict[int, Mark] = {}
    for mark in marks:
        if mark.end not in longest or mark.start < longest[mark.end].start:
            longest[mark.end] = mark
    ordered = sorted(longest.values(), key=lambda mark: mark.end)
    return [
        mark
        for mark, after in zip(ordered, [*ordered[1:], None], strict=True)
        if after is None or not (after.start <= mark.start and mark.end < after.end)
    ]
