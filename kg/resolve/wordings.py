"""Wordings of one thing joined: activities, groups, methods, documents, persons, times."""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.recognise.candidate import Candidate
from kg.records import draft, record
from kg.resolve.labels import QUOTE, plain, quoted

_PLURAL: Final = re.compile(r"们\Z")
_YEAR: Final = re.compile("^20[0-9]{2}年度?")
_SAME_DAY: Final = frozenset({"当天", "当日", "同日", "同一天"})
_POINTER: Final = re.compile(r"^(?:此次|本次|这次|这场|该|本场|此|这一)")
_GENERIC: Final = ("活动", "工作")
_ONCE: Final = ("仪式", "典礼", "大会", "会议")
_MANNERS: Final = ("联合", "集中", "统一")
_PARTS: Final = ("课", "课堂", "讲堂", "仪式", "排查", "检查", "走访")
_ABOUT: Final = 5  # signs behind a formula that say more than what it is: 工作法现场推进会
# 打掉一个盗销团伙: what came of it, not 侦查 or 收网行动 on the way there
_FEAT: Final = re.compile(r"(?:打掉|端掉|捣毁|摧毁|斩断|破获|侦破|抓获|查获|追回)")
_STEP: Final = re.compile(
    r"(?:侦查|侦办|侦破|勘查|勘验|收网|抓捕|追捕|围捕|布控|蹲守)(?:工作|行动)?”?\Z"
)
_TAIL: Final = 4  # signs of a wording that has no content of its own: 联合检查


@draft
class Thing:
    """One thing in the making: its wordings in order, and what the candidates say of it.

    ``bare`` is the first wording without signs, ``owner`` the unit that a person belongs to,
    ``entity`` the id, once it is known.
    """

    type: str
    forms: list[str]
    starts: list[int]
    attributes: Mapping[str, str]
    in_title: bool
    name: str
    bare: str
    owner: str = ""
    entity: str = ""

    def take(self, form: str, candidate: Candidate, title_end: int) -> None:
        """Add a wording."""
        if self.in_title and candidate.start >= title_end:
            self.in_title, self.name = False, ""  # the body's wording names it, not the title's
        if len(form) > len(self.name):
            self.name = form
        self.forms.append(form)
        self.starts.append(candidate.start)
        if candidate.attributes:
            self._describe(candidate.attributes)

    def call(self, form: str, candidate: Candidate) -> None:
        """Add a wording that only points back (此次|联合执法行动): it does not name the thing."""
        self.forms.append(form)
        self.starts.append(candidate.start)

    def _describe(self, said: Mapping[str, str]) -> None:
        """Take over what is said of the thing for the first time, and all topics."""
        known = dict(self.attributes)
        for key, value in said.items():
            old = known.get(key)
            if not old:
                known[key] = value
            elif key == "topic":
                topics = dict.fromkeys([*old.split(","), *value.split(",")])
                known[key] = ",".join(topics)
        self.attributes = known


Apart = Callable[[str, Candidate, Thing], bool]
Running = Callable[[str, Candidate, Sequence[Thing]], Thing | None]
Aside = Callable[[Candidate, Thing], bool]


