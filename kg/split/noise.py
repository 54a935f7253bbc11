"""Lines that a web page or a scraper left in a text: captions of buttons, and paragraphs printed twice."""

import re
from typing import Final

from kg.split.lines import Line, is_running
from kg.split.vocabulary import one_of, terms

REPEATED: Final = 30  # characters of a paragraph that nobody writes twice on one page
_IMAGE: Final = re.compile(r"!?\[[^\]]{0,20}\]\([^)]*\)|\[?(?:图片|image)\]?", re.IGNORECASE)

# a page number that stands in the middle: - 2 -, 第3页 共5页
_LEAF: Final = re.compile(
    r"[-—–]+ ?[0-9]{1,3} ?[-—–]+|第 ?[0-9]{1,3} ?页(?:[ ，/]*共 ?[0-9]{1,3} ?页)?"
)


def without_noise(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that say something, and the others."""
    idle = {n for n, line in enumerate(lines) if n and _is_idle(line.text)}
    idle |= _repeated([("" if n in idle else line.text) for n, line in enumerate(lines)])
    kept = [line for n, line in enumerate(lines) if n not in idle]
    return kept, [lines[n] for n in sorted(idle)]


def _is_idle(text: str) -> bool:
    """Return whether a line is nothing but the words of a button, an image or a list of keywords."""
    if text in terms("layout.noise") or _IMAGE.fullmatch(text) or _LEAF.fullmatch(text):
        return True
    return bool(re.match(rf"(?:{one_of('layout.keyword')})[:：]", text)) and not is_running(text)


def _repeated(texts: list[str]) -> set[int]:
    """Return the places of paragraphs that stand a second time, and of short lines around them."""
    first: dict[str, int] = {}
    again = {n for n, text in enumerate(texts) if text and first.setdefault(text, n) < n}
    twice = {n for n in again if len(texts[n]) >= REPEATED and is_running(texts[n])}
    for places in (sorted(again), sorted(again, reverse=True)):
        twice |= {n for n in places if n - 1 in twice or n + 1 in twice}
    return twice
