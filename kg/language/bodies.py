"""The grammar of organisations that are not police: [regions or level] [name] function head.

Like unit names they are read from their heads leftwards, and segments that touch make one name
(X市中级人民法院|Y法庭, 中国农业银行|X县支行).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NameReader
from kg.language.regions import Places
from kg.language.taken import Taken
from kg.language.text import Span
from kg.language.tokens import Tokens
from kg.language.words import known

_LONGEST_FUNCTION: Final = 14
_LONGEST_NAME: Final = 16
_LONGEST_GAP: Final = 8
_LEVEL: Final = re.compile(r"国家|自治区|苏木|街道|嘎查|社区|开发区|高新区|[省市州盟县旗区镇乡]委|[省市州盟县旗区镇乡村]")
_LAST_LEVEL: Final = re.compile(rf"(?:{_LEVEL.pattern})$")
_NUMBER: Final = re.compile(r"第?[一二三四五六七八九十\d]{1,3}$")
_BRACKET: Final = re.compile(r"（[^（）\n]{1,8}）$")
_GAP: Final = re.compile(r"[一-鿿·〇0-9A-Za-z“”]+")
# Kinds that bear a name of their own; a bureau or court has only its region.
_NAMED_KINDS: Final = frozenset(
    {"firm", "association", "institute", "brigade", "media", "committee"}
)
_NAMED_HEADS: Final = re.compile(r"(?:站|所|段|海事处|海关|联合社)$")
_PARTY: Final = re.compile(r"党支部|党总支|党委|党组织|党组")
# Heads that name nothing with a region alone: X县局, X县中心; a customs house needs no more.
_NEEDS_FUNCTION: Final = frozenset(
    "局 厅 办 处 署 部 委 所 站 科 股 队 段 中心 大队 支队 中队 总队 分队 分局 委员会 办公室 指挥部 管理局 总局 总站 管理处 服务中心 管理中心 领导小组".split()
)
_BY_FUNCTION: Final = frozenset({"bureau", "centre", "brigade"})
_JOINT: Final = re.compile(
    r"(?:联合|会同|协同|携手|配合|协助|邀请|对接|商请|函告|移送|移交|联动|联系|与|和|及|同|由|向|请|经|受|、|以及|被)$"
)
_COMMITTEES: Final = frozenset({"省委", "市委", "县委", "旗委", "区委", "盟委", "州委", "地委", "镇委"})
_POSTS: Final = ("会长", "院长", "校长", "所长", "主任", "书记", "秘书长", "董事长", "经理", "站长", "厂长", "社长", "主席")
_STAFF: Final = (
    "，", "。", "、", "；", "）", "\n", "工作人员", "员工", "职工", "队员", "志愿者", "负责人", "柜员", "网点", "经理", "客户经理", "大堂",
)
_CLASS: Final = (
    "各|各级|各地|多个|多家|多|两|有关|相关|所有|每个|全市|全县|全旗|全区|全省|基层|其他|外地|当地|属地|一|几|某|个|家"
).split("|")


@dataclass(frozen=True, slots=True)
class BodySegment:
    """One step of a body's name; ``prefixed`` if region, level or name stand before its head."""

    start: int
    end: int
    kind: str
    flag: str
    head: str
    prefixed: bool
    function: bool


@dataclass(frozen=True, slots=True)
class BodyName:
    """The name of an organisation in a text; ``bare`` if nothing but its head stands there."""

    start: int
    end: int
    segments: tuple[BodySegment, ...]
    bare: bool

    @property
    def kind(self) -> str:
        """Return what the organisation is: government, bureau, court, firm …"""
        return self.segments[-1].kind


