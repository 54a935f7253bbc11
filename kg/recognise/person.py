"""Persons: who is named, by the post before the name, by what follows it, by the byline.

A name is looked for only where one may be expected; once it is found, all its occurrences count.
Anonymised persons (李某, 王女士) carry ``anonymous=yes``.
"""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import Mark, apart, lexicon
from kg.language.name_context import follow, is_plain
from kg.language.name_elements import is_element, may_go_on
from kg.language.name_tables import (
    AMBIGUOUS,
    is_given,
    opener,
    personal,
    tables,
)
from kg.language.naming import Reading, han_limits, may_begin, readings
from kg.language.scan import Scan
from kg.language.text import places_of
from kg.language.words import known, tagged
from kg.recognise.candidate import CERTAIN, LIKELY, Candidate
from kg.recognise.person_anonymous import OPENS
from kg.recognise.person_byline import bylines
from kg.recognise.person_names import SHORTER
from kg.recognise.person_strangers import Strangers
from kg.recognise.person_told import is_force, told

# How likely a name has to be (naming.readings), by what leads to it.
_BY_POST: Final = 0.4
_BY_CIVIL: Final = 1.25
_BY_LIST: Final = 0.9
_BY_SPEECH: Final = 2.0
_BY_AGE: Final = 1.9
_BY_NOUN, _BRIEF = 1.9, 0.8  # more where the name has two signs: 茶商|关注
_BY_TRADE: Final = 2.4
_BEFORE_POST: Final = {3: 2.4, 2: 3.0}
OPENS_CLAUSE: Final = 2.2  # what the signs alone must be worth, where nothing else leads to a name
_ROUNDED: Final = 0.01  # sums of scores differ by less
_NEXT: Final = 2.5
_NEAR: Final = 8
_UNREAD: Final = re.compile(r"[一-鿿]{2,4}")
_SHORT: Final = 1.4
_LONGEST_HAN: Final = 4
_BY_PLACE: Final = 1.9  # 玉合村的卢建国
_HIDDEN: Final = 1.0  # more behind an anonymised person, or behind an item that is no known name
_ITEM: Final = re.compile(r"[一-鿿]{2,5}、")
_LIST: Final = frozenset("、和与及")
_GAP: Final = frozenset(" “")
_SPEAKS: Final = frozenset("，。；：！？”’\n的 ")
_AGE: Final = re.compile(r"岁的?(?=[一-鿿])")
# It begins with what ends a trade: the search passes over all other signs at once.
_TRADE: Final = re.compile(r"[员师匠长工友](?<=[一-鿿].)(?=[一-鿿])")
_FORM: Final = re.compile(r"[一二三四五六七八九1-9](?:年级|班)$|[初高大][一二三四]$")
_PLURAL: Final = frozenset("们等")
_MANY_OR_TEAMS: Final = frozenset({"bound", "volunteer"})  # 师生代表, 义警队
_NUMBERED: Final = re.compile(
    r"等(?:(?:[0-9]+|[两二三四五六七八九十百]+)余?[名位个]?(?=[一-鿿])|(?:民警|民?辅警|同志|人)(?![员数]))"
)
_OF_SEX: Final = re.compile("，[男女](?=[，、（])")
_LONGEST_NOTE: Final = 26  # signs from a bracket to the post at its end
_NOTE_BREAK: Final = re.compile("[）。，；：]")
# 副大队长|江水根（右二）: where somebody stands in a picture
_PICTURED: Final = re.compile(
    r"([一-鿿]{2,4})（(?:[前后]排)?[左右中](?:[起边侧]|[一二三四五六七八九])*[^）]{0,4}）"
)
_SEEN: Final = 0.4
_CONTACT: Final = re.compile("联系(?:人|民警)：|(?<=[0-9])[ ，、；](?=[一-鿿]警官)")
_DEPUTY: Final = re.compile(r"(?:常务)?副$")  # 吴坤|副总队长
_SURE: Final = frozenset({"leader", "officer", "press"})


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the persons of an article; names do not reach into the units and times of ``found``."""
    return _Reader(scan, found).read()


class _Reader(Strangers):
    def read(self) -> list[Candidate]:
        """Run the rules, the surest first."""
        for start, end in bylines(self._scan):
            self._put(start, end, "byline", CERTAIN)
        self._famous()
        self._anonymous()
        self._after_posts()
        self._before_posts()
        self._numbered()
        self._described()
        self._introduced()
        self._behind_nouns()
        self._led()
        self._speakers()
        self._lists()
        self._repeats()
        self._strangers()
        self._openers()
        self._lists()
        self._repeats()
        self._familiar()
        return sorted(self._found.values(), key=lambda c: c.start)

    # -- rules ------------------------------------------------------------------------------

    def _famous(self) -> None:
        for name in lexicon().terms("name.famous"):
            for start in places_of(name, self._text):
                self._put(start, start + len(name), "famous", LIKELY)

    def _after_posts(self) -> None:
        text, begin, tokens = self._text, tables().begin, self._scan.tokens
        for mark in self._marks:
            start = end = mark.end
            after = text[end : end + 1]
            if after in _GAP:
                start += 1
                after = text[start : start + 1]
            if after not in begin or (after in _PLURAL and start == end):
                continue
            if start in self._found or end in self._inside or self._taken[start]:  # 女警|官
                continue
            if mark.entry.term.endswith("警") and is_force(text, start):
                continue
            if not tokens.is_edge(end) and self._is_placename(mark):  # 市区|长江路
                continue
            sure = mark.entry.value in _SURE
            floor = (_BY_POST if sure else _BY_CIVIL) + (0.5 if start > end else 0)
            pictured = _PICTURED.match(text, start)
            ends = range(pictured.end(1), pictured.end(1) + 1) if pictured else None
            floor -= _SEEN if pictured else 0.0
            named = self._try(start, floor, "post", CERTAIN if sure else LIKELY, ends)
            if not named and sure and not mark.entry.term.endswith("负责人"):
                self._unread(start)

    def _is_placename(self, mark: Mark) -> bool:
        """Return whether a post is only part of two words, the second the name of a place."""
        tokens, town = self._scan.tokens, self._scan.places.ending_at(mark.start + 1, 0)
        cut = town is not None or tokens.at(mark.start).start < mark.start  # 文峰镇|长安路
        return cut and tokens.at(mark.end - 1).tag == "ns"

    def _unread(self, start: int) -> None:
        """Take what follows an officer's post though no reading fits: 民警|黎明|在, 民警|门二|、."""
        (word, tag), *rest = tagged(self._text[start : start + _NEAR])
        if len(word) == 1 and rest and len(rest[0][0]) == 2 and is_given(rest[0][0]):
            word, tag, rest = word + rest[0][0], "nr", rest[1:]  # 民警|青建军|说
        end = start + len(word)
        if self._is_barred(start, end) or not _UNREAD.fullmatch(word):
            return
        after = rest[0][1][0] if rest else "x"
        closed = not rest or after in "vdpcxru"
        family = tables().surnames.get(word[0]) in ("1", "2") and len(word) < 4
        called = closed and family and known(word) and tag in ("nr", "ns")
        called = called and not self._text.startswith("地", end)  # 民警|安静|地听
        listed = self._text[end : end + 1] in ("、", "和") or self._says(end)
        titled = word in lexicon().terms("per.title") or word in lexicon().terms("per.post")
        titled = titled or self._text.startswith("退休", end)  # 民警|荣誉|退休
        titled = titled or word in lexicon().terms("name.nobody")  # 人民警察|荣誉章
        if not titled and (called or (listed and self._is_strange(word))):
            self._put(start, end, "unread", LIKELY)

    def _is_strange(self, word: str) -> bool:
        """Return whether no dictionary knows a word, and none of its signs is one of grammar."""
        never = tables().never
        return not known(word) and not any(sign in never for sign in word)

    def _before_posts(self) -> None:
        """Take a name with its post or form of address behind it: 满成云副局长, 妥海明老人."""
        held = personal()
        for mark in self._marks:
            if mark.entry.term in held:
                self._before(self._deputy_start(mark.start))
        for mark in self._scan.marks("per.title"):
            self._before(mark.start, sizes=(3,))
            starts = range(max(0, mark.start - 6), mark.start - 1)
            element = next((s for s in starts if is_element(self._text, s, mark.start)), None)
            if element is not None:  # 萨仁|大婶
                self._put(element, mark.start, "before-post", LIKELY)

    def _deputy_start(self, post: int) -> int:
        """Return where a post begins with the 副 before it."""
        if not self._text.endswith(("副", "副\n"), 0, post):
            return post
        deputy = _DEPUTY.search(self._text, max(0, post - 3), post)
        return deputy.start() if deputy else post

    def _numbered(self) -> None:
        """Take the last name of a list that is counted: 冯硕、李伟|等三位民辅警, 王媛|等10人."""
        for match in _NUMBERED.finditer(self._text):
            self._before(match.start())

    def _described(self) -> None:
        """Take who is described behind the name: 孙国军，男， · 徐长林（城关派出所所长）."""
        for match in _OF_SEX.finditer(self._text):
            self._before(match.start(), sizes=(3, 2, 4))
        for mark in self._marks:
            if mark.entry.value in _SURE and self._text.startswith("）", mark.end):
                opened = self._text.rfind("（", max(0, mark.start - _LONGEST_NOTE), mark.start)
                note = self._text[opened + 1 : mark.start]
                if opened > 0 and not _NOTE_BREAK.search(note):
                    self._before(opened)
        for match in _CONTACT.finditer(self._text):
            self._try(match.end(), _BY_POST, "contact", LIKELY)

    def _before(self, end: int, sizes: Sequence[int] = (3, 2)) -> None:
        if end and self._taken[end - 1]:  # as most posts stand behind a unit
            return
        signs = self._text[max(0, end - 3) : max(0, end - 1)]
        if tables().begin.isdisjoint(signs) and "·" not in signs:
            return
        for size in sizes:
            start = end - size
            if start < 0 or self._is_barred(start, end) or not self._may_begin(start, size):
                continue
            if self._overlaps(start, end) or self._scan.places.is_region(self._text[start:end]):
                return  # 石家庄|警察
            options = readings(self._text[start:end], 0)
            if any(r.end == size and r.score > _BEFORE_POST[size] for r in options):
                self._put(start, end, "before-post", LIKELY)
                return

    def _may_begin(self, start: int, size: int) -> bool:
        """Return whether a name behind which a post stands can begin here: 指令|苏琪副局长."""
        spoken = tables().surnames.get(self._text[start]) in AMBIGUOUS
        if not start or (self._text[start - 1] in OPENS and (size == 2 or not spoken)):
            return True
        if self._taken[start - 1]:  # 交警大队|于海涛等19名同志
            return True
        if spoken or start in self._place_ends:
            return not spoken
        if size == 3:
            return not known(self._text[start - 1 : start + 1])
        word = self._scan.tokens.at(start)
        if word.end != start + 2 or not word.tag.startswith(("nr", "new")):
            return False
        before = self._scan.tokens.at(start - 1)
        return before.end == start and len(before.text) > 1 and known(before.text)

    def _led(self) -> None:
        """Take names behind an age, or behind a trade that no list of posts holds (劝阻员|陈松)."""
        for match in _AGE.finditer(self._text):
            self._try(match.end(), _BY_AGE, "age", LIKELY)
        for start, end, sure in told(self._text):
            floor = _BY_POST if sure else _BY_TRADE
            self._try(start, floor, "called", LIKELY, range(end, end + 1))
        last = 0
        for match in _TRADE.finditer(self._text):
            start = match.end()
            if match.start() <= last:  # 员|工, 工|友: the first of two is no sign of a second trade
                continue
            last = start
            if not may_begin(self._text, start) or self._overlaps(start, start + 1):
                continue
            crossed = known(self._text[start - 1 : start + 1])  # 师|傅敬茶
            if crossed or self._scan.places.crosses(start) is not None:  # 深入长沙|开展
                continue
            ends = [r.end for r in readings(self._text, start)[:1] if r.kind == "han"]
            if ends:
                self._try(start, _BY_TRADE, "trade", LIKELY, range(ends[0], ends[0] + 1))

    def _behind_nouns(self) -> None:
        """Take names behind a noun for people that no list of posts holds: 剪纸艺人|曲宝库."""
        for mark in self._scan.marks("group.head"):
            end = mark.end
            if mark.entry.value in _MANY_OR_TEAMS or end in self._post_ends or end in self._found:
                continue
            if self._text[end : end + 1] not in tables().begin:
                continue
            if not known(self._text[end - 1 : end + 1]):  # 果商|户
                named = self._try(end, _BY_NOUN, "noun", LIKELY, range(end + 3, end + _NEAR))
                if not named:
                    self._try(end, _BY_NOUN + _BRIEF, "noun", LIKELY)

    def _speakers(self) -> None:
        """Take who speaks without a post before the name: ”那日苏说."""
        text = self._text
        for verb in apart(self._scan.marks("name.say")):
            end = verb.start
            first = max(0, end - 9)
            if first and _SPEAKS.isdisjoint(text[first - 1 : end - 2]):
                continue
            for start in range(first, end - 1):
                opens = not start or text[start - 1] in _SPEAKS
                opens = opens and (end - start <= _LONGEST_HAN or may_go_on(text, start))
                if opens and start not in self._found and may_begin(text, start):
                    floor = _BY_SPEECH + (SHORTER if end - start == 2 else 0.0)
                    self._try(start, floor, "speech", LIKELY, range(end, end + 1))

    def _openers(self) -> None:
        """Take Han names that open a clause or stand behind 的 or 由, if nothing else fits."""
        opened = f"\n{self._text}"  # what begins the text opens a clause too
        for match in opener().finditer(opened):
            start = match.start()
            if self._overlaps(start, start + 1):
                continue
            if match[0][0] == "的" and self._comes_from(start - 1):
                self._try(start, _BY_PLACE, "place", LIKELY, range(start, start + 4))
                continue
            if not self._may_be_name(start):
                continue
            options = readings(self._text, start)
            if options and options[0].kind == "han" and self._looks_only(start, options[0]):
                self._put(start, options[0].end, "opener", LIKELY)

    def _comes_from(self, end: int) -> bool:
        """Return whether a place or a form at school ends here: 玉合村|的卢建国, 六年级|的韩一诺."""
        return end in self._place_ends or _FORM.search(self._text, max(0, end - 4), end) is not None

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
        brief = short > _SHORT - _ROUNDED and text.count(text[start : start + 2]) > 1
        if brief and 0.6 < follow(text, start + 2) < 2.0:
            return True
        if long <= self._floor(start) - _ROUNDED:
            return False
        listed = text.startswith("、", start + 3) or text.startswith("、", start + 4)
        return listed or 0.6 < follow(text, start + 3) < 2.0

    def _floor(self, start: int) -> float:
        return OPENS_CLAUSE - (0.5 if self._text[start - 1 : start] == "”" else 0.0)

    def _lists(self) -> None:
        """Take names joined to one that is found: 方建云、姜宇."""
        pending = sorted(self._found)
        while pending:
            last = self._found[pending.pop()]
            joined = self._text[last.end : last.end + 1] in _LIST
            start = last.end + 1
            if last.rule == "per.byline" or not joined or start in self._found:
                continue
            floor = _BY_LIST + (_HIDDEN if last.rule == "per.anonymous" else 0.0)
            if self._try(start, floor, "list", LIKELY):
                pending.append(start)
                continue
            skipped = _ITEM.match(self._text, start)
            if skipped and self._try(skipped.end(), floor + _HIDDEN, "list", LIKELY):
                pending.append(skipped.end())
        for first in list(self._found.values()):
            if self._text[first.start - 1 : first.start] == "、" and first.rule != "per.byline":
                end = first.start - 1
                starts = range(max(0, end - 6), end - 1)
                element = next((at for at in starts if is_element(self._text, at, end)), None)
                if element is None:
                    self._before(end)
                elif not self._overlaps(element, end) and not self._is_placed(element, end):
                    self._put(element, end, "list", LIKELY)
