"""Which articles print one text: found by MinHash, settled on the texts themselves.

A family of reprints counts as one origin. Formulaic bulletins differ only in names and numbers, so
two texts are one only if the names and numbers of the shorter stand in the longer, too.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.model import Extraction, Reprint

SHINGLE: Final = 4  # characters: two unrelated articles share about 2 % of them
BANDS: Final = 24
ROWS: Final = 4
MEET: Final = 2  # bands: a pair that shares 70 % meets with 0.99, one that shares 20 % with 0.001
LEAST: Final = 40  # shingles: below that two texts are alike by chance
ALIKE: Final = 0.6  # of all shingles of both: one text with another title, a sentence added
INSIDE: Final = 0.85  # of the shorter's shingles: one text cut from below
KEPT: Final = 0.8  # of the shorter's names and numbers
APART: Final = 31  # days from the first to the last print
_NOISE: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_NAMES: Final = frozenset({"UNIT", "LOC", "ORG"})

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Print:
    """What tells one article's text from another's."""

    id: str
    text: str
    names: frozenset[str]
    date: str
    outlet: str
    sources: frozenset[str]

    @cached_property
    def shingles(self) -> Hashes:
        """Return the hashes of all runs of SHINGLE characters, each once, sorted."""
        return np.unique(_shingles(self.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the numbers that the text holds."""
        return frozenset(_NUMBER.findall(self.text))

    @property
    def age(self) -> tuple[bool, str, int, str]:
        """Return what prints of one text are sorted by: the earliest, longest first."""
        return not self.date, self.date, -len(self.text), self.id


def print_of(extraction: Extraction) -> Print:
    """Return the print of an article; its title does not count, as every editor writes his own."""
    article = extraction.article
    body = article.text.partition("\n")[2]
    names = {one.text for one in extraction.mentions if one.type in _NAMES and not one.nominal}
    credits_ = (*article.byline, *article.page.credits)
    return Print(
        article.id,
        unicodedata.normalize("NFKC", body if len(body) > LEAST else article.text),
        frozenset(unicodedata.normalize("NFKC", name) for name in names),
        article.page.date,
        article.page.outlet,
        frozenset(one.name for one in credits_ if one.role == "source"),
    )


def bands(one: Print) -> list[int]:
    """Return keys of which two prints of one text share MEET, as good as always."""
    if len(one.shingles) < LEAST:
        return []
    factor, summand = _permutations()
    mixed = one.shingles[:, None] * factor[None, :] + summand[None, :]
    lowest = (mixed >> np.uint64(32)).min(axis=0).reshape(BANDS, ROWS)
    keys = np.arange(BANDS, dtype=np.uint64)
    for row in range(ROWS):
        keys = _mix(keys ^ lowest[:, row])
    return [int(key) for key in keys >> np.uint64(1)]  # 63 bits: SQLite has no unsigned numbers


def one_text(one: Print, two: Print) -> str:
    """Return why two prints are of one text, empty if they are not."""
    short, long = sorted((one, two), key=lambda print_: (len(print_.shingles), print_.id))
    if not len(short.shingles) or not _near_in_time(one, two):
        return ""
    shared = len(np.intersect1d(short.shingles, long.shingles, assume_unique=True))
    inside = shared / len(short.shingles)
    alike = shared / (len(short.shingles) + len(long.shingles) - shared)
    if alike < ALIKE and not (inside >= INSIDE and shared >= 2 * LEAST):
        return ""
    if not (_kept(short.names, long.text) and _kept(short.numbers, long.numbers)):
        return ""
    return f"{inside:.0%} of the shorter text stands in the longer one"


def families(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the articles that pairs tie together, each family sorted, the families too."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for first, second in pairs:
        parent[root(first)] = root(second)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(parent):
        groups[root(node)].append(node)
    return sorted(groups.values())


def settle(family: Iterable[Print], reasons: Mapping[tuple[str, str], str]) -> Iterator[Reprint]:
    """Yield each member of a family but its origin, with the reason.

    The origin is what the others name as their source, else the earliest, longest print.
    """
    members = list(family)
    named = Counter(source for one in members for source in one.sources)
    origin = min(members, key=lambda one: (-named[one.outlet] if one.outlet else 0, one.age))
    for one in sorted(members, key=lambda one: one.id):
        if one.id == origin.id:
            continue
        reason = reasons.get(pair_of(one.id, origin.id), "")
        if origin.outlet and origin.outlet in one.sources:
            reason = f"names {origin.outlet} as its source; {reason}".rstrip("; ")
        yield Reprint(one.id, origin.id, reason or "a reprint of another reprint")


def pair_of(one: str, two: str) -> tuple[str, str]:
    """Return two ids in order."""
    return (one, two) if one < two else (two, one)


def _near_in_time(one: Print, two: Print) -> bool:
    try:
        days = date.fromisoformat(one.date) - date.fromisoformat(two.date)
    except ValueError:  # one of them does not say when
        return True
    return abs(days.days) <= APART


def _kept(few: frozenset[str], many: Any) -> bool:  # noqa: ANN401 - a text or a set
    return sum(one in many for one in few) >= KEPT * len(few)


def _shingles(text: str) -> Hashes:
    plain = _NOISE.sub("", text)
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    width = len(codes) - SHINGLE + 1
    keys = np.zeros(width, dtype=np.uint64)
    for place in range(SHINGLE):
        keys = _mix(keys ^ codes[place : place + width])
    return keys


def _mix(keys: Hashes) -> Hashes:
    """Return well-spread hashes of numbers (the finaliser of SplitMix64)."""
    keys = keys + np.uint64(0x9E3779B97F4A7C15)
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    """Return factors (odd, so that nothing collapses) and summands, the same on every machine."""
    numbers = _mix(np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64))
    half = BANDS * ROWS
    return numbers[:half] | np.uint64(1), numbers[half:]
