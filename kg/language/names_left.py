"""Where a name of unknown extent begins: read leftwards from its head to what cannot be part of it.

A name that no list holds (草滩坝|村, 恒泽运输|有限责任公司) is bounded on its right by its head. On its
left it ends at a sign, at another name, or at a word that is no part of names: a preposition, a
verb, a noun of persons. Names may hold such signs themselves (和平路, 从江县, 解放街).
"""

import re
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.regions import Places
from kg.language.tokens import Tokens, Word
from kg.language.words import known

_WINDOW: Final = 24
_OPEN: Final = re.compile(r"[^一-鿿·〇0-9A-Za-z]")
_NAME_TAGS: Final = frozenset({"ns", "nr", "nz", "nt", "nrt", "nrfg", "new"})
# Prepositions that the segmenter glues to an unknown name: 与其龙|村, 岛至|西沙岛.
_GLUED_BEFORE: Final = "与和及同向对在于从到把将被让为以至由往赴进沿经距离入是"
_GLUED_AFTER: Final = "至到在与和及的是"


class NameReader:
    """Reads names leftwards in one folded text."""

    def __init__(self, text: str, tokens: Tokens, places: Places) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places
        terms = lexicon().terms
        self._stops = {*terms("unit.stop"), *terms("name.stop")}
        self._verbs = terms("name.verb")
        self._inner = terms("name.inner")

    def words(self, end: int, floor: int) -> list[Word]:
        """Return the words before ``end``; none reaches over a sign, a blank or ``floor``."""
        left = max(floor, end - _WINDOW)
        breaks = [match.end() for match in _OPEN.finditer(self._text, left, end)]
        return self._tokens.between(breaks[-1] if breaks else left, end)

    def start(self, end: int, floor: int, longest: int = 10) -> int:
        """Return where the name that touches ``end`` begins; ``end`` if nothing there is a name."""
        words = self.words(end, floor)
        start = end
        while words:
            word = words.pop()
            if end - word.start > longest:
                break
            if self._stops_at(word, first=start == end):
                start = self._over_stop(word, start, end)
                break
            if (
                word.tag == "new"
                and start < end
                and word.text[-1] in _GLUED_AFTER
                and not self._joins(word.end)
            ):
                break
            start = word.start
        return self._unglued(start, end)

    # -- words that end a name --------------------------------------------------------------

    def _stops_at(self, word: Word, *, first: bool) -> bool:
        """Return whether a name cannot hold ``word``; ``first`` if it touches the head."""
        text, tag = word.text, word.tag
        if len(text) == 1:
            return (text in self._stops or tag[0] in "pcu") and not self._is_inner(word)
        if first and text in self._verbs:
            return False
        if text in self._stops:
            return text not in self._verbs or tag == "v"
        if tag in _NAME_TAGS:
            return False
        if tag[0] in "mqt":
            return not first and not text.startswith("第") and text not in self._verbs
        return tag[0] in "pcurdye" or (tag == "v" and not first and text not in self._verbs)

    def _is_inner(self, word: Word) -> bool:
        """Return whether a stop sign belongs to a name around it: 呼|和, 朱日|和, 从|江."""
        return self._joins(word.start) or self._joins(word.end)

    def _joins(self, at: int) -> bool:
        """Return whether the signs around ``at`` belong together in names (和平, 日和)."""
        return self._text[at - 1 : at + 1] in self._inner

    def _over_stop(self, word: Word, start: int, end: int) -> int:
        """Return where a name known to the gazetteer begins that holds a stop word: 乐|从."""
        for begin in range(max(word.start - 2, 0), start):
            if self._places.is_name(self._text[begin:end]):
                return begin
        return start

    def _unglued(self, start: int, end: int) -> int:
        """Return ``start`` behind a preposition glued to an unknown name."""
        if end - start < 3 or self._text[start] not in _GLUED_BEFORE:
            return start
        word = self._tokens.at(start)
        real = len(word.text) > 1 and known(word.text) and word.text not in self._stops
        real = real and word.tag[0] not in "pcrd"
        return start if real or self._text[start : start + 2] in self._inner else start + 1
