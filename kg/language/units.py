"""The grammar of police unit names: [regions] agency [branch] [division …] [station].

Everything is found from the heads (公安局, 分局, 大队, 派出所 …) leftwards: what a head takes
before it (a function, a number, a place, a name) makes a segment; segments that touch make a
name. The same grammar reads a running text and a bare name (``parse``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places
from kg.language.words import known, tagged

# Kinds of head that can stand for one unit when nothing but 该/我/本 or nothing at all precedes.
_BARE: Final = frozenset({"agency", "branch", "division", "station", "post", "border"})
_RANKED: Final = frozenset({"corps", "detachment", "brigade", "squadron"})  # take a region or number
_NUMBER: Final = re.compile(r"(?:第?[一二三四五六七八九十\d]{1,3}|直属第?[一二三四五六七八九十]?|城区)$")
_HAN: Final = re.compile(r"[一-鿿·〇0-9A-Za-z]+$")
_NO_NAME: Final = re.compile(r"[^一-鿿·〇0-9“”]")
_WEAK_FUNCTIONS: Final = frozenset({"公共服务"})  # 服务中心, 综合科: police only behind a police segment
# One-sign heads and who can stand before them when no police segment does: 禁毒办 and 旅游局 are
# not police, 政工办 and 刑侦局 are.
_OFFICE_OF: Final = {
    "办": frozenset({"政工"}),
    "局": frozenset({"刑侦", "禁毒", "经侦", "网安", "出入境", "特巡警", "反恐"}),
    "处": frozenset({"政工", "指挥", "法制", "治安", "出入境", "户政", "刑侦", "经侦", "特巡警"}),
    "组": frozenset(),
    "队": frozenset({"刑侦", "特巡警", "交管", "反恐", "边境"}),
}
_HIGH_HEADS: Final = frozenset({"基地", "大厅", "工作室", "工作站", "指挥部"})  # part of a bureau only
_NOT_AFTER: Final = {
    "公安部": ("门", "队", "署"),
    "公安局": ("长",),
    "公安": ("局", "厅", "处", "部", "分局", "机关", "系统", "部门", "队伍", "工作", "战线", "交管", "交通", "基层", "民警英烈"),
    "交警": ("部门",),
    "分局": ("部",),
    "市局": ("部",),
    "区局": ("部",),
    "处": ("置", "理", "罚", "于", "境", "分"),
    "科": ("技", "学", "目", "普"),
    "室": ("内", "外"),
    "办": ("理", "案", "证", "公", "法", "学", "事", "结", "好"),
    "队": ("伍", "员", "列", "友"),
    "局": ("面", "部", "势", "限"),
    "组": ("织", "成", "建", "员"),
    "中心": ("小学", "城", "广场", "医院", "学校", "任务", "工作", "思想"),
    "所": ("有", "在", "谓", "属", "以"),
}
# “马背护边队”, “敖特尔”骑警队: a quoted name is a police team if a police word stands in or by it.
_QUOTED_TEAM: Final = re.compile(
    r"“(?P<stem>[^“”，。！？]{2,10}?)(?P<head>小分队|队|警务室|警务站|警务点)”"
    r"|“(?P<stem2>[^“”，。！？]{2,8})”(?P<head2>骑警队|巡逻队|巡警队|护边队|警务室|警务站|女子骑警队|铁骑队|骑巡队)"
)
_POLICE_WORD: Final = re.compile(r"警|巡|骑|护边|马背|边防|戍边")
_CIVIL_WORD: Final = re.compile(r"志愿|义警|调解|宣讲|红袖|大妈|服务队|网格|巡防队员|群众")
_LONGEST_NAME: Final = 9
_WINDOW: Final = 14


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a unit name: 赛罕区|分局, 刑侦|大队, 东城区|派出所; ``stem`` may be empty."""

    kind: str
    level: str
    start: int
    end: int
    regions: tuple[str, ...]
    stem: str
    head: str
    pointer: str = ""
    function: str = ""

    @property
    def text(self) -> str:
        """Return the segment without its regions and pointer."""
        return self.stem + self.head


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit name in a text; ``elided`` marks a list item that shares its head with the last one."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    elided: bool = False

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions before the first segment, outermost first."""
        return self.segments[0].regions

    @property
    def nominal(self) -> bool:
        """Return whether the name is only a head that points back (该局, 大队)."""
        first = self.segments[0]
        lone = len(self.segments) == 1 and not first.stem and not first.regions
        return bool(first.pointer) or (lone and first.kind in _BARE and first.head != "公安部")


class UnitGrammar:
    """Finds the unit names of one folded text."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        self._text = text
        self._places = places
        self._heads = _longest(marked.get("unit.head", []))
        self._functions = _by_end(marked.get("unit.function", []))
        self._systems = _by_end(marked.get("unit.system", []))
        self._zones = _by_end(marked.get("unit.zone", []))
        self._foreign = _by_end(marked.get("unit.lookalike", []))
        self._aliases = marked.get("unit.alias", [])
        self._stops = lexicon().terms("unit.stop")
        self._generic = lexicon().terms("unit.generic")
        self._points = lexicon().terms("unit.point")
        self._levels = lexicon().terms("unit.level")

    def names(self) -> list[UnitName]:
        """Return the unit names in order of place; list items with an elided head included."""
        names = [*self._join(self._segments()), *self._quoted()]
        shared = self._elided(names)
        whole = [n for n in names if not any(_covers(item, n) for item in shared)]
        return sorted([*whole, *shared], key=lambda name: (name.start, name.end))

    def _quoted(self) -> list[UnitName]:
        """Return the police teams and posts with a name of their own in quotes."""
        found = []
        for match in _QUOTED_TEAM.finditer(self._text):
            stem, head = match["stem"] or match["stem2"], match["head"] or match["head2"]
            counted = stem.count("一") > 1  # “一站一警一队” is a way of working
            if not counted and _POLICE_WORD.search(stem + head) and not _CIVIL_WORD.search(stem + head):
                text = match[0]
                segment = Segment("team", "team", match.start(), match.end(), (), text, "")
                found.append(UnitName(match.start(), match.end(), (segment,)))
        return found

    # -- segments ---------------------------------------------------------------------------

    def _segments(self) -> list[Segment]:
        segments: list[Segment] = []
        strange: set[str] = set()
        foreign = -1  # where a head that is not police ended: what touches it is not police either
        for head in self._heads:
            before = segments[-1].end if segments else 0
            segment = self._segment(head, before)
            if segment is None or segment.start < before:
                foreign = head.end if self._is_foreign(head.start) else foreign
            elif segment.start != before and (segment.start == foreign or self._is_foreign(segment.start)):
                foreign = segment.end
                strange.add(self._text[segment.start : segment.end])
            else:
                segments.append(segment)
        segments = [s for s in segments if self._text[s.start : s.end] not in strange]
        taken = [(segment.start, segment.end) for segment in segments]
        for mark in self._aliases:
            if not any(start < mark.end and mark.start < end for start, end in taken):
                alias = self._alias(mark)
                if alias is not None:
                    segments.append(alias)
        return sorted(segments, key=lambda segment: segment.start)

    def _segment(self, head: Mark, before: int) -> Segment | None:
        kind, _, level = head.entry.value.partition(":")
        following = self._text[head.end : head.end + 4]
        if following.startswith(_NOT_AFTER.get(head.entry.term, ())):
            return None
        if following.startswith("长") and head.entry.term != "派出所":  # 大队长 is a person
            return None
        make = {
            "agency": self._agency,
            "branch": self._branch,
            "short": self._short,
            "division": self._division,
            "team": self._office,
            "office": self._office,
        }.get(kind, self._station)
        segment = make(head, kind, level, before)
        return None if segment is None or self._is_class(segment) else segment

    def _agency(self, head: Mark, kind: str, level: str, before: int) -> Segment:
        start = self._chain_left(self._systems, head.start)
        if start < head.start and not self._places.ending_at(start, before):
            start = self._name_start(start, before)
        regions, left = self._region_chain(start, before)
        return self._build(kind, level, left, start, head, regions)

    def _branch(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        start = head.start
        if self._is_foreign(start):
            return None
        zone = self._chain_left(self._zones, self._chain_left(self._systems, start))
        place = self._places.ending_at(start, before)
        if zone < start and not (place and place[0] < zone):
            start = zone
        elif place:
            start = place[0]
        else:
            start = self._name_start(start, before)
        if self._text[:start].endswith("公安") and start - 2 >= before and start < head.start:
            start -= 2
        regions, left = self._region_chain(start, before)
        if start == head.start and not regions:
            left, point = self._pointer(start)
            return Segment(kind, level, left, head.end, (), "", head.entry.term, point)
        system = self._chain_left(self._systems, left)
        if system < left and not regions:  # 长航镇江公安分局
            start = left = system
        return self._build(kind, level, left, start, head, regions)

    def _short(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        start = head.start
        place = self._places.ending_at(start + 1, before)
        if place and place[0] < start:  # 乌审旗局, 舒兰市局: the level belongs to the region
            regions, left = self._region_chain(start + 1, before)
            return Segment("short", level, left, head.end, regions, "", head.entry.term[1:])
        if start > before and self._text[start - 1] in "城超都闹夜门菜股各全":
            return None
        return Segment(kind, level, start, head.end, (head.entry.term[:1],), "", head.entry.term[1:])

    def _division(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        start = self._stem_start(head.start, before)
        if start == head.start and self._is_foreign(start):
            return None
        if start == head.start:
            start = self._gap_start(start, before)
        if start == head.start and level in _RANKED:
            place = self._places.ending_at(start, before)
            start = place[0] if place else start
        if start < head.start:
            start = self._gap_start(start, before)
        regions, left = self._region_chain(start, before)
        if start == head.start and not regions:
            left, point = self._pointer(start)
            return Segment(kind, level, left, head.end, (), "", head.entry.term, point)
        return self._build(kind, level, left, start, head, regions)

    def _office(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        stem = self._stem_start(head.start, before)
        function = self._function_at(stem, head.start)
        known = head.entry.term in {"政治部", "政治处"}
        if not known and not function:
            return None
        touching = self._gap_start(stem, before)
        attached = bool(before) and touching == before
        if not attached and not known and not self._stands_alone(head.entry.term, function):
            return None
        start = touching if attached else stem
        regions, left = self._region_chain(start, before)
        return self._build(kind, level, left, start, head, regions)

    @staticmethod
    def _stands_alone(head: str, function: str) -> bool:
        """Return whether function and head name a police office with nothing before them."""
        fits = function in _OFFICE_OF.get(head, (function,))
        return fits and function not in _WEAK_FUNCTIONS and head not in _HIGH_HEADS

    def _station(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        stem = self._stem_start(head.start, before)
        start = self._gap_start(stem, before)
        if start == stem:
            place = self._places.ending_at(stem, before)
            start = place[0] if place else self._name_start(stem, before)
        regions, left = self._region_chain(start, before)
        if self._text[start : head.start] in self._generic:
            return None
        if start == head.start and not regions:
            left, point = self._pointer(start)
            return Segment(kind, level, left, head.end, (), "", head.entry.term, point)
        return self._build(kind, level, left, start, head, regions)

    def _alias(self, mark: Mark) -> Segment | None:
        if self._text.startswith(_NOT_AFTER["公安"], mark.end):
            return None
        place = self._places.ending_at(mark.start, 0)
        if not place:
            return None
        regions, left = self._region_chain(mark.start, 0)
        system = self._chain_left(self._systems, left)
        if system < left:  # 长航镇江公安
            regions, left = (self._text[system:left] + regions[0], *regions[1:]), system
        return Segment("alias", "", left, mark.end, regions, "", mark.entry.term)

    def _build(
        self, kind: str, level: str, left: int, start: int, head: Mark, regions: tuple[str, ...]
    ) -> Segment:
        stem = self._text[start : head.start]
        function = self._function_at(start, head.start)
        return Segment(
            kind, level, left, head.end, regions, stem, head.entry.term, function=function
        )

    def _is_class(self, segment: Segment) -> bool:
        """Return whether 各, 全市, 基层 … before it make it a class of units, not one."""
        before = self._text[max(0, segment.start - 3) : segment.start]
        return not segment.pointer and before.endswith(tuple(self._generic))

    # -- leftwards --------------------------------------------------------------------------

    def _stem_start(self, end: int, before: int) -> int:
        """Return where functions and numbers that touch ``end`` begin (反恐怖和特巡警, 刑侦一)."""
        start = end
        while True:
            number = _NUMBER.search(self._text, max(before, start - 6), start)
            function = self._chain_left(self._functions, start)
            if function < start:
                start = max(function, before)
            elif number and start == end:
                start = number.start()
            elif start < end and self._text[start - 1 : start] in ("和", "与", "及"):
                joined = self._chain_left(self._functions, start - 1)
                if joined == start - 1 or joined < before:
                    return start
                start = joined
            else:
                return start

    def _chain_left(self, by_end: dict[int, int], end: int) -> int:
        return by_end.get(end, end)

    def _function_at(self, start: int, end: int) -> str:
        terms = lexicon().terms("unit.function")
        for cut in range(start, end):
            if self._text[cut:end] in terms:
                return terms[self._text[cut:end]]
        return next((terms[t] for t in _prefixes(self._text[start:end]) if t in terms), "")

    def _gap_start(self, end: int, before: int) -> int:
        """Return ``before`` if what stands between it and ``end`` can be a name, else ``end``."""
        gap = self._text[before:end]
        if gap.count("“") != gap.count("”"):
            return end
        if not before or not gap or len(gap) > _LONGEST_NAME or _NO_NAME.search(gap):
            return end
        if gap in self._stops:
            return end
        if self._places.is_name(gap) or gap in self._levels:
            return before
        return end if self._holds_stop(gap) else before

    def _name_start(self, end: int, before: int) -> int:
        """Return where a name of unknown extent that touches ``end`` begins."""
        window = self._text[max(before, end - _WINDOW) : end]
        if window.endswith("”"):
            quote = self._text.rfind("“", max(before, end - 12), end)
            return quote if quote >= 0 else end
        match = _HAN.search(window)
        if not match:
            return end
        words = list(tagged(match[0]))
        start = end
        while words:
            word, tag = words.pop()
            if end - start + len(word) > _LONGEST_NAME:
                break
            if self._stops_name(word, tag):
                start = self._over_stop(word, words, start, end)
                break
            if start < end and self._after_region(start, before):
                break
            start -= len(word)
        start = self._without_preposition(start, end)
        return end if end - start < 2 or self._text[start:end] in self._generic else start

    def _over_stop(self, word: str, words: list[tuple[str, str]], start: int, end: int) -> int:
        """Return where a name begins that holds a stop word: 朱日|和, 乐|从, 和平."""
        if start == end and word in self._stops and len(word) > 1:
            return start
        for begin in (start - len(word), start - len(word) - len(words[-1][0]) if words else start):
            if begin < start and self._places.is_name(self._text[begin:end]):
                return begin
        return start

    def _without_preposition(self, start: int, end: int) -> int:
        """Return ``start`` behind a preposition that the segmenter glued to an unknown name."""
        glued = self._text[start : start + 1] in "由与和同及向对在于从到把将被让为以"
        first = next((word for word, _ in tagged(self._text[start:end])), "")
        if glued and end - start > 2 and not known(first) and not self._places.is_name(first):
            return start + 1
        return start

    def _after_region(self, start: int, before: int) -> bool:
        """Return whether an official region name ends at ``start``: what follows is a new name."""
        place = self._places.ending_at(start, before)
        return place is not None and place[1][-1] in "省市县旗区州盟镇乡" and len(place[1]) > 2

    def _stops_name(self, word: str, tag: str) -> bool:
        if word in self._stops or word in self._generic or word in self._points:
            return True
        # A sign alone is often part of a name that the segmenter does not know (隆盛|合, 右|所).
        return tag[0] in "pc" if len(word) == 1 else tag == "v" or tag[0] in "pcudrytmqli"

    def _holds_stop(self, gap: str) -> bool:
        if any(stop in gap for stop in self._stops if len(stop) > 1):
            return True
        return any(word in self._stops for word, _ in tagged(gap))

    def _region_chain(self, end: int, before: int) -> tuple[tuple[str, ...], int]:
        """Return the regions that touch ``end`` on the left, outermost first, and their start."""
        forms: list[str] = []
        start = end
        while (place := self._places.ending_at(start, before)) is not None:
            forms.insert(0, place[1])
            start = place[0]
        if not forms:
            for level in ("自治区", "地区", *self._levels):
                begin = end - len(level)
                if begin >= before and self._text[begin:end] == level:
                    return self._level_chain(level, begin, before)
        return tuple(forms), start

    def _level_chain(self, level: str, begin: int, before: int) -> tuple[tuple[str, ...], int]:
        """Return a region without an entry (a name + 县) or a bare level (县公安局)."""
        word, tag = (tagged(self._text[max(before, begin - 6) : begin]) or [("", "x")])[-1]
        if word and _HAN.search(word) and tag in ("ns", "nr", "nz", "nrt", "nrfg") and len(word) > 1:
            return (word + level,), begin - len(word)
        return (level,), begin

    def _pointer(self, start: int) -> tuple[int, str]:
        for point in self._points:
            if self._text[:start].endswith(point):
                return start - len(point), point
        return start, ""

    def _is_foreign(self, end: int) -> bool:
        """Return whether a body that is not police (消防救援, 生态环境局) stands before ``end``."""
        if self._text[:end].endswith("局") and not self._text[:end].endswith("公安局"):
            return not self._text[:end].endswith(("市局", "县局", "旗局", "分局", "盟局", "区局", "州局", "我局", "该局"))
        return end in self._foreign

    # -- names ------------------------------------------------------------------------------

    def _join(self, segments: Sequence[Segment]) -> list[UnitName]:
        chains: list[list[Segment]] = []
        for segment in segments:
            last = chains[-1][-1] if chains else None
            touches = last is not None and last.end == segment.start and not last.pointer
            if touches and not segment.pointer and _may_follow(last, segment):
                chains[-1].append(segment)
            elif segment.head not in _HIGH_HEADS and not self._is_quoted(segment):
                chains.append([segment])
        return [UnitName(chain[0].start, chain[-1].end, tuple(chain)) for chain in chains]

    def _is_quoted(self, segment: Segment) -> bool:
        """Return whether a bare office stands in quotes by itself: 操场秒变“指挥中心”."""
        if segment.kind not in ("office", "post") or not self._text.startswith("”", segment.end):
            return False
        return "“" in self._text[max(0, segment.start - 8) : segment.start].rpartition("”")[2]

    def _elided(self, names: Sequence[UnitName]) -> list[UnitName]:
        """Return list items that share the head of the name after them: 莲花、王窑派出所."""
        found: list[UnitName] = []
        ends = {name.end: name for name in names}
        for name in names:
            if len(name.segments) > 1 or not name.segments[0].stem:
                continue
            at, item = name.start, name.segments[0]
            while at > 0 and self._text[at - 1] in "、和及与":
                part = self._item(at - 1, item, ends)
                if part is None:
                    break
                found.append(part)
                at = part.start
        return found

    def _item(self, end: int, model: Segment, ends: dict[int, UnitName]) -> UnitName | None:
        """Return the list item that ends at ``end`` read with the head of ``model``."""
        if end in ends:
            return None
        before = max((at for at in ends if at < end), default=0)
        if model.function and model.kind in ("division", "office"):
            start = self._stem_start(end, before)
        else:
            place = self._places.ending_at(end, before)
            start = place[0] if place else self._name_start(end, before)
            if not place and not self._places.is_name(self._text[start:end]):
                if self._text[end] != "、" or not 2 <= end - start <= 5:
                    return None
        if not 2 <= end - start <= _LONGEST_NAME or model.kind == "facility":
            return None
        stem = self._text[start:end]
        segment = replace(
            model, start=start, end=end, stem=stem, regions=(), function=self._function_at(start, end)
        )
        parent = ends.get(start)
        if parent is not None and not parent.segments[0].pointer:
            return UnitName(parent.start, end, (*parent.segments, segment), elided=True)
        if start > 0 and self._text[start - 1] not in "、，。；：和及与由对在“（ \n由向会合同织" and not place_before(
            self._text, start, self._stops
        ):
            return None
        return UnitName(start, end, (segment,), elided=True)


def place_before(text: str, start: int, stops: dict[str, str]) -> bool:
    """Return whether the word before ``start`` is one that a name can follow."""
    return any(text[max(0, start - size) : start] in stops for size in (1, 2, 3, 4))


def parse(name: str, places: Places) -> UnitName | None:
    """Return the one unit name that covers ``name`` whole, or None."""
    grammar = UnitGrammar(name, lexicon().marks(name), places)
    return next((n for n in grammar.names() if (n.start, n.end) == (0, len(name))), None)


_RANK: Final = {
    "agency": 0,
    "short": 0,
    "alias": 0,
    "branch": 1,
    "border": 2,
    "division": 2,
    "facility": 3,
    "office": 3,
    "station": 3,
    "team": 4,
    "post": 4,
    "association": 4,
}


def _may_follow(upper: Segment, lower: Segment) -> bool:
    """Return whether ``lower`` can be a part of ``upper``: an agency never follows a division."""
    if lower.kind == "agency":
        return upper.kind == "agency"
    if lower.head in _HIGH_HEADS:
        return _RANK[upper.kind] <= 1
    return _RANK[lower.kind] >= min(_RANK[upper.kind], 2) or lower.kind == "office"


def _covers(outer: UnitName, inner: UnitName) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer is not inner


def _longest(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks that no longer mark covers or starts before and cuts."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.end > kept[-1].end and mark.end - mark.start > kept[-1].end - kept[-1].start:
            kept[-1] = mark
    return kept


def _by_end(marks: Sequence[Mark]) -> dict[int, int]:
    """Return for each end the start of the longest mark that ends there."""
    table: dict[int, int] = {}
    for mark in marks:
        table[mark.end] = min(mark.start, table.get(mark.end, mark.start))
    return table


def _prefixes(text: str) -> list[str]:
    return [text[:size] for size in range(len(text), 0, -1)]
