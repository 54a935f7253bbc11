"""Sights, hills, waters and well-known streets of the prefectures that a text tells of: 泸山|脚下.

No head tells them (天街, 犄角尖), or one that ends many a word (泸山). Each stands in a list with its
prefecture; where another prefecture is told of, the same signs may be anything.
"""

from collections.abc import Iterator, Set
from typing import Final

from kg.gazetteer import Found
from kg.language.lexicon import lexicon
from kg.language.place_name import PlaceName
from kg.language.regions import common_words, ends_of, is_led, tuple_of
from kg.language.scan import Scan
from kg.language.tokens import tag_of
from kg.language.words import known

_LONG: Final = 3  # signs of a name that a plain word may be
_NAME_TAGS: Final = frozenset({"ns", "new", "nz", "nrt", "nr"})
# What a name goes on with: a town or a unit that is called so, a paper, a dialect.
_GOES_ON: Final = (
    *("镇", "乡", "街道", "村", "社区", "县", "市", "区", "派出所", "公安", "分局", "警", "边境"),
    *("路", "街", "大街", "大道", "巷"),
    *("日报", "晚报", "网", "发布", "融媒", "话", "口音", "方言", "人", "籍"),
)


class SightNames:
    """Finds the sights named in one scan."""

    def __init__(self, scan: Scan) -> None:
        self._text = scan.text
        self._tokens = scan.tokens
        _, self.found = scan.local

    def names(self) -> Iterator[PlaceName]:
        """Yield the names in order of place; of overlapping ones the first, and the longest there."""
        sure = {found for found in self.found if self._is_name(found)}
        named = {found.form for found in sure}
        reached = 0
        for found in self.found:
            if found.start >= reached and (found in sure or self._is_again(found, named)):
                reached = found.end
                yield PlaceName(found.start, found.end, "area", "sight", sure=False)

    def _is_again(self, found: Found, named: Set[str]) -> bool:
        """Return whether a name that stands elsewhere is cut by the segmenter here: 景迈|山头."""
        again = found.form in named and len(found.form) >= _LONG
        return again and not self._text.startswith(_GOES_ON, found.end)

    def _is_name(self, found: Found) -> bool:
        form, start, end = found.form, found.start, found.end
        if self._text.startswith(_GOES_ON, end) or not (
            self._tokens.may_end(start) and self._tokens.may_end(end)
        ):
            return False
        plain = form in common_words() or (known(form) and tag_of(form) not in _NAME_TAGS)
        if plain and len(form) < _LONG:  # 沟里
            return False
        return (_is_headed(form) and not plain) or self._is_led(start, end)

    def _is_led(self, start: int, end: int) -> bool:
        """Return whether a word before or behind says that something is a place."""
        return is_led(self._text, start) or self._text.startswith(tuple_of("name.after"), end)


def _is_headed(form: str) -> bool:
    """Return whether a name ends as those of places do: 阴条|岭, not 目瑙纵歌."""
    heads = ends_of("loc.head").get(form[-1], ())
    return form.endswith(heads) or form[-1] in lexicon().terms("name.sight")
