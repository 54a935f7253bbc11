"""Where the heads of activity names stand (活动, 检查, 座谈会) and where quoted formulas do."""

import bisect
import functools
import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from kg.language.activity_signs import (
    AND,
    CLOSED,
    END,
    SUFFIX,
    TAILS,
    openings,
    rejoin,
    stops,
)
from kg.language.lexicon import Mark, lexicon
from kg.records import record

_GAP: Final = 6
# 打击治理|电信网络诈骗犯罪|集中宣传活动: what a deed is against may be longer
_AGAINST: Final = re.compile(r"[一-鿿]{2,12}(?:犯罪|诈骗)(?:集中|专项|主题|系列)?")
_END_OR_FORMULA: Final = re.compile(f"[{END}“《]")
_LONGEST_TAIL: Final = 4
# Verbs behind a quoted day that go on in its name: “5·15”打击|和防范经济犯罪宣传日.
BARE_DEEDS: Final = ("”打击", "”整治", "”防范", "”预防")


@record
class Phrase:
    """A noun phrase that may name an activity; ``head`` is its last head term, "" if it has none."""

    start: int
    end: int
    head: str = ""
    kind: str = ""
    noun: bool = False
    quoted: bool = False


@record
class Head:
    """A head with the end of its phrase; ``noun`` if it is an event noun, not a verb used as one."""

    mark: Mark
    noun: bool
    stop: int


class Heads:
    """The heads and the quoted formulas of one folded text."""

    def __init__(self, text: str, marks: Mapping[str, Sequence[Mark]], edges: Set[int]) -> None:
        """Take the marks of ``text`` and the ends of names that no phrase runs over."""
        self._text = rejoin(text)
        self._edges = edges
        self._open: dict[int, int] = {}
        self._close: dict[int, int] = {}
        for match in CLOSED.finditer(self._text):
            self._open[match.start()] = match.end()
            self._close[match.end()] = match.start()
        self._starts = sorted(self._open)
        self._inside = bytearray(len(text) + 1)  # 1 behind the first sign of a formula
        for start, end in self._open.items():
            self._inside[start + 1 : end] = b"\1" * (end - start - 1)
        self._heads: dict[int, tuple[Mark, bool]] = {}
        for klass in ("act.deed", "act.head"):
            for mark in marks.get(klass, ()):
                kept = self._heads.get(mark.end)
                if kept is None or kept[0].start >= mark.start:
                    self._heads[mark.end] = (mark, klass == "act.head")
        self._order = sorted(self._heads)

    def head_ends(self) -> list[tuple[Mark, bool]]:
        """Return the heads, the longest for each end, and whether each is an event noun."""
        return [self._heads[end] for end in self._order]

    def inside(self, offset: int) -> bool:
        """Return whether ``offset`` lies within a quoted or bracketed formula."""
        return self._inside[offset] == 1

    def _holds_formula(self, begin: int, end: int) -> bool:
        return bisect.bisect_left(self._starts, begin) < bisect.bisect_left(self._starts, end)

    def _limit(self, start: int) -> int:
        found = _END_OR_FORMULA.search(self._text, start)
        while found is not None:
            at = found.start()
            if found[0] in END:
                return at
            found = _END_OR_FORMULA.search(self._text, self._open.get(at, at + 1))
        return max(start, len(self._text))

    def _chain(self, start: int, end: int, *, named: bool = False) -> Head | None:
        """Return the last of the heads that follow each other from ``start``."""
        best: Head | None = None
        for at in self._ends(start, end):
            mark, noun = self._heads[at]
            if mark.start < start or self.inside(mark.start):
                continue
            apart = best is not None and mark.start > best.stop
            if best is not None and apart and not self._continues(best.stop, mark.start):
                break
            if best is not None and apart and best.mark.entry.value == "meeting":
                break
            stop = self._with_work(at)
            named_head = noun and (named or self._holds_formula(start, stop))
            if not self.is_swallowed(stop, named=named_head):
                best = Head(mark, noun, stop)
            elif not apart:
                best = None
        return best

    def _ends(self, start: int, end: int) -> list[int]:
        """Return where heads end behind ``start``, ``end`` included."""
        first = bisect.bisect_right(self._order, start)
        return self._order[first : bisect.bisect_right(self._order, end)]

    def _continues(self, left: int, right: int) -> bool:
        gap = self._text[left:right]
        gap = CLOSED.sub("", gap) if "”" in gap or "》" in gap else gap
        if self._text.endswith(BARE_DEEDS, 0, left):
            gap = gap[gap.startswith(tuple(AND)) :]
        if "、" in gap or gap.startswith(tuple(AND)):
            return False
        short = len(gap) <= _GAP or _AGAINST.fullmatch(gap) is not None
        return short and not stops().search(gap)

    def _with_work(self, end: int) -> int:
        """Return ``end`` moved over a noun that stands behind a deed (…工作, 调解|会, 教育|课)."""
        if self._text[end : end + 1] not in _work_signs():
            return end
        suffixed = SUFFIX.match(self._text, end)
        if suffixed:
            return suffixed.end()
        for term in lexicon().terms("name.act-work"):
            if self._text.startswith(term, end):
                return end + len(term)
        return end

    def is_swallowed(self, end: int, *, named: bool = False) -> bool:
        """Return whether the head that ends here belongs to a longer noun (检查|站, 服务|水平).

        What came of a ``named`` campaign does not swallow its name (“净网”专项行动|战果).
        """
        if self._text[end : end + 1] not in _tail_signs():
            return False
        rest = self._text[end : end + _LONGEST_TAIL]
        if rest.startswith("措施") and self._text.endswith(measures(), 0, end):
            return False  # 采取临时交通管制|措施
        if _begins(rest, "name.act-no-tail") or (named and _begins(rest, "name.act-outcome")):
            return False
        return rest[0] in TAILS or _begins(rest, "name.act-tail")

    def _is_inner(self, end: int) -> bool:
        """Return whether a further head continues this one (宣传|活动)."""
        return any(
            mark.start <= end < mark.end
            for at in range(end + 1, end + 7)
            if (mark := self._heads[at][0] if at in self._heads else None) is not None
        )

    def _phrase(self, begin: int, head: Head) -> Phrase:
        if self._text.startswith("暨", head.stop):  # 颁奖仪式|暨警营开放日
            head = self._chain(head.stop + 1, self._limit(head.stop)) or head
        quoted = self._holds_formula(begin, head.stop)
        term, kind = head.mark.entry.term, head.mark.entry.value
        return Phrase(begin, head.stop, term, kind, head.noun, quoted)


@functools.cache
def _tail_signs() -> frozenset[str]:
    """Return the signs that what swallows a head begins with."""
    return TAILS | openings("name.act-tail")


@functools.cache
def measures() -> tuple[str, ...]:
    """Return what the heads end in that are measures: 临时交通管制."""
    return tuple(lexicon().terms("name.act-measure"))


@functools.cache
def _work_signs() -> frozenset[str]:
    """Return the signs that a noun behind a deed begins with."""
    return openings("name.act-work") | {"会", "课"}


def _begins(text: str, klass: str) -> bool:
    terms = lexicon().terms(klass)
    return text[:2] in terms or text[:3] in terms or text[:_LONGEST_TAIL] in terms
