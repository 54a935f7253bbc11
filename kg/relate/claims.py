"""The claims of one article as they come together: each said once, with the passages that say it."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from kg.language.text import Span
from kg.model import FACTUAL, Claim, Mention, Passage

_DIGITS: Final = 12
_KEPT: Final = 16384  # ids kept in mind
_SHA256: Final = sha256()
_ASKED: Final = frozenset(
    {"organizes", "cooperates_with", "takes_part", "uses_method"}
)  # relations whose heads are looked up
UNDIRECTED: Final = ("cooperates_with",)
_NONE: Final[dict[str, str]] = {}  # what most claims say besides their ends, made once


class Claims:
    """Collects claims; of two that say the same, the first that states a fact stays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, Claim] = {}  # by id
        self._heads: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._passages: dict[tuple[int, int], Passage] = {}
        self._place: Span | Mention | None = None  # what was quoted last, and as what
        self._quote: tuple[Passage, ...] = ()

    def add(
        self,
        relation: str,
        ends: tuple[str, str],
        passages: Sequence[Span | Mention],
        rule: str,
        status: str = "asserted",
        attributes: Mapping[str, str] = _NONE,
    ) -> None:
        """Add the claim that ``relation`` holds from the first to the second of ``ends``."""
        head, tail = ends
        if head == tail:
            return
        if relation in _LASTING:
            name = _known_name(relation, head, tail)
        elif tail and relation not in UNDIRECTED:
            name = _name(relation, head, tail)
        else:
            name = _name(*self._key(relation, head, tail, attributes))
        old = self._found.get(name)
        if old is not None and (old.status in FACTUAL or status not in FACTUAL):
            return
        if passages[0] is self._place and len(passages) == 1:
            evidence = self._quote  # most claims of a sentence quote the sentence
        else:
            evidence = self._evidence(passages)
        self._found[name] = Claim(name, relation, head, tail, evidence, status, rule, attributes)
        if old is None and relation in _ASKED:
            self._heads[relation, tail].add(head)

    def heads(self, relation: str, tail: str) -> set[str]:
        """Return the entities of which ``relation``, one that is asked for, to ``tail`` is claimed."""
        return self._heads.get((relation, tail), set())

    def all(self) -> list[Claim]:
        """Return the claims in the order in which they were found."""
        return list(self._found.values())

    @staticmethod
    def _key(relation: str, head: str, tail: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
        if relation in UNDIRECTED and tail < head:
            head, tail = tail, head
        if tail:
            return relation, head, tail
        more = [f"{name}={value}" for name, value in sorted(attributes.items())]
        return (relation, head, tail, *more)

    def _evidence(self, places: Sequence[Span | Mention]) -> tuple[Passage, ...]:
        if len(places) > 1:
            return tuple([self._passage(start, end) for start, end in _ordered(places)])
        place = places[0]
        self._place, self._quote = place, (self._passage(place.start, place.end),)
        return self._quote

    def _passage(self, start: int, end: int) -> Passage:
        passage = self._passages.get((start, end))
        if passage is None:
            passage = self._passages[start, end] = Passage(start, end, self._text[start:end])
        return passage


def _ordered(places: Iterable[Span | Mention]) -> list[tuple[int, int]]:
    """Return where places begin and end, in order, without those that lie inside another."""
    kept: list[tuple[int, int]] = []
    last = 1
    for start, end in sorted([(place.start, -place.end) for place in places]):
        if end < last:  # further than all before: ends are negated, of one start the longest first
            kept.append((start, -end))
            last = end
    return kept


def _name(*key: str) -> str:
    """Return the id of a claim: its relation and a digest of all that it says."""
    digest = _SHA256.copy()  # an algorithm is looked up by its name for each new one
    digest.update("\x1f".join(key).encode())
    return f"{key[0]}-{digest.hexdigest()[:_DIGITS]}"


# What these say of units and places is said again by the next article.
_LASTING: Final = frozenset({"part_of_unit", "located_in", "has_post"})
_known_name: Final = functools.lru_cache(maxsize=_KEPT)(_name)
