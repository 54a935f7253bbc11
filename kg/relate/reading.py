"""An article read for its relations: sentences, and in each the mentions with the words between."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.scan import Scan
from kg.language.text import Span
from kg.model import Entity, Mention
from kg.records import record
from kg.relate.words import pattern
from kg.resolve.resolution import Resolution

ACTORS: Final = ("UNIT", "ORG")
_BREAK: Final = re.compile(r"[，。；：？！\s]")
_LAST_BREAK: Final = re.compile(rf"(?s:.*){_BREAK.pattern}")
_STOPS: Final = ("。", "！", "？", "…", "”", "）", "；")
_LONG_HEADLINE: Final = 30
_LONG_LINE: Final = 60
_VERSE_LINES: Final = 8
_VERSE_SHARE: Final = 0.7
# A line that ends so is cut by the layout, not by the author.
_OPEN_END: Final = re.compile(r"[，、；]\s*$")


class Item:
    """A mention in its sentence.

    ``before`` and ``after`` reach to the mention before and behind it, or to the ends of the
    sentence; ``lead`` and ``trail`` are what of them stands in its own clause.
    """

    __slots__ = ("after", "before", "entity", "lead", "mention", "trail", "type")

    def __init__(self, mention: Mention, before: "_Gap", after: "_Gap") -> None:
        self.mention = mention
        self.type = mention.type
        self.entity = mention.entity
        self.before, _, self.lead = before
        self.after, self.trail, _ = after


# Words between two mentions; the same up to the first sign, and from the last sign.
_Gap = tuple[str, str, str]

_NO_GAP: Final = ("", "", "")


def _gap(text: str) -> _Gap:
    first = _BREAK.search(text)
    if first is None:
        return text, text, text
    last = _LAST_BREAK.match(text)
    return text, text[: first.start()], text[last.end() :] if last else ""


class Group:
    """Mentions that play one role: one, or several joined by 、 and 和.

    ``outer`` are the places that only say where the group lies (the town before the village).
    The words around are those before its first and behind its last mention.
    """

    __slots__ = ("after", "before", "end", "items", "lead", "outer", "start", "trail", "type")

    def __init__(self, items: tuple[Item, ...], outer: tuple[Item, ...] = ()) -> None:
        self.items = items
        self.outer = outer
        first, last = items[0], items[-1]
        if outer and outer[0].mention.start < first.mention.start:
            first = outer[0]
        self.type = items[0].type
        self.start, self.end = first.mention.start, last.mention.end
        self.before, self.lead = first.before, first.lead
        self.after, self.trail = last.after, last.trail


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
        self.entities: dict[str, Entity] = {entity.id: entity for entity in resolution.entities}
        self.parents = dict(resolution.parts)
        self.places = resolution.places
        # 全县 only widens what follows: it is where nothing happens.
        told = [m for m in resolution.mentions if not (m.nominal and m.text.startswith("全"))]
        outer, inner = _layers(told)
        self.sentences = tuple(self._sentences(outer, inner))

    def tail(self, offset: int) -> str:
        """Return the text from ``offset`` to the end of its clause."""
        end = _BREAK.search(self.text, offset)
        return self.text[offset : end.start() if end else len(self.text)]

    def _sentences(self, outer: list[Mention], inner: list[Mention]) -> Iterator[Sentence]:
        heads = {m.start for m in outer if m.type in ("TIME", *ACTORS)}
        starts, inside = [m.start for m in outer], [m.start for m in inner]
        for paragraph, span in _whole_sentences(self.scan, heads):
            own = outer[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            nested = inner[bisect_left(inside, span.start) : bisect_left(inside, span.end)]
            items = self._items(own, span) if own else []
            yield Sentence(span, paragraph, tuple(items), tuple(_groups(items)), tuple(nested))

    def _items(self, mentions: Sequence[Mention], span: Span) -> list[Item]:
        edges = [span.start, *(edge for m in mentions for edge in (m.start, m.end)), span.end]
        text = self.text
        gaps = [
            _gap(text[a:b]) if a < b else _NO_GAP
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
        return [
            Item(m, before, after)
            for m, before, after in zip(mentions, gaps, gaps[1:], strict=False)
        ]


def _layers(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that stand in no other, and the rest."""
    outer: list[Mention] = []
    inner: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        inside = outer and mention.end <= outer[-1].end
        (inner if inside else outer).append(mention)
    return outer, inner


