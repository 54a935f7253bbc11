"""How an article puts what it says: as done, planned, required, denied, alleged or quoted."""

import re
from typing import Final

from kg.language.text import Span
from kg.relate.words import last_part, pattern

# Whom a demand is put to, if it says so.
_ADDRESSED: Final = (
    r"(?:各[^，]{1,8}|全[^，]{1,6}|[^，]{0,12}(?:机关|部门|单位|警种|干部)|大家|更)?"
)
_MUST: Final = "要(?![求让想说是]|知道)"
_LEADER: Final = (
    r"(?:局长|政委|书记|厅长|队长|所长|主任|处长|科长)(?!根据|按照|严格|针对|[向对应高]|依照|反复|再三)"
    r"[^，。；的]{2,4}(?:要求|强调)(?:，|：|各|全)"
)
# The first row whose pattern fits the words before an act in its clause decides.
_BEFORE: Final = (
    ("negated", r"<negate>[^，]{0,4}$"),
    ("planned", r"(?<!即)将[于在][0-9今明后下本近][^，]{2,24}$"),  # 将于6月1日开展|…
    ("planned", r"(?:<future>(?<!将)|将(?:要|会|<adverb>|<still>))[^，]{0,12}$"),
    ("required", r"(?:<require>[^，]{0,6})$"),
    # 并要求各成员单位|开展…, 提醒广大驾驶人|参加…
    (
        "required",
        r"(?:要求(?:各|全[体局市县省区州盟旗])|(?:提醒|呼吁|号召|倡议)(?:广大|全体))[^，]{1,24}$",
    ),
    # …，各单位|要…: whatever adverbs and aims stand between
    ("required", rf"^{_ADDRESSED}{_MUST}[^，]*$"),
    ("alleged", r"<allege>[^，]{0,12}$"),
)
_OPENS: Final = (
    ("planned", r"^[^。]{0,4}<future>(?<!将)"),
    (
        "required",
        r"(?:会议|通知|方案|领导|他|她|负责人)[^，。]{0,6}(?:要求|强调|明确)(?:，|：|各|全)",
    ),
    # 会议指出，要…, but 会议指出，行动开展以来，共查处…
    ("required", rf"指出(?:，|：)(?:[^。]*[，；])?{_ADDRESSED}(?:{_MUST}|必须|务必|应当?)"),
    ("required", r"提出[^，。]{0,8}(?:要求|意见|希望)(?:，|：|；)"),
    # 县公安局要求，各所…
    (
        "required",
        r"(?:公安[局厅]|分局|[县市州省区旗盟]局|[总支]队|省厅|该局)(?:同时|还)?要求(?:，|：|各|全)",
    ),
    # 局长某某强调，…
    ("required", _LEADER),
    # 二要抓好…，开展…: a sentence that demands, to its end
    ("required", rf"(?:^|；)\s*(?:[一二三四五六七八九]是?|{_ADDRESSED}){_MUST}"),
)
_ROWS: Final = (*_BEFORE, *_OPENS)
# Without one of these no row fits: one search of a sentence spares six for each place.
_HINT: Final = r"<allege|future|negate|require>|[醒吁召议](?:广大|全体)"
_CLEARLY: Final = "明确"
# Words that hold such a sign and say nothing of the kind, and what the persons plan whom an act is for:
# 重要路段, 应急演练, 应群众要求, 按照计划, 为拟入学儿童, 劝阻疑似被骗群众, 接下来三天.
_APART: Final = (
    r"<apart>|接下来的?(?:[0-9]+|[一两二三四五六七八九十几半]+)多?个?[天日晚夜周月年小](?![^，]{0,3}将)|<result>[^，]{0,3}疑似|(?:应|按|按照|根据|依据|遵照|落实|结合)(?:《[^》]{1,60}》|[^，。；！？、《]){1,24}?(?:要求|通知要求)"
    r"|(?:为|向|给|对|组织|带领)(?:<future|negate>)[^，。；！？]{1,8}?的?(?=[一-鿿]{0,4}$|开展|进行|举[行办]|讲|送|提供|上)"
)
_LONGEST: Final = 50  # signs of an activity's name
_AHEAD: Final = (
    r"[^，。；：！？\n]{2,48}?(?<![可即必])将(?:于|在)[^，。；：！？\n“”]{1,20}?"
    r"(?:举行|举办|开幕|召开|开赛|启动|上演|进行)(?=[，。；！？\n]|$)"
)
_SIGNS: Final = r"[，。；：！？\s]"
_SPEECH: Final = 12  # a quote that is longer, or holds a sentence, is speech and no name


class Statuses:
    """How an article puts what it says at each of its places."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._hints: dict[int, int] = {}  # the first of each sentence that is asked for
        self._known: dict[tuple[int, int], str] = {}

    def at(self, sentence: Span, offset: int) -> str:
        """Return the status of what a sentence says at ``offset``."""
        key = sentence.start, offset
        status = self._known.get(key)
        if status is None:
            status = self._known[key] = self._told(sentence, offset)
        return status

    def _told(self, sentence: Span, offset: int) -> str:
        text, start = self._text, sentence.start
        hint = self._hints.get(start)
        if hint is None:
            hint = self._hints[start] = _first_hint(text, sentence)
        if hint < offset:
            status = _status_of(text[start:offset])
            if status:
                return status
        if _is_ahead(text, offset, sentence.end):
            return "planned"
        opened = text.rfind("“", start, offset)
        spoken = opened >= 0 and _in_speech(text, sentence, opened, offset)
        return "attributed" if spoken else "asserted"


def _is_ahead(text: str, offset: int, end: int) -> bool:
    """Return whether what begins at ``offset`` is said to take place later (某比赛|将在某市举行)."""
    at = text.find("将", offset, min(end, offset + _LONGEST))
    return at >= 0 and bool(pattern(_AHEAD).match(text, offset, end))


def _first_hint(text: str, sentence: Span) -> int:
    """Return where the first hint of a sentence stands, or where it ends."""
    found = pattern(_HINT).search(text, sentence.start, sentence.end)
    first = found.start() if found else sentence.end
    clearly = text.find(_CLEARLY, sentence.start, first)
    return clearly if clearly >= 0 else first


def _status_of(before: str) -> str:
    """Return the status that the words before a place give to it, if they do."""
    if not _may_fit(before):
        return ""
    before = pattern(_APART).sub(_blank, before)
    clause = last_part(before, 0, len(before), _SIGNS)
    for status, words in _BEFORE:
        if pattern(words).search(clause):
            return status
    for status, words in _OPENS:
        if pattern(words).search(before):
            return status
    return ""


def _may_fit(before: str) -> bool:
    """Return whether a row fits the words as they are: to look for those set apart takes longer."""
    for _, words in _ROWS:  # noqa: SIM110 (a generator costs more than the searches)
        if pattern(words).search(before):
            return True
    return False


def _blank(match: re.Match[str]) -> str:
    return "·" * len(match[0])


def _in_speech(text: str, sentence: Span, opened: int, offset: int) -> bool:
    """Return whether a place stands in speech that the last quote before it opens."""
    if "”" in text[opened:offset]:
        return False
    closed = text.find("”", offset)
    quote = text[opened : closed if closed >= 0 else sentence.end]
    return len(quote) > _SPEECH and bool(pattern(r"[，。！？]").search(quote))
