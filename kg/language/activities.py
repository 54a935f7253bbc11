"""The grammar of activity names: modifiers, quoted formula, head noun (“…”专项行动, 反诈宣传).

A phrase is read forwards from a verb that introduces it (开展|…) or backwards from its head. Reading
stops at signs and words that no name runs over; quotes and 《》 are passed whole.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.words import tagged

_CLOSED: Final = re.compile(r"“[^“”\n]{1,40}\n?[^“”\n]{0,20}”|《[^《》\n]{1,40}》")
_END: Final = "，。；：！？\n（）…—【】■ "
# One sign each, so not worth a mark: they end a phrase or swallow the head before them.
_BREAKS: Final = (
    r"[得过并也将均曾给是因如我你他她它该此其各每由又已让]|(?<!目)的(?!士)|地(?![质震区方铁下])|(?<![除为])了(?!解)"
    r"|着(?!力|眼)|再(?!就)|正(?!能)|就(?!业)|便(?![民利企])|(?<!人)才(?!艺)|(?<![实小临战及适平即同])时(?!代|速)"
    r"|(?<!集)中(?![小心学国华队考药医])|后(?![续勤备])|(?<!面)前(?![往期沿置哨])|从(?![业优])|(?<![面定相])向(?!日)"
    r"|(?<![一应])对(?![口抗])|被(?!害)|把(?!关|脉)|使(?!用)|为(?![民老企警群])|于|(?<!存)在(?![线校押])|到(?![户家岗])"
    r"|往(?!来)|跟(?!踪|进)|(?<!平)等(?!级)|有(?![组奖害限])|本(?![地土领])|以(?!案)|即(?![将日时])"
)
_TAILS: Final = frozenset("场台室站点员队组车所岗单册页品栏片稿牌语箱证法网圈链卡码权率科处股局厅院馆者人型")
_NOT_TAIL: Final = ("点名", "现场", "人次", "场次", "组织", "法规", "室内", "单位共")
_SUFFIX: Final = re.compile(r"会(?![议同上后商员展场见师])|课(?![堂程题件后间时本桌外余上])")
_AND: Final = "和与及"
_NUMBER: Final = r"[0-9一二两三四五六七八九十百几多数]+(?:余|多|来)?"
_CLASSIFIER: Final = r"(?:场次|场|次|轮|期|堂|项|趟|批|系列|个|波|部|节|出|局)"
_COUNT: Final = rf"(?:首次|首场|首趟|首个|首期|第?{_NUMBER}{_CLASSIFIER}次?)"
_SPELL: Final = rf"{_NUMBER}(?:天|个月|个小时|小时|昼夜|年)的?(?:缜密|连续|深入|艰苦|细致|不懈)?"
_PRELUDE: Final = re.compile(
    r"(?:了|过|着|起了|起|出)?(?:今年|本年度|今春|今冬|今夏|年内|全年|年度)?"
    rf"(?:{_SPELL}|{_COUNT}|多种形式|多形式|多场次|系列)?的?"
)
_COUNT_BEFORE: Final = re.compile(rf"(?:今年|今春|今冬)?{_COUNT}$")
# A formula in the first place after the verb that stands for a name (开展“…”, not 启动“…”机制).
_AFTER_NAME: Final = re.compile(r"[，。；！？、\n“）]|$|[0-9]|等|和|工作|共|以来")
_LONGEST: Final = 26
_GAP: Final = 6
_FORMULA_GAP: Final = 14
_SHORTEST_NAME: Final = 4
# A line this long was broken by the column, not by its writer.
_COLUMN: Final = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may name an activity; ``head`` is its last head term, "" if it has none."""

    start: int
    end: int
    head: str = ""
    kind: str = ""
    noun: bool = False
    quoted: bool = False


@functools.cache
def pattern(*classes: str) -> re.Pattern[str]:
    """Return a pattern that finds the terms of the given lexicon classes, longest first."""
    terms = {term for klass in classes for term in lexicon().terms(klass)}
    return re.compile("|".join(map(re.escape, sorted(terms, key=lambda t: (-len(t), t)))) or r"(?!)")


@functools.cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"{pattern('act.stop', 'act.restart').pattern}|{_BREAKS}|[0-9]+[个名起次余]")