def _whole_sentences(scan: Scan, heads: set[int]) -> Iterator[tuple[int, Span]]:
    """Yield each sentence with the number of its paragraph.

    Sentences are joined where a line breaks inside; in verse, a line that begins with one of
    ``heads`` begins a new one. A headline inside the text belongs to the paragraph below it.
    """
    text, paragraph, start = scan.text, 0, -1
    verse = _is_verse(text[scan.title_end :])
    for index, span in enumerate(scan.sentences):
        start = span.start if start < 0 else start
        last = index + 1 == len(scan.sentences)
        gap = "" if last else text[span.end - 1 : scan.sentences[index + 1].start]
        in_title = start < scan.title_end
        if "\n" in gap and not in_title:
            line = text[span.start : span.end].rstrip()
            goes_on = gap.count("\n") == 1 and not line.endswith(_STOPS) and len(line) < _LONG_LINE
            goes_on = goes_on and not last and scan.sentences[index + 1].start not in heads
            if _OPEN_END.search(line) or (verse and goes_on):
                continue
        yield paragraph, Span(start, span.end)
        paragraph += "\n" in gap and (in_title or _is_full(text[start : span.end]))
        start = -1


def _is_verse(body: str) -> bool:
    """Return whether a text sets one clause a line, with hardly a full stop (as WeChat does)."""
    lines = [line.rstrip() for line in body.split("\n") if line.strip()]
    open_lines = [line for line in lines if not line.endswith(_STOPS)]
    return len(lines) >= _VERSE_LINES and len(open_lines) > len(lines) * _VERSE_SHARE


def _is_full(sentence: str) -> bool:
    """Return whether a line is a sentence and no headline (19:10 西门 · 02 一本账)."""
    return sentence.rstrip().endswith((*_STOPS, "摄")) or len(sentence) > _LONG_HEADLINE


def _groups(items: Sequence[Item]) -> Iterator[Group]:
    """Yield the items of a sentence joined into groups."""
    current: list[Item] = []
    outer: list[Item] = []
    for chain in _chains(items):
        if current and not _joined(current[-1], chain[0], chain[-1]):
            yield Group(tuple(current), tuple(outer))
            current, outer = [], []
        for item in chain[:-1]:
            (current if _is_road(item) else outer).append(item)
        current.append(chain[-1])
    if current:
        yield Group(tuple(current), tuple(outer))


def _chains(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield each item behind those that only say where it belongs (县 + 镇 + 村, 局 + 大队)."""
    chain: list[Item] = []
    for item in items:
        if chain and not _contains(chain[-1], item):
            yield chain
            chain = []
        chain.append(item)
    if chain:
        yield chain


_BODIES: Final = ("UNIT", "ORG", "LOC")


def _joined(left: Item, first: Item, right: Item) -> bool:
    """Return whether ``right``, which begins with ``first``, stands in one list with ``left``."""
    one, other = left.type, right.type
    if one != other and not (one in _BODIES and other in _BODIES):
        return False
    if one in ACTORS and other in ACTORS:
        # A member of the list may be no mention: 、某厂、
        gap = r"^(?:等|（[^）]*）)?(?:<people>|<office>|的[^，。；、]{1,8})?<list>(?:[^，。；、]{2,12}<list>)?$"
    elif one == other == "LOC":
        gap = r"^[^，。；：]{0,8}(?:<list>|[与同至到])(?:<direct_to>)?$"
    elif one == other == "DOC":
        gap = r"^(?:<list>|与|，)$"
    elif one == other:
        gap = r"^(?:<list>|与)$"
    else:
        gap = r"^<list>$"
    return bool(pattern(gap).match(first.before))


def _is_road(item: Item) -> bool:
    """Return whether a place is a road, which lies in no town (111国道X镇段)."""
    return item.type == "LOC" and bool(
        pattern(r"(?:国道|省道|县道|高速|公路|线)$").search(item.mention.text)
    )


def _contains(left: Item, right: Item) -> bool:
    """Return whether ``left`` only says where the next thing lies or belongs."""
    if left.type == "LOC":
        return right.type in _BODIES and not right.before.strip("的")
    if left.type != "UNIT" or right.type != "UNIT" or right.mention.text.startswith("“"):
        return False
    return right.before in ("", "的", "下辖的", "所属", "所属的", "下属", "下属的", "所辖的")