class Wordings:
    """The things of one type in an article.

    ``is_another`` says whether a wording that could be of a thing is of another one like it,
    ``running`` which thing a new wording points back to, ``is_aside`` whether one is hardly what a
    bare head points back to.
    """

    def __init__(
        self,
        kind: str,
        title_end: int,
        is_another: Apart | None = None,
        running: Running | None = None,
        is_aside: Aside | None = None,
    ) -> None:
        self.kind = kind
        self.things: list[Thing] = []
        self._is_another = is_another
        self._running = running
        self._is_aside = is_aside
        self._title_end = title_end
        self._first = _FIRST.get(kind)
        self._plain: dict[str, int] = {}  # the first thing of each plain wording

    def read(self, form: str, candidate: Candidate) -> Thing:
        """Return the thing that a named mention means: a known one or a new one."""
        marks = candidate.attributes
        bare = plain(marks.get("called", form) if marks else form)  # 老蒋 is called 蒋国栋
        at = self._plain.get(bare)
        if self._first is not None and self.things:
            at = self._first(form, self.things, at)
        if (
            at is not None
            and self._is_another
            and self._is_another(form, candidate, self.things[at])
        ):
            at = None
        if at is None and form in _SAME_DAY:
            at = self._same_day(candidate)
        told = self._running(form, candidate, self.things) if self._running and at is None else None
        if told is not None:
            told.call(form, candidate)
            return told
        if at is None:
            self._plain.setdefault(bare, len(self.things))
            start = candidate.start
            thing = Thing(self.kind, [form], [start], marks, start < self._title_end, form, bare)
            self.things.append(thing)
            return thing
        thing = self.things[at]
        thing.take(form, candidate, self._title_end)
        if at < self._plain.get(bare, at + 1):
            self._plain[bare] = at
        return thing

    def _same_day(self, candidate: Candidate) -> int | None:
        """Return which time 当天 means: its date, or where no year is known, the day before it."""
        date = candidate.attributes.get("edtf", "")
        dates = [thing.attributes.get("edtf") for thing in self.things]
        if date or not dates:
            return dates.index(date) if date in dates else None
        last = max(range(len(dates)), key=lambda at: self.things[at].starts[-1])
        return last if self.things[last].attributes.get("precision") == "day" else None

    def join_title(self) -> dict[int, Thing]:
        """Return the things that a title's other wording of the body's act turns out to be.

        A title names the article's main act in its own words (安全课 for 宣传活动): it is the act of
        that kind in the body that begins and ends like it (公开征集张某…线索, 公开征集该团伙…线索), or
        else the first.
        """
        lone = [thing for thing in self.things if thing.in_title]
        joined: dict[int, Thing] = {}
        for thing in lone if self.kind == "ACT" and len(lone) == 1 else ():
            body = [other for other in self.things if not other.in_title and _alike(thing, other)]
            if _FEAT.match(thing.name):
                body = [other for other in body if not _STEP.search(other.name)]
            if body:
                ends = _wording(thing.name).ends
                framed = (other for other in body if _wording(other.name).ends == ends)
                joined[id(thing)] = next(framed, body[0])
        return joined

    def pointed(self, form: str, candidate: Candidate) -> Thing | None:
        """Return the act that 此次活动, 会议, 演练 point back to."""
        head = _POINTER.sub("", form)
        before = [thing for thing in self.things if any(s < candidate.start for s in thing.starts)]
        recent = sorted(before, key=lambda t: -max(s for s in t.starts if s < candidate.start))
        named = [thing for thing in recent if has_head(thing.name, head)]
        kind = candidate.attributes.get("kind", "")
        alike = [thing for thing in recent if kind and thing.attributes.get("kind") == kind]
        held = [  # 赛事 of 赛事安保任务, no 行动 of 行动退赃大会
            one for one in recent if head in one.name and not one.name.endswith("会")
        ]
        choices = named or held or alike or (recent if head in _GENERIC else [])
        wholes = [thing for thing in choices if not thing.name.rstrip("”").endswith(_PARTS)]
        if form != head and head in _GENERIC and wholes:  # 此次活动: the whole, no lesson in it
            choices = wholes
        aside = self._is_aside
        if aside is not None and len(choices) > 1:
            return next((one for one in choices if not aside(candidate, one)), choices[0])
        return choices[0] if choices else None


# -- when two wordings mean one thing ------------------------------------------------------------


@record
class _Wording:
    """A wording, and what of it is compared: without signs, in quotes, outside of them."""

    form: str
    bare: str
    inner: str
    rest: str  # nothing, if nothing is in quotes
    trimmed: str
    ends: tuple[str, str]
    undated: str  # what a year stands before, if one does
    signed: bool  # whether it has quotes, book marks or blanks
    manner: bool  # whether it may only say how something was done: 联合检查


@functools.lru_cache(maxsize=65536)
def _wording(form: str) -> _Wording:
    trimmed = form
    for head in _GENERIC:
        if len(trimmed) > len(head) + 3:
            trimmed = trimmed.removesuffix(head)
    bare = plain(form)
    signed = bare != form
    rest = QUOTE.sub("", form) if signed else form
    return _Wording(
        form,
        bare,
        quoted(form) if signed else "",
        rest if rest != form else "",
        bare if trimmed == form else plain(trimmed),
        (form[:2], form[-2:]),
        _YEAR.sub("", bare) if bare.startswith("2") else "",
        signed,
        len(form) == _TAIL and form.startswith(_MANNERS),
    )


def _first_act(form: str, things: Sequence[Thing], exact: int | None) -> int | None:
    if exact is not None:
        return exact
    one = _wording(form)
    for at, thing in enumerate(things):
        if _same_act(one, thing):
            return at
    return None


def _same_act(one: _Wording, thing: Thing) -> bool:
    for other in map(_wording, thing.forms):
        # 民警退休仪式, 2024年度民警退休仪式
        if one.trimmed in (other.trimmed, other.undated) or one.undated == other.trimmed:
            return True
        if one.signed or other.signed:
            if _is_alike(one, other):
                if not _is_about(one, other):
                    return True
                continue
            if _is_unquoted(one, other) or _is_unquoted(other, one):
                return True
        again = one.manner and _is_tail(one, other)
        if again or _is_meeting(one, other) or _is_meeting(other, one):
            return True
        if one.ends == other.ends and (_clipped(one, other) or _clipped(other, one)):
            return True
    return False


def has_head(name: str, head: str) -> bool:
    """Return whether a name has a head, or a longer one of it (培训 in 新警培训班)."""
    if head in _ONCE:  # “某地公安荣誉授予仪式”; a “清滩行动” may be a step of the 行动
        name = name.removesuffix("”")
    if name.endswith(head):
        return True
    found = name.rfind(head)
    return found >= 0 and name[found + len(head) :] in lexicon().terms("name.act-rest")


def _first_method(form: str, things: Sequence[Thing], exact: int | None) -> int | None:
    one = _wording(form)
    for at, thing in enumerate(things):
        if at == exact or any(_is_alike(one, other) for other in map(_wording, thing.forms)):
            return at
    return None


