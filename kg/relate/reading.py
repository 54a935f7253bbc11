"""An article read for its relations: sentences, and in each the mentions with the words between."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from kg.language.scan import Scan
from kg.language.text import Span
from kg.model import Entity, Mention
from kg.records import record
from kg.relate.status import Statuses
from kg.relate.words import pattern
from kg.resolve.resolution import Resolution

ACTORS: Final = ("UNIT", "ORG")
COUNT: Final = "(?:[0-9一二三四五六七八九十百千万余多两来几]+[名位户个家])"
# All blanks there are: a class with \s in it is no table, and takes three times as long to look for.
_BLANKS: Final = "\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_BREAK: Final = re.compile(f"[，。；：？！{_BLANKS}]")
_NO_GAP: Final = ("", "", "")
_STOPS: Final = ("。", "！", "？", "…", "”", "）", "；")
_LONG_HEADLINE: Final = 30
FULL: Final = tuple("。！？…”；")  # what a line that is no headline ends with
# What opens an item of a round-up (▲ · 案例二： · 二、某地公安机关侦破某案。); □文/图 本报记者 opens a byline.
ITEM: Final = re.compile(
    r"\s*(?:[▲△■●◆★]|(?:典型)?案例[一二三四五六七八九十0-9]{1,2}[：、 ]"
    r"|[一二三四五六七八九十]{1,3}、[^，。；\n]{4,60}案[。\n]|□(?!\s*(?:文|图|本报|记者|通讯员)))"
)
_LONG_LINE: Final = 60
_VERSE_LINES: Final = 8
_VERSE_SHARE: Final = 0.7
# A line that ends so is cut by the layout, not by the author.
_OPEN_ENDS: Final = ("，", "、", "；")


@record
class Item:
    """A mention in its sentence.

    ``before`` and ``after`` reach to the mention before and behind it, or to the ends of the
    sentence; ``lead`` and ``trail`` are what of them stands in its own clause.
    """

    mention: Mention
    type: str
    entity: str
    before: str
    lead: str
    after: str
    trail: str


@record
class Group:
    """Mentions that play one role: one, or several joined by 、 and 和.

    ``outer`` are the places that only say where the group lies (the town before the village).
    The words around are those before its first and behind its last mention.
    """

    type: str
    start: int
    end: int
    items: tuple[Item, ...]
    outer: tuple[Item, ...]
    before: str
    lead: str
    after: str
    trail: str


@record
class Sentence:
    """A sentence with its mentions in order, singly and in groups.

    ``inner`` are mentions that stand inside another; they are in no group.
    """

    span: Span
    paragraph: int
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    inner: tuple[Mention, ...]


class Reading:
    """The sentences of an article, title first."""

    def __init__(self, scan: Scan, resolution: Resolution) -> None:
        self.scan = scan
        self.text = scan.text
        # Where clauses end; the end of the text closes the row, so that every place has a next one.
        self.breaks = [sign.start() for sign in _BREAK.finditer(self.text)]
        self.breaks.append(len(self.text))
        self.entities: dict[str, Entity] = {entity.id: entity for entity in resolution.entities}
        self.parents = dict(resolution.parts)
        self.authors = frozenset(credit.name for credit in scan.article.byline)
        self.statuses = Statuses(self.text)
        outer, inner = _layers(resolution.mentions)
        self.sentences = tuple(self._sentences(outer, inner))

    def tail(self, offset: int) -> str:
        """Return the text from ``offset`` to the end of its clause."""
        return self.text[offset : self.breaks[bisect_left(self.breaks, offset)]]

    def _sentences(self, outer: list[Mention], inner: list[Mention]) -> Iterator[Sentence]:
        starts, inside = [m.start for m in outer], [m.start for m in inner]
        first = 0
        for paragraph, span in _whole_sentences(self.scan, outer):
            start, end = span.start, span.end
            first = bisect_left(starts, start, first)
            last = bisect_left(starts, end, first)
            if first == last:  # what stands inside another goes with it
                yield Sentence(span, paragraph, (), (), ())
                continue
            nested = inner[bisect_left(inside, start) : bisect_left(inside, end)] if inner else ()
            items = self._items(outer[first:last], [*starts[first + 1 : last], end], start)
            yield Sentence(span, paragraph, items, _groups(items), tuple(nested))
            first = last

    def _items(
        self, mentions: Sequence[Mention], stops: Sequence[int], start: int
    ) -> tuple[Item, ...]:
        """Return mentions with the words around; ``stops`` are where the words behind each end."""
        items: list[Item] = []
        before, _, lead = self._gap(start, mentions[0].start)
        for mention, stop in zip(mentions, stops, strict=True):
            end = mention.end
            # Many touch the next one, or the end.
            after, trail, ahead = self._gap(end, stop) if end < stop else _NO_GAP
            items.append(Item(mention, mention.type, mention.entity, before, lead, after, trail))
            before, lead = after, ahead
        return tuple(items)

    def _gap(self, start: int, stop: int) -> tuple[str, str, str]:
        """Return the words between two places; the same up to the first sign, from the last one."""
        if start >= stop:
            return _NO_GAP
        text, breaks = self.text, self.breaks
        first = bisect_left(breaks, start)
        if breaks[first] >= stop:
            gap = text[start:stop]
            return gap, gap, gap
        last = bisect_left(breaks, stop, first) - 1
        return text[start:stop], text[start : breaks[first]], text[breaks[last] + 1 : stop]


def bodies(items: Sequence[Item]) -> list[Item]:
    """Return the units and organisations among mentions."""
    return [item for item in items if item.type in ACTORS] if items else []


def _layers(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that stand in no other, and the rest; they come in order of place.

    全县 only widens what follows: it is where nothing happens, and left out.
    """
    outer: list[Mention] = []
    inner: list[Mention] = []
    end = 0
    for mention in mentions:
        if mention.nominal and mention.text.startswith("全"):
            continue
        if mention.end > end:
            outer.append(mention)
            end = mention.end
        else:
            inner.append(mention)
    return outer, inner


