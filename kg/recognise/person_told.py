"""Where a text says that a name follows or has come: “老姜”叫|姜福臣, |包立青|今年46岁, |李满仓|的大名."""

import re
from collections.abc import Iterator
from typing import Final

from kg.language.tokens import tag_of
from kg.language.words import known

# Who is called something, and after it the name: 名叫, 老姜叫, 一个汉子叫, “老姜”叫, 他叫.
_CALLED: Final = re.compile(  # it begins with one sign: the search passes over all others at once
    r"叫(?:做|(?<=[名个人子汉女警]叫)|(?<=[老小][一-鿿]叫)|(?<=[老小][一-鿿]”叫)|(?<=[，。；\n“][他她]叫))(?=[一-鿿])"
)
_OWN_NAME: Final = re.compile(r"名(?<=[大本真]名)(?!叫)(?=[一-鿿])")
_THREE: Final = 3
_AGED: Final = re.compile(
    r"(?:(?<=[，。；：！？”\n])|^)(?P<name>[一-鿿]{2,4})，?(?:今年|现年|时年)[0-9一二三四五六七八九十]{2,3}岁"
)
_AGE: Final = re.compile(r"[今现时]年[0-9一二三四五六七八九十]{2,3}岁")  # … ends in one: soon found
_KNOWN_AS: Final = re.compile(
    r"(?:叫得?[出上]|知道|记得住?|听说过)(?P<name>[一-鿿]{2,4})的(?:大名|名字)"
)
# 任命|甲|为某局局长, 甲|被任命为某局局长
_APPOINTED: Final = re.compile(
    r"(?:任命|选举|推选|聘任|提名|免去)(?P<name>[一-鿿]{2,4}?)(?:同志)?(?=[为的][一-鿿]{0,24}(?:[长员]|主任|政委|书记|职务))"
    r"|(?:接受|批准|同意)(?P<left>[一-鿿]{2,4}?)(?:同志)?(?=辞去)"
    r"|(?:(?<=[，。；：、\n])|^)(?P<named>[一-鿿]{2,4}?)(?:同志)?被(?:任命|选举|推选|聘任)为"
)
# 认定|甲|有重大作案嫌疑
_SUSPECTED: Final = re.compile(
    r"(?:认定|确认|锁定|发现|查明|得知|怀疑)(?P<name>[一-鿿]{2,4}?)(?=有[^，。]{0,6}嫌疑|涉嫌|系(?:在逃|逃犯|嫌疑))"
)
_APPOINTING: Final = ("任命", "选举", "推选", "聘任", "提名", "免去", "辞去")

# 交警|韩家河大队: the post begins the name of a unit
_TEAM: Final = re.compile(r"[一-鿿]{2,4}(?<![在到和与向从回往])(?:[大中支]队|派出所)(?!长)")


def told(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where such names begin and end, and whether the words around bound it on both sides."""
    for pattern in (_CALLED, _OWN_NAME):
        for match in pattern.finditer(text):
            yield match.end(), match.end() + _THREE, False
    for match in _AGED.finditer(text) if _AGE.search(text) else ():
        yield *match.span("name"), True
    for match in _KNOWN_AS.finditer(text) if "名" in text else ():
        yield *match.span("name"), True
    for match in _SUSPECTED.finditer(text) if "嫌" in text or "逃" in text else ():
        yield *match.span("name"), True
    for match in _APPOINTED.finditer(text) if any(w in text for w in _APPOINTING) else ():
        yield *match.span(match.lastgroup or "name"), True


def is_force(text: str, start: int) -> bool:
    """Return whether 警 goes on as a team, or as 警方 before a verb: 轨交警|方提醒, not 民警|方志强."""
    verb = text[start + 1 : start + 3]
    if _TEAM.match(text, start):
        return True
    return text.startswith("方", start) and known(verb) and tag_of(verb)[0] == "v"
