"""The words of a whole text, by place: where one begins, where one ends, what it is."""

import bisect
import functools
from collections.abc import Iterable, Iterator
from typing import Final

from kg.language.words import cut, known, tagged
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
        self._starts: list[int] = []
        at = 0
        for edge in sorted({*breaks, len(text)}):
            for line in text[at:edge].splitlines(keepends=True):
                for word in _pieces(line):
                    self._words.append(word)
                    self._starts.append(at)
                    at += len(word)
        self._edges = {*self._starts, at}

    def is_edge(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``."""
        return offset in self._edges

    def at(self, offset: int) -> Word:
        """Return the word that covers ``offset``."""
        index = max(bisect.bisect_right(self._starts, offset) - 1, 0)
        return self._word(index)

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words from ``start`` to ``end``; those that cross an end are clipped."""
        found = []
        index = max(bisect.bisect_right(self._starts, start) - 1, 0)
        while index < len(self._starts) and self._starts[index] < end:
            word = self._word(index)
            index += 1
            if word.end > start and start < end:
                found.append(_clipped(word, start, end))
        return found

    def _word(self, index: int) -> Word:
        text, start = self._words[index], self._starts[index]
        return Word(start, start + len(text), text, tag_of(text))


def _pieces(line: str) -> Iterator[str]:
    """Yield the words of a line; a verb that the dictionary joins with a level is cut off."""
    for word in cut(line):
        if word in _JOINED:
            yield from _JOINED[word]
        else:
            yield word


def _clipped(word: Word, start: int, end: int) -> Word:
    left, right = max(word.start, start), min(word.end, end)
    if (left, right) == (word.start, word.end):
        return word
    return Word(left, right, word.text[left - word.start : right - word.start], word.tag)


@functools.lru_cache(maxsize=65536)
def tag_of(word: str) -> str:
    """Return the part of speech of one word; ``new`` for one that the segmenter guessed."""
    if not known(word):
        return "new" if any("一" <= char <= "鿿" for char in word) else "x"
    tags = tagged(word)
    return tags[0][1] if len(tags) == 1 else "new"
