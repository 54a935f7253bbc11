"""What may stand before the head of a site: a name, a bare level (县), generic words, a count."""

import functools
import re
from typing import Final

from kg.language.lexicon import lexicon

_NUMERALS: Final = "一二两三四五六七八九十几多数"
_COUNTING: Final = frozenset(f"{_NUMERALS}百千")
_COUNT: Final = re.compile(rf"[{_NUMERALS}这那每\d]+[个条座间家所处段片块栋幢层]?")
_APPROXIMATE: Final = re.compile(r"[\d一二两三四五六七八九十百千]+(?:[余多]|[名个位人辆次起件户])")
_LEVELS_COUNTED: Final = re.compile(rf"[{_NUMERALS}\d][省市县区旗镇乡村][{_NUMERALS}\d]")
_LEVELS: Final = re.compile(r"自治区|苏木|街道|社区|嘎查|[省市州盟县旗区镇乡村]")
_LEVEL_SIGNS: Final = frozenset("自苏街社嘎省市州盟县旗区镇乡村")  # with which one begins
_MAY_END_IN_NUMERAL: Final = frozenset({"school", "hospital", "station", "region", "village"})
_BY_SHORE: Final = frozenset({"road", "park", "square", "compound", "community", "zone"})
_WHERE: Final = tuple("在与和沿到至、从市县区镇街")
_NATURAL: Final = frozenset({"water", "mountain"})
# What the sites that name others name: 车站|路, 花园|小学.
_STREETS: Final = frozenset({"road", "community", "compound"})
_NAMED: Final = _STREETS | {"village", "region", "school", "square", "park", "market", "hospital"}


class Stems:
    """Tests what a stem is, from its words alone."""

    def __init__(self) -> None:
        terms = lexicon().terms
        self._heads = terms("loc.head")
        self._verbs = terms("name.verb")
        self._generic = terms("name.generic")
        self._figures = terms("name.figurative")
        self._sites = terms("name.site")
        self._squares = terms("name.plainsquare")

    def is_proper(self, stem: str, kind: str) -> bool:
        """Return whether a stem names a site of this kind."""
        if kind in _NATURAL and len(stem) == 1:  # 牛|河
            return stem not in self._generic
        if stem in self._sites:
            return kind in (_STREETS if self._sites[stem] == "street" else _NAMED)
        if self._generic.get(stem) == "shore" and kind not in _BY_SHORE:
            return kind == "school" and stem[0] == "滨"  # 沿河|路, 滨河|中学, but 沿海|学校
        return not self.is_level(stem) and not self.is_generic(stem)

    def is_level(self, stem: str) -> bool:
        """Return whether a stem is a bare level, with or without generic words: 县, 旗养老."""
        match = _LEVELS.match(stem) if stem[:1] in _LEVEL_SIGNS else None
        if match is None:
            return False
        rest = stem[match.end() :]
        rest = rest.removeprefix("城") if match[0] == "县" else rest  # 县城|客运站
        joined = rest in ("和", "与", "及")  # 苏木和|嘎查
        return not rest or joined or (len(rest) > 1 and self.is_generic(rest))

    def is_generic(self, stem: str) -> bool:
        """Return whether generic words alone make the stem, or a count (一条, 两座)."""
        if len(stem) < 2 or self._generic.get(stem) == "":
            return True
        if stem[0] in "内外" and self.is_generic(stem[1:]):  # 社区|内老旧|小区
            return True
        counted = _COUNT.fullmatch(stem) is not None and stem not in self._verbs
        return counted or self._is_made_of_generic(stem)

    def is_counted(self, stem: str, kind: str) -> bool:
        """Return whether a numeral at its end counts the site (一|工地), and is no part of a name."""
        counts = stem[:1] in _COUNTING or stem[:1].isdecimal()
        if counts and (_APPROXIMATE.match(stem) or _LEVELS_COUNTED.match(stem)):
            return True  # 20余名|城, 一镇两|乡
        known = stem in self._verbs or (kind in _STREETS and len(stem) > 2)  # 五一|广场, 科技二|路
        return (
            stem != "" and stem[-1] in _NUMERALS and not known and kind not in _MAY_END_IN_NUMERAL
        )

    def is_site(self, stem: str) -> bool:
        """Return whether a stem is itself the head of a site: 林场|家属区, 花园|小学."""
        return stem in self._sites

    def is_plain_square(self, stem: str) -> bool:
        """Return whether a square is called so in any town: 沂水县|人民|广场."""
        return stem in self._squares

    def is_common(self, word: str) -> bool:
        """Return whether a word is generic before a head."""
        return word in self._generic

    def is_name_verb(self, word: str) -> bool:
        """Return whether a verb often makes names (解放, 建设)."""
        return word in self._verbs

    def is_figure(self, stem: str, behind: str) -> bool:
        """Return whether a stem that names roads makes a figure of speech here: 踏上|创业|路."""
        figure = stem in self._figures or (len(stem) > 2 and stem[-2:] in self._figures)
        return figure and not behind.endswith(_WHERE)

    def _is_made_of_generic(self, stem: str) -> bool:
        if self._generic.get(stem) == "" or stem in self._heads:
            return True
        for size in range(len(stem) - 2, 1, -1):
            if stem[:size] in self._generic:
                rest = stem[size:]
                if rest in self._generic or self._is_made_of_generic(rest):
                    return True
        return False


@functools.cache
def stems() -> Stems:
    """Return the tests of stems, made once a process."""
    return Stems()