def _is_alike(one: _Wording, other: _Wording) -> bool:
    """Return whether two wordings differ in signs only, or one is or leaves out what is quoted."""
    if one.bare == other.bare:
        return True
    if one.inner and one.inner == other.inner:
        return True
    return bool(one.rest and _is_rest(other, one)) or bool(other.rest and _is_rest(one, other))


def _is_about(one: _Wording, other: _Wording) -> bool:
    """Return whether one of two wordings is a meeting about the other (“X”推进会, “X”行动)."""
    about = tuple(lexicon().terms("name.act-about"))
    if not (one.rest and other.rest):  # “板凳会”, “板凳会”工作法推进会
        longer = one.rest or other.rest
        return longer.endswith(about) and longer not in about and len(longer) > _ABOUT
    if one.bare == other.bare:
        return False
    meets = one.rest.endswith(about), other.rest.endswith(about)
    return meets[0] != meets[1]


def _is_unquoted(one: _Wording, other: _Wording) -> bool:
    """Return whether ``other`` is what ``one`` has in quotes, and what it is (“夜话”, 夜话活动)."""
    inner = one.inner
    return bool(inner) and other.bare.startswith(inner) and other.bare[len(inner) :] in _GENERIC


def _is_tail(short: _Wording, long: _Wording) -> bool:
    """Return whether a wording of manner only repeats how ``long`` was done: 联合检查."""
    return len(long.form) > _TAIL and long.form.endswith(short.form)


def _is_meeting(short: _Wording, long: _Wording) -> bool:
    """Return whether ``short`` is what a great meeting is called once it was named: 返还会, 返还大会."""
    form = short.form
    return 2 < len(form) <= _TAIL and form[-1] == "会" and long.form.endswith(f"{form[:-1]}大会")


def _is_rest(short: _Wording, long: _Wording) -> bool:
    """Return whether ``short`` is ``long`` without its quoted formula: 签约仪式."""
    return long.rest.endswith(short.form) and len(short.form) > 3 and not short.inner


def _clipped(short: _Wording, long: _Wording) -> bool:
    """Return whether ``short`` is ``long`` with its middle left out: 上门服务, 上门办证服务.

    The ends of both are the same.
    """
    shorter = 4 <= len(short.form) < len(long.form)
    return shorter and not long.inner and abbreviates(short.form, long.form)


def _alike(one: Thing, two: Thing) -> bool:
    kinds = one.attributes.get("kind"), two.attributes.get("kind")
    return bool(kinds[0]) and kinds[0] == kinds[1]


def _first_group(form: str, things: Sequence[Thing], exact: int | None) -> int | None:
    del exact  # a group is its first wording
    family, short, named = _family(form), plain(form), "”" in form
    for at, thing in enumerate(things):
        first = thing.forms[0]
        if family == _family(first) or (named and _calls(form, plain(first))):
            return at
        for other in thing.forms:
            if "”" in other and _calls(other, short):
                return at
    return None


def _calls(form: str, short: str) -> bool:
    """Return whether people with a name in quotes are called by its end: “平安吆喝员”, “红帆”护湖队."""
    inner = quoted(form)
    return bool(inner) and (inner.endswith(short) or form.endswith(f"”{short}"))


@functools.lru_cache(maxsize=65536)
def _family(form: str) -> str:
    families = lexicon().terms("name.people")
    bare = _PLURAL.sub("", plain(form))
    return families.get(plain(form)) or families.get(bare) or bare


def _first_document(form: str, things: Sequence[Thing], exact: int | None) -> int | None:
    name = plain(form)
    for at, thing in enumerate(things):
        if at == exact or any(_same_title(name, plain(other)) for other in thing.forms):
            return at
    return None


def _same_title(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    if short in long:  # 道路交通安全法 is 中华人民共和国道路交通安全法, but not 实施〈…法〉办法
        return one == two or (long.endswith(short) and abbreviates(short, long))
    return abbreviates(short, long)


def abbreviates(short: str, long: str) -> bool:
    """Return whether ``short`` leaves out signs of ``long`` and ends like it: 保密法."""
    if not 3 <= len(short) < len(long) or short[-1] != long[-1] or short[0] not in long:
        return False
    steps = iter(long)
    return all(sign in steps for sign in short)


def names_of(thing: Thing, name: str) -> tuple[str, ...]:
    """Return the wordings of a thing and the same without quotes, each once, but for its name."""
    forms = thing.forms
    if len(forms) == 1 and name == forms[0] == thing.bare:
        return ()
    names = dict.fromkeys([*forms, *[plain(form) for form in forms]])
    names.pop(name, None)
    return tuple(names)


# Each returns which thing is the first that a wording can mean; ``exact`` is the first of those
# that are worded so, but for signs. Persons and times are the same only if they are worded so.
_First = Callable[[str, Sequence[Thing], int | None], int | None]
_FIRST: Final[dict[str, _First]] = {
    "ACT": _first_act,
    "GROUP": _first_group,
    "METHOD": _first_method,
    "DOC": _first_document,
}
