"""Persons: who is named, by the post before the name, by what follows it, by the byline.

A name is looked for only where one may be expected; once it is found, all its occurrences count.
Anonymised persons (李某, 王女士) carry ``anonymous=yes``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.name_context import follow, is_brand, is_plain
from kg.language.name_tables import AMBIGUOUS, is_sound, opener, personal, said, tables
from kg.language.naming import Reading, han_limits, is_element, readings
from kg.language.scan import Scan
from kg.language.words import known
from kg.recognise.candidate import CERTAIN, LIKELY, Candidate
from kg.recognise.person_byline import bylines

# How likely a name has to be (naming.readings), by what leads to it.
_BY_POST: Final = 0.4
_SPOKEN: Final = 0.7  # more where the surname is a plain word too: 民警|于…, 民警|向…
_BY_CIVIL: Final = 1.25
_BY_LIST: Final = 0.9
_BY_SPEECH: Final = 2.0
_SHORTER: Final = 0.4  # more for a name of two signs
_BY_AGE: Final = 1.9
_BEFORE_POST: Final = {3: 2.4, 2: 3.0}
_SAID: Final = 2.5  # who holds a post and then speaks is a person, even if called 高原
_OPENS_CLAUSE: Final = 2.2  # what the signs alone must be worth, where nothing else leads to a name
_ROUNDED: Final = 0.01  # sums of scores differ by less
_NEXT: Final = 2.5
_SHORT: Final = 1.4
_BY_PLACE: Final = 1.9  # 玉合村的卢建国
_SUPPORT: Final = (0.0, 1.0, 1.2)  # for further places of the text where the same name stands well
_PLACES: Final = frozenset({"LOC", "ORG", "UNIT"})
_HIDDEN: Final = 1.0  # more behind an anonymised person, or behind an item that is no known name
_ITEM: Final = re.compile(r"[一-鿿]{2,5}、")
_LIST: Final = re.compile(r"[、和与及]")
_GAP: Final = frozenset(" “")
_SPEAKS: Final = frozenset("，。；：！？”’\n的 ")
_AGE: Final = re.compile(r"岁的?(?=[一-鿿])")
_PLURAL: Final = frozenset("们等")
_OPENS: Final = frozenset("，。；：！？、“”（\n 由与和向对被让请跟同据为及在是给找的了着到")
_PEOPLES: Final = frozenset({"mongol", "tibetan", "turkic", "dotted"})
_ELEMENTS: Final = 0.6  # a name of four signs or more, all of known elements
_MOST: Final = _SUPPORT[-1] + _ELEMENTS + 0.01  # what a reading can gain, and the error of sums
_SURE: Final = frozenset({"leader", "officer", "press"})


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the persons of an article; names do not reach into the units and times of ``found``."""
    return _Reader(scan, found).read()


