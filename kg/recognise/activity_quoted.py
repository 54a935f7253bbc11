"""What stands in or before a phrase that looks like an activity's name: a unit, goods, listeners."""

import re
from collections.abc import Sequence, Set
from typing import Final

from kg.language.lexicon import lexicon
from kg.recognise.candidate import Candidate

_BEFORE_GOODS: Final = 8  # signs before a quote in which somebody buys
# 代购一批|“沙漠之夜帐篷”
_BOUGHT: Final = re.compile(
    r"(?:购|买|卖出|售出)[^，。；“”]{0,4}?(?:一|[0-9]+余?)[批款件套顶箱部]\Z"
)
_TOLD_OF: Final = re.compile(
    r"的?(?:方式|办法|模式|做法|方法|思路|故事|佳话|美誉|美称|称号|说法|感叹|段子)"
)
_SHORT: Final = ("公安", "警方")
# 习近平|新时代…思想主题教育: who is named stands for a thought, which belongs to the name
_THOUGHT: Final = re.compile(r"[^，。；：！？、“”\n]{0,16}思想")
_EVENT: Final = re.compile(r"[^“”]{2,10}(?:日|周|月|节|仪式|典礼|行动|大赛|比武)”")


_SPIRIT: Final = re.compile("[^“”，。；、]{0,14}会议?精神")


def is_only_called(text: str, start: int, end: int) -> bool:
    """Return whether a quoted name is of goods, or only how something is called (“…”的美誉).

    Nor is what a meeting elsewhere was about told of here: 传达“甲”行动|部署会精神.
    """
    if _SPIRIT.match(text, end):
        return True
    bought = _BOUGHT.search(text, max(0, start - _BEFORE_GOODS), start)
    return bought is not None or _TOLD_OF.match(text, end) is not None


def is_styled(text: str, names: Set[int], start: int, end: int) -> bool:
    """Return whether a quoted event is styled by a unit's short name (“某地公安荣誉日”活动).

    ``names`` holds where names of units end; such a name is part of the event's.
    """
    for name in names:
        if start < name < end and text.endswith(_SHORT, start, name):
            return _EVENT.match(text, name) is not None
    return False


def is_told_people(text: str, start: int, head: int) -> bool:
    """Return whether what looks like a modifier is who is spoken to (向|司机宣讲)."""
    spoken = text.endswith(("向", "对", "给"), 0, start)
    return spoken and text[start:head] in lexicon().terms("group.head")


def without_authors(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without the names of those whose thoughts are named (习近平|法治思想)."""
    return [
        one for one in found if one.rule != "per.famous" or _THOUGHT.match(text, one.end) is None
    ]
