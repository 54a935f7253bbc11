"""Festivals, races and fairs, named with where and when they are held: 第二十三届查干湖渔猎文化旅游节.

The police guard them. The place at the head of such a name is not told of by itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.regions import is_official
from kg.language.scan import Scan

_LONGEST: Final = 30  # signs before the head
_COUNTED: Final = re.compile(
    r"20[0-9]{2}(?:—20[0-9]{2})?年?(?![0-9月])|第[0-9一二三四五六七八九十百]{1,4}届"
)
# A comma, a blank: no name holds one.
_BREAK: Final = re.compile(r"(?s:.*)[，。；：、？！（）《》\n ]")
_ALIEN: Final = frozenset("pucdryev")  # parts of speech that end a name


def public_events(scan: Scan, places: Mapping[int, int]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each event; ``places`` maps where places begin to their ends."""
    reached = 0
    for mark in scan.marks("act.public"):
        if mark.start >= reached:
            start = _start(scan, places, max(reached, mark.start - _LONGEST), mark.start)
            if start is not None:
                reached = mark.end
                yield start, mark.end, mark.entry.value


def _start(scan: Scan, places: Mapping[int, int], left: int, head: int) -> int | None:
    """Return where a name begins before its head: at a year, a count or a place.

    An official region before it only holds the event: 解州镇|四月八传统庙会.
    """
    sign = _BREAK.match(scan.text, left, head)
    left = sign.end() if sign else left
    anchors = {match.start(): match.end() for match in _COUNTED.finditer(scan.text, left, head)}
    for start in range(left, head):
        end = anchors.get(start) or places.get(start)
        if end is not None and end <= head and _is_clean(scan, end, head):
            held = start in anchors or not is_official(scan.text[start:end]) or end == head
            return start if held else _start(scan, places, end, head) or end
    return None


def _is_clean(scan: Scan, start: int, end: int) -> bool:
    """Return whether no word that ends a name stands between."""
    held = lexicon().terms("name.act-public")
    return all(
        word.tag[0] not in _ALIEN or word.text in held for word in scan.tokens.between(start, end)
    )
