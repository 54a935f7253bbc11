"""What the grammar of unit names asks of the lexicon, made ready once a process."""

import functools
import re
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.regions import by_last

TOWN_ENDINGS: Final = ("苏木", "街道", "镇", "乡")


@functools.lru_cache(maxsize=16384)
def function_of(stem: str) -> str:
    """Return the function that a stem ends with, else begins with."""
    terms = lexicon().terms("unit.function")
    size = len(stem)
    for cut in range(size):
        if (end := stem[cut:]) in terms:
            return terms[end]
    for cut in range(size - 1, 0, -1):
        if (beginning := stem[:cut]) in terms:
            return terms[beginning]
    return ""


@functools.cache
def division_like() -> frozenset[str]:
    """Return the words of our grammar that divisions are called like."""
    terms = lexicon().terms
    return frozenset(
        {*TOWN_ENDINGS, *terms("unit.stop"), *terms("unit.generic"), *terms("unit.alias")}
    )


@functools.cache
def levels_by_end() -> dict[str, tuple[str, ...]]:
    """Return the levels by their last signs, the longest first."""
    return by_last(sorted(lexicon().terms("unit.level"), key=len, reverse=True))


@functools.cache
def stops_by_end() -> dict[str, tuple[str, ...]]:
    """Return the stop words of two to four signs by their last ones."""
    return by_last(stop for stop in lexicon().terms("unit.stop") if 2 <= len(stop) <= 4)


@functools.cache
def long_stop() -> re.Pattern[str]:
    """Return the pattern of a stop word of more than one sign."""
    stops = sorted(stop for stop in lexicon().terms("unit.stop") if len(stop) > 1)
    return re.compile("|".join(map(re.escape, stops)))
