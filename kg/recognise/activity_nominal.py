"""Bare heads that point back to an activity: 此次活动, 会议强调, 演练中."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.language.activities import ActivityGrammar, Phrase
from kg.language.lexicon import Mark
from kg.language.scan import Scan
from kg.recognise import activity_clause as clause
from kg.recognise.candidate import Candidate

_POINTING: Final = re.compile(r"(?:此次|这次|本次|该次|这场|整个|整场|该|此项|这项|这一)$")
_BACK: Final = re.compile(
    r"中|后[，,]|间隙|尾声|散场|累计|现场|上[，,一]|上$|结束|期间|当天|当日|要求|强调|指出|通报|明确|设置|开始|开展|持续|紧贴|，|共|由|一结束"
)
_POINTING_ENDS: Final = frozenset("次场该项一个\n")  # a line may break behind it
_SPIRIT: Final = re.compile("[^“”，。；、]{0,8}会议?精神")  # 行动|部署会精神
_JOINED: Final = ("参加", "陪同", "参与")
_OPENING: Final = frozenset("，。\n；”！？： ")
_JOURNEY: Final = re.compile(r"这(?:场|次|趟)[^，。！？\n“”]{0,10}(?:之旅|盛会|大餐|课)")


def nominals(
    scan: Scan, grammar: ActivityGrammar, is_taken: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """Yield the spans that point back; ``is_taken`` says where an activity is named already."""
    text = scan.text
    for mark in clause.outermost(scan.marks("act.nominal")):
        if is_taken(mark.start, mark.end) or grammar.is_swallowed(mark.end):
            continue
        if _SPIRIT.match(text, mark.end):
            continue
        near = max(0, mark.start - 3)
        pointing = None
        if text[mark.start - 1 : mark.start] in _POINTING_ENDS:
            pointing = _POINTING.search(text, near, mark.start)
        if pointing or (mark.start > 0 and _is_subject(text, mark)):
            yield (pointing.start() if pointing else mark.start), mark.end
    for match in _JOURNEY.finditer(text):
        if not is_taken(match.start(), match.end()):
            yield match.span()


def _is_subject(text: str, mark: Mark) -> bool:
    """Return whether a bare head opens its clause and is what the clause tells of."""
    opens = text[mark.start - 1] in _OPENING or clause.is_attended(text, mark)
    return opens and (mark.entry.value == "event" or _BACK.match(text, mark.end) is not None)


def is_joined(text: str, named: Iterable[Candidate], phrase: Phrase) -> bool:
    """Return whether someone joins a deed whose name told before what of: 视察公安工作 … 参加|视察."""
    if phrase.start == 0 or not text.endswith(_JOINED, 0, phrase.start):
        return False
    deed = text[phrase.start : phrase.end].removesuffix("活动")
    return any(
        text.startswith(deed, one.start) and one.start + len(deed) < one.end < phrase.start
        for one in named
    )
