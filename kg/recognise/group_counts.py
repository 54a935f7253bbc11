"""How many people a noun tells of, and whether it only counts results: 劝离|垂钓人员23名."""

import re
from typing import Final

# 找回走失|老人3人 says nothing of whom an act is for; 救助|群众3人 does.
_FOUND: Final = re.compile(r"(?:救助|解救|搜救|走失|迷路)[^，。；]{0,8}$")
_COUNTED: Final = re.compile(
    r"(?:找回|寻回|劝返|劝离|查处|处罚|查获|抓获)[^，。；]{0,8}$|劝[阻止][^，。；]{1,8}$"
)
_WARNED: Final = ("劝阻", "劝止")
_HOUSES: Final = re.compile(r"走访(?:[^，。；、]{2,5}[0-9]+余?[家处个]、|[^，。；]{0,2})$")
_TOTAL: Final = re.compile(
    r"(?:、[一-鿿]{2,4})?(?:[0-9.]+万?|[一二两三四五六七八九十百]+)余?多?[人名位户]"
)
_ANYBODY: Final = ("人员", "者")
_PLIGHTS: Final = ("被困", "受困", "迷路", "被骗", "受骗", "潜在")  # 救助|被困群众3人
_REACH: Final = 14
_MANY: Final = re.compile(
    r"(?:[3-9]|[0-9]{2,}|[三四五六七八九十百千几数多]+|[二两2](?=户))余?多?(?:名|位|户|个|批|家)[^，。、]{0,4}$"
)
_UNITS: Final = frozenset("名位户个批家")
_ALL: Final = ("广大", "全体", "众多", "各位", "所有", "不少", "许多", "很多")


def is_result(text: str, start: int, end: int) -> bool:
    """Return whether the noun only counts who was sent away, warned or called on."""
    if _TOTAL.match(text, end) is None:
        return False
    before = text[max(0, start - _REACH) : start]
    homes = text[end - 1] == "户" and _HOUSES.search(before) is not None
    anybody = text.startswith(_PLIGHTS, start) or text.endswith(_ANYBODY, 0, end)
    warned = anybody and before.endswith(_WARNED)
    return homes or warned or _COUNTED.search(before) is not None


def is_found(text: str, start: int, end: int, *, any_kind: bool) -> bool:
    """Return whether the noun counts who was found or rescued one by one.

    Of ``any_kind`` are 群众 and the like: these are whom a rescue is for.
    """
    one_by_one = not any_kind or text.startswith(_PLIGHTS, start) or text.endswith(_ANYBODY, 0, end)
    before = text[max(0, start - _REACH) : start]
    return one_by_one and bool(_FOUND.search(before) and _TOTAL.match(text, end))


def are_many(before: str) -> bool:
    """Return whether what stands before a noun counts more than one or says that all are meant."""
    counted = not _UNITS.isdisjoint(before[-5:])
    return before.endswith(_ALL) or (counted and _MANY.search(before) is not None)
