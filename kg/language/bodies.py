"""The grammar of organisations that are not police: [regions or level] [name] function head.

Like unit names they are read from their heads leftwards, and segments that touch make one name
(X市中级人民法院|Y法庭, 中国农业银行|X县支行).
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NameReader
from kg.language.regions import Places
from kg.language.text import Span
from kg.language.tokens import Tokens

_LONGEST_FUNCTION: Final = 14
_LEVEL: Final = re.compile(r"(?:自治区|苏木|街道|嘎查|社区|开发区|高新区|[省市州盟县旗区镇乡村])$")
_NUMBER: Final = re.compile(r"第?[一二三四五六七八九十\d]{1,3}$")
_BRACKET: Final = re.compile(r"（[^（）\n]{1,8}）$")
_NAMED_KINDS: Final = frozenset({"firm", "association", "institute", "brigade", "media", "centre"})
_JOINT: Final = re.compile(
    r"(?:联合|会同|协同|携手|配合|协助|邀请|对接|商请|函告|移送|移交|联动|联系|与|和|及|同|由|向|请|经|受|、|以及|被)$"
)


@dataclass(frozen=True, slots=True)
class BodySegment:
    """One step of a body's name; ``prefixed`` if region, level or name stand before its head."""

    start: int
    end: int
    kind: str
    head: str
    prefixed: bool
    function: bool


@dataclass(frozen=True, slots=True)
class BodyName:
    """The name of an organisation in a text."""

    start: int
    end: int
    segments: tuple[BodySegment, ...]
    bare: bool

    @property
    def kind(self) -> str:
        """Return what the organisation is: government, bureau, court, firm …"""
        return self.segments[0].kind


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
        self._taken = taken
        self._taken_ends = {span.end for span in taken}
        self._places: dict[int, int] = {}
        for span in located:
            self._places[span.end] = min(span.start, self._places.get(span.end, span.start))
        self._reader = NameReader(text, tokens, places)
        terms = lexicon().terms
        self._functions = terms("name.function")
        self._unnamed = terms("name.unnamed")

    def names(self) -> list[BodyName]:
        """Return the names in order of place."""
        names = [self._name(chain) for chain in self._chains()]
        return [name for name in names if name is not None]

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
        for mark in _outermost([*self._marked.get("org.head", []), *self._marked.get("org.brand", [])]):
            segment = self._segment(mark, before)
            if segment is not None:
                before = segment.end
                yield segment

    def _segment(self, mark: Mark, before: int) -> BodySegment | None:
        if self._is_taken(mark.start, mark.end) or not self._tokens.is_edge(mark.end):
            return None
        if mark.entry.klass == "org.brand":
            if not self._tokens.is_edge(mark.start):
                return None
            return BodySegment(mark.start, mark.end, "brand", mark.entry.term, True, False)
        floor = max(before if before <= mark.start else 0, self._taken_before(mark.start))
        kind = mark.entry.value
        core = self._function_start(mark.start, floor)
        start = self._prefix_start(core, floor, kind)
        if start != floor and start in self._taken_ends:
            return None
        return BodySegment(start, mark.end, kind, mark.entry.term, start < core, core < mark.start)

    def _function_start(self, end: int, floor: int) -> int:
        """Return where the functions and numbers before a head begin (林业和草原|局)."""
        start = end
        while True:
            step = self._one_function(start, floor)
            if step == start and start < end and self._text[start - 1 : start] in ("和", "与", "及"):
                step = self._one_function(start - 1, floor)
                step = start if step == start - 1 else step
            if step == start:
                break
            start = step
        number = _NUMBER.search(self._text, max(floor, start - 4), start)
        return number.start() if number and self._text[number.start()] == "第" else start

    def _one_function(self, end: int, floor: int) -> int:
        for size in range(min(_LONGEST_FUNCTION, end - floor), 1, -1):
            if self._text[end - size : end] in self._functions:
                return end - size
        return end

    def _prefix_start(self, core: int, floor: int, kind: str) -> int:
        """Return where region, level or proper name before the core begin."""
        bracket = _BRACKET.search(self._text, max(floor, core - 10), core)
        if bracket and bracket.start() > floor:
            return self._prefix_start(bracket.start(), floor, kind)
        chain = self._chain_start(core, floor)
        if chain < core:
            return chain
        level = _LEVEL.search(self._text, max(floor, core - 3), core)
        if level and self._is_level(level.start(), level.end(), floor):
            return level.start()
        if kind not in _NAMED_KINDS:
            return core
        start = self._reader.start(core, floor, 16)
        start = self._from_region(start, core)
        if self._is_generic(self._text[start:core]):
            return core
        return self._chain_start(start, floor)

    def _chain_start(self, end: int, floor: int) -> int:
        """Return where the places that touch ``end`` begin."""
        start = end
        while (begin := self._places.get(start)) is not None and begin >= floor:
            start = begin
        return start

    def _from_region(self, start: int, end: int) -> int:
        """Return where the last chain of places inside a reading begins: …|通辽市丰沃种业."""
        inside = [(e, s) for e, s in self._places.items() if start < s and e < end]
        if not inside:
            return start
        return start

    def _is_level(self, start: int, end: int, floor: int) -> bool:
        """Return whether 县, 旗 … stand for themselves: no 辖|区, no 城|镇."""
        if start <= floor or not self._tokens.is_edge(start):
            return start == floor or self._text[start - 1] in "，。、；：“（ \n会同合与和及向由"
        return True

    def _is_generic(self, stem: str) -> bool:
        if len(stem) < 2 or stem in self._unnamed or stem in self._functions:
            return True
        return any(
            stem[:size] in self._unnamed and self._is_generic(stem[size:])
            for size in range(len(stem) - 1, 0, -1)
        )

    # -- names ------------------------------------------------------------------------------

    def _name(self, chain: tuple[BodySegment, ...]) -> BodyName | None:
        first = chain[0]
        start, end = first.start, chain[-1].end
        if self._is_class(start):
            return None
        if first.prefixed and first.kind != "brand":
            if first.kind in ("bureau", "centre") and not first.function and len(chain) == 1:
                if len(first.head) < 3:
                    return None
            return BodyName(start, end, chain, bare=False)
        if first.kind == "brand":
            return BodyName(start, end, chain, bare=len(chain) == 1)
        joint = _JOINT.search(self._text, max(0, start - 3), start)
        if joint and (first.function or len(first.head) > 3) and first.kind != "firm":
            return BodyName(start, end, chain, bare=True)
        return None

    def _is_class(self, start: int) -> bool:
        before = self._text[max(0, start - 3) : start]
        return before.endswith(("各", "多个", "多家", "有关", "相关", "所有", "每个", "全市", "全县", "全旗", "基层", "各级", "各地", "等"))

    # -- what is taken ----------------------------------------------------------------------

    def _is_taken(self, start: int, end: int) -> bool:
        return any(span.start < end and start < span.end for span in self._taken)

    def _taken_before(self, start: int) -> int:
        return max((span.end for span in self._taken if span.end <= start), default=0)


def _outermost(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks that no other covers, in order of place."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.end > kept[-1].end:
            kept.append(mark)
    return kept
