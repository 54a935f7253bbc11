"""Where a noun for people begins: the words before its head that tell of what kind they are.

A list holds most of them (留守|儿童). What goods, tools and trades there are no list holds: a noun
before a trade tells its kind where a verb, a count or a sign stands before both (向|花炮|工人).
"""

import functools
import re
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.tokens import Tokens, Word
from kg.recognise.group_signs import modifiers, opens

# Nouns for people by what they do; what stands before others tells where they are (辖区|群众).
_WORKERS: Final = (
    *"员主户商贩师匠长者工农手友迷",
    *(
        "司机",
        "导游",
        "经理",
        "老板",
        "房东",
        "教练",
        "记者",
        "艺人",
        "师傅",
        "主播",
        "商人",
        "工人",
    ),
)
_WORKER_ENDS: Final = frozenset(term[-1] for term in _WORKERS)
_ANYBODY: Final = ("人员", "队员", "成员", "学员", "党员", "职员", "船员", "官员", "住户", "朋友")
_WHERE: Final = ("社区", "街道", "镇村", "村组", "村民", "居民", "乡村")
_COMMAS: Final = ("、", "和", "与")
_PEOPLES: Final = re.compile(r"(?<=族[、和与])[一-鿿]{1,4}族")
_WORDS: Final = 2
_SIGNS: Final = 4
_ALIEN: Final = frozenset("各全该本某每和与及同跟当给被把让向对为请")
_NOUNS: Final = ("n", "nz", "vn", "b", "j", "new", "ng", "nt")


class Modifiers:
    """Reads the modifiers before the heads of one folded text."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text = text
        self._tokens = tokens

    def start(self, start: int, end: int, value: str, floor: int) -> int:
        """Return where a noun begins whose head, of class ``value``, stands from start to end."""
        left = max(self._listed(start, trades=value == "bound"), floor)
        if left < start or self._text[end - 1] not in _WORKER_ENDS:
            return left
        return self._compound(start, end, floor)

    def _listed(self, start: int, *, trades: bool) -> int:
        """Return where the modifiers of kind begin that stand before ``start``.

        A trade, often a verb by itself, modifies only a head like 人员 (维修人员, not 服务游客).
        """
        text, terms = self._text, modifiers(trades=trades)
        near = terms.get(text[start - 1 : start], ())
        while near and text.endswith(near, 0, start):
            start -= next(len(term) for term in near if text.endswith(term, 0, start))
            near = terms.get(text[start - 1 : start], ())
        if text[start - 1 : start] in _COMMAS and (listed := _PEOPLES.match(text, start)):
            return listed.end()  # 蒙古族、藏族|牧民
        return start

    def _compound(self, start: int, end: int, floor: int) -> int:
        """Return where the kind of a noun for workers begins, if a verb stands before it (超市|收银员)."""
        if not self._text.endswith(_WORKERS, start, end):
            return start
        left = self._listed(start, trades=True)
        named = left < start and not self._text.startswith(_WHERE, left)
        if named and opens().search(self._text, max(0, left - 4), left):
            return max(left, floor)
        anybody = self._text.endswith(_ANYBODY, start, end)
        return start if anybody else self._unlisted(start, floor)

    def _unlisted(self, start: int, floor: int) -> int:
        """Return where one or two nouns begin that tell a kind of workers (快艇|驾驶员)."""
        at = start
        for _ in range(_WORDS):
            word = self._tokens.before(at, max(floor, start - _SIGNS))
            if word is None or not self._tells_kind(word):
                break
            at = word.start
            if opens().search(self._text, max(0, at - 4), at):
                return at
        return start

    def _tells_kind(self, word: Word) -> bool:
        if len(word.text) < 2 or word.tag not in _NOUNS:
            return False
        return word.text not in _elsewhere() and _ALIEN.isdisjoint((word.text[0], word.text[-1]))


@functools.cache
def _elsewhere() -> frozenset[str]:
    """Return the words that tell where people are or what befell them, and not their kind."""
    classes = (
        "name.generic",
        "name.stop",
        "name.group-lead",
        "name.group-plight",
        "group.head",
        "loc.head",
    )
    return frozenset(term for klass in classes for term in lexicon().terms(klass))
