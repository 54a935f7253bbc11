"""Which stations offer a service: a notice lists them, one a line, and no verb says so.

现将开放窗口公告如下： · 1.城关派出所：城关镇人民路 · 2.河口、沙湾派出所：预约办理
"""

import functools
import re
from bisect import bisect_left
from typing import Final

from kg.language.activity_heads import measures
from kg.language.text import Span
from kg.model import Mention
from kg.relate.claims import Claims
from kg.relate.reading import Item, Reading, Sentence
from kg.relate.words import pattern

_LINE: Final = re.compile(
    r"^[ \u3000]*(?:[0-9]{1,2} ?[.、）)]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、) ?",
    re.MULTILINE,
)
_OFFER: Final = r"<offer>"
_NO_OFFER: Final = r"<no_offer>"
_JOINTS: Final = frozenset("、和及")
_CLOSED: Final = frozenset("：，；。（ \n")
_OFFERED: Final = "service"
_BETWEEN: Final = 3  # lines of an entry behind its first: address, telephone
_FEWEST: Final = 2  # lines of a list


class Rosters:
    """Adds takes_part for the stations that a notice lists under a service."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self._reading = reading
        self._claims = claims
        self._text = reading.text

    def relate(self) -> None:
        """Add what the lists of an article say, if they stand under a service."""
        lines = [match.end() for match in _LINE.finditer(self._text)]
        if len(lines) < _FEWEST:
            return
        block: list[tuple[Span, list[Mention]]] = []
        led, last = 0, -1  # where the line before the list begins, and where the last entry ends
        for at in lines:
            listed = self._listed(at)
            start = self._text.rfind("\n", 0, at) + 1
            if block and (listed is None or self._is_far(block[-1][0].end, start)):
                self._take(led, block)
                block = []
            if not block and (last < 0 or self._text[last:start].strip()):
                led = self._line_before(start)
            if listed is not None:
                block.append(listed)
            last = self._text.find("\n", at)
        self._take(led, block)

    def _line_before(self, start: int) -> int:
        """Return where the last line before ``start`` begins that is not blank."""
        while start > 0:
            begin = self._text.rfind("\n", 0, start - 1) + 1
            if self._text[begin:start].strip():
                return begin
            start = begin
        return 0

    def _is_far(self, end: int, start: int) -> bool:
        return len([line for line in self._text[end:start].split("\n") if line.strip()]) > _BETWEEN

    def _take(self, led: int, block: list[tuple[Span, list[Mention]]]) -> None:
        """Add that the units of a list offer the service told of last, if its lead says so."""
        if len(block) < _FEWEST:
            return
        first = block[0][0].start
        lead = self._text[led:first]
        told = self._service(first)
        if told is None or pattern(_NO_OFFER).search(lead) or not pattern(_OFFER).search(lead):
            return
        sentence, act = told
        status = self._reading.statuses.at(sentence.span, act.start)
        for line, units in block:
            for unit in units:
                if unit.entity not in self._claims.heads("organizes", act.entity):
                    places: list[Span | Mention] = [sentence.span, line]
                    ends = (unit.entity, act.entity)
                    self._claims.add("takes_part", ends, places, "roster.listed", status)

    def _service(self, end: int) -> tuple[Sentence, Mention] | None:
        """Return the last service that is told of before the list, and the sentence that names it."""
        found = None
        for sentence in self._reading.sentences:
            if sentence.span.start >= end:
                break
            for item in sentence.items:
                if self._is_service(item) and item.mention.start < end:
                    found = sentence, item.mention
        return found

    def _is_service(self, item: Item) -> bool:
        if item.type != "ACT" or item.mention.nominal or item.mention.text.endswith(measures()):
            return False
        return self._reading.entities[item.entity].attributes.get("kind") == _OFFERED

    @functools.cached_property
    def _items(self) -> list[Item]:
        """The mentions of the article in order of place."""
        return [item for sentence in self._reading.sentences for item in sentence.items]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [item.mention.start for item in self._items]

    def _listed(self, start: int) -> tuple[Span, list[Mention]] | None:
        """Return a line that begins with the names of units and tells of no deed, and these units."""
        stop = self._text.find("\n", start)
        line = Span(start, stop if stop >= 0 else len(self._text))
        first = bisect_left(self._starts, line.start)
        items = self._items[first : bisect_left(self._starts, line.end, first)]
        units: list[Mention] = []
        at = start
        for item in items:
            mention = item.mention
            if item.type != "UNIT" or mention.start != at:
                break
            units.append(mention)
            at = mention.end + (self._text[mention.end : mention.end + 1] in _JOINTS)
        closed = bool(units) and (units[-1].end >= line.end or self._text[units[-1].end] in _CLOSED)
        return (line, units) if closed and all(i.type != "ACT" for i in items) else None
