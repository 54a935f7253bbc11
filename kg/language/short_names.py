"""Names of two signs that signs, a preposition or a region bound: ，日谢|村, 从刀弄|寨.

The segmenter may have cut them anyhow, or joined them to what stands before.
"""

import re
from collections.abc import Container
from typing import Final

from kg.language.names_left import NameReader
from kg.language.site_stems import Stems
from kg.language.words import known

SHORT: Final = 2
_GLUED: Final = re.compile(r"[从到在至往进]")
_HAN: Final = re.compile(r"[一-鿿]+")
# What bounds a short name on its left (，日谢|村), and what neither of its signs can be.
_SIGNS: Final = "，。；：、“”（ \n"
_BOUNDS: Final = f"{_SIGNS}从到在至往进赴了"
_LEADING: Final = frozenset("并再又还也各本该全每与和将把被就由让请使对向在从到至往于给为沿")
_LINKING: Final = frozenset("与请让叫给对向把被将和为由乡农山全本各邻外进驻下入出回渔")


class ShortNames:
    """Finds where short names begin in one folded text; ``ends`` are the ends of its regions."""

    def __init__(self, text: str, reader: NameReader, stems: Stems, ends: Container[int]) -> None:
        self._text = text
        self._reader = reader
        self._stems = stems
        self._ends = ends

    def start(self, start: int, end: int) -> int:
        """Return where a short name begins that is bounded before ``end``, else ``start``."""
        if end - start > 1 and not _GLUED.search(self._text, start + 1, end):
            return start
        begin = end - SHORT
        return begin if self.is_bounded(begin, end) else start

    def is_bounded(self, begin: int, end: int) -> bool:
        """Return whether signs, a preposition or a region bound two signs that make no word."""
        stem = self._text[max(begin, 0) : end]
        placed = begin in self._ends  # 大冷镇|程家村, though 程家 is a word
        if len(stem) < SHORT or not _HAN.fullmatch(stem) or (known(stem) and not placed):
            return False
        if self._stems.is_generic(stem) or self._stems.is_level(stem) or _GLUED.search(stem):
            return False
        if begin and not placed and self._cuts_word(begin):
            return False
        opens = placed or not begin or self._text[begin - 1] in _BOUNDS
        return opens and not (
            self._reader.is_stop(stem) or stem[0] in _LEADING or stem[1] in _LINKING
        )

    def _cuts_word(self, at: int) -> bool:
        """Return whether the signs around a place make a word: 往|年过公路."""
        return self._text[at - 1] not in _SIGNS and known(self._text[at - 1 : at + 1])
