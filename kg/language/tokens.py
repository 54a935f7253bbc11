"""The words of a whole text, by place: where one begins, where one ends, what it is."""

import functools
import itertools
import re
from collections.abc import Iterable
from typing import Final

import rjieba

from kg.language.lexicon import lexicon
from kg.language.words import known
from kg.records import record

# 会同县 is in the dictionary, 会同 + 县 (某局) in the news: where such a word is cut.
_JOINED: Final = {
    **{
        "会同县": 2,
        "村村": 1,
        "一路下": 2,
        "路由": 1,
    },  # 花坪村|村民, 翔云一路|下客平台, 土桥路|由南往北
    **{kind + one: 1 for kind in "市村街巷组屯社园湖河山" for one in "一两某到至"},  # 沙湾村|一民房
    **{f"村{number}组": 1 for number in "一二三四五六七八九十"},
    **{way + on: 1 for way in "路街道线" for on in "转经"},  # 长安路|转南河路
    **{way + "段": 1 for way in "街巷桥"},  # 河南街|段
}
# Where one may stand: its first two signs.
_MAY_JOIN: Final = re.compile(
    "[{}](?=[{}])".format(*("".join(sorted({word[at] for word in _JOINED})) for at in (0, 1)))
)


@record
class Word:
    """A word of a text, or the part of it that stands in a window."""

    start: int
    end: int
    text: str
    tag: str


class Tokens:
    """The words of one folded text; no word reaches over one of the ``breaks``.

    All of it is cut at once, which takes less than to cut what is asked for, stretch by stretch.
    """

    def __init__(self, text: str, breaks: Iterable[int] = ()) -> None:
        words: list[str] = []
        at = 0
        for edge in (*sorted(breaks), len(text)):
            words += rjieba.cut(text[at:edge])
            at = edge
        self._text = text
        self._edges = edges = bytearray(len(text) + 1)  # 1 where a word begins or ends
        for at in itertools.accumulate(map(len, words), initial=0):
            edges[at] = 1
        for match in _MAY_JOIN.finditer(text):
            start = match.start()
            if edges[start]:
                joint = _JOINED.get(text[start : edges.find(1, start + 1)], 0)
                edges[start + joint] = 1
        self._made: dict[int, Word] = {}  # by their starts

    def is_edge(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``."""
        return self._edges[offset] == 1

    def may_end(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``, or the segmenter guessed where."""
        return self.is_edge(offset) or self.at(offset).tag == "new"

    def at(self, offset: int) -> Word:
        """Return the word that covers ``offset``."""
        start = self._edges.rfind(1, 0, offset + 1)
        word = self._made.get(start)
        if word is None:
            end = self._edges.find(1, start + 1)
            text = self._text[start:end]
            word = self._made[start] = Word(start, end, text, tag_of(text))
        return word

    def before(self, end: int, floor: int) -> Word | None:
        """Return the word that ends at ``end``, None at ``floor``; one that crosses them is clipped."""
        if end <= floor:
            return None
        word = self.at(end - 1)
        return word if word.start >= floor and word.end <= end else _clipped(word, floor, end)

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words from ``start`` to ``end``; those that cross an end are clipped."""
        found: list[Word] = []
        at = start
        while at < end:
            word = self.at(at)
            at = word.end
            found.append(word if word.start >= start and at <= end else _clipped(word, start, end))
        return found


def _clipped(word: Word, start: int, end: int) -> Word:
    left, right = max(word.start, start), min(word.end, end)
    return Word(left, right, word.text[left - word.start : right - word.start], word.tag)


@functools.lru_cache(maxsize=65536)
def tag_of(word: str) -> str:
    """Return the part of speech of one word; ``new`` for one that the segmenter guessed."""
    if (ours := lexicon().terms("name.tag").get(word)) is not None:
        return ours
    if not known(word):
        return "new" if any("一" <= char <= "鿿" for char in word) else "x"
    tags = rjieba.tag(word)
    return tags[0][1] if len(tags) == 1 else "new"