class BodyGrammar:
    """Finds the names of organisations in one folded text."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        marked: dict[str, list[Mark]],
        taken: Sequence[Span],
        located: Sequence[Span],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._marked = marked
        self._taken = Taken(len(text), taken)
        self._places: dict[int, int] = {}
        for span in located:
            self._places[span.end] = min(span.start, self._places.get(span.end, span.start))
        self._reader = NameReader(text, tokens, places)
        terms = lexicon().terms
        self._functions = terms("name.function")
        self._unnamed = terms("name.unnamed")

    def names(self) -> list[BodyName]:
        """Return the names in order of place."""
        found = [self._name(chain) for chain in self._chains()]
        names = [name for name in found if name is not None]
        return [*names, *self._repeats(names)]

    def _repeats(self, names: Sequence[BodyName]) -> Iterator[BodyName]:
        """Yield later mentions of the last step of a name alone: …生态环境局|洱源分局, 海事处."""
        for name in names:
            last = name.segments[-1]
            if len(name.segments) < 2 or not (last.prefixed or last.function):
                continue
            form = self._text[last.start : last.end]
            for match in re.finditer(re.escape(form), self._text[name.end :] if len(form) > 2 else ""):
                start, end = name.end + match.start(), name.end + match.end()
                if not any(other.start < end and start < other.end for other in names):
                    yield BodyName(start, end, (replace(last, start=start, end=end),), bare=True)

    # -- segments ---------------------------------------------------------------------------

    def _chains(self) -> Iterator[tuple[BodySegment, ...]]:
        chain: list[BodySegment] = []
        for segment in self._segments():
            if chain and segment.start != chain[-1].end:
                yield tuple(chain)
                chain = []
            chain.append(segment)
        if chain:
            yield tuple(chain)

    def _segments(self) -> Iterator[BodySegment]:
        before = 0
        marks = [*self._marked.get("org.head", []), *self._marked.get("org.brand", [])]
        for mark in _outermost(marks):
            if self._is_bracketed(mark):
                continue
            segment = self._segment(mark, before if before <= mark.start else 0)
            if segment is not None:
                before = segment.end
                yield segment

    def _segment(self, mark: Mark, before: int) -> BodySegment | None:
        if self._taken.touches(mark.start, mark.end) or not self._ends_well(mark):
            return None
        kind, _, flag = mark.entry.value.partition(":")
        floor = max(before, self._taken.end_before(mark.start))
        if mark.entry.klass == "org.brand":
            start = self._brand_start(mark.start, floor)
            return BodySegment(start, mark.end, "brand", flag, mark.entry.term, True, False)
        core = self._function_start(mark.start, floor)
        start = self._prefix_start(core, floor, mark)
        if before and start > before:
            start = self._over_gap(start, before)
        if start in self._taken.ends:
            return None
        named, does = start < core, core < mark.start
        return BodySegment(start, mark.end, kind, flag, mark.entry.term, named, does)

    def _brand_start(self, end: int, floor: int) -> int:
        """Return where the regions or the level before a brand begin: 市|蓝天救援队."""
        start = self._chain_start(end, floor)
        level = end - 1 >= floor and self._text[end - 1] in "市县区旗" and self._is_level(end - 1)
        return end - 1 if start == end and level else start

    def _is_bracketed(self, mark: Mark) -> bool:
        """Return whether brackets hold just the head: X（集团）有限公司."""
        around = self._text[mark.start - 1 : mark.start] + self._text[mark.end : mark.end + 1]
        return around == "（）"

    def _function_start(self, end: int, floor: int) -> int:
        """Return where the functions and numbers before a head begin (林业和草原|局)."""
        start = end
        while start not in self._places:  # 宏村镇|政府 is no 村镇 + 政府
            step = self._step(start, floor, joins=start < end)
            if step == start:
                break
            start = step
        number = _NUMBER.search(self._text, max(floor, start - 4), start)
        return number.start() if number and number[0].startswith("第") else start

    def _step(self, end: int, floor: int, *, joins: bool) -> int:
        """Return where one more function that ends at ``end`` begins, over an inner 和 too."""
        for size in range(min(_LONGEST_FUNCTION, end - floor), 1, -1):
            if self._text[end - size : end] in self._functions:
                return end - size
        if joins and end > floor and self._text[end - 1] in "和与及":
            step = self._step(end - 1, floor, joins=False)
            return end if step == end - 1 else step
        return end

    def _prefix_start(self, core: int, floor: int, mark: Mark) -> int:
        """Return where region, level or proper name before the core begin."""
        bracket = _BRACKET.search(self._text, max(floor, core - 10), core)
        if bracket and bracket.start() > floor:
            core = bracket.start()
        chain = self._chain_start(core, floor)
        if chain == core:
            chain = self._chain_into(mark, floor)
        if chain < core:
            return chain
        start = self._reader.start(core, floor, _LONGEST_NAME)
        level = _LEVEL.match(self._text, start, core)
        if level and self._is_level(level.start()):
            return start
        level = _LAST_LEVEL.search(self._text, max(floor, core - 3), core)
        if level and self._is_level(level.start()):
            return self._chain_start(level.start(), floor)
        chain = self._chain_start(start, floor)
        if chain < start or self._starts_with_region(start, core):
            return chain
        named = mark.entry.value.partition(":")[0] in _NAMED_KINDS or _NAMED_HEADS.search(mark.entry.term)
        return start if named and not self._is_generic(self._text[start:core]) else core

    def _starts_with_region(self, start: int, core: int) -> bool:
        return any(begin == start and end <= core for end, begin in self._places.items())

    def _chain_into(self, mark: Mark, floor: int) -> int:
        """Return the start of a place that shares its last signs with the head: 玉合村|委会."""
        for end in range(mark.start + 1, mark.end):
            begin = self._places.get(end)
            if begin is not None and floor <= begin < mark.start:
                return self._chain_start(begin, floor)
        return mark.start

    def _chain_start(self, end: int, floor: int) -> int:
        """Return where the places that touch ``end`` begin."""
        start = end
        while (begin := self._places.get(start)) is not None and begin >= floor:
            start = begin
        return start

    def _over_gap(self, start: int, before: int) -> int:
        """Return the end of the segment before if a name fills the gap to it: …法院|巴彦高勒|法庭."""
        gap = self._text[before:start]
        if len(gap) > _LONGEST_GAP or not _GAP.fullmatch(gap) or _JOINT.search(gap):
            return start
        return before if self._reader.start(start, before, _LONGEST_GAP) == before else start

    def _is_level(self, start: int) -> bool:
        """Return whether 县, 旗 … stand for themselves: no 辖|区, no 城|镇."""
        word = self._tokens.at(start)
        return word.start == start or not known(word.text)

    def _is_generic(self, stem: str) -> bool:
        return len(stem) < 2 or self._is_made_of_generic(stem)

    def _is_made_of_generic(self, stem: str) -> bool:
        plain = stem in self._unnamed or stem in self._functions
        return plain or any(
            (stem[:size] in self._unnamed or stem[:size] in self._functions)
            and self._is_made_of_generic(stem[size:])
            for size in range(len(stem) - 1, 0, -1)
        )

    def _ends_well(self, mark: Mark) -> bool:
        """Return whether a head is a word or ends one: no 局|面, no 办|理."""
        last = self._tokens.at(mark.end - 1)
        if mark.entry.klass == "org.brand" and not self._tokens.is_edge(mark.start):
            return False
        if last.end != mark.end:  # 协会|会长
            size = mark.end - mark.start
            does = (size > 1 or last.tag == "new") and self._step(mark.start, 0, joins=False) < mark.start
            inside = last.start > mark.start and (does or size > 2 or not known(last.text))
            inside = inside or (does and size == 1 and last.start == mark.start)
            return inside or self._text.startswith(_POSTS, mark.end)
        whole = mark.end - mark.start > 1 or last.start == mark.start
        inside = self._text[last.start : mark.start]
        return whole or inside in self._functions or last.tag in ("nt", "nz", "new", "ns")

    # -- names ------------------------------------------------------------------------------

    def _name(self, chain: tuple[BodySegment, ...]) -> BodyName | None:
        chain = self._without_party(chain)
        first = chain[0]
        before = self._text[max(0, first.start - 2) : first.start]
        opening = self._text[first.start] in "各某该本每"
        opening = opening or (first.head == "政府" and before.endswith(("委、", "委")))  # 县委、县政府
        if opening or before.endswith(tuple(_CLASS)) or self._is_quoted(chain):
            return None
        if first.kind == "brand":
            lone = len(chain) == 1
            if lone and (first.flag or not self._stands_free(first)):
                return None
            return self._made(chain, bare=lone)
        if first.prefixed or (first.head in _COMMITTEES and len(chain) > 1):
            fits = first.function or len(chain) > 1 or first.head not in _NEEDS_FUNCTION
            return self._made(chain, bare=False) if fits else None
        own = first.flag == "own" or self._is_partner(first)
        return self._made(chain, bare=True) if own else None

    @staticmethod
    def _made(chain: tuple[BodySegment, ...], *, bare: bool) -> BodyName:
        return BodyName(chain[0].start, chain[-1].end, chain, bare)

    @staticmethod
    def _without_party(chain: tuple[BodySegment, ...]) -> tuple[BodySegment, ...]:
        """Return a chain without the party branch inside the body: 法院|刑事审判庭|党支部."""
        if len(chain) < 2 or not _PARTY.search(chain[-1].head):
            return chain
        rest = chain[:-1]
        return rest[:-1] if len(rest) > 1 and rest[-1].kind == "court" else rest

    def _is_quoted(self, chain: tuple[BodySegment, ...]) -> bool:
        """Return whether quotes hold the name alone: a figure of speech (“绿色银行”)."""
        start, end = chain[0].start, chain[-1].end
        return self._text[start - 1 : start] == "“" and self._text[end : end + 1] == "”"

    def _stands_free(self, brand: BodySegment) -> bool:
        """Return whether a brand stands for the firm here, and not before a thing (美团|骑手)."""
        partner = _JOINT.search(self._text, max(0, brand.start - 3), brand.start)
        return bool(partner) or self._text.startswith(_STAFF, brand.end)

    def _is_partner(self, first: BodySegment) -> bool:
        """Return whether words like 联合 before a body with a function tell that it is one."""
        joint = _JOINT.search(self._text, max(0, first.start - 3), first.start)
        if joint is None:
            return False
        fits = first.kind in _BY_FUNCTION and first.function
        return fits or (first.kind == "committee" and len(joint[0]) > 1)


def _outermost(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks that no other covers, in order of place."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.end > kept[-1].end:
            kept.append(mark)
    return kept
