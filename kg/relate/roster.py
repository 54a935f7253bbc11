"""Which stations offer a service: a notice lists them, one a line, and no verb says so.

现将开放窗口公告如下： · 1.城关派出所：城关镇人民路 · 2.河口、沙湾派出所：预约办理
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from kg.language.text import Span
from kg.model import Mention
from kg.relate.claims import Claims
from kg.relate.reading import Item, Reading, Sentence
from kg.relate.words import pattern

_LINE: Final = re.compile(
    r"^[ \u3000]*(?:[0-9]{1,2} ?[.、）)]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、) ?",
    re.MULTILINE,
)
_ANNOUNCED: Final = r"<announce>"
_JOINTS: Final = frozenset("、和及")
_CLOSED: Final = frozenset("：，；。（ \n")
_OFFERED: Final = frozenset({"service"})
_FEWEST: Final = 2  # lines of a list


class Rosters:
    """Adds takes_part for the stations that a notice lists under a service."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self._reading = reading
        self._claims = claims
        self._text = reading.text

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self._reading.sentences]

    def relate(self) -> None:
        """Add what the lists of an article say, if it announces a service."""
        lines = [match.end() for match in _LINE.finditer(self._text)]
        if len(lines) < _FEWEST:
            return
        told = self._announced(lines[0])
        listed = [one for at in lines if (one := self._listed(at))] if told else []
        if told is None or len(listed) < _FEWEST:
            return
        sentence, act = told
        status = self._reading.statuses.at(sentence.span, act.start)
        for line, units in listed:
            for unit in units:
                if unit.entity not in self._claims.heads("organizes", act.entity):
                    places: list[Span | Mention] = [sentence.span, line]
                    ends = (unit.entity, act.entity)
                    self._claims.add("takes_part", ends, places, "roster.listed", status)

    def _announced(self, end: int) -> tuple[Sentence, Mention] | None:
        """Return the service that is announced before the list, and the sentence that names it."""
        found = None
        announced = False
        for sentence in self._reading.sentences:
            if sentence.span.start >= end:
                break
            announced = announced or bool(
                pattern(_ANNOUNCED).search(self._text, sentence.span.start, sentence.span.end)
            )
            for item in sentence.items:
                if self._is_service(item) and item.mention.start < end:
                    found = sentence, item.mention
        return found if announced else None

    def _is_service(self, item: Item) -> bool:
        if item.type != "ACT" or item.mention.nominal:
            return False
        return self._reading.entities[item.entity].attributes.get("kind") in _OFFERED

    def _listed(self, start: int) -> tuple[Span, list[Mention]] | None:
        """Return a line that begins with the names of units and tells of no deed, and these units."""
        stop = self._text.find("\n", start)
        line = Span(start, stop if stop >= 0 else len(self._text))
        items = list(self._items(line))
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

    def _items(self, line: Span) -> Iterator[Item]:
        """Yield the mentions of a line."""
        for at in range(max(0, bisect_right(self._starts, line.start) - 1), len(self._starts)):
            sentence = self._reading.sentences[at]
            if sentence.span.start >= line.end:
                return
            yield from (i for i in sentence.items if line.start <= i.mention.start < line.end)