def _whole_sentences(scan: Scan, mentions: Sequence[Mention]) -> Iterator[tuple[int, Span]]:
    """Yield each sentence with the number of its paragraph.

    Sentences are joined where a line breaks inside; in verse, a line that begins with a time or an
    actor begins a new one. A headline inside the text belongs to the paragraph below it.
    """
    text, title_end, paragraph, start = scan.text, scan.title_end, 0, -1
    verse = _is_verse(text[title_end:])
    heads = {m.start for m in mentions if m.type in ("TIME", *ACTORS)} if verse else ()
    # A day that has a line to itself goes with the next one.
    days = {m.start: m.text for m in mentions if m.type == "TIME"} if verse else {}
    for span, after in zip_longest(scan.sentences, scan.sentences[1:]):
        gap = text[span.end - 1 : after.start] if after else ""
        if "\n" not in gap:
            yield paragraph, span if start < 0 else Span(start, span.end)
            start = -1
            continue
        start = span.start if start < 0 else start
        in_title = start < title_end
        if after and not in_title:
            line = text[span.start : span.end].rstrip()
            if line.endswith(_OPEN_ENDS) or (
                verse
                and _goes_on(line, gap)
                and (after.start not in heads or days.get(span.start) == line)
            ):
                continue
        yield paragraph, Span(start, span.end)
        # A line of verse is a clause: there, only a blank line ends a paragraph.
        ends = gap.count("\n") > 1 if verse and not in_title else True
        opens = after is not None and bool(ITEM.match(text, after.start))
        paragraph += in_title or (ends and (opens or _is_full(text[start : span.end])))
        start = -1


def _goes_on(line: str, gap: str) -> bool:
    """Return whether a line of verse has no end of its own; ``gap`` is what follows it."""
    return gap.count("\n") == 1 and not line.endswith(_STOPS) and len(line) < _LONG_LINE


def _is_verse(body: str) -> bool:
    """Return whether a text sets one clause a line, with hardly a full stop (as WeChat does)."""
    if body.count("\n") < _VERSE_LINES - 1:
        return False
    lines = [line.rstrip() for line in body.split("\n") if line.strip()]
    open_lines = [line for line in lines if not line.endswith(_STOPS)]
    return len(lines) >= _VERSE_LINES and len(open_lines) > len(lines) * _VERSE_SHARE


def _is_full(sentence: str) -> bool:
    """Return whether a line is a sentence and no headline (19:10 西门 · 02 一本账)."""
    return sentence.rstrip().endswith((*_STOPS, "...", "摄")) or len(sentence) > _LONG_HEADLINE


