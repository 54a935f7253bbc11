"""The grammar of activity names: modifiers, quoted formula, head noun (“…”专项行动, 反诈宣传).

A phrase is read forwards from a verb that introduces it (开展|…) or backwards from its head. Reading
stops at signs and words that no name runs over; quotes and 《》 are passed whole.
"""

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.activity_signs import (
    AFTER_NAME,
    AND,
    CLOSED,
    COUNT_BEFORE,
    END,
    NOT_TAIL,
    PRELUDE,
    SUFFIX,
    TAILS,
    pattern,
    rejoin,
    sign,
    stop_words,
    stops,
)
from kg.language.lexicon import Mark, lexicon
from kg.language.words import tagged

_LONGEST: Final = 26
_GAP: Final = 6
_FORMULA_GAP: Final = 14
_SHORTEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may name an activity; ``head`` is its last head term, "" if it has none."""

    start: int
    end: int
    head: str = ""
    kind: str = ""
    noun: bool = False
    quoted: bool = False


class ActivityGrammar:
    """Reads the activity phrases of one folded text."""

    def __init__(
        self, text: str, marks: Mapping[str, Sequence[Mark]], edges: frozenset[int]
    ) -> None:
        """Take the marks of ``text`` and the ends of names that no phrase runs over."""
        self._text = rejoin(text)
        self._edges = edges
        self._open: dict[int, int] = {}
        self._close: dict[int, int] = {}
        for match in CLOSED.finditer(self._text):
            self._open[match.start()] = match.end()
            self._close[match.end()] = match.start()
        self._starts = sorted(self._open)
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
        index = bisect.bisect_left(self._starts, offset) - 1
        return index >= 0 and offset < self._open[self._starts[index]]

    def _holds_formula(self, begin: int, end: int) -> bool:
        return bisect.bisect_left(self._starts, begin) < bisect.bisect_left(self._starts, end)

    # -- forwards ---------------------------------------------------------------------------

    def after(self, start: int, *, strict: bool = False) -> list[Phrase]:
        """Return the phrases that a verb ending at ``start`` introduces, list items apart.

        ``strict`` is for verbs that take other objects too (组织民警…): nothing between the verb and
        the name may end a phrase.
        """
        prelude = PRELUDE.match(self._text, start)
        begin = prelude.end() if prelude else start
        found: list[Phrase] = []
        pending = begin
        limit = self._limit(begin)
        collective = re.compile(r"等[^，。、]{0,4}服务").search(self._text, begin, limit)
        for left, right, last in self._parts(begin, limit):
            phrase = self._part(pending, right, strict=strict)
            if phrase is None and not strict and not last and left == pending and not collective:
                phrase = self.verbal_at(left)
                phrase = phrase if phrase and phrase.end == right else None
            if phrase is None and not last and left == pending and self._is_formula(left, right):
                pending = self._next_item(right)
                found += [] if strict else [Phrase(left, right, quoted=True)]
            if phrase is None:
                continue
            found.append(phrase)
            pending = self._next_item(right)
            if phrase.end < right:
                break
        return found

    def _next_item(self, right: int) -> int:
        return right + 1 if self._text[right : right + 1] in ("、", *AND) else right

    def _limit(self, start: int) -> int:
        at = start
        while at < len(self._text) and self._text[at] not in END:
            at = self._open.get(at, at + 1)
        return at

    def _parts(self, start: int, limit: int) -> list[tuple[int, int, bool]]:
        """Return the list items between ``start`` and ``limit``: start, end, whether the last."""
        cuts, at = [], start
        while at < limit:
            if self._text[at] == "、" or (self._text[at] in AND and self._joins(at, start)):
                cuts.append((at, at + 1))
            elif at in self._open and at in self._close and at > start:
                cuts.append((at, at))
            at = self._open.get(at, at + 1)
        lefts = [start, *(after for _, after in cuts)]
        rights = [*(before for before, _ in cuts), limit]
        return [
            (left, right, right == limit)
            for left, right in zip(lefts, rights, strict=True)
            if left < right
        ]

    def _joins(self, at: int, start: int) -> bool:
        """Return whether the 和 at ``at`` joins two phrases: a head or a formula stands before it."""
        if at <= start or not (at in self._heads or at in self._close):
            return False
        left = len(CLOSED.sub("xxxx", self._text[start:at]))
        right = re.compile(r"[^，。；、！？\n0-9]*").match(self._text, at + 1)
        # 打击和防范…宣传日 is one name: a bare verb is no item beside a long one.
        return left >= _SHORTEST_NAME or right is None or len(right[0]) <= left + 2

    def _part(self, start: int, end: int, *, strict: bool) -> Phrase | None:
        """Return the phrase at the beginning of one list item, None if it holds no head."""
        chain = self._chain(start, end)
        if chain is None:
            return None
        mark, noun, stop = chain
        begin = self._left_edge(start, mark.start)
        if self._restarts(begin, mark.start, strict=strict):
            return None
        stop = self._with_formula(stop)
        quoted = self._holds_formula(begin, stop)
        return Phrase(begin, stop, mark.entry.term, mark.entry.value, noun, quoted)

    def _with_formula(self, stop: int) -> int:
        """Return the end of the name of a campaign that follows what it is (…整治|“雷霆行动”)."""
        end = self._open.get(stop, stop)
        titled = self._text[stop + 1 : end - 1].endswith(tuple(lexicon().terms("act.title")))
        return end if titled else stop

    def _chain(self, start: int, end: int) -> tuple[Mark, bool, int] | None:
        """Return the last of the heads that follow each other from ``start``, and the phrase's end."""
        best: tuple[Mark, bool, int] | None = None
        for at in self._ends(start, end):
            mark, noun = self._heads[at]
            if mark.start < start or self.inside(mark.start):
                continue
            if (
                best is not None
                and mark.start > best[2]
                and not self._continues(best[2], mark.start)
            ):
                break
            stop = self._with_work(at)
            if self.is_swallowed(stop):
                if best is not None and mark.start <= best[2]:
                    best = None
                continue
            best = (mark, noun, stop)
        return best

    def _ends(self, start: int, end: int) -> list[int]:
        """Return where heads end behind ``start``, ``end`` included."""
        first = bisect.bisect_right(self._order, start)
        return self._order[first : bisect.bisect_right(self._order, end)]

    def _continues(self, left: int, right: int) -> bool:
        gap = self._text[left:right]
        gap = CLOSED.sub("", gap)
        if "、" in gap or gap.startswith(tuple(AND)):
            return False
        return len(gap) <= _GAP and not stops().search(gap)

    def _with_work(self, end: int) -> int:
        """Return ``end`` moved over a noun that stands behind a deed (…工作, 调解|会, 教育|课)."""
        suffixed = SUFFIX.match(self._text, end)
        if suffixed:
            return suffixed.end()
        for term in lexicon().terms("act.work"):
            if self._text.startswith(term, end):
                return end + len(term)
        return end

    def is_swallowed(self, end: int) -> bool:
        """Return whether the head that ends here belongs to a longer noun (检查|站, 服务|水平)."""
        rest = self._text[end : end + 4]
        if rest.startswith(NOT_TAIL):
            return False
        return rest[:1] in TAILS or pattern("act.tail").match(self._text, end) is not None

    def _left_edge(self, start: int, head: int) -> int:
        """Return where the phrase begins: behind the last 的 outside quotes."""
        begin, at = start, start
        while at < head:
            if at in self._open:
                at = self._open[at]
                continue
            if self._text[at] == "的":
                begin = at + 1
            at += 1
        return begin

    def _restarts(self, begin: int, head: int, *, strict: bool) -> bool:
        """Return whether another verb stands outside quotes between ``begin`` and ``head``."""
        breaks = stops() if strict else pattern("act.restart")
        return any(
            not self.inside(match.start()) for match in breaks.finditer(self._text, begin, head)
        )

    def _is_formula(self, left: int, right: int) -> bool:
        return self._open.get(left) == right and self._text[left] == "“"

    def formula_at(self, start: int) -> Phrase | None:
        """Return the quoted formula that stands for a name where a verb ends (开展|“…”，)."""
        prelude = PRELUDE.match(self._text, start)
        begin = prelude.end() if prelude else start
        end = self._open.get(begin)
        if end is None or self._text[begin] != "“" or not AFTER_NAME.match(self._text, end):
            return None
        stop = self._with_work(end)
        return None if self.is_swallowed(stop) else Phrase(begin, stop, quoted=True)

    def verbal_at(self, start: int) -> Phrase | None:
        """Return a phrase without a known head that ends in a verb used as noun (证件|代办)."""
        prelude = PRELUDE.match(self._text, start)
        begin = prelude.end() if prelude else start
        limit = self._limit(begin)
        listed = self._text.find("、", begin, limit)
        stop = stops().search(self._text, begin, limit)
        digit = re.compile(r"[0-9]").search(self._text, begin, limit)
        end = min(
            [limit, *(m.start() for m in (stop, digit) if m), *([listed] if listed > 0 else [])]
        )
        words = tagged(self._text[begin:end])
        if (
            "“" in self._text[begin:end]
            or not 4 <= end - begin <= 10
            or len(words) < 2
            or not words[-1][1].startswith("v")
        ):
            return None
        fits = len(words[-1][0]) > 1 and not words[0][1].startswith(("r", "d", "p", "c"))
        return Phrase(begin, end) if fits else None

    # -- around a formula -------------------------------------------------------------------

    def formulas(self) -> list[tuple[int, int]]:
        """Return the outermost quoted formulas."""
        return [(start, end) for start, end in self._open.items() if self._text[start] == "“"]

    def around(self, start: int, end: int) -> Phrase | None:
        """Return the name that a quoted formula is part of (道路交通安全|“利剑”|专项行动)."""
        head = self._head_behind(end)
        if head is not None:
            mark, noun, stop = head
            if noun:
                return Phrase(
                    self._before_formula(start), stop, mark.entry.term, mark.entry.value, noun, True
                )
            return None
        inner = self._text[start + 1 : end - 1]
        titled = next((t for t in lexicon().terms("act.title") if inner.endswith(t)), "")
        whole = inner in lexicon().terms("act.whole") or len(inner) > len(titled)
        counted = COUNT_BEFORE.search(self._text, max(0, start - 8), start)
        counted = counted if len(inner) >= _SHORTEST_NAME else None
        if self.is_swallowed(end) or not (counted or (titled and whole)):
            return None
        begin = start if counted else self._before_formula(start)
        return Phrase(begin, end, titled, quoted=True)

    def _head_behind(self, end: int) -> tuple[Mark, bool, int] | None:
        limit = self._limit(end)
        listed = self._text.find("、", end, limit)
        chain = self._chain(end, listed if listed >= 0 else limit)
        if chain is None:
            return None
        starts = [self._heads[at][0].start for at in self._ends(end, chain[2])]
        first = min(start for start in starts if start >= end)
        gap = self._text[end:first]
        if len(gap) > _FORMULA_GAP or stops().search(gap) or "“" in gap:
            return None
        return chain

    def _before_formula(self, start: int) -> int:
        begin = self._leftwards(start)
        words = tagged(self._text[begin:start])
        if not words or start - begin < 2 or words[-1][1].startswith(("v", "d", "p", "m")):
            return start
        return begin if not words[0][1].startswith(("p", "d", "c", "r", "u")) else start

    # -- backwards --------------------------------------------------------------------------

    def before(self, end: int) -> Phrase | None:
        """Return the phrase whose head ends at ``end``, None if another noun swallows the head."""
        mark, noun = self._heads[end]
        stop = self._with_work(end)
        if self.is_swallowed(stop) or self._is_inner(end):
            return None
        begin = self._leftwards(mark.start)
        quoted = self._holds_formula(begin, stop)
        return Phrase(begin, stop, mark.entry.term, mark.entry.value, noun, quoted)

    def _is_inner(self, end: int) -> bool:
        """Return whether a further head continues this one (宣传|活动)."""
        return any(
            mark.start <= end < mark.end
            for at in range(end + 1, end + 7)
            if (mark := self._heads[at][0] if at in self._heads else None) is not None
        )

    def _leftwards(self, head: int) -> int:
        at, size = head, 0
        while at > 0 and size < _LONGEST:
            if at in self._close:
                at = self._close[at]
                continue
            if at in self._edges or self._text[at - 1] in END + "、“”《》‘’·讲" + AND:
                break
            if sign().match(self._text, at - 1):
                break
            if any(self._text[max(0, at - n) : at] in stop_words() for n in (2, 3, 4)):
                break
            if COUNT_BEFORE.search(self._text, max(0, at - 8), at):
                break
            at, size = at - 1, size + 1
        return self._skip_count(at, head)

    def _skip_count(self, begin: int, head: int) -> int:
        prelude = PRELUDE.match(self._text, begin, head)
        return prelude.end() if prelude and prelude.end() < head else begin
