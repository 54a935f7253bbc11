"""Groups: the people that an activity is for or done with, as a noun with its kind (GUIDE, GROUP).

A collective noun (师生, 牧民) is a group by itself; one that tells of a single person as often (老人,
孩子) or of an office (调解员) needs a count or a verb that makes it the receiver (向|老人).
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from kg.language.lexicon import Mark
from kg.language.scan import Scan
from kg.language.words import tagged
from kg.recognise.candidate import CERTAIN, POSSIBLE, Candidate
from kg.recognise.group_counts import are_many, is_found, is_result
from kg.recognise.group_model import Noun, accepted, features
from kg.recognise.group_modifiers import Modifiers
from kg.recognise.group_receivers import is_no_receiver, receives
from kg.recognise.group_roles import appointed, echoes
from kg.recognise.group_signs import rhetoric, swallowed, was_single

_NAMES: Final = frozenset({"UNIT", "ORG", "DOC", "LOC"})
# 师生、永安社区的|退休老人; 38名留守儿童的|监护人.
_JOIN: Final = re.compile(
    r"(?:[、和与及]|以及)(?:[^，。；、！？\n的]{2,12}的)?|、[一-鿿]{1,3}(?<![给向为对请让帮教送助])|的"
)
_PLURAL: Final = "们"
_TRADE: Final = re.compile(r"[农商主户民工客](?<!账户)(?=[，。、；讲发开进提宣送普介集代解办与和])")
_SHORTEST: Final = 2
_NEAR: Final = re.compile(
    r"(?:[向为给对]|走访|慰问|组织|邀请|[0-9一二两三四五六七八九十百余多数](?:名|位|户|家))(?P<noun>[一-鿿]{1,2})$"
)
_REACH: Final = 4
_PAGE: Final = 400
_WORDS: Final = 2
_ALONGSIDE: Final = re.compile(
    r"们?(?:一[道同起]|混编|混合编组|编成|结成|并肩|搭档)"
)  # 与畜牧局的防疫员、护边员|一道
_BESIDE: Final = re.compile(r"[与和同跟、][^，。；]{0,16}$")
_OFFICES: Final = ("员", "长")
_BY: Final = re.compile(r"由[^，。；]{0,5}$")  # 由村里的|护林员先劝
# 一名|迷路老人, 该|村民, 七旬|老人; not 21名|失主, 该所还联合|护边员.
_ONE: Final = re.compile(
    r"(?:(?<![0-9十百千万第])[一1这那该某][名位个][^，。、]{0,4}|该|旬[^，。、]{0,4})$"
)
# Who was told of as one person before is no group later (一名|老人 … 为|老人).
_LOST: Final = re.compile(r"(?:走[失散]|迷路|失联)的?$")
_AGED: Final = re.compile(r"今年?[0-9]{2}岁|[0-9]{2}岁")
# 来到92岁老党员某某家中，帮|老人 …; not 60岁以上|老人.
_OLD: Final = re.compile(r"[0-9]{2}多?岁的?(?!以[上下])|[六七八九]旬(?!以上)")
# 在老母亲的搀扶下…，领|老人看腿: one old person has been told of
_ELDER: Final = re.compile(r"老(?:母亲|父亲|太太|大爷|大娘|妈妈|爷子|奶奶|伴)|[六七八九]旬(?!以上)")
_ALL_TOLD: Final = re.compile(r"(?:、[一-鿿]{2,5}){0,3}等[0-9]+余?多?[名人]")  # 船长|、轮机长等40人
_AND_MORE: Final = re.compile(
    r"[、和及与](?:[0-9]+|[一二两三四五六七八九十百]+)余?多?[名位]"
)  # 护边员|和12名村民
_DELEGATES: Final = re.compile(r"[、和及与]|[0-9]+余?多?[名人位]")  # 护边员代表|30余人
_SPEECH: Final = re.compile(r"“[^“”\n]{0,120}[，。！？；][^“”\n]{0,120}”")
_VOLUNTEER: Final = re.compile(r"“[^“”\n]{1,10}$")
_IN_ONE: Final = frozenset("第十百千万统唯")
_KIN: Final = r"的(?:母亲|父亲|妈妈|爸爸|奶奶|爷爷|家长|父母|儿子|女儿|哭声)"
_PUNISHED: Final = r"(?:进行|予以|给予|作出)(?:了?)(?:批评|处罚|行政|训诫|警告)"
_OF_ONE: Final = re.compile(f"{_KIN}|{_PUNISHED}")
_TEAMS: Final = ("volunteer", "team")
_AGAIN: Final = ("post", "team")  # what counts only if a group is told of so elsewhere
_SMALL: Final = frozenset("小阿")
_FIRST_NAME: Final = re.compile(r"[小阿][一-鿿](?=[一-鿿])(?<![小阿][区孩组学镇村])")  # 工人|小杨说
# 福和社区|居民, but 20名|社区居民, 组织|社区居民.
_OF_NAME: Final = re.compile(
    r"(?<=[一-鿿])(?<![名位户多余为向对与和给及让请织集的等大当带领导醒])[社小]区(?=居民|业主)"
)
_AREAS: Final = ("社", "小")
_YEARS: Final = ("长年", "长期")
_SOMEBODY: Final = re.compile(r"(?<![0-9十百千万第])[一1这那该][名位](?:[^，。；、\n]{1,10}的)?$")
_ONE_OF: Final = ("名", "位", "的")
_FIGURE: Final = re.compile(r"“[^“”，。、\n]{0,8}$")
_QUOTED: Final = re.compile(r"“[^“”，。\n]{1,8}”$")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the groups of an article; ``found`` holds the names that a noun may belong to."""
    return _Reader(scan, found).read()