def _groups(items: Sequence[Item]) -> tuple[Group, ...]:
    """Return the items of a sentence joined into groups."""
    found: list[Group] = []
    current: list[Item] = []
    outer: list[Item] = []
    # A row of items may say where the last one lies or belongs (县 + 镇 + 村, 局 + 大队).
    row: list[Item] = []
    for item, behind in zip_longest(items, items[1:]):
        if behind is not None and _contains(item, behind):
            row.append(item)
            continue
        if current and not _joined(current[-1], row[0] if row else item, item):
            found.append(_group(current, outer))
            current, outer = [], []
        if row:
            for one in row:
                (current if _is_road(one) else outer).append(one)
            row = []
        current.append(item)
    found.append(_group(current, outer))
    return tuple(found)


def _group(items: Sequence[Item], outer: Sequence[Item]) -> Group:
    first, last = items[0], items[-1]
    kind = first.type
    if outer and outer[0].mention.start < first.mention.start:
        first = outer[0]
    return Group(
        kind,
        first.mention.start,
        last.mention.end,
        tuple(items),
        tuple(outer),
        first.before,
        first.lead,
        last.after,
        last.trail,
    )


_BODIES: Final = ("UNIT", "ORG", "LOC")


def _joined(left: Item, first: Item, right: Item) -> bool:
    """Return whether ``right``, which begins with ``first``, stands in one list with ``left``."""
    one, other = left.type, right.type
    if one == "LOC" and other == "UNIT" and goes_elsewhere(left, right):
        return False
    if one != other and not (one in _BODIES and other in _BODIES):
        return False
    if one in ACTORS and other in ACTORS:
        # A member of the list may be no mention: 、某厂、
        gap = r"^(?:等|（[^）]*）)?(?:<people>|<office>|的[^，。；、]{1,8})?<list>(?:[^，。；、]{2,12}<list>)?$"
    elif one == other == "LOC":
        gap = r"^[^，。；：]{0,8}(?:<list>|[与同至到])(?:<direct_to>)?$"
    elif one == other == "DOC":
        gap = r"^(?:<list>|与|，)$"
    elif one == other == "GROUP":
        gap = rf"^(?:<list>|与)(?:{COUNT}(?:社区|辖区|当地)?)?$"  # 80名学生和20名社区居民
    elif one == other == "ACT" and not first.before:  # 推进“昆仑”|“净网”行动
        return left.mention.text.endswith("”") and first.mention.text.startswith("“")
    elif one == other:
        gap = r"^(?:<list>|与)$"
    else:
        gap = r"^<list>$"
    return bool(pattern(gap).match(first.before))


def goes_elsewhere(left: Item, item: Item) -> bool:
    """Return whether a unit behind a place has one of its own: 甲所|在|X、乙所|在|Y开展巡逻."""
    if item.before != "、" or not item.trail:
        return False
    there = pattern(r"^(?:<at>|深入|走进|前往|赴|对)$")
    return bool(there.match(item.trail) and there.match(left.lead))


def _is_road(item: Item) -> bool:
    """Return whether a place is a road, which lies in no town (111国道X镇段)."""
    return item.type == "LOC" and bool(
        pattern(r"(?:国道|省道|县道|高速|公路|线)$").search(item.mention.text)
    )


# 某河上游的牧场, 某景区边上的码头; 勐腊|县城|曼它拉广场
_WITHIN: Final = ("县城", "城区", "主城区", "市区", "境内", "辖区")
_BESIDE: Final = frozenset(_WITHIN) | frozenset(
    f"{where}的"
    for where in (
        *("上游", "下游", "边", "边上", "岸边", "畔", "旁", "旁边", "附近", "脚下"),
        *_WITHIN,
    )
)

_BELOW: Final = frozenset(
    ("", "的", "下辖的", "所属", "所属的", "下属", "下属的", "所辖的")  # 局|下辖的|大队
)


def _contains(left: Item, right: Item) -> bool:
    """Return whether ``left`` only says where the next thing lies or belongs."""
    if left.type == "LOC":
        return right.type in _BODIES and (not right.before.strip("的") or right.before in _BESIDE)
    if left.type != "UNIT" or right.type != "UNIT" or right.before not in _BELOW:
        return False
    return not right.mention.text.startswith("“")
