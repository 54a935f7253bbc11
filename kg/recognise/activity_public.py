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
    r"20[0-9]{2}(?:—20[0-9]{2})?年?(?![0-9月])|第[0-9一二三四五六七八九十百]{1,4}届|中国(?=[·（])"
)
# A comma, a blank: no name holds one, but （甘肃）, behind what names the country.
_BREAK: Final = re.compile(
    r"(?s:.*)(?:[，。；：、？！《》\n ]|(?<!中国)（|(?<!中国（..)(?<!中国（...)）)"
)
_ABOUT: Final = re.compile(r"(?:关于|确保|保障|(?:^|\n)(?=[^\n]{2,14}期间))(?=[一-鿿]{2,12}\Z)")
_SHORTEST: Final = 2
_QUOTED: Final = re.compile("“[^”]*”")
_AND: Final = frozenset("及·（）")
_ALIEN: Final = frozenset("pucdryev")  # parts of speech that end a name


def public_events(scan: Scan, places: Mapping[int, int]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each event; ``places`` maps where places begin to their ends."""
    reached = 0
    last: tuple[int, int, str] | None = None
    for mark in scan.marks("act.public"):
        if mark.start < reached:
            continue
        if last and _is_held(scan, places, reached, mark.start):
            last, reached = (last[0], mark.end, mark.entry.value), mark.end
            continue
        left = max(reached, mark.start - _LONGEST)
        start = _start(scan, places, left, mark.start)
        if start is None and scan.text.startswith("期间", mark.end):
            start = _occasion(scan, left, mark.start)
        if start is not None:
            if last:
                yield last
            last, reached = (start, mark.end, mark.entry.value), mark.end
    if last:
        yield last


def _is_held(scan: Scan, places: Mapping[int, int], start: int, end: int) -> bool:
    """Return whether only places stand between two heads of one name: 联赛|重庆彭水|大奖赛."""
    while start < end and start in places:
        start = places[start]
    return start == end


def _start(scan: Scan, places: Mapping[int, int], left: int, head: int) -> int | None:
    """Return where a name begins before its head: at a year, a count or a place.

    An official region before it only holds the event: 解州镇|四月八传统庙会.
    """
    sign = _BREAK.match(scan.text, left, head)
    left = sign.end() if sign else left
    anchors = {match.start(): match.end() for match in _COUNTED.finditer(scan.text, left, head)}
    for start in range(left, head):
        end = anchors.get(start) or places.get(start)
        if end is not None and end <= head and _is_clean(scan, end, head, start in anchors):
            held = start in anchors or not is_official(scan.text[start:end]) or end == head
            return start if held else _start(scan, places, end, head) or end
    return None


def _occasion(scan: Scan, left: int, head: int) -> int | None:
    """Return where the name of an occasion begins that a notice is about: 关于|羊绒交易会|期间."""
    about = _ABOUT.search(scan.text, left, head)
    if about is None or head - about.end() < _SHORTEST:
        return None
    return about.end() if _is_clean(scan, about.end(), head, counted=True) else None


def _is_clean(scan: Scan, start: int, end: int, counted: bool) -> bool:
    """Return whether no word that ends a name stands between.

    One that is counted may hold what is quoted, and 及: 第三届羊绒及绒毛制品交易会.
    """
    held = lexicon().terms("name.act-public")
    quoted = _QUOTED.search(scan.text, start, end) if counted else None
    if quoted:
        within = _is_clean(scan, start, quoted.start(), counted)
        return within and _is_clean(scan, quoted.end(), end, counted)
    return all(
        word.tag[0] not in _ALIEN or word.text in held or (counted and word.text in _AND)
        for word in scan.tokens.between(start, end)
    )
