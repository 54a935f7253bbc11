"""An article made ready for the recognisers: folded text, sentences, marks."""

import bisect
import functools
from dataclasses import dataclass

from kg.language import text as texts
from kg.language.lexicon import Mark, lexicon
from kg.language.text import Span
from kg.model import Article


@dataclass(frozen=True)
class Scan:
    """``text`` is folded and has the same offsets as ``article.text``."""

    article: Article
    text: str
    sentences: tuple[Span, ...]
    marked: dict[str, list[Mark]]

    def marks(self, *classes: str) -> list[Mark]:
        """Return the marks of the given lexicon classes, in order of place, longest first."""
        found = [mark for klass in classes for mark in self.marked.get(klass, ())]
        return found if len(classes) == 1 else sorted(found, key=lambda m: (m.start, -m.end))

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds ``offset`` (the nearest before it, for a gap)."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self.sentences[max(index, 0)] if self.sentences else Span(0, len(self.text))

    @functools.cached_property
    def title_end(self) -> int:
        """Return where the title line ends."""
        return len(self.article.title)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.sentences]


def scan(article: Article) -> Scan:
    """Return ``article`` folded, cut into sentences and marked by the lexicons."""
    folded = texts.fold(article.text)
    return Scan(article, folded, tuple(texts.sentences(folded)), lexicon().marks(folded))
