"""What an activity is (its kind) and what it is about (its topics), from the words that name it."""

import bisect
import functools
import re
from collections import Counter
from collections.abc import Set
from typing import Final

from kg.language.activity_heads import Phrase
from kg.language.activity_signs import pattern, suffixes
from kg.language.lexicon import lexicon
from kg.language.scan import Scan

# A head that says little leaves the kind to the word before it (救援|行动, 反诈宣传|活动).
_CAMPAIGN: Final = ("行动", "会战", "攻坚", "提升年", "建设年", "斗争", "整治", "工程")
# Departments named by their lines only.
_LINES: Final = tuple(
    f"{line}、" for line in ("公安", "城管", "教育", "民政", "市监", "应急", "消防", "司法")
)
_SAY_LITTLE: Final = ("活动", "服务", "行动", "工程")
_QUOTED: Final = re.compile(r"“[^“”]*”")
_NUMBERED: Final = re.compile(r"“[^“”]*[0-9][^“”]*”$")  # “净边2024”
# A named operation is a campaign, whatever it guards or checks.
_GUARDED: Final = frozenset({"patrol", "inspection"})
# How or for whom it is done; what it is about is told beside it (夜查|酒驾).
_MANNER: Final = frozenset({"patrol", "aid", "openness"})
# What turns a crime's activity into the police's: 打击电信诈骗|活动.
_AGAINST: Final = re.compile(r"打击|防范|整治|宣传|预防|查处|禁|反(?!动)|防")
_MOST_TOPICS: Final = 3
_MOST_GUESSED: Final = 2


def kind_of(text: str, kind: str) -> str:
    """Return the kind of the activity that ``text`` names; ``kind`` is what its head says, or ""."""
    if text.endswith("会") and not _event(text).endswith("会"):
        return "meeting"
    if not kind and ("宣传" in text or "宣讲" in text):
        return "publicity"
    # What stands in quotes is a figure more often than the kind of deed (“护苗成长”系列活动).
    kind = kind or _last_head(_QUOTED.sub("“”", text))
    if not kind and "“" in text and not text.endswith("系列活动"):
        kind = _last_head(text)
    if kind in _GUARDED and text.endswith("行动") and "“" in text:
        return "campaign"
    return kind or _kind_of_formula(text)


# 依托|“连心桥”调解室化解|纠纷20起: where it is done, and what is done there all the time.
_AT_DESK: Final = re.compile(r"“[^“”]+”[一-鿿]{0,4}[室站岗厅](?:调解|调处|化解|接待|受理|帮助)$")


def is_generic(text: str, phrase: Phrase) -> bool:
    """Return whether the ``text`` of a phrase says too little to name an activity of the police."""
    if phrase.quoted and text.strip("“”") in lexicon().terms("name.act-institution"):
        return True
    if not text or text in lexicon().terms("name.act-vague"):
        return True
    crime = not phrase.head and suffixes(text, "name.act-alien")  # 开展|跨境赌博
    if crime or text.startswith(_LINES) or _AT_DESK.match(text):  # 组织|公安、城管、教育等部门
        return True
    if phrase.head not in _SAY_LITTLE:
        return False
    stem = text.removesuffix(phrase.head)
    if _AGAINST.search(stem):
        return False
    aliens = lexicon().terms("name.act-alien")
    return any(aliens[term] in ("", phrase.head) for term in suffixes(stem, "name.act-alien"))


# Verbs whose object may be a bare deed: 经过|侦查，组织|调解四次
_SHORT: Final = frozenset(
    {"组织", "经过", "历经", "参与", "参加", "经缜密", "经过缜密", "经深入", "经细致", "经连续"}
)
_DONE: Final = frozenset(
    {"mediation", "rescue", "investigation", "inspection", "patrol", "visit"}
)  # 进行|调解
_COUNTED: Final = re.compile(r"[0-9一二两三四五六七八九十百多]+余?[次场期]")


def is_loose(text: str, phrase: Phrase, trigger: str) -> bool:
    """Return whether a verb that takes any object has one here that is hardly an activity."""
    if not phrase.quoted and text.endswith(("工作", "任务"), phrase.start, phrase.end):
        return True
    closed = text[phrase.end : phrase.end + 1] in "，。；、\n" or _COUNTED.match(text, phrase.end)
    short = phrase.end - phrase.start < 4
    loose = short or not phrase.noun
    if loose and text.startswith("的", phrase.end):  # 参加演练的警员, 近期侦办的案件
        return True
    return (
        not phrase.quoted
        and not phrase.noun
        and short
        and not (closed and (trigger in _SHORT or (trigger == "进行" and phrase.kind in _DONE)))
    )


def _event(text: str) -> str:
    """Return the longest event noun that ``text`` ends in."""
    heads = lexicon().terms("act.head")
    return next((text[at:] for at in range(len(text)) if text[at:] in heads), "")


def _kind_of_formula(text: str) -> str:
    if _NUMBERED.search(text) or any(word in text for word in _CAMPAIGN) or text.endswith("”活动"):
        return "campaign"
    taught = "课" in text or "讲堂" in text or text.endswith(("活动", "”"))
    return "publicity" if taught else "campaign"


@functools.lru_cache(maxsize=4096)
def _last_head(text: str) -> str:
    """Return the kind of the last telling head in ``text``, or nothing."""
    terms = _terms()
    found = pattern("act.head", "act.deed").findall(text)
    return next(filter(None, (terms[term] for term in reversed(found))), "")


@functools.cache
def _terms() -> dict[str, str]:
    return {**lexicon().terms("act.deed"), **lexicon().terms("act.head")}


class Topics:
    """What the activities of one article are about."""

    def __init__(self, scan: Scan) -> None:
        """Take the words of the article that tell of a topic."""
        self._scan = scan
        self._marks = scan.marks("topic")
        self._starts = [mark.start for mark in self._marks]

    def of(self, start: int, end: int) -> str:
        """Return the topics, comma-separated: of the name itself, else of where it stands.

        A sentence names many things in passing, so those count that the article speaks of most.
        """
        named = list(dict.fromkeys(self._between(start, end)))
        if not _MANNER.issuperset(named):
            return ",".join(named[:_MOST_TOPICS])
        sentence = self._scan.sentence_at(start)
        near = {*self._between(sentence.start, sentence.end), *self._title}
        subject = self._foremost(near - _MANNER)
        if named:
            return ",".join([*filter(None, [subject]), *named][:_MOST_GUESSED])
        return subject or self._foremost(near) or "other"

    def _foremost(self, topics: Set[str]) -> str:
        """Return the one of some topics that the article speaks of most, the first of equals."""
        told = [topic for topic in self._counts if topic in topics]
        return max(told, key=self._counts.__getitem__, default="")

    @functools.cached_property
    def _counts(self) -> Counter[str]:
        return Counter([mark.entry.value for mark in self._marks])

    @functools.cached_property
    def _title(self) -> list[str]:
        return self._between(0, self._scan.title_end)

    def _between(self, start: int, end: int) -> list[str]:
        """Return the topic of each word that lies within the bounds."""
        first = bisect.bisect_left(self._starts, start)
        last = bisect.bisect_left(self._starts, end)
        return [mark.entry.value for mark in self._marks[first:last] if mark.end <= end]
