"""Activities: what a unit carries out, joins or refers to as its framework (GUIDE, Activities).

Rules, surest first: a phrase behind a verb that introduces activities; a named campaign or event in
quotes with its head noun; an event noun with its modifiers; the verb phrase of a case; a second
wording of what was found; bare heads that point back.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.language.activities import ActivityGrammar, Phrase
from kg.language.lexicon import Mark, lexicon
from kg.language.scan import Scan
from kg.recognise import activity_clause as clause
from kg.recognise import activity_measures as measures
from kg.recognise.activity_bare import OWN_ACT, bare_deeds, is_free, is_setting, news
from kg.recognise.activity_case import case_phrases, lead_end
from kg.recognise.activity_errands import errands
from kg.recognise.activity_finds import Finds
from kg.recognise.activity_nominal import is_joined, nominals
from kg.recognise.activity_public import public_events
from kg.recognise.activity_quoted import is_only_called, is_styled, is_told_people, without_authors
from kg.recognise.activity_service import offered
from kg.recognise.activity_tours import tours
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

# Names that no activity phrase runs over; a place may be part of one (长江禁渔联席会议).
_EDGES: Final = frozenset({"UNIT", "ORG", "PER", "TIME"})
_ACTORS: Final = frozenset({"UNIT", "ORG"})
_PLACED: Final = ("在", "到", "赴", "往", "于", "进", "至")
_INTO: Final = ("搬进", "送进")
_DATED: Final = re.compile(r"[0-9]|[近日前来年月]|期间|[当同今昨次]")

# A head that is also a verb names an act only where no object follows (向渔民宣讲《…》).
_VERBAL: Final = frozenset(
    {"publicity", "training", "inspection", "visit", "patrol", "service", "campaign"}
)
_NOMINAL_END: Final = tuple("会课座日月周赛班庭演动堂集")
_CLOSED: Final = re.compile(
    r"[，。；！？、）”\n]|$|[0-9]|中|上|后|时|等|和|在|于|现场|结束|期间|的|是|由|工作|共"
)
_FULL_NAME: Final = 3
_ATTENDING: Final = ("主持", "主持了", "出席", "出席了")
_THIS: Final = ("此次", "这次", "本次", "该次", "整个", "整场")
# What a case phrase may hold of names: 打掉以张某为首的|团伙, 侦破王某等人|诈骗案, 破获公安部督办|贩毒案
_LED: Final = re.compile(
    r"[一-鿿]{2,4}以[^，。；“”]{2,8}为首的"
    r"|(?:侦破|破获|查处)(?:[一-鿿]某[一-鿿]?(?:等[0-9]*人?)?(?=[^，。；]{2,20}案)|[^，。；“”]{2,8}(?:挂牌)?督办的?)"
)
_OPENED: Final = ("开启", "开启了")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the activities of an article, named and nominal."""
    return _Reader(scan, found).read()


