"""Persons: who is named, by the post before the name, by what follows it, by the byline.

A name is looked for only where one may be expected; once it is found, all its occurrences count.
Anonymised persons (李某, 王女士) carry ``anonymous=yes``.
"""

import functools
import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.naming import Reading, follow, readings
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, LIKELY, Candidate
from kg.recognise.person_byline import bylines

# How likely a name has to be (naming.readings), by what leads to it.
_BY_POST: Final = 1.3
_BY_CIVIL: Final = 1.45
_BY_LIST: Final = 1.6
_BY_SPEECH: Final = 2.4
_BY_AGE: Final = 1.9
_BEFORE_POST: Final = 3.4
_SUPPORT: Final = (0.0, 0.7, 1.0)  # for further places of the text where the same name stands well
_LIST: Final = re.compile(r"[、和与及]")
_GAP: Final = re.compile(r"[ “]?")
_SPEAKS: Final = re.compile(r"(?:^|[，。；：！？”’\n的 ])$")
_AGE: Final = re.compile(r"岁的?(?=[一-鿿])")
_PLURAL: Final = re.compile(r"[们等]")
_BRAND: Final = re.compile(
    r"式?(?:的)?(?:调解|工作|警务|办案|帮教|普法|谈心|说事|反诈|服务|先锋){1,2}(?:法|室|站|队|岗|热线|品牌|团队)|[法室]”"
)
_BRAND_QUOTED: Final = re.compile(r"[一-鿿]{1,8}”")
_OPENS: Final = frozenset("，。；：！？、“”（\n 由与和向对被让请跟同据为及在是给找的")
_SURE: Final = frozenset({"leader", "officer", "press"})


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the persons of an article; names do not reach into the units and times of ``found``."""
    return _Reader(scan, found).read()


class _Reader:
    def __init__(self, scan: Scan, found: Sequence[Candidate]) -> None:
        self._scan = scan
        self._text = scan.text
        self._taken = [
            (c.start, c.end)
            for c in found
            if c.type == "TIME" or (c.type == "UNIT" and not c.nominal)
        ]
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
        return sorted(self._found.values(), key=lambda c: c.start)

    # -- rules ------------------------------------------------------------------------------

    def _famous(self) -> None:
        for name in lexicon().terms("name.famous"):
            for match in re.finditer(name, self._text):
                self._put(match.start(), match.end(), "famous", LIKELY)

    def _anonymous(self) -> None:
        """Take 李某, 李某龙, 王女士; a whole name before 先生 is a name (张建国先生)."""
        for match in _hidden().finditer(self._text):
            start, end = match.span("name")
            if match["mark"] == "某":
                end = self._with_given(end)
            elif not self._is_address(start, match["title"]):
                continue
            self._put(start, end, "anonymous", LIKELY, anonymous=True)

    def _with_given(self, end: int) -> int:
        """Return the end of 李某|龙: the sign behind is of the name if the text goes on after it."""
        given = self._text[end : end + 1] in lexicon().terms("name.given")
        longer = given and follow(self._text, end) < 0.7 <= follow(self._text, end + 1)
        return end + 1 if longer else end

    def _is_address(self, start: int, title: str) -> bool:
        rank = lexicon().terms("name.surname")[self._text[start]]
        if self._text.startswith("们", start + 1 + len(title)):
            return False
        opens = not start or self._text[start - 1] in _OPENS
        behind = rank != "3" and self._is_behind_post(start)
        return opens or behind or (rank == "1" and len(title) > 1 and title != "老人")

    def _is_behind_post(self, start: int) -> bool:
        return any(mark.end == start for mark in self._scan.marks("per.post"))

    def _after_posts(self) -> None:
        for mark in self._scan.marks("per.post"):
            gap = _GAP.match(self._text, mark.end)
            start = gap.end() if gap else mark.end
            if start in self._found or _PLURAL.match(self._text, mark.end):
                continue
            sure = mark.entry.value in _SURE
            floor = (_BY_POST if sure else _BY_CIVIL) + (0.5 if start > mark.end else 0)
            self._try(start, floor, "post", CERTAIN if sure else LIKELY)

    def _before_posts(self) -> None:
        """Take a name with its post behind it: 满成云副局长."""
        for mark in self._scan.marks("per.post"):
            if mark.entry.value in ("leader", "officer"):
                self._before(mark.start)

    def _before(self, end: int) -> None:
        for size in (3, 2):
            start = end - size
            opens = start >= 0 and (not start or self._text[start - 1] in _OPENS)
            if not opens or self._is_taken(start, end):
                continue
            options = readings(self._text[start:end], 0)
            if any(r.end == size and r.score > _BEFORE_POST and r.kind == "han" for r in options):
                self._put(start, end, "before-post", LIKELY)
                return

    def _aged(self) -> None:
        for match in _AGE.finditer(self._text):
            self._try(match.end(), _BY_AGE, "age", LIKELY)

    def _speakers(self) -> None:
        """Take who speaks without a post: ”那日苏说。"""
        for match in _said().finditer(self._text):
            for start in range(max(0, match.start() - 9), match.start() - 1):
                if start not in self._found and _SPEAKS.search(
                    self._text[max(0, start - 1) : start]
                ):
                    self._try(start, _BY_SPEECH, "speech", LIKELY, end=match.start())

    def _lists(self) -> None:
        """Take names joined to one that is found: 方建云、姜宇."""
        pending = sorted(self._found)
        while pending:
            known = self._found[pending.pop()]
            joint = _LIST.match(self._text, known.end)
            if known.rule == "per.byline" or not joint or joint.end() in self._found:
                continue
            floor = _BY_LIST + (1.0 if known.rule == "per.anonymous" else 0.0)
            if self._try(joint.end(), floor, "list", LIKELY):
                pending.append(joint.end())

    def _repeats(self) -> None:
        for known in list(self._found.values()):
            name = self._text[known.start : known.end]
            for match in re.finditer(re.escape(name), self._text):
                sure = len(name) > 2 or follow(self._text, match.end()) > 0.6
                if sure and not self._overlaps(match.start(), match.end()):
                    hidden = known.attributes.get("anonymous") == "yes"
                    self._put(match.start(), match.end(), "repeat", LIKELY, anonymous=hidden)

    # -- names ------------------------------------------------------------------------------

    def _is_brand(self, start: int, end: int) -> bool:
        """Return whether a name only names a method or a room: “布和调解法”."""
        return (
            bool(_BRAND.match(self._text, end))
            or self._text[start - 1 : start] == "“"
            and bool(_BRAND_QUOTED.match(self._text, end))
        )

    def _try(self, start: int, floor: float, rule: str, weight: float, end: int = -1) -> bool:
        """Take the best name at ``start`` if it reaches ``floor`` (and ends at ``end``)."""
        options = [
            (self._supported(start, reading), reading.end)
            for reading in readings(self._text, start)
            if (end < 0 or reading.end == end) and not self._is_taken(start, reading.end)
        ]
        if not options or max(options)[0] < floor:
            return False
        self._put(start, max(options)[1], rule, weight)
        return True

    def _supported(self, start: int, reading: Reading) -> float:
        """Return the score of a reading with what the rest of the text says for it."""
        name = re.escape(self._text[start : reading.end])
        ends = (m.end() for m in re.finditer(name, self._text) if m.start() != start)
        good = sum(follow(self._text, end) > 0.6 for end in ends)
        return reading.score + _SUPPORT[min(good, 2)]

    def _is_taken(self, start: int, end: int) -> bool:
        return any(left < end and start < right for left, right in self._taken)

    def _overlaps(self, start: int, end: int) -> bool:
        return any(c.start < end and start < c.end for c in self._found.values())

    def _put(
        self, start: int, end: int, rule: str, weight: float, *, anonymous: bool = False
    ) -> None:
        if start in self._found or self._text[start:end] in lexicon().terms("name.nobody"):
            return
        if self._is_brand(start, end):
            return
        attributes = {"anonymous": "yes"} if anonymous else {}
        rule = f"per.{rule}"
        self._found[start] = Candidate("PER", start, end, rule, weight, attributes=attributes)


@functools.cache
def _hidden() -> re.Pattern[str]:
    surnames = lexicon().terms("name.surname")
    single = "".join(name for name in surnames if len(name) == 1)
    double = "|".join(name for name in surnames if len(name) == 2)
    titles = "|".join(sorted(lexicon().terms("name.title"), key=lambda t: (-len(t), t)))
    name = rf"(?:{double}|[{single}])(?:(?P<mark>某)[某甲乙丙丁]?|[×xX]{{1,2}}|(?P<title>{titles}))"
    return re.compile(rf"(?P<name>{name})")


@functools.cache
def _said() -> re.Pattern[str]:
    terms = sorted(lexicon().terms("name.say"), key=lambda term: (-len(term), term))
    return re.compile("|".join(terms))
