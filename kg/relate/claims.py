"""The claims of one article as they come together: each said once, with the passages that say it."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from kg.language.text import Span
from kg.model import FACTUAL, Claim, Mention, Passage

_DIGITS: Final = 12
_KEPT: Final = 16384  # digests kept in mind
_ASKED: Final = frozenset(
    {"organizes", "cooperates_with", "takes_part", "uses_method"}
)  # relations whose heads are looked up
UNDIRECTED: Final = ("cooperates_with",)


class Claims:
    """Collects claims; of two that say the same, the first that states a fact stays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, ...], Claim] = {}
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
        **attributes: str,
    ) -> None:
        """Add the claim that ``relation`` holds from the first to the second of ``ends``."""
        head, tail = ends
        if head == tail:
            return
        plain = tail and relation not in UNDIRECTED
        key = (relation, head, tail) if plain else self._key(relation, head, tail, attributes)
        old = self._found.get(key)
        if old is not None and (old.status in FACTUAL or status not in FACTUAL):
            return
        digest = _known_digest(key) if relation in _LASTING else _digest(key)
        evidence = self._evidence(passages)
        self._found[key] = Claim(
            f"{relation}-{digest}", relation, head, tail, evidence, status, rule, attributes
        )
        if relation in _ASKED:
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
            return tuple([self._passage(place) for place in _ordered(places)])
        (place,) = places
        if place is not self._place:  # most claims of a sentence quote the sentence
            self._place, self._quote = place, (self._passage(place),)
        return self._quote

    def _passage(self, place: Span | Mention) -> Passage:
        start, end = place.start, place.end
        passage = self._passages.get((start, end))
        if passage is None:
            passage = self._passages[start, end] = Passage(start, end, self._text[start:end])
        return passage


def _ordered(places: Iterable[Span | Mention]) -> list[Span | Mention]:
    """Return the places in order, without those that lie inside another."""
    kept: list[Span | Mention] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if not kept or place.end > kept[-1].end:
            kept.append(place)
    return kept


def _digest(parts: tuple[str, ...]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]


# What these say of units and places is said again by the next article.
_LASTING: Final = frozenset({"part_of_unit", "located_in", "has_post"})
_known_digest: Final = functools.lru_cache(maxsize=_KEPT)(_digest)
