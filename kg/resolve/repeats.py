"""Second wordings of an activity: 参加|比武 is the 辅警技能大比武 told of before, 开展|比武 another one."""

import functools
import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.recognise.candidate import Candidate
from kg.resolve.labels import plain
from kg.resolve.wordings import Thing, has_head

_REACH: Final = 3  # sentences in which 参加比武 can mean what was told of
_WINDOW: Final = 16
# 累计开展|夜查|18次: a series, of which the one told of is a member
_COUNTED: Final = re.compile(
    r"活?动?(?:等[^，。；]{0,6})?(?:共计?|累计)?[0-9一二两三四五六七八九十百千]+余?多?(?:[次场期轮]|批次|场次|期次)"
)
_SERIES: Final = re.compile(
    r"(?:累计|先后|多次|[每逐][天日周月季年]|每季度|定期|不定期|常态化?|经常|不时)[^，。；]{0,10}\Z"
)
_POINTS: Final = re.compile(r"(?:参[加与]|出席|见证|观摩|参观|投入|投身|围绕|[把将以])了?\Z")
_MATCH: Final = ("比赛", "赛事")
_CONTESTS: Final = ("赛", "比武")
_THIS: Final = ("此次", "本次", "这次", "这场", "该", "该项", "此项", "这项", "该次", "该场")
# Topics that say how: 联合执法.
_MANNER: Final = frozenset({"law_enforcement", "patrol", "aid", "openness"})
# A wording with a name of its own, and 该县…: a place is meant by 该.
_OWN: Final = re.compile(r"“|^[省市县区旗州盟镇乡村局所站队校]|(?:[年月日周季]|工程)\Z")
# What an operation (X行动) may be told of as before.
_OPERATIONS: Final = frozenset({"campaign", "investigation", "inspection", "patrol", "rescue"})
_SECTION: Final = re.compile(r"\n\s*[▲△■□●◆★]")
_SAME_DAY: Final = re.compile(r"(?:当|同一?|该)[天日晚]|期间|[上下中]午$|^(?:随后|之后)")
# 下一步，大队将继续开展…: what is to come
_TO_COME: Final = re.compile(r"下一?步|今后|接下来|将(?:继续|持续|不断|不定期|进一步|定期)")
_DAY: Final = 10  # signs of a date: 2025-05-20


class Repeats:
    """Tells the second wordings of one article's activities from other activities."""

    def __init__(self, scan: Scan, candidates: Sequence[Candidate]) -> None:
        self.scan = scan
        self._candidates = candidates
        self.heads = lexicon().terms("act.nominal")

    @functools.cached_property
    def _times(self) -> list[Candidate]:
        return [one for one in self._candidates if one.type == "TIME"]

    def pointed(self, form: str, candidate: Candidate, told: Sequence[Thing]) -> Thing | None:
        """Return which activity told of a bare head means where somebody takes part (参加比武)."""
        if candidate.type != "ACT" or candidate.nominal or not told:
            return None
        text, start = self.scan.text, candidate.start
        if not _POINTS.search(text, max(0, start - 4), start) or self._is_counted(candidate):
            return None
        sentence = self.scan.sentence_at(start)
        known = [
            (max(spot for spot in thing.starts if spot < start), thing)
            for thing in told
            if (has_head(thing.name, form) or _is_contest(thing.name, form)) and thing.bare != form
        ]
        if not known:
            return None
        last, thing = max(known, key=lambda pair: pair[0])
        if last < self.scan.title_end or _SECTION.search(text, last, start):
            return None
        near = sum(last < span.start <= start for span in self.scan.sentences) <= _REACH
        fresh = not near or self._fresh_time(max(last, sentence.start), start, last)
        return None if fresh else thing

    def running(self, form: str, candidate: Candidate, told: Sequence[Thing]) -> Thing | None:
        """Return which activity told just before a new wording points back to (此次|联合执法行动)."""
        text, start = self.scan.text, candidate.start
        if not told or not text.endswith(_THIS, 0, start) or _OWN.search(form):
            return None
        spots = [
            (max(spot for spot in thing.starts if spot < start), thing)
            for thing in told
            if thing.starts[0] < start and _may_be_called(form, candidate, thing)
        ]
        last, thing = max(spots, key=lambda pair: pair[0], default=(0, None))
        between = sum(last < span.start <= start for span in self.scan.sentences)
        far = between > _REACH or _SECTION.search(text, last, start)
        return None if far else thing

    def is_another(self, form: str, candidate: Candidate, thing: Thing) -> bool:
        """Return whether a shorter wording of a known activity is one of another time or series."""
        if len(form) >= len(thing.name) or thing.name == plain(thing.name):
            return False  # 上门服务 goes on; it is what has a name of its own that takes place once
        before = [spot for spot in thing.starts if self.scan.title_end <= spot < candidate.start]
        if not before:
            return False
        if self._is_counted(candidate):
            return True
        sentence = self.scan.sentence_at(candidate.start)
        start = max(before[-1], sentence.start)
        return self._fresh_time(start, candidate.start, before[-1])

    def is_aside(self, candidate: Candidate, thing: Thing) -> bool:
        """Return whether an activity is not what goes on where a bare head stands (活动现场, 此次行动).

        It is only to come, what was relied on (以“X”行动为抓手), or of another item of a round-up; a
        campaign has no site.
        """
        text = self.scan.text
        sited = text.startswith("现场", candidate.end)
        if thing.attributes.get("trigger") == "以":
            return True
        if sited and thing.attributes.get("kind") == "campaign":
            return True
        spots = [spot for spot in thing.starts if spot < candidate.start]
        if _SECTION.search(text, max(spots), candidate.start):
            return True
        return all(_TO_COME.search(text, self.scan.sentence_at(s).start, s) for s in spots)

    def _is_counted(self, candidate: Candidate) -> bool:
        """Return whether a wording tells of many activities of its kind."""
        text, start, end = self.scan.text, candidate.start, candidate.end
        if _COUNTED.match(text, end):
            return True
        return bool(_SERIES.search(text, max(0, start - _WINDOW), start))

    def _fresh_time(self, start: int, stop: int, last: int) -> bool:
        """Return whether a day is named from ``start`` to ``stop`` that was not one up to ``last``."""
        told = self.scan.sentence_at(last).end
        known = {self._day(one) for one in self._times if one.start < min(told, start)}
        return any(
            self._day(one) not in known and not _SAME_DAY.search(self._form(one))
            for one in self._times
            if start <= one.start < stop
        )

    def _day(self, time: Candidate) -> str:
        return time.attributes.get("edtf", "")[:_DAY] or self._form(time)

    def _form(self, time: Candidate) -> str:
        return self.scan.text[time.start : time.end]


def _is_contest(name: str, form: str) -> bool:
    """Return whether 比赛 may mean what has another head: 篮球赛, 大比武."""
    return form in _MATCH and name.rstrip("”").endswith(_CONTESTS)


def _may_be_called(form: str, candidate: Candidate, thing: Thing) -> bool:
    """Return whether a wording may be of an activity: of its kind, and about nothing else."""
    kinds = candidate.attributes.get("kind", ""), thing.attributes.get("kind", "")
    operation = form.endswith("行动") and kinds[1] in _OPERATIONS
    if kinds[0] != kinds[1] and not operation:
        return False
    topics = {value for term, value in lexicon().terms("topic").items() if term in form}
    topics -= _MANNER
    return not topics or not topics.isdisjoint(thing.attributes.get("topic", "").split(","))
