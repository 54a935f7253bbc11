"""The time of day that a point of time says: 晚8时 is 20, 深夜1时 is 01."""

import functools
from typing import Final

from kg.language.dates import Point
from kg.language.lexicon import lexicon
from kg.language.numbers import parse_number

_MORNING: Final = frozenset("凌清早上拂黎大一")  # how the words for the hours before noon begin
_EVENING: Final = frozenset("晚夜深傍入午黄")
_LATE: Final = frozenset("深半午夜子")  # 深夜1时 is one in the morning


def finer(point: Point) -> str:
    """Return the precision of a time of day."""
    if point.hour:
        return "minute" if point.minute else "hour"
    evening = point.relative in lexicon().terms("time.evening")
    return "part" if point.part or evening else ""


def is_evening(point: Point) -> bool:
    """Return whether the hour lies in the evening."""
    return point.part[:1] in _EVENING or point.relative[1:] in ("晚", "夜")


def hour_of(point: Point) -> str:
    """Return the time of day as HH or HH:MM: 晚8时 is 20, 深夜1时 is 01."""
    if not point.hour:
        return ""
    hour, sign = value_of(point.hour), point.part[:1] or point.relative[1:]
    small = sign in _LATE and hour < 6
    noon = point.part in ("中午", "午间") and hour > 9
    if sign and sign not in _MORNING and not small and not noon and hour < 12:
        hour += 12 if is_evening(point) or point.part in ("下午", "午后", "中午", "午间") else 0
    return f"{hour:02}:{value_of(point.minute):02}" if point.minute else f"{hour:02}"


@functools.lru_cache(maxsize=1024)
def value_of(text: str) -> int:
    """Return the value of a number of a date, 0 if there is none."""
    value = parse_number(text) if text else None
    return int(value) if value is not None else 0