class _Reader:
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

    def read(self) -> list[Candidate]:
        """Run the rules, the surest first."""
        for start, end in bylines(self._scan):
            self._put(start, end, "byline", CERTAIN)
        self._famous()
        self._anonymous()
        self._after_posts()
        self._before_posts()
        self._aged()
        self._speakers()
        self._lists()
        self._repeats()
        self._strangers()
        self._openers()
        self._lists()
        self._repeats()
        return sorted(self._found.values(), key=lambda c: c.start)

    # -- rules ------------------------------------------------------------------------------

    def _famous(self) -> None:
        for name in lexicon().terms("name.famous"):
            for start in _places_of(name, self._text):
                self._put(start, start + len(name), "famous", LIKELY)

    def _anonymous(self) -> None:
        """Take 李某, 李某龙, 王女士; a whole name before 先生 is a name (张建国先生)."""
        surnames = tables().surnames
        for mark in self._scan.marks("per.title"):
            size = 2 if self._text[mark.start - 2 : mark.start] in surnames else 1
            start = mark.start - size
            if start < 0 or self._text[start : mark.start] not in surnames:
                continue
            if mark.entry.term in ("某", "某某"):
                end = self._with_given(mark.end)
            elif self._is_address(start, mark):
                end = mark.end
            else:
                continue
            self._put(start, end, "anonymous", LIKELY, anonymous=True)

    def _with_given(self, end: int) -> int:
        """Return the end of 李某|龙: the sign behind is of the name if the text goes on after it."""
        used, words = lexicon().terms("name.given"), lexicon().terms("name.follow")
        given, after = self._text[end : end + 1], self._text[end + 1 : end + 2]
        if given not in used or given in words:
            return end
        short, long = follow(self._text, end), follow(self._text, end + 1)  # 洪某|藏匿, 李某龙|等
        usual = bool(used[given]) and (short < 0 or (after in words and short < 1))
        return end + 1 if usual or (long > short and (after in words or long > 0.6)) else end

    def _is_address(self, start: int, title: Mark) -> bool:
        """Return whether a surname before a form of address is one: 王女士, not 保安|大哥."""
        rank = tables().surnames[self._text[start : title.start]]
        if self._text.startswith("们", title.end):
            return False
        if not start or self._text[start - 1] in _OPENS:
            return True
        if rank in AMBIGUOUS or known(self._text[start - 1 : start + 1]):
            return False
        return title.entry.value == "personal" or start in self._post_ends

    def _after_posts(self) -> None:
        text, begin = self._text, tables().begin
        for mark in self._marks:
            start = end = mark.end
            after = text[end : end + 1]
            if after in _GAP:
                start += 1
                after = text[start : start + 1]
            if after not in begin or (after in _PLURAL and start == end):
                continue
            if start in self._found or end in self._inside:  # 女警|官
                continue
            sure = mark.entry.value in _SURE
            floor = (_BY_POST if sure else _BY_CIVIL) + (0.5 if start > end else 0)
            self._try(start, floor, "post", CERTAIN if sure else LIKELY)

    def _before_posts(self) -> None:
        """Take a name with its post or form of address behind it: 满成云副局长, 妥海明老人."""
        for mark in self._marks:
            if mark.entry.term in personal():
                self._before(mark.start)
        for mark in self._scan.marks("per.title"):
            self._before(mark.start, sizes=(3,))
            starts = range(max(0, mark.start - 6), mark.start - 1)
            element = next((s for s in starts if is_element(self._text, s, mark.start)), None)
            if element is not None:  # 萨仁|大婶
                self._put(element, mark.start, "before-post", LIKELY)

    def _before(self, end: int, sizes: Sequence[int] = (3, 2)) -> None:
        signs = self._text[max(0, end - 3) : max(0, end - 1)]
        if tables().begin.isdisjoint(signs) and "·" not in signs:
            return
        for size in sizes:
            start = end - size
            if start < 0 or not self._may_begin(start, size) or self._is_taken(start, end):
                continue
            if self._overlaps(start, end):
                return
            options = readings(self._text[start:end], 0)
            if any(r.end == size and r.score > _BEFORE_POST[size] for r in options):
                self._put(start, end, "before-post", LIKELY)
                return

    def _may_begin(self, start: int, size: int) -> bool:
        """Return whether a name behind which a post stands can begin here."""
        spoken = tables().surnames.get(self._text[start]) in AMBIGUOUS
        if not start or (self._text[start - 1] in _OPENS and (size == 2 or not spoken)):
            return True
        return size == 3 and not spoken and not known(self._text[start - 1 : start + 1])

    def _aged(self) -> None:
        for match in _AGE.finditer(self._text):
            self._try(match.end(), _BY_AGE, "age", LIKELY)

    def _speakers(self) -> None:
        """Take who speaks without a post before the name: ”那日苏说."""
        text = self._text
        for match in said().finditer(text):
            end = match.start()
            for start in range(max(0, end - 9), end - 1):
                if (not start or text[start - 1] in _SPEAKS) and start not in self._found:
                    floor = _BY_SPEECH + (_SHORTER if end - start == 2 else 0.0)
                    self._try(start, floor, "speech", LIKELY, range(end, end + 1))

    def _openers(self) -> None:
        """Take Han names that open a clause or stand behind 的 or 由, if nothing else fits."""
        for match in opener().finditer(
            f"\n{self._text}"
        ):  # what begins the text opens a clause too
            start = match.start()
            if self._overlaps(start, start + 1):
                continue
            if match[0][0] == "的" and start - 1 in self._place_ends:
                self._try(start, _BY_PLACE, "place", LIKELY, range(start, start + 4))
                continue
            if not self._may_be_name(start):
                continue
            options = readings(self._text, start)
            if options and options[0].kind == "han" and self._looks_only(start, options[0]):
                self._put(start, options[0].end, "opener", LIKELY)

    def _looks_only(self, start: int, reading: Reading) -> bool:
        """Return whether a Han name of three signs looks like nothing else and something follows."""
        after = follow(self._text, reading.end)
        floor = self._floor(start)
        acts = 0.6 < after < 2.0 and reading.score - after >= floor
        if self._is_placed(start, reading.end) or is_plain(self._text[start + 1 : reading.end]):
            return False
        if reading.end - start == 2:  # 张雁: so short a name must stand well elsewhere too
            elsewhere = self._supported(start, reading) - reading.score
            return elsewhere > 0 and 0.6 < after < 2.0 and reading.score - after >= _SHORT
        if after == 2.0 and reading.score - after >= floor:  # 李红炎、李天娇: a list of such names
            return self._text[reading.end : reading.end + 1] == "、" and any(
                r.end - reading.end == 4 and r.score > _NEXT
                for r in readings(self._text, reading.end + 1)
            )
        return acts and reading.end - start == 3

    def _may_be_name(self, start: int) -> bool:
        """Return whether the signs allow a name that _looks_only takes, and one could end there."""
        text = self._text
        short, long = han_limits(text[start : start + 4])
        first = start + 2 if short > _SHORT - _ROUNDED else start + 3
        last = start + 4 if long > self._floor(start) - _ROUNDED else start + 2
        return any(
            0.6 < follow(text, end) < 2.0 or text.startswith("、", end)
            for end in range(first, last + 1)
        )

    def _floor(self, start: int) -> float:
        return _OPENS_CLAUSE - (0.5 if self._text[start - 1 : start] == "”" else 0.0)

    def _strangers(self) -> None:
        """Take Mongol, Tibetan and Turkic names that no post leads to, if long enough to tell."""
        for mark in self._scan.marks("per.mongol", "per.tibetan", "per.turkic"):
            if self._overlaps(mark.start, mark.end):
                continue
            self._stranger(mark.start)
        for dot in _places_of("·", self._text):
            start = self._head(dot)
            if start < dot and not self._overlaps(start, dot + 1):
                self._stranger(start)

    def _stranger(self, start: int) -> None:
        for reading in readings(self._text, start):
            if self._tells(start, reading):
                self._put(start, reading.end, "element", LIKELY)
                return

    def _head(self, dot: int) -> int:
        """Return where the part of a name before its dot begins: a known element, or all sounds."""
        start = dot
        while start > 0 and dot - start < 8 and is_sound(self._text[start - 1]):
            start -= 1
        known_heads = (at for at in range(start, dot - 1) if is_element(self._text, at, dot))
        return next(known_heads, start)

    def _tells(self, start: int, reading: Reading) -> bool:
        """Return whether a name of known elements needs no more than its place to be one."""
        if self._is_placed(start, reading.end) or follow(self._text, reading.end) < 0.6:
            return False
        if reading.kind == "dotted":
            return True
        size = reading.end - start
        opens = not start or self._text[start - 1] in _OPENS
        whole = is_element(self._text, start, reading.end)
        return whole and (size > 3 or (size == 3 and opens))

    def _lists(self) -> None:
        """Take names joined to one that is found: 方建云、姜宇."""
        pending = sorted(self._found)
        while pending:
            last = self._found[pending.pop()]
            joint = _LIST.match(self._text, last.end)
            if last.rule == "per.byline" or not joint or joint.end() in self._found:
                continue
            floor = _BY_LIST + (_HIDDEN if last.rule == "per.anonymous" else 0.0)
            if self._try(joint.end(), floor, "list", LIKELY):
                pending.append(joint.end())
                continue
            skipped = _ITEM.match(self._text, joint.end())
            if skipped and self._try(skipped.end(), floor + _HIDDEN, "list", LIKELY):
                pending.append(skipped.end())
        for first in list(self._found.values()):
            if self._text[first.start - 1 : first.start] == "、" and first.rule != "per.byline":
                self._before(first.start - 1)

    def _repeats(self) -> None:
        for first in list(self._found.values()):
            name = self._text[first.start : first.end]
            for start in _places_of(name, self._text):
                end = start + len(name)
                if self._overlaps(start, end):
                    continue
                if len(name) > 2 or follow(self._text, end) > 0.6:
                    hidden = first.attributes.get("anonymous") == "yes"
                    self._put(start, end, "repeat", LIKELY, anonymous=hidden)

    # -- names ------------------------------------------------------------------------------

    def _try(
        self, start: int, floor: float, rule: str, weight: float, ends: range | None = None
    ) -> bool:
        """Take the best name at ``start`` that reaches ``floor`` and ends where it may."""
        if self._is_taken(start, start + 1):
            return False
        held = rule == "post" and weight == CERTAIN
        least = floor - (_MOST + _SAID if held else _MOST)  # below it nothing else makes a name
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

    def _says(self, start: int) -> bool:
        """Return whether a verb of saying stands here: who holds a post and speaks is a person."""
        verb = said().match(self._text, start)
        return verb is not None and bool(lexicon().terms("name.say")[verb[0]])

    def _supported(self, start: int, reading: Reading, *, held: bool = False) -> float:
        """Return the score of a reading with what the rest of the text says for it."""
        text = self._text
        name, after = text[start : reading.end], text[reading.end : reading.end + 1]
        good = 0
        for at in _places_of(name, text):
            end = at + len(name)
            # the same sign behind it again may be of the name: 马跃|南
            if at != start and text[end : end + 1] != after and follow(text, end) > 0.6:
                good += 1
        known_name = _ELEMENTS if reading.kind in _PEOPLES and reading.end - start > 3 else 0.0
        spoken = tables().surnames.get(text[start]) in AMBIGUOUS
        if spoken and reading.kind == "han":
            known_name -= _SPOKEN + (_SHORTER if reading.end - start == 2 else 0.0)
        speaks = _SAID if held and not spoken and self._says(reading.end) else 0.0
        return reading.score + known_name + _SUPPORT[min(good, 2)] + speaks

    def _is_taken(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0

    def _is_barred(self, start: int, end: int) -> bool:
        """Return whether a unit or a time holds part of the stretch, or a post cuts it: 和护|边员."""
        for left in range(start + 1, end):
            if self._posts.get(left, end) > end:
                return True
        return self._is_taken(start, end)

    def _is_placed(self, start: int, end: int) -> bool:
        """Return whether a place or an organisation holds the stretch."""
        return any(left <= start and end <= right for left, right in self._places)

    def _overlaps(self, start: int, end: int) -> bool:
        return self._named.find(1, start, end) >= 0

    def _put(
        self, start: int, end: int, rule: str, weight: float, *, anonymous: bool = False
    ) -> None:
        if start in self._found or self._text[start:end] in lexicon().terms("name.nobody"):
            return
        if is_brand(self._text, start, end):
            return
        attributes = {"anonymous": "yes"} if anonymous else {}
        rule = f"per.{rule}"
        self._found[start] = Candidate("PER", start, end, rule, weight, attributes=attributes)
        self._named[start:end] = b"\1" * (end - start)


def _places_of(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands in a text, none over another."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))
