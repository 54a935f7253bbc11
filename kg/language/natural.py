"""Hills, rivers, lakes and islands, whose heads (山, 河) end many another word as well.

The words around one, or the dictionary, have to say that a name is meant.
"""

import functools
import re
from typing import Final

from kg.language.lexicon import any_of, lexicon
from kg.language.names_left import is_namelike
from kg.language.regions import tuple_of
from kg.language.tokens import Tokens
from kg.language.words import known

STOP: Final = r"[，。、；！？“”（）\n ]|$"
_ISLES: Final = ("海岛", "孤岛", "全岛", "荒山", "大山", "高山", "深山", "小河", "大河", "大湖")
_SAID: Final = ("山高", "山大", "坡陡", "林密", "谷深")
_NO_STEM: Final = frozenset({"v", "vn", "vd", "vi", "vq", "m", "mq", "q", "d", "ad"})
_NAMED_ALONE: Final = frozenset("溪河湖湾港岛潭")  # 玉山江 may be a person

_MOUTH: Final = re.compile(r"河口(?![岸区镇乡村街子角里])")


class NaturalNames:
    """Tests stems and heads of one folded text."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text = text
        self._tokens = tokens

    def has_shore(self, end: int) -> bool:
        """Return whether what stands behind belongs to a river or lake (畔, 水位)."""
        return self._text.startswith(tuple_of("name.shore"), end)

    def mouth(self, end: int) -> int:
        """Return where a river's name ends with its mouth: 香溪河|口水域, but 清水河|口岸."""
        return end + (_MOUTH.match(self._text, end - 1) is not None)

    def is_natural(self, start: int, head: int, end: int, *, placed: bool = False) -> bool:
        """Return whether stem and head (河, 山) name a river, lake, hill or island."""
        words = self._tokens.between(start, end)
        told = self._text[head - 2 : head] in _SAID  # 宽甸|山高沟深
        if told or self._text.find("·", start, end) >= 0:  # 古丽娜尔·艾|山
            return False
        if any(word.tag in _NO_STEM and len(word.text) > 1 for word in words if word.end <= head):
            return False
        first = words[0]
        shore = self.has_shore(end)
        if head - start == 1:
            return self._is_short_river(start, end, shore=shore, placed=placed)
        listed = first.tag == "ns" and (shore or len(words) == 1)  # 乌海|湖|畔
        along = first.tag[0] == "n" and len(words) == 2 and first.end == head  # 沿着|石窟|河
        lies = end - head > 1 and self._follows("name.placed", start)
        listed = listed or (lies and is_namelike(self._tokens, start, head))  # 在|湖口|水道
        if listed or (along and self._follows("name.along", start)):
            return True
        foreign = head - start > 2 and first.tag in ("new", "nr", "nrt", "ns")
        opens = shore and (not start or self._text[start - 1] in "\n ，。、；")
        if placed or opens or self._follows("name.placed", start):
            whole = self._tokens.at(start)
            clear = shore or foreign or (whole.start, whole.end) == (start, end)
            return self._is_placed_natural(start, head, end, clear)
        free = self._text[start - 1 : start] in "\n，。、；：“（ 的是"
        own = head - start == 2 and not known(self._text[start:end])
        own = (
            own and is_namelike(self._tokens, start, head) and self._is_closed(end)
        )  # ，雄壁|沟|的居民
        own = own and self._text[start + 1 : end] not in _ISLES  # 管|海岛
        foreign = foreign and (len(first.text) > 3 or (first.tag != "new" and first.end < head))
        return (free and (own or foreign)) or self._opens_alone(start, head, end)

    def _is_short_river(self, start: int, end: int, *, shore: bool, placed: bool) -> bool:
        """Return whether a head with one sign before it is a name: 沿|牛河, 绕过|孤山."""
        river = self._text[start:end]
        led = (shore or self._is_closed(end)) and (placed or self._follows("name.placed", start))
        strange = (placed or not known(river)) and river[0] != "入"  # 至|入湖口
        strange = strange and river not in lexicon().terms("name.function")  # 护海大队
        return (led and strange) or self._follows("name.along", start)

    def _is_closed(self, end: int) -> bool:
        return closing().match(self._text, end) is not None

    def _opens_alone(self, start: int, head: int, end: int) -> bool:
        """Return whether a name of three signs opens a sentence: 。磨刀溪|穿镇而过."""
        opens = head - start == 2 and (not start or self._text[start - 1] in "\n。")
        return opens and self._text[head] in _NAMED_ALONE and not known(self._text[start:end])

    def _is_placed_natural(self, start: int, head: int, end: int, clear: bool) -> bool:
        words = self._tokens.between(start, head)
        unknown = len(words) > 1 and all(len(word.text) == 1 for word in words)
        plain = len(words) == 1 and words[0].tag[0] in "nafbz" and end - start > 2
        named = plain and (self._text[head:end] == "山" or not known(self._text[start:end]))
        if named and self._is_closed(end):  # 在|双子|山|巡护, 来到|桃花|河
            return True
        if not (clear or unknown or is_namelike(self._tokens, start, head)):
            return False
        return clear or unknown or self._is_closed(end)

    def _follows(self, klass: str, start: int) -> bool:
        return self._text[max(0, start - 2) : start].endswith(tuple_of(klass))


@functools.cache
def closing() -> re.Pattern[str]:
    """Return the pattern of what a name may end before: a sign, a verb (在|双子山|巡护)."""
    return re.compile(rf"{STOP}|{any_of('name.afterwards')}")
