"""What a reader of persons knows while it reads: where names may stand, which are found so far."""

import functools
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.name_context import BEST_END, follow, is_brand
from kg.language.name_elements import may_go_on
from kg.language.name_tables import AMBIGUOUS, said, tables
from kg.language.naming import Reading, han_limits, readings
from kg.language.scan import Scan
from kg.language.text import places_of
from kg.language.tokens import tag_of
from kg.language.words import known
from kg.recognise.candidate import CERTAIN, LIKELY, Candidate

_SPOKEN: Final = 0.7  # more where the surname is a plain word too: 民警|于…, 民警|向…
SHORTER: Final = 0.4  # more for a name of two signs
_SAID: Final = 2.5  # who holds a post and then speaks is a person, even if called 高原
_SUPPORT: Final = (0.0, 1.0, 1.2)  # for further places of the text where the same name stands well
_PLACES: Final = frozenset({"LOC", "ORG", "UNIT"})
_PEOPLES: Final = frozenset({"mongol", "tibetan", "turkic", "dotted"})
_PEOPLES_OF_CLANS: Final = frozenset({"yi", "dai"})  # whose given names have signs of their own
_SHORTEST: Final = 2  # signs of a name
_AND: Final = "和"  # a surname too
_LIGHT: Final = "作"  # a verb that only helps a noun: 作总结
_OVER: Final = "余"
_ELEMENTS: Final = 0.6  # a name of four signs or more, all of known elements
_NOUN_FOLLOWS: Final = -0.5  # 濮伟|脑子里: what follows a name of two signs that is no word
_HOLDING: Final = ("担任", "调任", "改任", "兼任", "转任", "任", "是")
_INTRODUCED: Final = 0.8  # what a name must be worth that a post in a unit is told of
_CLAUSE_STARTS: Final = frozenset("，。；：！？”\n ")
_MOST: Final = _SUPPORT[-1] + _ELEMENTS + 0.01  # what a reading can gain, and the error of sums


@functools.cache
def _people() -> frozenset[str]:
    """Return the nouns for people."""
    return frozenset(lexicon().terms("group.head"))


