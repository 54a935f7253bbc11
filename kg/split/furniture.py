"""What one line of furniture says: page number, date, masthead, section, editors, menus, counts."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.language.imprint import AFTER_DATE, DATE, credits_in, date_of, roles
from kg.language.lexicon import lexicon
from kg.language.words import tagged
from kg.model import Credit
from kg.split.vocabulary import one_of, terms

LONGEST: Final = 90  # characters of a line of small print
OUTLET: Final = 16  # characters of the longest name of a paper, and of what may be left over
_WORD: Final = 8  # characters of a section in a trail of menus
_WORDS: Final = 5  # words beside a date and a clock time under a headline
_EDGE: Final = r"\s|｜┊│>»›/·\[\]【】（）()<《》:：,，"
_NUMBER: Final = re.compile(
    r"第?\s*(?P<number>[A-Z]?[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:面)?(?![㐀-鿿])"
    r"(?:\s*[:：]\s*(?P<section>[^\s]{2,12}))?"
    r"|版(?:次|面|号)\s*[:：]\s*第?(?P<named>[A-Z]?[0-9]{1,3})版?"
)
_LONE: Final = re.compile(r"[-—\s]*(?:第\s*)?(?P<number>[A-D]?[0-9]{1,2})(?:\s*页)?[-—\s]*")
_ISSUE: Final = re.compile(
    r"[（(]?(?:[0-9]{4}年)?(?:总?第\s*[0-9〇零一二三四五六七八九十百]+\s*[期号]|总[0-9]+期)(?:[（(]总.{1,8}期[）)])?[）)]?"
)
_SOURCE: Final = re.compile(
    r"(?:文章|稿件|信息|本文)?(?:来源|出处|转自|稿源|转载自)\s*[:：]\s*(?P<outlet>[^\s|｜]{2,24})?"
)
_SIZE: Final = re.compile(
    r"(?:正文)?字(?:体|号)(?:大小)?\s*[:：]?\s*[\[【（]?(?:\s|特大|超大|大|中|小|默认|标准|[|/+A-])*[\]】）]?"
)
_URL: Final = re.compile(r"https?[:：]//\S+|www\.\S+|[\w.-]+@[\w.-]+\.\w+", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?:值班|联系)?(?:电话|热线|邮箱|邮编|地址|信箱|QQ|E-?mail)"
    r"\s*(?:[:：]\s*[\w@.\-—（）]+|(?:（[0-9]{3,4}）|(?<=\s))[0-9][0-9—-]{5,})",
    re.IGNORECASE,
)
_SPACED: Final = re.compile(r"^(\S+) (\S+)$")
_WEEKDAY: Final = re.compile(
    r"(?:星期|周)[一二三四五六日天]|农历\S+|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S*"
)
_GOES_ON: Final = re.compile(r"(?<!\s)[，㐀-鿿]")
_CONTINUED: Final = re.compile(r"[（(【]?\s*(?:下转|上接|下接|转|接)第?")
_TRAIL: Final = re.compile(r"\s*[>»›]\s*")  # 首页 > 警务要闻 > 正文
_STEPS: Final = re.compile(r"[^>»›]{2,12}(?:\s*[>»›]+\s*[^>»›]{1,16}){2,}")
_CLASS: Final = re.compile(r"(?:类别|栏目|分类|频道|专栏)\s*[:：]\s*(?P<section>[^\s|]{2,12})")
_ARROW: Final = re.compile(
    r"[0-9](?=上一)|(?<=下一[版期页篇])[0-9]"
)  # what a sign font makes of arrows
_ASCII: Final = re.compile(r"[!-~][ -~]{0,40}")
_ISSUED: Final = re.compile("(?:主办|编印|编发|编|印发)$")
_LEFTOVER: Final = re.compile(rf"[^{_EDGE};；•-]+")


@dataclass
class Imprint:
    """What furniture says about its page."""

    outlet: str = ""
    date: str = ""
    number: str = ""
    section: str = ""
    credits: list[Credit] = field(default_factory=list)

    def add(self, other: "Imprint") -> None:
        """Take over what is not yet known; who issues a bulletin is its source, no second outlet."""
        issuer = _ISSUED.sub("", other.outlet)
        if is_bulletin(self.outlet) and issuer != self.outlet and "公安" in issuer:
            self.credits.append(Credit("source", issuer))  # 公安简报 第3期 | 甲县公安局办公室编
        self.outlet = self.outlet or other.outlet
        self.date = self.date or other.date
        self.number = self.number or other.number
        self.section = self.section or other.section
        self.credits += [credit for credit in other.credits if credit not in self.credits]


@dataclass(frozen=True)
class Furniture:
    """One line of furniture: what it says, its kinds, and words of it that are not understood."""

    imprint: Imprint
    kinds: frozenset[str]
    leftover: tuple[str, ...] = ()

    @property
    def spare(self) -> int:
        """Return how many characters are not understood."""
        return sum(map(len, self.leftover))


@functools.lru_cache(maxsize=4096)
def furniture(text: str) -> Furniture | None:
    """Return what a folded line says if it is furniture, else None."""
    if (
        _CONTINUED.match(text)
        or re.search(r"[。！？]", text)
        or (len(text) > LONGEST and not _is_directory(text))
    ):
        return None
    return _Reader(text).read()


class _Reader:
    """Takes one kind of token after the other out of a line; what is left tells whether it counts."""

    def __init__(self, text: str) -> None:
        self.text = self.rest = text
        self.imprint = Imprint()
        self.kinds: set[str] = set()
        self.before = ""  # the word before the date

    def read(self) -> Furniture | None:
        if match := _LONE.fullmatch(self.rest):
            return Furniture(Imprint(number=match["number"]), frozenset({"number"}))
        if _STEPS.fullmatch(self.rest):
            return Furniture(Imprint(section=self._step()), frozenset({"nav"}))
        self.rest = _ARROW.sub(" ", self.rest)
        self._date()
        if not self.kinds and _ASCII.fullmatch(self.rest):
            return Furniture(self.imprint, frozenset({"url"}))
        self._first("section", _CLASS, self._class)
        self._first("number", _NUMBER, self._number)
        self._first("source", _SOURCE, self._source)
        for kind, pattern in _plain_kinds():
            self._take(kind, pattern)
        self._credits()
        return self._judge()

    def _take(self, kind: str, pattern: re.Pattern[str]) -> None:
        # What stands behind a telephone number is no second name of the role before it.
        self.rest, count = pattern.subn("；" if kind == "phone" else " ", self.rest)
        if count:
            self.kinds.add(kind)

    def _first(
        self, kind: str, pattern: re.Pattern[str], settle: Callable[[re.Match[str]], None]
    ) -> None:
        if match := pattern.search(self.rest):
            settle(match)
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
            self.kinds.add(kind)

    def _date(self) -> None:
        match = next((match for match in DATE.finditer(self.rest) if date_of(match)), None)
        if not match:
            return
        after = AFTER_DATE.match(self.rest, match.end())
        end = after.end() if after else match.end()
        if _GOES_ON.match(self.rest, end) and not _known_word().match(self.rest, end):
            return  # running text: 2026年6月1日,某局开展…
        before = _when().sub("", self.rest[: match.start()])
        self.kinds |= {"date", "clock"} if ":" in self.rest[match.end() : end] else {"date"}
        self.before = (before.split() or [""])[-1]
        self.rest = _WEEKDAY.sub(" ", f"{before} {self.rest[end:]}")
        self.imprint.date = date_of(match)

    def _step(self) -> str:
        """Return the last step of a trail that names a section."""
        steps = [step.strip() for step in _TRAIL.split(self.rest)]
        named = [step for step in steps[1:] if step not in terms("layout.nav")]
        return named[-1] if named and len(named[-1]) <= _WORD else ""

    def _class(self, match: re.Match[str]) -> None:
        self.imprint.section = match["section"]

    def _number(self, match: re.Match[str]) -> None:
        self.imprint.number = match["number"] or match["named"]
        self.imprint.section = match["section"] or ""

    def _source(self, match: re.Match[str]) -> None:
        self.imprint.outlet = match["outlet"] or ""

    def _credits(self) -> None:
        self._credited(_credit_run())
        if "date" in self.kinds or len(_spaced_credit().findall(self.rest)) > 1:
            self._credited(_spaced_credit())

    def _credited(self, pattern: re.Pattern[str]) -> None:
        for match in pattern.finditer(self.rest):
            said = credits_in(_SPACED.sub(r"\1：\2", match[0]))
            self.imprint.credits += [c for c in said if c not in self.imprint.credits]
        self._take("credit", pattern)

    def _judge(self) -> Furniture | None:
        words = _LEFTOVER.findall(self.rest)
        if not self.kinds:
            return self._named(words)
        odd = tuple(word for word in words if word != "讯" and not self._place(word))
        found = Furniture(self.imprint, frozenset(self.kinds), odd)
        return found if not odd or self._bears(odd) else None

    def _bears(self, odd: tuple[str, ...]) -> bool:
        """Return whether a line is furniture in spite of words that are not understood."""
        if self.kinds == {"nav"} and _TRAIL.search(self.text):
            self.imprint.section = odd[-1] if len(odd[-1]) <= _WORD else ""
            return True
        if self.kinds <= {"nav", "count", "url", "phone", "credit"}:
            return False
        if "clock" in self.kinds and len(odd) < _WORDS and all(len(w) <= OUTLET for w in odd):
            self.imprint.outlet = self.imprint.outlet or self.before  # author, account, time, place
            return True
        if len(odd) == 1 and len(odd[0]) <= OUTLET:
            self._guess(odd[0])
            return True
        return {"nav", "number"} <= self.kinds

    def _place(self, word: str) -> bool:
        """Return whether a word is a page number, a masthead or a known section."""
        paper = word[:-1] if word[-2:] in {"网讯", "报讯", "社讯", "台讯"} else word
        if _LONE.fullmatch(word) and not self.imprint.number:
            self.imprint.number = word
            self.kinds.add("number")
        elif _is_section(word):
            self.imprint.section = self.imprint.section or word
            self.kinds.add("section")
        elif is_outlet(paper) and not self.imprint.outlet:
            self.imprint.outlet = paper
            self.kinds.add("outlet")
        else:
            return "nav" in self.kinds and word.endswith("首页")
        return True

    def _guess(self, word: str) -> None:
        """Take the only unknown word beside a date for the outlet, else for the section."""
        if "date" in self.kinds and not self.imprint.outlet:
            self.imprint.outlet = word
        else:
            self.imprint.section = self.imprint.section or word

    def _named(self, words: list[str]) -> Furniture | None:
        """Return a line that is only a masthead or a section name, or a menu of sections."""
        if len(words) > 2 and all(_is_section(word) or is_outlet(word) for word in words):
            return Furniture(self.imprint, frozenset({"nav"}))
        if len(words) == 2 and any(map(is_outlet, words)) and any(map(_LONE.fullmatch, words)):
            for word in words:  # 河西晚报 C3
                self._place(word)
            return Furniture(self.imprint, frozenset(self.kinds))
        if len(words) != 1 or not self._place(words[0]) or "number" in self.kinds:
            return None
        if "outlet" in self.kinds and not _is_masthead(words[0]):
            return None
        return Furniture(self.imprint, frozenset(self.kinds))


def _is_section(word: str) -> bool:
    return all(part in terms("layout.section") for part in re.split("[·、与和]", word))


def is_outlet(word: str) -> bool:
    """Return whether a word can be the name of a newspaper, a site or a bulletin."""
    if not 3 <= len(word) <= OUTLET or re.search(r"[“”，。！？]", word):
        return False
    if word.endswith(terms("layout.no_outlet")) or roles(word):
        return False
    return word.endswith((*terms("layout.outlet"), *terms("layout.bulletin")))


def _is_masthead(word: str) -> bool:
    """Return whether a line by itself is the name of a paper, not a headline: 警民织就平安网."""
    ending = next((end for end in terms("layout.outlet") if word.endswith(end)), "")
    weak = lexicon().terms("layout.outlet").get(ending) == "weak"
    return not weak and not any(tag in {"v", "m"} for _, tag in tagged(word))


def is_bulletin(word: str) -> bool:
    """Return whether the name of an outlet is that of a bulletin with numbered items."""
    return word.endswith(terms("layout.bulletin"))


def opens_tail(text: str) -> bool:
    """Return whether a line opens what stands under an article: related links, imprint, menus."""
    if len(text) > LONGEST * 2:
        return False
    stripped = text.lstrip("|｜·•-—【[<>« ■●▲★◆")
    heads = stripped.startswith((*terms("layout.tail"), *terms("layout.dispatch")))
    return heads or any(sign in text for sign in terms("layout.rights"))


def _is_directory(text: str) -> bool:
    """Return whether a long line lists the pages and headlines of an issue."""
    return bool(_menu().search(text)) and bool(_NUMBER.search(text))


@functools.cache
def _plain_kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of token that say nothing about the page, with their patterns."""
    return (
        ("issue", _ISSUE),
        ("count", _counts()),
        ("nav", _SIZE),
        ("url", _URL),
        ("phone", _PHONE),
        ("nav", _menu()),
    )


