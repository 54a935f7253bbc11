"""The branch that goes on behind a body's name: X公司|Y林场, X工务段|Y高铁工区, X车务段|Y站."""

import functools
import re
from typing import Final

from kg.language.lexicon import any_of
from kg.language.names_left import NameReader, is_namelike
from kg.language.tokens import Tokens

_LONGEST: Final = 8
_RAIL: Final = ("车务段", "客运段", "铁路局")
_STATION: Final = re.compile("[一-鿿]{2,4}(?P<head>站)(?![台区长房前内外])")


class BranchReader:
    """Reads branches behind the bodies of one folded text."""

    def __init__(self, text: str, tokens: Tokens, reader: NameReader) -> None:
        self._text = text
        self._tokens = tokens
        self._reader = reader

    def end(self, end: int) -> int:
        """Return where a body's name ends that seems to end at ``end``."""
        match = _pattern().match(self._text, end)
        if match is None and self._text.endswith(_RAIL, 0, end):
            match = _STATION.match(self._text, end)
        if match is None:
            return end
        head = match.start("head")
        named = self._reader.start(head, end, _LONGEST) == end
        named = named and is_namelike(self._tokens, end, head)
        named = named or self._reader.places.is_name(self._text[end:head])
        return match.end() if named else end


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{2,6}}?(?P<head>{any_of('name.branch')})(?![长员])")
