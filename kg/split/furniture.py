"""What stands around the articles: page number, date, masthead, section, editors, menus, counts."""

import functools
import re
from dataclasses import dataclass, field
from typing import Final

from kg.language.imprint import AFTER_DATE, DATE, credits_in, date_of, roles
from kg.language.lexicon import lexicon
from kg.model import Credit
from kg.split.lines import Line

LONGEST: Final = 90  # characters of a line of small print
_SECTION: Final = 8  # characters of the longest section name that no list has
_OUTLET: Final = 16
_NUMBER: Final = re.compile(
    r"第?\s*(?P<number>[A-Z]?[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:面)?(?:\s*[:：]\s*(?P<section>[^\s]{2,12}))?"
    r"|版(?:次|面|号)\s*[:：]\s*第?(?P<named>[A-Z]?[0-9]{1,3})版?"
)
_LONE: Final = re.compile(r"(?:第\s*)?(?P<number>[A-D]?[0-9]{1,2})")
_ISSUE: Final = re.compile(r"[（(]?(?:总?第\s*[0-9〇零一二三四五六七八九十百]+\s*[期号]|[0-9]{4}年第?[0-9]+期|总[0-9]+期)[）)]?")
_SOURCE: Final = re.compile(r"(?:文章|稿件|信息)?(?:来源|出处|转自|稿源)\s*[:：]\s*(?P<outlet>[^\s|｜]{2,24})")
_URL: Final = re.compile(r"https?://\S+|www\.\S+|[\w.-]+@[\w.-]+\.\w+")
_LEFTOVER: Final = re.compile(r"[^\s|｜/·•,，:：;；\[\]【】（）()<>《》>»›-]+")
_PHONE: Final = re.compile(r"(?:电话|热线|邮箱|邮编|地址|E-?mail|值班电话|投稿)\s*[:：]?\s*[\w@.\-—]+", re.IGNORECASE)


@dataclass
class Imprint:
    """What furniture says about its page, and the lines that said it."""

    outlet: str = ""
    date: str = ""
    number: str = ""
    section: str = ""
    credits: list[Credit] = field(default_factory=list)

    def add(self, other: "Imprint") -> None:
        """Take over what is not yet known."""
        self.outlet = self.outlet or other.outlet
        self.date = self.date or other.date
        self.number = self.number or other.number
        self.section = self.section or other.section
        self.credits += [credit for credit in other.credits if credit not in self.credits]


@dataclass(frozen=True)
class Furniture:
    """One line of furniture: what it says, and words of it that are not understood."""

    imprint: Imprint
    kinds: frozenset[str]
    leftover: tuple[str, ...] = ()


def furniture(line: Line) -> Furniture | None:
    """Return what a line says if it is furniture, else None."""
    text = line.text
    if len(text) > LONGEST and not _navigates(text):
        return None
    if re.search(r"[。！？]", text) and not _is_tail(text):
        return None
    return _Reader(text).read()