def considered(scan: Scan, found: Sequence[Candidate]) -> list[tuple[Noun, set[str]]]:
    """Return the nouns for people of an article with their features (for scripts/train.py)."""
    return _Reader(scan, found).signs()


class _Reader:
    def __init__(self, scan: Scan, found: Sequence[Candidate]) -> None:
        self._text = scan.text
        self._scan = scan
        self._modifiers = Modifiers(scan.text, scan.tokens)
        self._found = found
        self._names = [match.span() for match in _SPEECH.finditer(scan.text)]
        self._ends: set[int] = set()  # of named places and bodies
        self._bodies: set[int] = set()  # their ends
        self._people: set[int] = set()
        self._named: set[int] = set()  # the ends of people: 陈亚娘|老人
        for c in found:
            kind = c.type
            if kind in _NAMES:
                self._names.append((c.start, c.end))
            if kind == "PER":
                self._people.add(c.start)
                self._named.add(c.end)
            elif kind == "ORG":
                self._bodies.add(c.end)
                if not c.nominal:
                    self._ends.add(c.end)
            elif kind == "LOC" and not c.nominal:
                self._ends.add(c.end)

    def read(self) -> list[Candidate]:
        nouns = self.nouns()
        out: list[Candidate] = []
        others: list[tuple[int, int]] = []
        for noun, is_group in zip(nouns, accepted(self._scan, nouns, self._found), strict=True):
            start, end, value = noun.start, noun.end, noun.value
            if not is_group:
                one = end in self._people or self._is_called(end)
                if one or (value in _AGAIN and not noun.alien):
                    others.append((start, end))
                continue
            quoted = value in _TEAMS and self._text[start] == "“"
            weight = CERTAIN if quoted else POSSIBLE  # a team in quotes looks like a unit too
            out.append(Candidate("GROUP", start, end, f"group.{value or 'people'}", weight))
        for start, end in appointed(self._text):
            if not any(c.start < end and start < c.end for c in out):
                out.append(Candidate("GROUP", start, end, "group.appointed", POSSIBLE))
        roles = [(c.start, c.end) for c in out if self._text[c.start] == "“"]
        for start, end in echoes(self._text, roles):
            if not any(c.start < end and start < c.end for c in out) and not self._is_named(
                start, end
            ):
                out.append(Candidate("GROUP", start, end, "group.echo", POSSIBLE))
        for start, end in self._workers():
            if not any(c.start < end and start < c.end for c in out):
                out.append(Candidate("GROUP", start, end, "group.trade", POSSIBLE))
        known = {self._text[c.start : c.end] for c in out}
        teams = (self._text[c.start : c.end] for c in out if c.rule == "group.team")
        out += self._again(others, known | {team.partition("”")[2] for team in teams})
        return sorted(out, key=lambda c: c.start)

    def nouns(self) -> list[Noun]:
        """Return the nouns outside of names, with what the rules say of each."""
        found: list[Noun] = []
        last = -1
        for start, end, value in self._nouns():
            if self._is_named(start, end):
                continue
            listed = last >= 0 and _JOIN.fullmatch(self._text, last, start) is not None
            alien = self._is_alien(start, end)
            fits = self._is_group(start, end, value, listed=listed)
            found.append(Noun(start, end, value, alien, fits))
            last = end if found[-1].taken else last
        return found

    def signs(self) -> list[tuple[Noun, set[str]]]:
        """Return the nouns with the features that the model weighs."""
        nouns = self.nouns()
        return list(zip(nouns, features(self._scan, nouns, self._found), strict=True))

    def _again(self, others: Sequence[tuple[int, int]], known: Set[str]) -> Iterator[Candidate]:
        """Yield the nouns, some before a person's name, that the article uses of a group as well."""
        for start, end in others:
            one = _ONE.search(self._text, max(0, start - 6), start) or self._is_figure(start, end)
            if self._text[start:end] in known and not one and not self._is_named(start, end):
                yield Candidate("GROUP", start, end, "group.again", POSSIBLE)

    def _workers(self) -> Iterator[tuple[int, int]]:
        """Yield the people named by their trade or holding behind a verb with receivers (向|蚕农)."""
        text = self._text
        for trade in _TRADE.finditer(text):
            near = _NEAR.search(text, max(0, trade.start() - _REACH), trade.start())
            if near is None:
                continue
            start, end = near.start("noun"), trade.end()
            words = tagged(text[start:end])
            people = words[-1][1].startswith("n") and len(words) <= _WORDS
            if people and not self._is_named(start, end) and not self._is_alien(start, end):
                yield start, end

    def _nouns(self) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and class of each noun: its modifiers, its head, heads that follow it."""
        marks = self._scan.marks("group.head")
        at, last = 0, 0
        while at < len(marks):
            mark = marks[at]
            at += 1
            if mark.start < last or self._text.startswith("广大", mark.start - 1):  # 广大|学生
                continue
            later = marks[at] if at < len(marks) else mark
            if mark.start < later.start < mark.end < later.end and self._is_crossed(mark, later):
                continue
            start, end, value = mark.start, mark.end, mark.entry.value
            while (following := _longest_at(marks, at, end)) is not None:
                end, value = following.end, following.entry.value
            left = self._modifiers.start(start, end, value, last)
            if value == "bound" and left == start and end == mark.end:
                continue
            value = "post" if value == "bound" else value
            if self._text.startswith(_PLURAL, end):
                end, value = end + 1, ""
            start, last = self._behind_name(left, end), end
            if end - start < _SHORTEST:  # 上天村|老年活动室
                continue
            yield *self._in_quotes(start, end, value), value

    def _is_crossed(self, mark: Mark, later: Mark) -> bool:
        """Return whether the head that crosses ``mark`` is the word that is meant (持证|人员)."""
        cut = self._text.startswith(_YEARS, later.end - 1)  # 养殖户|长年
        return not cut and not swallowed(self._text, mark.end)  # 船员|工资

    def _behind_name(self, start: int, end: int) -> int:
        """Return where the noun begins behind a name that ends amid it (花园社区|居民)."""
        if self._text[start] in _AREAS and (inner := _OF_NAME.match(self._text, start)):
            return inner.end()
        if self._ends.isdisjoint(range(start + 1, end)):
            return start
        return next(at for at in range(start + 1, end) if at in self._ends)

    def _in_quotes(self, start: int, end: int, value: str) -> tuple[int, int]:
        """Return the span with the quotes that belong to it (“红袖标”义警, “云岭义警”)."""
        opened = None
        if value and self._text.endswith("”", 0, start):
            opened = _QUOTED.search(self._text, max(0, start - 10), start)
        elif value == "volunteer" and self._text.startswith("”", end):
            opened = _VOLUNTEER.search(self._text, max(0, start - 11), start)
            end += opened is not None
        return opened.start() if opened else start, end

    def _is_alien(self, start: int, end: int) -> bool:
        """Return whether the noun belongs to a name, a longer noun, speech or rhetoric."""
        at = end + self._text.startswith(" ", end)  # 新闻记者 杨帆
        titled = at in self._people and self._text[start] != "“"  # “乌日格”调解员|扎木苏
        if titled or start in self._named or self._is_called(end):
            return True
        team = self._text.startswith("队", end) and self._text[end - 1] == "”"  # “护游义警”|队
        led = team or (self._text.startswith("队长", end) and self._text[end - 1] == "队")
        if not led and swallowed(self._text, end):
            return True
        of_body = start in self._bodies
        if self._is_one(start, end) or is_no_receiver(self._text, start, end, of_body=of_body):
            return True
        if is_result(self._text, start, end):
            return True
        return rhetoric().match(self._text, end) is not None

    def _is_called(self, end: int) -> bool:
        """Return whether one of the people is called by a first name: 工人|小杨说."""
        return (
            self._text[end : end + 1] in _SMALL and _FIRST_NAME.match(self._text, end) is not None
        )

    def _is_named(self, start: int, end: int) -> bool:
        """Return whether the noun is part of a name or of what somebody says."""
        for left, right in self._names:  # noqa: SIM110
            if left <= start and end <= right:
                return True
        return False

    def _is_one(self, start: int, end: int) -> bool:
        """Return whether one person is meant, or an officer, or who is punished."""
        text = self._text
        one = text[start - 1 : start] == "一" and text[start - 2 : start - 1] not in _IN_ONE
        # 八里村一|村民, 包|村民|警, 戍|边民|警
        officer = text.startswith("警", end) and text[end - 1] == "民"
        if one or officer:
            return True
        return _OF_ONE.match(text, end) is not None

    def _is_figure(self, start: int, end: int) -> bool:
        """Return whether quotes make the noun a figure of speech (“山路快递员”)."""
        closed = self._text.startswith("”", end)
        return closed and _FIGURE.search(self._text, max(0, start - 10), start) is not None

    def _is_group(self, start: int, end: int, value: str, *, listed: bool) -> bool:
        text = self._text
        if value == "volunteer" or (text[start] == "“" and text[end - 1] != "”"):
            return True
        one = text.endswith(_ONE_OF, 0, start) and _SOMEBODY.search(text, max(0, start - 13), start)
        # “红帆”|护湖队 is one of volunteers, a bare 护湖队 perhaps not
        if one or value == "team" or self._is_figure(start, end):
            return False
        before = text[max(0, start - 24) : start]
        found = is_found(text, start, end, any_kind=not value)
        if found or (value and _ONE.search(before, len(before) - 6)):
            return False
        if not value or listed or are_many(before):
            return True
        beside = _ALONGSIDE.match(text, end) and _BESIDE.search(before)
        if beside or (value == "post" and self._act_together(start, end, before)):
            return True
        return receives(text, start, end) and not self._is_single(start, end)

    def _act_together(self, start: int, end: int, before: str) -> bool:
        """Return whether several who hold an office act, or are told of as a number."""
        text = self._text
        acting = text.endswith(_OFFICES, 0, end) and _BY.search(before)
        sent = text.endswith("代表", start, end) and _DELEGATES.match(text, end)
        return bool(acting or sent or _ALL_TOLD.match(text, end) or _AND_MORE.match(text, end))

    def _is_single(self, start: int, end: int) -> bool:
        noun = self._text[start:end]
        if _LOST.search(self._text, max(0, start - 4), start) or _AGED.match(self._text, end):
            return True
        sentence = self._scan.sentence_at(start).start
        if noun.startswith("老") and _OLD.search(self._text, sentence, start):
            return True
        if noun == "老人" and _ELDER.search(self._text, max(0, start - _PAGE), start):
            return True
        return was_single(noun, self._text, start)


def _longest_at(marks: Sequence[Mark], at: int, end: int) -> Mark | None:
    """Return the longest head that begins at ``end``, None if there is none."""
    while at < len(marks) and marks[at].start < end:
        at += 1
    return marks[at] if at < len(marks) and marks[at].start == end else None