class Names:
    """The names found in one text; they keep off units, times and each other."""

    def __init__(self, scan: Scan, found: Sequence[Candidate]) -> None:
        self._scan = scan
        self._text = scan.text
        self._taken = bytearray(len(scan.text))  # 1 for each sign of units and times
        self._named = bytearray(len(scan.text))  # … of the names found
        self._places: list[tuple[int, int]] = []
        for c in found:
            if c.type == "TIME" or (c.type == "UNIT" and not c.nominal):
                self._taken[c.start : c.end] = b"\1" * (c.end - c.start)
            if c.type in _PLACES:
                self._places.append((c.start, c.end))
        self._place_ends = {right for _, right in self._places}
        self._marks = scan.marks("per.post")
        self._posts = {mark.start: mark.end for mark in reversed(self._marks)}
        self._post_ends = {mark.end for mark in self._marks}
        self._inside = {at for left, right in self._posts.items() for at in range(left + 1, right)}
        self._found: dict[int, Candidate] = {}
        self._repeated: set[str] = set()  # names whose further places have been looked for

    def _try(
        self, start: int, floor: float, rule: str, weight: float, ends: range | None = None
    ) -> bool:
        """Take the best name at ``start`` that reaches ``floor`` and ends where it may."""
        if self._is_taken(start, start + 1):
            return False
        held = rule == "post" and weight == CERTAIN
        least = floor - (_MOST + _SAID if held else _MOST)  # below it nothing else makes a name
        if self._is_hopeless(start, least, ends):
            return False
        score, end = floor, -1
        for reading in readings(self._text, start):
            if reading.score < least or (ends is not None and reading.end not in ends):
                continue
            if not self._is_barred(start, reading.end):
                worth = self._supported(start, reading, held=held)
                score, end = max((score, end), (worth, reading.end))
        if end < 0:
            return False
        self._put(start, end, rule, weight)
        return True

    def _is_hopeless(self, start: int, least: float, ends: range | None) -> bool:
        """Return whether the signs alone tell that no name here is worth ``least``.

        Only Han names may begin here, and their signs, with the best that may follow, are too little.
        """
        text = self._text
        first = text[start : start + 1]
        if first in tables().openers or tables().surnames.get(first) in _PEOPLES_OF_CLANS:
            return False
        if may_go_on(text, start):
            return False
        short, long = han_limits(text[start : start + 4])
        if ends is None or len(ends) > 1:
            return max(short, long) + BEST_END < least
        limit = short if ends[0] - start == _SHORTEST else long
        return limit + follow(text, ends[0]) < least

    def _says(self, start: int) -> bool:
        """Return whether a verb of saying stands here: who holds a post and speaks is a person."""
        verb = said().match(self._text, start)
        return verb is not None and bool(lexicon().terms("name.say")[verb[0]])

    def _supported(self, start: int, reading: Reading, *, held: bool = False) -> float:
        """Return the score of a reading with what the rest of the text says for it."""
        text = self._text
        name, after = text[start : reading.end], text[reading.end : reading.end + 1]
        good = 0
        for at in places_of(name, text):
            end = at + len(name)
            # the same sign behind it again may be of the name: 马跃|南
            if at != start and text[end : end + 1] != after and follow(text, end) > 0.6:
                good += 1
        known_name = _ELEMENTS if reading.kind in _PEOPLES and reading.end - start > 3 else 0.0
        spoken = tables().surnames.get(text[start]) in AMBIGUOUS
        if spoken and reading.kind == "han":
            known_name -= _SPOKEN + (SHORTER if reading.end - start == 2 else 0.0)
        may_say = held and (not spoken or tag_of(name) in ("nr", "ns"))  # 所长|海山|说
        speaks = _SAID if may_say and self._says(reading.end) else 0.0
        if after in ("和", "与") and self._says(reading.end + 1):  # 王兆和|说: no 和 before a verb
            speaks = -_SAID
        return reading.score + known_name + _SUPPORT[min(good, 2)] + speaks

    def _is_taken(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0

    def _is_barred(self, start: int, end: int) -> bool:
        """Return whether a unit or a time holds part of the stretch, or a post cuts it: 和护|边员.

        Nor is 志愿者|和保安 the volunteer 和保安, nor 民警40|余人赴 an officer.
        """
        if self._text[end - 1] == _LIGHT and self._text[end - 1 : end + 2] in lexicon().terms(
            "name.follow"
        ):
            return True  # 政委鲁森|作总结
        if self._text[start] == _OVER and self._text[start - 1 : start].isdigit():
            return True
        if self._text[start] == _AND and self._text[start + 1 : end] in _people():
            return True
        for left in range(start + 1, end):
            if self._posts.get(left, end) > end:
                return True
        return self._is_taken(start, end)

    def _is_placed(self, start: int, end: int) -> bool:
        """Return whether a place or an organisation holds the stretch."""
        for left, right in self._places:  # noqa: SIM110 (a generator costs more)
            if left <= start and end <= right:
                return True
        return False

    def _overlaps(self, start: int, end: int) -> bool:
        return self._named.find(1, start, end) >= 0

    def _put(
        self,
        start: int,
        end: int,
        rule: str,
        weight: float,
        *,
        anonymous: bool = False,
        called: str = "",
    ) -> None:
        if start in self._found or self._text[start:end] in lexicon().terms("name.nobody"):
            return
        if is_brand(self._text, start, end):
            return
        attributes = {"anonymous": "yes"} if anonymous else {}
        attributes |= {"called": called} if called else {}
        rule = f"per.{rule}"
        self._found[start] = Candidate("PER", start, end, rule, weight, attributes=attributes)
        self._named[start:end] = b"\1" * (end - start)

    def _repeats(self) -> None:
        """Take the names found wherever else they stand."""
        for first in list(self._found.values()):
            name = self._text[first.start : first.end]
            if name in self._repeated:
                continue
            self._repeated.add(name)
            for start in places_of(name, self._text):
                end = start + len(name)
                if self._overlaps(start, end):
                    continue
                if len(name) > 2 or end in self._posts or self._may_end(name, end):
                    hidden = first.attributes.get("anonymous") == "yes"
                    # 搭在|李长河|肩上: the officer of the article, no river
                    weight = CERTAIN if first.weight == CERTAIN and len(name) > 2 else LIKELY
                    self._put(start, end, "repeat", weight, anonymous=hidden)

    def _introduced(self) -> None:
        """Take who is said to hold a post in a unit, or to get it: 段学文|是甲派出所民警, 任乙所所长."""
        for unit in self._scan.unit_names:
            post = unit.end + self._text.startswith("的", unit.end)
            before = self._text[max(0, unit.start - 2) : unit.start]
            verb = next((verb for verb in _HOLDING if before.endswith(verb)), "")
            if not verb or post not in self._posts:
                continue
            end = unit.start - len(verb)
            for start in (end - 3, end - 2):
                opens = start == 0 or (start > 0 and self._text[start - 1] in _CLAUSE_STARTS)
                if opens and not self._overlaps(start, end):
                    self._try(start, _INTRODUCED, "introduced", LIKELY, range(end, end + 1))

    def _may_end(self, name: str, end: int) -> bool:
        """Return whether a name of two signs may end here."""
        floor = 0.6 if known(name) else _NOUN_FOLLOWS
        return follow(self._text, end) > floor
