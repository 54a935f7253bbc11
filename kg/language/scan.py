"""An article made ready for the recognisers: folded text, sentences, marks."""

import bisect
import functools
import itertools
import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.gazetteer import Found, gazetteer
from kg.language import text as texts
from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places, is_official
from kg.language.text import Span
from kg.language.tokens import Tokens
from kg.language.told import Told
from kg.language.units import UnitGrammar, UnitName
from kg.local_names import sights, villages
from kg.model import Article

# 联合|国网某供电公司 (the State Grid), 对|台儿庄区, 会同|乡司法所, where the dictionary has 联合国,
# 对台, 同乡.
# Each begins with one sign: the search then passes over all others at once.
_JOINTS: Final = (
    re.compile("联合(?=国[网能投药])"),
    re.compile("走进"),  # 走进|程阳八寨
    re.compile("绕行"),  # 绕行|大运路
    re.compile("对(?<=[，。；：]对)(?=[华日美俄台港欧韩英法德朝])"),
    re.compile("会同(?=[乡镇村](?:人民|政府|司法|综治|卫生|党委|应急|林业|水利|文化))"),
)


@dataclass(frozen=True)
class Scan:
    """``text`` is folded and has the same offsets as ``article.text``."""

    article: Article
    text: str
    sentences: tuple[Span, ...]
    marked: dict[str, list[Mark]]

    def marks(self, *classes: str) -> Sequence[Mark]:
        """Return the marks of the given lexicon classes, in order of place, longest first."""
        if len(classes) == 1:
            return self.marked.get(classes[0], ())
        found = [mark for klass in classes for mark in self.marked.get(klass, ())]
        return sorted(found, key=lambda m: (m.start, -m.end)) if found else ()

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds ``offset`` (the nearest before it, for a gap)."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self.sentences[max(index, 0)] if self.sentences else Span(0, len(self.text))

    @functools.cached_property
    def places(self) -> Places:
        """Return the region names of the text."""
        return Places(self.text, gazetteer())

    @functools.cached_property
    def told(self) -> Told:
        """Return the divisions that the text tells of."""
        return Told(self.places)

    @functools.cached_property
    def local(self) -> tuple[list[Found], list[Found]]:
        """Return where villages and sights of the divisions told of may be named, without levels."""
        told = self.told
        return villages().find(self.text, told.counties), sights().find(self.text, told.prefectures)

    @functools.cached_property
    def tokens(self) -> Tokens:
        """Return the words of the text."""
        spans = self.places.spans
        ends = [found.end for found in spans if is_official(found.form)]
        chained = (  # 甘肃|兰州, 山西|太原|钟楼街
            one.end
            for one, two in itertools.pairwise(spans)
            if one.end == two.start and self.places.is_high(one.form)
        )
        joint = (match.end() for pattern in _JOINTS for match in pattern.finditer(self.text))
        return Tokens(self.text, [*ends, *chained, *joint])

    @functools.cached_property
    def unit_names(self) -> tuple[UnitName, ...]:
        """Return the unit names of the text, read by their grammar."""
        return tuple(UnitGrammar(self.text, self.marked, self.places).names())

    @functools.cached_property
    def title_end(self) -> int:
        """Return where the title line ends: 0 for a text that begins without one."""
        end = len(self.article.title)
        return end if self.text[end : end + 1] in ("", "\n") else 0

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.sentences]


# What the recognisers ask every scan for, in the order in which one is made of the other.
_ASKED: Final = tuple(map(operator.attrgetter, ("places", "local", "tokens", "unit_names")))


def scan_all(articles: Iterable[Article]) -> list[Scan]:
    """Return articles scanned, step by step, with all that recognisers ask each of them for."""
    scans = [scan(article) for article in articles]
    for prepare in _ASKED:
        for one in scans:
            prepare(one)
    return scans


def scan(article: Article) -> Scan:
    """Return ``article`` folded, cut into sentences and marked by the lexicons."""
    folded = texts.fold(article.text)
    return Scan(article, folded, tuple(texts.sentences(folded)), lexicon().marks(folded))