class ActivityGrammar:
    """Reads the activity phrases of one folded text."""

    def __init__(self, text: str, marks: Mapping[str, Sequence[Mark]], edges: frozenset[int]) -> None:
        """Take the marks of ``text`` and the ends of names that no phrase runs over."""
        self._text = _rejoin(text)
        self._edges = edges
        self._open: dict[int, int] = {}
        self._close: dict[int, int] = {}
        for match in _CLOSED.finditer(self._text):
            self._open[match.start()] = match.end()
            self._close[match.end()] = match.start()
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
        return any(start < offset < end for start, end in self._open.items())

    # -- forwards ---------------------------------------------------------------------------

    def after(self, start: int, *, strict: bool = False) -> list[Phrase]:
        """Return the phrases that a verb ending at ``start`` introduces, list items apart.

        ``strict`` is for verbs that take other objects too (组织民警…): nothing between the verb and
        the name may end a phrase.
        """
        prelude = _PRELUDE.match(self._text, start)
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
        return right + 1 if self._text[right : right + 1] in ("、", *_AND) else right

    def _limit(self, start: int) -> int:
        at = start
        while at < len(self._text) and self._text[at] not in _END:
            at = self._open.get(at, at + 1)
        return at

    def _parts(self, start: int, limit: int) -> list[tuple[int, int, bool]]:
        """Return the list items between ``start`` and ``limit``: start, end, whether the last."""
        cuts, at = [], start
        while at < limit:
            if self._text[at] == "、" or (self._text[at] in _AND and self._joins(at, start)):
                cuts.append((at, at + 1))
            elif at in self._open and at in self._close and at > start:
                cuts.append((at, at))
            at = self._open.get(at, at + 1)
        lefts = [start, *(after for _, after in cuts)]
        rights = [*(before for before, _ in cuts), limit]
        return [
            (left, right, right == limit) for left, right in zip(lefts, rights, strict=True) if left < right
        ]

    def _joins(self, at: int, start: int) -> bool:
        """Return whether the 和 at ``at`` joins two phrases: a head or a formula stands before it."""
        if at <= start or not (at in self._heads or at in self._close):
            return False
        left = len(_CLOSED.sub("xxxx", self._text[start:at]))
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
        quoted = any(begin <= at < stop for at in self._open)
        return Phrase(begin, stop, mark.entry.term, mark.entry.value, noun, quoted)

    def _with_formula(self, stop: int) -> int:
        """Return the end of the name of a campaign that follows what it is (…整治|“雷霆行动”)."""
        end = self._open.get(stop, stop)
        titled = self._text[stop + 1 : end - 1].endswith(tuple(lexicon().terms("act.title")))
        return end if titled else stop

    def _chain(self, start: int, end: int) -> tuple[Mark, bool, int] | None:
        """Return the last of the heads that follow each other from ``start``, and the phrase's end."""
        best: tuple[Mark, bool, int] | None = None
        for at in self._order:
            if at <= start:
                continue
            if at > end:
                break
            mark, noun = self._heads[at]
            if mark.start < start or self.inside(mark.start):
                continue
            if best is not None and mark.start > best[2] and not self._continues(best[2], mark.start):
                break
            stop = self._with_work(at)
            if self._is_swallowed(stop):
                if best is not None and mark.start <= best[2]:
                    best = None
                continue
            best = (mark, noun, stop)
        return best

    def _continues(self, left: int, right: int) -> bool:
        gap = self._text[left:right]
        gap = _CLOSED.sub("", gap)
        if "、" in gap or gap.startswith(tuple(_AND)):
            return False
        return len(gap) <= _GAP and not _stops().search(gap)

    def _with_work(self, end: int) -> int:
        """Return ``end`` moved over a noun that stands behind a deed (…工作, 调解|会, 教育|课)."""
        suffixed = _SUFFIX.match(self._text, end)
        if suffixed:
            return suffixed.end()
        for term in lexicon().terms("act.work"):
            if self._text.startswith(term, end):
                return end + len(term)
        return end

    def _is_swallowed(self, end: int) -> bool:
        """Return whether the head that ends here belongs to a longer noun (检查|站, 服务|水平)."""
        rest = self._text[end : end + 4]
        if rest.startswith(_NOT_TAIL):
            return False
        return rest[:1] in _TAILS or pattern("act.tail").match(self._text, end) is not None

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
        breaks = _stops() if strict else pattern("act.restart")
        return any(not self.inside(match.start()) for match in breaks.finditer(self._text, begin, head))

    def _is_formula(self, left: int, right: int) -> bool:
        return self._open.get(left) == right and self._text[left] == "“"

    def formula_at(self, start: int) -> Phrase | None:
        """Return the quoted formula that stands for a name where a verb ends (开展|“…”，)."""
        prelude = _PRELUDE.match(self._text, start)
        begin = prelude.end() if prelude else start
        end = self._open.get(begin)
        if end is None or self._text[begin] != "“" or not _AFTER_NAME.match(self._text, end):
            return None
        stop = self._with_work(end)
        return None if self._is_swallowed(stop) else Phrase(begin, stop, quoted=True)

    def verbal_at(self, start: int) -> Phrase | None:
        """Return a phrase without a known head that ends in a verb used as noun (证件|代办)."""
        prelude = _PRELUDE.match(self._text, start)
        begin = prelude.end() if prelude else start
        limit = self._limit(begin)
        listed = self._text.find("、", begin, limit)
        stop = _stops().search(self._text, begin, limit)
        digit = re.compile(r"[0-9]").search(self._text, begin, limit)
        end = min([limit, *(m.start() for m in (stop, digit) if m), *([listed] if listed > 0 else [])])
        words = tagged(self._text[begin:end])
        if "“" in self._text[begin:end] or not 4 <= end - begin <= 10 or len(words) < 2 or not words[-1][1].startswith("v"):
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
                return Phrase(self._before_formula(start), stop, mark.entry.term, mark.entry.value, noun, True)
            return None
        inner = self._text[start + 1 : end - 1]
        titled = next((t for t in lexicon().terms("act.title") if inner.endswith(t)), "")
        whole = inner in lexicon().terms("act.whole") or len(inner) > len(titled)
        counted = _COUNT_BEFORE.search(self._text, max(0, start - 8), start)
        counted = counted if len(inner) >= _SHORTEST_NAME else None
        if self._is_swallowed(end) or not (counted or (titled and whole)):
            return None
        begin = start if counted else self._before_formula(start)
        return Phrase(begin, end, titled, quoted=True)

    def _head_behind(self, end: int) -> tuple[Mark, bool, int] | None:
        limit = self._limit(end)
        listed = self._text.find("、", end, limit)
        chain = self._chain(end, listed if listed >= 0 else limit)
        if chain is None:
            return None
        first = min(m.start for at, (m, _) in self._heads.items() if end < at <= chain[2] and m.start >= end)
        gap = self._text[end:first]
        if len(gap) > _FORMULA_GAP or _stops().search(gap) or "“" in gap:
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
        if self._is_swallowed(stop) or self._is_inner(end):
            return None
        begin = self._leftwards(mark.start)
        quoted = any(begin <= at < stop for at in self._open)
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
            if at in self._edges or self._text[at - 1] in _END + "、“”《》‘’·讲" + _AND:
                break
            if _sign().match(self._text, at - 1):
                break
            if any(self._text[max(0, at - n) : at] in _stop_words() for n in (2, 3, 4)):
                break
            if _COUNT_BEFORE.search(self._text, max(0, at - 8), at):
                break
            at, size = at - 1, size + 1
        return self._skip_count(at, head)

    def _skip_count(self, begin: int, head: int) -> int:
        prelude = _PRELUDE.match(self._text, begin, head)
        return prelude.end() if prelude and prelude.end() < head else begin


@functools.cache
def _sign() -> re.Pattern[str]:
    return re.compile(_BREAKS)


def _rejoin(text: str) -> str:
    """Return ``text`` with the line breaks that cut a long line amid a phrase made passable."""
    lines = text.split("\n")
    out = [lines[0]]
    for before, line in zip(lines, lines[1:], strict=False):
        cut = len(before) >= _COLUMN and before[-1:] not in _END + "”）" and line[:1] not in _END
        out.append(("\x00" if cut and line else "\n") + line)
    return "".join(out)


@functools.cache
def _stop_words() -> frozenset[str]:
    terms = {*lexicon().terms("act.stop"), *lexicon().terms("act.trigger")}
    return frozenset(term for term in terms if 2 <= len(term) <= 4)
