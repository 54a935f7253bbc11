"""Groups by the role that the police gave them: 五名“义务寻物员”, and the role named again (寻物员)."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.language.text import places_of

Span = tuple[int, int]

_ROLE: Final = re.compile(r"“[^“”，。\n]{2,8}(?:员|志愿者|大使|卫士|管家)”")
# 五名|“义务寻物员”, 36名摊主当|“平安吆喝员”; not 孩子们当起“监督员”.
_APPOINTED: Final = re.compile(
    r"[名位个]$|(?:[0-9]|[一-鿿])余?[名位][^，。；“”\n]{1,16}(?:当|担任|任|为|作)$"
)
_REACH: Final = 22
_TAIL: Final = 3  # signs by which the role is named again: “平安|吆喝员”
_PEOPLE: Final = frozenset("员式佬嫂哥姐娘家士")  # signs that such a role ends in


def appointed(text: str) -> Iterator[Span]:
    """Yield the roles in quotes that several people are given."""
    for match in _ROLE.finditer(text):
        if _APPOINTED.search(text, max(0, match.start() - _REACH), match.start()):
            yield match.span()


def echoes(text: str, roles: Iterable[Span]) -> Iterator[Span]:
    """Yield where the last word of a role in quotes names the same people again."""
    for start, end in roles:
        closed = text.find("”", start, end)
        tail = text[closed - _TAIL : closed]
        if closed - start <= _TAIL + 1 or tail[-1] not in _PEOPLE:
            continue
        for at in places_of(tail, text):
            if at + _TAIL != closed:
                quoted = text[at - 1 : at] == "“" and text.startswith("”", at + _TAIL)
                yield at - quoted, at + _TAIL + quoted