class _Reader:
    """Takes one kind of token after the other out of a line; what is left tells whether it counts."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.imprint = Imprint()
        self.kinds: set[str] = set()

    def read(self) -> Furniture | None:
        whole = self.rest.strip()
        if match := _LONE.fullmatch(whole):
            self.imprint.number = match["number"]
            return Furniture(self.imprint, frozenset({"number"}))
        self._date()
        self._number()
        self._source()
        self._take("issue", _ISSUE)
        self._take("count", _counts())
        self._take("url", _URL)
        self._take("phone", _PHONE)
        self._credits()
        self._take("nav", _menu())
        return self._judge()

    def _take(self, kind: str, pattern: re.Pattern[str]) -> None:
        self.rest, count = pattern.subn(" ", self.rest)
        if count:
            self.kinds.add(kind)

    def _date(self) -> None:
        for match in DATE.finditer(self.rest):
            if found := date_of(match):
                after = AFTER_DATE.match(self.rest, match.end())
                end = after.end() if after else match.end()
                before = _when().sub("", self.rest[: match.start()])
                self.rest = f"{before} {self.rest[end:]}"
                self.imprint.date = found
                self.kinds.add("date")
                return

    def _number(self) -> None:
        if match := _NUMBER.search(self.rest):
            self.imprint.number = match["number"] or match["named"]
            self.imprint.section = match["section"] or ""
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
            self.kinds.add("number")

    def _source(self) -> None:
        if match := _SOURCE.search(self.rest):
            self.imprint.outlet = match["outlet"]
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
            self.kinds.add("source")

    def _credits(self) -> None:
        for match in _credit_run().finditer(self.rest):
            self.imprint.credits += [c for c in credits_in(match[0]) if c not in self.imprint.credits]
            self.kinds.add("credit")
        self.rest = _credit_run().sub(" ", self.rest)

    def _judge(self) -> Furniture | None:
        words = _LEFTOVER.findall(self.rest)
        if not self.kinds:
            return self._named(words)
        words = [word for word in words if word != "讯"]
        if len(words) > 1 or sum(map(len, words)) > _OUTLET:
            loose = "nav" in self.kinds and (len(words) > 2 or self.kinds & {"number", "date"})
            return Furniture(self.imprint, frozenset(self.kinds), tuple(words)) if loose else None
        for word in words:
            self._place(word)
        if self.kinds == {"credit"} and words:
            return None
        return Furniture(self.imprint, frozenset(self.kinds), tuple(words))

    def _place(self, word: str) -> None:
        """Say what a single word beside a date or number is: a masthead or a section."""
        if self.imprint.outlet or (word in _sections() and not is_outlet(word)):
            self.imprint.section = self.imprint.section or word
        elif is_outlet(word) or "date" in self.kinds:
            self.imprint.outlet = word.removesuffix("讯") if word[-2:] in {"网讯", "报讯"} else word
            self.kinds.add("outlet")
        else:
            self.imprint.section = self.imprint.section or word

    def _named(self, words: list[str]) -> Furniture | None:
        """Return a line that is only a masthead or a known section name."""
        if len(words) != 1 or len(words[0]) > _OUTLET:
            return None
        if is_outlet(words[0]):
            self.imprint.outlet = words[0]
            return Furniture(self.imprint, frozenset({"outlet"}))
        if words[0] in _sections():
            self.imprint.section = words[0]
            return Furniture(self.imprint, frozenset({"section"}))
        return None


def is_outlet(word: str) -> bool:
    """Return whether a word can be the name of a newspaper, a site or a bulletin."""
    if not 3 <= len(word) <= _OUTLET or re.search(r"[“”，。！？]", word):
        return False
    ends = (*lexicon().terms("layout.outlet"), *lexicon().terms("layout.bulletin"))
    return word.endswith(ends) and not roles(word)


def is_bulletin(word: str) -> bool:
    """Return whether the name of an outlet is that of a bulletin with numbered items."""
    return word.endswith(tuple(lexicon().terms("layout.bulletin")))


def _navigates(text: str) -> bool:
    return bool(_menu().search(text)) and bool(_NUMBER.search(text))


def opens_tail(text: str) -> bool:
    """Return whether a line opens what stands under an article: related links, imprint, menus."""
    return len(text) <= LONGEST * 2 and _is_tail(text)


def _is_tail(text: str) -> bool:
    stripped = text.lstrip("|｜·•-—【[<>« ")
    terms = tuple(lexicon().terms("layout.tail"))
    return stripped.startswith(terms) or any(
        term in text for term in ("版权所有", "ICP备", "公网安备", "Copyright", "©")
    )


@functools.cache
def _sections() -> frozenset[str]:
    return frozenset(lexicon().terms("layout.section"))


@functools.cache
def _when() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('layout.when')})\s*[:：]?\s*$")


@functools.cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('layout.count')})(?:量|数|次数)?\s*[:：]?\s*[0-9][0-9,.]*\s*(?:万|\+)?次?")


@functools.cache
def _menu() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('layout.nav')}|{_any('layout.tail')})(?:\s*[:：])?")


@functools.cache
def _credit_run() -> re.Pattern[str]:
    """Return the pattern of 责任编辑:甲 乙: a role, a colon or blank, and names."""
    person = r"[㐀-鿿]{2,4}(?![㐀-鿿])|[㐀-鿿]{1,6}(?:·[㐀-鿿]{1,6})+|[㐀-鿿] [㐀-鿿](?![㐀-鿿])"
    return re.compile(
        rf"[\[【（]?(?:{_any('layout.role')})\s*[:：/]\s*(?:{person})(?:[\s、，,]+(?:{person})(?!\s*[:：]))*[\]】）]?"
    )


def _any(klass: str) -> str:
    terms = sorted(lexicon().terms(klass), key=lambda term: (-len(term), term))
    return "|".join(map(re.escape, terms))
