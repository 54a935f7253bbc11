"""The words of a whole text, by place: where one begins, where one ends, what it is."""

import bisect
import functools
import itertools
from collections.abc import Iterable
from typing import Final

import rjieba

from kg.language.words import known, tagged
from kg.records import record

# 会同县 is in the dictionary, 会同 + 县 (某局) in the news.
_JOINED: Final = {"会同县": ("会同", "县")}


@record
class Word:
    """A word of a text, or the part of it that stands in a window."""

    start: int
    end: int
    text: str
    tag: str


class Tokens:
    """The words of one folded text; no word reaches over one of the ``breaks``."""

    def __init__(self, text: str, breaks: Iterable[int] = ()) -> None:
        self._words: list[str] = []
        at = 0
        for edge in sorted({*breaks, len(text)}):
            for line in text[at:edge].splitlines(keepends=True):
                self._words += rjieba.cut(line)
            at = edge
        if any(joined in text for joined in _JOINED):
            self._words = [piece for word in self._words for piece in _JOINED.get(word, (word,))]
        self._starts = [0, *itertools.accumulate(map(len, self._words))]
        self._edges = set(self._starts)
        self._starts.pop()
        self._made: dict[int, Word] = {}

    def is_edge(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``."""
        return offset in self._edges

    def at(self, offset: int) -> Word:
        """Return the word that covers ``offset``."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._made.get(index) or self._word(max(index, 0))

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words from ``start`` to ``end``; those that cross an end are clipped."""
        if start >= end:
            return []
        first = max(bisect.bisect_right(self._starts, start) - 1, 0)
        behind = bisect.bisect_left(self._starts, end, first)
        found = [self._made.get(index) or self._word(index) for index in range(first, behind)]
        if found and found[0].start < start:
            if found[0].end <= start:
                del found[0]
            else:
                found[0] = _clipped(found[0], start, end)
        if found and found[-1].end > end:
            found[-1] = _clipped(found[-1], start, end)
        return found

    def _word(self, index: int) -> Word:
        text, start = self._words[index], self._starts[index]
        word = self._made[index] = Word(start, start + len(text), text, tag_of(text))
        return word


def _clipped(word: Word, start: int, end: int) -> Word:
    left, right = max(word.start, start), min(word.end, end)
    return Word(left, right, word.text[left - word.start : right - word.start], word.tag)


@functools.lru_cache(maxsize=65536)
def tag_of(word: str) -> str:
    """Return the part of speech of one word; ``new`` for one that the segmenter guessed."""
    if not known(word):
        return "new" if any("一" <= char <= "鿿" for char in word) else "x"
    tags = tagged(word)
    return tags[0][1] if len(tags) == 1 else "new"
