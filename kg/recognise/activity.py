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
from kg.recognise.activity_case import case_phrases
from kg.recognise.activity_topics import kind_of, topics_of
from kg.recognise.candidate import LIKELY, POSSIBLE, Candidate

# Names that no activity phrase runs over; a place may be part of one (长江禁渔联席会议).
_EDGES: Final = frozenset({"UNIT", "ORG", "PER", "TIME"})
_PLACED: Final = ("在", "到", "赴", "往", "于", "进", "至")
_NAMELIKE: Final = re.compile(r"[“”]|[年月日]|行动|工程|计划")
_POINTING: Final = re.compile(r"(?:此次|这次|本次|该次|这场|该|此项|这项)$")
_BACK: Final = re.compile(
    r"中|后[，,]|现场|上[，,一]|上$|结束|期间|当天|当日|要求|强调|指出|通报|明确|设置|开始|开展|持续|紧贴|，|共|一结束"
)
_JOURNEY: Final = re.compile(r"这(?:场|次|趟)[^，。！？\n“”]{0,10}(?:之旅|盛会|大餐|课)")
_ERRAND: Final = re.compile(r"[^，。！？、\n]{0,6}(?:时[，发得，了]|中[，发得])")
_AWAY: Final = re.compile(r"在[^，。；！？\n]{0,14}$")
# A head that is also a verb names an act only where no object follows (向渔民宣讲《…》).
_VERBAL: Final = frozenset({"publicity", "training", "inspection", "visit", "patrol", "service"})
_NOMINAL_END: Final = tuple("会课座日月周赛班庭演动堂集")
_CLOSED: Final = re.compile(
    r"[，。；！？、）”\n]|$|[0-9]|中|上|后|时|等|和|在|于|现场|结束|期间|的|是|由|工作|共"
)
_SHORTEST_REPEAT: Final = 5
# Verbs whose object may be a bare deed: 经过|侦查，组织|调解四次
_SHORT: Final = frozenset(
    {"组织", "经过", "历经", "参与", "参加", "经缜密", "经过缜密", "经深入", "经细致", "经连续"}
)
# What is demanded, not done: 要加强学习教育.
_DEMAND: Final = re.compile(
    r"(?<![需主重必])要(?![求点素道害闻件])|必须|务必|应当|(?:会议|会上|他|长|队)[^，。]{0,8}(?:要求|强调|指出)"
)
_DONE: Final = frozenset(
    {"mediation", "rescue", "investigation", "inspection", "patrol"}
)  # 进行|调解
_COUNTED: Final = re.compile(r"[0-9一二两三四五六七八九十百多]+余?[次场期]")


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the activities of an article, named and nominal."""
    reader = _Reader(scan, found)
    return reader.read()


class _Reader:
    def __init__(self, scan: Scan, found: Sequence[Candidate]) -> None:
        self._scan = scan
        self._text = scan.text
        self._names = [c for c in found if not c.nominal and c.type in _EDGES]
        edges = {c.end for c in found if c.type in _EDGES}
        edges |= {
            c.end for c in found if c.type == "LOC" and self._text[: c.start].endswith(_PLACED)
        }
        self._grammar = ActivityGrammar(scan.text, scan.marked, frozenset(edges))
        self._taken: dict[tuple[int, int], Candidate] = {}

    def read(self) -> list[Candidate]:
        """Run the rules in order; a later one keeps off what an earlier one took."""
        self._introduced()
        self._named()
        self._events()
        self._errands()
        self._cases()
        self._repeats()
        self._nominals()
        return sorted(self._taken.values(), key=lambda c: (c.start, -c.end))

    # -- rules ------------------------------------------------------------------------------

    def _introduced(self) -> None:
        strong = [m for m in self._scan.marks("act.trigger") if m.entry.value == "strong"]
        objects = self._scan.marks("act.object")
        for mark in _outermost([*strong, *objects]):
            if self._grammar.inside(mark.start) and self._grammar.inside(mark.end):
                continue
            sure = mark.entry.value == "strong"
            phrases = self._grammar.after(mark.end, strict=not sure)
            if not phrases and sure:
                guess = self._grammar.formula_at(mark.end) or self._grammar.verbal_at(mark.end)
                phrases = [guess] if guess else []
            for phrase in phrases:
                self._offer(phrase, "introduced", mark.entry.term, weak=not sure)

    def _named(self) -> None:
        """Take quoted formulas with a head behind them, or that end like a campaign's name."""
        for start, end in self._grammar.formulas():
            if self._is_taken(start, end):
                continue
            phrase = self._grammar.around(start, end)
            if phrase is not None:
                self._offer(phrase, "named")

    def _events(self) -> None:
        for mark, noun in self._grammar.head_ends():
            if not noun or self._is_taken(mark.start, mark.end) or self._grammar.inside(mark.start):
                continue
            phrase = self._grammar.before(mark.end)
            whole = mark.entry.term in lexicon().terms("act.whole")
            if phrase is None or self._is_verb(phrase) or self._points_back(phrase, mark.start):
                continue
            if not phrase.quoted and self._is_demanded(phrase.start):
                continue
            if whole or mark.start - phrase.start >= 2:
                self._offer(phrase, "event", weight=POSSIBLE)

    def _is_verb(self, phrase: Phrase) -> bool:
        verbal = phrase.kind in _VERBAL and not phrase.head.endswith(_NOMINAL_END)
        return verbal and not phrase.quoted and not _CLOSED.match(self._text, phrase.end)

    def _points_back(self, phrase: Phrase, head: int) -> bool:
        """Return whether a bare head opens a clause after an activity with this head (仪式后，)."""
        opens = self._text[phrase.start - 1 : phrase.start] in ("", "，", "。", "\n", "；", "”")
        term = self._text[head : phrase.end]
        earlier = any(
            self._text[:right].endswith(term) and right < head for _, right in self._taken
        )
        return phrase.start == head and opens and earlier

    def _errands(self) -> None:
        for mark in self._scan.marks("act.errand"):
            if self._is_taken(mark.start, mark.end) or not _ERRAND.match(self._text, mark.end):
                continue
            if not _AWAY.search(self._text, max(0, mark.start - 16), mark.start):
                continue
            self._put(Phrase(mark.start, mark.end, mark.entry.term), "errand", weight=POSSIBLE)

    def _cases(self) -> None:
        for start, end, kind, main in case_phrases(self._scan, self._grammar):
            if not self._is_taken(start, end):
                phrase = Phrase(start, end, kind=kind)
                self._put(phrase, "case", weight=POSSIBLE, extra={"main": "yes"} if main else {})

    def _repeats(self) -> None:
        """Take further occurrences of a name that was found with its context."""
        for candidate in list(self._taken.values()):
            text = self._text[candidate.start : candidate.end]
            if len(text) < _SHORTEST_REPEAT or candidate.rule == "case" or "\n" in text:
                continue
            formula = re.search(r"“[^“”]+”", text)
            if formula and len(formula[0]) > _SHORTEST_REPEAT and candidate.attributes.get("named"):
                text = formula[0]
            for match in re.finditer(re.escape(text), self._text):
                if not self._is_taken(match.start(), match.end()):
                    self._put(
                        Phrase(match.start(), match.end(), quoted=text.startswith("“")),
                        "repeat",
                        weight=POSSIBLE,
                        extra=dict(candidate.attributes),
                    )

    def _nominals(self) -> None:
        for mark in _outermost(self._scan.marks("act.nominal")):
            if self._is_taken(mark.start, mark.end):
                continue
            pointing = _POINTING.search(self._text, max(0, mark.start - 3), mark.start)
            before = self._text[mark.start - 1 : mark.start]
            opens = before in ("", "，", "。", "\n", "；", "”", "！", "？", " ")
            subject = mark.entry.value == "event" or _BACK.match(self._text, mark.end)
            if self._grammar.is_swallowed(mark.end):
                continue
            if pointing or (opens and mark.start > 0 and subject):
                self._nominal(pointing.start() if pointing else mark.start, mark.end)
        for match in _JOURNEY.finditer(self._text):
            if not self._is_taken(match.start(), match.end()):
                self._nominal(match.start(), match.end())

    # -- candidates -------------------------------------------------------------------------

    def _offer(
        self,
        phrase: Phrase,
        rule: str,
        trigger: str = "",
        *,
        weak: bool = False,
        weight: float = LIKELY,
    ) -> None:
        if self._is_generic(phrase) or self._is_taken(phrase.start, phrase.end):
            return
        if weak and self._is_loose(phrase, trigger):
            return
        self._put(phrase, rule, weight=weight, extra={"trigger": trigger} if trigger else {})

    def _is_loose(self, phrase: Phrase, trigger: str) -> bool:
        """Return whether a verb that takes any object has one here that is hardly an activity."""
        if self._text[phrase.start : phrase.end].endswith(("工作", "任务")):
            return True
        if self._is_demanded(phrase.start):
            return True
        closed = self._text[phrase.end : phrase.end + 1] in "，。；、\n" or _COUNTED.match(
            self._text, phrase.end
        )
        short = phrase.end - phrase.start < 4
        if short and self._text.startswith("的", phrase.end):  # 参加演练的警员
            return True
        return (
            not phrase.quoted
            and not phrase.noun
            and short
            and not (closed and (trigger in _SHORT or (trigger == "进行" and phrase.kind in _DONE)))
        )

    def _is_demanded(self, start: int) -> bool:
        return bool(_DEMAND.search(self._text, self._scan.sentence_at(start).start, start))

    def _is_generic(self, phrase: Phrase) -> bool:
        text = self._text[phrase.start : phrase.end]
        if phrase.quoted:
            return text.strip("“”") in lexicon().terms("act.institution")
        if not text or text in lexicon().terms("act.vague"):
            return True
        stem = text[: -len(phrase.head)] if phrase.head and text.endswith(phrase.head) else text
        aliens = lexicon().terms("act.alien")
        return any(
            stem.endswith(term) and value in ("", phrase.head)
            for term, value in aliens.items()
            if phrase.head in ("活动", "服务")
        )

    def _put(
        self,
        phrase: Phrase,
        rule: str,
        *,
        weight: float = LIKELY,
        extra: dict[str, str] | None = None,
    ) -> None:
        text = self._text[phrase.start : phrase.end]
        attributes = dict(extra or {})
        attributes.setdefault("kind", kind_of(text, phrase.kind))
        attributes.setdefault("topic", topics_of(self._scan, phrase.start, phrase.end))
        if _NAMELIKE.search(text) and rule != "case":
            attributes["named"] = "yes"
        self._taken[phrase.start, phrase.end] = Candidate(
            "ACT", phrase.start, phrase.end, f"activity.{rule}", weight, attributes=attributes
        )

    def _nominal(self, start: int, end: int) -> None:
        kind = kind_of(self._text[start:end], "")
        self._taken[start, end] = Candidate(
            "ACT", start, end, "activity.nominal", POSSIBLE, nominal=True, attributes={"kind": kind}
        )

    def _is_taken(self, start: int, end: int) -> bool:
        return any(left < end and start < right for left, right in self._taken) or any(
            c.start < end and start < c.end for c in self._names
        )


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks in order of place without those that begin inside an earlier one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