class _Reader:
    def __init__(self, scan: Scan, found: Sequence[Candidate]) -> None:
        self._scan = scan
        self._text = scan.text
        self._finds = Finds(scan)
        self._names: set[int] = set()  # ends of those who act
        self._places: dict[int, int] = {}
        self._persons = {name.end: name.start for name in found if name.type == "PER"}
        self._grammar = ActivityGrammar(
            scan.text, scan.marked, self._sort(without_authors(scan.text, found))
        )

    def _sort(self, found: Sequence[Candidate]) -> set[int]:
        """Keep what matters of the names before, and return the ends that no phrase runs over."""
        text, edges = self._text, set()
        for name in found:
            start, end, kind = name.start, name.end, name.type
            if kind in _EDGES:
                # 夜间 and 2024年|度 may be part of an activity's name.
                if not text.startswith("度", end) and (
                    kind != "TIME" or _DATED.search(text, start, end)
                ):
                    edges.add(end)
                if kind in _ACTORS:
                    self._names.add(end)
                if not name.nominal:
                    self._finds.cover(start, end)
            elif kind == "LOC":
                if text.endswith(_PLACED, 0, start):
                    edges.add(end)
                if not name.nominal:
                    self._places[start] = end
            elif kind == "METHOD":
                self._finds.methods.add(start)
        return edges

    def read(self) -> list[Candidate]:
        """Run the rules in order; a later one keeps off what an earlier one took."""
        for start, end in clause.stories(self._text):
            self._finds.cover(start, end)
        self._public()
        self._pooled()
        self._sent(tours(self._text))
        self._introduced()
        self._cases()
        self._named()
        self._parts()
        self._frameworks()
        self._pushed()
        self._errands()
        self._events()
        self._bare()
        self._finds.repeats()
        for start, end in nominals(self._scan, self._grammar, self._finds.is_taken):
            self._finds.nominal(start, end)
        return sorted(self._finds.taken, key=lambda c: (c.start, -c.end))

    def _public(self) -> None:
        for start, end, kind in public_events(self._scan, self._places):
            phrase, held = Phrase(start, end, kind=kind), {"kind": kind}
            self._finds.put(phrase, "public", weight=CERTAIN, extra=held)
        for start, end, kind in measures.called(self._text):
            self._finds.put(Phrase(start, end, kind=kind), "called")
        for start, end in measures.titled(self._text, self._scan.title_end):
            self._finds.put(Phrase(start, end, kind="service"), "titled")
        for start, end in offered(self._text):
            self._finds.put(Phrase(start, end, kind="service"), "offered")

    def _pooled(self) -> None:
        for start, end in clause.pooled(self._text):
            self._finds.offer(Phrase(start, end, quoted=True), "pooled")

    def _introduced(self) -> None:
        strong = [m for m in self._scan.marks("act.trigger") if m.entry.value == "strong"]
        objects = self._scan.marks("act.object")
        for mark in clause.outermost(sorted([*strong, *objects], key=lambda m: (m.start, -m.end))):
            if self._grammar.inside(mark.start) and self._grammar.inside(mark.end):
                continue
            if self._text.startswith(("、", "，", "。", "期间"), mark.end):  # 户籍办理、…
                continue
            sure = mark.entry.value == "strong"
            if not sure and clause.is_purpose(self._text, mark.start):
                continue
            for whole in self._objects(mark, sure=sure):
                phrase = clause.without_town(self._text, self._places, whole)
                term = mark.entry.term
                counted = measures.is_tally(self._text, phrase, term)
                if term in _ATTENDING and self._points_back(phrase, phrase.start):
                    continue  # 主持|推进会, told of before
                if self._text.startswith("讲解了", phrase.end - 2):
                    continue  # 结合|案例|讲解了
                if is_joined(self._text, self._finds.taken, phrase):
                    continue
                if not counted and not clause.is_means(self._text, term, phrase):
                    self._finds.offer(phrase, "introduced", term, weak=not sure)

    def _objects(self, mark: Mark, *, sure: bool) -> list[Phrase]:
        """Return the activities that a verb introduces."""
        phrases = self._grammar.after(mark.end, strict=not sure)
        measured = mark.entry.value == "measure"
        if not phrases:
            formula = self._grammar.formula_at(mark.end) if measured else None
            guess = formula or self._guess(mark.end, sure=sure)
            phrases = [guess] if guess else []
        if not measured:
            return phrases
        told = self._text[mark.start - 1 : mark.start] not in ("不", "未")
        return [
            one for one in phrases if told and measures.is_measure(self._text, one, mark.entry.term)
        ]

    def _guess(self, at: int, *, sure: bool) -> Phrase | None:
        """Return what a verb introduces where no head is known: a formula, a meeting, a deed."""
        formula = self._grammar.formula_at(at)
        if not sure:
            working = formula and self._text.endswith("工作", formula.start, formula.end)
            return formula if working else None
        if self._text.endswith(_OPENED, 0, at):  # 开启来电预警: a thing switched on
            return formula
        gathering = self._grammar.gathering_at(at)
        return formula or gathering or self._grammar.verbal_at(at)

    def _named(self) -> None:
        """Take quoted formulas with a head behind them, or that end like a campaign's name."""
        for start, end in self._grammar.formulas():
            styled = is_styled(self._text, self._names, start, end)  # “某地公安荣誉日”活动
            taken = self._finds.is_taken(start, end) and not styled
            ways = measures.is_count_of_ways(self._text, start, end)
            if taken or is_only_called(self._text, start, end):
                continue
            phrase = self._grammar.around(start, end)
            if phrase is None and (
                styled or (not ways and clause.is_event(self._text, start, end))
            ):
                phrase = Phrase(start, end, quoted=True)
            if phrase is None or clause.is_honour(self._text, phrase.end):
                continue
            if measures.is_charge(self._text, phrase):
                continue
            phrase = clause.without_actor(self._text, self._places, phrase, start)
            if styled:
                self._finds.put(phrase, "named", weight=CERTAIN)
            else:
                self._finds.offer(phrase, "named")

    def _events(self) -> None:
        for mark, noun in self._grammar.head_ends():
            if self._finds.is_taken(mark.start, mark.end) or self._grammar.inside(mark.start):
                continue
            phrase = self._grammar.before(mark.end)
            if phrase is None:
                continue
            told = self._is_told(mark) or self._is_told_of(phrase, mark.start)
            if not noun and not told:
                continue
            whole = clause.stands_alone(mark.entry.term)
            into = self._text.endswith(_INTO, 0, phrase.start)  # 把宣讲搬进|屋场会
            heard = is_told_people(self._text, phrase.start, mark.start)  # 向|司机宣讲，
            other = (
                into or heard or measures.is_task(mark) or measures.is_place(self._text, phrase.end)
            )
            again = self._points_back(phrase, mark.start)
            if other or again or is_joined(self._text, self._finds.taken, phrase):
                continue
            phrase = clause.without_actor(self._text, self._places, phrase, mark.start)
            if not told and self._is_verb(phrase):
                continue
            if not phrase.quoted and self._finds.is_demanded(phrase.start):
                continue
            if measures.is_charge(self._text, phrase):
                continue
            if whole or told or mark.start - phrase.start >= 2:
                self._finds.offer(phrase, "event", weight=POSSIBLE)

    def _is_told(self, mark: Mark) -> bool:
        """Return whether a deed is the subject of 拉开序幕 and the like, or what a title is about."""
        about = mark.end == self._scan.title_end and self._text[mark.start - 1 : mark.start] == "的"
        full = len(mark.entry.term) > _FULL_NAME
        moved = full and clause.is_carried_far(self._text, mark.start, mark.end)
        return (
            about
            or moved
            or clause.is_one_deed(self._text, mark)
            or clause.happens_at(self._text, mark.end)
        )

    def _is_told_of(self, phrase: Phrase, head: int) -> bool:
        """Return whether a deed that says what it is about is told of as one, or taken somewhere."""
        text, start, end = self._text, phrase.start, phrase.end
        if head - start < 2 and end - start <= _FULL_NAME:
            return False
        titled = end <= self._scan.title_end and not phrase.quoted
        gone = titled and clause.goes_somewhere(text, end)
        return gone or clause.is_taken_along(text, start, end) or clause.is_one_of(text, start, end)

    def _is_verb(self, phrase: Phrase) -> bool:
        noun = phrase.head.endswith(_NOMINAL_END) or "大" in phrase.head  # 实战大练兵
        verbal = phrase.kind in _VERBAL and not noun
        return verbal and not phrase.quoted and not _CLOSED.match(self._text, phrase.end)

    def _points_back(self, phrase: Phrase, head: int) -> bool:
        """Return whether a bare head opens a clause after an activity with it (仪式后，)."""
        if phrase.start != head:
            return False
        term = self._text[head : phrase.end]
        if self._text.endswith(_THIS, 0, head) and term in lexicon().terms("act.nominal"):
            return True
        opens = self._text[phrase.start - 1 : phrase.start] in ("", *"，。\n；”等")
        if self._text.endswith(_ATTENDING, 0, phrase.start):  # 主持|发布会 of 新闻发布会
            before = self._text.find(term, 0, head)
            return before > 0 and "一" <= self._text[before - 1] <= "鿿"
        named = (n.end for n in self._finds.taken if n.end < head)
        return opens and any(self._text.endswith(term, 0, end) for end in named)

    def _parts(self) -> None:
        for start, end in clause.parts(self._text):
            if not self._finds.is_taken(start, end):
                self._finds.put(Phrase(start, end, quoted=True), "part", weight=POSSIBLE)

    def _frameworks(self) -> None:
        for start, end in clause.frameworks(self._text):
            phrase = self._grammar.ending_at(start, end)
            if phrase is not None:
                self._finds.offer(phrase, "framework", "以")

    def _pushed(self) -> None:
        for start, end in clause.pushed(self._text):
            for phrase in self._grammar.after(start, strict=True):
                if phrase.end <= end:
                    self._finds.offer(phrase, "pushed")

    def _errands(self) -> None:
        self._sent(errands(self._scan, self._names))

    def _sent(self, told: Iterable[tuple[int, int, str]]) -> None:
        for start, end, kind in told:
            swallowed = self._grammar.is_swallowed(end) and not self._text.endswith("慰问", 0, end)
            noun = swallowed or clause.happens_at(self._text, end)
            if (
                not noun
                and not self._finds.is_taken(start, end)
                and not self._finds.is_demanded(start)
            ):
                self._finds.put(Phrase(start, end, kind=kind), "errand", weight=POSSIBLE)

    def _cases(self) -> None:
        for start, end, kind, main in case_phrases(self._scan, self._grammar):
            led = _LED.match(self._text, start, end)
            if not self._finds.is_taken(led.end() if led else start, self._persons.get(end, end)):
                phrase = Phrase(start, end, kind=kind)
                self._finds.put(
                    phrase, "case", weight=POSSIBLE, extra={"main": "yes"} if main else {}
                )

    def _bare(self) -> None:
        """Take the verb phrase that states a named actor's main act where no activity is named."""
        body = (one for one in self._finds.taken if one.end > self._scan.title_end)
        told = [one for one in body if not is_setting(self._text, one.end)]
        kinds = {one.attributes["kind"] for one in told}
        lead = lead_end(self._scan)
        first = min([lead, *(one.start for one in told)])
        deeds = [*news(self._scan, first)]
        if kinds.isdisjoint(OWN_ACT):
            deeds += bare_deeds(self._scan, lead, alone=not told)
        for start, end, kind in sorted(deeds):
            acted = min(self._names, default=start + 1) <= start
            free = acted and is_free(self._finds.covered, self._persons, start, end)
            if free and not self._grammar.inside(start):
                self._finds.put(Phrase(start, end, kind=kind), "case", weight=LIKELY)
                return