@functools.cache
def _when() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('layout.when')})\s*[:：]?\s*$")


@functools.cache
def _known_word() -> re.Pattern[str]:
    """Return the pattern of what may follow a date without a blank."""
    return re.compile(
        rf"(?:{one_of('layout.role', 'layout.nav', 'layout.count', 'layout.when')}|第|星期)"
    )


@functools.cache
def _counts() -> re.Pattern[str]:
    number = r"[0-9][0-9,.]*\s*(?:万|\+)?(?:次|字(?![体号]))?"
    return re.compile(rf"(?:{one_of('layout.count')})(?:量|数|次数)?\s*[:：]?\s*(?:{number})")


@functools.cache
def _menu() -> re.Pattern[str]:
    """Return the pattern of menu words that stand by themselves, not inside a headline."""
    words = one_of("layout.nav", "layout.tail")
    return re.compile(
        rf"(?<![^{_EDGE}])(?:(?:{words})[{_EDGE}]*)+(?![^{_EDGE}])|(?:上|下)一(?:版|期|页)"
    )


@functools.cache
def _spaced_credit() -> re.Pattern[str]:
    """Return the pattern of a role and a name with no colon between: 编辑 甲, 版式 乙 (beside a date)."""
    han = "[㐀-鿿]"
    return re.compile(rf"(?<!\S)(?:{one_of('layout.role')}) {han}{{2,4}}(?!\S)")


@functools.cache
def _credit_run() -> re.Pattern[str]:
    """Return the pattern of 责任编辑：甲 乙: a role, a colon (or, if it is long, a blank), names."""
    han = "[㐀-鿿]"
    person = rf"{han}{{2,4}}(?!{han})|{han}{{1,6}}(?:·{han}{{1,6}})+|{han} {han}(?!{han})"
    long = "|".join(role for role in terms("layout.role") if len(role) > 3)
    role = rf"(?:{one_of('layout.role')})\s*[:：/]\s*|(?:{long}) "
    return re.compile(
        rf"[\[【（]?(?:{role})(?:{person})(?:[\s、，,]+(?:{person})(?!\s*[:：/]))*[\]】）]?"
    )
