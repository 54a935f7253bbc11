"""Points of a paragraph (一是…。二是…。): each begins with what held before the first of them."""

import re
from typing import Final

from kg.records import record
from kg.relate.act import Act
from kg.relate.reading import Item, Sentence

_NUMBER: Final = r"([一二三四五六七八九])"
_POINT: Final = re.compile(
    rf"[\s“]*(?:{_NUMBER}[是、]|（{_NUMBER}）|第{_NUMBER}[，、是]|([1-9])[.、](?![0-9]))"
)


@record
class Held:
    """What carries over from sentence to sentence in a paragraph."""

    actors: tuple[Item, ...]
    parties: tuple[Item, ...]
    places: tuple[Item, ...]
    times: tuple[Item, ...]
    day: tuple[Item, ...]
    main: Act | None
    main_sentence: int
    main_paragraph: int


class Points:
    """Remembers what held before the first point of a paragraph."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraph = -1
        self._before: Held | None = None

    def begins(self, sentence: Sentence) -> bool:
        """Return whether a sentence begins with the number of a point."""
        return _POINT.match(self._text, sentence.span.start) is not None

    def keep(self, sentence: Sentence, held: Held) -> Held:
        """Return what holds when a point begins; the first of a paragraph says what that is."""
        if self._before is None or self._paragraph != sentence.paragraph:
            found = _POINT.match(self._text, sentence.span.start)
            if found is None or not any(number in ("一", "1") for number in found.groups()):
                return held
            self._paragraph, self._before = sentence.paragraph, held
        return self._before
