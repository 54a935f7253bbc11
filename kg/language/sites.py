"""The grammar of place names: regions, and sites that end in a head (村, 路, 广场, 小学).

A chain of places (X市Y镇Z村) is one name a level; a school, hospital or other institution keeps its
regions, and so does a site that nothing but its region names (X县汽车站).
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.language.landmarks import Landmarks, PlaceName
from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NameReader
from kg.language.regions import Places, RegionReader, is_official, tuple_of
from kg.language.taken import Taken
from kg.language.text import Span
from kg.language.tokens import Tokens

# Institutions that keep the region before their name; other sites are the next step of a chain.
_JOINED: Final = frozenset({"school", "hospital", "facility", "estate"})
_BY_SHORE: Final = frozenset({"road", "park", "square", "compound", "community"})  # 沿河|路
# Sites whose common words describe, and do not name.
_DESCRIBED: Final = frozenset({"market", "memorial"})
# Kinds whose heads with a weak meaning still go on with a name: 解放路|夜市.
_EXTENDING: Final = frozenset({"road", "market", "scenic", "park", "mall", "square", "estate"})
_LEVEL_KINDS: Final = frozenset({"region", "village", "community"})
# Sites that a region alone can name: X县汽车站, X镇农贸市场; a square is just a square.
_BY_REGION: Final = _JOINED | {"market", "station", "mall", "zone", "memorial"}
# Signs like 河 and 山 end many a word: they need a place word before them, or a name.
_NATURAL: Final = frozenset({"water", "mountain"})
_LONGEST: Final = {"village": 8, "region": 8, "community": 8, "road": 8, "water": 6, "mountain": 6}
_NUMBERED: Final = frozenset({"school", "hospital", "station", "facility", "scenic"})
_WHOLE_TAGS: Final = frozenset({"ns", "nz", "nt", "new", "nrt", "nrfg", "i", "j"})
# Heads that the segmenter joins with what follows where it knows neither: 拉加|镇赛|什托.
_GLUED: Final = frozenset("镇乡村河湖")
_BESIDE: Final = frozenset("外里内中上头口边旁下脚顶腰")  # 石槽|村外
_OFTEN_OLD: Final = frozenset("村镇街路")
_SHORES: Final = frozenset("畔岸边面")
_APPROXIMATE: Final = re.compile(r"[\d一二两三四五六七八九十百千]+(?:[余多]|[名个位人辆次起件户])")
_MAY_END_IN_NUMERAL: Final = frozenset({"school", "hospital", "station", "region", "village"})
_COUNT: Final = re.compile(r"[一二两三四五六七八九十几多数这那每\d]+[个条座间家所处段片块栋幢层]?")
_ORDINAL: Final = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+|(?<![\d.])\d{1,3}号?|[一二三四五六七八九十百]+号|[九八七六五四三二]?十[一二三四五六七八九]?|T\d)$"
)
_LEVELS: Final = re.compile(r"自治区|苏木|街道|社区|嘎查|[省市州盟县旗区镇乡村]")


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
        self._marked = marked
        self._taken = Taken(len(text), taken)
        self._places = places
        self._reader = NameReader(text, tokens, places)
        self._regions = RegionReader(text, tokens, places, self._taken.touches)
        self._landmarks = Landmarks(text, tokens, places, marked, self._reader, self._taken.touches)
        self._heads = lexicon().terms("loc.head")
        self._cut = lexicon().terms("name.cut")
        self._verbs = lexicon().terms("name.verb")
        self._generic = lexicon().terms("name.generic")

    def names(self) -> list[PlaceName]:
        """Return the place names in order of place."""
        sites = [*self.regions, *self._landmarks.roads, *self._sites()]
        found = {*sites, *self._landmarks.names(sites)}
        return sorted(found, key=lambda name: (name.start, name.end))

    @functools.cached_property
    def regions(self) -> list[PlaceName]:
        """Return the names of the gazetteer that stand for a region here."""
        return [
            PlaceName(found.start, found.end, "region", "region", is_official(found.form))
            for found in self._regions.regions()
        ]

    def _is_known_region(self, end: int) -> bool:
        """Return whether the gazetteer names what ends here, and a word begins where it does."""
        known = self._region_ends.get(end)
        return known is not None and known.sure and self._tokens.is_edge(known.start)

    def _is_inside_region(self, head: Mark) -> bool:
        """Return whether a head is part of an official name: 茈碧|湖|镇, 背崩|乡|道."""
        return any(
            region.start < head.start < region.end != head.end and region.sure
            for region in self.regions
        )

    # -- sites with a head ------------------------------------------------------------------

    def _sites(self) -> list[PlaceName]:
        found: list[PlaceName] = []
        for heads in _heads(self._marked.get("loc.head", [])):
            last = found[-1] if found else None
            name = self._site(heads[0], last) or self._shorter(heads, last)
            if name is not None:
                if last is not None and last.start == name.start:
                    found.pop()
                found.append(name)
        return found

    def _shorter(self, heads: Sequence[Mark], last: PlaceName | None) -> PlaceName | None:
        """Return the name with the last sign for its head: 立|新村 is 立新|村."""
        whole, short = heads[0], heads[-1]
        if len(whole.entry.term) != 2 or short.entry.term not in _OFTEN_OLD:
            return None
        start = self._reader.start(whole.start, self._floor(whole.start, last), 2)
        return self._site(short, last) if whole.start - start == 1 else None

    def _site(self, head: Mark, last: PlaceName | None) -> PlaceName | None:
        taken = self._taken.touches(head.start, head.end) or self._is_inside_region(head)
        if taken or not self._ends_well(head):
            return None
        kind, _, flag = head.entry.value.partition(":")
        weak = flag == "part" or (flag == "strict" and kind not in _EXTENDING)
        if last is not None and last.end == head.start and self._extends(last, head):
            cut = weak or not self._tokens.is_edge(head.end)  # 人民大街|路口
            return None if cut else replace(last, end=head.end, kind=kind, rule=f"site.{kind}")
        if last is not None and head.start < last.end and flag in ("strict", "part"):
            return None
        start = self._stem_start(head, kind, self._floor(head.start, last))
        cut, joined = self._split_regions(start, head.start, kind in _LEVEL_KINDS)
        begin = self._begin(kind, cut, joined, head.start)
        if begin is None:
            return self._beside(last, head) if kind == "square" and start < head.start else None
        behind = flag == "strict" and begin == cut > joined
        if behind or self._is_sure(kind, flag, begin, head):
            return PlaceName(begin, head.end, kind, f"site.{kind}")
        return None

    def _beside(self, last: PlaceName | None, head: Mark) -> PlaceName | None:
        """Return a square named by the site before it: 经棚站|站前广场."""
        gap = self._text[last.end : head.start] if last else ""
        fits = last is not None and last.kind not in _LEVEL_KINDS and self._is_generic(gap)
        return (
            replace(last, end=head.end, kind="square") if last and fits and len(gap) < 3 else None
        )

    def _floor(self, end: int, last: PlaceName | None) -> int:
        """Return where what no name before ``end`` reaches over ends."""
        names = [*self._landmarks.roads, *(r for r in self.regions if r.sure)]
        ends = [self._taken.end_before(end), *(name.end for name in names if name.end <= end)]
        if last is not None and last.end <= end:
            ends.append(last.end)
        return max(ends)

    def _stem_start(self, head: Mark, kind: str, floor: int) -> int:
        """Return where the words before a head begin that may be part of its name."""
        longest = _LONGEST.get(kind, 14)
        number = _ORDINAL.search(self._text, max(floor, head.start - 6), head.start)
        if self._text[head.start - 1 : head.start].isdigit() and kind == "road":
            return head.start
        if number is None or kind not in _NUMBERED:
            start = self._reader.start(head.start, floor, longest)
            return self._from_region(start, head.start) if kind in _LEVEL_KINDS else start
        start = self._reader.start(number.start(), floor, longest)
        own = self._text[start : number.start()]
        return number.start() if self._is_generic(own) and not self._is_level(own) else start

    def _from_region(self, start: int, end: int) -> int:
        """Return the end of a region shortly before a town's head, whatever word stands between.

        玛沁县|拉加|镇: the segmenter may take the name for a verb.
        """
        if end - start > 1:
            return start
        near = [at for at in range(end - 4, end - 1) if (r := self._region_ends.get(at)) and r.sure]
        return near[0] if near and not self._reader.has_stop(near[0], end) else start

    def _extends(self, last: PlaceName, head: Mark) -> bool:
        """Return whether a head goes on with the site before it: 黄河街|步行街, 云蒙山|风景区."""
        kind = head.entry.value
        own = last.kind in _LEVEL_KINDS and not kind.startswith("road")
        own = own and not (last.kind == "village" == kind)  # 新立屯|村
        doubled = self._text[: last.end].endswith(head.entry.term)  # 经棚站|站前
        return last.rule.startswith("site") and not own and not doubled

    def _begin(self, kind: str, cut: int, joined: int, end: int) -> int | None:
        """Return where a name begins that may start at ``cut``, or with regions at ``joined``."""
        stem = self._text[cut:end]
        if stem[:1] in ("各", "某", "该", "本", "每"):
            return None
        level = self._is_level(stem)
        proper = not level and not self._is_generic(stem)
        if self._generic.get(stem) == "shore" and kind not in _BY_SHORE:
            proper = False
        if kind in _NATURAL and len(stem) == 1:
            proper = stem not in self._generic
        if not stem and self._text[end:].startswith(tuple_of("name.itself")):  # 城关镇|东大街
            return cut if joined < cut or self._regions.is_placed(cut, end) else None
        if kind in _NUMBERED and _ORDINAL.fullmatch(stem):
            proper = True
        if kind in _JOINED and (proper or level or joined < cut):
            return joined
        if proper and joined < cut and kind in _DESCRIBED and not self._is_namelike(cut, end):
            return joined  # 清江镇|竹编|市场
        if proper:
            return cut
        if kind in _BY_REGION and joined < cut:
            return joined
        return cut if kind in _BY_REGION and level else None

    def _is_sure(self, kind: str, flag: str, start: int, head: Mark) -> bool:
        if self._is_counted(start, head.start, kind):
            return False
        if kind in _NATURAL:
            behind = start in self._region_ends or self._is_of_region(start)
            return self._landmarks.is_natural(start, head.start, head.end, placed=behind)
        if flag not in ("strict", "part"):
            return True
        return self._text[start] not in "一两三几" and self._is_namelike(start, head.start)

    def _is_of_region(self, start: int) -> bool:
        """Return whether 的 stands between a region and the name: 威海|的|刘公岛."""
        return self._text[start - 1 : start] == "的" and start - 1 in self._region_ends

    def _is_counted(self, start: int, end: int, kind: str) -> bool:
        """Return whether a numeral before the head counts it (一|工地), and is no part of a name."""
        if _APPROXIMATE.match(self._text, start, end):  # 20余名|城
            return True
        numeral = self._text[end - 1] in "一二两三四五六七八九十几多数"
        known = self._text[start:end] in self._verbs  # 五一|广场
        known = known or (kind == "road" and end - start > 2)  # 科技二|路
        return numeral and not known and kind not in _MAY_END_IN_NUMERAL

    def _is_namelike(self, start: int, end: int) -> bool:
        """Return whether a word of the stem is a name, or none that the segmenter knows."""
        return self._landmarks.is_namelike(start, end)

    def _split_regions(self, start: int, end: int, short: bool) -> tuple[int, int]:
        """Return where the proper name begins behind official regions, and where those begin.

        Before a town or village a ``short`` name is a level of its own: 广东|东莞|大朗镇.
        """
        cut = joined = start
        for region in self.regions:
            if region.end > end:
                break
            high = (
                short
                and end - region.end > 1
                and self._places.is_high(self._text[region.start : region.end])
            )
            if region.start >= start and (region.sure or high):
                joined = region.start if cut == start and region.start > start else joined
                cut = region.end
        while (place := self._region_ends.get(joined)) is not None:
            joined = place.start
        return cut, joined

    @functools.cached_property
    def _region_ends(self) -> dict[int, PlaceName]:
        return {region.end: region for region in self.regions}

    def _is_level(self, stem: str) -> bool:
        """Return whether a stem is a bare level, with or without generic words: 县, 旗养老."""
        match = _LEVELS.match(stem)
        return match is not None and (
            match.end() == len(stem) or self._is_generic(stem[match.end() :])
        )

    def _is_generic(self, stem: str) -> bool:
        """Return whether generic words alone make the stem, or a count (一条, 两座)."""
        counted = bool(_COUNT.fullmatch(stem)) and stem not in self._verbs
        return len(stem) < 2 or counted or self._is_made_of_generic(stem)

    def _is_made_of_generic(self, stem: str) -> bool:
        if self._generic.get(stem) == "" or stem in self._heads:
            return True
        cuts = ((stem[:size], stem[size:]) for size in range(len(stem) - 2, 1, -1))
        return any(
            left in self._generic and (right in self._generic or self._is_made_of_generic(right))
            for left, right in cuts
        )

    def _ends_well(self, head: Mark) -> bool:
        """Return whether a head is a word or the end of one: no 路|线, 广场|舞, 高|峰."""
        kind, _, flag = head.entry.value.partition(":")
        whole = self._tokens.at(head.start)
        river = whole.tag == "ns" and whole.end == head.end
        river = river or (kind in _NATURAL and self._landmarks.has_shore(head.end))
        pairs = self._text[head.start : head.end + 1], self._text[head.start - 1 : head.end]
        if not river and any(pair in self._cut for pair in pairs):
            return False
        if kind in _LEVEL_KINDS | {"zone"} and self._is_known_region(head.end):
            return False
        if kind in _NATURAL and head.end in self._region_ends:  # 江苏|昆山
            return False
        last = self._tokens.at(head.end - 1)
        if last.end != head.end:
            rest = set(self._text[head.end : last.end])
            beside = (
                last.start == head.start
                and rest <= _BESIDE
                and kind in _LEVEL_KINDS | _NATURAL | {"road"}
            )
            shore = self._text[head.end : head.end + 1] in _SHORES and kind in _NATURAL
            glued = last.tag == "new" and last.start == head.start and head.entry.term in _GLUED
            return shore or beside or glued or (last.start > head.start and flag != "edge")
        if head.end - head.start > 1 or last.start == head.start:
            return True
        person = last.tag == "nr" and (kind not in _NATURAL or len(last.text) > 2)  # 白龙江
        numbered = last.tag == "m" and kind == "road" and last.text[0] in "二三四五六七八九十"
        if last.tag in _WHOLE_TAGS or person or numbered:
            return True
        return self._is_misread(last.start, head.start)

    def _is_misread(self, start: int, head: int) -> bool:
        """Return whether a common word that holds the head is a piece of a name: 禾|木村, 解放街."""
        inside = self._text[start:head]
        if inside in self._verbs:
            return True
        before = self._tokens.at(start - 1) if start else None
        lone = before is not None and len(before.text) == 1 and before.tag[0] not in "mxq"
        return bool(
            lone
            and before
            and not self._reader.is_stop(before.text)
            and inside not in self._generic
        )


def _heads(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Return the heads in order of their ends, those with one end together, the longest first."""
    groups: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.end, mark.start)):
        groups.setdefault(mark.end, []).append(mark)
    ordered = list(groups.values())
    return [
        group
        for group, after in zip(ordered, [*ordered[1:], []], strict=False)
        if not any(mark.start <= group[0].start for mark in after)
    ]
